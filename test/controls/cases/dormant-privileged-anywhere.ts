import type { Told } from '../support.ts';
import { denied, unknown, type Case } from '../told.ts';
import { cloudAccess, organizationAccess, tenantAccess } from '../worlds/access.ts';

/** Somebody who holds a role, and signed in then. */
const tenant = (used: Readonly<Record<string, unknown>> = {}, user: Readonly<Record<string, unknown>> = {}) =>
  tenantAccess({ facts: { assignment: { account: 'cleo' }, user }, used });
const old = '2026-05-01T00:00:00.000Z';
const nobody = { lastSignInAt: unknown, lastSuccessfulSignInAt: unknown, signInRecorded: false };
const pushes = (at: string): Told[] => [
  ...organizationAccess(),
  {
    dataset: 'github/branch-updates',
    kinds: { 'branch-update': { speaks: ['actor', 'at'], lists: true } },
    log: { to: '2026-06-30T02:00:00.000Z', covered: [] },
    records: ['10', '11'].map((actor) => ({ kind: 'branch-update', id: `push-${actor}`, actor, at })),
  },
];
const administrator = { actions: '*', user: { passwordLastUsedAt: old } };

export const cases: readonly Case[] = [
  ['they signed in of late', tenant(), 'pass'],
  ['one last signed in two months ago', tenant({ lastSuccessfulSignInAt: old }), 'fail'],
  ['the policy allows that', tenant({ lastSuccessfulSignInAt: old }), 'pass', { maximumDays: 90 }],
  ['one never signed in', tenant(nobody), 'fail'],
  ['one is new and never signed in', tenant(nobody, { createdAt: '2026-06-20T00:00:00Z' }), 'pass'],
  [
    'one was last tried two months ago',
    tenant({ lastSignInAt: old, lastSuccessfulSignInAt: unknown }),
    'fail',
  ],
  ['when one signed in is not told', tenant({ lastSuccessfulSignInAt: unknown }), 'no-data'],
  [
    'the idle account is named as one for emergencies',
    tenantAccess({
      facts: { assignment: { account: 'cleo' } },
      used: { lastSuccessfulSignInAt: old },
    }).map((told) => ({
      ...told,
      records: told.records.map(
        (record) =>
          JSON.parse(
            JSON.stringify(record).replaceAll('"cleo"', '"00000000-0000-4000-8000-000000000001"'),
          ) as typeof record,
      ),
    })),
    'pass',
    { emergencyAccounts: ['00000000-0000-4000-8000-000000000001'] },
  ],
  [
    'the idle account cannot be signed in to',
    tenant({ lastSuccessfulSignInAt: old }, { enabled: false }),
    'pass',
  ],
  [
    'who holds roles was refused',
    denied(tenant({ lastSuccessfulSignInAt: old }), 'microsoft365/role-assignments'),
    'no-data',
  ],
  ['GitHub does not tell when its owners signed in', organizationAccess(), 'no-data'],
  ['they changed a branch of late', pushes('2026-06-20T00:00:00Z'), 'pass'],
  ['they changed one long ago', pushes('2026-03-20T00:00:00Z'), 'no-data'],
  ['an administrator used the key of late', cloudAccess({ facts: administrator }), 'pass'],
  [
    'neither key nor password was used of late',
    cloudAccess({ facts: { ...administrator, key: { lastUsedAt: old } } }),
    'fail',
  ],
  [
    'when the key was used is not told',
    cloudAccess({ facts: { ...administrator, key: { lastUsedAt: unknown } } }),
    'no-data',
  ],
  ['nobody but the root user administers anything', cloudAccess(), 'not-applicable'],
  [
    'somebody of Identity Center administers, and no API tells when',
    cloudAccess({ people: [{ id: 'ada' }], assigned: [{ account: 'ada' }] }),
    'no-data',
  ],
];
