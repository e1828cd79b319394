import type { Decision } from '../../decision/decision.ts';
import { ActionRefusedError } from './action-errors.ts';
import { type Database, type Sql, toJsonb } from '../../database/database.ts';
import { noteKeywordChange } from '../keyword-changes.ts';
import { type Rewrite, rewriteDraft } from './save-draft.ts';
import { stateOfDecision } from './state-of-decision.ts';
import { changeCase, noteEvent, raiseVersion } from './worked-case.ts';

/** A person's decision in place of the policy's, for this case; kept with the reason, so that policy and people can be compared. */
export interface Overriding extends Omit<Rewrite, 'caseId' | 'by'> {
  readonly caseId: number;
  readonly by: string;
  readonly version: number;
  readonly kind: 'override' | 'ask_for_more';
  readonly decision: Decision;
  readonly reason: string;
}

/** Throws `CaseChangedError`, `ActionRefusedError`, `CaseNotFoundError`. Gives the new version. */
export async function overrideDecision(database: Database, overriding: Overriding): Promise<number> {
  const { caseId, by, kind, decision, reason } = overriding;
  return await changeCase(database, overriding, async (sql, worked) => {
    if (worked.decided === null) throw new ActionRefusedError('refused.decision_none');
    const { decisionId, decision: from } = worked.decided;
    await withdraw(sql, decisionId, by);
    await sql.query(
      `INSERT INTO refund_triage.overrides (case_id, decision, kind, from_rule, from_outcome, to_rule, to_outcome, overridden, reason, author)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)`,
      [caseId, decisionId, kind, from.rule, from.outcome, decision.rule, decision.outcome, toJsonb(decision), reason.trim(), by],
    );
    await rewriteDraft(sql, overriding, worked.draft);
    await setState(sql, caseId, decision);
    await noteEvent(sql, kind === 'override' ? 'overridden' : 'asked_for_more', { caseId, by }, { fromRule: from.rule, from: from.outcome, toRule: decision.rule, to: decision.outcome, missing: decision.missing });
    return await raiseVersion(sql, caseId);
  });
}

/** The policy's decision holds again. `rewrite` has the reply as it follows from it. */
export async function withdrawOverride(database: Database, rewrite: Rewrite & { readonly version: number }): Promise<number> {
  const { caseId, by } = rewrite;
  return await changeCase(database, rewrite, async (sql, worked) => {
    if (worked.decided === null || worked.override === null) throw new ActionRefusedError('refused.decision_not_overridden');
    await withdraw(sql, worked.decided.decisionId, by);
    await rewriteDraft(sql, rewrite, worked.draft);
    await setState(sql, caseId, worked.decided.decision);
    await noteEvent(sql, 'override_withdrawn', { caseId, by });
    return await raiseVersion(sql, caseId);
  });
}

async function withdraw(sql: Sql, decisionId: number, by: string): Promise<void> {
  await sql.query('UPDATE refund_triage.overrides SET withdrawn_at = now(), withdrawn_by = $2 WHERE decision = $1 AND withdrawn_at IS NULL', [decisionId, by]);
}

async function setState(sql: Sql, caseId: number, decision: Decision): Promise<void> {
  await sql.query('UPDATE refund_triage.cases SET state = $2 WHERE id = $1', [caseId, stateOfDecision(decision)]);
  await noteKeywordChange(sql, caseId);
}
