import type { Collector } from '../../collectors/collector.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { openArchive } from '../../vault/files.ts';
import type { Archive } from '../../vault/vault.ts';
import { chainAt, readLedgerFile } from '../../vault/ledger.ts';
import { Before, beforePath, lastBefore, quarterBefore } from '../board/before.ts';
import { judge, type Judgement } from '../judge.ts';
import { checkRecords } from './judge-again.ts';
import type { Checks } from './report.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** What a packet says of the reading before its quarter. */
export async function beforeIn(zip: ZipReader): Promise<Before> {
  const said = Before.safeParse(JSON.parse((await zip.read(beforePath)).toString()));
  if (!said.success) throw new IntegrityError(`${beforePath} has not its form`);
  return said.data;
}

interface Cut {
  /** What the twin holds: the ledger, and not the evidence of that reading. */
  readonly twin: Archive;
  readonly judgement: Judgement;
  readonly signed: Signed;
}

/**
 * Which reading that is, or that there is none, the ledger tells. How things stood then is derived from the vault that
 * the packet was made of, records and all; without a vault it is named as not checked.
 */
export async function checkBefore(
  before: Before,
  { twin, judgement, signed }: Cut,
  vault: string | null,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<void> {
  const { reading, quarter, first } = before;
  const told = await lastBefore(twin, judgement.asOf);
  if (told.quarter !== quarter || told.first !== first || told.last !== (reading?.asOf ?? null))
    throw new IntegrityError(`${beforePath} speaks of another reading than the ledger`);
  if (!reading) return;
  const day = reading.asOf.slice(0, 10);
  if (vault === null) {
    checks.unchecked.push(
      `how things stood on ${day}: the evidence of that reading is in the vault and not in the twin; name the vault with --vault`,
    );
    return;
  }
  await expectContinued(vault, signed);
  const archive = await openArchive(vault);
  if (JSON.stringify(await quarterBefore(archive, judgement)) !== JSON.stringify(before))
    throw new IntegrityError(`${beforePath} is not what the vault gives`);
  await checkRecords(archive, await judge(archive, { asOf: reading.asOf }), checks, collectors);
  checks.pass('before', `how things stood on ${day} was judged again from the vault, and is equal`);
}

/** The vault must have the ledger that the packet was cut from, line by line: each names the one before. */
async function expectContinued(vault: string, { body: { size, chain } }: Signed): Promise<void> {
  if ((await chainAt(readLedgerFile(vault), size)).chain !== chain)
    throw new IntegrityError('the vault has another ledger than the packet was cut from');
}
