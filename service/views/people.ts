import { peopleRows } from '../../exports/files/people.ts';
import { judge } from '../../exports/judge.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

const fields = [
  ...(['holder', 'holderType', 'present', 'system', 'name', 'enabled', 'way', 'guest'] as const),
  ...(['privilege', 'privilegeBy', 'signsInAt', 'mfaLevel', 'mfaCapable', 'mfaRequired'] as const),
  ...(['mfaObserved', 'phishingResistant', 'mfaBy'] as const),
];
/** What fits beside each other on a terminal; `--json` has everything. */
const shown = [
  ...(['holder', 'holderType', 'present', 'system', 'name', 'enabled'] as const),
  ...(['privilege', 'mfaLevel', 'phishingResistant'] as const),
];
const heads = [
  'holder',
  'is a',
  'there',
  'system',
  'account',
  'usable',
  'may',
  'second factor',
  'unphishable',
];

/** Who can do what where, and what it takes to sign in there: a row an account, on the newest evidence. */
export const people: View = async ({ archive, now }) => {
  const { asOf, subjects } = await judge(archive, { now: now.toISOString() });
  const rows = [...peopleRows(subjects)];
  return {
    value: {
      asOf,
      accounts: rows.map(({ source, id, text }) => ({
        source,
        account: id,
        ...Object.fromEntries(fields.map((field) => [field, text(field)])),
      })),
    },
    text: `as of ${asOf}\n\n${table(
      heads,
      rows.map(({ text }) => shown.map((field) => briefly(text(field)))),
    )}\nWhy something is not known, and what each level rests on: --json\n`,
  };
};

/** Why something is not known is told by `--json`. */
const briefly = (text: string) => (text.startsWith('unknown: ') ? '?' : text);
