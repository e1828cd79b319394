import type { FastifyRequest } from 'fastify';
import { type Sql, toJsonb } from '../database/database.ts';
import { listOf } from './form-fields.ts';

/**
 * What somebody typed into a form of a case and could not be saved: it was refused, or their session had ended. It is theirs alone, comes back into its form
 * when they open the case, and is kept until it is saved, discarded, or a day old.
 */
export interface KeptForm {
  /** Below the case's path: `notes`, `draft/save`; of a fact with its name: `facts/amount`. */
  readonly form: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Fields that people type into, of a form that loses none of their words. */
    keepsWords?: readonly string[];
  }
}

const maxKeptChars = 200_000;
const keptDays = 1;
/** Which reply was typed over: what others saved meanwhile is not to be lost either. */
const grounds = ['draft', 'revision'] as const;

/** The typed words of this request; null where it has none. */
export function typedForm(request: FastifyRequest): KeptForm | null {
  const typed = request.routeOptions.config.keepsWords;
  const form = /^\/cases\/:id\/(.+)$/u.exec(request.routeOptions.url ?? '')?.[1];
  if (typed === undefined || form === undefined) return null;
  const read = (names: readonly string[]): (readonly [string, readonly string[]])[] => names.map((name) => [name, listOf(request, name)] as const).filter(([, values]) => values.some((value) => value.trim() !== ''));
  const words = read(typed);
  if (words.length === 0) return null;
  const [name] = listOf(request, 'name');
  return { form: form === 'facts' && name !== undefined ? `facts/${name.slice(0, 100)}` : form, fields: Object.fromEntries([...words, ...(typed.includes('text') ? read(grounds) : [])]) };
}

/** False where there are none, too many, or no such case. */
export async function keepWords(sql: Sql, userId: number, caseId: number, typed: KeptForm | null): Promise<boolean> {
  const fields = JSON.stringify(typed?.fields ?? {});
  if (typed === null || fields.length > maxKeptChars) return false;
  await purgeWords(sql);
  const kept = await sql.query(
    `INSERT INTO refund_triage.kept_words (user_id, case_id, form, fields) SELECT $1, id, $3, $4::jsonb FROM refund_triage.cases WHERE id = $2
     ON CONFLICT (user_id, case_id, form) DO UPDATE SET fields = excluded.fields, at = now() RETURNING case_id`,
    [userId, caseId, typed.form, toJsonb(typed.fields)],
  );
  return kept.length > 0;
}

/** Personal data of customers may be in them: what is too old to come back goes. */
export async function purgeWords(sql: Sql): Promise<void> {
  await sql.query(`DELETE FROM refund_triage.kept_words WHERE at < now() - interval '${String(keptDays)} day'`);
}

/** `form` alone, or all of the case. */
export async function forgetWords(sql: Sql, userId: number, caseId: number, form: string | null): Promise<void> {
  await sql.query('DELETE FROM refund_triage.kept_words WHERE user_id = $1 AND case_id = $2 AND ($3::text IS NULL OR form = $3)', [userId, caseId, form]);
}

export async function listKeptWords(sql: Sql, userId: number, caseId: number): Promise<KeptForm[]> {
  return await sql.query<KeptForm>(`SELECT form, fields FROM refund_triage.kept_words WHERE user_id = $1 AND case_id = $2 AND at >= now() - interval '${String(keptDays)} day' ORDER BY at`, [userId, caseId]);
}

/** Kept words on their way back into the forms of a page. */
export interface WordsToPlace {
  /** Takes the words of this form, which is on the page. */
  take(form: string): PlacedWords | null;
  /** Those for which there was no form. Asked when the page's forms are made. */
  left(): readonly KeptForm[];
  readonly isEmpty: boolean;
}

export interface PlacedWords {
  field(name: string): string | undefined;
  list(name: string): readonly string[];
}

export function wordsToPlace(kept: readonly KeptForm[]): WordsToPlace {
  const placed = new Set<string>();
  return {
    isEmpty: kept.length === 0,
    take: (form) => {
      const found = kept.find((each) => each.form === form);
      if (found === undefined) return null;
      placed.add(form);
      return { field: (name) => found.fields[name]?.at(-1), list: (name) => found.fields[name] ?? [] };
    },
    left: () => kept.filter(({ form }) => !placed.has(form)),
  };
}
