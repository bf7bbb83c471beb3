import { isNoted, isWatched, lineNames, showingOf } from '../../controls/between-readings/shown.ts';
import type { Control } from '../../controls/control.ts';
import { canonical } from '../../evidence-model/canonical.ts';
import { union, type Interval } from '../../evidence-model/coverage.ts';
import type { Reason } from '../../evidence-model/outcome.ts';
import type { Snapshot } from '../../evidence-model/snapshot.ts';
import { compare } from '../../evidence-model/subject.ts';
import { own } from '../coverage.ts';
import type { JudgedNight } from '../judge-night.ts';
import { looksAt } from '../same-inputs.ts';

/** Lines of one name, one or some that came close together: the first and the last of them. */
export interface LogChange {
  readonly name: string;
  readonly first: string;
  readonly last: string;
}

/** A part of time that was asked for and not wholly read, and why. */
export interface LogLack extends Interval {
  readonly cause: 'licence' | 'incomplete';
  readonly text: string;
}

/** What was read of a log that tells of changes. */
export interface LogTold {
  readonly covered: readonly Interval[];
  readonly lacks: readonly LogLack[];
  readonly changes: readonly LogChange[];
}

/** Nights from one to another, both of them among them. */
export type Nights = readonly [from: number, to: number];

/** When a control was wholly told at a source: in these nights, and of these times what happened. */
export interface Readings {
  readonly nights: readonly Nights[];
  readonly happened: readonly Interval[];
}

/** A source as a plan has it; Exhibit's own has no scope. */
export interface Scoped {
  readonly id: string;
  readonly collector: string;
  readonly scope?: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly source: string;
  /** As canonical JSON. */
  readonly scope: string;
}

export interface LogBookData {
  readonly sources: readonly (Place & { readonly collector: string })[];
  /** The systems that were declared absent, from a night until the next. */
  readonly absent: readonly { readonly from: number; readonly ids: readonly string[] }[];
  readonly logs: readonly (Place & LogTold & { readonly log: string })[];
  readonly readings: readonly (Place & Readings & { readonly control: string })[];
}

interface Log {
  covered: readonly Interval[];
  lacks: LogLack[];
  /** By name, and by the quarter of an hour that they are of. */
  readonly changes: Map<string, Map<number, LogChange>>;
}

/** Times are compared as such: as texts, one with milliseconds would come before the same second without. */
const ms = (time: string) => Date.parse(time);
const keyOf = (...names: readonly string[]) => JSON.stringify(names);
const namesOf = (key: string) => JSON.parse(key) as [string, string, string];
const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;

/** Where a source is read, as canonical JSON: what is read elsewhere under its name is not it. */
export const scopeOf = ({ scope = {} }: Scoped) => JSON.stringify(canonical(scope));

/**
 * What logs tell of the time between readings, folded night after night: of each log which parts of time were wholly read
 * and when something was changed, and of each control when a source was wholly read for it. Reading something twice
 * changes nothing.
 */
export class LogBook {
  readonly #collectors = new Map<string, string>();
  readonly #absent: { from: number; ids: readonly string[] }[];
  readonly #logs = new Map<string, Log>();
  readonly #readings = new Map<string, { nights: Nights[]; happened: readonly Interval[] }>();
  #lookedAt: { readonly plan: string; readonly datasets: Map<string, readonly string[]> } | null = null;

  constructor(data: LogBookData = { sources: [], absent: [], logs: [], readings: [] }) {
    for (const { source, scope, collector } of data.sources)
      this.#collectors.set(keyOf(source, scope), collector);
    this.#absent = [...data.absent];
    for (const { source, scope, log, covered, lacks, changes } of data.logs) {
      const told = this.#log(source, scope, log);
      Object.assign(told, { covered, lacks: [...lacks] });
      for (const change of changes) note(told, change);
    }
    for (const { source, scope, control, nights, happened } of data.readings)
      this.#readings.set(keyOf(control, source, scope), { nights: [...nights], happened });
  }

  get data(): LogBookData {
    const entries = <T>(map: ReadonlyMap<string, T>) =>
      [...map].map(([key, value]) => [namesOf(key), value] as const);
    return {
      sources: entries(this.#collectors).map(([[source, scope], collector]) => ({
        ...{ source, scope, collector },
      })),
      absent: this.#absent,
      logs: entries(this.#logs).map(([[log, source, scope]]) => ({
        ...{ log, source, scope },
        ...(this.log(source, scope, log) ?? { covered: [], lacks: [], changes: [] }),
      })),
      readings: entries(this.#readings).map(([[control, source, scope], readings]) => ({
        ...{ control, source, scope },
        ...readings,
      })),
    };
  }

  /** The kind of a source that was read. */
  collector(source: string, scope: string): string {
    return this.#collectors.get(keyOf(source, scope)) ?? '';
  }

  /** Whether a system was declared absent in the plan of a night. */
  isAbsent(system: string, night: number): boolean {
    return this.#absent.findLast(({ from }) => from <= night)?.ids.includes(system) ?? false;
  }

  /** What is told of a log; `null` where it was due in no night. */
  log(source: string, scope: string, log: string): LogTold | null {
    const told = this.#logs.get(keyOf(log, source, scope));
    if (!told) return null;
    const { covered, lacks } = told;
    const changes = [...told.changes.values()].flatMap((of) => [...of.values()]);
    const order = (a: LogChange, b: LogChange) => compare(a.first, b.first) || compare(a.name, b.name);
    return { covered, lacks, changes: changes.sort(order) };
  }

  readings(control: string, source: string, scope: string): Readings {
    return this.#readings.get(keyOf(control, source, scope)) ?? { nights: [], happened: [] };
  }

  /** Folds a night in. `wholly` tells whether a control looked at all that it looks at, and found it whole. */
  take(
    night: number,
    judged: JudgedNight,
    controls: readonly Control[],
    wholly: (control: string) => boolean,
  ): void {
    const { plan } = judged;
    const ids = plan.systems.flatMap(({ id, state }) => (state === 'absent' ? [id] : [])).sort(compare);
    if (keyOf(...ids) !== keyOf(...(this.#absent.at(-1)?.ids ?? []))) this.#absent.push({ from: night, ids });
    if (this.#lookedAt?.plan !== judged.planDigest)
      this.#lookedAt = { plan: judged.planDigest, datasets: new Map() };
    for (const source of [...plan.sources, own]) {
      const scope = scopeOf(source);
      this.#collectors.set(keyOf(source.id, scope), source.collector);
      const mine = judged.datasets.filter((each) => each.source === source.id);
      for (const dataset of mine)
        if (isWatched(dataset.dataset))
          this.#takeLog(this.#log(source.id, scope, dataset.dataset), dataset, judged);
      for (const control of controls)
        if (control.collectors.includes(source.collector))
          this.#takeReading(night, control, source, mine, judged, wholly(control.id));
    }
  }

  #log(source: string, scope: string, log: string): Log {
    const key = keyOf(log, source, scope);
    const told = this.#logs.get(key) ?? { covered: [], lacks: [], changes: new Map() };
    this.#logs.set(key, told);
    return told;
  }

  #takeLog(told: Log, { slot, snapshot, reasons }: Dataset, judged: JudgedNight): void {
    const interval = snapshot?.header.interval;
    if (slot !== judged.slot || !snapshot || !interval) return;
    const { end } = snapshot;
    const understood = takeLines(told, snapshot);
    const why: readonly Pick<Reason, 'text'>[] = understood ? reasons : [...reasons, notUnderstood];
    if (end.covered && why.length === 0) told.covered = union([...told.covered, end.covered]);
    else lack(told, { ...interval, ...shortfallOf(snapshot, why) });
  }

  #takeReading(
    night: number,
    control: Control,
    source: Scoped,
    datasets: readonly Dataset[],
    judged: JudgedNight,
    wholly: boolean,
  ): void {
    const { untold, lasts, happens } = showingOf(control, source.collector);
    if (untold.length > 0) return;
    const lookedAt = new Set(this.#datasetsFor(control, source, judged));
    const [states, logs] = [false, true].map((isLog) =>
      datasets.filter(
        ({ dataset }) => lookedAt.has(dataset) && isLogOf(judged, source.id, dataset) === isLog,
      ),
    );
    const key = keyOf(control.id, source.id, scopeOf(source));
    const told = this.#readings.get(key) ?? { nights: [], happened: [] };
    this.#readings.set(key, told);
    const isWhole = ({ slot, snapshot, reasons }: Dataset) =>
      slot === judged.slot && snapshot?.end.outcome === 'complete' && reasons.length === 0;
    if (lasts && states && states.length > 0 && states.every(isWhole)) {
      const [from = night, to] = told.nights.at(-1) ?? [];
      if (to === night - 1) told.nights[told.nights.length - 1] = [from, night];
      else if (to !== night) told.nights.push([night, night]);
    }
    const ends = logs?.map(({ snapshot }) => ms(snapshot?.header.interval?.to ?? '')) ?? [];
    if (!happens || !wholly || control.days === undefined || ends.length === 0 || ends.some(Number.isNaN))
      return;
    // It was judged of so many days before one of these: whichever it was, this much is among them.
    const [from, to] = [Math.max(...ends) - control.days * dayMs, Math.min(...ends)];
    if (from < to)
      told.happened = union([
        ...told.happened,
        { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      ]);
  }

  /** The datasets of a source that a control looks at, as its plan has them. */
  #datasetsFor(control: Control, source: Scoped, { plan }: JudgedNight): readonly string[] {
    const held = this.#lookedAt?.datasets;
    const key = keyOf(control.id, source.id);
    const before = held?.get(key);
    if (before) return before;
    const due = plan.sources.find(({ id }) => id === source.id)?.datasets ?? [];
    const found = due.flatMap(({ id, kinds, absence: absences }) => {
      const absence = Object.fromEntries(absences.map(({ kind, means }) => [kind, Object.keys(means)]));
      return looksAt(control, { collector: source.collector, kinds, absence }) ? [id] : [];
    });
    held?.set(key, found);
    return found;
  }
}

type Dataset = JudgedNight['datasets'][number];

function isLogOf({ plan }: JudgedNight, source: string, dataset: string): boolean {
  const due = plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset);
  return due?.type === 'log';
}

/** Notes the lines that tell of changes, also of what was read in part. Whether it was understood when each came, and what each was. */
function takeLines(told: Log, snapshot: Snapshot): boolean {
  const { dataset } = snapshot.header;
  let understood = true;
  for (const { kind, data } of snapshot.records()) {
    const field = lineNames[kind];
    if (field === undefined) continue;
    const { [field]: name, at, succeeded } = data as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || typeof at !== 'string') {
      understood = false;
      continue;
    }
    // Whoever tried and was refused changed nothing.
    if (succeeded !== false && isNoted(dataset, name)) note(told, { name: name.trim(), first: at, last: at });
  }
  return understood;
}

/** Of lines of one name within a quarter of an hour the first and the last are kept. No day begins within one, wherever it is. */
function note({ changes }: Log, { name, first, last }: LogChange): void {
  const of = changes.get(name) ?? new Map<number, LogChange>();
  changes.set(name, of);
  const quarter = Math.floor(ms(first) / quarterMs);
  const before = of.get(quarter);
  of.set(quarter, {
    name,
    first: before && ms(before.first) < ms(first) ? before.first : first,
    last: before && ms(before.last) > ms(last) ? before.last : last,
  });
}

/** What went on lacking for the same reason is told once. */
function lack(told: Log, { from, to, cause, text }: LogLack): void {
  const last = told.lacks.at(-1);
  const [joined, ...apart] = last?.text === text && last.cause === cause ? union([last, { from, to }]) : [];
  if (joined && apart.length === 0) told.lacks[told.lacks.length - 1] = { ...joined, cause, text };
  else told.lacks.push({ from, to, cause, text });
}

const notUnderstood = { text: 'of a line in it nobody knows what was done, or when' };

function shortfallOf(
  { end, partitions }: Snapshot,
  beside: readonly Pick<Reason, 'text'>[],
): Pick<LogLack, 'cause' | 'text'> {
  const lacking = partitions.filter(({ outcome }) => outcome !== 'complete');
  const why = [...new Set([...end.reasons, ...beside].map(({ text }) => text))].join('; ');
  const isLicence = lacking.length > 0 && lacking.every(({ outcome }) => outcome === 'not-licensed');
  return {
    cause: isLicence ? 'licence' : 'incomplete',
    text: end.outcome === 'complete' ? why : `${end.outcome}${why === '' ? '' : `: ${why}`}`,
  };
}
