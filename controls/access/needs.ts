import { need, type Need } from '../control.ts';
import {
  Account,
  BranchUpdate,
  Directory,
  IdentityProvider,
  Organization,
  PullRequest,
  SignIn,
} from '../../evidence-model/kinds.ts';
import { cloudNeeds } from './aws.ts';
import { organizationNeeds } from './github.ts';
import { tenantNeeds } from './microsoft365.ts';

/**
 * What must be read to say who administers a source: what must be listed for anybody to be told, and what may make
 * somebody one where it is there.
 */
export const administratorNeeds: Readonly<
  Record<'github' | 'aws', { readonly listed: readonly Need[]; readonly besides: readonly Need[] }>
> = {
  github: {
    listed: [
      need(Account, ['name', 'role']),
      organizationNeeds.grants,
      organizationNeeds.memberships,
      organizationNeeds.assignments,
    ],
    besides: [need(Organization, ['basePermission']), organizationNeeds.teams, organizationNeeds.roles],
  },
  aws: {
    listed: [
      need(Account, ['name', 'root', 'cloudAccount']),
      cloudNeeds.principals,
      cloudNeeds.policies,
      cloudNeeds.trusts,
    ],
    besides: [
      cloudNeeds.users,
      cloudNeeds.groups,
      cloudNeeds.vendorPolicies,
      cloudNeeds.memberships,
      cloudNeeds.assignments,
      cloudNeeds.sets,
    ],
  },
};

/** What is looked at in sources of each kind to say what accounts can do, and what it takes to sign in with them. */
export const accessNeedsIn: Readonly<Record<string, readonly Need[]>> = {
  aws: Object.values<Need>(cloudNeeds),
  github: Object.values<Need>(organizationNeeds),
  microsoft365: Object.values<Need>(tenantNeeds),
};

/** The kinds of these, and those that besides tell of use and of which system relies on which. */
export const accessKinds: readonly string[] = [
  ...new Set([
    ...Object.values(accessNeedsIn).flatMap((needs) => needs.map(({ kind }) => kind)),
    ...[BranchUpdate, Directory, IdentityProvider, PullRequest, SignIn].map(({ name }) => name),
  ]),
];
