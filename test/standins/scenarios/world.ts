import type { Collector } from '../../../collectors/collector.ts';
import { declarationOf } from '../../../collectors/dataset.ts';
import { derive } from '../../../collectors/derive.ts';
import { digest } from '../../../evidence-model/digest.ts';
import { whole } from '../../../evidence-model/snapshot.ts';
import type { Told } from '../../controls/support.ts';

/** What a source answers to one question of a dataset, as the collector decodes it. */
export interface Answer {
  readonly dataset: string;
  /** `null` is its way of saying that there is none. */
  readonly value: unknown;
  /** The record that the question is about. */
  readonly parent?: { readonly id: string } & Readonly<Record<string, unknown>>;
}

export interface Read {
  /** A part of what a collector is: what says what there is, and what it reads. */
  readonly collector: Pick<Collector, 'datasets'>;
  readonly scope: Readonly<Record<string, unknown>>;
  readonly answers: readonly Answer[];
  /** Datasets that the source refused. */
  readonly refused?: readonly string[];
}

/**
 * A source that answers this and nothing else: each answer read by the dataset itself. Every dataset was wholly read, so
 * that what a scenario does not name is not there; what it does not tell of a thing that is there is not known. A listing
 * that never is empty and names nothing was not whole.
 */
export function worldOf({ collector, scope, answers, refused = [] }: Read): Told[] {
  const asked = new Set(answers.map(({ dataset }) => dataset));
  for (const { id } of collector.datasets) asked.delete(id);
  if (asked.size > 0) throw new Error(`there is no dataset ${[...asked].join(', ')}`);
  return collector.datasets.map((dataset): Told => {
    const { kinds, absence } = declarationOf(dataset);
    const [means] = absence;
    const own = refused.includes(dataset.id) ? [] : answers.filter((answer) => answer.dataset === dataset.id);
    const records = own.flatMap(({ value, parent }) => {
      const { records, rejects } = derive(dataset, value, {
        artifact: digest('a scenario'),
        none: value === null,
        partition: parent?.id ?? whole,
        url: 'https://source.example/',
        scope,
        parent,
        interval: null,
      });
      if (rejects.length > 0)
        throw new Error(`${dataset.id}: ${rejects.map(({ issue }) => issue).join('; ')}`);
      return records.map(({ kind, partition, data }) => ({ ...data, kind, partition }));
    });
    const partitions = own.map(({ parent }) => parent?.id ?? whole);
    return {
      dataset: dataset.id,
      kinds,
      ...(means && { absence: means }),
      partitions: refused.includes(dataset.id)
        ? { [whole]: 'denied' }
        : own.length > 0 && records.length === 0 && dataset.neverEmpty !== undefined
          ? { [whole]: 'partial' }
          : // What is asked about each of some things was asked of nothing where there are none.
            Object.fromEntries(
              (partitions.length > 0 || dataset.each !== undefined ? partitions : [whole]).map((id) => [
                id,
                'complete',
              ]),
            ),
      records,
    };
  });
}
