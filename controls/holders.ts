import type { Kind } from '../evidence-model/kind.ts';
import {
  Account,
  AccountHolder,
  DirectoryUser,
  Domain,
  ExternalIdentity,
  Leaver,
} from '../evidence-model/kinds.ts';
import {
  compare,
  textOf,
  type Citation,
  type Known,
  type Subject,
  type Subjects,
} from '../evidence-model/subject.ts';
import type { Unknown } from '../evidence-model/unknown.ts';
import { counted, push } from './by-source.ts';
import type { Register } from './declarations.ts';
import type { Evidence } from './evaluate.ts';
import { Addresses } from './holder-addresses.ts';
import { Endings } from './leaving.ts';
import { shortfalls, type Reading } from './readings.ts';

/** What must be read to say whose accounts are. */
export const holderNeeds: readonly string[] = [
  Account.name,
  DirectoryUser.name,
  ExternalIdentity.name,
  Domain.name,
];

/** The kind of source whose accounts stand for people: whoever has one there is one. */
const directory = 'microsoft365';

type Way = 'directory' | 'single-sign-on' | 'provisioning' | 'verified-email' | 'by-hand';

/** Ways in which one that was not read may say otherwise. */
const byIdentity: ReadonlySet<string> = new Set<Way>(['single-sign-on', 'provisioning', 'verified-email']);

/** Somebody says whose an account is. */
interface Claim {
  readonly holder: string;
  readonly type: 'person' | 'service';
  readonly way: Way;
  readonly citations: readonly Citation[];
}

/**
 * Evidence with the holders of all accounts in it. An account is somebody's by what the source itself says of
 * the identity behind it, or because somebody wrote it down; a name that looks alike is nothing. Two that say different
 * things leave it unknown, and it is nobody's only where everything that could say whose it is was wholly read.
 */
export function withHolders(evidence: Evidence, register: Register): Evidence {
  const derive = new Map([
    [AccountHolder.name, () => holdersOf(evidence, register)],
    [Leaver.name, () => leaversOf(evidence, register, subjects.of(AccountHolder.name))],
  ]);
  const derived = new Map<string, readonly Subject[]>();
  const subjects: Subjects = {
    of(kind) {
      const found = derived.get(kind) ?? derive.get(kind)?.() ?? evidence.subjects.of(kind);
      if (derive.has(kind)) derived.set(kind, found);
      return found;
    },
    get contradictions() {
      return evidence.subjects.contradictions;
    },
  };
  return { ...evidence, subjects, readings: evidence.readings.map(speakingOfHolders) };
}

function holdersOf(evidence: Evidence, register: Register): Subject[] {
  const collectorOf = new Map(evidence.sources.map(({ id, collector }) => [id, collector]));
  const book = new HolderBook(evidence, register, collectorOf);
  const accounts = [Account, DirectoryUser].flatMap(({ name }) =>
    evidence.subjects.of(name).filter(({ source }) => collectorOf.has(source)),
  );
  return accounts
    .map((account) => book.holderOf(account))
    .sort((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
}

/** Whoever lists accounts lists their holders. */
function speakingOfHolders(reading: Reading): Reading {
  const lists = [Account, DirectoryUser].some(({ name }) => reading.kinds[name]?.lists === true);
  if (!lists) return reading;
  const speech = ({ name, fields }: Kind) => ({ [name]: { speaks: Object.keys(fields), lists } });
  const leavers = reading.collector === directory ? speech(Leaver) : {};
  return { ...reading, kinds: { ...reading.kinds, ...speech(AccountHolder), ...leavers } };
}

/**
 * Whom the list names, at each directory. Without a list there is one of whom nothing is known: that nobody left is
 * signed for, not taken for granted.
 */
function leaversOf(
  { sources, subjects }: Evidence,
  { leavers, people }: Register,
  holders: readonly Subject[],
): Subject[] {
  const found: Subject[] = [];
  const endings = new Endings(subjects);
  const whose = new Map(holders.map((holder) => [keyOf(holder.source, holder.id), holder]));
  const usable = new Map<string, string[]>();
  for (const holder of holders) {
    const value = (field: string) => holder.fields.get(field)?.value;
    const [person, name] = [value('holder'), value('name')];
    if (
      typeof person === 'string' &&
      person !== 'none' &&
      value('enabled') === true &&
      value('system') !== directory
    )
      push(usable, person, `${holder.source}: ${typeof name === 'string' ? name : holder.id}`);
  }
  for (const { id: source } of sources.filter(({ collector }) => collector === directory)) {
    const accounts = new Map<string, Subject[]>();
    for (const account of subjects.of(Account.name)) {
      if (account.source !== source) continue;
      for (const name of new Set(namesOf(account).map(lower))) push(accounts, name, account);
    }
    const leaver = (
      id: string,
      fields: Readonly<Record<string, unknown>>,
      of: readonly Subject[],
      besides: readonly Citation[] = [],
    ): Subject => {
      const citations = [...of.flatMap((each) => each.citations), ...besides];
      return {
        source,
        kind: Leaver.name,
        id,
        partitions: new Set(of.flatMap(({ partitions }) => [...partitions])),
        fields: new Map(Object.entries(fields).map(([field, value]) => [field, { value, citations }])),
        citations,
      };
    };
    if (leavers === null) {
      const leftOn = { unknown: 'no list of those who left was handed over' };
      found.push(leaver('nobody named', { leftOn, listedOn: leftOn, enabled: leftOn, named: leftOn }, []));
      continue;
    }
    // A list that names nobody stands for itself, so that its age is looked at.
    if (leavers.people.length === 0) {
      const untold = { unknown: 'the list names nobody' };
      const { exportedOn: listedOn } = leavers;
      found.push(leaver('nobody named', { leftOn: untold, listedOn, enabled: untold, named: false }, []));
    }
    for (const { account, leftOn } of leavers.people) {
      const called = new Set(
        [account, ...(accounts.get(account.toLowerCase()) ?? []).flatMap(namesOf)].map(lower),
      );
      const isHere = (each: { readonly source: string; readonly account: string }) =>
        each.source === source && called.has(lower(each.account));
      // Whoever the list names by one of their accounts has left with all that are written down as theirs.
      const written = people
        .filter(({ id, accounts: theirs }) => id === account || theirs.some(isHere))
        .flatMap((person) => person.accounts)
        .filter((each) => each.source === source);
      const names = new Set([account, ...written.map((each) => each.account)].map(lower));
      const theirs = [...new Set([...names].flatMap((name) => accounts.get(name) ?? []))];
      const states = theirs.map(({ fields }) => fields.get('enabled')?.value);
      const off = theirs.length > 0 && states.every((state) => state === false);
      const untold = { unknown: theirs.length > 0 ? 'whether it can be signed in to is not told' : absent };
      const enabled = states.includes(true) || (off ? false : untold);
      const listedOn = leavers.exportedOn;
      const ended = endings.of(theirs);
      const persons = new Set(
        theirs.flatMap((each) => whose.get(keyOf(source, each.id))?.fields.get('holder')?.value ?? []),
      );
      const elsewhere = [...persons].flatMap((person) =>
        typeof person === 'string' ? (usable.get(person) ?? []) : [],
      );
      const said = { name: account, leftOn, listedOn, enabled, named: true };
      found.push(leaver(account, { ...said, disabledAt: ended.at, elsewhere }, theirs, ended.citations));
    }
  }
  return found.sort((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
}

const absent = 'the directory has no account called so: it was removed, or the list calls it otherwise';

class HolderBook {
  readonly #collectorOf: ReadonlyMap<string, string>;
  readonly #written = new Map<string, Claim[]>();
  readonly #owners = new Map<string, string>();
  readonly #called = new Map<string, Subject[]>();
  /** Accounts in directories, by source and what they are called there. */
  readonly #directory = new Map<string, Subject>();
  readonly #identities = new Map<string, Subject[]>();
  readonly #addresses: Addresses;
  /** By source: why what says whose accounts are may say more. */
  readonly #unread = new Map<string, string[]>();
  readonly #unreadDirectories: readonly string[];
  /** The accounts in directories that each person has. */
  readonly #inDirectory = new Map<string, Subject[]>();
  /** Who is written down with an account in a directory, whether or not that is there. */
  readonly #expected: ReadonlySet<string>;
  /** Of whoever is written down with an account at a source that is not read, which source that is. */
  readonly #unconnected: ReadonlyMap<string, string>;
  readonly #left: ReadonlySet<string>;
  /** Neither a directory nor a list of leavers says who is there. */
  readonly #nobodySays: boolean;
  readonly #commons = new Map<string, Readonly<Record<string, unknown>>>();
  /** Which sources say of which kind of account whether it can be signed in to. */
  readonly #tellingEnabled: ReadonlySet<string>;

  constructor(
    evidence: Evidence,
    { people, services, leavers }: Register,
    collectorOf: ReadonlyMap<string, string>,
  ) {
    const { subjects, readings, asOf } = evidence;
    this.#collectorOf = collectorOf;
    this.#addresses = new Addresses(evidence, (source) => collectorOf.get(source) === directory);
    for (const { id, accounts } of people) this.#write(id, 'person', accounts);
    this.#expected = new Set(
      people.flatMap(({ id, accounts }) =>
        accounts.some(({ source }) => collectorOf.get(source) === directory) ? [id] : [],
      ),
    );
    this.#unconnected = new Map(
      people.flatMap(({ id, accounts }) => {
        const other = accounts.find(({ source }) => !collectorOf.has(source));
        return other ? [[id, other.source] as const] : [];
      }),
    );
    this.#nobodySays = leavers === null && ![...collectorOf.values()].includes(directory);
    for (const { id, owner, accounts } of services) {
      this.#write(id, 'service', accounts);
      this.#owners.set(id, owner);
    }
    const nameless: Subject[] = [];
    for (const account of subjects.of(Account.name)) {
      if (collectorOf.get(account.source) !== directory) continue;
      for (const each of namesOf(account)) this.#directory.set(keyOf(account.source, each), account);
      const name = textOf(account, 'name');
      if (name === null) nameless.push(account);
      else push(this.#called, name.toLowerCase(), account);
      for (const { holder } of this.#claimsOfDirectory(account)) push(this.#inDirectory, holder, account);
    }
    const untold: Subject[] = [];
    for (const identity of subjects.of(ExternalIdentity.name)) {
      const account = textOf(identity, 'account');
      if (account !== null) push(this.#identities, keyOf(identity.source, account), identity);
      if (account === null || textOf(identity, 'name') === null) untold.push(identity);
    }
    for (const [source, text] of counted(untold, 'whose an identity is is not told'))
      push(this.#unread, source, text);
    for (const reading of readings)
      if (!reading.complete && reading.kinds[ExternalIdentity.name]?.lists === true)
        for (const text of shortfalls([reading])) push(this.#unread, reading.source, text);
    const unread = shortfalls(
      readings.filter(
        ({ source, kinds, complete }) =>
          collectorOf.get(source) === directory && kinds[Account.name]?.lists === true && !complete,
      ),
    );
    const called = counted(nameless, 'what an account is called is not told').map(
      ([source, text]) => `${source}: ${text}`,
    );
    this.#unreadDirectories = [...unread, ...called];
    this.#tellingEnabled = new Set(
      readings.flatMap(({ source, kinds }) =>
        Object.keys(kinds)
          .filter((kind) => kinds[kind]?.speaks.includes('enabled'))
          .map((kind) => keyOf(source, kind)),
      ),
    );
    const day = asOf.slice(0, 10);
    this.#left = new Set(
      (leavers?.people ?? [])
        // On their last day they are still there.
        .filter(({ leftOn }) => leftOn < day)
        .map(({ account }) => account.toLowerCase()),
    );
  }

  #write(holder: string, type: Claim['type'], accounts: Register['people'][number]['accounts']): void {
    for (const { source, account } of accounts)
      push(this.#written, keyOf(source, account), { holder, type, way: 'by-hand', citations: [] });
  }

  holderOf(account: Subject): Subject {
    const { source, kind } = account;
    const claims = this.#claimsOf(account);
    const ids = [...new Set(claims.map(({ holder }) => holder))];
    const [claim] = claims;
    const open = this.#openFor(account);
    const isByIdentity = byIdentity.has(claim?.way ?? 'none');
    // What the directory and an address say may differ: neither counts before both were wholly read.
    const doubt =
      claim === undefined
        ? (open ?? this.#addresses.unseenFor(account))
        : isByIdentity && this.#addresses.mayTell(account)
          ? open
          : null;
    const unknown: Unknown | null =
      ids.length > 1
        ? { unknown: `it is said to be of several: ${ids.join(', ')}` }
        : doubt === null
          ? null
          : { unknown: doubt };
    const values = {
      system: this.#collectorOf.get(source),
      enabled: this.#enabled(account),
      ofThePlace: kind === Account.name && account.fields.get('root')?.value === true,
      holderType: unknown ?? claim?.type ?? 'none',
      way: unknown ?? claim?.way ?? 'none',
      settled: unknown ?? (open !== null && isByIdentity ? { unknown: open } : true),
      present: unknown ?? (claim ? this.#present(claim) : false),
      owner: unknown ?? (claim ? (this.#owners.get(claim.holder) ?? 'none') : 'none'),
    };
    const holder = unknown ?? claim?.holder ?? 'none';
    return new Holding(account, holder, this.#common(values), claims);
  }

  /** Values that are the same of many accounts, held once for all of them. */
  #common(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const key = JSON.stringify(values);
    const before = this.#commons.get(key);
    if (before) return before;
    this.#commons.set(key, values);
    return values;
  }

  /** Everything that says whose an account is. What somebody wrote down and what the directory says must agree. */
  #claimsOf(account: Subject): readonly Claim[] {
    const { source, id, kind } = account;
    if (this.#collectorOf.get(source) === directory) return this.#claimsOfDirectory(account);
    const written = this.#writtenFor(account);
    if (kind === DirectoryUser.name) {
      const provided = account.fields.get('external')?.value === true;
      return provided ? [...written, ...this.#byName(account, account, 'provisioning')] : written;
    }
    const signed = (this.#identities.get(keyOf(source, id)) ?? []).flatMap((identity) =>
      this.#byName(account, identity, 'single-sign-on'),
    );
    const verified = this.#addresses
      .havingOneOf(account)
      .flatMap((person) => this.#claimsFor(person, 'verified-email', this.#addresses.citations(account)));
    return [...written, ...signed, ...verified];
  }

  /** An account of the directory is a person, unless somebody wrote down whose it is. */
  #claimsOfDirectory(account: Subject): readonly Claim[] {
    const written = this.#writtenFor(account);
    if (written.length > 0) return written;
    return [{ holder: `${account.source}/${account.id}`, type: 'person', way: 'directory', citations: [] }];
  }

  #writtenFor(account: Subject): readonly Claim[] {
    const name = textOf(account, 'name');
    return [
      ...(this.#written.get(keyOf(account.source, account.id)) ?? []),
      ...(name === null ? [] : (this.#written.get(keyOf(account.source, name)) ?? [])),
    ];
  }

  /** The people whose account in a directory is called what an identity is called. */
  #byName(account: Subject, identity: Subject, way: Way): readonly Claim[] {
    const name = textOf(identity, 'name');
    const found = name === null ? [] : (this.#called.get(name.toLowerCase()) ?? []);
    return found.flatMap((person) =>
      this.#claimsFor(person, way, identity === account ? [] : identity.citations),
    );
  }

  /** That something here is that of whoever has an account in a directory. */
  #claimsFor(person: Subject, way: Way, citations: readonly Citation[]): readonly Claim[] {
    return this.#claimsOfDirectory(person).map(({ holder, type }) => ({
      holder,
      type,
      way,
      citations: [...citations, ...person.citations],
    }));
  }

  /** Why something unread may say whose the account is; `null` where all that could was read. */
  #openFor(account: Subject): string | null {
    const { source, kind, fields } = account;
    const untold = kind === DirectoryUser.name && typeof fields.get('external')?.value !== 'boolean';
    const open = [
      ...(untold ? ['whether another directory made it is not told'] : []),
      ...(this.#unread.get(source) ?? []),
      ...this.#addresses.openFor(account),
      ...this.#unreadDirectories,
    ];
    return open.length === 0 ? null : `whose it is may be told by what is not known: ${open.join('; ')}`;
  }

  /** Whether anybody can sign in with an account. Where a source knows no such state, having it is being able to. */
  #enabled({ source, kind, fields }: Subject): unknown {
    const value = fields.get('enabled')?.value;
    if (value !== undefined) return value;
    return this.#tellingEnabled.has(keyOf(source, kind)) ? { unknown: 'the source does not tell it' } : true;
  }

  #present({ holder, type }: Claim): boolean | Unknown {
    const accounts = this.#inDirectory.get(holder) ?? [];
    const names = accounts.flatMap((account) => textOf(account, 'name') ?? []);
    const ids = accounts.map(({ id }) => id);
    if ([holder, ...names, ...ids].some((name) => this.#left.has(lower(name)))) return false;
    if (type === 'service') return this.#answered(holder);
    if (this.#left.size > 0 && names.length < accounts.length)
      return {
        unknown:
          'what the directory calls an account of theirs is not told, so the list of leavers may name it',
      };
    const states = accounts.map((account) => account.fields.get('enabled')?.value);
    if (states.includes(true)) return true;
    if (states.some((state) => state !== false))
      return { unknown: 'whether an account of theirs in the directory can be signed in to is not told' };
    if (this.#unreadDirectories.length > 0)
      return {
        unknown: `they may have an account in what was not read: ${this.#unreadDirectories.join('; ')}`,
      };
    const unconnected = accounts.length === 0 ? this.#unconnected.get(holder) : undefined;
    if (unconnected !== undefined)
      return { unknown: `whether they are there may be told by ${unconnected}, which is not read` };
    if (accounts.length === 0 && this.#nobodySays)
      return { unknown: 'neither a directory nor a list of those who left says whether they are there' };
    // Whoever is written down without an account in the directory is there because somebody says so.
    return accounts.length === 0 && !this.#expected.has(holder);
  }

  /** Whether who answers for a service is there, as far as it is told who that is. */
  #answered(service: string): boolean | Unknown {
    const owner = this.#owners.get(service) ?? '';
    const [source = '', ...rest] = owner.split('/');
    const name = rest.join('/');
    if ([owner, name].some((each) => this.#left.has(lower(each)))) return false;
    const account = this.#directory.get(keyOf(source, name));
    const holder = (account && this.#claimsOfDirectory(account)[0]?.holder) ?? owner;
    if (!this.#inDirectory.has(holder) && !this.#expected.has(holder)) return true;
    return this.#present({ holder, type: 'person', way: 'by-hand', citations: [] });
  }
}

/** Whose an account is. There are as many as there are accounts, so that what is rarely looked at is not held for each. */
class Holding implements Subject {
  readonly #account: Subject;
  readonly #holder: string | Unknown;
  /** Of all fields but the name and the holder. */
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #claimed: readonly Citation[];

  constructor(
    account: Subject,
    holder: string | Unknown,
    values: Readonly<Record<string, unknown>>,
    claims: readonly Claim[],
  ) {
    this.#account = account;
    this.#holder = holder;
    this.#values = values;
    this.#claimed = claims.some(({ citations }) => citations.length > 0)
      ? claims.flatMap(({ citations }) => citations)
      : uncited;
  }

  get kind(): string {
    return AccountHolder.name;
  }

  get alike(): boolean {
    return true;
  }

  get source(): string {
    return this.#account.source;
  }

  get id(): string {
    return this.#account.id;
  }

  get partitions(): ReadonlySet<string> {
    return this.#account.partitions;
  }

  get citations(): readonly Citation[] {
    return this.#account.citations;
  }

  get fields(): Subject['fields'] {
    return {
      get: (field) => {
        const value = this.#valueOf(field);
        return value === undefined ? undefined : new Held(value, this);
      },
    };
  }

  /** Where it was read, and where it was read whose it is. */
  get places(): readonly Citation[] {
    return [...this.citations, ...this.#claimed];
  }

  #valueOf(field: string): unknown {
    if (field === 'holder') return this.#holder;
    if (field !== 'name') return Object.hasOwn(this.#values, field) ? this.#values[field] : undefined;
    return this.#account.fields.get('name')?.value ?? { unknown: 'the source does not tell it' };
  }
}

class Held implements Known {
  readonly value: unknown;
  readonly #of: Holding;

  constructor(value: unknown, of: Holding) {
    this.value = value;
    this.#of = of;
  }

  get citations(): readonly Citation[] {
    return this.#of.places;
  }
}

const uncited: readonly Citation[] = [];

/** What a list may call an account: what its source does, or its id. */
const namesOf = (account: Subject) => [account.id, textOf(account, 'name') ?? account.id];

/** No source tells accounts apart by capitals alone. */
const lower = (text: string) => text.toLowerCase();
const keyOf = (source: string, account: string) => JSON.stringify([source, lower(account)]);
