import type { Told } from '../support.ts';
import { denied, more, spoiled, type Case, unknown, without } from '../told.ts';

const grants = 'github/repository-collaborators';
const outside = ({ account = {}, grant = {} } = {}): Told[] => [
  {
    dataset: 'github/members',
    kinds: { account: { speaks: ['name', 'role'], lists: true } },
    records: [{ kind: 'account', id: '10', name: 'ada', role: 'owner' }],
  },
  {
    dataset: 'github/outside-collaborators',
    kinds: { account: { speaks: ['name', 'role'], lists: true } },
    records: [{ kind: 'account', id: '40', name: 'Fay', role: 'outside-collaborator', ...account }],
  },
  {
    dataset: grants,
    kinds: { 'access-grant': { speaks: ['repository', 'holder', 'holderType', 'level'], lists: true } },
    records: [
      {
        kind: 'access-grant',
        id: '20:account:40',
        repository: '20',
        holder: '40',
        holderType: 'account',
        level: 'write',
        ...grant,
      },
    ],
  },
];
const named = (until: string, name = 'fay') => ({ sponsored: { [name]: { sponsor: 'Ada', until } } });
const half = named('2026-12-01');

export const cases: readonly Case[] = [
  ['somebody answers for them for five months', outside(), 'pass', half],
  ['they are named by id', outside(), 'pass', named('2026-12-01', '40')],
  ['nobody answers for them', outside(), 'fail'],
  ['somebody answers for another', outside(), 'fail', named('2026-12-01', 'gus')],
  ['what they are called is not told', outside({ account: { name: unknown } }), 'no-data', half],
  ['it is the last day', outside(), 'pass', named('2026-06-30')],
  ['the last day has passed', outside(), 'fail', named('2026-06-29')],
  ['the last day is a year ahead', outside(), 'fail', named('2027-06-30')],
  ['the policy allows a year', outside(), 'pass', { ...named('2027-06-30'), maximumDays: 365 }],
  ['they administer a repository', outside({ grant: { level: 'admin' } }), 'fail', half],
  ['they may only read', outside({ grant: { level: 'read' } }), 'pass', half],
  ['the policy lets them read alone', outside(), 'fail', { ...half, levels: ['read'] }],
  [
    'a team that is called like them administers one',
    outside({ grant: { holderType: 'group', level: 'admin' } }),
    'pass',
    half,
  ],
  ['what they may is not told', outside({ grant: { level: unknown } }), 'no-data', half],
  ['whose a right is, is not told', outside({ grant: { holder: unknown } }), 'no-data', half],
  ['who works where was refused', denied(outside(), grants), 'no-data', half],
  ['who works where is not due', without(outside(), grants), 'no-data', half],
  ['who they are was refused', denied(outside(), 'github/outside-collaborators'), 'no-data', half],
  ['whether it is one of them is not told', outside({ account: { role: unknown } }), 'no-data', half],
  ['there is none', spoiled(outside(), 'github/outside-collaborators', { records: [] }), 'not-applicable'],
  [
    'a member needs nobody who answers',
    more(outside(), 'github/members', { kind: 'account', id: '12', name: 'cleo', role: 'member' }),
    'pass',
    half,
  ],
];
