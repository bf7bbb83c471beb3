import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** For what several files of one run of the tests make once. */
    sharedFolder: string;
  }
}

/** A folder for each run of the tests, also of those that watch: nothing in it can be of code before. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const base = await mkdtemp(join(tmpdir(), 'exhibit-run-'));
  const next = async () => project.provide('sharedFolder', await mkdtemp(join(base, 'run-')));
  await next();
  project.onTestsRerun(next);
  return () => rm(base, { recursive: true });
}
