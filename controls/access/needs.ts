import type { Need } from '../control.ts';
import {
  BranchUpdate,
  Directory,
  IdentityProvider,
  PullRequest,
  SignIn,
} from '../../evidence-model/kinds.ts';
import { cloudNeeds } from './aws.ts';
import { organizationNeeds } from './github.ts';
import { tenantNeeds } from './microsoft365.ts';

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
