import type { SentCursor } from '../../mailbox/answer.ts';
import type { Sql } from '../../database/database.ts';

/** How far a mailbox's Sent was read; null where it never was. */
export async function readSentCursor(sql: Sql, mailbox: string): Promise<SentCursor | null> {
  const [row] = await sql.query<{ sent_cursor: SentCursor | null }>('SELECT sent_cursor FROM refund_triage.mailboxes WHERE name = $1', [mailbox]);
  return row?.sent_cursor ?? null;
}

export async function writeSentCursor(sql: Sql, mailbox: string, cursor: SentCursor): Promise<void> {
  await sql.query('UPDATE refund_triage.mailboxes SET sent_cursor = $2::jsonb WHERE name = $1', [mailbox, JSON.stringify(cursor)]);
}
