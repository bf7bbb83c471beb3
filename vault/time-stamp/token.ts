import { verify, type KeyObject } from 'node:crypto';
import type { Digest } from '../../evidence-model/digest.ts';
import { chainOf, isCalled, readCertificate, type Certificate } from './certificate.ts';
import { context, DerError, Inside, oidOf, readDer, smallOf, tags, type Item } from './der.ts';
import { digestNamed, hashed, withoutParameters } from './digests.ts';
import { checkNamedSigner } from './named-signer.ts';
import { readInfo, type Info } from './info.ts';
import { expect, Refusal, Unvouched } from './refusal.ts';

/*
 * Time stamps of RFC 3161: what an authority signs is a CMS message (RFC 5652) of one signer. Nothing may count here
 * that `openssl ts -verify` refuses; test/hostile/time-stamps.test.ts holds the two against each other.
 */

const signedData = '1.2.840.113549.1.7.2';
const stampInfo = '1.2.840.113549.1.9.16.1.4';
const attribute = { contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4' } as const;

/** How signatures are called, of the kinds of keys that count: https://www.rfc-editor.org/rfc/rfc5754#section-3 */
const signatures: Readonly<Record<string, { readonly key: 'rsa' | 'ec'; readonly digest: string | null }>> = {
  '1.2.840.113549.1.1.1': { key: 'rsa', digest: null },
  '1.2.840.113549.1.1.11': { key: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', digest: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', digest: 'sha512' },
};
const curves = ['prime256v1', 'secp384r1', 'secp521r1'];
const shortestRsa = 2048;

/** What must be so for a time stamp to count. */
export interface Wanted {
  /** SHA-256 of what was stamped. */
  readonly imprint: Digest;
  /** Certificates by another way than the stamp; chains end at those that are their own issuers. */
  readonly anchors: readonly Certificate[];
  /** The policy of the authority that was agreed on, where one was. */
  readonly policy?: string | null;
  /** The number that the request carried; whoever has only the answer does not know it. */
  readonly nonce?: Buffer;
}

/** A time stamp that counts: these bytes were there at this time, says this signer. */
export interface Stamp {
  readonly at: Date;
  readonly signer: string;
  readonly policy: string;
}

export type Judged =
  | { readonly stamp: Stamp }
  | {
      readonly refused: string;
      /** Whether nothing is wrong with it but that nobody here vouches for whoever signed. */
      readonly unvouched: boolean;
    };

/** Judges the answer of an authority as it came. What is wrong goes on from «the time stamp». */
export function judgeStamp(answer: Uint8Array, wanted: Wanted): Judged {
  try {
    return { stamp: stampOf(tokenIn(answer), wanted) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, unvouched: error instanceof Unvouched };
    if (error instanceof DerError) return { refused: `has not its form: ${error.message}`, unvouched: false };
    throw error;
  }
}

/** https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2: granted, or granted with changes; anything else has no token. */
function tokenIn(answer: Uint8Array): Item {
  const response = new Inside(readDer(answer));
  const status = new Inside(response.next(tags.sequence));
  expect(smallOf(status.any()) <= 1, 'was not granted');
  status.optional(tags.sequence);
  status.optional(tags.bits);
  status.end();
  const token = response.next(tags.sequence);
  response.end();
  return token;
}

function stampOf(token: Item, { imprint, anchors, policy = null, nonce }: Wanted): Stamp {
  const { content, certificates, signer } = messageIn(token);
  const info = readInfo(content);
  expect(info.algorithm === 'sha256', 'is about a digest that was not asked for');
  expect(info.imprint.toString('hex') === imprint, 'is about something else');
  expect(policy === null || info.policy === policy, 'was made under another policy');
  expect(nonce === undefined || info.nonce?.equals(nonce) === true, 'answers another request');
  const certificate = checkSignature(signer, content, certificates);
  const chain = chainOf(certificate, [...certificates, ...anchors], anchors, info.at);
  checkNamedSigner(signer.attributes, chain);
  checkName(info, certificate);
  return { at: info.at, signer: commonName(certificate), policy: info.policy };
}

interface Signer {
  readonly issuer: Buffer;
  readonly serial: Buffer;
  readonly digest: string;
  /** The values of each signed attribute, by its name. */
  readonly attributes: ReadonlyMap<string, Item>;
  /** What is signed. */
  readonly signed: Buffer;
  readonly algorithm: string;
  readonly signature: Buffer;
}

interface Message {
  readonly content: Buffer;
  readonly certificates: readonly Certificate[];
  readonly signer: Signer;
}

/** https://www.rfc-editor.org/rfc/rfc5652#section-5.1 */
function messageIn(token: Item): Message {
  const outer = new Inside(token);
  expect(oidOf(outer.any()) === signedData, 'is not signed');
  const explicit = new Inside(outer.next(context(0)), context(0));
  outer.end();
  const data = new Inside(explicit.next(tags.sequence));
  explicit.end();
  expect(smallOf(data.any()) === 3, 'is of another version');
  const used = new Inside(data.next(tags.set), tags.set).rest().map(digestNamed);
  const encapsulated = new Inside(data.next(tags.sequence));
  expect(oidOf(encapsulated.any()) === stampInfo, 'is about something else than a time');
  const wrapped = new Inside(encapsulated.next(context(0)), context(0));
  encapsulated.end();
  const content = wrapped.next(tags.octets).body;
  wrapped.end();
  const bag = data.optional(context(0));
  const certificates = bag ? new Inside(bag, context(0)).rest().map(({ raw }) => readCertificate(raw)) : [];
  data.optional(context(1)); // lists of certificates that were called back, which nobody here can hold against a time
  const signers = new Inside(data.next(tags.set), tags.set).rest();
  data.end();
  const [only, ...others] = signers;
  expect(only !== undefined && others.length === 0, 'is not signed by exactly one');
  const signer = signerOf(only);
  expect(used.includes(signer.digest), 'is signed over another digest than it tells');
  return { content, certificates, signer };
}

/** https://www.rfc-editor.org/rfc/rfc5652#section-5.3 */
function signerOf(item: Item): Signer {
  const parts = new Inside(item);
  expect(smallOf(parts.any()) === 1, 'is of another version');
  const id = new Inside(parts.next(tags.sequence));
  const issuer = id.next(tags.sequence).raw;
  const serial = id.next(tags.integer).body;
  id.end();
  const digest = digestNamed(parts.next(tags.sequence));
  const signedPart = parts.next(context(0));
  const attributes = new Map<string, Item>();
  for (const each of new Inside(signedPart, context(0)).rest()) {
    const attributeParts = new Inside(each);
    const name = oidOf(attributeParts.any());
    const values = new Inside(attributeParts.next(tags.set), tags.set);
    attributeParts.end();
    const value = values.any();
    values.end();
    if (attributes.has(name)) throw new DerError('an attribute is there twice');
    attributes.set(name, value);
  }
  const algorithm = withoutParameters(parts.next(tags.sequence));
  const signature = parts.next(tags.octets).body;
  parts.optional(context(1)); // what nobody signed
  parts.end();
  // The signature is over a set in its own right, and not as a part of the message.
  const signed = Buffer.concat([Buffer.from([tags.set]), signedPart.raw.subarray(1)]);
  return { issuer, serial, digest, attributes, signed, algorithm, signature };
}

/** The certificate of the signer, where its key signed this content. */
function checkSignature(signer: Signer, content: Buffer, certificates: readonly Certificate[]): Certificate {
  const certificate = certificates.find(
    ({ issuer, serial }) => issuer.equals(signer.issuer) && serial.equals(signer.serial),
  );
  expect(certificate !== undefined, 'does not hold the certificate of its signer');
  const type = signer.attributes.get(attribute.contentType);
  expect(type !== undefined && oidOf(type) === stampInfo, 'is about something else than a time');
  const digest = signer.attributes.get(attribute.messageDigest);
  expect(
    digest?.tag === tags.octets && digest.body.equals(hashed(signer.digest, content)),
    'says something else than was signed',
  );
  const { key } = certificate;
  const made = signatures[signer.algorithm];
  expect(
    made !== undefined &&
      made.key === key.asymmetricKeyType &&
      (made.digest ?? signer.digest) === signer.digest,
    'is signed in a way that does not count here',
  );
  expect(isStrong(key), 'is signed with a key that is too weak, or of a kind that does not count here');
  expect(verify(signer.digest, signer.signed, key, signer.signature), 'has a signature that does not fit');
  return certificate;
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa'
    ? (details?.modulusLength ?? 0) >= shortestRsa
    : curves.includes(details?.namedCurve ?? '');
}

/** Where the authority calls itself something, it is what its certificate calls it. */
function checkName({ name }: Info, certificate: Certificate): void {
  expect(name === null || isCalled(certificate, name), 'names another authority than the one that signed');
}

function commonName({ x509 }: Certificate): string {
  const [, name] = /^CN=(.+)$/m.exec(x509.subject) ?? [];
  return name ?? x509.subject.replaceAll('\n', ', ');
}
