import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyVault } from '../../vault/verify.ts';
import { startPlain } from '../scheduler/support.ts';
import { ask, call, serve, settled, type Job } from './serving.ts';
import { configured, exhibit } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(() => server.close());

describe('packets', () => {
  test('are asked for, built, listed and downloaded whole', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    const serving = await serve(dir);
    const asked = await ask(serving, { profile: 'soc2-type1' });
    expect(asked.status).toBe(202);
    const { id, state } = (await asked.json()) as Job;
    expect(state).toBe('building');
    expect(asked.headers.get('location')).toBe(`/api/v1/packets/${id}`);
    const job = await settled(serving, id);
    expect([job.state, job.reason]).toEqual(['ready', null]);

    const download = await call(serving, `/api/v1/packets/${id}/download`);
    const bytes = Buffer.from(await download.arrayBuffer());
    const sha256 = createHash('sha256').update(bytes);
    expect(download.headers.get('content-digest')).toBe(`sha-256=:${sha256.copy().digest('base64')}:`);
    expect(download.headers.get('content-length')).toBe(String(bytes.length));
    expect(download.headers.get('content-disposition')).toBe(`attachment; filename="${job.file!.name}"`);
    expect(job.file!.name).toMatch(/^example_soc2-type1_\d{4}-\d\d-\d\d_[0-9a-f]{8}\.zip$/);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    const { packets } = (await (await call(serving, '/api/v1/packets')).json()) as { packets: Job[] };
    expect(packets.map((each) => each.id)).toEqual([id]);

    await serving.end();
    const again = { ...(await serve(dir)), token: serving.token };
    expect((await call(again, `/api/v1/packets/${id}/download`)).status).toBe(200);
    await again.end();
    expect((await verifyVault(join(dir, 'vault'))).problems).toEqual([]);
  });

  test('that cannot be built say why', async () => {
    const serving = await serve(await configured(server.url));
    const { id } = (await (await ask(serving, { profile: 'soc2-type1' })).json()) as Job;
    expect(await settled(serving, id)).toMatchObject({
      state: 'failed',
      file: null,
      reason: 'nothing was collected yet: run exhibit collect',
    });
    expect((await call(serving, `/api/v1/packets/${id}/download`)).status).toBe(409);
  });

  test('whose file was changed are not handed out', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    const serving = await serve(dir);
    const { id } = (await (await ask(serving, { profile: 'soc2-type1' })).json()) as Job;
    const { file } = await settled(serving, id);
    await writeFile(join(dir, 'packets', file!.name), 'something else');
    expect((await call(serving, `/api/v1/packets/${id}/download`)).status).toBe(410);
  });

  test.each([
    ['an unknown profile', { profile: 'pci-dss' }, 400, /^profile: /],
    ['a time that is none', { profile: 'insurer', asOf: 'yesterday' }, 400, /^asOf: /],
    ['a date that is none', { profile: 'insurer', asOf: '2026-02-30' }, 400, /^asOf: /],
    ['an unknown field', { profile: 'insurer', form: 'x' }, 400, /Unrecognized key: "form"/],
    ['no JSON', '{', 400, /^The body: /],
    ['a body that is too large', { profile: 'x'.repeat(70_000) }, 413, /larger than/],
  ])('are not made of %s', async (_, body, status, detail) => {
    const serving = await serve(await configured(server.url));
    const answer = await ask(serving, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: expect.any(String) as string,
      status,
      detail: expect.stringMatching(detail) as string,
    });
  });

  test.each(['x', '00000000-0000-4000-8000-000000000000', '..%2ftoken'])(
    'with the id %s do not exist',
    async (id) => {
      const serving = await serve(await configured(server.url));
      expect((await call(serving, `/api/v1/packets/${id}`)).status).toBe(404);
      expect((await call(serving, `/api/v1/packets/${id}/download`)).status).toBe(404);
    },
  );

  test('that were being built when the service died are told as failed', async () => {
    const dir = await configured(server.url);
    const first = await serve(dir);
    const { id } = (await (await ask(first, { profile: 'insurer' })).json()) as Job;
    const job = await settled(first, id);
    await first.end();
    await writeFile(
      join(dir, 'state/packets', `${id}.json`),
      JSON.stringify({ ...job, state: 'building', reason: null }),
    );
    const second = { ...(await serve(dir)), token: first.token };
    expect(await settled(second, id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('ask again') as string,
    });
  });

  test('that are being built when it is told to stop leave no half file', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    const serving = await serve(dir);
    await ask(serving, { profile: 'soc2-type1' });
    expect(await serving.end()).toBe(0);
    expect((await readdir(join(dir, 'packets'))).filter((name) => !name.endsWith('.zip'))).toEqual([]);
  });
});
