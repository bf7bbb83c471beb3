import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSnapshot } from '../../evidence-model/read-snapshot.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { runManual, runScheduled } from '../../scheduler/run-slot.ts';
import { verifyVault } from '../../vault/verify.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from './support.ts';

const due = new Date('2026-03-02T02:30:00Z');
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
const clock = new Clock(due.toISOString());

const openWith = async (...sources: ReturnType<typeof sourceAt>[]) => {
  bench = await openBench(clock, setupOf(sources));
};

beforeEach(async () => {
  clock.set(due.toISOString());
  server = await startPlain();
});

afterEach(async () => {
  await bench.close();
  server.close();
});

async function manifests() {
  const found = [];
  for (const line of await bench.lines('run')) found.push(await bench.vault.run(line));
  return found;
}

describe('a slot', () => {
  test('is opened, with its plan, before anything is asked, and closed after everything was', async () => {
    await openWith(sourceAt(server.url));
    let askedAtOpening = -1;
    const night = await bench.night({
      report: ({ step }) => {
        if (step === 'slot') askedAtOpening = server.asked.length;
      },
    });
    expect(await runScheduled(night, due)).toEqual({ slot: '20260302T023000Z', status: 'ok' });
    expect(askedAtOpening).toBe(0);
    expect(server.asked.length).toBeGreaterThan(3);

    const [opened] = await bench.lines('slot.open');
    expect(opened).toMatchObject({ slot: '20260302T023000Z', seq: 0, kind: 'scheduled', clock: 'system' });
    const plan: unknown = JSON.parse(new TextDecoder().decode(await bench.vault.get(opened!.plan)));
    expect(plan).toMatchObject({ sources: [{ id: 'plain-one', collector: 'plain' }] });
    expect(await bench.lines('slot.close')).toMatchObject([{ seq: 0, status: 'ok', runs: 1 }]);
  });

  test('leaves a vault that verifies, in whose ledger no source is named', async () => {
    await openWith(sourceAt(server.url));
    await runScheduled(await bench.night(), due);
    const report = await verifyVault(bench.vaultDir);
    expect(report.problems).toEqual([]);
    const ledger: unknown[] = [];
    for await (const line of bench.vault.ledger()) ledger.push(line);
    expect(JSON.stringify(ledger)).not.toContain('plain-one');
  });

  test('reads a dataset after the one that it asks for each of', async () => {
    await openWith(sourceAt(server.url));
    await runScheduled(await bench.night(), due);
    const [manifest] = await manifests();
    expect(manifest!.predicate.datasets.map(({ dataset, outcome }) => [dataset, outcome])).toEqual([
      ['plain/things', 'complete'],
      ['plain/owners', 'complete'],
      ['plain/sign-ins', 'complete'],
    ]);
    expect(server.asked.filter((path) => path.endsWith('/owner'))).toHaveLength(2);
  });

  test('reads what needs nothing that is still being read, and names it in its order', async () => {
    let go: () => void = () => undefined;
    server.held.set('/things', new Promise<void>((resolve) => (go = resolve)));
    await openWith(sourceAt(server.url));
    const night = await bench.night({
      report: (progress) => {
        bench.told.push(progress);
        if (progress.step === 'read' && progress.dataset === 'plain/sign-ins') go();
      },
    });
    expect((await runScheduled(night, due)).status).toBe('ok');
    const steps = bench.told.flatMap((each) =>
      each.step === 'dataset' || each.step === 'read' ? [`${each.step} ${each.dataset}`] : [],
    );
    expect(steps).toEqual([
      'dataset plain/things',
      'dataset plain/sign-ins',
      'read plain/sign-ins',
      'read plain/things',
      'dataset plain/owners',
      'read plain/owners',
    ]);
    const [manifest] = await manifests();
    expect(manifest!.predicate.datasets.map(({ dataset }) => dataset)).toEqual([
      'plain/things',
      'plain/owners',
      'plain/sign-ins',
    ]);
  });

  test('of which something cannot be written is given up, and nothing more is begun', async () => {
    await openWith(sourceAt(server.url));
    const night = await bench.night({
      datasetsAtOnce: 1,
      report: (progress) => {
        if (progress.step === 'read' && progress.dataset === 'plain/things') throw new Error('no room');
      },
    });
    await expect(runScheduled(night, due)).rejects.toThrow('no room');
    expect(server.asked).toEqual(['/things']);
    expect(await bench.lines('run')).toEqual([]);
  });

  test('names every body and every snapshot of an attempt in its manifest', async () => {
    await openWith(sourceAt(server.url));
    await runScheduled(await bench.night(), due);
    const [manifest] = await manifests();
    const named = new Set(manifest!.subject.map(({ digest: { sha256 } }) => sha256));
    for (const { snapshot } of manifest!.predicate.datasets) {
      expect(named).toContain(snapshot);
      for (const page of readSnapshot(await bench.vault.get(snapshot)).pages) expect(named).toContain(page);
    }
    expect(named.size).toBe(3 + 4);
  });

  test('keeps no secret in the vault', async () => {
    await openWith(sourceAt(server.url));
    await runScheduled(await bench.night(), due);
    const [manifest] = await manifests();
    for (const { digest } of manifest!.subject)
      expect(new TextDecoder().decode(await bench.vault.get(digest.sha256))).not.toContain('plain-token');
  });

  test('has a failed snapshot of every dataset of a source that cannot be connected, and reads the others', async () => {
    const lost = () =>
      Promise.reject(new OperatorError('source plain-lost: the secret file x cannot be read'));
    await openWith(sourceAt(server.url, 'plain-lost', lost), sourceAt(server.url));
    expect((await runScheduled(await bench.night(), due)).status).toBe('partial');
    const [one, other] = (await manifests()).toSorted((a, b) =>
      a.predicate.source < b.predicate.source ? -1 : 1,
    );
    expect(one!.predicate.source).toBe('plain-lost');
    expect(one!.predicate.datasets.map(({ dataset, outcome }) => [dataset, outcome])).toEqual([
      ['plain/things', 'failed'],
      ['plain/owners', 'failed'],
      ['plain/sign-ins', 'failed'],
    ]);
    expect(one!.predicate.datasets[0]!.end.reasons[0]!.text).toContain('the secret file x cannot be read');
    expect(other!.predicate.datasets.every(({ outcome }) => outcome === 'complete')).toBe(true);
  });

  test('is partial where a dataset is denied, and what depends on it is not complete', async () => {
    await openWith(sourceAt(server.url));
    server.denied.add('/things');
    expect((await runScheduled(await bench.night(), due)).status).toBe('partial');
    const [manifest] = await manifests();
    expect(manifest!.predicate.datasets.map(({ outcome }) => outcome)).toEqual([
      'denied',
      'denied',
      'complete',
    ]);
  });

  test('that is stopped is closed as interrupted, with what was read and what was not', async () => {
    await openWith(sourceAt(server.url));
    const stop = new AbortController();
    server.held.set('/things/anvil/owner', new Promise(() => undefined));
    const night = await bench.night({
      signal: stop.signal,
      datasetsAtOnce: 1,
      report: (progress) => {
        if (progress.step === 'dataset' && progress.dataset === 'plain/owners')
          setTimeout(() => stop.abort(), 100);
      },
    });
    expect((await runScheduled(night, due)).status).toBe('interrupted');
    const [manifest] = await manifests();
    expect(manifest!.predicate.datasets.map(({ dataset, outcome }) => [dataset, outcome])).toEqual([
      ['plain/things', 'complete'],
      ['plain/owners', 'partial'],
      ['plain/sign-ins', 'failed'],
    ]);
    expect(manifest!.predicate.datasets[2]!.end.reasons[0]!.code).toBe('interrupted');
    expect(await bench.lines('run')).toMatchObject([{ status: 'partial' }]);
    expect(await bench.lines('slot.close')).toMatchObject([{ status: 'interrupted', runs: 1 }]);
    expect((await verifyVault(bench.vaultDir)).problems).toEqual([]);
  });

  test('read by hand is a slot of its own, also twice in one second', async () => {
    await openWith(sourceAt(server.url));
    const night = await bench.night();
    const [source] = night.setup.sources;
    const targets = [{ source: source!, dataset: 'plain/owners' }];
    expect((await runManual(night, targets)).slot).toBe('20260302T023000Z-m1');
    expect((await runManual(night, targets)).slot).toBe('20260302T023000Z-m2');
    expect(await bench.lines('slot.open')).toMatchObject([
      { kind: 'manual', seq: 0 },
      { kind: 'manual', seq: 1 },
    ]);
    const [manifest] = await manifests();
    expect(manifest!.predicate.datasets.map(({ dataset }) => dataset)).toEqual([
      'plain/things',
      'plain/owners',
    ]);
  });
});

describe('a log', () => {
  const asked = () => server.asked.filter((path) => path.startsWith('/log')).map((path) => path.slice(5));

  test('is asked for all that the source remembers at first, then from where it was covered', async () => {
    await openWith(sourceAt(server.url));
    const night = await bench.night();
    await runScheduled(night, due);
    clock.set('2026-03-03T02:30:00Z');
    await runScheduled(night, clock.now());
    expect(asked()).toEqual([
      'from=2026-01-31T02:30:00.000Z&to=2026-03-02T02:15:00.000Z',
      'from=2026-03-02T02:00:00.000Z&to=2026-03-03T02:15:00.000Z',
    ]);
  });

  test('is asked for what was missed while the clock was ahead, when that was set right', async () => {
    await openWith(sourceAt(server.url));
    const night = await bench.night();
    const read = async (at: string) => {
      clock.set(at);
      await night.book.noteClock(clock.now());
      await runScheduled(night, clock.now());
    };
    await read('2026-03-02T02:30:00Z');
    await read('2026-03-09T02:30:00Z'); // it is the fourth
    await read('2026-03-05T02:30:00Z');
    await read('2026-03-10T02:30:00Z');
    expect(asked().slice(2)).toEqual([
      'from=2026-03-02T02:00:00.000Z&to=2026-03-05T02:15:00.000Z',
      'from=2026-03-05T02:00:00.000Z&to=2026-03-10T02:15:00.000Z',
    ]);
  });

  test('of another scope is asked for all that the source remembers', async () => {
    await openWith(sourceAt(server.url));
    await runScheduled(await bench.night(), due);
    const other = await startPlain();
    clock.set('2026-03-03T02:30:00Z');
    await runScheduled(await bench.night({ setup: setupOf([sourceAt(other.url)]) }), clock.now());
    other.close();
    expect(other.asked.filter((path) => path.startsWith('/log'))).toEqual([
      '/log?from=2026-02-01T02:30:00.000Z&to=2026-03-03T02:15:00.000Z',
    ]);
  });

  test('is asked again for a night that was not wholly read', async () => {
    await openWith(sourceAt(server.url));
    const night = await bench.night();
    await runScheduled(night, due);
    clock.set('2026-03-03T02:30:00Z');
    server.denied.add('/log');
    await runScheduled(night, clock.now());
    server.denied.clear();
    clock.set('2026-03-04T02:30:00Z');
    await runScheduled(night, clock.now());
    expect(asked().at(-1)).toBe('from=2026-03-02T02:00:00.000Z&to=2026-03-04T02:15:00.000Z');
  });
});
