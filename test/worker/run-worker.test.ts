import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/cases/store.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { MailboxConnectionError, QuotaExceededError } from '../../src/mailbox/mailbox-errors.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import { type RunWorkerOptions, runWorker } from '../../src/worker/run-worker.ts';
import { toTriagedMail } from '../../src/worker/triage-mail.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { freeLoopbackPort } from '../servers/ports.ts';
import type { MaildirView } from './maildir-view.ts';
import type { Place } from './place.ts';
import { type QueueServer, queueServers } from './queue-servers.ts';
import { testMail, testTriage } from './test-triage.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const idOf = (name: string): string => `<${name}@customer.example>`;

describe.each(queueServers)('the worker with its queue on the $backend', ({ backend, start }) => {
  // What has nothing to do with the queue's backend is tried on one of them.
  const once = it.runIf(backend === 'PostgreSQL');
  let server: QueueServer;
  let place: Place;
  let bench: WorkerBench;
  let store: Store;
  let maildir: MaildirView;
  let mailbox: Mailbox;
  let fates: MailFate[];
  let stop: AbortController;
  const since = new Date(0);

  beforeAll(async () => { server = await start(); });
  beforeEach(async () => {
    place = await server.place();
    bench = await openWorkerBench(place.store);
    ({ store, maildir, mailbox, fates, stop } = bench);
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => { await server.stop(); });

  const run = async (options: Partial<RunWorkerOptions> = {}): Promise<void> => {
    await runWorker({
      store, mailboxes: [{ mailbox, since }], triage: testTriage(), redisUrl: place.redisUrl, once: true, signal: stop.signal, concurrency: 2,
      queue: { backoffMs: 30, attempts: 4, lockMs: 3_000 }, events: { onMail: (mail) => { fates.push(mail); } }, ...options,
    });
  };

  it('answers each mail of the backlog once, says so on the mail, marks none as read, and does nothing on a second run', async () => {
    for (let count = 1; count <= 70; count += 1) await maildir.deliver(testMail(`m${String(count)}`, count === 5 ? 'machine' : count === 6 ? 'review' : 'Refund please'));
    await run();
    const answered = Array.from({ length: 70 }, (_, index) => idOf(`m${String(index + 1)}`)).filter((id) => id !== idOf('m5')).toSorted();
    expect(maildir.answered()).toEqual(answered);
    const keywords = await maildir.keywords();
    expect([...keywords.values()].every((found) => found.length === 1)).toBe(true);
    expect([keywords.get(idOf('m5')), keywords.get(idOf('m6')), keywords.get(idOf('m7'))]).toEqual([
      ['$RefundTriage-Ignored'], ['$RefundTriage-Review'], ['$RefundTriage-NeedsInfo'],
    ]);
    expect(maildir.seen()).toEqual([]);
    expect(fates).toHaveLength(70);
    expect(fates.find(({ from }) => from === 'm7@customer.example')).toMatchObject({
      merchant: 'imgto3d', language: 'en', topic: 'refund', missing: ['transaction_id'], outcome: 'need_info', state: 'needs_info', draftSubject: 'Re: Refund please', quarantine: null,
    });
    await run();
    expect(maildir.answered()).toEqual(answered);
    expect(fates).toHaveLength(70);
  });

  it.runIf(backend === 'Redis')('takes up at once what was lost with a queue that somebody emptied, and answers nothing twice', async () => {
    for (let count = 1; count <= 60; count += 1) await maildir.deliver(testMail(`m${String(count)}`));
    const ended = run({ once: false, triage: testTriage({ delayMs: 20 }), reconcileIntervalMs: 600_000 });
    await vi.waitFor(() => { expect(maildir.answered().length).toBeGreaterThan(0); }, { timeout: 20_000, interval: 5 });
    const redis = new Redis(place.redisUrl ?? '');
    await redis.flushall();
    redis.disconnect();
    await vi.waitFor(() => { expect(new Set(fates.map(({ from }) => from)).size).toBe(60); }, { timeout: 40_000 });
    stop.abort();
    await ended;
    expect(maildir.answered()).toEqual(Array.from({ length: 60 }, (_, index) => idOf(`m${String(index + 1)}`)).toSorted());
  });

  it('answers mail that arrives while it watches, and ends when it is told to', async () => {
    const ended = run({ once: false, mailboxes: [{ mailbox, since: null }] });
    await vi.waitFor(async () => { expect(await store.readCursor('support')).not.toBeNull(); }, { timeout: 10_000 });
    for (const name of ['first', 'second']) {
      await maildir.deliver(testMail(name));
      await vi.waitFor(() => { expect(fates.map(({ from }) => from)).toContain(`${name}@customer.example`); }, { timeout: 10_000 });
    }
    expect(maildir.answered()).toEqual([idOf('first'), idOf('second')]);
    stop.abort();
    await ended;
  });

  once('leaves mail alone that was there before the first contact, unless told since when', async () => {
    await maildir.deliver(testMail('before'));
    await run({ mailboxes: [{ mailbox, since: null }] });
    expect(maildir.answered()).toEqual([]);
    await maildir.deliver(testMail('after'));
    await run({ mailboxes: [{ mailbox, since: null }] });
    expect(maildir.answered()).toEqual([idOf('after')]);
    expect([...(await maildir.keywords()).keys()]).toContain(idOf('before'));
  });

  once('puts what cannot be read into quarantine with the reason, and the rest of the batch is none the worse', async () => {
    const subjects = ['unreadable', 'Refund please', 'bug', 'hopeless', 'flaky', 'Refund please'];
    for (const [index, subject] of subjects.entries()) await maildir.deliver(testMail(`m${String(index)}`, subject));
    await run();
    expect(maildir.answered()).toEqual([idOf('m1'), idOf('m4'), idOf('m5')]);
    const quarantined = await store.listCases({ state: 'quarantined', limit: 10 });
    expect(Object.fromEntries(quarantined.map(({ subject, quarantine }) => [subject, quarantine?.code]))).toEqual({
      bug: 'unexpected_error', hopeless: 'flaky', unreadable: 'unreadable',
    });
    expect((await maildir.keywords()).get(idOf('m0'))).toEqual(['$RefundTriage-Review']);
    expect(new Set(fates.flatMap(({ quarantine }) => quarantine?.reason ?? []))).toEqual(new Set(['It cannot be read.', 'Not now.', 'RangeError: out of range']));
    await run();
    expect(fates).toHaveLength(subjects.length);
  });

  once('finds the draft that it put into Drafts before it failed, and puts no second one there', async () => {
    await maildir.deliver(testMail('m1'));
    await maildir.deliver(testMail('m2'));
    let failures = 0;
    const append = mailbox.appendDrafts.bind(mailbox);
    mailbox.appendDrafts = async (drafts) => {
      // The server took the first draft and then the line went dead.
      const placed = await append(failures === 0 ? drafts.slice(0, 1) : drafts);
      failures += 1;
      if (failures === 1) throw new MailboxConnectionError('The line went dead.');
      return placed;
    };
    await run({ concurrency: 1 });
    expect(failures).toBeGreaterThan(1);
    expect(maildir.answered()).toEqual([idOf('m1'), idOf('m2')]);
  });

  once('splits a batch that fails as a whole until the mail at fault is alone', async () => {
    for (let count = 1; count <= 12; count += 1) await maildir.deliver(testMail(`m${String(count)}`, count === 7 ? 'too big' : 'Refund please'));
    const append = mailbox.appendDrafts.bind(mailbox);
    mailbox.appendDrafts = async (drafts) => {
      if (drafts.some(({ source }) => source.includes('too big'))) throw new QuotaExceededError('Drafts is full.');
      return await append(drafts);
    };
    await run({ concurrency: 1 });
    expect(maildir.answered()).toHaveLength(11);
    expect(await store.listCases({ state: 'quarantined', limit: 10 })).toMatchObject([{ subject: 'too big', quarantine: { code: 'mailbox_quota_exceeded' } }]);
    // There is room again when its time comes.
    mailbox.appendDrafts = append;
    await store.database.query('UPDATE refund_triage.quarantine SET retry_at = now()');
    await run();
    expect(maildir.answered()).toHaveLength(12);
    expect(await store.listCases({ state: 'quarantined', limit: 10 })).toEqual([]);
    // The keyword says no more that a person must look.
    expect(new Set([...(await maildir.keywords()).values()].map(String))).toEqual(new Set(['$RefundTriage-NeedsInfo']));
  });

  once('waits for a mailbox that is away, however long, and puts nothing into quarantine for it', async () => {
    await maildir.deliver(testMail('m1'));
    const append = mailbox.appendDrafts.bind(mailbox);
    const open = mailbox.open.bind(mailbox);
    let refusals = 0;
    const isAway = (): boolean => refusals > 0 && refusals < 20;
    const refuse = (): void => {
      refusals += 1;
      if (refusals < 20) throw new MailboxConnectionError('The server is away.');
    };
    mailbox.appendDrafts = async (drafts) => {
      refuse();
      return await append(drafts);
    };
    mailbox.open = async () => {
      if (isAway()) refuse();
      return await open();
    };
    await run({ queue: { backoffMs: 5, attempts: 3, awayMs: 10 } });
    expect(refusals).toBeGreaterThanOrEqual(20);
    expect(maildir.answered()).toEqual([idOf('m1')]);
    expect(fates.map(({ state }) => state)).toEqual(['needs_info']);
  });

  once('lets no dead mailbox stand in the way of another', async () => {
    await maildir.deliver(testMail('m1'));
    const port = await freeLoopbackPort();
    const dead = new ImapMailbox({ name: 'dead', host: '127.0.0.1', port, security: 'none', user: 'nobody', password: 'secret' });
    const errors: string[] = [];
    const mailboxes = [{ mailbox: dead, since }, { mailbox, since }];
    await expect(run({ mailboxes, events: { onMail: (mail) => { fates.push(mail); } } })).rejects.toMatchObject({ code: 'mailbox_unreachable' });
    expect(maildir.answered()).toEqual([idOf('m1')]);
    const ended = run({ mailboxes, once: false, events: { onError: (name) => { errors.push(name ?? ''); }, onMail: (mail) => { fates.push(mail); } } });
    await vi.waitFor(() => { expect(errors).toContain('dead'); }, { timeout: 10_000 });
    await maildir.deliver(testMail('m2'));
    await vi.waitFor(() => { expect(maildir.answered()).toEqual([idOf('m1'), idOf('m2')]); }, { timeout: 10_000 });
    stop.abort();
    await ended;
    await dead.close();
  });

  once('answers nothing twice when the mailbox gets new UIDs, and what came meanwhile once', async () => {
    for (const name of ['m1', 'm2', 'm3']) await maildir.deliver(testMail(name));
    await run();
    const before = await store.readCursor('support');
    await mailbox.close();
    await maildir.deliver(testMail('m4'));
    for (const name of readdirSync(maildir.path).filter((entry) => entry.startsWith('refund-triage-uid'))) unlinkSync(join(maildir.path, name));
    mailbox = new MaildirMailbox({ name: 'support', path: maildir.path });
    await run();
    const after = await store.readCursor('support');
    expect(after?.uidValidity).not.toBe(before?.uidValidity);
    expect(after?.epoch).toBe(2);
    expect(maildir.answered()).toEqual(['m1', 'm2', 'm3', 'm4'].map(idOf));
    expect([...(await maildir.keywords()).values()].every((found) => found.length === 1)).toBe(true);
  });

  it('finds again what was lost with the queue', async () => {
    for (const name of ['m1', 'm2', 'm3']) await maildir.deliver(testMail(name));
    const state = await mailbox.open();
    await store.noteFirstContact({ mailbox: 'support', uidValidity: state.uidValidity, uidNext: state.uidNext, at: new Date(), since });
    // Handed to a queue that is no more.
    await store.advanceCursor('support', state.uidValidity, { enqueuedUid: state.uidNext - 1 });
    await run();
    expect(maildir.answered()).toEqual(['m1', 'm2', 'm3'].map(idOf));
    expect(await store.readCursor('support')).toMatchObject({ enqueuedUid: state.uidNext - 1 });
  });

  it('goes on where it was when the server of its queue is restarted', async ({ skip }) => {
    const { restart } = server;
    if (restart === null) {
      skip('the queue lives in the worker itself');
      return;
    }
    for (let count = 1; count <= 120; count += 1) await maildir.deliver(testMail(`m${String(count)}`));
    const ended = run({ triage: testTriage({ delayMs: 10 }) });
    await vi.waitFor(() => { expect(fates.length).toBeGreaterThan(10); }, { timeout: 20_000, interval: 5 });
    await restart();
    await ended;
    expect(maildir.answered()).toEqual(Array.from({ length: 120 }, (_, index) => idOf(`m${String(index + 1)}`)).toSorted());
    expect(await store.listCases({ state: 'quarantined', limit: 10 })).toEqual([]);
  });

  once('waits for the process that has a mail in hand, and takes the mail over when that process is gone', async () => {
    await maildir.deliver(testMail('m1'));
    const { uidValidity } = await mailbox.open();
    const other = await openStore(place.store);
    const result = await testTriage()(testMail('m1'), { internalDate: new Date(), bytes: 0, partBytes: null, mailbox: 'support' });
    await other.recordMails(other.beginRun(), [toTriagedMail({ mailbox: 'support', uidValidity, uid: 1 }, result)]);
    let looks = 0;
    const ended = run({ events: { onMail: (mail) => { fates.push(mail); }, onBatch: () => { looks += 1; } } });
    await vi.waitFor(() => { expect(looks).toBe(1); }, { timeout: 20_000 });
    expect([maildir.answered(), fates]).toEqual([[], []]);
    // As its death would, this ends its session with the server.
    await other.close();
    await ended;
    expect(maildir.answered()).toEqual([idOf('m1')]);
  });

  once('answers two copies of a mail once', async () => {
    await maildir.deliver(testMail('m1'));
    await maildir.deliver(testMail('m1'));
    await run();
    await maildir.deliver(testMail('m1'));
    await run();
    expect(maildir.answered()).toEqual([idOf('m1')]);
    expect(fates.map(({ draftSubject }) => draftSubject).filter((subject) => subject !== null)).toEqual(['Re: Refund please']);
    expect(fates).toHaveLength(3);
  });
});
