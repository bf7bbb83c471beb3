import { denied, unknown, type Case } from '../told.ts';
import { left, people, written } from '../worlds/people.ts';

const off = people({ ada: { enabled: false } });
const second = off.map((told) =>
  told.dataset === 'microsoft365/users'
    ? {
        ...told,
        records: [
          ...told.records,
          { kind: 'account', id: 'adm-id', name: 'adm-ada@larkspur.example', enabled: true },
        ],
      }
    : told,
);
const hers = { leavers: left('Ada@larkspur.example') };

export const cases: readonly Case[] = [
  ['her account is switched off', off, 'pass', {}, hers],
  ['her account can be signed in to', people(), 'fail', {}, hers],
  ['the list names her by the register', people(), 'fail', {}, { ...written, leavers: left('ada') }],
  ['whether it can be is not told', people({ ada: { enabled: unknown } }), 'no-data', {}, hers],
  [
    'the directory knows nobody of that name',
    people(),
    'no-data',
    {},
    { leavers: left('eve@larkspur.example') },
  ],
  [
    'today is her last day',
    people(),
    'not-applicable',
    {},
    { leavers: left('ada@larkspur.example', '2026-06-30') },
  ],
  [
    'the list is old',
    off,
    'no-data',
    {},
    { leavers: left('ada@larkspur.example', '2026-02-01', '2026-03-01') },
  ],
  [
    'the policy lets it be old',
    off,
    'pass',
    { maxListAgeDays: 60 },
    { leavers: left('ada@larkspur.example', '2026-04-01', '2026-05-03') },
  ],
  [
    'the list is signed and names nobody',
    people(),
    'not-applicable',
    {},
    { leavers: { ...left('x'), people: [] } },
  ],
  [
    'the list names nobody, and is old',
    people(),
    'no-data',
    {},
    { leavers: { ...left('x', '2026-02-01', '2026-03-01'), people: [] } },
  ],
  [
    'another account that is written down as hers can be signed in to',
    second,
    'fail',
    {},
    {
      ...hers,
      people: written.people!.map((each) => ({
        ...each,
        accounts: [...each.accounts, { source: 'microsoft365-one', account: 'ADM-ada@larkspur.example' }],
      })),
    },
  ],
  ['the list names her by the id of her account', people(), 'fail', {}, { leavers: left('ada-id') }],
  ['nobody handed over a list', people(), 'no-data'],
  ['the directory was refused', denied(people(), 'microsoft365/users'), 'no-data', {}, hers],
];
