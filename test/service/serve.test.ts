import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyVault } from '../../vault/verify.ts';
import { startPlain } from '../scheduler/support.ts';
import { call, ledgerOf, serve, until } from './serving.ts';
import { configured, exhibit } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(() => server.close());

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

describe('nights', () => {
  const rehearsal = "schedule: { at: '02:30' }\n";

  test('are read when they are due by the clock that was given, and shown as a rehearsal', async () => {
    const dir = await configured(server.url, rehearsal);
    const serving = await serve(dir, ['--clock', '2026-03-02T02:29:57Z']);
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
    expect(await serving.end()).toBe(0);
    expect((await verifyVault(join(dir, 'vault'))).problems).toEqual([]);
    const now = () => new Date('2026-03-02T02:31:00Z');
    expect((await exhibit(dir, ['show', 'results'], { now })).stdout).toMatch(/^as of \S+, a rehearsal: /);
    const shown = await exhibit(dir, ['show', 'results', '--json'], { now });
    expect(JSON.parse(shown.stdout)).toMatchObject({ rehearsal: true });
  }, 30_000);

  test('that are being read when it is told to stop are closed as interrupted, within ten seconds', async () => {
    const dir = await configured(server.url, rehearsal);
    server.held.set('/things', new Promise(() => undefined));
    const serving = await serve(dir, ['--clock', '2026-03-02T02:29:57Z']);
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

test.each([['collect'], ['packet', 'soc2-type1']])(
  '%s accounts for the nights that nobody read',
  async (...args) => {
    const dir = await configured(server.url, "schedule: { at: '02:30' }\n");
    await (await serve(dir, ['--clock', '2026-03-02T12:00:00Z'])).end();
    await exhibit(dir, ['collect'], { now: () => new Date('2026-03-02T13:00:00Z') });
    await exhibit(dir, args, { now: () => new Date('2026-03-05T12:00:00Z') });
    expect(
      (await ledgerOf(dir)).match(/"due":"2026-03-0\d(?=T02:30:00.000Z","noticed":"2026-03-05T12)/g),
    ).toEqual(['3', '4', '5'].map((day) => `"due":"2026-03-0${day}`));
    expect((await verifyVault(join(dir, 'vault'))).problems).toEqual([]);
  },
);

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
});
