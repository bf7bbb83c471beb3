import type { Digest } from '../../evidence-model/digest.ts';
import { snapshotLines } from '../../evidence-model/read-snapshot.ts';
import type { SnapshotLine } from '../../evidence-model/snapshot.ts';
import type { Archive } from '../../vault/vault.ts';

/** The archive as it would be had these datasets been denied at every reading: nothing came, and each reading says so. */
export function deniedIn(archive: Archive, isDenied: (dataset: string) => boolean): Archive {
  const outcome = 'denied' as const;
  const told = {
    outcome,
    reasons: [{ code: 'permission-missing' as const, text: 'answered 403', grant: ['planted'] }],
  };
  const none = { items: 0, records: 0, rejects: 0, expected: null };
  const emptied = (line: SnapshotLine): SnapshotLine[] => {
    if (line.line === 'partition') return [{ ...line, ...told, ...none, pages: 0 }];
    if (line.line === 'end') return [{ ...line, ...told, ...none, requests: 0, bytes: 0, covered: null }];
    return line.line === 'snapshot' ? [line] : [];
  };
  const snapshots = new Set<Digest>();
  return {
    has: (object) => archive.has(object),
    ledger: () => archive.ledger(),
    nameOf: (alias) => archive.nameOf(alias),
    run: async (line) => {
      const manifest = await archive.run(line);
      const { predicate } = manifest;
      const datasets = predicate.datasets.map((each) => {
        if (!isDenied(each.dataset)) return each;
        snapshots.add(each.snapshot);
        return { ...each, ...told, end: { ...each.end, ...told, ...none, covered: null } };
      });
      return { ...manifest, predicate: { ...predicate, datasets } };
    },
    get: async (object) => {
      const bytes = await archive.get(object);
      if (!snapshots.has(object)) return bytes;
      const lines = [...snapshotLines(bytes)].flatMap(emptied);
      return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
  };
}
