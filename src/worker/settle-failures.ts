import { StoreUnavailableError } from '../database/store-errors.ts';
import type { QuarantinedMail } from '../cases/quarantine.ts';
import { triageKeywords } from '../mailbox/mailbox.ts';
import { MailboxError, UidValidityChangedError } from '../mailbox/mailbox-errors.ts';
import type { BatchContext } from './batch-context.ts';
import type { BatchAttempt } from './mail-queue.ts';
import { asTriageError, type FailedMail } from './read-mails.ts';
import { QueueUnavailableError } from './worker-errors.ts';

/**
 * Decides what becomes of a batch that failed as a whole: what is thrown brings it back later. A server that is away is waited for as long as it takes; a batch that fails for another
 * reason is split until the mail that is at fault stands alone, and goes to quarantine. `again`: to be run again at once, as the second chance.
 */
export async function handleFailure(thrown: unknown, attempt: BatchAttempt, context: BatchContext, isSecondChance: boolean): Promise<'again' | 'settled'> {
  const { batch, isLast } = attempt;
  const error = asTriageError(thrown);
  if (error instanceof StoreUnavailableError || error instanceof QueueUnavailableError) throw isLast ? await attempt.putOff(jitter(context.awayMs)) : error;
  if (error instanceof UidValidityChangedError) {
    const cursor = await context.desk.lookAgain();
    // The batch's UIDs mean nothing any more; the watcher takes the mails again under their new ones.
    if (cursor.uidValidity !== batch.uidValidity) return 'settled';
    throw error;
  }
  const isTransient = error.retryable && !isLast;
  if (isTransient) throw error;
  if (error instanceof MailboxError) {
    if (!(await context.desk.isReachable())) throw await attempt.putOff(jitter(context.awayMs));
    // It may have come back only now.
    if (error.retryable && !isSecondChance) return 'again';
  }
  if (batch.uids.length > 1) {
    context.events.onError?.(batch.mailbox, error);
    await context.queue.enqueueSplit(batch.uidValidity, batch.uids);
    return 'settled';
  }
  await quarantine(batch.uids.map((uid) => ({ uid, error, internalDate: null, messageId: null, from: null, subject: '' })), attempt, context);
  return 'settled';
}

/** Mails that failed while the others of their batch did not: those that may yet succeed go alone, the others to quarantine. */
export async function settleFailed(failed: readonly FailedMail[], attempt: BatchAttempt, context: BatchContext): Promise<void> {
  if (failed.length === 0) return;
  const { batch } = attempt;
  const hopeless = failed.filter(({ error }) => !error.retryable || (batch.uids.length === 1 && attempt.isLast));
  await quarantine(hopeless, attempt, context);
  const hopeful = failed.filter((mail) => !hopeless.includes(mail));
  const [first] = hopeful;
  if (first === undefined) return;
  if (batch.uids.length === 1) throw first.error;
  await context.queue.enqueueAlone(batch.uidValidity, hopeful.map(({ uid }) => uid));
}

/** The mails stay where they are; the keyword says that a person must look, where it can be set. */
async function quarantine(failed: readonly FailedMail[], attempt: BatchAttempt, context: BatchContext): Promise<void> {
  if (failed.length === 0) return;
  const { desk, store, events } = context;
  const { mailbox, uidValidity } = attempt.batch;
  const mails = failed.map(({ uid, error, internalDate, messageId, from, subject }): QuarantinedMail => ({
    mailbox, uidValidity, uid, code: error.code, reason: error.message, retryable: error.retryable, messageId, from, subject, receivedAtMs: internalDate?.getTime() ?? null,
  }));
  try {
    // First, so that a mail in the store's quarantine has it whatever happens in between.
    await desk.mailbox.addKeyword(failed.map(({ uid }) => uid), triageKeywords.review);
  } catch (error) {
    events.onError?.(mailbox, error instanceof Error ? error : new Error(String(error)));
  }
  await store.quarantineMails(mails);
  for (const mail of mails) {
    events.onMail?.({
      mailbox, uid: mail.uid, from: mail.from, subject: mail.subject, receivedAtMs: mail.receivedAtMs, merchant: null, language: null, topic: null, missing: [],
      outcome: null, state: 'quarantined', draftSubject: null, quarantine: { code: mail.code, reason: mail.reason }, fileNotes: [], records: null,
    });
  }
}

function jitter(ms: number): number {
  return Math.round(ms * (1 + Math.random()));
}
