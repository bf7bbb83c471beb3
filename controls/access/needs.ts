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

/** What must be read to say what accounts can do, and what it takes to sign in with them. */
export const accessKinds: readonly string[] = [
  ...new Set([
    ...[cloudNeeds, organizationNeeds, tenantNeeds].flatMap((needs: Readonly<Record<string, Need>>) =>
      Object.values(needs).map(({ kind }) => kind),
    ),
    ...[BranchUpdate, Directory, IdentityProvider, PullRequest, SignIn].map(({ name }) => name),
  ]),
];
