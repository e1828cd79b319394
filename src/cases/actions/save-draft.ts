import { abandonDrafts } from '../abandon-drafts.ts';
import type { Draft } from '../../draft/draft.ts';
import { ActionRefusedError, CaseChangedError } from './action-errors.ts';
import { cleanText, type Database, type Sql } from '../../database/database.ts';
import { type AnsweredMail, type CaseAction, changeCase, checkIsOurs, type LiveDraft, noteEvent, raiseVersion, sendableStates } from './worked-case.ts';

/** Words that somebody wants to save in a draft's place. */
export interface DraftSave extends CaseAction {
  readonly draft: string;
  /** The revision that they began with. */
  readonly revision: number;
  readonly words: Pick<Draft, 'text' | 'html' | 'language' | 'template'>;
}

/** `conflict`: somebody saved other words meanwhile. Nothing is lost: the three texts are for the one who saves to put together. */
export type DraftSaved =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly revision: number; readonly base: string | null; readonly theirs: string; readonly mine: string; readonly by: string | null; readonly atMs: number | null };

/** Saves what a person wrote. The draft counts as edited from now on: no program replaces it. Throws `CaseNotFoundError`, `CaseChangedError`, `ActionRefusedError`. */
export async function saveDraft(database: Database, save: DraftSave): Promise<DraftSaved> {
  const { caseId, by, draft, revision, words } = save;
  return await changeCase(database, { ...save, version: null }, async (sql, worked) => {
    const live = draftOf(worked.draft, draft);
    if (live.revision !== revision) {
      if (live.text === words.text) return { kind: 'saved', revision: live.revision };
      const base = await readRevision(sql, draft, revision);
      return { kind: 'conflict', revision: live.revision, base, theirs: live.text, mine: words.text, by: live.editedBy, atMs: live.editedAtMs };
    }
    const next = await writeRevision(sql, live, words, { origin: 'desk', author: by });
    await sql.query(`UPDATE refund_triage.drafts SET state = 'edited', edited_by = $2, placement_due = true WHERE message_id = $1`, [draft, by]);
    await noteEvent(sql, 'draft_saved', { caseId, by }, { draft, revision: next });
    return { kind: 'saved', revision: next };
  });
}

/** Takes over what a mail program saved: the copy in Drafts stays as it is. Gives the new revision; null where the words are the same, or the draft is not live any more. */
export async function takeOverDraft(database: Database, taken: { readonly caseId: number; readonly draft: string; readonly words: Pick<Draft, 'text' | 'html' | 'subject'>; readonly digest: string; readonly onlyThere: boolean }): Promise<number | null> {
  const { caseId, draft, words, digest, onlyThere } = taken;
  return await changeCase(database, { caseId, version: null, by: '' }, async (sql, { draft: live }) => {
    if (live?.messageId !== draft || !sendableStates.includes(live.state) || live.digest === digest) return null;
    const next = await writeRevision(sql, live, { ...words, language: live.language, template: live.template }, { origin: 'mail_program', author: null });
    await sql.query(`UPDATE refund_triage.drafts SET state = 'edited', edited_by = NULL, digest = $2, subject = $3, only_there = $4, placement_due = false WHERE message_id = $1`, [draft, digest, cleanText(words.subject), onlyThere]);
    await noteEvent(sql, 'draft_taken_over', { caseId, by: null }, { draft, revision: next });
    return next;
  });
}

/**
 * Notes that somebody took the draft out of Drafts, or that one that was taken out lies there again. It comes back there only when someone asks for it. False where it is just being placed, or was changed
 * meanwhile.
 */
export async function noteDraftPresence(database: Database, { caseId, draft, digest, lies }: { readonly caseId: number; readonly draft: string; readonly digest: string; readonly lies: boolean }): Promise<boolean> {
  return await changeCase(database, { caseId, version: null, by: '' }, async (sql, { draft: live }) => {
    const isNews = lies ? live?.state === 'deleted' : live?.state === 'in_drafts' || live?.state === 'edited';
    if (!isNews || live?.messageId !== draft || live.digest !== digest || live.placementDue) return false;
    const rows = await sql.query(
      `UPDATE refund_triage.drafts SET state = CASE WHEN NOT $2 THEN 'deleted' WHEN edited_by IS NULL THEN 'in_drafts' ELSE 'edited' END, settled_at = CASE WHEN NOT $2 THEN now() END
       WHERE message_id = $1 AND replaced_by IS NULL AND owner IS NULL RETURNING message_id`,
      [draft, lies],
    );
    if (rows.length === 0) return false;
    await noteEvent(sql, lies ? 'draft_restored' : 'draft_deleted', { caseId, by: null }, { draft });
    return true;
  });
}

/** A reply that the program wrote anew: in another language, from another decision. */
export interface Rewrite extends CaseAction {
  /** The draft that it takes the place of, as whoever asked for it saw it; null where there was none. */
  readonly replaces: Pick<LiveDraft, 'messageId' | 'revision'> | null;
  readonly answered: AnsweredMail;
  /** Message-ID of a new draft, should one be needed. */
  readonly newMessageId: string;
  /** Null where nobody is to be answered. */
  readonly reply: Draft | null;
}

/** Puts the program's words into the draft's place, also where somebody had edited it: they asked for it. The earlier words stay in the revisions. */
export async function rewriteDraft(sql: Sql, { caseId, by, replaces, answered, newMessageId, reply }: Rewrite, live: LiveDraft | null): Promise<void> {
  if (live !== null && live.state !== 'sent' && (replaces === null || live.messageId !== replaces.messageId || live.revision !== replaces.revision)) throw new CaseChangedError('refused.draft_changed');
  if (live?.onlyThere === true && live.state !== 'sent') checkIsOurs(live);
  if (reply === null) {
    await abandonDrafts(sql, caseId);
    return;
  }
  if (live === null || live.state === 'sent') {
    await createDraft(sql, caseId, answered, newMessageId, reply, by);
    return;
  }
  checkIsOurs(live);
  const next = await writeRevision(sql, live, reply, { origin: 'program', author: by });
  await sql.query(
    `UPDATE refund_triage.drafts SET edited_by = NULL, placement_due = state <> 'planned', state = CASE WHEN state = 'edited' THEN 'in_drafts' ELSE state END,
       subject = $2, recipient = $3 WHERE message_id = $1`,
    [live.messageId, cleanText(reply.subject), reply.to],
  );
  await noteEvent(sql, 'draft_rewritten', { caseId, by }, { draft: live.messageId, revision: next, language: reply.language, template: reply.template });
}

async function createDraft(sql: Sql, caseId: number, answered: AnsweredMail, messageId: string, reply: Draft, by: string): Promise<void> {
  const [row] = await sql.query<{ used: number }>('SELECT count(*)::int AS used FROM refund_triage.drafts WHERE message = $1', [answered.message]);
  const used = row?.used ?? 0;
  // The id of a mail that was sent, or given up, is never given to another one.
  const id = used === 0 ? messageId : messageId.replace('@', `.${String(used + 1)}@`);
  await sql.query(
    `INSERT INTO refund_triage.drafts (message_id, message, case_id, recipient, subject, language, template, text, html, state, mailbox, edited_at, in_drafts_at, placement_due)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'in_drafts', $10, now(), now(), true)`,
    [id, answered.message, caseId, reply.to, cleanText(reply.subject), reply.language, reply.template, cleanText(reply.text), cleanText(reply.html), answered.mailbox],
  );
  await noteEvent(sql, 'draft_rewritten', { caseId, by }, { draft: id, revision: 1, language: reply.language, template: reply.template });
}

/** Puts a draft that was deleted in a mail program back there. */
export async function restoreDraft(database: Database, action: CaseAction & { readonly draft: string }): Promise<void> {
  await changeCase(database, { ...action, version: null }, async (sql, worked) => {
    if (worked.draft?.messageId !== action.draft || worked.draft.state !== 'deleted') throw new ActionRefusedError('refused.draft_not_deleted');
    await sql.query(`UPDATE refund_triage.drafts SET placement_due = true, digest = NULL, edited_at = date_trunc('second', now()), owned_at = NULL WHERE message_id = $1`, [action.draft]);
    await noteEvent(sql, 'draft_restored', action, { draft: action.draft });
  });
}

function draftOf(live: LiveDraft | null, draft: string): LiveDraft {
  if (live?.messageId !== draft) throw new CaseChangedError('refused.draft_replaced');
  checkIsOurs(live);
  return live;
}

async function writeRevision(sql: Sql, live: LiveDraft, words: Pick<Draft, 'text' | 'html' | 'language' | 'template'>, from: { readonly origin: 'program' | 'desk' | 'mail_program'; readonly author: string | null }): Promise<number> {
  const next = live.revision + 1;
  const insert = `INSERT INTO refund_triage.draft_revisions (draft, revision, text, language, template, origin, author) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;
  await sql.query(insert, [live.messageId, live.revision, live.text, live.language, live.template, live.editedBy === null ? 'program' : 'desk', live.editedBy]);
  await sql.query(insert, [live.messageId, next, cleanText(words.text), words.language, words.template, from.origin, from.author]);
  // Whole seconds: it becomes the date of the mail in Drafts, whose bytes are to be the same each time.
  await sql.query(
    `UPDATE refund_triage.drafts SET revision = $2, text = $3, html = $4, language = $5, template = $6, edited_at = date_trunc('second', now()), owned_at = NULL WHERE message_id = $1`,
    [live.messageId, next, cleanText(words.text), cleanText(words.html), words.language, words.template],
  );
  return next;
}

async function readRevision(sql: Sql, draft: string, revision: number): Promise<string | null> {
  const [row] = await sql.query<{ text: string }>('SELECT text FROM refund_triage.draft_revisions WHERE draft = $1 AND revision = $2', [draft, revision]);
  return row?.text ?? null;
}

/** Writes the reply anew, as `rewriteDraft`, and nothing else. */
export async function switchLanguage(database: Database, rewrite: Rewrite): Promise<number> {
  return await changeCase(database, rewrite, async (sql, worked) => {
    await rewriteDraft(sql, rewrite, worked.draft);
    return await raiseVersion(sql, rewrite.caseId);
  });
}
