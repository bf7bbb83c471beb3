/** What tells one sign-in from another, as far as policies ask. */
export type Dimension =
  'application' | 'client' | 'platform' | 'signInRisk' | 'userRisk' | 'insiderRisk' | 'flow';

/**
 * Some of all possible sign-ins: those of which all that stands here is true. A dimension that is not named may be
 * anything.
 */
export interface Way {
  readonly of: ReadonlyMap<Dimension, ReadonlySet<string>>;
  /** Named places in which it is, and in which it is not. */
  readonly inside: ReadonlySet<string>;
  readonly outside: ReadonlySet<string>;
  /** It comes from a trusted place, named or not. */
  readonly trusted: boolean | null;
  /** What else is true or not: of the device, or of what was shown. */
  readonly facts: ReadonlyMap<string, boolean>;
}

const none: ReadonlySet<string> = new Set();

/** Every sign-in there is. */
export const anyWay: Way = { of: new Map(), inside: none, outside: none, trusted: null, facts: new Map() };

export const way = (said: Partial<Way>): Way => ({ ...anyWay, ...said });

/** Sign-ins with clients that can show no second factor: https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication */
export const withOldClients: Way = way({
  of: new Map([['client', new Set(['exchangeactivesync', 'other'])]]),
});

/** The sign-ins that are of both; `null` where there are none. */
export function both(a: Way, b: Way): Way | null {
  const of = new Map(a.of);
  for (const [dimension, allowed] of b.of) {
    const mine = of.get(dimension);
    const left = mine ? mine.intersection(allowed) : allowed;
    if (left.size === 0) return null;
    of.set(dimension, left);
  }
  const inside = a.inside.union(b.inside);
  const outside = a.outside.union(b.outside);
  if (!inside.isDisjointFrom(outside)) return null;
  if (a.trusted !== null && b.trusted !== null && a.trusted !== b.trusted) return null;
  const facts = new Map(a.facts);
  for (const [fact, is] of b.facts) {
    if (facts.get(fact) === !is) return null;
    facts.set(fact, is);
  }
  return { of, inside, outside, trusted: a.trusted ?? b.trusted, facts };
}

/** Every sign-in of the one is of the other. */
export function isPartOf(a: Way, b: Way): boolean {
  for (const [dimension, allowed] of b.of) {
    const mine = a.of.get(dimension);
    if (!mine?.isSubsetOf(allowed)) return false;
  }
  for (const [fact, is] of b.facts) if (a.facts.get(fact) !== is) return false;
  return (
    b.inside.isSubsetOf(a.inside) &&
    b.outside.isSubsetOf(a.outside) &&
    (b.trusted === null || a.trusted === b.trusted)
  );
}
