import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handOverHeldBack, hurryUrgentMails, newFeed } from '../../src/worker/mail-feed.ts';
import { openDesk } from '../../src/worker/mailbox-desk.ts';
import { type MailQueue, type MailQueues, openMailQueues } from '../../src/worker/mail-queue.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { enqueueNewMail, reconcile, type WatchContext } from '../../src/worker/watch-mailbox.ts';
import { startEmbedded } from '../cases/stores.ts';
import { testMail, testTriage } from './test-triage.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const since = new Date(0);

describe('the feed of a queue', () => {
  let stores: Awaited<ReturnType<typeof startEmbedded>>;
  let bench: WorkerBench;
  let queues: MailQueues;
  let queue: MailQueue;
  let context: WatchContext;

  beforeAll(async () => { stores = await startEmbedded(); });
  beforeEach(async () => {
    bench = await openWorkerBench(await stores.location());
    const { store, mailbox } = bench;
    queues = await openMailQueues({ redisUrl: null, database: store.database, installationId: store.installationId, mailboxes: 1, concurrency: 1, maxWaiting: 2, onError: () => undefined });
    queue = queues.queueOf(mailbox.name);
    context = { desk: openDesk(mailbox, store, since), store, queue, filesQueue: null, doubtsQueue: null, recordsQueue: null, events: {}, saysUrgent: (subject) => subject.includes('chargeback') };
  });
  afterEach(async () => {
    await queues.close(3_000);
    await bench.clear();
  });
  afterAll(async () => { await stores.stop(); });

  const deliver = async (count: number, subjectOf: (index: number) => string = () => 'Refund please', name = 'm'): Promise<void> => {
    for (let index = 1; index <= count; index += 1) await bench.maildir.deliver(testMail(`${name}${String(index)}`, subjectOf(index)));
  };
  const enqueuedUid = async (): Promise<number | undefined> => (await bench.store.readCursor('support'))?.enqueuedUid;
  /** Works off what lies in the queue; the UIDs in the order they came. */
  const workedOff = (): number[] => {
    const order: number[] = [];
    queue.work(async ({ batch }) => {
      order.push(...batch.uids);
      await sleep(1);
    });
    return order;
  };

  it('leaves in the mailbox what the queue has no room for, and hands it over as room is made', async () => {
    await deliver(120);
    const feed = newFeed();
    expect(await enqueueNewMail(context, feed)).toBe(100);
    expect((await queue.depth()).batches.waiting).toBe(2);
    expect([feed.heldBack.length, await enqueuedUid()]).toEqual([20, 100]);
    // Whatever happens meanwhile adds nothing to what waits.
    await handOverHeldBack(context, feed);
    expect(await reconcile(context, feed)).toBe(0);
    expect([feed.heldBack.length, (await queue.depth()).batches.waiting]).toEqual([20, 2]);
    const order = workedOff();
    await vi.waitFor(async () => {
      await handOverHeldBack(context, feed);
      expect(await queue.isEmpty()).toBe(true);
      expect(new Set(order).size).toBe(120);
    }, { timeout: 20_000, interval: 20 });
    expect(order).toHaveLength(120);
    expect([feed.heldBack, await enqueuedUid()]).toEqual([[], 120]);
  });

  it('hands over a mail that comes while others are held back, and forgets none that only it remembered', async () => {
    await deliver(110);
    const feed = newFeed();
    await enqueueNewMail(context, feed);
    await deliver(1, undefined, 'fresh');
    expect(await enqueueNewMail(context, feed)).toBe(1);
    expect(await queue.pendingUids((await context.desk.cursor()).uidValidity)).toContain(111);
    expect(await enqueuedUid()).toBe(100);
    // The process dies; another one takes over when the queue is empty again.
    const order = workedOff();
    await vi.waitFor(async () => { expect(await queue.isEmpty()).toBe(true); }, { timeout: 20_000, interval: 20 });
    const next = newFeed();
    await reconcile(context, next);
    await vi.waitFor(async () => {
      await handOverHeldBack(context, next);
      expect(new Set(order).size).toBe(111);
    }, { timeout: 20_000, interval: 20 });
    expect(order[0]).toBe(111);
  });

  it('puts a mail whose subject says that it cannot wait before those that wait, whether they lie in the queue or not', async () => {
    await deliver(110, (index) => (index === 60 || index === 105 ? '=?utf-8?q?I_filed_a_=63hargeback?=' : 'Refund please'));
    const feed = newFeed();
    await enqueueNewMail(context, feed);
    while ((await hurryUrgentMails(context, feed)) > 0);
    const order = workedOff();
    await vi.waitFor(async () => {
      await handOverHeldBack(context, feed);
      expect(new Set(order).size).toBe(110);
    }, { timeout: 20_000, interval: 20 });
    expect(new Set(order.slice(0, 2))).toEqual(new Set([60, 105]));
    expect(order.filter((uid) => uid === 105)).toHaveLength(1);
  });

  it('works through all of a backlog that is larger than the queue, once', async () => {
    await deliver(70);
    const { store, mailbox, stop, maildir } = bench;
    await queues.close(1_000);
    await runWorker({ store, mailboxes: [{ mailbox, since }], triage: testTriage(), redisUrl: null, once: true, signal: stop.signal, concurrency: 2, queue: { maxWaiting: 1 } });
    expect(maildir.answered()).toHaveLength(70);
  });
});
