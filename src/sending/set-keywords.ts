import { keywordOf, listKeywordChanges, settleKeywordChange } from '../cases/keyword-changes.ts';
import { TriageError } from '../errors.ts';
import { triageKeywords } from '../mailbox/mailbox.ts';
import type { SendingContext } from './send-reply.ts';

const batchMails = 20;

/** Has the keywords in the mailboxes say what people decided at the desk. A mailbox that is away gets them later. */
export async function setKeywords({ database, mailboxes }: Pick<SendingContext, 'database' | 'mailboxes'>): Promise<void> {
  for (const change of await listKeywordChanges(database, [...mailboxes.keys()], batchMails)) {
    const mailbox = mailboxes.get(change.mailbox);
    try {
      if (mailbox !== undefined && (await mailbox.open()).uidValidity === change.uidValidity) {
        const keyword = keywordOf[change.state];
        await mailbox.addKeyword([change.uid], keyword);
        for (const other of Object.values(triageKeywords)) if (other !== keyword) await mailbox.removeKeyword([change.uid], other);
      }
      await settleKeywordChange(database, change);
    } catch (error) {
      if (!(error instanceof TriageError)) throw error;
    }
  }
}
