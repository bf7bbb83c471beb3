import { type Case, denied, spoiled, unknown, without } from '../told.ts';
import { emergency, guarded } from '../worlds/origin.ts';

const named = { emergencyAccounts: [emergency] };
const two = { emergencyAccounts: [emergency, '00000008-1111-4222-8333-444444444444'] };
const of = (account: Readonly<Record<string, unknown>>) => guarded({ account });

export const cases: readonly Case[] = [
  ['it is as it should be', guarded(), 'pass', named],
  ['it is as it should be, and another is elsewhere', guarded(), 'pass', two],
  ['none is named', guarded(), 'no-data'],
  ['it is not there', of({ id: 'other' }), 'fail', named],
  [
    'it may not be there',
    spoiled(of({ id: 'other' }), 'microsoft365/users', { partitions: { all: 'partial' } }),
    'no-data',
    named,
  ],
  ['it is blocked', of({ enabled: false }), 'fail', named],
  ['whether it is blocked is not told', of({ enabled: unknown }), 'no-data', named],
  ['it is a guest', of({ userType: 'guest' }), 'fail', named],
  ['whether it is a guest is not told', of({ userType: unknown }), 'no-data', named],
  ['it comes from on premises', of({ synchronized: true }), 'fail', named],
  ['where it comes from is not told', of({ synchronized: unknown }), 'no-data', named],
  [
    'it has a telephone only',
    of({ signInMethods: ['mobilePhone', 'microsoftAuthenticatorPush'] }),
    'fail',
    named,
  ],
  ['it has a passkey', of({ signInMethods: ['passKeyDeviceBound'] }), 'pass', named],
  ['what it has is not told', of({ signInMethods: unknown }), 'no-data', named],
  ['its domain signs in elsewhere', guarded({ domain: { signIn: 'federated' } }), 'fail', named],
  ['where its domain signs in is not told', guarded({ domain: { signIn: unknown } }), 'no-data', named],
  ['its domain is not known', of({ name: 'emergency@other.example' }), 'no-data', named],
  ['what it is called is not told', of({ name: unknown }), 'no-data', named],
  ['domains are refused', denied(guarded(), 'microsoft365/domains'), 'no-data', named],
  ['it holds another role', guarded({ assignment: { role: 'other' } }), 'fail', named],
  [
    'it holds its role over a part',
    guarded({ assignment: { scope: '/administrativeUnits/one' } }),
    'fail',
    named,
  ],
  ['what it holds is not told', guarded({ assignment: { role: unknown } }), 'no-data', named],
  [
    'who holds what is cut',
    spoiled(guarded({ assignment: { role: 'other' } }), 'microsoft365/role-assignments', {
      partitions: { all: 'partial' },
    }),
    'no-data',
    named,
  ],
  ['nobody read the roles', without(guarded(), 'microsoft365/role-assignments'), 'no-data', named],
];
