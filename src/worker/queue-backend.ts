import {
  type BulkJobOptions, createPostgresBackend, type JobsOptions, type JobType, type PgPool, type Processor, Queue, runMigrations, type Telemetry, Worker, type WorkerOptions, withBackend,
} from 'bullmq';
import type { Database } from '../database/database.ts';
import { aloneOnEmbedded, embeddedPool } from './embedded-pool.ts';
import type { MailBatch } from './mail-batch.ts';
import { openRedis, probeRedis } from './redis-server.ts';
import { serverPool } from './server-pool.ts';
import { QueueUnavailableError } from './worker-errors.ts';
import { forgetWrongTimesOnDatabase, forgetWrongTimesOnRedis, type LatestTimes } from './wrong-times.ts';

/** What lies beneath the queues: Redis where its URL is given, else PostgreSQL, on the server or embedded. */
export interface QueueBackend {
  openQueue(name: string, onError: (error: Error) => void): BatchQueue;
  openWorker(name: string, process: BatchProcessor, options: BatchWorkerOptions, onError: (error: Error) => void): BatchWorker;
  /** Mends what a clock that was ahead, and was set right since, has left in a queue. */
  forgetWrongTimes(name: string, queue: BatchQueue, latest: LatestTimes): Promise<void>;
  /** Queues and workers are closed before. */
  close(): Promise<void>;
}

export type BatchWorkerOptions = Omit<WorkerOptions<unknown>, 'connection'>;
export type BatchProcessor = Processor<MailBatch, void, 'mails'>;
/** What is used of BullMQ's classes, whatever the backend. */
export interface BatchQueue {
  add(name: 'mails', batch: MailBatch, options: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: 'mails'; data: MailBatch; opts: BulkJobOptions }[]): Promise<unknown>;
  getRanges(types: JobType[], start: number, end: number): Promise<string[]>;
  getJobCountByTypes(...types: JobType[]): Promise<number>;
  /** Of the library that wrote the queue's own data; null where those are gone. */
  getVersion(): Promise<string | null>;
  getJob(id: string): Promise<{ promote(): Promise<void> } | undefined>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  getJobs(types: JobType[], start: number, end: number, ascending: boolean): Promise<({ readonly timestamp: number } | undefined)[]>;
  close(): Promise<void>;
}
export interface BatchWorker {
  concurrency: number;
  close(force?: boolean): Promise<void>;
}

export interface QueueBackendOptions {
  /** One server, or several of a cluster, separated by commas; null for a queue in the database. */
  readonly redisUrl: string | null;
  readonly database: Database;
  /** Of PostgreSQL. */
  readonly maxConnections: number;
  /** Hears of jobs handed in and worked on. */
  readonly telemetry?: Telemetry | null;
}

/** Throws `QueueUnavailableError`. */
export async function openQueueBackend({ redisUrl, database, maxConnections, telemetry = null }: QueueBackendOptions): Promise<QueueBackend> {
  const traced = telemetry === null ? {} : { telemetry };
  return redisUrl === null ? await openOnDatabase(database, maxConnections, traced) : await openOnRedis(redisUrl, traced);
}

interface Traced {
  readonly telemetry?: Telemetry;
}

async function openOnRedis(redisUrl: string, traced: Traced): Promise<QueueBackend> {
  const { connection, close } = openRedis(redisUrl, await probeRedis(redisUrl));
  return {
    openQueue: (name, onError) => new Queue<MailBatch, void, 'mails'>(name, { connection, prefix: prefixOf(name), ...traced }).on('error', onError),
    openWorker: (name, process, options, onError) =>
      new Worker<MailBatch, void, 'mails'>(name, process, { ...options, connection, prefix: prefixOf(name), ...traced }).on('error', onError),
    forgetWrongTimes: async (_name, queue, latest) => { await forgetWrongTimesOnRedis(queue, latest); },
    close,
  };
}

/** The braces keep all keys of a queue in one slot of a cluster (and in one thread of Dragonfly), while queues spread over its nodes. */
function prefixOf(name: string): string {
  return `{${name}}`;
}

async function openOnDatabase(database: Database, maxConnections: number, traced: Traced): Promise<QueueBackend> {
  const { engine } = database;
  const pool: PgPool = engine.kind === 'embedded' ? embeddedPool(engine.pglite) : serverPool(engine.openPool({ searchPath: 'bullmq', maxConnections }));
  try {
    if (engine.kind === 'embedded') {
      await aloneOnEmbedded(engine.pglite, async (client) => await runMigrations(client));
      // BullMQ's statements name its tables without their schema; the store's always name theirs.
      await engine.pglite.exec('SET search_path TO bullmq');
    } else {
      const client = await pool.connect();
      try {
        await runMigrations(client);
      } finally {
        client.release();
      }
    }
  } catch (error) {
    await pool.end();
    throw new QueueUnavailableError(`The queue in PostgreSQL cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  const { Queue: DatabaseQueue, Worker: DatabaseWorker } = withBackend(createPostgresBackend);
  return {
    openQueue: (name, onError) => new DatabaseQueue<MailBatch, void, 'mails'>(name, { connection: pool, ...traced }).on('error', onError),
    openWorker: (name, process, options, onError) =>
      new DatabaseWorker<MailBatch, void, 'mails'>(name, process, { ...options, connection: pool, ...traced }).on('error', onError),
    forgetWrongTimes: async (name, queue, latest) => { await forgetWrongTimesOnDatabase(pool, name, queue, latest); },
    close: async () => { await pool.end(); },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
