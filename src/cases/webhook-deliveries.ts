import { createHash } from 'node:crypto';
import { caseTag } from '../draft/case-tag.ts';
import type { CaseState, Stage } from './case.ts';
import type { Database, Sql } from '../database/database.ts';

/** An event that is to be told to an address, with how its case stands now. */
export interface Delivery {
  readonly hook: string;
  readonly eventId: number;
  /** This one included. */
  readonly attempts: number;
  readonly kind: string;
  readonly atMs: number;
  readonly caseId: number;
  readonly tag: string;
  readonly merchant: string | null;
  readonly state: CaseState;
  readonly stage: Stage;
  readonly outcome: string | null;
  readonly rule: string | null;
  readonly by: string | null;
}

/** What a webhook is called in the store: its address may hold a secret. */
export function hookKey(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

/**
 * Events get their numbers before their transactions end, so that one may come to be seen after another with a higher number: the latest ones are looked at again for this long, longer than any
 * transaction takes.
 */
const settledAfterSeconds = 60;

/** Takes up the events of these kinds that came since the last time. An address that is new is told what happens from now on. */
export async function enqueueDeliveries(database: Database, hook: string, kinds: readonly string[]): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query(`INSERT INTO refund_triage.webhook_cursors (hook, event_id) SELECT $1, coalesce(max(id), 0) FROM refund_triage.events ON CONFLICT DO NOTHING`, [hook]);
    const [cursor] = await sql.query<{ event_id: number }>('SELECT event_id FROM refund_triage.webhook_cursors WHERE hook = $1 FOR UPDATE SKIP LOCKED', [hook]);
    // Another process is at it.
    if (cursor === undefined) return;
    await sql.query(
      `INSERT INTO refund_triage.webhook_deliveries (hook, event_id)
       SELECT $1, e.id FROM refund_triage.events e JOIN refund_triage.cases c ON c.id = e.case_id WHERE e.id > $2 AND e.kind = ANY($3::text[]) ORDER BY e.id ON CONFLICT DO NOTHING`,
      [hook, cursor.event_id, kinds],
    );
    await sql.query(
      `UPDATE refund_triage.webhook_cursors SET event_id = greatest(event_id, (
         SELECT coalesce(max(id), 0) FROM refund_triage.events WHERE id > $2 AND at < now() - interval '${String(settledAfterSeconds)} seconds')) WHERE hook = $1`,
      [hook, cursor.event_id],
    );
  });
}

interface DeliveryRow {
  hook: string; event_id: number; attempts: number; kind: string; at: Date; case_id: number; fingerprint: string; merchant: string | null; state: CaseState; stage: Stage; outcome: string | null;
  rule: string | null; by: string | null;
}

/** Takes deliveries in hand whose time has come, those of the oldest events first. Whoever does not say within `claimMs` what came of one has it taken away. */
export async function claimDeliveries(sql: Sql, hooks: readonly string[], limit: number, claimMs: number): Promise<Delivery[]> {
  const rows = await sql.query<DeliveryRow>(
    `WITH due AS (
       SELECT hook, event_id FROM refund_triage.webhook_deliveries WHERE state = 'due' AND next_at <= now() AND hook = ANY($1::text[]) ORDER BY next_at, event_id LIMIT $2 FOR UPDATE SKIP LOCKED),
     claimed AS (
       UPDATE refund_triage.webhook_deliveries d SET attempts = attempts + 1, next_at = now() + $3 * interval '1 millisecond' FROM due WHERE d.hook = due.hook AND d.event_id = due.event_id
       RETURNING d.hook, d.event_id, d.attempts)
     SELECT q.hook, q.event_id, q.attempts, e.kind, e.at, e.case_id, c.fingerprint, c.merchant, c.state, c.stage, n.outcome, n.rule, e.detail ->> 'by' AS by
     FROM claimed q JOIN refund_triage.events e ON e.id = q.event_id JOIN refund_triage.cases c ON c.id = e.case_id
     LEFT JOIN LATERAL (
       SELECT coalesce(o.to_outcome, d.outcome) AS outcome, CASE WHEN o.id IS NULL THEN d.rule ELSE o.to_rule END AS rule
       FROM refund_triage.messages m JOIN refund_triage.decisions d ON d.message = m.id LEFT JOIN refund_triage.overrides o ON o.decision = d.id AND o.withdrawn_at IS NULL
       WHERE m.case_id = c.id ORDER BY d.id DESC, o.id DESC LIMIT 1) n ON true
     ORDER BY q.event_id`,
    [hooks, limit, claimMs],
  );
  return rows.map((row) => ({
    hook: row.hook, eventId: row.event_id, attempts: row.attempts, kind: row.kind, atMs: row.at.getTime(), caseId: row.case_id, tag: caseTag(row.fingerprint), merchant: row.merchant, state: row.state,
    stage: row.stage, outcome: row.outcome, rule: row.rule, by: row.by,
  }));
}

export type Delivered = { readonly delivered: true } | { readonly delivered: false; readonly problem: string; readonly retryInMs: number | null };

export async function noteDelivery(sql: Sql, { hook, eventId }: Delivery, outcome: Delivered): Promise<void> {
  if (outcome.delivered) {
    await sql.query(`UPDATE refund_triage.webhook_deliveries SET state = 'delivered', settled_at = now(), detail = NULL WHERE hook = $1 AND event_id = $2`, [hook, eventId]);
    return;
  }
  await sql.query(
    `UPDATE refund_triage.webhook_deliveries SET state = CASE WHEN $3::float8 IS NULL THEN 'failed' ELSE 'due' END, settled_at = CASE WHEN $3::float8 IS NULL THEN now() END,
       next_at = now() + coalesce($3::float8, 0) * interval '1 millisecond', detail = $4 WHERE hook = $1 AND event_id = $2`,
    [hook, eventId, outcome.retryInMs, outcome.problem],
  );
}
