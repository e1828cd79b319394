import { writeFileSync } from 'node:fs';

/** Loaded before a program that is measured (`node --import`): writes its use of processor and memory to a file when it ends. */
const file = process.env['BENCH_USAGE_FILE'];
const samples: [atMs: number, rssBytes: number][] = [];
setInterval(() => { samples.push([Date.now(), process.memoryUsage.rss()]); }, 100).unref();
process.on('exit', () => {
  if (file === undefined) return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(file, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024, samples }));
});
