import type { Sql } from '../database/database.ts';

/** A cursor: how far one mailbox was read. UIDs belong to one UIDVALIDITY; when that changes, a new epoch begins. */
export interface MailboxCursor {
  readonly mailbox: string;
  readonly uidValidity: string;
  /** 1 for the UIDVALIDITY of the first contact. */
  readonly epoch: number;
  readonly firstContactAt: Date;
  /** UIDs at or below are not ours. */
  readonly floorUid: number;
  /** UIDs up to here lay in the mailbox when the epoch began: of those, only mail whose INTERNALDATE is `oursSince` or later is ours. */
  readonly datedUid: number;
  readonly oursSince: Date;
  /** UIDs up to here were handed to the queue. */
  readonly enqueuedUid: number;
  /** UIDs up to here have a fate in the ledger, or vanished. */
  readonly settledUid: number;
}

interface CursorRow {
  name: string;
  uid_validity: string;
  epoch: number;
  first_contact_at: Date;
  ours_since: Date;
  floor_uid: number;
  dated_uid: number;
  enqueued_uid: number;
  settled_uid: number;
}

export async function readCursor(sql: Sql, mailbox: string): Promise<MailboxCursor | null> {
  const rows = await sql.query<CursorRow>('SELECT * FROM refund_triage.mailboxes WHERE name = $1', [mailbox]);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    mailbox: row.name, uidValidity: row.uid_validity, epoch: row.epoch, firstContactAt: row.first_contact_at, floorUid: row.floor_uid,
    datedUid: row.dated_uid, oursSince: row.ours_since, enqueuedUid: row.enqueued_uid, settledUid: row.settled_uid,
  };
}

/** What is found at the first contact with a mailbox: its state, and since when mail is ours. */
export interface FirstContact {
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly at: Date;
  /** Null: from now on, whatever date later arrivals bear. */
  readonly since: Date | null;
}

/** Servers' clocks and ours differ a little. */
const clockSlack = '1 minute';

/** Notes the first contact with a mailbox. Where another process did so a moment ago, its note counts. */
export async function noteFirstContact(sql: Sql, contact: FirstContact): Promise<MailboxCursor> {
  const last = contact.uidNext - 1;
  const floor = contact.since === null ? last : 0;
  await sql.query(
    `WITH made AS (
       INSERT INTO refund_triage.mailboxes (name, uid_validity, first_contact_at, ours_since, floor_uid, dated_uid, enqueued_uid, settled_uid)
       VALUES ($1, $2, $3::timestamptz, coalesce($4::timestamptz, $3::timestamptz - interval '${clockSlack}'), $5, $6, $5, $5) ON CONFLICT (name) DO NOTHING RETURNING name)
     INSERT INTO refund_triage.events (kind, mailbox, uid_validity, uid) SELECT 'first_contact', name, $2, $5 FROM made`,
    [contact.mailbox, contact.uidValidity, contact.at, contact.since, floor, last],
  );
  return await cursorOf(sql, contact.mailbox);
}

/** The server gave the mailbox new UIDs: all mail of our time is looked at again, and fingerprints tell what was answered before. */
export async function beginEpoch(sql: Sql, mailbox: string, from: string, to: { uidValidity: string; uidNext: number }): Promise<MailboxCursor> {
  await sql.query(
    `WITH begun AS (
       UPDATE refund_triage.mailboxes SET uid_validity = $3, epoch = epoch + 1, floor_uid = 0, dated_uid = $4, enqueued_uid = 0, settled_uid = 0, updated_at = now()
       WHERE name = $1 AND uid_validity = $2 RETURNING name)
     INSERT INTO refund_triage.events (kind, mailbox, uid_validity, detail)
     SELECT 'uid_validity_changed', name, $3, jsonb_build_object('from', $2::text) FROM begun`,
    [mailbox, from, to.uidValidity, to.uidNext - 1],
  );
  return await cursorOf(sql, mailbox);
}

/** Moves the cursor forward, never back. Without effect on another epoch's cursor. */
export async function advanceCursor(
  sql: Sql, mailbox: string, uidValidity: string, to: { enqueuedUid?: number; settledUid?: number },
): Promise<void> {
  await sql.query(
    `UPDATE refund_triage.mailboxes SET enqueued_uid = greatest(enqueued_uid, $3), settled_uid = greatest(settled_uid, $4), updated_at = now()
     WHERE name = $1 AND uid_validity = $2`,
    [mailbox, uidValidity, to.enqueuedUid ?? 0, to.settledUid ?? 0],
  );
}

async function cursorOf(sql: Sql, mailbox: string): Promise<MailboxCursor> {
  const cursor = await readCursor(sql, mailbox);
  if (cursor === null) throw new Error(`No cursor for mailbox ${mailbox}.`);
  return cursor;
}
