import type { View } from './control.ts';
import { noData, type Finding } from './finding.ts';
import { told } from './told.ts';

interface Membership {
  readonly group: string;
  readonly account: string;
  readonly accountType: string;
}

/** Who is in groups, directly or by way of others: the people of each, or why that is not known. */
export class GroupMembers {
  readonly #people = new Map<string, Set<string>>();
  /** Groups in which somebody or something is named, and whether that is a group. */
  readonly #named = new Map<string, boolean>();
  readonly #unknown: Finding | null;

  /** `open` says why there may be more memberships than these; `null` where there are none. */
  constructor(memberships: readonly View<Membership>[], open: string | null) {
    const { known, untold } = told(memberships, ['group', 'account', 'accountType']);
    for (const { group, account, accountType } of known) {
      this.#named.set(group, accountType === 'group' || this.#named.get(group) === true);
      const people = this.#people.get(group) ?? new Set();
      this.#people.set(group, people);
      if (accountType === 'user') people.add(account);
    }
    this.#unknown = open === null ? untold : noData(open);
  }

  /**
   * The people of a group; a finding where they cannot be told, also where it names nobody at all, or another group and
   * nobody of it.
   */
  of(group: string): ReadonlySet<string> | Finding {
    if (this.#unknown) return this.#unknown;
    const people = this.#people.get(group) ?? new Set();
    const nested = this.#named.get(group);
    if (nested === undefined) return noData('a group holds the role, and nobody is named in it');
    if (nested && people.size === 0)
      return noData('a group holds the role, and who is in a group inside it is not shown');
    return people;
  }
}
