import type { Collector } from '../../collectors/collector.ts';
import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import type { Ended } from '../../vault/key-book.ts';
import { packetPrincipalOf } from '../../vault/keys.ts';
import { readLedger, type RawLine } from '../../vault/ledger.ts';
import { leafOf, rootOf } from '../../vault/merkle.ts';
import { anchorsFrom } from '../../vault/verify-stamps.ts';
import type { Archive } from '../../vault/vault.ts';
import { ownHistory } from '../own/own-history.ts';
import { authoritiesOf, stampsOf } from '../stamps.ts';
import { SlotBook } from '../../vault/slot-book.ts';
import { judge } from '../judge.ts';
import { checkBag, linesOf, parseList } from './check-bag.ts';
import { checkRelease, releasedText, type Released } from './check-release.ts';
import { checkInclusion } from './check-inclusion.ts';
import { checkClaim, checkRecords, checkResults, Claimed } from './judge-again.ts';
import {
  checkPacketStamps,
  checkRoots,
  followCheckpoints,
  stampFilesIn,
  type StampedAt,
} from './check-stamps.ts';
import { tellStamps, timeOf } from './tell-stamps.ts';
import { packetArchive } from './packet-archive.ts';
import { Checks, type Report } from './report.ts';
import { checkPeriod, periodIn } from './check-period.ts';
import { checkKeys, checkSignature, openSigned, tellKeys, type Signed } from './signed.ts';
import type { Trust } from './trust.ts';
import { checkFiles } from './write-again.ts';
import { ZipReader } from './zip-reader.ts';

/** Checks a packet from the outside in: the zip, the bag, the signature, the ledger, the evidence, records, results, pages. */
export async function verifyPacket(
  path: string,
  trust: Trust | null,
  collectors?: readonly Collector[],
  vault: string | null = null,
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
    let signerEnded: Ended | null = null;
    await checks.try('signature', async () => {
      const { text, ended } = await checkSignature(zip, trust, signed);
      signerEnded = ended;
      return text;
    });
    if (signed === null) return checks.report('packet', false);
    let stampedAt: Date | null = null;
    let released: Released | null = null;
    await checks.try('release', async () => {
      released = await checkRelease(zip, signed);
      return released ? releasedText(released) : 'a draft: no named officer of the company released it';
    });
    if (zip.has('ledger/ledger.jsonl'))
      stampedAt = await checkEvidence(zip, { signed, released, trust, vault }, checks, collectors);
    else {
      await checks.try('inclusion', () => checkInclusion(zip, signed));
      await checks.try('stamp', async () => {
        stampedAt = (await checkPacketStamps(zip, trust, { book: null, cutAt: null }, checks)).vouched;
        return null;
      });
    }
    const counted = checkKeys([trust?.ended.get(signed.vkey) ?? null, signerEnded], stampedAt, checks);
    return checks.report('packet', trust !== null && counted, zip.has('ledger/ledger.jsonl'));
  } finally {
    await zip.close();
  }
}

/** The ledger with its checkpoint, then everything that follows from it. */
async function checkEvidence(
  zip: ZipReader,
  given: {
    readonly signed: Signed;
    readonly released: Released | null;
    readonly trust: Trust | null;
    readonly vault: string | null;
  },
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<Date | null> {
  const { signed, released, trust, vault } = given;
  const lines: RawLine[] = [];
  let stampedAt: Date | null = null;
  const slots = new SlotBook();
  const whole = await checks.try('ledger', async () => {
    await readWhole(zip, signed, lines, slots);
    // What was released was made later than its ledger was cut: the nights until then stand with the release.
    for (const { line } of released?.lines ?? []) slots.take(line);
    const [problem] = slots.problems();
    if (problem) throw new IntegrityError(problem.text);
    if (
      released &&
      !released.root.equals(rootOf([...lines, ...released.lines].map(({ bytes }) => leafOf(bytes))))
    )
      throw new IntegrityError('the ledger was another when the packet was released');
    return `${lines.length} lines, each naming the one before, signed as a whole`;
  });
  if (!whole) return null;
  const archive = packetArchive(zip);
  let madeAt = new Date((released?.lines ?? lines).at(-1)?.line.t ?? 0);
  await checks.try('stamps', async () => {
    const { vouched, first } = await checkStamps(zip, archive, lines, trust, checks);
    stampedAt = vouched;
    // An earlier word of somebody unknown to the reader must not hide nights from one whom he knows.
    madeAt = vouched ?? first ?? madeAt;
    // Only here it is known that the checkpoints at which they changed are what they must be.
    tellKeys(signed.keys?.terms ?? [], checks);
    return null;
  });
  await checks.try('nights', () => Promise.resolve(checkNights(slots, madeAt)));
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
    const told = await periodIn(zip, claimed.data.profile);
    checkClaim(claimed.data, told?.digest ?? null, said, checks);
    await checkRecords(archive, judgement, checks, collectors);
    checkResults(claimed.data, judgement, checks);
    const period = told?.facts ?? null;
    if (period)
      await checkPeriod(period, { archive, judgement, signed, vault }, claimed.data, checks, collectors);
    const { origin, size, chain } = signed.body;
    const stamps = await stampsOf(archive, said, await stampFilesIn(zip));
    const known = {
      judgement,
      origin,
      packetPrincipal: packetPrincipalOf(origin),
      checkpoint: { file: signed.file.split('/').at(-1) ?? '', size, chain },
      twin: null,
      before: null,
      sample: null,
      year: null,
      earlier: null,
      period,
      release: released?.release ?? null,
      stamps,
      own: await ownHistory(archive, said),
      authorities: [...authoritiesOf(said).keys()].sort(),
      profile: claimed.data.profile,
    };
    await checkFiles(zip, archive, said, known, claimed.data, checks);
    return null;
  });
  return stampedAt;
}

/** How long after its ledger was cut a packet may be made. */
const makingMs = 3_600_000;

/** A packet that leaves out the nights before it was made would hide them. */
function checkNights(slots: SlotBook, madeAt: Date): string {
  const [first, ...more] = slots.missing(new Date(madeAt.getTime() - makingMs));
  if (first !== undefined)
    throw new IntegrityError(
      `it was made at ${timeOf(madeAt)}, and its ledger does not speak of the night ${first}${more.length > 0 ? `, nor of ${more.length} more` : ''}`,
    );
  return `each night that was due by ${timeOf(madeAt)} is accounted for`;
}

/** Whatever others say of times, of slots and of the packet. */
async function checkStamps(
  zip: ZipReader,
  archive: Archive,
  lines: readonly RawLine[],
  trust: Trust | null,
  checks: Checks,
): Promise<StampedAt> {
  const anchors = anchorsFrom((object) => archive.get(object), trust?.authorities ?? new Map());
  const book = await followCheckpoints(zip, lines, anchors);
  tellStamps(book.stamps, trust, checks);
  await checkRoots(zip, archive, lines);
  return checkPacketStamps(zip, trust, { book, cutAt: lines.at(-1)?.line.t ?? null }, checks);
}

/** Every line of the ledger, where they are all there, follow each other, account for their slots and are signed. */
async function readWhole(
  zip: ZipReader,
  { body, keys }: Signed,
  lines: RawLine[],
  slots: SlotBook,
): Promise<void> {
  const bytes = await zip.read('ledger/ledger.jsonl');
  if (bytes.at(-1) !== 10) throw new IntegrityError('the ledger is cut off');
  for await (const raw of readLedger(once(bytes))) {
    lines.push(raw);
    slots.take(raw.line);
  }
  const [first] = lines;
  if (
    first?.line.type !== 'genesis' ||
    first.line.vkey !== keys?.terms[0]?.vkey ||
    first.line.origin !== body.origin
  )
    throw new IntegrityError('the ledger is signed by a key that is not its own');
  const [problem] = slots.problems();
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
