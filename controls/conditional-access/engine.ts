import { candidatesOf, reachOf, textOf, type Candidate } from './candidates.ts';
import { domainsOf, type Domains } from './dimensions.ts';
import type { Account, Outcome, Policy, Proof, Tenant } from './model.ts';
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

/** What a question is judged by: the policies that may answer it, and everything that they or it tell apart. */
interface Sides {
  readonly candidates: readonly Candidate[];
  readonly domains: Domains;
}

/** What is asked about an account: whether every one of these sign-ins shows the proof. */
export interface Question {
  readonly proof: Proof;
  /** The sign-ins that are asked about; all of them where it is left out. */
  readonly within?: Way;
  /** What somebody does that is no sign-in to an application, in the vendor's word in small letters. */
  readonly action?: string | null;
}

/**
 * The conditional access of one tenant. Accounts that are reached by policies that do the same are judged once, so that
 * the number of people hardly matters.
 */
export class ConditionalAccess {
  readonly #tenant: Tenant;
  readonly #told: readonly Policy[];
  readonly #sides = new Map<string, Sides>();
  readonly #decided = new Map<string, Decision>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
    this.#told = tenant.policies.flatMap((policy) => ('untold' in policy ? [] : [policy]));
  }

  judge(account: Account, { proof, within = anyWay, action = null }: Question): Outcome {
    const asked = `${proof} ${action ?? ''} ${within === anyWay ? '' : textOf(within)}`;
    const sides = this.#sidesFor(asked, { proof, action, within });
    const { candidates } = sides;
    const reached = candidates.map((candidate) => reachOf(candidate, account));
    const whom = reached.map(({ is }) => is);
    const key = `${asked} ${whom.map((is) => (is === null ? '?' : is ? '1' : '0')).join('')}`;
    let decision = this.#decided.get(key);
    if (!decision) {
      decision = this.#decide(sides, whom, within, action === null && within === anyWay);
      this.#decided.set(key, decision);
    }
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
    const { application } = domainsOf(this.#told);
    return [...application].every((each) => {
      const there = way({ of: new Map([['application', new Set([each])]]) });
      return this.judge(account, { proof, within: there }).kind === 'open';
    });
  }

  #sidesFor(
    asked: string,
    {
      proof,
      action,
      within,
    }: { readonly proof: Proof; readonly action: string | null; readonly within: Way },
  ): Sides {
    const known = this.#sides.get(asked);
    if (known) return known;
    const domains = domainsOf(this.#told, within.of.get('application'));
    const sides = { candidates: candidatesOf(this.#tenant, { proof, action }, domains), domains };
    this.#sides.set(asked, sides);
    return sides;
  }

  /** `whom` says of each candidate whether it reaches them; `null` is not known. `every` is every sign-in there is. */
  #decide(
    { candidates, domains }: Sides,
    whom: readonly (boolean | null)[],
    of: Way,
    every: boolean,
  ): Decision {
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
      const blocked = every && close(firm.filter((n) => candidates[n]?.blocks));
      return { kind: 'forced', by: fewest(firm, close), blocked };
    }
    const best = numbers.filter((n) => whom[n] !== false);
    const certain = wayPast(of, gates(best, 'best'), (way) => placeDoubt(way, this.#tenant) === null);
    const words = (way: Way) => wordsOf(way, domains, this.#tenant.places);
    if (certain) return { kind: 'open', way: words(certain) };
    const doubted = best.filter((n) => whom[n] === null || candidates[n]?.doubts.length);
    if (left === undefined)
      return { kind: 'unknown', way: 'at some sign-in', doubted, more: 'no more combinations are looked at' };
    return { kind: 'unknown', way: words(left), doubted, more: placeDoubt(left, this.#tenant) };
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
