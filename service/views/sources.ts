import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** The configured sources, and how the last attempt at each went. */
export const sources: View = async ({ configuration, archive }) => {
  const last = new Map<string, { slot: string; status: string; at: string }>();
  for await (const line of archive.ledger())
    if (line.type === 'run')
      last.set(await archive.nameOf(line.source), { slot: line.slot, status: line.status, at: line.t });
  const rows = configuration.setup.sources.map(({ id, title, collector, datasets }) => ({
    id,
    title,
    collector: collector.id,
    datasets: datasets.length,
    last: last.get(id) ?? null,
  }));
  return {
    value: { sources: rows },
    text:
      table(
        ['source', 'collector', 'title', 'datasets', 'last read', 'status'],
        rows.map((row) => [
          row.id,
          row.collector,
          row.title,
          row.datasets,
          row.last?.at ?? 'never',
          row.last?.status ?? '',
        ]),
      ) || 'no sources are configured\n',
  };
};
