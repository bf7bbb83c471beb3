import { AccountHolder } from '../../evidence-model/kinds.ts';
import { textOf, type Subject } from '../../evidence-model/subject.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';
import type { Evidence } from '../evaluate.ts';
import type { Register } from '../declarations.ts';
import { shortfalls, type Reading } from '../readings.ts';

const lower = (text: string) => text.toLowerCase();

/**
 * Who is meant where somebody is named: by the id or the name of a person who is written down, or by what a source calls
 * an account of theirs.
 */
export class Called {
  /** Accounts by their source and what they are called there. */
  readonly #here = new Map<string, Subject[]>();
  readonly #people: Register['people'];
  readonly #byName = new Map<string, Set<string>>();
  readonly #accounts = new Map<string, Subject[]>();
  /** What lists accounts, and so what people are called. */
  readonly #listings: readonly Reading[];

  constructor({ subjects, readings }: Pick<Evidence, 'subjects' | 'readings'>, { people }: Register) {
    this.#people = people;
    this.#listings = readings.filter(({ kinds }) => kinds[AccountHolder.name]?.lists === true);
    for (const { id, name } of people) for (const each of [id, name]) this.#add(each, id);
    for (const account of subjects.of(AccountHolder.name)) {
      for (const name of new Set(namesOf(account).map(lower))) {
        const key = JSON.stringify([account.source, name]);
        const here = this.#here.get(key) ?? [];
        if (here.length === 0) this.#here.set(key, here);
        here.push(account);
      }
      const holder = textOf(account, 'holder');
      if (holder === null || holder === 'none') continue;
      const list = this.#accounts.get(holder) ?? [];
      if (list.length === 0) this.#accounts.set(holder, list);
      list.push(account);
      // Whoever answers for something or decides is somebody: no service does.
      if (textOf(account, 'holderType') !== 'person') continue;
      for (const each of [holder, ...namesOf(account)]) this.#add(each, holder);
    }
  }

  #add(name: string, holder: string): void {
    const key = lower(name);
    this.#byName.set(key, (this.#byName.get(key) ?? new Set()).add(holder));
  }

  /** The one holder of accounts who is called so, or why that is not known. */
  holder(name: string): string | Unknown {
    const [found, ...others] = this.#byName.get(lower(name)) ?? [];
    if (found === undefined)
      return { unknown: `who ${name} is, neither the people who are written down nor an account tells` };
    return others.length === 0 ? found : { unknown: `several people are called ${name}` };
  }

  /** Whether they are still there, as their accounts tell. */
  present(holder: string): boolean | Unknown {
    const told = (this.#accounts.get(holder) ?? []).map((account) => account.fields.get('present')?.value);
    if (told.includes(true)) return true;
    return (
      told.find(isUnknown) ??
      (told.length > 0
        ? false
        : { unknown: `no account of ${holder} was read, so whether they are there is not told` })
    );
  }

  /** Whether several accounts of a source are called so. */
  isShared(source: string, name: string): boolean {
    const here = this.#here.get(JSON.stringify([source, lower(name)])) ?? [];
    return new Set(here.map(({ id }) => id)).size > 1;
  }

  /** What this one account is called, and no other of whoever has it. */
  namesOf(source: string, account: string): ReadonlySet<string> {
    const here = this.#here.get(JSON.stringify([source, lower(account)])) ?? [];
    return new Set([lower(account), ...here.flatMap(namesOf).map(lower)]);
  }

  /** Whether a source has an account of this id or name, as far as it was read. */
  has(source: string, account: string): boolean {
    return this.#here.has(JSON.stringify([source, lower(account)]));
  }

  /** Whether it is told what a source calls an account, beside its id. */
  isNamed(source: string, account: string): boolean {
    const here = this.#here.get(JSON.stringify([source, lower(account)])) ?? [];
    return here.some((each) => textOf(each, 'name') !== null);
  }

  /**
   * Why whoever has an account may be called otherwise, too; `null` where nothing is left open. Who concludes from
   * somebody not being called so must ask.
   */
  openNames(source: string, account: string): string | null {
    const here = this.#listings.filter((reading) => reading.source === source);
    if (here.length === 0) return `no dataset that was due lists the accounts of ${source}`;
    const people = this.#listings.filter(({ collector }) => collector === 'microsoft365');
    const untold = (this.#here.get(JSON.stringify([source, lower(account)])) ?? []).flatMap(({ fields }) =>
      ['name', 'holder'].flatMap((field) => {
        const value = fields.get(field)?.value;
        return isUnknown(value) ? [value.unknown] : [];
      }),
    );
    const open = [...new Set([...shortfalls([...here, ...people]), ...untold])];
    return open.length === 0 ? null : `what else ${account} is called is not known: ${open.join('; ')}`;
  }

  /** Everything that whoever has an account is called, in small letters. */
  namesBehind(source: string, account: string): ReadonlySet<string> {
    const names = new Set([lower(account)]);
    for (const each of this.#here.get(JSON.stringify([source, lower(account)])) ?? []) {
      const holder = textOf(each, 'holder') ?? 'none';
      const theirs = holder === 'none' ? [each] : [each, ...(this.#accounts.get(holder) ?? [])];
      const written = this.#people.filter(({ id }) => id === holder).flatMap(({ id, name }) => [id, name]);
      for (const name of [...theirs.flatMap(namesOf), ...written]) names.add(lower(name));
    }
    return names;
  }
}

const namesOf = (account: Subject) => [
  account.id,
  ...[textOf(account, 'name')].flatMap((name) => (name === null ? [] : [name, `${account.source}/${name}`])),
];
