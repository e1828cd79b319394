/** A batch: pointers to mails of one mailbox that are worked through together. All that a job in the queue carries. */
export interface MailBatch {
  readonly mailbox: string;
  readonly uidValidity: string;
  /** Ascending. */
  readonly uids: readonly number[];
  /** The mail goes alone because a batch it was in failed or took the process down. */
  readonly alone?: true;
  /** The mail has waited for the merchant's records long enough. */
  readonly waitedForRecords?: true;
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

/** Most mails of an interrupted or failed batch are innocent: they go on in small batches first, and only those of a small one that fails again go alone. */
const smallBatchMails = 8;

export function splitBatch(mailbox: string, uidValidity: string, uids: readonly number[]): MailBatch[] {
  if (uids.length <= smallBatchMails) return cutAlone(mailbox, uidValidity, uids);
  return cutBatches(mailbox, uidValidity, uids, Math.ceil(uids.length / smallBatchMails));
}

export function cutAlone(mailbox: string, uidValidity: string, uids: readonly number[]): MailBatch[] {
  return uids.map((uid) => ({ mailbox, uidValidity, uids: [uid], alone: true }));
}

/**
 * Names the mails of a batch (`mails-1678886400-7to12+15`), so that the same batch lies in the queue only once, and the ids alone tell which mails lie there. BullMQ allows neither
 * colons nor whole numbers.
 */
export function jobIdOf(batch: MailBatch): string {
  const runs: { first: number; last: number }[] = [];
  for (const uid of batch.uids) {
    const run = runs.at(-1);
    if (run !== undefined && uid === run.last + 1) run.last = uid;
    else runs.push({ first: uid, last: uid });
  }
  return `mails-${batch.uidValidity}-${runs.map(({ first, last }) => (first === last ? String(first) : `${String(first)}to${String(last)}`)).join('+')}`;
}

/** The UIDs that a job's id names; none where it is of another UIDVALIDITY. */
export function uidsOfJobId(jobId: string, uidValidity: string): number[] {
  const [, epoch, runs] = /^mails-([^-]*)-(.*)$/.exec(jobId) ?? [];
  if (epoch !== uidValidity || runs === undefined) return [];
  return runs.split('+').flatMap((run) => {
    const [first = 0, last = first] = run.split('to').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
