import { denied, more, spoiled, unknown, type Case } from '../told.ts';
import { globalAdministrator, microsoft365 } from '../worlds.ts';

const policies = 'microsoft365/conditional-access-policies';
const leaving = (policy: Readonly<Record<string, unknown>>) => microsoft365({ policy });
const gone = '00000077-1111-4222-8333-444444444444';
const office = { excludeLocations: ['office'], includeLocations: ['All'] };

export const cases: readonly Case[] = [
  ['the policy leaves nothing out', microsoft365(), 'pass'],
  ['the word for nobody', leaving({ excludeUsers: ['None'] }), 'pass'],
  ['an account', leaving({ excludeUsers: ['cleo'] }), 'fail'],
  ['an account that is no longer there', leaving({ excludeUsers: [gone] }), 'fail'],
  ['a group in which nobody is', leaving({ excludeGroups: ['operators'] }), 'fail'],
  ['a role', leaving({ excludeRoles: [globalAdministrator] }), 'fail'],
  ['guests', leaving({ excludeGuests: { types: ['internalGuest'], tenants: 'all' } }), 'fail'],
  ['an application', leaving({ excludeApplications: ['payroll'] }), 'fail'],
  ['a place', leaving(office), 'fail'],
  ['a platform', leaving({ includePlatforms: ['all'], excludePlatforms: ['linux'] }), 'fail'],
  ['labelled devices', leaving({ deviceFilter: { mode: 'exclude', rule: 'r' } }), 'fail'],
  ['other than labelled devices', leaving({ deviceFilter: { mode: 'include', rule: 'r' } }), 'pass'],
  ['labelled applications', leaving({ applicationFilter: { mode: 'exclude', rule: 'r' } }), 'fail'],
  [
    'an account, of a policy that asks for a strength',
    leaving({ grants: [], strength: 'unphishable', excludeUsers: ['cleo'] }),
    'fail',
  ],
  [
    'an account, of a policy that only reports',
    leaving({ state: 'report-only', excludeUsers: ['cleo'] }),
    'not-applicable',
  ],
  [
    'an account, of a policy that blocks',
    leaving({ grants: ['block'], excludeUsers: ['cleo'] }),
    'not-applicable',
  ],
  ['whom it leaves out is not told', leaving({ excludeUsers: unknown }), 'no-data'],
  ['which devices it leaves out is not told', leaving({ deviceFilter: unknown }), 'no-data'],
  ['a condition that nobody knows', leaving({ conditions: ['moonPhase'] }), 'no-data'],
  ['what it asks is not told', leaving({ grants: unknown, excludeUsers: ['cleo'] }), 'no-data'],
  ['whether it holds is not told', leaving({ state: unknown, excludeUsers: ['cleo'] }), 'no-data'],
  [
    'which policy leaves it out is not told',
    more(microsoft365(), policies, {
      kind: 'sign-in-exclusion',
      id: 'stray',
      policy: unknown,
      type: 'account',
      what: 'cleo',
    }),
    'fail',
  ],
  ['policies are refused', denied(microsoft365(), policies), 'no-data'],
  [
    'policies are cut, and one leaves somebody out',
    spoiled(leaving({ excludeUsers: ['cleo'] }), policies, { partitions: { all: 'partial' } }),
    'fail',
  ],
  ['the list of users is refused', denied(microsoft365(), 'microsoft365/users'), 'no-data'],
];
