import { abandonDrafts } from '../abandon-drafts.ts';
import { ActionRefusedError } from './action-errors.ts';
import type { Database } from '../../database/database.ts';
import { noteKeywordChange } from '../keyword-changes.ts';
import { type CaseAction, changeCase, noteEvent, raiseVersion } from './worked-case.ts';

/** The mail asks for nothing that concerns us: the case is closed, its draft goes. Gives the new version. */
export async function markNotARequest(database: Database, action: CaseAction): Promise<number> {
  return await changeCase(database, action, async (sql, worked) => {
    if (worked.state === 'quarantined') throw new ActionRefusedError('refused.quarantine_first');
    await sql.query(`UPDATE refund_triage.cases SET state = 'ignored', stage = 'closed', closed_at = now(), snoozed_until = NULL, waiting_since = NULL WHERE id = $1`, [worked.id]);
    await abandonDrafts(sql, worked.id);
    await noteKeywordChange(sql, worked.id);
    await noteEvent(sql, 'not_a_request', action);
    return await raiseVersion(sql, worked.id);
  });
}
