import {
  AccountAccess,
  AccountHolder,
  DirectoryChange,
  FederationRoute,
  Leaver,
  PersonAccess,
  PrincipalPower,
} from '../evidence-model/kinds.ts';
import { accessKinds, accessNeedsIn } from './access/needs.ts';
import { principalNeeds, withPrincipals } from './access/principals.ts';
import { withAccess } from './access/rows.ts';
import type { Need } from './control.ts';
import type { Register } from './declarations.ts';
import type { Evidence } from './evaluate.ts';
import { holderNeeds, withHolders } from './holders.ts';

const ofHolders: readonly string[] = [AccountHolder.name];
const ofPrincipals = Object.values<Need>(principalNeeds);
const ofAccess: readonly string[] = [AccountAccess.name, PersonAccess.name, FederationRoute.name];

/** The kinds from which one follows that no dataset tells; none for any other. */
export function behind(kind: string): readonly string[] {
  if (ofAccess.includes(kind)) return [...holderNeeds, ...accessKinds];
  if (kind === PrincipalPower.name) return ofPrincipals.map((each) => each.kind);
  if (kind === Leaver.name) return [...holderNeeds, DirectoryChange.name];
  return ofHolders.includes(kind) ? holderNeeds : [];
}

/** What of sources of a kind decides what one says that no dataset tells: fields, or that all are listed. */
export function needsBehind(kind: string, collector: string): readonly Need[] {
  const isAccess = ofAccess.includes(kind);
  if (kind === PrincipalPower.name) return ofPrincipals;
  const listed = (isAccess ? holderNeeds : behind(kind)).map((each) => ({ kind: each, fields: [] }));
  return [...listed, ...(isAccess ? (accessNeedsIn[collector] ?? []) : [])];
}

/** Evidence with everything in it that no dataset tells and that these kinds ask for. */
export function withDerived(evidence: Evidence, register: Register, kinds: ReadonlySet<string>): Evidence {
  const asked = (some: readonly string[]) => some.some((kind) => kinds.has(kind));
  const held = withHolders(evidence, register);
  const accessed = asked(ofAccess) ? withAccess(held, register) : held;
  return asked([PrincipalPower.name]) ? withPrincipals(accessed) : accessed;
}
