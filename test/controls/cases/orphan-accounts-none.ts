import { denied, unknown, without, type Case } from '../told.ts';
import { left, people, robot, written } from '../worlds/people.ts';

const one = people({ more: [{}] });
const saml = 'github/saml-identities';

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
];
