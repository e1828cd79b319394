import { noteDraftPresence, takeOverDraft } from '../cases/actions/save-draft.ts';
import { type LiveDraft, sendableStates, type WorkedCase } from '../cases/actions/worked-case.ts';
import { noteSent } from '../cases/threads/note-sent.ts';
import type { Database } from '../database/database.ts';
import { typedReply } from '../draft/typed-reply.ts';
import type { FoundAnswer } from '../mailbox/answer.ts';
import type { Message } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import type { ReplyContext } from './reply-actions.ts';

/**
 * `unchanged` the draft lies in Drafts as the desk has it, or is not looked for · `taken_over` a mail program changed it, and the desk has its words now · `only_there` the same, with
 * files or other recipients, which only the mail program can send · `sent` from there: the case is answered · `gone` taken out of Drafts: it comes back there only on demand.
 */
export type FoundDraft = 'unchanged' | 'taken_over' | 'only_there' | 'sent' | 'gone';

/** Looks what mail programs did to the draft since the desk last looked, and takes over what they wrote. Throws `MailboxError`. */
export async function takeOverEdits({ database, mailboxes }: Pick<ReplyContext, 'database' | 'mailboxes'>, { id, draft }: Pick<WorkedCase, 'id' | 'draft'>): Promise<FoundDraft> {
  const mailbox = draft === null ? undefined : mailboxes.get(draft.mailbox);
  // What was never put there, as far as is known, cannot be told from what somebody wrote.
  if (draft === null || mailbox === undefined || draft.digest === null || !sendableStates.includes(draft.state)) return 'unchanged';
  const { messageId } = draft.answered;
  const answers = await mailbox.findAnswers({ answering: messageId === null ? [] : [messageId], messageIds: [draft.messageId], withDigests: true });
  if (await noteSentThere(database, draft, answers)) return 'sent';
  const there = answers.filter((answer) => answer.folder === 'drafts' && (answer.messageId === draft.messageId || answer.caseTag !== null));
  if (there.some(({ digest }) => digest === draft.digest)) {
    if (draft.state === 'deleted') await noteDraftPresence(database, { caseId: id, draft: draft.messageId, digest: draft.digest, lies: true });
    return 'unchanged';
  }
  const newest = there.toSorted((one, other) => one.storedAt.getTime() - other.storedAt.getTime() || one.uid - other.uid).at(-1);
  if (newest?.digest == null) {
    await noteDraftPresence(database, { caseId: id, draft: draft.messageId, digest: draft.digest, lies: false });
    return 'gone';
  }
  const source = await mailbox.readAnswer(newest);
  if (source === null) return 'gone';
  const message = await readMessage(source, { internalDate: newest.storedAt, bytes: source.length, partBytes: null, authservIds: [], ownAddresses: [] });
  // Who it goes to and what goes with it is for whoever put it there.
  const onlyThere = message.attachments.length > 0 || newest.to.some((address) => address !== draft.to.toLowerCase());
  await takeOverDraft(database, { caseId: id, draft: draft.messageId, words: { ...typedReply(writtenText(message), draft.language), subject: newest.subject }, digest: newest.digest, onlyThere });
  return onlyThere ? 'only_there' : 'taken_over';
}

/** Under its own Message-ID, or under another one as an answer to the same mail, that the store knows nothing of. The case is answered by it. */
async function noteSentThere(database: Database, draft: LiveDraft, answers: readonly FoundAnswer[]): Promise<boolean> {
  const { messageId: answering } = draft.answered;
  const sent = answers.filter(({ folder, messageId, to }) => folder === 'sent' && messageId !== null && (messageId === draft.messageId || to.includes(draft.to.toLowerCase())));
  const ids = sent.flatMap(({ messageId }) => messageId ?? []);
  const known = ids.length === 0 ? [] : await database.query<{ id: string }>('SELECT message_id AS id FROM refund_triage.sent_mails WHERE message_id = ANY($1::text[])', [ids]);
  const fresh = sent.filter(({ messageId }) => messageId === draft.messageId || known.every(({ id }) => id !== messageId));
  if (fresh.length === 0) return false;
  await noteSent(database, fresh.map(({ messageId, to, sentAt, storedAt }) => ({
    mailbox: draft.mailbox, messageId, answers: answering === null ? [] : [answering], to, sentAtMs: (sentAt ?? storedAt).getTime(),
  })));
  return true;
}

/** All but the quote of the customer's mail, which is put below again when it is sent. */
function writtenText({ segments }: Message): string {
  return `${segments.filter(({ kind }) => kind !== 'quote' && kind !== 'hidden').map(({ text }) => text.trim()).filter((text) => text !== '').join('\n\n')}\n`;
}
