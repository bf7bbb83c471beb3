import { needsOf, type Control } from '../controls/control.ts';
import { planDataset, type Statements } from '../controls/declared/derivation.ts';
import { readFor, withDeclared } from '../controls/declared/with-declared.ts';
import { evaluateAll } from '../controls/evaluate-all.ts';
import { except } from '../controls/evaluate.ts';
import { holderNeeds, withHolders } from '../controls/holders.ts';
import type { Reading } from '../controls/readings.ts';
import { controls as allControls } from '../controls/index.ts';
import type { Plan } from '../controls/plan.ts';
import type { Result } from '../controls/result.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { AccountHolder, Coverage, Leaver } from '../evidence-model/kinds.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { allSubjects, compare, joinSubjects, type Subjects } from '../evidence-model/subject.ts';
import type { Archive } from '../vault/vault.ts';
import { rulesDigest } from './code-digest.ts';
import { coverageOf, coverageSubjects, own, type Covered } from './coverage.ts';
import { History, type ClosedNight } from './history.ts';
import { coveredBy, earlierReadings } from './log-readings.ts';
import { populationsOf } from './review-populations.ts';
import { newest, withParent, type EarlierReading, type JudgedDataset } from './newest-reading.ts';

/** Everything that follows from the archive at one moment. The same archive, moment and rules give the same judgement. */
export interface Judgement {
  /** When the evidence was whole: the close of the last slot that it rests on. */
  readonly asOf: string;
  readonly slot: string;
  /** Whether the clock of any slot that it rests on was given as an argument: a rehearsal. */
  readonly rehearsal: boolean;
  readonly plan: Plan;
  readonly planDigest: Digest;
  readonly datasets: readonly JudgedDataset[];
  /** Earlier readings of logs that controls over what happened rest on, beside the newest. */
  readonly earlier: readonly EarlierReading[];
  /** Readings whose accounts a review went through, which say nothing of now. */
  readonly reviewed: readonly EarlierReading[];
  readonly coverage: readonly Covered[];
  readonly results: readonly Result[];
  /** Of every kind that was read, also of those that no control needs. */
  readonly subjects: Subjects;
  /** Digest of the rules that judged. */
  readonly rules: Digest;
}

export interface Question {
  /** The last moment that may be looked at; otherwise the last closed slot decides. */
  readonly asOf?: string;
  /** The reader's now: evidence that is stale by then cannot pass. */
  readonly now?: string;
  readonly controls?: readonly Control[];
}

/** Judges an archive as of its last slot that was closed by then. Rejects with `OperatorError` where there is none. */
export async function judge(
  archive: Archive,
  { asOf: until, now, controls = allControls }: Question = {},
): Promise<Judgement> {
  const whole = await History.read(archive);
  const last = whole.closed.findLast(
    ({ close }) => until === undefined || Date.parse(close.t) <= Date.parse(until),
  );
  if (!last)
    throw new OperatorError(
      until === undefined
        ? 'nothing was collected yet: run exhibit collect'
        : `nothing was collected by ${until}: name a later moment`,
    );
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
  const needed = new Set(controls.flatMap((control) => needsOf(control).map(({ kind }) => kind)));
  for (const kind of readFor(needed)) needed.add(kind);
  if (needed.has(AccountHolder.name) || needed.has(Leaver.name))
    for (const kind of holderNeeds) needed.add(kind);
  // Of a log the earlier readings come first, the oldest before all.
  const snapshots = judged.flatMap((newest) => {
    const before = earlier.filter((each) => isOf(newest, each)).map(({ snapshot }) => snapshot);
    return newest.snapshot ? [...before, newest.snapshot] : before;
  });
  const joined = joinSubjects(snapshots, needed);
  const coverage = await coverageOf(history, plan, now ?? asOf);
  const ownSubjects = coverageSubjects(plan, coverage);
  const judgedSubjects: Subjects = {
    of: (kind) => (kind === Coverage.name ? ownSubjects : joined.of(kind)),
    contradictions: joined.contradictions,
  };
  const read = {
    asOf,
    sources: [...plan.sources, own],
    systems: plan.systems,
    readings: [...plan.sources.flatMap((source) => readingsOf(source, judged, earlier)), ownReading],
    subjects: judgedSubjects,
  };
  const reviewed = await populationsOf(history, closed, plan.declared.reviews);
  const populations = reviewed.map(({ population }) => population);
  const evidence = { ...withHolders(read, plan.register), populations };
  const statements: Statements = {
    plan,
    cite: (pointer) => ({ dataset: planDataset, artifact: last.open.plan, pointer }),
  };
  const plain = evaluateAll(controls, plan.policy, evidence, statements);
  const holds = (id: string) => plain.some(({ control, status }) => control === id && status === 'pass');
  const results = plain
    .map((result) => except(result, plan.exceptions, asOf, holds))
    .sort((a, b) => compare(a.control, b.control));
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
    subjects: allSubjects(snapshots, {
      kinds: needed,
      subjects: withDeclared(evidence, statements).subjects,
    }),
    rules: await rulesDigest(),
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
  const found: EarlierReading[] = [];
  for (const source of sources)
    for (const due of source.datasets) {
      const looking = controls.filter(
        (control) => control.days !== undefined && needsOf(control).some(({ kind }) => kind in due.kinds),
      );
      const days = Math.max(0, ...looking.map(({ days = 0 }) => days));
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
      ...(judged && logOf(judged, earlier)),
    };
  });
}

function logOf(newest: JudgedDataset, earlier: readonly EarlierReading[]): Pick<Reading, 'log'> {
  const to = newest.snapshot?.header.interval?.to;
  if (to === undefined) return {};
  const before = earlier.filter((each) => isOf(newest, each));
  return { log: { to, covered: coveredBy([...before, newest]) } };
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
