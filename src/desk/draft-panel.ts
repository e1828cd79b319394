import type { FastifyInstance, FastifyReply } from 'fastify';
import { type CaseView, readCaseView } from '../cases/lists/case-view.ts';
import { decisionInForce, type LiveDraft } from '../cases/actions/worked-case.ts';
import { caseTag } from '../draft/case-tag.ts';
import { checkPromises, type PromiseFinding } from '../draft/check-promises.ts';
import type { Draft } from '../draft/draft.ts';
import { clauseTitlesIn } from '../draft/replies.ts';
import { TemplateError } from '../draft/template-error.ts';
import { typedReply } from '../draft/typed-reply.ts';
import { writeDraft } from '../draft/write-draft.ts';
import type { Message } from '../message/message.ts';
import { type Pack, packOf } from '../packs/pack.ts';
import { chip, chips } from './chips.ts';
import { attribute, optionsOf } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { NotFoundError } from './desk-errors.ts';
import { failureInWords } from './failure-in-words.ts';
import { fieldOf, idOf } from './form-fields.ts';
import { harmlessHtml } from './harmless-html.ts';
import { html, type Html, type HtmlValue, trustedHtml } from './html.ts';
import { notice, panel } from './notices.ts';
import { sendHtml } from './page.ts';
import { findingInWords } from './refusal-in-words.ts';
import type { Words } from './words.ts';

/** The reply: as the customer will see it, what of it the decision does not back, and the same reply in a language that whoever reviews it reads. */

/** What the reply is made of; `message` is null where the mail cannot be read now, `pack` where the merchant has none any more. */
export interface ReplyGrounds {
  readonly view: CaseView;
  readonly message: Message | null;
  readonly pack: Pack | null;
}

/** The same reply from the same decision in another language; null where it cannot be written. */
export function replyIn(language: string, { view: { worked }, message, pack }: ReplyGrounds): Draft | null {
  const decision = decisionInForce(worked);
  const facts = worked.decided?.basis?.facts ?? null;
  if (decision === null || facts === null || message === null || pack === null) return null;
  try {
    return writeDraft(message, { ...facts, language }, decision, pack.replies, pack.policy, { caseTag: caseTag(worked.fingerprint) });
  } catch (error) {
    // The pack has changed since: it has no reply for that rule any more.
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/** Languages in which this merchant's replies can be written. */
export function replyLanguages({ pack }: Pick<ReplyGrounds, 'pack'>): readonly string[] {
  return pack === null ? [] : pack.replies.languages.filter((language) => language === 'en' || pack.policy.languages.includes(language));
}

/** What the words promise that the decision does not back. Null where there is nothing to hold them against. */
export function promisesIn(text: string, language: string, { view: { worked }, pack }: Pick<ReplyGrounds, 'view' | 'pack'>, now: Date): readonly PromiseFinding[] | null {
  const decision = decisionInForce(worked);
  const basis = worked.decided?.basis ?? null;
  if (decision === null || basis === null) return null;
  return checkPromises(text, language, {
    decision, facts: basis.facts, policy: pack?.policy ?? null, policyTexts: pack?.policyTexts ?? new Map(), clauseTitles: pack === null ? [] : clauseTitlesIn(pack.replies, decision.clause),
    writtenAt: { epochMs: now.getTime(), offsetMinutes: 0 },
  });
}

export interface DraftPanelOptions {
  /** The language beside the reply's own; null where nobody asked for one. */
  readonly beside: string | null;
  /** What can be done with the reply: the editor in its form, buttons to send it. Null where it can only be read. */
  readonly controls?: HtmlValue;
  readonly now: Date;
}

export function draftPanel(reply: FastifyReply, grounds: ReplyGrounds, { beside, controls = null, now }: DraftPanelOptions): Html {
  const { words } = reply.request;
  const { say } = words;
  const { view } = grounds;
  const { draft } = view.worked;
  const [sending] = view.sendings;
  if (draft === null) return panel(say('case.draft'), html`<p class="muted">${say('case.draftNone')}</p>${controls}`, { id: 'reply' });
  const states = [
    chip(words.languageName(draft.language)), chip(say(`draft.${draft.state}`), draft.state === 'deleted' ? 'caution' : draft.state === 'sent' ? 'good' : draft.state === 'edited' ? 'accent' : 'neutral'),
    ...(sending === undefined || sending.state === 'sent' || sending.state === 'undone' ? [] : [chip(say(`sending.${sending.state}`), sending.state === 'holding' || sending.state === 'sending' ? 'accent' : 'bad', sending.code === null ? undefined : (failureInWords({ code: sending.code, detail: sending.detail }, words) ?? undefined))]),
  ];
  return panel(say('case.draft'), html`
<dl class="envelope"><dt>${say('case.draftTo')}</dt><dd><bdi>${draft.to}</bdi></dd><dt>${say('case.draftSubject')}</dt><dd><bdi>${draft.subject}</bdi></dd></dl>
<div id="reply-preview">${previewOf(draft.html, draft, grounds, words, now)}</div>
${controls}
${besidePart(grounds, draft, beside, words)}`, { id: 'reply', actions: chips(states) });
}

/** An agent's mail program may have written it: it is made harmless like any mail. */
export function previewOf(markup: string, { text, language }: Pick<LiveDraft, 'text' | 'language'>, grounds: Pick<ReplyGrounds, 'view' | 'pack'>, words: Words, now: Date): Html {
  const { say } = words;
  const findings = promisesIn(text, language, grounds, now);
  return html`<div class="reply-words" lang="${language}" dir="${language === 'ar' ? 'rtl' : 'auto'}">${harmlessReply(markup)}</div>
${findings !== null && findings.length > 0 && notice('caution', html`<p><strong>${say('case.promises')}</strong></p><ul class="findings">${findings.map((finding) => html`<li><q dir="auto">${finding.text}</q> – ${findingInWords(finding, words)}</li>`)}</ul>`)}`;
}

function harmlessReply(markup: string): Html {
  return trustedHtml(harmlessHtml(markup, { withRemotePictures: false, pictureOf: () => null, maxPictureBytes: 0, withStyles: false }));
}

function besidePart(grounds: ReplyGrounds, draft: LiveDraft, beside: string | null, words: Words): HtmlValue {
  const { say } = words;
  const languages = replyLanguages(grounds).filter((language) => language !== draft.language);
  const wanted = beside ?? (languages.includes(words.language) ? words.language : (languages.includes('en') ? 'en' : null));
  if (languages.length === 0 || wanted === null) return null;
  const other = replyIn(wanted, grounds);
  return html`<section class="beside" id="beside"><h3>${say('case.sideBySide')}</h3>
<p class="hint">${say('case.sideBySideLead')}</p>
<form method="get" action="#beside" class="inline"><label for="field-beside">${say('case.sideBySideIn')}</label> <select class="input small" id="field-beside" name="beside">${optionsOf(languages.map((code) => ({ value: code, label: words.languageName(code) })), wanted)}</select><button type="submit" class="button">${say('case.show')}</button></form>
${other === null || other.language !== wanted ? null : html`<div class="reply-words" lang="${other.language}" dir="${other.language === 'ar' ? 'rtl' : 'auto'}">${harmlessReply(other.html)}</div>`}</section>`;
}

/** The words in a field, with a preview that follows while somebody types, and sentences to put in. For the form of whoever saves them. */
export function draftEditor(reply: FastifyReply, grounds: ReplyGrounds, draft: Pick<LiveDraft, 'text' | 'language'>): Html {
  const { say } = reply.request.words;
  const { id } = grounds.view.worked;
  const blocks = replyBlocks(draft.language, grounds);
  return html`<div class="field"><label for="field-text">${say('case.words')}</label>
<textarea class="input" id="field-text" name="text" rows="14" lang="${draft.language}" dir="${draft.language === 'ar' ? 'rtl' : 'auto'}" data-key="edit" maxlength="50000" hx-post="/cases/${id}/draft/preview" hx-trigger="input changed delay:500ms" hx-target="#reply-preview" hx-include="closest form">
${draft.text}</textarea></div>
<input type="hidden" name="language" value="${draft.language}">
${blocks.length > 0 && html`<div class="inline scripted"><label for="field-block">${say('case.blocks')}</label> <select class="input small block-choice" id="field-block">${blocks.map(({ text }) => html`<option value="${text}"${attribute('lang', draft.language)}>${text.length > 90 ? `${text.slice(0, 89)}…` : text}</option>`)}</select><button type="button" class="button" data-inserts="field-block" data-into="field-text">${say('case.blockInsert')}</button></div>`}`;
}

/** Sentences of the merchant's own in the reply's language, without values in them. */
function replyBlocks(language: string, { pack }: Pick<ReplyGrounds, 'pack'>): readonly { readonly name: string; readonly text: string }[] {
  const phrases = pack?.replies.byLanguage.get(language)?.phrases ?? null;
  if (phrases === null) return [];
  // What has values in it only a whole reply can say.
  const blocks = [...phrases.asks, ...phrases.texts].flatMap(([name, template]) => {
    const text = template.variables.size > 0 ? '' : template.render({}).trim();
    return text === '' ? [] : [{ name, text: plainOf(text) }];
  });
  return blocks.filter(({ text }, index) => blocks.findIndex((other) => other.text === text) === index);
}

function plainOf(markdown: string): string {
  return markdown.replaceAll(/\*\*|__/g, '').replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '');
}

const maxReplyChars = 50_000;

export function draftRoutes(app: FastifyInstance, desk: DeskContext): void {
  /** What the words would look like, and what of them nothing backs. Saves nothing. */
  app.post('/cases/:id/draft/preview', { config: { access: { role: 'reader' } } }, async (request, reply) => {
    const view = await readCaseView(desk.store.database, idOf(request) ?? 0);
    if (view === null) throw new NotFoundError('There is no such case.');
    const language = /^[a-z]{2}$/.test(fieldOf(request, 'language')) ? fieldOf(request, 'language') : (view.worked.draft?.language ?? 'en');
    const { text, html: markup } = typedReply(fieldOf(request, 'text').slice(0, maxReplyChars), language);
    const pack = packOf(desk.packs(), view.worked.merchant);
    return sendHtml(reply, previewOf(markup, { text, language }, { view, pack }, request.words, desk.now()));
  });
}
