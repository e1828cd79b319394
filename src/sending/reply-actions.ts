import { ActionRefusedError, CaseChangedError, PromisesUnbackedError } from '../cases/actions/action-errors.ts';
import { approveDraft, type Approved } from '../cases/actions/approve-draft.ts';
import { TriageError } from '../errors.ts';
import type { Database } from '../database/database.ts';
import type { EditableName, FactEdit } from '../cases/actions/editable-facts.ts';
import { parseFactValue } from '../cases/actions/editable-facts.ts';
import { editFact, redecide } from '../cases/actions/edit-fact.ts';
import { overrideDecision, withdrawOverride } from '../cases/actions/override-decision.ts';
import { type Rewrite, switchLanguage } from '../cases/actions/save-draft.ts';
import { type CaseAction, decisionInForce, requireWorkedCase, type WorkedCase } from '../cases/actions/worked-case.ts';
import type { Decision } from '../decision/decision.ts';
import { caseTag, draftMessageId } from '../draft/case-tag.ts';
import { checkPromises, type PromiseFinding } from '../draft/check-promises.ts';
import type { Draft } from '../draft/draft.ts';
import { clauseTitlesIn } from '../draft/replies.ts';
import { TemplateError } from '../draft/template-error.ts';
import { writeDraft } from '../draft/write-draft.ts';
import type { Facts, Requirement } from '../facts/facts.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { type Pack, packOf, type Packs } from '../packs/pack.ts';
import { type OverrideChoice, overriddenBy } from './override-choices.ts';
import { readAnsweredMail } from './read-answered-mail.ts';
import { takeOverEdits } from './take-over-edits.ts';

/** What people do with a reply, as the desk and the API do it: the words follow from the decision, and are held against it before they go out. */
export interface ReplyContext {
  readonly database: Database;
  readonly packs: () => Packs;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly now: () => Date;
}

/** How long an approved reply can be taken back. */
export const undoMs = 10_000;

export interface VersionedAction extends CaseAction {
  readonly version: number;
}

export interface ReplyApproval extends VersionedAction {
  readonly draft: string;
  readonly revision: number;
  /** Why it goes out although it says what the decision does not back; null where nobody gave a reason. */
  readonly reason: string | null;
  readonly holdMs?: number;
}

/** Approves a reply as whoever approves saw it. Throws `CaseChangedError`, `PromisesUnbackedError`, `ActionRefusedError`, `CaseNotFoundError`, `MailboxError`. */
export async function approveReply(context: ReplyContext, approval: ReplyApproval): Promise<Approved> {
  const { database } = context;
  const worked = await requireWorkedCase(context.database, approval.caseId);
  const { draft } = worked;
  if (draft === null) throw new ActionRefusedError('refused.draft_none');
  if (draft.state !== 'sent') {
    const found = await takeOverEdits(context, worked);
    if (found === 'taken_over' || found === 'only_there') throw new CaseChangedError('refused.draft_taken_over');
    if (found === 'sent') throw new CaseChangedError('refused.draft_sent_elsewhere');
    if (found === 'gone' && draft.state !== 'deleted' && draft.state !== 'planned') throw new CaseChangedError('refused.draft_deleted_there');
  }
  const unbacked = draft.revision === approval.revision ? (checkReply(worked, packOf(context.packs(), worked.merchant), draft.text, draft.language, context.now()) ?? []) : [];
  const reason = approval.reason?.trim() ?? '';
  if (unbacked.length > 0 && reason === '') throw new PromisesUnbackedError(unbacked);
  return await approveDraft(database, { ...approval, unbacked, reason: reason === '' ? null : reason, holdMs: approval.holdMs ?? undoMs });
}

/** What of the words the decision in force does not back; null where there is nothing to hold them against. */
export function checkReply(worked: Pick<WorkedCase, 'override' | 'decided'>, pack: Pack | null, text: string, language: string, now: Date): readonly PromiseFinding[] | null {
  const decision = decisionInForce(worked);
  const facts = worked.decided?.basis?.facts;
  if (decision === null || facts === undefined) return null;
  return checkPromises(text, language, {
    decision, facts, policy: pack?.policy ?? null, policyTexts: pack?.policyTexts ?? new Map(), clauseTitles: pack === null ? [] : clauseTitlesIn(pack.replies, decision.clause),
    writtenAt: { epochMs: now.getTime(), offsetMinutes: 0 },
  });
}

/** Decides otherwise than the policy, for a reason, and writes the reply that follows. Gives the new version. */
export async function overrideReply(context: ReplyContext, action: VersionedAction & { readonly choice: OverrideChoice; readonly reason: string }): Promise<number> {
  if (action.reason.trim() === '') throw new ActionRefusedError('refused.override_reason');
  const worked = await requireWorkedCase(context.database, action.caseId);
  const decision = overriddenBy(decidedOf(worked), action.choice, requiredPack(context, worked));
  const rewrite = await rewriteOf(context, action, worked, { decision });
  return await overrideDecision(context.database, { ...rewrite, version: action.version, kind: 'override', decision, reason: action.reason });
}

/** Asks the customer for these things, whatever the policy could decide without them. Gives the new version. */
export async function askForMore(context: ReplyContext, action: VersionedAction & { readonly missing: readonly Requirement[]; readonly reason: string }): Promise<number> {
  const worked = await requireWorkedCase(context.database, action.caseId);
  if (action.missing.length === 0) throw new ActionRefusedError('refused.ask_what');
  const decision: Decision = { ...decidedOf(worked), outcome: 'need_info', missing: [...new Set(action.missing)] };
  const rewrite = await rewriteOf(context, action, worked, { decision });
  return await overrideDecision(context.database, { ...rewrite, version: action.version, kind: 'ask_for_more', decision, reason: action.reason.trim() === '' ? `asks for ${decision.missing.join(', ')}` : action.reason });
}

/** The policy's own decision holds again. Gives the new version. */
export async function takeBackOverride(context: ReplyContext, action: VersionedAction): Promise<number> {
  const worked = await requireWorkedCase(context.database, action.caseId);
  const rewrite = await rewriteOf(context, action, worked, { decision: decidedOf(worked) });
  return await withdrawOverride(context.database, { ...rewrite, version: action.version });
}

/** Corrects a fact, decides anew and, unless somebody has edited the reply, writes it anew. Gives the new version. */
export async function correctFact(context: ReplyContext, action: VersionedAction & { readonly name: EditableName; readonly text: string }): Promise<{ readonly version: number; readonly keepsEditedReply: boolean }> {
  const worked = await requireWorkedCase(context.database, action.caseId);
  const pack = requiredPack(context, worked);
  const edit: FactEdit = { name: action.name, value: parseFactValue(action.name, action.text, pack), by: action.by };
  const redecided = redecide(worked, edit, pack);
  const keepsEditedReply = worked.draft?.state === 'edited';
  const rewrite = keepsEditedReply ? null : await rewriteOf(context, action, worked, redecided);
  return { version: await editFact(context.database, { caseId: worked.id, version: action.version, edit, pack, rewrite }), keepsEditedReply };
}

/** Writes the reply anew, in another language or as the decision has it, in place of what somebody wrote. Gives the new version. */
export async function rewriteReply(context: ReplyContext, action: VersionedAction & { readonly language: string | null }): Promise<number> {
  const worked = await requireWorkedCase(context.database, action.caseId);
  const rewrite = await rewriteOf(context, action, worked, action.language === null ? {} : { language: action.language });
  if (rewrite.reply === null) throw new ActionRefusedError('refused.reply_none');
  return await switchLanguage(context.database, rewrite);
}

/** `written` anew · `kept` because somebody had edited it · `none`: nobody is to be answered, or was answered already · `failed`: it stands as it was, and may not be what the decision asks for. */
export type RenewedReply = 'written' | 'kept' | 'none' | 'failed';

/** Where mails went into a case or out of it: the reply as the decision that was taken on them has it. */
export async function renewReply(context: ReplyContext, caseId: number, by: string): Promise<RenewedReply> {
  const worked = await requireWorkedCase(context.database, caseId);
  const { draft, version, stage } = worked;
  if (draft?.state === 'edited') return 'kept';
  if (draft?.state === 'sent' || draft?.state === 'deleted' || stage === 'closed' || worked.state === 'quarantined') return 'none';
  try {
    const rewrite = await rewriteOf(context, { caseId, version, by }, worked, {});
    await switchLanguage(context.database, rewrite);
    return rewrite.reply === null ? 'none' : 'written';
  } catch (error) {
    // The cases are as they were asked to be, whether or not the mail can be read just now.
    if (error instanceof TriageError) return 'failed';
    throw error;
  }
}

/** The reply as it would follow from another decision, other facts, or in another language. Throws `ActionRefusedError`, `MailboxError`. */
async function rewriteOf(context: ReplyContext, { caseId, version, by }: VersionedAction, worked: WorkedCase, changes: { readonly decision?: Decision; readonly facts?: Facts; readonly language?: string }): Promise<Rewrite> {
  const { draft } = worked;
  const answered = draft !== null && draft.state !== 'sent' ? draft.answered : worked.answered;
  const decision = changes.decision ?? decisionInForce(worked);
  const facts = changes.facts ?? worked.decided?.basis?.facts;
  if (answered === null || decision === null || facts === undefined) throw new ActionRefusedError('refused.reply_no_grounds');
  const pack = requiredPack(context, worked);
  const language = changes.language ?? (draft !== null && draft.language !== '' ? draft.language : facts.language);
  const { message } = await readAnsweredMail(context.database, context.mailboxes.get(answered.mailbox) ?? null, answered, context.packs());
  const { address } = pack.policy.from;
  return {
    caseId, version, by, answered, replaces: draft === null ? null : { messageId: draft.messageId, revision: draft.revision },
    newMessageId: draftMessageId(answered.fingerprint, address.slice(address.lastIndexOf('@') + 1)),
    reply: replyOf(() => writeDraft(message, { ...facts, language }, decision, pack.replies, pack.policy, { caseTag: caseTag(worked.fingerprint) })),
  };
}

function replyOf(write: () => Draft | null): Draft | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof TemplateError) throw new ActionRefusedError('refused.reply_no_template', { detail: error.message }, { cause: error });
    throw error;
  }
}

function decidedOf({ decided }: WorkedCase): Decision {
  if (decided === null) throw new ActionRefusedError('refused.decision_none');
  return decided.decision;
}

function requiredPack(context: ReplyContext, worked: WorkedCase): Pack {
  const pack = packOf(context.packs(), worked.merchant);
  if (pack === null) throw new ActionRefusedError('refused.no_pack');
  return pack;
}
