import type { Known, Recall } from '../collectors/collector.ts';
import { IntegrityError, snapshotLines } from '../evidence-model/read-snapshot.ts';
import type { SnapshotLine } from '../evidence-model/snapshot.ts';
import type { Book } from './book.ts';

/**
 * What the last whole reading of a dataset got at each address, so that the source need not send it again where it
 * still holds. Only readings of the same scope count; a body that is not there any more is asked for anew.
 */
export async function knownAnswers(
  book: Book,
  alias: string,
  dataset: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<Recall> {
  const found = new Map<string, Omit<Known, 'bytes'>>();
  for (const line of await lastWhole(book, alias, dataset, scope)) {
    if (line.line !== 'capture' || (line.use !== 'items' && line.use !== 'count')) continue;
    const { method, url, status, etag, artifact, redacted } = line.exchange;
    if (method !== 'GET' || (status !== 200 && status !== 304)) continue;
    if (etag !== null && artifact !== null) found.set(url, { etag, artifact, redacted });
  }
  return async (url) => {
    const known = found.get(url);
    if (!known) return null;
    try {
      return { ...known, bytes: await book.vault.get(known.artifact) };
    } catch (error) {
      if (error instanceof IntegrityError) return null;
      throw error;
    }
  };
}

async function lastWhole(
  book: Book,
  alias: string,
  dataset: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<Iterable<SnapshotLine>> {
  for (const { runs } of [...book.slots].toReversed())
    for (const line of runs.toReversed()) {
      if (line.source !== alias) continue;
      try {
        const { predicate } = await book.vault.run(line);
        const read = predicate.datasets.find((each) => each.dataset === dataset);
        if (read?.end.outcome !== 'complete') continue;
        if (JSON.stringify(predicate.scope) !== JSON.stringify(scope)) continue;
        return snapshotLines(await book.vault.get(read.snapshot));
      } catch (error) {
        if (!(error instanceof IntegrityError)) throw error;
      }
    }
  return [];
}
