import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startDovecot, type Dovecot } from '../servers/dovecot.ts';
import { benchCases } from './bench-cases.ts';
import { benchLatency, usualLatencyRun } from './bench-latency.ts';
import { writeBenchMails, type BenchMails } from './bench-mails.ts';
import { benchScale, warmUpMails } from './bench-scale.ts';
import { type Backend, startBenchServers } from './bench-servers.ts';
import { measureProgram, type Measurement } from './measured-program.ts';

// npm run bench -- [--mails N] [--seed N] and one of
//   [--backend redis|pglite|postgres|both|all]  the whole job from mailbox to Drafts beside two bare loops over the same mails
//   --scale [--workers 1,2,4,8] [--cores N]     so many worker processes on PostgreSQL and Redis, and a projection to machines of N cores
//   --cases 1000,100000                         the time a mail takes with so many cases in the store
//   --latency [--storm N] [--backend …]         from arrival to draft, idle and in a storm
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '2000' }, backend: { type: 'string' }, seed: { type: 'string', default: '1' }, scale: { type: 'boolean', default: false }, workers: { type: 'string', default: '1,2,4,8' },
    cores: { type: 'string', default: '16' }, cases: { type: 'string' }, latency: { type: 'boolean', default: false }, storm: { type: 'string', default: String(usualLatencyRun.stormMails) },
  },
});
const backends = (['pglite', 'redis', 'postgres', 'both'] as const).filter((name) => values.backend === name || (values.backend === 'all' && name !== 'both') || (values.backend === undefined && name !== 'both'));
if (backends.length === 0) throw new Error(`--backend: expected redis, pglite, postgres, both or all, not "${String(values.backend)}"`);
const latencyRun = { ...usualLatencyRun, stormMails: Number(values.storm) };
const mailCount = values.latency ? latencyRun.idleMails + latencyRun.stormMails + latencyRun.freshMails + 200 : Number(values.mails) + (values.scale ? warmUpMails * Math.max(...numbersIn(values.workers)) : 0);

const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-bench-'));
try {
  const mails = await writeBenchMails(join(folder, 'mails'), mailCount, Number(values.seed));
  console.log(`${String(mails.files.length)} mails, ${(mails.bytes / 2 ** 20).toFixed(0)} MB, ${String(mails.withPictures)} with pictures; seed ${values.seed}`);
  if (values.scale) await benchScale(mails, numbersIn(values.workers), Number(values.cores));
  else if (values.cases !== undefined) await benchCases(mails, numbersIn(values.cases), folder);
  else if (values.latency) await benchLatency(values.backend === undefined ? 'both' : (backends[0] ?? 'both'), mails, latencyRun);
  else await benchBesideBareLoops(mails);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function numbersIn(text: string): number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((one) => !Number.isInteger(one) || one < 1)) throw new Error(`expected whole numbers with commas between, not "${text}"`);
  return numbers;
}

async function benchBesideBareLoops(mails: BenchMails): Promise<void> {
  const plain = await runBareLoop('plain', mails);
  const lean = await runBareLoop('lean', mails);
  const rows: [string, Measurement][] = [['plain loop', plain], ['lean loop', lean]];
  for (const backend of backends) rows.push([`refund-triage, ${backend}`, await runWholeJob(backend, mails)]);
  printRows(rows, plain, lean);
}

async function runBareLoop(name: 'plain' | 'lean', mails: BenchMails): Promise<Measurement> {
  return await overDovecot(mails, async (dovecot) => await measureProgram(
    [fileURLToPath(new URL(`./${name}-loop.ts`, import.meta.url))],
    { BENCH_IMAP_PORT: String(dovecot.port), BENCH_IMAP_USER: dovecot.user, BENCH_IMAP_PASSWORD: dovecot.password },
    join(folder, 'usage.json'),
  ));
}

/** `refund-triage run --once` with its own settings left as they come. */
async function runWholeJob(backend: Backend, mails: BenchMails): Promise<Measurement> {
  const servers = await startBenchServers(backend);
  try {
    return await overMailbox(servers.dovecot, mails, async () => await measureProgram(
      [fileURLToPath(new URL('../../src/main.ts', import.meta.url)), 'run', '--once', '--since', '2000-01-01'], servers.environment, join(folder, 'usage.json'),
    ));
  } finally {
    await servers.stop();
  }
}

async function overDovecot(mails: BenchMails, run: (dovecot: Dovecot) => Promise<Measurement>): Promise<Measurement> {
  const dovecot = await startDovecot();
  try {
    return await overMailbox(dovecot, mails, run);
  } finally {
    await dovecot.stop();
  }
}

/** A mailbox that nobody has looked into yet, for each run. Throws where it holds other drafts afterwards than the program said. */
async function overMailbox(dovecot: Dovecot, mails: BenchMails, run: (dovecot: Dovecot) => Promise<Measurement>): Promise<Measurement> {
  for (const file of mails.files) await dovecot.deliver(await readFile(file));
  const measured = await run(dovecot);
  const drafts = (await Promise.all(['new', 'cur'].map(async (place) => await readdir(join(dovecot.maildir, '.Drafts', place))))).flat().length;
  if (measured.mails !== mails.files.length || measured.drafts !== drafts) {
    throw new Error(`${String(measured.mails)} of ${String(mails.files.length)} mails done; ${String(drafts)} drafts lie there, ${String(measured.drafts)} were told of`);
  }
  return measured;
}

function speed({ mails, seconds }: Measurement): number {
  return mails / seconds;
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

function printRows(rows: readonly (readonly [string, Measurement])[], plain: Measurement, lean: Measurement): void {
  const table = new Table({
    head: ['', 'mails/s', 'to plain', 'to lean', 'start s', 'CPU s per 1,000', 'peak MB', 'MB first, last quarter', 'drafts'], style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const [name, one] of rows) {
    table.push([
      name, speed(one).toFixed(0), `${(speed(one) / speed(plain)).toFixed(2)}×`, `${(speed(one) / speed(lean)).toFixed(2)}×`, one.startSeconds.toFixed(1),
      (one.cpuSeconds / one.mails * 1000).toFixed(2), megabytes(one.peakBytes), `${megabytes(one.firstQuarterBytes)}, ${megabytes(one.lastQuarterBytes)}`, String(one.drafts),
    ]);
  }
  console.log(table.toString());
}
