import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import { findProcess } from './process-usage.ts';

/** A mail server and what `refund-triage run` needs beside it, all of our own. */
export interface BenchServers {
  readonly dovecot: Dovecot;
  readonly environment: Readonly<Record<string, string>>;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** The first process of each server that is our own: REDIS_URL and DATABASE_URL may name others. */
  readonly pids: Readonly<Partial<Record<'Dovecot' | 'PostgreSQL' | 'Redis', number>>>;
  stop(): Promise<void>;
}

/** `pglite`: neither of the two. */
export type Backend = 'pglite' | 'redis' | 'postgres' | 'both';

const maxConnections = 200;

export async function startBenchServers(backend: Backend): Promise<BenchServers> {
  const folder = await mkdtemp(join(tmpdir(), 'refund-triage-bench-data-'));
  const [usesRedis, usesPostgres] = [backend === 'redis' || backend === 'both', backend === 'postgres' || backend === 'both'];
  const { REDIS_URL: givenRedis, DATABASE_URL: givenDatabase } = process.env;
  const redis = usesRedis && givenRedis === undefined ? await startRedis() : null;
  const postgres = usesPostgres && givenDatabase === undefined ? await startPostgres({ maxConnections }) : null;
  const redisUrl = usesRedis ? (redis?.url ?? givenRedis ?? null) : null;
  const databaseUrl = usesPostgres ? ((await postgres?.createDatabase()) ?? givenDatabase ?? null) : null;
  const dovecot = await startDovecot();
  await writeFile(join(folder, 'password'), dovecot.password);
  return {
    dovecot, databaseUrl, redisUrl,
    environment: {
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }), ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
      REFUND_TRIAGE_DATA_DIR: join(folder, 'data'), REFUND_TRIAGE_IMAP_HOST: dovecot.host, REFUND_TRIAGE_IMAP_PORT: String(dovecot.port),
      REFUND_TRIAGE_IMAP_SECURITY: 'none', REFUND_TRIAGE_IMAP_USER: dovecot.user, REFUND_TRIAGE_IMAP_PASSWORD_FILE: join(folder, 'password'),
    },
    pids: {
      Dovecot: findProcess(join(dovecot.maildir, '..', 'dovecot.conf')),
      ...(postgres === null || databaseUrl === null ? {} : { PostgreSQL: findProcess(`-p ${new URL(databaseUrl).port} `) }),
      ...(redis === null ? {} : { Redis: findProcess(`--port ${new URL(redis.url).port} `) }),
    },
    stop: async () => {
      await dovecot.stop();
      await postgres?.stop();
      await redis?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
