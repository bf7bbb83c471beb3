import type { Control } from '../../controls/control.ts';
import { worst } from '../../controls/finding.ts';
import type { Population as Tally, Result, Verdict } from '../../controls/result.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { compare } from '../../evidence-model/subject.ts';
import { own } from '../coverage.ts';
import type { ClosedNight } from '../history.ts';
import type { JudgedNight } from '../judge-night.ts';
import { looksAt } from '../same-inputs.ts';
import { linesIn, type LogEvent } from './log-lines.ts';
import { everythingWatched, type Seen } from './seen.ts';
import { LogBook, scopeOf, type LogBookData, type Scoped } from './log-book.ts';
import { Series, type Look, type SeriesData, type State } from './series.ts';
import { Things, type Thing } from './things.ts';
import { kindsOf, lookedAt, type Watched } from './watched.ts';

/** A slot that was read, closed and judged. */
export interface BookNight {
  readonly slot: string;
  readonly due: string;
  readonly kind: 'scheduled' | 'manual' | 'unannounced';
  /** When it was opened. It read nothing before. */
  readonly begun: string;
  /** When it was closed: what it says is said of this moment. */
  readonly at: string;
  readonly plan: Digest;
  readonly rehearsal: boolean;
  /** The closing line of the ledger and the digest that it names, which all lines before it lead to. */
  readonly line: number;
  readonly prev: string;
}

/** What a control came to as a whole, from one night until the next span. */
export interface ResultSpan {
  readonly from: number;
  readonly status: Result['status'];
  readonly because: readonly string[];
  readonly population: Tally;
}

/** Why something failed or was excepted, as it was said when that began. */
export interface Reason {
  readonly thing: number;
  readonly from: number;
  readonly text: string;
}

/** What nights told of a control, a population, a trait or a privilege at one source, of one scope: what is read elsewhere under its name is not it. */
interface Told {
  readonly source: string;
  /** As canonical JSON. */
  readonly scope: string;
  readonly series: Series;
  readonly reasons: Reason[];
  /** Of what happened: when, by the number of the thing. */
  readonly times: Map<number, string>;
  /** Of a population: how many the source itself counts, from a night until the next that says otherwise. */
  readonly counts: Count[];
}

/** How many the source itself counts; `null` where it did not tell. */
interface Count {
  readonly from: number;
  readonly count: number | null;
}

interface ResultTold {
  readonly looks: Look[];
  readonly spans: ResultSpan[];
}

/** The whole book as data, from which the same book is made again. */
export interface BookData {
  readonly nights: readonly BookNight[];
  readonly things: readonly Thing[];
  readonly series: readonly (SeriesData & {
    readonly id: string;
    readonly source: string;
    readonly scope: string;
    readonly reasons: readonly Reason[];
    readonly times: readonly (readonly [thing: number, at: string])[];
    readonly counts: readonly Count[];
  })[];
  readonly results: readonly {
    readonly control: string;
    readonly looks: readonly Look[];
    readonly spans: readonly ResultSpan[];
  }[];
  readonly events: readonly LogEvent[];
  readonly logs: LogBookData;
}

/**
 * What judging night after night came to, folded while it is judged: each control and each population at each source as
 * spans of time. It is derived, can be made again, and is never the truth.
 */
export class TimeBook {
  readonly nights: BookNight[];
  readonly things: Things;
  readonly events: LogEvent[];
  readonly logs: LogBook;
  readonly #series = new Map<string, Told>();
  readonly #results = new Map<string, ResultTold>();
  readonly #eventIds: Set<string>;

  constructor(
    data: Omit<BookData, 'logs'> & { readonly logs?: LogBookData } = {
      ...{ nights: [], things: [], series: [], results: [], events: [] },
    },
  ) {
    this.nights = [...data.nights];
    this.things = new Things(data.things);
    this.events = [...data.events];
    this.logs = new LogBook(data.logs);
    this.#eventIds = new Set(data.events.map(keyOfEvent));
    for (const { id, source, scope, reasons, times, counts, ...series } of data.series)
      this.#series.set(keyOf(id, source, scope), {
        source,
        scope,
        series: new Series(series),
        reasons: [...reasons],
        times: new Map(times),
        counts: [...counts],
      });
    for (const { control, looks, spans } of data.results)
      this.#results.set(control, { looks: [...looks], spans: [...spans] });
  }

  get data(): BookData {
    return {
      nights: this.nights,
      things: this.things.all,
      series: [...this.#series].map(([key, { source, scope, series, reasons, times, counts }]) => {
        const [id = ''] = JSON.parse(key) as string[];
        return { id, source, scope, ...series.data, reasons, times: [...times], counts };
      }),
      results: [...this.#results].map(([control, told]) => ({ control, ...told })),
      events: this.events,
      logs: this.logs.data,
    };
  }

  /** Folds a night in. `controls` are those that it was judged by. */
  take({ slot, open, close }: ClosedNight, judged: JudgedNight, controls: readonly Control[]): void {
    const night = this.nights.length;
    const { kind, due } = open;
    this.nights.push({
      slot,
      due,
      kind,
      begun: open.t,
      at: judged.asOf,
      plan: judged.planDigest,
      rehearsal: judged.rehearsal,
      line: close.n,
      prev: close.prev,
    });
    const byId = new Map(controls.map((control) => [control.id, control]));
    for (const { control: id, result } of judged.results()) {
      const control = byId.get(id);
      if (control && readAll(judged, kind, (reading) => looksAt(control, reading)))
        this.#takeResult(night, control, judged, result);
    }
    this.logs.take(night, judged, controls, (control) => this.result(control)?.looks[night] === 'wholly');
    for (const source of judged.plan.sources)
      for (const { id, watched, seen } of everythingWatched)
        if (source.collector === watched.collector)
          this.#takeThings(night, id, watched, source, judged, () => seen(this.things, source.id, judged));
    for (const event of linesIn(judged)) {
      if (this.#eventIds.has(keyOfEvent(event))) continue;
      this.#eventIds.add(keyOfEvent(event));
      this.events.push(event);
    }
  }

  /** What is told of a control, or of `population/<id>`, `trait/<id>` or `privilege/<id>`, at each source and scope. */
  toldOf(id: string): readonly Told[] {
    return [...this.#series]
      .flatMap(([key, told]) => ((JSON.parse(key) as string[])[0] === id ? [told] : []))
      .sort((a, b) => compare(a.source, b.source));
  }

  /** The lines of the logs of a source, oldest first. */
  linesOf(source: string): readonly LogEvent[] {
    return this.events
      .filter((event) => event.source === source)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  result(control: string): ResultTold | null {
    return this.#results.get(control) ?? null;
  }

  get controls(): readonly string[] {
    return [...this.#results.keys()].sort(compare);
  }

  #takeResult(night: number, control: Control, judged: JudgedNight, result: Result | null): void {
    const told = this.#results.get(control.id) ?? { looks: [], spans: [] };
    this.#results.set(control.id, told);
    while (told.looks.length < night) told.looks.push('not');
    const concerned = [...judged.plan.sources, own].filter(({ collector }) =>
      control.collectors.includes(collector),
    );
    if (result === null) {
      told.looks.push(told.looks.findLast((look) => look !== 'not') ?? 'partly');
      for (const source of concerned) this.#told(control.id, source).series.same(night);
      return;
    }
    const { status, because, population, verdicts } = result;
    // Where there are none the result says so, which is no reason why there may be more.
    const none = verdicts.length === 0 && status === 'not-applicable' && concerned.length > 0;
    const look = because.length === 0 || none ? 'wholly' : 'partly';
    told.looks.push(look);
    const span = { status, because, population };
    const last = told.spans.at(-1);
    if (!last || JSON.stringify({ ...last, from: night }) !== JSON.stringify({ from: night, ...span }))
      told.spans.push({ from: night, ...span });
    const here = Map.groupBy(verdicts, ({ source }) => source);
    const whenOf = control.days === undefined ? null : timesOf(control, judged);
    for (const each of concerned) {
      const { id: source } = each;
      const { series, reasons, times } = this.#told(control.id, each);
      // Kinds number their things by themselves: of several that are called alike the worst is told.
      const states = new Map<number, Verdict['status']>();
      const found = (here.get(source) ?? []).map((verdict) => {
        const thing = this.things.numberOf({ source, id: verdict.subject, name: verdict.name });
        states.set(thing, worst([verdict.status, states.get(thing) ?? verdict.status]));
        const at = whenOf?.get(keyOf(source, verdict.subject));
        if (at !== undefined) times.set(thing, at);
        return { thing, verdict };
      });
      for (const { thing, verdict } of found) {
        const { status: state, reason: text } = verdict;
        if (state !== 'fail' && state !== 'excepted') continue;
        if (state === states.get(thing) && series.state(thing) !== state)
          reasons.push({ thing, from: night, text });
      }
      series.take(night, look, states);
    }
  }

  #takeThings(
    night: number,
    id: string,
    watched: Watched,
    planned: Planned,
    judged: JudgedNight,
    statesOf: () => Seen,
  ): void {
    const { slot, kind, plan } = this.nights[night] ?? {};
    const looked = slot === undefined ? null : lookedAt(watched, planned.id, slot, judged);
    // A night in which it was due and nobody read it looked and saw nothing; one by hand did not look.
    if (!looked || (!looked.isRead && kind === 'manual')) return;
    const { look, isRead } = looked;
    const { series, counts } = this.#told(id, planned);
    const count = look === 'wholly' ? countOf(watched, planned.id, judged) : null;
    if (count !== undefined && (counts.length === 0 || counts.at(-1)?.count !== count))
      counts.push({ from: night, count });
    const alike = kindsOf(watched).map((each) => judged.sameKind(each, keyOf(id, planned.id)));
    const isSame = !alike.includes(false) && this.nights[night - 1]?.plan === plan;
    if (isSame && isRead && series.nights === night && series.look(night - 1) === look) {
      series.same(night);
      return;
    }
    const { states, isWhole } = isRead ? statesOf() : { states: new Map<number, State>(), isWhole: true };
    series.take(night, isWhole ? look : 'partly', states);
  }

  #told(id: string, read: Scoped): Told {
    const { id: source } = read;
    const scope = scopeOf(read);
    const key = keyOf(id, source, scope);
    const known = this.#series.get(key);
    if (known) return known;
    const made = {
      ...{ source, scope, series: new Series(), reasons: [], counts: [] },
      times: new Map<number, string>(),
    };
    this.#series.set(key, made);
    return made;
  }
}

type Planned = JudgedNight['plan']['sources'][number];

/** How many the source itself counts of something; `undefined` where it counts none of it. */
function countOf(watched: Watched, source: string, { datasets }: JudgedNight): number | null | undefined {
  if (watched.counted === undefined) return undefined;
  const found = datasets.find((each) => each.source === source && each.dataset === watched.counted);
  const counts = (found?.snapshot?.partitions ?? []).map(({ expected }) => expected);
  const known = counts.filter((count) => count !== null);
  return counts.length === 0 || known.length < counts.length ? null : known.reduce((a, b) => a + b, 0);
}

const keyOf = (...names: readonly string[]) => JSON.stringify(names);
const keyOfEvent = ({ source, id }: Pick<LogEvent, 'source' | 'id'>) => keyOf(id, source);

type Due = JudgedNight['plan']['sources'][number]['datasets'][number];

function dueOf({ plan }: JudgedNight, { source, dataset }: JudgedNight['datasets'][number]): Due | undefined {
  return plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset);
}

/**
 * Whether a slot looked at something: every night did, also where nothing came of it; a reading by hand only where all
 * that is looked at was read in it, so that what an earlier one saw is not said of a later moment.
 */
function readAll(
  judged: JudgedNight,
  kind: BookNight['kind'],
  isLookedAt: (reading: Parameters<typeof looksAt>[1]) => boolean,
): boolean {
  if (kind === 'scheduled') return true;
  return judged.datasets.every((each) => {
    const due = dueOf(judged, each);
    if (!due || due.cadence === 'weekly') return true;
    const absence = Object.fromEntries(due.absence.map(({ kind: of, means }) => [of, Object.keys(means)]));
    const asked = isLookedAt({ collector: each.collector, kinds: due.kinds, absence });
    return !asked || each.slot === judged.slot;
  });
}

/** When what a control over what happened counts did happen, by source and id. */
function timesOf({ parts }: Control, { subjects }: JudgedNight): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { over } of parts)
    for (const { source, id, fields } of over.at === undefined ? [] : subjects.of(over.kind)) {
      const at = fields.get(over.at ?? '')?.value;
      if (typeof at === 'string') found.set(keyOf(source, id), at);
    }
  return found;
}
