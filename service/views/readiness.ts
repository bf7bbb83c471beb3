import { systemsStated } from '../../controls/answers/stated.ts';
import { controls } from '../../controls/index.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { likelyQuestions } from '../../controls/readiness.ts';
import { answersOf } from '../../exports/answered.ts';
import { judge } from '../../exports/judge.ts';
import type { View } from './view.ts';

/** What an underwriter, an auditor or a customer is likely to ask today, and what would answer it. */
export const readiness: View = async ({ archive, now }) => {
  const judgement = await judge(archive, { now: now.toISOString() });
  const { asOf, rehearsal, results, plan } = judgement;
  const likely = likelyQuestions({
    asOf,
    answers: answersOf(judgement, now.toISOString()),
    results,
    controls,
    questionnaires,
    systems: [...plan.systems, ...systemsStated(plan, asOf)],
    exceptions: plan.exceptions,
  });
  const text = [
    `as of ${asOf}${rehearsal ? ', a rehearsal: read under a clock that was given' : ''}`,
    '',
    'Likely questions, what is asked first at the head. What anybody decides is not predicted.',
    '',
    ...likely.flatMap(({ kind, severity, asked, asks, because, answeredBy, questions }, n) => [
      `${n + 1}. ${asks}`,
      `   ${severity === null ? kind : `${kind}, ${severity}`}; ${asked.join(', ') || 'nobody in particular'}${questions.length > 0 ? ` (${questions.join(', ')})` : ''}`,
      `   today: ${because}`,
      `   what would answer it: ${answeredBy}`,
      '',
    ]),
  ].join('\n');
  return { value: { asOf, rehearsal, likely }, text };
};
