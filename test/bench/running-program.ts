import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A program of ours that works in a process of its own until it is told to end, and what it logs meanwhile. */
export interface RunningProgram {
  readonly pid: number;
  /** Resolves when it says that it has started. */
  readonly started: Promise<void>;
  /** When each mail got its fate, in milliseconds, by UID; of one that came up again the first time. */
  readonly triagedAtMs: ReadonlyMap<number, number>;
  /** Those of them that nobody could read, by UID: why. */
  readonly quarantined: ReadonlyMap<number, string>;
  readonly errors: readonly string[];
  /** SIGTERM. Throws where it does not end in order. */
  stop(): Promise<void>;
}

const lineSchema = z.object({ time: z.number(), msg: z.string(), uid: z.int().optional(), level: z.number().optional(), code: z.unknown().optional() });
const errorLevel = 50;

/** `args` follow `node src/main.ts`, `nodeOptions` come before. Nothing of the environment is handed on but what is given. */
export function runProgram(args: readonly string[], environment: Readonly<Record<string, string>>, nodeOptions: readonly string[] = []): RunningProgram {
  const child = spawn(process.execPath, [...nodeOptions, fileURLToPath(new URL('../../src/main.ts', import.meta.url)), ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const triagedAtMs = new Map<number, number>();
  const quarantined = new Map<number, string>();
  const errors: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const exited = new Promise<number | null>((resolve) => { child.once('close', resolve); });
  const started = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    lines.on('line', (line) => { if (parseLine(line)?.msg === 'started') resolve(); });
    child.once('close', (status) => { reject(new Error(`it ended with ${String(status)}:\n${errors.slice(-20).join('\n')}`)); });
  });
  lines.on('line', (line) => {
    const entry = parseLine(line);
    if (entry?.msg === 'quarantined' && entry.uid !== undefined) quarantined.set(entry.uid, String(entry.code));
    if ((entry?.msg === 'triaged' || entry?.msg === 'quarantined') && entry.uid !== undefined) triagedAtMs.set(entry.uid, triagedAtMs.get(entry.uid) ?? entry.time);
    else if (entry === null || (entry.level ?? 0) >= errorLevel) errors.push(line);
  });
  return {
    pid: child.pid ?? 0, started, triagedAtMs, quarantined, errors,
    stop: async () => {
      child.kill('SIGTERM');
      const status = await exited;
      if (status !== 0) throw new Error(`it ended with ${String(status)}:\n${errors.slice(-20).join('\n')}`);
    },
  };
}

function parseLine(line: string): z.output<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
