import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { buildVerifier, fileName } from '../../packaging/verifier.ts';
import { handOut } from '../../service/commands/verifier.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { exhibit } from '../service/support.ts';

const run = promisify(execFile);

interface Said {
  readonly verdict: string;
  readonly checks: readonly { readonly id: string; readonly ok: boolean; readonly text: string }[];
}

describe('the verifier in one file', () => {
  const demo = demoFolder();
  let dir: string;
  let alone: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'exhibit-verifier-'));
    alone = join(dir, fileName);
    await buildVerifier(join(dir, 'made'));
    // In a folder where there is nothing else of Exhibit, nor of any package.
    await copyFile(join(dir, 'made', fileName), alone);
  }, 120_000);

  afterAll(() => rm(dir, { recursive: true }));

  /** With no right but to read: it needs no network, writes nothing and starts nothing. */
  async function verify(...args: readonly string[]): Promise<{ code: number; said: string; errors: string }> {
    const flags = ['--permission', '--allow-fs-read=*'];
    return run(process.execPath, [...flags, alone, ...args], { cwd: dir, env: {}, maxBuffer: 1 << 26 }).then(
      ({ stdout, stderr }) => ({ code: 0, said: stdout, errors: stderr }),
      (error: unknown) => {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, said: stdout, errors: stderr };
      },
    );
  }

  test('says of a packet what exhibit verify says, with everything written again', async () => {
    const trust = ['--trust', join(demo().dir, 'trust'), '--json'];
    for (const args of [
      [demo().packet('soc2-type1'), ...trust],
      [demo().packet('insurer'), '--against', demo().packet('insurer-private'), ...trust],
    ]) {
      const [found, known] = [
        await verify(...args),
        await exhibit(dir, ['verify', ...args], { collectors: null }),
      ];
      expect([found.code, found.errors]).toEqual([0, '']);
      expect(JSON.parse(found.said)).toEqual(JSON.parse(known.stdout));
      expect(found.said).toMatch(/\d+ tables and pages written again, all equal/);
    }
  });

  test('derives a vault again', async () => {
    const { code, said } = await verify(
      join(demo().dir, 'vault'),
      '--trust',
      join(demo().dir, 'trust'),
      '--json',
    );
    const { checks, verdict } = JSON.parse(said) as Said;
    expect([code, verdict]).toEqual([0, 'verified']);
    expect(checks.find(({ id }) => id === 'records')?.text).toMatch(/^\d+ records derived again/);
  });

  test('refuses a packet of which one byte is another, and says what a caller did wrongly', async () => {
    const packet = await readFile(demo().packet('soc2-type1'));
    packet[Math.floor(packet.length / 2)]! ^= 1;
    await writeFile(join(dir, 'changed.zip'), packet);
    const changed = await verify('changed.zip', '--trust', join(demo().dir, 'trust'));
    expect([changed.code, changed.said]).toEqual([
      4,
      expect.stringContaining('failed: it is not what it says it is'),
    ]);
    const [nothing, wrong, none] = [await verify('nothing.zip'), await verify('--wrong'), await verify()];
    expect([nothing.code, wrong.code, none.code]).toEqual([2, 2, 2]);
    expect(nothing.errors).toMatch(/^exhibit-verify: there is nothing at/);
    expect(wrong.errors).toContain('usage: ');
  });

  test('is the same from the same sources, and holds the licences of what is in it', async () => {
    const again = await buildVerifier(join(dir, 'again'));
    expect(digest(await readFile(again))).toBe(digest(await readFile(alone)));
    const licences = await readFile(join(dir, 'again', 'exhibit-verify.licences.txt'), 'utf8');
    for (const name of ['zod', 'pdfkit', 'dejavu-fonts-ttf', '@aws-sdk/client-iam'])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  test('is handed out with its digest, and where it was not made, how to make it', async () => {
    const printed: unknown[] = [];
    const context = {
      surroundings: { directory: dir },
      print: (...said: unknown[]) => void printed.push(...said),
    };
    await handOut(context, { out: 'made/..' }, join(dir, 'made'));
    expect(printed[1]).toEqual({ path: alone, sha256: digest(await readFile(alone)) });
    await expect(handOut(context, {}, join(dir, 'nowhere'))).rejects.toThrow(
      /make it with npm run build:verifier/,
    );
  });
});
