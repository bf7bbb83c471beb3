import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../service/main.ts';
import type { Surroundings } from '../../service/surroundings.ts';
import { verifyVault } from '../../vault/verify.ts';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit, surroundingsIn } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;
let running: Serving | null = null;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(async () => {
  await running?.end();
  running = null;
  server.close();
});

interface Serving {
  readonly url: string;
  readonly token: string;
  readonly printed: { readonly stdout: string; readonly stderr: string };
  /** Tells it to stop, and says with which code it ended. */
  end(): Promise<number>;
}

/** Runs `serve` in this process, on a free port of loopback. */
async function serve(
  dir: string,
  args: readonly string[] = [],
  changes: Partial<Surroundings> = {},
): Promise<Serving> {
  const stop = new AbortController();
  const { surroundings, printed } = surroundingsIn(dir, { stop: stop.signal, ...changes });
  const ended = main(['serve', '--listen', '127.0.0.1:0', ...args], surroundings);
  const url = await until(
    () => /listening at (http:\S+)/.exec(printed.stdout)?.[1],
    ended,
    () => printed.stderr,
  );
  const token = /shown this once: (\S+)/.exec(printed.stdout)?.[1] ?? '';
  running = {
    url,
    token,
    printed,
    end: () => {
      stop.abort();
      return ended;
    },
  };
  return running;
}

async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  ended?: Promise<number>,
  why?: () => string,
): Promise<T> {
  const codes: number[] = [];
  void ended?.then((value) => codes.push(value));
  for (let n = 0; n < 1000; n += 1) {
    const found = await ask();
    if (found !== undefined) return found;
    if (codes.length > 0) throw new Error(`it ended with ${codes.join()}: ${why?.() ?? ''}`);
    await sleep(20);
  }
  throw new Error('it did not come');
}

const call = ({ url, token }: Serving, path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });

const ask = (serving: Serving, body: unknown) =>
  call(serving, '/api/v1/packets', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

interface Job {
  id: string;
  state: string;
  reason: string | null;
  file: { name: string; bytes: number; sha256: string } | null;
}

const settled = (serving: Serving, id: string) =>
  until(async () => {
    const job = (await (await call(serving, `/api/v1/packets/${id}`)).json()) as Job;
    return job.state === 'building' ? undefined : job;
  });

const ledgerOf = (dir: string) => readFile(join(dir, 'vault/ledger/ledger.jsonl'), 'utf8').catch(() => '');

describe('the token', () => {
  test('is printed at the first start and never again, and only its hash is kept', async () => {
    const dir = await configured(server.url);
    const first = await serve(dir);
    expect(first.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(first.printed.stdout.split(first.token)).toHaveLength(2);
    const kept = await readFile(join(dir, 'state/token.json'), 'utf8');
    expect((await stat(join(dir, 'state/token.json'))).mode & 0o777).toBe(0o600);
    expect(kept).not.toContain(first.token);
    expect(kept).toContain(createHash('sha256').update(first.token).digest('hex'));
    expect((await call(first, '/api/v1/packets')).status).toBe(200);
    expect(await first.end()).toBe(0);

    const second = await serve(dir);
    expect(second.token).toBe('');
    expect((await call({ ...second, token: first.token }, '/api/v1/packets')).status).toBe(200);
  });

  test('is needed for everything but health, also for what does not exist', async () => {
    const serving = await serve(await configured(server.url));
    for (const path of ['/healthz', '/readyz'])
      expect((await fetch(`${serving.url}${path}`)).status).toBe(200);
    for (const path of ['/', '/api/v1/packets', '/api/v1/packets/x/download', '/nothing'])
      for (const authorization of [
        '',
        'Bearer',
        'Bearer x',
        `Basic ${serving.token}`,
        `Bearer ${serving.token}x`,
      ]) {
        const answer = await fetch(`${serving.url}${path}`, {
          headers: authorization === '' ? {} : { authorization },
        });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
      }
    expect((await call(serving, '/nothing')).status).toBe(404);
  });

  test('and secrets never stand in the log', async () => {
    const serving = await serve(await configured(server.url));
    await call(serving, '/api/v1/packets');
    await until(() => (serving.printed.stdout.includes('"request"') ? true : undefined));
    expect(serving.printed.stdout.split(serving.token)).toHaveLength(2);
    expect(serving.printed.stdout + serving.printed.stderr).not.toContain('plain-token');
  });

  test('file that is damaged is told in one sentence', async () => {
    const dir = await configured(server.url);
    await (await serve(dir)).end();
    await writeFile(join(dir, 'state/token.json'), '{}');
    const { code, stderr } = await exhibit(dir, ['serve', '--listen', '127.0.0.1:0']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/token\.json is damaged: remove it/)]);
  });
});

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
    ['an unknown profile', { profile: 'iso27001' }, 400, /^profile: /],
    ['a time that is none', { profile: 'insurer', asOf: 'yesterday' }, 400, /^asOf: /],
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
});

describe('nights', () => {
  const rehearsal = "schedule: { at: '02:30' }\n";

  test('are read when they are due by the clock that was given, and shown as a rehearsal', async () => {
    const dir = await configured(server.url, rehearsal);
    await serve(dir, ['--clock', '2026-03-02T02:29:59.500Z']);
    const ledger = await until(async () => {
      const text = await ledgerOf(dir);
      return text.includes('"slot.close"') ? text : undefined;
    });
    const lines = ledger
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ type }) => type === 'schedule')).toMatchObject({
      cron: '30 2 * * *',
      firstDue: '2026-03-02T02:30:00.000Z',
    });
    expect(lines.find(({ type }) => type === 'slot.open')).toMatchObject({
      slot: '20260302T023000Z',
      kind: 'scheduled',
      clock: 'given',
      due: '2026-03-02T02:30:00.000Z',
    });
    expect(await running!.end()).toBe(0);
    expect((await verifyVault(join(dir, 'vault'))).problems).toEqual([]);
  }, 30_000);

  test('that are being read when it is told to stop are closed as interrupted, within ten seconds', async () => {
    const dir = await configured(server.url, rehearsal);
    server.held.set('/things', new Promise(() => undefined));
    const serving = await serve(dir, ['--clock', '2026-03-02T02:29:59.900Z']);
    await until(() => (server.asked.includes('/things') ? true : undefined));
    const started = performance.now();
    expect(await serving.end()).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    const ledger = await ledgerOf(dir);
    expect(ledger).toContain('"status":"interrupted"');
    expect((await verifyVault(join(dir, 'vault'))).problems).toEqual([]);
  }, 30_000);

  test('that were missed are gaps at the next start', async () => {
    const dir = await configured(server.url, rehearsal);
    await (await serve(dir, ['--clock', '2026-03-02T12:00:00Z'])).end();
    await serve(dir, ['--clock', '2026-03-05T12:00:00Z']);
    await until(async () => ((await ledgerOf(dir)).split('"gap"').length === 4 ? true : undefined));
    expect(await ledgerOf(dir)).toContain('"reason":"not-running"');
  });
});

describe('starting', () => {
  test('a second service on one vault is refused in one sentence, and so is a command that writes', async () => {
    const dir = await configured(server.url);
    await serve(dir);
    for (const args of [['serve', '--listen', '127.0.0.1:0'], ['collect']]) {
      const { code, stderr } = await exhibit(dir, args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^exhibit: [^\n]*vault[^\n]*\n$/);
    }
    expect((await exhibit(dir, ['show', 'sources'])).code).toBe(0);
  });

  test.each(['nowhere', '127.0.0.1', '127.0.0.1:99999'])('%s is not an address', async (address) => {
    const dir = await configured(server.url);
    const { code, stderr } = await exhibit(dir, ['serve', '--listen', address]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not an address')]);
  });

  test('an address that is taken is told, and the vault is free again', async () => {
    const dir = await configured(server.url);
    const { host } = new URL(server.url);
    const { code, stderr } = await exhibit(dir, ['serve', '--listen', host]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('EADDRINUSE')]);
    expect((await exhibit(dir, ['collect'])).code).toBe(0);
  });

  test('leaves no half file in the packets folder', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    const serving = await serve(dir);
    await ask(serving, { profile: 'soc2-type1' });
    expect(await serving.end()).toBe(0);
    expect((await readdir(join(dir, 'packets'))).filter((name) => !name.endsWith('.zip'))).toEqual([]);
  });
});
