import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CaseCounts, type Counts, openCaseCounter } from '../cases/lists/case-counts.ts';
import { listQueue, type QueueLine, type QueuePage } from '../cases/lists/case-queue.ts';
import type { Stage } from '../cases/case.ts';
import { listSavedViews, removeView, type SavedView, saveView } from '../cases/lists/saved-views.ts';
import { outcomes } from '../decision/decision.ts';
import { flags } from '../facts/facts.ts';
import { noteAccess } from './audit.ts';
import { chip, chips } from './chips.ts';
import { attribute, button, checkBox, form, linkButton, optionsOf, textField, type Choice } from './controls.ts';
import { type DeskContext, listsOf } from './desk-context.ts';
import { failureInWords } from './failure-in-words.ts';
import { fieldOf, idOf, queryOf } from './form-fields.ts';
import { agentOf } from './gate.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { icon } from './icons.ts';
import { flagChip, nameOf, outcomeChip, theirs, whenInWords } from './names-in-words.ts';
import { emptyState } from './notices.ts';
import { sendHtml, sendPage } from './page.ts';
import { type AskedQueue, isFiltered, queueQuery, queueUrl, readCursorText, readQueueQuery, toFilter } from './queue-filter.ts';
import { setToast } from './toast.ts';
import type { Words } from './words.ts';

/** The queue: what is due first, with the filters beside it. Its list and counts ask for themselves anew when a case has news. */

const everyone = { config: { access: { role: 'reader' } } } as const;
const linesPerPage = 50;
const maxViewNameChars = 60;

interface ShownQueue {
  readonly asked: AskedQueue;
  readonly page: QueuePage;
  readonly counts: CaseCounts;
  readonly isLaterPage: boolean;
}

export function queueRoutes(app: FastifyInstance, desk: DeskContext): void {
  const { database } = desk.store;
  const counter = openCaseCounter(desk.replica ?? database);
  const show = async (request: FastifyRequest): Promise<ShownQueue> => {
    const now = desk.now();
    const asked = readQueueQuery((name) => queryOf(request, name));
    const filter = toFilter(asked, agentOf(request).name, now);
    const after = readCursorText(queryOf(request, 'after'));
    const page = await listQueue(await listsOf(desk), filter, { limit: linesPerPage, ...(after === null ? {} : { after }) });
    return { asked, page, counts: await counter.count(filter, now), isLaterPage: after !== null };
  };

  app.get('/', everyone, async (request, reply) => {
    const shown = await show(request);
    await noteAccess(database, request, 'queue.opened', null, { query: queueQuery(shown.asked) });
    const views = await listSavedViews(database, agentOf(request).name);
    return sendPage(reply, { title: request.words.say('queue.title'), current: 'queue', content: queueContent(reply, desk, shown, views) });
  });

  // The list alone, for a page that is open: who looks at it was noted when it was opened.
  app.get('/queue/list', everyone, async (request, reply) => sendHtml(reply, liveList(reply, desk, await show(request))));

  app.post('/views', everyone, async (request, reply) => {
    const name = fieldOf(request, 'name').trim();
    const query = queueQuery(readQueueQuery((field) => new URLSearchParams(fieldOf(request, 'query')).get(field) ?? ''));
    const { say } = request.words;
    if (name === '' || name.length > maxViewNameChars) setToast(reply, desk, { text: say('queue.viewBad'), tone: 'bad' });
    else {
      await saveView(database, { owner: agentOf(request).name, name, query, isShared: fieldOf(request, 'shared') === 'yes' });
      setToast(reply, desk, { text: say('queue.viewSaved', { name }) });
    }
    return await reply.redirect(query === '' ? '/' : `/?${query}`, 303);
  });

  app.post('/views/:id/remove', everyone, async (request, reply) => {
    await removeView(database, agentOf(request).name, idOf(request) ?? 0);
    return await reply.redirect('/', 303);
  });
}

function queueContent(reply: FastifyReply, desk: DeskContext, shown: ShownQueue, views: readonly SavedView[]): Html {
  const { words } = reply.request;
  const { asked } = shown;
  return html`<div class="page-head queue-head"><h1>${words.say('queue.title')}</h1>
<form class="search" method="get" action="/" role="search">
${hiddenFields(asked, ['q'])}
<label class="visually-hidden" for="field-q">${words.say('queue.search')}</label>
<input class="input" id="field-q" name="q" type="search" value="${asked.search}" placeholder="${words.say('queue.search')}" maxlength="200" data-key="search" autocomplete="off">
<button type="submit" class="button" aria-label="${words.say('queue.searchSubmit')}">${icon('search')}</button>
</form></div>
${viewsBar(reply, asked, views)}
${liveList(reply, desk, shown)}`;
}

function liveList(reply: FastifyReply, desk: DeskContext, shown: ShownQueue): Html {
  const { words } = reply.request;
  const { asked, page, counts, isLaterPage } = shown;
  const query = queryOf(reply.request, 'after') === '' ? queueQuery(asked) : queueQuery(asked, {}, readCursorText(queryOf(reply.request, 'after')));
  return html`<div id="queue" class="queue" hx-get="/queue/list?${query}" hx-trigger="desk:cases from:body throttle:2s" hx-swap="outerMorph">
${stageTabs(asked, counts, words)}
${filterForm(asked, counts, words)}
<div class="queue-list">
${page.lines.length === 0 ? emptyQueue(asked, words) : lineTable(page.lines, asked, desk.now(), words)}
<nav class="pager" aria-label="${words.say('queue.cases')}">${isLaterPage && linkButton(words.say('queue.first'), queueUrl(asked))}${page.next !== null && linkButton(words.say('queue.more'), queueUrl(asked, {}, page.next))}</nav>
</div>
</div>`;
}

function stageTabs(asked: AskedQueue, counts: CaseCounts, { say, number }: Words): Html {
  // Beside a search, and beside what is missing or flagged, nobody has counted.
  const isCounted = asked.search === '' && asked.missing === '' && asked.flag === '';
  const tab = (label: string, counted: number | null, changes: Partial<AskedQueue>, isCurrent: boolean): Html => html`<li><a href="${queueUrl(asked, { isOverdue: false, ...changes })}"${isCurrent && html` aria-current="true"`}>${label}${isCounted && counted !== null && html` <span class="count">${number(counted)}</span>`}</a></li>`;
  const stages: readonly Stage[] = ['open', 'snoozed', 'waiting', 'closed'];
  const all = stages.reduce((sum, stage) => sum + counts.stages[stage], 0);
  return html`<nav class="tabs" aria-label="${say('queue.stages')}"><ul>
${stages.map((stage) => tab(say(`stage.${stage}`), counts.stages[stage], { stage }, asked.stage === stage && !asked.isOverdue))}
${tab(say('stage.all'), all, { stage: null }, asked.stage === null)}
${tab(say('queue.overdue'), isFiltered({ ...asked, isOverdue: false }) ? null : counts.overdue, { stage: 'open', isOverdue: true }, asked.isOverdue)}
${tab(say('queue.mine'), null, { assignee: asked.assignee === 'me' ? '' : 'me' }, asked.assignee === 'me')}
${tab(say('queue.nobodys'), null, { assignee: asked.assignee === 'nobody' ? '' : 'nobody' }, asked.assignee === 'nobody')}
</ul></nav>`;
}

function filterForm(asked: AskedQueue, counts: CaseCounts, words: Words): Html {
  const { say } = words;
  const select = (name: string, label: string, value: string, choices: readonly Choice[]): Html => html`<div class="field"><label for="filter-${name}">${label}</label><select class="input small" id="filter-${name}" name="${name}">${optionsOf([{ value: '', label: say('queue.any') }, ...choices], value)}</select></div>`;
  const choicesOf = (found: Counts, value: string, nameOfValue: (value: string) => string, order: readonly string[] = []): Choice[] => {
    const known = [...found.keys()].flatMap((key) => key ?? []);
    const values = [...new Set([...order.filter((each) => known.includes(each)), ...known.toSorted(), ...(value === '' ? [] : [value])])];
    return values.map((each) => ({ value: each, label: asked.search === '' ? `${nameOfValue(each)} (${words.number(found.get(each) ?? 0)})` : nameOfValue(each) }));
  };
  const people = [...counts.assignees.keys()].flatMap((name) => name ?? []);
  return html`<details class="filters"${isFiltered({ ...asked, search: '' }) && html` open`}>
<summary>${say('queue.filters')}</summary>
<form method="get" action="/" class="filter-form">
${hiddenFields(asked, ['merchant', 'outcome', 'missing', 'flag', 'language', 'state', 'assignee'])}
${select('merchant', say('queue.merchant'), asked.merchant, choicesOf(counts.merchants, asked.merchant, (name) => name))}
${select('outcome', say('queue.outcome'), asked.outcome ?? '', choicesOf(counts.outcomes, asked.outcome ?? '', (name) => { const outcome = outcomes.find((each) => each === name); return outcome === undefined ? name : say(`outcome.${outcome}`); }, outcomes))}
${select('missing', say('queue.missing'), asked.missing, choicesOf(counts.missing, asked.missing, (name) => nameOf(words, 'fact', name)))}
${select('flag', say('queue.flag'), asked.flag, choicesOf(counts.flags, asked.flag, (name) => nameOf(words, 'flag', name), flags))}
${select('language', say('queue.language'), asked.language, choicesOf(counts.languages, asked.language, (code) => words.languageName(code)))}
${select('state', say('queue.state'), asked.state ?? '', choicesOf(counts.states, asked.state ?? '', (name) => stateName(words, name)))}
${select('assignee', say('queue.assignee'), asked.assignee, [{ value: 'me', label: say('queue.mine') }, { value: 'nobody', label: say('queue.nobodys') }, ...people.toSorted().map((name) => ({ value: name, label: name }))])}
<div class="inline">${button(say('queue.apply'))}${isFiltered(asked) && linkButton(say('queue.clear'), '/', { look: 'quiet' })}</div>
</form></details>`;
}

function stateName({ say }: Words, name: string): string {
  switch (name) {
    case 'needs_info': case 'ready': case 'review': case 'ignored': case 'quarantined': return say(`state.${name}`);
    default: return name;
  }
}

/** What else was asked, so that a form that changes one thing keeps the others. */
function hiddenFields(asked: AskedQueue, without: readonly string[]): HtmlValue {
  return [...new URLSearchParams(queueQuery(asked))].filter(([name]) => !without.includes(name)).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

function emptyQueue(asked: AskedQueue, { say }: Words): Html {
  return isFiltered(asked) ? emptyState(say('queue.none'), say('queue.noneFiltered'), linkButton(say('queue.clear'), '/')) : emptyState(say('queue.none'), say('queue.noneOpen'));
}

/** Left out where lines are cards. */
const nothing = html`<span class="muted none">–</span>`;

function lineTable(lines: readonly QueueLine[], asked: AskedQueue, now: Date, words: Words): Html {
  const { say } = words;
  const query = queueQuery(asked);
  const columns = [say('queue.case'), say('queue.merchant'), say('queue.outcome'), `${say('queue.missing')} · ${say('case.flags')}`, say('queue.assignee'), say('queue.due')] as const;
  const [, merchant, outcome, missing, assignee, due] = columns;
  return html`<table class="table lines"><caption class="visually-hidden">${say('queue.cases')}</caption>
<thead><tr>${columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>
${lines.map((line) => html`<tr id="case-${line.id}" data-item>
<th scope="row"><a class="line-link" href="/cases/${line.id}${query !== '' && `?${query}`}"><span class="line-subject"${attribute('lang', line.language)}>${line.subject === '' ? say('queue.noSubject') : theirs(line.subject)}</span></a>
<span class="line-who">${line.customer === null ? say('queue.noSender') : theirs(line.customer)}${line.mails > 1 && html` · ${say('queue.mails', { n: line.mails })}`}${line.arrivedAt !== null && html` · <time datetime="${line.arrivedAt.toISOString()}" title="${words.moment(line.arrivedAt)}">${whenInWords(line.arrivedAt, now, words)}</time>`}</span></th>
<td data-label="${merchant}"><div>${line.merchant ?? '–'}${line.language !== null && html` <span class="line-language">${words.languageName(line.language)}</span>`}</div></td>
<td data-label="${outcome}"><div>${chips([outcomeChip(words, line.outcome), ...standing(line, words)])}${line.amount !== null && html` <span class="amount">${line.amount}</span>`}</div></td>
<td data-label="${missing}">${line.missing.length + line.flags.length === 0 ? nothing : chips([...line.missing.slice(0, 3).map((name) => chip(nameOf(words, 'fact', name))), ...(line.missing.length > 3 ? [chip(`+${String(line.missing.length - 3)}`)] : []), ...line.flags.map((flag) => flagChip(words, flag))])}</td>
<td data-label="${assignee}">${line.assignee ?? nothing}</td>
<td data-label="${due}">${dueOf(line, now, words)}</td>
</tr>
`)}</tbody></table>`;
}

/** What is special about where a case stands; nothing where its draft lies ready as usual. */
function standing(line: QueueLine, words: Words): Html[] {
  const { say } = words;
  const why = line.quarantine === null ? null : { code: line.quarantine.code, detail: line.quarantine.reason };
  return [
    ...(line.stage === 'open' ? [] : [chip(say(`stage.one.${line.stage}`))]),
    ...(line.priority > 0 ? [chip(say('queue.priority'), 'bad')] : []),
    ...(line.state === 'quarantined' ? [chip(say('state.quarantined'), 'caution', why === null ? undefined : (failureInWords(why, words) ?? why.detail))] : []),
    ...(line.sending !== null && line.sending !== 'sent' ? [chip(say(`sending.${line.sending}`), line.sending === 'holding' || line.sending === 'sending' ? 'accent' : 'bad')] : []),
    ...(line.draft?.state === 'edited' ? [chip(say('draft.edited'), 'accent')] : []),
    ...(line.draft?.state === 'deleted' ? [chip(say('draft.deleted'), 'caution')] : []),
  ];
}

function dueOf(line: QueueLine, now: Date, words: Words): HtmlValue {
  const { say, moment, day, distance } = words;
  const time = (at: Date, text: string): Html => html`<time datetime="${at.toISOString()}" title="${moment(at)}">${text}</time>`;
  if (line.stage === 'closed') return line.closedAt === null ? '–' : time(line.closedAt, day(line.closedAt));
  if (line.stage === 'snoozed' && line.snoozedUntil !== null) return time(line.snoozedUntil, say('queue.until', { when: day(line.snoozedUntil) }));
  if (line.stage === 'waiting' && line.waitingSince !== null) return time(line.waitingSince, whenInWords(line.waitingSince, now, words));
  if (line.dueAt === null) return nothing;
  return line.dueAt < now ? html`<strong class="late">${time(line.dueAt, say('queue.overdueSince', { when: whenInWords(line.dueAt, now, words).replaceAll(' ', '\u00a0') }))}</strong>` : time(line.dueAt, distance(line.dueAt, now));
}

function viewsBar(reply: FastifyReply, asked: AskedQueue, views: readonly SavedView[]): HtmlValue {
  const { say } = reply.request.words;
  const query = queueQuery(asked);
  const person = agentOf(reply.request).name;
  if (views.length === 0 && query === '') return null;
  return html`<div class="views" role="group" aria-label="${say('queue.views')}">
${views.map((view) => html`<span class="view"><a href="${view.query === '' ? '/' : `/?${view.query}`}"${view.query === query && html` aria-current="true"`}>${view.name}</a>${view.owner === person && form(reply, `/views/${String(view.id)}/remove`, html`<button type="submit" class="view-remove" aria-label="${say('queue.viewRemove', { name: view.name })}">${icon('close')}</button>`)}</span>`)}
${query !== '' && !views.some((view) => view.query === query && view.owner === person) && html`<details class="view-save"><summary>${say('queue.saveView')}</summary>
${form(reply, '/views', html`<input type="hidden" name="query" value="${query}">${textField({ name: 'name', label: say('queue.viewName'), required: true, maxLength: maxViewNameChars, autocomplete: 'off' })}${checkBox({ name: 'shared', value: 'yes', label: say('queue.viewShared') })}${button(say('shell.save'))}`, { className: 'stack' })}</details>`}
</div>`;
}
