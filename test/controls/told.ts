import type { z } from 'zod';
import type { Register } from '../../controls/declarations.ts';
import type { Told, Written } from './support.ts';

/**
 * What is the case, the world in which it is, the status that the result must have; the policy where it is not the
 * default, what the company says of people, and what else people said.
 */
export type Case = readonly [
  title: string,
  world: readonly Told[],
  status: string,
  parameters?: Readonly<Record<string, unknown>>,
  register?: z.input<typeof Register>,
  written?: Written,
];

export const unknown = { unknown: 'the source did not say' };

export const without = (world: readonly Told[], dataset: string) =>
  world.filter((told) => told.dataset !== dataset);

export const spoiled = (world: readonly Told[], dataset: string, change: Partial<Told>) =>
  world.map((told) => (told.dataset === dataset ? { ...told, ...change } : told));

export const more = (world: readonly Told[], dataset: string, ...records: Told['records']) =>
  world.map((told) =>
    told.dataset === dataset ? { ...told, records: [...told.records, ...records] } : told,
  );

/** The world in which one dataset was refused, in each of its partitions. */
export const denied = (world: readonly Told[], dataset: string) =>
  spoiled(world, dataset, {
    records: [],
    partitions: Object.fromEntries(
      Object.keys(world.find((told) => told.dataset === dataset)?.partitions ?? { all: '' }).map((id) => [
        id,
        'denied' as const,
      ]),
    ),
  });
