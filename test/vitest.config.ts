import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const common = {
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Child processes, embedded databases and reading threads: processes of their own.
  pool: 'forks',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  teardownTimeout: 20_000,
  // For the processes that are started over and over.
  env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)) },
} as const;

/** Rooms whose tests leave nothing behind: no server, no process, no clock or environment that is changed. */
const quiet = [...testsOf(['message', 'facts', 'model', 'decision', 'draft', 'packs', 'structure']), 'test/*.test.ts'];
/** The program as it is called: with an environment, a standard output and signals of its own. */
const called = testsOf(['commands', 'packaging']);
/** A machine that is busy with other things can starve a server for longer than it waits: such a test gets a second chance. */
const besideServers = { ...common, retry: 1 } as const;

export default defineConfig({
  root: common.root,
  test: {
    // One more than the cores we count on: tests wait for servers and processes a good part of their time.
    maxWorkers: 3,
    globalSetup: [fileURLToPath(new URL('setup/prepare.ts', import.meta.url))],
    reporters: ['default', fileURLToPath(new URL('setup/closing-line.ts', import.meta.url))],
    projects: [
      // One after the other in the same process: to load the program, its packs and languages anew for each file takes longer than most tests.
      { test: { ...common, name: 'rooms', include: quiet, isolate: false } },
      // These start servers of their own, and stop them.
      { test: { ...besideServers, name: 'servers', include: ['test/**/*.test.ts'], exclude: [...quiet, ...called], isolate: false } },
      { test: { ...besideServers, name: 'program', include: called } },
    ],
  },
});

function testsOf(rooms: readonly string[]): string[] {
  return rooms.map((room) => `test/${room}/**/*.test.ts`);
}
