import type { Framework } from '../../controls/framework.ts';
import { ranking } from '../../controls/finding.ts';
import { groupOf } from '../../controls/groups.ts';
import type { Block } from '../documents/document.ts';
import { code, count, countColumns } from './start-blocks.ts';
import { statuses, type TestFacts } from './start-facts.ts';

/** The requirements of a framework by group, and how the tests that bear on them came out. */
export function groupBlock(
  { groups, requirements }: Framework,
  tests: readonly TestFacts[],
  called: string,
): Block {
  const rows = groups.map((group) => {
    const own = requirements.filter(({ id }) => groupOf(groups, id) === group);
    const bearing = new Set(own.flatMap((each) => each.controls));
    const of = tests.filter(({ control }) => bearing.has(control));
    return [
      [code(group.prefixes.join(', '))],
      group.title,
      ...[own.length, own.filter((each) => each.controls.length === 0).length].map(count),
      ...ranking.map((status) => count(of.filter((test) => test.status === status).length)),
      count(of.length),
    ];
  });
  return {
    type: 'table',
    columns: [
      { title: 'Group' },
      { title: 'About', heads: true },
      ...countColumns([called, 'No test', ...ranking.map((status) => statuses[status].word), 'Tests']),
    ],
    rows: () => rows,
  };
}
