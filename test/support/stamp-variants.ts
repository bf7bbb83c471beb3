import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  attributesOf,
  foundAuthority,
  granted,
  stampInfo,
  type Authority,
} from '../../demo/time-stamps/authority.ts';
import {
  authorityExtensions,
  extension,
  issue,
  keyUsage,
  purpose,
  signerExtensions,
  type Issue,
  type Issued,
  type KeyType,
} from '../../demo/time-stamps/certificate.ts';
import { der, integer, none, octets, oid, sequence, set, time } from '../../demo/time-stamps/der.ts';
import { digest } from '../../evidence-model/digest.ts';

/*
 * Time stamps that are otherwise than they must be, each in one way. What an authority must not have, or must not say, has
 * to be refused however well it is signed.
 */

const ids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  signedData: '1.2.840.113549.1.7.2',
  stampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  named1: '1.2.840.113549.1.9.16.2.12',
  named2: '1.2.840.113549.1.9.16.2.47',
  rsa: '1.2.840.113549.1.1.1',
  rsaSha1: '1.2.840.113549.1.1.5',
  pss: '1.2.840.113549.1.1.10',
  ecdsa: '1.2.840.10045.4.3.2',
  ecdsa512: '1.2.840.10045.4.3.4',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  policy: '2.999.3161',
} as const;

export const data = Buffer.from('what was stamped\n');
export const imprint = digest(data);
export const nonce = Buffer.from('0102030405060708', 'hex');

export interface Variant {
  readonly name: string;
  readonly answer: Buffer;
  /** PEM. */
  readonly anchors: string;
  /** As of when its certificates are looked at: when it says that it was made. */
  readonly at: Date;
  /** Whether it is held against the request, whose nonce and policy must then be answered with. */
  readonly asked: { readonly nonce: Buffer; readonly policy: string | null } | null;
}

const dayMs = 86_400_000;

type Change = (all: {
  readonly authority: Authority;
  readonly info: Buffer;
  readonly attributes: readonly Buffer[];
  readonly now: Date;
}) => Partial<Made>;

/** Everything that goes into an answer, so that one part can be another. */
interface Made {
  readonly signer: Issued;
  readonly certificates: readonly Issued[];
  readonly anchors: readonly Issued[];
  readonly info: Buffer;
  readonly attributes: readonly Buffer[];
  /** The name of the digest of the signer, for node:crypto and as an identifier. */
  readonly digest: readonly ['sha1' | 'sha256' | 'sha512', string];
  readonly used: readonly string[];
  /** Of each that is told to be used. */
  readonly parameters: Buffer;
  readonly algorithm: Buffer;
  readonly signature: Buffer | null;
  readonly version: number;
  readonly signers: number;
  readonly status: number;
  readonly wrap: (answer: Buffer) => Buffer;
  readonly at: Date;
  readonly asked: Variant['asked'];
}

const attribute = (name: string, value: Buffer) => sequence(oid(name), set(value));
const hash = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest();
const named2 = (...parts: readonly Buffer[]) => attribute(ids.named2, sequence(sequence(...parts)));
const certId = (certificate: Issued, ...more: readonly Buffer[]) =>
  sequence(octets(hash('sha256', certificate.der)), ...more);

function answerOf(made: Made): Buffer {
  const {
    signer,
    digest: [name, id],
    info,
    used,
    version,
    signers,
    status,
    wrap,
  } = made;
  const sorted = made.attributes.toSorted((a, b) => Buffer.compare(a, b));
  const signature =
    made.signature ??
    sign(signer.key.asymmetricKeyType === 'ed25519' ? null : name, set(...sorted), signer.key);
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer, signer.serial),
    sequence(oid(id)),
    sorted.length === 0 ? none : der(0xa0, ...sorted),
    made.algorithm,
    octets(signature),
  );
  const signed = sequence(
    integer(version),
    set(...used.map((each) => sequence(oid(each), made.parameters))),
    sequence(oid(ids.stampInfo), der(0xa0, octets(info))),
    made.certificates.length === 0 ? none : der(0xa0, ...made.certificates.map((each) => each.der)),
    set(...Array.from({ length: signers }, () => signerInfo)),
  );
  const token = sequence(oid(ids.signedData), der(0xa0, signed));
  return wrap(status === 0 ? granted(token) : sequence(sequence(integer(status)), token));
}

/** An authority of which the signer, or whoever stands above it, is otherwise. */
function founded(
  {
    root: givenRoot,
    between: givenBetween,
    signer,
  }: { root?: Partial<Issue>; between?: Partial<Issue>; signer?: Partial<Issue> },
  now: Date,
  type: KeyType = 'ec',
): Authority {
  const span = {
    type,
    from: new Date(now.getTime() - 300 * dayMs),
    until: new Date(now.getTime() + 300 * dayMs),
  };
  const root = issue({ name: 'Root', issuer: null, ...span, extensions: authorityExtensions, ...givenRoot });
  const between = issue({
    name: 'Between',
    issuer: root,
    ...span,
    extensions: authorityExtensions,
    ...givenBetween,
  });
  return {
    root,
    between,
    signer: issue({ name: 'Signer', issuer: between, ...span, extensions: signerExtensions, ...signer }),
  };
}

/** Another authority in the place of the one that signs. */
const by = (authority: Authority, info: Buffer): Partial<Made> => ({
  signer: authority.signer,
  certificates: [authority.signer, authority.between],
  anchors: [authority.root],
  attributes: attributesOf(info, authority.signer),
  algorithm: algorithmFor(authority.signer.key),
});

function algorithmFor({ asymmetricKeyType }: KeyObject): Buffer {
  return sequence(oid(asymmetricKeyType === 'rsa' ? ids.rsa : ids.ecdsa));
}

const signer =
  (extensions: readonly Buffer[]): Change =>
  ({ info, now }) =>
    by(founded({ signer: { extensions } }, now), info);
const between =
  (given: Partial<Issue>): Change =>
  ({ info, now }) =>
    by(founded({ between: given }, now), info);

/** What is stamped, with this in the place of what follows its number. */
function infoWith(
  at: Date,
  changes: {
    version?: number;
    algorithm?: string;
    imprint?: Buffer;
    tail?: readonly Buffer[];
    time?: Buffer;
  } = {},
): Buffer {
  return sequence(
    integer(changes.version ?? 1),
    oid(ids.policy),
    sequence(sequence(oid(changes.algorithm ?? ids.sha256)), octets(changes.imprint ?? hash('sha256', data))),
    integer(4711),
    changes.time ?? time(at),
    ...(changes.tail ?? []),
  );
}

const saying =
  (info: (now: Date) => Buffer): Change =>
  ({ authority, now }) => ({
    info: info(now),
    attributes: attributesOf(info(now), authority.signer),
  });

/** Each with what is otherwise. */
const changes: Readonly<Record<string, Change>> = {
  'as it must be': () => ({}),
  'of a signer with RSA': ({ info, now }) => by(foundAuthority(now, 'rsa'), info),
  'with a fraction of a second': saying((now) =>
    infoWith(now, {
      time: der(0x18, Buffer.from(`${now.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}.25Z`)),
    }),
  ),
  'with its accuracy, order and a name': ({ authority, now }) => {
    const tail = [
      sequence(integer(1)),
      der(0x01, Buffer.from([0xff])),
      der(0xa0, der(0xa4, authority.signer.subject)),
    ];
    const info = infoWith(now, { tail });
    return { info, attributes: attributesOf(info, authority.signer) };
  },
  'of a signer whose key may be used for anything': signer([purpose([ids.timeStamping], true)]),
  'of a signer for no purpose': signer([keyUsage(0x80)]),
  'of a signer for code': signer([purpose([ids.codeSigning], true)]),
  'of a signer for code, too': signer([purpose([ids.timeStamping, ids.codeSigning], true)]),
  'of a signer for something unknown, too': signer([purpose([ids.timeStamping, '2.999.1'], true)]),
  'of a signer whose purpose is not critical': signer([purpose([ids.timeStamping], false)]),
  'of a signer whose key issues certificates': signer([purpose([ids.timeStamping], true), keyUsage(0x04)]),
  'of a signer whose key encrypts, too': signer([purpose([ids.timeStamping], true), keyUsage(0xa0)]),
  'of a signer with a condition that nobody knows': signer([
    ...signerExtensions,
    extension('2.999.2', true, octets(none)),
  ]),
  'of a signer that had expired': ({ info, now }) =>
    by(founded({ signer: { until: new Date(now.getTime() - dayMs) } }, now), info),
  'of a signer that did not count yet': ({ info, now }) =>
    by(founded({ signer: { from: new Date(now.getTime() + dayMs) } }, now), info),
  'below somebody who had expired': between({ until: new Date(0) }),
  'below a root that had expired': ({ info, now }) =>
    by(founded({ root: { until: new Date(now.getTime() - dayMs) } }, now), info),
  'below somebody who may not issue': between({ extensions: [] }),
  'below somebody who is said not to issue': between({
    extensions: [extension(ids.basicConstraints, true, sequence())],
  }),
  'below somebody whose key may not issue': between({
    extensions: [...authorityExtensions.slice(0, 1), keyUsage(0x80)],
  }),
  'below somebody with names that are bounded': between({
    extensions: [
      ...authorityExtensions,
      extension(
        ids.nameConstraints,
        true,
        sequence(der(0xa0, sequence(der(0x82, Buffer.from('example.com'))))),
      ),
    ],
  }),
  'below somebody with names that are bounded, though that is not critical': between({
    extensions: [
      ...authorityExtensions,
      extension(
        ids.nameConstraints,
        false,
        sequence(der(0xa0, sequence(der(0x82, Buffer.from('example.com'))))),
      ),
    ],
  }),
  'below somebody who was signed with SHA-1': between({ digest: 'sha1' }),
  'below a root that lets nobody issue below it': ({ info, now }) => {
    const short = extension(ids.basicConstraints, true, sequence(der(0x01, Buffer.from([0xff])), integer(0)));
    return by(founded({ root: { extensions: [short, ...authorityExtensions.slice(1)] } }, now), info);
  },
  'below another root of the same name': ({ now }) => ({ anchors: [foundAuthority(now).root] }),
  'whose anchor is no root': ({ authority }) => ({ anchors: [authority.between] }),
  'whose anchor is its signer': ({ authority }) => ({ anchors: [authority.signer] }),
  'without the certificate of its signer': ({ authority }) => ({ certificates: [authority.between] }),
  'without certificates': () => ({ certificates: [] }),
  'without whoever stands between': ({ authority }) => ({ certificates: [authority.signer] }),
  'that names another certificate': ({ authority, attributes }) => ({
    attributes: [...attributes.slice(0, 2), named2(certId(authority.between))],
  }),
  'that names its signer and the issuer of that': ({ authority, attributes }) => ({
    attributes: [...attributes.slice(0, 2), named2(certId(authority.signer), certId(authority.between))],
  }),
  'that names its signer last': ({ authority, attributes }) => ({
    attributes: [...attributes.slice(0, 2), named2(certId(authority.between), certId(authority.signer))],
  }),
  'that names its signer with its number': ({ authority, attributes }) => ({
    attributes: [...attributes.slice(0, 2), named2(certId(authority.signer, numbered(authority.signer)))],
  }),
  'that names its signer with the number of another': ({ authority, attributes }) => ({
    attributes: [...attributes.slice(0, 2), named2(certId(authority.signer, numbered(authority.between)))],
  }),
  'that names nobody': ({ attributes }) => ({ attributes: attributes.slice(0, 2) }),
  'that names an empty list': ({ attributes }) => ({ attributes: [...attributes.slice(0, 2), named2()] }),
  'that names its signer by SHA-1 alone': ({ authority, attributes }) => ({
    attributes: [...attributes.slice(0, 2), named1(authority.signer)],
  }),
  'that names its signer by SHA-1, too': ({ authority, attributes }) => ({
    attributes: [...attributes, named1(authority.signer)],
  }),
  'that names another by SHA-1': ({ authority, attributes }) => ({
    attributes: [...attributes, named1(authority.between)],
  }),
  'that does not say what kind of thing it is': ({ attributes }) => ({ attributes: attributes.slice(1) }),
  'that does not say the digest of what is signed': ({ attributes }) => ({
    attributes: attributes.toSpliced(1, 1),
  }),
  'that says another digest than of what is signed': ({ attributes }) => ({
    attributes: attributes.with(1, attribute(ids.messageDigest, octets(hash('sha256', data)))),
  }),
  'that signs no attributes': ({ authority, info }) => ({
    attributes: [],
    signature: sign('sha256', info, authority.signer.key),
  }),
  'that names another authority than itself': ({ authority, now }) => {
    const info = infoWith(now, { tail: [der(0xa0, der(0xa4, authority.root.subject))] });
    return { info, attributes: attributesOf(info, authority.signer) };
  },
  'of something else': saying((now) => infoWith(now, { imprint: hash('sha256', Buffer.from('else')) })),
  'of a digest of SHA-1': saying((now) =>
    infoWith(now, { algorithm: ids.sha1, imprint: hash('sha1', data) }),
  ),
  'of a digest of SHA-512': saying((now) =>
    infoWith(now, { algorithm: ids.sha512, imprint: hash('sha512', data) }),
  ),
  'of a digest that is called otherwise': saying((now) => infoWith(now, { algorithm: ids.sha384 })),
  'of a time that is none': saying((now) =>
    infoWith(now, { time: der(0x18, Buffer.from('20261332250000Z')) }),
  ),
  'of another version': saying((now) => infoWith(now, { version: 2 })),
  'with something critical that nobody knows': saying((now) =>
    infoWith(now, { tail: [der(0xa1, extension('2.999.3', true, octets(none)))] }),
  ),
  'whose message is of another version': () => ({ version: 1 }),
  'of a time before its certificates': ({ authority, now }) => {
    const at = new Date(now.getTime() - 3000 * dayMs);
    const info = infoWith(at);
    return { info, at, attributes: attributesOf(info, authority.signer) };
  },
  'with a signature of another key': ({ attributes, now }) => ({
    signature: sign(
      'sha256',
      set(...attributes.toSorted((a, b) => Buffer.compare(a, b))),
      founded({}, now).signer.key,
    ),
  }),
  'with an empty signature': () => ({ signature: Buffer.alloc(0) }),
  'signed with SHA-512': ({ info, attributes }) => ({
    digest: ['sha512', ids.sha512],
    used: [ids.sha512],
    attributes: attributes.with(1, attribute(ids.messageDigest, octets(hash('sha512', info)))),
    algorithm: sequence(oid(ids.ecdsa512)),
  }),
  'signed with SHA-1': ({ info, now }) => {
    const rsa = foundAuthority(now, 'rsa');
    const own = attributesOf(info, rsa.signer);
    return {
      ...by(rsa, info),
      attributes: own.with(1, attribute(ids.messageDigest, octets(hash('sha1', info)))),
      digest: ['sha1', ids.sha1],
      used: [ids.sha1],
      algorithm: sequence(oid(ids.rsaSha1)),
    };
  },
  'signed with a short key': ({ info, now }) =>
    by(founded({ signer: { keys: generateKeyPairSync('rsa', { modulusLength: 1024 }) } }, now), info),
  'signed on a curve that is not usual': ({ info, now }) =>
    by(founded({ signer: { keys: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }) } }, now), info),
  'signed with Ed25519': ({ info, now }) =>
    by(founded({ signer: { keys: generateKeyPairSync('ed25519') } }, now), info),
  'signed with RSA-PSS': ({ info, now }) => {
    const rsa = foundAuthority(now, 'rsa');
    const own = attributesOf(info, rsa.signer);
    const bytes = set(...own.toSorted((a, b) => Buffer.compare(a, b)));
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return {
      ...by(rsa, info),
      algorithm: sequence(oid(ids.pss)),
      signature: sign('sha256', bytes, { key: rsa.signer.key, padding }),
    };
  },
  'that does not tell the digest that it uses': () => ({ used: [ids.sha512] }),
  'that tells a digest with parameters': () => ({ parameters: der(0x05, Buffer.from([0])) }),
  'that tells a digest that nobody knows, too': () => ({ used: [ids.sha256, '2.999.4'] }),
  'signed twice': () => ({ signers: 2 }),
  'signed by nobody': () => ({ signers: 0 }),
  'granted with changes': () => ({ status: 1 }),
  'that was rejected': () => ({ status: 2 }),
  'with bytes behind it': () => ({ wrap: (answer) => Buffer.concat([answer, Buffer.from('hidden')]) }),
  'with a length in a longer form': () => ({ wrap: longer }),
  'that is empty': () => ({ wrap: () => Buffer.alloc(0) }),
  'that is text': () => ({ wrap: () => Buffer.from('<html>busy</html>') }),
  'that answers the request': answering(nonce, null),
  'that answers another request': answering(Buffer.from('0102', 'hex'), null),
  'that answers without the number of the request': answering(null, null),
  'under the policy that was asked for': answering(nonce, ids.policy),
  'under another policy than was asked for': answering(nonce, '2.999.5'),
};

/** Of this number, where ours and this policy were asked for. */
function answering(said: Buffer | null, policy: string | null): Change {
  return ({ authority, now }) => {
    const info = stampInfo({ at: now, imprint: hash('sha256', data), nonce: said });
    return { info, attributes: attributesOf(info, authority.signer), asked: { nonce, policy } };
  };
}

/** Every variant, of an authority that was founded for it. */
export function variants(now: Date): Variant[] {
  const authority = foundAuthority(now);
  const info = stampInfo({ at: now, imprint: hash('sha256', data), nonce: null });
  const attributes = attributesOf(info, authority.signer);
  const plain: Made = {
    signer: authority.signer,
    certificates: [authority.signer, authority.between],
    anchors: [authority.root],
    info,
    attributes,
    digest: ['sha256', ids.sha256],
    used: [ids.sha256],
    parameters: none,
    algorithm: sequence(oid(ids.ecdsa)),
    signature: null,
    version: 3,
    signers: 1,
    status: 0,
    wrap: (answer) => answer,
    at: now,
    asked: null,
  };
  return Object.entries(changes).map(([name, change]) => {
    const made = { ...plain, ...change({ authority, info, attributes, now }) };
    const { at, asked, anchors } = made;
    return { name, answer: answerOf(made), anchors: anchors.map(({ pem }) => pem).join(''), at, asked };
  });
}

function named1(certificate: Issued): Buffer {
  return attribute(ids.named1, sequence(sequence(sequence(octets(hash('sha1', certificate.der))))));
}

/** Issuer and number of a certificate, as an identifier of it may have them. */
function numbered({ issuer, serial }: Issued): Buffer {
  return sequence(sequence(der(0xa4, issuer)), serial);
}

/** The outermost length with a zero before it. */
function longer(answer: Buffer): Buffer {
  const length = answer.readUIntBE(2, 2);
  return Buffer.concat([Buffer.from([0x30, 0x83, 0, length >> 8, length & 0xff]), answer.subarray(4)]);
}
