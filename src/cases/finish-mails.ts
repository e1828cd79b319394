import type { Sql } from '../database/database.ts';

/**
 * Notes that these drafts lie in Drafts and that these mails have nothing left to do. `draftIds` are Message-IDs. Both at once: should the process die before, the next
 * attempt finds the drafts in Drafts by their Message-IDs. What was given up while it was put there is to be taken away again.
 */
export async function finishMails(
  sql: Sql, mailbox: string, uidValidity: string, done: { draftIds: readonly string[]; uids: readonly number[] },
): Promise<void> {
  if (done.draftIds.length === 0 && done.uids.length === 0) return;
  await sql.query(
    `WITH placed AS (
       UPDATE refund_triage.drafts SET state = CASE WHEN state = 'planned' THEN 'in_drafts' ELSE state END, in_drafts_at = now(), owner = NULL, owned_at = NULL, removal_due = state <> 'planned'
       WHERE message_id = ANY($3::text[]) AND state IN ('planned', 'abandoned', 'replaced', 'sent') RETURNING case_id, message_id, removal_due),
     finished AS (
       UPDATE refund_triage.messages SET finished_at = now()
       WHERE mailbox = $1 AND uid_validity = $2 AND uid = ANY($4::bigint[]) AND finished_at IS NULL RETURNING case_id, uid, state),
     cleared AS (
       DELETE FROM refund_triage.suspects WHERE mailbox = $1 AND uid_validity = $2 AND uid = ANY($4::bigint[]))
     INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid, detail)
     SELECT 'in_drafts', case_id, $1, $2, NULL::bigint, jsonb_build_object('draft', message_id) FROM placed WHERE NOT removal_due
     UNION ALL SELECT 'finished', case_id, $1, $2, uid, jsonb_build_object('state', state) FROM finished`,
    [mailbox, uidValidity, done.draftIds, done.uids],
  );
}

/**
 * The mail a draft was planned for left the mailbox before the draft was in Drafts: there is nothing to answer, unless it comes back, under another UID (`findPlannedDrafts` knows such a draft by its missing
 * `settled_at`). Where a copy of it lies there already, that one is to see to the draft.
 */
export async function abandonMails(sql: Sql, mailbox: string, uidValidity: string, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return;
  await sql.query(
    `WITH gone AS (
       UPDATE refund_triage.messages SET finished_at = now()
       WHERE mailbox = $1 AND uid_validity = $2 AND uid = ANY($3::bigint[]) AND finished_at IS NULL RETURNING id, case_id, uid, fingerprint),
     abandoned AS (
       UPDATE refund_triage.drafts d SET state = 'abandoned', owner = NULL FROM gone WHERE d.message = gone.id AND d.state = 'planned' RETURNING gone.fingerprint),
     handed_over AS (
       UPDATE refund_triage.messages c SET finished_at = NULL FROM abandoned a WHERE c.fingerprint = a.fingerprint AND c.role = 'copy' AND c.finished_at IS NOT NULL AND c.state <> 'quarantined'
         AND c.id NOT IN (SELECT id FROM gone)
         AND NOT EXISTS (SELECT 1 FROM refund_triage.events e WHERE e.kind = 'vanished' AND (e.mailbox, e.uid_validity, e.uid) = (c.mailbox, c.uid_validity, c.uid)))
     INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid) SELECT 'vanished', case_id, $1, $2, uid FROM gone`,
    [mailbox, uidValidity, uids],
  );
}
