import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { openCheckpoint } from '../../vault/checkpoint.ts';
import { leafOf, rootOf, verifyInclusion } from '../../vault/merkle.ts';
import { parseVkey } from '../../vault/keys.ts';
import { readLedger, type RawLine } from '../../vault/ledger.ts';
import { SlotBook } from '../../vault/slot-book.ts';
import { allowedKeys, signerOf } from '../sshsig.ts';
import { checkFiles, checkRecords, checkResults, Claimed, judge } from './judge-again.ts';
import { packetArchive } from './packet-archive.ts';
import { Checks, type Report } from './report.ts';
import { ZipReader } from './zip-reader.ts';
import { z } from 'zod';

/** What the reader had from the company by another way than the packet. */
export interface Trust {
  readonly signers: readonly Uint8Array[];
  readonly vkeys: readonly string[];
}

export async function readTrust(dir: string): Promise<Trust> {
  const read = (name: string) =>
    readFile(join(dir, name), 'utf8').catch(() => {
      throw new OperatorError(
        `there is no ${name} in ${dir}: name the folder with the keys that the company handed over`,
      );
    });
  const vkeys = (await read('log.vkey')).split('\n').filter((line) => line !== '');
  const signers = allowedKeys(await read('allowed_signers'));
  if (signers.length === 0 || vkeys.some((vkey) => parseVkey(vkey) === null))
    throw new OperatorError(`the keys in ${dir} are not readable: ask the company for them again`);
  return { signers, vkeys };
}

const signature = 'tagmanifest-sha256.txt.sig';

/** Checks a packet from the outside in: the zip, the bag, the signature, the ledger, the evidence, records, results, pages. */
export async function verifyPacket(path: string, trust: Trust | null): Promise<Report> {
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
    await checks.try('signature', () => checkSignature(zip, trust));
    const vkeys = trust?.vkeys ?? (await zip.read('keys/log.vkey').then(linesOf, () => []));
    if (zip.has('ledger/ledger.jsonl')) await checkEvidence(zip, vkeys, checks);
    else await checks.try('inclusion', () => checkInclusion(zip, vkeys));
    return checks.report('packet', trust !== null);
  } finally {
    await zip.close();
  }
}

/** Every file is in exactly one list, and is what its list says. */
async function checkBag(zip: ZipReader): Promise<string> {
  const lists = await Promise.all(
    ['manifest-sha256.txt', 'tagmanifest-sha256.txt'].map(async (name) => parseList(await zip.read(name))),
  );
  const listed = new Map<string, string>();
  for (const [n, list] of lists.entries())
    for (const [path, sum] of list) {
      if (listed.has(path) || path.startsWith('data/') !== (n === 0))
        throw new IntegrityError(`${path} stands in the wrong list`);
      listed.set(path, sum);
    }
  for (const path of zip.paths)
    if (!listed.has(path) && path !== 'tagmanifest-sha256.txt' && path !== signature)
      throw new IntegrityError(`${path} is in no list`);
  for (const [path, sum] of listed)
    if (digest(await zip.read(path)) !== sum) throw new IntegrityError(`${path} is not what the list says`);
  const bagit = (await zip.read('bagit.txt')).toString();
  if (!bagit.startsWith('BagIt-Version: 1.0\n')) throw new IntegrityError('bagit.txt has not its form');
  return `${listed.size} files are what the lists say, and there are no others`;
}

function parseList(bytes: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of linesOf(bytes)) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined || found.has(path))
      throw new IntegrityError('a list of files has not its form');
    found.set(path, sum);
  }
  return found;
}

async function checkSignature(zip: ZipReader, trust: Trust | null): Promise<string> {
  const signer = signerOf(await zip.read('tagmanifest-sha256.txt'), (await zip.read(signature)).toString());
  if (!signer) throw new IntegrityError('the signature does not fit the packet');
  const known = trust?.signers ?? allowedKeys((await zip.read('keys/allowed_signers')).toString());
  if (!known.some((key) => Buffer.from(key).equals(signer)))
    throw new IntegrityError('it is signed by a key that is not trusted');
  return trust
    ? 'signed by the company'
    : 'signed by the key that came with it, which proves nothing of who that is';
}

/** The ledger with its checkpoint, then everything that follows from it. */
async function checkEvidence(zip: ZipReader, vkeys: readonly string[], checks: Checks): Promise<void> {
  const checkpoint: { file: string; size: number; chain: ReturnType<typeof digest> }[] = [];
  let origin = '';
  await checks.try('ledger', async () => {
    const bytes = await zip.read('ledger/ledger.jsonl');
    if (bytes.at(-1) !== 10) throw new IntegrityError('the ledger is cut off');
    const lines: RawLine[] = [];
    const book = new SlotBook();
    for await (const raw of readLedger(once(bytes))) {
      lines.push(raw);
      book.take(raw.line);
    }
    const [first] = lines;
    if (first?.line.type !== 'genesis' || !vkeys.includes(first.line.vkey))
      throw new IntegrityError('the ledger is signed by a key that is not trusted');
    origin = first.line.origin;
    const [problem] = book.problems();
    if (problem) throw new IntegrityError(problem.text);
    const notes = zip.paths.filter((path) => path.startsWith('ledger/checkpoints/'));
    const [file, ...others] = notes;
    const body =
      file === undefined ? null : openCheckpoint((await zip.read(file)).toString(), first.line.vkey);
    const last = lines.at(-1);
    if (!body || !file || !last || others.length > 0 || body.size !== lines.length)
      throw new IntegrityError('no signed checkpoint covers the ledger');
    const chain = digest(Buffer.concat([last.bytes, Buffer.from('\n')]));
    if (body.chain !== chain || !body.root.equals(rootOf(lines.map((line) => leafOf(line.bytes)))))
      throw new IntegrityError('the ledger was another when it was signed');
    checkpoint.push({ file: file.split('/').at(-1) ?? '', size: body.size, chain });
    return `${lines.length} lines, each naming the one before, signed as a whole`;
  });
  const [cut] = checkpoint;
  if (!cut) return;
  const archive = packetArchive(zip);
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
    if (judgement.asOf !== claimed.data.asOf)
      throw new IntegrityError('the packet speaks of another moment than its evidence');
    await checkRecords(archive, judgement, checks);
    checkResults(claimed.data, judgement, checks);
    const packetPrincipal = `packet@${origin}`;
    const packet = {
      judgement,
      origin,
      packetPrincipal,
      checkpoint: cut,
      twin: null,
      profile: claimed.data.profile,
    };
    await checkFiles(packet, claimed.data, (path) => zip.read(path), checks);
    return null;
  });
}

const Inclusion = z.strictObject({
  size: z.number().int(),
  proofs: z
    .array(z.strictObject({ index: z.number().int(), line: z.string(), proof: z.array(z.base64()) }))
    .min(1),
});

/** An insurer's packet shows no evidence: it proves that the readings behind it stand in the signed ledger. */
async function checkInclusion(zip: ZipReader, vkeys: readonly string[]): Promise<string> {
  const { size, proofs } = Inclusion.parse(JSON.parse((await zip.read('data/inclusion.json')).toString()));
  const [file = ''] = zip.paths.filter((path) => path.startsWith('ledger/checkpoints/'));
  const note = (await zip.read(file)).toString();
  const body = vkeys.map((vkey) => openCheckpoint(note, vkey)).find((found) => found !== null);
  if (body?.size !== size) throw new IntegrityError('the checkpoint is not signed by a key that is trusted');
  for (const { index, line, proof } of proofs) {
    const path = proof.map((hash) => Buffer.from(hash, 'base64'));
    if (!verifyInclusion(leafOf(Buffer.from(line)), index, size, path, body.root))
      throw new IntegrityError(`line ${index} does not stand in the signed ledger`);
  }
  return `${proofs.length} readings stand in the signed ledger; the evidence itself stays with the company`;
}

function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
