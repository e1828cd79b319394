import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openQueueView } from '../../src/worker/queue-view.ts';
import { probeRedis } from '../../src/worker/redis-server.ts';
import { runWorker, type RunWorkerOptions } from '../../src/worker/run-worker.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';
import { testMail, testTriage } from './test-triage.ts';
import { openWorkerBench } from './worker-bench.ts';

let postgres: PostgresServer;
let redis: RedisServer;
beforeAll(async () => { [postgres, redis] = await Promise.all([startPostgres(), startRedis({ isCluster: true })]); });
afterAll(async () => { await Promise.all([postgres.stop(), redis.stop()]); });

describe('the worker with its queue on a Redis Cluster', () => {
  it.each([
    ['several nodes are named', (url: string) => `${url},127.0.0.1:9`],
    ['one node is named, and says that it is of a cluster', (url: string) => url],
  ])('answers all mail once where %s', async (_, urlOf) => {
    const redisUrl = urlOf(redis.url);
    const bench = await openWorkerBench({ databaseUrl: await postgres.createDatabase() });
    try {
      const run = async (options: Partial<RunWorkerOptions>): Promise<void> => {
        await runWorker({
          store: bench.store, mailboxes: [{ mailbox: bench.mailbox, since: new Date(0) }], triage: testTriage(), triageWithFiles: testTriage({ looksIntoFiles: true }), redisUrl, once: true,
          signal: bench.stop.signal, queue: { backoffMs: 30, attempts: 2, lockMs: 3_000 }, ...options,
        });
      };
      for (let count = 1; count <= 12; count += 1) await bench.maildir.deliver(testMail(`m${String(count)}`, count === 3 ? 'files' : 'Refund please'));
      await run({ roles: ['watch'] });
      const view = await openQueueView({ redisUrl, store: bench.store, mailboxes: ['support'] });
      const depths = await view.depths();
      await view.close();
      expect(depths.find(({ lane }) => lane === 'mails')?.batches.waiting).toBeGreaterThan(0);
      await run({});
      expect(bench.maildir.answered()).toHaveLength(12);
    } finally {
      await bench.clear();
    }
  });

  it('goes on when the cluster was away', async () => {
    const bench = await openWorkerBench({ databaseUrl: await postgres.createDatabase() });
    const worker = runWorker({
      store: bench.store, mailboxes: [{ mailbox: bench.mailbox, since: new Date(0) }], triage: testTriage(), redisUrl: redis.url, signal: bench.stop.signal, reconcileIntervalMs: 500,
      queue: { backoffMs: 30, attempts: 4, lockMs: 3_000 },
    });
    try {
      await bench.maildir.deliver(testMail('before'));
      await vi.waitFor(() => { expect(bench.maildir.answered()).toHaveLength(1); }, { timeout: 20_000, interval: 100 });
      await redis.restart();
      await bench.maildir.deliver(testMail('after'));
      await vi.waitFor(() => { expect(bench.maildir.answered()).toHaveLength(2); }, { timeout: 60_000, interval: 100 });
    } finally {
      bench.stop.abort();
      await worker;
      await bench.clear();
    }
  });

  it('keeps the keys of a queue in one slot, and different queues in different ones', async () => {
    expect(await probeRedis(redis.url)).toMatchObject({ isCluster: true, evictionPolicy: 'noeviction' });
    const client = new Redis(redis.url);
    try {
      const keys = await client.keys('*');
      const tags = new Map<string, Set<number>>();
      for (const key of keys) {
        const tag = /^\{(refund-triage-[^}]+)\}:/.exec(key)?.[1] ?? `none: ${key}`;
        tags.set(tag, (tags.get(tag) ?? new Set()).add(await client.cluster('KEYSLOT', key)));
      }
      expect([...tags.keys()].filter((tag) => tag.startsWith('none'))).toEqual([]);
      expect([...tags.values()].filter((slots) => slots.size !== 1)).toEqual([]);
      expect(new Set([...tags.values()].flatMap((slots) => [...slots])).size).toBeGreaterThan(1);
    } finally {
      client.disconnect();
    }
  });
});
