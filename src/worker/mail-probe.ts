import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TriageMail } from './triage-mail.ts';
import { TriageThreadError, TriageTimeoutError, WorkerKillerError } from './worker-errors.ts';

/** What the probing process is given. */
export interface ProbeTask {
  readonly templatesDir: string;
  readonly source: Buffer;
  readonly internalDateMs: number;
  readonly bytes: number;
  readonly partBytes: readonly number[] | null;
}

/** Reads a suspicious mail where it can do no harm. Throws `WorkerKillerError`, `TriageTimeoutError`, and `TriageThreadError` where that could not be tried. */
export type ProbeMail = (...mail: Parameters<TriageMail>) => Promise<void>;

/** What the probing process says: it is ready to read, and it has read. */
export type ProbeNews = 'ready' | 'read';

export interface ProbeLimits {
  /** For the mail alone. */
  readonly timeoutMs: number;
  /** For the process to begin with it, which takes long where the machine is busy. */
  readonly startMs: number;
  readonly heapMb: number;
}

const defaultLimits: ProbeLimits = { timeoutMs: 60_000, startMs: 180_000, heapMb: 1_024 };

const thisFile = import.meta.url;
const defaultProgram = new URL(`./probe-process${thisFile.slice(thisFile.lastIndexOf('.'))}`, thisFile);

/**
 * A mail that may have taken the process down is read and answered in a process of its own first, which may hang, fill its memory or die, and takes nobody along. (A thread does not do: one
 * that runs out of memory in the middle of a large allocation ends the whole process, whatever limits it was given.)
 */
export function openMailProbe(templatesDir: () => string, limits: ProbeLimits = defaultLimits, program = defaultProgram): ProbeMail {
  return async (source, { internalDate, bytes, partBytes }) => {
    const task: ProbeTask = { templatesDir: templatesDir(), source, internalDateMs: internalDate.getTime(), bytes, partBytes };
    const child = fork(fileURLToPath(program), { serialization: 'advanced', env: {}, stdio: 'ignore', execArgv: [...process.execArgv.filter((option) => !option.startsWith('--inspect')), `--max-old-space-size=${String(limits.heapMb)}`] });
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => { reject(new TriageThreadError('The process that was to read the mail alone did not start in time.')); }, limits.startMs);
        child.on('message', (news: ProbeNews) => {
          if (news === 'read') {
            resolve();
            return;
          }
          clearTimeout(timer);
          timer = setTimeout(() => { reject(new TriageTimeoutError(`The mail was not read within ${String(limits.timeoutMs / 1_000)} seconds, in a process of its own.`)); }, limits.timeoutMs);
        });
        child.on('error', (error) => { reject(new WorkerKillerError(`The process that was to read the mail could not be used: ${error.message}`, { cause: error })); });
        child.on('exit', (status, signal) => { reject(new WorkerKillerError(`The mail took down the process that read it alone (${signal ?? `status ${String(status)}`}).`)); });
        // A child that is gone already says so by its end.
        child.send(task, () => undefined);
      });
    } finally {
      clearTimeout(timer);
      child.kill('SIGKILL');
    }
  };
}
