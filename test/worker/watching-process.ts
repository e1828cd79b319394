import { openStore } from '../../src/cases/store.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import { parsePlace } from './place.ts';
import { testTriage } from './test-triage.ts';

/** A worker in a process of its own, one of several on the same mailbox: watches until it is told to end, and prints whether it leads. */
const place = parsePlace(process.argv[2]);
const [port, user, password] = [Number(process.argv[3]), process.argv[4] ?? '', process.argv[5] ?? ''];
const stop = new AbortController();
process.once('SIGTERM', () => { stop.abort(); });
const store = await openStore(place.store);
const mailbox = new ImapMailbox({ name: 'support', host: '127.0.0.1', port, security: 'none', user, password });
process.stdout.write('ready\n');
await runWorker({
  store, mailboxes: [{ mailbox, since: new Date(0) }], triage: testTriage({ delayMs: 2 }), redisUrl: place.redisUrl, signal: stop.signal, concurrency: 1, reconcileIntervalMs: 2_000,
  queue: { backoffMs: 30, lockMs: 1_500 }, lease: { renewIntervalMs: 200, expiresMs: 3_000 },
  events: { onLeader: (_, isLeader) => { process.stdout.write(isLeader ? 'leads\n' : 'follows\n'); } },
});
await mailbox.close();
await store.close();
