import type { Control } from '../controls/control.ts';
import { needsOf } from '../controls/control.ts';
import type { Evidence } from '../controls/evaluate.ts';
import { readFor } from '../controls/declared/with-declared.ts';
import { behind } from '../controls/derived.ts';
import type { Plan } from '../controls/plan.ts';
import { isAskedOf, type Reading } from '../controls/readings.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { Coverage } from '../evidence-model/kinds.ts';
import type { Snapshot } from '../evidence-model/snapshot.ts';
import type { Contradiction, Subject } from '../evidence-model/subject.ts';

/** The subjects of one kind, joined. */
export interface JoinedKind {
  readonly subjects: readonly Subject[];
  readonly contradictions: readonly Contradiction[];
}

/**
 * What was judged in the night before: which inputs every control had, so that a control that has the very same again
 * need not be judged again. It goes from one night to the next, in their order, and each must be judged wholly.
 */
export class NightBefore {
  readonly kinds = new Map<string, JoinedKind & { readonly key: string }>();
  readonly #asked = new Map<string, string>();
  readonly #judged = new Map<string, { readonly inputs: string; readonly at: string | null }>();

  /** Whether a key is the one that it was when this was asked last. */
  sameKind(what: string, key: string): boolean {
    const same = this.#asked.get(what) === key;
    this.#asked.set(what, key);
    return same;
  }

  /** Whether a control that has these inputs at this moment must come to the same as in the night before. */
  isSame(control: string, inputs: string, asOf: string): boolean {
    const before = this.#judged.get(control);
    return before?.inputs === inputs && (before.at === null || before.at === asOf);
  }

  /** `at`: the moment that it was judged at, where it looked at that. */
  note(control: string, inputs: string, at: string | null): void {
    this.#judged.set(control, { inputs, at });
  }

  forget(control: string): void {
    this.#judged.delete(control);
  }
}

/** What two nights must have alike to have the subjects of a kind alike: of all sources, or of these. */
export type KeyOf = (kind: string, sources?: ReadonlySet<string>) => string;

/**
 * Says when two nights give the subjects of a kind alike: the same contents of the same snapshots in the same order, and
 * the same listings that speak for whom they do not name.
 */
export function keyOfKind(
  kind: string,
  snapshots: readonly Snapshot[],
  contentOf: (snapshot: Snapshot) => Digest,
  sources?: ReadonlySet<string>,
): string {
  const speaking = snapshots.flatMap((snapshot) => {
    const { header } = snapshot;
    if (sources?.has(header.source) === false) return [];
    const silences = header.absence.filter((each) => each.kind === kind);
    if (!(kind in header.kinds) && silences.length === 0) return [];
    const inTime = silences.map(({ among }) => {
      const population = snapshots.find(
        (other) => other.header.dataset === among && other.header.source === header.source,
      );
      return population !== undefined && header.startedAt >= population.end.endedAt;
    });
    return [[contentOf(snapshot), inTime]];
  });
  return JSON.stringify(speaking);
}

/** Whether a control looks at anything that a dataset of a source says. */
export function looksAt(
  control: Control,
  reading: Pick<Reading, 'collector' | 'kinds' | 'absence'>,
): boolean {
  const needs = needsOf(control);
  const said = (kind: string) => kind in reading.kinds || kind in reading.absence;
  return (
    (control.collectors.includes(reading.collector) && needs.some((need) => isAskedOf(reading, need))) ||
    behindAll(needs.map(({ kind }) => kind)).some(said)
  );
}

/** What these kinds follow from where no dataset tells them: of whichever source. */
export function behindAll(kinds: readonly string[]): readonly string[] {
  const from = readFor(new Set(kinds));
  return [...new Set([...from, ...[...kinds, ...from].flatMap(behind)])];
}

/** All that decides what a control says, but for the moment at which it is judged and for exceptions. */
export function inputsOf(
  control: Control,
  { policy, register }: Pick<Plan, 'policy' | 'register'>,
  { sources, systems, readings, asOf }: Evidence,
  keyOf: KeyOf,
): string {
  const concerned = sources.filter(({ collector }) => control.collectors.includes(collector));
  const ids = new Set(concerned.map(({ id }) => id));
  const kinds = new Set(needsOf(control).map(({ kind }) => kind));
  const further = behindAll([...kinds]);
  const asked = readings.filter((reading) => looksAt(control, reading));
  return JSON.stringify([
    policy.controls[control.id] ?? null,
    concerned,
    concerned.length === 0 ? systems : [],
    asked,
    // What other sources have does not belong to anything here.
    [...kinds].map((kind) => [kind, kind === Coverage.name ? asOf : keyOf(kind, ids)]),
    // What no dataset tells follows from everything that is said, anywhere, and on which day.
    further.length > 0 && [
      sources,
      register,
      further.map((kind) => keyOf(kind)),
      register.leavers && asOf.slice(0, 10),
      register.federations.length > 0 && asOf,
    ],
  ]);
}
