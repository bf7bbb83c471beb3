import type { Collector } from '../../collectors/collector.ts';
import { openArchive } from '../../vault/files.ts';
import { verifyVault } from '../../vault/verify.ts';
import { judge } from '../judge.ts';
import { checkRecords } from './judge-again.ts';
import { Checks, type Report } from './report.ts';
import { tellStamps } from './tell-stamps.ts';
import { checkKeys, tellKeys } from './signed.ts';
import type { Trust } from './trust.ts';

/** Checks a vault where it stands: its files against its ledger, and the records of the last night against the answers. */
export async function verifyVaultFolder(
  dir: string,
  trust: Trust | null,
  collectors?: readonly Collector[],
): Promise<Report> {
  const checks = new Checks();
  const archive = await openArchive(dir);
  const { problems, facts, stamps } = await verifyVault(dir, trust ? { trust } : {});
  for (const { code, where, text } of problems) checks.fail(code, `${where}: ${text}`);
  if (problems.length === 0)
    checks.pass(
      'vault',
      `${facts.objects} objects, ${facts.lines} lines, ${facts.checkpoints} checkpoints, ${facts.runs} readings`,
    );
  tellStamps(stamps, trust, checks);
  if (problems.length === 0) tellKeys(facts.keys, checks);
  await checks.try('derivation', async () => {
    if (facts.runs === 0) return 'nothing was collected yet, so there is nothing to derive again';
    const judgement = await judge(archive);
    await checkRecords(archive, judgement, checks, collectors);
    return null;
  });
  // Keys that count no more are believed of what somebody else saw before, and of no line that came after that.
  const vkey = facts.keys.at(-1)?.vkey ?? '';
  const seen = stamps.stamped.filter(({ vouched, size }) => vouched && size === facts.lines);
  const [first = null] = seen.map(({ at }) => at).sort((a, b) => a.getTime() - b.getTime());
  const counted = checkKeys([trust?.ended.get(vkey) ?? null], first, checks);
  return checks.report('vault', facts.authorEstablished && counted);
}
