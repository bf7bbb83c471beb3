import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controls } from '../controls/index.ts';
import { History } from '../exports/history.ts';
import { judgeNight } from '../exports/judge-night.ts';
import { daysOf } from '../exports/period/calendar-days.ts';
import { openBook } from '../exports/period/index-file.ts';
import { periodOf } from '../exports/period/period.ts';
import { openArchive } from '../vault/files.ts';
import { writeLargeCompany } from './large-company.ts';

/*
 * How long judging a large company takes, and what memory: `node bench/period.ts [people] [nights]`, 100,000 and 3 unless
 * told. One night by itself, every control, and all nights with the results over the period; each in a process of its own,
 * the night once as it comes and once with as little heap as it needs: V8 lets garbage grow with what a machine has.
 */
const [mode = '', ...given] = process.argv.slice(2);
const day = 86_400_000;
const frugal = ['--max-old-space-size=300', '--max-semi-space-size=8'];
const first = new Date('2026-03-01T02:30:00Z');

const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
const print = (text: string) => process.stdout.write(`${text}\n`);

if (mode === 'night') await night(given[0] ?? '');
else if (mode === 'all') await all(given[0] ?? '');
else await bench(Number(mode || 100_000), Number(given[0] ?? 3));

async function bench(people: number, nights: number): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-bench-'));
  try {
    const started = performance.now();
    const vault = await writeLargeCompany(dir, { people, nights, first });
    print(`${people} people, ${nights} nights, written in ${seconds(started)} s`);
    await inOwnProcess(['night', vault]);
    await inOwnProcess(['night', vault], frugal);
    await inOwnProcess(['all', vault]);
    await inOwnProcess(['all', vault]);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Judges the last night by itself, and lets each result go when it is made. */
async function night(vault: string): Promise<void> {
  const started = performance.now();
  const history = await History.read(await openArchive(vault));
  const last = history.closed.at(-1);
  if (!last) throw new Error('there is no night');
  const judged = await judgeNight(history, last, { controls });
  let verdicts = 0;
  for (const { result } of judged.results()) verdicts += result.verdicts.length;
  print(
    `one night: ${controls.length} controls, ${verdicts} verdicts in ${seconds(started)} s, ${megabytes()} MB`,
  );
}

/** Judges all nights that the index does not know, and then the period. */
async function all(vault: string): Promise<void> {
  const started = performance.now();
  let judged = 0;
  const { history, book, rules } = await openBook(vault, await openArchive(vault), controls, () => {
    judged += 1;
  });
  const opened = seconds(started);
  const until = new Date(first.getTime() + book.nights.length * day);
  const days = daysOf(history, first.toISOString().slice(0, 10), until.toISOString().slice(0, 10));
  await periodOf(history, book, days, rules, controls);
  const { size } = await stat(join(vault, 'index', 'period.json.gz'));
  print(
    `all nights: ${judged} of ${book.nights.length} judged in ${opened} s, the period with them in ${seconds(started)} s, ` +
      `${megabytes()} MB; index ${(size / 1e6).toFixed(1)} MB`,
  );
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

async function inOwnProcess(args: readonly string[], flags: readonly string[] = []): Promise<void> {
  if (flags.length > 0) print(`with ${flags.join(' ')}:`);
  const script = new URL(import.meta.url).pathname;
  const child = spawn(process.execPath, [...flags, script, ...args], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`);
}
