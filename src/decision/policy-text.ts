/**
 * A passage: the words of a merchant's published policy that a clause stands for. The text is plain; its parts are known by their numbers
 * (`2.1`, `3(b)`), by their headings, or by the label of a list item (`Partial refund: …`).
 */
export interface Passage {
  /** As the pack cites it, one clause of several: `2.1`. */
  readonly cited: string;
  /** The heading it stands under, verbatim; null where it has none. */
  readonly heading: string | null;
  /** Its lines, without the heading. */
  readonly lines: readonly PassageLine[];
}

export interface PassageLine {
  /** Verbatim but for the sign of a list. */
  readonly text: string;
  /** One of a list: understood only with the line that introduces it. */
  readonly isItem: boolean;
}

/** What a citation such as `2.1, 2.3` was found to mean, and which of its parts the text does not have. */
export interface FoundClause {
  readonly passages: readonly Passage[];
  readonly notFound: readonly string[];
}

interface Line extends PassageLine {
  /** `2`, `2.1`, `2b`; null where the line begins no numbered part. */
  readonly number: string | null;
  /** Words by which a part without a number is cited: a heading, or the label of an item. */
  readonly label: string | null;
  readonly isHeading: boolean;
}

// Numbers of dates (17.03.2026, 24 August) are none of a heading.
const numbered = /^(?:#{1,6}\s*)?(?:§\s*)?(\d{1,2}(?:\.\d{1,2})+\.?(?=\s)|\d{1,2}[.)](?!\d)|§?\d{1,2}(?=\s+\p{Lu})(?!.*\b(?:19|20)\d{2}\b)(?!.*[.:;]$))\s*/u;
const lettered = /^\(?(\p{Ll})\)\s+/u;
const listItem = /^[•*\-–—·◦▪]\s+/u;
const markdownHeading = /^#{1,6}\s+/u;
const maxHeadingWords = 14;
const maxLabelWords = 8;

/** The passages that `clause` cites in the text. */
export function findClause(text: string, clause: string): FoundClause {
  const lines = linesOf(text);
  const whole = passageOf(clause, lines);
  if (whole !== null) return { passages: [whole], notFound: [] };
  const passages: Passage[] = [];
  const notFound: string[] = [];
  for (const cited of clause.split(/[,;]\s*/u).flatMap(spellOutRange)) {
    const passage = passageOf(cited, lines);
    if (passage === null) notFound.push(cited);
    else passages.push(passage);
  }
  return { passages, notFound };
}

/** The sentences of the passages in which the words stand, each with the line that introduces its list; `notFound` are words that stand in none. */
export function findSentences(passages: readonly Passage[], words: readonly string[]): { readonly sentences: readonly string[]; readonly notFound: readonly string[] } {
  const sentences: string[] = [];
  const notFound: string[] = [];
  for (const fragment of words) {
    const sought = folded(fragment);
    const found = passages.flatMap(({ lines }) => lines.flatMap(({ text, isItem }, index) => {
      const sentence = sentencesOf(text).find((each) => folded(each).includes(sought));
      if (sentence === undefined) return [];
      const lead = isItem ? lines.slice(0, index).findLast((each) => each.text.endsWith(':')) : undefined;
      return [...(lead === undefined ? [] : sentencesOf(lead.text).slice(-1)), sentence];
    }));
    if (found.length === 0) notFound.push(fragment);
    for (const sentence of found) if (!sentences.includes(sentence)) sentences.push(sentence);
  }
  return { sentences, notFound };
}

function sentencesOf(line: string): string[] {
  return line.split(/(?<=[.!?…]['"»”)]?)\s+(?=["«“(]?\p{Lu})|(?<=[。！？])/u);
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let section: string | null = null;
  let isAfterGap = true;
  for (const raw of joinWrapped(text)) {
    if (raw === '') {
      isAfterGap = true;
      continue;
    }
    const number = numbered.exec(raw)?.[1]?.replace(/[^\d.]|\.$/gu, '');
    const letter = lettered.exec(raw)?.[1];
    const hasSign = listItem.test(raw);
    const shown = raw.replace(listItem, '').replace(markdownHeading, '');
    const isHeading = number !== undefined || markdownHeading.test(raw) || (isAfterGap && !hasSign && letter === undefined && isTitle(raw));
    if (number !== undefined) section = number;
    const label = isHeading ? shown.replace(numbered, '') : labelOf(shown.replace(lettered, ''));
    lines.push({
      number: number ?? (letter !== undefined && section !== null ? section + letter : null),
      isItem: !isHeading && (hasSign || letter !== undefined || label !== null), isHeading, label, text: shown,
    });
    isAfterGap = false;
  }
  return lines;
}

// A line that goes on in lower case is the rest of the one above, as where a text was wrapped at 80 columns.
function joinWrapped(text: string): string[] {
  const joined: string[] = [];
  for (const line of text.normalize('NFC').split(/\r?\n/u).map((each) => each.trim())) {
    const above = joined.at(-1);
    if (above !== undefined && above !== '' && /^\p{Ll}/u.test(line) && !lettered.test(line)) joined[joined.length - 1] = `${above} ${line}`;
    else joined.push(line);
  }
  return joined;
}

function isTitle(line: string): boolean {
  return !/[.!?:;,…]$/u.test(line) && line.split(/\s+/u).length <= maxHeadingWords;
}

function labelOf(line: string): string | null {
  const label = /^([^:.!?]{2,80}):\s/u.exec(line)?.[1];
  return label === undefined || label.split(/\s+/u).length > maxLabelWords ? null : label;
}

function passageOf(cited: string, lines: readonly Line[]): Passage | null {
  const number = numberOf(cited);
  const at = number === null ? labelledLine(cited, lines) : lines.findIndex((line) => line.number === number);
  const line = lines[at];
  if (line === undefined) return null;
  const own = lines.slice(at, at + extent(lines, at, line));
  const isTitled = line.isHeading && isTitle(line.text);
  const heading = isTitled ? line.text : (lines.slice(0, at).findLast((each) => each.isHeading && isTitle(each.text))?.text ?? null);
  return { cited, heading, lines: (isTitled && own.length > 1 ? own.slice(1) : own).map(({ text, isItem }) => ({ text, isItem })) };
}

/** How many lines belong to the part that begins here. */
function extent(lines: readonly Line[], at: number, { number, isHeading }: Line): number {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => {
    if (number !== null) return line.number !== null && !isWithin(line.number, number);
    return isHeading ? line.isHeading : true;
  });
  return 1 + (end === -1 ? rest.length : end);
}

function isWithin(part: string, whole: string): boolean {
  return part.startsWith(`${whole}.`) || (part.startsWith(whole) && /^\p{Ll}$/u.test(part.slice(whole.length)));
}

// `§ 2.1`, `section 3(b)`, `п. 4`: a word or a sign before the number says no more than the number does.
function numberOf(cited: string): string | null {
  const [, digits, letter = ''] = /^(?:[^\d\s]{1,12}\s*)?(\d{1,2}(?:\.\d{1,2})*)\.?\s?\(?(\p{Ll})?\)?$/u.exec(cited.trim()) ?? [];
  return digits === undefined ? null : digits + letter;
}

// The label that has all words of the citation in their order, and the fewest beside them.
function labelledLine(cited: string, lines: readonly Line[]): number {
  const sought = wordsOf(cited);
  let best = -1;
  let fewest = Infinity;
  for (const [index, { label, isHeading }] of lines.entries()) {
    if (label === null) continue;
    const words = wordsOf(label);
    const beside = words.length - sought.length + (isHeading ? 0 : 1);
    if (beside < fewest && hasInOrder(words, sought)) [best, fewest] = [index, beside];
  }
  return best;
}

function hasInOrder(words: readonly string[], sought: readonly string[]): boolean {
  let next = 0;
  for (const word of words) if (word === sought[next]) next += 1;
  return sought.length > 0 && next === sought.length;
}

function wordsOf(text: string): string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ').replaceAll(/[’‘]/gu, "'").replaceAll('ё', 'е').trim();
}

function spellOutRange(cited: string): string[] {
  const [, from, to] = /^(\d{1,2})\s?[–—-]\s?(\d{1,2})$/u.exec(cited.trim()) ?? [];
  if (from === undefined || to === undefined) return [cited.trim()];
  return Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, index) => String(Number(from) + index));
}
