import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../src/cases/store.ts';
import { timeRulesOf } from '../../src/commands/time-rules.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { doWhatIsDue } from '../../src/worker/keep-time.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import { startEmbedded } from '../cases/stores.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const packs = (await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)))).map((pack) => ({ ...pack, policy: { ...pack.policy, waiting: { remind_after_days: 5, close_after_days: 14 } } }));

function mail(id: string, text: string, more: readonly string[] = [], to = 'refunds@stone-ai.example'): Buffer {
  return Buffer.from([`Message-ID: <${id}@c>`, 'From: Ben <ben@c.example>', `To: ${to}`, 'Subject: Refund', 'Date: Tue, 17 Mar 2026 10:14:00 +0000', ...more, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n'));
}

const unclear = 'I want a refund for my tokens, please. I have not used any of them.';

describe('the time', () => {
  let stores: Awaited<ReturnType<typeof startEmbedded>>;
  let bench: WorkerBench;
  let store: Store;
  let told: string[];
  beforeAll(async () => { stores = await startEmbedded(); });
  beforeEach(async () => {
    bench = await openWorkerBench(await stores.location());
    ({ store } = bench);
    told = [];
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => { await stores.stop(); });

  const triage = (): TriageMail => triageMailWith(packs, { authservIds: [], merchants: new Map(), countEarlierRequests: store.countEarlierRequests, findThread: store.findThread });
  const run = async (): Promise<void> => {
    await runWorker({ store, mailboxes: [{ mailbox: bench.mailbox, since: new Date(0) }], triage: triage(), redisUrl: null, once: true, signal: bench.stop.signal, queue: { backoffMs: 30 } });
  };
  const tick = async (): Promise<void> => {
    await doWhatIsDue({ store, mailboxes: [bench.mailbox], triage: triage(), rules: () => timeRulesOf(packs), events: { onDue: ({ kind }) => { told.push(kind); }, onError: (_mailbox, error) => { throw error; } } });
  };
  const drafts = (): string[] => ['new', 'cur'].flatMap((place) => {
    const folder = join(bench.maildir.path, '.Drafts', place);
    return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : [];
  });
  const stage = async (): Promise<string | undefined> => (await store.database.query<{ stage: string }>('SELECT stage FROM refund_triage.cases'))[0]?.stage;
  /** The draft leaves Drafts and lies in Sent, some days ago. */
  const sendDraft = async (daysAgo: number): Promise<void> => {
    const [source = ''] = drafts();
    await bench.mailbox.saveSent({ messageId: /^Message-ID:\s*(<.*>)/mi.exec(source)?.[1] ?? '', source: Buffer.from(source) });
    rmSync(join(bench.maildir.path, '.Drafts', 'cur'), { recursive: true });
    rmSync(join(bench.maildir.path, '.Drafts', 'new'), { recursive: true });
    await run();
    await store.database.query("UPDATE refund_triage.cases SET waiting_since = now() - $1 * interval '1 day' WHERE stage = 'waiting'", [daysAgo]);
  };

  it('drafts one reminder to a customer who does not answer, in the thread, and no second one', async () => {
    await bench.maildir.deliver(mail('one', unclear));
    await run();
    await sendDraft(4);
    await tick();
    expect(drafts()).toEqual([]);
    await store.database.query("UPDATE refund_triage.cases SET waiting_since = now() - interval '6 days'");
    await tick();
    await tick();
    expect(told).toEqual(['reminder']);
    expect(drafts()).toHaveLength(1);
    expect(drafts()[0]).toContain('A few days ago we asked you');
    expect(drafts()[0]).toContain('In-Reply-To: <one@c>');
    expect(await stage()).toBe('open');
    await sendDraft(13);
    await tick();
    expect(await stage()).toBe('waiting');
    await store.database.query("UPDATE refund_triage.cases SET waiting_since = now() - interval '15 days'");
    await tick();
    expect(told).toEqual(['reminder', 'closed_unanswered']);
    expect(await stage()).toBe('closed');
  });

  it('puts a reminder that was planned into Drafts after a crash', async () => {
    await bench.maildir.deliver(mail('one', unclear));
    await run();
    await sendDraft(6);
    await tick();
    await store.database.query("UPDATE refund_triage.drafts SET state = 'planned' WHERE template = 'reminder'");
    await tick();
    expect(drafts()).toHaveLength(1);
    rmSync(join(bench.maildir.path, '.Drafts', 'cur'), { recursive: true });
    await store.database.query("UPDATE refund_triage.drafts SET state = 'planned' WHERE template = 'reminder'");
    await tick();
    expect(drafts()).toHaveLength(1);
    expect(await store.database.query("SELECT state FROM refund_triage.drafts WHERE template = 'reminder'")).toEqual([{ state: 'in_drafts' }]);
  });

  it('reminds nobody who has written meanwhile', async () => {
    await bench.maildir.deliver(mail('one', unclear));
    await run();
    await sendDraft(6);
    await bench.maildir.deliver(mail('two', 'The transaction number is 99-887766, paid on 16 March.', ['In-Reply-To: <one@c>']));
    await run();
    await tick();
    expect(told).not.toContain('reminder');
    expect(await stage()).toBe('open');
  });

  it('tells agents once that an answer is due soon, and once that it is overdue, and marks the mail until it is answered', async () => {
    await bench.maildir.deliver(mail('one', unclear));
    await run();
    await store.database.query("UPDATE refund_triage.cases SET due_at = now() + interval '3 hours'");
    await tick();
    await tick();
    expect(told).toEqual(['due_soon']);
    expect((await bench.maildir.keywords()).get('<one@c>')).toContain('$RefundTriage-Due');
    await store.database.query("UPDATE refund_triage.cases SET due_at = now() - interval '1 hour'");
    await tick();
    await tick();
    expect(told).toEqual(['due_soon', 'overdue']);
    await sendDraft(0);
    await tick();
    expect((await bench.maildir.keywords()).get('<one@c>')).not.toContain('$RefundTriage-Due');
  });

  it('opens a snoozed case when its time has come', async () => {
    await bench.maildir.deliver(mail('one', unclear));
    await run();
    await store.database.query("UPDATE refund_triage.cases SET stage = 'snoozed', snoozed_until = now() + interval '1 hour'");
    await tick();
    expect(await stage()).toBe('snoozed');
    await store.database.query("UPDATE refund_triage.cases SET snoozed_until = now() - interval '1 second'");
    await tick();
    expect(await stage()).toBe('open');
    expect(told).toContain('woken');
  });

  it('closes all cases that have waited long enough, however many, each at its merchant’s time', async () => {
    const waiting = async (merchant: string | null, count: number, days: number): Promise<void> => {
      await store.database.query(
        `INSERT INTO refund_triage.cases (fingerprint, merchant, subject, state, stage, waiting_since)
         SELECT md5(coalesce($1, 'nobody') || $3::integer || k) || md5(k::text), $1, 'Refund', 'needs_info', 'waiting', now() - $3::integer * interval '1 day' FROM generate_series(1, $2::integer) AS k`,
        [merchant, count, days],
      );
    };
    // The packs wait for 14 days; who has no pack is waited for for 30.
    await waiting('imgto3d', 230, 15);
    await waiting('imgto3d', 3, 13);
    await waiting('winno', 2, 16);
    await waiting('gone-away', 2, 31);
    await waiting('gone-away', 4, 29);
    await waiting(null, 1, 31);
    await waiting(null, 5, 29);
    await tick();
    expect(told.filter((kind) => kind === 'closed_unanswered')).toHaveLength(235);
    expect(await store.database.query("SELECT merchant, count(*)::integer AS count FROM refund_triage.cases WHERE stage = 'waiting' GROUP BY merchant ORDER BY merchant")).toEqual([
      { merchant: 'gone-away', count: 4 }, { merchant: 'imgto3d', count: 3 }, { merchant: null, count: 5 },
    ]);
  });
});
