import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastApplication } from '../../exports/insurer/earlier.ts';
import { judge } from '../../exports/judge.ts';
import { buildPacket } from '../../exports/packet.ts';
import { readDraft } from '../../exports/release/draft.ts';
import { releaseDraft } from '../../exports/release/release.ts';
import { toSign } from '../../exports/release/to-sign.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { loadKeys } from '../../vault/keys.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { anchorsOf, writeTrust } from '../../vault/trust-folder.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';

/* Two applications of one company: the second says what changed since the first that was released, and anyone can check that. */
const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
const github = { ...plain, id: 'github' };
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let second: { path: string; twin: string };
let files: Files;

async function built(name: string): Promise<{ path: string; twin: string }> {
  const keys = await loadKeys(join(bench.dir, 'keys'));
  const { path, privatePath } = await buildPacket({
    ...{ vault: bench.vaultDir, archive: bench.vault, writer: bench.vault, profile: 'insurer', asOf: null },
    ...{ keys, out: { file: join(bench.dir, name) } },
  });
  await bench.vault.checkpoint();
  return { path, twin: privatePath! };
}

/** An officer stands up for a draft. */
async function released(path: string, name: string): Promise<string> {
  const zip = await ZipReader.open(path);
  const keys = await loadKeys(join(bench.dir, 'keys'));
  const draft = await readDraft(zip, { vault: bench.vaultDir, archive: bench.vault, keys });
  const accepted = toSign(draft.packet).accept.map(({ question }) => ({ question, initials: 'OO' }));
  const signer = { as: 'officer', name: 'Olga Officer', role: 'CFO', provider: 'not said' } as const;
  const made = await releaseDraft(
    zip,
    draft,
    { ...signer, accepted, leavesOpen: true },
    {
      ...{ vault: bench.vaultDir, keys, writer: bench.vault, out: { file: join(bench.dir, name) } },
      ...{ now: clock.now(), randomBytes, steps: [] },
    },
  );
  await bench.vault.checkpoint();
  await zip.close();
  return made!.path;
}

async function verified(path: string, vault: string | null = null) {
  const trust = await readTrust(join(bench.dir, 'trust'));
  return verifyWithTwin(path, second.twin, trust, [github], vault);
}

beforeAll(async () => {
  server = await startPlain(['anvil', 'bellows']);
  bench = await openBench(clock, setupOf([{ ...sourceAt(server.url, 'github-one'), collector: github }]));
  const night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
  clock.set('2026-03-02T02:30:00Z');
  await tick(night, clock.now());
  await bench.vault.checkpoint();
  await writeTrust(join(bench.dir, 'trust'), await anchorsOf(bench.vault));
  const first = await built('first.zip');
  expect((await filesOf(first.path)).get('data/inclusion.json')!.toString()).not.toContain('earlier');
  await released(first.path, 'first-released.zip');
  clock.set('2026-03-03T02:30:00Z');
  server.denied.add('/things');
  await tick(night, clock.now());
  second = await built('second.zip');
  files = await filesOf(second.path);
}, 240_000);

afterAll(async () => {
  await bench.close();
  server.close();
});

async function forged(change: (files: Files) => unknown): Promise<string> {
  const changed: Files = new Map(files);
  await change(changed);
  return packedIn(bench.dir, await resignedWith(changed, join(bench.dir, 'keys')));
}

describe('a second application', { timeout: 240_000 }, () => {
  test('says against which it is held, and calls nothing better that was told less', () => {
    const page = files.get('00_START_HERE.html')!.toString().replaceAll(/\s+/g, ' ');
    expect(page).toContain('The last application was released on 2026-03-02');
    expect(page).toContain('by the same rules');
    const [, changes = ''] = page.split('What changed since the last application</h2>');
    expect(changes.split('</table>')[0]).toMatch(/told less/);
    expect(files.size).toBeLessThanOrEqual(15);
  });

  test('is derived from the vault, and where there is none that is told', async () => {
    const without = await verified(second.path);
    expect([failures(without), without.unchecked]).toEqual([
      [],
      [expect.stringContaining('what the application of 2026-03-02 came to')],
    ]);
    const whole = await verified(second.path, bench.vaultDir);
    expect([failures(whole), whole.unchecked]).toEqual([[], []]);
    expect(whole.checks.map(({ id }) => id)).toContain('earlier');
  });

  test('is refused where it hides the first, or says other of it', async () => {
    const hidden = await forged((all) => {
      const { earlier, ...rest } = JSON.parse(all.get('data/inclusion.json')!.toString()) as Record<
        string,
        unknown
      >;
      expect(earlier).toBeDefined();
      all.set('data/inclusion.json', Buffer.from(JSON.stringify(rest)));
    });
    expect(failures(await verified(hidden))).toEqual(['twin']);
    const moved = await forged((all) =>
      edit(all, /inclusion/, /"asOf": "2026-03-02T/, '"asOf": "2026-03-01T'),
    );
    expect(failures(await verified(moved))).toEqual(['twin']);
    const counts = await forged((all) => edit(all, /inclusion/, /"fail": 0/, '"fail": 1'));
    expect(failures(await verified(counts, bench.vaultDir))).toEqual(['twin']);
  });

  test('is found by the ledger alone, which no other packet of it can be taken for', async () => {
    const lines: LedgerLine[] = [];
    for await (const line of bench.vault.ledger()) lines.push(line);
    const { asOf } = await judge(bench.vault, { asOf: '2026-03-02T12:00:00Z' });
    expect(lastApplication(lines)).toMatchObject({ asOf });
    const at = lines.findIndex((line) => line.type === 'release');
    expect(lastApplication(lines.slice(0, at))).toBeNull();
    const others = lines.map((line) => (line.type === 'judgement' ? { ...line, rules: line.results } : line));
    expect(() => lastApplication(others)).toThrow('none of its judgements gives');
  });

  test('can be released in its turn, and says the same', async () => {
    const path = await released(second.path, 'second-released.zip');
    const again = await filesOf(path);
    for (const name of ['data/answers.csv', 'data/metrics.csv'])
      expect(again.get(name)!.equals(files.get(name)!), name).toBe(true);
    expect(failures(await verified(path, bench.vaultDir))).toEqual([]);
  });
});
