import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../demo/aws/random.ts';
import type { Demo } from '../../demo/index.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { openArchive } from '../../vault/files.ts';
import { verifyVault } from '../../vault/verify.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { copyOf, diskOf, exhibit, folderFor, run, said, type Disk } from './process.ts';
import { startSpotless } from './spotless.ts';

/*
 * The program is killed with SIGKILL at random moments, in a process of its own, and started again. What it had said to
 * be on the disk is there, every slot is accounted for, and the ledger and the vault hold.
 */
const chance = seeded(process.env['EXHIBIT_TEST_SEED'] ?? 'crash');
const lanes = 2;
const due = new Date(Math.floor(Date.now() / 1000) * 1000);
let demo: Demo;
/** What time the sources think it is: what is signed by a clock that is minutes off is refused. */
let theirs = () => new Date();
/** A folder that knows its schedule and has read nothing yet. */
let fresh: string;
/** The same, with one night in it. */
let read: string;

const at = (seconds: number) => new Date(due.getTime() + seconds * 1000).toISOString();
const config = (dir: string) => ['--config', join(dir, 'exhibit.yaml')];
const serve = (dir: string, clock: string) =>
  exhibit(['serve', '--listen', '127.0.0.1:0', '--clock', clock, ...config(dir)]);

beforeAll(async () => {
  demo = await startSpotless({ now: due, clock: () => theirs() });
  fresh = await folderFor(demo, due);
  const serving = serve(fresh, at(-60));
  await said(serving, /"msg":"serving"/);
  serving.kill('SIGTERM');
  expect(await serving.ended).toBe(0);
  read = await copyOf(fresh);
  expect(await run(['collect', ...config(read)])).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await demo.close();
  for (const dir of [fresh, read]) await rm(dir, { recursive: true });
});

/** Does it so many times, a few at once; each gets a number of its own. */
async function times(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function ledgerOf(dir: string): Promise<LedgerLine[]> {
  return Array.fromAsync((await openArchive(join(dir, 'vault'))).ledger());
}

/** Everything that must hold after a start that followed a death. */
async function expectWhole(dir: string, before: Disk): Promise<void> {
  const vault = join(dir, 'vault');
  const after = await diskOf(dir);
  expect(after.ledger.startsWith(before.ledger)).toBe(true);
  for (const object of before.objects) expect(after.objects.has(object), object).toBe(true);
  expect(await readdir(join(vault, 'journal')).catch(() => [])).toEqual([]);

  const lines = await ledgerOf(dir);
  const opened = lines.filter((line) => line.type === 'slot.open').map(({ slot }) => slot);
  const closed = lines.filter((line) => line.type === 'slot.close').map(({ slot }) => slot);
  expect(closed.sort()).toEqual([...new Set(opened)].sort());

  const archive = await openArchive(vault);
  const cited = new Set<string>();
  for (const line of lines)
    if (line.type === 'run')
      for (const { digest } of (await archive.run(line)).subject) cited.add(digest.sha256);
  for (const artifact of before.journaled) {
    await archive.get(artifact as never);
    expect(cited.has(artifact), `${artifact} was journaled, and no reading cites it`).toBe(true);
  }
  expect((await verifyVault(vault)).problems).toEqual([]);
}

async function expectWholePackets(dir: string): Promise<number> {
  const packets = join(dir, 'packets');
  const names = (await readdir(packets).catch(() => [])).filter((name) => name.endsWith('.zip'));
  const trust = await readTrust(join(dir, 'trust'));
  for (const name of names)
    expect((await verifyPacket(join(packets, name), trust)).verdict, name).toBe('verified');
  return names.length;
}

function report(what: string, count: number, facts: Readonly<Record<string, number>>): void {
  const told = Object.entries(facts).map(([name, n]) => `${n} ${name}`);
  process.stdout.write(`| ${what} | ${count} kills | ${told.join(', ')} |\n`);
}

test('a reading that is killed at any of a hundred moments', { timeout: 1_800_000 }, async () => {
  const trial = await copyOf(fresh);
  const started = performance.now();
  expect(await run(['collect', ...config(trial)])).toMatchObject({ code: 0 });
  const span = Math.ceil(performance.now() - started);
  await rm(trial, { recursive: true });
  const facts = { 'before a slot was opened': 0, 'in a slot': 0, 'with journals': 0 };
  await times(100, async (n) => {
    const dir = await copyOf(fresh);
    const running = exhibit(['collect', ...config(dir)]);
    await sleep(chance.between(`collect/${n}`, Math.floor(span / 4), Math.ceil(span * lanes)));
    running.kill('SIGKILL');
    await running.ended;
    const before = await diskOf(dir);
    facts[before.ledger.includes('"slot.open"') ? 'in a slot' : 'before a slot was opened'] += 1;
    if (before.journaled.size > 0) facts['with journals'] += 1;
    const again = await run(['collect', ...config(dir)]);
    expect(again.code, again.output).toBe(0);
    await expectWhole(dir, before);
    await rm(dir, { recursive: true });
  });
  report('collect', 100, facts);
  expect(facts['with journals']).toBeGreaterThan(20);
});

test('a packet that is killed at any of fifty moments of its building', { timeout: 1_800_000 }, async () => {
  const facts = { 'whole packets': 0, 'unfinished files': 0 };
  const dir = await copyOf(read);
  const started = performance.now();
  expect(await run(['packet', 'insurer', ...config(dir)])).toMatchObject({ code: 0 });
  const span = Math.ceil(performance.now() - started);
  await rm(dir, { recursive: true });
  await times(50, async (n) => {
    const own = await copyOf(read);
    const profile = n % 2 === 0 ? 'insurer' : 'soc2-type1';
    const running = exhibit(['packet', profile, ...config(own)]);
    await sleep(chance.between(`packet/${n}`, Math.floor(span / 3), Math.ceil(span * lanes)));
    running.kill('SIGKILL');
    await running.ended;
    const before = await diskOf(own);
    facts['whole packets'] += await expectWholePackets(own);
    const left = await readdir(join(own, 'packets')).catch(() => []);
    facts['unfinished files'] += left.filter((name) => !name.endsWith('.zip')).length;
    expect(await run(['packet', profile, ...config(own)])).toMatchObject({ code: 0 });
    expect(await expectWholePackets(own)).toBe(profile === 'insurer' ? 2 : 1);
    await expectWhole(own, before);
    await rm(own, { recursive: true });
  });
  report('packet', 50, facts);
});

test('a service that is killed at any of fifty moments of its night', { timeout: 1_800_000 }, async () => {
  const facts = { 'before its slot': 0, 'in its slot': 0, 'after its slot': 0, 'datasets gone on with': 0 };
  // The services are told that it is still the moment at which the night was due.
  theirs = () => new Date(due.getTime() + 20_000);
  await times(50, async (n) => {
    const dir = await copyOf(fresh);
    const running = serve(dir, at(1));
    await sleep(chance.between(`serve/${n}`, 500, 4_500));
    running.kill('SIGKILL');
    await running.ended;
    const before = await diskOf(dir);
    const [opened, closed] = [before.ledger.includes('"slot.open"'), before.ledger.includes('"slot.close"')];
    facts[closed ? 'after its slot' : opened ? 'in its slot' : 'before its slot'] += 1;

    const again = serve(dir, at(20));
    if (!closed) expect(await said(again, /"status":"\w+"/)).toBe('"status":"ok"');
    else await said(again, /"msg":"serving"/);
    again.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    await expectWhole(dir, before);
    const lines = await ledgerOf(dir);
    // The night that was due was read, once, and by the first start or the second.
    const slots = lines.filter((line) => line.type === 'slot.open');
    expect(slots.map(({ kind }) => kind)).toEqual(['scheduled']);
    expect(lines.filter((line) => line.type === 'gap')).toEqual([]);
    facts['datasets gone on with'] += await goneOnWith(dir, lines);
    await rm(dir, { recursive: true });
  });
  report('serve', 50, facts);
  expect(facts['in its slot']).toBeGreaterThan(5);
  expect(facts['datasets gone on with']).toBeGreaterThan(0);
});

/** What an attempt that died had wholly read is in the next one as it is, and was not asked for again. */
async function goneOnWith(dir: string, lines: readonly LedgerLine[]): Promise<number> {
  const archive = await openArchive(join(dir, 'vault'));
  const last = new Map<string, ReadonlyMap<string, string>>();
  let count = 0;
  for (const line of lines) {
    if (line.type !== 'run') continue;
    const { predicate } = await archive.run(line);
    const before = last.get(line.source);
    for (const { dataset, snapshot, outcome } of predicate.datasets) {
      const taken = before?.get(dataset);
      if (taken === undefined) continue;
      expect({ dataset, snapshot, outcome }).toEqual({ dataset, snapshot: taken, outcome: 'complete' });
      count += 1;
    }
    const whole = predicate.datasets.filter(({ outcome }) => outcome === 'complete');
    last.set(line.source, new Map(whole.map(({ dataset, snapshot }) => [dataset, snapshot])));
  }
  return count;
}
