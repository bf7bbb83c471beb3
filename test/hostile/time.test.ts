import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { collectors } from '../../collectors/index.ts';
import type { Demo } from '../../demo/index.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { openArchive } from '../../vault/files.ts';
import { verifyVault } from '../../vault/verify.ts';
import { serve, until } from '../service/serving.ts';
import { copyOf, exhibit, folderFor, run, said } from './process.ts';
import { startSpotless } from './spotless.ts';

/*
 * What becomes of nights when clocks, processes and disks do what they should not. Each ends in a ledger that says what
 * happened, a table of which is printed.
 */
const due = new Date(Math.floor(Date.now() / 1000) * 1000);
const day = 86_400_000;
const at = (days: number, seconds = 0) => new Date(due.getTime() + days * day + seconds * 1000);
const rows: string[] = [];
let demo: Demo;
/** A folder that knows its schedule, which is due now, every day, and has read nothing yet. */
let fresh: string;

const config = (dir: string) => ['--config', join(dir, 'exhibit.yaml')];
const serving = (dir: string, clock: Date) =>
  exhibit(['serve', '--listen', '127.0.0.1:0', '--clock', clock.toISOString(), ...config(dir)]);

beforeAll(async () => {
  demo = await startSpotless({ now: due, clock: () => new Date(), people: 4, repositories: 1 });
  fresh = await folderFor(demo, due);
  // Of the sources the one that does not look at the time itself, so that nights may be at any.
  await configured(fresh, ({ sources, ...rest }) => ({
    ...rest,
    sources: sources.filter(({ collector }) => collector === 'github'),
  }));
  const first = serving(fresh, at(0, -60));
  await said(first, /"msg":"serving"/);
  first.kill('SIGTERM');
  expect(await first.ended).toBe(0);
});

afterAll(async () => {
  await demo.close();
  await rm(fresh, { recursive: true });
  process.stdout.write(`| what happens | what the ledger says |\n|---|---|\n${rows.join('\n')}\n`);
});

interface Configuration {
  readonly sources: readonly { readonly collector: string }[];
}

async function configured(dir: string, change: (before: Configuration) => object): Promise<void> {
  const path = join(dir, 'exhibit.yaml');
  await writeFile(path, stringify(change(parse(await readFile(path, 'utf8')) as Configuration)));
}

async function own(): Promise<string> {
  const dir = await copyOf(fresh);
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** What became of each slot, in the order of the ledger, by the day it was due; of a vault that verifies. */
async function slotsOf(vault: string): Promise<string[]> {
  expect((await verifyVault(vault)).problems).toEqual([]);
  return slotsIn(vault);
}

async function slotsIn(vault: string): Promise<string[]> {
  const lines: LedgerLine[] = await Array.fromAsync((await openArchive(vault)).ledger());
  const dayOf = (slot: string) => {
    const [, y, m, d] = /^(\d{4})(\d\d)(\d\d)/.exec(slot)!.map(Number);
    return `day ${Math.round((Date.UTC(y!, m! - 1, d) - Date.UTC(due.getUTCFullYear(), due.getUTCMonth(), due.getUTCDate())) / day)}`;
  };
  return lines.flatMap((line) => {
    if (line.type === 'slot.close')
      return [`${dayOf(line.slot)}: ${line.slot.includes('-m') ? 'by hand, ' : ''}${line.status}`];
    return line.type === 'gap' ? [`${dayOf(line.slot)}: gap, ${line.reason}`] : [];
  });
}

function shown(what: string, slots: readonly string[]): void {
  rows.push(`| ${what} | ${slots.join('; ')} |`);
}

describe('a service whose clock is handed in', () => {
  /** The real service in this process, at times that the test chooses. */
  async function clocked(dir: string, start: Date) {
    const time = { now: start.getTime() };
    const service = await serve(dir, [], { now: () => new Date(time.now), collectors });
    const reach = (count: number) =>
      until(async () => {
        // While the service writes, a line may stand there that its checkpoint does not sign yet.
        const found = await slotsIn(join(dir, 'vault'));
        return found.length >= count ? found : undefined;
      });
    return { service, set: (to: Date) => (time.now = to.getTime()), reach };
  }
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2500));

  test('reads each night once though the clock steps back over it', async () => {
    const dir = await own();
    const { service, set, reach } = await clocked(dir, at(0, -1));
    set(at(0, 1));
    await reach(1);
    set(at(0, -300));
    await pause();
    set(at(0, 2));
    await pause();
    set(at(1, 1));
    const slots = await reach(2);
    expect(slots).toEqual(['day 0: ok', 'day 1: ok']);
    expect(await service.end()).toBe(0);
    expect(await slotsOf(join(dir, 'vault'))).toEqual(slots);
    shown('the clock steps back over a night that was read', slots);
  });

  test('says which nights the clock leapt over', async () => {
    const dir = await own();
    const { service, set, reach } = await clocked(dir, at(0, -1));
    set(at(0, 1));
    await reach(1);
    set(at(3, 7200));
    const slots = await reach(4);
    expect(slots).toEqual(['day 0: ok', 'day 1: gap, clock', 'day 2: gap, clock', 'day 3: gap, clock']);
    expect(await service.end()).toBe(0);
    expect(await slotsOf(join(dir, 'vault'))).toEqual(slots);
    shown('the clock leaps three days ahead', slots);
  });
});

test('a service that was down when nights were due', async () => {
  const dir = await own();
  const late = serving(dir, at(3, 600));
  await said(late, /"status":"ok"/);
  late.kill('SIGTERM');
  expect(await late.ended).toBe(0);
  const slots = await slotsOf(join(dir, 'vault'));
  expect(slots).toEqual([
    'day 0: gap, not-running',
    'day 1: gap, not-running',
    'day 2: gap, not-running',
    'day 3: ok',
  ]);
  shown('down for three nights, started ten minutes after the fourth', slots);
});

test('two services on one vault', async () => {
  const dir = await own();
  const first = serving(dir, at(0, -2));
  await said(first, /"msg":"serving"/);
  const second = serving(dir, at(0, -2));
  expect(await second.ended).toBe(2);
  const sentence = second.output().trim();
  expect(sentence.split('\n')).toHaveLength(1);
  expect(sentence).toMatch(/vault/);
  expect(await run(['collect', ...config(dir)])).toMatchObject({ code: 2 });
  await said(first, /"status":"ok"/);
  first.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const slots = await slotsOf(join(dir, 'vault'));
  expect(slots).toEqual(['day 0: ok']);
  shown(`a second service on the vault: «${sentence.replace(/ in \S+/, ' in …')}», exit 2`, slots);
});

describe.runIf(process.getuid?.() === 0)('a volume that fills up while a night is read', () => {
  const shell = (command: string, path: string) => void execFileSync('sh', ['-c', command, path]);

  test('ends in one sentence; with room again the next start accounts for the night and goes on', async () => {
    const dir = await own();
    const volume = join(dir, 'volume');
    await mkdir(volume);
    shell('mount -t tmpfs -o size=64m tmpfs "$0"', volume);
    onTestFinished(() => shell('umount -l "$0"', volume));
    shell('cp -a "$0/../vault" "$0/vault" && rm -r "$0/../vault"', volume);
    await configured(dir, (before) => ({ ...before, vault: 'volume/vault' }));
    // What is left takes the first few bodies of the night and not the others.
    shell('dd if=/dev/zero of="$0/ballast" bs=4096 2>/dev/null; truncate -s -81920 "$0/ballast"', volume);

    const ended = serving(dir, at(0, -2));
    expect(await ended.ended).toBe(2);
    const sentence =
      ended
        .output()
        .split('\n')
        .find((line) => line.includes('the volume is full')) ?? '';
    expect(sentence, ended.output()).toMatch(/the volume is full: make room/);
    expect(ended.output()).not.toMatch(/^\s+at /m);
    const before = await readFile(join(volume, 'vault/ledger/ledger.jsonl'), 'utf8');

    expect(before).toContain('"slot.open"');
    expect(before).not.toContain('"slot.close"');

    await rm(join(volume, 'ballast'));
    const again = serving(dir, at(0, 60));
    await said(again, /"status":"ok"/);
    again.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    expect(
      (await readFile(join(volume, 'vault/ledger/ledger.jsonl'), 'utf8')).startsWith(
        before.slice(0, before.lastIndexOf('\n') + 1),
      ),
    ).toBe(true);
    const slots = await slotsOf(join(volume, 'vault'));
    expect(slots).toEqual(['day 0: ok']);
    shown('the volume fills up in the middle of a night, and has room again a minute later', slots);
  });
});
