import { judge, type Judgement } from '../../exports/judge.ts';
import type { Result } from '../../controls/result.ts';
import { table } from '../output/table.ts';
import type { Shown, View } from './view.ts';

/** Every control, judged on the newest evidence. */
export const results: View = async ({ archive, now }) =>
  showResults(await judge(archive, { now: now.toISOString() }));

/** A judgement in the form that programs outside read. */
export function showResults(judgement: Pick<Judgement, 'asOf' | 'rehearsal' | 'results'>): Shown {
  const { asOf, rehearsal } = judgement;
  const value = {
    asOf,
    rehearsal,
    results: judgement.results.map(({ control, status, severity, population, because, verdicts }) => ({
      control,
      status,
      severity,
      population,
      because,
      verdicts: verdicts.map(({ source, subject, status: one, reason, evidence }) => ({
        source,
        subject,
        status: one,
        reason,
        evidence,
      })),
    })),
  };
  const head = rehearsal ? ', a rehearsal: read under a clock that was given' : '';
  return { value, text: `as of ${asOf}${head}\n\n${resultsTable(judgement.results)}` };
}

/** One line for each control, with how its population fares. */
export function resultsTable(judged: readonly Result[]): string {
  const head = [
    'control',
    'status',
    'severity',
    'pass',
    'fail',
    'excepted',
    'no data',
    'manual',
    'n/a',
    'of',
  ];
  return table(
    head,
    judged.map(({ control, status, severity, population: n }) => [
      control,
      status,
      severity,
      n.pass,
      n.fail,
      n.excepted,
      n.noData,
      n.manual,
      n.notApplicable,
      n.total,
    ]),
  );
}
