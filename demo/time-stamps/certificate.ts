import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, der, integer, none, octets, oid, sequence, set, time } from './der.ts';

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2 */
const ids = {
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  ecdsa: { sha1: '1.2.840.10045.4.1', sha256: '1.2.840.10045.4.3.2' },
  rsa: { sha1: '1.2.840.113549.1.1.5', sha256: '1.2.840.113549.1.1.11' },
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;

export type KeyType = 'ec' | 'rsa';

/** A certificate with its key, and what is needed to name it. */
export interface Issued {
  readonly key: KeyObject;
  readonly der: Buffer;
  readonly pem: string;
  /** As it is encoded. */
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly serial: Buffer;
}

export interface Issue {
  readonly name: string;
  readonly type: KeyType;
  /** A key of another kind, where there is to be one. */
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** How its issuer signs it; with SHA-256, unless told. */
  readonly digest?: 'sha1' | 'sha256';
  /** Whoever issues it; itself where nobody does. */
  readonly issuer: Issued | null;
  readonly from: Date;
  readonly until: Date;
  readonly extensions: readonly Buffer[];
}

export function issue(given: Issue): Issued {
  const { name, type, keys, digest = 'sha256', issuer, from, until, extensions } = given;
  const { publicKey, privateKey } = keys ?? newKeys(type);
  const subject = sequence(set(sequence(oid(ids.commonName), der(0x0c, Buffer.from(name)))));
  const signer = issuer?.key ?? privateKey;
  const algorithm = algorithmOf(signer, digest);
  // The first bit of a serial number is no sign.
  const serial = integer(BigInt(`0x01${randomBytes(15).toString('hex')}`));
  const body = sequence(
    der(0xa0, integer(2)),
    serial,
    algorithm,
    issuer?.subject ?? subject,
    sequence(time(from), time(until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions.length === 0 ? none : der(0xa3, sequence(...extensions)),
  );
  const whole = sequence(body, algorithm, bits(sign(digest, body, signer)));
  const base64 = whole.toString('base64').replaceAll(/.{1,64}/g, '$&\n');
  return {
    key: privateKey,
    der: whole,
    pem: `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`,
    subject,
    issuer: issuer?.subject ?? subject,
    serial,
  };
}

function newKeys(type: KeyType) {
  return type === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** How signatures of this key are called. */
export function algorithmOf({ asymmetricKeyType }: KeyObject, digest: 'sha1' | 'sha256' = 'sha256'): Buffer {
  return asymmetricKeyType === 'ec'
    ? sequence(oid(ids.ecdsa[digest]))
    : sequence(oid(ids.rsa[digest]), der(0x05));
}

export function extension(name: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(name), critical ? der(0x01, Buffer.from([0xff])) : none, octets(value));
}

/** What those who issue certificates have: `keyCertSign` and `cRLSign`. */
export const authorityExtensions: readonly Buffer[] = [
  extension(ids.basicConstraints, true, sequence(der(0x01, Buffer.from([0xff])))),
  extension(ids.keyUsage, true, der(0x03, Buffer.from([1, 0x06]))),
];

/** What those who sign time stamps have: the one purpose, which is critical, and `digitalSignature`. */
export const signerExtensions: readonly Buffer[] = [purpose([ids.timeStamping], true), keyUsage(0x80)];

export function purpose(purposes: readonly string[], critical: boolean): Buffer {
  return extension(ids.extendedKeyUsage, critical, sequence(...purposes.map(oid)));
}

/** By the first eight bits. */
export function keyUsage(first: number): Buffer {
  return extension(ids.keyUsage, true, der(0x03, Buffer.from([0, first])));
}
