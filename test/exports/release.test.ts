import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { legible } from '../../exports/documents/legible.ts';
import { judge } from '../../exports/judge.ts';
import { contentsOf } from '../../exports/release/sealed.ts';
import { toSign, unsigned, type ToSign } from '../../exports/release/to-sign.ts';
import { statementText, type Statement } from '../../exports/release/statement.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { openArchive, openVault } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';
import { runVerifyMd } from '../support/verify-md.ts';

/* A draft leaves as what it was, released by somebody by name; nothing else passes for that. */
const demo = demoFolder();
const trust = () => readTrust(join(demo().dir, 'trust'));
const who = ['--by', 'Olga Officer', '--role', 'Chief Finance Officer'];
const release = (packet: string, ...more: string[]) =>
  exhibit(['release', packet, ...who, ...more, '--config', demo().config]);

/** Everything that has to be accepted in a packet, as flags. */
async function accepting(profile: 'insurer' | 'soc2-type1'): Promise<{ sign: ToSign; flags: string[] }> {
  const sign = toSign({ judgement: await judge(await openArchive(join(demo().dir, 'vault'))), profile });
  const flags = sign.accept.flatMap(({ question }) => ['--accept', `${question}=OO`]);
  return { sign, flags: [...flags, '--leave-open'] };
}

const made: { insurer?: string; whole?: string } = {};
beforeAll(async () => {
  for (const [key, profile] of [
    ['insurer', 'insurer'],
    ['whole', 'soc2-type1'],
  ] as const) {
    const { flags } = await accepting(profile);
    const out = join(demo().dir, `released-${profile}.zip`);
    const { code, stderr } = await release(demo().packet(profile), ...flags, '--out', out);
    expect([code, stderr]).toEqual([0, expect.anything()]);
    made[key] = out;
  }
}, 240_000);

const verdict = async (path: string) => {
  const { verdict: said, checks, untimed, unchecked } = await verifyPacket(path, await trust());
  return { said, failed: checks.filter(({ ok }) => !ok), untimed, unchecked };
};

describe('what was released', () => {
  test.each(['insurer', 'whole'] as const)('%s verifies, and no page of it is a draft', async (key) => {
    const { said, failed, untimed, unchecked } = await verdict(made[key]!);
    expect(failed).toEqual([]);
    // The authority of the demo is gone: that nobody stamped it is told, and nothing else is open.
    expect([said, unchecked, untimed]).toEqual([
      'incomplete',
      [],
      ['when the packet was made: it is not stamped'],
    ]);
    const files = await filesOf(made[key]!);
    for (const [path, bytes] of files)
      if (path.startsWith('00_START_HERE')) {
        expect(legible(path, bytes), path).not.toContain('DRAFT');
        expect(legible(path, bytes), path).toContain('Olga Officer');
      }
    expect(files.get('bag-info.txt')!.toString()).toMatch(/^External-Description: .*, released$/m);
  });

  test('says the same as its draft, which stays as it was', async () => {
    const draft = await filesOf(demo().packet('insurer'));
    const files = await filesOf(made.insurer!);
    expect([...files.keys()].filter((path) => !path.endsWith('.tsr')).sort()).toEqual(
      [...draft.keys()].filter((path) => !path.endsWith('.tsr')).sort(),
    );
    expect(files.size).toBeLessThanOrEqual(15);
    for (const path of ['data/answers.csv', 'data/metrics.csv'])
      expect(files.get(path)!.equals(draft.get(path)!), path).toBe(true);
    expect(files.get('bag-info.txt')!.toString()).toContain(
      `\nReleased-Draft: ${digest(draft.get('tagmanifest-sha256.txt')!)}\n`,
    );
    expect((await verifyPacket(demo().packet('insurer'), await trust())).verdict).toBe('verified');
  });

  test('is written again from the twin of its draft', async () => {
    const report = await verifyWithTwin(made.insurer!, demo().packet('insurer-private'), await trust());
    expect(failures(report)).toEqual([]);
    expect(report.checks.map(({ id }) => id)).toContain('twin');
  });

  test.each(['insurer', 'whole'] as const)('%s passes its own VERIFY.md, which says so', async (key) => {
    expect(await runVerifyMd(made[key]!, join(demo().dir, 'trust'), demo().dir)).toEqual([
      'not stamped: nobody else says when this packet was made',
      'released by a named officer of the company: see the sign-off sheet',
    ]);
  });

  test('names nobody in the ledger', async () => {
    const ledger = await readFile(join(demo().dir, 'vault/ledger/ledger.jsonl'), 'utf8');
    expect(ledger).toContain('"type":"release"');
    expect(ledger).not.toContain('Officer');
  });

  test('is not released again, nor a twin that stays home', async () => {
    expect(await release(made.insurer!)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('name its draft') as string,
    });
    expect(await release(demo().packet('insurer-private'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('stays with the company') as string,
    });
  });
});

describe('nothing is released', () => {
  test('before each answer with limits is accepted, and what is open left open', async () => {
    const { sign, flags } = await accepting('insurer');
    expect(sign.accept.length).toBeGreaterThanOrEqual(1);
    expect(sign.open.length).toBeGreaterThan(1);
    const without = await release(demo().packet('insurer'), '--leave-open', ...flags.slice(2, -1));
    expect(without).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`wait for initials: ${sign.accept[0]!.question};`) as string,
    });
    expect(await release(demo().packet('insurer'), ...flags.slice(0, -1))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${sign.open.length} questions are not answered`) as string,
    });
  });

  test('by nobody', async () => {
    const nobody = await exhibit(['release', demo().packet('insurer'), '--config', demo().config]);
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('--by NAME') as string });
  });

  test('by a sheet that nobody filled in', async () => {
    const sheet = join(demo().dir, 'sheet.yaml');
    const wrote = await exhibit([
      'release',
      demo().packet('insurer'),
      '--sheet',
      sheet,
      '--config',
      demo().config,
    ]);
    expect(wrote.code).toBe(0);
    const text = await readFile(sheet, 'utf8');
    expect(text).toMatch(/^ *initials: *$/m);
    expect(text).not.toMatch(/^ *(initials|provider|leaveOpen): *\S/m);
    expect((await release(demo().packet('insurer'), '--signed', sheet)).code).toBe(2);
    const filled = text
      .replaceAll(/initials: *$/gm, 'initials: OO')
      .replace(/leaveOpen: *$/m, 'leaveOpen: yes');
    await writeFile(sheet, filled);
    const out = join(demo().dir, 'by-sheet.zip');
    expect(await release(demo().packet('insurer'), '--signed', sheet, '--out', out)).toMatchObject({
      code: 0,
    });
    expect((await verdict(out)).failed).toEqual([]);
  });

  test('that was changed, or that this vault did not make', async () => {
    const files = await filesOf(demo().packet('insurer'));
    edit(files, /answers\.csv$/, 'yes', 'no');
    const own = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
    expect(await release(own, '--leave-open')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not made from this vault') as string,
    });
  });

  test('before counsel agrees, where counsel has to', async () => {
    const config = join(demo().dir, 'with-counsel.yaml');
    const text = await readFile(demo().config, 'utf8');
    await writeFile(config, `${text}\nrelease: { steps: [counsel] }\n`);
    const { flags } = await accepting('insurer');
    const out = join(demo().dir, 'with-counsel.zip');
    const officer = ['release', demo().packet('insurer'), ...who, ...flags, '--out', out, '--config', config];
    expect(await exhibit(officer)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('counsel has to agree') as string,
    });
    const counsel = ['--by', 'Cora Counsel', '--role', 'General Counsel', '--as', 'counsel'];
    expect((await exhibit(['release', demo().packet('insurer'), ...counsel, '--config', config])).code).toBe(
      0,
    );
    expect(await exhibit(officer)).toMatchObject({ code: 0 });
    expect((await verdict(out)).failed).toEqual([]);
    expect((await filesOf(out)).get('00_START_HERE.html')!.toString()).toContain('Cora Counsel');
  });
});

describe('what was not released does not pass for it', () => {
  const forge = async (of: string, change: (files: Files) => void | Promise<void>) => {
    const files = await filesOf(of);
    await change(files);
    return packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
  };
  const released = (files: Files) => edit(files, /bag-info/, ', draft\n', ', released\n');
  const ways: readonly (readonly [string, () => Promise<string>, string])[] = [
    ['a draft that calls itself released', () => forge(demo().packet('insurer'), released), 'FAILED'],
    [
      'a draft without DRAFT on its page',
      () => forge(demo().packet('insurer'), (files) => edit(files, /START_HERE\.html/, 'DRAFT', 'FINAL')),
      'a draft: no named officer of the company released it',
    ],
    [
      'a draft under the release of another',
      () =>
        forge(demo().packet('insurer'), async (files) => {
          released(files);
          const other = await filesOf(made.insurer!);
          files.set('data/inclusion.json', other.get('data/inclusion.json')!);
        }),
      'FAILED: other files than these were released',
    ],
    [
      'other answers than were released',
      () =>
        forge(made.insurer!, (files) => edit(files, /data\/answers\.csv$/, 'supported-no', 'supported-yes')),
      'FAILED: other files than these were released',
    ],
    [
      'a release that the ledger does not hold',
      () =>
        forge(made.insurer!, (files) => {
          edit(files, /data\/answers\.csv$/, 'supported-no', 'supported-yes');
          const sums = [...files].flatMap(([path, bytes]) =>
            /^(manifest|tagmanifest)-sha256/.test(path) ? [] : [[path, digest(bytes)] as const],
          );
          edit(
            files,
            /inclusion/,
            /\\"contents\\":\\"[0-9a-f]{64}/g,
            `\\"contents\\":\\"${contentsOf(sums)}`,
          );
        }),
      'FAILED: the ledger does not hold its release',
    ],
    [
      'a name that nobody stated',
      () => forge(made.insurer!, (files) => edit(files, /inclusion/, 'Olga Officer', 'Otto Officer')),
      '',
    ],
    [
      'a whole packet that calls itself released',
      () => forge(demo().packet('soc2-type1'), released),
      'FAILED',
    ],
  ];
  test.each(ways)('%s', async (_, forged, told) => {
    const path = await forged();
    const { said, failed } = await verdict(path);
    expect([said, failed.map(({ id }) => id)]).toEqual([
      'failed',
      expect.arrayContaining(['release']) as unknown,
    ]);
    if (told === '') return;
    const lines = await runVerifyMd(path, join(demo().dir, 'trust'), demo().dir, 'all');
    expect(
      lines.some((line) => line.startsWith(told)),
      lines.join('\n'),
    ).toBe(true);
  });

  test('an officer who stands up for less than it says', () => {
    const sign: ToSign = {
      accept: [{ question: 'A', about: '', finding: 'qualified' }],
      open: ['B'],
      measured: [],
    };
    const officer = {
      ...{ as: 'officer', steps: [], left: ['B'], measured: [] },
      accepted: [{ question: 'A', finding: 'qualified', initials: 'OO' }],
    } as unknown as Statement;
    const of = (...statements: Statement[]) =>
      unsigned(sign, { draft: { id: digest('a'), tagmanifest: digest('b') }, statements });
    expect(of(officer)).toBeNull();
    expect(of()).toMatch(/no officer/);
    expect(of({ ...officer, accepted: [] })).toMatch(/accepted/);
    expect(of({ ...officer, left: [] })).toMatch(/left open/);
    expect(of({ ...officer, steps: ['counsel'] })).toMatch(/counsel is missing/);
  });
});

test('packets that were released are listed', async () => {
  const { stdout, code } = await exhibit(['show', 'releases', '--json', '--config', demo().config]);
  expect(code).toBe(0);
  const { releases } = JSON.parse(stdout) as {
    releases: { profile: string; by: string; reviewNeeded: string[] }[];
  };
  expect(releases.map(({ profile }) => profile)).toContain('soc2-type1');
  expect(releases[0]).toMatchObject({ by: 'Olga Officer', reviewNeeded: [] });
  expect((await readdir(join(demo().dir, 'packets'))).length).toBeGreaterThan(0);
});

test('an answer that is no longer true waits for a review, until somebody decided about it', async () => {
  const { dir, config } = demo();
  // As if it had been true when the board's packet was released as a whole one: nothing was accepted as contradicted.
  const packet = demo().packet('board');
  const judgement = await judge(await openArchive(join(dir, 'vault')));
  const contradicted = toSign({ judgement, profile: 'soc2-type1' }).accept.filter(
    ({ finding }) => finding === 'contradicted',
  );
  expect(contradicted.length).toBeGreaterThan(0);
  const tagmanifest = digest((await filesOf(packet)).get('tagmanifest-sha256.txt')!);
  const keys = await loadKeys(join(dir, 'keys'));
  const vault = await openVault({ dir: join(dir, 'vault'), keys, now: () => new Date(), randomBytes });
  const text = statementText({
    ...{ v: 1, as: 'officer', actor: await vault.aliasOf('actor', 'Olga Officer'), name: 'Olga Officer' },
    ...{ role: 'Chief Finance Officer', at: new Date().toISOString(), plan: judgement.planDigest, steps: [] },
    draft: { packet: digest('packet'), profile: 'soc2-type1', asOf: judgement.asOf, tagmanifest },
    ...{ provider: 'not said', accepted: [], left: [], measured: [], salt: '00' },
  });
  await vault.append({
    ...{ type: 'release', packet: digest('packet'), profile: 'soc2-type1', tagmanifest, as: 'officer' },
    actor: await vault.aliasOf('actor', 'Olga Officer'),
    statement: await vault.put(Buffer.from(text)),
    contents: digest('contents'),
  });
  await vault.close();

  const shown = async () => {
    const { stdout } = await exhibit(['show', 'releases', '--json', '--config', config]);
    const { releases } = JSON.parse(stdout) as { releases: { draft: string; reviewNeeded: string[] }[] };
    return releases.find((each) => each.draft === tagmanifest);
  };
  const ids = contradicted.map(({ question }) => question);
  expect((await shown())?.reviewNeeded).toEqual(ids);
  const decided = await release(packet, '--reviewed', 'The insurer was told');
  expect(decided).toMatchObject({ code: 0, stdout: expect.stringContaining(ids.join(', ')) as string });
  expect(await shown()).toMatchObject({
    reviewNeeded: [],
    contradicted: ids.map((question) => ({ question })),
    decisions: [{ by: 'Olga Officer', decided: 'The insurer was told', questions: ids }],
  });
  expect(await release(packet, '--reviewed', 'Again')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('needs a review') as string,
  });
  expect((await exhibit(['verify', join(dir, 'vault'), '--trust', join(dir, 'trust')])).code).not.toBe(4);
}, 120_000);
