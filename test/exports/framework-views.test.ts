import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { frameworks } from '../../controls/framework.ts';
import type { FrameworkDeclarations } from '../../controls/declared/framework-declarations.ts';
import { bytesOf } from '../../exports/content.ts';
import { legible } from '../../exports/documents/legible.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { filesOf as writtenOf, thinOf } from '../../exports/profiles.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { yearOf, type YearRead } from '../../exports/views/year.ts';
import { openArchive } from '../../vault/files.ts';
import { forbidden } from '../controls/forbidden.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';
import { packetOf } from './packet-of.ts';

/* A framework as tests and declarations tell of it, for whoever asks by that framework. */
const demo = demoFolder();
const archive = () => openArchive(join(demo().dir, 'vault'));
const trust = () => readTrust(join(demo().dir, 'trust'));

const views = [
  { profile: 'nist-csf', framework: 'csf20', table: 'data/profile', pages: 6 },
  { profile: 'hipaa', framework: 'hipaa', table: 'data/safeguards', pages: 5 },
  { profile: 'iso27001', framework: 'iso27001-2022', table: 'data/annex-a', pages: 4 },
] as const;
type ViewProfile = (typeof views)[number]['profile'];

const said = { declaredBy: 'Una Officer', declaredOn: '2026-06-01' };
const requirementsOf = (id: string) => frameworks.find((each) => each.id === id)!.requirements;
const plainText = (text: string) => text.replaceAll(/\s+/g, ' ');

async function written(
  profile: ViewProfile,
  judged: Judgement,
  declared: FrameworkDeclarations,
  year?: YearRead,
) {
  const plan = { ...judged.plan, declared: { ...judged.plan.declared, frameworks: declared } };
  const packet = packetOf(profile, { ...judged, plan });
  const known = { ...packet, year: year ?? (await yearOf(await archive(), judged)) };
  const files = await Array.fromAsync(writtenOf(known));
  return new Map(files.map(({ path, content }) => [path, bytesOf(content)]));
}

const rowsIn = (files: ReadonlyMap<string, Buffer>, path: string): Record<string, string>[] =>
  parse(files.get(path)!, { columns: true });

describe.each(views)(
  'the packet for $profile',
  { timeout: 240_000 },
  ({ profile, framework, table, pages }) => {
    test('is sealed to the packet with all evidence, from which it is written again', async () => {
      const [packet, twin] = [demo().packet(profile), demo().packet('soc2-type1')];
      expect(await verifyPacket(packet, await trust())).toMatchObject({
        verdict: 'verified',
        derived: false,
      });
      const { verdict, checks } = await verifyWithTwin(packet, twin, await trust());
      expect([verdict, checks.at(-1)?.text]).toEqual([
        'verified',
        expect.stringMatching(/written again .* all equal$/),
      ]);
      const other = await verifyWithTwin(packet, demo().packet('insurer-private'), await trust());
      expect(failures(other)).toEqual(['twin']);

      const files = await filesOf(packet);
      edit(files, new RegExp(`${table}\\.csv$`), /: fail, \d+ of/, ': pass, 9 of');
      const path = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
      expect(failures(await verifyWithTwin(path, twin, await trust()))).toEqual(['twin']);
    });

    test('has each requirement, with its counts or that nothing tests it, names nobody, and promises nothing', async () => {
      const files = await filesOf(demo().packet(profile));
      const judged = await judge(await archive());
      const rows = rowsIn(files, `${table}.csv`);
      const requirements = requirementsOf(framework);
      expect(rows.map((row) => row['id'])).toEqual(requirements.map(({ id }) => id));
      for (const [n, { controls }] of requirements.entries()) {
        const tests = judged.results.filter(({ control }) => controls.includes(control));
        expect([rows[n]!['tests'], rows[n]!['fail'], rows[n]!['no_data'], rows[n]!['pass']]).toEqual(
          [
            tests,
            ...(['fail', 'no-data', 'pass'] as const).map((status) =>
              tests.filter((each) => each.status === status),
            ),
          ].map((each) => String(each.length)),
        );
        expect(rows[n]!['told'] === 'not tested by Exhibit', rows[n]!['id']).toBe(tests.length === 0);
      }
      for (const path of ['00_START_HERE.html', '00_START_HERE.pdf', ...thinOf(profile)!.paths.slice(2)]) {
        const text = legible(path, files.get(path)!);
        expect(identifiersIn(text, judged), path).toEqual([]);
        // Tables hold the names of tests, which are made of other words.
        if (!path.startsWith('00')) continue;
        expect(text, path).not.toMatch(forbidden);
        for (const { id } of requirements) expect(text, path).toContain(id);
      }
    });

    test('has few pages, on either paper, whether or not anything was declared', async () => {
      const judged = await judge(await archive());
      for (const paper of ['a4', 'letter'] as const) {
        const organization = { ...judged.plan.organization, paper };
        const files = await written(profile, { ...judged, plan: { ...judged.plan, organization } }, {});
        const count = files
          .get('00_START_HERE.pdf')!
          .toString('latin1')
          .match(/\/Type \/Page\b(?!s)/g)!.length;
        expect(count, paper).toBeLessThanOrEqual(pages + 1);
      }
    });
  },
);

describe('what a company declares', { timeout: 240_000 }, () => {
  test('is the target of whatever has no nearer one, and nothing is where nobody set any', async () => {
    const judged = await judge(await archive());
    const targets = { PR: 'all of it', 'PR.AA': 'access', 'PR.AA-03': 'keys' };
    const rows = rowsIn(await written('nist-csf', judged, { csf: { ...said, targets } }), 'data/profile.csv');
    const of = (id: string) => rows.find((row) => row['id'] === id)!['target'];
    expect(['PR.AA-03', 'PR.AA-01', 'PR.DS-01', 'GV.OC-01'].map(of)).toEqual([
      ...['keys', 'access', 'all of it', 'no target was set'],
    ]);
    const without = await written('nist-csf', judged, {});
    expect(rowsIn(without, 'data/profile.csv').every((row) => row['target'] === 'no target was set')).toBe(
      true,
    );
    const page = plainText(without.get('00_START_HERE.html')!.toString());
    expect(page).toContain('nothing here is a level of maturity');
    expect(page).not.toMatch(/\btier\b|\blevel \d/i);
  });

  test('says where health information is and with whom there are agreements, or that it is undeclared', async () => {
    const judged = await judge(await archive());
    const page = (files: ReadonlyMap<string, Buffer>) =>
      plainText(files.get('00_START_HERE.html')!.toString());
    const silent = await written('hipaa', judged, {});
    expect(page(silent).match(/Undeclared\./g)).toHaveLength(2);
    expect(rowsIn(silent, 'data/systems.csv')).toEqual([]);
    const [aws] = judged.plan.sources.filter(({ collector }) => collector === 'aws');
    const files = await written('hipaa', judged, {
      hipaa: {
        ...said,
        systems: [{ name: 'Results', source: aws!.id }, { name: 'Calls' }],
        agreements: [
          { with: 'Bluebell Telephony', about: 'Calls', signedOn: '2020-01-01', until: '2021-01-01' },
        ],
        addressable: { '164.312(a)(2)(iv)': { decision: 'equivalent-measure', because: 'Kept apart' } },
      },
    });
    expect(rowsIn(files, 'data/systems.csv').map((row) => row['read'])).toEqual([
      expect.stringMatching(/^\d+ of \d+ readings of Amazon Web Services were whole$/),
      'not read',
    ]);
    expect(rowsIn(files, 'data/agreements.csv')[0]).toMatchObject({ stands: 'ended' });
    const safeguards = rowsIn(files, 'data/safeguards.csv');
    const decided = safeguards.filter((row) => row['decision'] === 'another measure in its place');
    expect(decided.map((row) => row['id'])).toEqual(['164.312(a)(2)(iv)']);
    for (const row of safeguards)
      expect(row['decision'] === '', row['id']).toBe(row['asks'] !== 'addressable');
    expect(page(files)).not.toContain('Undeclared.');
    // A name in words of the company's own is found before anything leaves the house.
    const held = {
      ...judged,
      plan: {
        ...judged.plan,
        declared: { ...judged.plan.declared, frameworks: { hipaa: { ...said, addressable: {} } } },
      },
    };
    expect(identifiersIn('declared by Una Officer', held)).toEqual(['Una Officer']);
  });

  test('fills the columns of a statement of applicability, which are the company’s to fill', async () => {
    const judged = await judge(await archive());
    const controls = { 'A.7.1': { applies: false, because: 'There are no offices' } };
    const rows = rowsIn(
      await written('iso27001', judged, { iso27001: { ...said, controls } }),
      'data/annex-a.csv',
    );
    expect(rows.find((row) => row['id'] === 'A.7.1')).toMatchObject({
      applies: 'no',
      because: 'There are no offices',
    });
    expect(rows.filter((row) => row['applies'] === 'company to say')).toHaveLength(92);
  });
});

test('a year tells since when there is evidence, and of no month before', async () => {
  const judged = await judge(await archive());
  const year = await yearOf(await archive(), judged);
  expect(year).toMatchObject({
    first: judged.asOf,
    months: [{ month: judged.asOf.slice(0, 7), due: 1, read: 1 }],
  });
  const [month] = year.months;
  const whole = judged.coverage.flatMap(({ nights }) => nights.filter(({ complete }) => complete));
  expect([month!.whole, month!.whole < month!.readings]).toEqual([whole.length, true]);
  const page = async (of: YearRead) =>
    plainText((await written('hipaa', judged, {}, of)).get('00_START_HERE.html')!.toString());
  expect(await page(year)).toContain(`There is evidence since ${judged.asOf.slice(0, 10)} and none before`);
  expect(await page({ ...year, first: '2020-01-01T00:00:00.000Z' })).toContain(
    'There is evidence of nights since',
  );
}, 240_000);
