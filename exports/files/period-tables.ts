import type { Cell, Column, Table } from '../documents/table.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import { periodText } from '../identity.ts';
import { controlDays } from '../type2/by-day.ts';
import { eventsOf, type PeriodEvent } from '../type2/events.ts';
import { daysLacking, nightCounts } from '../type2/ledger-facts.ts';
import { factsText, periodPath, type PeriodFacts } from '../type2/period-facts.ts';
import { Places } from '../type2/places.ts';

/** Of a packet that tells of a period: what it says of it, for programs, and as tables. */
export const periodTables: Exporter = function* (packet) {
  const { period } = packet;
  if (!period) return;
  yield { path: periodPath, content: () => factsText(period) };
  const places = new Places(period.ledger.nights);
  for (const { id, ...table } of tablesOf(period, places))
    yield* tableFiles(
      { id, ...table, cites: { restsOn }, extraction: extractionOf(packet, period, id) },
      `data/period/${id}`,
      ['csv', 'xlsx', 'meta.json'],
    );
};

const restsOn =
  'each row names, in its last column, manifests of readings (data/runs, which name all answers by digest) or lines of ledger/ledger.jsonl';

const text = (key: string, title: string): Column => ({ key, title, type: 'text' });
const count = (key: string, title: string): Column => ({ key, title, type: 'number' });
const time = (key: string, title: string): Column => ({ key, title: `${title} (UTC)`, type: 'date-time' });
const yes = (key: string, title: string): Column => ({ key, title, type: 'boolean' });

interface Told {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: () => Iterable<{ readonly cells: readonly Cell[]; readonly evidence: readonly [] }>;
}

/** A table whose last column names the evidence of the row. */
function told(
  id: string,
  title: string,
  columns: readonly Column[],
  cellsOf: () => Iterable<readonly Cell[]>,
): Told {
  return {
    ...{ id, title, columns: [...columns, text('evidence', 'Evidence')] },
    rows: function* () {
      for (const cells of cellsOf()) yield { cells, evidence: [] };
    },
  };
}

function tablesOf(facts: PeriodFacts, places: Places): Told[] {
  return [
    nights(facts, places),
    coverage(facts, places),
    operation(facts, places),
    controls(facts, places),
    failIntervals(facts, places),
    items(facts, places),
    drift(facts, places),
    rollForward(facts, places),
    ...populations(facts, places),
    changes(facts, places),
    subsequent(facts, places),
  ];
}

function nights({ ledger }: PeriodFacts, places: Places): Told {
  return told(
    'nights',
    'Every night from the first day of the period up to the packet',
    [
      text('date', 'Day'),
      text('part', 'Of the period, or after it'),
      text('slot', 'Slot'),
      time('due_utc', 'Due'),
      text('kind', 'Kind'),
      yes('read', 'Read'),
      text('missed_because', 'Not read because'),
      time('closed_utc', 'Closed'),
      text('evidence_is', 'All evidence of it is'),
    ],
    () =>
      ledger.nights
        .filter(({ part }) => part !== 'before')
        .map(({ date, part, slot, due, kind, read, missed, closed, evidence }) => [
          ...[date, part, slot, due, kind, read, missed, closed, evidence],
          places.ofSlots([slot]),
        ]),
  );
}

function coverage({ ledger, bridged }: PeriodFacts, places: Places): Told {
  const logs = new Set(bridged.map(({ source, dataset, slot }) => `${source} ${dataset} ${slot}`));
  return told(
    'coverage',
    'Each dataset in each night in which it was due',
    [
      text('source', 'Source'),
      text('dataset', 'Dataset'),
      yes('configured', 'Still configured'),
      text('slot', 'Slot'),
      time('due_utc', 'Due'),
      yes('complete', 'Wholly read'),
      text('cause', 'Not, because'),
      yes('bridged', 'Told by a later reading of the same log'),
      time('covered_from_utc', 'Of a log, of the time from'),
      time('covered_to_utc', 'Up to'),
    ],
    function* () {
      for (const { source, dataset, configured, nights: each } of ledger.coverage)
        for (const { slot, due, complete, shortfall, covered } of each)
          yield [
            ...[source, dataset, configured, slot, due, complete, shortfall],
            complete ? null : logs.has(`${source} ${dataset} ${slot}`),
            ...[covered?.from ?? null, covered?.to ?? null],
            places.ofSlots([slot], source),
          ];
    },
  );
}

function operation(facts: PeriodFacts, places: Places): Told {
  return told(
    'control-operation',
    'Each test on each day of the period',
    [
      text('date', 'Day'),
      text('control', 'Test'),
      text('severity', 'Severity'),
      text('status', 'At the readings of the day'),
      count('nights_due', 'Nights due'),
      count('nights_read', 'Nights read'),
      text('nights_missed', 'Not read'),
      text('between_readings', 'Between readings'),
      text('between_because', 'Because'),
    ],
    function* () {
      for (const { control, date, status, due, read, slots, missed, between, because } of controlDays(facts))
        yield [
          ...[date, control.control, control.severity, status, due, read, missed.join(' | ')],
          ...[between, because.join(' | '), places.ofSlots(slots)],
        ];
    },
  );
}

function controls({ period, ledger }: PeriodFacts, places: Places): Told {
  const { due, read } = nightCounts({ ledger });
  const slots = ledger.nights.flatMap(({ part, slot }) => (part === 'period' ? [slot] : []));
  return told(
    'controls',
    'Each test over the period',
    [
      text('control', 'Test'),
      text('severity', 'Severity'),
      time('connected_since', 'Connected since'),
      time('operates_since', 'Told anything since'),
      count('days_observed', 'Days observed'),
      count('days_incomplete', 'Days incomplete'),
      count('days_not_observed', 'Days not observed'),
      count('days_pass', 'Days that pass'),
      count('days_fail', 'Days that fail'),
      count('always', 'Items that passed at every reading that told of them'),
      count('nights_due', 'Nights due'),
      count('nights_read', 'Nights read'),
    ],
    () =>
      period.controls.map((control) => [
        ...[control.control, control.severity, control.connectedSince, control.operatesSince],
        ...[control.daysObserved, control.daysIncomplete, control.daysNotObserved],
        ...[daysThat(control, 'pass'), daysThat(control, 'fail'), control.always, due, read],
        places.ofSlots(slots),
      ]),
  );
}

/** How many days of a control came out in this way. */
export function daysThat({ days }: PeriodFacts['period']['controls'][number], status: string): number {
  return days
    .filter((span) => span.status === status)
    .reduce((sum, { from, to }) => sum + Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1, 0);
}

function failIntervals({ period }: PeriodFacts, places: Places): Told {
  return told(
    'fail-intervals',
    'Everything that failed or was excepted, from when to when',
    [
      text('control', 'Test'),
      text('source', 'Source'),
      text('item', 'Item'),
      text('name', 'Name'),
      text('state', 'State'),
      time('began_after', 'Began after'),
      time('first_seen', 'First seen'),
      time('last_seen', 'Last seen'),
      time('ended_by', 'Ended by'),
      count('readings', 'Readings that saw it'),
      count('untold', 'Readings in between that could not tell'),
      text('reason', 'Reason'),
    ],
    function* () {
      for (const { control, things } of period.controls)
        for (const { source, id, name, stretches } of things)
          for (const { state, earliestStart, first, last, latestEnd, readings, untold, reason } of stretches)
            if (state === 'fail' || state === 'excepted')
              yield [
                ...[control, source, id, name, state, earliestStart, first, last, latestEnd],
                ...[readings, untold, reason, places.ofTimes([first, last, latestEnd], source)],
              ];
    },
  );
}

function items({ period }: PeriodFacts, places: Places): Told {
  return told(
    'items',
    'What happened in the period, as the last reading that told of it judged it',
    [
      text('control', 'Test'),
      text('source', 'Source'),
      text('item', 'Item'),
      text('name', 'Name'),
      time('happened', 'Happened'),
      text('status', 'Status'),
      time('judged', 'Judged by the reading of'),
      text('reason', 'Reason'),
    ],
    function* () {
      for (const { control, items: these } of period.controls)
        for (const { source, id, name, at, status, judgedAt, reason } of these ?? [])
          yield [control, source, id, name, at, status, judgedAt, reason, places.ofTimes([judgedAt], source)];
    },
  );
}

function drift({ period, ledger }: PeriodFacts, places: Places): Told {
  const read = ledger.nights.filter((night) => night.read);
  return told(
    'config-drift',
    'What was set otherwise at a source: lines of its logs, and readings that differ without one',
    [
      text('control', 'Test that looks at it'),
      text('source', 'Source'),
      text('told_by', 'Told by'),
      text('what', 'What'),
      time('first', 'First'),
      time('last', 'Last'),
    ],
    function* () {
      for (const { control, between } of period.controls)
        for (const { source, days } of between)
          for (const { from, to, because, changes: shown } of days) {
            const slots = read.flatMap(({ date, slot }) => (date >= from && date <= to ? [slot] : []));
            for (const { log, name, first, last } of shown)
              yield [control, source, log, name, first, last, places.ofSlots(slots.slice(-1), source)];
            for (const { text: why } of because.filter(({ cause }) => cause === 'unexplained'))
              yield [control, source, 'readings', why, null, null, places.ofSlots(slots, source)];
          }
    },
  );
}

function rollForward({ period, ledger }: PeriodFacts, places: Places): Told {
  const { due, read } = nightCounts({ ledger });
  return told(
    'roll-forward',
    'Each population: opening and joined, less left, is closing',
    [
      text('population', 'Population'),
      text('source', 'Source'),
      time('opening_at', 'Opens with the reading of'),
      count('opening', 'Opening'),
      count('joined', 'Joined'),
      count('left', 'Left'),
      count('closing', 'Closing'),
      time('closing_at', 'Closes with the reading of'),
      yes('adds_up', 'Adds up'),
      count('source_counts_opening', 'The source counts at opening'),
      count('source_counts_closing', 'The source counts at closing'),
      count('unclear', 'Not told whether among them'),
      count('unexplained', 'Came or went without a line of a log'),
      count('readings_untold', 'Readings that were not whole'),
      count('nights_due', 'Nights due'),
      count('nights_read', 'Nights read'),
    ],
    () =>
      period.rollForward.map(
        ({ population, source, opening, closing, joined, left, counted, unclear, unexplained, untold }) => [
          ...[population, source, opening?.at ?? null, opening?.count ?? null, joined.length, left.length],
          ...[closing?.count ?? null, closing?.at ?? null],
          opening && closing ? opening.count + joined.length - left.length === closing.count : null,
          ...[counted?.opening ?? null, counted?.closing ?? null, unclear.length, unexplained.length],
          ...[untold.length, due, read],
          places.ofTimes([opening?.at ?? null, closing?.at ?? null], source),
        ],
      ),
  );
}

const eventColumns = [
  text('what', 'What'),
  text('about', 'Of what'),
  text('source', 'Source'),
  text('item', 'Item'),
  text('name', 'Name'),
  text('detail', 'Detail'),
  time('after', 'After'),
  time('by', 'By'),
  text('log_line', 'Line of the source’s own log'),
];

function eventTable(id: string, title: string, events: () => readonly PeriodEvent[], places: Places): Told {
  return told(id, title, eventColumns, () =>
    events().map(({ what, about, source, id: item, name, detail, after, by, log }) => [
      ...[what, about, source, item, name, detail, after, by, log],
      places.ofTimes([after, by], source),
    ]),
  );
}

function populations({ period }: PeriodFacts, places: Places): Told[] {
  const all = eventsOf(period);
  const of =
    (...what: PeriodEvent['what'][]) =>
    () =>
      all.filter((event) => what.includes(event.what));
  return [
    eventTable('joiners', 'Who and what came', of('joined'), places),
    eventTable('leavers', 'Who and what went', of('left'), places),
    eventTable('movers', 'Who stayed and came to work elsewhere or as something else', of('moved'), places),
    eventTable('privilege-changes', 'Who got power, and who lost it', of('gained', 'lost'), places),
  ];
}

function changes({ ledger }: PeriodFacts, places: Places): Told {
  return told(
    'changes',
    'What of how it is read and judged was set otherwise',
    [
      text('slot', 'From the slot on'),
      time('at', 'Opened'),
      text('what', 'What'),
      text('name', 'Which'),
      text('before', 'Before'),
      text('after', 'After'),
    ],
    () =>
      ledger.changes.map(({ slot, at, what, name, before, after }) => [
        ...[slot, at, what, name, JSON.stringify(before), JSON.stringify(after)],
        places.ofSlots([slot]),
      ]),
  );
}

function subsequent({ since }: PeriodFacts, places: Places): Told {
  const title = 'What came after the period and before the packet';
  return eventTable('subsequent-events', title, () => since?.events ?? [], places);
}

function extractionOf(
  { judgement: { asOf } }: Packet,
  facts: PeriodFacts,
  kind: string,
): Table['extraction'] {
  const { due, read } = nightCounts(facts);
  const missed = facts.ledger.nights.filter((night) => !night.read && night.part === 'period');
  const { notRead, notDue } = daysLacking(facts);
  const short = facts.ledger.coverage.flatMap(({ nights: each }) => each.filter(({ complete }) => !complete));
  return {
    ...{ kind, asOf, timeZone: 'UTC', readings: [] },
    completeness: {
      complete: notRead.length + notDue.length + short.length === 0,
      check: `${read} of ${due} nights that were due in the period ${periodText(facts)} were read; ${short.length} readings of datasets that were due in them were not whole (coverage.csv)`,
    },
    limits: [
      ...missed.map(({ slot, date, missed: why }) => `the night ${slot} of ${date} was not read: ${why}`),
      ...(notDue.length > 0 ? [`no night was due on ${notDue.join(', ')}`] : []),
      ...(kind === 'subsequent-events' && !facts.since ? ['nothing was read after the period'] : []),
    ],
    notes: [
      `Judged night by night, by the rules ${facts.period.rules} and what each night pinned. What is told is so at each reading.`,
      'Between the reading named as «after» and the one named as «by» it is not told when it happened.',
      `All evidence of ${facts.inside.length} nights of the period is in the packet, and that of the others in the vault: nights.csv says which.`,
      'period.json holds the same, exactly. verify --vault derives it again.',
    ],
  };
}
