import { exclusionsOf } from '../../collectors/microsoft365/conditional-access-exclusions.ts';
import type { Told } from './support.ts';

const account = '111122223333';
export const arn = (name: string) => `arn:aws:iam::${account}:user/${name}`;
export const role = `arn:aws:iam::${account}:role/runner`;
export const vendors = (name: string) => `${account}|arn:aws:iam::aws:policy/${name}`;
export const root = `arn:aws:iam::${account}:root`;
const accountFields = [
  'name',
  'cloudAccount',
  'root',
  'mfaEnabled',
  'consolePassword',
  'passwordLastUsedAt',
  'passwordChangedAt',
  'accessKeysPresent',
];

type Fields = Readonly<Record<string, unknown>>;

/** Everything that is read of one GitHub organisation, all of it good. Tests spoil parts of it. */
export function github({
  organization = {},
  rules = {},
}: { organization?: Fields; rules?: Fields } = {}): Told[] {
  return [
    {
      dataset: 'github/organization',
      kinds: {
        organization: {
          speaks: [
            'name',
            'mfaRequired',
            'basePermission',
            'membersCanCreatePublicRepositories',
            'membersCanDeleteRepositories',
            'membersCanChangeRepositoryVisibility',
          ],
          lists: true,
        },
      },
      records: [
        {
          kind: 'organization',
          id: '1',
          name: 'larkspur',
          mfaRequired: true,
          basePermission: 'read',
          membersCanCreatePublicRepositories: false,
          membersCanDeleteRepositories: false,
          membersCanChangeRepositoryVisibility: false,
          ...organization,
        },
      ],
    },
    {
      dataset: 'github/members',
      kinds: { account: { speaks: ['name', 'root', 'role'], lists: true } },
      records: [
        { kind: 'account', id: '10', name: 'ada', root: false, role: 'owner' },
        { kind: 'account', id: '11', name: 'bob', root: false, role: 'owner' },
        { kind: 'account', id: '12', name: 'cleo', root: false, role: 'member' },
      ],
    },
    ...(['mfaEnabled', 'mfaSecure'] as const).map((field): Told => ({
      dataset: field === 'mfaEnabled' ? 'github/members-2fa-disabled' : 'github/members-2fa-insecure',
      kinds: { account: { speaks: ['name', field] } },
      absence: { kind: 'account', among: 'github/members', means: { [field]: true } },
      records: [],
    })),
    {
      dataset: 'github/repositories',
      kinds: { repository: { speaks: ['name', 'archived', 'defaultBranch'], lists: true } },
      records: [
        { kind: 'repository', id: '20', name: 'larkspur/app', archived: false, defaultBranch: 'main' },
      ],
    },
    {
      dataset: 'github/branch-protection',
      kinds: { repository: { speaks: ['classicProtection'] } },
      records: [{ kind: 'repository', id: '20', classicProtection: [] }],
    },
    {
      dataset: 'github/branch-rules',
      kinds: {
        'branch-rule': {
          speaks: ['repository', 'pullRequestRequired', 'forcePushRefused', 'deletionRefused'],
          lists: true,
        },
      },
      partitions: { '20': 'complete' },
      records: [
        {
          kind: 'branch-rule',
          id: '20:ruleset',
          partition: '20',
          repository: '20',
          pullRequestRequired: true,
          forcePushRefused: true,
          deletionRefused: true,
          ...rules,
        },
      ],
    },
  ];
}

/** Everything that is read of one AWS account, all of it good. */
export function aws({
  user = {},
  key = {},
  summary = {},
  trail = {},
  policy = {},
  state = 'ACTIVE',
  actions = 's3:*',
  principal = {},
  group = {},
  vendor = {},
  trust = [],
  rootUser = {},
}: {
  /** What the credential report says of the root user. */
  rootUser?: Fields;
  /** What is told of the user ada, of the group she is in, and of a policy that AWS wrote and the group holds. */
  principal?: Fields;
  group?: Fields;
  vendor?: Fields;
  /** Statements of who else may take on a role. */
  trust?: readonly object[];
  /** What a policy that was written in the account lets its holder do. */
  actions?: string;
  user?: Fields;
  key?: Fields;
  summary?: Fields;
  trail?: Fields;
  policy?: Fields;
  state?: string;
} = {}): Told[] {
  const partitions = { [account]: 'complete' as const };
  const here = { partition: account, cloudAccount: account };
  return [
    {
      dataset: 'aws/account-authorization-details',
      kinds: {
        policy: { speaks: ['cloudAccount', 'name', 'type', 'document'], lists: true },
        'vendor-policy': { speaks: ['cloudAccount', 'name', 'document'] },
        group: { speaks: ['cloudAccount', 'name', 'policies'], lists: true },
        principal: {
          speaks: ['cloudAccount', 'name', 'type', 'policies', 'groups', 'boundary'],
          lists: true,
        },
        'role-trust': { speaks: ['cloudAccount', 'name', 'document'], lists: true },
      },
      partitions,
      records: [
        {
          kind: 'vendor-policy',
          id: vendors('ReadOnlyAccess'),
          ...here,
          name: 'ReadOnlyAccess',
          document: { Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 'iam:List*'], Resource: '*' }] },
          ...vendor,
        },
        {
          kind: 'group',
          id: `arn:aws:iam::${account}:group/people/ops`,
          ...here,
          name: 'ops',
          policies: [`arn:aws:iam::${account}:policy/deploy`, vendors('ReadOnlyAccess')],
          ...group,
        },
        {
          kind: 'principal',
          id: arn('ada'),
          ...here,
          name: 'ada',
          type: 'user',
          policies: [],
          groups: ['ops'],
          boundary: 'none',
          ...principal,
        },
        {
          kind: 'principal',
          id: role,
          ...here,
          name: 'runner',
          type: 'role',
          policies: [],
          groups: [],
          boundary: 'none',
        },
        {
          kind: 'role-trust',
          id: role,
          ...here,
          name: 'runner',
          document: {
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
              ...trust,
            ],
          },
        },
        {
          kind: 'policy',
          id: `arn:aws:iam::${account}:policy/deploy`,
          ...here,
          name: 'deploy',
          type: 'managed',
          document: { Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
        },
      ],
    },
    {
      dataset: 'aws/organization',
      kinds: { organization: { speaks: ['managementAccount', 'accountsRestrictable'] } },
      records: [{ kind: 'organization', id: 'o-larkspur', managementAccount: account }],
    },
    {
      dataset: 'aws/accounts',
      kinds: { 'cloud-account': { speaks: ['name', 'state', 'joinedAt'], lists: true } },
      records: [
        {
          kind: 'cloud-account',
          id: account,
          name: 'Production',
          state,
          joinedAt: '2024-01-01T00:00:00Z',
        },
      ],
    },
    {
      dataset: 'aws/credential-report',
      kinds: {
        account: { speaks: accountFields, lists: true },
        credential: {
          speaks: ['cloudAccount', 'account', 'type', 'active', 'rotatedAt', 'lastUsedAt'],
          lists: true,
        },
      },
      partitions,
      records: [
        {
          kind: 'account',
          id: root,
          ...here,
          name: 'root',
          root: true,
          mfaEnabled: true,
          accessKeysPresent: false,
          passwordLastUsedAt: '2026-01-01T00:00:00Z',
          ...rootUser,
        },
        {
          kind: 'account',
          id: arn('ada'),
          ...here,
          name: 'ada',
          root: false,
          mfaEnabled: true,
          consolePassword: true,
          passwordLastUsedAt: '2026-06-29T00:00:00Z',
          passwordChangedAt: '2026-01-01T00:00:00Z',
          ...user,
        },
        {
          kind: 'credential',
          id: `${arn('ada')}/access-key-1`,
          ...here,
          account: arn('ada'),
          type: 'access-key',
          active: true,
          rotatedAt: '2026-06-01T00:00:00Z',
          lastUsedAt: '2026-06-29T00:00:00Z',
          ...key,
        },
      ],
    },
    {
      dataset: 'aws/account-summary',
      kinds: {
        account: {
          speaks: [
            'cloudAccount',
            'root',
            'mfaEnabled',
            'accessKeysPresent',
            'passwordPresent',
            'signingCertificatesPresent',
          ],
        },
      },
      partitions,
      records: [
        {
          kind: 'account',
          id: root,
          ...here,
          root: true,
          mfaEnabled: true,
          accessKeysPresent: false,
          passwordPresent: true,
          signingCertificatesPresent: false,
          ...summary,
        },
      ],
    },
    {
      dataset: 'aws/password-policy',
      kinds: {
        'password-policy': {
          speaks: ['cloudAccount', 'set', 'minimumLength', 'reusePrevention'],
          lists: true,
        },
      },
      partitions,
      records: [
        {
          kind: 'password-policy',
          id: account,
          ...here,
          set: true,
          minimumLength: 14,
          reusePrevention: 24,
          ...policy,
        },
      ],
    },
    {
      dataset: 'aws/trails',
      kinds: {
        'audit-trail': {
          speaks: ['cloudAccount', 'owner', 'multiRegion', 'fileValidation', 'bucket'],
          lists: { field: 'multiRegion', values: [true] },
        },
      },
      partitions,
      records: [
        {
          kind: 'audit-trail',
          id: `${account}|trail`,
          ...here,
          owner: account,
          multiRegion: true,
          fileValidation: true,
          bucket: 'arn:aws:s3:::logs',
          ...trail,
        },
      ],
    },
    {
      dataset: 'aws/trail-status',
      kinds: { 'audit-trail': { speaks: ['logging', 'managementEvents'] } },
      partitions: { [`${account}|trail`]: 'complete' },
      records: [
        {
          kind: 'audit-trail',
          id: `${account}|trail`,
          partition: `${account}|trail`,
          logging: true,
          managementEvents: 'all',
        },
      ],
    },
  ];
}

export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

/** A conditional access policy that asks every Global Administrator for a second factor everywhere. */
const administratorsMustShowIt = {
  kind: 'sign-in-policy',
  id: 'policy-one',
  name: 'MFA for administrators',
  mechanism: 'conditional-access',
  state: 'enabled',
  includeUsers: [],
  excludeUsers: [],
  includeGroups: [],
  excludeGroups: [],
  includeRoles: [globalAdministrator],
  excludeRoles: [],
  includeApplications: ['All'],
  excludeApplications: [],
  clientAppTypes: ['all'],
  conditions: [],
  operator: 'or',
  grants: ['mfa'],
  customFactors: [],
  termsOfUse: [],
  strength: 'none',
  includeUserActions: [],
  includeContexts: [],
  applicationFilter: 'none',
  includeGuests: 'none',
  excludeGuests: 'none',
  includePlatforms: [],
  excludePlatforms: [],
  includeLocations: [],
  excludeLocations: [],
  deviceFilter: 'none',
  signInRiskLevels: [],
  userRiskLevels: [],
  programRiskLevels: [],
  insiderRiskLevels: [],
  transferMethods: [],
  includePrograms: [],
  excludePrograms: [],
};

/** Everything that is read of one Microsoft 365 tenant, all of it good. */
export function microsoft365({
  user = {},
  bob = {},
  assignment = {},
  policy = {},
  defaults = 'disabled',
  members = [],
}: {
  /** Who is in the group `admins`. */
  members?: readonly (readonly [account: string, type: string])[];
  user?: Fields;
  /** Of somebody who holds a role. */
  bob?: Fields;
  assignment?: Fields;
  policy?: Fields;
  defaults?: 'enabled' | 'disabled';
} = {}): Told[] {
  const fields = Object.keys(administratorsMustShowIt).filter((name) => name !== 'kind' && name !== 'id');
  return [
    {
      dataset: 'microsoft365/organization',
      kinds: { organization: { speaks: ['name'], lists: true } },
      records: [{ kind: 'organization', id: 'tenant', name: 'Larkspur' }],
    },
    {
      dataset: 'microsoft365/users',
      kinds: {
        account: {
          speaks: ['name', 'enabled', 'userType', 'createdAt', 'synchronized', 'licences'],
          lists: true,
        },
      },
      records: ['ada', 'bob', 'cleo'].map((id) => ({
        kind: 'account',
        id,
        name: `${id}@larkspur.example`,
        enabled: true,
        userType: 'member',
        createdAt: '2024-01-01T00:00:00Z',
        synchronized: false,
        licences: [],
        ...(id === 'cleo' ? user : {}),
        ...(id === 'bob' ? bob : {}),
      })),
    },
    {
      dataset: 'microsoft365/user-registration-details',
      kinds: { account: { speaks: ['mfaEnabled', 'mfaCapable'] } },
      records: ['ada', 'bob', 'cleo'].map((id) => ({
        kind: 'account',
        id,
        mfaEnabled: true,
        mfaCapable: id !== 'cleo' || user['mfaCapable'] !== false,
      })),
    },
    {
      dataset: 'microsoft365/role-assignments',
      kinds: {
        'role-assignment': { speaks: ['name', 'account', 'accountType', 'role', 'scope'], lists: true },
      },
      records: ['ada', 'bob'].map((account) => ({
        kind: 'role-assignment',
        id: `${account}-is-global-administrator`,
        name: account,
        account,
        accountType: 'user',
        role: globalAdministrator,
        scope: '/',
        ...(account === 'bob' ? assignment : {}),
      })),
    },
    {
      dataset: 'microsoft365/role-assignable-groups',
      kinds: { group: { speaks: ['assignableToRoles'], lists: true } },
      records: [{ kind: 'group', id: 'admins', assignableToRoles: true }],
    },
    {
      dataset: 'microsoft365/role-assignable-group-members',
      kinds: { 'effective-membership': { speaks: ['group', 'account', 'accountType'], lists: true } },
      partitions: { admins: 'complete' },
      records: members.map(([account, accountType]) => ({
        kind: 'effective-membership',
        id: `admins:${account}`,
        partition: 'admins',
        group: 'admins',
        account,
        accountType,
      })),
    },
    {
      dataset: 'microsoft365/conditional-access-policies',
      kinds: {
        'sign-in-policy': { speaks: fields, lists: true },
        'sign-in-exclusion': { speaks: ['policy', 'type', 'what'], lists: true },
      },
      records: [
        { ...administratorsMustShowIt, ...policy },
        ...exclusionsOf('policy-one', { ...administratorsMustShowIt, ...policy } as never).map(
          ({ kind, data }) => ({ ...data, kind }),
        ),
      ],
    },
    {
      dataset: 'microsoft365/groups',
      kinds: { group: { speaks: ['name'], lists: true } },
      records: [
        { kind: 'group', id: 'admins', name: 'Administrators' },
        { kind: 'group', id: 'operators', name: 'Operators' },
      ],
    },
    {
      dataset: 'microsoft365/authentication-strengths',
      kinds: { 'authentication-strength': { speaks: ['combinations', 'secondFactor'], lists: true } },
      records: [
        {
          kind: 'authentication-strength',
          id: 'unphishable',
          combinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
          secondFactor: true,
        },
      ],
    },
    {
      dataset: 'microsoft365/named-locations',
      kinds: { 'named-location': { speaks: ['name', 'type', 'trusted'], lists: true } },
      records: [{ kind: 'named-location', id: 'office', name: 'Office', type: 'addresses', trusted: true }],
    },
    {
      dataset: 'microsoft365/cross-tenant-access-default',
      kinds: { 'tenant-trust': { speaks: ['tenant', 'acceptsMfa'], lists: true } },
      records: [{ kind: 'tenant-trust', id: 'default', tenant: 'everybody else', acceptsMfa: true }],
    },
    {
      dataset: 'microsoft365/security-defaults',
      kinds: { 'sign-in-policy': { speaks: ['name', 'mechanism', 'state'], lists: true } },
      records: [
        {
          kind: 'sign-in-policy',
          id: 'defaults',
          name: 'Security defaults',
          mechanism: 'security-defaults',
          state: defaults,
        },
      ],
    },
  ];
}

/** Where the people of a tenant sign in: at the tenant itself, unless it is told otherwise. */
export const signingIn = (domain: Fields = {}, federation?: Fields): Told[] => [
  {
    dataset: 'microsoft365/domains',
    kinds: { domain: { speaks: ['name', 'signIn'], lists: true } },
    records: [
      {
        kind: 'domain',
        id: 'larkspur.example',
        name: 'larkspur.example',
        signIn: federation ? 'federated' : 'managed',
        ...domain,
      },
    ],
  },
  {
    dataset: 'microsoft365/domain-federation',
    kinds: { federation: { speaks: ['domain', 'issuer', 'secondFactor'], lists: true } },
    records: federation
      ? [
          {
            kind: 'federation',
            id: 'federation',
            domain: 'larkspur.example',
            issuer: 'https://okta.example/saml',
            secondFactor: 'acceptIfMfaDoneByFederatedIdp',
            ...federation,
          },
        ]
      : [],
  },
];

/** What the setting of an account alone asks of those who hold roles by name. */
export const ownSettings = (states: Readonly<Record<string, unknown>>): Told => ({
  dataset: 'microsoft365/administrator-mfa-states',
  kinds: { account: { speaks: ['perUserMfa'] } },
  partitions: Object.fromEntries(Object.keys(states).map((id) => [id, 'complete' as const])),
  records: Object.entries(states).map(([id, perUserMfa]) => ({
    kind: 'account',
    id,
    partition: id,
    perUserMfa,
  })),
});

/** A public key of 1,024 bits that nobody uses. */
export const rsaKey =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCmJ1aueq1pdRVX3fpshcPULip6GfjSVgdnr/XbEVI56oeHH76xwujXmuLVjPs1f3ICK3pwnf8J31lc4UW3oep3g2C+U7nN1/WJX4Y2pL7V0pz3fKedfctREomyjOyy3IcBfHoxE+cKBCanGHMrnpytFHcgfBtsVy28n5eYK2m6BQIDAQAB';

const publishedWell = {
  organizationalDomain: 'larkspur.example',
  dmarcPolicies: ['v=DMARC1; p=reject; rua=mailto:dmarc@larkspur.example'],
  inheritedDmarcPolicies: [] as readonly string[],
  senderPolicies: ['v=spf1 include:spf.example -all'],
};

/** What a resolver answers about one domain, all of it good. */
export function domains({
  published = {},
  referred = {},
  keys = [`v=DKIM1; k=rsa; p=${rsaKey}`],
}: {
  published?: Partial<Record<keyof typeof publishedWell, unknown>>;
  referred?: Readonly<Record<string, readonly string[]>>;
  keys?: readonly string[];
} = {}): Told[] {
  const id = 'larkspur.example';
  const { senderPolicies, organizationalDomain, dmarcPolicies, inheritedDmarcPolicies } = {
    ...publishedWell,
    ...published,
  };
  const policies = { 'spf.example': ['v=spf1 ip4:192.0.2.0/24 -all'], ...referred };
  const partitions = { [id]: 'complete' as const };
  const here = { partition: id, domain: id };
  return [
    {
      dataset: 'microsoft365/sender-policies',
      kinds: {
        'mail-domain': { speaks: ['senderPolicies', 'senderPoliciesSigned'] },
        'sender-policy': { speaks: ['domain', 'name', 'texts'], lists: true },
      },
      partitions,
      records: [
        { kind: 'mail-domain', id, partition: id, senderPolicies, senderPoliciesSigned: false },
        ...Object.entries(policies).map(([name, texts]) => ({
          ...here,
          kind: 'sender-policy',
          id: `${id} ${name}`,
          name,
          texts,
        })),
      ],
    },
    {
      dataset: 'microsoft365/dmarc-policies',
      kinds: {
        'mail-domain': { speaks: ['organizationalDomain'], lists: true },
        'dmarc-policy': { speaks: ['domain', 'name', 'texts', 'signed'], lists: true },
      },
      partitions,
      records: [
        { kind: 'mail-domain', id, partition: id, organizationalDomain },
        ...[
          [id, dmarcPolicies] as const,
          ...(organizationalDomain === id ? [] : [[organizationalDomain, inheritedDmarcPolicies] as const]),
        ].map(([name, texts]) => ({
          ...here,
          kind: 'dmarc-policy',
          id: `${id} ${String(name)}`,
          name,
          texts,
          signed: false,
        })),
      ],
    },
    {
      dataset: 'microsoft365/signing-keys',
      kinds: { 'signing-key': { speaks: ['domain', 'texts'], lists: true } },
      partitions,
      records: [{ ...here, kind: 'signing-key', id: `selector1._domainkey.${id}`, texts: keys }],
    },
  ];
}

/** The night as Exhibit itself knows it. */
export function nights(fields: Fields = {}): Told[] {
  return [
    {
      collector: 'exhibit',
      dataset: 'exhibit/ledger',
      kinds: {
        coverage: {
          speaks: [
            'name',
            'state',
            'declaredBy',
            'declaredOn',
            'nightsDue',
            'nightsComplete',
            'longestGapNights',
            'lastShortfall',
          ],
          lists: true,
        },
      },
      records: [
        {
          kind: 'coverage',
          id: 'github-one github/members',
          name: 'members',
          state: 'connected',
          nightsDue: 30,
          nightsComplete: 30,
          longestGapNights: 0,
          lastShortfall: 'none',
          ...fields,
        },
      ],
    },
  ];
}
