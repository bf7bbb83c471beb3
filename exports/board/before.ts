import { z } from 'zod';
import { Grade } from '../../controls/board/outcomes.ts';
import { VerdictStatus } from '../../controls/result.ts';
import { History } from '../history.ts';
import type { Archive } from '../../vault/vault.ts';
import { judge, type Judgement } from '../judge.ts';
import { standingsOf } from './stand.ts';

const count = z.number().int().nonnegative();

/** How the outcomes stood by the last reading before the quarter began, judged by the same rules; `null` where there is none. */
export const Before = z.strictObject({
  /** The first day of the quarter that the packet speaks in, in UTC. */
  quarter: z.iso.date(),
  /** The close of the first slot that was ever read. */
  first: z.iso.datetime(),
  reading: z
    .strictObject({
      asOf: z.iso.datetime(),
      slot: z.string(),
      rehearsal: z.boolean(),
      outcomes: z.array(
        z.strictObject({
          id: z.string(),
          grade: Grade,
          counted: z.array(
            z.strictObject({
              ...{ part: count, status: VerdictStatus.nullable() },
              ...{ n: count, N: count, fail: count },
            }),
          ),
        }),
      ),
    })
    .nullable(),
});
export type Before = z.output<typeof Before>;

/** Where a packet has it: a verifier who has the evidence of the newest reading alone cannot derive it. */
export const beforePath = 'data/before.json';

/** Judges the archive again as of the end of the quarter before. */
export async function quarterBefore(archive: Archive, { asOf }: Pick<Judgement, 'asOf'>): Promise<Before> {
  const { last, ...told } = await lastBefore(archive, asOf);
  return { ...told, reading: last === null ? null : readingOf(await judge(archive, { asOf: last })) };
}

/** When the last slot before the quarter was closed, and when the first of all: what a ledger alone tells. */
export async function lastBefore(
  archive: Archive,
  asOf: string,
): Promise<Pick<Before, 'quarter' | 'first'> & { readonly last: string | null }> {
  const history = await History.read(archive);
  const quarter = quarterOf(asOf);
  const closes = history.closed.map(({ close }) => close.t);
  const last = closes.findLast((close) => Date.parse(close) < Date.parse(quarter)) ?? null;
  return { quarter, first: closes[0] ?? asOf, last };
}

function readingOf(judgement: Judgement): Before['reading'] {
  const { asOf, slot, rehearsal } = judgement;
  return {
    ...{ asOf, slot, rehearsal },
    outcomes: standingsOf(judgement).map(({ outcome, grade, counted }) => ({
      ...{ id: outcome.id, grade },
      counted: counted.map(({ part, status, n, N, fail }) => ({ part, status, n, N, fail })),
    })),
  };
}

/** The first day of the quarter of a moment, in UTC. */
function quarterOf(moment: string): string {
  const month = Number(moment.slice(5, 7));
  return `${moment.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}
