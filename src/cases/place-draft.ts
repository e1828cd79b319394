import type { Database, Sql } from '../database/database.ts';

/** A draft whose words were changed at the desk, so that the copy in Drafts is behind. */
export interface DraftToPlace {
  readonly draft: string;
  readonly caseId: number;
  readonly mailbox: string;
  readonly revision: number;
}

/** One that takes longer is taken for dead, and another process places it. */
const claimMs = 60_000;

/** Takes drafts of these mailboxes in hand that nobody else is placing. */
export async function listDraftsToPlace(sql: Sql, mailboxes: readonly string[], limit: number): Promise<DraftToPlace[]> {
  const rows = await sql.query<{ message_id: string; case_id: number; mailbox: string | null; mail_mailbox: string; revision: number }>(
    `UPDATE refund_triage.drafts d SET owned_at = now() FROM refund_triage.messages m
     WHERE m.id = d.message AND d.message_id IN (
       SELECT p.message_id FROM refund_triage.drafts p JOIN refund_triage.messages n ON n.id = p.message
       WHERE p.placement_due AND p.state IN ('in_drafts', 'edited', 'deleted') AND coalesce(p.mailbox, n.mailbox) = ANY($3::text[])
         AND coalesce(p.owned_at < now() - $2 * interval '1 millisecond', true) ORDER BY p.edited_at LIMIT $1 FOR UPDATE OF p SKIP LOCKED)
     RETURNING d.message_id, d.case_id, d.mailbox, m.mailbox AS mail_mailbox, d.revision`,
    [limit, claimMs, mailboxes],
  );
  return rows.map((row) => ({ draft: row.message_id, caseId: row.case_id, mailbox: row.mailbox ?? row.mail_mailbox, revision: row.revision }));
}

export type Placing =
  | { readonly kind: 'placed'; readonly digest: string }
  /** A mail program saved other words meanwhile, which the desk is to take over first. */
  | { readonly kind: 'edited_there' }
  | { readonly kind: 'put_off'; readonly inMs: number };

/** What placing came to. Where the draft was sent or given up meanwhile, the copy that was just put there is to be removed again. */
export async function notePlaced(database: Database, { draft, revision }: DraftToPlace, placing: Placing): Promise<void> {
  switch (placing.kind) {
    case 'placed':
      await database.query(
        `UPDATE refund_triage.drafts SET digest = $3, in_drafts_at = now(), owned_at = NULL, placement_due = placement_due AND revision <> $2,
           removal_due = state IN ('sent', 'abandoned', 'replaced'), state = CASE WHEN state = 'deleted' THEN CASE WHEN edited_by IS NULL THEN 'in_drafts' ELSE 'edited' END ELSE state END
         WHERE message_id = $1`,
        [draft, revision, placing.digest],
      );
      return;
    case 'edited_there':
      await database.query('UPDATE refund_triage.drafts SET placement_due = false, owned_at = NULL WHERE message_id = $1', [draft]);
      return;
    case 'put_off':
      await database.query(`UPDATE refund_triage.drafts SET owned_at = now() + ($2 - $3) * interval '1 millisecond' WHERE message_id = $1`, [draft, placing.inMs, claimMs]);
      return;
    default:
      placing satisfies never;
  }
}

export interface DraftToRemove {
  readonly draft: string;
  readonly caseId: number;
  readonly mailbox: string;
  /** Null where it is not known what was put there. */
  readonly digest: string | null;
  /** Somebody has edited it: it stays, and is only looked for. */
  readonly isEdited: boolean;
  /** Another one took its place. */
  readonly isReplaced: boolean;
  /** The Message-ID of the mail that it answers. */
  readonly answering: string | null;
}

/** Drafts that were given up and lie in Drafts of one of these mailboxes; nobody else gets them for a while. */
export async function listDraftsToRemove(sql: Sql, mailboxes: readonly string[], limit: number): Promise<DraftToRemove[]> {
  return await sql.query<DraftToRemove>(
    `UPDATE refund_triage.drafts d SET owned_at = now() FROM refund_triage.messages m
     WHERE m.id = d.message AND d.message_id IN (
       SELECT r.message_id FROM refund_triage.drafts r JOIN refund_triage.messages n ON n.id = r.message
       WHERE r.removal_due AND coalesce(r.mailbox, n.mailbox) = ANY($1::text[]) AND coalesce(r.owned_at < now() - $3 * interval '1 millisecond', true)
       LIMIT $2 FOR UPDATE OF r SKIP LOCKED)
     RETURNING d.message_id AS draft, d.case_id AS "caseId", coalesce(d.mailbox, m.mailbox) AS mailbox, d.digest, d.state = 'edited' AS "isEdited", d.state = 'replaced' AS "isReplaced", m.message_id AS answering`,
    [mailboxes, limit, claimMs],
  );
}

/** `removed` it lay there as we had put it · `kept` somebody has edited it, or writes another instead: that stays · `gone` nothing lies there: it was sent from there, or taken away. */
export type Removal = 'removed' | 'kept' | 'gone';

/** A draft that never went out was not sent, even if its mail was answered; one that somebody works on is the case's draft again. */
export async function noteRemoved(sql: Sql, { draft, caseId }: Pick<DraftToRemove, 'draft' | 'caseId'>, removal: Removal): Promise<void> {
  await sql.query(
    `WITH noted AS (
       UPDATE refund_triage.drafts d SET removal_due = false, owned_at = NULL, settled_at = CASE WHEN n.state = 'edited' THEN NULL ELSE coalesce(d.settled_at, now()) END, state = n.state
       FROM (SELECT o.message_id, CASE
           WHEN EXISTS (SELECT 1 FROM refund_triage.sent_mails s WHERE s.message_id = o.message_id) OR o.replaced_by IS NOT NULL THEN o.state
           WHEN $3 = 'removed' AND o.state = 'sent' THEN 'abandoned'
           WHEN $3 = 'kept' AND o.state IN ('sent', 'abandoned') THEN 'edited'
           WHEN $3 = 'gone' AND o.state = 'edited' THEN 'sent'
           ELSE o.state END AS state FROM refund_triage.drafts o WHERE o.message_id = $1) n
       WHERE d.message_id = n.message_id AND d.removal_due RETURNING d.message_id)
     INSERT INTO refund_triage.events (kind, case_id, detail)
     SELECT CASE $3 WHEN 'removed' THEN 'draft_taken_away' ELSE 'edited_draft_kept' END, $2, jsonb_build_object('draft', message_id) FROM noted WHERE $3 <> 'gone'`,
    [draft, caseId, removal],
  );
}

/** It is to be tried again. */
export async function putOffRemoval(sql: Sql, { draft }: Pick<DraftToRemove, 'draft'>, retryInMs: number): Promise<void> {
  await sql.query(`UPDATE refund_triage.drafts SET owned_at = now() + ($2 - $3) * interval '1 millisecond' WHERE message_id = $1`, [draft, retryInMs, claimMs]);
}
