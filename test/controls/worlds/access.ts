import type { Told } from '../support.ts';
import { spoiled } from '../told.ts';
import { arn, aws, github, microsoft365, signingIn } from '../worlds.ts';
import { takingOn } from './privileged.ts';
import { signIns } from './used.ts';

type Fields = Readonly<Record<string, unknown>>;

const account = '111122223333';
export const tenant = '00000000-0000-4000-8000-0000000000aa';
export const center = `${account}|arn:aws:sso:::instance/ssoins-1`;
export const saml = `arn:aws:iam::${account}:saml-provider/corporate`;
export const roleOf = (set: string) =>
  `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${set}_0123456789abcdef`;

function listing(
  dataset: string,
  kind: string,
  fields: readonly string[],
  records: readonly (Fields & { readonly id: string })[],
  lists: Told['kinds'][string]['lists'] = true,
): Told {
  return {
    dataset,
    kinds: { [kind]: { speaks: fields, lists } },
    records: records.map((record) => ({ kind, ...record })),
  };
}

/** A tenant as far as it is asked who may do what there, and what signing in takes. */
export function tenantAccess({
  facts = {},
  used = {},
  domain = {},
  federation,
  eligible = [],
  joining = [],
}: {
  readonly facts?: Parameters<typeof microsoft365>[0];
  readonly used?: Fields;
  readonly domain?: Fields;
  readonly federation?: Fields;
  readonly eligible?: readonly Fields[];
  /** Who may become a member of the group that can hold roles. */
  readonly joining?: readonly Fields[];
} = {}): Told[] {
  const base = [...microsoft365(facts), ...takingOn({})];
  return [
    ...spoiled(base, 'microsoft365/organization', {
      records: [{ kind: 'organization', id: tenant, name: 'Larkspur' }],
    }),
    signIns(used),
    ...signingIn(domain, federation),
    listing(
      'microsoft365/role-eligibility-schedules',
      'role-schedule',
      ['account', 'role', 'scope', 'standing', 'by', 'until'],
      eligible.map((fields, n) => ({
        id: `eligible:${n}`,
        scope: '/',
        standing: 'eligible',
        by: 'direct',
        ...fields,
      })),
    ),
    listing(
      'microsoft365/group-eligibility-schedules',
      'group-schedule',
      ['account', 'group', 'access', 'by', 'until'],
      joining.map((fields, n) => ({
        id: `joining:${n}`,
        group: 'admins',
        access: 'member',
        by: 'direct',
        ...fields,
      })),
    ),
  ];
}

/** An organisation as far as it is asked who may do what there, and what signing in takes. */
export function organizationAccess({
  facts = {},
  member = {},
  owner = {},
  outside = [],
  grants = [],
  teams = [],
  memberships = [],
  roles = [],
  custom = {},
  identities = [],
}: {
  readonly facts?: Parameters<typeof github>[0];
  /** Of cleo, who owns nothing; and of bob, who owns the organisation. */
  readonly member?: Fields;
  readonly owner?: Fields;
  readonly outside?: readonly (Fields & { readonly id: string })[];
  readonly grants?: readonly Fields[];
  readonly teams?: readonly (Fields & { readonly id: string })[];
  readonly memberships?: readonly Fields[];
  readonly roles?: readonly Fields[];
  /** Of the role over the organisation that it made itself. */
  readonly custom?: Fields;
  readonly identities?: readonly Fields[];
} = {}): Told[] {
  const base = github(facts).filter(({ dataset }) => /github\/(?:organization|members)/.test(dataset));
  const people = base.map((told) =>
    told.dataset === 'github/members'
      ? {
          ...told,
          kinds: {
            account: { speaks: ['name', 'root', 'role', 'managed', 'mfaEnabled', 'mfaSecure'], lists: true },
          },
          records: told.records.map((record) => ({
            ...record,
            managed: false,
            ...(record.id === '12' ? member : record.id === '11' ? owner : {}),
          })),
        }
      : told,
  );
  return [
    ...people,
    listing(
      'github/outside-collaborators',
      'account',
      ['name', 'root', 'role', 'managed', 'mfaEnabled', 'mfaSecure'],
      outside.map((fields) => ({
        name: fields.id,
        root: false,
        role: 'outside-collaborator',
        managed: false,
        mfaEnabled: true,
        mfaSecure: true,
        ...fields,
      })),
    ),
    listing(
      'github/repository-collaborators',
      'access-grant',
      ['repository', 'holder', 'holderType', 'level'],
      grants.map((fields, n) => ({
        id: `grant-${n}`,
        repository: '20',
        holderType: 'account',
        level: 'admin',
        ...fields,
      })),
    ),
    listing(
      'github/teams',
      'group',
      ['name', 'parent'],
      teams.map((fields) => ({ name: fields.id, parent: 'none', ...fields })),
    ),
    listing(
      'github/team-members',
      'membership',
      ['group', 'account', 'role'],
      memberships.map((fields, n) => ({ id: `membership-${n}`, role: 'member', ...fields })),
    ),
    listing(
      'github/organization-roles',
      'role',
      ['name', 'attachedPolicies', 'base', 'builtIn'],
      [
        { id: '138', name: 'all_repo_read', attachedPolicies: [], base: 'read', builtIn: true },
        { id: '139', name: 'security_manager', attachedPolicies: [], base: 'none', builtIn: true },
        {
          id: '200',
          name: 'auditor',
          attachedPolicies: ['read_audit_logs'],
          base: 'none',
          builtIn: false,
          ...custom,
        },
      ],
    ),
    listing(
      'github/organization-role-users',
      'role-assignment',
      ['name', 'account', 'accountType', 'role', 'scope'],
      roles.map((fields, n) => ({ id: `role-${n}`, accountType: 'user', scope: 'larkspur', ...fields })),
    ),
    listing(
      'github/saml-identities',
      'external-identity',
      ['account', 'name', 'issuer', 'protocols'],
      identities.map((fields, n) => ({
        id: `identity-${n}`,
        protocols: ['saml'],
        issuer: `https://sts.windows.net/${tenant}/`,
        ...fields,
      })),
    ),
  ];
}

/** An AWS account as far as it is asked who may do what there, and what signing in takes. */
export function cloudAccess({
  facts = {},
  people = [],
  assigned = [],
  providers = [],
  trusted = [],
}: {
  readonly facts?: Parameters<typeof aws>[0];
  /** Roles that administer the account, each with statements of whom it lets in; or that hold what they say. */
  readonly trusted?: readonly {
    readonly id: string;
    readonly statements: unknown;
    readonly policy?: string;
  }[];
  /** Of Identity Center. */
  readonly people?: readonly (Fields & { readonly id: string })[];
  readonly assigned?: readonly Fields[];
  readonly providers?: readonly (Fields & { readonly id: string })[];
} = {}): Told[] {
  const here = { partition: account, cloudAccount: account };
  const base = aws(facts).map((told) =>
    told.dataset === 'aws/account-authorization-details'
      ? {
          ...told,
          records: [
            ...told.records,
            {
              kind: 'policy',
              id: `arn:aws:iam::${account}:policy/everything`,
              ...here,
              name: 'everything',
              type: 'managed',
              document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
            },
            ...(
              [
                ['Administrator', `arn:aws:iam::${account}:policy/everything`],
                ['Reader', `${account}|arn:aws:iam::aws:policy/ReadOnlyAccess`],
              ] as const
            ).map(([set, policy]) => ({
              kind: 'principal',
              id: roleOf(set),
              ...here,
              name: `AWSReservedSSO_${set}_0123456789abcdef`,
              type: 'role',
              policies: [policy],
              groups: [],
              boundary: 'none',
            })),
            ...trusted.flatMap(({ id, statements, policy = 'everything' }) => [
              {
                kind: 'principal',
                id,
                ...here,
                name: id,
                type: 'role',
                policies: [`arn:aws:iam::${account}:policy/${policy}`],
                groups: [],
                boundary: 'none',
              },
              { kind: 'role-trust', id, ...here, name: id, document: { Statement: statements } },
            ]),
            ...['Administrator', 'Reader'].map((set) => ({
              kind: 'role-trust',
              id: roleOf(set),
              ...here,
              name: `AWSReservedSSO_${set}_0123456789abcdef`,
              document: {
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_DO_NOT_DELETE` },
                    Action: 'sts:AssumeRoleWithSAML',
                  },
                ],
              },
            })),
          ],
        }
      : told,
  );
  return [
    ...base,
    listing(
      'aws/virtual-mfa-devices',
      'mfa-device',
      ['cloudAccount', 'type', 'assignedTo'],
      [
        {
          id: `arn:aws:iam::${account}:mfa/ada`,
          cloudAccount: account,
          type: 'virtual',
          assignedTo: arn('ada'),
        },
      ],
      false,
    ),
    listing(
      'aws/identity-centers',
      'directory',
      ['cloudAccount', 'name', 'owner'],
      [{ id: center, cloudAccount: account, name: 'Identity Center', owner: account }],
    ),
    listing(
      'aws/identity-store-users',
      'directory-user',
      ['directory', 'name', 'enabled', 'external'],
      people.map((fields) => ({
        directory: center,
        name: `${fields.id}@larkspur.example`,
        enabled: true,
        external: true,
        ...fields,
      })),
    ),
    listing(
      'aws/identity-store-memberships',
      'membership',
      ['group', 'account'],
      [{ id: 'membership', group: 'operators', account: 'cleo' }],
    ),
    listing(
      'aws/permission-set-details',
      'role',
      ['name'],
      [
        { id: 'ps-administrator', name: 'Administrator' },
        { id: 'ps-reader', name: 'Reader' },
      ],
    ),
    listing(
      'aws/account-assignments',
      'role-assignment',
      ['account', 'accountType', 'role', 'scope'],
      assigned.map((fields, n) => ({
        id: `assignment-${n}`,
        accountType: 'user',
        role: 'ps-administrator',
        scope: account,
        ...fields,
      })),
    ),
    listing(
      'aws/saml-providers',
      'identity-provider',
      ['cloudAccount', 'name', 'protocol'],
      providers.map((fields) => ({ cloudAccount: account, name: 'corporate', protocol: 'saml', ...fields })),
      { field: 'protocol', values: ['saml'] },
    ),
  ];
}

/** What somebody said of where Identity Center, or another provider, leads. */
export const stated = (fields: Partial<Record<'provider' | 'leadsTo' | 'statedOn', string>> = {}) => ({
  federations: [
    {
      source: 'aws-one',
      provider: center,
      leadsTo: 'microsoft365-one',
      statedBy: 'An Officer',
      statedOn: '2026-06-01',
      ...fields,
    },
  ],
});
