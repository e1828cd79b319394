import { createHash } from 'node:crypto';

/** A batch: pointers to mails of one mailbox that are worked through together. All that a job in the queue carries. */
export interface MailBatch {
  readonly mailbox: string;
  readonly uidValidity: string;
  /** Ascending. */
  readonly uids: readonly number[];
  /** The mail goes alone because a batch it was in failed or took the process down. */
  readonly alone?: true;
}

export const maxBatchMails = 50;

/**
 * Cuts UIDs into batches: a mail that comes alone goes alone and at once, a backlog in batches of up to 50, and in between so that every one of `parallel` workers gets some.
 */
export function cutBatches(mailbox: string, uidValidity: string, uids: readonly number[], parallel: number): MailBatch[] {
  const size = Math.min(maxBatchMails, Math.max(1, Math.ceil(uids.length / Math.max(1, parallel))));
  const batches: MailBatch[] = [];
  for (let start = 0; start < uids.length; start += size) batches.push({ mailbox, uidValidity, uids: uids.slice(start, start + size) });
  return batches;
}

/** The same batch has the same id, so that it lies in the queue only once. BullMQ allows neither colons nor whole numbers. */
export function jobIdOf(batch: MailBatch): string {
  const mails = createHash('sha256').update(JSON.stringify([batch.mailbox, batch.uidValidity, batch.uids])).digest('hex').slice(0, 24);
  return `mails-${String(batch.uids[0] ?? 0)}-${String(batch.uids.length)}-${mails}`;
}
