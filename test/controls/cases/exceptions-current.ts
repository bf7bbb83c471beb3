import { denied, unknown, type Case } from '../told.ts';
import type { Told, Written } from '../support.ts';
import { aws } from '../worlds.ts';
import { people, robot, written } from '../worlds/people.ts';

type Exception = NonNullable<Written['exceptions']>[number];

const register = {
  ...written,
  people: [
    ...written.people!,
    {
      id: 'bo',
      name: 'Bo Example',
      accounts: [{ source: 'microsoft365-one', account: 'bo-id' }],
      linkedBy: 'An Officer',
      linkedOn: '2026-01-01',
    },
  ],
};
const house = (ada: Readonly<Record<string, unknown>> = {}): Told[] =>
  people({ ada }).map((told) =>
    told.dataset === 'microsoft365/users'
      ? {
          ...told,
          records: [
            ...told.records,
            { kind: 'account', id: 'bo-id', name: 'bo@larkspur.example', enabled: true },
          ],
        }
      : told,
  );
const accepted = (change: Partial<Exception> = {}): Written => ({
  exceptions: [
    {
      id: 'one',
      control: 'mfa-aws-console-users',
      subjects: ['somebody'],
      class: 'migration',
      owner: 'Ada Example',
      approver: 'bo@larkspur.example',
      reason: 'being replaced',
      safeguard: { text: 'an alarm' },
      start: '2026-06-01',
      end: '2026-12-31',
      review: '2026-08-31',
      ...change,
    },
  ],
});
const withCloud = [...house().filter(({ dataset }) => !dataset.startsWith('aws/')), ...aws()];
const guarded = { safeguard: { text: 'an alarm', control: 'cloudtrail-all-regions' } };

export const cases: readonly Case[] = [
  ['owner, approver, safeguard and days are in order', house(), 'pass', {}, register, accepted()],
  ['there are none', house(), 'not-applicable', {}, register],
  ['it ended', house(), 'fail', {}, register, accepted({ end: '2026-06-29' })],
  ['today is its last day', house(), 'pass', {}, register, accepted({ end: '2026-06-30' })],
  ['it begins tomorrow', house(), 'not-applicable', {}, register, accepted({ start: '2026-07-01' })],
  ['the owner can no longer sign in', house({ enabled: false }), 'fail', {}, register, accepted()],
  [
    'whether the owner can sign in is not told',
    house({ enabled: unknown }),
    'no-data',
    {},
    register,
    accepted(),
  ],
  ['the directory was refused', denied(house(), 'microsoft365/users'), 'no-data', {}, register, accepted()],
  ['nobody knows who the owner is', house(), 'no-data', {}, register, accepted({ owner: 'The IT team' })],
  [
    'a service answers for it',
    house(),
    'no-data',
    {},
    {
      ...register,
      services: [{ ...robot, accounts: [{ source: 'github-one', account: 'ada-l' }] }],
    },
    accepted({ owner: 'robot' }),
  ],
  ['nobody knows who approved it', house(), 'no-data', {}, register, accepted({ approver: 'The board' })],
  [
    'the owner approved it, under another name',
    house(),
    'fail',
    {},
    register,
    accepted({ approver: 'ada@larkspur.example' }),
  ],
  ['no day is named to look at it again', house(), 'fail', {}, register, accepted({ review: undefined })],
  [
    'the day to look at it again has passed',
    house(),
    'fail',
    {},
    register,
    accepted({ review: '2026-06-29' }),
  ],
  [
    'the control is critical, and that day is in half a year',
    house(),
    'fail',
    {},
    register,
    accepted({ review: '2026-12-20', control: 'mfa-aws-root' }),
  ],
  [
    'the policy allows half a year',
    house(),
    'pass',
    { reviewDaysCritical: 180 },
    register,
    accepted({ review: '2026-12-20', control: 'mfa-aws-root' }),
  ],
  ['the safeguard passes', withCloud, 'pass', {}, register, accepted(guarded)],
  [
    'the safeguard fails',
    [
      ...house().filter(({ dataset }) => !dataset.startsWith('aws/')),
      ...aws({ trail: { multiRegion: false } }),
    ],
    'fail',
    {},
    register,
    accepted(guarded),
  ],
  ['the safeguard has no data', denied(withCloud, 'aws/trails'), 'no-data', {}, register, accepted(guarded)],
];
