import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Suites that need servers or tools from outside have their own script.
    exclude: ['test/standins/**', 'test/documents/**', 'test/hostile/**', 'test/image/**'],
    globalSetup: 'test/support/shared-folder.ts',
    testTimeout: 60_000,
    pool: 'forks',
    // One core is not kept free: tests wait for the disk and for each other's processes more than they compute.
    maxWorkers: '100%',
  },
});
