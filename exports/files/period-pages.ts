import type { Block, Text } from '../documents/document.ts';
import { htmlDocument } from '../documents/html-document.ts';
import { moment } from '../documents/moment.ts';
import { pdf } from '../documents/pdf/render.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { periodText } from '../identity.ts';
import { daysLacking, daysRead, nightCounts, type NightFacts } from '../type2/ledger-facts.ts';
import type { PeriodFacts } from '../type2/period-facts.ts';
import { daysThat } from './period-tables.ts';
import { code, count, countColumns, file, heading, paragraph, startOf, toned } from './start-blocks.ts';

/** How much of what is long stands on the pages themselves. */
const most = { missed: 12, controls: 14, populations: 10 } as const;

/** Of a packet that tells of a period: its nights and days, what of them is in the packet, how the tests fared, and who came and went. */
export const periodPages: Exporter = function* (packet) {
  if (!packet.period) return;
  const document = {
    ...startOf(packet, blocksOf(packet, packet.period)),
    lead: `The period ${periodText(packet.period)}, at each reading`,
  };
  yield { path: 'data/period/summary.html', content: htmlDocument(document) };
  yield { path: 'data/period/summary.pdf', content: pdf(document) };
};

function blocksOf(packet: Packet, facts: PeriodFacts): Block[] {
  return [
    ...nightBlocks(packet, facts),
    heading('Days'),
    ...strips(facts),
    heading('Which evidence is here'),
    ...evidenceBlocks(facts),
    { type: 'break' },
    heading('Tests that did not pass on every day'),
    ...testBlocks(facts),
    heading('Who came and went'),
    ...movementBlocks(facts),
    heading('After the period'),
    paragraph(
      facts.since
        ? `${facts.since.events.length} events after the period, up to ${moment(facts.since.to)}: `
        : 'Nothing was read after the period: ',
      file('data/period/subsequent-events.csv'),
    ),
  ];
}

function nightBlocks({ judgement }: Packet, facts: PeriodFacts): Block[] {
  const { due, read } = nightCounts(facts);
  const missed = facts.ledger.nights.filter((night) => night.part === 'period' && !night.read);
  const short = facts.ledger.coverage.flatMap(({ nights }) => nights.filter(({ complete }) => !complete));
  const { notRead, notDue } = daysLacking(facts);
  const more = missed.length - most.missed;
  return [
    {
      type: 'facts',
      items: [
        ['Period', periodText(facts)],
        ['As of', moment(judgement.asOf)],
        [
          'Nights',
          [
            toned(
              `${read} of ${due} that were due were read`,
              notRead.length + notDue.length > 0 ? 'bad' : 'good',
            ),
          ],
        ],
        [
          'Besides',
          `${facts.period.nights.byHand} readings by hand, ${facts.period.nights.unannounced} at an hour that nobody knew beforehand`,
        ],
        [
          'Datasets',
          [
            `${short.length} readings of datasets that were due were not whole: `,
            file('data/period/coverage.csv'),
          ],
        ],
      ],
    },
    ...(missed.length === 0
      ? []
      : [
          {
            type: 'callout',
            title: `${missed.length === 1 ? 'One night was' : `${missed.length} nights were`} not read.`,
            text: `${missed.slice(0, most.missed).map(sayMissed).join('; ')}${more > 0 ? `; and ${more} more` : ''}. No reading tells how it stood then, and no such day counts as passed.`,
            tone: 'bad',
          } as const,
        ]),
    ...(notDue.length === 0
      ? []
      : [
          {
            type: 'callout',
            title: `On ${notDue.length} days no night was due.`,
            text: `The first is ${notDue[0] ?? ''}, the last ${notDue.at(-1) ?? ''}. Such a day is not observed, and counts as passed nowhere.`,
            tone: 'bad',
          } as const,
        ]),
  ];
}

const sayMissed = ({ date, missed }: NightFacts) => `${date} (${missed})`;

/** A month a row, a mark a day: it is read as text, so that colour is never all. */
function strips({ ledger, days }: PeriodFacts): Block[] {
  const short = new Set(
    ledger.coverage.flatMap(({ nights }) => nights.flatMap(({ slot, complete }) => (complete ? [] : [slot]))),
  );
  const each = daysRead(ledger.nights, days).map(({ date, due, read, nights }) => ({
    month: date.slice(0, 7),
    day: Number(date.slice(8)),
    mark: due === 0 ? 'o' : read < due ? 'X' : nights.some(({ slot }) => short.has(slot)) ? '-' : '=',
  }));
  const months = Map.groupBy(each, ({ month }) => month);
  const rows = [...months].map(([month, these]): Text[] => [
    month,
    [code(`${'.'.repeat((these[0]?.day ?? 1) - 1)}${these.map(({ mark }) => mark).join('')}`)],
    ...['=', '-', 'X', 'o'].map((mark) => count(these.filter((day) => day.mark === mark).length)),
  ]);
  return [
    paragraph(
      '= wholly read   - some dataset was not wholly read   X a night that was due was not read   o no night was due',
    ),
    {
      type: 'table',
      columns: [
        { title: 'Month', heads: true },
        { title: 'From its first day on' },
        ...countColumns(['Whole', 'In part', 'Not read', 'Not due']),
      ],
      rows: () => rows,
    },
  ];
}

function evidenceBlocks({ ledger, inside, asked }: PeriodFacts): Block[] {
  const of = ledger.nights.filter(({ slot }) => inside.includes(slot)).map(({ date }) => date);
  const missing = asked.dates.filter((date) => !of.includes(date));
  const away = ledger.nights.filter(({ part, evidence }) => part === 'period' && evidence === 'in-the-vault');
  return [
    paragraph(
      `All answers of the nights of ${[...new Set(of)].join(', ')} are in this packet, and those of the reading that it speaks as of. Those of ${away.length} other nights of the period are in the vault; their manifests, which name each answer by digest, are in `,
      file('data/runs/'),
      ', and the ledger that names the manifests in ',
      file('ledger/ledger.jsonl'),
      `. What each of those nights came to is derived again by verify with --vault, and by no packet alone. Night by night: `,
      file('data/period/nights.csv'),
      ...(missing.length > 0 ? [toned(`. Asked for and not read: ${missing.join(', ')}`, 'bad')] : []),
    ),
  ];
}

function testBlocks(facts: PeriodFacts): Block[] {
  const { controls } = facts.period;
  const each = controls.map((control) => ({
    ...control,
    pass: daysThat(control, 'pass'),
    fail: daysThat(control, 'fail'),
    total: control.daysObserved + control.daysIncomplete + control.daysNotObserved,
  }));
  const told = each.filter(({ operatesSince }) => operatesSince !== null);
  const always = told.filter(({ pass, total }) => pass === total).length;
  const open = told
    .filter(({ pass, total }) => pass < total)
    .sort((a, b) => b.fail - a.fail || (a.control < b.control ? -1 : 1));
  const more = open.length - most.controls;
  return [
    paragraph(
      `${always} of ${controls.length} tests passed on every day of the period; ${controls.length - told.length} could not be told at any reading. Each test on each day: `,
      file('data/period/control-operation.csv'),
    ),
    {
      type: 'table',
      columns: [
        { title: 'Test', heads: true },
        { title: 'Severity' },
        ...countColumns(['Days fail', 'Incomplete', 'Not observed', 'Otherwise', 'Pass', 'Of']),
      ],
      rows: () =>
        open
          .slice(0, most.controls)
          .map(({ control, severity, fail, daysIncomplete, daysNotObserved, pass, total }) => [
            [code(control)],
            severity,
            ...[
              fail,
              daysIncomplete,
              daysNotObserved,
              total - pass - fail - daysIncomplete - daysNotObserved,
            ].map(count),
            ...[pass, total].map(count),
          ]),
    },
    ...(more > 0 ? [paragraph(`${more} more: `, file('data/period/controls.csv'))] : []),
  ];
}

function movementBlocks({ period: { rollForward, movers, privilegeChanges } }: PeriodFacts): Block[] {
  const more = rollForward.length - most.populations;
  return [
    {
      type: 'table',
      columns: [
        { title: 'Population', heads: true },
        { title: 'Source' },
        ...countColumns(['Opening', 'Joined', 'Left', 'Closing', 'Not clear', 'Not told in']),
      ],
      rows: () =>
        rollForward
          .slice(0, most.populations)
          .map(({ population, source, opening, joined, left, closing, unclear, untold }) => [
            population,
            source,
            opening ? count(opening.count) : 'not told',
            ...[joined.length, left.length].map(count),
            closing ? count(closing.count) : 'not told',
            ...[unclear.length, untold.length].map(count),
          ]),
    },
    paragraph(
      more > 0 ? `${more} more: ` : 'As a table: ',
      file('data/period/roll-forward.csv'),
      `. ${movers.length} moved within the company, and power was gained or lost ${privilegeChanges.length} times.`,
    ),
  ];
}
