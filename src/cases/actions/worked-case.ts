import type { Decision } from '../../decision/decision.ts';
import type { Requirement } from '../../facts/facts.ts';
import { ActionRefusedError, CaseChangedError } from './action-errors.ts';
import { CaseNotFoundError } from './case-errors.ts';
import type { CaseState, Stage } from '../case.ts';
import { type Database, type Sql, toJsonb } from '../../database/database.ts';
import type { MailPointer } from '../mail-pointer.ts';
import type { DecisionBasis } from '../stored-decisions.ts';

/** A case as one needs it who works on it: the decision that counts, the draft that would be sent, and the mail it answers. */
export interface WorkedCase {
  readonly id: number;
  /** Goes up with all that whoever works on the case must know of. */
  readonly version: number;
  readonly stage: Stage;
  readonly state: CaseState;
  readonly merchant: string | null;
  readonly customer: string | null;
  readonly subject: string;
  readonly language: string | null;
  /** Of the first mail: the case's tag is made of it. */
  readonly fingerprint: string;
  readonly assignee: string | null;
  readonly mergedInto: number | null;
  readonly decided: DecidedMail | null;
  /** What a person decided instead; null where the policy's decision holds. */
  readonly override: Override | null;
  readonly draft: LiveDraft | null;
  /** The newest mail of the customer. */
  readonly answered: AnsweredMail | null;
}

export interface DecidedMail {
  readonly decisionId: number;
  readonly message: number;
  readonly decision: Decision;
  /** Null where an earlier release kept none. */
  readonly basis: DecisionBasis | null;
}

export interface Override {
  readonly id: number;
  readonly kind: 'override' | 'ask_for_more';
  readonly decision: Decision;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export interface LiveDraft {
  /** Its key, with angle brackets. */
  readonly messageId: string;
  readonly revision: number;
  readonly to: string;
  readonly subject: string;
  readonly language: string;
  readonly template: string;
  readonly text: string;
  readonly html: string;
  readonly state: DraftState;
  readonly mailbox: string;
  /** Of what lies in Drafts; null where that is not known. */
  readonly digest: string | null;
  readonly editedBy: string | null;
  readonly editedAtMs: number | null;
  /** The worker is about to put it into Drafts. */
  readonly isBeingPlaced: boolean;
  /** Its words are about to be put into Drafts in place of the earlier ones. */
  readonly placementDue: boolean;
  /** A mail program put files or other recipients into it: only there can it be sent. */
  readonly onlyThere: boolean;
  /** The mail that it answers. */
  readonly answered: AnsweredMail;
}

export type DraftState = 'planned' | 'in_drafts' | 'edited' | 'sent' | 'abandoned' | 'replaced' | 'deleted';
/** Throws `ActionRefusedError` where the desk cannot change or send the draft as it is now. */
export function checkIsOurs({ isBeingPlaced, onlyThere, state }: Pick<LiveDraft, 'isBeingPlaced' | 'onlyThere' | 'state'>): void {
  if (isBeingPlaced) throw new ActionRefusedError('refused.draft_being_placed');
  if (!sendableStates.includes(state)) throw new ActionRefusedError('refused.draft_state', { state });
  if (onlyThere) throw new ActionRefusedError('refused.draft_only_there');
}

/** A draft in one of these states can be sent. */
export const sendableStates: readonly DraftState[] = ['planned', 'in_drafts', 'edited', 'deleted'];

export interface AnsweredMail extends MailPointer {
  readonly message: number;
  readonly fingerprint: string;
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly sender: string | null;
  readonly subject: string;
  readonly receivedAtMs: number;
}

/** The decision that the reply carries out. */
export function decisionInForce({ override, decided }: Pick<WorkedCase, 'override' | 'decided'>): Decision | null {
  return override?.decision ?? decided?.decision ?? null;
}

/** What is still asked of the customer. */
export function missingInForce(worked: Pick<WorkedCase, 'override' | 'decided'>): readonly Requirement[] {
  return decisionInForce(worked)?.missing ?? [];
}

interface CaseRow {
  id: number; version: number; stage: Stage; state: CaseState; merchant: string | null; customer: string | null; subject: string; language: string | null; fingerprint: string;
  assignee: string | null; merged_into: number | null;
}

/** Null where there is no such case. */
export async function readWorkedCase(sql: Sql, caseId: number): Promise<WorkedCase | null> {
  const [row] = await sql.query<CaseRow>(
    'SELECT id, version, stage, state, merchant, customer, subject, language, fingerprint, assignee, merged_into FROM refund_triage.cases WHERE id = $1', [caseId],
  );
  return row === undefined ? null : await workedCase(sql, row);
}

async function workedCase(sql: Sql, row: CaseRow): Promise<WorkedCase> {
  const decided = await readDecided(sql, row.id);
  return {
    id: row.id, version: row.version, stage: row.stage, state: row.state, merchant: row.merchant, customer: row.customer, subject: row.subject, language: row.language,
    fingerprint: row.fingerprint, assignee: row.assignee, mergedInto: row.merged_into,
    decided, override: decided === null ? null : await readOverride(sql, decided.decisionId), draft: await readDraft(sql, row.id), answered: await readAnswered(sql, row.id),
  };
}

async function readDecided(sql: Sql, caseId: number): Promise<DecidedMail | null> {
  const [row] = await sql.query<{ id: number; message: number; decision: Decision; basis: string | null }>(
    `SELECT d.id, d.message, d.decision, d.basis FROM refund_triage.decisions d JOIN refund_triage.messages m ON m.id = d.message
     WHERE m.case_id = $1 ORDER BY d.id DESC LIMIT 1`,
    [caseId],
  );
  if (row === undefined) return null;
  const basis: DecisionBasis | null = row.basis === null ? null : JSON.parse(row.basis);
  return { decisionId: row.id, message: row.message, decision: row.decision, basis };
}

async function readOverride(sql: Sql, decisionId: number): Promise<Override | null> {
  const [row] = await sql.query<{ id: number; kind: Override['kind']; overridden: Decision; reason: string; author: string; at: Date }>(
    'SELECT id, kind, overridden, reason, author, at FROM refund_triage.overrides WHERE decision = $1 AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1', [decisionId],
  );
  return row === undefined ? null : { id: row.id, kind: row.kind, decision: row.overridden, reason: row.reason, by: row.author, atMs: row.at.getTime() };
}

interface AnsweredRow {
  message: number; fingerprint: string; mail_id: string | null; in_reply_to: string | null; sender: string | null; mail_subject: string; received_at: Date; mail_mailbox: string;
  uid_validity: string; uid: number;
}

const answeredColumns = `m.id AS message, m.fingerprint, m.message_id AS mail_id, m.in_reply_to, m.sender, m.subject AS mail_subject, m.received_at, m.mailbox AS mail_mailbox,
  m.uid_validity, m.uid`;

function answeredFrom(row: AnsweredRow): AnsweredMail {
  return {
    message: row.message, mailbox: row.mail_mailbox, uidValidity: row.uid_validity, uid: row.uid, fingerprint: row.fingerprint, messageId: row.mail_id, inReplyTo: row.in_reply_to,
    sender: row.sender, subject: row.mail_subject, receivedAtMs: row.received_at.getTime(),
  };
}

interface DraftRow extends AnsweredRow {
  message_id: string; revision: number; recipient: string; subject: string; language: string; template: string; text: string; html: string; state: DraftState; mailbox: string | null;
  digest: string | null; edited_by: string | null; edited_at: Date | null; being_placed: boolean; placement_due: boolean; only_there: boolean;
}

// One that can still be sent before one that was.
async function readDraft(sql: Sql, caseId: number): Promise<LiveDraft | null> {
  return await readDraftWhere(sql, `d.case_id = $1 AND d.state NOT IN ('abandoned', 'replaced') ORDER BY d.state = 'sent', d.planned_at DESC, d.message_id LIMIT 1`, caseId);
}

/** A draft by its Message-ID, also where its case has a newer one. Null where there is none. */
export async function readDraftById(sql: Sql, messageId: string): Promise<LiveDraft | null> {
  return await readDraftWhere(sql, 'd.message_id = $1', messageId);
}

async function readDraftWhere(sql: Sql, condition: string, value: number | string): Promise<LiveDraft | null> {
  const [row] = await sql.query<DraftRow>(
    `SELECT d.message_id, d.revision, d.recipient, d.subject, d.language, d.template, d.text, d.html, d.state, d.mailbox, d.digest, d.edited_by, d.edited_at, d.placement_due, d.only_there, d.state = 'planned' AND d.owner IS NOT NULL AND coalesce(d.owned_at > now() - interval '2 minutes', false) AS being_placed, ${answeredColumns}
     FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message WHERE ${condition}`,
    [value],
  );
  if (row === undefined) return null;
  return {
    messageId: row.message_id, revision: row.revision, to: row.recipient, subject: row.subject, language: row.language, template: row.template, text: row.text, html: row.html,
    state: row.state, mailbox: row.mailbox ?? row.mail_mailbox, digest: row.digest, editedBy: row.edited_by, editedAtMs: row.edited_at?.getTime() ?? null, isBeingPlaced: row.being_placed, placementDue: row.placement_due, onlyThere: row.only_there, answered: answeredFrom(row),
  };
}

async function readAnswered(sql: Sql, caseId: number): Promise<AnsweredMail | null> {
  const [row] = await sql.query<AnsweredRow>(
    `SELECT ${answeredColumns} FROM refund_triage.messages m WHERE m.case_id = $1 AND m.role IN ('request', 'follow_up') ORDER BY m.received_at DESC, m.id DESC LIMIT 1`, [caseId],
  );
  return row === undefined ? null : answeredFrom(row);
}

/** The case as it is now. Throws `CaseNotFoundError`. */
export async function requireWorkedCase(sql: Sql, caseId: number): Promise<WorkedCase> {
  const worked = await readWorkedCase(sql, caseId);
  if (worked === null) throw new CaseNotFoundError(`There is no case ${String(caseId)}.`);
  return worked;
}

/** Who does something to which case. `version` is that of the case as they saw it; null for what may be done whatever happened since. */
export interface CaseAction {
  readonly caseId: number;
  readonly version: number | null;
  /** Their name at the desk. */
  readonly by: string;
}

/**
 * Does something to a case that nobody else changes meanwhile. Throws `CaseNotFoundError`, `CaseChangedError` where the case is no longer at the version, `ActionRefusedError`
 * where it was merged into another.
 */
export async function changeCase<Result>(database: Database, { caseId, version }: CaseAction, work: (sql: Sql, worked: WorkedCase) => Promise<Result>): Promise<Result> {
  return await database.transaction(async (sql) => {
    const [row] = await sql.query<CaseRow>(
      `SELECT id, version, stage, state, merchant, customer, subject, language, fingerprint, assignee, merged_into FROM refund_triage.cases WHERE id = $1 FOR UPDATE`, [caseId],
    );
    if (row === undefined) throw new CaseNotFoundError(`There is no case ${String(caseId)}.`);
    if (row.merged_into !== null) throw new ActionRefusedError('refused.merged', { id: String(row.merged_into) });
    if (version !== null && row.version !== version) throw new CaseChangedError('refused.case_changed');
    return await work(sql, await workedCase(sql, row));
  });
}

/** Says what was done to a case. Open desks hear of it with the transaction's end. */
export async function noteEvent(sql: Sql, kind: string, { caseId, by }: { readonly caseId: number; readonly by: string | null }, detail: object = {}): Promise<void> {
  await sql.query('INSERT INTO refund_triage.events (kind, case_id, detail) VALUES ($1, $2, $3::jsonb)', [kind, caseId, toJsonb(by === null ? detail : { by, ...detail })]);
}

/** Whoever looked at the case before is told to look again before they go on. Gives the new version. */
export async function raiseVersion(sql: Sql, caseId: number): Promise<number> {
  const [row] = await sql.query<{ version: number }>('UPDATE refund_triage.cases SET version = version + 1, updated_at = now() WHERE id = $1 RETURNING version', [caseId]);
  return row?.version ?? 0;
}
