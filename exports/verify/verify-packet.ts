import type { Collector } from '../../collectors/collector.ts';
import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { packetPrincipalOf } from '../../vault/keys.ts';
import { readLedger, type RawLine } from '../../vault/ledger.ts';
import { leafOf, rootOf } from '../../vault/merkle.ts';
import { anchorsFrom } from '../../vault/verify-stamps.ts';
import type { Archive } from '../../vault/vault.ts';
import { authoritiesOf, stampsOf } from '../stamps.ts';
import { SlotBook } from '../../vault/slot-book.ts';
import { judge } from '../judge.ts';
import { checkBag, linesOf, parseList } from './check-bag.ts';
import { checkInclusion } from './check-inclusion.ts';
import { checkClaim, checkRecords, checkResults, Claimed } from './judge-again.ts';
import { checkPacketStamps, checkRoots, followStamps, stampFilesIn } from './check-stamps.ts';
import { tellStamps } from './tell-stamps.ts';
import { packetArchive } from './packet-archive.ts';
import { Checks, type Report } from './report.ts';
import { checkSignature, openSigned, type Signed, type Trust } from './trust.ts';
import { checkFiles } from './write-again.ts';
import { ZipReader } from './zip-reader.ts';

/** Checks a packet from the outside in: the zip, the bag, the signature, the ledger, the evidence, records, results, pages. */
export async function verifyPacket(
  path: string,
  trust: Trust | null,
  collectors?: readonly Collector[],
): Promise<Report> {
  const checks = new Checks();
  let zip: ZipReader;
  try {
    zip = await ZipReader.open(path);
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    checks.fail('zip', error.message);
    return checks.report('packet', false);
  }
  try {
    checks.pass('zip', `${zip.paths.length} files, nothing hidden`);
    await checks.try('bag', () => checkBag(zip));
    const opened: Signed[] = [];
    await checks.try('checkpoint', async () => {
      opened.push(await openSigned(zip, trust));
      return null;
    });
    const [signed = null] = opened;
    await checks.try('signature', () => checkSignature(zip, trust, signed));
    if (signed === null) return checks.report('packet', false);
    if (zip.has('ledger/ledger.jsonl')) await checkEvidence(zip, signed, trust, checks, collectors);
    else {
      await checks.try('inclusion', () => checkInclusion(zip, signed));
      await checks.try('stamp', async () => {
        await checkPacketStamps(zip, trust, { book: null, cutAt: null }, checks);
        return null;
      });
    }
    return checks.report('packet', trust !== null, zip.has('ledger/ledger.jsonl'));
  } finally {
    await zip.close();
  }
}

/** The ledger with its checkpoint, then everything that follows from it. */
async function checkEvidence(
  zip: ZipReader,
  signed: Signed,
  trust: Trust | null,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<void> {
  const lines: RawLine[] = [];
  const whole = await checks.try('ledger', async () => {
    await readWhole(zip, signed, lines);
    return `${lines.length} lines, each naming the one before, signed as a whole`;
  });
  if (!whole) return;
  const archive = packetArchive(zip);
  await checks.try('stamps', () => checkStamps(zip, archive, lines, signed, trust, checks));
  await checks.try('runs', async () => {
    let runs = 0;
    for await (const line of archive.ledger()) {
      if (line.type !== 'run') continue;
      await archive.run(line);
      runs += 1;
    }
    for (const path of linesOf(await zip.read('data/runs/whole.txt')))
      for (const [file, sum] of parseList(await zip.read(path)))
        if (digest(await zip.read(file)) !== sum)
          throw new IntegrityError(`${file} is not what ${path} says`);
    return `${runs} readings are those of the ledger`;
  });
  await checks.try('derivation', async () => {
    const claimed = Claimed.safeParse(JSON.parse((await zip.read('data/results/results.json')).toString()));
    if (!claimed.success) throw new IntegrityError('data/results/results.json has not its form');
    const judgement = await judge(archive, { asOf: claimed.data.asOf });
    if (judgement.asOf !== claimed.data.asOf || judgement.slot !== claimed.data.slot)
      throw new IntegrityError('the packet speaks of another moment than its evidence');
    const said = lines.map(({ line }) => line);
    checkClaim(claimed.data, said, checks);
    await checkRecords(archive, judgement, checks, collectors);
    checkResults(claimed.data, judgement, checks);
    const { origin, size, chain } = signed.body;
    const stamps = await stampsOf(archive, said, await stampFilesIn(zip));
    const known = {
      judgement,
      origin,
      packetPrincipal: packetPrincipalOf(origin),
      checkpoint: { file: signed.file.split('/').at(-1) ?? '', size, chain },
      twin: null,
      before: null,
      stamps,
      authorities: [...authoritiesOf(said).keys()].sort(),
      profile: claimed.data.profile,
    };
    await checkFiles(zip, archive, said, known, claimed.data, checks);
    return null;
  });
}

/** Whatever others say of times, of slots and of the packet. */
async function checkStamps(
  zip: ZipReader,
  archive: Archive,
  lines: readonly RawLine[],
  signed: Signed,
  trust: Trust | null,
  checks: Checks,
): Promise<null> {
  const anchors = anchorsFrom((object) => archive.get(object), trust?.authorities ?? new Map());
  const book = await followStamps(zip, lines, signed, anchors);
  tellStamps(book.stamps, trust, checks);
  await checkRoots(zip, archive, lines);
  await checkPacketStamps(zip, trust, { book, cutAt: lines.at(-1)?.line.t ?? null }, checks);
  return null;
}

/** Every line of the ledger, where they are all there, follow each other, account for their slots and are signed. */
async function readWhole(zip: ZipReader, { body, vkey }: Signed, lines: RawLine[]): Promise<void> {
  const bytes = await zip.read('ledger/ledger.jsonl');
  if (bytes.at(-1) !== 10) throw new IntegrityError('the ledger is cut off');
  const book = new SlotBook();
  for await (const raw of readLedger(once(bytes))) {
    lines.push(raw);
    book.take(raw.line);
  }
  const [first] = lines;
  if (first?.line.type !== 'genesis' || first.line.vkey !== vkey || first.line.origin !== body.origin)
    throw new IntegrityError('the ledger is signed by a key that is not its own');
  const [problem] = book.problems();
  if (problem) throw new IntegrityError(problem.text);
  const last = lines.at(-1);
  if (!last || body.size !== lines.length) throw new IntegrityError('no signed checkpoint covers the ledger');
  const chain = digest(Buffer.concat([last.bytes, Buffer.from('\n')]));
  if (body.chain !== chain || !body.root.equals(rootOf(lines.map((line) => leafOf(line.bytes)))))
    throw new IntegrityError('the ledger was another when it was signed');
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
