import type { View } from './control.ts';
import { noData, pass, type Finding } from './finding.ts';

interface Membership {
  readonly group: string;
  readonly account: string;
  readonly accountType: string;
}

/** Who is in groups, directly or by way of others: the people of each, or why that is not known. */
export class GroupMembers {
  readonly #people = new Map<string, string[]>();
  readonly #named = new Set<string>();
  readonly #unknown: Finding | null;

  /** `open` says why there may be more memberships than these; `null` where there are none. */
  constructor(memberships: readonly View<Membership>[], open: string | null) {
    const told = memberships.map((membership) =>
      membership.given(['group', 'account', 'accountType'], ({ group, account, accountType }) => {
        this.#named.add(group);
        if (accountType === 'user') this.#people.set(group, [...(this.#people.get(group) ?? []), account]);
        return pass('');
      }),
    );
    this.#unknown = told.find(({ status }) => status !== 'pass') ?? (open === null ? null : noData(open));
  }

  /** The people of a group; a finding where they cannot be told, also where it names nobody at all. */
  of(group: string): readonly string[] | Finding {
    if (this.#unknown) return this.#unknown;
    if (!this.#named.has(group)) return noData('a group holds the role, and nobody is named in it');
    return this.#people.get(group) ?? [];
  }
}
