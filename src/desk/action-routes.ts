import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ActionRefusedError, CaseChangedError, PromisesUnbackedError } from '../cases/actions/action-errors.ts';
import { addNote } from '../cases/actions/add-note.ts';
import { undoApproval } from '../cases/actions/approve-draft.ts';
import { closeCase, reopenCase } from '../cases/actions/close-case.ts';
import { editableNames, isYesOrNo } from '../cases/actions/editable-facts.ts';
import { markNotARequest } from '../cases/actions/mark-not-a-request.ts';
import { mergeCases } from '../cases/actions/merge-cases.ts';
import { resolveUncertain } from '../cases/outbox.ts';
import { quarantineByHand, retryCase } from '../cases/actions/quarantine-by-hand.ts';
import { restoreDraft, saveDraft } from '../cases/actions/save-draft.ts';
import { assignCase } from '../cases/actions/set-assignee.ts';
import { snoozeCase } from '../cases/actions/snooze-case.ts';
import { splitCase } from '../cases/actions/split-case.ts';
import { noteViewer } from '../cases/lists/viewers.ts';
import { readWorkedCase, requireWorkedCase } from '../cases/actions/worked-case.ts';
import { outcomes } from '../decision/decision.ts';
import { askNames } from '../draft/phrases.ts';
import { typedReply } from '../draft/typed-reply.ts';
import { MailboxError } from '../mailbox/mailbox-errors.ts';
import { packOf } from '../packs/pack.ts';
import { askedSending } from './asked-sending.ts';
import { approveReply, askForMore, correctFact, overrideReply, type RenewedReply, renewReply, type ReplyContext, rewriteReply, takeBackOverride } from '../sending/reply-actions.ts';
import { takeOverEdits } from '../sending/take-over-edits.ts';
import { conflictPage, promisesPage } from './action-pages.ts';
import { type AuditKind, noteAccess } from './audit.ts';
import { isRequirement } from './case-controls.ts';
import type { DeskContext } from './desk-context.ts';
import { BadRequestError, NotFoundError } from './desk-errors.ts';
import { fieldOf, idOf, listOf } from './form-fields.ts';
import { agentOf, requireRole } from './gate.ts';
import { forgetWords, keepWords, typedForm } from './kept-words.ts';
import { html } from './html.ts';
import { notice } from './notices.ts';
import { sendHtml, sendPage } from './page.ts';
import { openRecent } from './recent.ts';
import { refusalInWords } from './refusal-in-words.ts';
import type { Role } from './roles.ts';
import { setToast } from './toast.ts';
import { viewersLine } from './viewers-line.ts';
import type { WordKey, Words } from './words.ts';

/** What people do with a case at the desk: each a form of the case's page, noted in the audit, told on the page that follows. */

const maxReplyChars = 50_000;
/** A draft is looked for in its mailbox no oftener than this. */
const lookEveryMs = 15_000;
const maxLooked = 2_000;

/** What a deed came to: what the next page says of it, and which page that is where it is not the case's. */
interface Done {
  readonly say?: WordKey;
  /** The same, as a whole sentence. */
  readonly text?: string;
  readonly tone?: 'good' | 'caution' | 'bad';
  readonly goTo?: number;
  readonly undo?: { readonly action: string; readonly until: number };
  /** The deed's own answer, such as a page that asks something. */
  readonly answered?: FastifyReply;
}

interface Deed {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caseId: number;
  readonly version: number;
  readonly by: string;
}

type DoIt = (deed: Deed) => Promise<Done>;

export function actionRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;
  const context: ReplyContext = { database, packs: desk.packs, mailboxes: desk.mailboxes, now: desk.now };

  const route = (role: Role, path: string, kind: AuditKind, doIt: DoIt, keepsWords: readonly string[] = []): void => {
    app.post(`/cases/:id/${path}`, { config: { access: { role }, ...(keepsWords.length > 0 ? { keepsWords } : {}) } }, async (request, reply) => {
      const caseId = idOf(request);
      if (caseId === null) throw new NotFoundError('There is no such case.');
      const { name, userId } = agentOf(request);
      const typed = typedForm(request);
      let done: Done;
      try {
        done = await doIt({ request, reply, caseId, version: wholeNumber(request, 'version'), by: name });
        await noteAccess(database, request, kind, caseId);
      } catch (error) {
        const told = toldOf(error, request.words);
        // Whatever went wrong: they are not to type it again.
        await keepWords(database, userId, caseId, typed);
        if (told === null) throw error;
        setToast(reply, desk, told);
        return await reply.redirect(`/cases/${String(caseId)}`, 303);
      }
      if (done.answered !== undefined) return done.answered;
      if (typed !== null) await forgetWords(database, userId, caseId, typed.form);
      setToast(reply, desk, { text: done.text ?? request.words.say(done.say ?? 'action.done'), tone: done.tone ?? 'good', undo: done.undo ?? null, saved: true });
      return await reply.redirect(`/cases/${String(done.goTo ?? caseId)}`, 303);
    });
  };
  const plain = (path: string, kind: AuditKind, act: (deed: Deed) => Promise<unknown>, keepsWords: readonly string[] = []): void => { route('drafter', path, kind, async (deed) => { await act(deed); return {}; }, keepsWords); };

  const send = async (deed: Deed, revision: number): Promise<Done> => {
    const { request, reply, caseId, version, by } = deed;
    const draft = fieldOf(request, 'draft');
    try {
      const approved = await approveReply(context, { caseId, version, by, draft, revision, reason: fieldOf(request, 'reason') });
      return { say: 'action.sending', undo: { action: `/cases/${String(caseId)}/sendings/${String(approved.outboxId)}/undo`, until: approved.sendAfterMs } };
    } catch (error) {
      if (!(error instanceof PromisesUnbackedError)) throw error;
      return { answered: sendPage(reply, promisesPage(reply, { caseId, version, draft, revision, findings: error.findings })) };
    }
  };

  route('sender', 'draft/send', 'draft.approved', async (deed) => await send(deed, wholeNumber(deed.request, 'revision')), ['reason']);

  route('drafter', 'draft/save', 'draft.saved', async (deed) => {
    const { request, reply, caseId, version, by } = deed;
    const worked = await requireWorkedCase(database, caseId);
    const draft = fieldOf(request, 'draft');
    const text = fieldOf(request, 'text');
    if (text.trim() === '' || text.length > maxReplyChars) throw new ActionRefusedError('refused.draft_length');
    const language = worked.draft?.language ?? 'en';
    const written = typedReply(text, language);
    const isChanged = worked.draft?.messageId !== draft || written.text.trim() !== worked.draft.text.trim();
    const saved = isChanged ? await saveDraft(database, { caseId, version, by, draft, revision: wholeNumber(request, 'revision'), words: { ...written, language, template: worked.draft?.template ?? '' } }) : null;
    if (saved?.kind === 'conflict') {
      await keepWords(database, agentOf(request).userId, caseId, typedForm(request));
      return { answered: sendPage(reply, conflictPage(reply, { caseId, version, draft, conflict: saved, language })) };
    }
    if (fieldOf(request, 'deed') !== 'send') return { say: 'action.saved' };
    requireRole(request, 'sender');
    try {
      return await send(deed, saved?.revision ?? wholeNumber(request, 'revision'));
    } catch (error) {
      // The words are saved, whatever keeps them from being sent.
      const told = toldOf(error, request.words);
      if (told === null) throw error;
      return told;
    }
  }, ['text']);

  route('drafter', 'draft/rewrite', 'draft.rewritten', async ({ request, ...action }) => {
    const language = fieldOf(request, 'language');
    await rewriteReply(context, { ...action, language: /^[a-z]{2}$/u.test(language) ? language : null });
    return {};
  });
  plain('draft/restore', 'draft.restored', async ({ request, ...action }) => { await restoreDraft(database, { ...action, draft: fieldOf(request, 'draft') }); });
  route('drafter', 'draft/look', 'draft.looked_for', async ({ caseId }) => {
    const found = await takeOverEdits(context, await requireWorkedCase(database, caseId));
    return { say: `action.looked.${found}`, tone: found === 'unchanged' ? 'good' : 'caution' };
  });

  // Asked by the page of a case when it is opened: it is shown without waiting for the mailbox.
  const looked = openRecent(maxLooked, lookEveryMs);
  app.post('/cases/:id/draft/follow', { config: { access: { role: 'drafter' } } }, async (request, reply) => {
    const worked = await requireWorkedCase(database, idOf(request) ?? 0);
    const key = `${worked.draft?.messageId ?? ''} ${String(worked.draft?.revision ?? 0)}`;
    if (worked.draft === null || looked.has(key)) return await reply.code(204).send();
    looked.add(key);
    const found = await takeOverEdits(context, worked).catch((error: unknown) => {
      // The page is of use without the mailbox, too.
      if (error instanceof MailboxError) return 'unchanged' as const;
      throw error;
    });
    if (found === 'unchanged' || worked.draft.state === 'deleted') return await reply.code(204).send();
    const { say } = request.words;
    return sendHtml(reply, notice('accent', html`${say(`action.looked.${found}`)} <a href="/cases/${worked.id}">${say('case.reload')}</a>`));
  });

  route('sender', 'sendings/:outbox/undo', 'draft.undone', async ({ request, caseId, by }) => {
    const undone = await undoApproval(database, await askedSending(database, request, 'outbox', caseId), by);
    return undone ? { say: 'action.undone' } : { say: 'action.tooLate', tone: 'bad' };
  });
  route('sender', 'sendings/:outbox/resolve', 'draft.resolved', async ({ request, caseId, by }) => {
    const verdict = fieldOf(request, 'verdict');
    if (verdict !== 'was_sent' && verdict !== 'was_not_sent') throw new BadRequestError('Say whether it was sent.');
    const resolved = await resolveUncertain(database, await askedSending(database, request, 'outbox', caseId), by, verdict);
    return resolved ? {} : { say: 'action.changed', tone: 'caution' };
  });

  plain('override', 'decision.overridden', async ({ request, ...action }) => {
    const [rule = '', name = ''] = fieldOf(request, 'choice').split('|');
    const outcome = outcomes.find((each) => each === name);
    if (outcome === undefined) throw new ActionRefusedError('refused.override_choice');
    const [amount, clause] = [fieldOf(request, 'amount').trim(), fieldOf(request, 'clause').trim()];
    await overrideReply(context, { ...action, choice: { rule: rule === '' ? null : rule, outcome, amount: amount === '' ? null : amount, clause: clause === '' ? null : clause }, reason: fieldOf(request, 'override_reason') });
  }, ['choice', 'clause', 'amount', 'override_reason']);
  plain('override/withdraw', 'decision.override_withdrawn', async ({ request: _request, ...action }) => { await takeBackOverride(context, action); });
  plain('ask', 'decision.asked_for_more', async ({ request, ...action }) => {
    const missing = askNames.filter(isRequirement).filter((name) => listOf(request, 'missing').includes(name));
    await askForMore(context, { ...action, missing, reason: fieldOf(request, 'ask_reason') });
  }, ['missing', 'ask_reason']);
  route('drafter', 'facts', 'fact.edited', async ({ request, ...action }) => {
    const pack = packOf(desk.packs(), (await requireWorkedCase(database, action.caseId)).merchant);
    const name = pack === null ? undefined : editableNames(pack).find((each) => each === fieldOf(request, 'name'));
    if (pack === null || name === undefined) throw new ActionRefusedError('refused.fact_unknown');
    const typed = fieldOf(request, 'value').trim();
    // People say "yes" in their own words.
    const said = isYesOrNo(name, pack) ? ([true, false] as const).find((value) => request.words.say(`value.${value}`).toLowerCase() === typed.toLowerCase()) : undefined;
    const { keepsEditedReply } = await correctFact(context, { ...action, name, text: said === undefined ? typed : String(said) });
    return { say: keepsEditedReply ? 'action.factKept' : 'action.factChanged' };
  }, ['name', 'value']);

  plain('assign', 'case.assigned', async ({ request, ...action }) => { await assignCase(database, { ...action, version: null, assignee: fieldOf(request, 'assignee') }); }, ['assignee']);
  plain('snooze', 'case.snoozed', async ({ request, ...action }) => {
    const untilMs = Date.parse(fieldOf(request, 'until'));
    if (Number.isNaN(untilMs)) throw new ActionRefusedError('refused.snooze_when');
    await snoozeCase(database, { ...action, untilMs });
  }, ['until']);
  plain('notes', 'note.added', async ({ request, ...action }) => { await addNote(database, { ...action, version: null, text: fieldOf(request, 'note') }); }, ['note']);
  plain('close', 'case.closed', async ({ request: _request, ...action }) => { await closeCase(database, { ...action, reason: null }); });
  plain('reopen', 'case.reopened', async ({ request: _request, ...action }) => { await reopenCase(database, action); });
  plain('not-a-request', 'case.not_a_request', async ({ request: _request, ...action }) => { await markNotARequest(database, action); });
  plain('quarantine', 'case.quarantined', async ({ request, ...action }) => { await quarantineByHand(database, { ...action, reason: fieldOf(request, 'quarantine_reason') }); }, ['quarantine_reason']);
  plain('retry', 'case.retried', async ({ request: _request, ...action }) => { await retryCase(database, action); });
  route('drafter', 'merge', 'case.merged', async ({ request, ...action }) => {
    const into = wholeNumber(request, 'into');
    const target = await readWorkedCase(database, into);
    if (target === null) throw new ActionRefusedError('refused.merge_no_case', { id: String(into) });
    await mergeCases(database, { ...action, into, pack: packOf(desk.packs(), target.merchant) });
    return { goTo: into, ...renewed(await renewReply(context, into, action.by)) };
  }, ['into']);
  route('drafter', 'split', 'case.split', async ({ request, ...action }) => {
    const messages = listOf(request, 'mails').map(Number).filter((id) => Number.isSafeInteger(id));
    const apart = await splitCase(database, { ...action, messages, pack: packOf(desk.packs(), (await requireWorkedCase(database, action.caseId)).merchant) });
    await renewReply(context, action.caseId, action.by);
    return { goTo: apart, ...renewed(await renewReply(context, apart, action.by)) };
  }, ['mails']);

  app.post('/cases/:id/kept/discard', { config: { access: { role: 'reader' } } }, async (request, reply) => {
    const caseId = idOf(request) ?? 0;
    await forgetWords(database, agentOf(request).userId, caseId, null);
    setToast(reply, desk, { text: request.words.say('kept.discarded'), saved: true });
    return await reply.redirect(`/cases/${String(caseId)}`, 303);
  });

  // Who else has the case open; asked by open pages every few seconds.
  app.post('/cases/:id/viewing', { config: { access: { role: 'reader' } } }, async (request, reply) => {
    const caseId = idOf(request) ?? 0;
    const { name } = agentOf(request);
    if ((await readWorkedCase(database, caseId)) === null) throw new NotFoundError('There is no such case.');
    // Other open pages of the case hear of it at once when somebody comes, begins to write, or stops.
    if (await noteViewer(database, caseId, name, fieldOf(request, 'editing') === 'true')) await desk.hub.publish({ kind: 'viewing', cases: [caseId] });
    return sendHtml(reply, await viewersLine(desk, request, caseId));
  });
}

function renewed(reply: RenewedReply): Pick<Done, 'say' | 'tone'> {
  return { say: `action.reply.${reply}`, tone: reply === 'failed' ? 'bad' : reply === 'kept' ? 'caution' : 'good' };
}

/** What somebody is told in their language; null where it is a page of its own. */
function toldOf(error: unknown, words: Words): { readonly text: string; readonly tone: 'caution' | 'bad' } | null {
  if (error instanceof CaseChangedError) return { text: refusalInWords(error, words), tone: 'caution' };
  if (error instanceof ActionRefusedError) return { text: refusalInWords(error, words), tone: 'bad' };
  return error instanceof MailboxError ? { text: words.say('refused.mailbox_away'), tone: 'bad' } : null;
}

function wholeNumber(request: FastifyRequest, name: string): number {
  const text = fieldOf(request, name);
  return /^\d{1,15}$/u.test(text) ? Number(text) : 0;
}
