import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startHttp, type HttpServer } from '../../demo/http.ts';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit, folderWith } from './support.ts';

/* Checkpoints that somebody else keeps, from the configuration to the fork that they show. */
let server: Awaited<ReturnType<typeof startPlain>>;
let hook: HttpServer;
let dir: string;
const heard: string[] = [];

beforeEach(async () => {
  server = await startPlain();
  heard.splice(0);
  hook = await startHttp(
    ({ body }) => {
      heard.push(body.toString());
      return { status: 200, headers: {}, body: '' };
    },
    { now: () => new Date() },
  );
  dir = await configured(
    server.url,
    `deposits:
  - { id: disk, kind: file, folder: elsewhere }
  - { id: hook, kind: webhook, url: '${hook.url}/checkpoints', secret: { file: secrets/hook } }
`,
  );
  await mkdir(join(dir, 'elsewhere'));
  await writeFile(join(dir, 'secrets/hook'), 'a shared secret\n');
});
afterEach(async () => {
  await hook.close();
  server.close();
});

const collect = () => exhibit(dir, ['collect']);
const notes = async () => {
  const [folder = ''] = await readdir(join(dir, 'elsewhere'));
  return (await readdir(join(dir, 'elsewhere', folder))).map((name) => join(dir, 'elsewhere', folder, name));
};
async function shown() {
  const { stdout } = await exhibit(dir, ['show', 'deposits', '--json']);
  return (JSON.parse(stdout) as { deposits: { deposit: string; status: string; reason: string | null }[] })
    .deposits;
}
async function verify(...args: string[]) {
  const { code, stdout, stderr } = await exhibit(dir, ['verify', ...args, '--trust', 'trust']);
  return { code, said: `${stdout}${stderr}` };
}

describe('the checkpoint of a closed slot', () => {
  test('is given to everybody who keeps it, and that stands in the ledger without their names', async () => {
    const { code, stderr } = await collect();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^checkpoint of \d+ lines is kept by disk$/m);
    expect(await shown()).toMatchObject([
      { deposit: 'disk', kind: 'file', status: 'kept', reason: null },
      { deposit: 'hook', kind: 'webhook', status: 'kept', reason: null },
    ]);
    const [note = ''] = await notes();
    const told = JSON.parse(heard[0] ?? '') as { note: string; size: number };
    expect(told.note).toBe(await readFile(note, 'utf8'));
    const ledger = await readFile(join(dir, 'vault/ledger/ledger.jsonl'), 'utf8');
    expect(ledger).not.toMatch(/"disk"|"hook"|127\.0\.0\.1/);
    expect(await verify('vault')).toMatchObject({ code: 0 });
  });

  test('that somebody does not take is told, stops nothing, and is made good by the next', async () => {
    hook.faults.add({ fault: { kind: 'answer', status: 503 } });
    await rm(join(dir, 'elsewhere'), { recursive: true });
    const first = await collect();
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/is NOT kept by hook: 127\.0\.0\.1:\d+ answered with 503$/m);
    expect(first.stderr).toMatch(/is NOT kept by disk: .*elsewhere is not there: mount it, or make it$/m);
    hook.faults.clear();
    await mkdir(join(dir, 'elsewhere'));
    await collect();
    expect((await shown()).map(({ deposit, status, reason }) => [deposit, status, reason])).toEqual([
      ['disk', 'failed', 'unreachable'],
      ['hook', 'failed', 'refused'],
      ['disk', 'kept', null],
      ['hook', 'kept', null],
    ]);
    expect(await verify('vault', '--against', (await notes())[0]!)).toMatchObject({ code: 0 });
  });

  test('is collected on although a secret is missing', async () => {
    await rm(join(dir, 'secrets/hook'));
    const { code, stderr } = await collect();
    expect(code).toBe(0);
    expect(stderr).toMatch(/is NOT kept by hook: deposit hook: the secret file .* cannot be read \(ENOENT\)/);
  });

  test('says of each kind which secret is missing', async () => {
    const missing = { file: 'secrets/nowhere' };
    const deposits = [
      { id: 'mail', kind: 'mail', server: 'smtp://127.0.0.1:1', user: 'x', password: missing },
      { id: 'bucket', kind: 's3', bucket: 'b', region: 'eu-central-1' },
    ] as const;
    const from = { from: 'exhibit@example.com', to: ['auditor@example.com'] };
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: missing };
    const endpoint = hook.url;
    dir = await configured(
      server.url,
      `deposits: ${JSON.stringify([
        { ...deposits[0], ...from },
        { ...deposits[1], credentials, endpoint },
      ])}\n`,
    );
    const { code, stderr } = await collect();
    expect(code).toBe(0);
    for (const id of ['mail', 'bucket'])
      expect(stderr).toMatch(
        new RegExp(`is NOT kept by ${id}: .*deposit ${id}: the secret file .* cannot be read \\(ENOENT\\)`),
      );
  });
});

describe('compared with what was deposited', () => {
  test('the vault and a packet continue it', async () => {
    await collect();
    const [note = ''] = await notes();
    await collect();
    const { stdout } = await exhibit(dir, ['packet', 'soc2-type1', '--json']);
    for (const path of ['vault', (JSON.parse(stdout) as { path: string }).path]) {
      const { code, said } = await verify(path, '--against', note);
      expect([code, said]).toEqual([
        0,
        expect.stringMatching(/are those that the earlier checkpoint signed/),
      ]);
    }
  });

  test('another history of the same keys fails, though it is whole by itself', async () => {
    await exhibit(dir, ['init']);
    await cp(join(dir, 'vault'), join(dir, 'other'), { recursive: true });
    await collect();
    const [note = ''] = await notes();
    await rm(join(dir, 'vault'), { recursive: true });
    await cp(join(dir, 'other'), join(dir, 'vault'), { recursive: true });
    server.denied.add('/log');
    const forked = await collect();
    expect(forked.stderr).toMatch(
      /is NOT kept by disk: .* holds another checkpoint of the same size: there are two/,
    );
    expect((await verify('vault')).code).toBe(0);
    const { code, said } = await verify('vault', '--against', note);
    expect([code, said]).toEqual([
      4,
      expect.stringMatching(/FAILED {2}against: line \d+ is not the one .* two histories/),
    ]);
  });

  test('a checkpoint of somebody else fails, and an insurer’s packet has nothing to compare', async () => {
    await collect();
    const [note = ''] = await notes();
    const text = await readFile(note, 'utf8');
    await writeFile(join(dir, 'forged.note'), text.replace(/\n\d+\n/, '\n1\n'));
    expect(await verify('vault', '--against', 'forged.note')).toMatchObject({
      code: 4,
      said: expect.stringMatching(/the checkpoint was not signed by the key of this ledger/) as string,
    });
    const { stdout } = await exhibit(dir, ['packet', 'insurer', '--json']);
    const { code, said } = await verify((JSON.parse(stdout) as { path: string }).path, '--against', note);
    expect([code, said]).toEqual([2, expect.stringMatching(/^exhibit: this packet holds no ledger/)]);
  });

  test('a deposit that is not of this vault’s checkpoint is found in the vault itself', async () => {
    await collect();
    const path = join(dir, 'vault/ledger/ledger.jsonl');
    const [, note = ''] = /"note":"([0-9a-f]{64})"/.exec(await readFile(path, 'utf8')) ?? [];
    const [size = ''] = (await readdir(join(dir, 'vault/ledger/checkpoints')))
      .filter((name) => name.endsWith('.note'))
      .slice(-2);
    expect(note).toHaveLength(64);
    await rm(join(dir, 'vault/ledger/checkpoints', size));
    expect((await verify('vault')).said).toMatch(
      /FAILED {2}checkpoint: line \d+: the checkpoint that was deposited: .* is missing/,
    );
  });
});

test('doctor tries those who keep deposits, and show egress says where anything goes', async () => {
  await rm(join(dir, 'elsewhere'), { recursive: true });
  const { code, stdout } = await exhibit(dir, ['doctor']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^deposit disk +not well +.*elsewhere is not there/m);
  expect(stdout).toMatch(/^deposit hook +well +127\.0\.0\.1:\d+/m);
  expect(heard).toEqual([]);
  await exhibit(dir, ['init']);
  const egress = await exhibit(dir, ['show', 'egress', '--json']);
  expect(JSON.parse(egress.stdout)).toEqual({
    egress: [
      { host: new URL(hook.url).host, for: 'deposit hook (webhook)', what: expect.any(String) as string },
    ],
  });
});

describe('the configuration of deposits', () => {
  const refused = async (entry: string) => {
    const folder = await folderWith({
      'exhibit.yaml': `organization: { name: Example Company, slug: example }\ndeposits: [${entry}]\n`,
    });
    const { code, stderr } = await exhibit(folder, ['show', 'egress']);
    expect(code).toBe(2);
    return stderr;
  };
  test.each([
    ['{ id: a, kind: file }', /deposits\[0\]\.folder/],
    ['{ id: a, kind: file, folder: x, path: y }', /deposits\[0\]\.path: there is no setting of this name/],
    ['{ id: a, kind: tape }', /deposits\[0\]\.kind/],
    [
      "{ id: a, kind: webhook, url: 'https://example.com', secret: plain }",
      /this is a secret and must not stand here/,
    ],
    ["{ id: a, kind: webhook, url: 'ftp://example.com', secret: { env: X } }", /deposits\[0\]\.url/],
    [
      "{ id: a, kind: mail, server: 'smtps://example.com', user: u, from: a@example.com, to: [b@example.com] }",
      /`user` and `password` belong together/,
    ],
    [
      '{ id: a, kind: s3, bucket: b, region: eu-central-1, credentials: { accessKeyId: x, secretAccessKey: y } }',
      /this is a secret/,
    ],
    [
      '{ id: a, kind: file, folder: x }, { id: a, kind: file, folder: y }',
      /deposits\[1\]\.id: there are two deposits a/,
    ],
  ])('refuses %s', async (entry, wanted) => {
    expect(await refused(entry)).toMatch(wanted);
  });
});
