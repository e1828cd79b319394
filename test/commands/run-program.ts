import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { dispatch } from '../../src/commands/dispatch.ts';

export const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly input?: Buffer | string;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts `refund-triage` from the source, with nothing of this machine's configuration in its environment. It ends with the test at the latest. */
export function startProgram(args: readonly string[], options: ProgramOptions = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [mainFile, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...options.environment },
    stdio: 'pipe',
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Does in this process what `refund-triage` does in its own: to load it anew takes longer than most commands. One call at a time where `cwd` is given. */
export async function callProgram(args: readonly string[], { input, cwd, environment }: ProgramOptions = {}): Promise<Ended> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const printed = Promise.all([text(stdout), text(stderr)]);
  const before = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  let status: number;
  try {
    status = await dispatch(args, {
      environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
      stdin: Readable.from(input === undefined ? [] : [Buffer.from(input)]), stdout, stderr,
      interruption: () => new AbortController().signal,
      onHangUp: () => () => undefined,
    });
  } finally {
    process.chdir(before);
    stdout.end();
    stderr.end();
  }
  const [out, error] = await printed;
  return { status, stdout: out, stderr: error };
}

/** Runs `refund-triage` to its end. */
export async function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  const child = startProgram(args, options);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** Collects what the program prints, and waits for a text in it. */
export function outputOf(child: ChildProcessWithoutNullStreams, stream: 'stdout' | 'stderr' = 'stdout'): { text: () => string; has: (wanted: string) => Promise<void> } {
  let printed = '';
  const waiting: { wanted: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  const look = (): void => {
    for (const { wanted, resolve } of waiting) if (printed.includes(wanted)) resolve();
  };
  child[stream].on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    look();
  });
  child.once('close', () => {
    for (const { wanted, reject } of waiting) reject(new Error(`ended without "${wanted}":\n${printed}`));
  });
  return {
    text: () => printed,
    has: (wanted) =>
      new Promise((resolve, reject) => {
        waiting.push({ wanted, resolve, reject });
        look();
      }),
  };
}
