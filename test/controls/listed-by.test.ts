import { expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import { declarationOf, optIns } from '../../collectors/dataset.ts';
import { listedBy, notDue } from '../../controls/answers/not-due.ts';
import { questionnaires } from '../../controls/questionnaire.ts';

test('what lists a kind that somebody asks for is what the datasets say', () => {
  const kinds = new Set(
    questionnaires.flatMap(({ questions }) => questions.flatMap(({ evidence }) => evidence?.kinds ?? [])),
  );
  const told = Object.fromEntries(
    [...kinds].sort().map((kind) => [
      kind,
      collectors.flatMap(({ datasets }) =>
        datasets
          .filter(({ tier }) => !optIns.some((each) => each === tier))
          .filter((dataset) => (declarationOf(dataset).kinds[kind]?.lists ?? false) !== false)
          .map(({ id }) => id),
      ),
    ]),
  );
  expect(listedBy).toEqual(told);
});

test('a source that was not asked for its part is named', () => {
  const aws = { id: 'cloud', collector: 'aws', datasets: [{ id: 'aws/accounts' }] };
  expect(notDue(['role-assignment'], [aws])).toEqual([
    'aws/account-assignments of cloud lists role-assignment and was not due',
  ]);
  const asked = { ...aws, datasets: listedBy['role-assignment']!.map((id) => ({ id })) };
  expect(notDue(['role-assignment'], [asked])).toEqual([]);
  expect(notDue(['role-assignment'], [])).toEqual([]);
});
