import { createHash, randomBytes, sign } from 'node:crypto';
import { startHttp, type HttpServer } from '../http.ts';
import {
  algorithmOf,
  authorityExtensions,
  issue,
  signerExtensions,
  type Issued,
  type KeyType,
} from './certificate.ts';
import { der, integer, items, none, octets, oid, sequence, set, time } from './der.ts';

/** https://www.rfc-editor.org/rfc/rfc3161, https://www.rfc-editor.org/rfc/rfc5652, https://www.rfc-editor.org/rfc/rfc5816 */
const ids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  signedData: '1.2.840.113549.1.7.2',
  stampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.47',
  /** One of nobody: https://oid-base.com/get/2.999 */
  policy: '2.999.3161',
} as const;

const yearMs = 365 * 86_400_000;

/** Whoever stamps: a root, whoever is between, and whoever signs. */
export interface Authority {
  readonly root: Issued;
  readonly between: Issued;
  readonly signer: Issued;
}

/** Certificates for an authority, good for some years around this time. */
export function foundAuthority(now: Date, type: KeyType = 'ec', name = 'Larkspur'): Authority {
  const from = new Date(now.getTime() - 2 * yearMs);
  const until = new Date(now.getTime() + 8 * yearMs);
  const issued = (what: string, issuer: Issued | null, extensions: readonly Buffer[]) =>
    issue({ name: `${name} Time ${what}`, type, issuer, from, until, extensions });
  const root = issued('Root', null, authorityExtensions);
  const between = issued('Authority', root, authorityExtensions);
  const signer = issued('Stamps', between, signerExtensions);
  return { root, between, signer };
}

/** What is said and signed, so that a test can have it otherwise. */
export interface Said {
  readonly at: Date;
  readonly imprint: Buffer;
  readonly nonce: Buffer | null;
}

/** The answer to a request, as of this time. `null` where it is none. */
export function answerTo(request: Buffer, authority: Authority, at: Date): Buffer | null {
  try {
    const [whole] = items(request);
    const [, imprint, ...others] = items(whole?.body ?? none);
    const [, digest] = items(imprint?.body ?? none);
    if (digest?.body.length !== 32) return null;
    const nonce = others.find(({ tag }) => tag === 0x02)?.body ?? null;
    return granted(token({ at, imprint: digest.body, nonce }, authority));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function granted(stamp: Buffer): Buffer {
  return sequence(sequence(integer(0)), stamp);
}

export function token(said: Said, { signer, between }: Authority): Buffer {
  const info = stampInfo(said);
  return signedMessage(info, signer, [signer, between], attributesOf(info, signer));
}

/** What is signed: that this was there at this time. */
export function stampInfo({ at, imprint, nonce }: Said): Buffer {
  return sequence(
    integer(1),
    oid(ids.policy),
    sequence(sequence(oid(ids.sha256)), octets(imprint)),
    integer(BigInt(`0x01${randomBytes(7).toString('hex')}`)),
    time(at),
    nonce === null ? none : der(0x02, nonce),
  );
}

/** What is signed with it: which kind of thing it is, its digest, and whose certificate signs. */
export function attributesOf(info: Buffer, signer: Issued): Buffer[] {
  return [
    sequence(oid(ids.contentType), set(oid(ids.stampInfo))),
    sequence(oid(ids.messageDigest), set(octets(sha256(info)))),
    sequence(oid(ids.signingCertificate), set(sequence(sequence(sequence(octets(sha256(signer.der))))))),
  ];
}

export function signedMessage(
  info: Buffer,
  signer: Issued,
  certificates: readonly Issued[],
  attributes: readonly Buffer[],
): Buffer {
  const algorithm = sequence(oid(ids.sha256));
  const sorted = attributes.toSorted((a, b) => Buffer.compare(a, b));
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer, signer.serial),
    algorithm,
    der(0xa0, ...sorted),
    algorithmOf(signer.key),
    octets(sign('sha256', set(...sorted), signer.key)),
  );
  const signed = sequence(
    integer(3),
    set(algorithm),
    sequence(oid(ids.stampInfo), der(0xa0, octets(info))),
    der(0xa0, ...certificates.map((each) => each.der).sort((a, b) => Buffer.compare(a, b))),
    set(signerInfo),
  );
  return sequence(oid(ids.signedData), der(0xa0, signed));
}

export interface AuthorityServer {
  readonly url: string;
  /** What to trust to believe it, PEM. */
  readonly root: string;
  readonly server: HttpServer;
}

/** Stamps whatever is asked, at the time that its clock tells. */
export async function startAuthority(authority: Authority, now: () => Date): Promise<AuthorityServer> {
  const server = await startHttp(
    ({ body, at }) => {
      const answer = answerTo(body, authority, at);
      if (!answer) return { status: 400, headers: {}, body: '' };
      const headers = { 'content-type': 'application/timestamp-reply' };
      return { status: 200, headers, body: answer.toString('latin1'), encoding: 'latin1' };
    },
    { now },
  );
  return { url: server.url, root: authority.root.pem, server };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
