import { openStore } from '../../src/cases/store.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { parsePlace } from './place.ts';
import { testTriage } from './test-triage.ts';

/** A worker in a process of its own, for the tests to kill: works through the Maildir once and ends. */
const [place, path, delayMs, maxStuckMs] = [parsePlace(process.argv[2]), process.argv[3] ?? '', Number(process.argv[4]), Number(process.argv[5])];
const store = await openStore(place.store);
const mailbox = new MaildirMailbox({ name: 'support', path });
await runWorker({
  store, mailboxes: [{ mailbox, since: new Date(0) }], triage: testTriage({ delayMs }), triageWithFiles: testTriage({ delayMs: delayMs * 5, looksIntoFiles: true }), redisUrl: place.redisUrl, once: true, signal: new AbortController().signal,
  concurrency: 3, queue: { backoffMs: 30, lockMs: 1_000 }, maxStuckMs,
});
await mailbox.close();
await store.close();
