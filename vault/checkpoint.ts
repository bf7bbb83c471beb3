import { verify } from 'node:crypto';
import { Digest } from '../evidence-model/digest.ts';
import { keyIdOf, parseVkey, publicKeyOf, type Keys } from './keys.ts';
import type { Hash } from './merkle.ts';

/** What a checkpoint says: a C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint) with one line of ours. */
export interface CheckpointBody {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** SHA-256 of the last line with its line feed, so that `sha256sum` alone can check the ledger. */
  readonly chain: Digest;
}

/** The note as it stands on disk: the body, an empty line, a signature. */
export function signCheckpoint(body: CheckpointBody, { log, origin }: Pick<Keys, 'log' | 'origin'>): string {
  const text = textOf(body);
  const signature = Buffer.concat([keyIdOf(origin, log.publicKey), log.sign(Buffer.from(text))]);
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
}

/** Reads a note and holds it against a verifier key; `null` where it has another form or another signature. */
export function openCheckpoint(note: string, vkey: string): CheckpointBody | null {
  const key = parseVkey(vkey);
  const at = note.indexOf('\n\n');
  if (!key || at < 0) return null;
  const text = note.slice(0, at + 1);
  const body = parse(text);
  if (body?.origin !== key.name || textOf(body) !== text) return null;
  const [, name = '', encoded = ''] = /^— (\S+) ([A-Za-z0-9+/=]+)\n$/.exec(note.slice(at + 2)) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (name !== key.name || bytes.toString('base64') !== encoded || bytes.length !== 68) return null;
  if (!bytes.subarray(0, 4).equals(keyIdOf(key.name, key.publicKey))) return null;
  return verify(null, Buffer.from(text), publicKeyOf(key.publicKey), bytes.subarray(4)) ? body : null;
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
