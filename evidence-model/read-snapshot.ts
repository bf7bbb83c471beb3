import { SnapshotLine, type RecordLine, type Snapshot } from './snapshot.ts';
import type { Digest } from './digest.ts';

/** Bytes that are not what they must be: changed, cut off, or never written by us. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
}

/**
 * Reads a kept snapshot. Its lines are parsed as they are asked for; only the header, the partitions and the end are
 * held. Throws `IntegrityError` where the file is not a whole snapshot.
 */
export function readSnapshot(bytes: Uint8Array): Snapshot {
  return { ...partsOf(bytes), records: () => recordsOf(bytes) };
}

/**
 * The same for whoever does not hold the bytes meanwhile: `again` gives them whenever the records are asked for, in pieces
 * of whole lines, so that there is never more than one piece.
 */
export function readSnapshotAgain(bytes: Uint8Array, again: () => Iterable<Uint8Array>): Snapshot {
  return { ...partsOf(bytes), records: () => recordsOfPieces(again()) };
}

function* recordsOfPieces(pieces: Iterable<Uint8Array>): Iterable<RecordLine> {
  for (const piece of pieces) yield* recordsOf(piece);
}

function partsOf(bytes: Uint8Array): Omit<Snapshot, 'records'> {
  const partitions: Snapshot['partitions'][number][] = [];
  const pages: Digest[] = [];
  let asked: Snapshot['asked'] = null;
  let header: Snapshot['header'] | undefined;
  let end: Snapshot['end'] | undefined;
  for (const line of snapshotLines(bytes)) {
    if (end) throw new IntegrityError('a snapshot goes on after its end');
    if ((line.line === 'snapshot') !== (header === undefined))
      throw new IntegrityError('a snapshot has one header, first');
    if (line.line === 'snapshot') header = line;
    else if (line.line === 'partition') partitions.push(line);
    else if (line.line === 'end') end = line;
    else if (line.line === 'capture' && line.use !== 'aside' && line.use !== 'count') {
      asked ??= { partition: line.partition, exchange: line.exchange };
      if (line.use === 'items' && line.exchange.artifact) pages.push(line.exchange.artifact);
    }
  }
  if (!header || !end) throw new IntegrityError('a snapshot was cut off');
  return { header, end, partitions, pages, asked };
}

/** The records of bytes whose lines were all found to have their form. */
function* recordsOf(bytes: Uint8Array): Iterable<RecordLine> {
  for (const value of jsonLines(bytes)) {
    const line = value as SnapshotLine;
    if (line.line === 'record') yield line;
  }
}

/** The lines of a snapshot in order. */
export function* snapshotLines(bytes: Uint8Array): Iterable<SnapshotLine> {
  for (const value of jsonLines(bytes)) {
    const line = SnapshotLine.safeParse(value);
    if (!line.success) throw new IntegrityError('a line of a snapshot has not its form');
    yield line.data;
  }
}

/** The last line must end with a line feed, or the file was cut off. */
function* jsonLines(bytes: Uint8Array): Iterable<unknown> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(10, from);
    if (to < 0) throw new IntegrityError('a snapshot was cut off inside a line');
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(bytes.subarray(from, to)));
    } catch {
      throw new IntegrityError('a line of a snapshot is not JSON');
    }
    yield value;
    from = to + 1;
  }
}
