import type { FastifyRequest } from 'fastify';
import { toJsonb } from '../database/database.ts';
import type { Sql } from '../database/database.ts';
import type { Agent } from './agent.ts';
import type { WordKey } from './words.ts';

/** The desk's own record: every look at personal data and every action, who and when. The store refuses to change or delete from it. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Date;
  /** As it was then; null where nobody was signed in. */
  readonly userName: string | null;
  /** The token's name, where a program did it. */
  readonly token: string | null;
  readonly kind: string;
  readonly caseId: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What is noted: whatever the desk has words for. */
export type AuditKind = AuditKindOf<WordKey>;
type AuditKindOf<Key> = Key extends `deed.detail.${string}` | `deed.way.${string}` ? never : Key extends `deed.${infer Kind}` ? Kind : never;

/**
 * What was done, as `thing.deed`: `case.opened`, `attachment.opened`, `draft.sent`. `detail` holds what is needed to know which, never the words of a mail.
 * Await it before showing what it tells of: what cannot be noted is not shown.
 */
export async function noteAccess(sql: Sql, request: Pick<FastifyRequest, 'agent'>, kind: AuditKind, caseId: number | null = null, detail: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await noteDeed(sql, request.agent, kind, caseId, detail);
}

/** The same where there is no request, or nobody is signed in yet. */
export async function noteDeed(sql: Sql, agent: Pick<Agent, 'userId' | 'name'> & Partial<Pick<Agent, 'through'>> | null, kind: AuditKind, caseId: number | null, detail: Readonly<Record<string, unknown>>): Promise<void> {
  await sql.query('INSERT INTO refund_triage.desk_audit (user_id, user_name, token, kind, case_id, detail) VALUES ($1, $2, $3, $4, $5, $6)', [
    agent?.userId ?? null, agent?.name ?? null, agent?.through?.kind === 'token' ? agent.through.tokenName : null, kind, caseId, toJsonb(detail),
  ]);
}

/** The newest first. `before` is the id of the last one seen. */
export async function listAudit(sql: Sql, filter: { before?: number; caseId?: number; limit: number }): Promise<AuditEntry[]> {
  const rows = await sql.query<{ id: number; at: Date; user_name: string | null; token: string | null; kind: string; case_id: number | null; detail: Record<string, unknown> }>(
    `SELECT id, at, user_name, token, kind, case_id, detail FROM refund_triage.desk_audit
     WHERE ($1::bigint IS NULL OR id < $1) AND ($2::bigint IS NULL OR case_id = $2) ORDER BY id DESC LIMIT $3`,
    [filter.before ?? null, filter.caseId ?? null, filter.limit],
  );
  return rows.map((row) => ({ id: row.id, at: row.at, userName: row.user_name, token: row.token, kind: row.kind, caseId: row.case_id, detail: row.detail }));
}
