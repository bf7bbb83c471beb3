import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Status } from '../../controls/finding.ts';
import type { Judgement } from '../../exports/judge.ts';
import type { Report } from '../../exports/verify/report.ts';
import type { Configuration } from '../config/load.ts';
import { answersInBrief } from '../views/answers.ts';
import { resultsTable } from '../views/results.ts';
import type { Shown } from '../views/view.ts';
import { table } from './table.ts';

export interface DemoPacket {
  readonly path: string;
  /** Whether it is the twin with all evidence, which stays home. */
  readonly stays: boolean;
  readonly report: Report;
}

export interface DemoResult {
  readonly folder: string;
  /** Where whoever reads this is. */
  readonly directory: string;
  readonly configuration: Configuration;
  readonly judgement: Judgement;
  readonly packets: readonly DemoPacket[];
  readonly vault: Report;
}

const program = fileURLToPath(new URL('../../bin/exhibit.mjs', import.meta.url));

/** What each state of a verdict means, in one line. */
const meanings: Readonly<Record<Status, string>> = {
  pass: 'the assertion is literally true of everything that was due, and all of it was read',
  fail: 'the evidence shows that it is not true of at least one',
  excepted: 'it failed, and somebody accepted that until a date, with a safeguard',
  'no-data': 'it cannot be told: something was not, or not wholly, read',
  manual: 'only a person can answer it',
  'not-applicable': 'there is nothing that it could be about, and the evidence shows that',
};

/** What the demo did, for a newcomer: what was found, what the words mean, where to look. */
export function demoSummary(result: DemoResult): Shown {
  const { folder, directory, configuration, judgement, packets, vault } = result;
  const { organization } = configuration.setup;
  const { results, datasets, asOf } = judgement;
  const whole = datasets.filter(({ snapshot }) => snapshot?.end.outcome === 'complete').length;
  const states = Object.keys(meanings) as Status[];
  const verdicts = results.flatMap((result) => result.verdicts);
  const near = (path: string) => {
    const way = relative(directory, path);
    return way.startsWith('..') ? path : way;
  };
  const exhibit = `node ${near(program)}`;
  const config = near(configuration.file);
  const text = [
    `${organization.name}, a company that does not exist, as of ${asOf}`,
    `${datasets.length} datasets were due, ${whole} were read whole`,
    '',
    resultsTable(results),
    table(
      ['state', 'controls', 'verdicts', 'meaning'],
      states.map((state) => [
        state,
        results.filter(({ status }) => status === state).length,
        verdicts.filter(({ status }) => status === state).length,
        meanings[state],
      ]),
    ),
    answersInBrief(judgement),
    'Packets, verified as a recipient would:',
    ...packets.map(
      ({ path, stays, report }) =>
        `  ${near(path)}\n    ${report.verdict}, ${report.checks.length} checks${stays ? '; the twin with all evidence, which stays at home' : ''}`,
    ),
    `  ${near(configuration.paths.vault)}\n    ${vault.verdict}, ${vault.checks.length} checks`,
    '',
    `Unzip a packet and open 00_START_HERE.html. Everything is in ${near(folder)}. Look further with`,
    `  ${exhibit} show results --config ${config}`,
    `  ${exhibit} show answers --config ${config}`,
    `  ${exhibit} show readiness --config ${config}`,
    `  ${exhibit} show datasets --config ${config}`,
    `  ${exhibit} packet soc2-type1 --config ${config}`,
    `  ${exhibit} verify ${near(packets[0]?.path ?? '')} --trust ${near(configuration.paths.trust)}`,
    '',
  ].join('\n');
  return {
    text,
    value: {
      asOf,
      config: configuration.file,
      trust: configuration.paths.trust,
      results: results.map(({ control, status, population }) => ({ control, status, population })),
      packets: packets.map(({ path, stays, report }) => ({ path, stays, verdict: report.verdict })),
      vault: vault.verdict,
    },
  };
}
