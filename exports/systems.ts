import type { JudgedDataset } from './newest-reading.ts';

const vendors: Readonly<Record<string, string>> = {
  github: 'GitHub',
  microsoft365: 'Microsoft 365',
  aws: 'Amazon Web Services',
  exhibit: 'the record of nights that Exhibit keeps',
};

/** What people call a kind of system. */
export function systemName(collector: string): string {
  return vendors[collector] ?? collector;
}

/** Whether a reading told something that can be relied on. */
export function isRead({ snapshot, reasons }: JudgedDataset): boolean {
  return (
    snapshot !== null &&
    reasons.length === 0 &&
    (snapshot.end.records > 0 || snapshot.end.outcome === 'complete')
  );
}
