import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { controls } from '../../controls/index.ts';
import { digest } from '../../evidence-model/digest.ts';
import { readSnapshot } from '../../evidence-model/read-snapshot.ts';
import { profiles } from '../../exports/profiles.ts';
import { legible } from '../../exports/documents/legible.ts';
import { readTrust, type Trust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { createKeys } from '../../vault/keys.ts';
import { sheetsOf } from './documents/read-xlsx.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { runVerifyMd } from '../support/verify-md.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';

const demo = demoFolder();
const trust = (): Promise<Trust> => readTrust(join(demo().dir, 'trust'));

const packed = (files: Files) => packedIn(demo().dir, files);
const resigned = (files: Files, keys = join(demo().dir, 'keys')) => resignedWith(files, keys);

describe('a packet', () => {
  test.each(['soc2-type1', 'insurer', 'insurer-private'] as const)('%s verifies', async (profile) => {
    const report = await verifyPacket(demo().packet(profile), await trust());
    expect(report).toMatchObject({ verdict: 'verified', rulesChanged: [] });
    expect((await verifyPacket(demo().packet(profile), null)).verdict).toBe('author-not-established');
  });

  test('derives every record and every verdict again', async () => {
    const { checks } = await verifyPacket(demo().packet('soc2-type1'), await trust());
    const text = (id: string) => checks.find((check) => check.id === id)?.text ?? '';
    expect(text('records')).toMatch(/^\d{3,} records derived again from \d{2,} answers, all equal$/);
    expect(text('results')).toMatch(/^\d{3,} verdicts of \d{2,} controls judged again, all equal$/);
    expect(text('results')).toContain(` of ${controls.length} controls `);
    expect(text('files')).toMatch(/all equal$/);
  });

  test.each([...profiles, 'insurer-private'] as const)(
    '%s passes the commands of its VERIFY.md, copied out and run in a bare shell',
    async (profile) => {
      execFileSync('unzip', ['-t', '-q', demo().packet(profile)]);
      expect(await runVerifyMd(demo().packet(profile), join(demo().dir, 'trust'), demo().dir)).toEqual([
        expect.stringMatching(/^stamped by demo: it was there at /),
      ]);
    },
  );

  test('is the same bytes when it is built again, also in another time zone', async () => {
    const out = join(demo().dir, 'again.zip');
    const built = await exhibit(['packet', 'soc2-type1', '--config', demo().config, '--out', out], {
      TZ: 'Pacific/Chatham',
    });
    expect(built.code).toBe(0);
    expect(digest(await readFile(out))).toBe(digest(await readFile(demo().packet('soc2-type1'))));
  });

  test('has a row for each thing that was read, of every kind', async () => {
    const files = await filesOf(demo().packet('soc2-type1'));
    const empty: string[] = [];
    for (const [path, bytes] of files) {
      const [, kind] = /^data\/populations\/(.*)\.meta\.json$/.exec(path) ?? [];
      if (kind === undefined) continue;
      const meta = JSON.parse(bytes.toString()) as {
        rows: number;
        completeness: { complete: boolean };
        limits: string[];
        readings: { snapshot: string; outcome: string; readBy: string[] }[];
      };
      const { readings } = meta;
      const things = readings.flatMap(({ snapshot }) => {
        const read = readSnapshot(files.get(`data/evidence/${snapshot}.ndjson`)!);
        return [...read.records()]
          .filter((record) => record.kind === kind)
          .map(({ data }) => JSON.stringify([read.header.source, data.id]));
      });
      const table = parse(files.get(`data/populations/${kind}.csv`)!.toString());
      if (things.length === 0) empty.push(kind);
      expect(table.length - 1, kind).toBe(new Set(things).size);
      expect(meta.rows, kind).toBe(table.length - 1);
      expect(files.get(`data/populations/${kind}.ndjson`)!.toString().split('\n'), kind).toHaveLength(
        table.length,
      );
      const [sheet] = sheetsOf(files.get(`data/populations/${kind}.xlsx`)!);
      expect(sheet!.rows, kind).toHaveLength(table.length);
      // What was not wholly read is never called whole, and what kept it from that is told.
      const short = readings.filter(({ outcome }) => outcome !== 'complete');
      if (short.length > 0) expect(meta.limits.length, kind).toBeGreaterThan(0);
      if (kind !== 'account') continue;
      expect(meta.completeness.complete).toBe(false);
      const readBy = new Set(readings.flatMap((reading) => reading.readBy));
      expect([...readBy].map((each) => each.split(' ')[0]).sort()).toEqual([
        'app',
        'program',
        'role',
        'role',
        'user',
      ]);
    }
    // The company synchronises no directory, lets nobody else sign its people in, and nobody joins a group for a time.
    expect(empty.sort()).toEqual(['directory-synchronization', 'federation', 'group-schedule']);
  });

  test('holds no script from anywhere, and its start page is inert under hostile names', async () => {
    const page = (await filesOf(demo().packet('soc2-type1'))).get('00_START_HERE.html')!.toString();
    expect(page).not.toMatch(/<script|src=|@import|https?:/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('DRAFT');
  });

  test('for an insurer names nobody', async () => {
    const files = await filesOf(demo().packet('insurer'));
    const all = [...files].map(([name, bytes]) => `${name}\n${legible(name, bytes)}`).join('\n');
    const twin = await filesOf(demo().packet('insurer-private'));
    const results = JSON.parse(twin.get('data/results/results.json')!.toString()) as {
      results: { verdicts: { subject: string; name: string | null; source: string }[] }[];
    };
    const people = results.results.flatMap(({ verdicts }) =>
      verdicts
        .filter(({ source }) => source !== 'exhibit')
        .flatMap(({ subject, name }) => [subject, name ?? subject]),
    );
    expect(people.length).toBeGreaterThan(100);
    // A thing that is called by a word of the language, such as a group «default», is not known by that.
    const identifiers = new Set(people.filter((each) => !/^[a-z]{1,12}$/.test(each)));
    const told = new Set(all.split(/[^\p{L}\p{N}._/:@-]+/u));
    expect([...identifiers.intersection(told)]).toEqual([]);
    expect(files.size).toBeLessThanOrEqual(15);
    expect(all).not.toMatch(/@example|arn:aws|127\.0\.0\.1/);
  });

  test('for an insurer is sealed to its twin', async () => {
    const files = await filesOf(demo().packet('insurer'));
    const twin = await filesOf(demo().packet('insurer-private'));
    expect(files.get('bag-info.txt')!.toString()).toContain(
      `\nSealed-Twin: ${digest(twin.get('tagmanifest-sha256.txt')!)}\n`,
    );
  });
});

describe('tampering is refused', () => {
  const ways: readonly (readonly [string, string, (files: Files) => unknown])[] = [
    [
      'a byte of an answer is changed',
      'bag',
      (files) => edit(files, /evidence.*json$/, '"login"', '"l0gin"'),
    ],
    ['a file is deleted', 'bag', (files) => files.delete('data/coverage.csv')],
    ['a file is added', 'bag', (files) => files.set('data/extra.csv', Buffer.from('x'))],
    ['the verdict in a table is changed', 'bag', (files) => edit(files, /results\.csv$/, ',fail,', ',pass,')],
    ['VERIFY.md is changed', 'bag', (files) => edit(files, /VERIFY\.md/, 'exhibit-trust', 'exhibit-truth')],
    ['the signature is missing', 'signature', (files) => files.delete('tagmanifest-sha256.txt.sig')],
    [
      'an outsider re-hashes everything',
      'signature',
      async (files) => {
        edit(files, /results\.csv$/, ',fail,', ',pass,');
        const signature = files.get('tagmanifest-sha256.txt.sig')!;
        await resigned(files);
        files.set('tagmanifest-sha256.txt.sig', signature);
      },
    ],
    [
      'an outsider signs with a key of his own',
      'signature',
      async (files) => {
        const own = join(demo().dir, 'own');
        await createKeys(own, 'exhibit-own');
        await resigned(files, own);
      },
    ],
    [
      'an insider changes a table',
      'files',
      async (files) => {
        edit(files, /verdicts\.csv$/, ',fail,', ',pass,');
        await resigned(files);
      },
    ],
    [
      'an insider changes the start page',
      'files',
      async (files) => {
        edit(files, /START_HERE/, 'DRAFT', 'FINAL');
        await resigned(files);
      },
    ],
    [
      'an insider changes a page to print',
      'files',
      async (files) => {
        const page = files.get('00_START_HERE.pdf')!.toString('latin1');
        files.set(
          '00_START_HERE.pdf',
          Buffer.from(page.replace('/DisplayDocTitle true', '/DisplayDocTitle fals'), 'latin1'),
        );
        await resigned(files);
      },
    ],
    [
      'an insider changes a sheet',
      'files',
      async (files) => {
        const sheet = files.get('data/results/verdicts.xlsx')!;
        files.set('data/results/verdicts.xlsx', Buffer.concat([sheet, Buffer.from('x')]));
        await resigned(files);
      },
    ],
    [
      'an insider changes a verdict',
      'results',
      async (files) => {
        edit(files, /results\.json$/, '"status":"fail"', '"status":"pass"');
        await resigned(files);
      },
    ],
    [
      'an insider changes an answer',
      'bag',
      async (files) => {
        edit(
          files,
          /evidence.*json$/,
          '"two_factor_requirement_enabled":false',
          '"two_factor_requirement_enabled":true',
        );
        await resigned(files);
      },
    ],
    [
      'an insider cuts a line from the ledger',
      'ledger',
      async (files) => {
        edit(files, /ledger\.jsonl$/, /^.*"type":"slot.close".*\n/m, '');
        await resigned(files);
      },
    ],
    [
      'an insider turns a partial run into a good one',
      'ledger',
      async (files) => {
        edit(files, /ledger\.jsonl$/, '"status":"partial"', '"status":"ok"');
        await resigned(files);
      },
    ],
    [
      'an insider edits the manifest of a run',
      'runs',
      async (files) => {
        edit(files, /runs\/.*\.json$/, '"outcome": "partial"', '"outcome": "complete"');
        await resigned(files);
      },
    ],
  ];

  test.each(ways)('%s: %s', async (_, check, tamper) => {
    const files = await filesOf(demo().packet('soc2-type1'));
    await tamper(files);
    const report = await verifyPacket(await packed(files), await trust());
    expect(report.verdict).toBe('failed');
    if (check !== 'bag' || !/insider/.test(_)) expect(failures(report)).toContain(check);
  });

  test('an insider who makes records say more than the answers do', async () => {
    const files = await filesOf(demo().packet('soc2-type1'));
    const [path, bytes] = [...files].find(
      ([name, content]) => name.endsWith('.ndjson') && content.toString().includes('"mfaRequired":false'),
    )!;
    const forged = Buffer.from(bytes.toString().replace('"mfaRequired":false', '"mfaRequired":true'));
    const [before, after] = [digest(bytes), digest(forged)];
    files.delete(path);
    files.set(path.replace(before, after), forged);
    replaceEverywhere(files, before, after);
    const report = await verifyPacket(await packed(await resigned(files)), await trust());
    expect(report.verdict).toBe('failed');
    expect(failures(report)).toContain('runs');
  });

  test.each([
    ['bytes before the first entry', (zip: Buffer) => Buffer.concat([Buffer.from('x'), zip])],
    ['bytes behind the end', (zip: Buffer) => Buffer.concat([zip, Buffer.from('x')])],
    [
      'a comment',
      (zip: Buffer) => {
        const copy = Buffer.concat([zip, Buffer.from('x')]);
        copy.writeUInt16LE(1, copy.length - 3);
        return copy;
      },
    ],
    ['a cut', (zip: Buffer) => zip.subarray(0, zip.length - 100)],
    [
      'a name of its own in a local header',
      (zip: Buffer) => {
        const copy = Buffer.from(zip);
        copy.write('9', 30);
        return copy;
      },
    ],
    [
      'another date',
      (zip: Buffer) => {
        const copy = Buffer.from(zip);
        copy.writeUInt16LE(copy.readUInt16LE(10) ^ 1, 10);
        return copy;
      },
    ],
  ])('%s in the zip', async (name, change) => {
    const path = join(demo().dir, `zip-${name.replaceAll(' ', '-')}.zip`);
    await writeFile(path, change(await readFile(demo().packet('soc2-type1'))));
    expect((await verifyPacket(path, await trust())).verdict).toBe('failed');
  });

  test('random changes of single bytes are refused, or change nothing that a reader could see', async () => {
    const zip = await readFile(demo().packet('insurer'));
    const path = join(demo().dir, 'random.zip');
    const passed: number[] = [];
    const before = await filesOf(demo().packet('insurer'));
    const known = await trust();
    for (let n = 0; n < 120; n += 1) {
      const at = Math.floor((n * zip.length) / 120);
      const copy = Buffer.from(zip);
      copy[at] = copy[at]! ^ (1 << (n % 8));
      await writeFile(path, copy);
      if ((await verifyPacket(path, known)).verdict === 'failed') continue;
      // Deflate can say one thing in several ways; test/hostile/tamper.test.ts has more of it.
      const same = [...(await filesOf(path))].every(([name, bytes]) => before.get(name)?.equals(bytes));
      if (!same) passed.push(at);
    }
    expect(passed).toEqual([]);
  });
});

describe('what the command line says of a packet', () => {
  test(
    '0 where it verifies, 3 without anchors, 4 where it does not, 2 for a wrong name',
    { timeout: 120_000 },
    async () => {
      const packet = demo().packet('soc2-type1');
      const anchors = join(demo().dir, 'trust');
      expect((await exhibit(['verify', packet, '--trust', anchors])).code).toBe(0);
      const without = await exhibit(['verify', packet]);
      expect(without).toMatchObject({ code: 3 });
      expect(without.stdout).toMatch(/author not established/i);
      const files = await filesOf(packet);
      edit(files, /results\.csv$/, ',fail,', ',pass,');
      expect((await exhibit(['verify', await packed(files), '--trust', anchors])).code).toBe(4);
      expect((await exhibit(['verify', join(demo().dir, 'nothing.zip'), '--trust', anchors])).code).toBe(2);
      expect((await exhibit(['verify', packet, '--trust', demo().dir])).code).toBe(2);
      expect((await exhibit(['verify', join(demo().dir, 'vault'), '--trust', anchors])).code).toBe(0);
    },
  );
});

function replaceEverywhere(files: Files, before: string, after: string): void {
  for (const [name, bytes] of files)
    if (/^data\/runs\//.test(name)) files.set(name, Buffer.from(bytes.toString().replaceAll(before, after)));
}
