import type { Database } from '../../database/database.ts';
import { type CaseAction, changeCase, noteEvent } from './worked-case.ts';

const maxNameCharacters = 200;

/** Gives the case to somebody, or to nobody in particular. Whoever works on it may go on. Throws `CaseNotFoundError`, `ActionRefusedError`. */
export async function assignCase(database: Database, action: CaseAction & { readonly assignee: string | null }): Promise<void> {
  const assignee = action.assignee?.trim().slice(0, maxNameCharacters) ?? '';
  await changeCase(database, action, async (sql, worked) => {
    const next = assignee === '' ? null : assignee;
    if (worked.assignee === next) return;
    await sql.query('UPDATE refund_triage.cases SET assignee = $2, updated_at = now() WHERE id = $1', [worked.id, next]);
    await noteEvent(sql, 'assigned', action, { assignee: next });
  });
}
