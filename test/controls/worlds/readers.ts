import type { Told } from '../support.ts';
import { spoiled } from '../told.ts';
import { aws, microsoft365, role } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

const account = '111122223333';

function reader(dataset: string, fields: Fields & { readonly id: string }, partition = 'all'): Told {
  return {
    dataset,
    kinds: { reader: { speaks: ['name', 'type', 'cloudAccount'], lists: true } },
    partitions: { [partition]: 'complete' },
    records: [{ kind: 'reader', partition, ...fields }],
  };
}

/** An organisation that an App reads, whose installation has these permissions. */
export const organizationReader = ({
  who = {},
  installation = {},
}: {
  readonly who?: Fields;
  readonly installation?: Fields;
} = {}): Told[] => [
  reader('github/reader', { id: '4711', name: 'exhibit', type: 'app', ...who }),
  {
    dataset: 'github/app-installations',
    kinds: { application: { speaks: ['name', 'permissions'], lists: true } },
    records: [
      { kind: 'application', id: '1', name: 'deployer', permissions: ['contents: write'] },
      {
        kind: 'application',
        id: '2',
        name: 'exhibit',
        permissions: ['metadata: read', 'members: read'],
        ...installation,
      },
    ],
  },
];

/** A tenant that a program reads, and what was granted to it. */
export const tenantReader = ({
  facts = {},
  permissions = ['User.Read.All', 'Policy.Read.All'],
  delegated = [],
}: {
  readonly facts?: Parameters<typeof microsoft365>[0];
  readonly permissions?: unknown;
  readonly delegated?: unknown;
} = {}): Told[] => [
  ...microsoft365(facts),
  reader('microsoft365/reader', { id: 'exhibit', name: 'Exhibit', type: 'program' }),
  {
    dataset: 'microsoft365/app-role-assignments',
    kinds: { 'permission-grant': { speaks: ['holder', 'way', 'permissions'], lists: true } },
    partitions: { graph: 'complete' },
    records: [
      { holder: 'exhibit', permissions },
      { holder: 'pipeline', permissions: ['Directory.ReadWrite.All'] },
    ].map((each) => ({
      kind: 'permission-grant',
      id: `${each.holder}-at-graph`,
      partition: 'graph',
      way: 'by-itself',
      ...each,
    })),
  },
  {
    dataset: 'microsoft365/oauth2-permission-grants',
    kinds: { 'permission-grant': { speaks: ['holder', 'way', 'permissions'], lists: true } },
    records: [
      {
        kind: 'permission-grant',
        id: 'delegated',
        holder: 'exhibit',
        way: 'for-somebody',
        permissions: delegated,
      },
    ],
  },
];

const details = 'aws/account-authorization-details';
const policy = `arn:aws:iam::${account}:policy/deploy`;

/** An account that is read as a role whose policy says this, and other roles beside it. */
export const accountReader = ({
  who = {},
  document = { Statement: [{ Effect: 'Allow', Action: 'iam:ListMFADevices', Resource: '*' }] },
  holds = [policy],
  besides = [],
}: {
  readonly who?: Fields;
  readonly document?: unknown;
  readonly holds?: unknown;
  readonly besides?: Told['records'];
} = {}): Told[] => {
  const base = aws();
  return [
    ...spoiled(base, details, {
      records: [
        ...base
          .find(({ dataset }) => dataset === details)!
          .records.map((record) =>
            record.id === policy
              ? { ...record, document }
              : record.kind === 'principal' && record.id === role
                ? { ...record, policies: holds }
                : record,
          ),
        ...besides,
      ],
    }),
    reader(
      'aws/reader',
      {
        id: `arn:aws:sts::${account}:assumed-role/runner`,
        name: 'runner',
        type: 'role',
        cloudAccount: account,
        ...who,
      },
      account,
    ),
  ];
};

/** Another role of the account, which lets in what reads it and holds a policy that says this. */
export const otherRole = (document: unknown, statements: unknown): Told['records'] => {
  const here = { partition: account, cloudAccount: account };
  const id = `arn:aws:iam::${account}:role/other`;
  const written = `arn:aws:iam::${account}:policy/other`;
  return [
    { kind: 'policy', id: written, ...here, name: 'other', type: 'managed', document },
    {
      kind: 'principal',
      id,
      ...here,
      name: 'other',
      type: 'role',
      policies: [written],
      groups: [],
      boundary: 'none',
    },
    { kind: 'role-trust', id, ...here, name: 'other', document: { Statement: statements } },
  ];
};
