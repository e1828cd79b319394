import type { PromiseFinding } from '../../draft/check-promises.ts';
import { ActionRefusedError, CaseChangedError } from './action-errors.ts';
import { type Database, type Sql, toJsonb } from '../../database/database.ts';
import type { OutboxState } from '../outbox.ts';
import { type CaseAction, changeCase, checkIsOurs, noteEvent } from './worked-case.ts';

/** A person's word that a draft may go out as it is. */
export interface Approval extends CaseAction {
  readonly version: number;
  readonly draft: string;
  readonly revision: number;
  /** What the decision does not back, and is said nevertheless, for this reason. */
  readonly unbacked: readonly PromiseFinding[];
  readonly reason: string | null;
  /** How long it can be undone. */
  readonly holdMs: number;
}

export interface Approved {
  readonly outboxId: number;
  readonly state: OutboxState;
  readonly sendAfterMs: number;
  /** It had been approved before: a second click changes nothing. */
  readonly already: boolean;
}

/** Puts the draft into the outbox, once. Throws `CaseChangedError`, `ActionRefusedError`, `CaseNotFoundError`. */
export async function approveDraft(database: Database, approval: Approval): Promise<Approved> {
  const { caseId, by, draft, revision, version, unbacked, reason, holdMs } = approval;
  const before = await readApproved(database, draft, revision);
  if (before !== null) return before;
  return await changeCase(database, approval, async (sql, worked) => {
    const meanwhile = await readApproved(sql, draft, revision);
    if (meanwhile !== null) return meanwhile;
    if (worked.draft?.messageId !== draft) throw new CaseChangedError('refused.draft_replaced');
    if (worked.draft.revision !== revision) throw new CaseChangedError('refused.draft_changed');
    checkIsOurs(worked.draft);
    const [row] = await sql.query<{ id: number; state: OutboxState; send_after: Date }>(
      `INSERT INTO refund_triage.outbox (case_id, case_version, draft, draft_revision, approved_by, send_after, unbacked, reason)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond', $7::jsonb, $8) ON CONFLICT DO NOTHING RETURNING id, state, send_after`,
      [caseId, version, draft, revision, by, holdMs, toJsonb(unbacked), reason],
    );
    if (row === undefined) throw new ActionRefusedError('refused.other_sending');
    await noteEvent(sql, 'approved', { caseId, by }, { draft, outbox: row.id, edited: worked.draft.state === 'edited', unbacked: unbacked.length, reason });
    return { outboxId: row.id, state: row.state, sendAfterMs: row.send_after.getTime(), already: false };
  });
}

async function readApproved(sql: Sql, draft: string, revision: number): Promise<Approved | null> {
  const [row] = await sql.query<{ id: number; state: OutboxState; send_after: Date }>(
    `SELECT id, state, send_after FROM refund_triage.outbox WHERE draft = $1 AND draft_revision = $2 AND state IN ('holding', 'sending', 'sent', 'uncertain')`, [draft, revision],
  );
  return row === undefined ? null : { outboxId: row.id, state: row.state, sendAfterMs: row.send_after.getTime(), already: true };
}

/** Takes an approval back. False where it is too late: the mail is on its way. */
export async function undoApproval(database: Database, outboxId: number, by: string): Promise<boolean> {
  return await database.transaction(async (sql) => {
    const [row] = await sql.query<{ case_id: number; draft: string }>(
      `UPDATE refund_triage.outbox SET state = 'undone' WHERE id = $1 AND state = 'holding' RETURNING case_id, draft`, [outboxId],
    );
    if (row === undefined) return false;
    await noteEvent(sql, 'undone', { caseId: row.case_id, by }, { draft: row.draft, outbox: outboxId });
    return true;
  });
}
