import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit, folderWith } from './support.ts';

/*
 * The made-up collector is not in the program's list, so records cannot be derived again here: that is tested with the
 * packets. Here it is how the command ends and what it says.
 */
let server: Awaited<ReturnType<typeof startPlain>>;
let dir: string;

beforeEach(async () => {
  server = await startPlain();
  dir = await configured(server.url);
});

afterEach(() => server.close());

const collect = () => exhibit(dir, ['collect']);

async function packet(): Promise<string> {
  const { code, stdout } = await exhibit(dir, ['packet', 'soc2-type1', '--json']);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { path: string }).path;
}

interface Said {
  verdict: string;
  checks: { id: string; ok: boolean; text: string }[];
}

async function verify(args: readonly string[]): Promise<Said & { code: number }> {
  const { code, stdout } = await exhibit(dir, ['verify', ...args, '--json']);
  return { code, ...(JSON.parse(stdout) as Said) };
}

const against = ({ checks }: Said) => checks.find(({ id }) => id === 'against');

describe('verify', () => {
  test('of a vault in which nothing was collected yet finds nothing wrong', async () => {
    const own = await folderWith({});
    expect((await exhibit(own, ['init'], { collectors: null })).code).toBe(0);
    const { code, stdout } = await exhibit(own, ['verify', 'vault', '--trust', 'trust']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing was collected yet')]);
  });

  test('without anchors does not establish the author, of packet and vault alike: 3', async () => {
    await collect();
    for (const path of [await packet(), join(dir, 'vault')]) {
      const { code, verdict } = await verify([path]);
      expect([code, verdict]).toEqual([3, 'author-not-established']);
    }
  });

  test(
    'of a packet over a period takes the vault that it was made of, and of no other',
    { timeout: 120_000 },
    async () => {
      for (const day of ['2026-03-02', '2026-03-04'])
        await exhibit(dir, ['collect'], { now: () => new Date(`${day}T03:00:00Z`) });
      const now = () => new Date('2026-03-04T04:00:00Z');
      const period = ['--from', '2026-03-01', '--to', '2026-03-04'];
      const asked = async (...args: string[]) => {
        const { code, stdout, stderr } = await exhibit(dir, ['packet', ...args, '--json'], { now });
        return { code, path: code === 0 ? (JSON.parse(stdout) as { path: string }).path : '', stderr };
      };
      const whole = await asked('soc2-type2', ...period, '--night', '2026-03-02');
      expect(whole.path).toMatch(/example_soc2-type2_2026-03-01--2026-03-03_[0-9a-f]{8}\.zip$/);
      expect(await verify([whole.path, '--trust', 'trust'])).toMatchObject({
        code: 3,
        verdict: 'incomplete',
      });
      const { checks } = await verify([whole.path, '--trust', 'trust', '--vault', 'vault']);
      expect(checks.filter(({ id }) => id.startsWith('period')).map(({ id, ok }) => [id, ok])).toEqual([
        ['period-nights', true],
        ['period-records', true],
        ['period', true],
      ]);
      const plainly = await asked('soc2-type1');
      const refused = await exhibit(dir, ['verify', plainly.path, '--vault', 'vault']);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('tells of a period')]);
      for (const [args, why] of [
        [['soc2-type2'], 'give its first day and the day after its last'],
        [['soc2-type2', '--from', '2026-03-01'], 'give --from and --to'],
        [['soc2-type2', '--from', '2026-02-30', '--to', '2026-03-04'], 'is no date'],
        [['soc2-type2', '--from', '2026-03-01', '--to', '2026-03-09'], 'the period ends when'],
        [['soc2-type1', ...period], 'tells of one moment'],
      ] as const)
        expect(await asked(...args)).toMatchObject({
          code: 2,
          stderr: expect.stringContaining(why) as string,
        });
    },
  );

  test('with the anchors that init made is verified: 0', async () => {
    await collect();
    for (const path of [await packet(), join(dir, 'vault')]) {
      const { code, verdict } = await verify([path, '--trust', 'trust']);
      expect([code, verdict]).toEqual([0, 'verified']);
    }
  });

  test('of something that was changed fails: 4', async () => {
    await collect();
    const path = await packet();
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
    await writeFile(path, bytes);
    expect((await verify([path, '--trust', 'trust'])).code).toBe(4);
    const [folder = ''] = await readdir(join(dir, 'vault/objects'));
    const [object = ''] = await readdir(join(dir, 'vault/objects', folder));
    await rm(join(dir, 'vault/objects', folder, object));
    expect((await verify([join(dir, 'vault'), '--trust', 'trust'])).code).toBe(4);
  });

  test('of what is not there, or with anchors that are none, is the operator to mend: 2', async () => {
    await collect();
    const path = await packet();
    for (const args of [['none.zip'], [path, '--trust', 'nowhere'], [path, '--against', 'none.zip']]) {
      const { code, stderr } = await exhibit(dir, ['verify', ...args]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^exhibit: there is no[^\n]+\n$/);
    }
  });
});

describe('against an earlier packet', () => {
  test('a later packet and the vault continue its history', async () => {
    await collect();
    const early = await packet();
    await collect();
    for (const path of [await packet(), join(dir, 'vault')]) {
      const report = await verify([path, '--trust', 'trust', '--against', early]);
      expect(against(report)).toMatchObject({ ok: true });
      expect(report.code).toBe(0);
    }
  });

  test('a history from which lines are gone fails', async () => {
    await collect();
    const early = await packet();
    await collect();
    const late = await packet();
    const report = await verify([early, '--trust', 'trust', '--against', late]);
    expect(report.code).toBe(4);
    expect(against(report)!.text).toContain('lines are gone');
  });

  test('two histories of one key fail', async () => {
    await exhibit(dir, ['init']);
    await cp(join(dir, 'vault'), join(dir, 'other'), { recursive: true });
    await collect();
    const shown = await packet();
    await rm(join(dir, 'vault'), { recursive: true });
    await cp(join(dir, 'other'), join(dir, 'vault'), { recursive: true });
    await collect();
    await collect();
    const report = await verify([join(dir, 'vault'), '--trust', 'trust', '--against', shown]);
    expect(report.code).toBe(4);
    expect(against(report)!.text).toContain('there are two histories');
  });

  test('a packet of another vault fails', async () => {
    await collect();
    const mine = await packet();
    const first = dir;
    dir = await configured(server.url);
    await collect();
    const theirs = await packet();
    dir = first;
    const report = await verify([mine, '--trust', 'trust', '--against', theirs]);
    expect(report.code).toBe(4);
    expect(against(report)!.text).toContain('not signed by the key of this ledger');
  });
});
