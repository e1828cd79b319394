import type { Outcome } from '../../decision/decision.ts';
import type { CaseState } from '../case.ts';
import type { Sql } from '../../database/database.ts';

/** A line in the list of cases, as a person sees it. */
export interface CaseLine {
  readonly id: number;
  readonly state: CaseState;
  readonly merchant: string | null;
  readonly customer: string | null;
  readonly subject: string;
  readonly language: string | null;
  readonly topic: string | null;
  readonly outcome: Outcome | null;
  readonly rule: string | null;
  readonly missing: readonly string[];
  readonly draftSubject: string | null;
  readonly draftState: 'planned' | 'in_drafts' | 'edited' | 'sent' | 'abandoned' | null;
  /** Why the case is in quarantine. */
  readonly quarantine: { readonly code: string; readonly reason: string } | null;
}

interface CaseRow {
  id: number; state: CaseState; merchant: string | null; customer: string | null; subject: string; language: string | null; topic: string | null;
  outcome: Outcome | null; rule: string | null; missing: string[] | null; draft_subject: string | null; draft_state: CaseLine['draftState'];
  code: string | null; reason: string | null;
}

/** Cases in the order they were opened. `after` is the id of the last one seen. */
export async function listCases(sql: Sql, filter: { state?: CaseState; after?: number; limit: number }): Promise<CaseLine[]> {
  const rows = await sql.query<CaseRow>(
    `SELECT c.id, c.state, c.merchant, c.customer, c.subject, c.language, c.topic, d.outcome, d.rule, d.missing,
       r.subject AS draft_subject, r.state AS draft_state, q.code, q.reason
     FROM refund_triage.cases c
     LEFT JOIN LATERAL (SELECT id FROM refund_triage.messages WHERE case_id = c.id ORDER BY id LIMIT 1) m ON true
     LEFT JOIN LATERAL (SELECT outcome, rule, missing FROM refund_triage.decisions WHERE message = m.id ORDER BY id DESC LIMIT 1) d ON true
     LEFT JOIN LATERAL (SELECT subject, state FROM refund_triage.drafts WHERE case_id = c.id ORDER BY planned_at DESC LIMIT 1) r ON true
     LEFT JOIN refund_triage.quarantine q ON q.message = m.id
     WHERE ($1::text IS NULL OR c.state = $1) AND c.id > $2 ORDER BY c.id LIMIT $3`,
    [filter.state ?? null, filter.after ?? 0, filter.limit],
  );
  return rows.map((row) => ({
    id: row.id, state: row.state, merchant: row.merchant, customer: row.customer, subject: row.subject, language: row.language, topic: row.topic,
    outcome: row.outcome, rule: row.rule, missing: row.missing ?? [], draftSubject: row.draft_subject, draftState: row.draft_state,
    quarantine: row.code === null ? null : { code: row.code, reason: row.reason ?? '' },
  }));
}
