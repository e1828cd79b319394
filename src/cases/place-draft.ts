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
  readonly mailbox: string;
  readonly digest: string | null;
}

/** Drafts that were given up and lie in Drafts of one of these mailboxes; nobody else gets them for a while. */
export async function listDraftsToRemove(sql: Sql, mailboxes: readonly string[], limit: number): Promise<DraftToRemove[]> {
  return await sql.query<DraftToRemove>(
    `UPDATE refund_triage.drafts d SET owned_at = now() FROM refund_triage.messages m
     WHERE m.id = d.message AND d.message_id IN (
       SELECT r.message_id FROM refund_triage.drafts r JOIN refund_triage.messages n ON n.id = r.message
       WHERE r.removal_due AND coalesce(r.mailbox, n.mailbox) = ANY($1::text[]) AND coalesce(r.owned_at < now() - $3 * interval '1 millisecond', true)
       LIMIT $2 FOR UPDATE OF r SKIP LOCKED)
     RETURNING d.message_id AS draft, coalesce(d.mailbox, m.mailbox) AS mailbox, d.digest`,
    [mailboxes, limit, claimMs],
  );
}

/** It is gone, or not ours to remove; where `retryInMs` is given it is to be tried again. */
export async function noteRemoved(sql: Sql, draft: string, retryInMs: number | null): Promise<void> {
  if (retryInMs === null) await sql.query('UPDATE refund_triage.drafts SET removal_due = false, owned_at = NULL WHERE message_id = $1', [draft]);
  else await sql.query(`UPDATE refund_triage.drafts SET owned_at = now() + ($2 - $3) * interval '1 millisecond' WHERE message_id = $1`, [draft, retryInMs, claimMs]);
}
