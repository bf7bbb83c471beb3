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

/** What must be read to say what accounts can do, and what it takes to sign in with them. */
export const accessKinds: readonly string[] = [
  ...new Set([
    ...[cloudNeeds, organizationNeeds, tenantNeeds].flatMap((needs: Readonly<Record<string, Need>>) =>
      Object.values(needs).map(({ kind }) => kind),
    ),
    ...[BranchUpdate, Directory, IdentityProvider, PullRequest, SignIn].map(({ name }) => name),
  ]),
];
