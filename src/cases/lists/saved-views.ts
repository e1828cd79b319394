import { cleanText, type Sql } from '../../database/database.ts';

/** A saved view: a filter of the queue under a name, as the query of its address. Its owner sees it, and everybody where it is shared. */
export interface SavedView {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  /** `stage=open&language=ja`. */
  readonly query: string;
  readonly isShared: boolean;
}

export async function listSavedViews(sql: Sql, person: string): Promise<SavedView[]> {
  return await sql.query<SavedView>(
    `SELECT id, owner, name, query, shared AS "isShared" FROM refund_triage.saved_views WHERE owner = $1 OR shared ORDER BY (owner <> $1), lower(name), id LIMIT 100`, [person],
  );
}

/** A view of the same name is replaced. */
export async function saveView(sql: Sql, view: Omit<SavedView, 'id'>): Promise<void> {
  await sql.query(
    `INSERT INTO refund_triage.saved_views (owner, name, query, shared) VALUES ($1, $2, $3, $4)
     ON CONFLICT (owner, name) DO UPDATE SET query = excluded.query, shared = excluded.shared`,
    [view.owner, cleanText(view.name), cleanText(view.query), view.isShared],
  );
}

/** Without effect on another person's view. */
export async function removeView(sql: Sql, owner: string, id: number): Promise<void> {
  await sql.query('DELETE FROM refund_triage.saved_views WHERE id = $1 AND owner = $2', [id, owner]);
}
