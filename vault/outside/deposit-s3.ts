import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { codeOf, failed, fileNames, folderOf, type DepositOutcome, type Depositary } from './deposit.ts';
import { sdkHandler } from './sdk-handler.ts';
import { onlyTo, type Wire } from './wire.ts';

const dayMs = 86_400_000;

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  /** For how long nobody shall be able to take it away, not even the owner of the account. */
  readonly days: number;
  /** Where it is not AWS's own. */
  readonly endpoint: URL | null;
  /** Of an identity that may put objects here and nothing else; those of the environment where none are given. */
  readonly credentials: (() => Promise<{ accessKeyId: string; secretAccessKey: string }>) | null;
  readonly wire: Wire;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/**
 * A bucket with Object Lock, best in another account: what is kept there in compliance mode nobody can take away or
 * shorten. Whether it holds is looked at each time, not believed: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export function s3Depositary(id: string, options: S3Options): Depositary {
  const { bucket, prefix, days, now } = options;
  return {
    id,
    kind: 's3',
    hosts: [hostOf(options)],
    async look() {
      try {
        const { sdk, client } = await open(options);
        const fault = await bucketFault(sdk, client, bucket);
        client.destroy();
        return fault === null
          ? { ok: true, text: `${bucket} has versions and Object Lock` }
          : { ok: false, text: `${bucket} ${fault}` };
      } catch (error) {
        return { ok: false, text: `${bucket} cannot be looked at (${codeOf(error)})` };
      }
    },
    async keep(deposit) {
      const { note, stamps } = fileNames(deposit);
      const until = new Date(now().getTime() + days * dayMs);
      const key = (name: string) => `${prefix}${folderOf(deposit.origin)}/${name}`;
      const { sdk, client } = await open(options);
      const put = (name: string, bytes: Uint8Array) =>
        putLocked(sdk, client, { Bucket: bucket, Key: key(name) }, bytes, until);
      try {
        const fault = await bucketFault(sdk, client, bucket);
        if (fault !== null) return failed('not-locked', `${bucket} ${fault}`);
        const kept = await put(note, deposit.note);
        if (kept.kept) for (const { name, answer } of stamps) await put(name, answer);
        return kept;
      } catch (error) {
        const answered = error instanceof Error && '$response' in error;
        return failed(answered ? 'refused' : 'unreachable', `${bucket} did not keep it (${codeOf(error)})`);
      } finally {
        client.destroy();
      }
    },
  };
}

/** Loaded only where there is such a bucket: it is a large part of a program that starts often. */
const loadSdk = () => import('@aws-sdk/client-s3');
type Sdk = Awaited<ReturnType<typeof loadSdk>>;

async function open(options: S3Options): Promise<{
  readonly sdk: Sdk;
  readonly client: S3Client;
}> {
  const { region, endpoint, credentials, wire, signal } = options;
  const sdk = await loadSdk();
  const client = new sdk.S3Client({
    region,
    ...(endpoint && { endpoint: endpoint.href }),
    forcePathStyle: isPathStyle(options),
    ...(credentials && { credentials }),
    requestHandler: sdkHandler(onlyTo([hostOf(options)], wire), signal),
    maxAttempts: 2,
  });
  return { sdk, client };
}

/** A name with dots in it is no name of a host that a certificate covers. */
const isPathStyle = ({ endpoint, bucket }: S3Options) => endpoint !== null || bucket.includes('.');

function hostOf(options: S3Options): string {
  const { endpoint, bucket, region } = options;
  if (endpoint) return endpoint.host;
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return isPathStyle(options) ? host : `${bucket}.${host}`;
}

/** Why a bucket keeps nothing for certain; `null` where it does. */
async function bucketFault(sdk: Sdk, client: S3Client, bucket: string): Promise<string | null> {
  const { Status } = await client.send(new sdk.GetBucketVersioningCommand({ Bucket: bucket }));
  if (Status !== 'Enabled') return 'keeps no versions, so that nothing in it can be locked';
  try {
    const { ObjectLockConfiguration } = await client.send(
      new sdk.GetObjectLockConfigurationCommand({ Bucket: bucket }),
    );
    return ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled' ? null : 'has no Object Lock';
  } catch (error) {
    if (error instanceof Error && error.name === 'ObjectLockConfigurationNotFoundError')
      return 'has no Object Lock';
    throw error;
  }
}

/**
 * Puts an object where there is none of this name, and looks at what is there then: what a service takes without a word it
 * may still not lock. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
async function putLocked(
  sdk: Sdk,
  client: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
  bytes: Uint8Array,
  until: Date,
): Promise<DepositOutcome> {
  const checksum = createHash('sha256').update(bytes).digest('base64');
  try {
    await client.send(
      new sdk.PutObjectCommand({
        ...object,
        Body: bytes,
        ChecksumAlgorithm: 'SHA256',
        ChecksumSHA256: checksum,
        IfNoneMatch: '*',
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: until,
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === 'PreconditionFailed')) throw error;
  }
  const there = await client.send(new sdk.HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }));
  if (there.ChecksumSHA256 !== checksum)
    return failed(
      'differs',
      `${object.Key} holds another checkpoint of the same size: there are two histories`,
    );
  const held = there.ObjectLockRetainUntilDate;
  if (there.ObjectLockMode !== 'COMPLIANCE' || held === undefined)
    return failed('not-locked', 'it is there, and could be taken away again');
  return held.getTime() >= until.getTime() - dayMs
    ? { kept: true, lockedUntil: held }
    : failed('not-locked', `it is there, and locked until ${held.toISOString()} only`);
}
