import { tableFiles } from '../documents/table-files.ts';
import type { Exporter } from '../exporter.ts';
import { viewPages } from '../views/pages.ts';
import { viewOf, type Viewed } from '../views/requirements.ts';
import { requirementTable, text } from '../views/table.ts';
import { heading, paragraph, toned } from './start-blocks.ts';

const table = 'data/annex-a';
const open = 'company to say';

/** Annex A of ISO/IEC 27001 by its ids, with tests, and the columns of a statement of applicability for the company to fill. */
export const iso27001: Exporter = function* (packet) {
  const view = viewOf(packet, 'iso27001-2022');
  const said = packet.judgement.plan.declared.frameworks.iso27001;
  const of = ({ id }: Pick<Viewed, 'id'>) => said?.controls[id];
  const decided = view.requirements.filter((each) => of(each) !== undefined).length;
  const applies = (each: Viewed) => {
    const declared = of(each);
    return declared ? (declared.applies ? 'yes' : 'no') : open;
  };
  yield* viewPages(packet, view, {
    ...{ called: 'controls', short: 'Controls', idsApart: true, grouped: true },
    facts: [
      [
        'Applicability',
        said
          ? `declared for ${decided} of ${view.requirements.length} controls on ${said.declaredOn}; the company says the rest`
          : 'not declared: the company says which controls apply, and why',
      ],
    ],
    before: [
      heading('Statement of applicability'),
      paragraph(
        'Whether a control applies, why, and how far it is put to work is for the company to say: what it declared stands here as its word, and the table has empty columns for the rest. Controls are named by their ids, in our own words; their text is that of the standard.',
      ),
    ],
    beside: [
      {
        title: 'Applies',
        text: (each) => (applies(each) === open ? [toned(open, 'hand')] : applies(each)),
      },
    ],
    table,
  });
  yield* tableFiles(
    requirementTable(packet, view, {
      kind: 'annex-a',
      columns: [
        text('applies', 'Applies'),
        text('because', 'Because'),
        text('state', 'Put to work'),
        text('declared_on', 'Declared on'),
        text('owner', 'Owner, for the company to fill'),
        text('documents', 'Documents, for the company to fill'),
      ],
      cellsOf: (each) => {
        const declared = of(each);
        return [
          ...[applies(each), declared?.because ?? null, declared?.state ?? null],
          ...[declared ? (said?.declaredOn ?? null) : null, null, null],
        ];
      },
    }),
    table,
    ['csv', 'xlsx', 'meta.json'],
  );
};
