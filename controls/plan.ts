import { z } from 'zod';
import { Cadence } from '../evidence-model/cadence.ts';
import { Absence, Speech } from '../evidence-model/snapshot.ts';
import { DeclaredSystem, Exception, Policy, Register, StoredAnswer } from './declarations.ts';
import { Declared } from './declared/declared.ts';

/** One dataset that is due of one source, with all that judging it needs. */
export const DueDataset = z.strictObject({
  id: z.string(),
  title: z.string(),
  type: z.enum(['state', 'log']),
  cadence: Cadence.default('nightly'),
  docs: z.string(),
  permissions: z.array(z.string()),
  each: z.string().nullable(),
  kinds: z.record(z.string(), Speech),
  absence: z.array(Absence),
});
export type DueDataset = z.output<typeof DueDataset>;

/**
 * What is due in a slot and how it will be judged, pinned by its digest in the line that opens the slot: sources and
 * datasets, thresholds, exceptions and declared systems as they were then. Nothing counts before it stands in one.
 */
export const Plan = z.strictObject({
  v: z.literal(1),
  organization: z.strictObject({
    name: z.string(),
    slug: z.string(),
    /** Of the pages that it hands out. */
    paper: z.enum(['a4', 'letter']).default('a4'),
  }),
  sources: z.array(
    z.strictObject({
      id: z.string(),
      collector: z.string(),
      title: z.string(),
      scope: z.record(z.string(), z.unknown()),
      datasets: z.array(DueDataset),
    }),
  ),
  policy: Policy,
  exceptions: z.array(Exception),
  systems: z.array(DeclaredSystem),
  register: Register.prefault({}),
  answers: z.array(StoredAnswer).default([]),
  declared: Declared.prefault({}),
});
export type Plan = z.output<typeof Plan>;
