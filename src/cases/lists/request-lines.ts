import type { Outcome } from '../../decision/decision.ts';
import type { Sql } from '../../database/database.ts';

/** What the numbers are counted from: a line for each request that arrived. */
export interface RequestLine {
  /** The mail it came in, by its number in the ledger. */
  readonly mail: number;
  readonly arrivedMs: number;
  /** From its arrival until its draft lay ready, and until it was answered; null where that did not come to be. Nobody could draft before the program first looked into the mailbox. */
  readonly draftedAfterMs: number | null;
  readonly answeredAfterMs: number | null;
  readonly traits: RequestTraits;
}

/** What many requests have in common: lines with the same traits share one object. */
export interface RequestTraits {
  readonly merchant: string | null;
  readonly language: string | null;
  readonly reason: string | null;
  readonly outcome: Outcome | null;
  /** A reply that was drafted here went out, from here or from a mail program; `isUnedited`: as the program wrote it. */
  readonly isSent: boolean;
  readonly isUnedited: boolean;
  /** What the first decision found missing. */
  readonly missing: readonly string[];
  /** What came of the money: granted and told · denied · granted and not told yet. */
  readonly money: { readonly kind: 'refunded' | 'denied' | 'pending'; readonly amount: string } | null;
  /** Of all decisions that were taken on its case. */
  readonly rules: readonly (string | null)[];
  readonly overrides: readonly (readonly [rule: string | null, from: Outcome, to: Outcome])[];
}

/** Which requests: those of these cases, or those that arrived in a stretch of time (its end is not in it). */
export type WhichRequests = { readonly caseIds: readonly number[] } | { readonly fromMs: number; readonly untilMs: number };

interface RequestRow { mail: number; caseId: number; arrivedMs: number; metMs: number }
interface CaseRow { id: number; merchant: string | null; language: string | null; reason: string | null; outcome: Outcome | null; amount: string | null; isClosed: boolean }
interface DraftRow { mail: number; caseId: number; lyReadyMs: number; plannedMs: number; isSent: boolean; isEdited: boolean }
/** `missing`: with spaces between. */
interface DecisionRow { mail: number; caseId: number; rule: string | null; missing: string }

const ms = (at: string): string => `floor(extract(epoch FROM ${at}) * 1000)::float8`;

/**
 * `known` holds the traits that were met before, by their JSON, and takes in those that are new. Table by table, by numbers that are told one by one: what the database thinks of how many rows there are
 * makes no difference then.
 */
export async function readRequestLines(sql: Sql, which: WhichRequests, known: Map<string, RequestTraits>): Promise<RequestLine[]> {
  const requests = await listRequests(sql, which);
  const caseIds = [...new Set(requests.map(({ caseId }) => caseId))];
  const cases = new Map((await sql.query<CaseRow>(
    `SELECT c.id, c.merchant, c.language, l.reason, l.outcome, l.amount, l.stage_rank = 3 AS "isClosed" FROM refund_triage.cases c JOIN refund_triage.case_lines l ON l.case_id = c.id
     WHERE c.id = ANY($1::bigint[]) AND l.case_id = ANY($1::bigint[]) AND c.state <> 'ignored'`, [caseIds],
  )).map((row) => [row.id, row]));
  const drafts = await sql.query<DraftRow>(
    `SELECT d.message AS mail, d.case_id AS "caseId", ${ms('coalesce(d.in_drafts_at, d.planned_at)')} AS "lyReadyMs", ${ms('d.planned_at')} AS "plannedMs", d.state = 'sent' AS "isSent",
       d.state = 'sent' AND EXISTS (SELECT 1 FROM refund_triage.draft_revisions r WHERE r.draft = d.message_id AND r.origin IN ('desk', 'mail_program')) AS "isEdited"
     FROM refund_triage.drafts d WHERE d.case_id = ANY($1::bigint[])`, [caseIds],
  );
  const answers = await sql.query<{ caseId: number; atMs: number }>(
    `SELECT o.case_id AS "caseId", ${ms('o.sent_at')} AS "atMs" FROM refund_triage.outbox o WHERE o.state = 'sent' AND o.case_id = ANY($1::bigint[])
     UNION ALL SELECT s.case_id, ${ms('s.sent_at')} FROM refund_triage.sent_mails s WHERE s.case_id = ANY($1::bigint[])`, [caseIds],
  );
  const decisions = await readDecisions(sql, caseIds);
  const claimed = await readSumsClaimed(sql, requests.filter(({ caseId }) => cases.get(caseId)?.outcome === 'deny').map(({ mail }) => mail));
  const overrides = groupBy(await sql.query<{ caseId: number; rule: string | null; from: Outcome; to: Outcome }>(
    `SELECT case_id AS "caseId", from_rule AS rule, from_outcome AS "from", to_outcome AS "to" FROM refund_triage.overrides WHERE withdrawn_at IS NULL AND case_id = ANY($1::bigint[]) ORDER BY id`, [caseIds],
  ), ({ caseId }) => caseId);
  const [draftsOf, answersOf, decisionsOf] = [groupBy(drafts, ({ caseId }) => caseId), groupBy(answers, ({ caseId }) => caseId), groupBy(decisions, ({ caseId }) => caseId)];
  return requests.flatMap(({ mail, caseId, arrivedMs, metMs }) => {
    const about = cases.get(caseId);
    if (about === undefined) return [];
    const own = draftsOf.get(caseId) ?? [];
    const answeredAfterMs = lasting(arrivedMs, (answersOf.get(caseId) ?? []).map(({ atMs }) => atMs));
    const taken = decisionsOf.get(caseId) ?? [];
    const sent = own.filter(({ isSent }) => isSent).toSorted((a, b) => a.plannedMs - b.plannedMs)[0];
    const traits: RequestTraits = {
      merchant: about.merchant, language: about.language, reason: about.reason, outcome: about.outcome, isSent: sent !== undefined, isUnedited: sent?.isEdited === false,
      missing: (taken.find((decision) => decision.mail === mail)?.missing ?? '').split(' ').filter((name) => name !== ''), money: moneyOf(about, answeredAfterMs !== null, claimed.get(mail) ?? null),
      rules: [...new Set(taken.map(({ rule }) => rule))], overrides: (overrides.get(caseId) ?? []).map(({ rule, from, to }) => [rule, from, to] as const),
    };
    return [{ mail, arrivedMs, draftedAfterMs: lasting(metMs, own.filter((draft) => draft.mail === mail).map(({ lyReadyMs }) => lyReadyMs)), answeredAfterMs, traits: shared(traits, known) }];
  });
}

async function listRequests(sql: Sql, which: WhichRequests): Promise<RequestRow[]> {
  const [condition, values] = 'caseIds' in which ? ['m.case_id = ANY($1::bigint[])', [which.caseIds]] : ['m.received_at >= $1 AND m.received_at < $2', [new Date(which.fromMs), new Date(which.untilMs)]];
  return await sql.query<RequestRow>(`SELECT m.id AS mail, m.case_id AS "caseId", ${ms('m.received_at')} AS "arrivedMs", ${ms('greatest(m.received_at, b.first_contact_at)')} AS "metMs"
     FROM refund_triage.messages m LEFT JOIN refund_triage.mailboxes b ON b.name = m.mailbox WHERE m.role = 'request' AND ${condition}`, values);
}

/** In the order in which they were taken. */
async function readDecisions(sql: Sql, caseIds: readonly number[]): Promise<DecisionRow[]> {
  const rows = await sql.query<DecisionRow & { id: number }>(
    `SELECT d.id, d.message AS mail, m.case_id AS "caseId", d.rule, array_to_string(d.missing, ' ') AS missing FROM refund_triage.messages m JOIN refund_triage.decisions d ON d.message = m.id
     WHERE m.case_id = ANY($1::bigint[])`, [caseIds],
  );
  return rows.toSorted((a, b) => a.id - b.id);
}

/** What customers say they paid or want back. */
async function readSumsClaimed(sql: Sql, mails: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await sql.query<{ mail: number; amount: string | null }>(
    `SELECT message AS mail, value #>> '{}' AS amount FROM refund_triage.facts WHERE message = ANY($1::bigint[]) AND name IN ('amount', 'amount_claimed') ORDER BY name`, [mails],
  );
  return new Map(rows.flatMap(({ mail, amount }) => (amount === null ? [] : [[mail, amount] as const])));
}

function moneyOf({ outcome, amount, isClosed }: CaseRow, isAnswered: boolean, claimed: string | null): RequestTraits['money'] {
  if (outcome === 'deny') return claimed === null ? null : { kind: 'denied', amount: claimed };
  const isGranted = outcome === 'full_refund' || outcome === 'partial_refund' || outcome === 'refund_or_replacement';
  return isGranted && amount !== null ? { kind: isAnswered || isClosed ? 'refunded' : 'pending', amount } : null;
}

function shared(traits: RequestTraits, known: Map<string, RequestTraits>): RequestTraits {
  const json = JSON.stringify(traits);
  const before = known.get(json);
  if (before === undefined) known.set(json, traits);
  return before ?? traits;
}

/** Until the first of them. A mail server's clock may be ahead of ours. */
function lasting(fromMs: number, ends: readonly number[]): number | null {
  return ends.length === 0 ? null : Math.max(0, Math.min(...ends) - fromMs);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => number): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
