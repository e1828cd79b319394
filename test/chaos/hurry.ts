import type { Database } from '../../src/database/database.ts';

/**
 * Lets the time pass that replies, settling, removals and quarantined mails wait for; only where no other process is at work. How many of these are still left, beside what waits for a
 * person.
 */
export async function hurry(database: Database): Promise<number> {
  await database.query(`UPDATE refund_triage.outbox SET send_after = now() WHERE state = 'holding' AND send_after > now()`);
  await database.query(`UPDATE refund_triage.outbox SET settle_after = NULL WHERE settle_after IS NOT NULL AND settled_at IS NULL`);
  await database.query(`UPDATE refund_triage.drafts SET owned_at = NULL WHERE (removal_due OR placement_due) AND owned_at IS NOT NULL`);
  await database.query(`UPDATE refund_triage.quarantine SET retry_at = now() WHERE retry_at > now()`);
  const [left] = await database.query<{ n: number }>(
    `SELECT (SELECT count(*) FROM refund_triage.outbox WHERE state IN ('holding', 'sending') OR (state = 'sent' AND settled_at IS NULL))
       + (SELECT count(*) FROM refund_triage.drafts WHERE (removal_due OR placement_due) AND state NOT IN ('planned'))
       + (SELECT count(*) FROM refund_triage.quarantine WHERE retry_at IS NOT NULL) AS n`,
  );
  return left?.n ?? 0;
}
