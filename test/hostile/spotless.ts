import type { Company } from '../../demo/company.ts';
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
  for (const policy of microsoft365.policies) policy.exclude = {};
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
      repository.visibility = 'private';
      repository.scanners = { secrets: true, pushProtection: true, dependencies: true };
      for (const environment of repository.work.environments) environment.reviewers = true;
      for (const key of repository.work.keys) key.readOnly = true;
    }
    organization.alerts = { dependencies: [], secrets: [] };
    const { installations, actions } = organization.policies;
    for (const installation of installations) installation.suspendedAt = installation.createdAt;
    actions.allowedActions = 'selected';
    actions.tokenMayWrite = false;
    const { estate } = organization;
    for (const group of estate.runnerGroups) group.openToPublic = false;
    estate.tokens = estate.tokens.filter(({ expiresAt }) => expiresAt !== null);
    estate.authorizations = estate.authorizations.filter(({ type }) => type === 'SSH key');
  }
}
