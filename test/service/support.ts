import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../service/main.ts';
import type { Surroundings } from '../../service/surroundings.ts';
import { plain } from '../scheduler/support.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Surroundings of a test's own: a folder, an environment, and what was printed. */
export function surroundingsIn(dir: string, changes: Partial<Surroundings> = {}) {
  const printed = { stdout: '', stderr: '' };
  const surroundings: Surroundings = {
    stdout: { write: (text) => (printed.stdout += text) },
    stderr: { write: (text) => (printed.stderr += text) },
    environment: {},
    directory: dir,
    now: () => new Date(),
    random: () => 0.5,
    randomBytes: (count) => randomBytes(count),
    stop: new AbortController().signal,
    collectors: [plain],
    ...changes,
  };
  return { surroundings, printed };
}

/** Runs one command as its user would, in this process, with the made-up collector. */
export async function exhibit(
  dir: string,
  args: readonly string[],
  changes: Partial<Surroundings> = {},
): Promise<Ran> {
  const { surroundings, printed } = surroundingsIn(dir, changes);
  const code = await main(args, surroundings);
  return { code, ...printed };
}

/** A folder with these files in it, gone when the test is. */
export async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-service-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text, { mode: 0o600 });
  }
  return dir;
}

const configurationFor = (url: string, more = '') => `
organization: { name: Example Company, slug: example }
sources:
  - id: plain-one
    collector: plain
    url: ${url}
    token: { file: secrets/token }
${more}`;

/** A folder that is configured for the made-up source at this address. */
export function configured(url: string, more = ''): Promise<string> {
  return folderWith({ 'exhibit.yaml': configurationFor(url, more), 'secrets/token': 'plain-token\n' });
}
