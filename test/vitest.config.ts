import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('setup/keep-example-books.ts', import.meta.url))],
    // Real servers, child processes and embedded databases: processes of their own, no more than the two cores we count on.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    reporters: ['default', fileURLToPath(new URL('setup/closing-line.ts', import.meta.url))],
  },
});
