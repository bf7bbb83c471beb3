import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { populationDigest } from '../../controls/declared/review.ts';
import { readReviews, ReviewEntry } from '../../service/config/reviews.ts';
import { YamlFile } from '../../service/config/yaml-file.ts';
import { exhibit, folderWith, type Ran } from './support.ts';

interface Said {
  readonly config: string;
  readonly trust: string;
  readonly results: readonly { readonly control: string; readonly status: string }[];
  readonly packets: readonly { readonly path: string; readonly stays: boolean; readonly verdict: string }[];
  readonly vault: string;
}

describe('the demo', () => {
  let dir: string;
  let ran: Ran;
  let said: Said;
  const real = { collectors: null };
  const config = () => ['--config', join(dir, 'demo/exhibit.yaml')];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'exhibit-demo-'));
    ran = await exhibit(dir, ['demo', '--dir', 'demo', '--json'], real);
    said = JSON.parse(ran.stdout) as Said;
  }, 300_000);

  afterAll(() => rm(dir, { recursive: true }));

  test('reads a night, builds each packet and what it is sealed to, verifies all of it, and ends well', async () => {
    expect(ran.code, ran.stderr).toBe(0);
    expect(said.vault).toBe('verified');
    const profileOf = (path: string) => /_([a-z0-9-]+)_\d{4}-/.exec(path)?.[1];
    expect(said.packets.map(({ path, stays, verdict }) => [profileOf(path), stays, verdict])).toEqual([
      ['soc2-type1', false, 'verified'],
      ['insurer', false, 'verified'],
      ['insurer-private', true, 'verified'],
      ['board', false, 'verified'],
      ['vendor-questionnaire', false, 'verified'],
      ['nist-csf', false, 'verified'],
      ['hipaa', false, 'verified'],
      ['iso27001', false, 'verified'],
    ]);
    for (const { path } of said.packets) await access(path);
  });

  test('exports everybody with an account for a review, whom the file tells as the vault does', async () => {
    const out = ['--out', 'review.csv', '--json', ...config()];
    const { code, stdout } = await exhibit(dir, ['review', 'export', 'microsoft365-larkspur', ...out], real);
    expect(code).toBe(0);
    const { slot, count, digest } = JSON.parse(stdout) as { slot: string; count: number; digest: string };
    const entry = { id: 'one', source: 'microsoft365-larkspur', startedOn: '2026-01-01', file: 'review.csv' };
    const yaml = join(dir, 'reviews.yaml');
    await writeFile(yaml, JSON.stringify([{ ...entry, population: { slot, count, digest } }]));
    const file = YamlFile.read(yaml, '');
    const [review] = readReviews(
      { yaml: file, at: [], value: file.parse(z.array(ReviewEntry)) },
      { under: (name) => join(dir, name), sources: [{ id: 'microsoft365-larkspur' }] },
    );
    expect(review!.rows.length).toBe(count);
    expect(populationDigest(review!.rows)).toBe(digest);
    const again = await exhibit(dir, ['review', 'export', 'microsoft365-larkspur', ...out], real);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/review\.csv is there already/);
    const partial = await exhibit(dir, ['review', 'export', 'aws-larkspur', ...config()], real);
    expect(partial.code).toBe(2);
    expect(partial.stderr).toMatch(/a review needs everybody: aws\//);
  });

  test('dates nothing back: the night was due after its schedule was written', async () => {
    const { stdout } = await exhibit(dir, ['show', 'ledger', '--json', ...config()], real);
    const { lines } = JSON.parse(stdout) as { lines: Record<string, string>[] };
    const schedule = lines.find(({ type }) => type === 'schedule');
    const opened = lines.find(({ type }) => type === 'slot.open');
    expect(opened).toMatchObject({ kind: 'scheduled', clock: 'system', due: schedule!['firstDue'] });
    expect(schedule!['firstDue']! > schedule!['t']!).toBe(true);
    expect(opened!['t']! >= opened!['due']!).toBe(true);
  });

  test('keeps its secrets in files for its user only, and out of everything else', async () => {
    const secret = (await readFile(join(dir, 'demo/secrets/github-app.pem'), 'utf8')).trim();
    expect((await stat(join(dir, 'demo/secrets/github-app.pem'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dir, 'demo/exhibit.yaml'), 'utf8')).not.toContain(secret);
    expect(ran.stdout + ran.stderr).not.toContain(secret);
  });

  test('leaves a folder that can be shown, packed and verified when its servers are gone', async () => {
    const results = await exhibit(dir, ['show', 'results', '--json', ...config()], real);
    expect(results.code).toBe(0);
    const shown = JSON.parse(results.stdout) as {
      results: { status: string; verdicts: { status: string }[] }[];
    };
    const states = new Set(shown.results.flatMap(({ verdicts }) => verdicts.map(({ status }) => status)));
    expect([...states].toSorted()).toEqual([
      'excepted',
      'fail',
      'manual',
      'no-data',
      'not-applicable',
      'pass',
    ]);
    expect((await exhibit(dir, ['show', 'datasets', ...config()], real)).code).toBe(0);
    const packed = await exhibit(dir, ['packet', 'soc2-type1', '--json', ...config()], real);
    const { path } = JSON.parse(packed.stdout) as { path: string };
    expect((await exhibit(dir, ['verify', path, '--trust', said.trust], real)).code).toBe(0);
    expect((await exhibit(dir, ['verify', path], real)).code).toBe(3);
  });

  test('run again, adds a further night to the same vault', async () => {
    const again = await exhibit(dir, ['demo', '--dir', 'demo'], real);
    expect(again.code, again.stderr).toBe(0);
    const { stdout } = await exhibit(dir, ['show', 'runs', '--json', ...config()], real);
    expect((JSON.parse(stdout) as { slots: unknown[] }).slots).toHaveLength(2);
    expect(again.stdout).toContain('00_START_HERE.html');
  }, 60_000);

  test('does not touch a folder that is not its own', async () => {
    const other = await folderWith({ 'letter.txt': 'mine' });
    await writeFile(join(other, 'letter.txt'), 'mine');
    const { code, stderr } = await exhibit(other, ['demo', '--dir', '.'], real);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('holds other files: name a new folder with --dir'),
    ]);
  });
});
