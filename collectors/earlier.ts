import type { Digest } from '../evidence-model/digest.ts';
import {
  whole,
  type PartitionLine,
  type SnapshotHeader,
  type SnapshotLine,
} from '../evidence-model/snapshot.ts';
import type { Collector, Page } from './collector.ts';

type Part = Exclude<SnapshotLine, { line: 'snapshot' | 'end' }>;

/**
 * What an attempt that was broken off had read of a dataset. Partitions that it had wholly read are taken over as they
 * are; of a listing that is paged by cursor its pages are, and it goes on behind the last of them.
 */
export class Earlier {
  readonly header: SnapshotHeader;
  readonly #collector: Pick<Collector, 'decode'>;
  readonly #body: (artifact: Digest) => Promise<Uint8Array>;
  readonly #parts = new Map<string, Part[]>();
  readonly #closed = new Map<string, PartitionLine>();

  constructor(
    lines: Iterable<SnapshotLine>,
    collector: Pick<Collector, 'decode'>,
    body: (artifact: Digest) => Promise<Uint8Array>,
  ) {
    let header: SnapshotHeader | undefined;
    // Records and rejects follow the answer that they were read from, and stand in its partition.
    for (const line of lines) {
      if (line.line === 'snapshot') header = line;
      else if (line.line === 'partition') this.#closed.set(line.id, line);
      else if (line.line !== 'end') {
        const part = this.#parts.get(line.partition) ?? [];
        if (part.length === 0) this.#parts.set(line.partition, part);
        part.push(line);
      }
    }
    if (!header) throw new Error('a snapshot without its header was given as an earlier reading');
    this.header = header;
    this.#collector = collector;
    this.#body = body;
  }

  /** Everything of a partition that was wholly read, its closing line last; `null` of any other. */
  closed(id: string): { readonly lines: readonly Part[]; readonly end: PartitionLine } | null {
    const end = this.#closed.get(id);
    return end?.outcome === 'complete' ? { lines: this.#parts.get(id) ?? [], end } : null;
  }

  /** The pages of a partition that was broken off, in order, read again from the kept bodies. */
  async *pages(id: string): AsyncIterable<Page & { readonly value: unknown }> {
    // Whatever was closed went well or went wrong; only what was broken off goes on.
    const end = this.#closed.get(id);
    if (end && !(id === whole && end.reasons.some(({ code }) => code === 'interrupted'))) return;
    for (const line of this.#parts.get(id) ?? []) {
      if (line.line !== 'capture' || line.use !== 'items') continue;
      const { exchange } = line;
      if (exchange.artifact === null) return;
      const decoded = await this.#collector.decode(exchange, await this.#body(exchange.artifact));
      if (!decoded.ok) return;
      yield { asides: [], exchange, answer: decoded, value: decoded.value };
    }
  }
}
