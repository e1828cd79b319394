import type { AnsweredCase } from '../cases/threads/note-sent.ts';
import type { Store } from '../cases/store.ts';
import { sentSince } from '../mailbox/answer.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';

const pageMails = 200;

/** Notes what was sent from a mail program since the last time: the cases that are answered by it. Begins, the first time, with what was sent since the first contact. */
export async function followSent(mailbox: Mailbox, store: Store, firstContactAt: Date): Promise<AnsweredCase[]> {
  const answered: AnsweredCase[] = [];
  let after = (await store.readSentCursor(mailbox.name)) ?? sentSince(firstContactAt);
  for (;;) {
    const { cursor, mails, more } = await mailbox.listSent(after, pageMails);
    answered.push(...await store.noteSent(mails.map(({ messageId, inReplyTo, references, to, sentAt, storedAt }) => ({
      mailbox: mailbox.name, messageId, answers: [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()])], to, sentAtMs: (sentAt ?? storedAt).getTime(),
    }))));
    if (JSON.stringify(cursor) !== JSON.stringify(after)) await store.writeSentCursor(mailbox.name, cursor);
    if (!more) return answered;
    after = cursor;
  }
}
