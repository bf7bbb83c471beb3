import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNetwork } from '../../collectors/transport/network.ts';
import { digest } from '../../evidence-model/digest.ts';
import { s3Depositary } from '../../vault/outside/deposit-s3.ts';
import { answering, freePort, start, tools, type Program } from './support.ts';

/*
 * A checkpoint in a bucket of moto, which others made to act as S3. It is known to let the versions of a locked bucket be
 * switched off, which S3 refuses; what is asked here it does as S3 does.
 */
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
const region = 'us-east-1';
const network = openNetwork({ environment: {}, authorities: [] });
let moto: Program;
let url: string;
let client: S3Client;

beforeAll(async () => {
  const port = await freePort();
  moto = start(join(tools, 'venv/bin/moto_server'), ['-H', '127.0.0.1', '-p', String(port)]);
  url = `http://127.0.0.1:${port}`;
  await answering(url, moto);
  client = new S3Client({ endpoint: url, region, credentials, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  network.close();
  await moto.end();
});

const depositary = (bucket: string) =>
  s3Depositary('locked', {
    ...{ bucket, region, prefix: 'exhibit/', days: 30, endpoint: new URL(url), wire: network },
    credentials: () => Promise.resolve(credentials),
    now: () => new Date(),
    signal: new AbortController().signal,
  });
const deposit = (text: string) => ({
  ...{ origin: 'exhibit/0011223344556677', size: 7, note: Buffer.from(text), digest: digest(text) },
  stamps: [{ authority: 'local', answer: Buffer.from('an answer') }],
});

test('what is kept in a bucket with Object Lock stays, whatever its owner does', async () => {
  await client.send(new CreateBucketCommand({ Bucket: 'locked', ObjectLockEnabledForBucket: true }));
  const keeps = depositary('locked');
  expect(await keeps.look()).toMatchObject({ ok: true });
  const outcome = await keeps.keep(deposit('a checkpoint'));
  expect(outcome).toMatchObject({ kept: true, lockedUntil: expect.any(Date) as Date });
  const object = { Bucket: 'locked', Key: 'exhibit/exhibit-0011223344556677/00000007.note' };
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'locked' }));
  expect(Versions).toHaveLength(2);
  const { VersionId } = Versions.find(({ Key }) => Key === object.Key) ?? {};
  const removing = client.send(
    new DeleteObjectCommand({ ...object, VersionId, BypassGovernanceRetention: true }),
  );
  await expect(removing).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(await keeps.keep(deposit('a checkpoint'))).toMatchObject({ kept: true });
  expect(await keeps.keep(deposit('another checkpoint'))).toMatchObject({ kept: false, reason: 'differs' });
  const { Body } = await client.send(new GetObjectCommand(object));
  expect(await Body?.transformToString()).toBe('a checkpoint');
});

test('a bucket without versions, and one without Object Lock, is not taken for a locked one', async () => {
  await client.send(new CreateBucketCommand({ Bucket: 'plain' }));
  expect(await depositary('plain').keep(deposit('x'))).toMatchObject({ kept: false, reason: 'not-locked' });
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration }));
  expect(await depositary('plain').keep(deposit('x'))).toMatchObject({ kept: false, reason: 'not-locked' });
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'plain' }));
  expect(Versions).toEqual([]);
  expect(await depositary('nobody-has-it').keep(deposit('x'))).toMatchObject({
    kept: false,
    reason: 'refused',
  });
});
