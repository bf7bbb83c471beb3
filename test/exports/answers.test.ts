import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../controls/answers/answer.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { answersOf } from '../../exports/answered.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge } from '../../exports/judge.ts';
import { openArchive } from '../../vault/files.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';

/* What packets say of questions. The demo's company has one answer on file that the evidence shows to be wrong. */
const demo = demoFolder();
const judgement = async () => judge(await openArchive(join(demo().dir, 'vault')));
const keys = () => join(demo().dir, 'keys');
const trust = () => readTrust(join(demo().dir, 'trust'));

async function file(profile: 'soc2-type1' | 'insurer' | 'insurer-private', path: string): Promise<string> {
  const files = await filesOf(demo().packet(profile));
  const found = files.get(path);
  if (!found) throw new Error(`there is no ${path}`);
  return Buffer.from(found).toString();
}

describe('answers in packets', { timeout: 120_000 }, () => {
  test('every question has one, the same in both tables, as of the evidence', async () => {
    const all = questionnaires.flatMap(({ questions }) => questions.map(({ id }) => id));
    for (const profile of ['soc2-type1', 'insurer-private'] as const) {
      const { answers } = JSON.parse(await file(profile, 'data/answers/answers.json')) as {
        answers: Answer[];
      };
      expect(answers.map(({ question }) => question)).toEqual(all);
      expect(answers).toEqual(JSON.parse(JSON.stringify(answersOf(await judgement()))));
      const rows = (await file(profile, 'data/answers/answers.csv')).split('\r\n');
      expect(rows).toHaveLength(all.length + 2);
    }
  });

  test('what the company answered stands beside what the evidence says', async () => {
    const { answers } = JSON.parse(await file('soc2-type1', 'data/answers/answers.json')) as {
      answers: Answer[];
    };
    const held = answers.flatMap(({ question, state, stored }) =>
      stored.map(({ value, holds }) => [question, state, value, holds]),
    );
    expect(held).toEqual([
      ['INS-MFA-14', 'contradicted', 'yes', 'contradicted'],
      ['INS-MFA-15', 'supported-no', 'no', 'holds'],
      ['INS-BAK-04', expect.stringMatching(/partial-evidence|supported-no/), 'yes', expect.any(String)],
      ['INS-GOV-02', 'person-only', 'yes', 'untested'],
    ]);
  });

  test('a request names files and folders that are there', async () => {
    const paths = [...(await filesOf(demo().packet('soc2-type1'))).keys()];
    const named = new Set(
      questionnaires.flatMap(({ questions }) => questions.flatMap(({ evidence }) => evidence?.files ?? [])),
    );
    for (const path of named)
      expect(
        paths.some((each) => each.startsWith(path)),
        path,
      ).toBe(true);
  });

  test('the insurer reads what is chosen, and nothing that anybody wrote', async () => {
    const text = await file('insurer', 'data/answers.csv');
    const rows = text.split('\r\n');
    expect(rows).toHaveLength(70 + 2);
    expect(text).toMatch(/^INS-MFA-14,[^\r]*,contradicted,supported-no,to be settled,yes,contradicted,/m);
    for (const written of ['Quigley', 'Fathom', 'handbook', 'afternoon', 'Tidewater', 'Application 2026'])
      expect(text).not.toContain(written);
    expect(identifiersIn(text, await judgement())).toEqual([]);
  });

  test('the first page names what contradicts, in a packet of either sort', async () => {
    for (const profile of ['soc2-type1', 'insurer'] as const) {
      const page = (await file(profile, '00_START_HERE.html')).replaceAll(/\s+/g, ' ');
      expect(page).toMatch(
        /<code>INS-MFA-14<\/code> Are old protocols [^<]* “yes”; the evidence shows otherwise/,
      );
      expect(page).toContain(profile === 'insurer' ? 'answers to 70 questions' : 'answers to 170 questions');
    }
  });

  test('who answered is found wherever they are named', async () => {
    const judged = await judgement();
    const [answer] = judged.plan.answers;
    const answers = [{ ...answer!, answeredBy: 'Zelda Signer' }];
    const named = { ...judged, plan: { ...judged.plan, answers } };
    expect(identifiersIn('said by Zelda Signer', named)).toEqual(['Zelda Signer']);
  });

  test('an answer that the evidence does not give is refused, whoever signs it', async () => {
    const files = await filesOf(demo().packet('soc2-type1'));
    edit(files, /answers\.csv$/, ',contradicted,supported-no,', ',supported-yes,supported-yes,');
    const forged = await packedIn(demo().dir, await resignedWith(files, keys()));
    expect(failures(await verifyPacket(forged, await trust()))).toEqual(['files']);

    const short = await filesOf(demo().packet('insurer'));
    edit(short, /answers\.csv$/, ',contradicted,supported-no,', ',supported-yes,supported-yes,');
    const thin = await packedIn(demo().dir, await resignedWith(short, keys()));
    expect(failures(await verifyWithTwin(thin, demo().packet('insurer-private'), await trust()))).toEqual([
      'twin',
    ]);
  });

  test('show puts what contradicts first, and ends well', async () => {
    const { code, stdout } = await exhibit(['show', 'answers', '--config', demo().config]);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(2, 5)).toEqual([
      'CONTRADICTED: 1 answer of the company is not what the evidence shows',
      '',
      '  INS-MFA-14: Are old protocols that know no second factor switched off?',
    ]);
    expect(await readFile(join(demo().dir, 'answers.yaml'), 'utf8')).toContain('INS-MFA-14');
    const likely = await exhibit(['show', 'readiness', '--config', demo().config]);
    expect(likely.stdout).toMatch(/\n1\. Why does your answer to “Are old protocols/);
  });
});
