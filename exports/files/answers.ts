import type { Answer } from '../../controls/answers/answer.ts';
import { answersOf } from '../answered.ts';
import { basisOf } from '../basis.ts';
import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

export const lines = (each: readonly string[]) => each.join(' | ');
/** What was answered, as it was given. */
export const valueOf = ({ value }: Answer['stored'][number]) => [value].flat().join(', ');
export const counts = ({ measures }: Answer) =>
  measures.filter(({ status }) => status !== null).map(({ control, n, N }) => `${control}: ${n} of ${N}`);

/** Every question with its drafted answer and what the company answered: once for programs, once for spreadsheets. */
export const answers: Exporter = ({ judgement }) => {
  const all = answersOf(judgement);
  const { asOf, rehearsal } = judgement;
  return [
    {
      path: 'data/answers/answers.json',
      content: `${JSON.stringify({ asOf, rehearsal, answers: all }, null, 1)}\n`,
    },
    {
      path: 'data/answers/answers.csv',
      content: csv(
        [
          'questionnaire',
          'question',
          'about',
          'references',
          'state',
          'from_evidence',
          'statement',
          'basis',
          'company_answered',
          'answered_by',
          'answered_on',
          'form',
          'company_holds',
          'counts',
          'exceptions',
          'not_covered',
          'not_told',
          'level_needed',
          'levels_shown',
          'controls',
          'files',
          'left_to_a_person',
          'as_of_utc',
        ],
        all.map((answer) => [
          answer.questionnaire,
          answer.question,
          answer.about,
          lines(answer.references),
          answer.state,
          answer.drafted,
          answer.statement,
          basisOf(answer),
          lines(answer.stored.map((each) => [valueOf(each), each.text ?? []].flat().join(': '))),
          lines(answer.stored.map(({ answeredBy }) => answeredBy)),
          lines(answer.stored.map(({ answeredOn }) => answeredOn)),
          lines(answer.stored.map(({ carrier, form }) => [carrier ?? [], form ?? []].flat().join(' '))),
          lines(answer.stored.map(({ holds }) => holds)),
          lines(counts(answer)),
          lines(
            answer.exceptions.map(
              ({ control, count, safeguard, ...of }) => `${count} of ${control} (${of.class}): ${safeguard}`,
            ),
          ),
          lines(answer.doesNotCover),
          lines(answer.untold),
          answer.proof.needed ?? '',
          lines(answer.proof.shown),
          lines(answer.evidence),
          lines(answer.files),
          answer.person ?? '',
          asOf,
        ]),
      ),
    },
  ];
};

/** Whether what answers it is chosen or counted, and not written. */
export function isTyped({ type }: Answer): boolean {
  return ['yes-no', 'choice', 'choices', 'percent', 'count', 'date'].includes(type);
}
