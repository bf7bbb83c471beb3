import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { collect, type Parents } from '../../collectors/collect.ts';
import { askedBeside, askedFor, type Dataset } from '../../collectors/dataset.ts';
import type { Collector, Io } from '../../collectors/collector.ts';
import { derive } from '../../collectors/derive.ts';
import { Earlier } from '../../collectors/earlier.ts';
import { openNetwork } from '../../collectors/transport/network.ts';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { resolve } from '../../evidence-model/pointer.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import {
  whole,
  type PartitionLine,
  type SnapshotEnd,
  type SnapshotLine,
} from '../../evidence-model/snapshot.ts';
import { salvage } from '../../scheduler/salvage.ts';
import { fixtureOf, replay, type Fixture, type Replay, type Spoil } from './replay.ts';

interface Reading {
  readonly end: SnapshotEnd;
  readonly lines: readonly SnapshotLine[];
  readonly kept: ReadonlyMap<Digest, Uint8Array>;
  readonly unknown: readonly string[];
  readonly left: readonly string[];
}

/** Where the collectors are told to look, as far as that is not `url`. */
const places: Readonly<Record<string, (url: string) => object>> = {
  aws: (url) => ({ endpoint: url }),
  microsoft365: (url) => ({ url, authority: url, resolver: `${url}/dns-query`, exchange: `${url}/exchange` }),
};

const serve = ({ id }: Collector, fixture: Fixture, spoil?: Spoil) =>
  replay(fixture, { tls: id === 'microsoft365', spoil });

/** Reads one dataset through the real session and SDK from a server that replays its fixture. */
async function read(
  collector: Collector,
  dataset: Dataset,
  fixture: Fixture,
  {
    spoil,
    parent = 'complete',
    bound = 'complete',
    earlier = null,
    running,
  }: {
    spoil?: Spoil;
    parent?: PartitionLine['outcome'];
    bound?: PartitionLine['outcome'];
    earlier?: Earlier | null;
    running?: Replay;
  } = {},
): Promise<Reading> {
  const server = running ?? (await serve(collector, fixture, spoil));
  const network = openNetwork({ environment: {}, authorities: server.authorities });
  const start = Date.parse(fixture.now ?? '2026-01-10T01:00:00Z');
  let passed = 0;
  const kept = new Map<Digest, Uint8Array>();
  const io: Io = {
    network,
    now: () => new Date(start + passed),
    random: () => 0,
    // Waiting is told, not done: a clock that is handed in moves on.
    sleep: (milliseconds) => {
      passed += milliseconds;
      return Promise.resolve();
    },
    keep: (bytes) => {
      kept.set(digest(bytes), Uint8Array.from(bytes));
      return Promise.resolve(digest(bytes));
    },
    environment: {},
    signal: new AbortController().signal,
  };
  const place = places[collector.id]?.(server.url) ?? { url: server.url };
  const config = collector.config.parse({ ...fixture.config, ...place });
  const session = await collector.connect(config as never, collector.datasets, io);
  const lines: SnapshotLine[] = [];
  const parents: Parents = {
    partitions: [{ id: whole, outcome: parent, reasons: [] }],
    // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
    records: async function* () {
      yield* fixture.parents ?? [];
    },
  };
  try {
    const end = await collect({
      collector,
      dataset,
      source: 'source-one',
      scope: { ...collector.scope(config as never), ...fixture.scope },
      session,
      parents: dataset.each ? parents : null,
      bound: { outcome: bound },
      earlier,
      interval: fixture.interval ?? null,
      slot: '20260110T010000Z',
      attempt: 1,
      code: digest('code'),
      now: io.now,
      write: (batch) => {
        lines.push(...batch);
        return Promise.resolve();
      },
    });
    return { end, lines, kept, unknown: server.unknown, left: server.left() };
  } finally {
    session.close();
    network.close();
    if (!running) await server.close();
  }
}

const spoils: readonly (readonly [string, Spoil])[] = [
  ['401', () => ({ status: 401, body: '{"message":"Bad credentials"}' })],
  [
    '403',
    () => ({
      status: 403,
      body: '{"message":"Forbidden","__type":"AccessDeniedException","error":{"code":"Authorization_RequestDenied"}}',
    }),
  ],
  ['500 for ever', () => ({ status: 500, body: '{"message":"oops"}' })],
  ['a body that is cut off', () => ({ cut: true })],
  ['an answer that is neither JSON nor XML', () => ({ status: 200, body: 'good news, everyone' })],
];

/** Holds every dataset of a collector to the invariants: fixture, refusals, cut answers, foreign links, second derivation. */
export function walkDatasets(collector: Collector): void {
  for (const dataset of collector.datasets) {
    describe(dataset.id, () => {
      test('is named after its file and says what it is, what it needs and whence it comes', () => {
        expect(dataset.id.startsWith(`${collector.id}/`)).toBe(true);
        expect(existsSync(new URL(`../../collectors/${dataset.id}.ts`, import.meta.url))).toBe(true);
        expect(new URL(dataset.docs).protocol).toBe('https:');
        // Whoever asks AWS who they are is told, whatever they may do.
        if (dataset.id !== 'aws/reader') expect(dataset.permissions.length).toBeGreaterThan(0);
        for (const { kind, fields } of dataset.speaks)
          for (const field of fields) expect(Object.keys(kind.fields)).toContain(field);
      });

      test('turns what its fixture answers into these records and no others, and asks for nothing else', async () => {
        const fixture = await fixtureOf(dataset);
        const { end, lines, kept, unknown, left } = await read(collector, dataset, fixture);
        expect(unknown).toEqual([]);
        expect(end.reasons).toEqual([]);
        expect(end.outcome).toBe('complete');
        const records = lines.filter((line) => line.line === 'record');
        const order = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
        expect(records.map(({ kind, data }) => ({ kind, data })).sort(order)).toEqual(
          [...fixture.records].sort(order),
        );
        expect(left).toEqual([]);
        for (const { artifact } of records) expect(kept.has(artifact)).toBe(true);
        const text = JSON.stringify(lines);
        for (const secret of ['example-token', 'Bearer', 'SecretAccessKey', 'SessionToken'])
          expect(text).not.toContain(secret);
        for (const bytes of kept.values())
          expect(Buffer.from(bytes).toString()).not.toContain('example-token');
      });

      test('gives the same records when its kept answers are read again, each where its pointer says', async () => {
        const fixture = await fixtureOf(dataset);
        const { lines, kept } = await read(collector, dataset, fixture);
        const scope = lines.find((line) => line.line === 'snapshot')!.scope;
        for (const [n, line] of lines.entries()) {
          if (line.line !== 'capture' || (line.use !== 'items' && line.use !== 'none')) continue;
          const next = lines.findIndex(
            (each, at) => at > n && each.line !== 'record' && each.line !== 'reject',
          );
          const artifact = line.exchange.artifact!;
          const decoded = await collector.decode(line.exchange, kept.get(artifact)!);
          const none = line.use === 'none';
          const { each } = dataset;
          const named = fixture.parents?.flatMap(({ data }) => (each ? askedFor(each, data) : [])) ?? [];
          const parent = [...named, ...(each ? askedBeside(each, scope) : [])].find(
            ({ parent: { id } }) => id === line.parent,
          )?.parent;
          const value = decoded.ok ? decoded.value : null;
          const { records, rejects } = derive(dataset, value, {
            artifact,
            none,
            partition: line.partition,
            url: line.exchange.url,
            scope,
            parent,
            interval: fixture.interval ?? null,
          });
          expect([...records, ...rejects]).toEqual(lines.slice(n + 1, next));
          const page = dataset.parse && !none ? dataset.parse(value) : value;
          for (const { pointer } of records) if (!none) expect(resolve(page, pointer)).toBeDefined();
        }
      });

      test('broken off after any line and gone on with, gives the same records', async () => {
        const fixture = await fixtureOf(dataset);
        const running = await serve(collector, fixture);
        onTestFinished(() => running.close());
        const whole = await read(collector, dataset, fixture, { running });
        const order = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
        const recordsIn = (lines: readonly SnapshotLine[]) =>
          lines.filter((line) => line.line === 'record').sort(order);
        for (let cut = 1; cut < whole.lines.length; cut += 1) {
          const torn = whole.lines.slice(0, cut).map((line) => `${JSON.stringify(line)}\n`);
          const { lines } = salvage(new TextEncoder().encode(torn.join('')), new Date(whole.end.endedAt))!;
          const earlier = new Earlier(lines, collector, (artifact) =>
            Promise.resolve(whole.kept.get(artifact)!),
          );
          const gone = await read(collector, dataset, fixture, { running, earlier });
          expect(gone.end.reasons).toEqual([]);
          expect(gone.unknown).toEqual([]);
          expect(recordsIn(gone.lines)).toEqual(recordsIn(whole.lines));
          expect(gone.end).toMatchObject({
            outcome: 'complete',
            items: whole.end.items,
            partitions: whole.end.partitions,
            expected: whole.end.expected,
          });
        }
      });

      test.each(spoils)('is never whole after %s', async (_, spoil) => {
        const { end, lines } = await read(collector, dataset, await fixtureOf(dataset), { spoil });
        expect(end.outcome).not.toBe('complete');
        expect(end.reasons.length).toBeGreaterThan(0);
        const partitions = lines.filter((line) => line.line === 'partition');
        expect(partitions.every(({ outcome }) => outcome !== 'complete')).toBe(true);
      });

      test('says of an answer without any field that it is not told', async () => {
        const spoil: Spoil = () => ({ status: 200, body: '{}' });
        const { end, lines } = await read(collector, dataset, await fixtureOf(dataset), { spoil });
        const records = lines.filter((line) => line.line === 'record');
        if (end.outcome !== 'complete') return;
        const told = records.flatMap(({ data }) =>
          Object.entries(data).filter(([field, value]) => field !== 'id' && !isUnknown(value)),
        );
        expect(told).toEqual([]);
      });

      test('is never more complete than what it is asked for each of', async () => {
        if (!dataset.each) return;
        for (const parent of ['denied', 'partial', 'failed'] as const) {
          const { end } = await read(collector, dataset, await fixtureOf(dataset), { parent });
          expect(end.outcome).not.toBe('complete');
          expect(end.reasons.map(({ code }) => code)).toContain('parent-incomplete');
        }
      });

      test('is never more complete than the listing that bounds it', async () => {
        if (dataset.boundedBy === undefined) return;
        for (const bound of ['denied', 'partial', 'failed'] as const) {
          const { end } = await read(collector, dataset, await fixtureOf(dataset), { bound });
          expect(end.outcome).toBe('partial');
          expect(end.reasons.map(({ code }) => code)).toContain('parent-incomplete');
        }
      });

      test('follows no link to another host', async () => {
        const fixture = await fixtureOf(dataset);
        const links = JSON.stringify(fixture.exchanges);
        if (!/<ORIGIN|nextLink":"ORIGIN/.test(links)) return;
        const exchanges = JSON.parse(
          links.replaceAll(/(<|nextLink":")ORIGIN/g, '$1http://127.0.0.2:1'),
        ) as Fixture['exchanges'];
        const { end } = await read(collector, dataset, { ...fixture, exchanges });
        expect(end.outcome).toBe('partial');
        expect(end.reasons.map(({ code }) => code)).toContain('foreign-link');
      });
    });
  }
}
