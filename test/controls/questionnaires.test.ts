import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { groupOf } from '../../controls/groups.ts';
import {
  notBuilt,
  outsideKinds,
  proofLevels,
  questionnaires,
  type Questionnaire,
} from '../../controls/questionnaire.ts';
import { kinds } from '../../evidence-model/kinds.ts';
import { allQuestions } from './answering.ts';
import { forbidden } from './forbidden.ts';

const span = (prefix: string, numbers: readonly number[]) =>
  numbers.map((n) => `${prefix}-${String(n).padStart(2, '0')}`);
const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const insurers = [
  ...span('INS-MFA', upTo(15)),
  ...span('INS-PRIV', upTo(8)),
  ...span('INS-ACC', upTo(6)),
  ...span('INS-EML', upTo(6)),
  ...span('INS-END', upTo(6)),
  ...span('INS-PAT', upTo(3)),
  ...span('INS-BAK', upTo(5)),
  ...span('INS-NET', [1, 3, 4]),
  ...span('INS-LOG', upTo(2)),
  ...span('INS-DAT', upTo(3)),
  ...span('INS-GOV', upTo(8)),
  'INS-DEV-01',
  ...span('INS-HIS', upTo(3)),
  'INS-SIG-01',
];
const numbered = [
  ...[101, 102, 103, 104, 105, 201, 202, 203, 301, 302, 303, 304, 401, 402, 501, 502, 503],
  ...[601, 602, 603, 604, 605, 606, 607, 608, 611, 612, 613, 614, 615, 616, 617, 621, 622],
  ...[631, 632, 633, 634, 635, 636, 701, 702, 703, 704, 705, 706, 707, 708, 709],
  ...[801, 802, 803, 804, 805, 806, 807, 901, 902],
];
const lettered = ['A11', 'A12', 'A13', 'C11', 'C12', 'X01', 'X02', 'X03', 'X04'];
const requests = [...numbered, ...lettered].map((each) => `PBC-${each}`);

const of = (id: string): Questionnaire['questions'] =>
  questionnaires.find((questionnaire) => questionnaire.id === id)?.questions ?? [];
const built = new Set(controls.map(({ id }) => id));

test('every question of insurers and every request of auditors is there, once', () => {
  expect(of('insurer').map(({ id }) => id)).toEqual(insurers);
  expect(of('auditor').map(({ id }) => id)).toEqual(requests);
  expect([insurers.length, requests.length]).toEqual([70, 67]);
  expect(new Set(allQuestions.map(({ id }) => id)).size).toBe(allQuestions.length);
  expect(of('vendor').length).toBeGreaterThanOrEqual(30);
});

test('every question of insurers belongs to one topic, and every topic has some', () => {
  const { topics = [] } = questionnaires.find(({ id }) => id === 'insurer') ?? {};
  const belonging = (id: string) => topics.filter((topic) => groupOf([topic], id));
  for (const id of insurers) expect(belonging(id), id).toHaveLength(1);
  expect(new Set(insurers.flatMap(belonging))).toEqual(new Set(topics));
});

describe.each(allQuestions.map((question) => ({ id: question.id, question })))('$id', ({ question }) => {
  const { evidence, options, measuredBy, person, outside, type } = question;

  test('is answered by evidence, or says which person answers it', () => {
    if (evidence === null) expect(person).toBeDefined();
    else expect(evidence.controls.length + evidence.files.length).toBeGreaterThan(0);
  });

  test('names controls that there are, or that are marked as not built', () => {
    const named = (evidence?.controls ?? []).map(({ control }) => control);
    expect(new Set(named).size).toBe(named.length);
    for (const control of [...named, ...options.flatMap((option) => option.controls)])
      expect(built.has(control) !== notBuilt.includes(control), control).toBe(true);
    for (const control of options.flatMap((option) => option.controls)) expect(named).toContain(control);
    if (measuredBy !== undefined) expect(named).toContain(measuredBy);
  });

  test('says what evidence covers and what it never does', () => {
    for (const kind of outside) expect(outsideKinds).toHaveProperty([kind]);
    // What evidence reaches in part only lies outside, or takes a person, or is never said.
    if (evidence?.reach === 'part')
      expect(outside.length + question.doesNotCover.length + (person === undefined ? 0 : 1)).toBeGreaterThan(
        0,
      );
    for (const kind of evidence?.kinds ?? []) expect(kinds.map(({ name }) => name)).toContain(kind);
  });

  test('asks for a level that a control which decides it proves', () => {
    if (evidence?.level === undefined) return;
    const deciding = evidence.controls.filter(({ weight }) => weight !== 'bears');
    const levels = deciding.map(({ control }) => proofLevels[control]?.level);
    if (deciding.length > 0) expect(levels).toContain(evidence.level);
  });

  test('has options where one is chosen, and nowhere else', () => {
    expect(options.length > 0).toBe(type === 'choice' || type === 'choices');
    expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
  });

  test('promises nothing', () => {
    const texts = [question.about, evidence?.covers ?? '', person ?? '', ...question.doesNotCover];
    for (const text of texts) expect(text).not.toMatch(forbidden);
    for (const text of texts) expect(text).not.toMatch(/\ball (the )?systems\b/i);
  });
});

test('README counts them as they are', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [i, a, v] = ['insurer', 'auditor', 'vendor'].map((id) => of(id).length);
  expect(readme).toContain(
    `${i} questions of insurers, ${a} requests of auditors and ${v} topics of vendor questionnaires`,
  );
});

test('what is marked as not built is named by a question', () => {
  const named = new Set(
    allQuestions.flatMap(({ evidence }) => evidence?.controls ?? []).map((b) => b.control),
  );
  for (const control of notBuilt) expect(named, control).toContain(control);
});

test('every control bears on a question', () => {
  const named = new Set(
    allQuestions.flatMap(({ evidence }) => evidence?.controls ?? []).map((b) => b.control),
  );
  expect(controls.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
});

test('every kind of system that no source reads is asked about', () => {
  const asked = new Set(allQuestions.flatMap(({ outside }) => outside));
  expect(Object.keys(outsideKinds).filter((kind) => !asked.has(kind))).toEqual([]);
});

test('every control over second factors has the level that it proves', () => {
  const levelled = Object.keys(proofLevels);
  const wanted = [...built, ...notBuilt].filter((id) => id.startsWith('mfa-'));
  expect([...levelled].sort()).toEqual(wanted.sort());
});

test('requests cite criteria, topics cite questions of CAIQ v4', () => {
  for (const { references } of of('auditor'))
    for (const each of references) expect(each).toMatch(/^(CC\d\.\d|A1\.\d|C1\.\d|all)$/);
  const domains = 'A&A AIS BCR CCC CEK DCS DSP GRC HRS IAM IPY IVS LOG SEF STA TVM UEM'.split(' ');
  for (const { references, id } of of('vendor')) {
    expect(references.length, id).toBeGreaterThan(0);
    for (const each of references) {
      expect(each).toMatch(/^[A-Z&]{3}-\d\d\.\d$/);
      expect(domains).toContain(each.slice(0, 3));
    }
  }
});
