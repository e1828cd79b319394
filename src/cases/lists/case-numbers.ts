import type { Outcome } from '../../decision/decision.ts';
import type { Sql } from '../../database/database.ts';

/** Numbers over the requests that arrived in a period: how many, how fast they were answered, what came of them, and where people decided otherwise than the policy. */
export interface CaseNumbers {
  readonly requests: number;
  /** By the day, `2026-11-23`, in the time zone that was asked for; days without any are left out. */
  readonly arrivals: readonly { readonly day: string; readonly count: number; readonly answered: number }[];
  /** Null where there was none. */
  readonly toDraft: Spread | null;
  readonly toAnswer: Spread | null;
  readonly sent: number;
  /** Of those sent, as the program wrote them. */
  readonly sentUnedited: number;
  readonly byMerchant: readonly Share[];
  readonly byReason: readonly Share[];
  readonly byLanguage: readonly Share[];
  readonly byOutcome: readonly Share[];
  /** What the first decision found missing; most often first. */
  readonly missing: readonly { readonly name: string; readonly count: number }[];
  readonly money: readonly Money[];
  readonly overrides: readonly OverriddenRule[];
}

/** Seconds within which a half, and nine of ten, were done. */
export interface Spread {
  readonly count: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
}

export interface Share {
  /** Null: none is known. */
  readonly name: string | null;
  readonly requests: number;
  readonly sent: number;
  readonly sentUnedited: number;
}

/** Decimal texts, as exact as the database has them. */
export interface Money {
  readonly currency: string;
  /** Granted, and the customer was told so. */
  readonly refunded: string;
  /** What customers asked for or paid, and were denied. */
  readonly denied: string;
  /** Granted, and not told yet. */
  readonly pending: string;
}

export interface OverriddenRule {
  readonly rule: string | null;
  readonly from: Outcome;
  readonly to: Outcome;
  readonly count: number;
  /** Decisions that the rule took in the period. */
  readonly decided: number;
}

export interface NumbersFilter {
  readonly since: Date;
  readonly until: Date;
  /** Null for all. */
  readonly merchant: string | null;
  /** IANA name, such as `Europe/Minsk`. */
  readonly timeZone: string;
}

const dimensions = ['merchant', 'reason', 'language', 'outcome'] as const;

// One row a request: what it is, when the draft lay ready, when it was answered, and whether the reply was the program's own.
const requests = `
WITH asked AS (
  SELECT m.case_id, m.id AS message, m.received_at, c.merchant, c.language, l.reason, l.outcome, l.amount, l.stage_rank,
    (SELECT min(coalesce(d.in_drafts_at, d.planned_at)) FROM refund_triage.drafts d WHERE d.message = m.id) AS drafted_at,
    least((SELECT min(o.sent_at) FROM refund_triage.outbox o WHERE o.case_id = m.case_id AND o.state = 'sent'),
      (SELECT min(s.sent_at) FROM refund_triage.sent_mails s WHERE s.case_id = m.case_id)) AS answered_at,
    (SELECT d.message_id FROM refund_triage.drafts d WHERE d.case_id = m.case_id AND d.state = 'sent' ORDER BY d.planned_at LIMIT 1) AS sent_draft
  FROM refund_triage.messages m JOIN refund_triage.cases c ON c.id = m.case_id JOIN refund_triage.case_lines l ON l.case_id = c.id
  WHERE m.role = 'request' AND m.received_at >= $1 AND m.received_at < $2 AND ($3::text IS NULL OR c.merchant = $3) AND c.state <> 'ignored'),
requests AS MATERIALIZED (
  SELECT *, sent_draft IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM refund_triage.draft_revisions r WHERE r.draft = sent_draft AND r.origin IN ('desk', 'mail_program')) AS unedited FROM asked)`;

/** All that is counted is counted over one list of the requests, which the database puts together once: that takes longest. */
const counts = `${requests},
totals AS (
  SELECT count(*) AS requests, count(sent_draft) AS sent, count(*) FILTER (WHERE unedited) AS sent_unedited, count(drafted_at) AS drafted, count(answered_at) AS answered,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM drafted_at - received_at))) AS draft_median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM drafted_at - received_at))) AS draft_p90,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM answered_at - received_at))) AS answer_median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM answered_at - received_at))) AS answer_p90
  FROM requests),
shares AS (
  SELECT kind, name, count(*) AS requests, count(sent_draft) AS sent, count(*) FILTER (WHERE unedited) AS "sentUnedited"
  FROM requests CROSS JOIN LATERAL (VALUES ${dimensions.map((name) => `('${name}', ${name})`).join(', ')}) AS each(kind, name)
  GROUP BY kind, name),
arrivals AS (SELECT to_char(received_at AT TIME ZONE $4, 'YYYY-MM-DD') AS day, count(*) AS count, count(answered_at) AS answered FROM requests GROUP BY 1),
missing AS (
  SELECT name, count(*) AS count FROM requests
  CROSS JOIN LATERAL (SELECT d.missing FROM refund_triage.decisions d WHERE d.message = requests.message ORDER BY d.id LIMIT 1) AS first CROSS JOIN LATERAL unnest(first.missing) AS each(name)
  GROUP BY name ORDER BY count DESC, name LIMIT 15),
sums AS (
  SELECT CASE WHEN outcome = 'deny' THEN 'denied' WHEN answered_at IS NOT NULL OR stage_rank = 3 THEN 'refunded' ELSE 'pending' END AS kind,
    CASE WHEN outcome = 'deny' THEN (
      SELECT f.value #>> '{}' FROM refund_triage.facts f WHERE f.message = requests.message AND f.name IN ('amount', 'amount_claimed') ORDER BY f.name DESC LIMIT 1)
      ELSE amount END AS amount
  FROM requests WHERE outcome IN ('deny', 'full_refund', 'partial_refund', 'refund_or_replacement')),
parts AS (SELECT kind, split_part(amount, ' ', 2) AS currency, split_part(amount, ' ', 1)::numeric AS value FROM sums WHERE amount ~ '^[0-9]+(\\.[0-9]+)? [A-Z]{3}$'),
money AS (
  SELECT currency, coalesce(sum(value) FILTER (WHERE kind = 'refunded'), 0)::text AS refunded, coalesce(sum(value) FILTER (WHERE kind = 'denied'), 0)::text AS denied,
    coalesce(sum(value) FILTER (WHERE kind = 'pending'), 0)::text AS pending, sum(value) AS total
  FROM parts GROUP BY currency)
SELECT (SELECT to_jsonb(t) FROM totals t) AS totals,
  (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.requests DESC, s.name), '[]') FROM shares s) AS shares,
  (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.day), '[]') FROM arrivals a) AS arrivals,
  (SELECT coalesce(jsonb_agg(to_jsonb(m) ORDER BY m.count DESC, m.name), '[]') FROM missing m) AS missing,
  (SELECT coalesce(jsonb_agg(to_jsonb(y) - 'total' ORDER BY y.total DESC, y.currency), '[]') FROM money y) AS money`;

interface Counted {
  readonly totals: Totals;
  readonly shares: readonly (Share & { readonly kind: (typeof dimensions)[number] })[];
  readonly arrivals: CaseNumbers['arrivals'];
  readonly missing: CaseNumbers['missing'];
  readonly money: readonly Money[];
}

export async function readNumbers(sql: Sql, { since, until, merchant, timeZone }: NumbersFilter): Promise<CaseNumbers> {
  const period = [since, until, merchant];
  const [counted] = await sql.query<Counted>(counts, [...period, timeZone]);
  if (counted === undefined) throw new Error('a query without FROM gave no row');
  const { totals, shares, arrivals, missing, money } = counted;
  const of = (kind: (typeof dimensions)[number]): Share[] => shares.filter((share) => share.kind === kind).map(({ name, requests: asked, sent, sentUnedited }) => ({ name, requests: asked, sent, sentUnedited }));
  return {
    requests: totals.requests, sent: totals.sent, sentUnedited: totals.sent_unedited, toDraft: spread(totals.drafted, totals.draft_median, totals.draft_p90), toAnswer: spread(totals.answered, totals.answer_median, totals.answer_p90),
    byMerchant: of('merchant'), byReason: of('reason'), byLanguage: of('language'), byOutcome: of('outcome'), arrivals, missing, money, overrides: await readOverrides(sql, period),
  };
}

interface Totals {
  requests: number; sent: number; sent_unedited: number; drafted: number; answered: number; draft_median: number | null; draft_p90: number | null;
  answer_median: number | null; answer_p90: number | null;
}

function spread(count: number, median: number | null, p90: number | null): Spread | null {
  return count === 0 || median === null || p90 === null ? null : { count, medianSeconds: median, p90Seconds: p90 };
}

async function readOverrides(sql: Sql, period: readonly unknown[]): Promise<OverriddenRule[]> {
  return await sql.query<OverriddenRule>(
    `WITH decided AS (
       SELECT d.rule, count(*)::int AS count FROM refund_triage.decisions d JOIN refund_triage.messages m ON m.id = d.message JOIN refund_triage.cases c ON c.id = m.case_id
       WHERE m.received_at >= $1 AND m.received_at < $2 AND ($3::text IS NULL OR c.merchant = $3) GROUP BY d.rule)
     SELECT o.from_rule AS rule, o.from_outcome AS "from", o.to_outcome AS "to", count(*)::int AS count, coalesce(max(d.count), 0)::int AS decided
     FROM refund_triage.overrides o JOIN refund_triage.cases c ON c.id = o.case_id JOIN refund_triage.messages m ON m.case_id = c.id AND m.role = 'request'
     LEFT JOIN decided d ON d.rule IS NOT DISTINCT FROM o.from_rule
     WHERE o.withdrawn_at IS NULL AND m.received_at >= $1 AND m.received_at < $2 AND ($3::text IS NULL OR c.merchant = $3)
     GROUP BY 1, 2, 3 ORDER BY count DESC, rule LIMIT 30`,
    period,
  );
}
