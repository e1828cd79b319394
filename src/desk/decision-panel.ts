import type { CaseView } from '../cases/lists/case-view.ts';
import type { PackShelf } from '../cases/replay.ts';
import { decisionInForce } from '../cases/actions/worked-case.ts';
import { makeReceipt, type ClauseReceipt, type GroundReceipt, type Receipt, type RuleReceipt } from '../decision/receipt.ts';
import { dayOf, deadlineInWords, passedInWords, sumInWords } from './arithmetic-in-words.ts';
import { chip, chips } from './chips.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { icon } from './icons.ts';
import { factValueInWords, flagChip, isFlag, nameOf, outcomeChip, outcomeName } from './names-in-words.ts';
import { notice, panel } from './notices.ts';
import type { Words } from './words.ts';

/** Why the decision is what it is: the clause with the policy's own sentences, the arithmetic, what is asked for, each rule that was tried. */

/** The decision's receipt; or why there is none. */
export type ShownReceipt =
  | { readonly kind: 'receipt'; readonly receipt: Receipt; readonly isSame: boolean }
  | { readonly kind: 'none'; readonly why: 'no_basis' | 'missing' | 'not_understood' | null };

export async function readReceipt({ worked: { decided } }: Pick<CaseView, 'worked'>, shelf: PackShelf): Promise<ShownReceipt> {
  if (decided === null) return { kind: 'none', why: null };
  const { basis, decision } = decided;
  if (basis === null) return { kind: 'none', why: 'no_basis' };
  const pack = await shelf.packOf(decision.packHash);
  if (typeof pack === 'string') return { kind: 'none', why: pack };
  const receipt = makeReceipt(basis.facts, pack, { ...basis.context, packHash: decision.packHash });
  const again = receipt.decision;
  return { kind: 'receipt', receipt, isSame: again.outcome === decision.outcome && again.rule === decision.rule && again.amount === decision.amount };
}

export function decisionPanel(view: CaseView, shown: ShownReceipt, words: Words, actions: HtmlValue = null): Html {
  const { say } = words;
  const { worked } = view;
  const decision = decisionInForce(worked);
  if (decision === null) return panel(say('case.decision'), html`<p class="muted">${say('case.decisionNone')}</p>${actions}`, { id: 'decision' });
  const receipt = shown.kind === 'receipt' ? shown.receipt : null;
  return panel(say('case.decision'), html`
<p class="verdict">${outcomeChip(words, decision.outcome)}${decision.amount !== null && html` <strong class="amount">${decision.amount}</strong>`}${decision.rule !== null && html` <span class="muted">${say('case.byRule', { rule: decision.rule })}</span>`}</p>
${worked.override !== null && notice('accent', html`<p>${say(worked.override.kind === 'override' ? 'action.overridden' : 'action.asked', { name: worked.override.by, reason: worked.override.reason })}</p><p class="muted">${say('case.policyDecided', { outcome: outcomeName(words, worked.decided?.decision.outcome ?? null) })}</p>`)}
${decision.discretionary && html`<p class="muted">${say('case.discretionary')}</p>`}
${shown.kind === 'none' && shown.why !== null && html`<p class="muted">${say('case.receiptMissing', { why: say(`case.why.${shown.why}`) })}</p>`}
${shown.kind === 'receipt' && !shown.isSame && notice('caution', say('case.decidedOtherwise'))}
${receipt?.clauses.map((clause) => clauseMarkup(clause, words))}
${receipt !== null && receipt.amount !== null && html`<dl class="plain"><dt>${say('case.arithmetic')}</dt><dd>${sumInWords(receipt.amount.sum, words)}</dd></dl>`}
${checklist(view, receipt, words)}
${decision.agentChecks.length > 0 && html`<h3>${say('case.checks')}</h3><ul class="ticks">${decision.agentChecks.map((name) => html`<li class="open">${icon('search')}<span>${nameOf(words, 'fact', name)}</span></li>`)}</ul>`}
${receipt !== null && receipt.deadlines.length > 0 && html`<h3>${say('case.deadlines')}</h3><dl class="plain">${receipt.deadlines.map(({ what, by, counted }) => html`<dt>${nameOf(words, 'case.deadline', what)}${by !== null && html` <time datetime="${by}">${dayOf(by, words)}</time>`}</dt><dd class="muted">${deadlineInWords(counted, words)}</dd>`)}</dl>`}
${receipt !== null && receipt.rules.length > 0 && html`<details class="trace"><summary>${say('case.rules')} <span class="count">${words.number(receipt.rules.length)}</span></summary><ol class="rules">${receipt.rules.map((rule) => ruleMarkup(rule, words))}</ol></details>`}
${actions}`, { id: 'decision' });
}

/** In plain words, since a flag asks something of whoever works on the case. */
export function flagNotices(view: CaseView, words: Words): HtmlValue {
  const decision = decisionInForce(view.worked);
  const all = [...new Set([...view.mails.flatMap(({ flags }) => flags), ...(decision?.flags ?? [])])];
  if (all.length === 0) return null;
  return html`<ul class="flag-list">${all.map((flag) => html`<li>${flagChip(words, flag)} ${isFlag(flag) && html`<span>${words.say(`flag.${flag}.about`)}</span>`}</li>`)}</ul>`;
}

function clauseMarkup({ rule, clause, language, headings, sentences, notFound }: ClauseReceipt, { say }: Words): Html {
  return html`<figure class="clause"><figcaption>${say('case.clause', { clause })}${headings.length > 0 && html` · <bdi>${headings.join(' · ')}</bdi>`} <span class="muted">${rule}</span></figcaption>
${sentences.map((sentence) => html`<blockquote${language !== null && html` lang="${language}"`} dir="auto">${sentence}</blockquote>`)}${notFound.length > 0 && html`<p class="muted">${notFound.join(', ')}</p>`}</figure>`;
}

interface AskedItem {
  readonly name: string;
  readonly isMet: boolean;
  readonly because: 'required' | 'hangs_on';
}

/** What the policy asks of the customer: there, or missing. */
function checklist(view: CaseView, receipt: Receipt | null, words: Words): HtmlValue {
  const { say } = words;
  const missing: readonly string[] = decisionInForce(view.worked)?.missing ?? [];
  const rows: AskedItem[] = receipt?.requirements.map(({ name, isMet, because }) => ({ name, isMet: isMet && !missing.includes(name), because })) ?? [];
  const others = missing.filter((name) => !rows.some((row) => row.name === name)).map((name): AskedItem => ({ name, isMet: false, because: 'required' }));
  const all = [...rows, ...others];
  if (all.length === 0) return null;
  return html`<h3 id="missing">${say('case.missing')}</h3><ul class="ticks">${all.map(({ name, isMet, because }) => html`<li class="${isMet ? 'met' : 'open'}">${icon(isMet ? 'check' : 'open')}<span>${nameOf(words, 'fact', name)} <span class="muted">${isMet ? say('case.met') : say('case.unmet')}${because === 'hangs_on' && `, ${say('case.hangsOn')}`}</span></span></li>`)}</ul>`;
}

function ruleMarkup({ rule, when, holds, applies, grounds, unknownFacts, clause }: RuleReceipt, words: Words): Html {
  const { say } = words;
  return html`<li class="${applies ? 'applies' : ''}"><p><strong>${rule}</strong> ${chips([
    chip(say(`case.holds.${holds}`), holds === true ? 'good' : holds === 'unknown' ? 'caution' : 'neutral'),
    ...(applies ? [chip(holds === true ? say('case.decides') : say('case.stillPossible'), 'accent')] : []),
  ])}${clause !== null && html` <span class="muted">${say('case.clause', { clause })}</span>`}</p>
${when !== null && html`<p class="muted">${say('case.when')} <code>${when}</code></p>`}
${holds === 'unknown' ? html`<p>${say('case.unknownFacts', { facts: unknownFacts.map((name) => nameOf(words, 'fact', name)).join(', ') })}</p>` : grounds.length > 0 && html`<p>${say('case.since')} ${grounds.map((ground) => groundText(ground, words)).join(', ')}</p>`}</li>
`;
}

function groundText({ name, value, arithmetic, passed }: GroundReceipt, words: Words): string {
  const shown = Array.isArray(value) ? `[${value.join(', ')}]` : typeof value === 'number' ? String(Number(value.toFixed(4))) : value === '' ? '–' : factValueInWords(words, name, value);
  return `${nameOf(words, 'fact', name)} = ${shown}${arithmetic === null ? '' : ` (${passed === undefined ? arithmetic : passedInWords(passed, words)})`}`;
}
