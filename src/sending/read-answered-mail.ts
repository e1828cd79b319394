import type { AnsweredMail } from '../cases/actions/worked-case.ts';
import type { Sql } from '../database/database.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Message } from '../message/message.ts';
import { readMessage } from '../message/read-message.ts';
import type { Packs } from '../packs/pack.ts';
import { asCustomersMail } from '../packs/passed-on.ts';

/** The mail that a reply answers, as it lies in its mailbox now. */
export interface FoundMail {
  readonly message: Message;
  /** Null where it is gone from the mailbox: then the message is what the store knows of it. */
  readonly uid: number | null;
  /** The folder was made anew, and the mail was not met there yet under its new UID. */
  readonly isYetToBeMet: boolean;
}

/** Reads the mail again from its mailbox, also where the folder was made anew and it has another UID. Throws `MailboxError`. */
export async function readAnsweredMail(sql: Sql, mailbox: Mailbox | null, answered: AnsweredMail, packs: Packs): Promise<FoundMail> {
  const ownAddresses = packs.flatMap(({ policy }) => [...policy.addresses, policy.from.address]);
  const customer = await passedOnFor(sql, answered);
  let isYetToBeMet = false;
  if (mailbox !== null) {
    const { uidValidity } = await mailbox.open();
    const uids = await uidsOf(sql, mailbox.name, uidValidity, answered);
    isYetToBeMet = uids.length === 0;
    for (const uid of uids) {
      for await (const mail of mailbox.fetch([uid])) {
        if (mail.uid !== uid) continue;
        const { source, internalDate, bytes, partBytes } = mail;
        const message = await readMessage(source, { internalDate, bytes, partBytes, authservIds: [], ownAddresses });
        return { message: customer === null ? message : { ...(asCustomersMail({ ...message, authentication: 'pass' }, packs) ?? message), ...customer }, uid, isYetToBeMet: false };
      }
    }
  }
  return { message: { ...rememberedMessage(answered), ...customer }, uid: null, isYetToBeMet };
}

/** Whom the answer goes to where one of us passed the mail on: the case's customer, as the worker read it. Null where it came from its writer. */
async function passedOnFor(sql: Sql, { message }: AnsweredMail): Promise<Pick<Message, 'from' | 'replyTo'> | null> {
  const [row] = await sql.query<{ customer: string }>(
    `SELECT c.customer FROM refund_triage.messages m JOIN refund_triage.cases c ON c.id = m.case_id WHERE m.id = $1 AND m.role = 'request' AND c.customer <> m.sender`, [message],
  );
  if (row === undefined) return null;
  const customer = { name: '', address: row.customer };
  return { from: customer, replyTo: customer };
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
