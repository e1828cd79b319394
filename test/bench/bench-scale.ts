import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import Table from 'cli-table3';
import { Client } from 'pg';
import type { BenchMails } from './bench-mails.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { usageOf } from './process-usage.ts';
import { busiest, type CostOfMail, mostMailsPerDay, type Part, parts, peakToMean, project } from './projection.ts';
import { type RunningProgram, runProgram } from './running-program.ts';

interface ScaleRun {
  readonly workers: number;
  readonly mailsPerSecond: number;
  readonly cost: CostOfMail;
  /** Why mails are in quarantine: none should be. */
  readonly troubles: readonly string[];
}

const patienceMs = 20 * 60_000;
/** For each process, before anything is measured: at the first mails of each language it compiles that language's words. */
export const warmUpMails = 60;

/** The same mails with more and more worker processes on one PostgreSQL and one Redis, and what that means for more mail than this machine reads. */
export async function benchScale(mails: BenchMails, workerCounts: readonly number[], coresPerMachine: number): Promise<void> {
  const runs: ScaleRun[] = [];
  for (const workers of workerCounts) {
    const run = await runWithWorkers(mails, mails.files.length - warmUpMails * Math.max(...workerCounts), workers);
    runs.push(run);
    console.log(`${String(workers)} worker processes: ${run.mailsPerSecond.toFixed(1)} mails/s${run.troubles.length === 0 ? '' : `; ${String(run.troubles.length)} mails in quarantine: ${[...new Set(run.troubles)].join(', ')}`}`);
  }
  printRuns(runs);
  const [first] = runs;
  if (first !== undefined) printProjection(first.cost, coresPerMachine);
}

async function runWithWorkers(mails: BenchMails, mailCount: number, count: number): Promise<ScaleRun> {
  const servers = await startBenchServers('both');
  const programs: RunningProgram[] = [];
  const start = async (role: string): Promise<RunningProgram> => {
    const program = runProgram(['run', '--roles', role, '--since', '2000-01-01'], servers.environment);
    programs.push(program);
    await program.started;
    return program;
  };
  try {
    const workers: RunningProgram[] = [];
    for (let number = 0; number < count; number += 1) workers.push(await start('work'));
    const watcher = await start('watch');
    const work = async (files: readonly string[]): Promise<void> => {
      const through = timesOf(workers).length + files.length;
      for (const file of files) await servers.dovecot.deliver(await readFile(file));
      const startedAtMs = Date.now();
      while (timesOf(workers).length < through) {
        if (Date.now() - startedAtMs > patienceMs) throw new Error(`only ${String(timesOf(workers).length)} mails are through:\n${programs.flatMap(({ errors }) => errors).slice(-20).join('\n')}`);
        await sleep(100);
      }
    };
    await work(mails.files.slice(0, warmUpMails * count));
    const measured = mails.files.slice(warmUpMails * count, warmUpMails * count + mailCount);
    const before = { workers: cpuOf(workers), watcher: cpuOf([watcher]), servers: cpuOfServers(servers), bytes: await storeBytes(servers) };
    const beganAtMs = Date.now();
    await work(measured);
    const after = cpuOfServers(servers);
    const perMail = (seconds: number): number => seconds / measured.length;
    return {
      workers: count,
      troubles: workers.flatMap(({ quarantined }) => [...quarantined.values()]),
      mailsPerSecond: measured.length / ((Math.max(...timesOf(workers)) - beganAtMs) / 1_000),
      cost: {
        workerSeconds: perMail(cpuOf(workers) - before.workers), watcherSeconds: perMail(cpuOf([watcher]) - before.watcher), dovecotSeconds: perMail(after.Dovecot - before.servers.Dovecot),
        postgresSeconds: perMail(after.PostgreSQL - before.servers.PostgreSQL), redisSeconds: perMail(after.Redis - before.servers.Redis), storeBytes: perMail((await storeBytes(servers)) - before.bytes),
      },
    };
  } finally {
    await Promise.all(programs.map(async (program) => { await program.stop(); }));
    await servers.stop();
  }
}

/** Each mail once, whoever had it. */
function timesOf(workers: readonly RunningProgram[]): number[] {
  return [...new Map(workers.flatMap(({ triagedAtMs }) => [...triagedAtMs])).values()];
}

function cpuOf(programs: readonly RunningProgram[]): number {
  return programs.reduce((sum, { pid }) => sum + usageOf(pid).cpuSeconds, 0);
}

function cpuOfServers({ pids }: BenchServers): Record<'Dovecot' | 'PostgreSQL' | 'Redis', number> {
  return { Dovecot: cpuOfTree(pids.Dovecot), PostgreSQL: cpuOfTree(pids.PostgreSQL), Redis: cpuOfTree(pids.Redis) };
}

function cpuOfTree(pid: number | undefined): number {
  return pid === undefined ? 0 : usageOf(pid).cpuSeconds;
}

/** Tables and indexes. */
async function storeBytes({ databaseUrl }: BenchServers): Promise<number> {
  const client = new Client({ connectionString: databaseUrl ?? '' });
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
    return Number(rows[0]?.bytes);
  } finally {
    await client.end();
  }
}

function secondsOf(cost: CostOfMail): Record<Part, number> {
  return { worker: cost.workerSeconds, watcher: cost.watcherSeconds, Dovecot: cost.dovecotSeconds, PostgreSQL: cost.postgresSeconds, Redis: cost.redisSeconds };
}

function printRuns(runs: readonly ScaleRun[]): void {
  const [first] = runs;
  const table = new Table({ head: ['workers', 'mails/s', 'to one', ...parts.map((part) => `${part}, CPU ms a mail`), 'KB in the store a mail'], style: { head: [], border: [] } });
  for (const { workers, mailsPerSecond, cost } of runs) {
    const seconds = secondsOf(cost);
    table.push([String(workers), mailsPerSecond.toFixed(1), `${(mailsPerSecond / (first?.mailsPerSecond ?? mailsPerSecond)).toFixed(2)}×`, ...parts.map((part) => (seconds[part] * 1_000).toFixed(2)), (cost.storeBytes / 1_024).toFixed(1)]);
  }
  console.log(table.toString());
}

const days = [1e6, 1e7, 1e8] as const;

function printProjection(cost: CostOfMail, coresPerMachine: number): void {
  console.log(`Computed from the first line: peak ${String(peakToMean)} times the day's mean, cores at most ${String(busiest * 100)} % busy, machines of ${String(coresPerMachine)} cores (Redis: processes, one core each).`);
  const table = new Table({ head: ['mails a day', 'mails/s at the peak', ...parts.map((part) => `${part}: cores, machines`), 'more than one needed', 'core-hours a day', 'GB a day in the store'], style: { head: [], border: [] } });
  for (const mailsPerDay of days) {
    const needs = project(cost, mailsPerDay, coresPerMachine);
    table.push([
      mailsPerDay.toLocaleString('en'), needs.mailsPerSecond.toFixed(0), ...parts.map((part) => `${needs.cores[part].toFixed(1)}, ${String(needs.machines[part])}`),
      needs.saturated.join(', ') || 'none', needs.coreHoursPerDay.toFixed(0), needs.storeGigabytesPerDay.toFixed(1),
    ]);
  }
  console.log(table.toString());
  const seconds = secondsOf(cost);
  for (const part of parts) console.log(`One ${part === 'Redis' ? 'Redis process' : `machine of ${part}`} is full at ${(mostMailsPerDay(seconds[part], part, coresPerMachine) / 1e6).toFixed(1)} million mails a day.`);
}
