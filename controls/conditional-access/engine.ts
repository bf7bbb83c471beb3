import { candidatesOf, reachOf, type Candidate } from './candidates.ts';
import { domainsOf, type Domains } from './dimensions.ts';
import type { Account, Outcome, Proof, Tenant } from './model.ts';
import { placeDoubt } from './places.ts';
import { wayPast, type Gate } from './search.ts';
import { anyWay, way, type Way } from './way.ts';
import { wordsOf } from './words.ts';

/** An outcome before it is known whom it is about: policies are numbers of candidates. */
type Decision =
  | { readonly kind: 'forced'; readonly by: readonly number[]; readonly blocked: boolean }
  | { readonly kind: 'open'; readonly way: string }
  | {
      readonly kind: 'unknown';
      readonly way: string;
      readonly doubted: readonly number[];
      readonly more: string | null;
    };

/** Clients that can show no second factor: https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication */
const oldClients = new Set(['exchangeactivesync', 'other']);
const within = { any: anyWay, old: way({ of: new Map([['client', oldClients]]) }) } as const;

/**
 * The conditional access of one tenant. Accounts that are reached by policies that do the same are judged once, so that
 * the number of people hardly matters.
 */
export class ConditionalAccess {
  readonly #tenant: Tenant;
  readonly #domains: Domains;
  readonly #candidates: Readonly<Record<Proof, readonly Candidate[]>>;
  readonly #decided = new Map<string, Decision>();

  constructor(tenant: Tenant) {
    const told = tenant.policies.flatMap((policy) => ('untold' in policy ? [] : [policy]));
    this.#tenant = tenant;
    this.#domains = domainsOf(told);
    this.#candidates = {
      mfa: candidatesOf(tenant, 'mfa', this.#domains),
      'phishing-resistant': candidatesOf(tenant, 'phishing-resistant', this.#domains),
    };
  }

  /** Whether every sign-in of the account, or every one with an old client, shows the proof. */
  judge(account: Account, proof: Proof, clients: keyof typeof within = 'any'): Outcome {
    const candidates = this.#candidates[proof];
    const reached = candidates.map((candidate) => reachOf(candidate, account));
    const whom = reached.map(({ is }) => is);
    const decision = this.#decision(candidates, whom, `${proof} ${clients}`, within[clients]);
    if (decision.kind === 'open') return decision;
    const named = (n: number) => {
      const { id = '', name = '' } = reached[n]?.policy ?? {};
      return { id, name };
    };
    if (decision.kind === 'forced')
      return { kind: 'forced', by: decision.by.map(named), blocked: decision.blocked };
    const { way, doubted, more } = decision;
    const why = doubted.map((n) => {
      const reasons = [reached[n]?.why ?? null, ...(candidates[n]?.doubts ?? [])];
      return `${named(n).name}: ${reasons.filter((reason) => reason !== null).join('; ')}`;
    });
    return { kind: 'unknown', way, why: shortened(more === null ? why : [...why, more]) };
  }

  /** Whether there is a way of signing in without the proof to each application there is, also to one that nobody names. */
  openEverywhere(account: Account, proof: Proof): boolean {
    const candidates = this.#candidates[proof];
    const whom = candidates.map((candidate) => reachOf(candidate, account).is);
    return [...this.#domains.application].every((application) => {
      const there = way({ of: new Map([['application', new Set([application])]]) });
      return this.#decision(candidates, whom, `${proof} to ${application}`, there).kind === 'open';
    });
  }

  /** The decision of before, where policies that do the same reached somebody else. */
  #decision(
    candidates: readonly Candidate[],
    whom: readonly (boolean | null)[],
    what: string,
    of: Way,
  ): Decision {
    const key = `${what} ${whom.map((is) => (is === null ? '?' : is ? '1' : '0')).join('')}`;
    const before = this.#decided.get(key);
    if (before) return before;
    const decision = this.#decide(candidates, whom, of);
    this.#decided.set(key, decision);
    return decision;
  }

  /** `whom` says of each candidate whether it reaches them; `null` is not known. */
  #decide(candidates: readonly Candidate[], whom: readonly (boolean | null)[], of: Way): Decision {
    const numbers = [...candidates.keys()];
    const gates = (some: readonly number[], which: 'firm' | 'best') =>
      some.flatMap((n): Gate[] => {
        const gate = candidates[n]?.[which] ?? null;
        return gate === null ? [] : [gate];
      });
    const firm = numbers.filter((n) => whom[n] === true && candidates[n]?.firm);
    const left = wayPast(of, gates(firm, 'firm'), () => true);
    if (left === null) {
      const close = (some: readonly number[]) => wayPast(of, gates(some, 'firm'), () => true) === null;
      const blocked = of === anyWay && close(firm.filter((n) => candidates[n]?.blocks));
      return { kind: 'forced', by: fewest(firm, close), blocked };
    }
    const best = numbers.filter((n) => whom[n] !== false);
    const certain = wayPast(of, gates(best, 'best'), (way) => placeDoubt(way, this.#tenant) === null);
    if (certain) return { kind: 'open', way: this.#words(certain) };
    const doubted = best.filter((n) => whom[n] === null || candidates[n]?.doubts.length);
    if (left === undefined)
      return { kind: 'unknown', way: 'at some sign-in', doubted, more: 'no more combinations are looked at' };
    return { kind: 'unknown', way: this.#words(left), doubted, more: placeDoubt(left, this.#tenant) };
  }

  #words(way: Way): string {
    return wordsOf(way, this.#domains, this.#tenant.places);
  }
}

/** The fewest of these that are needed, in their order. One alone that suffices is told alone. */
function fewest(firm: readonly number[], close: (some: readonly number[]) => boolean): readonly number[] {
  const alone = firm.find((n) => close([n]));
  if (alone !== undefined) return [alone];
  let needed = firm;
  for (const n of firm) {
    const without = needed.filter((each) => each !== n);
    if (close(without)) needed = without;
  }
  return needed;
}

const mostReasons = 3;

function shortened(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - mostReasons;
  return more > 0 ? [...reasons.slice(0, mostReasons), `and ${more} more`] : reasons;
}
