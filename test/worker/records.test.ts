import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { laterRecords, openRecords, type MerchantRecords } from '../../src/records/records-reader.ts';
import { recordsSchema } from '../../src/records/records-settings.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { startEmbedded } from '../cases/stores.ts';
import { json, startLocalOrders, type LocalOrders } from '../records/local-orders.ts';
import type { MaildirView } from './maildir-view.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const packs = (await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)))).map((pack) => ({ ...pack, policy: { ...pack.policy, model: { consent: true, screenshots: false } } }));

function mail(id: string, text: string, to = 'hello@winno.example'): Buffer {
  return Buffer.from([
    `Message-ID: <${id}@customer.example>`, `From: Ben <${id}@customer.example>`, `To: ${to}`, 'Subject: Question', 'Date: Tue, 17 Mar 2026 10:14:00 +0100', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text, '',
  ].join('\r\n'));
}

const cancel = 'Please cancel my order WN-34021, I have changed my mind.';
const order = { number: 'WN-34021', total: '49.00 EUR', started: false };

describe('a worker that asks the records', () => {
  let stores: Awaited<ReturnType<typeof startEmbedded>>;
  let orders: LocalOrders;
  let bench: WorkerBench;
  let store: Store;
  let folder: string;
  let maildir: MaildirView;
  let mailbox: Mailbox;
  let fates: MailFate[];
  let stop: AbortController;

  beforeAll(async () => {
    stores = await startEmbedded();
    orders = await startLocalOrders();
  });
  beforeEach(async () => {
    bench = await openWorkerBench(await stores.location());
    ({ store, folder, maildir, mailbox, fates, stop } = bench);
    orders.asked.length = 0;
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => {
    await orders.close();
    await stores.stop();
  });

  const run = async ({ recordsWaitMs = 60_000, onDoubt }: { recordsWaitMs?: number; onDoubt?: () => void } = {}): Promise<void> => {
    const settings = recordsSchema.parse({ http: { by_order_number: `${orders.base}/orders/{order_number}`, timeout_seconds: 1 }, fields: { order_number: 'number', amount: 'total', work_started: 'started' } });
    const known: MerchantRecords[] = [{ merchant: 'winno', settings, saidIn: folder }];
    const records = openRecords(known, new Map());
    const options = { authservIds: [], merchants: new Map(), countEarlierRequests: null };
    const withRecords = triageMailWith(packs, { ...options, records });
    const triageWithSecondReader: TriageMail | null = onDoubt === undefined ? null : async (...call) => {
      onDoubt();
      return await withRecords(...call);
    };
    try {
      await runWorker({
        store, mailboxes: [{ mailbox, since: new Date(0) }], triage: triageMailWith(packs, { ...options, records: laterRecords(known) }), triageWithRecords: withRecords, triageWithSecondReader, recordsWaitMs, redisUrl: null, once: true,
        signal: stop.signal, concurrency: 2, queue: { backoffMs: 30, attempts: 2, lockMs: 3_000 }, events: { onMail: (fate) => { fates.push(fate); } },
      });
    } finally {
      await records.close();
    }
  };

  it('decides by what they say, and asks about no other mail', async () => {
    orders.respond(json(order));
    await maildir.deliver(mail('ben', cancel));
    await maildir.deliver(mail('eve', 'Would you like to partner with us?'));
    await maildir.deliver(mail('zoe', cancel, 'refunds@stone-ai.example'));
    await run();
    expect(new Map(fates.map(({ from, records }) => [from, records]))).toEqual(new Map([['ben@customer.example', 'found'], ['eve@customer.example', null], ['zoe@customer.example', null]]));
    expect(orders.asked.map(({ url }) => url)).toEqual(['/orders/WN-34021']);
    const [stored] = await store.listDecisions({ after: 0, limit: 10, merchant: 'winno', sinceMs: null, newestOnly: true, caseId: null }).then((all) => all.filter(({ outcome }) => outcome === 'full_refund'));
    expect(stored?.basis?.facts.values).toMatchObject({ amount: { value: '49.00 EUR', source: 'order' }, work_started: { value: false, source: 'order' } });
  });

  it('answers the other mails while the records are down, and the waiting one by the records when they are back', async () => {
    orders.respond(json({}, 503));
    await maildir.deliver(mail('waiting', cancel));
    for (let count = 1; count <= 5; count += 1) await maildir.deliver(mail(`other${String(count)}`, 'I was charged twice. Please refund one of the two payments.', 'support@imgto3d.ai'));
    const ended = run();
    await vi.waitFor(() => { expect([fates.length, orders.asked.length > 0]).toEqual([5, true]); }, { timeout: 20_000 });
    expect(fates.map(({ from }) => from)).not.toContain('waiting@customer.example');
    // More attempts than a mail that fails otherwise is given.
    await vi.waitFor(() => { expect(orders.asked.length).toBeGreaterThan(3); }, { timeout: 20_000 });
    expect((await maildir.keywords()).get('<waiting@customer.example>')).toEqual([]);
    stop.abort();
    await ended;
    stop = new AbortController();
    orders.respond(json(order));
    await run();
    expect(fates.at(-1)).toMatchObject({ from: 'waiting@customer.example', records: 'found', outcome: 'full_refund', quarantine: null });
    expect(maildir.answered().filter((id) => id.includes('waiting'))).toHaveLength(1);
  });

  it('goes on without them after a while, with a word to the agent', async () => {
    orders.respond(json({}, 503));
    await maildir.deliver(mail('waiting', cancel));
    await run({ recordsWaitMs: 1_500 });
    expect(fates).toMatchObject([{ from: 'waiting@customer.example', records: 'unavailable', outcome: 'full_refund', quarantine: null }]);
    const [stored] = await store.listDecisions({ after: 0, limit: 10, merchant: null, sinceMs: null, newestOnly: true, caseId: null });
    expect(stored?.basis?.context.recordsUnavailable).toBe(true);
    expect(Object.values(stored?.basis?.facts.values ?? {}).map(({ source }) => source)).not.toContain('order');
    expect(maildir.answered()).toEqual(['<waiting@customer.example>']);
    expect((await maildir.keywords()).get('<waiting@customer.example>')).toHaveLength(1);
  });

  it('waits for them once, also where the mail goes on to another queue', async () => {
    orders.respond(json({}, 503));
    await maildir.deliver(mail('unsure', 'I want my money back for order WN-34021. It is blorby and quite frumpled, as my aunt said when she saw it on the wall.'));
    let doubts = 0;
    await run({ recordsWaitMs: 1_500, onDoubt: () => { doubts += 1; } });
    expect(fates).toMatchObject([{ records: 'unavailable', quarantine: null }]);
    expect(doubts).toBe(1);
  });
});
