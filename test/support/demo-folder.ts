import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';
import type { Profile } from '../../exports/profiles.ts';

const run = promisify(execFile);
const program = new URL('../../bin/exhibit.mjs', import.meta.url).pathname;

/** What `exhibit demo` makes, once for all tests of a file. */
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
    await exhibit(['demo', '--dir', dir]);
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
  }, 180_000);
  afterAll(async () => {
    if (made) await rm(join(made.dir, '..'), { recursive: true });
  });
  return () => {
    if (!made) throw new Error('the demo was not made');
    return made;
  };
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
