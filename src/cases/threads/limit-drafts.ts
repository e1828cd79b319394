import type { AssignedMail } from './assign-cases.ts';
import { type Sql, toJsonb } from '../../database/database.ts';

/** How many drafts are written before a person is asked to look: a sender's storm, or two programs that answer each other, must not fill Drafts. */
export interface DraftLimits {
  /** To the same customer, of mails that arrived within an hour. */
  readonly perCustomerHour: number;
  /** In the same case, of mails that arrived within an hour. */
  readonly perCaseHour: number;
}

export const defaultDraftLimits: DraftLimits = { perCustomerHour: 10, perCaseHour: 5 };

export type ExceededLimit = 'rate_limited' | 'loop_broken';

/**
 * Which of these mails get no draft of their own, by UID, because too many did that arrived in the hour before. Counted by when mails arrived, so that a backlog is no storm, and in the
 * transaction that records them, so that ten workers count together.
 */
export async function exceededLimits(sql: Sql, assigned: readonly AssignedMail[], limits: DraftLimits): Promise<ReadonlyMap<number, ExceededLimit>> {
  const asked = assigned.filter(({ mail: { draft, customerKey }, role }) => draft !== null && customerKey !== null && role !== 'copy').toSorted((one, other) => one.mail.receivedAtMs - other.mail.receivedAtMs);
  if (asked.length === 0) return new Map();
  const counts = await sql.query<{ uid: number; customer: number; same_case: number }>(
    `SELECT q.uid, count(*) AS customer, count(*) FILTER (WHERE m.case_id = q.case_id) AS same_case
     FROM jsonb_to_recordset($1::jsonb) AS q(uid bigint, case_id bigint, customer_key text, fingerprint text, received_at timestamptz)
     JOIN refund_triage.cases c ON c.customer_key = q.customer_key
     JOIN refund_triage.messages m ON m.case_id = c.id AND m.fingerprint <> q.fingerprint AND m.received_at BETWEEN q.received_at - interval '1 hour' AND q.received_at
     JOIN refund_triage.drafts d ON d.message = m.id
     GROUP BY q.uid`,
    [toJsonb(asked.map(({ mail, caseId }) => ({ uid: mail.uid, case_id: caseId, customer_key: mail.customerKey, fingerprint: mail.fingerprint, received_at: new Date(mail.receivedAtMs).toISOString() })))],
  );
  const before = new Map(counts.map((row) => [row.uid, row]));
  const exceeded = new Map<number, ExceededLimit>();
  const granted: AssignedMail[] = [];
  for (const each of asked) {
    const { uid, customerKey, receivedAtMs } = each.mail;
    // Of a case there is one mail at the most in a batch.
    const inBatch = granted.filter(({ mail }) => mail.customerKey === customerKey && mail.receivedAtMs >= receivedAtMs - msPerHour).length;
    const counted = before.get(uid);
    if ((counted?.same_case ?? 0) >= limits.perCaseHour) exceeded.set(uid, 'loop_broken');
    else if ((counted?.customer ?? 0) + inBatch >= limits.perCustomerHour) exceeded.set(uid, 'rate_limited');
    else granted.push(each);
  }
  return exceeded;
}

const msPerHour = 3_600_000;
