import type { FastifyReply } from 'fastify';
import { editableNames } from '../cases/actions/editable-facts.ts';
import { sendableStates } from '../cases/actions/worked-case.ts';
import { askNames } from '../draft/phrases.ts';
import { overrideChoices, overrideClauses } from '../sending/override-choices.ts';
import type { CaseControls, ShownCase } from './case-page.ts';
import { button, checkBox, form, optionsOf, selectField, textArea, textField } from './controls.ts';
import type { DeskContext } from './desk-context.ts';
import { draftEditor, promisesIn, replyLanguages } from './draft-panel.ts';
import { agentOf } from './gate.ts';
import { flag, html, type Html, type HtmlValue } from './html.ts';
import { nameOf, outcomeName, valueInWords } from './names-in-words.ts';
import { mayAct, type Role } from './roles.ts';
import { sendingNotice } from './sending-notice.ts';

/** What people can do with a case, at its place on the page: forms that `action-routes.ts` takes. Each gives nothing to someone who may not. */
export function caseControls(desk: DeskContext): CaseControls {
  return {
    bar: (reply, shown) => ifAllowed(reply, 'drafter', () => bar(reply, shown)),
    decision: (reply, shown) => ifAllowed(reply, 'drafter', () => decisionControls(reply, shown)),
    fact: (reply, shown, name, value) => ifAllowed(reply, 'drafter', () => factControl(reply, shown, name, value)),
    facts: (reply, shown) => ifAllowed(reply, 'drafter', () => addFact(reply, shown)),
    draft: (reply, shown) => ifAllowed(reply, 'drafter', () => draftControls(reply, shown, desk)),
    notes: (reply, { view, typed }) => ifAllowed(reply, 'drafter', () => form(reply, `/cases/${String(view.worked.id)}/notes`, html`
${textArea({ name: 'note', label: reply.request.words.say('action.note'), value: typed.take('notes')?.field('note') ?? '', rows: 3, maxLength: 10_000, required: true })}${button(reply.request.words.say('action.addNote'))}`)),
  };
}

function ifAllowed(reply: FastifyReply, role: Role, make: () => HtmlValue): HtmlValue {
  return mayAct(agentOf(reply.request).role, role) ? make() : null;
}

/** Which case, as whoever sends the form saw it. */
function seen({ view: { worked } }: ShownCase): Html {
  return html`<input type="hidden" name="version" value="${worked.version}">`;
}

function folded(label: string, content: HtmlValue, { key = null, isOpen = false }: { readonly key?: string | null; readonly isOpen?: boolean } = {}): Html {
  return html`<details class="act"${key !== null && html` data-key="${key}"`}${flag('open', isOpen)}><summary class="button plain">${label}</summary><div class="act-body">${content}</div></details>`;
}

const dayMs = 24 * 60 * 60 * 1_000;

function bar(reply: FastifyReply, shown: ShownCase): Html {
  const { say } = reply.request.words;
  const { view: { worked, mails }, now, typed } = shown;
  const act = (name: string, label: string, content: HtmlValue = null, look: 'plain' | 'quiet' = 'plain'): Html => form(reply, `/cases/${String(worked.id)}/${name}`, html`${seen(shown)}${content}${button(label, { look })}`, { className: 'inline' });
  const [assign, snooze, quarantine, merge, split] = ['assign', 'snooze', 'quarantine', 'merge', 'split'].map((name) => typed.take(name));
  const others = mails.filter(({ role, fingerprint }) => role !== 'answer' && role !== 'bounce' && fingerprint !== worked.fingerprint);
  const tomorrow = new Date(now.getTime() + dayMs).toISOString().slice(0, 10);
  return html`<div class="acts" aria-label="${say('people.actions')}" role="group">
${folded(say('action.assign'), act('assign', say('action.assign'), textField({ name: 'assignee', label: say('action.assignTo'), value: assign?.field('assignee') ?? worked.assignee ?? agentOf(reply.request).name, hint: say('action.nobody'), maxLength: 64 })), { key: 'assign', isOpen: assign != null })}
${worked.stage !== 'snoozed' && worked.stage !== 'closed' && folded(say('action.snooze'), act('snooze', say('action.snooze'), textField({ name: 'until', type: 'date', label: say('action.snoozeUntil'), value: snooze?.field('until') ?? tomorrow, required: true })), { key: 'snooze', isOpen: snooze != null })}
${worked.stage === 'closed' ? act('reopen', say('action.reopen')) : act('close', say('action.close'))}
${worked.stage !== 'open' && worked.stage !== 'closed' && act('reopen', say('action.reopen'))}
${folded(say('action.more'), html`
${worked.state !== 'quarantined' && worked.state !== 'ignored' && act('not-a-request', say('action.notARequest'))}
${worked.state !== 'quarantined' && act('quarantine', say('action.quarantine'), textField({ name: 'quarantine_reason', label: say('action.reason'), value: quarantine?.field('quarantine_reason') ?? '', maxLength: 500 }))}
${act('retry', say('action.retry'))}
${act('merge', say('action.merge'), textField({ name: 'into', type: 'number', label: say('action.mergeInto'), value: merge?.field('into') ?? '', required: true }))}
${others.length > 0 && act('split', say('action.split'), others.map(({ id, subject, receivedAt }) => checkBox({ name: 'mails', value: String(id), checked: split?.list('mails').includes(String(id)) === true, label: html`<bdi>${subject}</bdi> <span class="muted">${reply.request.words.moment(receivedAt)}</span>` })))}`, { isOpen: quarantine != null || merge != null || split != null })}
</div>
<p class="muted" id="case-viewers" hx-post="/cases/${worked.id}/viewing" hx-trigger="load, every 20s, desk:viewing" hx-include="#case-csrf" data-viewers="${worked.id}" aria-live="polite">${shown.viewers}</p>
${form(reply, `/cases/${String(worked.id)}/viewing`, html`<input type="hidden" name="editing" value="false">`, { id: 'case-csrf', className: 'visually-hidden' })}`;
}

function decisionControls(reply: FastifyReply, shown: ShownCase): HtmlValue {
  const { words } = reply.request;
  const { say } = words;
  const { view: { worked }, grounds: { pack }, typed } = shown;
  if (worked.decided === null || pack === null) return null;
  const path = `/cases/${String(worked.id)}`;
  const choices = overrideChoices(pack).map(({ rule, outcome, clause }) => ({ value: `${rule ?? ''}|${outcome}`, label: `${outcomeName(words, outcome)}${rule === null ? '' : ` · ${rule}`}${clause === null ? '' : ` (${clause})`}` }));
  // Called as the merchant's replies call it in the desk's language, where they do.
  const titles = pack.replies.byLanguage.get(words.language)?.phrases.clauses;
  const clauses = overrideClauses(pack).map((clause) => ({ value: clause, label: titles?.has(clause) === true ? `${clause} · ${titles.get(clause) ?? ''}` : clause }));
  const { override } = worked;
  const [overriding, asking] = [typed.take('override'), typed.take('ask')];
  return html`${override !== null && form(reply, `${path}/override/withdraw`, html`${seen(shown)}${button(say('action.withdraw'))}`, { className: 'inline' })}
<div class="acts">
${folded(say('action.override'), form(reply, `${path}/override`, html`${seen(shown)}<p class="hint">${say('action.overrideLead')}</p>
${selectField({ name: 'choice', label: say('action.overrideTo'), choices, value: overriding?.field('choice') ?? `${worked.decided.decision.rule ?? ''}|${worked.decided.decision.outcome}` })}
${clauses.length > 0 && selectField({ name: 'clause', label: say('action.overrideClause'), choices: [{ value: '', label: say('action.overrideClauseOfRule') }, ...clauses], value: overriding?.field('clause') ?? '' })}
${textField({ name: 'amount', label: say('action.overrideAmount'), value: overriding?.field('amount') ?? worked.decided.decision.amount ?? '', maxLength: 20 })}
${textField({ name: 'override_reason', label: say('action.reason'), value: overriding?.field('override_reason') ?? '', required: true, maxLength: 1_000 })}${button(say('action.override'))}`), { isOpen: overriding !== null })}
${folded(say('action.ask'), form(reply, `${path}/ask`, html`${seen(shown)}<fieldset><legend>${say('action.askFor')}</legend>
${askNames.filter(isRequirement).map((name) => checkBox({ name: 'missing', value: name, label: nameOf(words, 'fact', name), checked: asking === null ? worked.decided?.decision.missing.includes(name) === true : asking.list('missing').includes(name) }))}</fieldset>
${textField({ name: 'ask_reason', label: say('action.reason'), value: asking?.field('ask_reason') ?? '', maxLength: 1_000 })}${button(say('action.ask'))}`), { isOpen: asking !== null })}
</div>`;
}

/** What can be asked for and is no variant of another thing. */
export function isRequirement<Name extends string>(name: Name): name is Exclude<Name, 'time_of_day' | `screenshot_with_${string}`> {
  return name !== 'time_of_day' && !name.startsWith('screenshot_with_');
}

function factControl(reply: FastifyReply, shown: ShownCase, name: string, value: unknown): HtmlValue {
  const { words } = reply.request;
  const { pack, view: { worked } } = shown.grounds;
  if (pack === null || !editableNames(pack).some((each) => each === name)) return null;
  const label = `${words.say('action.editFact')}: ${nameOf(words, 'fact', name)}`;
  const typed = shown.typed.take(`facts/${name}`)?.field('value');
  const known = value === null || value === undefined ? '' : valueInWords(words, value);
  return html`<details class="act"${flag('open', typed !== undefined)}><summary class="button quiet" aria-label="${label}">${words.say('action.editFact')}</summary><div class="act-body">${form(reply, `/cases/${String(worked.id)}/facts`, html`${seen(shown)}<input type="hidden" name="name" value="${name}">
<input class="input small" name="value" value="${typed ?? known}" aria-label="${label}" title="${words.say('action.factValue')}" maxlength="200">${button(words.say('shell.save'), { ariaLabel: `${words.say('shell.save')}: ${nameOf(words, 'fact', name)}` })}`, { className: 'inline' })}</div></details>`;
}

function addFact(reply: FastifyReply, shown: ShownCase): HtmlValue {
  const { words } = reply.request;
  const { pack, view: { worked } } = shown.grounds;
  if (pack === null || worked.decided?.basis == null) return null;
  const known = new Set(shown.facts.map(({ name }) => name));
  const choices = editableNames(pack).filter((name) => !known.has(name)).map((name) => ({ value: name, label: nameOf(words, 'fact', name) }));
  // One that is not known yet has no form of its own.
  const typed = choices.map(({ value }) => ({ name: value, words: shown.typed.take(`facts/${value}`) })).find(({ words: kept }) => kept !== null);
  return folded(words.say('action.addFact'), form(reply, `/cases/${String(worked.id)}/facts`, html`${seen(shown)}
${selectField({ name: 'name', label: words.say('case.fact'), choices, ...(typed === undefined ? {} : { value: typed.name }) })}${textField({ name: 'value', label: words.say('action.factValue'), value: typed?.words?.field('value') ?? '', maxLength: 200 })}${button(words.say('shell.save'))}`), { isOpen: typed !== undefined });
}

function draftControls(reply: FastifyReply, shown: ShownCase, desk: DeskContext): HtmlValue {
  const { words, agent } = reply.request;
  const { say } = words;
  const { view, grounds } = shown;
  const { worked } = view;
  const { draft } = worked;
  const path = `/cases/${String(worked.id)}`;
  const languages = replyLanguages(grounds);
  const rewriting = worked.decided?.basis == null || languages.length === 0 ? null : folded(say('action.rewrite'), form(reply, `${path}/draft/rewrite`, html`${seen(shown)}
<label for="field-reply-language">${say('action.language')}</label> <select class="input small" id="field-reply-language" name="language">${optionsOf(languages.map((code) => ({ value: code, label: words.languageName(code) })), draft?.language ?? worked.language ?? 'en')}</select>${button(say('action.rewrite'))}`, { className: 'inline' }));
  const state = sendingNotice(reply, view);
  if (draft === null || !sendableStates.includes(draft.state)) return html`${state}${rewriting}`;
  if (draft.onlyThere) return html`${state}<p>${say('action.onlyThere')}</p>`;
  const isUnderWay = view.sendings[0]?.state === 'holding' || view.sendings[0]?.state === 'sending' || view.sendings[0]?.state === 'uncertain';
  if (isUnderWay) return state;
  const knownAt = (revision: number): Html => html`${seen(shown)}<input type="hidden" name="draft" value="${draft.messageId}"><input type="hidden" name="revision" value="${revision}">`;
  const known = knownAt(draft.revision);
  const edited = shown.typed.take('draft/save');
  // Typed over an earlier revision, it is saved over that one only: what others saved meanwhile is put beside it.
  const typedOver = edited?.field('draft') === draft.messageId ? Number(edited.field('revision') ?? draft.revision) : draft.revision;
  const maySend = agent !== null && mayAct(agent.role, 'sender');
  const canSend = desk.sendsFrom === undefined || desk.sendsFrom.has(draft.mailbox);
  const unbacked = promisesIn(draft.text, draft.language, grounds, shown.now) ?? [];
  const sending = !maySend ? html`<p class="hint">${say('action.mayNotSend')}</p>` : !canSend ? html`<p class="hint">${say('action.cannotSend')}</p>`
    : form(reply, `${path}/draft/send`, html`${known}${unbacked.length > 0 && textField({ name: 'reason', label: say('action.reason'), value: shown.typed.take('draft/send')?.field('reason') ?? '', hint: say('action.promisesLead'), maxLength: 1_000 })}${button(say(unbacked.length > 0 ? 'action.sendAnyway' : 'action.send'), { look: 'primary', key: 'approve' })}`, { className: 'send' });
  return html`${state}
<span hx-post="${path}/draft/follow" hx-trigger="load" hx-target="#case-news"></span>
${draft.state === 'deleted' && html`<p>${say('action.deletedThere')}</p>${form(reply, `${path}/draft/restore`, html`${known}${button(say('action.restore'))}`, { className: 'inline' })}`}
${sending}
<div class="acts">
${folded(say('action.edit'), form(reply, `${path}/draft/save`, html`${knownAt(typedOver)}${draftEditor(reply, grounds, { ...draft, text: edited?.field('text') ?? draft.text })}
${button(say('action.save'), { name: 'deed', value: 'save' })}${maySend && canSend && button(say('action.saveAndSend'), { look: 'primary', name: 'deed', value: 'send' })}`), { key: 'edit', isOpen: edited !== null })}
${rewriting}
${form(reply, `${path}/draft/look`, html`${button(say('action.look'), { look: 'quiet' })}`, { className: 'inline' })}
</div>`;
}
