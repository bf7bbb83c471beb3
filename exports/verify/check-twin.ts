import type { Collector } from '../../collectors/collector.ts';
import { frameworks } from '../../controls/framework.ts';
import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { packetPrincipalOf } from '../../vault/keys.ts';
import { bagInfo } from '../bag.ts';
import { exporterDigest } from '../code-digest.ts';
import { isSame } from '../content.ts';
import type { Packet, PacketFile } from '../exporter.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { authoritiesOf, stampsOf } from '../stamps.ts';
import { idOf, infoOf, sealedTwin } from '../identity.ts';
import { beforeIn, checkBefore } from './check-before.ts';
import { checkEarlier, earlierIn } from './check-earlier.ts';
import { thinIn } from './check-inclusion.ts';
import { checkRelease } from './check-release.ts';
import { checkSigned, identify } from './write-again.ts';
import { stampFilesIn } from './check-stamps.ts';
import { inclusionOf } from '../inclusion.ts';
import { judge } from '../judge.ts';
import { sealedIn } from '../release/sealed.ts';
import { readLedger, type RawLine } from '../../vault/ledger.ts';
import { once } from './read-ledger.ts';
import { ownHistory } from '../own/own-history.ts';
import { sampleIn } from '../sample/sample.ts';
import { filesOf } from '../profiles.ts';
import { Claimed } from './judge-again.ts';
import { packetArchive } from './packet-archive.ts';
import { Checks, type Report } from './report.ts';
import { ledgerFile, openSigned } from './signed.ts';
import type { Trust } from './trust.ts';
import { verifyPacket } from './verify-packet.ts';
import { yearOf } from '../views/year.ts';
import { ZipReader } from './zip-reader.ts';

/**
 * Checks a packet without evidence together with its twin: the twin is verified, must be the one that the packet is
 * sealed to, and what its evidence gives is written again for whoever reads the packet and compared.
 */
export async function verifyWithTwin(
  path: string,
  twinPath: string,
  trust: Trust | null,
  collectors?: readonly Collector[],
  vault: string | null = null,
): Promise<Report> {
  const alone = await verifyPacket(path, trust, collectors);
  const twin = await verifyPacket(twinPath, trust, collectors);
  const checks = new Checks();
  checks.list.push(...alone.checks);
  checks.list.push(...twin.checks.map(({ id, ok, text }) => ({ id: `twin/${id}`, ok, text })));
  checks.rulesChanged.push(...twin.rulesChanged);
  checks.unchecked.push(...twin.unchecked);
  checks.untimed.push(...alone.untimed, ...twin.untimed.map((text) => `the twin: ${text}`));
  if (alone.verdict !== 'failed' && twin.verdict !== 'failed')
    await checks.try('twin', () => compare([path, twinPath, vault], trust, checks, collectors));
  // Keys that were replaced before anybody saw the packet establish nobody, with a twin or without.
  const both = [alone, twin].every(({ verdict }) => verdict !== 'author-not-established');
  return checks.report('packet', both);
}

async function compare(
  [path, twinPath, vault]: readonly [packet: string, twin: string, vault: string | null],
  trust: Trust | null,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<string | null> {
  const zip = await ZipReader.open(path);
  const twin = await ZipReader.open(twinPath);
  try {
    const tagmanifest = digest(await twin.read('tagmanifest-sha256.txt'));
    const info = (await zip.read('bag-info.txt')).toString();
    if (!info.split('\n').includes(`${sealedTwin}: ${tagmanifest}`))
      throw new IntegrityError('the packet is sealed to another twin');
    const [mine, theirs] = [await openSigned(zip, trust), await openSigned(twin, trust)];
    if (mine.file !== theirs.file || !(await zip.read(mine.file)).equals(await twin.read(theirs.file)))
      throw new IntegrityError('the packet was cut from another ledger than its twin');
    const claimed = Claimed.parse(JSON.parse((await twin.read('data/results/results.json')).toString()));
    const { profile, thin } = await thinIn(zip);
    if (!thin.sealedTo.includes(claimed.profile)) throw new IntegrityError('the twin is no twin of a packet');
    const exporter = await exporterDigest();
    if (claimed.exporter !== exporter) {
      checks.unchecked.push(`the pages and counts for ${profile}, which another version wrote`);
      return null;
    }
    const archive = packetArchive(twin);
    const judgement = await judge(archive, { asOf: claimed.asOf });
    const lines: LedgerLine[] = [];
    for await (const line of archive.ledger()) lines.push(line);
    const { origin, size, chain } = theirs.body;
    const checkpoint = { file: theirs.file.split('/').at(-1) ?? '', size, chain };
    const release = (await checkRelease(zip, mine))?.release ?? null;
    const sample =
      profile === 'sample'
        ? await sampleIn(zip, twin, { packet: claimed.packet, profile: claimed.profile })
        : null;
    const draft = idOf(profile, judgement, checkpoint, exporter, { sample });
    const packet: Packet = {
      id: identify({ release }, draft),
      release,
      profile,
      judgement,
      frameworks,
      checkpoint,
      stamps: await stampsOf(archive, lines, await stampFilesIn(twin)),
      own: await ownHistory(archive, lines),
      authorities: [...authoritiesOf(lines).keys()].sort(),
      origin,
      packetPrincipal: packetPrincipalOf(origin),
      exporter,
      twin: { tagmanifest },
      before: thin.compares === 'quarter' ? await beforeIn(zip) : null,
      earlier: thin.compares === 'application' ? await earlierIn(zip) : null,
      year: thin.compares === 'year' ? await yearOf(archive, judgement) : null,
      period: null,
      sample,
    };
    if (packet.before)
      await checkBefore(
        packet.before,
        { twin: archive, judgement, signed: theirs },
        vault,
        checks,
        collectors,
      );
    if (thin.compares === 'application')
      await checkEarlier(packet.earlier, { lines, judgement, signed: theirs }, vault, checks, collectors);
    checkSigned(packet, draft, checks);
    let files = 0;
    const hold = async ({ path: name, content }: PacketFile) => {
      if (!isSame(await zip.read(name), content))
        throw new IntegrityError(`${name} is not what the evidence of the twin gives`);
      files += 1;
    };
    await hold({ path: 'bag-info.txt', content: bagInfo(infoOf(packet)) });
    for await (const file of filesOf(packet)) await hold(file);
    const raw = await rawLines(await twin.read(ledgerFile));
    const proven: unknown = JSON.parse(inclusionOf(judgement, { lines: raw, size }, packet.earlier));
    const said: unknown = JSON.parse((await zip.read(sealedIn.thin)).toString());
    // What tells of the release is looked at by itself.
    if (JSON.stringify({ ...(said as object), release: undefined }) !== JSON.stringify(proven))
      throw new IntegrityError(`${sealedIn.thin} is not what the ledger of the twin gives`);
    return `${files} pages and tables written again from the evidence of the twin, all equal`;
  } finally {
    await zip.close();
    await twin.close();
  }
}

async function rawLines(ledger: Uint8Array): Promise<RawLine[]> {
  const lines: RawLine[] = [];
  for await (const line of readLedger(once(ledger))) lines.push(line);
  return lines;
}
