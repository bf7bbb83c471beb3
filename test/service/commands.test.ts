import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit, folderWith } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(() => server.close());

describe('help and mistakes on the command line', () => {
  test('help is asked for, so it is no error', async () => {
    const { code, stdout } = await exhibit('/', ['--help']);
    expect(code).toBe(0);
    for (const name of [
      'init',
      'doctor',
      'permissions',
      'collect',
      'show',
      'packet',
      'verify',
      'serve',
      'demo',
    ])
      expect(stdout).toContain(name);
  });

  test.each([[['nonsense']], [['show', '--nonsense']], [['permissions']]])(
    'what there is not ends with 2: %j',
    async (args) => {
      const { code, stderr, stdout } = await exhibit('/', args);
      expect(code).toBe(2);
      expect(stderr).not.toBe('');
      expect(stdout).toBe('');
    },
  );

  test.each([
    ['no configuration', ['collect'], /exhibit\.yaml cannot be read \(ENOENT\)/],
    [
      'an unknown thing to show',
      ['show', 'everything'],
      /there is no everything to show; there are sources, datasets, results, answers, readiness, people, scope, statements, company-controls, policy, risks, runs, releases, stamps, deposits, egress, period, work-list, ledger/,
    ],
    ['an unknown collector', ['permissions', 'gitlab'], /there is no collector gitlab; there are plain/],
    [
      'an unknown profile',
      ['packet', 'pci-dss'],
      /there is no profile pci-dss; there are soc2-type1, insurer/,
    ],
    ['a clock that is none', ['serve', '--clock', 'noon'], /--clock noon is not a time/],
  ])('one sentence and 2, without a stack: %s', async (_, args, wanted) => {
    const { code, stderr, stdout } = await exhibit(await folderWith(), args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^exhibit: [^\n]+\n$/);
    expect(stderr).toMatch(wanted);
    expect(stdout).toBe('');
  });
});

describe('init', () => {
  test('makes a configuration that loads, keys for its user only, a vault, trust anchors and a schema', async () => {
    const dir = await folderWith();
    const { code, stdout } = await exhibit(dir, ['init', '--name', 'Acme "Tools"', '--slug', 'acme'], {
      collectors: null,
    });
    expect(code).toBe(0);
    expect((await readdir(dir)).toSorted()).toEqual([
      'exhibit.schema.json',
      'exhibit.yaml',
      'keys',
      'trust',
      'vault',
    ]);
    expect(await readFile(join(dir, 'exhibit.yaml'), 'utf8')).toContain('name: "Acme \\"Tools\\""');
    expect((await stat(join(dir, 'keys/log.pem'))).mode & 0o777).toBe(0o600);
    expect(stdout).toContain('next: edit');
    expect((await exhibit(dir, ['show', 'sources', '--json'], { collectors: null })).code).toBe(0);
  });

  test('refuses a slug that no configuration may have before it writes anything', async () => {
    const dir = await folderWith();
    const bad = await exhibit(dir, ['init', '--slug', 'Bad Slug']);
    expect([bad.code, bad.stderr]).toEqual([
      2,
      expect.stringMatching(/^exhibit: --slug: must be 1 to 40 [^\n]+\n$/),
    ]);
    expect(await readdir(dir)).toEqual([]);
    expect((await exhibit(dir, ['init', '--slug', 'good'], { collectors: null })).code).toBe(0);
  });

  test('takes a name as it is', async () => {
    const dir = await folderWith();
    await exhibit(dir, ['init', '--name', 'Cash $$ & $& Co'], { collectors: null });
    expect(await readFile(join(dir, 'exhibit.yaml'), 'utf8')).toContain('name: "Cash $$ & $& Co"\n');
  });

  test('overwrites nothing', async () => {
    const dir = await configured(server.url);
    const before = await readFile(join(dir, 'exhibit.yaml'), 'utf8');
    await exhibit(dir, ['init']);
    const keys = await readFile(join(dir, 'keys/log.pem'), 'utf8');
    expect((await exhibit(dir, ['init'])).code).toBe(0);
    expect(await readFile(join(dir, 'exhibit.yaml'), 'utf8')).toBe(before);
    expect(await readFile(join(dir, 'keys/log.pem'), 'utf8')).toBe(keys);
  });

  test('neither a vault without its keys nor keys without their vault begin another history', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['init']);
    await rm(join(dir, 'keys'), { recursive: true });
    const lost = await exhibit(dir, ['collect']);
    expect([lost.code, lost.stderr]).toEqual([
      2,
      expect.stringContaining('restore its keys from your backup'),
    ]);
    const other = await configured(server.url);
    await exhibit(other, ['init']);
    await rm(join(other, 'vault'), { recursive: true });
    const empty = await exhibit(other, ['collect']);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('restore the vault')]);
  });
});

describe('collect', () => {
  test('reads everything, ends with 0 where all of it is whole, and tells each dataset on stderr', async () => {
    const dir = await configured(server.url);
    const { code, stdout, stderr } = await exhibit(dir, ['collect', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'ok',
      datasets: [{ dataset: 'plain/things' }, {}, {}],
    });
    expect(stderr).toMatch(/^plain-one: plain\/things is complete \(2 records, 1 requests\)$/m);
    expect(stderr).not.toContain('\r');
  });

  test('ends with 3 where something was denied, and says what', async () => {
    const dir = await configured(server.url);
    server.denied.add('/log');
    const { code, stdout } = await exhibit(dir, ['collect']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/plain\/sign-ins +denied +0 +1 +answered 403/);
  });

  test('reads one dataset with what it needs', async () => {
    const dir = await configured(server.url);
    const { stdout } = await exhibit(dir, ['collect', 'plain-one/plain/owners', '--json']);
    const { datasets } = JSON.parse(stdout) as { datasets: { dataset: string }[] };
    expect(datasets.map(({ dataset }) => dataset)).toEqual(['plain/things', 'plain/owners']);
  });

  test.each([
    ['plain-two', /there is no source plain-two; there are plain-one/],
    ['plain-one/plain/nothing', /plain-one has no dataset plain\/nothing; it has plain\/owners/],
  ])('names what there is where %s is not', async (target, wanted) => {
    const { code, stderr } = await exhibit(await configured(server.url), ['collect', target]);
    expect(code).toBe(2);
    expect(stderr).toMatch(wanted);
  });

  test('asks nobody and makes nothing where a secret cannot be read', async () => {
    const dir = await configured(server.url);
    await rm(join(dir, 'secrets'), { recursive: true });
    const { code, stderr } = await exhibit(dir, ['collect']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^exhibit: source plain-one: the secret file .* cannot be read \(ENOENT\)[^\n]*\n$/,
    );
    expect(server.asked).toEqual([]);
    expect(await readdir(dir)).toEqual(['exhibit.yaml']);
  });

  test('writes one line over on a terminal', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['init']);
    let text = '';
    await exhibit(dir, ['collect'], { stderr: { isTTY: true, write: (part) => (text += part) } });
    expect(text.split('\n')).toHaveLength(2);
    expect(text.split('\r').length).toBeGreaterThan(6);
  });
});
