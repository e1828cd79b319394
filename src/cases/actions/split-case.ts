import type { Pack } from '../../packs/pack.ts';
import { ActionRefusedError } from './action-errors.ts';
import type { Database, Sql } from '../../database/database.ts';
import { decideTogether, refuseWhileSending } from './merge-cases.ts';
import { type CaseAction, changeCase, noteEvent, raiseVersion } from './worked-case.ts';

export interface Splitting extends CaseAction {
  /** The mails that go, by their numbers in the ledger. */
  readonly messages: readonly number[];
  /** The merchant's, to decide on what each half says; null where it is not known. */
  readonly pack: Pick<Pack, 'compiled' | 'hash'> | null;
}

interface MessageRow {
  id: number; fingerprint: string; subject: string; sender: string | null; role: string;
}

/**
 * Takes mails out of a case into one of their own, with their drafts: they are about another matter. A case that was merged in comes back as it was called. Throws `CaseNotFoundError`,
 * `CaseChangedError`, `ActionRefusedError`. Gives the number of the case that they are in now.
 */
export async function splitCase(database: Database, splitting: Splitting): Promise<number> {
  const { caseId, by, messages, pack } = splitting;
  return await changeCase(database, splitting, async (sql, worked) => {
    const all = await sql.query<MessageRow>('SELECT id, fingerprint, subject, sender, role FROM refund_triage.messages WHERE case_id = $1 ORDER BY received_at, id', [caseId]);
    const going = all.filter(({ id }) => messages.includes(id));
    const [first] = going;
    if (first === undefined || going.length !== new Set(messages).size) throw new ActionRefusedError('refused.split_not_here');
    if (going.length === all.length) throw new ActionRefusedError('refused.split_all');
    // A case is called after its first mail.
    if (going.some(({ fingerprint }) => fingerprint === worked.fingerprint)) throw new ActionRefusedError('refused.split_first');
    await refuseWhileSending(sql, [caseId]);
    const target = await targetOf(sql, caseId, first, worked.merchant);
    const ids = going.map(({ id }) => id);
    await sql.query(`UPDATE refund_triage.messages SET case_id = $2, role = CASE WHEN id = $3 THEN 'request' ELSE role END WHERE id = ANY($1::bigint[])`, [ids, target, first.id]);
    await sql.query('UPDATE refund_triage.drafts SET case_id = $2 WHERE message = ANY($1::bigint[])', [ids, target]);
    if (pack !== null) for (const each of [caseId, target]) await decideTogether(sql, each, pack);
    await noteEvent(sql, 'split', { caseId, by }, { to: target });
    await noteEvent(sql, 'split', { caseId: target, by }, { from: caseId });
    await raiseVersion(sql, target);
    await raiseVersion(sql, caseId);
    return target;
  });
}

async function targetOf(sql: Sql, caseId: number, first: MessageRow, merchant: string | null): Promise<number> {
  const [row] = await sql.query<{ id: number }>(
    `INSERT INTO refund_triage.cases AS c (fingerprint, merchant, customer, customer_key, subject, language, topic, state, stage, due_at, priority)
     SELECT $2, $3, $4, lower($4), $5, language, topic, (SELECT state FROM refund_triage.messages WHERE id = $6), 'open', due_at, priority FROM refund_triage.cases WHERE id = $1
     ON CONFLICT (fingerprint) DO UPDATE SET merged_into = NULL, stage = 'open', closed_at = NULL, updated_at = now() WHERE c.merged_into = $1 RETURNING id`,
    [caseId, first.fingerprint, merchant, first.sender, first.subject, first.id],
  );
  if (row === undefined) throw new ActionRefusedError('refused.split_elsewhere');
  return row.id;
}
