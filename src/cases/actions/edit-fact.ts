import { decide } from '../../decision/decide.ts';
import type { Decision } from '../../decision/decision.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Pack } from '../../packs/pack.ts';
import { ActionRefusedError } from './action-errors.ts';
import { type Database, type Sql, toJsonb } from '../../database/database.ts';
import { applyFactEdit, type EditableName, type EditedValue, type FactEdit, factOf, valueOf } from './editable-facts.ts';
import { type Rewrite, rewriteDraft } from './save-draft.ts';
import { noteKeywordChange } from '../keyword-changes.ts';
import { basisColumns, type DecisionBasis } from '../stored-decisions.ts';
import { stateOfDecision } from './state-of-decision.ts';
import { changeCase, noteEvent, raiseVersion, type WorkedCase } from './worked-case.ts';

/** Oldest first. */
export async function listFactEdits(sql: Sql, caseId: number): Promise<readonly (FactEdit & { readonly atMs: number; readonly was: EditedValue })[]> {
  const rows = await sql.query<{ name: EditableName; value: EditedValue; was: EditedValue; author: string; at: Date }>(
    'SELECT name, value, was, author, at FROM refund_triage.fact_edits WHERE case_id = $1 AND withdrawn_at IS NULL ORDER BY id', [caseId],
  );
  return rows.map(({ name, value, was, author, at }) => ({ name, value, was, by: author, atMs: at.getTime() }));
}

export interface Redecided {
  readonly facts: Facts;
  readonly decision: Decision;
}

/** What the merchant's policy says of the case with one fact changed. Throws `ActionRefusedError` where an earlier release kept nothing to decide from. */
export function redecide({ decided }: Pick<WorkedCase, 'decided'>, edit: FactEdit, pack: Pick<Pack, 'compiled' | 'hash'>): Redecided {
  const basis = decided?.basis ?? null;
  if (basis === null) throw new ActionRefusedError('refused.decision_basis');
  const facts = applyFactEdit(basis.facts, edit);
  return { facts, decision: decide(facts, pack.compiled, { ...basis.context, packHash: pack.hash }) };
}

/** Keeps the edit and decides at once. `rewrite` has the reply as it follows; null where the draft is to stay as it is. Gives the new version. */
export async function editFact(database: Database, action: { readonly caseId: number; readonly version: number; readonly edit: FactEdit; readonly pack: Pick<Pack, 'compiled' | 'hash'>; readonly rewrite: Rewrite | null }): Promise<number> {
  const { caseId, edit, pack, rewrite } = action;
  const { by, name, value } = edit;
  return await changeCase(database, { caseId, version: action.version, by }, async (sql, worked) => {
    const { facts, decision } = redecide(worked, edit, pack);
    const before = worked.decided;
    if (before?.basis == null) throw new ActionRefusedError('refused.decision_basis');
    const was = valueOf(before.basis.facts, name);
    await sql.query('INSERT INTO refund_triage.fact_edits (case_id, name, value, was, author) VALUES ($1, $2, $3::jsonb, $4::jsonb, $5)', [
      caseId, name, value === null ? null : toJsonb(value), was === null ? null : toJsonb(was), by,
    ]);
    await keepInReadings(sql, caseId, before.message, edit);
    await recordDecision(sql, before.message, { facts, decision }, before.basis.context);
    await sql.query('UPDATE refund_triage.cases SET state = $2, topic = $3 WHERE id = $1', [caseId, stateOfDecision(decision), facts.topic]);
    await noteKeywordChange(sql, caseId);
    if (rewrite !== null) await rewriteDraft(sql, rewrite, worked.draft);
    await noteEvent(sql, 'fact_edited', { caseId, by }, { name, outcome: decision.outcome, rule: decision.rule });
    return await raiseVersion(sql, caseId);
  });
}

/** A decision that no mail brought about: it counts from now on, and can be taken again like any other. */
export async function recordDecision(sql: Sql, message: number, { facts, decision }: Redecided, context: DecisionBasis['context']): Promise<void> {
  const { basis, digest } = basisColumns({ facts, decision, decidedIn: { ...context, packHash: decision.packHash } });
  const { outcome, rule, clause, discretionary, amount, missing, pack, packHash, trace } = decision;
  await sql.query(
    `INSERT INTO refund_triage.decisions (message, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash, trace, decision, basis, digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12, $13)`,
    [message, outcome, rule, clause, discretionary, amount, missing, pack, packHash, toJsonb(trace), toJsonb(decision), basis, digest],
  );
}

/** In the readings too, so that what a person said is among what the case's earlier mails say when the next one comes. What is not known after all is in none of them. */
async function keepInReadings(sql: Sql, caseId: number, message: number, edit: FactEdit): Promise<void> {
  const rows = await sql.query<{ message: number; facts: string }>(
    `SELECT r.message, r.facts FROM refund_triage.readings r JOIN refund_triage.messages m ON m.id = r.message WHERE m.case_id = $1 AND r.facts IS NOT NULL AND (r.message = $2 OR $3)`,
    [caseId, message, edit.value === null],
  );
  for (const row of rows) {
    const read: Facts = JSON.parse(row.facts);
    const facts = applyFactEdit(read, edit);
    await sql.query('UPDATE refund_triage.readings SET facts = $2, topic = $3, reason = $4, product = $5, described = $6, has_screenshot = $7, has_photo = $8 WHERE message = $1', [
      row.message, JSON.stringify(facts), facts.topic, facts.reason, facts.product, facts.described, facts.hasScreenshot, facts.hasPhoto,
    ]);
    await keepFact(sql, row.message, facts, edit.name);
  }
}

async function keepFact(sql: Sql, message: number, facts: Facts, name: EditableName): Promise<void> {
  const fact = factOf(facts, name);
  if (fact === undefined) {
    await sql.query('DELETE FROM refund_triage.facts WHERE message = $1 AND name = $2', [message, name]);
    return;
  }
  await sql.query(
    `INSERT INTO refund_triage.facts (message, name, value, source, evidence) VALUES ($1, $2, $3::jsonb, $4, $5)
     ON CONFLICT (message, name) DO UPDATE SET value = excluded.value, source = excluded.source, evidence = excluded.evidence`,
    [message, name, toJsonb(fact.value), fact.source, fact.evidence],
  );
}
