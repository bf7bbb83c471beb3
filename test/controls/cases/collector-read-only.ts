import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { globalAdministrator, role, vendors } from '../worlds.ts';
import { accountReader, organizationReader, otherRole, tenantReader } from '../worlds/readers.ts';

const allowing = (Action: string | string[], more: object = {}) => ({
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const allowed = (...actions: string[]) => accountReader({ document: allowing(actions) });
const lettingIn = (who: string) => [{ Effect: 'Allow', Principal: { AWS: who }, Action: 'sts:AssumeRole' }];
const beside = (document: unknown, statements: unknown = lettingIn(role)) =>
  accountReader({ besides: otherRole(document, statements) });
const holding = (assigned: object, members: readonly (readonly [string, string])[] = []) =>
  tenantReader({ facts: { assignment: { accountType: 'service-principal', ...assigned }, members } });
const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';

const holdingNothing = beside(allowing('s3:PutObject')).map((told) => ({
  ...told,
  records: told.records.map((record) =>
    record.kind === 'principal' && record['name'] === 'other' ? { ...record, policies: [] } : record,
  ),
}));

export const cases: readonly Case[] = [
  ['all three only read', [...organizationReader(), ...tenantReader(), ...accountReader()], 'pass'],
  ['an organisation alone', organizationReader(), 'pass'],
  ['a tenant alone', tenantReader(), 'pass'],
  ['an account alone', accountReader(), 'pass'],

  [
    'the installation may write',
    organizationReader({ installation: { permissions: ['contents: write'] } }),
    'fail',
  ],
  [
    'it may administer',
    organizationReader({ installation: { permissions: ['organization_projects: admin'] } }),
    'fail',
  ],
  [
    'it has a level that is new',
    organizationReader({ installation: { permissions: ['contents: steer'] } }),
    'no-data',
  ],
  ['what it may is not told', organizationReader({ installation: { permissions: unknown } }), 'no-data'],
  ['it may nothing, and reads', organizationReader({ installation: { permissions: [] } }), 'no-data'],
  ['it is not among those that are listed', organizationReader({ who: { name: 'nobody' } }), 'no-data'],
  ['the list was refused', denied(organizationReader(), 'github/app-installations'), 'no-data'],
  ['the token of somebody reads', organizationReader({ who: { name: 'ada', type: 'token' } }), 'no-data'],
  [
    'the token of somebody who is called like the App',
    organizationReader({ who: { type: 'token' } }),
    'no-data',
  ],
  ['who reads is not told', organizationReader({ who: { name: unknown } }), 'no-data'],
  ['who reads was refused', denied(organizationReader(), 'github/reader'), 'no-data'],
  ['who reads is not due', without(organizationReader(), 'github/reader'), 'no-data'],

  ['the program may write', tenantReader({ permissions: ['User.ReadWrite.All'] }), 'fail'],
  ['it may send mail', tenantReader({ permissions: ['Mail.Send'] }), 'fail'],
  ['it may manage Exchange', tenantReader({ permissions: ['Exchange.ManageAsApp'] }), 'no-data'],
  ['a permission says nothing by its name', tenantReader({ permissions: ['Tasks.Process'] }), 'no-data'],
  ['what it may is not told by Graph', tenantReader({ permissions: unknown }), 'no-data'],
  ['it may write for whoever signs in', tenantReader({ delegated: ['Files.ReadWrite'] }), 'fail'],
  ['it may sign people in', tenantReader({ delegated: ['openid', 'profile', 'User.Read'] }), 'pass'],
  [
    'what programs may at one of them was refused',
    spoiled(tenantReader(), 'microsoft365/app-role-assignments', {
      partitions: { graph: 'complete', other: 'denied' },
    }),
    'no-data',
  ],
  [
    'what programs may for somebody is not due',
    spoiled(tenantReader(), 'microsoft365/oauth2-permission-grants', { partitions: { all: 'partial' } }),
    'no-data',
  ],
  [
    'it was granted nothing, and reads',
    spoiled(tenantReader(), 'microsoft365/app-role-assignments', { records: [] }),
    'no-data',
  ],
  ['it reads everything by a role', holding({ account: 'exhibit', role: globalReader }), 'pass'],
  [
    'it holds the role of an administrator',
    holding({ account: 'exhibit', role: globalAdministrator }),
    'fail',
  ],
  ['it holds a role of the tenant’s own', holding({ account: 'exhibit', role: 'own' }), 'no-data'],
  [
    'a group that it is in holds the role',
    holding({ account: 'admins', accountType: 'group' }, [['exhibit', 'program']]),
    'fail',
  ],
  [
    'a group holds the role, and Graph does not tell which programs are in it',
    holding({ account: 'admins', accountType: 'group' }, [['ada', 'user']]),
    'no-data',
  ],
  [
    'a group that may hold it reads everything',
    holding({ account: 'admins', accountType: 'group', role: globalReader }, [['ada', 'user']]),
    'pass',
  ],
  [
    'who is in that group was refused',
    denied(
      holding({ account: 'admins', accountType: 'group' }),
      'microsoft365/role-assignable-group-members',
    ),
    'no-data',
  ],
  ['who holds roles was refused', denied(tenantReader(), 'microsoft365/role-assignments'), 'no-data'],
  ['the program was not found', denied(tenantReader(), 'microsoft365/reader'), 'no-data'],

  ['the role may change things', allowed('s3:PutObject'), 'fail'],
  ['it may do all of a service', allowed('iam:ListMFADevices', 's3:*'), 'fail'],
  ['it may do everything', allowed('*'), 'fail'],
  [
    'it may do all but some',
    accountReader({ document: { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] } }),
    'fail',
  ],
  ['it may do more that is called reading', allowed('s3:Get*', 'ec2:Describe*'), 'no-data'],
  ['it may do what is not known', allowed('kms:Decrypt'), 'no-data'],
  ['a policy of AWS says more', accountReader({ holds: [vendors('ReadOnlyAccess')] }), 'no-data'],
  ['it holds nothing, and reads', accountReader({ holds: [] }), 'no-data'],
  ['what it holds is not told', accountReader({ holds: unknown }), 'no-data'],
  [
    'its policy is not understood',
    accountReader({ document: { Statement: [{ Effect: 'Perhaps' }] } }),
    'no-data',
  ],
  [
    'what is denied is granted all the same',
    accountReader({
      document: {
        Statement: [...allowing('s3:PutObject').Statement, { Effect: 'Deny', Action: 's3:*', Resource: '*' }],
      },
    }),
    'fail',
  ],
  ['it may take on a role that changes things', beside(allowing('s3:PutObject')), 'fail'],
  ['a role that changes things lets in everybody', beside(allowing('s3:PutObject'), lettingIn('*')), 'fail'],
  ['that role only reads', beside(allowing('iam:ListMFADevices')), 'pass'],
  ['that role holds nothing', holdingNothing, 'pass'],
  ['that role lets in somebody else', beside(allowing('s3:PutObject'), lettingIn('444455556666')), 'pass'],
  ['whom that role lets in is not told', beside(allowing('s3:PutObject'), unknown), 'no-data'],
  ['what that role may is not known', beside(allowing('kms:Decrypt')), 'no-data'],
  [
    'it may take on roles, as it does to read other accounts, and none that changes anything lets it in',
    accountReader({
      document: allowing('sts:AssumeRole', { Resource: 'arn:aws:iam::*:role/other' }),
      besides: otherRole(allowing('s3:PutObject'), lettingIn('444455556666')),
    }),
    'pass',
  ],
  [
    'it may take on a role of an account that is not read',
    accountReader({
      document: allowing('sts:AssumeRole', { Resource: 'arn:aws:iam::444455556666:role/deployer' }),
    }),
    'no-data',
  ],
  [
    'a role that it may take on leads to an account that is not read',
    beside(allowing('sts:AssumeRole', { Resource: 'arn:aws:iam::444455556666:role/deployer' })),
    'no-data',
  ],
  [
    'it may take on roles, and accounts were not read',
    spoiled(
      accountReader({ document: allowing('sts:AssumeRole', { Resource: 'arn:aws:iam::*:role/other' }) }),
      'aws/account-authorization-details',
      { partitions: { '111122223333': 'complete', '444455556666': 'denied' } },
    ),
    'no-data',
  ],
  ['the root user reads', accountReader({ who: { type: 'root', name: 'root' } }), 'fail'],
  ['a session of something else reads', accountReader({ who: { type: 'other' } }), 'no-data'],
  ['a role reads that was not in the answer', accountReader({ who: { name: 'lost' } }), 'no-data'],
  ['what roles hold was refused', denied(accountReader(), 'aws/account-authorization-details'), 'no-data'],
  ['as what it reads was refused', denied(accountReader(), 'aws/reader'), 'no-data'],
];
