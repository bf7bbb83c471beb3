import { z } from 'zod';
import { controls as allControls } from '../../controls/index.ts';
import type { Control } from '../../controls/control.ts';
import { gaps } from '../../evidence-model/coverage.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Archive } from '../../vault/vault.ts';
import { rulesDigest } from '../code-digest.ts';
import { jsonPieces } from '../content.ts';
import { History, type ClosedNight } from '../history.ts';
import { dateAt, daysOf, type Days } from '../period/calendar-days.ts';
import { keepBook } from '../period/keep-book.ts';
import { scopeOf } from '../period/log-book.ts';
import { periodOf, type Period } from '../period/period.ts';
import type { TimeBook } from '../period/time-book.ts';
import { eventsOf, type PeriodEvent } from './events.ts';
import { insideOf, justBefore, ledgerFacts, type LedgerFacts } from './ledger-facts.ts';

/** Which period a packet is to tell of, as dates of the organisation's time zone. */
export interface PeriodAsked {
  readonly from: string;
  /** The day after its last. */
  readonly to: string;
  /** Days that somebody chose, of whose nights all evidence is to be in the packet too. */
  readonly dates: readonly string[];
}

/** A night of a log that was not wholly read, and of whose time a later reading of the log told all the same. */
export interface Bridged {
  readonly source: string;
  readonly dataset: string;
  readonly slot: string;
}

/** Everything that a packet says of a period. Its tables and pages are made of this and nothing else. */
export interface PeriodFacts {
  readonly asked: PeriodAsked;
  readonly days: Days;
  /** The slots of whose nights all evidence is in the packet, beside the one that it speaks as of. */
  readonly inside: readonly string[];
  /** What the packet alone can show. */
  readonly ledger: LedgerFacts;
  /** What only the evidence of all nights can show. */
  readonly period: Period;
  readonly bridged: readonly Bridged[];
  /** What happened after the period and before the packet; `null` where nothing was read in that time. */
  readonly since: { readonly to: string; readonly events: readonly PeriodEvent[] } | null;
}

/** Where a packet has them. */
export const periodPath = 'data/period/period.json';

/** Their text, in pieces: of a large company it is long. */
export function* factsText(facts: PeriodFacts): Iterable<string> {
  yield* jsonPieces(facts, 5);
  yield '\n';
}

const Shape = z.looseObject({
  asked: z.strictObject({
    from: z.iso.date(),
    to: z.iso.date(),
    dates: z.array(z.iso.date()),
  }),
  inside: z.array(z.string()),
  ledger: z.looseObject({}),
  period: z.looseObject({ rules: z.string() }),
});

/** What a packet claims of its period. The tables and pages that do not follow from it are refused, and so is what has not its form. */
export const ClaimedPeriod = z.custom<PeriodFacts>((value) => Shape.safeParse(value).success);

/** The night that a packet as of this time speaks of, with the history up to there. */
export async function cutOff(
  archive: Archive,
  asOf: string | null,
): Promise<{ readonly history: History; readonly last: ClosedNight }> {
  const all = await History.read(archive, { again: true });
  const last = all.closed.findLast(({ close }) => asOf === null || Date.parse(close.t) <= Date.parse(asOf));
  if (!last) throw new OperatorError('nothing was collected by then: there is no period to tell of');
  return { history: all.upTo(last), last };
}

/** The days of a period that is over. Throws `OperatorError` where it is not. */
export function daysAsked(history: History, { from, to, dates }: PeriodAsked, asOf: string): Days {
  const days = daysOf(history, from, to);
  if (Date.parse(days.ends) > Date.parse(asOf))
    throw new OperatorError(
      `the period ends when ${to} begins in ${days.timeZone}, and the newest reading is of ${asOf}: name an earlier --to, or wait for a reading after it`,
    );
  const outside = dates.find((date) => date < from || date >= to);
  if (outside !== undefined)
    throw new OperatorError(`${outside} is no day of the period from ${from} to ${to}, that day not in it`);
  return days;
}

/** How the book of a history is come by. */
export type BookOf = (history: History, controls: readonly Control[]) => Promise<TimeBook>;

/**
 * What a book says of a period. Unless another is given it is folded anew: night after night is judged, folded and let go,
 * so that no more than one is held, however many there are. Whoever verifies does so, whatever a packet was made of.
 */
export async function periodFacts(
  archive: Archive,
  asOf: string | null,
  asked: PeriodAsked,
  bookOf: BookOf = keepBook,
): Promise<{ readonly facts: PeriodFacts; readonly asOf: string; readonly history: History }> {
  const controls = allControls;
  const { history, last } = await cutOff(archive, asOf);
  const days = daysAsked(history, asked, last.close.t);
  const inside = insideOf(history, days, asked.dates);
  const ledger = await ledgerFacts(history, days, inside, last);
  const book = await bookOf(history, controls);
  const rules = await rulesDigest();
  const period = await periodOf(history, book, days, rules, controls);
  return {
    ...{ asOf: last.close.t, history },
    facts: {
      ...{ asked, days, inside, ledger, period },
      bridged: await bridgedIn(history, book, ledger, last),
      since: await sinceThen(history, book, days, last, controls),
    },
  };
}

/** A night of a log is bridged where a later reading told of all the time since the night before it. */
async function bridgedIn(
  history: History,
  book: TimeBook,
  { coverage }: LedgerFacts,
  { open }: ClosedNight,
): Promise<Bridged[]> {
  const { sources } = await history.plan(open);
  return coverage.flatMap(({ source, dataset, nights }) => {
    const planned = sources.find(({ id }) => id === source);
    const told = planned && book.logs.log(source, scopeOf(planned), dataset);
    if (!told) return [];
    return nights.flatMap(({ slot, due, complete }, n): Bridged[] => {
      const before = nights[n - 1]?.due;
      if (complete || before === undefined) return [];
      return gaps({ from: before, to: due }, told.covered).length === 0 ? [{ source, dataset, slot }] : [];
    });
  });
}

async function sinceThen(
  history: History,
  book: TimeBook,
  { to, ends, timeZone }: Days,
  { close }: ClosedNight,
  controls: readonly Control[],
): Promise<PeriodFacts['since']> {
  if (!book.nights.some(({ due }) => due >= ends)) return null;
  const next = new Date(Date.parse(dateAt(timeZone)(close.t)) + 86_400_000).toISOString().slice(0, 10);
  const after = { ...daysOf(history, to, next), ends: new Date(Date.parse(close.t) + 1).toISOString() };
  const period = await periodOf(history, book, after, await rulesDigest(), controls);
  return { to: justBefore(after.ends), events: eventsOf(period) };
}
