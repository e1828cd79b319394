import type { Database, Sql } from '../database/database.ts';
import { noteEvent } from './actions/worked-case.ts';

/** A draft that may lie in Drafts otherwise than the store has it. */
export interface DoubtfulDraft {
  readonly messageId: string;
  /** `live` it is to lie there, once · `over` it is not to lie there any more · `deleted` somebody seems to have deleted it there. */
  readonly kind: 'live' | 'over' | 'deleted';
  /** Null where it is not known what was put there. */
  readonly digest: string | null;
}

/** What comes back later is a person's to see to. */
const doubtfulDays = 30;

/** The drafts of one mailbox that lie in Drafts, and those that left it lately, in the order of their Message-IDs, of which `after` was the last one seen. */
export async function listDoubtfulDrafts(sql: Sql, mailbox: string, { after, limit }: { readonly after: string; readonly limit: number }): Promise<DoubtfulDraft[]> {
  return await sql.query<DoubtfulDraft>(
    `SELECT d.message_id AS "messageId", CASE d.state WHEN 'in_drafts' THEN 'live' WHEN 'deleted' THEN 'deleted' ELSE 'over' END AS kind, d.digest
     FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message
     WHERE coalesce(d.mailbox, m.mailbox) = $1 AND d.message_id > $2 AND NOT d.removal_due AND NOT d.placement_due
       AND (d.state = 'in_drafts' OR d.state IN ('replaced', 'sent', 'abandoned', 'deleted') AND coalesce(d.settled_at, d.planned_at) > now() - interval '${String(doubtfulDays)} days')
     ORDER BY d.message_id LIMIT $3`,
    [mailbox, after, limit],
  );
}

/** Whether a draft is still one that is not to lie in Drafts: a mail that comes back may have had it planned again. */
export async function isOver(sql: Sql, messageId: string): Promise<boolean> {
  const rows = await sql.query(`SELECT 1 FROM refund_triage.drafts WHERE message_id = $1 AND state IN ('replaced', 'sent', 'abandoned') AND NOT placement_due`, [messageId]);
  return rows.length > 0;
}

/** What becomes of a draft that was taken for deleted and lies in Drafts: it is its case's draft again, unless another one has taken its place or the case is over. */
export type ReturnedAs = 'in_drafts' | 'edited' | 'replaced' | 'abandoned';

/** Null where the store has it otherwise by now. `isUntouched`: it lies there as we had put it. */
export async function noteReturned(database: Database, messageId: string, isUntouched: boolean): Promise<ReturnedAs | null> {
  return await database.transaction(async (sql) => {
    // A mail that is recorded meanwhile may bring a draft of its own.
    const [found] = await sql.query<{ id: number; stage: string; is_edited: boolean }>(
      `SELECT c.id, c.stage, d.edited_by IS NOT NULL AS is_edited FROM refund_triage.cases c JOIN refund_triage.drafts d ON d.case_id = c.id WHERE d.message_id = $1 AND d.state = 'deleted' FOR UPDATE OF c`, [messageId],
    );
    if (found === undefined) return null;
    const [other] = await sql.query<{ id: string }>(
      `SELECT o.message_id AS id FROM refund_triage.drafts d JOIN refund_triage.drafts o ON o.case_id = d.case_id AND o.message_id <> d.message_id
         AND (o.state IN ('planned', 'in_drafts', 'edited') OR o.state = 'sent' AND o.planned_at > d.planned_at) WHERE d.message_id = $1 ORDER BY o.planned_at DESC LIMIT 1`, [messageId],
    );
    const becomes: ReturnedAs = !isUntouched || found.is_edited ? 'edited' : other !== undefined ? 'replaced' : found.stage === 'closed' ? 'abandoned' : 'in_drafts';
    await sql.query(
      `UPDATE refund_triage.drafts SET state = $2, replaced_by = $3, settled_at = CASE WHEN $2 IN ('replaced', 'abandoned') THEN settled_at END WHERE message_id = $1 AND state = 'deleted'`,
      [messageId, becomes, becomes === 'replaced' ? (other?.id ?? null) : null],
    );
    await noteEvent(sql, becomes === 'in_drafts' || becomes === 'edited' ? 'draft_restored' : 'draft_taken_away', { caseId: found.id, by: null }, { draft: messageId });
    return becomes;
  });
}
