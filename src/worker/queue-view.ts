import type { Store } from '../cases/store.ts';
import { lanes, type MailQueues, openMailQueues } from './mail-queue.ts';

/** The queues to look at, for a process that works on none of them. */
export interface QueueView extends Pick<MailQueues, 'depths' | 'bullQueues'> {
  readonly close: () => Promise<void>;
}

const closeMs = 1_000;

/** Throws `QueueUnavailableError`. */
export async function openQueueView({ redisUrl, store, mailboxes }: { readonly redisUrl: string | null; readonly store: Pick<Store, 'database' | 'installationId'>; readonly mailboxes: readonly string[] }): Promise<QueueView> {
  const queues = await openMailQueues({
    redisUrl, database: store.database, installationId: store.installationId, mailboxes: 1, concurrency: 1,
    // Who asks is told by what the question throws.
    onError: () => undefined,
  });
  for (const mailbox of mailboxes) for (const lane of lanes) queues.queueOf(mailbox, lane);
  return { depths: queues.depths, bullQueues: queues.bullQueues, close: async () => { await queues.close(closeMs); } };
}
