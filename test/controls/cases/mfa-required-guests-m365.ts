import { unknown, type Case } from '../told.ts';
import { microsoft365 } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['there are none', microsoft365(), 'not-applicable'],
  [
    'whose word is taken is not told',
    microsoft365({
      user: { userType: 'guest' },
      policy: { includeUsers: ['All'], includeRoles: [] },
    }).map((told) =>
      told.dataset === 'microsoft365/cross-tenant-access-default'
        ? { ...told, records: told.records.map((each) => ({ ...each, acceptsMfa: unknown })) }
        : told,
    ),
    'no-data',
  ],
  ...(
    [
      ['guests are asked with everybody', { includeUsers: ['All'] }, 'pass'],
      ['guests are asked', { includeUsers: ['GuestsOrExternalUsers'] }, 'pass'],
      ['guests are left out', { includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }, 'fail'],
      [
        'some kinds are left out',
        { includeUsers: ['All'], excludeGuests: { types: ['internalGuest'], tenants: 'all' } },
        'no-data',
      ],
    ] as const
  ).map(
    ([what, policy, status]) =>
      [
        what,
        microsoft365({ user: { userType: 'guest' }, policy: { includeRoles: [], ...policy } }),
        status,
      ] as const,
  ),
];
