import { Worker } from 'node:worker_threads';
import type { LookLimits } from './look-limits.ts';
import type { DocumentText, FileNote, ScreenText } from './seen-file.ts';

/** What the reading thread is given, and what it gives back. */
export interface ReadingTask {
  readonly format: 'picture' | 'pdf' | 'packed_text';
  readonly bytes: Uint8Array;
}
export interface ReadingResult {
  readonly document: DocumentText | null;
  readonly screen: ScreenText | null;
  readonly notes: readonly FileNote[];
}

/** Hands files to the reading thread, one at a time; starts it when there is something to read, and ends it when a file takes too long. */
export interface ThreadReader {
  /** Never rejects: what goes wrong is a note. */
  read(task: ReadingTask, timeoutMs: number): Promise<ReadingResult>;
  close(): Promise<void>;
}

const nothingRead: ReadingResult = { document: null, screen: null, notes: ['unreadable'] };

const thisFile = import.meta.url;
const threadFile = new URL(`./reading-thread${thisFile.slice(thisFile.lastIndexOf('.'))}`, thisFile);

export function openThreadReader(limits: LookLimits): ThreadReader {
  let thread: Worker | null = null;
  let idleTimer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const endThread = async (): Promise<void> => {
    const ended = thread;
    thread = null;
    await ended?.terminate();
  };
  const readNext = async ({ format, bytes }: ReadingTask, timeoutMs: number): Promise<ReadingResult> => {
    clearTimeout(idleTimer);
    thread ??= startThread(limits, (ended) => {
      if (thread === ended) thread = null;
    });
    // While there is something to read the process stays alive for it; an idle thread does not keep it.
    thread.ref();
    const answer = await answerOf(thread, { format, bytes: Uint8Array.from(bytes) }, { timeoutMs, growthMb: limits.growthMb });
    if (answer.isAlive) thread.unref();
    else await endThread();
    idleTimer = setTimeout(() => void endThread(), limits.idleMs).unref();
    return answer.result;
  };
  return {
    read: async (task, timeoutMs) => {
      // A thread that could not be started is this file's misfortune: the next one tries again.
      const reading = last.then(async () => await readNext(task, timeoutMs)).catch(async () => {
        await endThread();
        return nothingRead;
      });
      last = reading;
      return await reading;
    },
    close: async () => {
      clearTimeout(idleTimer);
      await endThread();
    },
  };
}

function startThread(limits: LookLimits, onEnd: (thread: Worker) => void): Worker {
  const thread = new Worker(threadFile, { workerData: limits, env: {}, resourceLimits: { maxOldGenerationSizeMb: limits.threadHeapMb } });
  // Who waits for its answer hears of its death; at other times it is no one's news.
  return thread.on('error', () => undefined).on('exit', () => { onEnd(thread); });
}

const watchIntervalMs = 25;

/** Ends with the thread's answer, its death, or when it took too much time or memory; after all but the first it is no longer to be used. */
async function answerOf(thread: Worker, task: ReadingTask & { readonly bytes: Uint8Array<ArrayBuffer> }, { timeoutMs, growthMb }: { readonly timeoutMs: number; readonly growthMb: number }): Promise<{ result: ReadingResult; isAlive: boolean }> {
  return await new Promise((resolve) => {
    const settle = (result: ReadingResult, isAlive: boolean): void => {
      clearTimeout(timer);
      clearInterval(watch);
      thread.off('message', onAnswer).off('error', onError).off('exit', onExit);
      resolve({ result, isAlive });
    };
    const fail = (note: FileNote): void => { settle({ document: null, screen: null, notes: [note] }, false); };
    const onAnswer = (result: ReadingResult): void => { settle(result, true); };
    const onError = (error: Error): void => { fail('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'unreadable'); };
    const onExit = (): void => { fail('unreadable'); };
    const timer = setTimeout(() => { fail('time_out'); }, timeoutMs);
    // A PDF of a kilobyte can unpack to gigabytes, in buffers that no limit of the thread counts.
    const mostBytes = process.memoryUsage.rss() + growthMb * 1024 * 1024;
    const watch = setInterval(() => { if (process.memoryUsage.rss() > mostBytes) fail('out_of_memory'); }, watchIntervalMs);
    thread.on('message', onAnswer).on('error', onError).on('exit', onExit);
    thread.postMessage(task, [task.bytes.buffer]);
  });
}
