import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
      /there is no everything to show; there are sources, datasets, results, runs, ledger/,
    ],
    ['an unknown collector', ['permissions', 'gitlab'], /there is no collector gitlab; there are plain/],
    [
      'an unknown profile',
      ['packet', 'iso27001'],
      /there is no profile iso27001; there are soc2-type1, insurer/,
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
    let text = '';
    await exhibit(dir, ['collect'], { stderr: { isTTY: true, write: (part) => (text += part) } });
    expect(text.split('\n')).toHaveLength(2);
    expect(text.split('\r').length).toBeGreaterThan(6);
  });
});

describe('show', () => {
  test('datasets as programs outside read them', async () => {
    const dir = await configured(server.url);
    server.denied.add('/log');
    await exhibit(dir, ['collect']);
    const { code, stdout } = await exhibit(dir, ['show', 'datasets', '--json']);
    expect(code).toBe(0);
    const shown = JSON.parse(stdout) as { asOf: string; datasets: Record<string, unknown>[] };
    expect(Object.keys(shown)).toEqual(['asOf', 'datasets']);
    for (const row of shown.datasets)
      expect(Object.keys(row)).toEqual([
        'source',
        'dataset',
        'outcome',
        'records',
        'rejects',
        'expectedCount',
        'requests',
        'bytes',
        'reason',
      ]);
    expect(shown.datasets.find(({ dataset }) => dataset === 'plain/things')).toMatchObject({
      source: 'plain-one',
      outcome: 'complete',
      records: 2,
      rejects: 0,
      expectedCount: null,
      requests: 1,
      reason: null,
    });
    expect(shown.datasets.find(({ dataset }) => dataset === 'plain/sign-ins')).toMatchObject({
      outcome: 'denied',
      records: 0,
      reason: 'answered 403 (grant: Log: read)',
    });
  });

  test('a dataset that was never asked for has no count, which is not zero', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect', 'plain-one/plain/things']);
    const { stdout } = await exhibit(dir, ['show', 'datasets', '--json']);
    const { datasets } = JSON.parse(stdout) as { datasets: Record<string, unknown>[] };
    expect(datasets.find(({ dataset }) => dataset === 'plain/owners')).toMatchObject({
      outcome: 'failed',
      records: null,
      rejects: null,
      reason: 'it was never read',
    });
  });

  test('results as programs outside read them: parts that add up, and evidence for each verdict', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    const { stdout } = await exhibit(dir, ['show', 'results', '--json']);
    const shown = JSON.parse(stdout) as { asOf: string; results: Record<string, unknown>[] };
    expect(Object.keys(shown)).toEqual(['asOf', 'results']);
    expect(shown.results.length).toBeGreaterThanOrEqual(13);
    for (const result of shown.results) {
      expect(Object.keys(result)).toEqual([
        'control',
        'status',
        'severity',
        'population',
        'because',
        'verdicts',
      ]);
      const { total, ...parts } = result['population'] as Record<string, number>;
      expect(Object.keys(parts)).toEqual(['pass', 'fail', 'excepted', 'noData', 'manual', 'notApplicable']);
      expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(total);
      for (const verdict of result['verdicts'] as Record<string, unknown>[])
        expect(Object.keys(verdict)).toEqual(['source', 'subject', 'status', 'reason', 'evidence']);
    }
  });

  test('sources, runs and ledger, without the secrets being there', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    await rm(join(dir, 'secrets'), { recursive: true });
    const sources = await exhibit(dir, ['show', 'sources', '--json']);
    expect(JSON.parse(sources.stdout)).toMatchObject({
      sources: [{ id: 'plain-one', collector: 'plain', last: { status: 'ok' } }],
    });
    const runs = await exhibit(dir, ['show', 'runs', '--json']);
    expect(JSON.parse(runs.stdout)).toMatchObject({
      slots: [{ kind: 'manual', status: 'ok', runs: [{ source: 'plain-one', attempt: 1, status: 'ok' }] }],
    });
    const ledger = await exhibit(dir, ['show', 'ledger']);
    expect(ledger.stdout).toMatch(/^\{"v":1,"n":0,/);
    expect((await exhibit(dir, ['show', 'runs'])).stdout).toContain('manual');
  });

  test('says what to do where there is no vault or nothing in it', async () => {
    const dir = await configured(server.url);
    expect((await exhibit(dir, ['show', 'results'])).stderr).toMatch(
      /there is no vault in .*: run exhibit init/,
    );
    await exhibit(dir, ['init']);
    const { code, stderr } = await exhibit(dir, ['show', 'results']);
    expect([code, stderr]).toEqual([2, 'exhibit: nothing was collected yet: run exhibit collect\n']);
  });

  test('evidence that was changed ends with 4', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    const ledger = join(dir, 'vault/ledger/ledger.jsonl');
    await writeFile(ledger, (await readFile(ledger, 'utf8')).replace('"status":"ok"', '"status":"no"'));
    const { code, stderr } = await exhibit(dir, ['show', 'runs']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^exhibit: the evidence does not hold: [^\n]+\n$/);
  });
});

describe('permissions', () => {
  test('are those that the datasets declare, each with what it is for', async () => {
    const { stdout, code } = await exhibit('/', ['permissions', 'plain', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      collector: 'plain',
      permissions: [
        { permission: 'Log: read', datasets: ['plain/sign-ins'] },
        { permission: 'Owners: read', datasets: ['plain/owners'] },
        { permission: 'Things: read', datasets: ['plain/things'] },
      ],
    });
  });

  test('of AWS are also a policy of exactly these actions', async () => {
    const { stdout } = await exhibit('/', ['permissions', 'aws', '--json'], { collectors: null });
    const { permissions, policy } = JSON.parse(stdout) as {
      permissions: { permission: string }[];
      policy: { Statement: { Action: string[] }[] };
    };
    const [statement] = policy.Statement;
    expect(statement!.Action).toEqual(permissions.map(({ permission }) => permission));
    expect(statement!.Action).toContain('iam:GetCredentialReport');
    expect(statement!.Action.join(' ')).not.toMatch(/\*|:(Put|Create|Delete|Update|Attach)/);
  });
});

describe('doctor', () => {
  test('says that all is well, keeps nothing, and ends with 0', async () => {
    const dir = await configured(server.url);
    const { code, stdout } = await exhibit(dir, ['doctor', '--json']);
    expect(code).toBe(0);
    const said = JSON.parse(stdout) as {
      datasets: { state: string }[];
      controls: { control: string; because: string[] }[];
    };
    expect(said.datasets.map(({ state }) => state)).toEqual(['readable', 'readable', 'readable']);
    expect(said.controls).toContainEqual({
      control: 'root-keys-none',
      because: ['no aws source is configured'],
    });
    expect((await readdir(dir)).toSorted()).toEqual(['exhibit.yaml', 'secrets']);
  });

  test('says what to grant, what was not tried for want of it, and ends with 3', async () => {
    const dir = await configured(server.url);
    server.denied.add('/things');
    const { code, stdout } = await exhibit(dir, ['doctor']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/plain\/things +needs permission +answered 403 \(grant: Things: read\)/);
    expect(stdout).toMatch(/plain\/owners +not tried/);
  });

  test('tells a secret that is missing, and a vault that cannot be opened', async () => {
    const dir = await configured(server.url);
    await exhibit(dir, ['init']);
    await rm(join(dir, 'secrets'), { recursive: true });
    await rm(join(dir, 'keys'), { recursive: true });
    const { code, stdout } = await exhibit(dir, ['doctor']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/vault +not well +.*log\.pem|vault +not well +.*origin/);
    expect(stdout).toContain('the secret file');
  });
});
