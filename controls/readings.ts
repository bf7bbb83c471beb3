import type { Interval } from '../evidence-model/coverage.ts';
import type { Reason } from '../evidence-model/outcome.ts';
import { whole, type PartitionLine, type Speech } from '../evidence-model/snapshot.ts';
import { partitionKey } from '../evidence-model/subject.ts';
import type { Need } from './control.ts';
import type { Finding } from './finding.ts';

/** What the judge knows of one dataset of one source: how far it was read. A dataset that was never read has no partitions and a reason. */
export interface Reading {
  readonly source: string;
  readonly collector: string;
  readonly dataset: string;
  readonly kinds: Readonly<Record<string, Speech>>;
  /** Fields that the absence from this listing speaks of, by kind. */
  readonly absence: Readonly<Record<string, readonly string[]>>;
  readonly partitions: readonly Pick<PartitionLine, 'id' | 'outcome' | 'reasons'>[];
  /** Reasons that concern the whole of it. */
  readonly reasons: readonly Reason[];
  readonly complete: boolean;
  /** Of a log: the time up to which it was asked for last, and the parts of time that were wholly read. */
  readonly log?: {
    readonly to: string;
    readonly covered: readonly Interval[];
    /** Partitions that were not asked about whenever the log was read. */
    readonly late?: readonly LatePartition[];
  };
}

/** A part of a log, such as one repository, that came to be read later than the rest. */
export interface LatePartition {
  readonly id: string;
  /** When what it is about began to be; nothing happened there before. `null` where that is not told. */
  readonly since: string | null;
  readonly covered: readonly Interval[];
}

export function isAskedOf(reading: Pick<Reading, 'kinds' | 'absence'>, need: Need): boolean {
  const { fields } = need;
  const speech = reading.kinds[need.kind];
  const implied = reading.absence[need.kind] ?? [];
  return (
    (speech !== undefined &&
      (listsOf(speech, need) || speech.speaks.some((field) => fields.includes(field)))) ||
    implied.some((field) => fields.includes(field))
  );
}

/** Whether what is listed may be needed, wholly or in part. */
export function listsOf({ lists }: Pick<Speech, 'lists'>, { only }: Pick<Need, 'only'>): boolean {
  if (typeof lists === 'boolean' || only === undefined) return lists !== false;
  return lists.field === only.field && only.values.some((value) => lists.values.includes(value));
}

/** Whether these list all that is needed, between them. */
export function areListing(readings: readonly Pick<Reading, 'kinds'>[], { kind, only }: Need): boolean {
  const listings = readings.map(({ kinds }) => kinds[kind]?.lists ?? false);
  if (listings.includes(true)) return true;
  return (
    only?.values.every((value) =>
      listings.some(
        (lists) => typeof lists === 'object' && lists.field === only.field && lists.values.includes(value),
      ),
    ) ?? false
  );
}

/** Subjects, and partitions as datasets name them, of which a verdict needs all there is to read. */
export type Due = Pick<ReadonlySet<string>, 'has'> & Iterable<string>;

/** Everything that is read is due. */
export const everything: Due = { has: () => true, *[Symbol.iterator]() {} };

/** A partition concerns a subject that was found in it, that it is named after, or that it holds with all others. */
function concerns(reading: Reading, partition: string, due: Due): boolean {
  return (
    partition === whole ||
    due.has(partition) ||
    due.has(partitionKey(reading.dataset, partition)) ||
    [...due].some((key) => key.endsWith(` ${partition}`))
  );
}

/** A pass stands only where everything that it was due to be read from was wholly read. */
export function settle(finding: Finding, open: readonly string[]): Finding {
  if (finding.status !== 'pass' && finding.status !== 'not-applicable') return finding;
  return open.length === 0 ? finding : { status: 'no-data', reason: open.join('; ') };
}

/** Whether anything of a reading was not wholly read. */
export function isLacking(reading: Reading): boolean {
  return reading.reasons.length > 0 || incomplete(reading).length > 0;
}

/** What of these readings was not wholly read, as far as it concerns what is due. */
export function openIn(readings: readonly Reading[], due: Due): string[] {
  const open = readings.flatMap((reading) => {
    const lacking = incomplete(reading);
    return [
      ...reading.reasons.map(({ text }) => `${reading.dataset}: ${text}`),
      ...lacking
        .filter(({ id }) => concerns(reading, id, due))
        .map((partition) => shortfall(reading, partition)),
    ];
  });
  return [...new Set(open)];
}

export function blameFor(
  readings: readonly Reading[],
  kind: string,
  field: string,
  id: string,
  due: Due,
): string {
  const speakers = readings.filter(
    (reading) => reading.kinds[kind]?.speaks.includes(field) || reading.absence[kind]?.includes(field),
  );
  if (speakers.length === 0) return `no dataset that was due tells ${field}`;
  const open = openIn(speakers, due);
  if (open.length > 0) return open.join('; ');
  return `${speakers.map(({ dataset }) => dataset).join(' and ')} ${speakers.length === 1 ? 'does' : 'do'} not tell ${field} of ${id}`;
}

/** Whether any of these is asked for a field of this thing. Where one was not read at all, it may have been. */
export function isAskedFor(readings: readonly Reading[], kind: string, field: string, id: string): boolean {
  return readings.some(
    ({ kinds, partitions, reasons }) =>
      kinds[kind]?.speaks.includes(field) === true &&
      (reasons.length > 0 || partitions.some((each) => each.id === whole || each.id === id)),
  );
}

function shortfall(reading: Reading, partition: Reading['partitions'][number]): string {
  const where = partition.id === whole ? '' : ` of ${partition.id}`;
  const reasons = partition.reasons.map(({ text, grant }) =>
    grant.length > 0 ? `${text} (grant: ${grant.join(', ')})` : text,
  );
  return `${reading.dataset}${where} is ${partition.outcome}: ${reasons.join('; ')}`;
}

const incompletes = new WeakMap<Reading['partitions'], Reading['partitions']>();

/** The partitions of a reading that were not wholly read. */
function incomplete({ partitions }: Reading): Reading['partitions'] {
  const known = incompletes.get(partitions);
  if (known) return known;
  const found = partitions.filter(({ outcome }) => outcome !== 'complete');
  incompletes.set(partitions, found);
  return found;
}

export function shortfalls(readings: readonly Reading[]): string[] {
  const lines = readings.flatMap((reading) => [
    ...reading.reasons.map(({ text }) => `${reading.source}: ${reading.dataset}: ${text}`),
    ...reading.partitions
      .filter(({ outcome }) => outcome !== 'complete')
      .map((partition) => `${reading.source}: ${shortfall(reading, partition)}`),
  ]);
  return [...new Set(lines)];
}
