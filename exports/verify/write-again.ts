import { frameworks } from '../../controls/framework.ts';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { statementText } from '../release/statement.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import type { Archive } from '../../vault/vault.ts';
import { bagInfo, stampedBy } from '../bag.ts';
import { exporterDigest } from '../code-digest.ts';
import { evidenceListed, wholePath } from '../evidence.ts';
import { isSame, type Content } from '../content.ts';
import type { Packet } from '../exporter.ts';
import { sealedIn } from '../release/sealed.ts';
import { toSign, unsigned } from '../release/to-sign.ts';
import { idOf, infoOf, releasedIdOf } from '../identity.ts';
import { checkpointFile } from '../../vault/checkpoint.ts';
import { filesOf, type Profile } from '../profiles.ts';
import { changesIn, rootsPath, stampPaths } from '../stamps.ts';
import { bagFiles } from './check-bag.ts';
import { stampFilesIn } from './check-stamps.ts';
import { checkTables } from './compare-tables.ts';
import type { Claimed } from './judge-again.ts';
import type { Checks } from './report.ts';
import type { ZipReader } from './zip-reader.ts';

/** All that the files of a packet follow from, as far as it is known before they are written. */
export type Known = Omit<Packet, 'frameworks' | 'exporter' | 'profile' | 'id'> & {
  readonly profile: Profile;
};

/**
 * Writes every file that people read again and compares it byte for byte, where this program writes as that one did;
 * and looks that no file is there which neither these nor the evidence explain.
 */
export async function checkFiles(
  zip: ZipReader,
  archive: Archive,
  lines: readonly LedgerLine[],
  known: Known,
  claimed: Claimed,
  checks: Checks,
): Promise<void> {
  const before = checks.list.length;
  const explained = new Set([
    ...bagFiles,
    'ledger/ledger.jsonl',
    `ledger/checkpoints/${known.checkpoint.file}`,
    ...stampPaths(await stampFilesIn(zip)),
    ...changesIn(lines).map((size) => `ledger/checkpoints/${checkpointFile(size)}`),
    ...known.authorities.map(rootsPath),
    ...zip.paths.filter((path) => stampedBy(path) !== null),
    ...(known.release ? [sealedIn.whole] : []),
  ]);
  const inside = known.period?.inside ?? [];
  const { objects, runs, whole } = await evidenceListed(archive, known.judgement, lines, inside);
  for (const path of [...objects.keys(), ...runs.map((run) => `data/${run}`)]) {
    explained.add(path);
    if (!zip.has(path)) checks.fail('files', `${path} is missing`);
  }
  const compare = async (path: string, content: Content) => {
    explained.add(path);
    if (!zip.has(path)) checks.fail('files', `${path} is missing`);
    else if (!isSame(await zip.read(path), content))
      checks.fail('files', `${path} is not what the evidence gives`);
  };
  await compare(wholePath, whole);

  const exporter = await exporterDigest();
  if (claimed.exporter !== exporter) {
    await checkTables(zip, claimed, checks);
    const unread = zip.paths.filter((path) => !explained.has(path));
    const written = [...unread, 'bag-info.txt'].sort();
    checks.unchecked.push(
      `${written.length} tables and pages, which another version wrote; of the results and verdicts their states and counts were compared: ${written.join(', ')}`,
    );
    return;
  }
  const draft = idOf(known.profile, known.judgement, known.checkpoint, exporter, known);
  const packet: Packet = { ...known, frameworks, exporter, id: identify(known, draft) };
  checkSigned(packet, draft, checks);
  await compare('bag-info.txt', bagInfo(infoOf(packet)));
  let files = 0;
  for await (const { path, content } of filesOf(packet)) {
    await compare(path, content);
    files += 1;
  }
  for (const path of zip.paths)
    if (!explained.has(path)) checks.fail('files', `nothing explains why ${path} is here`);
  if (checks.list.slice(before).every(({ ok }) => ok))
    checks.pass('files', `every other file is evidence; ${files} tables and pages written again, all equal`);
}

/** What a packet is called: its draft, or that with what was stated of it. */
export function identify({ release }: Pick<Packet, 'release'>, draft: Digest): Digest {
  if (!release) return draft;
  return releasedIdOf(
    draft,
    release.statements.map((each) => digest(statementText(each))),
  );
}

/** What was released is this draft, and whoever did stands up for all that it says. */
export function checkSigned(packet: Packet, draft: Digest, checks: Checks): void {
  const { release } = packet;
  if (!release) return;
  if (release.draft.id !== draft) checks.fail('release', 'another draft was released than this one');
  const fault = unsigned(toSign(packet), release);
  if (fault !== null) checks.fail('release', fault);
}
