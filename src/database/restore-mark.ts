import type { Database, Sql } from './database.ts';

/**
 * The mark of a store that was brought back to an older state: when that was. Mail that arrived before then may have been answered in a life that the store does not remember, so it is answered
 * only after a look for an earlier answer in Drafts and Sent.
 */
export async function readRestoredAt(sql: Sql): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date | null }>('SELECT restored_at AS at FROM refund_triage.installation');
  return row?.at ?? null;
}

/** Sets the mark to now, by the database's clock. Replies that were about to be sent may have been: they are left to what is found in Sent, or to a person. */
export async function markRestored(sql: Sql, detail: Readonly<Record<string, string>> = {}): Promise<void> {
  await sql.query(
    `WITH marked AS (UPDATE refund_triage.installation SET restored_at = now(), server = NULL RETURNING one)
     INSERT INTO refund_triage.events (kind, detail) SELECT 'restored', $1::jsonb FROM marked`,
    [JSON.stringify(detail)],
  );
  await doubtSends(sql);
}

async function doubtSends(sql: Sql): Promise<void> {
  await sql.query(
    `WITH doubted AS (
       UPDATE refund_triage.outbox SET state = 'uncertain', code = 'send_uncertain', detail = 'the store was brought back to an older state' WHERE state IN ('holding', 'sending') RETURNING id, case_id)
     INSERT INTO refund_triage.events (kind, case_id, detail) SELECT 'send_uncertain', case_id, jsonb_build_object('outbox', id) FROM doubted`,
  );
}

const embeddedMarks = new WeakMap<Database, Promise<Date | null>>();

/**
 * The mark as it must be heeded now. Sets it first where the store finds itself in another server's history than the last time: its database was loaded from a dump, a server's own backup was brought
 * back, or a replica took over. Files that were put back as they were cannot be told; for that there is `restore --mark`.
 */
export async function heedRestoredAt(database: Database): Promise<Date | null> {
  if (database.engine.kind === 'embedded') {
    // Nobody else can change it while this process has the database.
    const known = embeddedMarks.get(database) ?? readRestoredAt(database);
    embeddedMarks.set(database, known);
    return await known;
  }
  const history = await serverHistory(database);
  const [row] = await database.query<{ at: Date | null; server: string | null }>('SELECT restored_at AS at, server FROM refund_triage.installation');
  if (row === undefined || history === null || row.server === history) return row?.at ?? null;
  await database.transaction(async (sql) => {
    if (await noteHistory(sql, history)) await doubtSends(sql);
  });
  return await readRestoredAt(database);
}

/** Whether it is another than the last time, and nobody else has noted that. */
async function noteHistory(sql: Sql, history: string): Promise<boolean> {
  const changed = await sql.query(
    `WITH before AS (SELECT one, server FROM refund_triage.installation FOR UPDATE),
     noted AS (
       UPDATE refund_triage.installation i SET server = $1, restored_at = CASE WHEN before.server IS NULL THEN i.restored_at ELSE now() END
       FROM before WHERE i.one = before.one AND before.server IS DISTINCT FROM $1 RETURNING before.server AS before)
     INSERT INTO refund_triage.events (kind, detail) SELECT 'restored', jsonb_build_object('server', $1::text, 'before', before) FROM noted WHERE before IS NOT NULL RETURNING id`,
    [history],
  );
  return changed.length > 0;
}

/** Which server's history the database is part of, and on which of its branches: every recovery to an earlier moment and every promotion begins one. Null where the server does not say. */
async function serverHistory(sql: Sql): Promise<string | null> {
  try {
    const [row] = await sql.query<{ history: string }>(`SELECT system_identifier::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS history FROM pg_control_system()`);
    return row?.history ?? null;
  } catch (error) {
    // Insufficient privilege, not now, or a server that only speaks PostgreSQL's language.
    if (error instanceof Error && 'code' in error && ['42501', '55000', '42883', '0A000'].includes(String(error.code))) return null;
    throw error;
  }
}
