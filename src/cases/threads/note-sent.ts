import { type Sql, toJsonb } from '../../database/database.ts';

/** A mail that was found in Sent, or that one of us copied to the watched mailbox. Ids have their angle brackets. */
export interface SentMail {
  readonly mailbox: string;
  readonly messageId: string | null;
  /** Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[];
  /** Addresses it went to, in lower case. */
  readonly to: readonly string[];
  readonly sentAtMs: number;
}

/** A case that turned out to be answered. */
export interface AnsweredCase {
  readonly caseId: number;
  readonly messageId: string;
  readonly stage: 'waiting' | 'closed';
}

/**
 * Finds the cases that these mails answer, by what they answer and that they go to the case's customer, and notes it: the draft is sent, or is no longer wanted in Drafts, and the case waits for what was asked for, or is
 * closed. A case whose customer has written again since stays open, as does one to which the mail came back. Mails that are known already change nothing.
 */
export async function noteSent(sql: Sql, mails: readonly SentMail[]): Promise<AnsweredCase[]> {
  const told = mails.flatMap(({ mailbox, messageId, answers, to, sentAtMs }) => (messageId === null ? [] : [{ mailbox, message_id: messageId, answers: [messageId, ...answers], recipients: to, sent_at: new Date(sentAtMs).toISOString() }]));
  if (told.length === 0) return [];
  return await sql.query<AnsweredCase>(
    `WITH s AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(mailbox text, message_id text, answers text[], recipients text[], sent_at timestamptz)),
     links AS (
       SELECT s.message_id, a.n, m.case_id FROM s CROSS JOIN LATERAL unnest(s.answers) WITH ORDINALITY AS a(id, n) JOIN refund_triage.messages m ON m.message_id = a.id AND m.role <> 'copy'
       UNION ALL SELECT s.message_id, a.n, d.case_id FROM s CROSS JOIN LATERAL unnest(s.answers) WITH ORDINALITY AS a(id, n) JOIN refund_triage.drafts d ON d.message_id = a.id
       UNION ALL SELECT s.message_id, a.n, e.case_id FROM s CROSS JOIN LATERAL unnest(s.answers) WITH ORDINALITY AS a(id, n) JOIN refund_triage.sent_mails e ON e.message_id = a.id AND e.message_id <> s.message_id),
     nearest AS (
       SELECT DISTINCT ON (l.message_id) l.message_id, coalesce(c.merged_into, c.id) AS case_id FROM links l JOIN refund_triage.cases c ON c.id = l.case_id JOIN s ON s.message_id = l.message_id
       WHERE EXISTS (SELECT 1 FROM refund_triage.messages m WHERE m.case_id = c.id AND (m.role = 'follow_up' OR m.role = 'request' AND m.sender = c.customer) AND m.sender = ANY(s.recipients)) OR c.customer = ANY(s.recipients)
       ORDER BY l.message_id, l.n),
     noted AS (
       INSERT INTO refund_triage.sent_mails (message_id, case_id, mailbox, in_reply_to, sent_at)
       SELECT s.message_id, n.case_id, s.mailbox, s.answers[2], s.sent_at FROM s JOIN nearest n USING (message_id) ORDER BY s.message_id
       ON CONFLICT (message_id) DO NOTHING RETURNING message_id, case_id, in_reply_to, sent_at),
     settled AS (
       UPDATE refund_triage.drafts d SET state = 'sent', owner = NULL, settled_at = now() FROM noted n WHERE d.message_id = n.message_id AND d.state IN ('planned', 'in_drafts', 'edited', 'deleted')),
     -- Sent under another Message-ID, or not sent at all, for somebody wrote a mail of their own: Drafts tells.
     overtaken AS (
       UPDATE refund_triage.drafts d SET state = CASE WHEN d.state = 'edited' THEN 'edited' ELSE 'sent' END, removal_due = d.state <> 'deleted', owner = NULL, owned_at = NULL,
         placement_due = d.placement_due AND d.state = 'edited', settled_at = CASE WHEN d.state <> 'edited' THEN now() END
       FROM noted n JOIN refund_triage.messages m ON m.case_id = n.case_id
       WHERE d.message = m.id AND d.message_id <> n.message_id AND d.state IN ('planned', 'in_drafts', 'edited', 'deleted') AND (m.message_id = n.in_reply_to OR m.received_at <= n.sent_at)),
     newest AS (
       SELECT n.case_id, n.message_id, n.sent_at, l.state, l.received_at,
         (SELECT outcome = 'need_info' OR cardinality(missing) > 0 FROM refund_triage.decisions WHERE message = l.id ORDER BY id DESC LIMIT 1) AS asks
       FROM noted n CROSS JOIN LATERAL (SELECT id, state, received_at FROM refund_triage.messages WHERE case_id = n.case_id AND role IN ('request', 'follow_up') ORDER BY received_at DESC, id DESC LIMIT 1) l),
     moved AS (
       UPDATE refund_triage.cases c SET stage = CASE WHEN n.asks THEN 'waiting' ELSE 'closed' END, version = c.version + 1, waiting_since = CASE WHEN n.asks THEN n.sent_at END,
         closed_at = CASE WHEN n.asks IS NOT TRUE THEN now() END, due_at = NULL, snoozed_until = NULL, updated_at = now()
       FROM newest n WHERE c.id = n.case_id AND n.received_at <= n.sent_at AND c.stage <> 'closed'
         AND NOT EXISTS (SELECT 1 FROM refund_triage.messages b WHERE b.in_reply_to = n.message_id AND b.role = 'bounce') RETURNING c.id, c.stage, n.message_id),
     told AS (
       INSERT INTO refund_triage.events (kind, case_id, detail) SELECT 'answered', n.case_id, jsonb_build_object('messageId', n.message_id) FROM noted n)
     SELECT id AS "caseId", message_id AS "messageId", stage FROM moved`,
    [toJsonb(told)],
  );
}
