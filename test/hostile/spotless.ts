import type { Company } from '../../demo/company.ts';
import { guardedRoles } from '../../demo/microsoft365/build-roles.ts';
import { startDemo, type Demo, type StartDemo } from '../../demo/index.ts';

/** A small company in which nothing is wrong, so that whatever does not pass does so because of how it was read. */
export async function startSpotless(options: Omit<StartDemo, 'seed'>): Promise<Demo> {
  const demo = await startDemo({
    seed: 'spotless',
    people: 6,
    repositories: 3,
    accounts: 1,
    usersPerAccount: 3,
    ...options,
  });
  mend(demo.company);
  return demo;
}

function mend({ github, microsoft365, dns }: Company): void {
  for (const [name, records] of Object.entries(dns.records))
    if (name.startsWith('_dmarc.')) records.txt = [['v=DMARC1; p=reject; rua=mailto:dmarc@example.com']];

  // One of those who hold roles is reached by no policy, and those who have no second factor are no spotless company.
  for (const user of microsoft365.users) user.registration = 'usable';
  for (const policy of microsoft365.policies) {
    policy.exclude = {};
    if (policy.name === 'Require MFA for everyone') policy.state = 'enabled';
    if (policy.strength !== null) policy.include = { roles: [...guardedRoles] };
  }
  microsoft365.assignments = microsoft365.assignments.slice(0, 3);

  for (const organization of github.organizations) {
    organization.twoFactorRequired = true;
    organization.basePermission = 'read';
    organization.membersCan.createPublicRepositories = false;
    organization.membersCan.deleteRepositories = false;
    organization.membersCan.changeVisibility = false;
    for (const person of [...organization.members, ...organization.outsideCollaborators])
      person.twoFactor = 'secure';
    for (const ruleset of organization.rulesets) ruleset.repositories = { except: [] };
    for (const repository of organization.repositories) {
      repository.archived = false;
      repository.empty = false;
    }
  }
}
