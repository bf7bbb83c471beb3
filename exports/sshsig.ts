import { createHash, verify } from 'node:crypto';
import type { Ended } from '../vault/key-book.ts';
import { packetNamespace, publicKeyOf, sshBlob, sshString, type SigningKey } from '../vault/keys.ts';

/*
 * SSH signatures of files, as `ssh-keygen -Y verify` checks them:
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
 */
const magic = Buffer.from('SSHSIG');
const hashName = 'sha512';

/** Signs with a key that is for packets and nothing else. */
export function signFile(bytes: Uint8Array, key: SigningKey): string {
  const signature = Buffer.concat([sshString('ssh-ed25519'), sshString(key.sign(signedData(bytes)))]);
  const version = Buffer.from([0, 0, 0, 1]);
  const parts = [sshBlob(key.publicKey), packetNamespace, '', hashName, signature];
  const blob = Buffer.concat([magic, version, ...parts.map((part) => sshString(part))]).toString('base64');
  const lines = blob.match(/.{1,70}/g) ?? [];
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join('\n')}\n-----END SSH SIGNATURE-----\n`;
}

/** The raw public key that made this signature over these bytes; `null` where it is none, or of another namespace. */
export function signerOf(bytes: Uint8Array, armoured: string): Uint8Array | null {
  const [, body = ''] =
    /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n$/.exec(armoured) ??
    [];
  const blob = Buffer.from(body, 'base64');
  if (!blob.subarray(0, 6).equals(magic) || blob.length < 10 || blob.readUInt32BE(6) !== 1) return null;
  const [key, namespace, reserved, hash, signature, ...rest] = strings(blob.subarray(10)) ?? [];
  if (!key || !signature || rest.length > 0 || reserved?.length !== 0) return null;
  if (namespace?.toString() !== packetNamespace || hash?.toString() !== hashName) return null;
  const [type, publicKey] = strings(key) ?? [];
  const [scheme, raw] = strings(signature) ?? [];
  if (
    type?.toString() !== 'ssh-ed25519' ||
    publicKey?.length !== 32 ||
    scheme?.toString() !== 'ssh-ed25519' ||
    !raw
  )
    return null;
  return verify(null, signedData(bytes), publicKeyOf(publicKey), raw) ? publicKey : null;
}

/** A key that may sign packets, and for whom. */
export interface Signer {
  readonly principal: string;
  readonly key: Uint8Array;
  /** From when on it counts no more; `null` while it does. */
  readonly ended: Ended | null;
}

/** Whom an `allowed_signers` file lets sign packets. Principals stand there by name: patterns are not read. */
export function allowedSigners(text: string): Signer[] {
  return text.split('\n').flatMap((line) => {
    const [, principals = '', options = '', encoded = '', comment = ''] =
      /^(\S+) (\S+ )?ssh-ed25519 ([A-Za-z0-9+/=]+)(.*)$/.exec(line.trim()) ?? [];
    const [type, key] = strings(Buffer.from(encoded, 'base64')) ?? [];
    const until = untilOf(options.trim());
    if (until === 'never' || type?.toString() !== 'ssh-ed25519' || key?.length !== 32) return [];
    const ended = until && { until, revoked: comment.trim() === 'revoked' };
    return principals.split(',').map((principal) => ({ principal, key, ended }));
  });
}

/** Until when the options of such a line let a key sign; `never` where they say something else, so that it is for something else. */
function untilOf(options: string): Date | null | 'never' {
  if (options === '') return null;
  const [, namespace, time] = /^namespaces="([^"]*)"(?:,valid-before="(\d{14})Z")?$/.exec(options) ?? [];
  if (namespace !== packetNamespace) return 'never';
  if (time === undefined) return null;
  const until = new Date(time.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(until.getTime()) ? 'never' : until;
}

function signedData(bytes: Uint8Array): Buffer {
  const hash = createHash(hashName).update(bytes).digest();
  return Buffer.concat([magic, ...[packetNamespace, '', hashName, hash].map((part) => sshString(part))]);
}

function strings(bytes: Buffer): Buffer[] | null {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return null;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}
