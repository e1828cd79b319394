import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { runWorker, type RunWorkerOptions, type StartedWorker } from '../../src/worker/run-worker.ts';
import type { TriageMail } from '../../src/worker/triage-mail.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { startDovecot } from '../servers/dovecot.ts';
import type { MaildirView } from './maildir-view.ts';
import type { Place } from './place.ts';
import { type QueueServer, queueServers } from './queue-servers.ts';
import { testMail, testTriage } from './test-triage.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const idOf = (name: string): string => `<${name}@customer.example>`;
const looking = testTriage({ looksIntoFiles: true });
/** Without what makes a mail urgent. */
const calm: TriageMail = async (source, context) => {
  const result = await testTriage()(source, context);
  return { ...result, facts: { ...result.facts, flags: [] } };
};

/** A mail with a picture far larger than what is read of an attachment to know its kind. */
function withPicture(name: string): Buffer {
  const picture = Buffer.alloc(400_000, 'picture').toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return Buffer.from(testMail(name, 'files').toString().replace(/Content-Type: [^]*$/, [
    'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'See the picture.', '--b',
    'Content-Type: image/png', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename=a.png', '', picture, '--b--', '',
  ].join('\r\n')));
}

describe.each(queueServers)('mails whose files are looked into, with the queue on the $backend', ({ backend, start }) => {
  let server: QueueServer;
  let place: Place;
  let bench: WorkerBench;
  let store: Store;
  let maildir: MaildirView;
  let mailbox: Mailbox;
  let fates: MailFate[];
  let stop: AbortController;

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
      store, mailboxes: [{ mailbox, since: new Date(0) }], triage: testTriage(), triageWithFiles: looking, redisUrl: place.redisUrl, once: true, signal: stop.signal, concurrency: 2,
      queue: { backoffMs: 30, attempts: 4, lockMs: 3_000 }, events: { onMail: (mail) => { fates.push(mail); } }, ...options,
    });
  };

  it('hold up no other mail, and are answered once each, though the mailbox is compared with the ledger meanwhile', async () => {
    const gate = new EventEmitter();
    const released = once(gate, 'open');
    const looked: string[] = [];
    const triageWithFiles: TriageMail = async (source, context) => {
      looked.push(/^Message-ID: (\S+)/m.exec(source.toString('latin1'))?.[1] ?? '');
      await released;
      return await looking(source, context);
    };
    for (let count = 1; count <= 20; count += 1) await maildir.deliver(testMail(`m${String(count)}`, count <= 3 ? 'files' : 'Refund please'));
    let started: StartedWorker | null = null;
    const waitingFiles = async (): Promise<number | undefined> => (await started?.depths())?.find(({ lane }) => lane === 'files')?.batches.waiting;
    const ended = run({
      once: false, triage: calm, triageWithFiles, reconcileIntervalMs: 50,
      onStarted: (worker) => { started = worker; },
    });
    await vi.waitFor(() => { expect(fates).toHaveLength(17); }, { timeout: 20_000 });
    expect(maildir.answered()).toHaveLength(17);
    // One at a time, and none begun anew by the comparing.
    await vi.waitFor(() => { expect(looked).toHaveLength(1); }, { timeout: 10_000 });
    await vi.waitFor(async () => { expect(await waitingFiles()).toBe(2); }, { timeout: 10_000 });
    // What comes alone meanwhile goes before those that came together.
    await maildir.deliver(testMail('m21', 'files'));
    await vi.waitFor(async () => { expect(await waitingFiles()).toBe(3); }, { timeout: 10_000 });
    gate.emit('open');
    await vi.waitFor(() => { expect(fates).toHaveLength(21); }, { timeout: 20_000 });
    stop.abort();
    await ended;
    expect(looked).toHaveLength(4);
    expect(looked[1]).toBe(idOf('m21'));
    expect(maildir.answered()).toEqual(Array.from({ length: 21 }, (_, index) => idOf(`m${String(index + 1)}`)).toSorted());
    expect([...(await maildir.keywords()).values()].every((found) => found.length === 1)).toBe(true);
  });

  it('are done with the others in a single run, and in no second one', async () => {
    for (let count = 1; count <= 12; count += 1) await maildir.deliver(testMail(`m${String(count)}`, count % 2 === 0 ? 'files' : 'Refund please'));
    await run();
    await run();
    expect(maildir.answered()).toHaveLength(12);
    expect(fates).toHaveLength(12);
  });

  it.runIf(backend === 'PostgreSQL')('are left as they are where no one looks into files', async () => {
    await maildir.deliver(testMail('m1', 'files'));
    await run({ triageWithFiles: null });
    expect(maildir.answered()).toEqual([idOf('m1')]);
  });

  it.runIf(backend === 'Redis')('are read as a whole for it, from a Maildir and over IMAP; for the first triage only their beginning is', async () => {
    const given: { depth: string; bytes: number; isSlim: boolean }[] = [];
    const watched = (depth: string, triage: TriageMail): TriageMail => async (source, context) => {
      given.push({ depth, bytes: source.length, isSlim: context.partBytes !== null });
      return await triage(source, context);
    };
    const whole = withPicture('m1');
    const expected = [{ depth: 'first', isSlim: true }, { depth: 'files', isSlim: true }];
    const options = { triage: watched('first', testTriage()), triageWithFiles: watched('files', looking) };
    await maildir.deliver(whole);
    await run(options);
    expect(given).toMatchObject(expected);
    expect(given[0]?.bytes).toBeLessThan(100_000);
    expect(given[1]?.bytes).toBeGreaterThanOrEqual(whole.length - 10);

    const dovecot = await startDovecot();
    const remote = new ImapMailbox({ name: 'remote', host: dovecot.host, port: dovecot.port, security: 'none', user: dovecot.user, password: dovecot.password });
    try {
      given.length = 0;
      await dovecot.deliver(withPicture('m2'));
      await remote.open();
      await run({ ...options, mailboxes: [{ mailbox: remote, since: new Date(0) }] });
      expect(given).toMatchObject(expected);
      expect(given[1]?.bytes).toBeGreaterThanOrEqual(whole.length - 10);
    } finally {
      await remote.close();
      await dovecot.stop();
    }
  });
});
