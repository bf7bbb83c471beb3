import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import type { Plan } from '../../controls/plan.ts';
import { coverageOf } from '../../exports/coverage.ts';
import type { Packet } from '../../exports/exporter.ts';
import { coverage as coverageFile } from '../../exports/files/coverage.ts';
import { History } from '../../exports/history.ts';
import { runScheduled } from '../../scheduler/run-slot.ts';
import type { Digest } from '../../evidence-model/digest.ts';
import { slotId } from '../../evidence-model/schedule.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';

const day = 86_400_000;

test('nights that nobody read count, also where the window of thirty days begins with them', async () => {
  const clock = new Clock('2026-01-01T02:00:00Z');
  const server = await startPlain();
  const bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  onTestFinished(async () => {
    await bench.close();
    server.close();
  });
  const night = await bench.night();
  await runScheduled(night, clock.now());
  for (let n = 1; n <= 58; n += 1) {
    const due = new Date(Date.parse('2026-01-01T02:00:00Z') + n * day);
    await night.book.append({
      type: 'gap',
      slot: slotId(due),
      seq: night.book.nextSeq,
      due: due.toISOString(),
      noticed: due.toISOString(),
      reason: 'not-running',
    });
  }
  clock.set('2026-03-01T02:00:00Z');
  await runScheduled(night, clock.now());
  const history = await History.read(bench.vault);
  const plan: Plan = await history.plan(history.nights.at(-1)!.open!);
  const coverage = await coverageOf(history, plan, '2026-03-01T03:00:00Z');
  const { nights } = coverage.find(({ dataset }) => dataset === 'plain/things')!;
  expect(nights.length).toBe(30);
  expect(nights.filter(({ complete }) => complete).length).toBe(1);
});

test('of a log each night says of which time it was wholly read, and none of one that was refused', async () => {
  const clock = new Clock('2026-01-01T02:00:00Z');
  const server = await startPlain();
  const bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  onTestFinished(async () => {
    await bench.close();
    server.close();
  });
  const night = await bench.night();
  await runScheduled(night, clock.now());
  server.denied.add('/log');
  clock.set('2026-01-02T02:00:00Z');
  await runScheduled(night, clock.now());
  const history = await History.read(bench.vault);
  const plan: Plan = await history.plan(history.nights.at(-1)!.open!);
  const coverage = await coverageOf(history, plan, '2026-01-02T03:00:00Z');
  const [file] = coverageFile({ judgement: { coverage } } as unknown as Packet) as { content: string }[];
  const rows: Record<string, string>[] = parse(file!.content, { columns: true });
  const told = (dataset: string) =>
    rows
      .filter((row) => row['dataset'] === dataset)
      .map((row) => [row['complete'], row['covered_from_utc'], row['covered_to_utc']]);
  const { from, to } = (await history.snapshot(await digestOf(history, 'plain/sign-ins'))).header.interval!;
  expect(told('plain/sign-ins')).toEqual([
    ['true', from, to],
    ['false', '', ''],
  ]);
  expect(told('plain/things')).toEqual([
    ['true', '', ''],
    ['true', '', ''],
  ]);
});

/** The snapshot of a dataset in the first night. */
async function digestOf(history: History, id: string): Promise<Digest> {
  const [run] = history.nights[0]!.runs;
  const { predicate } = await history.manifest(run!);
  return predicate.datasets.find(({ dataset }) => dataset === id)!.snapshot;
}
