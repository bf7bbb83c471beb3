import { both, isPartOf, type Way } from './way.ts';

/** The ways past one policy; where there are none, it lets nobody by. */
export type Gate = readonly Way[];

/** No tenant needs more; whoever does is told that it was not looked at further. */
const mostSteps = 2_000;

/**
 * A way past all of these gates, of those `within`; `null` where there is none, and `undefined` where there are too many to look at. A way
 * is one through each gate, and those exclude each other: the gate with the fewest is taken first.
 */
export function wayPast(
  within: Way,
  gates: readonly Gate[],
  possible: (way: Way) => boolean,
): Way | null | undefined {
  let steps = 0;
  const go = (way: Way, left: readonly Gate[]): Way | null | undefined => {
    if ((steps += 1) > mostSteps) return undefined;
    const shut = left.filter((gate) => !gate.some((escape) => isPartOf(way, escape)));
    let fewest: { readonly gate: Gate; readonly ways: readonly Way[] } | null = null;
    for (const gate of shut) {
      const ways = gate.flatMap((escape) => {
        const narrower = both(way, escape);
        return narrower !== null && possible(narrower) ? [narrower] : [];
      });
      if (ways.length === 0) return null;
      if (fewest === null || ways.length < fewest.ways.length) fewest = { gate, ways };
    }
    if (fewest === null) return way;
    const { gate, ways } = fewest;
    const others = shut.filter((each) => each !== gate);
    for (const narrower of ways) {
      const found = go(narrower, others);
      if (found !== null) return found;
    }
    return null;
  };
  return go(within, gates);
}
