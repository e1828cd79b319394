import { ActionRefusedError } from './action-errors.ts';
import { cleanText, type Database, type Sql } from '../../database/database.ts';
import { type CaseAction, changeCase, noteEvent } from './worked-case.ts';

/** A note: what one colleague tells the others about a case. Customers never see it. */
export interface Note {
  readonly id: number;
  readonly author: string;
  readonly text: string;
  readonly atMs: number;
}

const maxCharacters = 10_000;

/** The event says that there is a note, and none of its words: those who may read notes find it in its place. */
export async function addNote(database: Database, action: CaseAction & { readonly text: string }): Promise<Note> {
  const text = cleanText(action.text).trim().slice(0, maxCharacters);
  if (text === '') throw new ActionRefusedError('refused.note_empty');
  return await changeCase(database, action, async (sql, worked) => {
    const [row] = await sql.query<{ id: number; at: Date }>('INSERT INTO refund_triage.notes (case_id, author, text) VALUES ($1, $2, $3) RETURNING id, at', [worked.id, action.by, text]);
    if (row === undefined) throw new ActionRefusedError('refused.note_not_kept');
    await noteEvent(sql, 'noted', action, { note: row.id });
    return { id: row.id, author: action.by, text, atMs: row.at.getTime() };
  });
}

/** Oldest first. */
export async function listNotes(sql: Sql, caseId: number): Promise<Note[]> {
  const rows = await sql.query<{ id: number; author: string; text: string; at: Date }>('SELECT id, author, text, at FROM refund_triage.notes WHERE case_id = $1 ORDER BY id', [caseId]);
  return rows.map(({ id, author, text, at }) => ({ id, author, text, atMs: at.getTime() }));
}
