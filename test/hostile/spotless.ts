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

function mend({ github }: Company): void {
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
