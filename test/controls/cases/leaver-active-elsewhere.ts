import { denied, unknown, type Case } from '../told.ts';
import { left, people, robot, written } from '../worlds/people.ts';

const one = people({ more: [{}] });
const off = { ada: { enabled: false } };

export const cases: readonly Case[] = [
  ['she is there', people(), 'pass', {}, written],
  ['her account in the directory was switched off', people(off), 'fail', {}, written],
  ['whether it was is not told', people({ ada: { enabled: unknown } }), 'no-data', {}, written],
  [
    'she has another one that was not',
    [
      ...people(off).map((told) =>
        told.dataset === 'microsoft365/users'
          ? {
              ...told,
              records: [
                ...told.records,
                { kind: 'account', id: 'adm-id', name: 'adm-ada@larkspur.example', enabled: true },
              ],
            }
          : told,
      ),
    ],
    'pass',
    {},
    {
      people: written.people!.map((each) => ({
        ...each,
        accounts: [...each.accounts, { source: 'microsoft365-one', account: 'adm-id' }],
      })),
    },
  ],
  ['a list says that she left', people(), 'fail', {}, { ...written, leavers: left('ada@larkspur.example') }],
  ['it names her by the id of her account', people(), 'fail', {}, { ...written, leavers: left('ada-id') }],
  ["an account is nobody's that is known", one, 'no-data', {}, written],
  ['it is that of a service', one, 'pass', {}, { ...written, services: [robot] }],
  [
    'her account in the directory was removed',
    people().map((told) => (told.dataset === 'microsoft365/users' ? { ...told, records: [] } : told)),
    'fail',
    {},
    written,
  ],
  [
    'she is written down as somebody without one',
    people(),
    'pass',
    {},
    {
      people: [
        ...written.people!,
        {
          ...written.people![0]!,
          id: 'bo',
          accounts: [{ source: 'github-one', account: '11' }],
        },
      ],
    },
  ],
  ['today is her last day', people(), 'pass', {}, { ...written, leavers: left('ada', '2026-06-30') }],
  ['yesterday was', people(), 'fail', {}, { ...written, leavers: left('ada', '2026-06-29') }],
  ['the directory was refused', denied(people(), 'microsoft365/users'), 'no-data', {}, written],
  ['identities were refused', denied(people(), 'github/saml-identities'), 'no-data', {}, written],
];
