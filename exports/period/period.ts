import { showingOf } from '../../controls/between-readings/shown.ts';
import type { Control } from '../../controls/control.ts';
import { ranking } from '../../controls/finding.ts';
import type { Result } from '../../controls/result.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { coverageBetween, duesOf, type Covered } from '../coverage.ts';
import type { History } from '../history.ts';
import { betweenReadings, type BetweenReadings, type Day } from './between-readings.ts';
import { dateAt, daysIn, type Days } from './calendar-days.ts';
import { changesIn, type Change } from './changes.ts';
import { stretchesOf, type Stretch } from './intervals.ts';
import { movers, type Mover } from './movers.ts';
import { privilegeChanges, type PrivilegeChange } from './privilege-changes.ts';
import { rollForward, type RollForward } from './roll-forward.ts';
import type { Thing } from './things.ts';
import type { TimeBook } from './time-book.ts';

/**
 * What a control came to on a day: the worst that any slot of the day saw. `incomplete` where it could not be told for
 * all, `not-observed` where the night that was due was not read: never better, whatever somebody read by hand.
 */
export type DayStatus = Exclude<Result['status'], 'no-data'> | 'incomplete' | 'not-observed';

/** A run of days with the same result. */
export interface DaySpan {
  readonly from: string;
  /** The last day of it. */
  readonly to: string;
  readonly status: DayStatus;
}

/** One thing under one control, as far as it was anything but well all the time. */
export interface ThingOver extends Thing {
  readonly stretches: readonly (Stretch & { readonly reason: string | null })[];
}

/** Something that happened in the period, as the last reading that told of it judged it. */
export interface ItemOf extends Thing {
  /** When; `null` where that is not told. */
  readonly at: string | null;
  readonly status: string;
  readonly judgedAt: string;
  readonly reason: string | null;
}

export interface ControlOver {
  readonly control: string;
  readonly severity: Result['severity'];
  /** From the first night on whose plan connects anything that it is about; `null` where none does. */
  readonly connectedSince: string | null;
  /** The first reading that told anything but that it cannot be told. */
  readonly operatesSince: string | null;
  readonly days: readonly DaySpan[];
  readonly daysObserved: number;
  readonly daysIncomplete: number;
  readonly daysNotObserved: number;
  /** Things that passed at every reading that told of them, and were never anything else. */
  readonly always: number;
  /** Things that it was not about at some reading, and that passed, if anything, at all others that told of them. */
  readonly notConcerned: number;
  readonly things: readonly ThingOver[];
  /** Of a control over what happened, in the place of things. */
  readonly items: readonly ItemOf[] | null;
  /** What is known of the time between readings, by source; of one whose scope was changed, once for each scope. */
  readonly between: readonly BetweenReadings[];
}

/** Nights in a row in which a dataset was not wholly read, and why. */
export interface CoverageGap {
  readonly from: string;
  readonly to: string;
  readonly nights: number;
  readonly cause: string;
}

export interface DatasetOver extends Pick<Covered, 'source' | 'dataset' | 'configured'> {
  readonly due: number;
  readonly complete: number;
  readonly gaps: readonly CoverageGap[];
}

/** Results over a period, by the rules as they are now and what each night pinned. */
export interface Period {
  readonly days: Days;
  readonly rules: Digest;
  /** Nights that were due, those of them that were read, and readings by hand. */
  readonly nights: {
    readonly due: number;
    readonly read: number;
    readonly byHand: number;
    /** At an hour that nobody knew beforehand. */
    readonly unannounced: number;
  };
  /** Whether any clock was given as an argument: a rehearsal. */
  readonly rehearsal: boolean;
  readonly controls: readonly ControlOver[];
  readonly rollForward: readonly RollForward[];
  readonly movers: readonly Mover[];
  readonly privilegeChanges: readonly PrivilegeChange[];
  readonly coverage: readonly DatasetOver[];
  readonly changes: readonly Change[];
}

/** What the book of an archive says of a period. The book must know all of its nights. */
export async function periodOf(
  history: History,
  book: TimeBook,
  days: Days,
  rules: Digest,
  controls: readonly Control[],
): Promise<Period> {
  const { begins, ends } = days;
  const [after, until] = [begins, ends].map(justBefore);
  const within = book.nights.filter(({ due }) => due >= begins && due < ends);
  const last = history.closed.findLast(({ slot }) => slot === within.at(-1)?.slot);
  if (!last) throw new OperatorError(`nothing was read from ${days.from} to ${days.to}: name another period`);
  const dues = duesOf(history, after ?? begins, until ?? ends);
  const coverage = await coverageBetween(
    history,
    await history.plan(last.open),
    after ?? begins,
    until ?? ends,
  );
  const calendar = { days, each: daysIn(days), dues, missed: missedIn(history, book) };
  return {
    days,
    rules,
    nights: {
      due: dues.length,
      read: dues.filter(({ read }) => read.some(({ close }) => close)).length,
      byHand: within.filter(({ kind }) => kind === 'manual').length,
      unannounced: within.filter(({ kind }) => kind === 'unannounced').length,
    },
    rehearsal: within.some(({ rehearsal }) => rehearsal),
    controls: await Promise.all(controls.map((control) => controlOver(history, book, control, calendar))),
    rollForward: rollForward(book, days),
    movers: movers(book, days),
    privilegeChanges: privilegeChanges(book, days),
    coverage: coverage.map(datasetOver),
    changes: await changesIn(history, days),
  };
}

const justBefore = (time: string) => new Date(Date.parse(time) - 1).toISOString();

/** Times at which a night was due, among those of the book, and nobody read it. */
function missedIn(history: History, { nights }: TimeBook): string[] {
  const [first, last] = [nights[0], nights.at(-1)];
  if (!first || !last) return [];
  const read = new Set(nights.flatMap(({ kind, due }) => (kind === 'scheduled' ? [due] : [])));
  return duesOf(history, justBefore(first.due), last.at).flatMap(({ due }) => (read.has(due) ? [] : [due]));
}

interface DaysDue {
  readonly days: Days;
  readonly each: readonly Day[];
  readonly dues: ReturnType<typeof duesOf>;
  /** Times at which a night was due and nobody read it, also before and after the days. */
  readonly missed: readonly string[];
}

async function controlOver(
  history: History,
  book: TimeBook,
  control: Control,
  { days, each, dues, missed }: DaysDue,
): Promise<ControlOver> {
  const dates = each.map(({ date }) => date);
  const until = book.nights.findLastIndex(({ due }) => due < days.ends) + 1;
  const from = book.nights.findIndex(({ due }) => due >= days.begins);
  const told = book.result(control.id);
  const statusAt = (night: number): Result['status'] | null =>
    (told?.looks[night] ?? 'not') === 'not'
      ? null
      : (told?.spans.findLast((span) => span.from <= night)?.status ?? null);
  const dateOf = dateAt(days.timeZone);
  const slots = new Map(book.nights.map(({ slot }, night) => [slot, night]));
  const dueOn = Map.groupBy(dues, ({ due }) => dateOf(due));
  const readOn = Map.groupBy(
    book.nights.slice(from, until).map((night, n) => ({ ...night, night: from + n })),
    ({ due }) => dateOf(due),
  );
  const daily = dates.map((date): DayStatus => {
    const due = dueOn.get(date) ?? [];
    const isRead = due.length > 0 && due.every(({ read }) => read.some(({ slot }) => slots.has(slot)));
    const statuses = (readOn.get(date) ?? []).flatMap(({ night }) => statusAt(night) ?? []);
    return dayOf(statuses, isRead);
  });
  const operates = book.nights.find(
    (_, night) => night < until && ![null, 'no-data'].includes(statusAt(night)),
  );
  const over = control.days === undefined ? thingsOver(book, control.id, from, until) : null;
  const count = (...these: DayStatus[]) => daily.filter((status) => these.includes(status)).length;
  return {
    control: control.id,
    severity: control.severity,
    connectedSince: await connectedSince(history, control),
    operatesSince: operates?.at ?? null,
    days: spansOf(dates, daily),
    daysObserved: daily.length - count('incomplete', 'not-observed'),
    daysIncomplete: count('incomplete'),
    daysNotObserved: count('not-observed'),
    always: over?.always ?? 0,
    notConcerned: over?.notConcerned ?? 0,
    things: over?.things ?? [],
    items: over ? null : itemsOver(book, control.id, days, until),
    between: betweenOver(book, control, { each, missed }),
  };
}

/** Looks at all nights that the book has, also those after the days: a later reading tells that a log was silent before. */
function betweenOver(
  book: TimeBook,
  control: Control,
  { each, missed }: Pick<DaysDue, 'each' | 'missed'>,
): BetweenReadings[] {
  const { logs, nights } = book;
  return book.toldOf(control.id).map(({ source, scope, series }) =>
    betweenReadings(source, {
      showing: showingOf(control, logs.collector(source, scope)),
      series,
      readings: logs.readings(control.id, source, scope),
      logOf: (log) => logs.log(source, scope, log),
      isAbsent: (system, night) => logs.isAbsent(system, night),
      nights,
      missed,
      days: each,
    }),
  );
}

/** Never greener than its nights: what nobody read that was due can only be a failure that somebody saw by hand. */
function dayOf(statuses: readonly Result['status'][], isRead: boolean): DayStatus {
  const worst = ranking.find((status) => statuses.includes(status));
  if (worst === 'fail') return 'fail';
  if (!isRead || worst === undefined) return 'not-observed';
  return worst === 'no-data' ? 'incomplete' : worst;
}

async function connectedSince(history: History, { collectors }: Control): Promise<string | null> {
  for (const { open } of history.nights) {
    if (!open) continue;
    const { sources } = await history.plan(open);
    if (collectors.includes('exhibit') || sources.some(({ collector }) => collectors.includes(collector)))
      return open.t;
  }
  return null;
}

function spansOf(dates: readonly string[], daily: readonly DayStatus[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const [n, status] of daily.entries()) {
    const date = dates[n] ?? '';
    const last = spans.at(-1);
    if (last?.status === status) spans[spans.length - 1] = { ...last, to: date };
    else spans.push({ from: date, to: date, status });
  }
  return spans;
}

/** Whatever touches the nights from one up to another, and not that one. */
function thingsOver(
  book: TimeBook,
  control: string,
  from: number,
  until: number,
): Pick<ControlOver, 'always' | 'notConcerned' | 'things'> {
  const things: ThingOver[] = [];
  const counts = { always: 0, notConcerned: 0 };
  for (const { series, reasons } of book.toldOf(control)) {
    const well = new Map<number, ReturnType<typeof wellIn>>();
    const reasonsOf = Map.groupBy(reasons, ({ thing }) => thing);
    for (const thing of series.things()) {
      const history = series.historyOf(thing);
      const known = well.get(history);
      const how = known === undefined ? wellIn(stretchesOf(series, thing, book.nights, until), from) : known;
      well.set(history, how);
      if (how !== null && how !== 'told') counts[how] += 1;
      if (how !== 'told') continue;
      // A failure from before that nobody saw otherwise stands.
      const stretches = stretchesOf(series, thing, book.nights, until).filter(
        ({ state, latestEnd, nights }) => nights[1] >= from || (state === 'fail' && latestEnd === null),
      );
      things.push({
        ...book.things.get(thing),
        stretches: stretches.map((stretch) => ({
          ...stretch,
          reason: reasonsOf.get(thing)?.findLast((reason) => reason.from === stretch.nights[0])?.text ?? null,
        })),
      });
    }
  }
  return { ...counts, things };
}

const quiet: ReadonlySet<string> = new Set(['pass', 'not-applicable', 'gone']);

/** How somebody is to be told since a night: by being counted as well whenever they were seen, or each by itself; `null` where they were not seen at all. */
function wellIn(stretches: readonly Stretch[], from: number): 'always' | 'notConcerned' | 'told' | null {
  const since = stretches.filter(({ nights }) => nights[1] >= from);
  if (since.every(({ state }) => state === 'gone')) return null;
  if (!since.every(({ state }) => quiet.has(state))) return 'told';
  return since.some(({ state }) => state === 'not-applicable') ? 'notConcerned' : 'always';
}

/** What happened within the days, or may have, by what the last reading of the period said of it. */
function itemsOver(book: TimeBook, control: string, { begins, ends }: Days, until: number): ItemOf[] {
  return book.toldOf(control).flatMap(({ series, reasons, times }): ItemOf[] => {
    const reasonsOf = Map.groupBy(reasons, ({ thing }) => thing);
    return [...series.things()].flatMap((thing): ItemOf[] => {
      const at = times.get(thing) ?? null;
      if (at !== null && (at < begins || at >= ends)) return [];
      // What is too long ago to be looked at is no longer told of, which takes nothing back.
      const last = stretchesOf(series, thing, book.nights, until).findLast(
        ({ state }) => state !== 'gone' && state !== 'unknown',
      );
      if (!last) return [];
      return [
        {
          ...book.things.get(thing),
          at,
          status: last.state,
          judgedAt: last.last,
          reason:
            last.state === 'fail' || last.state === 'excepted'
              ? (reasonsOf.get(thing)?.findLast(({ from }) => from <= last.nights[1])?.text ?? null)
              : null,
        },
      ];
    });
  });
}

function datasetOver({ source, dataset, configured, nights }: Covered): DatasetOver {
  const gaps: CoverageGap[] = [];
  let open = false;
  for (const { slot, complete, shortfall, lacking } of nights) {
    const last = gaps.at(-1);
    if (complete) open = false;
    else if (open && last?.cause === shortfall)
      gaps[gaps.length - 1] = { ...last, to: slot, nights: last.nights + lacking };
    else {
      gaps.push({ from: slot, to: slot, nights: lacking, cause: shortfall });
      open = true;
    }
  }
  return {
    source,
    dataset,
    configured,
    due: nights.length,
    complete: nights.filter(({ complete }) => complete).length,
    gaps,
  };
}
