import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { typescriptNode } from '../servers/typescript-node.ts';
import { openStore, type Store } from '../../src/cases/store.ts';
import { type BatchAttempt, type MailQueue, type MailQueues, openMailQueues } from '../../src/worker/mail-queue.ts';
import type { Place } from './place.ts';
import { type QueueServer, queueServers } from './queue-servers.ts';

/** How long a batch is left to a worker that fell silent. */
const lockMs = 600;
const silentWorker = fileURLToPath(new URL('silent-worker.ts', import.meta.url));

async function drained(queue: MailQueue): Promise<void> {
  await vi.waitFor(async () => { expect(await queue.isEmpty()).toBe(true); }, { timeout: 30_000, interval: 50 });
}

describe.each(queueServers)('the queue on the $backend', ({ start }) => {
  let server: QueueServer;
  let place: Place;
  let store: Store;
  let opened: MailQueues[] = [];
  // Each test's own, in one store.
  let mailbox = '';
  let tests = 0;
  beforeAll(async () => {
    server = await start();
    place = await server.place();
    store = await openStore(place.store);
  });
  beforeEach(() => {
    tests += 1;
    mailbox = `support ${String(tests)}`;
  });
  afterEach(async () => {
    await Promise.all(opened.map(async (queues) => { await queues.close(3_000); }));
    opened = [];
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const open = async (options: { attempts?: number; backoffMs?: number; lockMs?: number; concurrency?: number } = {}): Promise<MailQueues> => {
    const queues = await openMailQueues({
      redisUrl: place.redisUrl, database: store.database, installationId: store.installationId, mailboxes: 2, concurrency: 2, ...options, onError: () => undefined,
    });
    opened.push(queues);
    return queues;
  };

  it('opens while other parts of the program are busy with the store', async () => {
    const done = new AbortController();
    const busy = async (): Promise<void> => {
      while (!done.signal.aborted) {
        await store.database.transaction(async (sql) => await sql.query('SELECT 1'));
        await sleep(1);
      }
    };
    const working = [busy(), busy()];
    const queue = await open().then((queues) => queues.queueOf(mailbox)).finally(() => { done.abort(); });
    await Promise.all(working);
    expect(await queue.isEmpty()).toBe(true);
  });

  it('hands out each mail once, in batches of at most 50', async () => {
    const queue = (await open()).queueOf(mailbox);
    const uids = Array.from({ length: 230 }, (_, index) => index + 1);
    await queue.enqueue('7', uids);
    expect(await queue.pendingUids('7')).toEqual(new Set(uids));
    expect(await queue.pendingUids('8')).toEqual(new Set());
    const batches: BatchAttempt[] = [];
    queue.work(async (attempt) => {
      batches.push(attempt);
      await Promise.resolve();
    });
    await drained(queue);
    expect(batches.flatMap(({ batch }) => batch.uids).toSorted((a, b) => a - b)).toEqual(uids);
    expect(Math.max(...batches.map(({ batch }) => batch.uids.length))).toBeLessThanOrEqual(50);
    expect(batches.every(({ interruptions, isLast }) => interruptions === 0 && !isLast)).toBe(true);
  });

  it('hands out a mail that arrives in a storm before the backlog, and what is urgent before the rest of its lane', async () => {
    const queues = await open({ concurrency: 1 });
    const [queue, lane] = [queues.queueOf(mailbox), queues.queueOf(mailbox, 'records')];
    await queue.enqueue('7', Array.from({ length: 400 }, (_, index) => index + 1));
    await queue.enqueue('7', [9_001]);
    const order: number[][] = [];
    const backlog: number[] = [];
    queue.work(async ({ batch, isBacklog }) => {
      order.push([...batch.uids]);
      if (isBacklog) backlog.push(...batch.uids);
      await sleep(5);
    });
    await drained(queue);
    expect(order.findIndex((uids) => uids.includes(9_001))).toBeLessThanOrEqual(1);
    expect(order.flat()).toHaveLength(401);
    expect(backlog.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));

    await lane.enqueueEach('7', [{ uid: 1, isUrgent: false, isBacklog: true }, { uid: 2, isUrgent: false, isBacklog: true }]);
    await lane.enqueueEach('7', [{ uid: 4, isUrgent: false }]);
    await lane.enqueueEach('7', [{ uid: 3, isUrgent: true, isBacklog: true }]);
    const inLane: number[] = [];
    lane.work(async ({ batch }) => {
      inLane.push(...batch.uids);
      await sleep(5);
    });
    await drained(lane);
    expect(inLane.slice(0, 2)).toEqual([3, 4]);
    expect(new Set(inLane)).toEqual(new Set([1, 2, 3, 4]));
  });

  it('wakes a worker that waits for a single new mail at once', async () => {
    const queue = (await open()).queueOf(mailbox);
    const met = new Promise<readonly number[]>((resolve) => {
      queue.work(async ({ batch }) => {
        resolve(batch.uids);
        await Promise.resolve();
      });
    });
    await sleep(300);
    await queue.enqueue('7', [42]);
    expect(await met).toEqual([42]);
  });

  it('keeps a batch that is handed in twice only once, and takes it again when it is through', async () => {
    const queue = (await open()).queueOf(mailbox);
    await queue.enqueue('7', [1]);
    await queue.enqueue('7', [1]);
    let times = 0;
    queue.work(async () => {
      times += 1;
      await Promise.resolve();
    });
    await drained(queue);
    expect(times).toBe(1);
    await queue.enqueue('7', [1]);
    await drained(queue);
    expect(times).toBe(2);
  });

  it('tries a batch that failed again later, and says which attempt is the last', async () => {
    const queue = (await open({ attempts: 3, backoffMs: 50 })).queueOf(mailbox);
    const attempts: boolean[] = [];
    queue.work(async ({ isLast }) => {
      attempts.push(isLast);
      await Promise.reject(new Error('the server was away'));
    });
    await queue.enqueue('7', [1]);
    await drained(queue);
    expect(attempts).toEqual([false, false, true]);
    await queue.enqueue('7', [1]);
    await drained(queue);
    expect(attempts).toHaveLength(6);
  });

  it('puts a batch off without counting the attempt', async () => {
    const queue = (await open({ attempts: 2, backoffMs: 50 })).queueOf(mailbox);
    const lasts: boolean[] = [];
    queue.work(async ({ isLast, putOff }) => {
      lasts.push(isLast);
      if (lasts.length < 5) throw await putOff(20);
    });
    await queue.enqueue('7', [1]);
    await drained(queue);
    expect(lasts).toEqual([false, false, false, false, false]);
  });

  it('keeps the mail of different mailboxes apart', async () => {
    const queues = await open();
    const stuck = queues.queueOf(`${mailbox}, stuck`);
    const release = new EventEmitter();
    stuck.work(async () => { await once(release, 'now'); });
    await stuck.enqueue('7', [1, 2]);
    const other = queues.queueOf(`${mailbox}, other`);
    const met: number[] = [];
    other.work(async ({ batch }) => {
      met.push(...batch.uids);
      await Promise.resolve();
    });
    await other.enqueue('7', [1]);
    await drained(other);
    expect(met).toEqual([1]);
    expect(await stuck.isEmpty()).toBe(false);
    release.emit('now');
  });

  it('hands a batch whose worker fell silent to another one within seconds, and says so', async () => {
    const other = await server.place();
    const child = spawn(typescriptNode, [silentWorker, JSON.stringify(other), String(lockMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const theirs = await openStore(other.store);
    const queues = await openMailQueues({ redisUrl: other.redisUrl, database: theirs.database, installationId: theirs.installationId, mailboxes: 1, concurrency: 2, lockMs, onError: () => undefined });
    const queue = queues.queueOf('support');
    const attempts: BatchAttempt[] = [];
    queue.work(async (attempt) => {
      attempts.push(attempt);
      await Promise.resolve();
    });
    await drained(queue);
    expect(attempts.map(({ interruptions, batch }) => ({ interruptions, uids: batch.uids }))).toContainEqual({ interruptions: 1, uids: [1] });
    expect(attempts.flatMap(({ batch }) => batch.uids).toSorted((one, another) => one - another)).toEqual([1, 2]);
    await queues.close(3_000);
    await theirs.close();
  });

  it('goes on at once when the clock was a day ahead and was set right, with what was put off and with what fell silent', async () => {
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => Math.round(performance.timeOrigin + performance.now()) + 86_400_000);
    const before = await open({ lockMs, concurrency: 1 });
    const release = new EventEmitter();
    try {
      const queue = before.queueOf(mailbox);
      const begun = new Promise((resolve) => {
        queue.work(async ({ batch, putOff }) => {
          if (batch.uids.includes(1)) throw await putOff(20_000);
          resolve(batch);
          await once(release, 'now');
        });
      });
      await queue.enqueue('7', [1]);
      await queue.enqueue('7', [2]);
      await begun;
    } finally {
      clock.mockRestore();
    }
    await before.close(10);
    const queue = (await open({ lockMs })).queueOf(mailbox);
    expect(await queue.pendingUids('7')).toEqual(new Set([1, 2]));
    const met: number[] = [];
    queue.work(async ({ batch }) => {
      met.push(...batch.uids);
      await Promise.resolve();
    });
    await drained(queue);
    expect(met.toSorted((one, another) => one - another)).toEqual([1, 2]);
    release.emit('now');
  });
});
