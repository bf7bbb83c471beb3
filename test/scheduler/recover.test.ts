import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { readSnapshot } from '../../evidence-model/read-snapshot.ts';
import { Book } from '../../scheduler/book.ts';
import type { Night } from '../../scheduler/night.ts';
import { planBytes, planOf } from '../../scheduler/plan.ts';
import { readSource } from '../../scheduler/read-source.ts';
import { recover } from '../../scheduler/recover.ts';
import { runManual, runScheduled } from '../../scheduler/run-slot.ts';
import { salvage } from '../../scheduler/salvage.ts';
import type { Timetable } from '../../scheduler/setup.ts';
import { openVault } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';
import type { RunManifest } from '../../vault/manifest.ts';
import type { Vault } from '../../vault/vault.ts';
import { verifyVault } from '../../vault/verify.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from './support.ts';

const due = new Date('2026-03-02T02:30:00Z');
const timetable: Timetable = {
  daily: { hour: 2, minute: 30, second: 0, timeZone: 'UTC' },
  graceMinutes: 60,
};
const clock = new Clock(due.toISOString());
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let copy: string;
let vault: Vault;
let night: Night;

test('a journal without a first line makes no snapshot', () => {
  expect(salvage(new TextEncoder().encode('{"line":"snap'), new Date())).toBeNull();
});

describe('a slot whose process died', () => {
  beforeEach(async () => {
    clock.set(due.toISOString());
    server = await startPlain();
    bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  });

  afterEach(async () => {
    await vault.close();
    await rm(copy, { recursive: true });
    await bench.close();
    server.close();
  });

  /** What the disk holds when the power goes while the second owner is being asked for: a copy made at that moment. */
  async function die(begin: (night: Night) => Promise<unknown>, tear: (journal: string) => Promise<void>) {
    let go: () => void = () => undefined;
    server.held.set('/things/bellows/owner', new Promise<void>((resolve) => (go = resolve)));
    const reading = begin(await bench.night({ datasetsAtOnce: 1 }));
    while (!(await owners(bench.vaultDir)).includes('owner-of-anvil'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    copy = await mkdtemp(join(tmpdir(), 'exhibit-recover-'));
    await cp(bench.dir, copy, { recursive: true });
    go();
    server.held.clear();
    await reading;
    const [journal] = (await readdir(join(copy, 'vault/journal'), { recursive: true })).filter((name) =>
      name.endsWith('owners.ndjson'),
    );
    await tear(join(copy, 'vault/journal', journal!));
    vault = await openVault({
      dir: join(copy, 'vault'),
      keys: await loadKeys(join(copy, 'keys')),
      now: clock.now,
      randomBytes,
    });
    night = { ...(await bench.night()), book: await Book.open(vault) };
  }

  async function owners(dir: string): Promise<string> {
    const names = await readdir(join(dir, 'journal'), { recursive: true }).catch(() => []);
    const name = names.find((each) => each.endsWith('owners.ndjson'));
    return name === undefined ? '' : readFile(join(dir, 'journal', name), 'utf8');
  }

  const whole = () => Promise.resolve();
  const recovered = () => recover(night, join(copy, 'vault'), timetable);

  async function runs(): Promise<{ status: string; attempt: number; manifest: RunManifest }[]> {
    const found = [];
    for await (const line of vault.ledger())
      if (line.type === 'run')
        found.push({ status: line.status, attempt: line.attempt, manifest: await vault.run(line) });
    return found;
  }

  const scheduled = (one: Night) => runScheduled(one, due);

  test('is gone on with inside its grace: the dead attempt is kept, and a new one reads everything', async () => {
    await die(scheduled, whole);
    clock.set('2026-03-02T03:00:00Z');
    expect(await recovered()).toEqual({ slot: '20260302T023000Z', status: 'ok' });
    const [dead, again] = await runs();
    expect([dead!.attempt, dead!.status]).toEqual([1, 'partial']);
    expect([again!.attempt, again!.status]).toEqual([2, 'ok']);
    expect(dead!.manifest.predicate.datasets.map(({ dataset, outcome }) => [dataset, outcome])).toEqual([
      ['plain/owners', 'partial'],
      ['plain/things', 'complete'],
    ]);
    expect(await readdir(join(copy, 'vault/journal'))).toEqual([]);
    expect((await verifyVault(join(copy, 'vault'))).problems).toEqual([]);
  });

  test('is gone on with behind what was read just now, which is not asked for again', async () => {
    await die(scheduled, whole);
    clock.set('2026-03-02T02:45:00Z');
    server.asked.length = 0;
    expect((await recovered())?.status).toBe('ok');
    expect(server.asked.filter((path) => !path.startsWith('/log'))).toEqual(['/things/bellows/owner']);
    const [dead, again] = await runs();
    const digestOf = (run: typeof dead, id: string) =>
      run!.manifest.predicate.datasets.find(({ dataset }) => dataset === id)!.snapshot;
    expect(digestOf(again, 'plain/things')).toBe(digestOf(dead, 'plain/things'));
    const snapshot = readSnapshot(await vault.get(digestOf(again, 'plain/owners')));
    const { header } = snapshot;
    expect([...snapshot.records()].map(({ data }) => data.id)).toEqual([
      'owner-of-anvil',
      'owner-of-bellows',
    ]);
    expect([header.attempt, header.startedAt]).toEqual([2, due.toISOString()]);
    expect((await verifyVault(join(copy, 'vault'))).problems).toEqual([]);
  });

  test('is read from the start when the source was asked more than a quarter of an hour ago', async () => {
    await die(scheduled, whole);
    clock.set('2026-03-02T02:45:01Z');
    server.asked.length = 0;
    expect((await recovered())?.status).toBe('ok');
    expect(server.asked).toContain('/things');
    expect(server.asked).toContain('/things/anvil/owner');
  });

  test('is read from the start when the program was changed meanwhile', async () => {
    await die(scheduled, whole);
    night = { ...night, program: { ...night.program, code: () => Promise.resolve(digest('other code')) } };
    server.asked.length = 0;
    expect((await recovered())?.status).toBe('ok');
    expect(server.asked).toContain('/things');
  });

  test('keeps what the dead attempt had read, and says that it was interrupted', async () => {
    await die(scheduled, whole);
    await recovered();
    const [dead] = await runs();
    const owner = dead!.manifest.predicate.datasets.find(({ dataset }) => dataset === 'plain/owners');
    const snapshot = readSnapshot(await vault.get(owner!.snapshot));
    expect([...snapshot.records()].map(({ data }) => data.id)).toEqual(['owner-of-anvil']);
    expect(snapshot.end.reasons.map(({ code }) => code)).toEqual(['interrupted']);
    expect(snapshot.partitions.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['0', 'complete'],
      ['all', 'failed'],
    ]);
  });

  test('reads nothing from an answer whose records may have been torn', async () => {
    await die(scheduled, async (path) => {
      const lines = (await readFile(path, 'utf8')).split('\n');
      const last = lines.findIndex((line) => line.includes('"record"'));
      await writeFile(path, `${lines.slice(0, last).join('\n')}\n${lines[last]!.slice(0, 30)}`);
    });
    await recovered();
    const [dead] = await runs();
    const owner = dead!.manifest.predicate.datasets.find(({ dataset }) => dataset === 'plain/owners');
    const snapshot = readSnapshot(await vault.get(owner!.snapshot));
    expect([...snapshot.records()]).toEqual([]);
    expect(snapshot.pages).toEqual([]);
    expect(dead!.manifest.subject.length).toBe(4);
  });

  test('is closed as interrupted when its grace is over', async () => {
    await die(scheduled, whole);
    clock.set('2026-03-02T03:30:01Z');
    server.asked.length = 0;
    expect(await recovered()).toEqual({ slot: '20260302T023000Z', status: 'interrupted' });
    expect(server.asked).toEqual([]);
    expect((await runs()).map(({ status }) => status)).toEqual(['partial']);
    expect((await verifyVault(join(copy, 'vault'))).problems).toEqual([]);
  });

  test('is closed as interrupted when the configuration is no longer the one it was opened with', async () => {
    await die(scheduled, whole);
    night = {
      ...night,
      setup: { ...night.setup, systems: [], organization: { name: 'Other', slug: 'other' } },
    };
    expect((await recovered())?.status).toBe('interrupted');
  });

  test('is closed as interrupted when it was read by hand', async () => {
    await die((one) => runManual(one, [{ source: one.setup.sources[0]!, dataset: null }]), whole);
    expect((await recovered())?.status).toBe('interrupted');
  });

  test('leaves nothing to do afterwards', async () => {
    await die(scheduled, whole);
    await recovered();
    expect(await recovered()).toBeNull();
  });
});

test('a child that was read of another parent is not taken over beside a newer one', async () => {
  const slot = '20260302T023000Z';
  clock.set('2026-03-02T02:30:00Z');
  const names = ['anvil'];
  server = await startPlain(names);
  bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  onTestFinished(async () => {
    await bench.close();
    server.close();
  });
  const begun = await bench.night();
  const source = begun.setup.sources[0]!;
  await begun.book.append({
    type: 'slot.open',
    slot,
    seq: begun.book.nextSeq,
    due: due.toISOString(),
    kind: 'scheduled',
    clock: 'system',
    plan: await bench.vault.put(planBytes(planOf(begun.setup))),
    tsrPrev: null,
  });
  // The parent is read at 02:30 and the child at 02:44; the next attempt finds the parent too old, and dies behind it.
  const slow: Night = {
    ...begun,
    report: (progress) => {
      if (progress.step === 'read' && progress.dataset === 'plain/things') clock.set('2026-03-02T02:44:00Z');
    },
  };
  await readSource(slow, slot, { source, dataset: null });
  names.push('bellows');
  clock.set('2026-03-02T02:46:00Z');
  const parents = source.datasets.filter(({ id }) => id === 'plain/things');
  await readSource(begun, slot, { source: { ...source, datasets: parents }, dataset: null }, true);
  clock.set('2026-03-02T02:47:00Z');
  server.asked.length = 0;
  await readSource(begun, slot, { source, dataset: null }, true);
  expect(server.asked.filter((path) => path.startsWith('/things'))).toEqual([
    '/things/anvil/owner',
    '/things/bellows/owner',
  ]);
});
