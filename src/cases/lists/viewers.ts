import type { Sql } from '../../database/database.ts';

/** Who has a case open at the desk just now. */
export interface Viewer {
  readonly viewer: string;
  /** Has typed what is not saved yet. */
  readonly isEditing: boolean;
}

/** A page that is open says so every twenty seconds. */
const openForSeconds = 45;

/** Whether that is news: they had not been there, or begin to write, or stop. */
export async function noteViewer(sql: Sql, caseId: number, viewer: string, isEditing: boolean): Promise<boolean> {
  const [before] = await sql.query<{ known: boolean }>(
    `WITH before AS (SELECT is_editing, seen_at FROM refund_triage.viewers WHERE case_id = $1 AND viewer = $2),
     noted AS (
       INSERT INTO refund_triage.viewers (case_id, viewer, is_editing) VALUES ($1, $2, $3)
       ON CONFLICT (case_id, viewer) DO UPDATE SET is_editing = excluded.is_editing, seen_at = now())
     SELECT true AS known FROM before WHERE is_editing = $3 AND seen_at > now() - interval '${String(openForSeconds)} seconds'`,
    [caseId, viewer, isEditing],
  );
  return before === undefined;
}

export async function listViewers(sql: Sql, caseId: number): Promise<Viewer[]> {
  return await sql.query<Viewer>(
    `SELECT viewer, is_editing AS "isEditing" FROM refund_triage.viewers WHERE case_id = $1 AND seen_at > now() - interval '${String(openForSeconds)} seconds' ORDER BY viewer`, [caseId],
  );
}
