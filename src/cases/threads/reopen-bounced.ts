import type { Sql } from '../../database/database.ts';

/** Cases whose customer never got our reply are a person's turn again, whatever was thought of them. They are locked already. */
export async function reopenBounced(sql: Sql, caseIds: readonly number[]): Promise<void> {
  if (caseIds.length === 0) return;
  await sql.query(
    `UPDATE refund_triage.cases SET stage = 'open', state = 'review', closed_at = NULL, waiting_since = NULL, snoozed_until = NULL, reminded_at = NULL, due_told = 0, version = version + 1, updated_at = now()
     WHERE id = ANY($1::bigint[])`,
    [caseIds],
  );
}
