import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { chosen, Selection } from '../../exports/sample/selection.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';
import { runVerifyMd } from '../support/verify-md.ts';

/* What an auditor chose of a table, after the table was signed: those rows, as they are, and no others. */
const demo = demoFolder();
const trust = () => readTrust(join(demo().dir, 'trust'));
const population = 'data/populations/account.csv';
const seed = 'Fieldwork 2026, room 4';

describe('which rows are chosen', () => {
  test('a seed gives each row the same chance, always the same rows, and as many as are asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (text, count, rows) => {
          const found = chosen({ by: 'seed', seed: text, count }, rows);
          expect(found).toEqual(chosen({ by: 'seed', seed: text, count }, rows));
          expect(new Set(found).size).toBe(Math.min(count, rows));
          expect(found.every((n) => n >= 1 && n <= rows)).toBe(true);
          expect(found).toEqual(found.toSorted((a, b) => a - b));
        },
      ),
    );
    const times = new Array<number>(10).fill(0);
    for (let n = 0; n < 2000; n += 1)
      for (const row of chosen({ by: 'seed', seed: `seed ${n}`, count: 3 }, 10)) times[row - 1]! += 1;
    for (const each of times) expect(Math.abs(each - 600)).toBeLessThan(90);
  });
});

describe('a sample', { timeout: 240_000 }, () => {
  let path: string;
  const sample = (packet: string, ...more: string[]) =>
    exhibit(['sample', packet, '--config', demo().config, '--by', 'Ada Auditor', ...more]);

  beforeAll(async () => {
    path = join(demo().dir, 'sample.zip');
    const { code, stderr } = await sample(
      demo().packet('soc2-type1'),
      ...['--population', population, '--seed', seed, '--count', '4', '--out', path],
    );
    expect(code, stderr).toBe(0);
  }, 240_000);

  const forged = async (change: (files: Files) => void) => {
    const files = await filesOf(path);
    change(files);
    return packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
  };
  const withParent = async (of: string) => verifyWithTwin(of, demo().packet('soc2-type1'), await trust());

  test('holds the chosen rows as their table has them, what was judged of each, and where it was read', async () => {
    const [files, whole] = [await filesOf(path), await filesOf(demo().packet('soc2-type1'))];
    const selection = Selection.parse(JSON.parse(files.get('data/selection.json')!.toString()));
    const table = whole.get(population)!;
    const [header = [], ...rows]: string[][] = parse(table);
    expect(selection.population).toEqual({ path: population, sha256: digest(table), rows: rows.length });
    expect(selection.parent.tagmanifest).toBe(digest(whole.get('tagmanifest-sha256.txt')!));
    const [named, ...found]: string[][] = parse(files.get('data/sample.csv')!);
    expect(named).toEqual(['row', ...header]);
    expect(found).toEqual(selection.rows.map((n) => [String(n), ...rows[n - 1]!]));
    const verdicts: string[][] = parse(files.get('data/verdicts.csv')!, { from_line: 2 });
    const judged: string[][] = parse(whole.get('data/results/verdicts.csv')!, { from_line: 2 });
    const [source, id] = [header.indexOf('source'), header.indexOf('id')];
    for (const n of selection.rows) {
      const [from, of] = [rows[n - 1]![source], rows[n - 1]![id]];
      const all = judged.filter(([, at, subject]) => at === from && subject === of);
      expect(all.length).toBeGreaterThan(0);
      expect(verdicts.filter(([row]) => row === String(n)).map(([, control]) => control)).toEqual(
        all.map(([control]) => control),
      );
    }
    const places: string[][] = parse(files.get('data/places.csv')!, { from_line: 2 });
    expect(places.length).toBeGreaterThanOrEqual(selection.rows.length);
    for (const [, , file = ''] of places) expect(whole.has(file), file).toBe(true);
    const page = files.get('00_START_HERE.html')!.toString();
    for (const n of selection.rows) expect(page).toContain(`>Row ${n}</h2>`);
    expect(page).toContain('Ada Auditor');
  });

  test('is chosen again by the shell that its page shows', async () => {
    const page = (await filesOf(path)).get('00_START_HERE.html')!.toString();
    const [, script = ''] = />(for n in .*?)<\/code>/s.exec(page) ?? [];
    const unescaped = script
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    const said = execFileSync('sh', ['-c', unescaped], {
      env: { ...process.env, SEED: seed },
      encoding: 'utf8',
    });
    const { rows } = Selection.parse(
      JSON.parse((await filesOf(path)).get('data/selection.json')!.toString()),
    );
    expect(said.trim().split('\n').map(Number)).toEqual(rows);
  });

  test('verifies by itself, by its VERIFY.md, and with the packet that it was chosen from', async () => {
    // The authority of the demo is gone: that nobody stamped it is told, and nothing else is open.
    const unstamped = { verdict: 'incomplete', unchecked: [], untimed: [expect.stringContaining('packet')] };
    expect(await verifyPacket(path, await trust())).toMatchObject({ ...unstamped, derived: false });
    expect(await runVerifyMd(path, join(demo().dir, 'trust'), demo().dir)).toEqual([
      'not stamped: nobody else says when this packet was made',
    ]);
    const report = await withParent(path);
    expect(report).toMatchObject(unstamped);
    expect(report.checks.at(-1)?.text).toMatch(/written again .* all equal$/);
    const other = await verifyWithTwin(path, demo().packet('insurer-private'), await trust());
    expect(failures(other)).toEqual(['twin']);
  });

  test('is refused where somebody with the packet key puts other rows in, or other seeds', async () => {
    const rows = await forged((files) => {
      const selection = JSON.parse(files.get('data/selection.json')!.toString()) as { rows: number[] };
      selection.rows = [1, 2, 3, 4];
      files.set('data/selection.json', Buffer.from(`${JSON.stringify(selection, null, 1)}\n`));
    });
    expect(failures(await withParent(rows))).toEqual(['twin']);
    const seeds = await forged((files) => {
      const text = files.get('data/selection.json')!.toString();
      files.set('data/selection.json', Buffer.from(text.replace(seed, `${seed}!`)));
    });
    expect(failures(await withParent(seeds))).toEqual(['twin']);
    const cells = await forged((files) => {
      const text = files.get('data/sample.csv')!.toString();
      files.set('data/sample.csv', Buffer.from(text.replace(/,false,/, ',true,')));
    });
    expect(failures(await withParent(cells))).toEqual(['twin']);
  });

  test('is made only of what this vault made, of a table that is there, by rows that exist', async () => {
    const asked = ['--population', population, '--row', '1'];
    const said = async (...args: Parameters<typeof sample>) => {
      const { code, stderr } = await sample(...args);
      return [code, stderr.trim().split('\n').at(-1)];
    };
    const whole = demo().packet('soc2-type1');
    const table = ['--population', 'data/populations/nothing.csv', '--row', '1'];
    expect(await said(whole, ...table)).toEqual([
      2,
      expect.stringMatching(/has no table data\/populations\/nothing/),
    ]);
    const beyond = ['--population', population, '--row', '100000'];
    expect(await said(whole, ...beyond)).toEqual([2, expect.stringMatching(/and none is number 100000/)]);
    expect(await said(whole, '--population', population)).toEqual([
      2,
      expect.stringMatching(/say which rows/),
    ]);
    expect(await said(demo().packet('board'), ...asked)).toEqual([2, expect.stringMatching(/has none$/)]);
    const files = await filesOf(whole);
    files.set(population, Buffer.from(files.get(population)!.toString().replace(',false,', ',true,')));
    const other = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
    expect(await said(other, ...asked)).toEqual([2, expect.stringMatching(/was not made from this vault/)]);
  });

  test('is released like any other packet', async () => {
    const out = join(demo().dir, 'released-sample.zip');
    const by = ['--by', 'Olga Officer', '--role', 'Chief Finance Officer', '--leave-open'];
    const { code, stderr } = await exhibit(['release', path, ...by, '--out', out, '--config', demo().config]);
    expect(code, stderr).toBe(0);
    const { checks } = await withParent(out);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
