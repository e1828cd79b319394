import { type DraftToRemove, listDraftsToRemove, noteRemoved, putOffRemoval, type Removal } from '../cases/place-draft.ts';
import { TriageError } from '../errors.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { SendingContext } from './send-reply.ts';

const pauseMs = 30_000;
const batchDrafts = 10;

/** Takes drafts that nobody will send out of Drafts. One that somebody touched there stays, and its case says so. */
export async function removeAbandoned({ database, mailboxes }: Pick<SendingContext, 'database'> & { readonly mailboxes: ReadonlyMap<string, Mailbox> }): Promise<void> {
  for (;;) {
    const due = await listDraftsToRemove(database, [...mailboxes.keys()], batchDrafts);
    for (const each of due) {
      const mailbox = mailboxes.get(each.mailbox);
      try {
        if (mailbox !== undefined) await noteRemoved(database, each, await remove(each, mailbox));
      } catch (error) {
        if (!(error instanceof TriageError)) throw error;
        await putOffRemoval(database, each, pauseMs);
      }
    }
    if (due.length < batchDrafts) return;
  }
}

async function remove({ draft, digest, isEdited, isReplaced, answering }: DraftToRemove, mailbox: Mailbox): Promise<Removal> {
  const removed = isEdited || digest === null ? null : await mailbox.removeDraft({ messageId: draft, digest });
  if (removed === 'removed') return 'removed';
  if (removed === 'changed') return 'kept';
  if (removed === 'gone' && isReplaced) return 'gone';
  // A mail program that gives an edited draft a new Message-ID keeps what it answers.
  const answers = await mailbox.findAnswers({ messageIds: [draft], answering: answering === null ? [] : [answering] });
  return answers.some(({ folder, messageId, inReplyTo, references }) => folder === 'drafts' && (messageId === draft || (inReplyTo ?? references.at(-1)) === answering)) ? 'kept' : 'gone';
}
