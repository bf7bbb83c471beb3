import type { Archive } from '../../vault/vault.ts';
import { coverageBetween, duesOf } from '../coverage.ts';
import { History } from '../history.ts';
import type { Judgement } from '../judge.ts';

/** What was due in one month and what of it was read. */
export interface MonthRead {
  readonly month: string;
  readonly due: number;
  readonly read: number;
  /** Of readings of datasets that were due in these nights: how many there were to be, and how many were whole. */
  readonly readings: number;
  readonly whole: number;
}

/** The twelve months up to a moment, as far as nights tell of them. */
export interface YearRead {
  /** The close of the first slot that was ever read. */
  readonly first: string;
  readonly from: string;
  readonly months: readonly MonthRead[];
}

/** What an archive tells of the year before its judgement. It follows from ledger, manifests and plans, which every packet with all evidence holds. */
export async function yearOf(
  archive: Archive,
  { asOf, plan }: Pick<Judgement, 'asOf' | 'plan'>,
): Promise<YearRead> {
  const all = await History.read(archive);
  const last = all.closed.findLast(({ close }) => close.t === asOf);
  if (!last) throw new Error(`no slot was closed at ${asOf}`);
  const history = all.upTo(last);
  const [year, rest] = [Number(asOf.slice(0, 4)) - 1, asOf.slice(4)];
  // The 29th of February has none in the year before.
  const from = new Date(Date.parse(`${year}${rest.replace('-02-29', '-02-28')}`)).toISOString();
  const months = new Map<string, { due: number; read: number; readings: number; whole: number }>();
  const monthOf = (due: string) => {
    const month = due.slice(0, 7);
    const known = months.get(month) ?? { due: 0, read: 0, readings: 0, whole: 0 };
    months.set(month, known);
    return known;
  };
  const first = history.closed[0]?.close.t ?? asOf;
  // Since there is evidence, a month in which no night was due shows nothing, and is shown.
  const begins = first > from ? first : from;
  for (let at = begins.slice(0, 7); at <= asOf.slice(0, 7); at = monthAfter(at)) monthOf(at);
  for (const { due, read } of duesOf(history, from, asOf)) {
    const month = monthOf(due);
    month.due += 1;
    if (read.some(({ close }) => close !== null)) month.read += 1;
  }
  for (const { nights } of await coverageBetween(history, plan, from, asOf))
    for (const { due, complete } of nights) {
      const month = monthOf(due);
      month.readings += 1;
      if (complete) month.whole += 1;
    }
  return {
    ...{ first, from },
    months: [...months]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, counted]) => ({ month, ...counted })),
  };
}

function monthAfter(month: string): string {
  const [year, of] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`;
}
