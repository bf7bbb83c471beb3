import {
  companyControls as controlsOf,
  legalEntities,
  policyValues,
  risks as risksOf,
  statements as statementsOf,
  userControls,
  type Table,
} from '../../exports/company.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { FoundSystem } from '../../evidence-model/kinds.ts';
import { textOf } from '../../exports/files/people.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** Tables over the newest evidence, each under a name. */
function viewOf(tables: Readonly<Record<string, (judgement: Judgement) => Table>>): View {
  return async ({ archive, now }) => {
    const judgement = await judge(archive, { now: now.toISOString() });
    const made = Object.entries(tables).map(([name, tableOf]) => ({ name, ...tableOf(judgement) }));
    const named = made.map(({ name, columns, rows }) => [
      name,
      rows.map((row) => Object.fromEntries(columns.map((column, n) => [column, row[n]]))),
    ]);
    const texts = made.map(({ name, columns, rows }) => {
      const text =
        rows.length === 0
          ? 'none\n'
          : table(
              [...columns],
              rows.map((row) => [...row]),
            );
      return made.length === 1 ? text : `${name}\n${text}`;
    });
    return {
      value: { asOf: judgement.asOf, ...(Object.fromEntries(named) as Record<string, unknown>) },
      text: `as of ${judgement.asOf}\n\n${texts.join('\n')}`,
    };
  };
}

export const companyControls = viewOf({ controls: controlsOf });
export const policy = viewOf({ values: policyValues });
export const risks = viewOf({ risks: risksOf });
export const statements = viewOf({ statements: statementsOf });
export const scope = viewOf({ systems: foundSystems, entities: legalEntities, subservices: userControls });

/** The systems that the evidence tells of, the undeclared ones first. */
function foundSystems({ subjects }: Judgement): Table {
  const rows = subjects
    .of(FoundSystem.name)
    .map((system) => [
      ...['state', 'name'].map((field) => textOf(system, field)),
      system.source,
      ...['told', 'basis'].map((field) => textOf(system, field)),
    ]);
  const last = (row: readonly string[]) => Number(row[0] !== 'undeclared');
  return {
    columns: ['state', 'system', 'found_at', 'told_by', 'basis'],
    rows: rows.toSorted((a, b) => last(a) - last(b)),
  };
}
