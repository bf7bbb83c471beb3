import type { PartitionLine, SnapshotEnd, SnapshotHeader } from '../evidence-model/snapshot.ts';
import { SnapshotLine, whole } from '../evidence-model/snapshot.ts';
import type { Reason } from '../evidence-model/outcome.ts';
import { combine } from '../evidence-model/outcome.ts';

/** A snapshot made of what a process had written when it died. */
export interface Salvaged {
  readonly header: SnapshotHeader;
  readonly end: SnapshotEnd;
  readonly lines: readonly SnapshotLine[];
}

const interrupted: Reason = {
  code: 'interrupted',
  text: 'the process ended while this was read',
  grant: [],
};

/**
 * Makes a whole snapshot of a journal that was left behind. One that had its end is kept as it is. In any other, the
 * last answer may lack lines, so it is kept as an aside that nothing is read from; what was not closed is not complete.
 * `null` where not even the first line was written.
 */
export function salvage(journal: Uint8Array, now: Date): Salvaged | null {
  const lines = wholeLines(journal);
  const [header] = lines;
  if (header?.line !== 'snapshot') return null;
  const last = lines.at(-1);
  if (last?.line === 'end') return { header, end: last, lines };

  const kept = withoutLastAnswer(lines);
  const partitions = kept.filter((line) => line.line === 'partition');
  // Only a dataset of one partition, which was closed, lacks nothing but its last line.
  const broken = header.each === null && partitions.length > 0 ? [] : [brokenPartition(kept)];
  const all = [...partitions, ...broken];
  const captures = kept.filter((line) => line.line === 'capture');
  const total = (field: 'items' | 'records' | 'rejects') =>
    all.reduce((sum, partition) => sum + partition[field], 0);
  const reasons = new Map(all.flatMap((each) => each.reasons).map((each) => [JSON.stringify(each), each]));
  const end: SnapshotEnd = {
    line: 'end',
    endedAt: now.toISOString(),
    outcome: combine(all.map(({ outcome }) => outcome)),
    reasons: [...reasons.values()],
    partitions: all.length,
    items: total('items'),
    records: total('records'),
    rejects: total('rejects'),
    requests: captures.length,
    bytes: captures.reduce((sum, { exchange }) => sum + exchange.bytes, 0),
    expected: null,
    covered: null,
  };
  return { header, end, lines: [...kept, ...broken, end] };
}

/** The lines up to the first that is torn; what follows a torn line was never acknowledged. */
function wholeLines(journal: Uint8Array): SnapshotLine[] {
  const lines: SnapshotLine[] = [];
  const text = new TextDecoder().decode(journal.subarray(0, journal.lastIndexOf(10) + 1));
  for (const json of text.split('\n').slice(0, -1)) {
    const line = SnapshotLine.safeParse(parsed(json));
    if (!line.success) break;
    lines.push(line.data);
  }
  return lines;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Batches are written whole but may be torn by the death of the process: records of the last answer cannot be trusted to be all. */
function withoutLastAnswer(lines: readonly SnapshotLine[]): SnapshotLine[] {
  const at = lines.findLastIndex(({ line }) => line === 'capture');
  const tail = lines.slice(at + 1);
  if (at < 0 || tail.some(({ line }) => line === 'partition')) return [...lines];
  return lines
    .slice(0, at + 1)
    .map((line, n) => (n === at ? { ...line, use: 'aside' } : line) as SnapshotLine);
}

/** All that was read for no partition that was closed. It concerns everyone, so nobody passes on it. */
function brokenPartition(lines: readonly SnapshotLine[]): PartitionLine {
  const closed = new Set(lines.flatMap((line) => (line.line === 'partition' ? [line.id] : [])));
  const open = lines.filter((line) => 'partition' in line && !closed.has(line.partition));
  const records = open.filter(({ line }) => line === 'record');
  const rejects = open.filter(({ line }) => line === 'reject');
  const pages = open.filter(
    (line) => line.line === 'capture' && (line.use === 'items' || line.use === 'none'),
  );
  const items = new Set(
    open.flatMap((line) =>
      line.line === 'record' || line.line === 'reject' ? [`${line.artifact} ${line.pointer}`] : [],
    ),
  );
  return {
    line: 'partition',
    id: whole,
    outcome: pages.length > 0 ? 'partial' : 'failed',
    reasons: [interrupted],
    items: items.size,
    records: records.length,
    rejects: rejects.length,
    pages: pages.length,
    expected: null,
  };
}
