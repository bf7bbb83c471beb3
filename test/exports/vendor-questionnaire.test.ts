import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { StoredAnswer } from '../../controls/declarations.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { bytesOf } from '../../exports/content.ts';
import { legible } from '../../exports/documents/legible.ts';
import { vendorQuestionnaire } from '../../exports/files/vendor-questionnaire.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { topicsOf, type Topic } from '../../exports/vendor/topics.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { openArchive } from '../../vault/files.ts';
import { forbidden } from '../controls/forbidden.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';
import { sheetsOf } from './documents/read-xlsx.ts';
import { packetOf } from './packet-of.ts';

/* What a customer gets who sent a questionnaire: answers by topic, without names. */
const demo = demoFolder();
const judged = async () => judge(await openArchive(join(demo().dir, 'vault')));
const trust = () => readTrust(join(demo().dir, 'trust'));
const topics = questionnaires.find(({ id }) => id === 'vendor')!.questions;

const said = { answeredBy: 'Una Officer', answeredOn: '2026-06-01' };
const answering = (judgement: Judgement, ...answers: Partial<StoredAnswer>[]): Judgement => ({
  ...judgement,
  plan: { ...judgement.plan, answers: answers.map((each) => StoredAnswer.parse({ ...said, ...each })) },
});
const topic = (judgement: Judgement, id: string): Topic =>
  topicsOf(judgement).find((each) => each.id === id)!;
const stateOf = (judgement: Judgement, id: string) => topic(judgement, id).evidence!.drafted;

describe('a topic', { timeout: 60_000 }, () => {
  test('is answered by what was measured, with its counts, in at most 500 characters', async () => {
    const all = topicsOf(await judged());
    expect(all.map(({ id }) => id)).toEqual(topics.map(({ id }) => id));
    for (const { comment, basis, answer, evidence } of all) {
      expect(comment.length).toBeLessThanOrEqual(500);
      expect(comment).not.toMatch(forbidden);
      if (basis === 'measured') expect(comment).toMatch(/\d+ of \d+ /);
      if (answer === 'Yes') expect(['supported-yes', 'qualified']).toContain(evidence!.drafted);
      if (evidence!.drafted === 'qualified') expect(comment).toMatch(/^With limits\. /);
    }
  });

  test('that evidence cannot show is for the company, and what it states is said to be stated', async () => {
    const judgement = await judged();
    const id = topics.find(({ evidence }) => evidence === null)!.id;
    expect(topic(judgement, id)).toMatchObject({ answer: null, basis: 'company to answer' });
    const stated = answering(judgement, {
      question: id,
      value: 'yes',
      text: 'Tried every spring.',
      share: 'nda',
    });
    expect(topic(stated, id)).toMatchObject({ answer: 'Yes', basis: 'company states', shareable: 'nda' });
    expect(topic(stated, id).comment).toMatch(/^Tried every spring\. Stated by the company on 2026-06-01/);
  });

  test('is not answered where the company says otherwise than the evidence', async () => {
    const judgement = await judged();
    const { id } = topics.find((each) => stateOf(judgement, each.id) === 'supported-no')!;
    expect(topic(answering(judgement, { question: id, value: 'yes' }), id)).toMatchObject({
      ...{ answer: null, basis: 'to be settled' },
    });
    expect(topic(answering(judgement, { question: id, value: 'no' }), id)).toMatchObject({
      ...{ answer: 'No', basis: 'measured' },
    });
  });

  test('that nobody may read is declined, with nothing of it left', async () => {
    const judgement = answering(await judged(), {
      question: 'VEN-01',
      value: 'yes',
      text: 'Kept back',
      share: 'never',
    });
    const declined = topic(judgement, 'VEN-01');
    expect(declined).toMatchObject({ answer: null, basis: 'declined', company: null, evidence: null });
    const files = await Array.fromAsync(vendorQuestionnaire(packetOf('vendor-questionnaire', judgement)));
    const csv = bytesOf(files.find(({ path }) => path.endsWith('.csv'))!.content);
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    const row = rows.find((each) => each['id'] === 'VEN-01')!;
    const kept = ['id', 'topic', 'caiq', 'basis', 'comment', 'shareable'];
    expect(Object.entries(row).filter(([key, cell]) => cell !== '' && !kept.includes(key))).toEqual([]);
    for (const { path, content } of files) expect(legible(path, content)).not.toContain('Kept back');
  });
});

describe('the packet for a customer', { timeout: 240_000 }, () => {
  test('names nobody and nothing, and quotes no ids but those of CAIQ', async () => {
    const judgement = await judged();
    const files = await filesOf(demo().packet('vendor-questionnaire'));
    for (const [path, bytes] of files) {
      expect(identifiersIn(legible(path, bytes), judgement), path).toEqual([]);
      expect(legible(path, bytes), path).not.toMatch(/\bSIG\b/);
    }
  });

  test('says the same in table and workbook', async () => {
    const files = await filesOf(demo().packet('vendor-questionnaire'));
    const [, ...rows] = parse(files.get('data/answers.csv')!.toString());
    const [sheet] = sheetsOf(files.get('data/answers.xlsx')!);
    expect(rows).toHaveLength(topics.length);
    expect(sheet!.rows.slice(1).map((row) => [row[0]?.value, row[3]?.value ?? '', row[4]?.value])).toEqual(
      rows.map((row) => [row[0], row[3], row[4]]),
    );
  });

  test('is written again from the packet that it is sealed to, and refused with other answers', async () => {
    const [packet, twin] = [demo().packet('vendor-questionnaire'), demo().packet('soc2-type1')];
    expect(await verifyPacket(packet, await trust())).toMatchObject({ verdict: 'verified', derived: false });
    expect((await verifyWithTwin(packet, twin, await trust())).verdict).toBe('verified');
    const files = await filesOf(packet);
    edit(files, /answers\.csv$/, ',No,measured', ',Yes,measured');
    const path = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
    expect(failures(await verifyWithTwin(path, twin, await trust()))).toEqual(['twin']);
  });
});
