import { verify } from 'node:crypto';
import { Digest } from '../evidence-model/digest.ts';
import { keyIdOf, parseVkey, publicKeyOf, type Keys, type SigningKey } from './keys.ts';
import type { Hash } from './merkle.ts';

/** What a checkpoint says: a C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint) with one line of ours. */
export interface CheckpointBody {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** SHA-256 of the last line with its line feed, so that `sha256sum` alone can check the ledger. */
  readonly chain: Digest;
}

/** The note as it stands on disk: the body, an empty line, a signature; where keys change, another one before it. */
export function signCheckpoint(
  body: CheckpointBody,
  { log, origin }: Pick<Keys, 'log' | 'origin'>,
  before: readonly SigningKey[] = [],
): string {
  const text = textOf(body);
  const lines = [...before, log].map((key) => {
    const signature = Buffer.concat([keyIdOf(origin, key.publicKey), key.sign(Buffer.from(text))]);
    return `— ${origin} ${signature.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Reads a note that must have the signatures of these keys, in this order, and no others; `null` where it has not. */
export function openCheckpoint(note: string, ...vkeys: readonly string[]): CheckpointBody | null {
  const at = note.indexOf('\n\n');
  const text = note.slice(0, at + 1);
  const body = at < 0 ? null : parse(text);
  const lines = note.slice(at + 2).split('\n');
  if (!body || textOf(body) !== text || lines.pop() !== '' || lines.length !== vkeys.length) return null;
  return lines.every((line, n) => isSignedBy(line, text, body.origin, vkeys[n])) ? body : null;
}

function isSignedBy(line: string, text: string, origin: string, vkey = ''): boolean {
  const key = parseVkey(vkey);
  const [, name = '', encoded = ''] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (key?.name !== origin || name !== origin) return false;
  if (bytes.toString('base64') !== encoded || bytes.length !== 68) return false;
  if (!bytes.subarray(0, 4).equals(keyIdOf(origin, key.publicKey))) return false;
  return verify(null, Buffer.from(text), publicKeyOf(key.publicKey), bytes.subarray(4));
}

/** The name of the file that holds the checkpoint of this size. */
export function checkpointFile(size: number): string {
  return `${String(size).padStart(8, '0')}.note`;
}

/** The size that the name of a checkpoint's file tells; `null` where it is not such a name. */
export function checkpointSize(name: string): number | null {
  const size = Number(/^(\d{8,15})\.note$/.exec(name)?.[1]);
  return checkpointFile(size) === name ? size : null;
}

function textOf({ origin, size, root, chain }: CheckpointBody): string {
  return `${origin}\n${size}\n${root.toString('base64')}\nchain-sha256 ${chain}\n`;
}

function parse(text: string): CheckpointBody | null {
  const [origin = '', size = '', root = '', chain = ''] = text.split('\n');
  const digest = Digest.safeParse(chain.replace(/^chain-sha256 /, ''));
  const hash = Buffer.from(root, 'base64');
  if (!/^\d{1,15}$/.test(size) || hash.length !== 32 || !digest.success) return null;
  return { origin, size: Number(size), root: hash, chain: digest.data };
}
