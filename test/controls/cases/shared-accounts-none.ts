import { denied, unknown, type Case } from '../told.ts';
import { people, robot } from '../worlds/people.ts';

const called = (name: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  people({ ada: { name, ...more }, center: { name: 'ada' } });

export const cases: readonly Case[] = [
  ['everybody has a name of their own', people(), 'pass'],
  ['a mailbox is called by what several do', called('Office@larkspur.example'), 'fail'],
  ['it has a number', called('support-2@larkspur.example'), 'fail'],
  ['a name only begins so', called('officer@larkspur.example'), 'pass'],
  ['nobody can sign in to it', called('office@larkspur.example', { enabled: false }), 'pass'],
  ['whether anybody can is not told', called('office@larkspur.example', { enabled: unknown }), 'no-data'],
  ['what it is called is not told', called(unknown), 'no-data'],
  [
    'it is written down as that of a service',
    people({ more: [{ name: 'deploy' }] }),
    'pass',
    {},
    { services: [{ ...robot, accounts: [{ source: 'github-one', account: 'deploy' }] }] },
  ],
  ['it is written down as that of nobody', people({ more: [{ name: 'deploy' }] }), 'fail'],
  ['the policy knows another name', called('empfang@larkspur.example'), 'fail', { names: ['empfang'] }],
  ['accounts were refused', denied(people(), 'github/members'), 'no-data'],
  [
    'whose it is may be told by what was refused',
    denied(people({ more: [{ name: 'deploy' }] }), 'github/saml-identities'),
    'no-data',
  ],
];
