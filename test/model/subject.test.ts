import { expect, test } from 'vitest';
import { joinSubjects } from '../../evidence-model/subject.ts';
import { snapshotOf } from '../controls/support.ts';

test('somebody who is told of in as many places as an organisation has repositories is told of in all of them', () => {
  const places = 20_000;
  const listing = snapshotOf({
    dataset: 'github/repository-collaborators',
    kinds: { account: { speaks: ['name'] } },
    records: Array.from({ length: places }, (_, n) => ({
      ...{ kind: 'account', id: '10', name: 'ada', partition: `${n}` },
    })),
  });
  const [ada] = joinSubjects([listing], new Set(['account'])).of('account');
  const cited = ada?.fields.get('name')?.citations.map(({ pointer }) => pointer) ?? [];
  expect(cited).toHaveLength(places);
  expect([cited.at(0), cited.at(-1)]).toEqual(['/0', `/${places - 1}`]);
});
