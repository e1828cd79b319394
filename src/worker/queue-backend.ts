import {
  type BulkJobOptions, createPostgresBackend, type JobsOptions, type JobType, type PgPool, type Processor, Queue, runMigrations, Worker, type WorkerOptions, withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Database } from '../cases/database.ts';
import { embeddedPool } from './embedded-pool.ts';
import type { MailBatch } from './mail-batch.ts';
import { serverPool } from './server-pool.ts';
import { QueueUnavailableError } from './worker-errors.ts';

/** What lies beneath the queues: Redis where its URL is given, else PostgreSQL, on the server or embedded. */
export interface QueueBackend {
  openQueue(name: string, onError: (error: Error) => void): BatchQueue;
  openWorker(name: string, process: BatchProcessor, options: BatchWorkerOptions, onError: (error: Error) => void): BatchWorker;
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
  close(): Promise<void>;
}
export interface BatchWorker {
  close(force?: boolean): Promise<void>;
}

/** Throws `QueueUnavailableError`. `maxConnections` is for PostgreSQL. */
export async function openQueueBackend(options: { redisUrl: string | null; database: Database; maxConnections: number }): Promise<QueueBackend> {
  return options.redisUrl === null ? await openOnDatabase(options.database, options.maxConnections) : await openOnRedis(options.redisUrl);
}

async function openOnRedis(redisUrl: string): Promise<QueueBackend> {
  const connection = { url: redisUrl, maxRetriesPerRequest: null, retryStrategy: (times: number) => Math.min(times * 200, 5_000) };
  await assertRedisAnswers(redisUrl);
  return {
    openQueue: (name, onError) => new Queue<MailBatch, void, 'mails'>(name, { connection }).on('error', onError),
    openWorker: (name, process, options, onError) => new Worker<MailBatch, void, 'mails'>(name, process, { ...options, connection }).on('error', onError),
    close: async () => { await Promise.resolve(); },
  };
}

async function assertRedisAnswers(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 10_000, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new QueueUnavailableError(`Redis at REDIS_URL cannot be used: ${reasonOf(error)}`, { cause: error });
  } finally {
    redis.disconnect();
  }
}

async function openOnDatabase(database: Database, maxConnections: number): Promise<QueueBackend> {
  const { engine } = database;
  const pool: PgPool = engine.kind === 'embedded' ? embeddedPool(engine.pglite) : serverPool(engine.openPool({ searchPath: 'bullmq', maxConnections }));
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
    // BullMQ's statements name its tables without their schema; the store's always name theirs.
    if (engine.kind === 'embedded') await engine.pglite.exec('SET search_path TO bullmq');
  } catch (error) {
    await pool.end();
    throw new QueueUnavailableError(`The queue in PostgreSQL cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  const { Queue: DatabaseQueue, Worker: DatabaseWorker } = withBackend(createPostgresBackend);
  return {
    openQueue: (name, onError) => new DatabaseQueue<MailBatch, void, 'mails'>(name, { connection: pool }).on('error', onError),
    openWorker: (name, process, options, onError) =>
      new DatabaseWorker<MailBatch, void, 'mails'>(name, process, { ...options, connection: pool }).on('error', onError),
    close: async () => { await pool.end(); },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
