import { z } from 'zod';
import { VerdictStatus } from '../../controls/result.ts';
import { Digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import type { Archive } from '../../vault/vault.ts';
import { answersOf } from '../answered.ts';
import { idOf } from '../identity.ts';
import { judge, type Judgement } from '../judge.ts';
import { questionnairesOf } from '../release/to-sign.ts';
import { systemsOf } from '../files/start-facts.ts';
import { companyText } from './wording.ts';

const count = z.number().int().nonnegative();

/** The last application of this vault that was released, and what its evidence comes to by the rules of today. */
export const Earlier = z.strictObject({
  /** Its draft, when the ledger says that it was released, and whether it was judged by the rules of today. */
  packet: Digest,
  tagmanifest: Digest,
  releasedAt: z.iso.datetime(),
  asOf: z.iso.datetime(),
  sameRules: z.boolean(),
  rehearsal: z.boolean(),
  systems: z.array(z.string()),
  exceptions: count,
  answers: z.array(z.strictObject({ question: z.string(), state: z.string(), company: z.string() })),
  tests: z.array(
    z.strictObject({
      ...{ control: z.string(), status: VerdictStatus },
      ...{ n: count, N: count, fail: count, excepted: count, untold: count },
      /** Whether there may be more of what it counts than was read. */
      isOpen: z.boolean(),
    }),
  ),
});
export type Earlier = z.output<typeof Earlier>;

/** Judges again what the last application that was released rests on; `null` where none was. */
export async function earlierOf(
  archive: Archive,
  lines: readonly LedgerLine[],
  { rules }: Pick<Judgement, 'rules'>,
): Promise<Earlier | null> {
  const last = lastApplication(lines);
  if (!last) return null;
  const judgement = await judge(archive, { asOf: last.asOf });
  return {
    ...{ packet: last.packet, tagmanifest: last.tagmanifest, releasedAt: last.releasedAt, asOf: last.asOf },
    sameRules: last.rules === rules,
    ...factsOf(judgement),
  };
}

/** What is compared. */
export function factsOf(
  judgement: Judgement,
): Pick<Earlier, 'rehearsal' | 'systems' | 'exceptions' | 'answers' | 'tests'> {
  const { asOf, results, plan, rehearsal } = judgement;
  return {
    rehearsal,
    systems: systemsOf({ judgement }).read,
    exceptions: plan.exceptions.length,
    answers: answersOf(judgement, asOf, questionnairesOf('insurer')).map((answer) => ({
      ...{ question: answer.question, state: answer.state, company: companyText(answer) },
    })),
    tests: results.map(({ control, status, population: p, because }) => ({
      ...{ control, status, n: p.pass, N: p.total, fail: p.fail, excepted: p.excepted },
      ...{ untold: p.noData + p.manual, isOpen: because.length > 0 },
    })),
  };
}

export interface Application extends Pick<Earlier, 'packet' | 'tagmanifest' | 'releasedAt' | 'asOf'> {
  readonly rules: Digest;
}

/**
 * The last application that an officer released, from the ledger alone: the id of a packet says of which slot it is and
 * where the ledger was cut, so that no other slot can be taken for it.
 */
export function lastApplication(lines: readonly LedgerLine[]): Application | null {
  const at = lines.findLastIndex(
    (line) => line.type === 'release' && line.as === 'officer' && line.profile === 'insurer',
  );
  const release = lines[at];
  if (release?.type !== 'release') return null;
  const before = lines.slice(0, at);
  const judged = before.flatMap((line) => (line.type === 'judgement' ? [line] : [])).reverse();
  for (const { n, slot, rules, exporter } of judged) {
    const open = before.find((line) => line.type === 'slot.open' && line.slot === slot);
    const close = before.find((line) => line.type === 'slot.close' && line.slot === slot);
    if (open?.type !== 'slot.open' || !close) continue;
    const of = { asOf: close.t, planDigest: open.plan, rules };
    for (let size = n + 1; size <= at; size += 1) {
      // Each line names the one before it, by which a ledger of that size is known.
      const chain = lines[size]?.prev;
      if (chain === undefined || chain === '') continue;
      if (idOf('insurer', of, { file: '', size, chain }, exporter) !== release.packet) continue;
      const { packet, tagmanifest, t: releasedAt } = release;
      return { packet, tagmanifest, releasedAt, asOf: close.t, rules };
    }
  }
  throw new IntegrityError(
    'the ledger holds the release of an application that none of its judgements gives',
  );
}
