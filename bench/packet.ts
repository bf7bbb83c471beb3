import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controls } from '../controls/index.ts';
import { History } from '../exports/history.ts';
import { markedBook } from '../exports/period/index-file.ts';
import { buildPacket } from '../exports/packet.ts';
import type { AskedProfile } from '../exports/profiles.ts';
import { openArchive, openVault } from '../vault/files.ts';
import { loadKeys } from '../vault/keys.ts';
import { writeLargeCompany } from './large-company.ts';

/*
 * What packets of a large company cost: `node bench/packet.ts [people] [nights] [folder]`, 5,000 and 20 unless told. The
 * period has so many nights, and one is read after it. First the book of the period is brought up to date, timed apart;
 * then the packet of a moment and that of the period are built, each in a process of its own, and beside each `zip -r -6`
 * of the same files in the same run. A folder that is named is kept, and used again when it is named again.
 */
const [mode = '', ...given] = process.argv.slice(2);
const day = 86_400_000;
const first = new Date('2026-03-01T02:30:00Z');

const print = (text: string) => process.stdout.write(`${text}\n`);
const dateOf = (night: number) => new Date(first.getTime() + night * day).toISOString().slice(0, 10);

if (mode === 'book') await keep(given[0] ?? '');
else if (mode === 'build') await build(given[0] ?? '', given[1] as AskedProfile, Number(given[2]));
else await bench(Number(mode || 5000), Number(given[0] ?? 20), given[1] ?? null);

async function bench(people: number, nights: number, kept: string | null): Promise<void> {
  const dir = kept ?? (await mkdtemp(join(tmpdir(), 'exhibit-bench-')));
  try {
    const started = performance.now();
    if (!(await isThere(join(dir, 'vault')))) {
      await mkdir(dir, { recursive: true });
      await writeLargeCompany(dir, { people, nights: nights + 1, first });
      print(`${people} people, ${nights} nights and one after them, written in ${seconds(started)} s`);
    }
    await inOwnProcess(['book', dir]);
    for (const profile of ['soc2-type1', 'soc2-type2'] as const) {
      const before = performance.now();
      await inOwnProcess(['build', dir, profile, String(nights)]);
      const built = performance.now() - before;
      print(`${profile}: ${await besideZip(join(dir, `${profile}.zip`), join(dir, 'unpacked'), built)}`);
    }
  } finally {
    if (kept === null) await rm(dir, { recursive: true });
  }
}

/** Brings the book of the period up to date, as whoever holds the keys. */
async function keep(dir: string): Promise<void> {
  const started = performance.now();
  const vault = join(dir, 'vault');
  const { mark } = await loadKeys(join(dir, 'keys'));
  const history = await History.read(await openArchive(vault), { again: true });
  const { nights } = await markedBook(vault, history, controls, mark);
  print(`the book of ${nights.length} nights up to date in ${seconds(started)} s, ${processors()}`);
}

async function build(dir: string, profile: AskedProfile, nights: number): Promise<void> {
  const started = performance.now();
  const vault = join(dir, 'vault');
  const keys = await loadKeys(join(dir, 'keys'));
  const writer = await openVault({ dir: vault, keys, now: () => new Date(), randomBytes });
  const period = { from: dateOf(0), to: dateOf(nights), dates: [] };
  await buildPacket({
    ...{ vault, archive: writer, keys, profile, asOf: null, writer },
    ...(profile === 'soc2-type2' && { period }),
    out: { file: join(dir, `${profile}.zip`) },
  });
  await writer.close();
  print(`${profile}: built in ${seconds(started)} s, ${processors()}`);
}

/** How long a stock tool takes to pack the same files, which are then on the disk and in its cache. */
async function besideZip(packet: string, folder: string, built: number): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await run('unzip', ['-q', packet, '-d', folder]);
  const again = `${packet}.stock.zip`;
  const started = performance.now();
  // The shell tells what it took of processors, itself and what it ran.
  await run('sh', ['-c', 'zip -q -r -6 "$0" . && times', again], folder);
  const zipped = performance.now() - started;
  const [ours, theirs] = [await stat(packet), await stat(again)];
  await rm(again);
  await rm(folder, { recursive: true });
  return (
    `${size(ours.size)}, the whole process ${(built / 1000).toFixed(1)} s; ` +
    `zip -r -6 of the same files ${(zipped / 1000).toFixed(1)} s, ${size(theirs.size)}: ${(built / zipped).toFixed(2)} times`
  );
}

/** What this process took of processors and of memory. */
function processors(): string {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return `${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s of processors, ${Math.round(maxRSS / 1024)} MB`;
}

function size(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function inOwnProcess(args: readonly string[]): Promise<void> {
  return run(process.execPath, [new URL(import.meta.url).pathname, ...args]);
}

async function run(command: string, args: readonly string[], cwd?: string): Promise<void> {
  const child = spawn(command, args, { stdio: 'inherit', ...(cwd !== undefined && { cwd }) });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}`);
}
