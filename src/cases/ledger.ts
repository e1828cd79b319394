import type { CaseState } from './case.ts';
import type { Sql } from '../database/database.ts';

/** The ledger: which mails were met, and what is still to be done for each. A mail without an entry was lost on the way and is taken again. */
export interface LedgerEntry {
  readonly uid: number;
  readonly state: CaseState;
  /** Draft in Drafts, keyword set: nothing left to do. */
  readonly finished: boolean;
  /** A quarantined mail whose time to be tried again has come. */
  readonly retryDue: boolean;
}

/** The entries of these mails; those never met are missing from the map. */
export async function readLedger(sql: Sql, mailbox: string, uidValidity: string, uids: readonly number[]): Promise<ReadonlyMap<number, LedgerEntry>> {
  const rows = await sql.query<LedgerEntry>(
    `SELECT m.uid, m.state, m.finished_at IS NOT NULL AS finished, coalesce(q.retry_at <= now(), false) AS "retryDue"
     FROM refund_triage.messages m LEFT JOIN refund_triage.quarantine q ON q.message = m.id
     WHERE m.mailbox = $1 AND m.uid_validity = $2 AND m.uid = ANY($3::bigint[])`,
    [mailbox, uidValidity, uids],
  );
  return new Map(rows.map((row) => [row.uid, row]));
}

/** Which of these UIDs have no entry and were not passed over. */
export async function listUnmetUids(sql: Sql, mailbox: string, uidValidity: string, uids: readonly number[]): Promise<number[]> {
  if (uids.length === 0) return [];
  const rows = await sql.query<{ uid: number }>(
    `SELECT uid FROM unnest($3::bigint[]) AS t(uid)
     WHERE NOT EXISTS (SELECT 1 FROM refund_triage.messages m WHERE m.mailbox = $1 AND m.uid_validity = $2 AND m.uid = t.uid)
       AND NOT EXISTS (SELECT 1 FROM refund_triage.passed_over p WHERE p.mailbox = $1 AND p.uid_validity = $2 AND p.uid = t.uid)
     ORDER BY uid`,
    [mailbox, uidValidity, uids],
  );
  return rows.map((row) => row.uid);
}

/** Mails with something left to do: begun and not finished, or in quarantine and due to be tried again. */
export async function listUnfinishedUids(sql: Sql, mailbox: string, uidValidity: string): Promise<number[]> {
  const rows = await sql.query<{ uid: number }>(
    `SELECT uid FROM refund_triage.messages WHERE mailbox = $1 AND uid_validity = $2 AND finished_at IS NULL
     UNION SELECT m.uid FROM refund_triage.quarantine q JOIN refund_triage.messages m ON m.id = q.message
     WHERE q.retry_at <= now() AND m.mailbox = $1 AND m.uid_validity = $2 ORDER BY uid`,
    [mailbox, uidValidity],
  );
  return rows.map((row) => row.uid);
}

/** Notes that these mails are from before our time. */
export async function passOver(sql: Sql, mailbox: string, uidValidity: string, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return;
  await sql.query(
    `INSERT INTO refund_triage.passed_over (mailbox, uid_validity, uid) SELECT $1, $2, uid FROM unnest($3::bigint[]) AS t(uid) ON CONFLICT DO NOTHING`,
    [mailbox, uidValidity, uids],
  );
}
