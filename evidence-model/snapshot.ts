import { z } from 'zod';
import { Digest } from './digest.ts';
import { Outcome, Reason } from './outcome.ts';

/** The id of the one partition of a dataset that is read as a whole. */
export const whole = 'all';

const count = z.number().int().nonnegative();
const time = z.iso.datetime();

/** Those things of a kind of which this field has one of these values. */
export const Part = z.strictObject({
  field: z.string(),
  values: z.array(z.union([z.string(), z.boolean()])).min(1),
});
export type Part = z.output<typeof Part>;

/** What a dataset says about one kind: enough to judge its snapshots without knowing the collector. */
export const Speech = z.strictObject({
  /** Fields it is an authority on: what it says of them is what the source says. */
  speaks: z.array(z.string()),
  /** Whether a complete reading names every thing of this kind in each of its partitions, or every one of a part. */
  lists: z.union([z.boolean(), Part]),
});
export type Speech = z.output<typeof Speech>;

/**
 * What it means not to be in this listing: every thing that `among` names and a complete reading of this dataset
 * does not has these values.
 */
export const Absence = z.strictObject({
  kind: z.string(),
  among: z.string(),
  means: z.record(z.string(), z.unknown()),
});
export type Absence = z.output<typeof Absence>;

/** The first line: what was asked, of whom, and how its records are to be read. */
export const SnapshotHeader = z.strictObject({
  line: z.literal('snapshot'),
  v: z.literal(1),
  source: z.string(),
  collector: z.string(),
  dataset: z.string(),
  title: z.string(),
  type: z.enum(['state', 'log']),
  slot: z.string(),
  attempt: z.number().int().positive(),
  startedAt: time,
  /** What of the configuration the requests and records depend on; never a secret. */
  scope: z.record(z.string(), z.unknown()),
  each: z.string().nullable(),
  kinds: z.record(z.string(), Speech),
  absence: z.array(Absence),
  permissions: z.array(z.string()),
  /** Digest of the code that turned answers into records. */
  code: Digest,
  /** Log datasets only: the half-open interval of event time that was asked for. */
  interval: z.strictObject({ from: time, to: time }).nullable(),
});
export type SnapshotHeader = z.output<typeof SnapshotHeader>;

/** The facts of one HTTP exchange. Request headers, credentials and secret values are never among them. */
export const Exchange = z.strictObject({
  at: time,
  method: z.enum(['GET', 'HEAD', 'POST']),
  url: z.string(),
  /** The SDK's operation or the declared GraphQL query, with its input, where the URL does not say it all. */
  operation: z.string().nullable(),
  input: z.record(z.string(), z.unknown()).nullable(),
  /** 0 where no answer came. */
  status: z.number().int(),
  contentType: z.string().nullable(),
  /** The source's error code, where it stands in a header and not in the body. */
  errorType: z.string().optional(),
  /** The source's own clock. */
  date: z.string().nullable(),
  requestId: z.string().nullable(),
  etag: z.string().nullable(),
  durationMs: count,
  bytes: count,
  /** The body, named by its SHA-256; null where there was none or it is never kept. */
  artifact: Digest.nullable(),
  withheld: z.literal('credentials').nullable(),
  /** Where values declared secret were blanked before the body was kept. */
  redacted: z.array(z.string()),
  /** Why no whole answer came, where none did. */
  failure: z.string().nullable(),
});
export type Exchange = z.output<typeof Exchange>;

/** One exchange, and what it served. Lines of records and rejects follow the capture that they were read from. */
export const CaptureLine = z.strictObject({
  line: z.literal('capture'),
  n: count,
  partition: z.string(),
  /** The id of the parent record that it was asked for, for datasets that ask once for each. */
  parent: z.string().nullable(),
  /**
   * `items`: read into records. `none`: the source said that there is nothing, which is itself an item.
   * `count`: an independent count. `problem`: why it went wrong. `aside`: an attempt that was repeated, or a step on the way.
   */
  use: z.enum(['items', 'none', 'count', 'problem', 'aside']),
  exchange: Exchange,
});
export type CaptureLine = z.output<typeof CaptureLine>;

/** One normalised fact, and where in which artifact it was read: the pointer points into the decoded answer. */
export const RecordLine = z.strictObject({
  line: z.literal('record'),
  kind: z.string(),
  artifact: Digest,
  pointer: z.string(),
  partition: z.string(),
  /** When the source itself says that it looked, if earlier than the answer. */
  observedAt: time.nullable(),
  data: z.looseObject({ id: z.string() }),
});
export type RecordLine = z.output<typeof RecordLine>;

/** An item that was not understood. It keeps its partition from being complete. */
export const RejectLine = z.strictObject({
  line: z.literal('reject'),
  artifact: Digest,
  pointer: z.string(),
  partition: z.string(),
  issue: z.string(),
});
export type RejectLine = z.output<typeof RejectLine>;

/** The part of a snapshot that succeeds or fails on its own. */
export const PartitionLine = z.strictObject({
  line: z.literal('partition'),
  id: z.string(),
  outcome: Outcome,
  reasons: z.array(Reason),
  items: count,
  records: count,
  rejects: count,
  pages: count,
  /** What an independent count says; null where there is none. */
  expected: count.nullable(),
});
export type PartitionLine = z.output<typeof PartitionLine>;

/** The last line. A snapshot without it was cut off and proves nothing beyond its lines. */
export const SnapshotEnd = z.strictObject({
  line: z.literal('end'),
  endedAt: time,
  outcome: Outcome,
  reasons: z.array(Reason),
  partitions: count,
  items: count,
  records: count,
  rejects: count,
  requests: count,
  bytes: count,
  expected: count.nullable(),
  /** Log datasets only: the part of the asked interval that was wholly read. */
  covered: z.strictObject({ from: time, to: time }).nullable(),
});
export type SnapshotEnd = z.output<typeof SnapshotEnd>;

export const SnapshotLine = z.discriminatedUnion('line', [
  SnapshotHeader,
  CaptureLine,
  RecordLine,
  RejectLine,
  PartitionLine,
  SnapshotEnd,
]);
export type SnapshotLine = z.output<typeof SnapshotLine>;

/** A snapshot as those who judge see it. Records are read as often as needed, never all held. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly end: SnapshotEnd;
  readonly partitions: readonly PartitionLine[];
  /** The artifacts that items were read from, for citing what a listing does not name. */
  readonly pages: readonly z.output<typeof Digest>[];
  /** What was asked first, of which part; `null` where nothing was. */
  readonly asked: Pick<CaptureLine, 'partition' | 'exchange'> | null;
  records(): Iterable<RecordLine>;
}
