import { type Case, denied, spoiled, unknown } from '../told.ts';
import { separated } from '../worlds/origin.ts';

const has = (licence: string, ...off: string[]) => ({ bob: { licences: [{ licence, off }] } });
const licences = 'microsoft365/subscribed-skus';

export const cases: readonly Case[] = [
  ['they have no licence', separated(), 'pass'],
  ['one has a licence without a mailbox', separated(has('premium')), 'pass'],
  ['one has a licence with a mailbox', separated(has('suite')), 'fail'],
  ['one has such a licence, and its mailbox is turned off', separated(has('suite', 'plan-2')), 'pass'],
  ['one has a licence that nobody knows', separated(has('other')), 'no-data'],
  [
    'what a licence holds is not told',
    separated({ ...has('suite'), licence: { plans: unknown } }),
    'no-data',
  ],
  ['which licences one has is not told', separated({ bob: { licences: unknown } }), 'no-data'],
  ['one comes from on premises', separated({ bob: { synchronized: true } }), 'fail'],
  ['where one comes from is not told', separated({ bob: { synchronized: unknown } }), 'no-data'],
  [
    'one with a mailbox holds a role that only reads',
    separated({ ...has('suite'), assignment: { role: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b' } }),
    'pass',
  ],
  [
    'one with a mailbox is in a group that holds a role',
    separated({
      ...has('suite'),
      assignment: { account: 'admins', accountType: 'group' },
      members: [['bob', 'user']],
    }),
    'fail',
  ],
  [
    'who is in a group that holds a role is not known',
    separated({ assignment: { account: 'admins', accountType: 'group' } }),
    'no-data',
  ],
  [
    'a program holds a role',
    separated({ ...has('suite'), assignment: { accountType: 'service-principal' } }),
    'pass',
  ],
  ['whoever holds a role is not among the users', separated({ assignment: { account: 'dora' } }), 'no-data'],
  ['licences of the tenant are refused', denied(separated(has('premium')), licences), 'no-data'],
  ['licences of users are refused', denied(separated(), 'microsoft365/users'), 'no-data'],
  [
    'nobody holds a role',
    spoiled(separated(), 'microsoft365/role-assignments', { records: [] }),
    'not-applicable',
  ],
];
