import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeLoopbackPort } from '../servers/ports.ts';
import { type Backend, type BenchServers, startBenchServers } from './bench-servers.ts';
import { mailSource } from './bench-mails.ts';
import { fitLine } from './fitted-line.ts';
import { connectionsTo, usageOf } from './process-usage.ts';
import { type RunningProgram, runProgram } from './running-program.ts';

// npm run soak -- [--minutes N] [--backend pglite|redis|postgres|both|all] [--rate MAILS_PER_SECOND] [--seed N]: works at half of full rate (or at the rate given) for so long, and looks for anything that
// grows in the second half. Ends with status 1 where something does.
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' }, backend: { type: 'string', default: 'all' }, rate: { type: 'string' }, seed: { type: 'string', default: '1' } } });
const backends = (['pglite', 'redis', 'postgres', 'both'] as const).filter((name) => values.backend === name || values.backend === 'all');
if (backends.length === 0) throw new Error(`--backend: expected pglite, redis, postgres, both or all, not "${values.backend}"`);

/** What may not grow, and by how much an hour it may grow nevertheless: by what a day later would still be no trouble. */
const bounds = {
  'resident MB': 30, 'heap MB': 15, 'active handles': 5, 'open files': 5, 'IMAP connections': 2, 'PostgreSQL connections': 2, 'Redis connections': 2, 'Redis keys': 20, 'Redis MB': 5,
} as const;
type Measure = keyof typeof bounds;
const measures = ['resident MB', 'heap MB', 'active handles', 'open files', 'IMAP connections', 'PostgreSQL connections', 'Redis connections', 'Redis keys', 'Redis MB'] as const satisfies readonly Measure[];
type Sample = Readonly<Partial<Record<Measure, number>>> & { readonly atHours: number; readonly triaged: number };

/**
 * Until then it grows that leaks nothing: code is compiled, words that come often are learnt, pools and the allocator's arenas get as large as they will be. Memory is judged by what comes after, so a run of less than
 * twice that tells nothing of it.
 */
const warmUpMinutes = 10;
const memory: ReadonlySet<Measure> = new Set(['resident MB', 'heap MB', 'Redis MB']);
const minPoints = 24;

const warmUpMails = 300;
/** Where the machine has other work as well, the mailbox is not to become a backlog. */
const maxBehind = 500;
const sampleIntervalMs = 5_000;
const cleanUpIntervalMs = 20_000;
const patienceMs = 10 * 60_000;

let hasGrown = false;
for (const backend of backends) if (await soak(backend)) hasGrown = true;
process.exitCode = hasGrown ? 1 : 0;

async function soak(backend: Backend): Promise<boolean> {
  const servers = await startBenchServers(backend);
  const monitoringPort = await freeLoopbackPort();
  const heapFile = join(servers.dovecot.maildir, '..', 'heap');
  const program = runProgram(
    ['run', '--since', '2000-01-01'],
    { ...servers.environment, REFUND_TRIAGE_MONITORING_PORT: String(monitoringPort), REFUND_TRIAGE_DESK_PORT: String(await freeLoopbackPort()), BENCH_HEAP_FILE: heapFile },
    ['--expose-gc', '--import', new URL('./collect-garbage.ts', import.meta.url).href],
  );
  const redis = servers.redisUrl === null ? null : new Redis(servers.redisUrl);
  const postgres = servers.databaseUrl === null ? null : new Client({ connectionString: servers.databaseUrl });
  try {
    await program.started;
    await postgres?.connect();
    const next = mailSource(Number(values.seed), { mostPictureBytes: 60 * 1024 });
    let delivered = 0;
    const deliver = async (): Promise<void> => {
      await servers.dovecot.deliver(next(delivered));
      delivered += 1;
    };
    const begunAtMs = Date.now();
    for (let number = 0; number < warmUpMails; number += 1) await deliver();
    await untilTriaged(program, delivered);
    // The second half tells: until then it was still starting, and compiling.
    const times = [...program.triagedAtMs.values()].toSorted((one, other) => one - other);
    const halfMs = (times.at(-1) ?? 0) - (times[Math.floor(times.length / 2)] ?? begunAtMs);
    const fullRate = times.length / 2 / (halfMs / 1_000);
    const rate = values.rate === undefined ? fullRate / 2 : Number(values.rate);
    console.log(`${backend}: ${fullRate.toFixed(1)} mails/s at full rate; ${rate.toFixed(1)} mails/s for ${values.minutes} minutes`);

    const samples: Sample[] = [];
    const startedAtMs = Date.now();
    const endAtMs = startedAtMs + Number(values.minutes) * 60_000;
    const before = delivered;
    let nextSampleAtMs = startedAtMs;
    let nextCleanUpAtMs = startedAtMs + cleanUpIntervalMs;
    while (Date.now() < endAtMs) {
      const due = before + Math.floor(((Date.now() - startedAtMs) / 1_000) * rate);
      for (let number = delivered; number < due && delivered - program.triagedAtMs.size < maxBehind; number += 1) await deliver();
      if (Date.now() >= nextSampleAtMs) {
        nextSampleAtMs += sampleIntervalMs;
        samples.push(await takeSample({ servers, program, redis, postgres, monitoringPort, heapFile }, (Date.now() - startedAtMs) / 3_600_000));
      }
      if (Date.now() >= nextCleanUpAtMs) {
        nextCleanUpAtMs += cleanUpIntervalMs;
        await cleanUp(servers);
      }
      await sleep(Math.min(100, 1_000 / rate));
    }
    await untilTriaged(program, delivered);
    console.log(`${String(delivered - before)} mails in ${values.minutes} minutes; ${String(program.errors.length)} errors were logged, ${String(program.quarantined.size)} mails are in quarantine${program.errors.length === 0 ? '' : `, the last: ${program.errors.at(-1) ?? ''}`}`);
    return printGrowth(samples);
  } finally {
    redis?.disconnect();
    await postgres?.end();
    await program.stop();
    await servers.stop();
  }
}

async function untilTriaged({ triagedAtMs, errors }: RunningProgram, count: number): Promise<void> {
  const beganAtMs = Date.now();
  while (triagedAtMs.size < count) {
    if (Date.now() - beganAtMs > patienceMs) throw new Error(`only ${String(triagedAtMs.size)} of ${String(count)} mails are through:\n${errors.slice(-20).join('\n')}`);
    await sleep(50);
  }
}

interface Looked {
  readonly servers: BenchServers;
  readonly program: RunningProgram;
  readonly redis: Redis | null;
  readonly postgres: Client | null;
  readonly monitoringPort: number;
  /** Bytes of the heap that were in use when garbage was last collected. */
  readonly heapFile: string;
}

async function takeSample({ servers, program, redis, postgres, monitoringPort, heapFile }: Looked, atHours: number): Promise<Sample> {
  const { residentBytes, openFiles } = usageOf(program.pid);
  const metrics = await (await fetch(`http://127.0.0.1:${String(monitoringPort)}/metrics`)).text();
  const metric = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  const info = redis === null ? '' : await redis.info();
  const sessions = await postgres?.query<{ count: string }>('SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database()');
  return {
    atHours, triaged: program.triagedAtMs.size, 'resident MB': residentBytes / 2 ** 20, 'heap MB': Number(readFileSync(heapFile, 'utf8')) / 2 ** 20, 'active handles': metric('nodejs_active_handles_total'),
    'open files': openFiles, 'IMAP connections': connectionsTo(servers.dovecot.port),
    ...(sessions === undefined ? {} : { 'PostgreSQL connections': Number(sessions.rows[0]?.count) }),
    ...(redis === null ? {} : { 'Redis connections': Number(/connected_clients:(\d+)/.exec(info)?.[1]), 'Redis keys': await redis.dbsize(), 'Redis MB': Number(/used_memory:(\d+)/.exec(info)?.[1]) / 2 ** 20 }),
  };
}

/** People file their mail and send their drafts: without them a mailbox in memory would be full before the end. */
async function cleanUp({ dovecot }: BenchServers): Promise<void> {
  const done = ['NeedsInfo', 'Ready', 'Review', 'Ignored'].flatMap((name, index) => [...(index === 0 ? [] : ['OR']), 'KEYWORD', `$RefundTriage-${name}`]);
  await dovecot.doveadm(['expunge', '-u', dovecot.user, 'mailbox', 'INBOX', 'SAVEDBEFORE', '60s', '(', ...done, ')']);
  await dovecot.doveadm(['expunge', '-u', dovecot.user, 'mailbox', 'Drafts', 'SAVEDBEFORE', '60s']);
}

/** By a line through the second half. Whether anything grows beyond its bound, by more than chance: twice the error of its slope. */
function printGrowth(samples: readonly Sample[]): boolean {
  const endHours = samples.at(-1)?.atHours ?? 0;
  const table = new Table({ head: ['', 'at first', 'after the warm-up', 'at the end', 'growth an hour', '± twice its error', 'may grow', ''], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'] });
  let grows = false;
  for (const name of measures) {
    const fromHours = Math.max(endHours / 2, memory.has(name) ? warmUpMinutes / 60 : 0);
    const all = samples.flatMap((sample): [number, number][] => {
      const value = sample[name];
      return value === undefined || Number.isNaN(value) ? [] : [[sample.atHours, value]];
    });
    if (all.length === 0) continue;
    const points = all.filter(([atHours]) => atHours >= fromHours);
    const isJudged = points.length >= minPoints;
    const { slope, slopeError } = fitLine(points);
    const isTooMuch = isJudged && slope - 2 * slopeError > bounds[name];
    grows ||= isTooMuch;
    const growth = isJudged ? [slope.toFixed(1), (2 * slopeError).toFixed(1)] : ['–', '–'];
    table.push([name, (all[0]?.[1] ?? 0).toFixed(1), points[0]?.[1].toFixed(1) ?? '–', (all.at(-1)?.[1] ?? 0).toFixed(1), ...growth, String(bounds[name]), isTooMuch ? 'grows' : isJudged ? '' : 'too short to tell']);
  }
  console.log(table.toString());
  return grows;
}
