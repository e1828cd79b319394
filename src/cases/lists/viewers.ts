import type { Sql } from '../../database/database.ts';

/** Who has a case open at the desk just now. */
export interface Viewer {
  readonly viewer: string;
  readonly isEditing: boolean;
}

/** A page that is open says so every twenty seconds. */
const openForSeconds = 45;

export async function noteViewer(sql: Sql, caseId: number, viewer: string, isEditing: boolean): Promise<void> {
  await sql.query(
    `INSERT INTO refund_triage.viewers (case_id, viewer, is_editing) VALUES ($1, $2, $3)
     ON CONFLICT (case_id, viewer) DO UPDATE SET is_editing = excluded.is_editing, seen_at = now()`,
    [caseId, viewer, isEditing],
  );
}

export async function listViewers(sql: Sql, caseId: number): Promise<Viewer[]> {
  return await sql.query<Viewer>(
    `SELECT viewer, is_editing AS "isEditing" FROM refund_triage.viewers WHERE case_id = $1 AND seen_at > now() - interval '${String(openForSeconds)} seconds' ORDER BY viewer`, [caseId],
  );
}
