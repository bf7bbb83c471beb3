import { Account, Domain } from '../evidence-model/kinds.ts';
import { textOf, type Citation, type Subject } from '../evidence-model/subject.ts';
import { isUnknown } from '../evidence-model/unknown.ts';
import { counted, push } from './by-source.ts';
import type { Evidence } from './evaluate.ts';
import { shortfalls, type Reading } from './readings.ts';

/**
 * Accounts that a source verified addresses of mail for, beside the accounts of directories that have these addresses.
 * An address that was verified is told once and not taken back when somebody else gets it, so that it ties nothing
 * before everything that could say otherwise was wholly read. What commits bear is no such address: anybody writes there
 * what they like.
 */
export class Addresses {
  /** Sources that are asked which addresses they verified, and why not all of them may be told. */
  readonly #asked: ReadonlyMap<string, readonly string[]>;
  /** Sources of which it is known that no address is told because there is none, or because of some account one is. */
  readonly #seen: ReadonlySet<string>;
  readonly #having = new Map<string, Subject[]>();
  /** Why an account of a directory may have an address that is not known to be its own. */
  readonly #openDirectories: readonly string[];

  constructor({ subjects, readings }: Evidence, isDirectory: (source: string) => boolean) {
    const asking = readings.filter((reading) => speaksOf(reading, 'verifiedAddresses'));
    this.#asked = new Map(
      asking.map(({ source }) => [
        source,
        shortfalls(asking.filter((each) => each.source === source && !each.complete)),
      ]),
    );
    const seen = new Set<string>();
    const untold: Subject[] = [];
    const theirs = asking.length === 0 ? [] : subjects.of(Account.name);
    const telling = readings.filter(
      (reading) => isDirectory(reading.source) && speaksOf(reading, 'addresses'),
    );
    const tellingOf = new Set(telling.map(({ source }) => source));
    for (const account of theirs) {
      if (verifiedOf(account).length > 0) seen.add(account.source);
      if (!isDirectory(account.source)) continue;
      const own = listIn(account, 'addresses');
      if (own === null && tellingOf.has(account.source)) untold.push(account);
      const name = textOf(account, 'name');
      for (const each of new Set([...(own ?? []), ...(name === null ? [] : [name])].map(lower)))
        push(this.#having, each, account);
    }
    this.#seen = asking.length === 0 ? seen : seen.union(withoutDomains({ subjects, readings }));
    this.#openDirectories = [
      ...shortfalls(telling.filter(({ complete }) => !complete)),
      ...counted(untold, 'which addresses an account has is not told').map(
        ([source, text]) => `${source}: ${text}`,
      ),
    ];
  }

  /** Whether an address may say whose an account is. Sources verify those of members alone. */
  mayTell(account: Subject): boolean {
    return (
      account.kind === Account.name &&
      this.#asked.has(account.source) &&
      textOf(account, 'role') !== 'outside-collaborator'
    );
  }

  /** The accounts in directories that have an address that was verified for this one, which is known to be a member. */
  havingOneOf(account: Subject): readonly Subject[] {
    if (!this.mayTell(account) || textOf(account, 'role') === null) return [];
    return [...new Set(verifiedOf(account).flatMap((each) => this.#having.get(each) ?? []))];
  }

  citations(account: Subject): readonly Citation[] {
    return account.fields.get('verifiedAddresses')?.citations ?? [];
  }

  /** Why an address that is not known may say whose an account is; nothing where all were read. */
  openFor(account: Subject): readonly string[] {
    if (!this.mayTell(account)) return [];
    const value = account.fields.get('verifiedAddresses')?.value;
    return [
      ...(this.#asked.get(account.source) ?? []),
      ...(textOf(account, 'role') === null ? ['whether it is a member is not told'] : []),
      ...(Array.isArray(value)
        ? []
        : [isUnknown(value) ? value.unknown : 'which addresses were verified for it is not told']),
      ...this.#openDirectories,
    ];
  }

  /** Why it means nothing that no address is told of an account; `null` where it does. */
  unseenFor(account: Subject): string | null {
    return !this.mayTell(account) || this.#seen.has(account.source)
      ? null
      : 'no verified address of anybody is told, which is so for whoever may not see any, too';
  }
}

/** Where it is known that no domain is proven, so that no address in one can be. */
function withoutDomains({ subjects, readings }: Pick<Evidence, 'subjects' | 'readings'>): Set<string> {
  const listing = readings.filter(({ kinds }) => kinds[Domain.name]?.lists === true);
  const found = new Set(listing.map(({ source }) => source));
  for (const { source, complete } of listing) if (!complete) found.delete(source);
  for (const { source, fields } of subjects.of(Domain.name))
    if (fields.get('verified')?.value !== false) found.delete(source);
  return found;
}

const speaksOf = ({ kinds }: Reading, field: string) => kinds[Account.name]?.speaks.includes(field) === true;
const verifiedOf = (account: Subject) => (listIn(account, 'verifiedAddresses') ?? []).map(lower);

function listIn(account: Subject, field: string): readonly string[] | null {
  const value = account.fields.get(field)?.value;
  return Array.isArray(value) ? value.map(String) : null;
}

/** No two people are told apart by capitals in an address. */
const lower = (text: string) => text.toLowerCase();
