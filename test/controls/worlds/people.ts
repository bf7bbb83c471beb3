import type { z } from 'zod';
import type { Register } from '../../../controls/declarations.ts';
import type { Told } from '../support.ts';

type Fields = Readonly<Record<string, unknown>>;
export type Written = z.input<typeof Register>;

const account = '111122223333';
const user = `arn:aws:iam::${account}:user/ada`;

/** Ada, who has an account in the directory, in GitHub and in two places of AWS. Tests spoil parts of it. */
export function people({
  ada = {},
  identity = {},
  more = [],
  center = {},
}: {
  ada?: Fields;
  identity?: Fields;
  /** Further accounts of GitHub. */
  more?: readonly Fields[];
  center?: Fields;
} = {}): Told[] {
  return [
    {
      dataset: 'microsoft365/users',
      kinds: { account: { speaks: ['name', 'enabled'], lists: true } },
      records: [{ kind: 'account', id: 'ada-id', name: 'ada@larkspur.example', enabled: true, ...ada }],
    },
    {
      dataset: 'github/members',
      kinds: { account: { speaks: ['name', 'root', 'role'], lists: true } },
      records: [
        { kind: 'account', id: '10', name: 'ada-l', root: false, role: 'member' },
        ...more.map((fields, n) => ({
          kind: 'account',
          id: String(11 + n),
          name: `other-${n}`,
          root: false,
          role: 'member',
          ...fields,
        })),
      ],
    },
    {
      dataset: 'github/saml-identities',
      kinds: { 'external-identity': { speaks: ['account', 'name', 'protocols'], lists: true } },
      records: [
        {
          kind: 'external-identity',
          id: 'guid',
          account: '10',
          name: 'Ada@Larkspur.example',
          protocols: ['saml'],
          ...identity,
        },
      ],
    },
    {
      dataset: 'aws/credential-report',
      kinds: { account: { speaks: ['name', 'cloudAccount', 'root'], lists: true } },
      partitions: { [account]: 'complete' },
      records: [
        {
          kind: 'account',
          id: `arn:aws:iam::${account}:root`,
          partition: account,
          name: 'root',
          cloudAccount: account,
          root: true,
        },
        { kind: 'account', id: user, partition: account, name: 'ada', cloudAccount: account, root: false },
      ],
    },
    {
      dataset: 'aws/identity-store-users',
      kinds: { 'directory-user': { speaks: ['directory', 'name', 'enabled', 'external'], lists: true } },
      records: [
        {
          kind: 'directory-user',
          id: 'center-ada',
          directory: 'd-1',
          name: 'ada@larkspur.example',
          enabled: true,
          external: true,
          ...center,
        },
      ],
    },
  ];
}

/**
 * The same with addresses of mail: what GitHub verified of each member, by their id, and what the directory has beside
 * the names of accounts. There is somebody else in the directory, Bo.
 */
export function addressed({
  verified,
  addresses = {},
  identity,
  more = [],
}: {
  verified: Readonly<Record<string, unknown>>;
  addresses?: Readonly<Record<string, unknown>>;
  /** Whom single sign-on ties; nobody, unless told. */
  identity?: Fields;
  more?: readonly Fields[];
}): Told[] {
  return [
    ...people({ identity: identity ?? { account: 'none' }, more }).map((told) =>
      told.dataset === 'microsoft365/users'
        ? {
            ...told,
            records: [
              ...told.records,
              { kind: 'account', id: 'bo-id', name: 'bo@larkspur.example', enabled: true },
            ],
          }
        : told,
    ),
    {
      dataset: 'microsoft365/user-addresses',
      kinds: { account: { speaks: ['addresses'] } },
      records: Object.entries({ 'ada-id': [], 'bo-id': [], ...addresses }).map(([id, these]) => ({
        kind: 'account',
        id,
        addresses: these,
      })),
    },
    {
      dataset: 'github/verified-emails',
      kinds: { account: { speaks: ['verifiedAddresses'] } },
      records: Object.entries(verified).map(([id, these]) => ({
        kind: 'account',
        id,
        verifiedAddresses: these,
      })),
    },
    {
      dataset: 'github/verified-domains',
      kinds: { domain: { speaks: ['name', 'verified'], lists: true } },
      records: [{ kind: 'domain', id: 'VD', name: 'larkspur.example', verified: true }],
    },
  ];
}

/** What the company wrote down: the user of AWS is hers. */
export const written: Written = {
  people: [
    {
      id: 'ada',
      name: 'Ada Example',
      accounts: [
        { source: 'microsoft365-one', account: 'ada-id' },
        { source: 'aws-one', account: user },
      ],
      linkedBy: 'An Officer',
      linkedOn: '2026-01-01',
    },
  ],
};

export const robot: NonNullable<Written['services']>[number] = {
  id: 'robot',
  purpose: 'It notes versions.',
  owner: 'ada',
  accounts: [{ source: 'github-one', account: 'other-0' }],
  declaredBy: 'An Officer',
  declaredOn: '2026-01-01',
};

export const left = (
  account: string,
  leftOn = '2026-06-15',
  exportedOn = '2026-06-28',
): NonNullable<Written['leavers']> => ({
  exportedBy: 'An Officer',
  exportedOn,
  system: 'Payroll',
  filter: 'all who left since January',
  people: [{ account, leftOn }],
});
