import { type Case, unknown, denied, spoiled, more } from '../told.ts';
import { code } from '../worlds/code.ts';

const own = { managed: false };

export const cases: readonly Case[] = [
  ['the enterprise manages everybody', code(), 'pass'],
  ['people sign in by themselves, and the plan can require more', code({ members: own }), 'no-data'],
  [
    'people sign in by themselves, and the plan cannot require more',
    code({ members: own, organization: { plan: 'team' } }),
    'fail',
  ],
  [
    'one more does',
    more(code({ organization: { plan: 'free' } }), 'github/members', {
      kind: 'account',
      id: '13',
      role: 'member',
      managed: false,
    }),
    'fail',
  ],
  ['the plan is not told', code({ members: own, organization: { plan: unknown } }), 'no-data'],
  ['the organisation was not read', denied(code({ members: own }), 'github/organization'), 'no-data'],
  ['who signs them in is not told', code({ members: { managed: unknown } }), 'no-data'],
  ['they are no members', code({ members: { ...own, role: 'outside-collaborator' } }), 'not-applicable'],
  ['members are cut', spoiled(code(), 'github/members', { partitions: { all: 'partial' } }), 'no-data'],
];
