import { createHash } from 'node:crypto';
import { startHttp } from '../../demo/http.ts';

/** What a bucket is set up like; `honest: false` takes the wish to lock without a word and does not. */
interface Bucket {
  versions: 'Enabled' | 'Suspended' | null;
  objectLock: boolean;
  honest: boolean;
  /** Locks for so many days less than was asked for. */
  shorter: number;
}

/**
 * A bucket that speaks as much of S3 as keeping a checkpoint takes, by Amazon's own description of each operation. What
 * moto makes of the same is in test/standins/deposits.test.ts.
 */
export async function startBucket(name: string, now: () => Date) {
  const bucket: Bucket = { versions: 'Enabled', objectLock: true, honest: true, shorter: 0 };
  const objects = new Map<
    string,
    { body: Buffer; version: string; mode: string | null; until: string | null }
  >();
  const xml = (body: string, status = 200) => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
  });
  const refusal = (code: string, status: number) =>
    xml(`<Error><Code>${code}</Code><Message>no</Message></Error>`, status);
  const server = await startHttp(
    ({ method, path, headers, body }) => {
      const url = new URL(path, 'http://bucket');
      if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) return refusal('AccessDenied', 403);
      if (!url.pathname.startsWith(`/${name}`)) return refusal('NoSuchBucket', 404);
      if (url.searchParams.has('versioning'))
        return xml(
          `<VersioningConfiguration>${bucket.versions === null ? '' : `<Status>${bucket.versions}</Status>`}</VersioningConfiguration>`,
        );
      if (url.searchParams.has('object-lock'))
        return bucket.objectLock
          ? xml(
              '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
            )
          : refusal('ObjectLockConfigurationNotFoundError', 404);
      const key = decodeURIComponent(url.pathname.slice(name.length + 2));
      const there = objects.get(key);
      if (method === 'PUT') {
        if (headers['if-none-match'] === '*' && there) return refusal('PreconditionFailed', 412);
        const sum = createHash('sha256').update(body).digest('base64');
        if (headers['x-amz-checksum-sha256'] !== sum) return refusal('BadDigest', 400);
        const until = String(headers['x-amz-object-lock-retain-until-date']);
        const kept = new Date(Date.parse(until) - bucket.shorter * 86_400_000).toISOString();
        const lock = bucket.honest && bucket.objectLock;
        objects.set(key, {
          body,
          version: `v${objects.size + 1}`,
          mode: lock ? String(headers['x-amz-object-lock-mode']) : null,
          until: lock ? kept : null,
        });
        return { status: 200, headers: { 'x-amz-version-id': `v${objects.size}` }, body: '' };
      }
      if (!there) return refusal('NoSuchKey', 404);
      return {
        status: 200,
        headers: {
          'x-amz-version-id': there.version,
          ...(there.mode && { 'x-amz-object-lock-mode': there.mode }),
          ...(there.until && { 'x-amz-object-lock-retain-until-date': there.until }),
          'x-amz-checksum-sha256': createHash('sha256').update(there.body).digest('base64'),
        },
        body: '',
      };
    },
    { now },
  );
  return { bucket, objects, server, url: server.url };
}
