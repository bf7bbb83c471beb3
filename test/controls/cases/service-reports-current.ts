import type { Case } from '../told.ts';
import type { Written } from '../support.ts';
import { github } from '../worlds.ts';

type Report = NonNullable<NonNullable<NonNullable<Written['declared']>['subservices']>[number]['report']>;

const read = (change: Partial<Report> = {}): Written => ({
  declared: {
    subservices: [
      {
        id: 'github',
        name: 'GitHub',
        report: {
          title: 'SOC 2 type 2',
          from: '2025-04-01',
          to: '2026-03-31',
          reviewer: 'Ada Example',
          reviewedOn: '2026-05-04',
          ...change,
        },
      },
    ],
  },
});
const old = { from: '2024-04-01', to: '2025-03-31' };

export const cases: readonly Case[] = [
  ['its report is of this year, and was read', github(), 'pass', {}, {}, read()],
  ['its report is of the year before', github(), 'fail', {}, {}, read(old)],
  [
    'a letter goes on from it',
    github(),
    'pass',
    {},
    {},
    read({ ...old, bridgeLetter: { until: '2026-03-31', receivedOn: '2026-04-10' } }),
  ],
  [
    'the letter is old, too',
    github(),
    'fail',
    {},
    {},
    read({ ...old, bridgeLetter: { until: '2025-06-29', receivedOn: '2025-07-10' } }),
  ],
  ['the policy allows less', github(), 'fail', { maxAgeDays: 60 }, {}, read()],
  ['it is to be read tomorrow', github(), 'fail', {}, {}, read({ reviewedOn: '2026-07-01' })],
  ['its period ends in the time to come', github(), 'fail', {}, {}, read({ to: '2026-12-31' })],
  ['it was read before its period ended', github(), 'fail', {}, {}, read({ reviewedOn: '2026-03-30' })],
  [
    'a letter speaks for the time to come',
    github(),
    'fail',
    {},
    {},
    read({ ...old, bridgeLetter: { until: '2026-12-31', receivedOn: '2026-04-10' } }),
  ],
  ['it is a year old to the day', github(), 'pass', {}, {}, read({ to: '2025-06-30' })],
  ['there is none', github(), 'fail'],
  [
    'another organisation is named, without a report',
    github(),
    'fail',
    {},
    {},
    { declared: { subservices: [...read().declared!.subservices!, { id: 'payroll', name: 'Harbour Pay' }] } },
  ],
  ['nothing is connected and nobody named', [], 'not-applicable'],
];
