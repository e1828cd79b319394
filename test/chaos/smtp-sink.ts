import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freeLoopbackPort } from '../servers/ports.ts';
import type { Behaviour, TakenMail } from '../servers/smtp.ts';
import { typescriptNode } from '../servers/typescript-node.ts';
import type { SmtpNews, SmtpOrder } from './smtp-process.ts';

/** An SMTP server in a process of its own. What it took outlives it. */
export interface SmtpSink {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  taken(): readonly TakenMail[];
  behave(...next: Behaviour[]): void;
  /** Lets go of the mails that it holds without a word. */
  release(): void;
  /** Until it says this of itself the next time, or so long; whether it did. */
  hears(news: SmtpNews, timeoutMs: number): Promise<boolean>;
  kill9(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Kills what still runs, and starts it on the same port. */
  restart(): Promise<void>;
}

const program = fileURLToPath(new URL('smtp-process.ts', import.meta.url));
const newsSchema = z.enum(['ready', 'connected', 'hanging', 'taken']);
const takenSchema = z.object({ from: z.string(), to: z.array(z.string()), source: z.string() });
const readyWithinMs = 30_000;

/** `file`: where it writes what it takes. */
export async function startSmtpSink(file: string): Promise<SmtpSink> {
  const port = await freeLoopbackPort();
  const news = new EventEmitter();
  let child: ChildProcess | null = null;
  const hears = async (what: SmtpNews, timeoutMs: number): Promise<boolean> => {
    const waiting = new AbortController();
    const heard = once(news, what, { signal: waiting.signal }).then(() => true, () => false);
    const inTime = await Promise.race([heard, sleep(timeoutMs, false, { signal: waiting.signal }).catch(() => false)]);
    waiting.abort();
    return inTime;
  };
  const start = async (): Promise<void> => {
    const started = spawn(typescriptNode, [program, String(port), file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child = started;
    const ready = hears('ready', readyWithinMs);
    started.on('message', (message) => { news.emit(newsSchema.parse(message)); });
    if (!(await ready)) throw new Error('the SMTP server did not start');
  };
  const kill9 = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  };
  const order = (what: SmtpOrder): void => {
    // One that is dead by now has nothing to obey.
    if (child?.connected === true) child.send(what, () => undefined);
  };
  await start();
  return {
    port, user: 'shop', password: 'battery-staple', hears, kill9,
    taken: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line.endsWith('}')).map((line) => takenSchema.parse(JSON.parse(line))) : []),
    behave: (...next) => { order(next); },
    release: () => { order('release'); },
    freeze: () => { child?.kill('SIGSTOP'); },
    thaw: () => { child?.kill('SIGCONT'); },
    restart: async () => {
      await kill9();
      await start();
    },
  };
}
