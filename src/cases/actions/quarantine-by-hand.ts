import { abandonDrafts } from '../abandon-drafts.ts';
import { ActionRefusedError } from './action-errors.ts';
import type { Database } from '../../database/database.ts';
import { noteKeywordChange } from '../keyword-changes.ts';
import { type CaseAction, changeCase, noteEvent, raiseVersion } from './worked-case.ts';

/** The code in quarantine of cases that a person put there. */
export const byHandCode = 'by_hand';

/** Puts a case aside that must not be answered before someone has looked into it: a fraud, a mail that does harm. Its draft goes. Gives the new version. */
export async function quarantineByHand(database: Database, action: CaseAction & { readonly reason: string }): Promise<number> {
  return await changeCase(database, action, async (sql, worked) => {
    if (worked.state === 'quarantined') throw new ActionRefusedError('refused.quarantine_already');
    if (worked.answered === null) throw new ActionRefusedError('refused.no_mail');
    const reason = action.reason.trim();
    await sql.query(
      `INSERT INTO refund_triage.quarantine (message, code, reason) VALUES ($1, $2, $3)
       ON CONFLICT (message) DO UPDATE SET code = excluded.code, reason = excluded.reason, quarantined_at = now(), retry_at = NULL`,
      [worked.answered.message, byHandCode, reason],
    );
    await sql.query(`UPDATE refund_triage.messages SET state = 'quarantined', finished_at = coalesce(finished_at, now()) WHERE id = $1`, [worked.answered.message]);
    await sql.query(`UPDATE refund_triage.cases SET state = 'quarantined', stage = 'open', closed_at = NULL, snoozed_until = NULL, waiting_since = NULL WHERE id = $1`, [worked.id]);
    await abandonDrafts(sql, worked.id);
    await noteKeywordChange(sql, worked.id);
    await noteEvent(sql, 'quarantined', action, { code: byHandCode, reason });
    return await raiseVersion(sql, worked.id);
  });
}

/**
 * Has the customer's newest mail read and decided on again, by the worker of its mailbox, within a minute: out of quarantine, or after the pack was mended. Gives the new version.
 */
export async function retryCase(database: Database, action: CaseAction): Promise<number> {
  return await changeCase(database, action, async (sql, worked) => {
    const message = worked.answered?.message;
    if (message === undefined) throw new ActionRefusedError('refused.no_mail');
    const [held] = await sql.query('UPDATE refund_triage.quarantine SET retry_at = now() WHERE message = $1 RETURNING message', [message]);
    // A mail that is not finished is taken up again like one that a crash cut off.
    if (held === undefined) await sql.query('UPDATE refund_triage.messages SET finished_at = NULL WHERE id = $1', [message]);
    await noteEvent(sql, 'retried', action);
    return await raiseVersion(sql, worked.id);
  });
}
