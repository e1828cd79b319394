import type { MailboxCursor } from '../cases/cursors.ts';
import type { MailboxDesk } from './mailbox-desk.ts';
import type { MailQueue } from './mail-queue.ts';

/** The queues that a mail may lie in. */
export interface MailboxQueues {
  readonly queue: MailQueue;
  readonly filesQueue: MailQueue | null;
  readonly doubtsQueue: MailQueue | null;
  readonly recordsQueue: MailQueue | null;
}

/** Of these UIDs those of mails of our time. */
export async function keepOurs(listed: readonly number[], cursor: MailboxCursor, desk: MailboxDesk): Promise<readonly number[]> {
  const [first] = listed;
  if (first === undefined || first > cursor.datedUid) return listed;
  const recent = new Set(await desk.mailbox.listUidsSince(cursor.oursSince));
  return listed.filter((uid) => uid > cursor.datedUid || recent.has(uid));
}

/** UIDs that lie in any of the queues. A mail is handed over to another queue before it leaves its own: asked in this order, none slips through between them. */
export async function pendingInQueues({ queue, recordsQueue, filesQueue, doubtsQueue }: MailboxQueues, uidValidity: string): Promise<ReadonlySet<number>> {
  const pending = new Set(await queue.pendingUids(uidValidity));
  for (const other of [recordsQueue, filesQueue, doubtsQueue]) for (const uid of (await other?.pendingUids(uidValidity)) ?? []) pending.add(uid);
  return pending;
}
