import type { Collector } from '../../collectors/collector.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { openArchive } from '../../vault/files.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { earlierOf, lastApplication, type Earlier } from '../insurer/earlier.ts';
import { judge, type Judgement } from '../judge.ts';
import { expectContinued } from './check-before.ts';
import { inclusionIn } from './check-inclusion.ts';
import { checkRecords } from './judge-again.ts';
import type { Checks } from './report.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** What a packet for an insurer says of the last application that was released. */
export async function earlierIn(zip: ZipReader): Promise<Earlier | null> {
  return (await inclusionIn(zip)).earlier ?? null;
}

interface Cut {
  /** The ledger, which the twin holds. */
  readonly lines: readonly LedgerLine[];
  readonly judgement: Judgement;
  readonly signed: Signed;
}

/**
 * Which application was released last, of which slot and by which rules, or that there is none, the ledger tells. What it
 * came to is derived from the vault, records and all; without a vault it is named as not checked.
 */
export async function checkEarlier(
  earlier: Earlier | null,
  { lines, judgement, signed }: Cut,
  vault: string | null,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<void> {
  const told = lastApplication(lines);
  const same =
    told?.packet === earlier?.packet &&
    told?.tagmanifest === earlier?.tagmanifest &&
    told?.releasedAt === earlier?.releasedAt &&
    told?.asOf === earlier?.asOf &&
    (!told || (told.rules === judgement.rules) === earlier?.sameRules);
  if (!same) throw new IntegrityError('it speaks of another earlier application than the ledger');
  if (!earlier) return;
  const day = earlier.asOf.slice(0, 10);
  if (vault === null) {
    checks.unchecked.push(
      `what the application of ${day} came to: the evidence of that reading is in the vault and not in the twin; name the vault with --vault`,
    );
    return;
  }
  await expectContinued(vault, signed);
  const archive = await openArchive(vault);
  if (JSON.stringify(await earlierOf(archive, lines, judgement)) !== JSON.stringify(earlier))
    throw new IntegrityError('what it says of the earlier application is not what the vault gives');
  await checkRecords(archive, await judge(archive, { asOf: earlier.asOf }), checks, collectors);
  checks.pass(
    'earlier',
    `what the application of ${day} came to was judged again from the vault, and is equal`,
  );
}
