import type { Database, Sql } from './database.ts';

/**
 * The mark of a store that was brought back to an older state: when that was. Mail that arrived before then may have been answered in a life that the store does not remember, so it is answered
 * only after a look for an earlier answer in Drafts and Sent.
 */
export async function readRestoredAt(sql: Sql): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date | null }>('SELECT restored_at AS at FROM refund_triage.installation');
  return row?.at ?? null;
}

/** Sets the mark to now, by the database's clock. */
export async function markRestored(sql: Sql, detail: Readonly<Record<string, string>> = {}): Promise<void> {
  await sql.query(
    `WITH marked AS (UPDATE refund_triage.installation SET restored_at = now(), server = NULL RETURNING one)
     INSERT INTO refund_triage.events (kind, detail) SELECT 'restored', $1::jsonb FROM marked`,
    [JSON.stringify(detail)],
  );
}

/**
 * Sets the mark where the store finds itself in another server's history than the last time: its database was loaded from a dump, a server's backup was brought back, or a replica took over. A copy
 * of a server's files that is put back as it was cannot be told; for that there is `restore --mark`.
 */
export async function noteServerHistory(database: Database): Promise<void> {
  if (database.engine.kind === 'embedded') return;
  const server = await serverHistory(database);
  if (server === null) return;
  await database.query(
    `WITH before AS (SELECT server FROM refund_triage.installation FOR UPDATE),
     noted AS (
       UPDATE refund_triage.installation i SET server = $1, restored_at = CASE WHEN before.server IS NULL THEN i.restored_at ELSE now() END
       FROM before WHERE before.server IS DISTINCT FROM $1 RETURNING before.server AS before)
     INSERT INTO refund_triage.events (kind, detail) SELECT 'restored', jsonb_build_object('server', $1::text, 'before', before) FROM noted WHERE before IS NOT NULL`,
    [server],
  );
}

/** Null where the server does not say. */
async function serverHistory(sql: Sql): Promise<string | null> {
  try {
    const [row] = await sql.query<{ id: string }>(`SELECT system_identifier::text || '/' || timeline_id::text AS id FROM pg_control_system(), pg_control_checkpoint()`);
    return row?.id ?? null;
  } catch (error) {
    // Insufficient privilege, or a server that only speaks PostgreSQL's language.
    if (error instanceof Error && 'code' in error && ['42501', '42883'].includes(String(error.code))) return null;
    throw error;
  }
}
