import type { Sql } from '../database/database.ts';
import type { Facts } from '../facts/facts.ts';
import type { CaseState } from './case.ts';

/** Gives up drafts that will not be sent: they are taken out of Drafts, where nobody has touched them there. What is written at the desk goes with them. */
export async function abandonDrafts(sql: Sql, caseId: number): Promise<void> {
  await sql.query(
    `UPDATE refund_triage.drafts SET removal_due = state IN ('in_drafts', 'edited'), state = 'abandoned', owner = NULL, owned_at = NULL, placement_due = false, settled_at = now()
     WHERE case_id = $1 AND state IN ('planned', 'in_drafts', 'edited', 'deleted')`,
    [caseId],
  );
}

/** Gives up the program's own drafts of cases whose customers want no answer any more. What a person has edited stays, and the history tells. */
export async function abandonOwnDrafts(sql: Sql, caseIds: readonly number[]): Promise<void> {
  if (caseIds.length === 0) return;
  await sql.query(
    // One that is still planned may lie in Drafts nevertheless, where the process died that put it there.
    `WITH given_up AS (
       UPDATE refund_triage.drafts SET removal_due = true, state = 'abandoned', owner = NULL, owned_at = NULL, placement_due = false, settled_at = now()
       WHERE case_id = ANY($1::bigint[]) AND state IN ('planned', 'in_drafts')),
     -- Nor does one that lost its mail wait for it to come back.
     forgotten AS (
       UPDATE refund_triage.drafts SET settled_at = now() WHERE case_id = ANY($1::bigint[]) AND state = 'abandoned' AND settled_at IS NULL)
     INSERT INTO refund_triage.events (kind, case_id, detail)
     SELECT 'edited_draft_kept', case_id, jsonb_build_object('draft', message_id) FROM refund_triage.drafts WHERE case_id = ANY($1::bigint[]) AND state = 'edited'`,
    [caseIds],
  );
}

/** By what the newest mail says: the customer takes the request back, or the case is none of ours to answer any more. */
export function wantsNoAnswer(facts: Facts | null, state: CaseState): boolean {
  return facts?.withdrawn === true || state === 'ignored';
}
