import type { Block, Text } from '../documents/document.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { viewPages } from '../views/pages.ts';
import { toldText, viewOf, type View } from '../views/requirements.ts';
import { requirementTable, text } from '../views/table.ts';
import { heading, paragraph } from './start-blocks.ts';

const table = 'data/profile';
const unset = 'no target was set';

/** The six functions of NIST CSF 2.0: what tests tell now, beside what the company says that it aims at. */
export const nistCsf: Exporter = function* (packet) {
  const view = viewOf(packet, 'csf20');
  const { csf } = packet.judgement.plan.declared.frameworks;
  const target = targetsOf(packet);
  const aimed = view.requirements.filter(({ id }) => target(id) !== unset).length;
  yield* viewPages(packet, view, {
    ...{ called: 'outcomes', short: 'Outcomes', idsApart: false, grouped: false },
    facts: [
      [
        'Targets',
        csf
          ? `set for ${aimed} of ${view.requirements.length} outcomes, as the company declared on ${csf.declaredOn}`
          : unset,
      ],
    ],
    before: [
      heading('Current and target'),
      paragraph(
        'Current is what tests tell, and no more: nothing here is a level of maturity, because nothing measured one. Target is what the company says that it aims at, in its own words; an outcome without one says so.',
      ),
      functions(view, target),
    ],
    beside: [{ title: 'Target', text: ({ id }) => target(id) }],
    table,
  });
  yield* tableFiles(
    requirementTable(packet, view, {
      kind: 'profile',
      columns: [
        text('target', 'Target, as the company declares it'),
        text('target_declared_on', 'Declared on'),
      ],
      cellsOf: ({ id }) => [target(id), target(id) === unset ? null : (csf?.declaredOn ?? null)],
    }),
    table,
    ['csv', 'xlsx', 'meta.json'],
  );
};

/** The six functions: how all tests of each came out, and what is aimed at for it as a whole. */
function functions({ framework, requirements }: View, target: (id: string) => string): Block {
  return {
    type: 'table',
    columns: [
      { title: 'Function', heads: true },
      { title: 'Outcomes', align: 'right' },
      { title: 'Not tested', align: 'right' },
      { title: 'Current' },
      { title: 'Target' },
    ],
    rows: () =>
      framework.groups.map((group): Text[] => {
        const own = requirements.filter((each) => each.group === group);
        const aimed = own.filter(({ id }) => target(id) !== unset).length;
        const whole = target(group.prefixes.join());
        const parts = aimed > 0 ? `none for the whole; set for ${aimed} of ${own.length} outcomes` : unset;
        return [
          group.title,
          ...[own.length, own.filter(({ tests }) => tests.length === 0).length].map(String),
          toldText([...new Set(own.flatMap(({ tests }) => tests))]),
          whole === unset ? parts : whole,
        ];
      }),
  };
}

/** What is aimed at for an outcome: for itself, or for the category or function that it is in. */
function targetsOf({ judgement }: Packet): (id: string) => string {
  const targets = Object.entries(judgement.plan.declared.frameworks.csf?.targets ?? {}).sort(
    ([a], [b]) => b.length - a.length,
  );
  return (id) =>
    targets.find(([of]) => id === of || id.startsWith(`${of}.`) || id.startsWith(`${of}-`))?.[1] ?? unset;
}
