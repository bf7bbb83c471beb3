import { type Case, unknown, spoiled, more } from '../told.ts';
import { github } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['two owners', github(), 'pass'],
  [
    'one owner',
    spoiled(github(), 'github/members', { records: [{ kind: 'account', id: '10', role: 'owner' }] }),
    'fail',
  ],
  [
    'six owners',
    more(
      github(),
      'github/members',
      ...['1', '2', '3', '4'].map((id) => ({ kind: 'account', id, role: 'owner' })),
    ),
    'fail',
  ],
  [
    'six owners in a listing that is cut',
    spoiled(
      more(
        github(),
        'github/members',
        ...['1', '2', '3', '4'].map((id) => ({ kind: 'account', id, role: 'owner' })),
      ),
      'github/members',
      { partitions: { all: 'partial' } },
    ),
    'fail',
  ],
  [
    'two owners in a listing that is cut',
    spoiled(github(), 'github/members', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'one owner in a listing that is cut',
    spoiled(github(), 'github/members', {
      records: [{ kind: 'account', id: '10', role: 'owner' }],
      partitions: { all: 'partial' },
    }),
    'no-data',
  ],
  [
    'a role that is not told',
    more(github(), 'github/members', { kind: 'account', id: '13', role: unknown }),
    'no-data',
  ],
];
