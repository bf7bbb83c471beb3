import type { HipaaDeclared } from '../../controls/declared/framework-declarations.ts';
import type { Block, Text } from '../documents/document.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { isRead, systemName } from '../systems.ts';
import { viewPages } from '../views/pages.ts';
import { viewOf, type Viewed } from '../views/requirements.ts';
import { requirementTable, text, viewTable } from '../views/table.ts';
import { heading, paragraph, toned } from './start-blocks.ts';

const forms = ['csv', 'xlsx', 'meta.json'] as const;

const decisions = {
  'as-specified': 'put to work as specified',
  'equivalent-measure': 'another measure in its place',
  'not-reasonable': 'not reasonable here',
} as const;

/** The Security Rule: which systems hold health information, each safeguard with tests, agreements, and twelve months of nights. */
export const hipaa: Exporter = function* (packet) {
  const view = viewOf(packet, 'hipaa');
  const said = packet.judgement.plan.declared.frameworks.hipaa;
  const count = (asks: Viewed['asks']) => view.requirements.filter((each) => each.asks === asks).length;
  const year = yearIn(packet);
  yield* viewPages(packet, view, {
    ...{ called: 'standards and specifications', short: 'Of them', idsApart: false, grouped: true },
    facts: [
      [
        'Of these',
        `${count('standard')} standards, ${count('required')} required and ${count('addressable')} addressable specifications`,
      ],
    ],
    before: [...scopeBlocks(packet, said), ...agreementBlocks(packet, said), ...yearBlocks(packet)],
    beside: [{ title: 'Kind', text: (each) => standingOf(each, said) }],
    table: 'data/safeguards',
  });
  yield* tableFiles(
    requirementTable(packet, view, {
      kind: 'safeguards',
      columns: [
        { key: 'asks', title: 'Kind', type: 'enum', values: ['standard', 'required', 'addressable'] },
        text('decision', 'Decided of an addressable one'),
        text('because', 'Because'),
      ],
      cellsOf: ({ id, asks }) => {
        const decided = said?.addressable[id];
        const open = asks === 'addressable' ? 'company to say' : null;
        return [asks ?? null, decided ? decisions[decided.decision] : open, decided?.because ?? null];
      },
    }),
    'data/safeguards',
    forms,
  );
  yield* tableFiles(
    viewTable(packet, 'systems', {
      title: 'Systems that hold electronic health information, as the company declared them',
      columns: [text('system', 'System'), text('read', 'Read'), text('declared_on', 'Declared on')],
      rows: (said?.systems ?? []).map(({ name, source }) => [
        name,
        readAs(packet, source).text,
        said?.declaredOn ?? null,
      ]),
      check: said?.systems
        ? `${said.systems.length} systems were declared; whether there are others no source tells.`
        : 'The company did not declare which systems hold such information.',
    }),
    'data/systems',
    forms,
  );
  yield* tableFiles(
    viewTable(packet, 'agreements', {
      title: 'Agreements with business associates, as the company declared them',
      columns: [
        text('with', 'With'),
        text('about', 'About'),
        text('signed_on', 'Signed on'),
        text('until', 'Until'),
        text('stands', 'On the day of the packet'),
      ],
      rows: (said?.agreements ?? []).map((each) => [
        ...[each.with, each.about, each.signedOn, each.until ?? null, standsOf(packet, each)],
      ]),
      check: said?.agreements
        ? `${said.agreements.length} agreements were declared; no paper of them was looked at.`
        : 'The company declared no register of agreements.',
    }),
    'data/agreements',
    forms,
  );
  yield* tableFiles(
    viewTable(packet, 'months', {
      title: 'The twelve months before, as far as nights tell of them',
      columns: [
        text('month', 'Month (UTC)'),
        ...(['due', 'read', 'readings', 'whole'] as const).map((key) => ({
          ...{ key, title: monthTitles[key], type: 'number' as const },
        })),
      ],
      rows: year.months.map(({ month, due, read, readings, whole }) => [month, due, read, readings, whole]),
      check: `The first reading of all was closed at ${year.first}; before it nothing is told.`,
    }),
    'data/months',
    forms,
  );
};

const monthTitles = {
  due: 'Nights due',
  read: 'Nights read',
  readings: 'Readings due',
  whole: 'Readings whole',
} as const;

/** The year is worked out before anything is written; a packet of this profile always has it. */
function yearIn({ year }: Packet) {
  if (!year) throw new Error('a packet for hipaa tells of a year, and none was worked out');
  return year;
}

/** What a requirement is, and of an addressable one what the company decided. */
function standingOf({ id, asks }: Viewed, said: HipaaDeclared | undefined): Text {
  if (asks !== 'addressable') return asks ?? '';
  const decided = said?.addressable[id];
  return decided
    ? `addressable\n${decisions[decided.decision]}`
    : ['addressable\n', toned('company to say', 'hand')];
}

/** How much was read of the source that a system is read by; whether the system is all of it only the company knows. */
function readAs(
  { judgement }: Packet,
  source: string | undefined,
): { readonly text: string; readonly isRead: boolean } {
  const planned = judgement.plan.sources.find(({ id }) => id === source);
  if (!planned) return { text: 'not read', isRead: false };
  const due = judgement.datasets.filter((each) => each.source === source);
  const whole = due.filter(
    ({ snapshot, reasons }) => snapshot?.end.outcome === 'complete' && reasons.length === 0,
  );
  return {
    text: `${whole.length} of ${due.length} readings of ${systemName(planned.collector)} were whole`,
    isRead: due.some(isRead),
  };
}

function scopeBlocks(packet: Packet, said: HipaaDeclared | undefined): Block[] {
  const systems = said?.systems;
  return [
    heading('Systems that hold electronic health information'),
    ...(systems === undefined
      ? [
          paragraph(
            toned('Undeclared.', 'warn'),
            ' The company did not say which systems hold such information, so that whether what was read is among them is not known.',
          ),
        ]
      : [
          paragraph(
            `As the company declared on ${said?.declaredOn ?? ''}. No source tells where such information is.`,
          ),
          {
            type: 'table' as const,
            columns: [{ title: 'System', heads: true }, { title: 'Read' }],
            rows: () =>
              systems.map(({ name, source }): Text[] => {
                const { text: read, isRead: told } = readAs(packet, source);
                return [name, told ? read : [toned(read, 'warn')]];
              }),
          },
        ]),
  ];
}

type Agreement = NonNullable<HipaaDeclared['agreements']>[number];

function standsOf({ judgement }: Packet, { signedOn, until }: Agreement): string {
  const day = judgement.asOf.slice(0, 10);
  if (signedOn > day) return 'not signed yet';
  return until !== undefined && until < day ? 'ended' : 'stands, as declared';
}

function agreementBlocks(packet: Packet, said: HipaaDeclared | undefined): Block[] {
  const agreements = said?.agreements;
  return [
    heading('Agreements with business associates'),
    ...(agreements === undefined
      ? [paragraph(toned('Undeclared.', 'warn'), ' The company declared no register of them.')]
      : [
          paragraph('As the company declared them; no paper was looked at.'),
          {
            type: 'table' as const,
            columns: [
              { title: 'With', heads: true },
              { title: 'About' },
              { title: 'Signed on' },
              { title: 'Until' },
              { title: 'On this day' },
            ],
            rows: () =>
              agreements.map((each): Text[] => {
                const stands = standsOf(packet, each);
                return [
                  ...[each.with, each.about, each.signedOn, each.until ?? 'no end'],
                  stands === 'ended' ? [toned(stands, 'bad')] : stands,
                ];
              }),
          },
        ]),
  ];
}

function yearBlocks(packet: Packet): Block[] {
  const { first, from, months } = yearIn(packet);
  const isWhole = first <= from;
  return [
    heading('Twelve months of recognised practices'),
    paragraph(
      isWhole
        ? `There is evidence of nights since ${from.slice(0, 10)} or longer; of each month the table says how many.`
        : `There is evidence since ${first.slice(0, 10)} and none before: of the twelve months that begin on ${from.slice(0, 10)} the time before it is not shown.`,
      ' How each test fared on each day of them is in a packet of that period (soc2-type2). A night that was not read shows nothing.',
    ),
    {
      type: 'table',
      columns: [
        { title: 'Month', heads: true },
        ...Object.values(monthTitles).map((title) => ({ title, align: 'right' as const })),
      ],
      rows: () =>
        months.map(({ month, due, read, readings, whole }): Text[] => [
          month,
          ...[due, read, readings, whole].map(String),
        ]),
    },
  ];
}
