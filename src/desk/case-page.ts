import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findNeighbours } from '../cases/lists/case-queue.ts';
import { noteViewer } from '../cases/lists/viewers.ts';
import { type CaseMail, type CaseView, readCaseView } from '../cases/lists/case-view.ts';
import { openPackShelf, type PackShelf } from '../cases/replay.ts';
import { caseTag } from '../draft/case-tag.ts';
import { packOf } from '../packs/pack.ts';
import { noteAccess } from './audit.ts';
import { chip, chips } from './chips.ts';
import { attribute, button, form } from './controls.ts';
import { decisionPanel, flagNotices, readReceipt, type ShownReceipt } from './decision-panel.ts';
import type { DeskContext } from './desk-context.ts';
import { NotFoundError } from './desk-errors.ts';
import { draftPanel, draftRoutes } from './draft-panel.ts';
import { failureNote } from './failure-in-words.ts';
import { factsOf, factsPanel, type ShownFact } from './facts-panel.ts';
import { idOf, queryOf } from './form-fields.ts';
import { agentOf } from './gate.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { icon } from './icons.ts';
import { listKeptWords, wordsToPlace, type WordsToPlace } from './kept-words.ts';
import { type MailOnView, type MailReader, openMailReader } from './mail-reader.ts';
import { mailRoutes, mailWords, type ShownMail } from './mail-view.ts';
import { nameOf, outcomeChip, theirs, whenInWords } from './names-in-words.ts';
import { notice, panel } from './notices.ts';
import { wordsToCopy } from './error-pages.ts';
import { sendHtml, sendPage } from './page.ts';
import { type AskedQueue, queueQuery, queueUrl, readQueueQuery, toFilter } from './queue-filter.ts';
import type { ReplyGrounds } from './draft-panel.ts';
import { viewersLine } from './viewers-line.ts';
import type { Words } from './words.ts';

/** The case: the customer's mail, what was read in it, what was decided and why, and the reply, on one page. */
export interface ShownCase {
  readonly view: CaseView;
  /** The customer's mail that is on the page; null where there is none. */
  readonly mail: CaseMail | null;
  readonly onView: MailOnView | null;
  readonly receipt: ShownReceipt;
  readonly facts: readonly ShownFact[];
  readonly grounds: ReplyGrounds;
  readonly now: Date;
  /** Who else has it open. */
  readonly viewers: Html;
  /** What whoever looks at it typed here, and could not save. */
  readonly typed: WordsToPlace;
}

/** What can be done at the case, at its place on the page. Each gives nothing to someone who may not. */
export interface CaseControls {
  /** Assign, snooze, close, … */
  readonly bar: (reply: FastifyReply, shown: ShownCase) => HtmlValue;
  readonly decision: (reply: FastifyReply, shown: ShownCase) => HtmlValue;
  /** Beside each fact; null where facts are not edited one by one. */
  readonly fact: ((reply: FastifyReply, shown: ShownCase, name: string, value: unknown) => HtmlValue) | null;
  readonly facts: (reply: FastifyReply, shown: ShownCase) => HtmlValue;
  /** Around `draftEditor`. */
  readonly draft: (reply: FastifyReply, shown: ShownCase) => HtmlValue;
  readonly notes: (reply: FastifyReply, shown: ShownCase) => HtmlValue;
}

export const noControls: CaseControls = { bar: () => null, decision: () => null, fact: null, facts: () => null, draft: () => null, notes: () => null };

const everyone = { config: { access: { role: 'reader' } } } as const;

export function caseRoutes(controls: CaseControls): (app: FastifyInstance, desk: DeskContext) => void {
  return (app, desk) => {
    const { database } = desk.store;
    const reader = openMailReader(desk);
    const shelf = openPackShelf(desk.store);
    mailRoutes(app, desk, reader);
    draftRoutes(app, desk);

    app.get('/cases/:id', everyone, async (request, reply) => {
      const view = await viewOf(desk, request);
      if (view.worked.mergedInto !== null) return sendPage(reply, mergedPage(view, view.worked.mergedInto, request.words));
      await noteAccess(database, request, 'case.opened', view.worked.id);
      const { name } = agentOf(request);
      if (await noteViewer(database, view.worked.id, name, false)) await desk.hub.publish({ kind: 'viewing', cases: [view.worked.id] });
      const shown = await showCase(desk, request, view, { reader, shelf });
      const asked = readQueueQuery((field) => queryOf(request, field));
      const neighbours = await findNeighbours(database, toFilter(asked, name, desk.now()), view.worked.id);
      const subject = view.worked.subject === '' ? request.words.say('queue.noSubject') : view.worked.subject;
      return sendPage(reply, {
        title: request.words.say('case.title', { id: String(view.worked.id), subject }), current: 'queue', news: 'viewing', content: caseContent(reply, shown, controls, { asked, neighbours }),
      });
    });

    // Asked by a page that is open, when its case has news.
    app.get('/cases/:id/news', everyone, async (request, reply) => {
      const { worked, events } = await viewOf(desk, request);
      const seen = [queryOf(request, 'version'), queryOf(request, 'event')].join('.');
      return sendHtml(reply, seen === newsOf(worked.version, events[0]?.id) ? html`` : changedNotice(worked.id, new URLSearchParams(queryOf(request, 'query')).toString(), request.words));
    });
  };
}

async function viewOf(desk: DeskContext, request: FastifyRequest): Promise<CaseView> {
  const id = idOf(request);
  const view = id === null ? null : await readCaseView(desk.store.database, id);
  if (view === null) throw new NotFoundError('There is no such case.');
  return view;
}

async function showCase(desk: DeskContext, request: FastifyRequest, view: CaseView, { reader, shelf }: { readonly reader: MailReader; readonly shelf: PackShelf }): Promise<ShownCase> {
  const customers = view.mails.filter(({ role }) => role !== 'answer' && role !== 'bounce');
  const newest = customers.findLast(({ role }) => role !== 'copy') ?? customers.at(-1) ?? null;
  const mail = view.mails.find(({ id }) => String(id) === queryOf(request, 'mail')) ?? newest;
  const onView = mail === null ? null : await reader.read(mail);
  // The reply answers the newest mail, whichever is on the page.
  const answered = newest === null || newest === mail ? onView : await reader.read(newest);
  const receipt = await readReceipt(view, shelf);
  const pack = packOf(desk.packs(), view.worked.merchant);
  return {
    view, mail, onView, receipt, facts: factsOf(view, receipt), grounds: { view, message: answered?.kind === 'read' ? answered.message : null, pack }, now: desk.now(),
    viewers: await viewersLine(desk, request, view.worked.id), typed: wordsToPlace(await listKeptWords(desk.store.database, agentOf(request).userId, view.worked.id)),
  };
}

interface Whereabouts {
  readonly asked: AskedQueue;
  readonly neighbours: { readonly before: number | null; readonly after: number | null };
}

function caseContent(reply: FastifyReply, shown: ShownCase, controls: CaseControls, { asked, neighbours }: Whereabouts): Html {
  const { words } = reply.request;
  const { say } = words;
  const { view, mail, onView, receipt, facts, grounds, now } = shown;
  const { worked } = view;
  const query = queueQuery(asked);
  const evidence = mail === null ? [] : evidenceIn(mail, facts);
  const shownMail: ShownMail | null = mail === null || onView === null ? null : mailWords(worked.id, mail, onView, evidence, words);
  const edit = controls.fact;
  // Made before what stands above them: only then it is known which typed words found their place.
  const bar = controls.bar(reply, shown);
  const factsPart = factsPanel(facts, worked.decided?.basis?.facts ?? null, words, {
    onPage: mail === null || shownMail === null ? null : { mailId: mail.id, found: shownMail.found },
    ...(edit === null ? {} : { editOf: (name: string, value: unknown) => edit(reply, shown, name, value) }), actions: controls.facts(reply, shown),
  });
  const decisionPart = decisionPanel(view, receipt, words, controls.decision(reply, shown));
  const draftPart = draftPanel(reply, grounds, { beside: besideOf(reply), controls: controls.draft(reply, shown), now });
  const notesPart = notesPanel(view, words, now, controls.notes(reply, shown));
  return html`<div class="case-nav"><a class="back" href="${queueUrl(asked)}">${say('case.back')}</a>
<span class="neighbours">${neighbourLink(neighbours.before, query, say('case.previous'), '←', 'prev')}${neighbourLink(neighbours.after, query, say('case.next'), '→', 'next')}</span></div>
<div class="page-head case-head"><h1${attribute('lang', worked.language)}>${worked.subject === '' ? say('queue.noSubject') : theirs(worked.subject)}</h1>
<p class="lead">${worked.customer === null ? say('queue.noSender') : theirs(worked.customer)} · ${worked.merchant ?? '–'} · <span class="nowrap">${say('case.tag')} ${caseTag(worked.fingerprint)}</span></p>
${chips(caseChips(view, now, words))}</div>
<div id="case-news" data-case="${worked.id}" hx-get="/cases/${worked.id}/news?version=${worked.version}&amp;event=${view.events[0]?.id ?? 0}&amp;query=${encodeURIComponent(query)}" hx-trigger="desk:case" aria-live="polite"></div>
${view.mails.map(({ quarantine }) => quarantine !== null && notice('caution', html`<p><strong>${say('case.quarantine')}</strong></p>${failureNote({ code: quarantine.code, detail: quarantine.reason }, words)}${quarantine.retryAt !== null && html`<p>${say('case.retryAt', { when: whenInWords(quarantine.retryAt, now, words) })}</p>`}`))}
${view.mails.some(({ role }) => role === 'bounce') && notice('caution', say('case.bounced'))}
${flagNotices(view, words)}
${typedNotice(reply, shown)}
${bar}
<nav class="jumps" aria-label="${say('case.parts')}">${[...(shownMail === null ? [] : [['mail', say('case.mail')] as const]), ['facts', say('case.facts')] as const, ['decision', say('case.decision')] as const, ['reply', say('case.draft')] as const].map(([id, label]) => html`<a href="#${id}">${label}</a>`)}</nav>
<div class="case-columns">
<div class="case-column">
${shownMail !== null && mail !== null && panel(mail.role === 'answer' || mail.role === 'bounce' ? say(`case.role.${mail.role}`) : say('case.mail'), html`${envelope(mail, onView, words)}${shownMail.markup}`, { id: 'mail', actions: view.mails.length > 1 && html`<a href="#mails">${say('queue.mails', { n: view.mails.length })}</a>` })}
${factsPart}
</div>
<div class="case-column">
${decisionPart}
${draftPart}
${notesPart}
${mailsPanel(view, mail, query, words, now)}
${earlierPanel(view, words)}
${historyPanel(view, words)}
</div>
</div>`;
}

function typedNotice(reply: FastifyReply, { view: { worked }, typed }: ShownCase): HtmlValue {
  const { say } = reply.request.words;
  const left = typed.left();
  return !typed.isEmpty && notice('caution', html`<p id="typed">${say(left.length > 0 ? 'kept.noPlace' : 'kept.back')}</p>${left.map(wordsToCopy)}
${form(reply, `/cases/${String(worked.id)}/kept/discard`, button(say('kept.discard')))}`);
}

function besideOf(reply: FastifyReply): string | null {
  const language = queryOf(reply.request, 'beside');
  return /^[a-z]{2}$/.test(language) ? language : null;
}

/** What was read in this mail, and what the decision rests on: its words may stand in this mail or in another. */
function evidenceIn(mail: CaseMail, facts: readonly ShownFact[]): { readonly name: string; readonly words: string }[] {
  const said = [...mail.facts, ...facts].filter(({ source }) => source === 'body' || source === 'subject' || source === 'thread' || source === 'model').map(({ name, evidence }) => ({ name, words: evidence }));
  return said.filter(({ name }, index) => said.findIndex((other) => other.name === name) === index);
}

function caseChips(view: CaseView, now: Date, words: Words): Html[] {
  const { say, day } = words;
  const { worked: { stage, state, language, assignee }, dueAt, snoozedUntil, priority } = view;
  return [
    chip(capitalised(say(`stage.one.${stage}`)), stage === 'open' ? 'accent' : 'neutral'), chip(say(`state.${state}`), state === 'quarantined' ? 'caution' : 'neutral'),
    ...(language === null ? [] : [chip(capitalised(words.languageName(language)))]),
    ...(priority > 0 ? [chip(say('queue.priority'), 'bad')] : []),
    ...(assignee === null ? [] : [chip(`${say('queue.assignee')}: ${assignee}`)]),
    ...(stage === 'open' && dueAt !== null ? [dueAt < now ? chip(say('queue.overdueSince', { when: whenInWords(dueAt, now, words) }), 'bad', words.moment(dueAt)) : chip(`${say('queue.due')}: ${whenInWords(dueAt, now, words)}`, 'neutral', words.moment(dueAt))] : []),
    ...(stage === 'snoozed' && snoozedUntil !== null ? [chip(say('queue.until', { when: day(snoozedUntil) }))] : []),
  ];
}

function capitalised(text: string): string {
  return text.replace(/^./u, (first) => first.toLocaleUpperCase());
}

function envelope(mail: CaseMail, onView: MailOnView | null, words: Words): Html {
  const { say } = words;
  const from = onView?.kind === 'read' ? onView.message.from : null;
  return html`<dl class="envelope"><dt>${say('case.from')}</dt><dd>${from !== null && from.name !== '' && html`${theirs(from.name)} `}<span class="muted">${mail.sender === null ? say('queue.noSender') : theirs(mail.sender)}</span></dd>
<dt>${say('case.draftSubject')}</dt><dd>${mail.subject === '' ? say('queue.noSubject') : theirs(mail.subject)}</dd>
<dt>${say('case.received')}</dt><dd><time datetime="${mail.receivedAt.toISOString()}">${words.moment(mail.receivedAt)}</time></dd></dl>`;
}

function neighbourLink(id: number | null, query: string, label: string, arrow: string, rel: 'prev' | 'next'): HtmlValue {
  return id !== null && html`<a class="button quiet" href="/cases/${id}${query !== '' && `?${query}`}" rel="${rel}" title="${label}" aria-label="${label}">${arrow}</a>`;
}

function mailsPanel(view: CaseView, current: CaseMail | null, query: string, words: Words, now: Date): HtmlValue {
  if (view.mails.length < 2) return null;
  const { say } = words;
  return panel(say('case.mails'), html`<ol class="timeline">${view.mails.map((mail) => html`<li><a href="?${new URLSearchParams([...new URLSearchParams(query), ['mail', String(mail.id)]]).toString()}#mail"${mail === current && html` aria-current="true"`}>${say(`case.role.${mail.role}`)}</a> <span class="muted">${mail.sender !== null && theirs(mail.sender)} · <time datetime="${mail.receivedAt.toISOString()}" title="${words.moment(mail.receivedAt)}">${whenInWords(mail.receivedAt, now, words)}</time></span></li>`)}</ol>`, { id: 'mails' });
}

function earlierPanel({ earlier, earlierCount }: CaseView, words: Words): HtmlValue {
  if (earlier.length === 0) return null;
  const { say } = words;
  return panel(say('case.earlier'), html`<ul class="timeline">${earlier.map((each) => html`<li><a href="/cases/${each.id}">${each.subject === '' ? say('queue.noSubject') : theirs(each.subject)}</a> <span class="muted">${words.day(each.openedAt)} · ${say(`stage.one.${each.stage}`)}</span> ${outcomeChip(words, each.outcome)}${each.amount !== null && html` <span class="amount">${each.amount}</span>`}</li>`)}</ul>
${earlierCount > earlier.length && html`<p class="muted">${say('case.earlierMore', { n: earlierCount - earlier.length })}</p>`}`, { id: 'earlier' });
}

function notesPanel({ notes }: CaseView, words: Words, now: Date, actions: HtmlValue): HtmlValue {
  if (notes.length === 0 && (actions === null || actions === undefined || actions === false)) return null;
  const { say } = words;
  return panel(say('case.notes'), html`${notes.length > 0 && html`<ol class="notes">${notes.map(({ author, text, atMs }) => html`<li><p class="muted"><strong>${author}</strong> · <time datetime="${new Date(atMs).toISOString()}">${whenInWords(new Date(atMs), now, words)}</time></p><p class="note-text" dir="auto">${text}</p></li>`)}</ol>`}${actions}`, { id: 'notes' });
}

function historyPanel({ events }: CaseView, words: Words): HtmlValue {
  if (events.length === 0) return null;
  return html`<section class="panel"><details class="history"><summary><h2>${words.say('case.history')}</h2> <span class="count">${words.number(events.length)}</span></summary>
<ol class="timeline">${events.map(({ at, kind, detail }) => html`<li>${nameOf(words, 'event', kind)}${typeof detail['by'] === 'string' && html` · ${detail['by']}`} <span class="muted"><time datetime="${at.toISOString()}">${words.moment(at)}</time></span></li>`)}</ol></details></section>`;
}

function newsOf(version: number, newestEvent: number | undefined): string {
  return `${String(version)}.${String(newestEvent ?? 0)}`;
}

function changedNotice(id: number, query: string, { say }: Words): Html {
  return notice('accent', html`${say('case.changed')} <a href="/cases/${id}${query !== '' && `?${query}`}">${say('case.reload')}</a>`);
}

function mergedPage({ worked }: CaseView, into: number, { say }: Words): Parameters<typeof sendPage>[1] {
  return {
    title: say('case.title', { id: String(worked.id), subject: worked.subject }), current: 'queue', width: 'narrow',
    content: html`<div class="page-head"><h1>${theirs(worked.subject)}</h1></div>${notice('accent', html`${icon('check')} ${say('case.gone')} <a href="/cases/${into}">${say('case.goThere', { id: String(into) })}</a>`)}`,
  };
}
