import { denied, spoiled, unknown, type Case } from '../told.ts';
import { methods } from '../worlds/methods.ts';

const dataset = 'microsoft365/authentication-methods-policy';
const [policy] = methods();
const without = (id: string) =>
  spoiled(methods(), dataset, { records: policy!.records.filter((record) => record.id !== id) });

export const cases: readonly Case[] = [
  ['all are off', methods(), 'pass'],
  ['text messages are open to everybody', methods({ sms: { enabled: true } }), 'fail'],
  ['text messages are open to a group', methods({ sms: { enabled: true, includes: ['g'] } }), 'fail'],
  ['text messages are open to nobody', methods({ sms: { enabled: true, includes: [] } }), 'pass'],
  ['whom they are open to is not told', methods({ sms: { enabled: true, includes: unknown } }), 'no-data'],
  ['whether they are open is not told', methods({ sms: { enabled: unknown } }), 'no-data'],
  ['the policy does not tell of text messages', without('Sms'), 'no-data'],
  ['the policy does not tell of itself', without('authenticationMethodsPolicy'), 'no-data'],
  ['older settings hold beside', methods({ rules: { migration: 'migrationInProgress' } }), 'no-data'],
  [
    'older settings hold beside, and text messages are open',
    methods({ rules: { migration: 'preMigration' }, sms: { enabled: true } }),
    'fail',
  ],
  ['whether older settings hold is not told', methods({ rules: { migration: unknown } }), 'no-data'],
  ['it was refused', denied(methods(), dataset), 'no-data'],
];
