import { expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { form } from '../../controls/insurer/form.ts';
import { proofLevels, questionnaires } from '../../controls/questionnaire.ts';
import { forbidden } from './forbidden.ts';

/* How an application is laid out, over questions and tests that there are. */
const insurers = questionnaires.find(({ id }) => id === 'insurer')!.questions;
const ids = insurers.map(({ id }) => id);

test('every question of insurers stands in the form once', () => {
  const asked = form.sections.flatMap(({ questions }) => questions);
  expect(asked).toHaveLength(70);
  expect(asked.toSorted()).toEqual(ids.toSorted());
});

test('the six ways in and the supplement ask questions that there are', () => {
  const asked = [...form.vectors, ...form.ransomware].flatMap(({ questions }) => questions);
  expect(asked.filter((each) => !ids.includes(each))).toEqual([]);
  expect(form.vectors.map(({ questions }) => questions).flat()).toHaveLength(
    new Set(form.vectors.flatMap(({ questions }) => questions)).size,
  );
});

test('tests of second factors are there, and each shows one level', () => {
  for (const id of [...form.vectors.flatMap(({ tests }) => tests), ...form.privileged]) {
    expect(controls.map((each) => each.id)).toContain(id);
    expect(proofLevels, id).toHaveProperty([id]);
  }
});

test('a class of exceptions is named in lower case, and says what it is', () => {
  for (const [name, why] of Object.entries(form.exceptionClasses)) {
    expect(name).toMatch(/^[a-z]+( [a-z]+)*$/);
    expect(why).not.toMatch(forbidden);
  }
});
