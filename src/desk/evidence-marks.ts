import { literalPattern } from '../facts/text/literal-pattern.ts';
import { html, type Html } from './html.ts';

/** The customer's words with those marked that facts were read from, each mark with a link to its fact. */
export interface Evidence {
  /** Of the fact. */
  readonly name: string;
  readonly words: string;
}

export interface MarkedText {
  readonly markup: Html;
  /** Facts whose words were found, in the order of the text. */
  readonly found: readonly string[];
}

/** Where a fact's words stand in a mail: `#words-12-order_number`. */
export function wordsId(mailId: number, name: string): string {
  return `words-${String(mailId)}-${name}`;
}

/** Where a fact stands in the list of facts. */
export function factId(name: string): string {
  return `fact-${name}`;
}

interface Span {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** `taken` has the facts whose words were marked before, in another part of the same mail: an id can be there only once. */
export function markEvidence(text: string, evidence: readonly Evidence[], mailId: number, label: (name: string) => string, taken: ReadonlySet<string> = new Set()): MarkedText {
  const spans = evidence.flatMap(({ name, words }) => (taken.has(name) ? [] : (placeOf(words, text, name) ?? [])));
  const inOrder = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  // Spans may overlap: each stretch between two borders carries all that cover it.
  const borders = [...new Set([0, text.length, ...inOrder.flatMap(({ start, end }) => [start, end])])].toSorted((a, b) => a - b);
  const begun = new Set<string>();
  const parts = borders.slice(0, -1).map((start, index) => {
    const stretch = shown(text.slice(start, borders[index + 1]));
    const covering = inOrder.filter((span) => span.start <= start && start < span.end);
    const [first] = covering;
    if (first === undefined) return html`${stretch}`;
    const fresh = covering.filter(({ name }) => !begun.has(name));
    for (const { name } of fresh) begun.add(name);
    const names = covering.map(({ name }) => label(name)).join(', ');
    return html`${fresh.map(({ name }) => html`<span id="${wordsId(mailId, name)}" class="words-start"></span>`)}<a class="evidence" href="#${factId(first.name)}" title="${names}"><mark>${stretch}</mark></a>`;
  });
  return { markup: html`${parts}`, found: inOrder.map(({ name }) => name) };
}

/** Letters that turn round what follows them are left out: "moc.knab" must not read as "bank.com". */
function shown(text: string): string {
  return text.replaceAll(/[\u202d\u202e]/gu, '');
}

const minWordsChars = 1;
const maxWordsChars = 600;

/** White space may have been changed on the way. Whole words first; scripts without spaces have none. */
function placeOf(words: string, text: string, name: string): Span | null {
  const wanted = words.normalize('NFC').trim();
  if (wanted.length < minWordsChars || wanted.length > maxWordsChars) return null;
  const pattern = wanted.split(/\s+/u).map(literalPattern).join(String.raw`\s+`);
  const found = new RegExp(String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`, 'u').exec(text) ?? (wanted.length > 2 ? new RegExp(pattern, 'u').exec(text) : null);
  return found === null ? null : { name, start: found.index, end: found.index + found[0].length };
}
