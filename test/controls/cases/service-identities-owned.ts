import { type Case, denied, unknown, without } from '../told.ts';
import { code } from '../worlds/code.ts';
import { programs } from '../worlds/programs.ts';

const github = { source: 'github-one' } as const;
const mirror = { ...github, account: 'DK1' };
/** A tenant with a program, and an organisation with a key and an App, which can do nothing as they are. */
const both = (said: Parameters<typeof code>[0] = {}) => [...programs(), ...code(said)];
type Register = NonNullable<Case[4]>;
type Service = NonNullable<Register['services']>[number];

/** Ada answers for the program, and for whatever else is named. */
const written = (change: Partial<Service> = {}, ...accounts: Service['accounts']): Register => ({
  people: [
    {
      id: 'ada',
      name: 'Ada Example',
      accounts: [{ source: 'microsoft365-one', account: 'ada' }],
      linkedBy: 'Bo Example',
      linkedOn: '2026-01-02',
    },
  ],
  services: [
    {
      id: 'pipeline',
      purpose: 'Delivers what was built',
      owner: 'ada',
      accounts: [{ source: 'microsoft365-one', account: 'pipeline' }, ...accounts],
      declaredBy: 'Bo Example',
      declaredOn: '2026-03-01',
      ...change,
    },
  ],
});

export const cases: readonly Case[] = [
  ['somebody answers for the program', programs(), 'pass', {}, written()],
  ['nobody wrote it down', programs(), 'fail'],
  [
    'another program is written down',
    programs(),
    'fail',
    {},
    written({ accounts: [{ source: 'microsoft365-one', account: 'quiet' }] }),
  ],
  [
    'one of that id at another source is',
    [...programs(), ...code()],
    'fail',
    {},
    written({ accounts: [{ source: 'github-one', account: 'pipeline' }] }),
  ],
  ['who answers for it is not known', programs(), 'no-data', {}, written({ owner: 'somebody' })],
  ['it was written down long ago', programs(), 'fail', {}, written({ declaredOn: '2025-12-01' })],
  [
    'the policy allows longer',
    programs(),
    'pass',
    { reviewDays: 365 },
    written({ declaredOn: '2025-12-01' }),
  ],
  ['it is written down as of tomorrow', programs(), 'fail', {}, written({ declaredOn: '2026-07-01' })],
  [
    'whoever answers for it left',
    programs({ bob: {} }),
    'fail',
    {},
    {
      ...written(),
      leavers: {
        exportedBy: 'Bo',
        exportedOn: '2026-06-29',
        system: 'HR',
        filter: 'all',
        people: [{ account: 'ada', leftOn: '2026-06-01' }],
      },
    },
  ],
  ['it may do nothing of note', programs({ grant: { permissions: ['User.Read.All'] } }), 'not-applicable'],
  ['it is switched off', programs({ program: { suspended: true } }), 'not-applicable'],
  ['what it may is not told', programs({ grant: { permissions: unknown } }), 'no-data', {}, written()],
  ['programs are refused', denied(programs(), 'microsoft365/service-principals'), 'no-data', {}, written()],
  [
    'what programs may was never due',
    without(programs(), 'microsoft365/app-role-assignments'),
    'no-data',
    {},
    written(),
  ],
  ['a key may only read, and the App is suspended', both(), 'pass', {}, written()],
  ['a key may write', both({ key: { mayWrite: true } }), 'fail', {}, written()],
  ['a key may write and is written down', both({ key: { mayWrite: true } }), 'pass', {}, written({}, mirror)],
  [
    'a key may write and is switched off',
    both({ key: { mayWrite: true, active: false } }),
    'pass',
    {},
    written(),
  ],
  ['whether a key may write is not told', both({ key: { mayWrite: unknown } }), 'no-data', {}, written()],
  ['keys are refused', denied(both(), 'github/deploy-keys'), 'no-data', {}, written()],
  ['an App may write', both({ app: { suspended: false } }), 'fail', {}, written()],
  [
    'an App may write and is written down',
    both({ app: { suspended: false } }),
    'pass',
    {},
    written({}, { ...github, account: '11' }),
  ],
  [
    'an App may only read',
    both({ app: { suspended: false, permissions: ['contents: read', 'metadata: read'] } }),
    'pass',
    {},
    written(),
  ],
  [
    'what an App may is not told',
    both({ app: { suspended: false, permissions: unknown } }),
    'no-data',
    {},
    written(),
  ],
  [
    'an account is written down',
    both(),
    'pass',
    {},
    written({}, { ...github, account: '11' }, { ...github, account: '10' }),
  ],
  [
    'an account was written down long ago',
    both(),
    'fail',
    {},
    written({ declaredOn: '2025-12-01' }, { ...github, account: '10' }),
  ],
];
