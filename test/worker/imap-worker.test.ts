import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { type StoreServer, startEmbedded } from '../cases/stores.ts';
import { startChangingProxy } from '../servers/changing-proxy.ts';
import { type Dovecot, startDovecot } from '../servers/dovecot.ts';
import { type MaildirView, openMaildirView } from './maildir-view.ts';
import { testMail, testTriage } from './test-triage.ts';

const idOf = (count: number): string => `<m${String(count)}@customer.example>`;

describe('the worker on an IMAP server', () => {
  let stores: StoreServer;
  let store: Store;
  let dovecot: Dovecot;
  let mailbox: ImapMailbox;
  let view: MaildirView;
  let fates: MailFate[] = [];
  let stop: AbortController;
  beforeAll(async () => { stores = await startEmbedded(); });
  beforeEach(async () => {
    store = await stores.open();
    dovecot = await startDovecot();
    mailbox = new ImapMailbox({ name: 'support', host: dovecot.host, port: dovecot.port, security: 'none', user: dovecot.user, password: dovecot.password });
    await mailbox.open();
    view = await openMaildirView(dovecot.maildir);
    fates = [];
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await mailbox.close();
    await dovecot.stop();
    await store.close();
  });
  afterAll(async () => { await stores.stop(); });

  const run = async (once: boolean): Promise<void> => {
    await runWorker({
      store, mailboxes: [{ mailbox, since: new Date(0) }], triage: testTriage({ delayMs: 1 }), redisUrl: null, once, signal: stop.signal,
      queue: { backoffMs: 100, awayMs: 500 }, events: { onMail: (mail) => { fates.push(mail); } },
    });
  };
  const keywords = async (): Promise<Map<string, readonly string[]>> => {
    const found = new Map<string, readonly string[]>();
    for await (const mail of mailbox.fetch(await mailbox.listUidsAfter(0))) {
      found.set(/^Message-ID: (.*?)\r?$/m.exec(mail.source.toString('utf8'))?.[1] ?? '', mail.keywords.filter((keyword) => keyword.startsWith('$RefundTriage')));
    }
    return found;
  };

  it('answers the backlog and what arrives, though the server is killed and started again, and marks nothing as read', async () => {
    for (let count = 1; count <= 120; count += 1) await dovecot.deliver(testMail(`m${String(count)}`, count === 3 ? 'machine' : 'Refund please'));
    const ended = run(false);
    await vi.waitFor(() => { expect(view.answered().length).toBeGreaterThan(0); }, { timeout: 20_000, interval: 5 });
    await dovecot.kill9();
    await dovecot.restart();
    await dovecot.deliver(testMail('m121'));
    await vi.waitFor(() => { expect(fates).toHaveLength(121); }, { timeout: 40_000 });
    stop.abort();
    await ended;
    const due = Array.from({ length: 121 }, (_, index) => index + 1).filter((count) => count !== 3).map(idOf).toSorted();
    expect(view.answered()).toEqual(due);
    const found = await keywords();
    expect(found.get(idOf(3))).toEqual(['$RefundTriage-Ignored']);
    expect([...found].filter(([id, names]) => due.includes(id) && names.join(' ') !== '$RefundTriage-NeedsInfo')).toEqual([]);
    expect(view.seen()).toEqual([]);
    expect(await store.listCases({ state: 'quarantined', limit: 10 })).toEqual([]);
  });

  it('knows its drafts again on a server that writes mails anew', async () => {
    const proxy = await startChangingProxy(dovecot.port, (chunk) => chunk.replaceAll('MIME-Version: 1.0', 'mime-version: 1.0'));
    await mailbox.close();
    mailbox = new ImapMailbox({ name: 'support', host: dovecot.host, port: proxy.port, security: 'none', user: dovecot.user, password: dovecot.password });
    for (let count = 1; count <= 3; count += 1) await dovecot.deliver(testMail(`m${String(count)}`));
    await run(true);
    const stored = await store.database.query<{ messageId: string; digest: string }>('SELECT message_id AS "messageId", digest FROM refund_triage.drafts');
    expect(stored).toHaveLength(3);
    for (const draft of stored) expect(await mailbox.removeDraft(draft)).toBe('removed');
    await mailbox.close();
    await proxy.stop();
  });

  it('ends at once when told to in the middle of a backlog, and the next run does the rest', async () => {
    for (let count = 1; count <= 80; count += 1) await dovecot.deliver(testMail(`m${String(count)}`));
    const ended = run(true);
    await vi.waitFor(() => { expect(fates.length).toBeGreaterThan(0); }, { timeout: 20_000, interval: 2 });
    stop.abort();
    await ended;
    stop = new AbortController();
    await run(true);
    expect(view.answered()).toEqual(Array.from({ length: 80 }, (_, index) => idOf(index + 1)).toSorted());
    expect(fates).toHaveLength(80);
  });
});
