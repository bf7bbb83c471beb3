import type { Showing, Watched } from '../../controls/between-readings/shown.ts';
import { gaps, type Interval } from '../../evidence-model/coverage.ts';
import { untold } from './intervals.ts';
import type { LogChange, LogTold, Readings } from './log-book.ts';
import type { Series, State } from './series.ts';
import type { BookNight } from './time-book.ts';

/**
 * Why nobody knows whether something was changed on a day:
 * - `no-log`: no log that is read tells of such changes;
 * - `above`: what stands above the source could, and its log is not read;
 * - `not-due`: the log is not among what is read of the source;
 * - `licence`, `incomplete`: it was asked for, and not wholly read;
 * - `gap`: nobody read it of that time, or a night that was due was not wholly read;
 * - `no-reading`: no reading before, or none after, told all that the control looks at;
 * - `unexplained`: the readings before and after differ, and no log tells why.
 */
export type CauseCode =
  'no-log' | 'above' | 'not-due' | 'licence' | 'incomplete' | 'gap' | 'no-reading' | 'unexplained';

export interface Cause {
  readonly cause: CauseCode;
  readonly text: string;
}

/** Lines of a log that tell of changes: of one name, at one time or some close together. */
export interface Shown extends LogChange {
  readonly log: string;
}

/**
 * Days in a row of which the same is known of the time between readings. `covered`: every moment was wholly read of every
 * log that would show a change, and none shows one. `changed`: likewise, and they show changes at these times.
 * `not-observed`: neither can be said; what changes the logs show all the same is told.
 */
export interface BetweenSpan {
  readonly from: string;
  /** The last day of it. */
  readonly to: string;
  readonly status: 'covered' | 'changed' | 'not-observed';
  readonly because: readonly Cause[];
  readonly changes: readonly Shown[];
}

/** One control at one source, of one scope. */
export interface BetweenReadings {
  readonly source: string;
  readonly days: readonly BetweenSpan[];
  readonly daysCovered: number;
  readonly daysChanged: number;
  readonly daysNotObserved: number;
}

/** A day with the moments at which it begins and ends. */
export interface Day extends Interval {
  readonly date: string;
}

/** What is known of a control at a source. */
export interface Asked {
  readonly showing: Showing;
  readonly series: Series;
  readonly readings: Readings;
  readonly logOf: (log: string) => LogTold | null;
  readonly isAbsent: (system: string, night: number) => boolean;
  readonly nights: readonly BookNight[];
  /** Times at which a night was due that nobody read. */
  readonly missed: readonly string[];
  readonly days: readonly Day[];
}

export function betweenReadings(source: string, asked: Asked): BetweenReadings {
  const { days } = asked;
  const told = asked.showing.untold.map((text): Cause => ({ cause: 'no-log', text }));
  const spans = spansOf(told.length > 0 ? days.map((day) => ofDay(day, told, [])) : byDay(asked));
  const count = (status: BetweenSpan['status']) =>
    spans.filter((span) => span.status === status).reduce((sum, { dates }) => sum + dates, 0);
  return {
    source,
    days: spans.map(({ from, to, status, because, changes }) => ({ from, to, status, because, changes })),
    daysCovered: count('covered'),
    daysChanged: count('changed'),
    daysNotObserved: count('not-observed'),
  };
}

/** Times are compared as such: as texts, one with milliseconds would come before the same second without. */
const ms = (time: string) => Date.parse(time);
const meets = (a: Interval, b: Interval) => ms(a.from) < ms(b.to) && ms(b.from) < ms(a.to);

interface Log extends Watched {
  readonly told: LogTold | null;
  readonly changes: readonly Shown[];
}

function byDay(asked: Asked): (BetweenSpan & { dates: number })[] {
  const { showing, days, logOf } = asked;
  const logs = showing.watched.map((watched): Log => {
    const told = logOf(watched.log);
    const changes = (told?.changes ?? []).filter(({ name }) => watched.isShown(name));
    return { ...watched, told, changes: changes.map((change) => ({ log: watched.log, ...change })) };
  });
  const whole = { from: days[0]?.from ?? '', to: days.at(-1)?.to ?? '' };
  const changes = distinct(logs.flatMap((log) => log.changes));
  const lacking = [
    ...logs.flatMap((log) => lackingIn(log, whole)),
    ...(showing.happens ? notJudged(asked, whole) : []),
    ...(showing.lasts ? outsideReadings(asked, logs, changes) : []),
  ];
  const shown = new Map<string, Shown[]>(days.map(({ date }) => [date, []]));
  let at = 0;
  for (const change of changes) {
    while (ms(days[at]?.to ?? '') <= ms(change.first)) at += 1;
    const day = days[at];
    if (day && ms(day.from) <= ms(change.first)) shown.get(day.date)?.push(change);
  }
  return days.map((day) => {
    const because = lacking.flatMap(({ when, why }) => (meets(day, when) ? [why] : []));
    return ofDay(day, because, shown.get(day.date) ?? []);
  });
}

/** A part of time of which something is not known. */
interface Lacking {
  readonly when: Interval;
  readonly why: Cause;
}

/** The parts of time of which a log was not wholly read. */
function lackingIn({ log, told }: Log, whole: Interval): Lacking[] {
  if (!told)
    return [{ when: whole, why: { cause: 'not-due', text: `${log} is not among what is read of it` } }];
  return gaps(whole, told.covered).map((when): Lacking => {
    const text = `${log} was not wholly read of ${when.from} to ${when.to}`;
    const why = told.lacks.findLast((lack) => meets(lack, when));
    return { when, why: why ? { cause: why.cause, text: `${text}: ${why.text}` } : { cause: 'gap', text } };
  });
}

/** The parts of time of which what happened was not wholly judged. */
function notJudged({ readings }: Asked, whole: Interval): Lacking[] {
  return gaps(whole, readings.happened).map((when) => ({
    when,
    why: {
      cause: 'incomplete',
      text: `what happened from ${when.from} to ${when.to} was not wholly read by any reading`,
    },
  }));
}

/** The parts of time that do not lie between two readings, of one night and the next, that say the same or differ by what a log tells. */
function outsideReadings(asked: Asked, logs: readonly Log[], changes: readonly Shown[]): Lacking[] {
  const { nights, missed, isAbsent, showing } = asked;
  const told = toldIn(asked);
  const [first, last] = [told[0], told.at(-1)].map((night) => nights[night ?? -1]);
  const always = { from: new Date(0).toISOString(), to: new Date(8.64e15).toISOString() };
  const none = (text: string): Cause => ({ cause: 'no-reading', text });
  if (!first || !last) return [{ when: always, why: none('no reading told all that the control looks at') }];
  // What happens comes and goes, and is told by the logs that it is judged by.
  const differing = showing.happens ? new Set<number>() : differences(asked.series, told);
  const above = [...new Map(logs.flatMap((log) => (log.above ? [[log.above.id, log.above]] : []))).values()];
  const found: Lacking[] = [
    {
      when: { from: always.from, to: first.begun },
      why: none(`no reading before ${first.begun} told all that the control looks at`),
    },
    {
      when: { from: last.at, to: always.to },
      why: none(`no reading after ${last.at} told all that the control looks at`),
    },
  ];
  for (const [n, night] of told.entries()) {
    const before = told[n - 1];
    const [a, b] = [nights[before ?? -1], nights[night]];
    if (before === undefined || !a || !b) continue;
    const when = { from: a.begun, to: b.at };
    const untold = [
      ...missed.filter((due) => ms(a.due) < ms(due) && ms(due) < ms(b.due)),
      ...nights.slice(before + 1, night).flatMap(({ kind, due }) => (kind === 'scheduled' ? [due] : [])),
    ];
    if (untold.length > 0) {
      const text = `of the nights from ${a.at} to ${b.at}, ${untold.length} did not tell all that the control looks at`;
      found.push({ when, why: { cause: 'gap', text } });
    }
    const isIn = (at: string) => ms(a.begun) <= ms(at) && ms(at) <= ms(b.at);
    if (differing.has(n) && !changes.some((change) => isIn(change.first) || isIn(change.last))) {
      const rules = a.plan === b.plan ? '' : '; what is judged, or by what, was set otherwise in between';
      const text = `what the readings of ${a.at} and ${b.at} say differs, and no log tells why${rules}`;
      found.push({ when, why: { cause: 'unexplained', text } });
    }
    for (const { id, why } of above)
      if (!isAbsent(id, before) || !isAbsent(id, night)) {
        const text = `${why}: declare under systems, as ${id}, where there is none`;
        found.push({ when, why: { cause: 'above', text } });
      }
  }
  return found;
}

/** The nights that told all that a control looks at, of everything that they saw. */
function toldIn({ readings, series, nights, showing }: Asked): number[] {
  const open = new Set<number>();
  for (const history of showing.happens ? [] : historiesOf(series)) {
    const spans = series.history(history);
    for (const [n, { state, from }] of spans.entries())
      if (untold.has(state))
        for (let night = from; night < (spans[n + 1]?.from ?? nights.length); night += 1) open.add(night);
  }
  const found: number[] = [];
  for (const [from, to] of readings.nights)
    for (let night = from; night <= to; night += 1)
      if (series.look(night) !== 'not' && !open.has(night)) found.push(night);
  return found;
}

/** Which of these nights saw anything in another state than the one before. That it is accepted is none. */
function differences(series: Series, nights: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const history of historiesOf(series)) {
    const spans = series.history(history);
    const stateAt = (night: number | undefined): State => {
      const state = spans.findLast(({ from }) => from <= (night ?? -1))?.state ?? 'gone';
      return state === 'excepted' ? 'fail' : state;
    };
    for (const { from } of spans) {
      const n = nights.findIndex((night) => night >= from);
      if (n > 0 && stateAt(nights[n]) !== stateAt(nights[n - 1])) found.add(n);
    }
  }
  return found;
}

function historiesOf(series: Series): ReadonlySet<number> {
  const found = new Set<number>();
  for (const thing of series.things()) found.add(series.historyOf(thing));
  return found;
}

/** Each line once, in the order of time, also where several kinds of things are changed by it. */
function distinct(changes: readonly Shown[]): Shown[] {
  const key = ({ log, name, first }: Shown) => JSON.stringify([first, log, name]);
  const found = new Map(changes.map((change) => [key(change), change]));
  return [...found.entries()]
    .sort(([a, one], [b, other]) => ms(one.first) - ms(other.first) || (a < b ? -1 : 1))
    .map(([, change]) => change);
}

function ofDay(
  { date }: Day,
  because: readonly Cause[],
  changes: readonly Shown[],
): BetweenSpan & { dates: number } {
  const status = because.length > 0 ? 'not-observed' : changes.length > 0 ? 'changed' : 'covered';
  const once = new Map(because.map((cause) => [cause.text, cause]));
  return { from: date, to: date, dates: 1, status, because: [...once.values()], changes };
}

function spansOf(daily: readonly (BetweenSpan & { dates: number })[]): (BetweenSpan & { dates: number })[] {
  const spans: (BetweenSpan & { dates: number })[] = [];
  for (const day of daily) {
    const last = spans.at(-1);
    if (last?.status === day.status && JSON.stringify(last.because) === JSON.stringify(day.because))
      spans[spans.length - 1] = {
        ...last,
        to: day.to,
        dates: last.dates + 1,
        changes: [...last.changes, ...day.changes],
      };
    else spans.push(day);
  }
  return spans;
}
