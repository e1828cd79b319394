import { writeFileSync } from 'node:fs';

/** Loaded before a program that is watched for leaks (`node --expose-gc --import`): collects its garbage from time to time, and writes down what is in use then. What nobody has collected yet is no leak. */
const file = process.env['BENCH_HEAP_FILE'];
setInterval(() => {
  globalThis.gc?.();
  if (file !== undefined) writeFileSync(file, String(process.memoryUsage().heapUsed));
}, 5_000).unref();
