import { Account, AccountAccess, AccountHolder } from '../../evidence-model/kinds.ts';
import { compare, type Citation, type Subject, type Subjects } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { placeOf, type Column, type Table } from '../documents/table.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter } from '../exporter.ts';
import type { Judgement } from '../judge.ts';
import { extractionOf } from './extraction-of.ts';

/** Whose an account is, and how that is known. */
const ofHolder = ['holder', 'holderType', 'owner', 'present', 'system', 'name', 'enabled', 'way'] as const;
/** What can be done with it, and what signing in takes. */
const ofAccess = [
  ...(['guest', 'privilege', 'privilegeBy', 'signsInAt', 'mfaLevel', 'mfaCapable', 'mfaRequired'] as const),
  ...(['mfaObserved', 'phishingResistant', 'mfaBy'] as const),
];
const columns = [...ofHolder, ...ofAccess] as const;

const titles: Readonly<Record<(typeof columns)[number], string>> = {
  holder: 'Whose it is',
  holderType: 'Person or service',
  owner: 'Who answers for it',
  present: 'Still there',
  system: 'System',
  name: 'Account',
  enabled: 'Enabled',
  way: 'How that is known',
  guest: 'Guest',
  privilege: 'May',
  privilegeBy: 'By what',
  signsInAt: 'Signs in at',
  mfaLevel: 'Second factor',
  mfaCapable: 'Set up',
  mfaRequired: 'Required',
  mfaObserved: 'Observed',
  phishingResistant: 'Resists phishing',
  mfaBy: 'By what it is shown',
};

/** One account with whose it is, what it can do, and what it takes to sign in with it. */
export interface PeopleRow {
  readonly source: string;
  readonly id: string;
  /** A field as people read it. */
  readonly text: (column: (typeof columns)[number]) => string;
  /** Where it was read, each place once. */
  readonly evidence: readonly Citation[];
}

/** For each person and service every account that is theirs, then the accounts of which nobody knows whose they are. */
export const people: Exporter = ({ judgement }) =>
  tableFiles(peopleTable(judgement), 'data/people/accounts', ['csv', 'xlsx', 'ndjson', 'meta.json']);

function peopleTable(judgement: Judgement): Table {
  const titled = (key: string, title: string): Column => ({ key, title, type: 'text' });
  return {
    id: 'accounts',
    title: 'Every account with whose it is, what it may, and what signing in takes',
    columns: [
      ...columns.map((key) => titled(key, titles[key])),
      titled('source', 'Source'),
      titled('id', 'Id'),
    ],
    rows: function* () {
      for (const { source, id, text, evidence } of peopleRows(judgement.subjects))
        yield { cells: [...columns.map(text), source, id], evidence };
    },
    cites: true,
    extraction: {
      ...extractionOf(judgement, Account.name),
      notes: [
        'Whose an account is, what it may and what signing in takes no source says in one place: each follows from several readings and from what the company wrote down (data/plan.json).',
      ],
    },
  };
}

/** The accounts in the order of whose they are: people and services by id, then what is nobody's or not known. */
export function* peopleRows(subjects: Subjects): Iterable<PeopleRow> {
  const access = new Map(subjects.of(AccountAccess.name).map((row) => [keyOf(row), row]));
  const rank = (account: Subject) => {
    const holder = account.fields.get('holder')?.value;
    return typeof holder === 'string' && holder !== 'none' ? `0 ${holder}` : '1';
  };
  const ranked = subjects.of(AccountHolder.name).map((account) => ({ account, rank: rank(account) }));
  ranked.sort(
    (a, b) =>
      compare(a.rank, b.rank) ||
      compare(a.account.source, b.account.source) ||
      compare(a.account.id, b.account.id),
  );
  for (const { account } of ranked) {
    const row = access.get(keyOf(account));
    const cited = [account.fields.get('holder'), row?.fields.get('mfaLevel')].flatMap(
      (known) => known?.citations ?? [],
    );
    yield {
      source: account.source,
      id: account.id,
      text: (column) => textOf(isOfHolder(column) ? account : row, column),
      evidence: [...new Map(cited.map((each) => [placeOf(each), each])).values()],
    };
  }
}

const columnsOfHolder: ReadonlySet<string> = new Set(ofHolder);
const isOfHolder = (column: string) => columnsOfHolder.has(column);

const keyOf = ({ source, id }: Subject) => JSON.stringify([source, id]);

/** A field of a thing as people read it. */
export function textOf(account: Subject | undefined, field: string): string {
  const value = account?.fields.get(field)?.value;
  if (isUnknown(value)) return `unknown: ${value.unknown}`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : '';
}
