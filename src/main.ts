#!/usr/bin/env node
import * as module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { dispatch } from './commands/dispatch.ts';
import { listenForHangUp } from './commands/reload-signal.ts';
import { stopOnSignals } from './commands/stop-signals.ts';

const lingerMs = 2_000;

keepCompiledCode();
// A reader that went away (`| head`) is no fault.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});
process.exitCode = await dispatch(process.argv.slice(2), {
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  interruption: stopOnSignals,
  onHangUp: listenForHangUp,
});
// A connection that still tries to reach a server which is gone must not keep an ended worker alive. Nothing waits for this timer.
process.stdout.write('', () => setTimeout(() => process.exit(), lingerMs).unref());

/**
 * Compiled code is kept from one start to the next, which halves the time a command takes to load; from Node 22.8 on. Among the user's own files, not
 * where Node would keep it: into the machine's folder for temporary files another user could put code.
 */
function keepCompiledCode(): void {
  const named = process.env['XDG_CACHE_HOME'] ?? '';
  const caches = isAbsolute(named) ? named : join(homedir(), '.cache');
  // Where it cannot be kept, Node goes on without. NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE go first.
  if ('enableCompileCache' in module) module.enableCompileCache(join(caches, 'refund-triage', 'compiled'));
}
