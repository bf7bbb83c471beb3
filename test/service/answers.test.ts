import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { planOf } from '../../scheduler/plan.ts';
import { loadConfiguration } from '../../service/config/load.ts';
import { plain, startPlain } from '../scheduler/support.ts';
import { configured, exhibit } from './support.ts';

const by = 'answeredBy: Olga Officer, answeredOn: 2026-05-01';

describe('in the configuration', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'exhibit-answers-'));
  });

  afterEach(() => rm(dir, { recursive: true }));

  const head = `organization: { name: Example Company, slug: example }
sources:
  - { id: plain-one, collector: plain, url: http://127.0.0.1:1, token: { file: secrets/token } }
answers: answers.yaml
`;

  async function load(answers: string) {
    await writeFile(join(dir, 'answers.yaml'), answers);
    await writeFile(join(dir, 'exhibit.yaml'), head);
    const registry = { collectors: [plain], controls: [], environment: {} };
    return loadConfiguration(join(dir, 'exhibit.yaml'), registry).setup;
  }

  test('answers are pinned in the plan of a slot, in one order', async () => {
    const setup = await load(
      `- { question: INS-MFA-14, value: yes, ${by}, form: B }\n- { question: INS-MFA-14, value: no, ${by}, form: A, carrier: One }\n- { question: INS-BAK-02, value: [offline, unchangeable], text: Tapes, ${by} }\n`,
    );
    expect(planOf(setup).answers.map(({ question, value, form }) => [question, value, form])).toEqual([
      ['INS-BAK-02', ['offline', 'unchangeable'], undefined],
      ['INS-MFA-14', 'no', 'A'],
      ['INS-MFA-14', 'yes', 'B'],
    ]);
    const other = await load(
      `- { question: INS-BAK-02, value: [offline, unchangeable], text: Tapes, ${by} }\n- { question: INS-MFA-14, value: no, ${by}, form: A, carrier: One }\n- { question: INS-MFA-14, value: yes, ${by}, form: B }\n`,
    );
    expect(planOf(other)).toEqual(planOf(setup));
  });

  test.each([
    [`question: INS-MFA-99, value: yes, ${by}`, 'line 1: [0].question: there is no question INS-MFA-99'],
    [`question: INS-MFA-14, value: maybe, ${by}`, '[0].value: INS-MFA-14 is answered by yes, no'],
    [`question: INS-MFA-14, value: true, ${by}`, '[0].value: must be yes, no, an option'],
    [`question: INS-END-03, value: often, ${by}`, 'INS-END-03 is answered by yes, no, sometimes'],
    [`question: INS-BAK-02, value: [taped], ${by}`, 'INS-BAK-02 is answered by some of unchangeable'],
    [`question: INS-BAK-01, value: [daily], ${by}`, 'INS-BAK-01 is answered by continuously, daily'],
    [`question: INS-MFA-13, value: 101, ${by}`, 'INS-MFA-13 is answered by a number from 0 to 100'],
    [`question: INS-PRIV-01, value: 3.5, ${by}`, 'INS-PRIV-01 is answered by a whole number'],
    [`question: INS-PRIV-08, value: lately, ${by}`, 'INS-PRIV-08 is answered by a date such as'],
    [`question: INS-GOV-01, value: 7, ${by}`, 'INS-GOV-01 is answered by words'],
    [`question: INS-MFA-14, value: yes, answeredOn: 2026-05-01`, '[0].answeredBy'],
    [`question: INS-MFA-14, value: yes, ${by}, by: me`, 'there is no setting of this name'],
  ])('%s is refused', async (entry, told) => {
    const error: unknown = await load(`- { ${entry} }\n`).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(OperatorError);
    expect((error as OperatorError).message).toContain('answers.yaml line 1');
    expect((error as OperatorError).message).toContain(told);
  });

  test('there are not two answers to one question on one form', async () => {
    const twice = `- { question: INS-MFA-14, value: yes, ${by} }\n`;
    await expect(load(twice + twice)).rejects.toThrow(
      'line 2: [1].question: there are two answers to INS-MFA-14 on the same form',
    );
  });
});

describe('shown', () => {
  let server: Awaited<ReturnType<typeof startPlain>>;

  beforeEach(async () => {
    server = await startPlain();
  });

  afterEach(() => server.close());

  async function answered(entry: string) {
    const dir = await configured(server.url);
    await writeFile(join(dir, 'answers.yaml'), entry);
    const path = join(dir, 'exhibit.yaml');
    const { readFile } = await import('node:fs/promises');
    await writeFile(path, `${await readFile(path, 'utf8')}\nanswers: answers.yaml\n`);
    await exhibit(dir, ['collect']);
    return dir;
  }

  test('answers with their states, and what was answered beside them', async () => {
    const dir = await answered(`- { question: INS-MFA-14, value: yes, ${by} }\n`);
    const { code, stdout } = await exhibit(dir, ['show', 'answers', '--json']);
    expect(code).toBe(0);
    const shown = JSON.parse(stdout) as {
      counts: Record<string, number>;
      answers: { question: string; state: string; stored: unknown[]; doesNotCover: string[] }[];
    };
    expect(Object.keys(shown)).toEqual(['asOf', 'rehearsal', 'counts', 'answers']);
    expect(Object.values(shown.counts).reduce((a, b) => a + b)).toBe(shown.answers.length);
    // Nothing of Microsoft 365 is connected here: a stored yes makes nothing true.
    const answer = shown.answers.find(({ question }) => question === 'INS-MFA-14');
    expect(answer).toMatchObject({
      state: 'partial-evidence',
      stored: [{ value: 'yes', holds: 'not-shown' }],
    });
    expect(shown.answers.filter(({ state }) => state === 'supported-yes')).toEqual([]);
  });

  test('likely questions with what would answer them', async () => {
    const dir = await answered('[]\n');
    const { code, stdout } = await exhibit(dir, ['show', 'readiness']);
    expect(code).toBe(0);
    expect(stdout).toContain('What anybody decides is not predicted');
    expect(stdout).toMatch(/1\. .*\n {3}missing, critical; .*\n {3}today: .*\n {3}what would answer it: /);
  });
});
