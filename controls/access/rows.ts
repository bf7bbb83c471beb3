import {
  Account,
  AccountAccess,
  AccountHolder,
  Directory,
  DirectoryUser,
  FederationRoute,
  IdentityProvider,
  PersonAccess,
} from '../../evidence-model/kinds.ts';
import type { Kind } from '../../evidence-model/kind.ts';
import { compare, type Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Register } from '../declarations.ts';
import type { Evidence } from '../evaluate.ts';
import { shortfalls, type Reading } from '../readings.ts';
import { cloudOf } from './aws.ts';
import { DerivedSubject, HeldOnce } from './derived-subject.ts';
import { levelOf, untold, type Facts } from './facts.ts';
import { organizationOf } from './github.ts';
import { tenantOf } from './microsoft365.ts';
import { reliedOn } from './relied.ts';
import { routesOf } from './routes.ts';

/** One account, with what is to be said of it, and what of that is asked again of all rows together. */
export interface Row {
  readonly account: Subject;
  readonly holder: Subject;
  readonly access: Subject;
  readonly facts: Pick<Facts, 'directory' | 'mfa' | 'citations'> &
    Pick<Facts['standing'], 'duties' | 'openDuties'>;
}

/**
 * Evidence with what every account can do and what it takes to sign in with it, one row an account, and what each person
 * holds in all systems together. It rests on whose the accounts are, so that those must be in it already.
 */
export function withAccess(evidence: Evidence, register: Register): Evidence {
  const collectorOf = new Map(evidence.sources.map(({ id, collector }) => [id, collector]));
  const of = (collector: string) => evidence.sources.filter((each) => each.collector === collector);
  const tenants = new Map(of('microsoft365').map(({ id }) => [id, tenantOf(evidence, id)] as const));
  const relied = reliedOn(evidence, tenants, register);
  const facts = new Map<string, (account: Subject) => Facts>([
    ...[...tenants].map(([id, tenant]) => [id, tenant.facts] as const),
    ...of('github').map(({ id }) => [id, organizationOf(evidence, id, relied)] as const),
    ...of('aws').map(({ id }) => [id, cloudOf(evidence, id, relied)] as const),
  ]);
  const holders = new Map([...collectorOf.keys()].map((id) => [id, new Map<string, Subject>()]));
  for (const holder of evidence.subjects.of(AccountHolder.name))
    holders.get(holder.source)?.set(holder.id, holder);
  const declared = new Map(
    register.services.map(({ id, declaredBy, declaredOn }) => [id, `${declaredBy} on ${declaredOn}`]),
  );
  const held = new HeldOnce();
  const rows: Row[] = [];
  for (const { name } of [Account, DirectoryUser])
    for (const account of evidence.subjects.of(name)) {
      const make = facts.get(account.source);
      const holder = holders.get(account.source)?.get(account.id);
      if (make && holder) rows.push(rowOf(account, holder, make(account), declared, held));
    }
  const derived = new Map<string, readonly Subject[]>([
    [AccountAccess.name, sorted(rows.map(({ access }) => access))],
    [PersonAccess.name, sorted(personsOf(rows, evidence, collectorOf, held))],
    [FederationRoute.name, sorted(routesOf(evidence, rows, relied))],
  ]);
  return withKinds(evidence, derived);
}

/** Apart from what made them, all of which a closure made beside it would hold for as long as the evidence is. */
function withKinds(evidence: Evidence, derived: ReadonlyMap<string, readonly Subject[]>): Evidence {
  return {
    ...evidence,
    subjects: {
      of: (kind) => derived.get(kind) ?? evidence.subjects.of(kind),
      get contradictions() {
        return evidence.subjects.contradictions;
      },
    },
    readings: evidence.readings.map(speakingOfAccess),
  };
}

/** Whoever lists accounts lists what they can do; whoever lists providers lists the ways that lead through them. */
function speakingOfAccess(reading: Reading): Reading {
  const lists = (kinds: readonly Kind[]) => kinds.some(({ name }) => reading.kinds[name]?.lists === true);
  const speech = ({ name, fields }: Kind) => ({ [name]: { speaks: Object.keys(fields), lists: true } });
  const accounts = lists([Account, DirectoryUser])
    ? { ...speech(AccountAccess), ...speech(PersonAccess) }
    : {};
  const providers = reading.kinds[IdentityProvider.name];
  const routes =
    reading.collector === 'aws' && (lists([Directory]) || providers !== undefined)
      ? { [FederationRoute.name]: { speaks: Object.keys(FederationRoute.fields), lists: lists([Directory]) } }
      : {};
  return { ...reading, kinds: { ...reading.kinds, ...accounts, ...routes } };
}

function rowOf(
  account: Subject,
  holder: Subject,
  facts: Facts,
  declared: ReadonlyMap<string, string>,
  held: HeldOnce,
): Row {
  const access = accessOf(account, holder, facts, declared, held);
  const { directory, mfa, citations, standing } = facts;
  const { duties, openDuties } = standing;
  return { account, holder, access, facts: held.same({ directory, mfa, citations, duties, openDuties }) };
}

function accessOf(
  account: Subject,
  holder: Subject,
  facts: Facts,
  declared: ReadonlyMap<string, string>,
  held: HeldOnce,
): Subject {
  const its = (field: string) => holder.fields.get(field)?.value ?? untold('it is not told');
  const { guest, standing, signsInAt, directory, interactive, mfa, use } = facts;
  const whose = its('holder');
  const service =
    its('holderType') === 'service' && typeof whose === 'string' ? declared.get(whose) : undefined;
  const { source, id } = account;
  const origin = { source, id, from: [account], besides: facts.citations };
  const values = {
    name: its('name'),
    system: its('system'),
    enabled: its('enabled'),
    ofThePlace: its('ofThePlace'),
    holderType: its('holderType'),
    tiedBy: its('way'),
    declared: service ?? 'none',
    person: personOf(holder),
    guest,
    privilege: standing.privilege,
    privilegeBy: standing.by,
    signsInAt,
    directory,
    interactive,
    mfaCapable: mfa.capable,
    mfaRequired: mfa.required,
    mfaObserved: mfa.observed,
    mfaLevel: levelOf(mfa),
    phishingResistant: mfa.phishingResistant,
    mfaBy: mfa.by,
    ...use,
  };
  return new DerivedSubject(AccountAccess, origin, values, held);
}

/** Whose an account is; where that is not known, or it is nobody's, it stands for a person of its own. */
function personOf(holder: Subject): string {
  const value = holder.fields.get('holder')?.value;
  return typeof value === 'string' && value !== 'none' ? value : `${holder.source}/${holder.id}`;
}

/** What each person holds, over all of their accounts. Of whom something is not told there may be more. */
function personsOf(
  rows: readonly Row[],
  { readings }: Evidence,
  collectorOf: ReadonlyMap<string, string>,
  held: HeldOnce,
): Subject[] {
  const unread = shortfalls(
    readings.filter(
      ({ source, kinds, complete }) =>
        collectorOf.has(source) &&
        !complete &&
        [Account, DirectoryUser].some(({ name }) => kinds[name]?.lists === true),
    ),
  );
  const persons = new Map<string, Row[]>();
  let anybodys: string | null = null;
  for (const row of rows) {
    const settled = row.holder.fields.get('settled')?.value;
    const { duties, openDuties } = row.facts;
    const usable = row.holder.fields.get('enabled')?.value !== false;
    // What may be anybody's may be theirs.
    if (usable && isUnknown(settled) && (duties.length > 0 || openDuties !== null))
      anybodys ??= `whose ${row.account.id} is, is not known: ${settled.unknown}`;
    const person = personOf(row.holder);
    const list = persons.get(person) ?? [];
    persons.set(person, list);
    list.push(row);
  }
  return [...persons].map(([person, theirs]) => {
    const [first] = theirs;
    if (!first) throw new Error('a person has an account');
    // Of an account that cannot be signed in to nothing can be done.
    const usable = theirs.filter(({ holder }) => holder.fields.get('enabled')?.value !== false);
    const open = [
      ...unread,
      ...usable.flatMap(({ account, facts: { openDuties } }) =>
        openDuties === null ? [] : [`${account.id}: ${openDuties}`],
      ),
      ...usable.flatMap(({ account, holder, facts: { duties } }) => {
        const enabled = holder.fields.get('enabled')?.value;
        return isUnknown(enabled) && duties.length > 0 ? [`${account.id}: ${enabled.unknown}`] : [];
      }),
      ...(anybodys === null ? [] : [anybodys]),
    ];
    const certain = usable.filter(({ holder }) => holder.fields.get('enabled')?.value === true);
    const besides = theirs.flatMap(({ facts }) => facts.citations);
    return new DerivedSubject(
      PersonAccess,
      { source: first.account.source, id: person, from: theirs.map(({ account }) => account), besides },
      {
        name: person,
        ofThePlace: theirs.every(({ holder }) => holder.fields.get('ofThePlace')?.value === true),
        accounts: theirs.length,
        systems: new Set(theirs.map(({ account }) => collectorOf.get(account.source))).size,
        duties: [...new Set(certain.flatMap(({ facts: { duties } }) => duties))].sort(compare),
        dutiesKnown: open[0] === undefined ? true : untold(open[0]),
      },
      held,
    );
  });
}

const sorted = (subjects: readonly Subject[]) =>
  subjects.toSorted((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
