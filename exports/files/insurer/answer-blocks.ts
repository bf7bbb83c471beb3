import type { Answer } from '../../../controls/answers/answer.ts';
import { form } from '../../../controls/insurer/form.ts';
import { answersOf } from '../../answered.ts';
import type { Block, Span, Text } from '../../documents/document.ts';
import type { Packet } from '../../exporter.ts';
import { askedOf } from '../../insurer/asked.ts';
import { companyText, wordingOf } from '../../insurer/wording.ts';
import { questionnairesOf } from '../../release/to-sign.ts';
import { answerStates } from '../answer-facts.ts';
import { code, heading, paragraph, toned } from '../start-blocks.ts';

/** The answers to the questions of insurers, by question. */
export function insurerAnswers({ judgement }: Packet): ReadonlyMap<string, Answer> {
  const all = answersOf(judgement, judgement.asOf, questionnairesOf('insurer'));
  return new Map(all.map((answer) => [answer.question, answer]));
}

/** How an answer comes out, as people read it. */
export function stateChip({ state }: Answer): Span {
  const found = answerStates.find((each) => each.state === state);
  return toned(found?.word ?? state, found?.tone ?? 'mute');
}

/** What the company answered, set apart where it did not. */
export function companySpan(answer: Answer): Text {
  const text = companyText(answer);
  return answer.stored.length === 0 ? [toned(text, 'hand')] : text;
}

/** Every question in the order of forms, with what the evidence shows and what the company answered. */
export function answerBlocks({ judgement }: Packet, answers: ReadonlyMap<string, Answer>): Block[] {
  return [
    heading('Answers in the order of forms'),
    paragraph(
      'A draft says what the evidence shows by itself: n of N, what was accepted, what could not be told, what it does not speak of. It answers nothing: beside it stands what the company answered, or ',
      toned('company to answer', 'hand'),
      '. What each test asserts, in full, stands at the end.',
    ),
    paragraph(
      'Yes, but: with limits, or resting on what was accepted or declared. Not settled: something fails, was not read or lies outside, and shows neither a yes nor a no. Too old: the evidence is, to speak of now. No source: only a person can answer.',
    ),
    ...form.sections.flatMap(({ title, questions }): Block[] => [
      { type: 'heading', level: 3, text: title },
      {
        type: 'table',
        columns: [{ title: 'Question' }, { title: 'What it asks, and what the evidence shows', heads: true }],
        rows: () =>
          questions.flatMap((question): Text[][] => {
            const answer = answers.get(question);
            if (!answer) return [];
            const { shows, limits } = wordingOf(answer, askedOf(question, judgement));
            return [
              [
                [code(question), '\n', stateChip(answer), '\n', ...[companySpan(answer)].flat()],
                [{ text: answer.about, style: 'strong' }, `\n${shows} `, { text: limits, style: 'soft' }],
              ],
            ];
          }),
      },
    ]),
  ];
}
