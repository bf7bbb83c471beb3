import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Profile } from '../../exports/profiles.ts';

const run = promisify(execFile);
const program = new URL('../../bin/exhibit.mjs', import.meta.url).pathname;

/** What `exhibit demo` makes: a copy for the tests of one file, which may do with it what they like. */
export interface DemoFolder {
  readonly dir: string;
  readonly config: string;
  packet(profile: Profile): string;
}

export function demoFolder(): () => DemoFolder {
  let made: DemoFolder | undefined;
  beforeAll(async () => {
    const base = await mkdtemp(join(tmpdir(), 'exhibit-demo-'));
    const dir = join(base, 'demo');
    await cp(await sharedDemo(inject('sharedFolder')), dir, { recursive: true, preserveTimestamps: true });
    const packets = await readdir(join(dir, 'packets'));
    made = {
      dir,
      config: join(dir, 'exhibit.yaml'),
      packet: (profile) => {
        const name = packets.find((each) => each.includes(`_${profile}_`));
        if (name === undefined) throw new Error(`there is no ${profile} packet`);
        return join(dir, 'packets', name);
      },
    };
  }, 300_000);
  afterAll(async () => {
    if (made) await rm(join(made.dir, '..'), { recursive: true });
  });
  return () => {
    if (!made) throw new Error('the demo was not made');
    return made;
  };
}

/**
 * The demo of this run of the tests. Whichever file needs it first makes it, and the others wait: it is many requests
 * and three packets. It lies in a folder of this run alone, so that it is never of other code.
 */
async function sharedDemo(folder: string): Promise<string> {
  const [made, failed] = [join(folder, 'demo'), join(folder, 'failed')];
  const exists = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  const isFirst = await mkdir(join(folder, 'begun')).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const { code, stderr } = await exhibit(['demo', '--dir', join(folder, 'making')]);
    if (code === 0) await rename(join(folder, 'making'), made);
    else await writeFile(failed, `the demo ended with ${code}: ${stderr}`);
  }
  while (!(await exists(made))) {
    if (await exists(failed)) throw new Error(await readFile(failed, 'utf8'));
    await sleep(100);
  }
  return made;
}

/** Runs the command line; what it prints, and how it ends. */
export async function exhibit(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [program, ...args], {
      env: { ...process.env, ...env },
      maxBuffer: 1 << 28,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}
