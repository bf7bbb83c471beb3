import { AccountHolder } from '../../evidence-model/kinds.ts';
import { compare, type Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

const columns = ['holder', 'holderType', 'owner', 'present', 'system', 'name', 'enabled', 'way'] as const;

/** For each person and service every account that is theirs, then the accounts of which nobody knows whose they are. */
export const people: Exporter = ({ judgement }) => [
  {
    path: 'data/people/accounts.csv',
    text: csv(
      [...columns, 'source', 'id', 'evidence'],
      accountsByHolder(judgement.subjects.of(AccountHolder.name)).map((account) => [
        ...columns.map((column) => textOf(account, column)),
        account.source,
        account.id,
        [
          ...new Set(
            (account.fields.get('holder')?.citations ?? []).map(
              ({ dataset, artifact, pointer }) => `${dataset} ${artifact}#${pointer}`,
            ),
          ),
        ].join(' | '),
      ]),
    ),
  },
];

/** The accounts in the order of whose they are: people and services by id, then what is nobody's or not known. */
export function accountsByHolder(accounts: readonly Subject[]): Subject[] {
  const rank = (account: Subject) => {
    const holder = account.fields.get('holder')?.value;
    return typeof holder === 'string' && holder !== 'none' ? `0 ${holder}` : '1';
  };
  return [...accounts].sort(
    (a, b) => compare(rank(a), rank(b)) || compare(a.source, b.source) || compare(a.id, b.id),
  );
}

/** A field of an account as people read it. */
export function textOf(account: Subject, field: string): string {
  const value = account.fields.get(field)?.value;
  if (isUnknown(value)) return `unknown: ${value.unknown}`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : '';
}
