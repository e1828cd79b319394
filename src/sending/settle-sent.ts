import { claimSettling } from '../cases/claim-settling.ts';
import { noteSettled, type OutboxRow, putOffSettling } from '../cases/outbox.ts';
import { readDraftById, readWorkedCase } from '../cases/actions/worked-case.ts';
import { TriageError } from '../errors.ts';
import { packOf } from '../packs/pack.ts';
import { composeReply } from './compose-reply.ts';
import { readAnsweredMail } from './read-answered-mail.ts';
import type { SendingContext } from './send-reply.ts';

const pauseMs = 30_000;
/** So long a mail is waited for that was not met yet under its new UID. */
const meetingMs = 10 * 60_000;

/**
 * What follows a sent reply: `\Answered` on the customer's mail, a copy in Sent where the server makes none, the draft out of Drafts. Each may be done again, so that what a crash cut off is
 * finished by whoever comes next.
 */
export async function settleSent(row: OutboxRow, context: SendingContext): Promise<void> {
  const { database, mailboxes, smtpOf, packs } = context;
  if (!(await claimSettling(database, row))) return;
  const worked = await readWorkedCase(database, row.caseId);
  // Not the case's: the customer may have written again since, and have a newer one.
  const draft = await readDraftById(database, row.draft);
  const mailbox = mailboxes.get(draft?.mailbox ?? '');
  if (worked === null || draft === null || mailbox === undefined) {
    // No mailbox at hand here: another process may have it.
    if (draft === null) await noteSettled(database, row);
    else await putOffSettling(database, row, pauseMs, 'the mailbox is not configured here');
    return;
  }
  try {
    const { message, uid, isYetToBeMet } = await readAnsweredMail(database, mailbox, draft.answered, packs());
    if (uid !== null) await mailbox.markAnswered([uid]);
    const pack = packOf(packs(), worked.merchant);
    if (pack !== null && row.claimedAtMs !== null && smtpOf(draft.mailbox)?.savesSent === true) {
      await mailbox.saveSent({ messageId: draft.messageId, source: composeReply(worked, draft, message, pack, new Date(row.claimedAtMs)) });
    }
    if (draft.digest !== null) await mailbox.removeDraft({ messageId: draft.messageId, digest: draft.digest });
    const isWaiting = isYetToBeMet && row.sentAtMs !== null && Date.now() - row.sentAtMs < meetingMs;
    if (isWaiting) await putOffSettling(database, row, pauseMs, 'the folder was made anew, and the mail was not met there yet');
    else await noteSettled(database, row);
  } catch (error) {
    if (!(error instanceof TriageError)) throw error;
    await putOffSettling(database, row, pauseMs, error.message);
  }
}
