import type { Outcome } from '../../decision/decision.ts';
import type { Fact, Flag } from '../../facts/facts.ts';
import { type Note, listNotes } from '../actions/add-note.ts';
import type { CaseState, MailRole, Stage } from '../case.ts';
import type { OutboxState, QueueDraftState } from './case-queue.ts';
import type { Sql } from '../../database/database.ts';
import type { MailPointer } from '../mail-pointer.ts';
import { readWorkedCase, type WorkedCase } from '../actions/worked-case.ts';

/** All that the store knows of a case, for a person who looks at it. */
export interface CaseView {
  readonly worked: WorkedCase;
  readonly topic: string | null;
  readonly priority: number;
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly waitingSince: Date | null;
  readonly closedAt: Date | null;
  /** Oldest first. */
  readonly mails: readonly CaseMail[];
  /** Newest first. */
  readonly decisions: readonly DecisionLine[];
  /** Newest first. */
  readonly drafts: readonly DraftLine[];
  /** Newest first. */
  readonly sendings: readonly SendingLine[];
  /** Oldest first. */
  readonly notes: readonly Note[];
  /** Newest first. */
  readonly events: readonly CaseEvent[];
  /** Other cases of the same customer, newest first. */
  readonly earlier: readonly EarlierCase[];
  readonly earlierCount: number;
}

export interface CaseMail extends MailPointer {
  readonly id: number;
  readonly role: MailRole;
  readonly fingerprint: string;
  readonly messageId: string | null;
  readonly sender: string | null;
  readonly subject: string;
  readonly receivedAt: Date;
  readonly state: CaseState;
  readonly flags: readonly Flag[];
  readonly facts: readonly MailFact[];
  readonly quarantine: { readonly code: string; readonly reason: string; readonly times: number; readonly retryAt: Date | null } | null;
}

/** As it was read in this mail. */
export interface MailFact extends Pick<Fact, 'value' | 'source' | 'evidence'> {
  readonly name: string;
}

export interface DecisionLine {
  readonly id: number;
  readonly at: Date;
  readonly outcome: Outcome;
  readonly rule: string | null;
  readonly clause: string | null;
  readonly amount: string | null;
  readonly packHash: string;
}

export interface DraftLine {
  readonly messageId: string;
  readonly state: QueueDraftState;
  readonly language: string;
  readonly template: string;
  readonly at: Date;
}

export interface SendingLine {
  readonly id: number;
  readonly state: OutboxState;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  readonly sendAfter: Date;
  readonly sentAt: Date | null;
  readonly code: string | null;
  readonly detail: string | null;
}

export interface CaseEvent {
  readonly id: number;
  readonly at: Date;
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface EarlierCase {
  readonly id: number;
  readonly openedAt: Date;
  readonly stage: Stage;
  readonly merchant: string | null;
  readonly subject: string;
  readonly outcome: Outcome | null;
  readonly amount: string | null;
}

const maxMails = 100;
const maxEvents = 100;
const maxEarlier = 10;

interface Columns {
  topic: string | null; priority: number; opened_at: Date; due_at: Date | null; snoozed_until: Date | null; waiting_since: Date | null; closed_at: Date | null; customer_key: string | null;
}

/** Null where there is no such case. */
export async function readCaseView(sql: Sql, caseId: number): Promise<CaseView | null> {
  const [columns] = await sql.query<Columns>(
    'SELECT topic, priority, opened_at, due_at, snoozed_until, waiting_since, closed_at, customer_key FROM refund_triage.cases WHERE id = $1', [caseId],
  );
  const worked = await readWorkedCase(sql, caseId);
  if (columns === undefined || worked === null) return null;
  const earlier = await readEarlier(sql, caseId, columns.customer_key);
  return {
    worked, topic: columns.topic, priority: columns.priority, openedAt: columns.opened_at, dueAt: columns.due_at, snoozedUntil: columns.snoozed_until,
    waitingSince: columns.waiting_since, closedAt: columns.closed_at,
    mails: await readMails(sql, caseId),
    decisions: await sql.query<DecisionLine>(
      `SELECT d.id, d.decided_at AS at, d.outcome, d.rule, d.clause, d.amount, d.pack_hash AS "packHash"
       FROM refund_triage.messages m JOIN refund_triage.decisions d ON d.message = m.id WHERE m.case_id = $1 ORDER BY d.id + 0 DESC LIMIT 50`,
      [caseId],
    ),
    drafts: await sql.query<DraftLine>(
      `SELECT message_id AS "messageId", state, language, template, planned_at AS at FROM refund_triage.drafts WHERE case_id = $1 ORDER BY planned_at DESC, message_id LIMIT 50`, [caseId],
    ),
    sendings: await sql.query<SendingLine>(
      `SELECT id, state, approved_by AS "approvedBy", approved_at AS "approvedAt", send_after AS "sendAfter", sent_at AS "sentAt", code, detail
       FROM refund_triage.outbox WHERE case_id = $1 ORDER BY id DESC LIMIT 20`,
      [caseId],
    ),
    notes: await listNotes(sql, caseId),
    events: await sql.query<CaseEvent>('SELECT id, at, kind, detail FROM refund_triage.events WHERE case_id = $1 ORDER BY id DESC LIMIT $2', [caseId, maxEvents]),
    earlier: earlier.slice(0, maxEarlier),
    earlierCount: earlier.length,
  };
}

interface MailRow {
  id: number; role: MailRole; mailbox: string; uid_validity: string; uid: number; fingerprint: string; message_id: string | null; sender: string | null; subject: string;
  received_at: Date; state: CaseState; flags: Flag[] | null; facts: MailFact[] | null; code: string | null; reason: string | null; times: number | null; retry_at: Date | null;
}

/** The newest of them, oldest first. */
async function readMails(sql: Sql, caseId: number): Promise<CaseMail[]> {
  const rows = await sql.query<MailRow>(
    `SELECT m.id, m.role, m.mailbox, m.uid_validity, m.uid, m.fingerprint, m.message_id, m.sender, m.subject, m.received_at, m.state, r.flags, q.code, q.reason, q.times, q.retry_at,
       (SELECT jsonb_agg(jsonb_build_object('name', f.name, 'value', f.value, 'source', f.source, 'evidence', f.evidence) ORDER BY f.name)
        FROM refund_triage.facts f WHERE f.message = m.id) AS facts
     FROM refund_triage.messages m LEFT JOIN refund_triage.readings r ON r.message = m.id LEFT JOIN refund_triage.quarantine q ON q.message = m.id
     WHERE m.case_id = $1 ORDER BY m.received_at DESC, m.id DESC LIMIT $2`,
    [caseId, maxMails],
  );
  return rows.toReversed().map((row) => ({
    id: row.id, role: row.role, mailbox: row.mailbox, uidValidity: row.uid_validity, uid: row.uid, fingerprint: row.fingerprint, messageId: row.message_id, sender: row.sender,
    subject: row.subject, receivedAt: row.received_at, state: row.state, flags: row.flags ?? [], facts: row.facts ?? [],
    quarantine: row.code === null ? null : { code: row.code, reason: row.reason ?? '', times: row.times ?? 1, retryAt: row.retry_at },
  }));
}

/** One mail with what is needed to read it again; null where the case has no such mail. */
export async function readCaseMail(sql: Sql, caseId: number, mailId: number): Promise<(MailPointer & { readonly id: number; readonly fingerprint: string }) | null> {
  const [row] = await sql.query<{ id: number; mailbox: string; uidValidity: string; uid: number; fingerprint: string }>(
    `SELECT id, mailbox, uid_validity AS "uidValidity", uid, fingerprint FROM refund_triage.messages WHERE id = $2 AND case_id = $1`, [caseId, mailId],
  );
  return row ?? null;
}

const maxEarlierCounted = 1_000;

async function readEarlier(sql: Sql, caseId: number, customerKey: string | null): Promise<EarlierCase[]> {
  if (customerKey === null) return [];
  return await sql.query<EarlierCase>(
    `SELECT c.id, c.opened_at AS "openedAt", c.stage, c.merchant, c.subject, l.outcome, l.amount FROM refund_triage.cases c JOIN refund_triage.case_lines l ON l.case_id = c.id
     WHERE c.customer_key = $1 AND c.id <> $2 ORDER BY c.id + 0 DESC LIMIT ${String(maxEarlierCounted)}`,
    [customerKey, caseId],
  );
}
