import { denied, spoiled, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (state = 'ACTIVE', contact = true) => [...aws({ state }), ...cloud({ contact })];
const [accounts] = world().filter(({ dataset }) => dataset === 'aws/accounts');

export const cases: readonly Case[] = [
  ['each account was read and names somebody', world(), 'pass'],
  ['nobody is named', world('ACTIVE', false), 'fail'],
  ['the account is suspended', world('SUSPENDED'), 'not-applicable'],
  [
    'only the one account is read, so that nobody knows of others',
    spoiled(world(), 'aws/accounts', {
      records: accounts!.records.map((record) => ({ ...record, joinedAt: unknown })),
    }),
    'no-data',
  ],
  [
    'its users were refused',
    denied(denied(world(), 'aws/credential-report'), 'aws/account-summary'),
    'no-data',
  ],
  [
    'its users were refused, and what its root user has was told',
    denied(world(), 'aws/credential-report'),
    'no-data',
  ],
  ['its regions were refused', denied(world(), 'aws/regions'), 'no-data'],
  ['its contact was refused', denied(world(), 'aws/security-contacts'), 'no-data'],
  ['accounts were refused', denied(world(), 'aws/accounts'), 'no-data'],
  [
    'an account that was listed and not read',
    spoiled(world(), 'aws/accounts', {
      records: [...accounts!.records, { ...accounts!.records[0]!, id: '999900001111' }],
    }),
    'no-data',
  ],
];
