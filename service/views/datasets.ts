import { judge, type Judgement } from '../../exports/judge.ts';
import type { JudgedDataset } from '../../exports/newest-reading.ts';
import { table } from '../output/table.ts';
import type { Shown, View } from './view.ts';

/** The newest reading of every dataset that is due. */
export const datasets: View = async ({ archive, now }) =>
  showDatasets(await judge(archive, { now: now.toISOString() }));

/** The readings of a judgement in the form that programs outside read. */
export function showDatasets({ asOf, datasets: judged }: Pick<Judgement, 'asOf' | 'datasets'>): Shown {
  const rows = judged.map(rowOf);
  const head = [
    'source',
    'dataset',
    'outcome',
    'records',
    'rejects',
    'expected',
    'requests',
    'bytes',
    'reason',
  ];
  return {
    value: { asOf, datasets: rows },
    text: `as of ${asOf}\n\n${table(
      head,
      rows.map((row) => [
        row.source,
        row.dataset,
        row.outcome,
        row.records,
        row.rejects,
        row.expectedCount,
        row.requests,
        row.bytes,
        row.reason ?? '',
      ]),
    )}`,
  };
}

function rowOf({ source, dataset, snapshot, reasons }: JudgedDataset) {
  const because = [...(snapshot?.end.reasons ?? []), ...reasons]
    .map(({ text, grant }) => (grant.length > 0 ? `${text} (grant: ${grant.join(', ')})` : text))
    .join('; ');
  const reason = because === '' ? null : because;
  // Nothing was read, which is not the same as nothing being there.
  const unread = { records: null, rejects: null, expectedCount: null, requests: 0, bytes: 0 };
  if (!snapshot) return { source, dataset, outcome: 'failed', ...unread, reason };
  const { outcome, records, rejects, expected, requests, bytes } = snapshot.end;
  return { source, dataset, outcome, records, rejects, expectedCount: expected, requests, bytes, reason };
}
