import { ActionRefusedError } from './action-errors.ts';
import type { Database } from '../../database/database.ts';
import { type CaseAction, changeCase, noteEvent } from './worked-case.ts';

/** Puts the case away until a time; what the customer writes meanwhile brings it back. Throws `ActionRefusedError` where the time is not ahead. */
export async function snoozeCase(database: Database, action: CaseAction & { readonly untilMs: number }): Promise<void> {
  const until = new Date(action.untilMs);
  await changeCase(database, action, async (sql, worked) => {
    const rows = await sql.query(
      `UPDATE refund_triage.cases SET stage = 'snoozed', snoozed_until = $2, waiting_since = NULL, closed_at = NULL, updated_at = now() WHERE id = $1 AND $2 > now() RETURNING id`, [worked.id, until],
    );
    if (rows.length === 0) throw new ActionRefusedError('refused.snooze_past');
    await noteEvent(sql, 'snoozed', action, { until: until.toISOString() });
  });
}
