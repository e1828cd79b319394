import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { auditText } from '../../src/commands/audit.ts';
import { auditMailbox, type MailboxAudit } from '../../src/worker/audit-mailbox.ts';
import { openDesk } from '../../src/worker/mailbox-desk.ts';
import { openMailQueues } from '../../src/worker/mail-queue.ts';
import { runWorker, type RunWorkerOptions } from '../../src/worker/run-worker.ts';
import { startServer, type StoreServer } from '../cases/stores.ts';
import type { MaildirView } from './maildir-view.ts';
import { testMail, testTriage } from './test-triage.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

describe('an audit', () => {
  let stores: StoreServer;
  let bench: WorkerBench;
  let store: Store;
  let maildir: MaildirView;
  beforeAll(async () => { stores = await startServer(); });
  beforeEach(async () => {
    bench = await openWorkerBench(await stores.location());
    ({ store, maildir } = bench);
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => { await stores.stop(); });

  const deliver = async (from: number, to: number): Promise<void> => {
    for (let count = from; count <= to; count += 1) await maildir.deliver(testMail(`m${String(count)}`, { 4: 'machine', 5: 'review', 6: 'unreadable' }[count] ?? 'Refund please'));
  };
  const work = async (options: Partial<RunWorkerOptions> = {}): Promise<void> => {
    await runWorker({ store, mailboxes: [{ mailbox: bench.mailbox, since: new Date(0) }], triage: testTriage(), redisUrl: null, once: true, signal: bench.stop.signal, queue: { backoffMs: 30 }, ...options });
  };
  const audit = async (): Promise<MailboxAudit> => {
    const queues = await openMailQueues({ redisUrl: null, database: store.database, installationId: store.installationId, mailboxes: 1, concurrency: 1, onError: () => undefined });
    try {
      const [queue, filesQueue, doubtsQueue, recordsQueue] = [queues.queueOf('support'), queues.queueOf('support', 'files'), queues.queueOf('support', 'doubts'), queues.queueOf('support', 'records')];
      return await auditMailbox({ desk: openDesk(bench.mailbox, store, null), store, events: {}, queue, filesQueue, doubtsQueue, recordsQueue }, { settledForMs: 0 });
    } finally {
      await queues.close(1_000);
    }
  };
  const drafts = (): { readonly path: string; readonly answers: string }[] => {
    const directory = join(maildir.path, '.Drafts', 'cur');
    return readdirSync(directory).map((name) => ({ path: join(directory, name), answers: /In-Reply-To: <(.*)@/.exec(readFileSync(join(directory, name), 'utf8'))?.[1] ?? '' }));
  };
  const pathOf = (name: string): string => drafts().find(({ answers }) => answers === name)?.path ?? '';
  const intoSent = (): string => {
    for (const place of ['new', 'cur', 'tmp']) mkdirSync(join(maildir.path, '.Sent', place), { recursive: true });
    return join(maildir.path, '.Sent', 'cur', '1.sent.host:2,S');
  };

  it('finds that every mail has one fate and every draft its place', async () => {
    await deliver(1, 12);
    expect(await audit()).toMatchObject({ firstContactAt: null, isBalanced: true });
    await work();
    const found = await audit();
    expect(found).toMatchObject({
      mails: 12, fates: { needs_info: 9, ready: 0, review: 1, ignored: 1, quarantined: 1, passed_over: 0 }, inWork: 0, arriving: 0, takenUp: [], twice: [],
      drafts: { inDrafts: 10, noted: { sent: 0, edited: 0, deleted: 0 }, missing: [], doubled: [] }, isBalanced: true,
    });
    expect(auditText(found)).toMatch(/^support: 12 mails since .*\n[^]*1 ignored · 1 in quarantine[^]*10 drafts of ours in Drafts[^]*\n {2}It balances\.\n$/);
  });

  it('takes up mails that were handed out and got no fate, and is content when they have theirs', async () => {
    await deliver(1, 3);
    await work();
    await deliver(7, 10);
    expect(await audit()).toMatchObject({ mails: 7, arriving: 4, takenUp: [], isBalanced: true });
    // As though a queue had lost them and the ledger had been damaged: nothing that goes by the cursor finds them any more.
    const { uidValidity } = await bench.mailbox.open();
    await store.advanceCursor('support', uidValidity, { enqueuedUid: 7, settledUid: 7 });
    const found = await audit();
    expect(found).toMatchObject({ arriving: 0, inWork: 0, takenUp: [4, 5, 6, 7], isBalanced: false });
    expect(auditText(found)).toContain('without a fate, taken up: 4, 5, 6, 7\n');
    expect(await audit()).toMatchObject({ inWork: 4, takenUp: [], isBalanced: true });
    await work();
    expect(await audit()).toMatchObject({ fates: { needs_info: 7 }, inWork: 0, drafts: { inDrafts: 7 }, isBalanced: true });
  });

  it('notes what people sent, rewrote and deleted, once', async () => {
    await deliver(1, 3);
    await deliver(7, 8);
    await work();
    renameSync(pathOf('m1'), intoSent());
    const rewritten = readFileSync(pathOf('m2'), 'utf8').replace(/^Message-ID: .*$/m, 'Message-ID: <other@program.example>');
    rmSync(pathOf('m2'));
    writeFileSync(join(maildir.path, '.Drafts', 'cur', '1.other.host:2,DS'), rewritten);
    rmSync(pathOf('m3'));
    expect(await audit()).toMatchObject({ drafts: { inDrafts: 2, noted: { sent: 1, edited: 1, deleted: 1 }, missing: [], doubled: [] }, isBalanced: true });
    expect(await audit()).toMatchObject({ drafts: { inDrafts: 2, noted: { sent: 0, edited: 0, deleted: 0 } }, isBalanced: true });
    const states = await store.database.query('SELECT m.message_id AS id, d.state FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message ORDER BY m.uid');
    expect(states).toMatchObject([{ state: 'sent' }, { state: 'edited' }, { state: 'deleted' }, { state: 'in_drafts' }, { state: 'in_drafts' }]);
  });

  it('tells of drafts that lie there twice, and of more missing at once than a person deletes', async () => {
    await deliver(1, 3);
    await deliver(7, 20);
    await work();
    const doubled = pathOf('m1');
    copyFileSync(doubled, join(maildir.path, '.Drafts', 'cur', '1.copy.host:2,DS'));
    const [id = ''] = /(?<=^Message-ID: )<.*>/m.exec(readFileSync(doubled, 'utf8')) ?? [];
    expect(await audit()).toMatchObject({ drafts: { inDrafts: 17, doubled: [id], missing: [] }, isBalanced: false });
    for (const { path } of drafts()) rmSync(path);
    const found = await audit();
    expect(found).toMatchObject({ drafts: { inDrafts: 0, noted: { deleted: 0 }, doubled: [] }, isBalanced: false });
    expect(found.drafts.missing).toHaveLength(17);
  });

  it('finds nothing amiss once Drafts is back that was away, for the worker that watches has put it right', async () => {
    await deliver(1, 2);
    await work();
    const [folder, aside, made] = [join(maildir.path, '.Drafts'), join(maildir.path, '.Aside'), join(maildir.path, '.Made')];
    renameSync(folder, aside);
    const ended = work({ once: false, auditIntervalMs: 0, reconcileIntervalMs: 30 });
    await vi.waitFor(() => { expect(existsSync(join(folder, 'cur'))).toBe(true); }, { timeout: 20_000 });
    expect(await audit()).toMatchObject({ drafts: { inDrafts: 0, noted: { deleted: 2 } } });
    renameSync(folder, made);
    renameSync(aside, folder);
    await vi.waitFor(async () => { expect(await audit()).toMatchObject({ drafts: { inDrafts: 2, missing: [], doubled: [] }, isBalanced: true }); }, { timeout: 20_000 });
    bench.stop.abort();
    await ended;
  });

  it('is made by the worker that watches, by itself', async () => {
    await deliver(1, 2);
    await work();
    const audits: MailboxAudit[] = [];
    const ended = work({ once: false, auditIntervalMs: 50, events: { onAudit: (found) => { audits.push(found); } } });
    await vi.waitFor(() => { expect(audits.length).toBeGreaterThan(1); }, { timeout: 20_000 });
    bench.stop.abort();
    await ended;
    expect(audits[0]).toMatchObject({ mails: 2, drafts: { inDrafts: 2 }, isBalanced: true });
  });
});
