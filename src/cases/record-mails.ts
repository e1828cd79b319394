import type { TriagedMail } from './case.ts';
import { basisColumns } from './stored-decisions.ts';
import { type Database, type Sql, toJsonb } from './database.ts';
import { maxRunMs, type Run, type Runs } from './runs.ts';

/** What recording a mail came to. */
export interface RecordedMail {
  readonly uid: number;
  readonly caseId: number;
  /** The same mail lies in the mailbox (or in another one) already: it joins that mail's case and gets no draft of its own. */
  readonly duplicate: boolean;
  /**
   * `append` new: put it into Drafts · `look_then_append` an earlier attempt planned it: it may lie in Drafts already ·
   * `elsewhere` in the hands of another run, or planned for another copy of the mail · `placed` lies in Drafts, or did · null: nobody is to be answered.
   */
  readonly draft: 'append' | 'look_then_append' | 'elsewhere' | 'placed' | null;
}

interface MessageRow {
  id: number;
  uid: number;
  case_id: number;
  fresh: boolean;
  prior_case: number | null;
  duplicate: boolean;
}

const inputColumns = `mailbox text, uid_validity text, uid bigint, fingerprint text, message_id text, sender text, subject text,
  received_at timestamptz, merchant text, language text, topic text, state text`;

/**
 * Records up to a batch of mails, all or none: the mail in the ledger, its case, facts, decision and the draft it plans. A mail whose fate another run has sealed meanwhile
 * is left out of the answer.
 */
export async function recordMails(database: Database, runs: Runs, run: Run, mails: readonly TriagedMail[]): Promise<RecordedMail[]> {
  if (mails.length === 0) return [];
  return await database.transaction(async (sql) => {
    const messages = await recordMessages(sql, mails);
    const known = new Map(messages.map((row) => [row.uid, row]));
    const redone = messages.filter((row) => !row.fresh);
    if (redone.length > 0) await clearEarlierAttempt(sql, redone, mails);
    const first = mails.filter((mail) => known.get(mail.uid)?.duplicate === false);
    await recordReadings(sql, first, known);
    await recordDecisions(sql, first, known);
    const drafts = await planDrafts(sql, runs, run, mails, known);
    await recordEvents(sql, mails, known);
    return messages.map((row) => ({ uid: row.uid, caseId: row.case_id, duplicate: row.duplicate, draft: drafts.get(row.uid) ?? null }));
  });
}

async function recordMessages(sql: Sql, mails: readonly TriagedMail[]): Promise<MessageRow[]> {
  const input = toJsonb(mails.map((mail) => ({
    mailbox: mail.mailbox, uid_validity: mail.uidValidity, uid: mail.uid, fingerprint: mail.fingerprint, message_id: mail.messageId,
    sender: mail.from, subject: mail.subject, received_at: new Date(mail.receivedAtMs).toISOString(), merchant: mail.merchant,
    language: mail.facts?.language ?? null, topic: mail.facts?.topic ?? null, state: mail.state,
  })));
  // In the order of the fingerprints, so that two processes that meet the same mails wait for each other instead of deadlocking.
  await sql.query(
    `INSERT INTO refund_triage.cases (fingerprint, merchant, customer, subject, language, topic, state)
     SELECT DISTINCT ON (fingerprint) fingerprint, merchant, sender, subject, language, topic, state
     FROM jsonb_to_recordset($1::jsonb) AS m(${inputColumns}) ORDER BY fingerprint, uid ON CONFLICT (fingerprint) DO NOTHING`,
    [input],
  );
  return await sql.query<MessageRow>(
    `WITH m AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS m(${inputColumns})),
     prior AS (SELECT o.id, o.case_id FROM refund_triage.messages o JOIN m USING (mailbox, uid_validity, uid)),
     upserted AS (
       INSERT INTO refund_triage.messages AS old (case_id, mailbox, uid_validity, uid, fingerprint, message_id, sender, subject, received_at, state)
       SELECT c.id, m.mailbox, m.uid_validity, m.uid, m.fingerprint, m.message_id, m.sender, m.subject, m.received_at, m.state
       FROM m JOIN refund_triage.cases c USING (fingerprint) ORDER BY m.mailbox, m.uid_validity, m.uid
       ON CONFLICT (mailbox, uid_validity, uid) DO UPDATE SET case_id = excluded.case_id, fingerprint = excluded.fingerprint,
         message_id = excluded.message_id, sender = excluded.sender, subject = excluded.subject, received_at = excluded.received_at,
         state = excluded.state, finished_at = NULL
       WHERE old.finished_at IS NULL OR old.state = 'quarantined'
       RETURNING id, uid, case_id, (xmax = 0) AS fresh)
     SELECT u.*, p.case_id AS prior_case,
       -- The oldest mail of a case is the one that is answered; of twins in one batch the one with the lower UID.
       EXISTS (SELECT 1 FROM refund_triage.messages e WHERE e.case_id = u.case_id AND e.id < u.id)
         OR EXISTS (SELECT 1 FROM upserted e WHERE e.case_id = u.case_id AND e.id < u.id) AS duplicate
     FROM upserted u LEFT JOIN prior p USING (id) ORDER BY u.uid`,
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
  const left = redone.flatMap((row) => (row.prior_case !== null && row.prior_case !== row.case_id ? [row.prior_case] : []));
  if (left.length > 0) {
    await sql.query(
      `DELETE FROM refund_triage.cases c WHERE c.id = ANY($1::bigint[]) AND c.state = 'quarantined'
       AND NOT EXISTS (SELECT 1 FROM refund_triage.messages m WHERE m.case_id = c.id)`,
      [left],
    );
  }
  await sql.query(`UPDATE refund_triage.drafts SET state = 'abandoned', owner = NULL WHERE message = ANY($1::bigint[]) AND state = 'planned' AND message_id <> ALL($2::text[])`, [
    ids, mails.flatMap((mail) => (mail.draft === null ? [] : [mail.draft.messageId])),
  ]);
  const byUid = new Map(mails.map((mail) => [mail.uid, mail]));
  const cases = redone.filter((row) => !row.duplicate).map((row) => {
    const mail = byUid.get(row.uid);
    return { id: row.case_id, merchant: mail?.merchant ?? null, language: mail?.facts?.language ?? null, topic: mail?.facts?.topic ?? null, state: mail?.state ?? 'review' };
  });
  await sql.query(
    `UPDATE refund_triage.cases c SET merchant = n.merchant, language = n.language, topic = n.topic, state = n.state, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS n(id bigint, merchant text, language text, topic text, state text) WHERE c.id = n.id`,
    [toJsonb(cases)],
  );
}

async function recordReadings(sql: Sql, mails: readonly TriagedMail[], known: ReadonlyMap<number, MessageRow>): Promise<void> {
  const readings = [];
  const facts = [];
  for (const mail of mails) {
    if (mail.facts === null) continue;
    const message = known.get(mail.uid)?.id;
    const { language, topic, reason, product, privacy, described, hasScreenshot, hasPhoto, flags, values, own } = mail.facts;
    readings.push({ message, language, topic, reason, product, privacy, described, has_screenshot: hasScreenshot, has_photo: hasPhoto, flags });
    for (const [name, fact] of Object.entries({ ...values, ...own })) facts.push({ message, name, value: fact.value, source: fact.source, evidence: fact.evidence });
  }
  if (readings.length > 0) {
    await sql.query(
      `INSERT INTO refund_triage.readings (message, language, topic, reason, product, privacy, described, has_screenshot, has_photo, flags)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(message bigint, language text, topic text, reason text, product text, privacy text,
         described boolean, has_screenshot boolean, has_photo boolean, flags text[])`,
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

async function recordDecisions(sql: Sql, mails: readonly TriagedMail[], known: ReadonlyMap<number, MessageRow>): Promise<void> {
  const rows = mails.flatMap((mail) => {
    if (mail.decision === null) return [];
    const { outcome, rule, clause, discretionary, amount, missing, pack, packHash, trace } = mail.decision;
    return [{ message: known.get(mail.uid)?.id, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash: packHash, trace, decision: mail.decision, ...basisColumns(mail) }];
  });
  if (rows.length === 0) return;
  // Read again to the same end from the same facts it is the same decision; otherwise both stay, and the newer one counts.
  await sql.query(
    `INSERT INTO refund_triage.decisions (message, outcome, rule, clause, discretionary, amount, missing, pack, pack_hash, trace, decision, basis, digest)
     SELECT n.* FROM jsonb_to_recordset($1::jsonb) AS n(message bigint, outcome text, rule text, clause text, discretionary boolean, amount text,
       missing text[], pack text, pack_hash text, trace jsonb, decision jsonb, basis text, digest text)
     WHERE NOT EXISTS (SELECT 1 FROM refund_triage.decisions o WHERE o.message = n.message AND o.decision = n.decision AND o.basis IS NOT DISTINCT FROM n.basis
       AND o.id = (SELECT max(l.id) FROM refund_triage.decisions l WHERE l.message = n.message))`,
    [toJsonb(rows)],
  );
}

const draftColumns = 'message_id text, message bigint, case_id bigint, recipient text, subject text, language text, template text, text text, html text';

async function planDrafts(
  sql: Sql, runs: Runs, run: Run, mails: readonly TriagedMail[], known: ReadonlyMap<number, MessageRow>,
): Promise<ReadonlyMap<number, RecordedMail['draft']>> {
  const planned = mails.flatMap((mail) => {
    const row = known.get(mail.uid);
    return row === undefined || mail.draft === null ? [] : [{ uid: mail.uid, row, draft: mail.draft }];
  });
  if (planned.length === 0) return new Map();
  const inputOf = (some: typeof planned): string => toJsonb(some.map(({ row, draft }) => ({
    message_id: draft.messageId, message: row.id, case_id: row.case_id, recipient: draft.to, subject: draft.subject, language: draft.language,
    template: draft.template, text: draft.text, html: draft.html,
  })));
  const own = planned.filter(({ row }) => !row.duplicate);
  const made = own.length === 0 ? [] : await sql.query<{ message_id: string }>(
    `INSERT INTO refund_triage.drafts (message_id, message, case_id, recipient, subject, language, template, text, html, state, owner, owned_at)
     SELECT d.*, 'planned', $2, now() FROM jsonb_to_recordset($1::jsonb) AS d(${draftColumns}) ORDER BY message_id
     ON CONFLICT (message_id) DO NOTHING RETURNING message_id`,
    [inputOf(own), run.owner],
  );
  const fresh = new Set(made.map((row) => row.message_id));
  const result = new Map<number, RecordedMail['draft']>();
  for (const { uid, row, draft } of planned) if (!row.duplicate && fresh.has(draft.messageId)) result.set(uid, 'append');

  const before = planned.filter(({ uid }) => !result.has(uid));
  if (before.length === 0) return result;
  const held = await findPlannedDrafts(sql, runs, before.map(({ draft }) => draft.messageId));
  for (const { uid, draft } of before) result.set(uid, held.has(draft.messageId) ? 'elsewhere' : 'placed');
  const taken = before.filter(({ row, draft }) => {
    const found = held.get(draft.messageId);
    return found?.isFree === true && (found.message === row.id || isEarlierEpoch(found, mails));
  });
  if (taken.length === 0) return result;
  await sql.query(
    `UPDATE refund_triage.drafts o SET message = d.message, case_id = d.case_id, recipient = d.recipient, subject = d.subject, language = d.language,
       template = d.template, text = d.text, html = d.html, owner = $2, owned_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS d(${draftColumns}) WHERE o.message_id = d.message_id`,
    [inputOf(taken), run.owner],
  );
  for (const { uid } of taken) result.set(uid, 'look_then_append');
  return result;
}

interface HeldDraft {
  message_id: string;
  message: number;
  owner: string | null;
  expired: boolean;
  mailbox: string;
  uid_validity: string;
}

/** Those of the drafts that are not yet known to lie in Drafts, and whether a living run holds them. Locked until the transaction ends. */
async function findPlannedDrafts(sql: Sql, runs: Runs, messageIds: readonly string[]): Promise<ReadonlyMap<string, HeldDraft & { isFree: boolean }>> {
  const rows = await sql.query<HeldDraft>(
    `SELECT d.message_id, d.message, d.owner, coalesce(d.owned_at < now() - $2 * interval '1 millisecond', true) AS expired, m.mailbox, m.uid_validity
     FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message
     WHERE d.message_id = ANY($1::text[]) AND d.state = 'planned' ORDER BY d.message_id FOR UPDATE OF d`,
    [messageIds, maxRunMs],
  );
  const held = new Map<string, HeldDraft & { isFree: boolean }>();
  const activity = new Map<string, boolean>();
  for (const row of rows) {
    let isActive = false;
    if (row.owner !== null && !row.expired) {
      isActive = activity.get(row.owner) ?? (await runs.isActive(sql, row.owner));
      activity.set(row.owner, isActive);
    }
    held.set(row.message_id, { ...row, isFree: !isActive });
  }
  return held;
}

function isEarlierEpoch(held: HeldDraft, mails: readonly TriagedMail[]): boolean {
  return mails.some((mail) => mail.mailbox === held.mailbox && mail.uidValidity !== held.uid_validity);
}

async function recordEvents(sql: Sql, mails: readonly TriagedMail[], known: ReadonlyMap<number, MessageRow>): Promise<void> {
  const events = mails.flatMap((mail) => {
    const row = known.get(mail.uid);
    if (row === undefined) return [];
    const detail = row.duplicate
      ? { messageId: mail.messageId }
      : { messageId: mail.messageId, state: mail.state, outcome: mail.decision?.outcome ?? null, rule: mail.decision?.rule ?? null,
          clause: mail.decision?.clause ?? null, packHash: mail.decision?.packHash ?? null, draft: mail.draft?.messageId ?? null };
    return [{ kind: row.duplicate ? 'duplicate' : 'recorded', case_id: row.case_id, mailbox: mail.mailbox, uid_validity: mail.uidValidity, uid: mail.uid, detail }];
  });
  await sql.query(
    `INSERT INTO refund_triage.events (kind, case_id, mailbox, uid_validity, uid, detail)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(kind text, case_id bigint, mailbox text, uid_validity text, uid bigint, detail jsonb)`,
    [toJsonb(events)],
  );
}
