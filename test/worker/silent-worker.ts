import { openStore } from '../../src/cases/store.ts';
import { openMailQueues } from '../../src/worker/mail-queue.ts';
import { parsePlace } from './place.ts';

/** A process that begins a batch and never ends it, for the tests to kill. */
const place = parsePlace(process.argv[2]);
const lockMs = Number(process.argv[3]);
const store = await openStore(place.store);
const queues = await openMailQueues({
  redisUrl: place.redisUrl, database: store.database, installationId: store.installationId, mailboxes: 1, concurrency: 1, lockMs, onError: () => undefined,
});
const queue = queues.queueOf('support');
queue.work(async () => {
  process.stdout.write('begun');
  await new Promise(() => undefined);
});
await queue.enqueue('7', [1, 2]);
