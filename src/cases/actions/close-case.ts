import { ActionRefusedError } from './action-errors.ts';
import type { Database } from '../../database/database.ts';
import { abandonDrafts, type CaseAction, changeCase, noteEvent, raiseVersion } from './worked-case.ts';

/** Closes the case without an answer; its draft is taken out of Drafts, where nobody has touched it. What is in the outbox stops. Gives the new version. */
export async function closeCase(database: Database, action: CaseAction & { readonly reason: string | null }): Promise<number> {
  return await changeCase(database, action, async (sql, worked) => {
    if (worked.stage === 'closed') throw new ActionRefusedError('refused.case_closed');
    await sql.query(`UPDATE refund_triage.cases SET stage = 'closed', closed_at = now(), snoozed_until = NULL, waiting_since = NULL WHERE id = $1`, [worked.id]);
    await abandonDrafts(sql, worked.id);
    await noteEvent(sql, 'closed', action, { reason: action.reason });
    return await raiseVersion(sql, worked.id);
  });
}

/** Makes it somebody's turn again, whether it was closed, put away, or waited for the customer. Gives the new version. */
export async function reopenCase(database: Database, action: CaseAction): Promise<number> {
  return await changeCase(database, action, async (sql, worked) => {
    if (worked.stage === 'open') throw new ActionRefusedError('refused.case_open');
    await sql.query(`UPDATE refund_triage.cases SET stage = 'open', closed_at = NULL, snoozed_until = NULL, waiting_since = NULL WHERE id = $1`, [worked.id]);
    await noteEvent(sql, 'reopened', action);
    return await raiseVersion(sql, worked.id);
  });
}
