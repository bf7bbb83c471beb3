import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit } from './support.ts';

let server: Awaited<ReturnType<typeof startPlain>>;

beforeEach(async () => {
  server = await startPlain();
});

afterEach(() => server.close());

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
    expect(Object.keys(shown)).toEqual(['asOf', 'rehearsal', 'results']);
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
