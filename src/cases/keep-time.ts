import { type Database, type Sql, toJsonb } from '../database/database.ts';
import { abandonOwnDrafts } from './abandon-drafts.ts';

/** Opens the cases whose snooze is over. Their ids. */
export async function wakeCases(sql: Sql): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `WITH woken AS (
       UPDATE refund_triage.cases SET stage = 'open', snoozed_until = NULL, version = version + 1, updated_at = now()
       WHERE stage = 'snoozed' AND snoozed_until <= now() RETURNING id),
     told AS (INSERT INTO refund_triage.events (kind, case_id) SELECT 'woken', id FROM woken)
     SELECT id FROM woken ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

/** A case that a person must answer, and by when. */
export interface DueCase {
  readonly caseId: number;
  readonly merchant: string | null;
  readonly dueAt: Date;
  /** By the store's clock. */
  readonly now: Date;
  /** 0 nothing was told of it yet · 1 that it is due soon · 2 that it is overdue. */
  readonly told: number;
}

/** Open cases that are due within so many days and of which that, or that it is over, was not yet told. */
export async function listDueCases(sql: Sql, withinDays: number): Promise<DueCase[]> {
  return await sql.query<DueCase>(
    `SELECT id AS "caseId", merchant, due_at AS "dueAt", now() AS now, due_told AS told FROM refund_triage.cases
     WHERE stage = 'open' AND due_at < now() + $1 * interval '1 day' AND (due_told = 0 OR (due_told = 1 AND due_at <= now())) ORDER BY due_at, id LIMIT 1000`,
    [withinDays],
  );
}

/** The newest mail of a customer in a case: where an answer goes, and where the case shows in the mailbox. */
export interface NewestMail {
  readonly caseId: number;
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uid: number;
}

/** What agents are told of a case. */
export interface ToldCase {
  readonly caseId: number;
  readonly kind: 'due_soon' | 'overdue';
}

/** Notes that agents were told of these cases: each is told once. Those that were not told before, with their newest mails. */
export async function noteDueTold(sql: Sql, cases: readonly ToldCase[]): Promise<(NewestMail & ToldCase)[]> {
  if (cases.length === 0) return [];
  return await sql.query(
    `WITH n AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(id bigint, kind text, told smallint)),
     told AS (
       UPDATE refund_triage.cases c SET due_told = n.told FROM n WHERE c.id = n.id AND c.due_told < n.told AND c.stage = 'open' AND c.due_at IS NOT NULL RETURNING c.id, n.kind),
     noted AS (INSERT INTO refund_triage.events (kind, case_id) SELECT kind, id FROM told)
     SELECT t.id AS "caseId", t.kind, m.mailbox, m.uid_validity AS "uidValidity", m.uid FROM told t
     CROSS JOIN LATERAL (SELECT mailbox, uid_validity, uid FROM refund_triage.messages WHERE case_id = t.id AND role IN ('request', 'follow_up') ORDER BY received_at DESC, id DESC LIMIT 1) m ORDER BY t.id`,
    [toJsonb(cases.map(({ caseId, kind }) => ({ id: caseId, kind, told: kind === 'due_soon' ? 1 : 2 })))],
  );
}

/** Cases of which was told that they are due, and which are so no more: answered, snoozed or closed. Their newest mails. */
export async function clearDueTold(sql: Sql): Promise<NewestMail[]> {
  return await sql.query<NewestMail>(
    `WITH cleared AS (UPDATE refund_triage.cases SET due_told = 0 WHERE due_told > 0 AND stage <> 'open' RETURNING id)
     SELECT c.id AS "caseId", m.mailbox, m.uid_validity AS "uidValidity", m.uid FROM cleared c
     CROSS JOIN LATERAL (SELECT mailbox, uid_validity, uid FROM refund_triage.messages WHERE case_id = c.id AND role IN ('request', 'follow_up') ORDER BY received_at DESC, id DESC LIMIT 1) m ORDER BY c.id`,
  );
}

/** How long a merchant waits for its customers, in days. */
export interface Patience {
  readonly merchant: string;
  readonly remindAfterDays: number | null;
  readonly closeAfterDays: number;
}

/** Cases whose customer is to be reminded: the time has come, or a reminder that was planned was not put into Drafts. */
export async function listCasesToRemind(sql: Sql, patience: readonly Patience[]): Promise<NewestMail[]> {
  const asked = patience.filter(({ remindAfterDays }) => remindAfterDays !== null);
  if (asked.length === 0) return [];
  return await sql.query<NewestMail>(
    `SELECT c.id AS "caseId", m.mailbox, m.uid_validity AS "uidValidity", m.uid
     FROM jsonb_to_recordset($1::jsonb) AS p(merchant text, days integer)
     CROSS JOIN LATERAL (
       (SELECT id, waiting_since FROM refund_triage.cases WHERE merchant = p.merchant AND stage = 'waiting' AND reminded_at IS NULL AND waiting_since < now() - p.days * interval '1 day' ORDER BY waiting_since LIMIT 100)
       UNION ALL SELECT o.id, o.waiting_since FROM refund_triage.cases o WHERE o.merchant = p.merchant AND o.stage = 'open' AND o.reminded_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM refund_triage.drafts d WHERE d.case_id = o.id AND d.template = 'reminder' AND d.state = 'planned' AND d.owner IS NULL)) c
     CROSS JOIN LATERAL (SELECT mailbox, uid_validity, uid FROM refund_triage.messages WHERE case_id = c.id AND role IN ('request', 'follow_up') ORDER BY received_at DESC, id DESC LIMIT 1) m
     ORDER BY c.waiting_since, c.id LIMIT 100`,
    [toJsonb(asked.map(({ merchant, remindAfterDays }) => ({ merchant, days: remindAfterDays })))],
  );
}

/** A reminder as it is to be put into Drafts. */
export interface Reminder {
  readonly caseId: number;
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly messageId: string;
  readonly digest: string;
  readonly to: string;
  readonly subject: string;
  readonly language: string;
  readonly template: string;
  readonly text: string;
  readonly html: string;
}

/** Plans a case's one reminder, whose draft a person then sends. False where the case has moved on: the customer wrote, or somebody answered. */
export async function planReminder(sql: Sql, reminder: Reminder): Promise<boolean> {
  const rows = await sql.query<{ planned: boolean }>(
    `WITH n AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(case_id bigint, mailbox text, uid_validity text, uid bigint, message_id text, digest text, recipient text, subject text,
       language text, template text, text text, html text)),
     reminded AS (
       UPDATE refund_triage.cases c SET stage = 'open', reminded_at = now(), version = c.version + 1, updated_at = now() FROM n
       WHERE c.id = n.case_id AND c.stage = 'waiting' AND c.reminded_at IS NULL RETURNING c.id),
     made AS (
       INSERT INTO refund_triage.drafts (message_id, message, case_id, recipient, subject, language, template, text, html, mailbox, digest, state)
       SELECT n.message_id, m.id, n.case_id, n.recipient, n.subject, n.language, n.template, n.text, n.html, n.mailbox, n.digest, 'planned'
       FROM n JOIN reminded r ON r.id = n.case_id JOIN refund_triage.messages m ON (m.mailbox, m.uid_validity, m.uid) = (n.mailbox, n.uid_validity, n.uid)
       ON CONFLICT (message_id) DO NOTHING RETURNING message_id),
     noted AS (INSERT INTO refund_triage.events (kind, case_id, detail) SELECT 'reminder_planned', n.case_id, jsonb_build_object('draft', n.message_id) FROM n JOIN made USING (message_id))
     SELECT true AS planned FROM made
     UNION SELECT true FROM n JOIN refund_triage.drafts d USING (message_id) WHERE d.state = 'planned'`,
    [toJsonb([{ case_id: reminder.caseId, mailbox: reminder.mailbox, uid_validity: reminder.uidValidity, uid: reminder.uid, message_id: reminder.messageId, digest: reminder.digest, recipient: reminder.to, subject: reminder.subject, language: reminder.language, template: reminder.template, text: reminder.text, html: reminder.html }])],
  );
  return rows.length > 0;
}

/** Nothing can be reminded of any more, as when the merchant's policy has changed: a person is to look at the case. */
export async function reopenInsteadOfReminding(sql: Sql, caseId: number): Promise<void> {
  await sql.query(
    `WITH opened AS (
       UPDATE refund_triage.cases SET stage = 'open', reminded_at = now(), version = version + 1, updated_at = now() WHERE id = $1 AND stage = 'waiting' AND reminded_at IS NULL RETURNING id)
     INSERT INTO refund_triage.events (kind, case_id) SELECT 'nothing_to_remind_of', id FROM opened`,
    [caseId],
  );
}

/** So many are closed at a time, for nobody who works on one of them is to wait long. */
const maxClosed = 100;

/** Closes cases whose customers have not answered for as long as their merchants wait; a merchant that is not named waits for 30 days. Their ids; there may be more of them. */
export async function closeUnanswered(database: Database, patience: readonly Patience[]): Promise<number[]> {
  return await database.transaction(async (sql) => {
    const rows = await sql.query<{ id: number }>(
      // Merchant by merchant, in the order of the index: of the others' cases, however many wait, none is read.
      `WITH RECURSIVE p AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS p(merchant text, days integer)),
       merchants AS (
         (SELECT merchant FROM refund_triage.cases WHERE stage = 'waiting' ORDER BY merchant LIMIT 1)
         UNION ALL SELECT (SELECT c.merchant FROM refund_triage.cases c WHERE c.stage = 'waiting' AND c.merchant > m.merchant ORDER BY c.merchant LIMIT 1) FROM merchants m WHERE m.merchant IS NOT NULL),
       due AS (
         SELECT c.id, m.before FROM (SELECT merchant, now() - coalesce((SELECT days FROM p WHERE p.merchant = merchants.merchant), 30) * interval '1 day' AS before FROM merchants WHERE merchant IS NOT NULL) m
         CROSS JOIN LATERAL (SELECT id FROM refund_triage.cases WHERE stage = 'waiting' AND merchant = m.merchant AND waiting_since < m.before ORDER BY waiting_since LIMIT $2) c
         UNION ALL (SELECT id, now() - interval '30 days' FROM refund_triage.cases WHERE stage = 'waiting' AND merchant IS NULL AND waiting_since < now() - interval '30 days' ORDER BY waiting_since LIMIT $2)
         LIMIT $2),
       closed AS (
         UPDATE refund_triage.cases c SET stage = 'closed', closed_at = now(), version = c.version + 1, updated_at = now() FROM due
         WHERE c.id = due.id AND c.stage = 'waiting' AND c.waiting_since < due.before RETURNING c.id),
       told AS (INSERT INTO refund_triage.events (kind, case_id) SELECT 'closed_unanswered', id FROM closed)
       SELECT id FROM closed ORDER BY id`,
      [toJsonb(patience.map(({ merchant, closeAfterDays }) => ({ merchant, days: closeAfterDays }))), maxClosed],
    );
    const ids = rows.map(({ id }) => id);
    await abandonOwnDrafts(sql, ids);
    return ids;
  });
}
