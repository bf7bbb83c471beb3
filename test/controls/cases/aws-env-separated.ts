import type { Told } from '../support.ts';
import { denied, spoiled, unknown, without, type Case } from '../told.ts';

const [production, test, away] = ['111122223333', '222233334444', '999988887777'];
const list = 'aws/vpc-peerings';
const id = 'pcx-0a1b';
const purposes = { [production]: 'production', [test]: 'development' };

const world = (peering?: Readonly<Record<string, unknown>>, state = 'ACTIVE'): Told[] => {
  const accounts = [production, test];
  const partitions = Object.fromEntries(
    accounts.map((account) => [`${account}|eu-west-1`, 'complete' as const]),
  );
  return [
    {
      dataset: 'aws/accounts',
      kinds: { 'cloud-account': { speaks: ['state'], lists: true } },
      records: accounts.map((account) => ({ kind: 'cloud-account', id: account, state })),
    },
    {
      dataset: 'aws/regions',
      kinds: { 'cloud-region': { speaks: ['cloudAccount', 'enabled'], lists: true } },
      partitions: Object.fromEntries(accounts.map((account) => [account, 'complete' as const])),
      records: accounts.map((account) => ({
        kind: 'cloud-region',
        id: `${account}|eu-west-1`,
        partition: account,
        cloudAccount: account,
        enabled: true,
      })),
    },
    {
      dataset: list,
      kinds: { 'network-peering': { speaks: ['requester', 'accepter', 'state'], lists: true } },
      partitions,
      records: peering
        ? [
            {
              kind: 'network-peering',
              id,
              partition: `${production}|eu-west-1`,
              requester: production,
              accepter: test,
              state: 'active',
              ...peering,
            },
          ]
        : [],
    },
  ];
};
const named = { purposes };

export const cases: readonly Case[] = [
  ['each is named, and none is joined', world(), 'pass', named],
  ['nobody says what they are for', world(), 'fail'],
  ['of one nobody says it', world(), 'fail', { purposes: { [production]: 'production' } }],
  ['production is joined to test', world({}), 'fail', named],
  ['test asked for it', world({ requester: test, accepter: production }), 'fail', named],
  ['the policy agreed to it', world({}), 'pass', { ...named, peerings: [id] }],
  ['it was deleted', world({ state: 'deleted' }), 'pass', named],
  ['it waits for somebody to take it', world({ state: 'pending-acceptance' }), 'fail', named],
  ['production is joined to a stranger', world({ accepter: away }), 'fail', named],
  ['test is joined to a stranger', world({ requester: test, accepter: away }), 'pass', named],
  ['production is joined to itself', world({ accepter: production }), 'pass', named],
  ['both are for production', world({}), 'pass', { purposes: { ...purposes, [test]: 'production' } }],
  ['whom it joins is not told', world({ accepter: unknown }), 'no-data', named],
  ['whether it is there is not told', world({ state: unknown }), 'no-data', named],
  ['peerings were refused', denied(world(), list), 'no-data', named],
  ['peerings are not due', without(world(), list), 'no-data', named],
  ['regions were refused', denied(world(), 'aws/regions'), 'no-data', named],
  ['the accounts are closed', world(undefined, 'SUSPENDED'), 'not-applicable', named],
  [
    'accounts were refused',
    spoiled(world(), 'aws/accounts', { partitions: { all: 'denied' } }),
    'no-data',
    named,
  ],
];
