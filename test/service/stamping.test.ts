import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { foundAuthority } from '../../demo/time-stamps/authority.ts';
import { startOpensslAuthority } from '../support/openssl-authority.ts';
import { edit, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';
import { runVerifyMd } from '../support/verify-md.ts';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit } from './support.ts';

/* From the configuration to a packet that somebody checks with openssl; the authority is openssl, too. */
let server: Awaited<ReturnType<typeof startPlain>>;
let authority: Awaited<ReturnType<typeof startOpensslAuthority>>;
let dir: string;

beforeEach(async () => {
  server = await startPlain();
  authority = await startOpensslAuthority();
  dir = await configured(
    server.url,
    `timeStamps: [{ id: house, url: '${authority.url}', roots: house.pem }]\n`,
  );
  await writeFile(join(dir, 'house.pem'), authority.roots);
});
afterEach(async () => {
  await authority.close();
  server.close();
});

async function packet(profile = 'soc2-type1', to = 'packets'): Promise<string> {
  const { code, stdout, stderr } = await exhibit(dir, ['packet', profile, '--json', '--out', join(dir, to)]);
  expect([code, stderr.includes('not stamped')]).toEqual([0, false]);
  return (JSON.parse(stdout) as { path: string }).path;
}

interface Said {
  verdict: string;
  checks: { id: string; ok: boolean; text: string }[];
  untimed: string[];
}

async function verify(
  path: string,
  ...more: string[]
): Promise<Said & { code: number; text: (id: string) => string }> {
  const { code, stdout } = await exhibit(dir, ['verify', path, ...more, '--json']);
  const said = JSON.parse(stdout) as Said;
  return { code, ...said, text: (id) => said.checks.find((check) => check.id === id)?.text ?? '' };
}

const trusted = ['--trust', 'trust'];

describe('a vault and a packet that are stamped', () => {
  test('say by whom and between which times, to us and to stock tools', async () => {
    expect((await exhibit(dir, ['collect'])).stderr).toMatch(/^stamped by house at 20\d\d-.*Z$/m);
    const vault = await verify('vault', ...trusted);
    expect([vault.code, vault.untimed]).toEqual([0, []]);
    expect(vault.text('stamps')).toMatch(
      /^stamped when opened and when closed: 1 of 1 slot, by house \(OpenSSL Time Stamps\), between 20\S+Z and 20\S+Z$/,
    );
    const path = await packet();
    const report = await verify(path, ...trusted);
    expect([report.code, report.verdict]).toEqual([0, 'verified']);
    expect(report.text('stamp')).toMatch(
      /^stamped by house \(OpenSSL Time Stamps\): it was there at 20\S+Z$/,
    );
    expect(await runVerifyMd(path, join(dir, 'trust'), dir)).toEqual([
      expect.stringMatching(/^stamped by house: it was there at [A-Z][a-z]{2} .* GMT$/),
    ]);
    const table = (await filesOf(path)).get('data/stamps.csv')!.toString();
    expect(table).toMatch(
      /\r\n20\d{6}T\d{6}Z-m1,stamped,20\S+Z,\d,OpenSSL Time Stamps,stamped,20\S+Z,\d,OpenSSL/,
    );
    const { stdout } = await exhibit(dir, ['show', 'stamps', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      slots: [{ opened: { inTime: true }, closed: { authority: 'house' } }],
    });
  });

  test('are the same bytes when they are built again, with the stamp that was kept', async () => {
    await exhibit(dir, ['collect']);
    const [first, twin] = [await packet('soc2-type1'), await packet('insurer')];
    const asked = authority.server.log.length;
    const again = [await packet('soc2-type1', 'again'), await packet('insurer', 'again')];
    expect(authority.server.log).toHaveLength(asked);
    for (const [n, path] of [first, twin].entries())
      expect(digest(await readFile(again[n]!))).toBe(digest(await readFile(path)));
  });

  test('say so of an insurer, in a packet of no more than fifteen files', async () => {
    await exhibit(dir, ['collect']);
    const path = await packet('insurer');
    const files = await filesOf(path);
    expect([...files.keys()].filter((name) => name.endsWith('.tsr'))).toEqual([
      'tagmanifest-sha256.txt.house.tsr',
    ]);
    expect(files.size).toBeLessThanOrEqual(15);
    expect((await verify(path, ...trusted)).code).toBe(0);
    expect(await runVerifyMd(path, join(dir, 'trust'), dir)).toHaveLength(1);
  });

  test('are incomplete for whoever does not have the certificates of the authority', async () => {
    await exhibit(dir, ['collect']);
    const paths = ['vault', await packet(), await packet('insurer')];
    await rm(join(dir, 'trust/tsa'), { recursive: true });
    for (const path of paths) {
      const { code, verdict, untimed } = await verify(path, ...trusted);
      expect([code, verdict]).toEqual([3, 'incomplete']);
      expect(untimed.join()).toMatch(/certificates are not among those that you gave/);
    }
  });
});

describe('without an answer of the authority', () => {
  test('a vault collects and packs, says that nothing is stamped, and is incomplete', async () => {
    authority.server.faults.add({ fault: { kind: 'answer', status: 503 } });
    const collected = await exhibit(dir, ['collect']);
    expect(collected.code).toBe(0);
    expect(collected.stderr).toContain('not stamped by house: it answered with 503\n');
    const { code, stdout } = await exhibit(dir, ['packet', 'soc2-type1', '--json']);
    expect(code).toBe(0);
    const { path } = JSON.parse(stdout) as { path: string };
    for (const each of ['vault', path]) {
      const report = await verify(each, ...trusted);
      expect([report.code, report.verdict]).toEqual([3, 'incomplete']);
      expect(report.text('stamps')).toBe('not stamped: nobody else says when any slot was opened or closed');
      expect(report.untimed[0]).toBe('when slots were opened and closed: of 1 slot none is stamped');
    }
    expect(await runVerifyMd(path, join(dir, 'trust'), dir)).toEqual([
      'not stamped: nobody else says when this packet was made',
      'not stamped: nobody else says when any slot was opened or closed',
      expect.stringMatching(/^not stamped: line \d+$/),
      expect.stringMatching(/^not stamped: line \d+$/),
    ]);
    expect((await exhibit(dir, ['show', 'stamps'])).stdout).toMatch(/not stamped +not stamped/);
    expect((await filesOf(path)).get('data/stamps.csv')!.toString()).toContain(
      ',not stamped,,,,not stamped,,,,,',
    );
  });

  test('and without one in the configuration, it is verified and told all the same', async () => {
    dir = await configured(server.url);
    await exhibit(dir, ['collect']);
    for (const each of ['vault', await packet()]) {
      const report = await verify(each, ...trusted);
      expect([report.code, report.untimed]).toEqual([0, []]);
      expect(report.text('stamps')).toMatch(/^not stamped: /);
    }
  });
});

describe('of a packet is refused', () => {
  const own = 'tagmanifest-sha256.txt.house.tsr';
  const ways: readonly (readonly [string, string, (files: Files, other: Files) => unknown])[] = [
    ['a stamp of another packet', 'stamp', (files, other) => files.set(own, other.get(own)!)],
    ['a stamp of nobody', 'stamp', (files) => files.set('tagmanifest-sha256.txt.other.tsr', files.get(own)!)],
    ['bytes in the place of a stamp', 'stamp', (files) => files.set(own, Buffer.from('hidden'))],
    [
      'a stamp that is listed',
      'bag',
      (files) => {
        const list = files.get('tagmanifest-sha256.txt')!.toString();
        files.set('tagmanifest-sha256.txt', Buffer.from(`${list}${digest(files.get(own)!)}  ${own}\n`));
      },
    ],
    [
      'a stamp of a slot that is another',
      'bag',
      (files) =>
        files.set(
          [...files.keys()].find((each) => /^ledger.*\.tsr$/.test(each))!,
          files.get(own)!,
        ),
    ],
    ['a root that is another', 'bag', (files) => edit(files, /^tsa\//, 'CERT', 'CARD')],
  ];
  test('whatever was changed in it', async () => {
    await exhibit(dir, ['collect']);
    const path = await packet();
    const other = await filesOf(await packet('insurer'));
    for (const [what, check, how] of ways) {
      const files = await filesOf(path);
      how(files, other);
      const report = await verify(await packedIn(dir, files), ...trusted);
      expect(report.code, what).toBe(4);
      expect(
        report.checks.filter(({ ok }) => !ok).map(({ id }) => id),
        what,
      ).toContain(check);
    }
  });

  test('by whoever can sign packets: a stamp that is left out, another one, roots of their own', async () => {
    await exhibit(dir, ['collect']);
    await exhibit(dir, ['collect']);
    const path = await packet();
    const stamps = [...(await filesOf(path)).keys()].filter((each) => /^ledger.*\.tsr$/.test(each));
    const insiders: readonly ((files: Files) => unknown)[] = [
      // The closing of the first slot: the second names it.
      (files) => files.delete(stamps[2]!),
      (files) => files.set(stamps[1]!, files.get(stamps[2]!)!),
      (files) =>
        files.set(stamps[2]!.replace(/\.house\.tsr/, '').replace(/\d+/, '00000003'), Buffer.from('x')),
      (files) => files.set('tsa/house.pem', Buffer.from(foundAuthority(new Date()).root.pem)),
      (files) => files.set('tsa/other.pem', files.get('tsa/house.pem')!),
    ];
    for (const how of insiders) {
      const files = await filesOf(path);
      how(files);
      files.delete(own);
      const report = await verify(
        await packedIn(dir, await resignedWith(files, join(dir, 'keys'))),
        ...trusted,
      );
      expect(report.checks.filter(({ ok }) => !ok).map(({ id }) => id)).toContain('stamps');
    }
  });
});

test('doctor tries whoever stamps, and tells how far the clocks are apart', async () => {
  const well = await exhibit(dir, ['doctor']);
  expect(well.stdout).toMatch(
    /^time stamps of house +well +it stamps, and its clock and that of .* are \d s apart/m,
  );
  const hourMs = 3_600_000;
  const off = await exhibit(dir, ['doctor', '--json'], { now: () => new Date(Date.now() + hourMs) });
  const { checks } = JSON.parse(off.stdout) as { checks: unknown[] };
  expect(checks).toContainEqual({
    what: 'time stamps of house',
    ok: false,
    text: expect.stringMatching(/ are 3[56]\d\d s apart$/) as string,
  });
});

test('a clock that is wrong reads nothing', async () => {
  const dayMs = 86_400_000;
  const { code, stderr } = await exhibit(dir, ['collect'], { now: () => new Date(Date.now() - dayMs) });
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /the clock of this machine is 86\d\d\d seconds behind that of the time-stamp authority/,
  );
  expect(server.asked).toEqual([]);
});

test('roots that cannot be read, or hold none, are the operator’s to mend', async () => {
  await cp(join(dir, 'house.pem'), join(dir, 'kept.pem'));
  await writeFile(join(dir, 'house.pem'), 'no certificate');
  const none = await exhibit(dir, ['collect']);
  expect([none.code, none.stderr]).toEqual([
    2,
    expect.stringMatching(/house\.pem holds no root certificate in PEM/),
  ]);
  await rm(join(dir, 'house.pem'));
  const gone = await exhibit(dir, ['collect']);
  expect([gone.code, gone.stderr]).toEqual([
    2,
    expect.stringMatching(/of the time-stamp authority house cannot be read/),
  ]);
});
