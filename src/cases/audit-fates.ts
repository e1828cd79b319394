import type { CaseState } from './case.ts';
import type { Sql } from '../database/database.ts';

/** What the ledger says of mails that lie in a mailbox: each has exactly one fate, or is being worked on. */
export interface LedgerFates {
  /** Of the mails that have their fate. `passed_over`: from before our time. */
  readonly counts: Readonly<Record<CaseState | 'passed_over', number>>;
  /** Begun, and not yet at their end. */
  readonly unfinished: readonly number[];
  /** The ledger knows nothing of them. */
  readonly unmet: readonly number[];
  /** Two fates at once. */
  readonly twice: readonly number[];
}

const uidsPerQuery = 5_000;

/** Sorts the UIDs of one mailbox by what the ledger says of them. */
export async function sortByFate(sql: Sql, mailbox: string, uidValidity: string, uids: readonly number[]): Promise<LedgerFates> {
  const counts = { needs_info: 0, ready: 0, review: 0, ignored: 0, quarantined: 0, passed_over: 0 };
  const [unfinished, unmet, twice]: [number[], number[], number[]] = [[], [], []];
  for (let start = 0; start < uids.length; start += uidsPerQuery) {
    const rows = await sql.query<{ uid: number; state: CaseState | null; finished: boolean; passed: boolean }>(
      `SELECT t.uid, m.state, m.finished_at IS NOT NULL AS finished, p.uid IS NOT NULL AS passed FROM unnest($3::bigint[]) AS t(uid)
       LEFT JOIN refund_triage.messages m ON (m.mailbox, m.uid_validity, m.uid) = ($1, $2, t.uid)
       LEFT JOIN refund_triage.passed_over p ON (p.mailbox, p.uid_validity, p.uid) = ($1, $2, t.uid) ORDER BY t.uid`,
      [mailbox, uidValidity, uids.slice(start, start + uidsPerQuery)],
    );
    for (const { uid, state, finished, passed } of rows) {
      if (passed && state !== null) twice.push(uid);
      else if (passed) counts.passed_over += 1;
      else if (state === null) unmet.push(uid);
      else if (finished) counts[state] += 1;
      else unfinished.push(uid);
    }
  }
  return { counts, unfinished, unmet, twice };
}

/** A draft that the store takes to lie in Drafts, or to be on its way there. */
export interface LiveDraft {
  readonly messageId: string;
  readonly caseId: number;
  /** `due` its mail has come to its end without it. */
  readonly state: 'due' | 'in_drafts' | 'edited';
  /** The Message-ID of the mail that it answers. */
  readonly answering: string | null;
  /** Nobody has done anything about its case for a while. */
  readonly isSettled: boolean;
}

/** The live drafts of one mailbox, in the order of their Message-IDs, of which `after` was the last one seen. Those of mails that are being worked on are not among them. */
export async function listLiveDrafts(sql: Sql, mailbox: string, options: { readonly after: string; readonly limit: number; readonly settledForMs: number }): Promise<LiveDraft[]> {
  return await sql.query<LiveDraft>(
    `SELECT d.message_id AS "messageId", d.case_id AS "caseId", CASE d.state WHEN 'planned' THEN 'due' ELSE d.state END AS state, m.message_id AS answering,
       c.updated_at <= now() - $4 * interval '1 millisecond' AND coalesce(d.in_drafts_at, d.planned_at) <= now() - $4 * interval '1 millisecond' AS "isSettled"
     FROM refund_triage.drafts d JOIN refund_triage.messages m ON m.id = d.message JOIN refund_triage.cases c ON c.id = d.case_id
     WHERE coalesce(d.mailbox, m.mailbox) = $1 AND d.message_id > $2
       AND (d.state IN ('in_drafts', 'edited') OR (d.state = 'planned' AND d.owner IS NULL AND m.finished_at IS NOT NULL AND m.state <> 'quarantined'))
     ORDER BY d.message_id LIMIT $3`,
    [mailbox, options.after, options.limit, options.settledForMs],
  );
}

/** Those of these drafts that are still live. */
export async function stillLive(sql: Sql, messageIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ id: string }>(`SELECT message_id AS id FROM refund_triage.drafts WHERE message_id = ANY($1::text[]) AND state IN ('in_drafts', 'edited')`, [messageIds]);
  return new Set(rows.map(({ id }) => id));
}
