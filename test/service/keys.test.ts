import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startOpensslAuthority } from '../support/openssl-authority.ts';
import { runVerifyMd } from '../support/verify-md.ts';
import { startPlain } from '../scheduler/support.ts';
import { configured, exhibit } from './support.ts';

/* From the keys that init makes to those that replace them, and what recipients hold who were told at different times. */
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

/** Makes the vault; the recovery key is taken out of the folder of the keys, to a paper of its own. */
async function init(): Promise<void> {
  const { code, stdout, stderr } = await exhibit(dir, ['init']);
  expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('keys/recovery.pem: take it off')]);
  expect(stdout + stderr).not.toContain('PRIVATE KEY');
  await rename(join(dir, 'keys/recovery.pem'), join(dir, 'paper'));
}

async function well(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await exhibit(dir, args);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return stdout;
}

async function packet(profile = 'soc2-type1', to = 'packets'): Promise<string> {
  const stdout = await well('packet', profile, '--json', '--out', join(dir, to));
  return (JSON.parse(stdout) as { path: string }).path;
}

/** What is handed over to a recipient now: the one text, kept under this name. */
async function handOver(name: string): Promise<string> {
  await writeFile(join(dir, name), await well('trust'));
  return name;
}

async function verify(path: string, trust: string) {
  const { code, stdout } = await exhibit(dir, ['verify', path, '--trust', trust, '--json']);
  const report = JSON.parse(stdout) as {
    checks: { id: string; ok: boolean; text: string }[];
    untimed: string[];
  };
  const failed = report.checks.filter(({ ok }) => !ok);
  return {
    code,
    failed: failed.map(({ id }) => id),
    said: [...failed.map(({ text }) => text), ...report.untimed],
  };
}
const verified = { code: 0, failed: [], said: [] };

/** Runs the packet's VERIFY.md with the folder that the text says how to make. */
async function byStockTools(path: string, trust: string): Promise<string[]> {
  return runVerifyMd(path, await folderOf(trust), dir);
}

/** Makes the folder of a text by the command that stands in it. */
async function folderOf(trust: string): Promise<string> {
  const home = join(dir, `home-of-${trust}`);
  await mkdir(home, { recursive: true });
  const text = await readFile(join(dir, trust), 'utf8');
  const commands = text.split('\n').filter((line) => /^ {2}(mkdir|awk) /.test(line));
  expect(commands).toHaveLength(2);
  execFileSync('sh', ['-ec', commands.join('\n').replace('THIS-TEXT', join(dir, trust))], {
    env: { PATH: '/usr/bin:/bin', HOME: home },
  });
  return join(home, 'exhibit-trust');
}

const stamped = [expect.stringMatching(/^stamped by house: it was there at /)];

describe('what is handed over', () => {
  test('is one text, which verify takes and which stock tools make the same folder of', async () => {
    await init();
    await well('collect');
    const text = await handOver('anchors.txt');
    const folder = await folderOf(text);
    const files = async (of: string) =>
      Promise.all(
        (await readdir(of, { recursive: true, withFileTypes: true }))
          .filter((each) => each.isFile())
          .map(({ parentPath, name }) => join(parentPath, name))
          .sort()
          .map(async (path) => [path.slice(of.length), await readFile(path, 'utf8')]),
      );
    expect(await files(folder)).toEqual(await files(join(dir, 'trust')));
    expect((await files(folder)).map(([name]) => name)).toContain('/tsa/house.pem');
    for (const path of ['vault', await packet(), await packet('insurer')])
      for (const trust of [text, 'trust']) expect(await verify(path, trust)).toEqual(verified);
    const said = await readFile(join(dir, text), 'utf8');
    const line = execFileSync('ssh-keygen', ['-lf', '-'], {
      input: (await readFile(join(folder, 'allowed_signers'), 'utf8')).replace(/^\S+ \S+ /, ''),
    }).toString();
    expect(said).toContain(line.split(' ')[1]);
    expect(said).not.toMatch(/PRIVATE/);
  });

  test('is nothing where the keys are those of another vault', async () => {
    await init();
    await rm(join(dir, 'keys'), { recursive: true });
    await cp(join(dir, 'vault'), join(dir, 'kept'), { recursive: true });
    await rm(join(dir, 'vault'), { recursive: true });
    await init();
    await rm(join(dir, 'vault'), { recursive: true });
    await cp(join(dir, 'kept'), join(dir, 'vault'), { recursive: true });
    const { code, stdout, stderr } = await exhibit(dir, ['trust']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/are not those of the vault in .*, so nothing is handed over/);
  });
});

describe('keys that were replaced', () => {
  test('count for what was stamped before, and not for what nobody saw', async () => {
    await init();
    await well('collect');
    const told = await handOver('before.txt');
    const before = { soc2: await packet(), insurer: await packet('insurer') };
    authority.server.faults.add({ fault: { kind: 'answer', status: 503 } });
    await well('collect');
    const unseen = { soc2: await packet('soc2-type1', 'unseen'), insurer: await packet('insurer', 'unseen') };
    authority.server.faults.clear();
    await pause();
    expect(await well('keys', 'rotate')).toMatch(/^other keys sign from here on/);
    await well('collect');
    const after = await packet('soc2-type1', 'after');
    const now = await handOver('now.txt');

    for (const path of [before.soc2, before.insurer, 'vault', after])
      expect(await verify(path, now), path).toEqual(path === 'vault' || path === after ? late : verified);
    for (const path of [unseen.soc2, unseen.insurer]) {
      const { code, failed, said } = await verify(path, now);
      expect([code, failed, said.join()]).toEqual([
        3,
        [],
        expect.stringMatching(
          /signed by a key that was replaced at 20\S+Z, and nobody whom you know saw it before/,
        ),
      ]);
    }
    const twin = (await readdir(join(dir, 'unseen'))).find((name) => name.includes('_insurer-private_'))!;
    const both = await exhibit(dir, [
      ...['verify', unseen.insurer, '--trust', now, '--json'],
      ...['--against', join(dir, 'unseen', twin)],
    ]);
    expect([both.code, both.stdout]).toEqual([3, expect.stringContaining('"author-not-established"')]);
    // Whoever was told before follows, where there is a ledger to follow.
    expect(await verify(after, told)).toEqual(late);
    expect((await verify(await packet('insurer', 'after'), told)).said.join()).toMatch(
      /not signed by a key that is trusted; where the company changed its keys, ask/,
    );
    expect(await byStockTools(before.soc2, now)).toEqual(stamped);
    expect(await byStockTools(before.insurer, now)).toEqual(stamped);
    expect((await byStockTools(after, now)).filter((line) => /FAILED/.test(line))).toEqual([]);
    expect((await byStockTools(unseen.insurer, now)).join()).toMatch(/FAILED: /);
  });
});

/** One slot was not stamped, and everybody who looks is told. */
const late = {
  code: 3,
  failed: [],
  said: [expect.stringMatching(/^not stamped when they were opened or closed: /)],
};

/** Until the next second: `allowed_signers` says to the second when keys were replaced. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 1_100));

const lost = ['--reason', 'lost'];
const stolen = (since: string) => ['--recovery', 'paper', '--reason', 'stolen', '--since', since];

describe('keys that were stolen', () => {
  test('sign nothing any more that is believed, from when they were called back', async () => {
    await init();
    await well('collect');
    const before = { soc2: await packet(), insurer: await packet('insurer') };
    await pause();
    const since = new Date().toISOString();
    await cp(join(dir, 'vault'), join(dir, 'thief/vault'), { recursive: true });
    await cp(join(dir, 'keys'), join(dir, 'thief/keys'), { recursive: true });
    await cp(join(dir, 'exhibit.yaml'), join(dir, 'thief/exhibit.yaml'));
    await cp(join(dir, 'house.pem'), join(dir, 'thief/house.pem'));
    await cp(join(dir, 'secrets'), join(dir, 'thief/secrets'), { recursive: true });
    expect(await well('keys', 'revoke', ...stolen(since))).toMatch(/^other keys sign/);
    const now = await handOver('now.txt');
    await pause();

    const thief = join(dir, 'thief');
    for (const args of [['collect'], ['packet', 'soc2-type1'], ['packet', 'insurer']])
      expect((await exhibit(thief, args)).code).toBe(0);
    const made = (await readdir(join(thief, 'packets')))
      .filter((name) => name.endsWith('.zip'))
      .map((name) => join(thief, 'packets', name));
    expect(made).toHaveLength(3);
    for (const path of [...made, join(thief, 'vault')]) {
      const { code, failed, said } = await verify(path, now);
      expect([code, failed]).toEqual([4, ['key']]);
      expect(said[0]).toMatch(
        /signed by a key that was called back as of 20\S+Z, and nobody whom you know saw/,
      );
    }
    for (const path of made) expect((await byStockTools(path, now)).join()).toMatch(/FAILED: /);
    // And whoever rotates with them leads nobody astray who was told.
    expect((await exhibit(thief, ['keys', 'rotate'])).code).toBe(0);
    expect((await verify(join(thief, 'vault'), now)).failed).toEqual(['key']);

    for (const path of [before.soc2, before.insurer]) {
      expect(await verify(path, now)).toEqual(verified);
      expect(await byStockTools(path, now)).toEqual(stamped);
    }
    await well('collect');
    expect(await verify('vault', now)).toEqual(verified);
    const after = await packet('soc2-type1', 'after');
    expect(await verify(after, now)).toEqual(verified);
    expect(await well('verify', after, '--trust', now)).toMatch(/ keys: .* called back as stolen, as of 20/);
  });

  test('are called back only with the recovery key, and from a time that has passed', async () => {
    await init();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /needs the recovery key that was made with the vault/],
      [['--recovery', 'paper'], /needs the reason: say --reason stolen or --reason lost/],
      [['--recovery', 'nowhere', ...lost], /recovery key .*nowhere cannot be read/],
      [['--recovery', 'keys/log.pem', ...lost], /is not the recovery key of this vault/],
      [['--recovery', 'paper', ...lost, '--since', '2999-01-01'], /is no time that has passed/],
    ];
    for (const [args, sentence] of wrong) {
      const { code, stderr } = await exhibit(dir, ['keys', 'revoke', ...args]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
    }
    expect((await exhibit(dir, ['keys', 'lose'])).stderr).toMatch(/there are rotate and revoke/);
    await well('collect');
  });

  test('or lost are called back without them', async () => {
    await init();
    await well('collect');
    await rm(join(dir, 'keys'), { recursive: true });
    const { code, stderr } = await exhibit(dir, ['collect']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no keys in .*restore its keys/)]);
    await well('keys', 'revoke', '--recovery', 'paper', ...lost);
    await well('collect');
    expect(await verify('vault', await handOver('now.txt'))).toEqual(verified);
  });
});
