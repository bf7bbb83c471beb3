import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { digest } from '../../evidence-model/digest.ts';
import { bookDigest } from '../../exports/code-digest.ts';
import { History } from '../../exports/history.ts';
import { bookBytes, markedBook, openBook } from '../../exports/period/index-file.ts';
import { keepBook } from '../../exports/period/keep-book.ts';
import { factsText, periodFacts } from '../../exports/type2/period-facts.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { loadKeys, type Keys } from '../../vault/keys.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

/* Four nights, and what is kept of judging them: what is signed must not follow from what somebody else wrote there. */
const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
const asked = { from: '2026-03-02', to: '2026-03-05', dates: [] };
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let keys: Keys;
let file: string;

const historyOf = () => History.read(bench.vault, { again: true });

async function factsBy(mark: Keys['mark']): Promise<string> {
  const { facts } = await periodFacts(bench.vault, null, asked, (history, all) =>
    markedBook(bench.vaultDir, history, all, mark),
  );
  return [...factsText(facts)].join('');
}

/** What is kept, with other text in it, under the head that `how` makes. */
async function rewritten(how: (head: Record<string, unknown>, body: string) => unknown): Promise<void> {
  const [head = '', body = ''] = gunzipSync(await readFile(file))
    .toString()
    .split('\n');
  const changed = body
    .replaceAll('"status":"fail"', '"status":"pass"')
    .replaceAll('"state":"fail"', '"state":"pass"');
  expect(changed).not.toBe(body);
  const made = how({ ...(JSON.parse(head) as Record<string, unknown>), body: digest(changed) }, changed);
  await writeFile(file, gzipSync(`${JSON.stringify(made)}\n${changed}\n`));
}

const kept = () => readFile(file).catch(() => null);

beforeAll(async () => {
  server = await startPlain(['anvil', 'bellows']);
  bench = await openBench(
    clock,
    setupOf([{ ...sourceAt(server.url, 'github-one'), collector: { ...plain, id: 'github' } }]),
  );
  const night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
  for (const day of [2, 3, 4, 5]) {
    clock.set(new Date(Date.UTC(2026, 2, day, 2, 30)).toISOString());
    await tick(night, clock.now());
  }
  await bench.vault.checkpoint();
  keys = await loadKeys(join(bench.dir, 'keys'));
  file = join(bench.vaultDir, 'index', 'period.json.gz');
}, 120_000);

afterAll(async () => {
  await bench.close();
  server.close();
});

describe('what is kept of judging nights', { timeout: 120_000 }, () => {
  test('comes to the same as judging them anew', async () => {
    const anew = [...factsText((await periodFacts(bench.vault, null, asked)).facts)].join('');
    expect(await kept()).toBeNull();
    expect(await factsBy(keys.mark)).toBe(anew);
    const made = await kept();
    expect(await factsBy(keys.mark)).toBe(anew);
    expect(await kept()).toEqual(made);
    // Kept when there were fewer nights, and gone on with.
    const history = await historyOf();
    await rm(file);
    await markedBook(bench.vaultDir, history.upTo(history.closed[1]!), controls, keys.mark);
    expect(await factsBy(keys.mark)).toBe(anew);
    expect(await kept()).toEqual(made);
  });

  test('is used by whoever has the keys only where it bears his mark', async () => {
    const whole = await factsBy(keys.mark);
    const code = await bookDigest();
    const forgeries: readonly ((head: Record<string, unknown>) => unknown)[] = [
      ({ v, body }) => ({ v, code, body }),
      ({ v, body, mark }) => ({ v, code, body, mark }),
      ({ v, body }) => ({ v, code, body, mark: '0'.repeat(64) }),
    ];
    for (const forge of forgeries) {
      await rewritten(forge);
      expect(await factsBy(keys.mark)).toBe(whole);
    }
    // Whoever holds the keys is believed: that is what the mark is for, and what makes this a test of it.
    await rewritten(({ v, body }) => ({ v, code, body, mark: keys.mark(JSON.stringify({ v, code, body })) }));
    expect(await factsBy(keys.mark)).not.toBe(whole);
    await rm(file);
  });

  test('stays where somebody without keys looks, and where somebody asks as of an earlier night', async () => {
    const history = await historyOf();
    const before = history.upTo(history.closed[2]!);
    await markedBook(bench.vaultDir, before, controls, keys.mark);
    const made = await kept();
    const { book } = await openBook(bench.vaultDir, bench.vault, controls);
    expect(book.nights).toHaveLength(4);
    expect(await kept()).toEqual(made);
    await markedBook(bench.vaultDir, history.upTo(history.closed[0]!), controls, keys.mark);
    expect(await kept()).toEqual(made);
    await markedBook(bench.vaultDir, history, controls, keys.mark);
    const code = await bookDigest();
    expect(await kept()).toEqual(await bookBytes(await keepBook(history, controls), code, keys.mark));
  });
});
