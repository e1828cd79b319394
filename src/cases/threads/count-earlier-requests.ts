import type { Reason } from '../../facts/facts.ts';
import type { Sql } from '../../database/database.ts';

/** A request, as it is compared with the same customer's earlier ones. */
export interface ComparedRequest {
  readonly merchant: string;
  /** As `customerKey` gives it. */
  readonly customer: string;
  readonly reason: Reason;
  /** Of the request's first mail: reading it again must not count it. */
  readonly fingerprint: string;
  readonly receivedAtMs: number;
}

/** How many cases the same customer opened before, with this merchant and for the same reason. */
export async function countEarlierRequests(sql: Sql, request: ComparedRequest): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `SELECT count(DISTINCT c.id) AS count
     FROM refund_triage.cases c
     JOIN refund_triage.messages m ON m.case_id = c.id
     JOIN refund_triage.readings r ON r.message = m.id
     WHERE c.customer_key = $1 AND c.merchant = $2 AND r.reason = $3 AND c.fingerprint <> $4 AND m.received_at < $5`,
    [request.customer, request.merchant, request.reason, request.fingerprint, new Date(request.receivedAtMs)],
  );
  return rows[0]?.count ?? 0;
}
