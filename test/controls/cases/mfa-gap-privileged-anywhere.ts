import { denied, spoiled, unknown, type Case } from '../told.ts';
import { arn, globalAdministrator } from '../worlds.ts';
import { center, cloudAccess, organizationAccess, stated, tenantAccess } from '../worlds/access.ts';

const everywhere = [...tenantAccess(), ...organizationAccess(), ...cloudAccess()];
const listed = (id: string) =>
  spoiled(organizationAccess(), 'github/members-2fa-disabled', {
    records: [{ kind: 'account', id, name: id, mfaEnabled: false }],
  });
const lax = { facts: { organization: { mfaRequired: false } } };
const managed = (identity: Readonly<Record<string, unknown>> = {}) =>
  organizationAccess({
    owner: { managed: true, mfaEnabled: unknown, mfaSecure: unknown },
    identities: [{ account: '11', name: 'bob@larkspur.example', ...identity }],
  });
const administrators = cloudAccess({ people: [{ id: 'ada' }], assigned: [{ account: 'ada' }] });
const groupTakesOn = (said: Parameters<typeof tenantAccess>[0] = {}) =>
  tenantAccess({ eligible: [{ account: 'admins', role: globalAdministrator }], ...said });
const groupHolds = (said: Parameters<typeof tenantAccess>[0] = {}) =>
  tenantAccess({
    facts: { assignment: { account: 'admins', accountType: 'group' }, members: [['ada', 'user']] },
    ...said,
  });
/** A member who owns nothing holds a role over the organisation, which requires no second factor. */
const holding = (role: unknown, custom: Readonly<Record<string, unknown>> = {}) =>
  organizationAccess({
    ...lax,
    owner: { role: 'member' },
    roles: [{ account: '12', role }],
    custom,
  }).map((told) =>
    told.dataset === 'github/members'
      ? { ...told, records: told.records.map((record) => ({ ...record, role: 'member' })) }
      : told,
  );
const root = (said: Readonly<Record<string, unknown>>) => cloudAccess({ facts: { summary: said } });
const jump = 'arn:aws:iam::111122223333:role/jump';
const hop = 'arn:aws:iam::111122223333:role/hop';
const letting = (who: string, more: object = {}) => [
  { Effect: 'Allow', Principal: { AWS: who }, Action: 'sts:AssumeRole', ...more },
];
const mayTakeOn = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: jump }] };
/** A role of an administrator, and what ada's own policy lets her do. */
const jumping = (
  statements: unknown,
  document: unknown = mayTakeOn,
  besides: Parameters<typeof cloudAccess>[0] = {},
) =>
  cloudAccess({ trusted: [{ id: jump, statements }], ...besides }).map((told) => ({
    ...told,
    records: told.records.map((record) =>
      record.id === 'arn:aws:iam::111122223333:policy/deploy' ? { ...record, document } : record,
    ),
  }));
const nothing = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const wholeAccount = letting('arn:aws:iam::111122223333:root');
const byHand = { people: [], services: [] };
const robot = {
  services: [
    {
      id: 'robot',
      purpose: 'It makes copies.',
      owner: 'microsoft365-one/ada@larkspur.example',
      accounts: [{ source: 'aws-one', account: arn('ada') }],
      declaredBy: 'An Officer',
      declaredOn: '2026-01-01',
    },
  ],
};

export const cases: readonly Case[] = [
  ['all administrators are asked', everywhere, 'pass'],
  ['a tenant alone is a full product', tenantAccess(), 'pass'],
  ['an organisation alone is one', organizationAccess(), 'pass'],
  ['a cloud alone is one', cloudAccess(), 'pass'],
  ['one is left out of the policy', tenantAccess({ facts: { policy: { excludeUsers: ['bob'] } } }), 'fail'],
  ['the policy only reports', tenantAccess({ facts: { policy: { state: 'report-only' } } }), 'fail'],
  [
    'somebody who may take on a role is not asked',
    tenantAccess({ eligible: [{ account: 'cleo', role: globalAdministrator }] }),
    'fail',
  ],
  ['a group that nobody is in may take on a role', groupTakesOn(), 'pass'],
  ['somebody in the group is not asked', groupTakesOn({ facts: { members: [['cleo', 'user']] } }), 'fail'],
  [
    'who is in the group was refused',
    denied(groupTakesOn(), 'microsoft365/role-assignable-group-members'),
    'no-data',
  ],
  ['somebody who may join the group is not asked', groupTakesOn({ joining: [{ account: 'cleo' }] }), 'fail'],
  ['somebody may join a group that holds the role', groupHolds({ joining: [{ account: 'cleo' }] }), 'fail'],
  ['nobody may join the group that holds the role', groupHolds(), 'pass'],
  [
    'who may join it was refused',
    denied(groupHolds(), 'microsoft365/group-eligibility-schedules'),
    'no-data',
  ],
  [
    'who may join a group that holds nothing was refused',
    denied(tenantAccess(), 'microsoft365/group-eligibility-schedules'),
    'pass',
  ],
  ['the policy asks one who cannot sign in', tenantAccess({ facts: { bob: { enabled: false } } }), 'pass'],
  [
    'security defaults ask them',
    tenantAccess({ facts: { policy: { state: 'disabled' }, defaults: 'enabled' } }),
    'pass',
  ],
  ['policies were refused', denied(everywhere, 'microsoft365/conditional-access-policies'), 'no-data'],
  ['where people sign in was refused', denied(tenantAccess(), 'microsoft365/domains'), 'no-data'],
  [
    'people sign in at a provider that is not read, and its proof is taken',
    tenantAccess({ domain: { signIn: 'federated' }, federation: {} }),
    'no-data',
  ],
  [
    'its proof is not taken',
    tenantAccess({
      domain: { signIn: 'federated' },
      federation: { secondFactor: 'rejectMfaByFederatedIdp' },
    }),
    'pass',
  ],
  ['an owner of the organisation has no second factor', listed('11'), 'fail'],
  ['a member who owns nothing has none', listed('12'), 'pass'],
  ['the organisation does not require one', organizationAccess(lax), 'fail'],
  [
    'nobody owns anything, nor is required to have one',
    organizationAccess({ ...lax, owner: { role: 'member' } }).map((told) =>
      told.dataset === 'github/members'
        ? { ...told, records: told.records.map((record) => ({ ...record, role: 'member' })) }
        : told,
    ),
    'not-applicable',
  ],
  [
    'what members may do was refused, and they are asked',
    denied(organizationAccess(), 'github/team-members'),
    'no-data',
  ],
  [
    'what members may do was refused, and they are not asked',
    denied(
      organizationAccess(lax).map((told) =>
        told.dataset === 'github/members'
          ? { ...told, records: told.records.map((record) => ({ ...record, role: 'member' })) }
          : told,
      ),
      'github/team-members',
    ),
    'no-data',
  ],
  [
    'a team lets a member administer a repository',
    organizationAccess({
      ...lax,
      owner: { role: 'member' },
      teams: [{ id: '300' }, { id: '301', parent: '300' }],
      memberships: [{ group: '301', account: '12' }],
      grants: [{ holder: '300', holderType: 'group' }],
    }),
    'fail',
  ],
  ['the tenant signs an owner in, and asks', [...tenantAccess(), ...managed()], 'pass'],
  [
    'it asks that owner at no application',
    [...tenantAccess({ facts: { policy: { excludeUsers: ['bob'] } } }), ...managed()],
    'fail',
  ],
  [
    'who else the owner is there was not wholly read',
    [...tenantAccess(), ...spoiled(managed(), 'github/saml-identities', { partitions: { all: 'partial' } })],
    'no-data',
  ],
  [
    'a team that is numbered as a member holds a role over the organisation',
    organizationAccess({
      ...lax,
      owner: { role: 'member' },
      roles: [{ account: '12', accountType: 'group', role: '139' }],
    }).map((told) =>
      told.dataset === 'github/members'
        ? { ...told, records: told.records.map((record) => ({ ...record, role: 'member' })) }
        : told,
    ),
    'not-applicable',
  ],
  ['which role over the organisation a member holds is not told', holding(unknown), 'no-data'],
  ['the role was not in the answer', holding('999'), 'no-data'],
  ['it is GitHub’s own and reads', holding('138'), 'not-applicable'],
  ['it is GitHub’s own and administers', holding('139'), 'fail'],
  ['it is of the organisation and reads the audit log', holding('200'), 'not-applicable'],
  ['it is called like one of GitHub’s', holding('200', { name: 'all_repo_admin' }), 'not-applicable'],
  [
    'it administers, and is called like one of GitHub’s that reads',
    holding('200', { name: 'all_repo_read', base: 'admin' }),
    'fail',
  ],
  ['it keeps webhooks', holding('200', { attachedPolicies: ['manage_organization_webhooks'] }), 'fail'],
  ['it writes in every repository', holding('200', { base: 'write' }), 'not-applicable'],
  ['it administers every repository', holding('200', { base: 'admin', attachedPolicies: unknown }), 'fail'],
  ['what it gives of repositories is not told', holding('200', { base: unknown }), 'no-data'],
  ['what it lets do is not told', holding('200', { attachedPolicies: unknown }), 'no-data'],
  ['what it lets do has a new name', holding('200', { attachedPolicies: ['steer_planets'] }), 'no-data'],
  ['whose it is, is not told', holding('200', { builtIn: unknown }), 'no-data'],
  ['GitHub’s own has a new name', holding('200', { builtIn: true }), 'no-data'],
  [
    'another provider signs the owner in',
    [...tenantAccess(), ...managed({ issuer: 'https://okta.example/saml' })],
    'no-data',
  ],
  ['whose provider it is, is not told', [...tenantAccess(), ...managed({ issuer: unknown })], 'no-data'],
  ['the tenant is no source', managed(), 'no-data'],
  ['nobody is called so there', [...tenantAccess(), ...managed({ name: 'eve@larkspur.example' })], 'no-data'],
  ['who may do everything has an active access key', cloudAccess({ facts: { actions: '*' } }), 'fail'],
  ['its key is not active', cloudAccess({ facts: { actions: '*', key: { active: false } } }), 'pass'],
  [
    'it has neither a password nor a key',
    cloudAccess({
      facts: { actions: '*', user: { consolePassword: false, mfaEnabled: false }, key: { active: false } },
    }),
    'pass',
  ],
  [
    'it signs in with a password alone',
    cloudAccess({ facts: { actions: '*', user: { mfaEnabled: false }, key: { active: false } } }),
    'fail',
  ],
  [
    'it is that of a service, and only signs requests',
    cloudAccess({ facts: { actions: '*', user: { consolePassword: false, mfaEnabled: false } } }),
    'pass',
    {},
    robot,
  ],
  [
    'it is that of a service, and can be signed in to',
    cloudAccess({ facts: { actions: '*' } }),
    'fail',
    {},
    robot,
  ],
  ['a user may take on the role of an administrator', jumping(wholeAccount), 'fail'],
  ['the account is written by its number', jumping(letting('111122223333')), 'fail'],
  ['the role lets in another account', jumping(letting('arn:aws:iam::444455556666:root')), 'pass'],
  ['no policy lets the user take it on', jumping(wholeAccount, nothing), 'pass'],
  ['the role names the user, who needs no policy then', jumping(letting(arn('ada')), nothing), 'fail'],
  [
    'the role lets in everybody, who needs no policy within its account',
    jumping(letting('*'), nothing),
    'fail',
  ],
  [
    'the role lets in everybody of another account',
    jumping(
      letting('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '444455556666' } } }),
      nothing,
    ),
    'pass',
  ],
  [
    'the role lets in everybody of its account',
    jumping(
      letting('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } }),
      nothing,
    ),
    'fail',
  ],
  [
    'the role says that it must be somebody else',
    jumping(letting('111122223333', { Condition: { StringEquals: { 'aws:PrincipalArn': arn('eve') } } })),
    'pass',
  ],
  [
    'the role asks for a second factor',
    jumping(letting('111122223333', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    'no-data',
  ],
  [
    'the user has no key, and is asked at the console',
    jumping(wholeAccount, mayTakeOn, { facts: { key: { active: false } } }).map((told) => ({
      ...told,
      records: told.records.map((record) =>
        record.kind === 'credential' ? { ...record, active: false } : record,
      ),
    })),
    'pass',
  ],
  [
    'one role leads to another',
    cloudAccess({
      trusted: [
        { id: jump, statements: letting(hop) },
        { id: hop, statements: letting(arn('ada')), policy: 'nothing' },
      ],
    }).map((told) =>
      told.dataset === 'aws/account-authorization-details'
        ? {
            ...told,
            records: [
              ...told.records.map((record) =>
                record.id === 'arn:aws:iam::111122223333:policy/deploy'
                  ? { ...record, document: nothing }
                  : record,
              ),
              {
                kind: 'policy',
                id: 'arn:aws:iam::111122223333:policy/nothing',
                partition: '111122223333',
                cloudAccount: '111122223333',
                name: 'nothing',
                type: 'managed',
                document: nothing,
              },
            ],
          }
        : told,
    ),
    'fail',
  ],
  ['whom a role of an administrator lets in is not told', jumping(unknown), 'no-data'],
  ['it may name the user, who needs no policy then', jumping(unknown, nothing), 'no-data'],
  [
    'other roles of the account may let the user in',
    spoiled(
      jumping(letting('arn:aws:iam::444455556666:root'), nothing),
      'aws/account-authorization-details',
      {
        partitions: { '111122223333': 'partial' },
      },
    ),
    'no-data',
  ],
  ['keys are not told', cloudAccess({ facts: { actions: '*', key: { active: unknown } } }), 'no-data'],
  ['what it holds was refused', denied(cloudAccess(), 'aws/account-authorization-details'), 'no-data'],
  [
    'the root user has access keys',
    cloudAccess({ facts: { summary: { accessKeysPresent: true }, rootUser: { accessKeysPresent: true } } }),
    'fail',
  ],
  ['the root user has a signing certificate', root({ signingCertificatesPresent: true }), 'fail'],
  ['whether it has one is not told', root({ signingCertificatesPresent: unknown }), 'no-data'],
  ['nobody said where Identity Center leads', [...tenantAccess(), ...administrators], 'no-data', {}, byHand],
  ['somebody said that it leads to the tenant', [...tenantAccess(), ...administrators], 'pass', {}, stated()],
  [
    'that was said too long ago',
    [...tenantAccess(), ...administrators],
    'no-data',
    {},
    stated({ statedOn: '2026-03-01' }),
  ],
  [
    'that is said of a day to come',
    [...tenantAccess(), ...administrators],
    'no-data',
    {},
    stated({ statedOn: '2026-07-01' }),
  ],
  [
    'Identity Center asks everybody itself',
    administrators,
    'pass',
    {},
    stated({ provider: center, leadsTo: 'itself' }),
  ],
  [
    'who is given nothing that changes anything need not be told of',
    cloudAccess({ people: [{ id: 'ada' }], assigned: [{ account: 'ada', role: 'ps-reader' }] }),
    'pass',
  ],
];
