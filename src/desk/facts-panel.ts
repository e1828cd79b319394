import type { CaseView } from '../cases/lists/case-view.ts';
import type { FactReceipt } from '../decision/receipt.ts';
import type { Facts } from '../facts/facts.ts';
import type { ShownReceipt } from './decision-panel.ts';
import { factId, wordsId } from './evidence-marks.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { factValueInWords, nameOf, reasonName, theirs } from './names-in-words.ts';
import { panel } from './notices.ts';
import type { Words } from './words.ts';

/** What was read, each with the words it was read from: a fact leads to its words in the mail. */
export interface ShownFact extends Pick<FactReceipt, 'value' | 'source' | 'evidence'> {
  readonly name: string;
  readonly usedFor: readonly string[];
  readonly insteadOf: FactReceipt['insteadOf'] | null;
}

/** Those that the decision rests on; where it cannot be explained, those that the mails gave. */
export function factsOf(view: CaseView, shown: ShownReceipt): ShownFact[] {
  if (shown.kind === 'receipt') return shown.receipt.facts.map(({ insteadOf, ...fact }) => ({ ...fact, insteadOf: insteadOf ?? null }));
  const byName = new Map(view.mails.flatMap(({ facts }) => facts.map((fact): [string, ShownFact] => [fact.name, { ...fact, usedFor: [], insteadOf: null }])));
  return [...byName.values()];
}

export interface FactsPanelOptions {
  /** Facts whose words stand in the mail that is on the page. */
  readonly onPage: { readonly mailId: number; readonly found: readonly string[] } | null;
  /** What stands beside a fact, such as a way to edit it. */
  readonly editOf?: (name: string, value: unknown) => HtmlValue;
  readonly actions?: HtmlValue;
}

export function factsPanel(facts: readonly ShownFact[], read: Facts | null, words: Words, { onPage, editOf, actions = null }: FactsPanelOptions): Html {
  const { say } = words;
  const source = (name: string): string => nameOf(words, 'source', name);
  const summary: readonly (readonly [string, string])[] = read === null ? [] : [
    [say('numbers.requests'), nameOf(words, 'topic', read.topic)], [nameOf(words, 'fact', 'reason'), reasonName(words, read.reason)],
    ...(read.product === null ? [] : [['', nameOf(words, 'product', read.product)] as const]),
  ];
  const rows = facts.map(({ name, value, source: from, evidence, usedFor, insteadOf }) => html`<tr id="${factId(name)}">
<th scope="row">${nameOf(words, 'fact', name)}</th>
<td data-label="${say('case.value')}"><span><span class="fact-value" dir="auto">${breakable(factValueInWords(words, name, value))}</span>${insteadOf !== null && insteadOf !== undefined && html`<span class="instead">${say('case.insteadOf', { value: factValueInWords(words, name, insteadOf.value) })} <q>${theirs(insteadOf.evidence)}</q></span>`}</span></td>
<td data-label="${say('case.evidence')}"><span>${wordsOf(name, evidence, onPage)} <span class="muted nowrap">${source(from)}</span>${usedFor.length > 0 && html` <span class="muted used-for">${say('case.usedFor', { rules: usedFor.join(', ') })}</span>`}</span></td>
${editOf !== undefined && html`<td class="actions">${editOf(name, value)}</td>`}
</tr>
`);
  return panel(say('case.facts'), html`
${summary.length > 0 && html`<p class="summary-line">${summary.map(([, value]) => value).join(' · ')}</p>`}
${rows.length === 0 ? html`<p class="muted">${say('case.factsNone')}</p>` : html`<table class="table facts"><caption class="visually-hidden">${say('case.facts')}</caption>
<thead><tr><th scope="col">${say('case.fact')}</th><th scope="col">${say('case.value')}</th><th scope="col">${say('case.evidence')}</th>${editOf !== undefined && html`<th scope="col"><span class="visually-hidden">${say('people.actions')}</span></th>`}</tr></thead>
<tbody>${rows}</tbody></table>`}${actions}`, { id: 'facts' });
}

/** Addresses are broken where people would break them, if they must be. */
function breakable(text: string): HtmlValue {
  return text.split(/(?=@)|(?<=[/_])/u).map((part, index) => html`${index > 0 && html`<wbr>`}${part}`);
}

function wordsOf(name: string, evidence: string, onPage: FactsPanelOptions['onPage']): HtmlValue {
  if (evidence.trim() === '') return null;
  const short = evidence.length > 160 ? `${evidence.slice(0, 159)}…` : evidence;
  if (onPage?.found.includes(name) === true) return html`<a class="to-words" href="#${wordsId(onPage.mailId, name)}"><q>${theirs(short)}</q></a>`;
  return html`<q>${theirs(short)}</q>`;
}
