import { decide } from '../../decision/decide.ts';
import { mergeThread, type OtherMail } from '../../facts/merge-thread.ts';
import type { Pack } from '../../packs/pack.ts';
import { ActionRefusedError, CaseChangedError } from './action-errors.ts';
import { CaseNotFoundError } from './case-errors.ts';
import type { Stage } from '../case.ts';
import { type Database, type Sql } from '../../database/database.ts';
import { recordDecision, type Redecided } from './edit-fact.ts';
import { noteKeywordChange } from '../keyword-changes.ts';
import type { DecisionBasis } from '../stored-decisions.ts';
import { stateOfDecision } from './state-of-decision.ts';
import { type CaseAction, changeCase, type DraftState, type LiveDraft, noteEvent, raiseVersion, readWorkedCase, sendableStates, type WorkedCase } from './worked-case.ts';

export interface Merging extends CaseAction {
  /** The case that goes on; `caseId` is the one that goes into it. */
  readonly into: number;
  /** The merchant's, to decide on what both say together; null where it is not known: then the decision of the case that goes on stays. */
  readonly pack: Pick<Pack, 'compiled' | 'hash'> | null;
}

/**
 * Makes two cases of one customer's matter one: mails, drafts, notes and what was sent go over, and the matter is decided on anew from all that its mails say. Throws `CaseNotFoundError`,
 * `CaseChangedError`, `ActionRefusedError`. Gives the new version of the case that goes on.
 */
export async function mergeCases(database: Database, { caseId, into, version, by, pack }: Merging): Promise<number> {
  if (caseId === into) throw new ActionRefusedError('refused.merge_itself');
  return await changeCase(database, { caseId: into, version: null, by }, async (sql, target) => {
    const [from] = await sql.query<{ version: number; merged_into: number | null; merchant: string | null; stage: Stage }>('SELECT version, merged_into, merchant, stage FROM refund_triage.cases WHERE id = $1 FOR UPDATE', [caseId]);
    if (from === undefined) throw new CaseNotFoundError(`There is no case ${String(caseId)}.`);
    if (from.merged_into !== null) throw new ActionRefusedError('refused.merge_merged', { id: String(caseId), into: String(from.merged_into) });
    if (version !== null && from.version !== version) throw new CaseChangedError('refused.case_changed');
    if (from.merchant !== null && target.merchant !== null && from.merchant !== target.merchant) throw new ActionRefusedError('refused.merge_merchants');
    await refuseWhileSending(sql, [caseId, into]);

    await keepOneDraft(sql, target, await readWorkedCase(sql, caseId), by);
    await sql.query(`UPDATE refund_triage.messages SET case_id = $2, role = CASE WHEN role = 'request' THEN 'follow_up' ELSE role END WHERE case_id = $1`, [caseId, into]);
    for (const table of ['drafts', 'sent_mails', 'notes', 'fact_edits', 'overrides', 'outbox']) await sql.query(`UPDATE refund_triage.${table} SET case_id = $2 WHERE case_id = $1`, [caseId, into]);
    await sql.query(
      `UPDATE refund_triage.cases SET merged_into = $2, stage = 'closed', closed_at = now(), snoozed_until = NULL, waiting_since = NULL, version = version + 1, updated_at = now() WHERE id = $1`, [caseId, into],
    );
    await sql.query(
      `UPDATE refund_triage.cases t SET due_at = least(t.due_at, f.due_at), priority = greatest(t.priority, f.priority), stage = CASE WHEN t.stage = 'closed' AND $3 THEN 'open' ELSE t.stage END,
         closed_at = CASE WHEN $3 THEN NULL ELSE t.closed_at END FROM refund_triage.cases f WHERE t.id = $2 AND f.id = $1`,
      [caseId, into, from.stage !== 'closed'],
    );
    if (pack !== null) await decideTogether(sql, into, pack);
    await noteEvent(sql, 'merged', { caseId, by }, { into });
    await noteEvent(sql, 'merged', { caseId: into, by }, { from: caseId });
    return await raiseVersion(sql, into);
  });
}

const ranks: Readonly<Partial<Record<DraftState, number>>> = { edited: 3, in_drafts: 2, planned: 2, deleted: 1 };

function rankOf(draft: LiveDraft | null): number {
  return draft === null ? 0 : (ranks[draft.state] ?? 0);
}

/** One answer is enough: what a person edited, or else that of the case that goes on. The other is taken out of Drafts; words that somebody put into it stay as a note. */
async function keepOneDraft(sql: Sql, target: WorkedCase, source: WorkedCase | null, by: string): Promise<void> {
  const [ours, theirs] = [target.draft, source?.draft ?? null];
  for (const draft of [ours, theirs]) if (draft?.isBeingPlaced === true) throw new ActionRefusedError('refused.draft_being_placed');
  const [kept, other] = rankOf(theirs) > rankOf(ours) ? [theirs, ours] : [ours, theirs];
  if (kept === null || rankOf(other) === 0) return;
  if (other?.state === 'edited') await sql.query('INSERT INTO refund_triage.notes (case_id, author, text) VALUES ($1, $2, $3)', [target.id, by, `#${String(source?.id ?? '')}\n\n${other.text}`]);
  await sql.query(
    `UPDATE refund_triage.drafts SET removal_due = state IN ('in_drafts', 'edited'), state = 'abandoned', replaced_by = $3, owner = NULL, owned_at = NULL, placement_due = false, settled_at = now()
     WHERE case_id = ANY($1::bigint[]) AND message_id <> $3 AND state = ANY($2::text[])`,
    [[target.id, source?.id ?? 0], sendableStates, kept.messageId],
  );
}

/** Two cases become one only while nothing of them is on its way. */
export async function refuseWhileSending(sql: Sql, caseIds: readonly number[]): Promise<void> {
  const busy = await sql.query(`SELECT id FROM refund_triage.outbox WHERE case_id = ANY($1::bigint[]) AND state IN ('holding', 'sending', 'uncertain')`, [caseIds]);
  if (busy.length > 0) throw new ActionRefusedError('refused.merge_sending');
}

/** Decides on what all mails of a case say together; its newest mail carries the decision. Nothing where an earlier release did not keep what they say. */
export async function decideTogether(sql: Sql, caseId: number, pack: Pick<Pack, 'compiled' | 'hash'>): Promise<void> {
  const rows = await sql.query<{ message: number; facts: string; received_at: Date; basis: string | null }>(
    `SELECT m.id AS message, r.facts, m.received_at, (SELECT basis FROM refund_triage.decisions WHERE message = m.id ORDER BY id DESC LIMIT 1) AS basis
     FROM refund_triage.messages m JOIN refund_triage.readings r ON r.message = m.id
     WHERE m.case_id = $1 AND m.role IN ('request', 'follow_up') AND r.facts IS NOT NULL ORDER BY m.received_at, m.id`,
    [caseId],
  );
  const newest = rows.at(-1);
  // What runs from the request's arrival runs from the first one's.
  const first = rows.find(({ basis }) => basis !== null);
  if (newest === undefined || first?.basis == null) return;
  const said = rows.map(({ facts, received_at: receivedAt }): OtherMail => ({ receivedAtMs: receivedAt.getTime(), facts: JSON.parse(facts) }));
  const alone = said.pop();
  if (alone === undefined) return;
  const { context }: DecisionBasis = JSON.parse(first.basis);
  const { facts } = mergeThread(alone.facts, alone.receivedAtMs, said);
  const redecided: Redecided = { facts, decision: decide(facts, pack.compiled, { ...context, packHash: pack.hash }) };
  await recordDecision(sql, newest.message, redecided, context);
  await sql.query('UPDATE refund_triage.cases SET state = $2, topic = $3, language = $4 WHERE id = $1', [caseId, stateOfDecision(redecided.decision), facts.topic, facts.language]);
  await noteKeywordChange(sql, caseId);
}
