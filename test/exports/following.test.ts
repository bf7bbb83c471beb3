import { expect, test } from 'vitest';
import { microsoft365 } from '../../collectors/microsoft365/index.ts';
import type { CaptureLine, PartitionLine, SnapshotHeader } from '../../evidence-model/snapshot.ts';
import { Completeness } from '../../exports/verify/completeness.ts';

/** What is found fault with where a partition of users is called complete after these pages. */
async function faultsOf(pages: readonly object[], of = 'microsoft365/identity-providers'): Promise<string[]> {
  const dataset = microsoft365.datasets.find(({ id }) => id === of)!;
  const faults: string[] = [];
  const completeness = new Completeness(
    {
      dataset,
      continues: microsoft365.continues!,
      header: { scope: {}, interval: null, attempt: 1, type: 'state' } as unknown as SnapshotHeader,
      family: null,
      bound: undefined,
      read: () => Promise.resolve(null),
    },
    (text) => faults.push(text),
  );
  const line = {
    partition: 'all',
    parent: null,
    use: 'items',
    exchange: { bytes: 1 },
  } as unknown as CaptureLine;
  const derived = { items: 0, records: [], rejects: [], counted: [], observedAt: null };
  for (const value of pages) {
    completeness.capture(line);
    completeness.page(line, { value, derived });
  }
  const counts = { items: 0, records: 0, rejects: 0, pages: pages.length, expected: null };
  await completeness.close({
    id: 'all',
    outcome: 'complete',
    reasons: [],
    ...counts,
  } as unknown as PartitionLine);
  return faults;
}

test('a listing whose last page says that another follows is not whole', async () => {
  const more = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x?$skiptoken=2', value: [] };
  expect(await faultsOf([more, { value: [] }])).toEqual([]);
  expect((await faultsOf([more])).join()).toContain('a page says that another follows');
  expect((await faultsOf([more, more])).join()).toContain('a page says that another follows');
});

test('what is asked for the newest of is whole, although it says that there are older ones', async () => {
  const newest = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x?$skiptoken=2', value: [{}] };
  const faults = await faultsOf([newest], 'microsoft365/secure-score');
  expect(faults.join()).not.toContain('another follows');
});
