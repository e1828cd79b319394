import { takeOverDraft } from '../cases/actions/save-draft.ts';
import { sendableStates, type WorkedCase } from '../cases/actions/worked-case.ts';
import { typedReply } from '../draft/typed-reply.ts';
import type { Message } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import type { ReplyContext } from './reply-actions.ts';

/**
 * `unchanged` the draft lies in Drafts as the desk has it, or is not looked for · `taken_over` a mail program changed it, and the desk has its words now · `only_there` the same, with
 * files or other recipients, which only the mail program can send · `sent` from there · `gone` nobody knows where.
 */
export type FoundDraft = 'unchanged' | 'taken_over' | 'only_there' | 'sent' | 'gone';

/** Looks what mail programs did to the draft since the desk last looked, and takes over what they wrote. Throws `MailboxError`. */
export async function takeOverEdits({ database, mailboxes }: Pick<ReplyContext, 'database' | 'mailboxes'>, { id, draft }: Pick<WorkedCase, 'id' | 'draft'>): Promise<FoundDraft> {
  const mailbox = draft === null ? undefined : mailboxes.get(draft.mailbox);
  // What was never put there, as far as is known, cannot be told from what somebody wrote.
  if (draft === null || mailbox === undefined || draft.digest === null || !sendableStates.includes(draft.state)) return 'unchanged';
  const { messageId } = draft.answered;
  const answers = await mailbox.findAnswers({ answering: messageId === null ? [] : [messageId], messageIds: [draft.messageId], withDigests: true });
  if (answers.some((answer) => answer.folder === 'sent' && answer.messageId === draft.messageId)) return 'sent';
  const there = answers.filter((answer) => answer.folder === 'drafts' && (answer.messageId === draft.messageId || answer.caseTag !== null));
  if (there.some(({ digest }) => digest === draft.digest)) return 'unchanged';
  const newest = there.toSorted((one, other) => one.storedAt.getTime() - other.storedAt.getTime() || one.uid - other.uid).at(-1);
  if (newest?.digest == null) return 'gone';
  const source = await mailbox.readAnswer(newest);
  if (source === null) return 'gone';
  const message = await readMessage(source, { internalDate: newest.storedAt, bytes: source.length, partBytes: null, authservIds: [], ownAddresses: [] });
  // Who it goes to and what goes with it is for whoever put it there.
  const onlyThere = message.attachments.length > 0 || newest.to.some((address) => address !== draft.to.toLowerCase());
  await takeOverDraft(database, { caseId: id, draft: draft.messageId, words: { ...typedReply(writtenText(message), draft.language), subject: newest.subject }, digest: newest.digest, onlyThere });
  return onlyThere ? 'only_there' : 'taken_over';
}

/** All but the quote of the customer's mail, which is put below again when it is sent. */
function writtenText({ segments }: Message): string {
  return `${segments.filter(({ kind }) => kind !== 'quote' && kind !== 'hidden').map(({ text }) => text.trim()).filter((text) => text !== '').join('\n\n')}\n`;
}
