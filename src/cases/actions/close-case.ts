import { abandonDrafts } from '../abandon-drafts.ts';
import { ActionRefusedError } from './action-errors.ts';
import type { Database } from '../../database/database.ts';
import { noteKeywordChange } from '../keyword-changes.ts';
import { stateOfDecision } from './state-of-decision.ts';
import { type CaseAction, changeCase, decisionInForce, noteEvent, raiseVersion } from './worked-case.ts';

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

/** Makes it somebody's turn again, whether it was closed, put away, waited for the customer, or was taken for no request. Gives the new version. */
export async function reopenCase(database: Database, action: CaseAction): Promise<number> {
  return await changeCase(database, action, async (sql, worked) => {
    if (worked.stage === 'open') throw new ActionRefusedError('refused.case_open');
    await sql.query(`UPDATE refund_triage.cases SET stage = 'open', closed_at = NULL, snoozed_until = NULL, waiting_since = NULL WHERE id = $1`, [worked.id]);
    if (worked.state === 'ignored') {
      const decision = decisionInForce(worked);
      const state = decision === null ? 'review' : stateOfDecision(decision);
      // Where the policy wants no answer, a person who opens it again wants to look.
      await sql.query('UPDATE refund_triage.cases SET state = $2 WHERE id = $1', [worked.id, state === 'ignored' ? 'review' : state]);
      await noteKeywordChange(sql, worked.id);
    }
    await noteEvent(sql, 'reopened', action);
    return await raiseVersion(sql, worked.id);
  });
}
