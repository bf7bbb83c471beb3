import { needsOf, type Control } from '../controls/control.ts';
import { planDataset, type Statements } from '../controls/declared/derivation.ts';
import { readFor, restsOnWords, withDeclared } from '../controls/declared/with-declared.ts';
import { seenBy } from '../controls/evaluate-all.ts';
import { except, evaluate, type Evidence } from '../controls/evaluate.ts';
import { behind, withDerived } from '../controls/derived.ts';
import type { Plan } from '../controls/plan.ts';
import type { Reading } from '../controls/readings.ts';
import type { Result } from '../controls/result.ts';
import { Coverage } from '../evidence-model/kinds.ts';
import {
  allSubjects,
  byPlace,
  compare,
  joinSubjects,
  type Contradiction,
  type Subjects,
} from '../evidence-model/subject.ts';
import { rulesDigest } from './code-digest.ts';
import { coverageOf, coverageSubjects, own } from './coverage.ts';
import type { ClosedNight, History } from './history.ts';
import type { Judgement } from './judge.ts';
import { coveredBy, earlierReadings, latePartitions } from './log-readings.ts';
import { populationsOf } from './review-populations.ts';
import { newest, withParent, type EarlierReading, type JudgedDataset } from './newest-reading.ts';
import {
  behindAll,
  inputsOf,
  keyOfKind,
  type JoinedKind,
  type KeyOf,
  type NightBefore,
} from './same-inputs.ts';

interface Asked {
  readonly now?: string;
  readonly controls: readonly Control[];
  /** Kinds that whoever asks looks at besides, also where no dataset tells of them. */
  readonly kinds?: readonly string[];
}

/** What a control says of a night: its result or, where a night before was given, `null` for the very same as in that one. */
export interface NightResult<R = Result | null> {
  readonly control: string;
  readonly result: R;
}

/** A judgement whose results are made one after another, so that whoever folds them need not hold them all. */
export interface JudgedNight<R = Result | null> extends Omit<Judgement, 'results'> {
  /** In the order of the controls' ids. */
  readonly results: () => Iterable<NightResult<R>>;
  /** Whether what is read of a kind is the very same as in the night before, for somebody who asks in every night. */
  readonly sameKind: (kind: string, asker: string) => boolean;
}

/** Judges a closed slot of an archive, on everything that was read by then. */
export function judgeNight(whole: History, last: ClosedNight, asked: Asked): Promise<JudgedNight<Result>>;
export function judgeNight(
  whole: History,
  last: ClosedNight,
  asked: Asked,
  before: NightBefore,
): Promise<JudgedNight>;
export async function judgeNight(
  whole: History,
  last: ClosedNight,
  { now, controls, kinds = [] }: Asked,
  before: NightBefore | null = null,
): Promise<JudgedNight> {
  const asOf = last.close.t;
  // Whoever reads a packet has the ledger up to here; only a reader of now is told of what came after.
  const history = now === undefined ? whole.upTo(last) : whole;
  const closed = history.closed.filter(
    ({ close }) => close.n <= last.close.n && Date.parse(close.t) <= Date.parse(asOf),
  );
  const plan = await history.plan(last.open);
  const datasets: JudgedDataset[] = [];
  for (const source of plan.sources)
    for (const due of source.datasets) datasets.push(await newest(history, closed, source, due, now ?? asOf));

  const judged = datasets.map((dataset) => withParent(dataset, datasets));
  const earlier = await readingsBefore(history, closed, plan, judged, controls);
  const looked = new Set([
    ...kinds,
    ...controls.flatMap((control) => needsOf(control).map(({ kind }) => kind)),
  ]);
  const wanted = new Set([...looked, ...readFor(looked)]);
  const needed = wanted.union(new Set([...wanted].flatMap(behind)));
  // Of a log the earlier readings come first, the oldest before all.
  const snapshots = judged.flatMap((newest) => {
    const past = earlier.filter((each) => isOf(newest, each)).map(({ snapshot }) => snapshot);
    return newest.snapshot ? [...past, newest.snapshot] : past;
  });
  const keyOf: KeyOf = (kind, sources) =>
    keyOfKind(kind, snapshots, (snapshot) => history.contentOf(snapshot), sources);
  const joined = kept((kind: string): JoinedKind => {
    const known = before?.kinds.get(kind);
    if (known && known.key === keyOf(kind)) return known;
    const made = joinSubjects(snapshots, new Set([kind]));
    const found = { subjects: made.of(kind), contradictions: made.contradictions };
    before?.kinds.set(kind, { ...found, key: keyOf(kind) });
    return found;
  });
  const coverage = await coverageOf(history, plan, now ?? asOf);
  const ownSubjects = coverageSubjects(plan, coverage);
  const subjects: Subjects = {
    of: (kind) => (kind === Coverage.name ? ownSubjects : needed.has(kind) ? joined(kind).subjects : []),
    get contradictions() {
      return contradictionsOf(needed, joined);
    },
  };
  const reviewed = await populationsOf(history, closed, plan);
  const populations = reviewed.map(({ population }) => population);
  const read = withDerived(
    {
      asOf,
      sources: [...plan.sources, own],
      systems: plan.systems,
      readings: [...plan.sources.flatMap((source) => readingsOf(source, judged, earlier)), ownReading],
      subjects,
    },
    plan.register,
    wanted,
  );
  const evidence = { ...read, populations };
  const statements: Statements = {
    plan,
    cite: (pointer) => ({ dataset: planDataset, artifact: last.open.plan, pointer }),
  };
  const declared = withDeclared(evidence, statements);
  const seen = seenBy(controls, plan.policy, evidence, statements, declared);
  const results = () => resultsOf({ plan, controls, evidence, seen, keyOf, before, joined });
  return {
    asOf,
    slot: last.slot,
    rehearsal: isRehearsal(history, [
      last.slot,
      ...[...judged, ...earlier, ...reviewed.flatMap(({ readings }) => readings)].map(({ slot }) => slot),
      ...coverage.flatMap(({ nights }) => nights.map(({ slot }) => slot)),
    ]),
    plan,
    planDigest: last.open.plan,
    datasets: judged,
    earlier,
    reviewed: reviewed.flatMap(({ readings }) => readings),
    coverage,
    results,
    subjects: allSubjects(snapshots, { kinds: needed, subjects: declared.subjects }),
    sameKind: (kind, asker) => before?.sameKind(`${asker} ${kind}`, keyOf(kind)) ?? false,
    rules: await rulesDigest(),
  };
}

interface Judging {
  readonly plan: Plan;
  readonly controls: readonly Control[];
  readonly evidence: Evidence;
  /** The evidence with what people said in it. */
  readonly seen: (control: Control) => Evidence;
  readonly keyOf: KeyOf;
  readonly before: NightBefore | null;
  readonly joined: (kind: string) => JoinedKind;
}

function* resultsOf({
  plan,
  controls,
  evidence,
  seen,
  keyOf,
  before,
  joined,
}: Judging): Iterable<NightResult> {
  const { asOf } = evidence;
  const judgeOne = (control: Control) => {
    let looked = false;
    const needs = new Set(needsOf(control).map(({ kind }) => kind));
    const its = seen(control);
    const result = evaluate(control, plan.policy.controls[control.id], {
      ...its,
      subjects: {
        of: (kind) => its.subjects.of(kind),
        get contradictions() {
          return contradictionsOf(needs, joined);
        },
      },
      get asOf() {
        looked = true;
        return asOf;
      },
    });
    return { result, looked };
  };
  const holds = kept((id: string) => {
    const control = controls.find((each) => each.id === id);
    return control !== undefined && judgeOne(control).result.status === 'pass';
  });
  for (const control of [...controls].sort((a, b) => compare(a.id, b.id))) {
    const { id } = control;
    const accepted = plan.exceptions.some((each) => each.control === id);
    const inputs =
      before && !accepted && !restsOnWords(control) ? inputsOf(control, plan, evidence, keyOf) : null;
    if (inputs !== null && before?.isSame(id, inputs, asOf) === true) {
      yield { control: id, result: null };
      continue;
    }
    const { result, looked } = judgeOne(control);
    if (inputs === null) before?.forget(id);
    else before?.note(id, inputs, looked ? asOf : null);
    yield { control: id, result: except(result, plan.exceptions, asOf, holds) };
  }
}

/** What datasets say of these kinds against each other. */
function contradictionsOf(kinds: Iterable<string>, joined: (kind: string) => JoinedKind): Contradiction[] {
  return [...kinds].flatMap((kind) => joined(kind).contradictions).sort(byPlace);
}

/** Makes each thing once. */
function kept<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const fresh = make(name);
    made.set(name, fresh);
    return fresh;
  };
}

function isRehearsal({ nights }: History, slots: readonly (string | null)[]): boolean {
  const used = new Set(slots);
  return nights.some(({ slot, open }) => open?.clock === 'given' && used.has(slot));
}

/** The earlier readings of the logs that controls over what happened need, as far as the longest of them looks back. */
async function readingsBefore(
  history: History,
  closed: readonly ClosedNight[],
  { sources }: Plan,
  judged: readonly JudgedDataset[],
  controls: readonly Control[],
): Promise<EarlierReading[]> {
  const logging = controls.flatMap((control) => {
    const kinds = needsOf(control).map(({ kind }) => kind);
    return control.days === undefined ? [] : [{ days: control.days, kinds: [...kinds, ...behindAll(kinds)] }];
  });
  const found: EarlierReading[] = [];
  for (const source of sources)
    for (const due of source.datasets) {
      const looking = logging.filter(({ kinds }) => kinds.some((kind) => kind in due.kinds));
      const days = Math.max(0, ...looking.map((each) => each.days));
      const newest = judged.find((each) => each.source === source.id && each.dataset === due.id);
      if (due.type === 'log' && days > 0 && newest)
        found.push(...(await earlierReadings(history, closed, source, due, newest, days)));
    }
  return found;
}

function isOf(newest: JudgedDataset, { source, dataset }: JudgedDataset): boolean {
  return newest.source === source && newest.dataset === dataset;
}

/** How far each due dataset was read, in the terms of those who judge. */
function readingsOf(
  source: Plan['sources'][number],
  datasets: readonly JudgedDataset[],
  earlier: readonly EarlierReading[],
): Reading[] {
  return source.datasets.map((due) => {
    const judged = datasets.find((each) => each.source === source.id && each.dataset === due.id);
    const { snapshot = null, reasons = [] } = judged ?? {};
    const absence = (snapshot?.header.absence ?? due.absence).map(
      ({ kind, means }) => [kind, Object.keys(means)] as const,
    );
    return {
      source: source.id,
      collector: source.collector,
      dataset: due.id,
      kinds: snapshot?.header.kinds ?? due.kinds,
      absence: Object.fromEntries(absence),
      partitions: snapshot?.partitions ?? [],
      reasons,
      complete: snapshot?.end.outcome === 'complete' && reasons.length === 0,
      ...(judged && logOf(judged, earlier, datasets)),
    };
  });
}

function logOf(
  newest: JudgedDataset,
  earlier: readonly EarlierReading[],
  datasets: readonly JudgedDataset[],
): Pick<Reading, 'log'> {
  const { snapshot } = newest;
  if (!snapshot?.header.interval) return {};
  const before = earlier.filter((each) => isOf(newest, each));
  const parent = datasets.find(
    ({ source, dataset }) => source === newest.source && dataset === snapshot.header.each,
  );
  const snapshots = before.map((each) => each.snapshot);
  const late = latePartitions(snapshot, snapshots, parent?.snapshot ?? null);
  return { log: { to: snapshot.header.interval.to, covered: coveredBy([...before, newest]), late } };
}

/** Exhibit always knows its own ledger: it was read to get here. */
const ownReading: Reading = {
  source: own.id,
  collector: own.collector,
  dataset: 'exhibit/ledger',
  kinds: { [Coverage.name]: { speaks: Object.keys(Coverage.fields), lists: true } },
  absence: {},
  partitions: [],
  reasons: [],
  complete: true,
};
