import type { Readable, Writable } from 'node:stream';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Environment } from '../config-environment.ts';

/** A command: what `refund-triage NAME` does, and how it is called. Its name and its summary stand in the list of commands. */
export interface Command {
  /** What follows the name: `[--once] [--config FILE]`. */
  readonly usage: string;
  /** Paragraphs and options, below usage and summary in `refund-triage NAME --help`. */
  readonly help: string;
  readonly options: ParseArgsOptionsConfig;
  /** How many arguments beside options it takes. */
  readonly positionals: { readonly min: number; readonly max: number; readonly what: string };
  /** Resolves to the exit status. Throws `TriageError` for what the user can mend. */
  readonly run: (call: Call) => Promise<ExitStatus>;
}

/** 0: done · 1: something that was asked for could not be done · 2: called wrongly. */
export type ExitStatus = 0 | 1 | 2;

/** A call as the process received it. Only `main.ts` touches the process's own streams. */
export interface Call {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly environment: Environment;
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** From this call on the first SIGINT or SIGTERM aborts the signal instead of ending the process; the second ends it. */
  readonly interruption: () => AbortSignal;
  /** Calls back at each SIGHUP, until the returned function is called. */
  readonly onHangUp: (listener: () => void) => () => void;
}

/** The command was called wrongly; the message says how, and ends the process with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The value of a text option, or null where it was not given. */
export function textOption(call: Call, name: string): string | null {
  const value = call.values[name];
  return typeof value === 'string' ? value : null;
}

/** The date in a text option, or null where it was not given. Throws `UsageError`. */
export function dateOption(call: Call, name: string): Date | null {
  const text = textOption(call, name);
  if (text === null) return null;
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(date.getTime())) throw new UsageError(`--${name}: expected a date such as 2026-03-01, not "${text}".`);
  return date;
}

/** Writes and waits until the stream takes more, so that a slow reader of the output does not fill the memory. */
export async function writeOut(stream: Writable, text: string): Promise<void> {
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
  });
}
