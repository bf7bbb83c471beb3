import type { z } from 'zod';
import { controls } from '../../controls/index.ts';
import { VerdictStatus } from '../../controls/result.ts';
import { jsonPieces } from '../content.ts';
import type { Extraction } from '../documents/extraction.ts';
import type { Column, Table, Tone } from '../documents/table.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Exporter, Packet } from '../exporter.ts';
import type { Judgement } from '../judge.ts';
import { namesIn } from '../names.ts';

const textOf = (id: string) => controls.find((control) => control.id === id);

/** Results and every verdict with its evidence: once for programs, once for spreadsheets. */
export const results: Exporter = function* (packet) {
  yield {
    path: 'data/results/results.json',
    // A line a verdict.
    *content() {
      yield* jsonPieces(shown(packet), 4, '\n');
      yield '\n';
    },
  };
  yield* tableFiles(resultsTable(packet.judgement), 'data/results/results', ['csv', 'xlsx', 'meta.json']);
  yield* tableFiles(verdictsTable(packet.judgement), 'data/results/verdicts', ['csv', 'xlsx', 'meta.json']);
};

const tones: Readonly<Record<z.output<typeof VerdictStatus>, Tone>> = {
  pass: 'good',
  fail: 'bad',
  excepted: 'warn',
  'no-data': 'warn',
  manual: 'hand',
  'not-applicable': 'mute',
};

const status: Column = {
  ...{ key: 'status', title: 'Status', type: 'enum' },
  ...{ values: VerdictStatus.options, tones },
};

const text = (key: string, title: string): Column => ({ key, title, type: 'text' });
const count = (key: string, title: string): Column => ({ key, title, type: 'number' });

function resultsTable(judgement: Judgement): Table {
  return {
    id: 'results',
    title: 'Each test with its counts',
    columns: [
      text('control', 'Test'),
      text('assertion', 'What should be true'),
      status,
      { key: 'severity', title: 'Severity', type: 'enum', values: ['critical', 'high', 'medium', 'low'] },
      count('total', 'Of'),
      count('pass', 'Pass'),
      count('fail', 'Fail'),
      count('excepted', 'Excepted'),
      count('no_data', 'No data'),
      count('manual', 'By hand'),
      count('not_applicable', 'Not applicable'),
      text('because', 'Because'),
    ],
    rows: () =>
      judgement.results.map(({ control, status: state, severity, population: p, because }) => ({
        cells: [
          ...[control, textOf(control)?.assertion ?? '', state, severity],
          ...[p.total, p.pass, p.fail, p.excepted, p.noData, p.manual, p.notApplicable],
          because.join(' | '),
        ],
        evidence: [],
      })),
    cites: { restsOn: 'the rows of verdicts.csv with the same test, each of which names where it was read' },
    extraction: judged(judgement, 'result'),
  };
}

function verdictsTable(judgement: Judgement): Table {
  return {
    id: 'verdicts',
    title: 'Every item of every population with its verdict',
    columns: [
      text('control', 'Test'),
      text('source', 'Source'),
      text('subject', 'Item'),
      text('name', 'Name'),
      status,
      text('reason', 'Reason'),
    ],
    rows: function* () {
      const names = namesIn(judgement);
      for (const { control, verdicts } of judgement.results)
        for (const verdict of verdicts) {
          const { source, subject, status: state, reason, evidence } = verdict;
          yield { cells: [control, source, subject, names(control, verdict), state, reason], evidence };
        }
    },
    cites: true,
    extraction: judged(judgement, 'verdict', [
      'What a pull request and a change of a branch is called is put together of its fields in data/populations; results.json has no name of them.',
    ]),
  };
}

/** Results were not read: they follow from all that was, by the rules of a packet. */
function judged(
  { asOf, results: all, rules, planDigest }: Judgement,
  kind: string,
  notes: readonly string[] = [],
): Extraction {
  const untold = all.filter(({ because }) => because.length > 0).length;
  const verdicts = all.reduce((sum, { population }) => sum + population.total, 0);
  return {
    ...{ kind, asOf, timeZone: 'UTC' },
    completeness: {
      complete: untold === 0,
      check: `${all.length} tests with ${verdicts} verdicts: each item of each population has one. ${untold} tests could not be told for all that they are about, because something was not wholly read.`,
    },
    readings: [],
    limits: [],
    notes: [
      'Judged from the tables of data/populations, each with the readings that it was extracted from.',
      `By the rules ${rules} and the plan ${planDigest} (data/plan.json).`,
      'results.json holds the same, exactly.',
      ...notes,
    ],
  };
}

/** The results as `exhibit show results --json` prints them, with what they were judged by. */
function shown({ id, profile, exporter, judgement }: Packet) {
  const { asOf, slot, rehearsal, planDigest, rules, subjects } = judgement;
  return {
    packet: id,
    profile,
    asOf,
    slot,
    rehearsal,
    plan: planDigest,
    rules,
    exporter,
    contradictions: subjects.contradictions,
    results: judgement.results,
  };
}
