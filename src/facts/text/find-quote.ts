import type { Passage } from './sentences.ts';

/** A quote found again in the mail. */
export interface FoundQuote {
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
}

/** White space may have been changed on the way: a quote is looked for without regard to how much of it there is, and where lines break. */
export function findQuote(quote: string, passages: readonly Passage[]): FoundQuote | null {
  const wanted = quote.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (wanted.length < minQuoteChars || wanted.length > maxQuoteChars) return null;
  for (const passage of passages) {
    const { text, origin } = collapsed(passage.text);
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
      const found = { passage, start: origin[at] ?? 0, end: (origin[at + wanted.length - 1] ?? 0) + 1 };
      if (isWhole(passage.text, found.start, found.end)) return found;
    }
  }
  return null;
}

const minQuoteChars = 2;
/** A few sentences: whoever quotes the whole mail has pointed at nothing. */
const maxQuoteChars = 400;

function collapsed(text: string): { readonly text: string; readonly origin: readonly number[] } {
  let collapsedText = '';
  const origin: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const isSpace = /\s/u.test(character);
    if (isSpace && collapsedText.endsWith(' ')) continue;
    collapsedText += isSpace ? ' ' : character;
    origin.push(at);
  }
  return { text: collapsedText, origin };
}

/** Not cut out of a word or a number: "9.90 EUR" is no quote from "19.90 EUR", nor "useful" from "not useful" written in one. */
function isWhole(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 3), start);
  const after = text.slice(end, end + 5);
  const first = text.slice(start, start + 1);
  const last = text.slice(end - 1, end);
  if (/\p{Nd}/u.test(first) && /\p{Nd}[.,:/\u2009\u00a0 -]?$|[-−+]$|[\p{Script=Latin}\p{Script=Cyrillic}]$/u.test(before)) return false;
  if (/\p{Nd}/u.test(last) && /^[.,:/-]?\p{Nd}|^[ \u00a0]\p{Nd}{3}(?!\p{Nd})/u.test(after)) return false;
  // Scripts without spaces have no words to cut.
  const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Greek}]/u;
  return !(spaced.test(first) && spaced.test(before.slice(-1))) && !(spaced.test(last) && spaced.test(after.slice(0, 1)));
}
