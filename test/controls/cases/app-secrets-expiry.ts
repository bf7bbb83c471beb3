import { type Case, denied, spoiled, unknown } from '../told.ts';
import { programs } from '../worlds/programs.ts';

const until = (expiresAt: unknown) => programs({ secret: { expiresAt } });

export const cases: readonly Case[] = [
  ['it ends within a year', until('2027-06-30T03:00:00.000Z'), 'pass'],
  ['it ends a little later', until('2027-06-30T03:00:01.000Z'), 'fail'],
  [
    'it ends within a year, and the policy allows less',
    until('2027-06-30T03:00:00.000Z'),
    'fail',
    { maximumDaysAhead: 180 },
  ],
  ['it never ends', until('never'), 'fail'],
  ['it ended lately', until('2026-05-31T03:00:00.000Z'), 'pass'],
  ['it ended long ago', until('2026-05-31T02:59:59.000Z'), 'fail'],
  [
    'it ended yesterday, and the policy allows none that did',
    until('2026-06-29T03:00:00.000Z'),
    'fail',
    { maximumDaysOver: 0 },
  ],
  ['when it ends is not told', until(unknown), 'no-data'],
  ['what it is is not told', programs({ secret: { type: unknown } }), 'no-data'],
  ['there are certificates alone', programs({ secret: { type: 'program-certificate' } }), 'not-applicable'],
  ['what was registered is refused', denied(programs(), 'microsoft365/applications'), 'no-data'],
  [
    'what was let in is cut',
    spoiled(programs(), 'microsoft365/service-principals', { partitions: { all: 'partial' } }),
    'no-data',
  ],
];
