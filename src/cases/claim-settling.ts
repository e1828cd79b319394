import type { Sql } from '../database/database.ts';
import type { OutboxRow } from './outbox.ts';

/** One that takes longer is taken for dead, and another process goes on with it. */
const claimMs = 60_000;

/** Takes in hand what follows a sent reply, so that two processes do not each put a copy of it into Sent. False where another process has it, or it is done. */
export async function claimSettling(sql: Sql, { id }: Pick<OutboxRow, 'id'>): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE refund_triage.outbox SET settle_after = now() + $2 * interval '1 millisecond' WHERE id = $1 AND state = 'sent' AND settled_at IS NULL AND coalesce(settle_after <= now(), true) RETURNING id`,
    [id, claimMs],
  );
  return rows.length > 0;
}
