import { defineConfig } from 'vitest/config';

/** Suites that need servers or tools from outside; `.ci/run` installs them into `.ci/tools`. */
export default defineConfig({
  test: {
    include: [
      'test/standins/**/*.test.ts',
      'test/documents/**/*.test.ts',
      'test/image/**/*.test.ts',
      'test/hostile/**/*.test.ts',
    ],
    globalSetup: 'test/support/shared-folder.ts',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
