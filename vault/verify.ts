import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { checkpointFile, checkpointSize, openCheckpoint } from './checkpoint.ts';
import { filesBelow, onDisk, type FoundFile } from './disk.ts';
import { isTrusted, KeyBook, type KeyTerm, type KnownKeys } from './key-book.ts';
import { parseVkey } from './keys.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { ledgerPath, readLedgerFile, Reading, tornPieces } from './ledger.ts';
import { Objects } from './objects.ts';
import type { Stamps } from './stamp-book.ts';
import type { Certificate } from './time-stamp/certificate.ts';
import { anchorsFrom, checkPacketStamps, isStamp, stampBookOf } from './verify-stamps.ts';
import { LineCheck } from './verify-lines.ts';
import { SigningCheck } from './verify-signing.ts';
import { textOf, type Report, type VaultProblem } from './verify-report.ts';
import { evidencePath } from './vault.ts';

interface VaultFacts {
  readonly lines: number;
  readonly objects: number;
  readonly checkpoints: number;
  readonly runs: number;
  readonly origin: string;
  /** The keys that signed, as the ledger itself says, the newest last. */
  readonly keys: readonly KeyTerm[];
  /** The slot that was opened last and not closed yet: it is no evidence of anything so far, and no fault. */
  readonly openSlots: readonly string[];
  /** Lines after the last checkpoint. There are some only while a slot is open. */
  readonly unsigned: number;
  /** Whether the ledger's key is one that the reader had from elsewhere. Without it, anybody could have made this vault. */
  readonly authorEstablished: boolean;
}

export interface VaultReport {
  readonly ok: boolean;
  readonly problems: readonly VaultProblem[];
  readonly facts: VaultFacts;
  readonly stamps: Stamps;
}

export interface VerifyOptions {
  /** Verifier keys, and the certificates of authorities, that the reader got apart from the vault. */
  readonly trust?: KnownKeys & {
    readonly authorities?: ReadonlyMap<string, readonly Certificate[]>;
  };
}

/** Files that come and go and prove nothing. */
const passing = /^(lock\.sqlite(-[a-z]+)?|tmp\/.*|journal\/.*|index\/.*)$/;
const objectFile = /^objects\/([0-9a-f]{2})\/(\1[0-9a-f]{62})\.gz$/;
const ledgerFile = 'ledger/ledger.jsonl';
const tornFile = 'ledger/ledger.torn';

/** What a line may be that stands after the last checkpoint: only what is written while a slot is open. */
const inSlot: readonly LedgerLine['type'][] = ['run', 'alias', 'recovery'];

/**
 * Holds a whole vault against itself and against the keys that the reader trusts: every object, every line, every
 * checkpoint, every run, every slot, and that there is nothing else. It changes nothing.
 */
export async function verifyVault(dir: string, options: VerifyOptions = {}): Promise<VaultReport> {
  const problems: VaultProblem[] = [];
  const report: Report = (code, where, text) => problems.push({ code, where, text });
  await onDisk(`the vault in ${dir} cannot be read`, () => readdir(dir));
  // Listed before the ledger is read: a writer that goes on meanwhile writes files first and their line after.
  const files = await onDisk(`the vault in ${dir} cannot be read`, () => filesBelow(dir));
  if (!files.some(({ path }) => path.startsWith('ledger/')))
    throw new OperatorError(`there is no vault in ${dir}: name the folder of one`);

  const objects = new Objects(dir);
  const bodies = await readBodies(objects, files, report);
  const lines = new LineCheck(dir, objects, bodies, report);
  const trusted = options.trust?.authorities ?? new Map<string, readonly Certificate[]>();
  const anchors = anchorsFrom((object) => objects.get(object), trusted);
  const stamps = await stampBookOf(dir, files, anchors, report);
  const notes = new Map<string, string>();
  for (const { path } of files.filter((file) => file.plain && isNote(file)))
    notes.set(path, await readFile(join(dir, path), 'utf8'));

  const newest = Math.max(0, ...[...notes.keys()].map((path) => sizeOf(path)));

  const reading = new Reading();
  const keys = new KeyBook();
  const unread = new Map([...notes].map(([path, note]) => [sizeOf(path), note]));
  const signing = new SigningCheck(unread.keys(), report);
  let covered = 0;
  /** What stands after the last checkpoint. */
  let tail: LedgerLine['type'][] = [];
  let genesis: Extract<LedgerLine, { type: 'genesis' }> | null = null;
  try {
    for await (const { bytes, line } of readLedgerFile(dir)) {
      reading.take(bytes);
      if (line.n === 0 && line.type === 'genesis') genesis = line;
      keys.take(line);
      signing.take(line);
      tail.push(line.type);
      const note = unread.get(reading.size);
      unread.delete(reading.size);
      if (note !== undefined && isOf(note, keys.signers, reading, report)) {
        covered = reading.size;
        tail = [];
        signing.sign();
      } else if (keys.changes.has(reading.size))
        report('key', `line ${line.n}`, 'no checkpoint that both keys signed says that keys change');
      await lines.take(line);
      // What came after the listing may name stamps that came after it, too.
      if (line.n < newest || line.type === 'authority') await stamps.take(line);
    }
    const rest = await bytesFrom(ledgerPath(dir), reading.length);
    // With a line feed in it, it is what a writer added meanwhile.
    if (rest.length > 0 && !rest.includes(10)) report('ledger', ledgerFile, 'its last line is cut off');
  } catch (error) {
    report('ledger', ledgerFile, textOf(error));
  }
  for (const size of unread.keys())
    report('checkpoint', fileOf(size), `it signed ${size} lines, and there are ${reading.size} whole ones`);
  for (const { where, text } of keys.problems) report('key', where, text);
  if (!genesis) report('ledger', ledgerFile, 'its first line does not say whose it is');
  // A writer may have signed since the checkpoints were listed.
  else if (tail.length > 0 && (await signedSince(dir, reading, keys.signers))) tail = [];

  const { book } = lines;
  problems.push(...book.problems());
  for (const { where, text } of stamps.problems) report('stamp', where, text);
  await checkPacketStamps(dir, files, stamps, report);
  // An open slot excuses what is written inside it, but not if the slot itself was never signed for.
  const excused = book.openSlots.length > 0 && covered > 0 && tail.every((type) => inSlot.includes(type));
  if (tail.length > 0 && !excused)
    report('unsigned', ledgerFile, `no checkpoint signs the last ${tail.length} lines`);

  const authorEstablished = trusts(genesis, keys, options.trust, report);
  await checkTorn(dir, lines.torn, report);
  checkFiles(files, lines, report);
  return {
    ok: problems.length === 0,
    problems,
    facts: {
      lines: reading.size,
      objects: bodies.size,
      checkpoints: notes.size,
      runs: lines.runs,
      origin: genesis?.origin ?? '',
      keys: keys.terms,
      openSlots: book.openSlots,
      unsigned: tail.length,
      authorEstablished,
    },
    stamps: stamps.stamps,
  };
}

/** Re-hashes every object and says where each belongs in a packet. */
async function readBodies(
  objects: Objects,
  files: readonly FoundFile[],
  report: Report,
): Promise<ReadonlyMap<Digest, string>> {
  const bodies = new Map<Digest, string>();
  for (const { path, plain } of files) {
    const name = objectFile.exec(path)?.[2];
    if (name === undefined || !plain) continue;
    const object = Digest.parse(name);
    try {
      bodies.set(object, evidencePath(object, await objects.get(object)));
    } catch (error) {
      report('object', path, textOf(error));
    }
  }
  return bodies;
}

/** Whether a note is a checkpoint of the ledger as it is here, signed by those who must; says what is wrong otherwise. */
function isOf(note: string, signers: readonly string[], reading: Reading, report: Report): boolean {
  const path = fileOf(reading.size);
  const body = openCheckpoint(note, ...signers);
  if (!body) report('checkpoint', path, 'it is not signed by the key of this ledger');
  else if (body.size !== reading.size) report('checkpoint', path, 'it has the name of another');
  else if (body.chain === reading.chain && body.root.equals(reading.root)) return true;
  else report('checkpoint', path, 'the ledger was another when it was signed');
  return false;
}

async function signedSince(
  dir: string,
  { size, chain, root }: Reading,
  signers: readonly string[],
): Promise<boolean> {
  const note = await readFile(join(dir, fileOf(size)), 'utf8').catch(() => '');
  const body = openCheckpoint(note, ...signers);
  return body?.size === size && body.chain === chain && body.root.equals(root);
}

async function bytesFrom(path: string, from: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start: from }) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

function trusts(
  genesis: Extract<LedgerLine, { type: 'genesis' }> | null,
  keys: KeyBook,
  trust: VerifyOptions['trust'],
  report: Report,
): boolean {
  if (genesis && parseVkey(genesis.vkey)?.name !== genesis.origin)
    report('key', ledgerFile, 'its key is one of another origin');
  if (!trust || trust.vkeys.length === 0) return false;
  const trusted = isTrusted(keys, trust);
  if (!trusted) report('key', ledgerFile, 'it is signed by a key that is not among those that are trusted');
  return trusted;
}

/** What was torn is told in the ledger, and kept. */
async function checkTorn(dir: string, told: ReadonlySet<Digest>, report: Report): Promise<void> {
  const kept = await tornPieces(dir);
  for (const torn of told)
    if (!kept.has(torn)) report('ledger', tornFile, 'a line that was set aside is gone');
  for (const torn of kept.keys())
    if (!told.has(torn)) report('ledger', tornFile, 'it holds what no recovery line tells of');
}

function checkFiles(files: readonly FoundFile[], lines: LineCheck, report: Report): void {
  for (const file of files) {
    const { path, plain } = file;
    if (!plain) report('file', path, 'it is not a plain file');
    else if (
      path !== ledgerFile &&
      path !== tornFile &&
      !objectFile.test(path) &&
      !isNote(file) &&
      !isStamp(path) &&
      !lines.names(path) &&
      !passing.test(path)
    )
      report('file', path, 'nothing in the ledger speaks of it');
  }
}

function isNote({ path }: FoundFile): boolean {
  return /^ledger\/checkpoints\/\d{8,15}\.note$/.test(path);
}

function sizeOf(path: string): number {
  return checkpointSize(path.split('/').at(-1) ?? '') ?? 0;
}

function fileOf(size: number): string {
  return `ledger/checkpoints/${checkpointFile(size)}`;
}
