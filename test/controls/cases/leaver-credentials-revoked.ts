import type { Told } from '../support.ts';
import { denied, more, unknown, type Case } from '../told.ts';
import { left, people, robot, written } from '../worlds/people.ts';

const account = '111122223333';
const user = `arn:aws:iam::${account}:user/ada`;
const root = `arn:aws:iam::${account}:root`;

const world = (
  key: Readonly<Record<string, unknown>> = {},
  token: Readonly<Record<string, unknown>> = {},
  said: Parameters<typeof people>[0] = {},
): Told[] => [
  ...people(said).map((told) =>
    told.dataset === 'aws/credential-report'
      ? {
          ...told,
          kinds: { ...told.kinds, credential: { speaks: ['account', 'type', 'active'], lists: true } },
          records: [
            ...told.records,
            {
              kind: 'credential',
              id: `${user}/access-key-1`,
              partition: account,
              account: user,
              type: 'access-key',
              active: true,
              ...key,
            },
          ],
        }
      : told,
  ),
  {
    dataset: 'github/personal-access-tokens',
    kinds: { 'personal-token': { speaks: ['account', 'type', 'active'], lists: true } },
    records: [
      {
        kind: 'personal-token',
        id: 'token',
        account: '10',
        type: 'fine-grained-token',
        active: true,
        ...token,
      },
    ],
  },
];
/** Of a company whose directory is not read. */
const withoutDirectory = world().filter(({ dataset }) => !dataset.startsWith('microsoft365/'));
const everywhere = (written.people ?? []).map((person) => ({
  ...person,
  accounts: [...person.accounts, { source: 'github-one', account: '10' }],
}));
const byHand = everywhere.map((person) => ({
  ...person,
  accounts: person.accounts.filter(({ source }) => source !== 'microsoft365-one'),
}));
const off = { ada: { enabled: false } };
const inactive = { active: false };

export const cases: readonly Case[] = [
  ['she is there', world(), 'pass', {}, written],
  ['she left, and her key and token are active', world({}, {}, off), 'fail', {}, written],
  ['she left, and neither is', world(inactive, inactive, off), 'not-applicable', {}, written],
  ['she left, and her token is', world(inactive, {}, off), 'fail', {}, written],
  ['a list says that she left', world({}, inactive), 'fail', {}, { ...written, leavers: left('ada-id') }],
  ['whether she is there is not told', world({}, {}, { ada: { enabled: unknown } }), 'no-data', {}, written],
  ['whether the key is active is not told', world({ active: unknown }), 'no-data', {}, written],
  ['whose the key is, is not told', world({ account: unknown }), 'no-data', {}, written],
  ['whose the token is, is not told', world({}, { account: unknown }), 'no-data', {}, written],
  ['the token is of an account that is not there', world({}, { account: '99' }), 'no-data', {}, written],
  [
    'neither a directory nor a list says whether she is there',
    withoutDirectory,
    'no-data',
    {},
    { people: byHand },
  ],
  [
    'a list alone says who left, and not that she did',
    withoutDirectory,
    'pass',
    {},
    { people: byHand, leavers: left('eve') },
  ],
  [
    'she has an account in a directory that is not read',
    withoutDirectory,
    'no-data',
    {},
    { people: everywhere, leavers: left('eve') },
  ],
  ["nothing says whose the key's account is", world(), 'no-data'],
  [
    'the token is that of a service',
    world({}, { account: '11' }, { more: [{}] }),
    'pass',
    {},
    { ...written, services: [robot] },
  ],
  ['the root user has a key', world({ account: root }), 'pass', {}, written],
  ['tokens were refused', denied(world(), 'github/personal-access-tokens'), 'no-data', {}, written],
  ['keys were refused', denied(world(), 'aws/credential-report'), 'no-data', {}, written],
  ['the directory was refused', denied(world(), 'microsoft365/users'), 'no-data', {}, written],
  [
    'another of her keys is active, after she left',
    more(world(inactive, inactive, off), 'aws/credential-report', {
      kind: 'credential',
      id: `${user}/signing-certificate-1`,
      partition: account,
      account: user,
      type: 'signing-certificate',
      active: true,
    }),
    'fail',
    {},
    written,
  ],
];
