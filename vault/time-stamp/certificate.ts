import { X509Certificate, type KeyObject } from 'node:crypto';
import { booleanOf, context, DerError, Inside, oidOf, readDer, smallOf, tags, type Item } from './der.ts';
import { expect, Refusal, Unvouched } from './refusal.ts';

/*
 * As much of X.509 (RFC 5280) as a chain of a time-stamp authority needs. Names, signatures, dates and
 * whether a key may issue at all are looked at by OpenSSL, by way of node:crypto; purpose and extensions are read here, because node:crypto does not tell whether an
 * extension is critical.
 */

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2 */
const extension = {
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  policies: '2.5.29.32',
  extendedKeyUsage: '2.5.29.37',
} as const;
const timeStamping = '1.3.6.1.5.5.7.3.8';

/** The bits of a key's usage that matter here, by their number. */
const usage = { digitalSignature: 0, nonRepudiation: 1 } as const;

/** Signatures over certificates that no longer show anything: of MD5 and of SHA-1. */
const broken = ['1.2.840.113549.1.1.4', '1.2.840.113549.1.1.5', '1.2.840.10045.4.1', '1.2.840.10040.4.3'];

interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

export interface Certificate {
  readonly x509: X509Certificate;
  readonly key: KeyObject;
  readonly raw: Buffer;
  readonly serial: Buffer;
  /** Names as they are encoded. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly signedBy: string;
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** How many certificates may stand between a signer and an anchor. */
const longestChain = 6;

export function readCertificate(raw: Buffer): Certificate {
  const certificate = new Inside(readDer(raw));
  const body = new Inside(certificate.next(tags.sequence));
  certificate.next(tags.sequence);
  certificate.next(tags.bits);
  certificate.end();
  body.optional(context(0));
  const serial = body.next(tags.integer).body;
  const algorithm = new Inside(body.next(tags.sequence));
  const issuer = body.next(tags.sequence).raw;
  body.next(tags.sequence); // its time, which node:crypto tells
  const subject = body.next(tags.sequence).raw;
  body.next(tags.sequence); // its key, too
  body.optional(context(1, false));
  body.optional(context(2, false));
  const extensions = extensionsOf(body.optional(context(3)));
  body.end();
  try {
    const x509 = new X509Certificate(raw);
    return {
      x509,
      key: x509.publicKey,
      raw,
      serial,
      issuer,
      subject,
      signedBy: oidOf(algorithm.any()),
      extensions,
    };
  } catch {
    throw new DerError('a certificate cannot be read');
  }
}

/** The certificates of a PEM text, in order. Throws `DerError` where one is none. */
export function readPem(pem: string): Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, base64 = '']) => readCertificate(Buffer.from(base64, 'base64')));
}

/** Whether it is its own issuer: only such a certificate can be where a chain ends, here and for OpenSSL. */
export function isRoot(certificate: Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}

/**
 * The way from a signer of time stamps to one of the anchors, both included, as it stood at that time. Throws `Refusal`
 * where there is none.
 */
export function chainOf(
  signer: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
): readonly Certificate[] {
  const chains = waysUp([signer], others, anchors.filter(isRoot));
  if (chains.length === 0) throw new Unvouched();
  const faults: Refusal[] = [];
  for (const chain of chains)
    try {
      checkSigner(signer);
      for (const [depth, certificate] of chain.entries()) {
        checkTime(certificate, at);
        checkKnown(certificate);
        if (depth > 0) checkIssuer(certificate, chain.slice(1, depth));
        if (depth < chain.length - 1)
          expect(!broken.includes(certificate.signedBy), 'rests on a certificate with a signature of SHA-1');
      }
      return chain;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(error);
    }
  throw faults[0] ?? new Unvouched();
}

/** Whether a signer is called so: by its subject, or by another of its names. Both are compared as they are encoded. */
export function isCalled({ subject, extensions }: Certificate, name: Item): boolean {
  // https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6: a directory name is the fourth choice, with a tag of its own
  if (name.tag === context(4) && name.body.equals(subject)) return true;
  const others = extensions.get(extension.alternativeNames);
  return (
    others !== undefined && new Inside(readDer(others.value)).rest().some(({ raw }) => raw.equals(name.raw))
  );
}

function waysUp(
  chain: readonly Certificate[],
  others: readonly Certificate[],
  anchors: readonly Certificate[],
): (readonly Certificate[])[] {
  const last = chain.at(-1);
  if (!last || chain.length > longestChain) return [];
  const found = anchors.filter((each) => isIssuedBy(last, each)).map((each) => [...chain, each]);
  const between = others.filter(
    (each) => !chain.some(({ raw }) => raw.equals(each.raw)) && !isRoot(each) && isIssuedBy(last, each),
  );
  return [...found, ...between.flatMap((each) => waysUp([...chain, each], others, anchors))];
}

function isIssuedBy({ x509 }: Certificate, { x509: issuer, key }: Certificate): boolean {
  return x509.checkIssued(issuer) && x509.verify(key);
}

/** https://www.rfc-editor.org/rfc/rfc3161#section-2.3: for time stamps and nothing else, and that is critical. */
function checkSigner({ extensions }: Certificate): void {
  const purposes = extensions.get(extension.extendedKeyUsage);
  expect(purposes !== undefined, 'was signed with a certificate that is not for time stamps');
  const listed = new Inside(readDer(purposes.value)).rest().map(oidOf);
  expect(listed.includes(timeStamping), 'was signed with a certificate that is not for time stamps');
  expect(listed.length === 1, 'was signed with a certificate that is for other things, too');
  expect(purposes.critical, 'was signed with a certificate that need not be for time stamps alone');
  const bits = usageOf(extensions);
  const signs = [usage.digitalSignature, usage.nonRepudiation] as readonly number[];
  expect(
    bits === null || (bits.length > 0 && bits.every((bit) => signs.includes(bit))),
    'was signed with a key that is not for signing alone',
  );
}

function checkTime({ x509 }: Certificate, at: Date): void {
  expect(x509.validFromDate <= at, 'was made before its certificates counted');
  expect(at < x509.validToDate, 'was made when its certificates had expired');
}

/** What is critical must be understood, or the certificate does not mean what we read. */
function checkKnown({ extensions }: Certificate): void {
  const known: readonly string[] = [
    extension.keyUsage,
    extension.alternativeNames,
    extension.basicConstraints,
    extension.policies,
    extension.extendedKeyUsage,
  ];
  for (const [oid, { critical }] of extensions) {
    expect(
      !critical || known.includes(oid),
      'rests on a certificate with a condition that is not understood',
    );
    expect(
      oid !== extension.nameConstraints,
      'rests on a certificate with a condition that is not understood',
    );
  }
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-6.1.4, as far as it is about one certificate and those below it. */
function checkIssuer({ extensions }: Certificate, below: readonly Certificate[]): void {
  const refused = 'rests on a certificate that may not issue others';
  const constraints = extensions.get(extension.basicConstraints);
  expect(constraints !== undefined, refused);
  const inside = new Inside(readDer(constraints.value));
  const authority = inside.optional(tags.boolean);
  expect(authority !== null && booleanOf(authority), refused);
  const length = inside.optional(tags.integer);
  inside.end();
  const between = below.filter(({ subject, issuer }) => !subject.equals(issuer)).length;
  expect(length === null || between <= smallOf(length), refused);
}

function extensionsOf(item: Item | null): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>();
  if (item === null) return found;
  const outer = new Inside(item, context(3));
  for (const each of new Inside(outer.next(tags.sequence)).rest()) {
    const parts = new Inside(each);
    const oid = oidOf(parts.any());
    const critical = parts.optional(tags.boolean);
    const value = parts.next(tags.octets).body;
    parts.end();
    if (found.has(oid)) throw new DerError('a certificate says a thing twice');
    found.set(oid, { critical: critical !== null && booleanOf(critical), value });
  }
  outer.end();
  return found;
}

/** The numbers of the bits that are set; `null` where nothing is said. */
function usageOf(extensions: Certificate['extensions']): number[] | null {
  const found = extensions.get(extension.keyUsage);
  if (!found) return null;
  const { tag, body } = readDer(found.value);
  const [unused = 8, ...bytes] = body;
  if (tag !== tags.bits || unused > 7) throw new DerError('the usage of a key has not its form');
  return bytes.flatMap((byte, n) =>
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => ((byte >> (7 - bit)) & 1 ? [8 * n + bit] : [])),
  );
}
