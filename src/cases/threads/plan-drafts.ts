import type { TriagedMail } from '../case.ts';
import type { AssignedMail } from './assign-cases.ts';
import { type Sql, toJsonb } from '../../database/database.ts';
import type { MessageRow } from '../record-mails.ts';
import { maxRunMs, type Run, type Runs } from '../runs.ts';

/** What is to be done about the draft of a mail. */
export interface DraftPlan {
  /**
   * `append` new: put it into Drafts · `look_then_append` an earlier attempt planned it: it may lie in Drafts already ·
   * `elsewhere` in the hands of another run, or planned for another copy of the mail · `placed` lies in Drafts, or did · null: nobody is to be answered.
   */
  readonly draft: 'append' | 'look_then_append' | 'elsewhere' | 'placed' | null;
  /** Drafts of the case's earlier mails whose place it takes, unless somebody has edited or sent one. */
  readonly replaces: readonly ReplacedDraft[];
}

/** A draft as it was put into Drafts. */
export interface ReplacedDraft {
  readonly messageId: string;
  /** Null where it was put there by a release that did not keep it. */
  readonly digest: string | null;
  /** The Message-ID of the mail that it answers. */
  readonly answering: string | null;
  /** An earlier attempt was about to take it away, or to put it there, and did not come to its end. */
  readonly isBeingReplaced: boolean;
}

const draftColumns = 'message_id text, message bigint, case_id bigint, recipient text, subject text, language text, template text, text text, html text, mailbox text, digest text';

/** Plans the drafts of these mails, by UID; mails that are not answered are not among them. A case's newest draft takes the place of its earlier ones. */
export async function planDrafts(
  sql: Sql, runs: Runs, run: Run, mails: readonly TriagedMail[], rows: ReadonlyMap<number, MessageRow>,
): Promise<ReadonlyMap<number, DraftPlan>> {
  const drafts = await planAppends(sql, runs, run, mails, rows);
  const goesOn = mails.flatMap(({ uid, draft }) => {
    const row = rows.get(uid);
    const plan = drafts.get(uid);
    // A copy puts a draft there that was planned for the mail under the UID it had before.
    const isAppended = plan === 'append' || plan === 'look_then_append';
    return draft !== null && isAppended && (row?.role === 'follow_up' || row?.role === 'copy') ? [{ uid, case_id: row.caseId, message_id: draft.messageId, is_copy: row.role === 'copy' }] : [];
  });
  const replaced = await findReplaced(sql, goesOn);
  await holdReplaced(sql, run, replaced);
  return new Map([...drafts].map(([uid, draft]) => [uid, { draft, replaces: replaced.filter((each) => each.uid === uid).map(({ messageId, digest, answering, isBeingReplaced }) => ({ messageId, digest, answering, isBeingReplaced })) }]));
}

/** Drafts that are still planned will never be put into Drafts, though a process that died may have done so. */
async function findReplaced(sql: Sql, goesOn: readonly { readonly uid: number; readonly case_id: number; readonly message_id: string; readonly is_copy: boolean }[]): Promise<(ReplacedDraft & { readonly uid: number })[]> {
  if (goesOn.length === 0) return [];
  const replaced = await sql.query<ReplacedDraft & { readonly uid: number }>(
    `WITH n AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(uid bigint, case_id bigint, message_id text, is_copy boolean))
     -- What somebody wrote at the desk lies in Drafts as we put it there, and is theirs nevertheless.
     SELECT n.uid, d.message_id AS "messageId", CASE WHEN d.state <> 'edited' THEN d.digest END AS digest, m.message_id AS answering, d.replaced_by IS NOT NULL OR d.state = 'planned' AS "isBeingReplaced" FROM n
     JOIN refund_triage.drafts d ON d.case_id = n.case_id AND d.message_id <> n.message_id AND d.state IN ('planned', 'in_drafts', 'edited')
     JOIN refund_triage.messages m ON m.id = d.message
     -- What was planned before may have been overtaken since.
     WHERE NOT n.is_copy OR d.planned_at < (SELECT o.planned_at FROM refund_triage.drafts o WHERE o.message_id = n.message_id) ORDER BY d.planned_at`,
    [toJsonb(goesOn)],
  );
  // Said before it is done: should the process die in between, nobody takes it for a person's deed that the draft is gone.
  if (replaced.some(({ isBeingReplaced }) => !isBeingReplaced)) {
    await sql.query(
      `UPDATE refund_triage.drafts d SET replaced_by = n.message_id FROM jsonb_to_recordset($1::jsonb) AS n(message_id text, replaced text) WHERE d.message_id = n.replaced AND d.replaced_by IS NULL AND d.state <> 'edited'`,
      [toJsonb(replaced.map(({ uid, messageId }) => ({ message_id: goesOn.find((each) => each.uid === uid)?.message_id, replaced: messageId })))],
    );
  }
  return replaced;
}

/** What is only planned is held by the run that replaces it: else another run, which comes back to its mail, would put it into Drafts after this one has looked for it there. */
async function holdReplaced(sql: Sql, run: Run, replaced: readonly ReplacedDraft[]): Promise<void> {
  const ids = replaced.filter(({ isBeingReplaced }) => isBeingReplaced).map(({ messageId }) => messageId);
  if (ids.length > 0) await sql.query(`UPDATE refund_triage.drafts SET owner = $2, owned_at = now() WHERE message_id = ANY($1::text[]) AND state = 'planned'`, [ids, run.owner]);
}

/** Of these mails' cases, those of which a living run is just putting a draft into Drafts. */
export async function casesInOtherHands(sql: Sql, runs: Runs, run: Run, assigned: readonly AssignedMail[]): Promise<ReadonlySet<number>> {
  const ids = [...new Set(assigned.filter(({ role }) => role === 'follow_up').map(({ caseId }) => caseId))];
  if (ids.length === 0) return new Set();
  const planned = await sql.query<{ case_id: number; message_id: string }>(
    "SELECT case_id, message_id FROM refund_triage.drafts WHERE case_id = ANY($1::bigint[]) AND state = 'planned' AND owner IS DISTINCT FROM $2", [ids, run.owner],
  );
  if (planned.length === 0) return new Set();
  const held = await findPlannedDrafts(sql, runs, planned.map((draft) => draft.message_id));
  const own = new Set(assigned.flatMap(({ mail }) => mail.draft?.messageId ?? []));
  return new Set(planned.flatMap((draft) => (held.get(draft.message_id)?.isFree === false && !own.has(draft.message_id) ? [draft.case_id] : [])));
}

async function planAppends(
  sql: Sql, runs: Runs, run: Run, mails: readonly TriagedMail[], rows: ReadonlyMap<number, MessageRow>,
): Promise<ReadonlyMap<number, DraftPlan['draft']>> {
  const planned = mails.flatMap((mail) => {
    const row = rows.get(mail.uid);
    return row === undefined || mail.draft === null ? [] : [{ uid: mail.uid, mailbox: mail.mailbox, row, draft: mail.draft }];
  });
  if (planned.length === 0) return new Map();
  const inputOf = (some: typeof planned): string => toJsonb(some.map(({ mailbox, row, draft }) => ({
    message_id: draft.messageId, message: row.id, case_id: row.caseId, recipient: draft.to, subject: draft.subject, language: draft.language,
    template: draft.template, text: draft.text, html: draft.html, mailbox, digest: draft.digest,
  })));
  const own = planned.filter(({ row }) => row.role !== 'copy');
  const made = own.length === 0 ? [] : await sql.query<{ message_id: string }>(
    `INSERT INTO refund_triage.drafts (message_id, message, case_id, recipient, subject, language, template, text, html, mailbox, digest, state, owner, owned_at)
     SELECT d.*, 'planned', $2, now() FROM jsonb_to_recordset($1::jsonb) AS d(${draftColumns}) ORDER BY message_id
     ON CONFLICT (message_id) DO NOTHING RETURNING message_id`,
    [inputOf(own), run.owner],
  );
  const fresh = new Set(made.map((row) => row.message_id));
  const result = new Map<number, DraftPlan['draft']>();
  for (const { uid, row, draft } of planned) if (row.role !== 'copy' && fresh.has(draft.messageId)) result.set(uid, 'append');

  const before = planned.filter(({ uid }) => !result.has(uid));
  if (before.length === 0) return result;
  const held = await findPlannedDrafts(sql, runs, before.map(({ draft }) => draft.messageId));
  for (const { uid, draft } of before) result.set(uid, held.has(draft.messageId) ? 'elsewhere' : 'placed');
  const taken = before.filter(({ row, draft }) => {
    const found = held.get(draft.messageId);
    return found?.isFree === true && (found.message === row.id || found.has_lost_its_mail || isEarlierEpoch(found, mails));
  });
  if (taken.length === 0) return result;
  await sql.query(
    `UPDATE refund_triage.drafts o SET message = d.message, case_id = d.case_id, recipient = d.recipient, subject = d.subject, language = d.language,
       template = d.template, text = d.text, html = d.html, mailbox = d.mailbox, digest = d.digest, state = 'planned', owner = $2, owned_at = now()
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
  /** Its mail left the mailbox, or went to quarantine, before it lay in Drafts, and its case waits for an answer still: a copy that comes may take it over. */
  has_lost_its_mail: boolean;
}

/** Those of the drafts that are not yet known to lie in Drafts, and whether a living run holds them. Locked until the transaction ends. */
async function findPlannedDrafts(sql: Sql, runs: Runs, messageIds: readonly string[]): Promise<ReadonlyMap<string, HeldDraft & { isFree: boolean }>> {
  const rows = await sql.query<HeldDraft>(
    `SELECT d.message_id, d.message, d.owner, coalesce(d.owned_at < now() - $2 * interval '1 millisecond', true) AS expired, m.mailbox, m.uid_validity, d.state <> 'planned' OR m.state = 'quarantined' AS has_lost_its_mail
     FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message JOIN refund_triage.cases c ON c.id = d.case_id
     WHERE d.message_id = ANY($1::text[]) AND (d.state = 'planned' OR (d.state = 'abandoned' AND d.settled_at IS NULL AND d.in_drafts_at IS NULL AND c.stage = 'open' AND c.merged_into IS NULL
       AND NOT EXISTS (SELECT 1 FROM refund_triage.drafts n WHERE n.case_id = d.case_id AND n.message_id <> d.message_id AND n.planned_at >= d.planned_at AND n.state <> 'abandoned'))) ORDER BY d.message_id FOR UPDATE OF d`,
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

