import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { addressed, left, people, robot, written } from '../worlds/people.ts';

const one = people({ more: [{}] });
const saml = 'github/saml-identities';
const [ada, bo] = ['ada@larkspur.example', 'bo@larkspur.example'];
/** GitHub verified an address of Ada's that the directory says is hers. */
const byAlias = addressed({
  verified: { '10': ['A.Example@larkspur.example'] },
  addresses: { 'ada-id': ['a.example@larkspur.example'] },
});
/** Two of GitHub, of which one has an address that is Ada's. */
const two = (second: unknown) => addressed({ verified: { '10': [ada], '11': second }, more: [{}] });

export const cases: readonly Case[] = [
  ['all are hers', people(), 'pass', {}, written],
  ['nobody wrote down whose the user of AWS is', people(), 'fail'],
  ["an account is nobody's", one, 'fail', {}, written],
  ['it is that of a service with an owner', one, 'pass', {}, { ...written, services: [robot] }],
  [
    'whoever answers for the service is on the list of leavers',
    one,
    'fail',
    {},
    {
      people: [{ ...written.people![0]!, accounts: written.people![0]!.accounts.slice(1) }],
      services: [{ ...robot, owner: 'microsoft365-one/eve@larkspur.example' }],
      leavers: left('eve@larkspur.example'),
    },
  ],
  ['her account in the directory was switched off', people({ ada: { enabled: false } }), 'fail', {}, written],
  ['whether it was is not told', people({ ada: { enabled: unknown } }), 'no-data', {}, written],
  [
    'she is on the list of leavers by her account',
    people(),
    'fail',
    {},
    { ...written, leavers: left('ADA@larkspur.example') },
  ],
  ['she is on the list of leavers by her id', people(), 'fail', {}, { ...written, leavers: left('ada') }],
  ['she leaves tomorrow', people(), 'pass', {}, { ...written, leavers: left('ada', '2026-07-01') }],
  [
    'the identity is that of somebody whom the directory does not know',
    people({ identity: { name: 'eve@larkspur.example' } }),
    'fail',
    {},
    written,
  ],
  ['which identity it is, is not told', people({ identity: { name: unknown } }), 'no-data', {}, written],
  ['whose identity it is, is not told', people({ identity: { account: unknown } }), 'no-data', {}, written],
  ['identities were refused, and nobody wrote it down', denied(people(), saml), 'no-data', {}, written],
  [
    'identities were refused, and somebody wrote it down',
    denied(people(), saml),
    'pass',
    {},
    {
      people: written.people!.map((each) => ({
        ...each,
        accounts: [...each.accounts, { source: 'github-one', account: 'ada-l' }],
      })),
    },
  ],
  ['the directory was refused', denied(people(), 'microsoft365/users'), 'no-data', {}, written],
  ['members were refused', denied(people(), 'github/members'), 'no-data', {}, written],
  [
    'what was written down and what the directory says differ',
    people(),
    'no-data',
    {},
    { ...written, services: [{ ...robot, accounts: [{ source: 'github-one', account: '10' }] }] },
  ],
  [
    'her name in AWS is one that somebody typed',
    people({ center: { external: false } }),
    'fail',
    {},
    written,
  ],
  [
    'whether somebody typed it is not told',
    people({ center: { external: unknown } }),
    'no-data',
    {},
    written,
  ],
  [
    'it was switched off in AWS',
    people({ center: { external: false, enabled: false } }),
    'pass',
    {},
    written,
  ],
  ['there is no directory', without(people(), 'microsoft365/users'), 'fail', {}, written],
  ['GitHub verified the name of her account', addressed({ verified: { '10': [ada] } }), 'pass', {}, written],
  ['GitHub verified another address of hers', byAlias, 'pass', {}, written],
  [
    'the directory is not asked for addresses',
    without(addressed({ verified: { '10': [ada] } }), 'microsoft365/user-addresses'),
    'pass',
    {},
    written,
  ],
  [
    'GitHub verified an address that nobody in the directory has',
    addressed({ verified: { '10': ['eve@larkspur.example'] } }),
    'fail',
    {},
    written,
  ],
  [
    'it verified one that two have',
    addressed({
      verified: { '10': ['office@larkspur.example'] },
      addresses: { 'ada-id': ['office@larkspur.example'], 'bo-id': ['office@larkspur.example'] },
    }),
    'no-data',
    {},
    written,
  ],
  ['it verified one of each', addressed({ verified: { '10': [ada, bo] } }), 'no-data', {}, written],
  [
    'it verified one of hers, and Bo is signed in',
    addressed({ verified: { '10': [ada] }, identity: { name: bo } }),
    'no-data',
    {},
    written,
  ],
  [
    'it verified one of hers, and she is signed in',
    addressed({ verified: { '10': [ada] }, identity: {} }),
    'pass',
    {},
    written,
  ],
  [
    'it verified one of hers, and it is written down as that of a service',
    addressed({ verified: { '10': [ada] } }),
    'no-data',
    {},
    { ...written, services: [{ ...robot, accounts: [{ source: 'github-one', account: '10' }] }] },
  ],
  ['identities were refused beside it', denied(byAlias, saml), 'no-data', {}, written],
  ['addresses were refused in GitHub', denied(byAlias, 'github/verified-emails'), 'no-data', {}, written],
  [
    'they were refused, and she is signed in',
    denied(addressed({ verified: {}, identity: {} }), 'github/verified-emails'),
    'no-data',
    {},
    written,
  ],
  [
    'addresses were refused in the directory',
    denied(byAlias, 'microsoft365/user-addresses'),
    'no-data',
    {},
    written,
  ],
  [
    'one account in the directory does not tell its addresses',
    addressed({ verified: { '10': [ada] }, addresses: { 'bo-id': unknown } }),
    'no-data',
    {},
    written,
  ],
  ['another of GitHub has none', two([]), 'fail', {}, written],
  ['of another of GitHub it is not told', two(unknown), 'no-data', {}, written],
  [
    'GitHub shows no address of anybody, though there may be some',
    addressed({ verified: { '10': [], '11': [] }, more: [{}] }),
    'no-data',
    {},
    written,
  ],
  [
    'GitHub shows none, for no domain is proven',
    spoiled(addressed({ verified: { '10': [], '11': [] }, more: [{}] }), 'github/verified-domains', {
      records: [{ kind: 'domain', id: 'VD', name: 'larkspur.example', verified: false }],
    }),
    'fail',
    {},
    written,
  ],
  [
    'GitHub shows none of anybody, and she is signed in',
    addressed({ verified: { '10': [] }, identity: {} }),
    'pass',
    {},
    written,
  ],
  [
    'an outside collaborator has an address of hers, which ties nobody who is no member',
    addressed({ verified: { '10': [ada], '11': [ada] }, more: [{ role: 'outside-collaborator' }] }),
    'fail',
    {},
    written,
  ],
  [
    'whether whoever has it is a member is not told',
    addressed({ verified: { '10': [ada], '11': [ada] }, more: [{ role: unknown }] }),
    'no-data',
    {},
    written,
  ],
  [
    'an outside collaborator is written down, of whom GitHub tells no address',
    addressed({ verified: { '10': [ada] }, more: [{ role: 'outside-collaborator' }] }),
    'pass',
    {},
    { ...written, services: [robot] },
  ],
];
