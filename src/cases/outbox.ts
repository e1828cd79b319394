import type { Outcome } from '../decision/decision.ts';
import { type Database, type Sql } from '../database/database.ts';
import { noteEvent, readWorkedCase, sendableStates, type WorkedCase } from './actions/worked-case.ts';

/**
 * The outbox: every reply that somebody approved, with what became of it. A row is claimed by one process before the mail server hears of it, and marked as handed over right before
 * the server gets the mail: so a reply goes out at most once, whatever dies in between.
 */
export type OutboxState = 'holding' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'stopped' | 'undone';

export interface OutboxRow {
  readonly id: number;
  readonly caseId: number;
  readonly caseVersion: number;
  readonly draft: string;
  readonly draftRevision: number;
  readonly state: OutboxState;
  readonly approvedBy: string;
  readonly approvedAtMs: number;
  readonly attempts: number;
  readonly owner: string | null;
  /** The mail's own date. */
  readonly claimedAtMs: number | null;
  readonly handedOverAtMs: number | null;
  readonly sentAtMs: number | null;
  readonly sendAfterMs: number;
  readonly code: string | null;
  readonly detail: string | null;
}

interface Row {
  id: number; case_id: number; case_version: number; draft: string; draft_revision: number; state: OutboxState; approved_by: string; approved_at: Date; attempts: number; owner: string | null;
  claimed_at: Date | null; handed_over_at: Date | null; sent_at: Date | null; send_after: Date; code: string | null; detail: string | null;
}

const columns = 'id, case_id, case_version, draft, draft_revision, state, approved_by, approved_at, attempts, owner, claimed_at, handed_over_at, sent_at, send_after, code, detail';

function fromRow(row: Row): OutboxRow {
  return {
    id: row.id, caseId: row.case_id, caseVersion: row.case_version, draft: row.draft, draftRevision: row.draft_revision, state: row.state, approvedBy: row.approved_by,
    approvedAtMs: row.approved_at.getTime(), attempts: row.attempts, owner: row.owner, claimedAtMs: row.claimed_at?.getTime() ?? null,
    handedOverAtMs: row.handed_over_at?.getTime() ?? null, sentAtMs: row.sent_at?.getTime() ?? null, sendAfterMs: row.send_after.getTime(), code: row.code, detail: row.detail,
  };
}

export async function readOutbox(sql: Sql, id: number): Promise<OutboxRow | null> {
  const [row] = await sql.query<Row>(`SELECT ${columns} FROM refund_triage.outbox WHERE id = $1`, [id]);
  return row === undefined ? null : fromRow(row);
}

/** The newest first. */
export async function listOutboxOfCase(sql: Sql, caseId: number): Promise<OutboxRow[]> {
  return (await sql.query<Row>(`SELECT ${columns} FROM refund_triage.outbox WHERE case_id = $1 ORDER BY id DESC`, [caseId])).map(fromRow);
}

/** What is to be looked at now: replies whose time has come, those in another process's hands that may be dead, uncertain ones that were found in Sent since, and sent ones with something left to do. */
export async function listDueOutbox(sql: Sql, limit: number): Promise<OutboxRow[]> {
  const rows = await sql.query<Row>(
    `SELECT ${columns} FROM refund_triage.outbox
     WHERE (state = 'holding' AND send_after <= now()) OR state = 'sending'
       OR (state = 'uncertain' AND EXISTS (SELECT 1 FROM refund_triage.sent_mails s WHERE s.message_id = draft)) OR (state = 'sent' AND settled_at IS NULL AND coalesce(settle_after <= now(), true))
     ORDER BY id LIMIT $1`,
    [limit],
  );
  return rows.map(fromRow);
}

/**
 * A clock that was ahead, and was set right since, leaves times behind that lie further off than anything waits, `longestMs`: what they hold up is due now.
 */
export async function forgetWrongTimes(sql: Sql, longestMs: number): Promise<void> {
  await sql.query(
    `UPDATE refund_triage.outbox SET send_after = least(send_after, now()), settle_after = least(settle_after, now())
     WHERE (state = 'holding' AND send_after > now() + $1 * interval '1 millisecond') OR (state = 'sent' AND settled_at IS NULL AND settle_after > now() + $1 * interval '1 millisecond')`,
    [longestMs],
  );
}

/** How long until the next reply's time has come; null where none waits. */
export async function nextOutboxInMs(sql: Sql): Promise<number | null> {
  const [row] = await sql.query<{ ms: number | null }>(`SELECT (extract(epoch FROM min(send_after) - now()) * 1000)::float8 AS ms FROM refund_triage.outbox WHERE state = 'holding'`);
  return row?.ms ?? null;
}

/** Why a reply does not go out as it was approved; null where nothing stands against it. */
export type StopReason = 'case_changed' | 'draft_changed' | 'draft_not_sendable' | 'edited_in_mail_program' | 'gone_from_drafts' | 'answered_elsewhere';

export function whyStopped(row: OutboxRow, worked: WorkedCase): StopReason | null {
  if (worked.mergedInto !== null || worked.version !== row.caseVersion) return 'case_changed';
  if (worked.draft?.messageId !== row.draft || worked.draft.revision !== row.draftRevision) return 'draft_changed';
  return sendableStates.includes(worked.draft.state) ? null : 'draft_not_sendable';
}

const stillAsApproved = `EXISTS (SELECT 1 FROM refund_triage.cases c JOIN refund_triage.drafts d ON d.message_id = o.draft
  WHERE c.id = o.case_id AND c.version = o.case_version AND c.merged_into IS NULL AND d.case_id = c.id AND d.revision = o.draft_revision AND d.state = ANY($3::text[]))`;

/** Takes a reply in hand for `owner`; null where another process was first, or it is no longer as it was approved. */
export async function claimOutbox(sql: Sql, id: number, owner: string): Promise<OutboxRow | null> {
  const [row] = await sql.query<Row>(
    `UPDATE refund_triage.outbox o SET state = 'sending', owner = $2, claimed_at = date_trunc('second', now()), handed_over_at = NULL, attempts = attempts + 1
     WHERE id = $1 AND state = 'holding' AND send_after <= now() AND ${stillAsApproved} RETURNING ${columns}`,
    [id, owner, sendableStates],
  );
  return row === undefined ? null : fromRow(row);
}

/** Called when the mail server waits for the text. False: it must not get it, for the case or the draft changed at the last moment, or another process took over. */
export async function noteHandOver(sql: Sql, id: number, owner: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE refund_triage.outbox o SET handed_over_at = now() WHERE id = $1 AND owner = $2 AND state = 'sending' AND handed_over_at IS NULL AND ${stillAsApproved} RETURNING id`,
    [id, owner, sendableStates],
  );
  return rows.length > 0;
}

/** The server does not have the mail: it is tried again later, or given up where `retryInMs` is null. */
export async function noteNotSent(database: Database, row: OutboxRow, owner: string, failure: { readonly code: string; readonly detail: string; readonly retryInMs: number | null }): Promise<void> {
  await database.transaction(async (sql) => {
    const changed = await sql.query(
      `UPDATE refund_triage.outbox SET state = $3, owner = NULL, handed_over_at = NULL, code = $4, detail = $5, send_after = now() + coalesce($6::float8, 0) * interval '1 millisecond'
       WHERE id = $1 AND owner = $2 AND state = 'sending' RETURNING id`,
      [row.id, owner, failure.retryInMs === null ? 'failed' : 'holding', failure.code, failure.detail, failure.retryInMs],
    );
    if (changed.length > 0) await noteEvent(sql, failure.retryInMs === null ? 'send_failed' : 'send_deferred', { caseId: row.caseId, by: null }, { outbox: row.id, code: failure.code });
  });
}

/** As it waits, something keeps it from being tried at all, such as a mailbox that does not answer. */
export async function putOffOutbox(sql: Sql, row: OutboxRow, failure: { readonly code: string; readonly detail: string; readonly retryInMs: number }): Promise<void> {
  await sql.query(
    `UPDATE refund_triage.outbox SET code = $2, detail = $3, send_after = now() + $4 * interval '1 millisecond' WHERE id = $1 AND state = 'holding'`,
    [row.id, failure.code, failure.detail, failure.retryInMs],
  );
}

export async function stopOutbox(database: Database, row: OutboxRow, reason: StopReason): Promise<void> {
  await database.transaction(async (sql) => {
    const changed = await sql.query(
      `UPDATE refund_triage.outbox SET state = 'stopped', owner = NULL, code = $2 WHERE id = $1 AND state IN ('holding', 'sending') AND handed_over_at IS NULL RETURNING id`, [row.id, reason],
    );
    if (changed.length === 0) return;
    // Whoever sends it again knows that it is not there any more.
    if (reason === 'gone_from_drafts') await sql.query(`UPDATE refund_triage.drafts SET state = 'deleted' WHERE message_id = $1 AND state IN ('in_drafts', 'edited')`, [row.draft]);
    await noteEvent(sql, 'send_stopped', { caseId: row.caseId, by: null }, { outbox: row.id, reason });
  });
}

/** The server had the mail and said nothing. Nobody sends it again but a person. */
export async function noteUncertain(database: Database, row: OutboxRow, detail: string): Promise<void> {
  await database.transaction(async (sql) => {
    const changed = await sql.query(
      `UPDATE refund_triage.outbox SET state = 'uncertain', code = 'send_uncertain', detail = $2 WHERE id = $1 AND state = 'sending' AND handed_over_at IS NOT NULL RETURNING id`, [row.id, detail],
    );
    if (changed.length > 0) await noteEvent(sql, 'send_uncertain', { caseId: row.caseId, by: null }, { outbox: row.id });
  });
}

/** A claim whose process is gone, with the server never told of the mail: anybody may go on with it. */
export async function releaseClaim(sql: Sql, row: OutboxRow): Promise<void> {
  await sql.query(
    `UPDATE refund_triage.outbox SET state = 'holding', owner = NULL, send_after = now() WHERE id = $1 AND state = 'sending' AND handed_over_at IS NULL AND owner IS NOT DISTINCT FROM $2`,
    [row.id, row.owner],
  );
}

/** How a reply is known to be out. */
export interface SentProof {
  /** `server` it said so · `sent_folder` a copy lies there · `mail_program` a person sent the draft there · `person` somebody says so. */
  readonly by: 'server' | 'sent_folder' | 'mail_program' | 'person';
  readonly response: string | null;
  /** Message-IDs under which an answer to it may come, beside the draft's. */
  readonly alsoKnownAs: readonly string[];
  /** Who says so, where it is a person. */
  readonly person: string | null;
}

/** After these the customer is to answer; after the others nobody is. */
const waitsForCustomer: ReadonlySet<Outcome> = new Set(['need_info']);

/** The reply is out: the draft is sent, answers to it will find the case, and the case waits or is closed, unless something happened to it meanwhile. */
export async function noteSent(database: Database, row: OutboxRow, proof: SentProof): Promise<void> {
  await database.transaction(async (sql) => {
    const changed = await sql.query(
      `UPDATE refund_triage.outbox SET state = 'sent', sent_at = coalesce(handed_over_at, now()), response = $2, code = NULL, detail = NULL
       WHERE id = $1 AND state IN ('holding', 'sending', 'uncertain') RETURNING id`,
      [row.id, proof.response],
    );
    if (changed.length === 0) return;
    const worked = await readWorkedCase(sql, row.caseId);
    await sql.query(
      `INSERT INTO refund_triage.sent_mails (message_id, case_id, mailbox, in_reply_to, sent_at)
       SELECT t.sent_id, $2::bigint, coalesce(d.mailbox, m.mailbox), m.message_id, now() FROM unnest($3::text[]) AS t(sent_id) CROSS JOIN refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message
       WHERE d.message_id = $1 ON CONFLICT DO NOTHING`,
      [row.draft, row.caseId, [row.draft, ...proof.alsoKnownAs]],
    );
    await sql.query(`UPDATE refund_triage.drafts SET state = 'sent', owner = NULL, placement_due = false, settled_at = now() WHERE message_id = $1`, [row.draft]);
    const decision = worked?.override?.decision ?? worked?.decided?.decision;
    const waits = decision !== undefined && (waitsForCustomer.has(decision.outcome) || decision.missing.length > 0);
    await sql.query(
      `UPDATE refund_triage.cases SET version = version + 1, updated_at = now(), stage = $3, waiting_since = CASE WHEN $3 = 'waiting' THEN now() END,
         closed_at = CASE WHEN $3 = 'closed' THEN now() END, due_at = NULL, snoozed_until = NULL, reminded_at = NULL WHERE id = $1 AND version = $2`,
      [row.caseId, row.caseVersion, waits ? 'waiting' : 'closed'],
    );
    await noteEvent(sql, 'sent', { caseId: row.caseId, by: proof.person ?? row.approvedBy }, { draft: row.draft, outbox: row.id, known: proof.by, edited: worked?.draft?.editedBy !== null });
  });
}

/** Flag set, copy filed, draft removed. */
export async function noteSettled(sql: Sql, row: OutboxRow): Promise<void> {
  await sql.query('UPDATE refund_triage.outbox SET settled_at = now() WHERE id = $1', [row.id]);
}

export async function putOffSettling(sql: Sql, row: OutboxRow, inMs: number, detail: string): Promise<void> {
  await sql.query(`UPDATE refund_triage.outbox SET settle_after = now() + $2 * interval '1 millisecond', detail = $3 WHERE id = $1`, [row.id, inMs, detail]);
}

/** What a person says of a reply that nobody knows the fate of. False where it is not uncertain (any more). */
export async function resolveUncertain(database: Database, outboxId: number, by: string, verdict: 'was_sent' | 'was_not_sent'): Promise<boolean> {
  const row = await readOutbox(database, outboxId);
  if (row?.state !== 'uncertain') return false;
  if (verdict === 'was_sent') {
    await noteSent(database, row, { by: 'person', response: null, alsoKnownAs: [], person: by });
    return true;
  }
  return await database.transaction(async (sql) => {
    const changed = await sql.query(`UPDATE refund_triage.outbox SET state = 'failed', code = 'was_not_sent' WHERE id = $1 AND state = 'uncertain' RETURNING id`, [outboxId]);
    if (changed.length > 0) await noteEvent(sql, 'was_not_sent', { caseId: row.caseId, by }, { draft: row.draft, outbox: row.id });
    return changed.length > 0;
  });
}
