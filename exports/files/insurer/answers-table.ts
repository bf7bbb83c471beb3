import type { Answer } from '../../../controls/answers/answer.ts';
import { form } from '../../../controls/insurer/form.ts';
import { basisOf } from '../../basis.ts';
import { csv } from '../../csv.ts';
import type { Exporter } from '../../exporter.ts';
import { askedOf } from '../../insurer/asked.ts';
import { wordingOf } from '../../insurer/wording.ts';
import { counts, isTyped, lines, valueOf } from '../answers.ts';
import { insurerAnswers } from './answer-blocks.ts';

/**
 * Insurer only: the questions of insurers in the order of forms with state, counts and what is chosen or counted. No
 * names, no ids of theirs, no words of anybody's: what the company wrote stays with the twin.
 */
export const answersInShort: Exporter = (packet) => {
  const { judgement, earlier } = packet;
  const answers = insurerAnswers(packet);
  const rows = form.sections.flatMap(({ title, questions }) =>
    questions.flatMap((question) => {
      const answer = answers.get(question);
      return answer ? [{ title, answer }] : [];
    }),
  );
  return [
    {
      path: 'data/answers.csv',
      content: csv(
        [
          'question',
          'section',
          'about',
          'state',
          'from_evidence',
          'basis',
          'company_answered',
          'company_holds',
          'state_before',
          'company_answered_before',
          'counts',
          'exceptions',
          'tests_that_could_not_be_told',
          'outside_not_declared',
          'outside_declared_absent',
          'outside_declared_present',
          'never_covered',
          'limits_of_the_company',
          'level_needed',
          'levels_shown',
          'statement',
          'as_of_utc',
          'rehearsal',
        ],
        rows.map(({ title, answer }) => {
          const then = earlier?.answers.find(({ question }) => question === answer.question);
          return [
            answer.question,
            title,
            answer.about,
            answer.state,
            answer.drafted,
            basisOf(answer),
            lines(answer.stored.map((each) => shownOf(answer, each))),
            lines(answer.stored.map(({ holds }) => holds)),
            then?.state ?? null,
            then?.company ?? null,
            lines(counts(answer)),
            answer.exceptions.reduce((sum, { count }) => sum + count, 0),
            lines(answer.untoldControls),
            lines(answer.outside.undeclared),
            lines(answer.outside.absent),
            lines(answer.outside.present),
            lines(answer.neverCovered),
            lines(answer.ownLimits),
            answer.proof.needed ?? '',
            lines(answer.proof.shown),
            Object.values(wordingOf(answer, askedOf(answer.question, judgement)))
              .join(' ')
              .trim(),
            judgement.asOf,
            judgement.rehearsal,
          ];
        }),
      ),
    },
  ];
};

/** What of an answer may be read: nothing of one that the company declines to give. */
function shownOf(answer: Answer, stored: Answer['stored'][number]): string {
  if (basisOf(answer) === 'declined') return 'declined';
  return isTyped(answer) ? valueOf(stored) : 'answered in words';
}
