import type { SentMail } from '../cases/threads/note-sent.ts';
import type { FoundAnswer } from '../mailbox/answer.ts';
import { type Mailbox, triageKeywords } from '../mailbox/mailbox.ts';
import type { RecordedResult } from './place-drafts.ts';

/**
 * What was done about a mail in a life of the store that it does not remember: `lies` our draft lies in Drafts · `edited` a person answers it in another draft (`by`, its Message-ID) ·
 * `sent` it was answered · `deleted` our draft was there, and a person took it away.
 */
export type EarlierAnswer =
  | { readonly kind: 'lies' | 'deleted' }
  | { readonly kind: 'edited'; readonly by: string }
  | { readonly kind: 'sent'; readonly mail: SentMail };

/** Servers' clocks and the database's differ; looking once too often costs little. */
const clockSlackMs = 60 * 60_000;

/** What was done about those of these mails that arrived before the store was brought back, by UID; of the others, and of those that nobody answered, nothing. */
export async function lookBack(mailbox: Mailbox, ours: readonly RecordedResult[], restoredAt: Date | null): Promise<ReadonlyMap<number, EarlierAnswer>> {
  const old = restoredAt === null ? [] : ours.filter(({ triaged }) => triaged.arrivedAt.getTime() < restoredAt.getTime() + clockSlackMs);
  if (old.length === 0) return new Map();
  const answers = await mailbox.findAnswers({
    messageIds: old.map(({ triaged }) => triaged.result.draftMessageId),
    answering: old.flatMap(({ triaged }) => triaged.result.message.messageId ?? []),
  });
  return new Map(old.flatMap(({ triaged }) => {
    const answer = earlierAnswer(mailbox.name, triaged, answers);
    return answer === null ? [] : [[triaged.uid, answer]];
  }));
}

function earlierAnswer(mailbox: string, { result, keywords }: RecordedResult['triaged'], answers: readonly FoundAnswer[]): EarlierAnswer | null {
  const { message, draft, draftMessageId } = result;
  const customer = [draft?.to, message.from?.address, message.replyTo?.address].flatMap((address) => address?.toLowerCase() ?? []);
  const itself = answers.filter(({ messageId }) => messageId === draftMessageId);
  // A stranger who takes over the Message-ID of another customer's mail is not thereby answered.
  const others = answers.filter((answer) => message.messageId !== null && answer.messageId !== draftMessageId && answeredBy(answer) === message.messageId && answer.to.some((to) => customer.includes(to)));
  const sent = [...itself, ...others].find(({ folder }) => folder === 'sent');
  if (sent !== undefined) {
    return {
      kind: 'sent',
      mail: { mailbox, messageId: sent.messageId, answers: message.messageId === null ? [] : [message.messageId], to: sent.to, sentAtMs: (sent.sentAt ?? sent.storedAt).getTime() },
    };
  }
  if (itself.length > 0) return { kind: 'lies' };
  const edited = others.find(({ folder }) => folder === 'drafts');
  if (edited !== undefined) return { kind: 'edited', by: edited.messageId ?? draftMessageId };
  // These are set only once the draft lies in Drafts.
  const drafted: readonly string[] = [triageKeywords.needsInfo.toLowerCase(), triageKeywords.ready.toLowerCase()];
  return keywords.some((keyword) => drafted.includes(keyword)) ? { kind: 'deleted' } : null;
}

function answeredBy({ inReplyTo, references }: FoundAnswer): string | null {
  return inReplyTo ?? references.at(-1) ?? null;
}
