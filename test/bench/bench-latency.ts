import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import Table from 'cli-table3';
import type { BenchMails } from './bench-mails.ts';
import { type Backend, type BenchServers, startBenchServers } from './bench-servers.ts';
import { type RunningProgram, runProgram } from './running-program.ts';

export interface LatencyRun {
  readonly idleMails: number;
  readonly idleIntervalMs: number;
  /** Of the mails given; they arrive as fast as they can be put there. */
  readonly stormMails: number;
  readonly freshMails: number;
  readonly freshIntervalMs: number;
}

export const usualLatencyRun: LatencyRun = { idleMails: 60, idleIntervalMs: 1_000, stormMails: 10_000, freshMails: 60, freshIntervalMs: 2_000 };

const patienceMs = 60 * 60_000;

/** From the moment a mail lies in the mailbox to the moment its draft lies in Drafts and its keyword on it: one after the other in an idle shop, then while a storm is worked off. */
export async function benchLatency(backend: Backend, mails: BenchMails, run: LatencyRun): Promise<void> {
  if (mails.files.length < run.idleMails + run.stormMails + run.freshMails + 1) throw new Error('--latency needs more mails than that');
  const servers = await startBenchServers(backend);
  const files = [...mails.files];
  const take = async (): Promise<Buffer> => await readFile(files.shift() ?? '');
  let program: RunningProgram | null = null;
  try {
    program = runProgram(['run', '--since', '2000-01-01'], servers.environment);
    await program.started;
    // The first mail in each language waits until its words are compiled: those are not measured.
    const warmUp = Math.min(30, files.length - run.idleMails - run.stormMails - run.freshMails);
    let delivered = 0;
    const deliver = async (): Promise<number> => {
      await servers.dovecot.deliver(await take());
      delivered += 1;
      return Date.now();
    };
    for (let number = 0; number < warmUp; number += 1) await deliver();
    await untilTriaged(program, delivered);
    const idle = await deliverInTurn(deliver, () => delivered, run.idleMails, run.idleIntervalMs);
    await untilTriaged(program, delivered);
    const stormAtMs = Date.now();
    for (let number = 0; number < run.stormMails; number += 1) await deliver();
    const laidDownMs = Date.now() - stormAtMs;
    await noticed(servers, delivered);
    const fresh = await deliverInTurn(deliver, () => delivered, run.freshMails, run.freshIntervalMs);
    await untilTriaged(program, delivered);
    const stormUids = new Set(Array.from({ length: run.stormMails }, (_, index) => delivered - run.freshMails - index));
    const stormEndMs = Math.max(...[...program.triagedAtMs].filter(([uid]) => stormUids.has(uid)).map(([, atMs]) => atMs));
    console.log(`The storm of ${String(run.stormMails)} was laid down in ${(laidDownMs / 1_000).toFixed(1)} s and worked off in ${((stormEndMs - stormAtMs) / 1_000).toFixed(1)} s (${(run.stormMails / ((stormEndMs - stormAtMs) / 1_000)).toFixed(0)} mails/s).`);
    const during = [...fresh].filter(([, atMs]) => atMs < stormEndMs);
    printTable([
      ['idle', waits(idle, program)], [`fresh, in the storm (${String(during.length)} of ${String(fresh.size)} came before its end)`, waits(new Map(during), program)],
    ]);
  } finally {
    await program?.stop();
    await servers.stop();
  }
}

/** When each came, by its UID: mails get them in the order in which they arrive. */
async function deliverInTurn(deliver: () => Promise<number>, lastUid: () => number, count: number, intervalMs: number): Promise<ReadonlyMap<number, number>> {
  const arrivals = new Map<number, number>();
  for (let number = 0; number < count; number += 1) {
    const atMs = await deliver();
    arrivals.set(lastUid(), atMs);
    await sleep(intervalMs);
  }
  return arrivals;
}

async function untilTriaged({ triagedAtMs, errors }: RunningProgram, count: number): Promise<void> {
  const beganAtMs = Date.now();
  while (triagedAtMs.size < count) {
    if (Date.now() - beganAtMs > patienceMs) throw new Error(`only ${String(triagedAtMs.size)} of ${String(count)} mails are through:\n${errors.slice(-20).join('\n')}`);
    await sleep(50);
  }
}

/** Until the server has given UIDs to all of them, so that what comes afterwards has higher ones. */
async function noticed({ dovecot }: BenchServers, count: number): Promise<void> {
  while (!(await dovecot.doveadm(['mailbox', 'status', '-u', dovecot.user, 'uidnext', 'INBOX'])).includes(`uidnext=${String(count + 1)}`)) await sleep(100);
}

function waits(arrivals: ReadonlyMap<number, number>, { triagedAtMs }: RunningProgram): number[] {
  return [...arrivals].map(([uid, atMs]) => (triagedAtMs.get(uid) ?? Number.NaN) - atMs).toSorted((one, other) => one - other);
}

function printTable(rows: readonly (readonly [string, readonly number[]])[]): void {
  const table = new Table({ head: ['from arrival to draft, ms', 'mails', 'median', '95th percentile', 'longest'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right', 'right', 'right'] });
  for (const [name, sorted] of rows) table.push([name, String(sorted.length), ...[0.5, 0.95, 1].map((share) => (sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN).toFixed(0))]);
  console.log(table.toString());
}
