import { Worker } from 'node:worker_threads';

const beatIntervalMs = 500;

/** Runs in a thread of its own, where time goes on while the main thread is stuck. Counts its own ticks, so that a computer that slept is not taken for one that hangs. */
const threadSource = `
const { workerData } = require('node:worker_threads');
const beats = new Int32Array(workerData.buffer);
let last = -1;
let silentMs = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  silentMs = now === last ? silentMs + workerData.tickMs : 0;
  last = now;
  if (silentMs < workerData.maxSilentMs) return;
  require('node:fs').writeSync(2, workerData.lastWords + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData.tickMs);
`;

/**
 * Ends the process when one mail keeps it busy for longer than `maxSilentMs` without a pause: whoever supervises it starts it again, and the store's count of the mail's beginnings tells
 * it apart. Returns what calls the watchdog off.
 */
export function startWatchdog(maxSilentMs: number): () => Promise<void> {
  const buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const beats = new Int32Array(buffer);
  const heart = setInterval(() => { Atomics.add(beats, 0, 1); }, beatIntervalMs).unref();
  const lastWords = `refund-triage: nothing moved for ${String(Math.round(maxSilentMs / 1_000))} seconds; ending the process so that it can be started again.`;
  const thread = new Worker(threadSource, { eval: true, workerData: { buffer, maxSilentMs, tickMs: 2 * beatIntervalMs, lastWords } });
  thread.unref();
  return async () => {
    clearInterval(heart);
    await thread.terminate();
  };
}
