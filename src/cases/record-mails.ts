import { assignCases, type AssignedMail, caseColumns } from './threads/assign-cases.ts';
import type { CaseState, MailRole, TriagedMail } from './case.ts';
import { type Database, type Sql, toJsonb } from '../database/database.ts';
import { type DraftLimits, exceededLimits } from './threads/limit-drafts.ts';
import { casesInOtherHands, type DraftPlan, planDrafts } from './threads/plan-drafts.ts';
import type { Run, Runs } from './runs.ts';
import { abandonOwnDrafts, wantsNoAnswer } from './abandon-drafts.ts';
import { basisColumns } from './stored-decisions.ts';

/** What recording a mail came to. */
export interface RecordedMail extends DraftPlan {
  readonly uid: number;
  readonly caseId: number;
  readonly role: MailRole;
  /** `review` also where it would have a draft, and too many were written. */
  readonly state: CaseState;
}

/** What recording a batch came to. */
export interface RecordedBatch {
  /** Without mails whose fate another run has sealed meanwhile. */
  readonly recorded: readonly RecordedMail[];
  /** UIDs of mails whose case is not, by now, what it was when they were triaged: they are to be triaged anew at once. */
  readonly stale: readonly number[];
  /** UIDs of mails that go on with a case whose draft another run has in hand: they are to come back in a moment. */
  readonly busy: readonly number[];
}

/** A mail as it stands in the ledger. */
export interface MessageRow {
  readonly id: number;
  readonly uid: number;
  readonly caseId: number;
  readonly role: MailRole;
  readonly state: CaseState;
  /** Met for the first time. */
  readonly fresh: boolean;
  readonly priorCase: number | null;
}

/**
 * Records up to a batch of mails, all or none: each in the ledger and in its case, with its facts, its decision and the draft it plans.
 */
export async function recordMails(database: Database, runs: Runs, run: Run, mails: readonly TriagedMail[], limits: DraftLimits): Promise<RecordedBatch> {
  if (mails.length === 0) return { recorded: [], stale: [], busy: [] };
  return await database.transaction(async (sql) => {
    const assignment = await assignCases(sql, mails);
    const inOtherHands = await casesInOtherHands(sql, runs, run, assignment.assigned);
    const isBusy = ({ caseId, role }: AssignedMail): boolean => role === 'follow_up' && inOtherHands.has(caseId);
    const ready = assignment.assigned.filter((each) => !isBusy(each));
    const exceeded = await exceededLimits(sql, ready, limits);
    const assigned = ready.map((each) => (exceeded.has(each.mail.uid) ? { ...each, mail: { ...each.mail, draft: null, state: 'review' as const } } : each));
    const messages = await recordMessages(sql, assigned);
    const rows = new Map(messages.map((row) => [row.uid, row]));
    const redone = messages.filter((row) => !row.fresh);
    if (redone.length > 0) await clearEarlierAttempt(sql, redone, mails);
    const told = assigned.flatMap(({ mail, role }) => (role === 'copy' || !rows.has(mail.uid) ? [] : [mail]));
    await goOnWithCases(sql, assigned.filter(({ mail }) => rows.has(mail.uid)), rows);
    await abandonOwnDrafts(sql, assigned.flatMap(({ mail, caseId, role }) => (role === 'follow_up' && mail.draft === null && rows.has(mail.uid) && wantsNoAnswer(mail.facts, mail.state) ? [caseId] : [])));
    await recordReadings(sql, told, rows);
    await recordDecisions(sql, told, rows);
    const plans = await planDrafts(sql, runs, run, assigned.map(({ mail }) => mail), rows);
    await recordEvents(sql, assigned.map(({ mail }) => mail), rows, exceeded);
    return {
      recorded: messages.map(({ uid, caseId, role, state }) => ({ uid, caseId, role, state, ...(plans.get(uid) ?? { draft: null, replaces: [] }) })),
      stale: assignment.stale.map(({ uid }) => uid),
      busy: assignment.assigned.filter(isBusy).map(({ mail }) => mail.uid),
    };
  });
}

async function recordMessages(sql: Sql, assigned: readonly AssignedMail[]): Promise<MessageRow[]> {
  if (assigned.length === 0) return [];
  const input = toJsonb(assigned.map(({ mail, caseId, role }) => ({
    case_id: caseId, role, mailbox: mail.mailbox, uid_validity: mail.uidValidity, uid: mail.uid, fingerprint: mail.fingerprint, words: mail.words, message_id: mail.messageId,
    in_reply_to: mail.threadQuery?.answers[0] ?? null, sender: mail.from, subject: mail.subject, received_at: new Date(mail.receivedAtMs).toISOString(), state: mail.state,
  })));
  return await sql.query<MessageRow>(
    `WITH m AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS m(case_id bigint, role text, mailbox text, uid_validity text, uid bigint, fingerprint text, words text, message_id text,
         in_reply_to text, sender text, subject text, received_at timestamptz, state text)),
     prior AS (SELECT o.id, o.case_id FROM refund_triage.messages o JOIN m USING (mailbox, uid_validity, uid)),
     upserted AS (
       INSERT INTO refund_triage.messages AS old (case_id, role, mailbox, uid_validity, uid, fingerprint, words, message_id, in_reply_to, sender, subject, received_at, state)
       SELECT * FROM (SELECT case_id, role, mailbox, uid_validity, uid, fingerprint, words, message_id, in_reply_to, sender, subject, received_at, state FROM m) AS n
       ORDER BY mailbox, uid_validity, uid
       ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET case_id = excluded.case_id, role = excluded.role, fingerprint = excluded.fingerprint, words = excluded.words,
         message_id = excluded.message_id, in_reply_to = excluded.in_reply_to, sender = excluded.sender, subject = excluded.subject, received_at = excluded.received_at,
         state = excluded.state, finished_at = NULL
       WHERE old.finished_at IS NULL OR old.state = 'quarantined'
       RETURNING id, uid, case_id, role, state, (xmax = 0) AS fresh)
     SELECT u.id, u.uid, u.case_id AS "caseId", u.role, u.state, u.fresh, p.case_id AS "priorCase" FROM upserted u LEFT JOIN prior p USING (id) ORDER BY u.uid`,
    [input],
  );
}

/** A mail that was recorded before is recorded anew: what was read then goes, the case it had in quarantine as well; decisions and events stay. */
async function clearEarlierAttempt(sql: Sql, redone: readonly MessageRow[], mails: readonly TriagedMail[]): Promise<void> {
  const ids = redone.map((row) => row.id);
  await sql.query('DELETE FROM refund_triage.readings WHERE message = ANY($1::bigint[])', [ids]);
  await sql.query('DELETE FROM refund_triage.facts WHERE message = ANY($1::bigint[])', [ids]);
  await sql.query(
    `WITH released AS (DELETE FROM refund_triage.quarantine WHERE message = ANY($1::bigint[]) RETURNING message, code)
     INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid, detail)
     SELECT 'released', m.case_id, m.mailbox, m.uid_validity, m.uid, jsonb_build_object('code', r.code)
     FROM released r JOIN refund_triage.messages m ON m.id = r.message`,
    [ids],
  );
  const left = redone.flatMap(({ priorCase, caseId }) => (priorCase !== null && priorCase !== caseId ? [priorCase] : []));
  if (left.length > 0) {
    await sql.query(
      `DELETE FROM refund_triage.cases c WHERE c.id = ANY($1::bigint[]) AND c.state = 'quarantined'
       AND NOT EXISTS (SELECT 1 FROM refund_triage.messages m WHERE m.case_id = c.id)`,
      [left],
    );
  }
  await sql.query(
    "UPDATE refund_triage.drafts SET state = 'abandoned', owner = NULL, settled_at = now() WHERE message = ANY($1::bigint[]) AND state = 'planned' AND message_id <> ALL($2::text[])",
    [ids, mails.flatMap((mail) => (mail.draft === null ? [] : [mail.draft.messageId]))],
  );
}

/** What the newest mail makes of its case: a follow-up opens it again. A first mail read anew is told anew. */
async function goOnWithCases(sql: Sql, assigned: readonly AssignedMail[], rows: ReadonlyMap<number, MessageRow>): Promise<void> {
  const changes = assigned.flatMap(({ mail, caseId, role }) => {
    const isRedone = role === 'request' && rows.get(mail.uid)?.fresh === false;
    return role === 'follow_up' || isRedone ? [{ id: caseId, ...caseColumns(mail) }] : [];
  });
  if (changes.length === 0) return;
  await sql.query(
    `UPDATE refund_triage.cases c SET merchant = coalesce(n.merchant, c.merchant), language = n.language, topic = n.topic, state = n.state, stage = n.stage, due_at = n.due_at,
       priority = greatest(c.priority, n.priority), version = c.version + 1, snoozed_until = NULL, waiting_since = NULL, reminded_at = NULL, due_told = 0,
       closed_at = CASE WHEN n.stage = 'closed' THEN now() END, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS n(id bigint, merchant text, language text, topic text, state text, stage text, due_at timestamptz, priority smallint)
     WHERE c.id = n.id`,
    [toJsonb(changes)],
  );
}

async function recordReadings(sql: Sql, mails: readonly TriagedMail[], rows: ReadonlyMap<number, MessageRow>): Promise<void> {
  const readings = [];
  const facts = [];
  for (const mail of mails) {
    if (mail.factsAlone === null) continue;
    const message = rows.get(mail.uid)?.id;
    const { language, topic, reason, product, privacy, described, hasScreenshot, hasPhoto, flags, values, own } = mail.factsAlone;
    readings.push({ message, language, topic, reason, product, privacy, described, has_screenshot: hasScreenshot, has_photo: hasPhoto, flags, facts: JSON.stringify(mail.factsAlone) });
    for (const [name, fact] of Object.entries({ ...values, ...own })) facts.push({ message, name, value: fact.value, source: fact.source, evidence: fact.evidence });
  }
  if (readings.length > 0) {
    await sql.query(
      `INSERT INTO refund_triage.readings (message, language, topic, reason, product, privacy, described, has_screenshot, has_photo, flags, facts)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(message bigint, language text, topic text, reason text, product text, privacy text,
         described boolean, has_screenshot boolean, has_photo boolean, flags text[], facts text)`,
      [toJsonb(readings)],
    );
  }
  if (facts.length > 0) {
    await sql.query(
      `INSERT INTO refund_triage.facts (message, name, value, source, evidence)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS f(message bigint, name text, value jsonb, source text, evidence text)`,
      [toJsonb(facts)],
    );
  }
}

async function recordDecisions(sql: Sql, mails: readonly TriagedMail[], rows: ReadonlyMap<number, MessageRow>): Promise<void> {
  const decisions = mails.flatMap((mail) => {
    if (mail.decision === null) return [];
    const { outcome, rule, clause, discretionary, amount, missing, pack, packHash, trace } = mail.decision;
    return [{ message: rows.get(mail.uid)?.id, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash: packHash, trace, decision: mail.decision, ...basisColumns(mail) }];
  });
  if (decisions.length === 0) return;
  // Read again to the same end from the same facts it is the same decision; otherwise both stay, and the newer one counts.
  await sql.query(
    `INSERT INTO refund_triage.decisions (message, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash, trace, decision, basis, digest)
     SELECT n.* FROM jsonb_to_recordset($1::jsonb) AS n(message bigint, outcome text, rule text, clause text, discretionary boolean, amount text,
       missing text[], pack text, pack_hash text, trace jsonb, decision jsonb, basis text, digest text)
     WHERE NOT EXISTS (SELECT 1 FROM refund_triage.decisions o WHERE o.message = n.message AND o.decision = n.decision AND o.basis IS NOT DISTINCT FROM n.basis
       AND o.id = (SELECT max(l.id) FROM refund_triage.decisions l WHERE l.message = n.message))`,
    [toJsonb(decisions)],
  );
}

async function recordEvents(sql: Sql, mails: readonly TriagedMail[], rows: ReadonlyMap<number, MessageRow>, exceeded: ReadonlyMap<number, string>): Promise<void> {
  const events = mails.flatMap((mail) => {
    const row = rows.get(mail.uid);
    if (row === undefined) return [];
    const detail = row.role === 'copy'
      ? { messageId: mail.messageId }
      : { messageId: mail.messageId, state: mail.state, outcome: mail.decision?.outcome ?? null, rule: mail.decision?.rule ?? null,
          clause: mail.decision?.clause ?? null, packHash: mail.decision?.packHash ?? null, draft: mail.draft?.messageId ?? null };
    const limit = exceeded.get(mail.uid);
    const pointer = { case_id: row.caseId, mailbox: mail.mailbox, uid_validity: mail.uidValidity, uid: mail.uid };
    const notes = [...(limit === undefined ? [] : [{ ...pointer, kind: limit, detail: {} }]), ...(mail.customer === undefined || row.role === 'copy' ? [] : [{ ...pointer, kind: 'passed_on', detail: { by: mail.from } }])];
    return [...notes, { ...pointer, kind: row.role === 'copy' ? 'duplicate' : row.role === 'request' ? 'recorded' : row.role, detail }];
  });
  await sql.query(
    `INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid, detail)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(kind text, case_id bigint, mailbox text, uid_validity text, uid bigint, detail jsonb)`,
    [toJsonb(events)],
  );
}
