import type { Told } from '../support.ts';
import { denied, more, spoiled, unknown, without, type Case } from '../told.ts';
import { arn, aws, role } from '../worlds.ts';

const vaults = 'aws/backup-vaults';
const place = '111122223333|eu-west-1';
const details = 'aws/account-authorization-details';
type Fields = Readonly<Record<string, unknown>>;

/** An account with one vault; ada is in a group whose policy lets her do these things. */
const world = ({ vault = {}, ...rest }: Parameters<typeof aws>[0] & { vault?: Fields } = {}): Told[] => [
  ...aws({ actions: 'backup:*', key: { active: false }, ...rest }),
  {
    dataset: vaults,
    kinds: {
      'backup-vault': { speaks: ['cloudAccount', 'region', 'copies', 'locked', 'lockFinalAt'], lists: true },
    },
    partitions: { [place]: 'complete' },
    records: [
      {
        kind: 'backup-vault',
        id: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:nightly',
        partition: place,
        cloudAccount: '111122223333',
        region: 'eu-west-1',
        copies: 30,
        locked: false,
        lockFinalAt: 'never',
        ...vault,
      },
    ],
  },
];

/** The same, where the policy of the group says this. */
const saying = (Statement: readonly object[], base = world()): Told[] =>
  spoiled(base, details, {
    records: base
      .find(({ dataset }) => dataset === details)!
      .records.map((record) => (record.kind === 'policy' ? { ...record, document: { Statement } } : record)),
  });
const may = (Condition?: object) => ({
  Effect: 'Allow',
  Action: 'backup:DeleteRecoveryPoint',
  Resource: 'arn:aws:ec2:*::snapshot/*',
  ...(Condition && { Condition }),
});
const shown = (operator: string, value: string) => ({ [operator]: { 'aws:MultiFactorAuthPresent': value } });
const withKey = { key: { active: true } };

/** Where a role holds the policy, and lets this in. */
const held = (Statement: readonly object[]): Told[] =>
  spoiled(world(), details, {
    records: world()
      .find(({ dataset }) => dataset === details)!
      .records.map((record) => {
        if (record.kind === 'role-trust') return { ...record, document: { Statement } };
        return record.kind === 'principal' && record.id === role
          ? { ...record, policies: ['arn:aws:iam::111122223333:policy/deploy'] }
          : record;
      }),
  });
const admits = (Principal: object | string, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition && { Condition }),
});
const person = { AWS: '111122223333' };

/** Where a role holds the policy and lets this in, and the user of that name holds nothing, has a key, and more. */
const chained = (Statement: readonly object[], also: readonly Fields[] = [], base = world(withKey)): Told[] =>
  spoiled(base, details, {
    records: [
      ...base
        .find(({ dataset }) => dataset === details)!
        .records.map((record) => {
          if (record.kind === 'role-trust') return { ...record, document: { Statement } };
          if (record.kind === 'group') return { ...record, policies: [] };
          return record.kind === 'principal' && record.id === role
            ? { ...record, policies: ['arn:aws:iam::111122223333:policy/deploy'] }
            : record;
        }),
      ...also.map((each) => ({
        kind: 'role-trust',
        id: hop,
        name: 'hop',
        partition: '111122223333',
        cloudAccount: '111122223333',
        ...each,
      })),
    ],
  });
const hop = 'arn:aws:iam::111122223333:role/hop';
const holdsNothing = { kind: 'principal', type: 'role', policies: [], groups: [], boundary: 'none' };
const certificate = {
  kind: 'credential',
  id: 'certificate-1',
  account: arn('ada'),
  partition: '111122223333',
};

export const cases: readonly Case[] = [
  ['she signs in with a second factor, and has no key', world(), 'pass'],
  ['she has a key', world(withKey), 'fail'],
  [
    'she has a signing certificate',
    more(world(), 'aws/credential-report', { ...certificate, type: 'signing-certificate', active: true }),
    'fail',
  ],
  [
    'it is not active',
    more(world(), 'aws/credential-report', { ...certificate, type: 'signing-certificate', active: false }),
    'pass',
  ],
  ['she may take on the role that may, and has a key', chained([admits({ AWS: arn('ada') })]), 'fail'],
  ['she may take it on, and has none', chained([admits({ AWS: arn('ada') })], [], world()), 'pass'],
  [
    'she may take it on by showing a second factor',
    chained([admits({ AWS: arn('ada') }, shown('Bool', 'true'))]),
    'pass',
  ],
  [
    'she leads there by way of a role that asks for one',
    chained(
      [admits({ AWS: hop })],
      [holdsNothing, { document: { Statement: [admits({ AWS: arn('ada') }, shown('Bool', 'true'))] } }],
    ),
    'pass',
  ],
  [
    'she leads there by way of a role that asks for none',
    chained(
      [admits({ AWS: hop })],
      [holdsNothing, { document: { Statement: [admits({ AWS: arn('ada') })] } }],
    ),
    'fail',
  ],
  [
    'the policy names both roles as programs, and not her',
    chained(
      [admits({ AWS: hop })],
      [holdsNothing, { document: { Statement: [admits({ AWS: arn('ada') })] } }],
    ),
    'fail',
    { programs: [role, hop] },
  ],
  [
    'she is named by the role alone, and the policy names that as a program',
    chained([admits({ AWS: arn('ada') })]),
    'fail',
    { programs: [role, hop] },
  ],
  [
    'whom the role on the way lets in is not told',
    chained([admits({ AWS: hop })], [holdsNothing, { document: unknown }]),
    'no-data',
  ],
  ['the role on the way was not in the answer', chained([admits({ AWS: hop })]), 'no-data'],
  [
    'two roles let in nobody but each other',
    chained([admits({ AWS: hop })], [holdsNothing, { document: { Statement: [admits({ AWS: role })] } }]),
    'pass',
  ],
  ['she signs in with a password alone', world({ user: { mfaEnabled: false } }), 'fail'],
  ['she has neither', world({ user: { consolePassword: false, mfaEnabled: false } }), 'pass'],
  ['whether she has a second factor is not told', world({ user: { mfaEnabled: unknown } }), 'no-data'],
  ['whether she has a key is not told', world({ key: { active: unknown } }), 'no-data'],
  ['whose a key is, is not told', world({ key: { account: unknown } }), 'no-data'],
  ['she may not delete copies', world({ actions: 's3:*', ...withKey }), 'not-applicable'],
  ['she may do everything', world({ actions: '*', ...withKey }), 'fail'],
  ['she may come to do everything', world({ actions: 'iam:*', ...withKey }), 'fail'],
  [
    'the policy names her as a program',
    world(withKey),
    'not-applicable',
    { programs: ['arn:aws:iam::*:user/ada'] },
  ],
  ['copies of some sort alone', saying([may()], world(withKey)), 'fail'],
  ['with a second factor alone', saying([may(shown('Bool', 'true'))], world(withKey)), 'pass'],
  [
    'with a second factor of the last hour alone',
    saying([may({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })], world(withKey)),
    'pass',
  ],
  [
    'with a second factor of the last hour, or where that is not told',
    saying([may({ NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } })], world(withKey)),
    'fail',
  ],
  [
    'she may end the time of copies',
    saying([{ ...may(), Action: 'backup:UpdateRecoveryPointLifecycle' }], world(withKey)),
    'fail',
  ],
  [
    'where a second factor is shown or not told',
    saying([may(shown('BoolIfExists', 'true'))], world(withKey)),
    'fail',
  ],
  [
    'all is refused without one',
    saying(
      [may(), { ...may(shown('BoolIfExists', 'false')), Effect: 'Deny', Resource: '*' }],
      world(withKey),
    ),
    'pass',
  ],
  [
    'all is refused that tells that there is none, which a key does not',
    saying([may(), { ...may(shown('Bool', 'false')), Effect: 'Deny', Resource: '*' }], world(withKey)),
    'fail',
  ],
  [
    'she may write herself another policy without one',
    saying(
      [may(shown('Bool', 'true')), { Effect: 'Allow', Action: 'iam:PutUserPolicy', Resource: '*' }],
      world(withKey),
    ),
    'fail',
  ],
  [
    'an administrator to whom all is refused without one',
    saying(
      [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        {
          Effect: 'Deny',
          NotAction: ['iam:ListMFADevices', 'sts:GetSessionToken'],
          Resource: '*',
          Condition: shown('BoolIfExists', 'false'),
        },
      ],
      world(withKey),
    ),
    'pass',
  ],
  [
    'it is refused for good',
    saying([may(), { ...may(), Effect: 'Deny', Resource: '*' }], world(withKey)),
    'not-applicable',
  ],
  ['it is refused of some', saying([may(), { ...may(), Effect: 'Deny' }], world(withKey)), 'fail'],
  ['the policy is not understood', saying([{ Effect: 'Perhaps' }], world(withKey)), 'no-data'],
  ['the policy of AWS is not told', world({ vendor: { document: unknown } }), 'no-data'],
  ['a role that asks for one', held([admits(person, shown('Bool', 'true'))]), 'pass'],
  [
    'a role that asks for one of the last hour',
    held([admits(person, { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })]),
    'pass',
  ],
  ['a role that does not', held([admits(person)]), 'fail'],
  ['a role for everybody', held([admits('*')]), 'fail'],
  ['a role for a service', held([admits({ Service: 'lambda.amazonaws.com' })]), 'fail'],
  [
    'a role for a service that the policy names',
    held([admits({ Service: 'lambda.amazonaws.com' })]),
    'pass',
    { programs: [role] },
  ],
  [
    'a role for whom a provider signs in',
    held([admits({ Federated: 'arn:aws:iam::111122223333:saml-provider/okta' })]),
    'no-data',
  ],
  ['a role that keeps some out', held([admits(person), { ...admits('*'), Effect: 'Deny' }]), 'no-data'],
  ['who may take on a role is not understood', held([{ Effect: 'Perhaps' }]), 'no-data'],
  [
    'the vault is locked for good',
    world({ ...withKey, vault: { locked: true, lockFinalAt: '2026-01-01T00:00:00Z' } }),
    'not-applicable',
  ],
  ['the lock can be taken off', world({ ...withKey, vault: { locked: true } }), 'fail'],
  ['the vault is empty', world({ ...withKey, vault: { copies: 0 } }), 'not-applicable'],
  ['whether it is locked is not told', world({ ...withKey, vault: { locked: unknown } }), 'no-data'],
  ['the vaults were refused', denied(world(withKey), vaults), 'no-data'],
  ['the vaults are not due', without(world(), vaults), 'no-data'],
  ['there is no vault', spoiled(world(withKey), vaults, { records: [] }), 'not-applicable'],
  ['the report was refused', denied(world(), 'aws/credential-report'), 'no-data'],
  [
    'somebody whom the report does not name',
    more(world(), details, {
      kind: 'principal',
      id: 'arn:aws:iam::111122223333:user/bob',
      partition: '111122223333',
      cloudAccount: '111122223333',
      name: 'bob',
      type: 'user',
      policies: [],
      groups: ['ops'],
      boundary: 'none',
    }),
    'no-data',
  ],
];
