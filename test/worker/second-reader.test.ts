import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { openSecondReader } from '../../src/model/second-reader.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { startEmbedded } from '../cases/stores.ts';
import { answers, hangs, startLocalModel, type LocalModel } from '../model/local-model.ts';
import type { MaildirView } from './maildir-view.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const shipped = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));
const packs = shipped.map((pack) => ({ ...pack, policy: { ...pack.policy, model: { consent: true, screenshots: false } } }));

function mail(id: string, text: string): Buffer {
  return Buffer.from([
    `Message-ID: <${id}@customer.example>`, `From: Jonas <${id}@customer.example>`, 'To: support@imgto3d.ai', 'Subject: Question', 'Date: Tue, 17 Mar 2026 10:14:00 +0100', 'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text, '',
  ].join('\r\n'));
}

const sure = 'Hello, I was charged twice for my subscription on 16 March 2026. Please refund one of the two payments.';
// Dutch: we have no words for it.
const doubtful = 'Ik heb gisteren twee keer moeten betalen voor hetzelfde abonnement, op 16-03-2026, en dat klopt niet. Kunt u een van de twee betalingen terugstorten?';
const rightAnswer = {
  topic: { value: 'refund', quote: 'een van de twee betalingen terugstorten' }, reason: { value: 'duplicate_charge', quote: 'twee keer moeten betalen voor hetzelfde abonnement' },
  facts: [{ name: 'paid_at', value: '2026-03-16', quote: 'op 16-03-2026' }],
};

describe('a worker with a second reader', () => {
  let stores: Awaited<ReturnType<typeof startEmbedded>>;
  let model: LocalModel;
  let bench: WorkerBench;
  let store: Store;
  let maildir: MaildirView;
  let mailbox: Mailbox;
  let fates: MailFate[];
  let stop: AbortController;

  beforeAll(async () => {
    stores = await startEmbedded();
    model = await startLocalModel();
  });
  beforeEach(async () => {
    bench = await openWorkerBench(await stores.location());
    ({ store, maildir, mailbox, fates, stop } = bench);
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => {
    await model.close();
    await stores.stop();
  });

  const run = async ({ timeoutMs = 3_000, once = true }: { timeoutMs?: number; once?: boolean } = {}): Promise<void> => {
    const secondReader = openSecondReader({ name: 'local', baseUrl: model.baseUrl, apiKey: null, timeoutMs, concurrency: 4, maxTokensPerDay: 1_000_000, maxTokensPerCase: 20_000, screenshots: false }, { signal: stop.signal });
    const settings = { authservIds: [], merchants: new Map(), countEarlierRequests: null };
    await runWorker({
      store, mailboxes: [{ mailbox, since: new Date(0) }], triage: triageMailWith(packs, settings), triageWithSecondReader: triageMailWith(packs, { ...settings, secondReader }), redisUrl: null, once,
      signal: stop.signal, concurrency: 2, queue: { backoffMs: 30, attempts: 4, lockMs: 3_000 }, events: { onMail: (fate) => { fates.push(fate); } },
    });
  };
  const senders = (): string[] => fates.map(({ from }) => from?.split('@', 1)[0] ?? '');

  it('decides by what the model found in a mail that left something in doubt', async () => {
    model.respond(answers(rightAnswer));
    await maildir.deliver(mail('doubtful', doubtful));
    await run();
    expect(fates).toMatchObject([{ topic: 'refund', outcome: 'human_review', missing: [] }]);
    expect(maildir.answered()).toEqual(['<doubtful@customer.example>']);
  });

  it('answers the mails it is sure of while the model keeps the others waiting, and those without it in the end', async () => {
    model.respond(hangs);
    await maildir.deliver(mail('doubtful1', doubtful));
    for (let count = 1; count <= 12; count += 1) await maildir.deliver(mail(`sure${String(count)}`, sure));
    await maildir.deliver(mail('doubtful2', `${doubtful} Alvast bedankt.`));
    await run({ timeoutMs: 2_000 });
    expect(senders().slice(0, 12).toSorted()).toEqual(Array.from({ length: 12 }, (_, index) => `sure${String(index + 1)}`).toSorted());
    expect(senders().slice(12).toSorted()).toEqual(['doubtful1', 'doubtful2']);
    expect((await maildir.keywords()).get('<doubtful1@customer.example>')).toHaveLength(1);
  });

  it('goes on without the model where it is ended while it waits, and so ends soon', async () => {
    model.respond(hangs);
    const before = model.requests.length;
    await maildir.deliver(mail('doubtful', doubtful));
    const ended = run({ timeoutMs: 3_600_000, once: false });
    await vi.waitFor(() => { expect(model.requests.length).toBeGreaterThan(before); }, { timeout: 15_000 });
    stop.abort();
    await ended;
    await run();
    expect(senders()).toEqual(['doubtful']);
    expect((await maildir.keywords()).get('<doubtful@customer.example>')).toHaveLength(1);
  });
});
