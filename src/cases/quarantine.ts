import { createHash } from 'node:crypto';
import { cleanText, type Database, toJsonb } from '../database/database.ts';
import type { MailPointer } from './mail-pointer.ts';

/** A mail that could not be worked through, with the reason, for a person to look at. It stays where it is in the mailbox. */
export interface QuarantinedMail extends MailPointer {
  /** Stable code of the error. */
  readonly code: string;
  readonly reason: string;
  /** The cause may pass: the mail is tried again after an hour, then ever less often, at least once a day. */
  readonly retryable: boolean;
  readonly messageId: string | null;
  readonly from: string | null;
  readonly subject: string;
  readonly receivedAtMs: number | null;
}

/** Puts mails into quarantine, whether they were met before or not. What was recorded of them stays. */
export async function quarantineMails(database: Database, mails: readonly QuarantinedMail[]): Promise<void> {
  if (mails.length === 0) return;
  const input = toJsonb(mails.map((mail) => ({
    mailbox: mail.mailbox, uid_validity: mail.uidValidity, uid: mail.uid, code: mail.code, reason: mail.reason, retryable: mail.retryable,
    message_id: mail.messageId, sender: mail.from, subject: mail.subject,
    received_at: mail.receivedAtMs === null ? null : new Date(mail.receivedAtMs).toISOString(), fingerprint: fingerprintOf(mail),
  })));
  const columns = `mailbox text, uid_validity text, uid bigint, code text, reason text, retryable boolean, message_id text, sender text, subject text,
    received_at timestamptz, fingerprint text`;
  await database.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO refund_triage.cases (fingerprint, customer, subject, state)
       SELECT q.fingerprint, q.sender, q.subject, 'quarantined' FROM jsonb_to_recordset($1::jsonb) AS q(${columns})
       WHERE NOT EXISTS (SELECT 1 FROM refund_triage.messages m WHERE (m.mailbox, m.uid_validity, m.uid) = (q.mailbox, q.uid_validity, q.uid))
       ORDER BY q.fingerprint ON CONFLICT (fingerprint) DO NOTHING`,
      [input],
    );
    await sql.query(
      `INSERT INTO refund_triage.messages (case_id, mailbox, uid_validity, uid, fingerprint, message_id, sender, subject, received_at, state)
       SELECT c.id, q.mailbox, q.uid_validity, q.uid, q.fingerprint, q.message_id, q.sender, q.subject, coalesce(q.received_at, now()), 'quarantined'
       FROM jsonb_to_recordset($1::jsonb) AS q(${columns}) JOIN refund_triage.cases c USING (fingerprint)
       ORDER BY q.uid ON CONFLICT (mailbox, uid_validity, uid) DO NOTHING`,
      [input],
    );
    await sql.query(
      `WITH q AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS q(${columns})),
       held AS (
         UPDATE refund_triage.messages m SET state = 'quarantined', finished_at = now() FROM q
         WHERE (m.mailbox, m.uid_validity, m.uid) = (q.mailbox, q.uid_validity, q.uid) AND (m.finished_at IS NULL OR m.state = 'quarantined')
         RETURNING m.id, m.case_id, m.mailbox, m.uid_validity, m.uid, q.code, q.reason, q.retryable),
       shown AS (
         UPDATE refund_triage.cases c SET state = 'quarantined', updated_at = now() FROM held WHERE c.id = held.case_id),
       cleared AS (
         DELETE FROM refund_triage.suspects s USING q WHERE (s.mailbox, s.uid_validity, s.uid) = (q.mailbox, q.uid_validity, q.uid)),
       listed AS (
         INSERT INTO refund_triage.quarantine AS old (message, code, reason, retry_at)
         SELECT id, code, reason, CASE WHEN retryable THEN now() + interval '1 hour' END FROM held
         ON CONFLICT (message) DO UPDATE SET code = excluded.code, reason = excluded.reason, times = old.times + 1, quarantined_at = now(),
           retry_at = CASE WHEN excluded.retry_at IS NOT NULL THEN now() + least(power(2, old.times), 24) * interval '1 hour' END)
       INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid, detail)
       SELECT 'quarantined', case_id, mailbox, uid_validity, uid, jsonb_build_object('code', code, 'reason', reason) FROM held`,
      [input],
    );
  });
}

/** Counts that a mail is begun alone, before anything is done with it, and says how often it was begun without coming to an end. */
export async function countSuspect(database: Database, pointer: MailPointer): Promise<number> {
  const rows = await database.query<{ begun: number }>(
    `INSERT INTO refund_triage.suspects AS old (mailbox, uid_validity, uid, begun) VALUES ($1, $2, $3, 1)
     ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET begun = old.begun + 1 RETURNING begun`,
    [pointer.mailbox, pointer.uidValidity, pointer.uid],
  );
  return rows[0]?.begun ?? 1;
}

export async function clearSuspect(database: Database, pointer: MailPointer): Promise<void> {
  await database.query('DELETE FROM refund_triage.suspects WHERE mailbox = $1 AND uid_validity = $2 AND uid = $3', [
    pointer.mailbox, pointer.uidValidity, pointer.uid,
  ]);
}

/** Stands in for the mail's own fingerprint, which takes reading it. */
function fingerprintOf(pointer: MailPointer): string {
  return createHash('sha256').update(cleanText(`unread\n${pointer.mailbox}\n${pointer.uidValidity}\n${String(pointer.uid)}`)).digest('hex');
}
