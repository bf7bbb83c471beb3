import type { z } from 'zod';
import { needsOf } from '../../controls/control.ts';
import { controls } from '../../controls/index.ts';
import { evaluate, type Evidence } from '../../controls/evaluate.ts';
import type { Reading } from '../../controls/readings.ts';
import { Register, type DeclaredSystem } from '../../controls/declarations.ts';
import { behind, withDerived } from '../../controls/derived.ts';
import type { Result } from '../../controls/result.ts';
import { digest } from '../../evidence-model/digest.ts';
import type { Outcome } from '../../evidence-model/outcome.ts';
import { whole, type Part, type RecordLine, type Snapshot } from '../../evidence-model/snapshot.ts';
import { joinSubjects } from '../../evidence-model/subject.ts';

/** One dataset as it was read: whose fields it speaks of, in which partitions, with which records. */
export interface Told {
  readonly collector?: string;
  readonly source?: string;
  readonly dataset: string;
  readonly kinds: Readonly<
    Record<string, { readonly speaks: readonly string[]; readonly lists?: boolean | Part }>
  >;
  readonly absence?: {
    readonly kind: string;
    readonly among: string;
    readonly means: Readonly<Record<string, unknown>>;
  };
  readonly partitions?: Readonly<Record<string, Outcome>>;
  readonly records: readonly {
    readonly kind: string;
    readonly id: string;
    readonly partition?: string;
    readonly [field: string]: unknown;
  }[];
  readonly startedAt?: string;
  /** Of a log: the time up to which it was asked for last, and what was wholly read. */
  readonly log?: NonNullable<Reading['log']>;
}

export const asOf = '2026-06-30T03:00:00.000Z';
const time = '2026-06-30T02:30:00.000Z';

export function snapshotOf(told: Told): Snapshot {
  const { collector = told.dataset.split('/')[0] ?? '', dataset, absence, records } = told;
  const outcomes = Object.entries<Outcome>(told.partitions ?? { [whole]: 'complete' });
  const artifact = digest(dataset);
  const startedAt = told.startedAt ?? time;
  const lines = records.map(({ kind, partition = whole, ...data }, n): RecordLine => ({
    line: 'record',
    kind,
    artifact,
    pointer: `/${n}`,
    partition,
    observedAt: null,
    data,
  }));
  const partitions = outcomes.map(([id, outcome]) => ({
    line: 'partition' as const,
    id,
    outcome,
    reasons:
      outcome === 'complete'
        ? []
        : [{ code: 'permission-missing' as const, text: 'it was refused', grant: ['a right'] }],
    items: 0,
    records: 0,
    rejects: 0,
    pages: 1,
    expected: null,
  }));
  const complete = outcomes.every(([, outcome]) => outcome === 'complete');
  return {
    header: {
      line: 'snapshot',
      v: 1,
      source: told.source ?? `${collector}-one`,
      collector,
      dataset,
      title: dataset,
      type: told.log ? 'log' : 'state',
      slot: '20260630T023000Z',
      attempt: 1,
      startedAt,
      scope: {},
      each: null,
      kinds: Object.fromEntries(
        Object.entries(told.kinds).map(([kind, { speaks, lists = false }]) => [
          kind,
          { speaks: [...speaks], lists },
        ]),
      ),
      absence: absence ? [{ ...absence, means: { ...absence.means } }] : [],
      permissions: [],
      code: digest('code'),
      interval: null,
    },
    end: {
      line: 'end',
      endedAt: startedAt,
      outcome: complete ? 'complete' : 'partial',
      reasons: [],
      partitions: partitions.length,
      items: 0,
      records: lines.length,
      rejects: 0,
      requests: 1,
      bytes: 0,
      expected: null,
      covered: null,
    },
    partitions,
    pages: [artifact],
    records: () => lines,
  };
}

export function evidenceOf(
  told: readonly Told[],
  {
    systems = [],
    sources,
    register = {},
  }: {
    readonly systems?: readonly DeclaredSystem[];
    readonly register?: z.input<typeof Register>;
    readonly sources?: readonly { id: string; collector: string }[];
  } = {},
): Evidence {
  const snapshots = told.map(snapshotOf);
  const asked = new Set(controls.flatMap((control) => needsOf(control).map(({ kind }) => kind)));
  const kinds = asked.union(new Set([...asked].flatMap(behind)));
  const readings = snapshots.map(({ header, partitions, end }, n): Reading => ({
    source: header.source,
    collector: header.collector,
    dataset: header.dataset,
    kinds: header.kinds,
    absence: Object.fromEntries(header.absence.map(({ kind, means }) => [kind, Object.keys(means)])),
    partitions,
    reasons: [],
    complete: end.outcome === 'complete',
    ...(told[n]?.log && { log: told[n].log }),
  }));
  const known = new Map(
    snapshots.map(({ header: { source, collector } }) => [source, { id: source, collector }]),
  );
  const read = {
    asOf,
    sources: sources ?? [...known.values()],
    systems,
    readings,
    subjects: joinSubjects(snapshots, kinds),
  };
  return withDerived(read, Register.parse(register), asked);
}

export function judged(
  id: string,
  told: readonly Told[],
  parameters: unknown = {},
  options: Parameters<typeof evidenceOf>[1] = {},
): Promise<Result> {
  const control = controls.find((each) => each.id === id);
  if (!control) throw new Error(`there is no control ${id}`);
  return Promise.resolve(evaluate(control, parameters, evidenceOf(told, options)));
}

/** What every control says of a world, which is joined once for all of them. */
export function judgedByAll(told: readonly Told[]): readonly Result[] {
  const evidence = evidenceOf(told);
  return controls.map((control) => evaluate(control, {}, evidence));
}
