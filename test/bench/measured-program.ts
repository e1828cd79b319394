import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a program in a process of its own took, by what it logged: from `started` to the last mail that has its fate. */
export interface Measurement {
  readonly mails: number;
  readonly drafts: number;
  /** Of the work alone; the process takes a while before it has started. */
  readonly seconds: number;
  readonly startSeconds: number;
  /** Of the whole process, start included. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Resident on average over the first and the last quarter of the work. */
  readonly firstQuarterBytes: number;
  readonly lastQuarterBytes: number;
}

/** One JSON object a line on standard error, as `refund-triage run` writes it. */
const logLineSchema = z.object({ time: z.number(), msg: z.string(), drafted: z.boolean().optional(), mails: z.int().optional(), code: z.unknown().optional() });
const usageSchema = z.object({ cpuSeconds: z.number(), peakBytes: z.number(), samples: z.array(z.tuple([z.number(), z.number()])) });

const usageReporter = new URL('./report-usage.ts', import.meta.url).href;

/** `args` follow `node`. Throws where the program fails, or mails of it. */
export async function measureProgram(args: readonly string[], environment: Readonly<Record<string, string>>, usageFile: string): Promise<Measurement> {
  const begunMs = Date.now();
  const child = spawn(process.execPath, ['--import', usageReporter, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment, BENCH_USAGE_FILE: usageFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let startedMs = begunMs;
  let lastMs = begunMs;
  let mails = 0;
  let drafts = 0;
  const complaints: string[] = [];
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  for await (const line of createInterface({ input: child.stderr })) {
    const entry = parseLogLine(line);
    if (entry?.msg === 'started') startedMs = entry.time;
    else if (entry?.msg === 'triaged') {
      mails += entry.mails ?? 1;
      drafts += entry.mails ?? (entry.drafted === true ? 1 : 0);
      lastMs = entry.time;
    } else if (entry === null || entry.code !== undefined) complaints.push(line);
  }
  const status = await exited;
  if (status !== 0 || complaints.some((line) => line.includes('quarantined'))) throw new Error(`the program ended with ${String(status)}:\n${complaints.slice(-20).join('\n')}`);
  const usage = usageSchema.parse(JSON.parse(await readFile(usageFile, 'utf8')));
  const quarter = (lastMs - startedMs) / 4;
  const residentBetween = (fromMs: number, toMs: number): number => mean(usage.samples.filter(([atMs]) => atMs >= fromMs && atMs <= toMs).map(([, bytes]) => bytes));
  return {
    mails, drafts, seconds: (lastMs - startedMs) / 1e3, startSeconds: (startedMs - begunMs) / 1e3, cpuSeconds: usage.cpuSeconds, peakBytes: usage.peakBytes,
    firstQuarterBytes: residentBetween(startedMs, startedMs + quarter), lastQuarterBytes: residentBetween(lastMs - quarter, lastMs),
  };
}

function parseLogLine(line: string): z.output<typeof logLineSchema> | null {
  try {
    return logLineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
