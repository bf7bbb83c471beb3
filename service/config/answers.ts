import type { StoredAnswer } from '../../controls/declarations.ts';
import { questionnaires, type Question } from '../../controls/questionnaire.ts';
import type { YamlFile } from './yaml-file.ts';

/** Answers, and where they stand. */
interface Listed {
  readonly yaml: YamlFile;
  readonly at: readonly PropertyKey[];
  readonly value: readonly StoredAnswer[];
}

/**
 * Every answer is to a question that there is, is of the sort that it asks for, and is the only one on its form. Throws
 * `OperatorError` with the line where it is otherwise.
 */
export function checkAnswers({ yaml, at, value }: Listed): void {
  const questions = new Map(
    questionnaires.flatMap((each) => each.questions.map((question) => [question.id, question])),
  );
  const seen = new Set<string>();
  for (const [n, { question: id, value: given, form = null, carrier = null }] of value.entries()) {
    const question = questions.get(id);
    if (!question) throw yaml.error([...at, n, 'question'], `there is no question ${id}`);
    const wanted = wantedOf(question, given);
    if (wanted !== null) throw yaml.error([...at, n, 'value'], `${id} is answered by ${wanted}`);
    const key = JSON.stringify([id, form, carrier]);
    if (seen.has(key))
      throw yaml.error([...at, n, 'question'], `there are two answers to ${id} on the same form`);
    seen.add(key);
  }
}

/** What a question is answered by, where this is no such answer. */
function wantedOf({ type, also, options }: Question, value: StoredAnswer['value']): string | null {
  const among = (names: readonly string[], given: readonly unknown[]) =>
    given.every((each) => typeof each === 'string' && names.includes(each)) ? null : names.join(', ');
  const ids = options.map(({ id }) => id);
  switch (type) {
    case 'yes-no':
      return among(['yes', 'no', ...also], [value]);
    case 'choice':
      return among(ids, [value]);
    case 'choices': {
      const wanted = among(ids, Array.isArray(value) ? value : [value]);
      return wanted === null ? null : `some of ${wanted}`;
    }
    case 'percent':
      return typeof value === 'number' && value >= 0 && value <= 100 ? null : 'a number from 0 to 100';
    case 'count':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? null : 'a whole number';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
        ? null
        : 'a date such as 2026-01-31';
    case 'list':
    case 'text':
    case 'signature':
    case 'request':
      return typeof value === 'number' ? 'words' : null;
  }
}
