import { type Case } from '../told.ts';
import { nights } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['every night', nights(), 'pass'],
  ['two of thirty missing', nights({ nightsComplete: 28 }), 'fail'],
  ['no night was due', nights({ nightsDue: 0, nightsComplete: 0 }), 'no-data'],
  [
    'a system that nobody reads',
    nights({ state: 'not-read', declaredBy: 'an officer', declaredOn: '2026-01-01' }),
    'no-data',
  ],
  [
    'a system that is read by hand',
    nights({ state: 'by-hand', declaredBy: 'an officer', declaredOn: '2026-01-01' }),
    'manual',
  ],
  [
    'a system that is absent',
    nights({ state: 'absent', declaredBy: 'an officer', declaredOn: '2026-01-01' }),
    'not-applicable',
  ],
];
