import { accountsByHolder, textOf } from '../../exports/files/people.ts';
import { judge } from '../../exports/judge.ts';
import { AccountHolder } from '../../evidence-model/kinds.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

const fields = ['holder', 'holderType', 'present', 'system', 'name', 'enabled', 'way'] as const;

/** Whose each account is, on the newest evidence. */
export const people: View = async ({ archive, now }) => {
  const { asOf, subjects } = await judge(archive, { now: now.toISOString() });
  const rows = accountsByHolder(subjects.of(AccountHolder.name)).map((account) => ({
    source: account.source,
    account: account.id,
    ...Object.fromEntries(fields.map((field) => [field, textOf(account, field)])),
  }));
  const shown = rows.map((row) =>
    fields.map((field) => (row as Readonly<Record<string, string>>)[field] ?? ''),
  );
  return {
    value: { asOf, accounts: rows },
    text: `as of ${asOf}\n\n${table(['holder', 'is a', 'there', 'system', 'account', 'usable', 'known by'], shown)}`,
  };
};
