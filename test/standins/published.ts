import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Dataset } from '../../collectors/dataset.ts';
import { derive } from '../../collectors/derive.ts';
import { isId } from '../../controls/conditional-access/model.ts';
import { digest } from '../../evidence-model/digest.ts';
import { whole } from '../../evidence-model/snapshot.ts';
import type { Told } from '../controls/support.ts';

const origin = {
  artifact: digest(new TextEncoder().encode('published')),
  none: false,
  url: 'https://graph.microsoft.com/v1.0/',
  scope: { tenant: 'example.com', url: 'https://graph.microsoft.com' },
  interval: null,
};

/** What a dataset reads in answers that somebody else published, one for each partition. Nothing of them is left out. */
export function toldBy(
  dataset: Dataset,
  answers: Readonly<Record<string, { readonly answer: unknown; readonly parent?: unknown }>>,
): Told {
  const records = Object.entries(answers).flatMap(([partition, { answer, parent = null }]) => {
    const read = derive(dataset, answer, { ...origin, partition, parent });
    expect(read.rejects).toEqual([]);
    return read.records.map(({ kind, data }) => ({ ...data, kind, partition }));
  });
  return {
    dataset: dataset.id,
    kinds: Object.fromEntries(
      dataset.speaks.map(({ kind, fields, lists }) => [kind.name, { speaks: fields, lists }]),
    ),
    partitions: Object.fromEntries(Object.keys(answers).map((id) => [id, 'complete' as const])),
    records,
  };
}

/** The one answer of a dataset that is asked once. */
export const toldOnce = (dataset: Dataset, answer: unknown) => toldBy(dataset, { [whole]: { answer } });

/** Some names in published cases are no ids, which they all are in Graph: each becomes one of its own. */
export function guid(name: string): string {
  if (isId(name)) return name;
  const hex = createHash('sha256').update(name).digest('hex');
  // The digits that say of which form an id is: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
