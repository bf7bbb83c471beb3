import type { AnswerState } from '../../controls/answers/answer.ts';
import { answersOf } from '../answered.ts';
import type { Packet } from '../exporter.ts';
import { html, type Raw } from '../html.ts';
import { isTyped, valueOf } from './answers.ts';

const words: Readonly<Record<AnswerState, string>> = {
  contradicted: 'answered by the company otherwise than the evidence shows',
  stale: 'by evidence that is old',
  'supported-no': 'the evidence shows a no',
  'partial-evidence': 'a part of it is shown',
  qualified: 'a yes with what it does not hold for',
  'supported-yes': 'the evidence shows a yes',
  'person-only': 'only a person can answer',
};

/** How many questions are answered in which way, and first of all where the company says otherwise. */
export function answersSection({ judgement, profile }: Packet): Raw {
  const all = answersOf(judgement).filter(
    ({ questionnaire }) => profile !== 'insurer' || questionnaire === 'insurer',
  );
  const contradicted = all.filter(({ state }) => state === 'contradicted');
  const counted = Object.entries(words).flatMap(([state, text]) => {
    const count = all.filter((answer) => answer.state === state).length;
    return count > 0 ? [{ count, text }] : [];
  });
  return html`<section aria-labelledby="answers">
    <h2 id="answers">Questions</h2>
    <p>
      Drafts of answers to ${all.length} questions follow from these tests, with what each covers and what it
      does not. The company answers; a draft is not its answer.
    </p>
    ${
      contradicted.length === 0
        ? html``
        : html`<ul class="because">
            ${contradicted.map(
              (answer) =>
                html`<li>
                  <code>${answer.question}</code> ${answer.about} The company answered
                  “${answer.stored
                    .filter(({ holds }) => holds === 'contradicted')
                    .map((each) => (isTyped(answer) ? valueOf(each) : 'in words'))
                    .join('; ')}”;
                  the evidence shows otherwise.
                </li>`,
            )}
          </ul>`
    }
    <ul>
      ${counted.map(({ count, text }) => html`<li>${count}: ${text}</li>`)}
    </ul>
  </section>`;
}
