import { type Sql, toJsonb } from '../../database/database.ts';

/** What became of a draft that lay in Drafts: `edited` by a person, who will send it · `sent` · `deleted` by a person · `replaced` by the draft of a newer mail. */
export interface DraftFate {
  readonly messageId: string;
  readonly fate: 'edited' | 'sent' | 'deleted' | 'replaced';
  /** The draft that took its place. */
  readonly replacedBy: string | null;
  /** It was not found where it was to be taken away from: it is looked for once more, for what puts it there may still be on its way. */
  readonly isUnseen?: boolean;
}

/** Notes what became of drafts, and tells it in their cases' history. */
export async function settleDrafts(sql: Sql, fates: readonly DraftFate[]): Promise<void> {
  if (fates.length === 0) return;
  await sql.query(
    `WITH n AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(message_id text, fate text, replaced_by text, unseen boolean)),
     settled AS (
       UPDATE refund_triage.drafts d SET state = n.fate, replaced_by = n.replaced_by, owner = NULL, settled_at = CASE WHEN n.fate <> 'edited' THEN now() END,
         removal_due = d.removal_due OR n.unseen, owned_at = CASE WHEN n.unseen THEN now() ELSE d.owned_at END FROM n
       WHERE d.message_id = n.message_id AND d.state IN ('planned', 'in_drafts', 'edited') AND d.state <> n.fate RETURNING d.case_id, d.message_id, n.fate, n.replaced_by)
     INSERT INTO refund_triage.events (kind, case_id, detail)
     SELECT 'draft_' || fate, case_id, jsonb_build_object('draft', message_id, 'replacedBy', replaced_by) FROM settled`,
    [toJsonb(fates.map(({ messageId, fate, replacedBy, isUnseen = false }) => ({ message_id: messageId, fate, replaced_by: replacedBy, unseen: isUnseen })))],
  );
}

/** Gives up drafts that were planned, because a person's edited draft answers the case: it is kept, and the history tells that there was more to say. */
export async function yieldDrafts(sql: Sql, drafts: readonly { readonly messageId: string; readonly to: string }[]): Promise<void> {
  if (drafts.length === 0) return;
  await sql.query(
    `WITH n AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(message_id text, edited text)),
     given_up AS (
       UPDATE refund_triage.drafts d SET state = 'abandoned', owner = NULL, settled_at = now(), replaced_by = n.edited FROM n
       WHERE d.message_id = n.message_id AND d.state = 'planned' RETURNING d.case_id, d.message_id, n.edited)
     INSERT INTO refund_triage.events (kind, case_id, detail)
     SELECT 'edited_draft_kept', case_id, jsonb_build_object('draft', edited, 'insteadOf', message_id) FROM given_up`,
    [toJsonb(drafts.map(({ messageId, to }) => ({ message_id: messageId, edited: to })))],
  );
}

/** Notes by what drafts are known as untouched, where a mail server keeps them otherwise than they were composed. */
export async function noteDigests(sql: Sql, drafts: readonly { readonly messageId: string; readonly digest: string }[]): Promise<void> {
  if (drafts.length === 0) return;
  await sql.query(
    `UPDATE refund_triage.drafts d SET digest = n.digest FROM jsonb_to_recordset($1::jsonb) AS n(message_id text, digest text) WHERE d.message_id = n.message_id AND d.state <> 'edited'`,
    [toJsonb(drafts.map(({ messageId, digest }) => ({ message_id: messageId, digest })))],
  );
}
