import type { Sql } from '../database/database.ts';
import { triageKeywords, type TriageKeyword } from '../mailbox/mailbox.ts';
import type { CaseState } from './case.ts';
import type { MailPointer } from './mail-pointer.ts';

/** What the keyword on a mail says of how its case stands. */
export const keywordOf: Readonly<Record<CaseState, TriageKeyword>> = {
  needs_info: triageKeywords.needsInfo,
  ready: triageKeywords.ready,
  review: triageKeywords.review,
  ignored: triageKeywords.ignored,
  quarantined: triageKeywords.review,
};

/** A mail whose keyword is to say how its case stands now. */
export interface KeywordChange extends MailPointer {
  readonly message: number;
  readonly state: CaseState;
  readonly dueAt: Date;
}

/** One that takes longer is taken for dead, and another process sets the keyword. */
const claimMs = 60_000;

/** People changed how a case stands: the keyword on its newest mail is to follow. */
export async function noteKeywordChange(sql: Sql, caseId: number): Promise<void> {
  await sql.query(
    `INSERT INTO refund_triage.keyword_changes (message) SELECT id FROM refund_triage.messages WHERE case_id = $1 AND role IN ('request', 'follow_up') ORDER BY received_at DESC, id DESC LIMIT 1
     ON CONFLICT (message) DO UPDATE SET due_at = now()`,
    [caseId],
  );
}

/** Takes changes in these mailboxes in hand that nobody else has. */
export async function listKeywordChanges(sql: Sql, mailboxes: readonly string[], limit: number): Promise<KeywordChange[]> {
  return await sql.query<KeywordChange>(
    `UPDATE refund_triage.keyword_changes k SET due_at = now() + $3 * interval '1 millisecond' FROM refund_triage.messages m JOIN refund_triage.cases c ON c.id = m.case_id
     WHERE m.id = k.message AND k.message IN (
       SELECT d.message FROM refund_triage.keyword_changes d JOIN refund_triage.messages n ON n.id = d.message
       WHERE d.due_at <= now() AND n.mailbox = ANY($1::text[]) ORDER BY d.due_at LIMIT $2 FOR UPDATE OF d SKIP LOCKED)
     RETURNING k.message, k.due_at AS "dueAt", m.mailbox, m.uid_validity AS "uidValidity", m.uid, c.state`,
    [mailboxes, limit, claimMs],
  );
}

/** The keyword is set, or the mail is where nothing can be set on it. What was changed once more meanwhile stays due. */
export async function settleKeywordChange(sql: Sql, { message, dueAt }: KeywordChange): Promise<void> {
  await sql.query(`DELETE FROM refund_triage.keyword_changes WHERE message = $1 AND date_trunc('milliseconds', due_at) = date_trunc('milliseconds', $2::timestamptz)`, [message, dueAt]);
}
