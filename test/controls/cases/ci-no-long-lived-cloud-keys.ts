import type { Told } from '../support.ts';
import { denied, spoiled, unknown, without, type Case } from '../told.ts';

const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const sub = (value: string, operator = 'StringEquals') => ({
  [operator]: { 'token.actions.githubusercontent.com:sub': value },
});
const runs = (Condition: object = sub('repo:larkspur/app:ref:refs/heads/main'), more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Federated: provider },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition,
  ...more,
});

const github = (name: unknown = 'DEPLOY_TOKEN'): Told => ({
  dataset: 'github/actions-secrets',
  kinds: { credential: { speaks: ['name', 'type'], lists: true } },
  records: [{ kind: 'credential', id: 'actions:1', type: 'stored-secret', name }],
});
const aws = (...Statement: readonly object[]): Told => ({
  dataset: 'aws/account-authorization-details',
  kinds: { 'role-trust': { speaks: ['document'], lists: true } },
  partitions: { '111122223333': 'complete' },
  records: [
    {
      kind: 'role-trust',
      id: 'arn:aws:iam::111122223333:role/deploy',
      partition: '111122223333',
      document: { Version: '2012-10-17', Statement },
    },
  ],
});
const owners = { owners: ['larkspur'] };

export const cases: readonly Case[] = [
  ['one repository may, and no key is stored', [github(), aws(runs())], 'pass', owners],
  ['a key is stored', [github('AWS_ACCESS_KEY_ID'), aws(runs())], 'fail', owners],
  ['its secret half is stored for production', [github('PROD_AWS_SECRET_KEY')], 'fail'],
  ['a key is stored under a name that the policy lists', [github('CLOUD')], 'fail', { names: ['cloud'] }],
  ['what a secret is called is not told', [github(unknown)], 'no-data'],
  ['GitHub alone is connected', [github()], 'pass'],
  ['AWS alone is connected', [aws(runs())], 'pass', owners],
  ['any repository of the owner may', [aws(runs(sub('repo:larkspur/*', 'StringLike')))], 'fail', owners],
  ['any branch of one repository may', [aws(runs(sub('repo:larkspur/app:*', 'StringLike')))], 'pass', owners],
  ['a repository of a stranger may', [aws(runs(sub('repo:else/app:*', 'StringLike')))], 'fail', owners],
  ['nobody is named as an owner', [aws(runs())], 'fail'],
  ['any repository of anybody may', [aws(runs({}))], 'fail', owners],
  [
    'whoever GitHub vouches for may',
    [aws({ ...runs(sub('repo:*', 'StringLike')), Principal: '*' })],
    'fail',
    owners,
  ],
  [
    'everybody may from some addresses',
    [
      aws({
        ...runs({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }),
        Principal: '*',
      }),
    ],
    'no-data',
    owners,
  ],
  [
    'everybody may but those of one account',
    [aws({ ...runs({ StringNotEquals: { 'aws:PrincipalAccount': '222233334444' } }), Principal: '*' })],
    'no-data',
    owners,
  ],
  [
    'whoever is of the organisation may',
    [aws({ ...runs({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }), Principal: { AWS: '*' } })],
    'not-applicable',
    owners,
  ],
  ['everybody may', [aws({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' })], 'fail', owners],
  [
    'any repository of an enterprise with a GitHub of its own may',
    [
      aws({
        ...runs({ StringLike: { 'token.actions.larkspur.ghe.com:sub': 'repo:*' } }),
        Principal: { Federated: provider.replace(/[^/]*$/, 'token.actions.larkspur.ghe.com') },
      }),
    ],
    'fail',
    owners,
  ],
  [
    'some are kept out again',
    [aws(runs(sub('repo:larkspur/*', 'StringLike')), { ...runs(), Effect: 'Deny' })],
    'no-data',
    owners,
  ],
  [
    'a service may, and no secret is stored',
    [
      spoiled([github()], 'github/actions-secrets', { records: [] })[0]!,
      aws({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    ],
    'not-applicable',
  ],
  ['who may take on a role is not understood', [aws({ Effect: 'Perhaps' })], 'no-data', owners],
  ['secrets were refused', denied([github(), aws(runs())], 'github/actions-secrets'), 'no-data', owners],
  [
    'roles were refused',
    denied([github(), aws(runs())], 'aws/account-authorization-details'),
    'no-data',
    owners,
  ],
  [
    'secrets are not due',
    [
      ...without([github(), aws(runs())], 'github/actions-secrets'),
      { dataset: 'github/members', kinds: { account: { speaks: ['name'], lists: true } }, records: [] },
    ],
    'no-data',
    owners,
  ],
];
