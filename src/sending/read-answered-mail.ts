import type { AnsweredMail } from '../cases/actions/worked-case.ts';
import type { Sql } from '../database/database.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Message } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import type { Packs } from '../packs/pack.ts';

/** The mail that a reply answers, as it lies in its mailbox now. */
export interface FoundMail {
  readonly message: Message;
  /** Null where it is gone from the mailbox: then the message is what the store knows of it. */
  readonly uid: number | null;
}

/** Reads the mail again from its mailbox, also where the folder was made anew and it has another UID. Throws `MailboxError`. */
export async function readAnsweredMail(sql: Sql, mailbox: Mailbox | null, answered: AnsweredMail, packs: Packs): Promise<FoundMail> {
  const ownAddresses = packs.flatMap(({ policy }) => [...policy.addresses, policy.from.address]);
  if (mailbox !== null) {
    const { uidValidity } = await mailbox.open();
    for (const uid of await uidsOf(sql, mailbox.name, uidValidity, answered)) {
      for await (const mail of mailbox.fetch([uid])) {
        if (mail.uid !== uid) continue;
        const { source, internalDate, bytes, partBytes } = mail;
        return { message: await readMessage(source, { internalDate, bytes, partBytes, authservIds: [], ownAddresses }), uid };
      }
    }
  }
  return { message: rememberedMessage(answered), uid: null };
}

async function uidsOf(sql: Sql, mailbox: string, uidValidity: string, { message, fingerprint }: AnsweredMail): Promise<number[]> {
  const rows = await sql.query<{ uid: number }>(
    `SELECT uid FROM refund_triage.messages WHERE mailbox = $1 AND uid_validity = $2 AND (id = $3 OR fingerprint = $4) ORDER BY id = $3 DESC, id DESC LIMIT 5`,
    [mailbox, uidValidity, message, fingerprint],
  );
  return rows.map(({ uid }) => uid);
}

/** Enough to answer in the thread, without a quote. */
function rememberedMessage({ messageId, inReplyTo, sender, subject, receivedAtMs }: AnsweredMail): Message {
  const from = sender === null ? null : { name: '', address: sender };
  return {
    messageId, inReplyTo, references: [], from, replyTo: from, recipients: [], subject, sentAt: { epochMs: receivedAtMs, offsetMinutes: 0 }, receivedAtMs, segments: [], attachments: [],
    machine: null, authentication: 'none', encrypted: false, languageHints: [], bytes: 0, notes: [],
  };
}
