import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startDovecot, type Dovecot } from '../servers/dovecot.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import { writeBenchMails, type BenchMails } from './bench-mails.ts';
import { measureProgram, type Measurement } from './measured-program.ts';

// npm run bench -- [--mails N] [--backend redis|pglite|postgres|all] [--seed N]: the whole job from mailbox to Drafts beside two bare loops over the same mails.
const { values } = parseArgs({
  options: { mails: { type: 'string', default: '2000' }, backend: { type: 'string', default: 'all' }, seed: { type: 'string', default: '1' } },
});
const backends = ['pglite', 'redis', 'postgres'].filter((name) => values.backend === 'all' || values.backend === name);
if (backends.length === 0) throw new Error(`--backend: expected redis, pglite, postgres or all, not "${values.backend}"`);

const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-bench-'));
try {
  const mails = await writeBenchMails(join(folder, 'mails'), Number(values.mails), Number(values.seed));
  console.log(`${String(mails.files.length)} mails, ${(mails.bytes / 2 ** 20).toFixed(0)} MB, ${String(mails.withPictures)} with pictures; seed ${values.seed}`);
  const plain = await runBareLoop('plain', mails);
  const lean = await runBareLoop('lean', mails);
  const rows: [string, Measurement][] = [['plain loop', plain], ['lean loop', lean]];
  for (const backend of backends) rows.push([`refund-triage, ${backend}`, await runWholeJob(backend, mails)]);
  printRows(rows, plain, lean);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runBareLoop(name: 'plain' | 'lean', mails: BenchMails): Promise<Measurement> {
  return await overDovecot(mails, async (dovecot) => await measureProgram(
    [fileURLToPath(new URL(`./${name}-loop.ts`, import.meta.url))],
    { BENCH_IMAP_PORT: String(dovecot.port), BENCH_IMAP_USER: dovecot.user, BENCH_IMAP_PASSWORD: dovecot.password },
    join(folder, 'usage.json'),
  ));
}

/** `refund-triage run --once` with its own settings left as they come. */
async function runWholeJob(backend: string, mails: BenchMails): Promise<Measurement> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'refund-triage-bench-data-'));
  const started = await startBackend(backend);
  try {
    return await overDovecot(mails, async (dovecot) => {
      await writeFile(join(dataFolder, 'password'), dovecot.password);
      return await measureProgram([fileURLToPath(new URL('../../src/main.ts', import.meta.url)), 'run', '--once', '--since', '2000-01-01'], {
        ...started.environment,
        REFUND_TRIAGE_DATA_DIR: join(dataFolder, 'data'), REFUND_TRIAGE_IMAP_HOST: dovecot.host, REFUND_TRIAGE_IMAP_PORT: String(dovecot.port),
        REFUND_TRIAGE_IMAP_SECURITY: 'none', REFUND_TRIAGE_IMAP_USER: dovecot.user, REFUND_TRIAGE_IMAP_PASSWORD_FILE: join(dataFolder, 'password'),
      }, join(folder, 'usage.json'));
    });
  } finally {
    await started.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

interface Backend {
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

async function nothing(): Promise<void> {
  await Promise.resolve();
}

/** A server of our own, or the one that REDIS_URL or DATABASE_URL names. */
async function startBackend(name: string): Promise<Backend> {
  if (name === 'redis') {
    const url = process.env['REDIS_URL'];
    if (url !== undefined) return { environment: { REDIS_URL: url }, stop: nothing };
    const server = await startRedis();
    return { environment: { REDIS_URL: server.url }, stop: async () => { await server.stop(); } };
  }
  if (name === 'postgres') {
    const url = process.env['DATABASE_URL'];
    if (url !== undefined) return { environment: { DATABASE_URL: url }, stop: nothing };
    const server = await startPostgres();
    return { environment: { DATABASE_URL: await server.createDatabase() }, stop: async () => { await server.stop(); } };
  }
  return { environment: {}, stop: nothing };
}

/** A mailbox that nobody has looked into yet, for each run. Throws where it holds other drafts afterwards than the program said. */
async function overDovecot(mails: BenchMails, run: (dovecot: Dovecot) => Promise<Measurement>): Promise<Measurement> {
  const dovecot = await startDovecot();
  try {
    for (const file of mails.files) await dovecot.deliver(await readFile(file));
    const measured = await run(dovecot);
    const drafts = (await Promise.all(['new', 'cur'].map(async (place) => await readdir(join(dovecot.maildir, '.Drafts', place))))).flat().length;
    if (measured.mails !== mails.files.length || measured.drafts !== drafts) {
      throw new Error(`${String(measured.mails)} of ${String(mails.files.length)} mails done; ${String(drafts)} drafts lie there, ${String(measured.drafts)} were told of`);
    }
    return measured;
  } finally {
    await dovecot.stop();
  }
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
