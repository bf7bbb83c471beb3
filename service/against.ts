import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import type { Check } from '../exports/verify/report.ts';
import { cutOf } from '../exports/verify/signed.ts';
import { ZipReader } from '../exports/verify/zip-reader.ts';
import { openCheckpoint, type CheckpointBody } from '../vault/checkpoint.ts';
import { KeyBook } from '../vault/key-book.ts';
import { chainAt, readLedger } from '../vault/ledger.ts';

const ledgerPath = 'ledger/ledger.jsonl';

/**
 * Whether a packet or vault continues the history that an earlier packet was cut from, or that a deposit signed: the line
 * that the earlier checkpoint signed must stand at the same place, unchanged. Anything else is a fork, or a history that was
 * cut.
 */
export async function checkAgainst(path: string, earlier: string): Promise<Check> {
  const id = 'against';
  try {
    const { size, chain } = await checkpointOf(earlier, path);
    const here = await chainAt(readLedger(await ledgerOf(path)), size);
    if (here.chain === chain)
      return { id, ok: true, text: `its first ${size} lines are those that the earlier checkpoint signed` };
    const text =
      here.chain === null
        ? `it has ${here.lines} lines, and the earlier checkpoint signed ${size}: lines are gone`
        : `line ${size - 1} is not the one that the earlier checkpoint signed: there are two histories`;
    return { id, ok: false, text };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { id, ok: false, text: error.message };
  }
}

/** Whether what is named is a checkpoint on its own, as it was deposited. */
export async function isNote(path: string): Promise<boolean> {
  return (await noteAt(path)) !== null;
}

/** Whether this is a packet without a ledger of its own. What cannot be read as a packet is told where it is checked. */
export async function isThin(path: string): Promise<boolean> {
  return (await holdsLedger(path)) === false;
}

/** The path of a twin, to which a packet without evidence can be compared; any other has nothing to compare. */
export async function twinAt(path: string): Promise<string> {
  const name = `name the twin of the packet, with all evidence, with --against`;
  const holds = await stat(path).then(
    (facts) => (facts.isDirectory() ? false : holdsLedger(path)),
    () => null,
  );
  if (holds === null) throw new OperatorError(`there is no packet at ${path}: ${name}`);
  if (!holds) throw new OperatorError(`${path} holds no evidence to compare: ${name}`);
  return path;
}

/** The folder of a vault. */
export async function vaultAt(path: string): Promise<string> {
  const facts = await stat(join(path, ledgerPath)).catch(() => null);
  if (!facts?.isFile()) throw new OperatorError(`there is no vault at ${path}: name its folder with --vault`);
  return path;
}

/** `null` where it is no packet. */
async function holdsLedger(path: string): Promise<boolean | null> {
  const zip = await ZipReader.open(path).catch((error: unknown) => {
    if (error instanceof IntegrityError) return null;
    throw error;
  });
  if (!zip) return null;
  const holds = zip.paths.includes(ledgerPath);
  await zip.close();
  return holds;
}

/** A signed state of a ledger: where an earlier packet was cut, or what somebody was given to keep. */
async function checkpointOf(earlier: string, path: string): Promise<CheckpointBody> {
  const deposited = await noteAt(earlier);
  const note = deposited ?? (await noteIn(earlier));
  const body = openCheckpoint(note, ...(await signersAt(path, Number(note.split('\n')[1]))));
  if (!body)
    throw new IntegrityError(
      deposited === null
        ? 'the earlier packet was not signed by the key of this ledger'
        : 'the checkpoint was not signed by the key of this ledger',
    );
  return body;
}

/** No checkpoint is longer. */
const longestNote = 4096;

/** The text of a checkpoint on its own; `null` where it is something else. */
async function noteAt(path: string): Promise<string | null> {
  const facts = await stat(path).catch(() => null);
  if (facts?.isFile() !== true || facts.size > longestNote) return null;
  const text = await readFile(path, 'utf8');
  return /^\S+\n\d+\n\S+\n/.test(text) ? text : null;
}

/** The checkpoint that a packet was cut at. */
async function noteIn(packet: string): Promise<string> {
  const zip = await ZipReader.open(packet).catch((error: unknown) => {
    if (error instanceof IntegrityError) throw new IntegrityError(`the earlier packet: ${error.message}`);
    throw new OperatorError(
      `there is no packet at ${packet}: name an earlier packet, or a checkpoint that was deposited, with --against`,
    );
  });
  try {
    return (await zip.read(cutOf(zip).file)).toString();
  } finally {
    await zip.close();
  }
}

/** Who signs at this size by a ledger, or at its end where it is shorter. Whether they may be trusted is checked elsewhere. */
async function signersAt(path: string, size: number): Promise<readonly string[]> {
  const keys = new KeyBook();
  for await (const { line } of readLedger(await ledgerOf(path))) {
    keys.take(line);
    if (line.n + 1 === size) break;
  }
  if (!keys.current) throw new IntegrityError('the ledger does not say whose it is');
  return keys.signers;
}

async function ledgerOf(path: string): Promise<AsyncIterable<Uint8Array>> {
  if ((await stat(path)).isDirectory())
    return createReadStream(join(path, ledgerPath)) as AsyncIterable<Buffer>;
  const zip = await ZipReader.open(path);
  try {
    return only(await zip.read(ledgerPath));
  } finally {
    await zip.close();
  }
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
