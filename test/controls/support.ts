import type { z } from 'zod';
import { needsOf } from '../../controls/control.ts';
import { controls } from '../../controls/index.ts';
import { Declared } from '../../controls/declared/declared.ts';
import { planDataset, type Statements } from '../../controls/declared/derivation.ts';
import { readFor, withDeclared } from '../../controls/declared/with-declared.ts';
import { evaluateAll } from '../../controls/evaluate-all.ts';
import type { Evidence } from '../../controls/evaluate.ts';
import type { Reading } from '../../controls/readings.ts';
import { DeclaredSystem, Exception, Register } from '../../controls/declarations.ts';
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
    asked: null,
    records: () => lines,
  };
}

/** What people said, as the plan would hold it. */
export interface Written {
  readonly exceptions?: readonly z.input<typeof Exception>[];
  readonly systems?: readonly z.input<typeof DeclaredSystem>[];
  readonly declared?: z.input<typeof Declared>;
  /** Whom earlier readings found. */
  readonly populations?: Evidence['populations'];
}

interface Besides extends Written {
  readonly register?: z.input<typeof Register>;
  readonly sources?: readonly { id: string; collector: string }[];
}

function statementsOf({ exceptions = [], systems = [], declared = {}, register = {} }: Besides): Statements {
  return {
    plan: {
      exceptions: exceptions.map((each) => Exception.parse(each)),
      systems: systems.map((each) => DeclaredSystem.parse(each)),
      declared: Declared.parse(declared),
      register: Register.parse(register),
    },
    cite: (pointer) => ({ dataset: planDataset, artifact: digest('plan'), pointer }),
  };
}

/** The evidence of a world, with what people said. */
export function evidenceOf(told: readonly Told[], besides: Besides = {}): Evidence {
  return withDeclared(readingOf(told, besides), statementsOf(besides));
}

function readingOf(told: readonly Told[], { sources, ...besides }: Besides): Evidence {
  const { systems, register } = statementsOf(besides).plan;
  const snapshots = told.map(snapshotOf);
  const needed = new Set(controls.flatMap((control) => needsOf(control).map(({ kind }) => kind)));
  const asked = new Set([...needed, ...readFor(needed)]);
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
  // Exhibit's own source is always there; the world may give it another name.
  const own = told.some(({ collector }) => collector === 'exhibit') ? [] : ['exhibit' as const];
  const known = new Map([
    ...own.map((id) => [id, { id, collector: id }] as const),
    ...snapshots.map(({ header: { source, collector } }) => [source, { id: source, collector }] as const),
  ]);
  const read = {
    asOf,
    sources: sources ?? [...known.values()],
    systems,
    readings,
    subjects: joinSubjects(snapshots, kinds),
  };
  return { ...withDerived(read, register, asked), populations: besides.populations ?? [] };
}

export function judged(
  id: string,
  told: readonly Told[],
  parameters: Readonly<Record<string, unknown>> = {},
  besides: Besides = {},
): Promise<Result> {
  const statements = statementsOf(besides);
  // What exceptions rest on is judged with it.
  const named = statements.plan.exceptions.flatMap(({ control, safeguard }) => [control, safeguard.control]);
  const these = controls.filter((each) => each.id === id || named.includes(each.id));
  const results = evaluateAll(
    these,
    { controls: { [id]: parameters } },
    readingOf(told, besides),
    statements,
  );
  const result = results.find(({ control }) => control === id);
  if (!result) throw new Error(`there is no control ${id}`);
  return Promise.resolve(result);
}

/** What every control says of a world, which is joined once for all of them. */
export function judgedByAll(told: readonly Told[]): readonly Result[] {
  const results = evaluateAll(controls, { controls: {} }, readingOf(told, {}), statementsOf({}));
  return controls.map(({ id }) => results.find(({ control }) => control === id)!);
}
