import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { operatorErrorOf, syncFolder } from './disk.ts';

/** One Ed25519 key: it signs, and its public half can be handed out. */
export interface SigningKey {
  /** The 32 raw bytes of the public half. */
  readonly publicKey: Uint8Array;
  readonly publicPem: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** The keys of one vault. They live outside it: whoever copies the vault must not be able to sign for it. */
export interface Keys {
  /** The name under which the ledger's checkpoints are signed. It says nothing of whose vault it is. */
  readonly origin: string;
  /** Signs checkpoints and nothing else. */
  readonly log: SigningKey;
  /** Signs packets and nothing else. */
  readonly packet: SigningKey;
  /** The log key as a C2SP verifier key. */
  readonly vkey: string;
  /** The packet key as OpenSSH writes it. */
  readonly signer: string;
  /** The packet key as a line for OpenSSH's `allowed_signers`. */
  readonly allowedSigner: string;
  readonly packetPrincipal: string;
  /** Marks what this program keeps for itself outside the ledger. */
  readonly mark: Mark;
}

/** A word about bytes that only whoever holds the log key can say, and only he can check. It is no signature and is shown to nobody. */
export type Mark = (bytes: string) => string;

export const packetNamespace = 'evidence-packet-v1';

const originForm = /^[a-z0-9][a-z0-9./-]{2,60}$/;

/** Makes the keys of a new vault. Never overwrites: a key that exists is an error. */
export async function createKeys(dir: string, origin: string): Promise<Keys> {
  if (!originForm.test(origin))
    throw new OperatorError(
      'the name of a vault is 3 to 61 lower-case letters, digits, dots, slashes and hyphens: choose another',
    );
  const made: string[] = [];
  const write = async (name: string, text: string) => {
    const file = await open(join(dir, name), 'wx', 0o600);
    made.push(join(dir, name));
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  };
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    for (const name of ['log.pem', 'packet.pem']) {
      const { privateKey } = generateKeyPairSync('ed25519');
      await write(name, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    }
    await write('origin', `${origin}\n`);
    await syncFolder(dir);
  } catch (error) {
    // Half a set would keep the next try from making a whole one.
    for (const path of made) await rm(path, { force: true });
    throw operatorErrorOf(error, `the keys in ${dir} cannot be made`) ?? error;
  }
  return readKeys(dir);
}

/** Reads the keys of a vault. Rejects with `OperatorError` where they are missing, open to others, or not Ed25519. */
export async function loadKeys(dir: string): Promise<Keys> {
  const changing = await readdir(join(dir, 'next')).catch((): string[] => []);
  if (changing.length > 0)
    throw new OperatorError(
      `a change of the keys in ${dir} was broken off: give the same command, exhibit keys rotate or revoke, once more`,
    );
  return readKeys(dir);
}

/** The same, each from where it lies while keys are changed. */
export async function readKeys(
  dir: string,
  from: Readonly<Record<'log' | 'packet' | 'origin', string>> = { log: dir, packet: dir, origin: dir },
): Promise<Keys> {
  const path = { log: join(from.log, 'log.pem'), packet: join(from.packet, 'packet.pem') };
  const origin = (await readPrivate(join(from.origin, 'origin'))).trim();
  if (!originForm.test(origin))
    throw new OperatorError(
      `${join(from.origin, 'origin')} does not name a vault: restore it from your backup`,
    );
  const logPem = await readPrivate(path.log);
  const log = signingKey(logPem, path.log);
  const packet = signingKey(await readPrivate(path.packet), path.packet);
  const packetPrincipal = packetPrincipalOf(origin);
  return {
    origin,
    log,
    packet,
    vkey: vkeyOf(origin, log.publicKey),
    signer: sshBlob(packet.publicKey).toString('base64'),
    packetPrincipal,
    allowedSigner: allowedSignerOf(packetPrincipal, packet.publicKey),
    mark: markOf(logPem),
  };
}

/** By a secret of its own that follows from the key, so that no mark can be taken for anything that the key signs. */
function markOf(pem: string): Mark {
  const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
  const secret = Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', 'exhibit/kept/v1', 32));
  return (bytes) => createHmac('sha256', secret).update(bytes).digest('hex');
}

/** In whose name the packets of a vault are signed. */
export function packetPrincipalOf(origin: string): string {
  return `packet@${origin}`;
}

/**
 * The line of `allowed_signers` that lets this key sign packets in this name, for ever or until it was replaced. That it was
 * called back stands where OpenSSH has a comment.
 */
export function allowedSignerOf(
  principal: string,
  publicKey: Uint8Array,
  { until, revoked }: { readonly until: string | null; readonly revoked: boolean } = {
    until: null,
    revoked: false,
  },
): string {
  const blob = sshBlob(publicKey).toString('base64');
  const before = until === null ? '' : `,valid-before="${sshTime(until)}"`;
  return `${principal} namespaces="${packetNamespace}"${before} ssh-ed25519 ${blob}${revoked ? ' revoked' : ''}`;
}

/** `YYYYMMDDhhmmssZ`, as OpenSSH 9.1 and newer read it. */
function sshTime(iso: string): string {
  return `${iso.slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}

/** The id of a key in signed notes: https://c2sp.org/signed-note. */
export function keyIdOf(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(1))
    .update(publicKey)
    .digest()
    .subarray(0, 4);
}

export function vkeyOf(name: string, publicKey: Uint8Array): string {
  const key = Buffer.concat([Uint8Array.of(1), publicKey]).toString('base64');
  return `${name}+${keyIdOf(name, publicKey).toString('hex')}+${key}`;
}

/** Reads a verifier key; `null` where it is not one of Ed25519 or its id is not its own. */
export function parseVkey(vkey: string): { readonly name: string; readonly publicKey: Uint8Array } | null {
  const [, name = '', id = '', key = ''] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey.trim()) ?? [];
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 33 || bytes[0] !== 1) return null;
  const publicKey = bytes.subarray(1);
  return keyIdOf(name, publicKey).toString('hex') === id ? { name, publicKey } : null;
}

/** An Ed25519 public key for node:crypto from its 32 raw bytes. */
export function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
    format: 'jwk',
  });
}

/** The public key as SSH writes it: two strings, each with its length before it. */
export function sshBlob(publicKey: Uint8Array): Buffer {
  return Buffer.concat([sshString('ssh-ed25519'), sshString(publicKey)]);
}

export function sshString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A key from its PEM text, which stands in this file. */
export function signingKey(pem: string, path: string): SigningKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new OperatorError(`${path} is not a private key: restore it from your backup`);
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new OperatorError(`${path} is not an Ed25519 key: restore it from your backup`);
  return signingKeyOf(key);
}

export function signingKeyOf(key: KeyObject): SigningKey {
  const publicHalf = createPublicKey(key);
  const { x = '' } = publicHalf.export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(x, 'base64url'),
    publicPem: publicHalf.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, key),
  };
}

async function readPrivate(path: string): Promise<string> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) throw new OperatorError(`${path} can be read by others: run chmod 600 ${path}`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw operatorErrorOf(error, `the key ${path} cannot be read`) ?? error;
  }
}
