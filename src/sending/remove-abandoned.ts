import { listDraftsToRemove, noteRemoved } from '../cases/place-draft.ts';
import { TriageError } from '../errors.ts';
import type { SendingContext } from './send-reply.ts';

const pauseMs = 30_000;
const batchDrafts = 10;

/** Takes drafts that nobody will send out of Drafts. One that somebody touched there stays. */
export async function removeAbandoned({ database, mailboxes }: Pick<SendingContext, 'database' | 'mailboxes'>): Promise<void> {
  for (const { draft, mailbox: name, digest } of await listDraftsToRemove(database, [...mailboxes.keys()], batchDrafts)) {
    const mailbox = mailboxes.get(name);
    try {
      if (mailbox !== undefined && digest !== null) await mailbox.removeDraft({ messageId: draft, digest });
      await noteRemoved(database, draft, null);
    } catch (error) {
      if (!(error instanceof TriageError)) throw error;
      await noteRemoved(database, draft, pauseMs);
    }
  }
}
