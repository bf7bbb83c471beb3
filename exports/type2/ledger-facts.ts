import { runPath } from '../../vault/paths.ts';
import { coverageBetween, duesOf, type Covered } from '../coverage.ts';
import type { ClosedNight, History, Night } from '../history.ts';
import { dateAt, daysIn, type Days } from '../period/calendar-days.ts';
import { changesIn, type Change } from '../period/changes.ts';

/** Where the answers of a night are: in the packet, in the vault alone, or nowhere, because nobody read it. */
export type Place = 'in-this-packet' | 'in-the-vault' | 'nowhere';

/** A time at which a night was due, or a reading that somebody made beside those. */
export interface NightFacts {
  /** The day that it is of, in the time zone of the period. */
  readonly date: string;
  /** Of those before the period only the ones that the ledger speaks of; those after it came before the packet. */
  readonly part: 'before' | 'period' | 'after';
  readonly slot: string;
  readonly due: string;
  readonly kind: 'scheduled' | 'manual' | 'unannounced';
  readonly read: boolean;
  /** Why nobody read it; empty where it was read. */
  readonly missed: string;
  readonly begun: string | null;
  readonly closed: string | null;
  /** The number of its last line in the ledger; `null` where the ledger does not speak of it. */
  readonly line: number | null;
  /** The manifests of its readings, as paths of the packet without their endings. */
  readonly runs: readonly string[];
  readonly evidence: Place;
}

/** What of a period follows from the ledger, the manifests and the plans alone, which a packet holds of all nights. */
export interface LedgerFacts {
  readonly nights: readonly NightFacts[];
  readonly coverage: readonly Covered[];
  readonly changes: readonly Change[];
}

/** The slots of whose nights a packet holds all evidence: of the first and last day that was read, and of the days that were asked for. */
export function insideOf(history: History, days: Days, dates: readonly string[]): string[] {
  const dateOf = dateAt(days.timeZone);
  const read = history.closed.filter(({ open: { due } }) => due >= days.begins && due < days.ends);
  const all = read.map(({ open: { due } }) => dateOf(due)).sort();
  const wanted = new Set([all[0], all.at(-1), ...dates]);
  return read.filter(({ open: { due } }) => wanted.has(dateOf(due))).map(({ slot }) => slot);
}

/** Of a history that ends with the night that the packet speaks as of. */
export async function ledgerFacts(
  history: History,
  days: Days,
  inside: readonly string[],
  last: ClosedNight,
): Promise<LedgerFacts> {
  const { begins, ends } = days;
  const [after, until] = [justBefore(begins), justBefore(ends)];
  const within = history.closed.findLast(({ open: { due } }) => due >= begins && due < ends) ?? last;
  return {
    nights: nightsIn(history, days, new Set([...inside, last.slot]), last),
    coverage: await coverageBetween(history, await history.plan(within.open), after, until),
    changes: await changesIn(history, days),
  };
}

export const justBefore = (time: string) => new Date(Date.parse(time) - 1).toISOString();

function nightsIn(
  history: History,
  { begins, ends, timeZone }: Days,
  inside: ReadonlySet<string>,
  last: ClosedNight,
): NightFacts[] {
  const dateOf = dateAt(timeZone);
  const found = new Map<string, NightFacts>();
  const take = (slot: string, due: string, missed: string, night: Night | null) => {
    const read = night !== null && night.close !== null;
    found.set(slot, {
      date: dateOf(due),
      part: due < begins ? 'before' : due < ends ? 'period' : 'after',
      ...{ slot, due, read, missed: read ? '' : missed },
      kind: night?.open?.kind ?? 'scheduled',
      begun: night?.open?.t ?? null,
      closed: night?.close?.t ?? null,
      line: (night?.close ?? night?.gap ?? night?.open)?.n ?? null,
      runs: (night?.runs ?? []).map(({ line, source }) => `data/${runPath(line.slot, source, line.attempt)}`),
      evidence: !read ? 'nowhere' : inside.has(slot) ? 'in-this-packet' : 'in-the-vault',
    });
  };
  for (const { slot, due, read, missed } of duesOf(history, justBefore(begins), last.close.t))
    if (read.length === 0)
      take(slot, due, missed, history.nights.find((night) => night.slot === slot) ?? null);
  for (const night of history.nights) {
    const due = night.open?.due;
    if (due !== undefined && due <= last.close.t)
      take(night.slot, due, 'it was begun and not brought to its end', night);
  }
  return [...found.values()].sort(
    (a, b) => Date.parse(a.due) - Date.parse(b.due) || (a.slot < b.slot ? -1 : 1),
  );
}

/** Every day of a period with whether each night that was due on it was read. A day without a night that was due was not read. */
export function daysRead(
  nights: readonly NightFacts[],
  days: Days,
): readonly {
  readonly date: string;
  readonly due: number;
  readonly read: number;
  readonly nights: readonly NightFacts[];
}[] {
  const on = Map.groupBy(nights, ({ date }) => date);
  return daysIn(days).map(({ date }) => {
    const these = (on.get(date) ?? []).filter(({ part }) => part === 'period');
    const due = these.filter(({ kind }) => kind === 'scheduled');
    const dues = new Set(due.map((night) => night.due));
    const read = new Set(due.flatMap((night) => (night.read ? [night.due] : [])));
    return { date, due: dues.size, read: read.size, nights: these };
  });
}

/** How many nights were due in a period and how many of them were read; readings that somebody made beside them are none of them. */
export function nightCounts({ ledger }: { readonly ledger: LedgerFacts }): {
  readonly due: number;
  readonly read: number;
} {
  const due = ledger.nights.filter(({ part, kind }) => part === 'period' && kind === 'scheduled');
  const of = (nights: readonly NightFacts[]) => new Set(nights.map((night) => night.due)).size;
  return { due: of(due), read: of(due.filter(({ read }) => read)) };
}

/** Which days of a period nobody can speak of as a whole: a night that was due was not read, or none was due. */
export function daysLacking({ ledger, days }: { readonly ledger: LedgerFacts; readonly days: Days }): {
  readonly notRead: readonly string[];
  readonly notDue: readonly string[];
} {
  const each = daysRead(ledger.nights, days);
  return {
    notRead: each.flatMap(({ date, due, read }) => (read < due ? [date] : [])),
    notDue: each.flatMap(({ date, due }) => (due === 0 ? [date] : [])),
  };
}
