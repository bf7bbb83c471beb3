import { z } from 'zod';
import { controls } from '../../controls/index.ts';
import {
  AccountAccess,
  AccountHolder,
  Coverage,
  DeclaredException,
  Leaver,
} from '../../evidence-model/kinds.ts';
import type { Extraction } from '../documents/extraction.ts';
import { tableFiles } from '../documents/table-files.ts';
import type { Column, Row, Table } from '../documents/table.ts';
import type { Exporter, Packet } from '../exporter.ts';
import type { Judgement } from '../judge.ts';
import { commandOf } from '../reperform/command.ts';
import observed from '../reperform/observations.json' with { type: 'json' };
import { isSpokenOf } from './extraction-of.ts';
import { populationPath } from './populations.ts';

const Observations = z.array(
  z.strictObject({
    collector: z.string(),
    look: z.string(),
    for: z.string(),
    controls: z.array(z.string()).min(1),
  }),
);

/** What to look at live, beside the tables: for whoever observes. */
export const observations = Observations.parse(observed);

/** How an auditor pulls the same again with the vendors' own tools, what each test does, and what to look at live. */
export const reperform: Exporter = function* (packet) {
  yield { path: 'data/reperform/README.md', content: readme(packet) };
  for (const table of [commandsTable(packet), proceduresTable(packet)])
    yield* tableFiles(table, `data/reperform/${table.id}`, ['csv', 'xlsx', 'meta.json']);
};

const text = (key: string, title: string): Column => ({ key, title, type: 'text' });
const count = (key: string, title: string): Column => ({ key, title, type: 'number' });

function commandsTable(packet: Packet): Table {
  const { judgement } = packet;
  return {
    id: 'commands',
    title: 'What was asked of each source, as a command that asks it again and changes nothing',
    columns: [
      text('source', 'Source'),
      text('dataset', 'Dataset'),
      text('title', 'What it lists'),
      text('partition', 'First asked of'),
      count('requests', 'Requests'),
      count('items', 'Items'),
      text('tool', 'Tool'),
      text('command', 'Command of the first request'),
      text('permissions', 'Needs'),
      text('documentation', 'Described at'),
    ],
    rows: function* () {
      for (const { source, collector, dataset, title, snapshot } of judgement.datasets) {
        const said = snapshot?.asked && commandOf(collector, snapshot.asked);
        if (!snapshot || !said) continue;
        yield row([
          ...[source, dataset, title, snapshot.asked.partition],
          ...[snapshot.end.requests, snapshot.end.items],
          ...[said.tool, said.command, snapshot.header.permissions.join(', ')],
          docsOf(packet, source, dataset),
        ]);
      }
    },
    cites: { restsOn: 'the requests that stand in the reading of each dataset' },
    extraction: about(packet, 'request', [
      'Where several pages, or the same of several things, were asked for, the command is that of the first; the others differ by page or by name, and stand in the reading of the dataset. What was not asked has no row: data/coverage tells why.',
    ]),
  };
}

const docsOf = ({ judgement }: Packet, source: string, dataset: string) =>
  judgement.plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset)?.docs ??
  null;

/** Where items are that no reading names: whose accounts are, what the company said, what is known of nights. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  [AccountAccess.name]: ['data/people/accounts.csv'],
  [AccountHolder.name]: ['data/people/accounts.csv'],
  [Coverage.name]: ['data/coverage.csv', 'data/scope/systems.csv'],
  [DeclaredException.name]: ['data/company/exceptions.csv'],
  [Leaver.name]: ['data/company/leavers.csv'],
};

/** The tables that hold the things of a kind; without one, the verdicts name each. */
function itemsOf(judgement: Judgement, kind: string): readonly string[] {
  if (isSpokenOf(judgement, kind)) return [`${populationPath(kind)}.csv`];
  return elsewhere[kind] ?? ['data/results/verdicts.csv'];
}

/** Each test with the files that its items are in. */
export function procedureFiles({ judgement }: Pick<Packet, 'judgement'>): readonly {
  readonly id: string;
  readonly files: readonly string[];
}[] {
  return controls.map(({ id, parts }) => ({
    id,
    files: [...new Set(parts.flatMap(({ over: { kind } }) => itemsOf(judgement, kind)))],
  }));
}

function proceduresTable(packet: Packet): Table {
  const { judgement } = packet;
  return {
    id: 'procedures',
    title: 'What each test does: of what, by which limits, and on what it rests',
    columns: [
      text('control', 'Test'),
      text('population', 'Of each of these'),
      text('assertion', 'Is this so'),
      text('limits', 'Limits, as they were set'),
      text('items', 'Items are in'),
      text('looks_at', 'Looks at'),
      text('remedy', 'Where it fails'),
    ],
    rows: function* () {
      const filesOf = new Map(procedureFiles(packet).map(({ id, files }) => [id, files]));
      for (const { control: id } of judgement.results) {
        const control = controls.find((each) => each.id === id);
        if (!control) continue;
        const { population, assertion, remedy, parameters, parts } = control;
        const set = parameters.parse(judgement.plan.policy.controls[id] ?? {});
        const needs = parts.flatMap(({ over: mine, related }) => [mine, ...Object.values(related)]);
        const fields = Map.groupBy(needs, ({ kind }) => kind);
        const looks = [...fields].map(
          ([kind, all]) => `${kind}: ${[...new Set(all.flatMap((each) => each.fields))].join(', ')}`,
        );
        yield row([
          ...[id, population, assertion, Object.keys(set).length === 0 ? null : JSON.stringify(set)],
          ...[filesOf.get(id)?.join(' | ') ?? null, looks.join(' | '), remedy],
        ]);
      }
    },
    cites: { restsOn: 'the rules of this packet, by their digest in data/results/results.json' },
    extraction: about(packet, 'test', [
      'A test passes only where each item of its population was read and holds. Whoever does it again by hand takes the table of items, looks at the named fields of each, and compares with data/results/verdicts.csv.',
      'Where that is itself what items are in, they have no table of their own: nothing was read that speaks of them, or they were worked out of several readings and of what the company declared.',
    ]),
  };
}

const row = (cells: Row['cells']): Row => ({ cells, evidence: [] });

function about({ judgement }: Packet, kind: string, notes: readonly string[]): Extraction {
  return {
    ...{ kind, asOf: judgement.asOf, timeZone: 'UTC' },
    completeness: {
      complete: true,
      check: 'It follows from the plan, the readings and the rules of this packet.',
    },
    ...{ readings: [], limits: [], notes },
  };
}

function readme({ judgement }: Packet): string {
  const here = new Set(judgement.plan.sources.map(({ collector }) => collector));
  const told = observations.filter(({ collector }) => here.has(collector));
  return `# To do it again yourself

Nothing here needs Exhibit. You ask the vendors with your own eyes beside you, or with a sign-in of your own that may only
read, and compare with the tables of this packet. They show the sources as they were on ${judgement.asOf}; what was changed
since will differ, and the vendors' own audit logs tell by whom.

## 1. Pull a population again

\`commands.csv\` has, for each dataset of each source, the command of the vendor's own tool that asks what was asked: GitHub
CLI, Azure CLI, Exchange Online PowerShell, AWS CLI, dig. Each only reads. Count what comes, and hold it against the column
\`items\`, and against the rows of the table in \`data/populations\` whose \`.meta.json\` names the dataset. A command shows the
first of several requests where \`requests\` is more than one: the tools follow pages by themselves, and what was asked once
for each of several things is to be asked for each that you choose.

For AWS, run it in the account and region that the column \`partition\` names, with the managed policies SecurityAudit and
ViewOnlyAccess; for Microsoft 365 as Global Reader; for GitHub with a fine-grained token that may read what the column
\`permissions\` names.

## 2. Do a test again

\`procedures.csv\` has each test in words: of what, what must be so, by which limits, in which table its items are, and at
which fields it looks. Choose items of the table, look at these fields, and compare with \`data/results/verdicts.csv\`.

Rows can be chosen by hand, or by chance from a seed of yours, which nobody could know when the table was signed. Rows are
counted from 1 below the header; how many there are stands in the \`.meta.json\` beside the table, where it has one. The
SHA-256 of the seed, a line feed and the number of a row puts the rows in order, and the first are taken:

    SEED='any text of yours'; ROWS=64; COUNT=10
    for n in $(seq 1 "$ROWS"); do printf '%s\\n%s' "$SEED" "$n" | sha256sum | sed "s/-/$n/"; done | sort | head -n "$COUNT" | awk '{ print $2 }' | sort -n

## 3. Look on live

Ask whoever administers the system to share their screen, to open what stands here, and to show the clock of the machine.

${told.map(({ look, for: what, controls: tests }, n) => `${n + 1}. Open: ${look}.\n   Look for ${what}.\n   It bears on ${tests.map((id) => `\`${id}\``).join(', ')}.`).join('\n')}
`;
}
