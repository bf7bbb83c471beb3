import { unknown, type Case } from '../told.ts';
import { microsoft365 } from '../worlds.ts';

export const cases: readonly Case[] = [
  [
    'security defaults refuse them',
    microsoft365({ policy: { state: 'disabled' }, defaults: 'enabled' }),
    'pass',
  ],
  ...(
    [
      [
        'old clients are blocked',
        { grants: ['block'], clientAppTypes: ['exchangeActiveSync', 'other'] },
        'pass',
      ],
      ['everybody is asked, with every client', {}, 'pass'],
      ['old clients are left open', { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] }, 'fail'],
      ['one kind of them is', { grants: ['block'], clientAppTypes: ['other'] }, 'fail'],
      ['one is left out', { excludeUsers: ['cleo'] }, 'fail'],
      ['whom it leaves out is not told', { excludeUsers: unknown }, 'no-data'],
    ] as const
  ).map(
    ([what, policy, status]) =>
      [
        what,
        microsoft365({ policy: { includeUsers: ['All'], includeRoles: [], ...policy } }),
        status,
      ] as const,
  ),
];
