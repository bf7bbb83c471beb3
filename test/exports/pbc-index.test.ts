import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { collectors } from '../../collectors/index.ts';
import { declarationOf } from '../../collectors/dataset.ts';
import { controls } from '../../controls/index.ts';
import { outsideKinds, questionnaires } from '../../controls/questionnaire.ts';
import { ofOneReading, requests } from '../../controls/requests.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { filesOf as writtenOf } from '../../exports/profiles.ts';
import { missingFile } from '../../exports/requests/files-serving.ts';
import { servedRequests, type ServedRequest } from '../../exports/requests/served.ts';
import { openArchive } from '../../vault/files.ts';
import { forbidden } from '../controls/forbidden.ts';
import { deniedIn } from '../support/denied-archive.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { filesOf } from '../support/packet-files.ts';
import { sheetsOf } from './documents/read-xlsx.ts';
import { packetOf } from './packet-of.ts';

/* Which file of a packet serves which request of an auditor, and what of it nothing here serves. */
const demo = demoFolder();
const archive = () => openArchive(join(demo().dir, 'vault'));
const asked = questionnaires.find(({ id }) => id === 'auditor')!.questions;
const evidenceOf = (id: string) => asked.find((each) => each.id === id)!.evidence;

const rowsOf = (judgement: Judgement) => servedRequests(packetOf('soc2-type1', judgement));

/** What every index must hold, whatever was read. */
function soundly(rows: readonly ServedRequest[]): void {
  expect(rows.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
  for (const { id, asks, serving, causes, files, leftTo } of rows) {
    expect(causes.length === 0, id).toBe(serving === 'served');
    expect(leftTo.length === 0, id).toBe(serving === 'served');
    expect(files.length === 0, id).toBe(serving === 'not served');
    if (asks !== 'date') expect(serving, id).not.toBe('served');
    if (evidenceOf(id) === null)
      expect(
        causes.map(({ code }) => code),
        id,
      ).toEqual(['person-only']);
    if (evidenceOf(id)?.reach !== 'whole') expect(serving, id).not.toBe('served');
  }
}

/** The paths of a packet of this judgement; of its evidence only that there is some. */
async function pathsOf(judgement: Judgement): Promise<ReadonlySet<string>> {
  const paths = new Set(['data/runs/x.json', 'data/evidence/x.json']);
  for await (const { path } of writtenOf(packetOf('soc2-type1', judgement))) paths.add(path);
  return paths;
}

describe('what is written down of requests', () => {
  test('speaks of each of them, and of no other', () => {
    expect(asked).toHaveLength(67);
    expect(Object.keys(requests)).toEqual(asked.map(({ id }) => id));
  });

  test('names the kinds of sources that list what is asked for', () => {
    for (const { id, evidence } of asked) {
      const lists = collectors.filter(({ datasets }) =>
        datasets.some((dataset) =>
          Object.entries(declarationOf(dataset).kinds).some(
            ([kind, { lists: all }]) => all !== false && evidence?.kinds.includes(kind),
          ),
        ),
      );
      expect(evidence?.collectors.toSorted() ?? [], id).toEqual(lists.map((each) => each.id).sort());
    }
  });

  test('gives to a period what belongs to one, and says what it lacks', () => {
    for (const { id, evidence, doesNotCover } of asked) {
      const { asks, overPeriod, byOneDate } = requests[id]!;
      if (asks === 'date') expect([overPeriod, byOneDate], id).toEqual([undefined, true]);
      if (overPeriod) expect(evidence, id).not.toBeNull();
      for (const path of overPeriod?.files ?? []) expect(path, id).toMatch(/^data\/period\/[a-z-]+\.csv$/);
      if (doesNotCover.includes(ofOneReading)) expect(overPeriod, id).toBeDefined();
      for (const text of [overPeriod?.covers ?? '', ...(overPeriod?.lacks ?? [])])
        expect(text).not.toMatch(forbidden);
    }
  });
});

describe('the index of requests', { timeout: 240_000 }, () => {
  test('has each request once, and no path that is not in the packet', async () => {
    for (const profile of ['soc2-type1', 'insurer-private'] as const) {
      const files = await filesOf(demo().packet(profile));
      const rows: Record<string, string>[] = parse(files.get('data/pbc-index.csv')!, { columns: true });
      expect(rows.map((row) => row['request'])).toEqual(asked.map(({ id }) => id));
      const paths = [...files.keys()];
      for (const row of rows)
        for (const file of row['files']!.split(' | ').filter((each) => each !== ''))
          expect(
            paths.some((path) => (file.endsWith('/') ? path.startsWith(file) : path === file)),
            `${row['request']}: ${file}`,
          ).toBe(true);
      const [sheet] = sheetsOf(files.get('data/pbc-index.xlsx')!);
      expect(sheet!.rows.slice(1).map((row) => [row[0]?.value, row[4]?.value])).toEqual(
        rows.map((row) => [row['request'], row['served']]),
      );
      expect(files.get('00_START_HERE.html')!.toString()).toContain('href="data/pbc-index.xlsx"');
    }
  });

  test('says of the demo’s company no more than was read', async () => {
    const rows = rowsOf(await judge(await archive()));
    soundly(rows);
    const of = (id: string) => rows.find((row) => row.id === id)!;
    // One account of AWS denied its credential report, and nobody said what other systems there are.
    expect(of('PBC-601')).toMatchObject({ serving: 'in part' });
    expect(of('PBC-601').causes.map(({ code }) => code)).toEqual(['read in part', 'other systems']);
    expect(of('PBC-611')).toMatchObject({ serving: 'not served', causes: [{ code: 'one date' }] });
  });

  test('calls served what was wholly read and has nothing beside it, and takes that back where it was denied', async () => {
    const judged = await judge(await archive());
    const declared = { state: 'absent', declaredBy: 'Una Officer', declaredOn: '2026-01-31' } as const;
    const systems = Object.entries(outsideKinds).map(([id, name]) => ({ id, name, ...declared }));
    const alone = (of: Judgement) => ({ ...of, plan: { ...of.plan, systems } });
    const rows = rowsOf(alone(judged));
    soundly(rows);
    expect(rows.find(({ id }) => id === 'PBC-608')).toMatchObject({ serving: 'served', causes: [] });

    const firewalls = judged.datasets.filter(({ snapshot }) => 'firewall' in (snapshot?.header.kinds ?? {}));
    const denied = new Set(firewalls.map(({ dataset }) => dataset));
    const without = await judge(deniedIn(await archive(), (dataset) => denied.has(dataset)));
    const row = rowsOf(alone(without)).find(({ id }) => id === 'PBC-608');
    expect(row).toMatchObject({ serving: 'not served', files: [] });
    expect(row!.causes.map(({ code }) => code)).toContain('not read');
    expect(row!.causes[0]!.text).toContain('denied: answered 403');

    // Where the source is not connected at all, and nobody said that there is none, it is no better.
    const unconnected = {
      ...alone(without),
      datasets: judged.datasets.filter(({ collector }) => collector !== 'aws'),
    };
    const sources = judged.plan.sources.filter(({ collector }) => collector !== 'aws');
    const gone = rowsOf({ ...unconnected, plan: { ...unconnected.plan, sources } });
    expect(gone.find(({ id }) => id === 'PBC-608')).toMatchObject({ serving: 'not served', files: [] });
    expect(gone.find(({ id }) => id === 'PBC-601')).toMatchObject({ serving: 'in part' });
  });

  test.each(['github', 'microsoft365', 'aws', ''])(
    'serves nothing of %s wholly where all of it was denied, and sends nobody to a file that is not there',
    async (collector) => {
      const judgement = await judge(deniedIn(await archive(), (dataset) => dataset.startsWith(collector)));
      const rows = rowsOf(judgement);
      soundly(rows);
      expect(missingFile(rows, await pathsOf(judgement))).toBeNull();
      for (const { id, serving, causes } of rows) {
        const { kinds = [], controls: bearing = [], collectors: listed = [] } = evidenceOf(id) ?? {};
        const tests = controls.filter((each) => bearing.some(({ control }) => control === each.id));
        const touched = [...listed, ...tests.flatMap((each) => each.collectors)];
        if (!touched.some((each) => each !== 'exhibit' && each.startsWith(collector))) continue;
        expect(serving, id).not.toBe('served');
        if (requests[id]!.byOneDate)
          expect(
            causes.some(({ code }) => ['not read', 'read in part', 'no dataset'].includes(code)),
            id,
          ).toBe(true);
        const told = judgement.results
          .filter((result) => bearing.some(({ control }) => control === result.control))
          .some(({ population: { pass, fail, excepted } }) => pass + fail + excepted > 0);
        if (collector === '' && kinds.length > 0 && !told) expect(serving, id).toBe('not served');
      }
    },
  );

  test('fails a packet that would send somebody to a file that is not in it', () => {
    const row = (...files: string[]) => [{ id: 'PBC-101', files }];
    const paths = new Set(['data/coverage.csv', 'data/runs/one.json']);
    expect(missingFile(row('data/coverage.csv', 'data/runs/'), paths)).toBeNull();
    expect(missingFile(row('data/coverage.csv', 'data/run/'), paths)).toMatch(/^data\/run\/, .*PBC-101/);
    expect(missingFile(row('data/runs'), paths)).toMatch(/PBC-101/);
  });
});

test('an insurer’s packet has each of 70 questions once, and leaves to the company what nothing shows', async () => {
  const files = await filesOf(demo().packet('insurer'));
  const rows: Record<string, string>[] = parse(files.get('data/answers.csv')!, { columns: true });
  const insurer = questionnaires.find(({ id }) => id === 'insurer')!.questions;
  // In the order of forms, which is another than that of the questions.
  expect(rows.map((row) => row['question']).sort()).toEqual(insurer.map(({ id }) => id).sort());
  expect(rows).toHaveLength(70);
  for (const row of rows.filter((each) => each['company_answered'] === ''))
    expect(row['basis'], row['question']).toBe(
      ['supported-yes', 'qualified', 'supported-no'].includes(row['state']!)
        ? 'measured'
        : 'company to answer',
    );
  expect(rows.filter((row) => row['basis'] === 'company to answer').length).toBeGreaterThan(20);
}, 240_000);
