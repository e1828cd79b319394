import { numeralValue } from './numerals.ts';
import type { PhraseBook } from './phrases.ts';
import type { Sentence } from './sentences.ts';

/** Numbers written out in several words: tens with ones, and where hundreds are one word each, hundreds and thousands. */

/** Languages whose hundreds are one word each: "двести", "дзвесце". */
export const ofWholeHundreds: ReadonlySet<string> = new Set(['ru', 'be', 'uk']);

export const thousandWord = /^(?:тысяч\p{L}*|тыщ\p{L}*|тысяц\p{L}*|тисяч\p{L}*|tysiące|tysiace|tysięcy|tysiecy|thousand|bin|الف|الفا|الاف)$/u;

/** The number in words that ends here: "nine", "twenty-five". */
export function numberInWords({ tokens }: Sentence, last: number, book: PhraseBook): { value: number; first: number } | null {
  const valueAt = (index: number): number | null => (tokens[index]?.kind === 'word' ? numeralValue(tokens[index].folded, book.language) : null);
  const value = valueAt(last);
  if (value === null) return null;
  const tens = valueAt(last - 1);
  return tens !== null && tens >= 20 && tens % 10 === 0 && value < 10 ? { value: tens + value, first: last - 1 } : { value, first: last };
}

/** As `numberInWords`, with hundreds and thousands before it: "тысяча двести девяносто", "полторы тысячи", "две с половиной тысячи". */
export function longNumberInWords(sentence: Sentence, last: number, book: PhraseBook): { value: number; first: number } | null {
  const { tokens } = sentence;
  let found = numberInWords(sentence, last, book);
  if (!ofWholeHundreds.has(book.language.code)) return found;
  const hundreds = found === null || found.value >= 100 ? null : numberInWords(sentence, found.first - 1, book);
  if (found !== null && hundreds !== null && hundreds.value >= 100 && hundreds.value % 100 === 0) found = { value: hundreds.value + found.value, first: hundreds.first };
  const at = found === null ? last : found.first - 1;
  const word = tokens[at];
  if (word?.kind !== 'word' || !thousandWord.test(word.folded) || (found !== null && found.value >= 1000)) return found;
  const count = thousandsBefore(sentence, at, book);
  return count === null ? found : { value: count.value * 1000 + (found?.value ?? 0), first: count.first };
}

/** How many thousands: "полторы", "две с половиной", "3"; "тысяча" alone is one. */
export function thousandsBefore(sentence: Sentence, at: number, book: PhraseBook): { value: number; first: number } | null {
  const { tokens } = sentence;
  const halved = tokens[at - 1]?.folded === 'половиной' && tokens[at - 2]?.folded === 'с' ? numberBefore(sentence, at - 2, book) : null;
  if (halved !== null) return { value: halved.value + 0.5, first: halved.first };
  return numberBefore(sentence, at, book) ?? (/^тысяч[ау]$/u.test(tokens[at]?.folded ?? '') ? { value: 1, first: at } : null);
}

export function numberBefore(sentence: Sentence, index: number, book: PhraseBook): { value: number; first: number } | null {
  const before = sentence.tokens[index - 1];
  const count = before?.kind === 'number' ? { value: Number(before.folded), first: index - 1 } : numberInWords(sentence, index - 1, book);
  return count !== null && count.value > 0 && count.value < 1000 ? count : null;
}

/** What follows the thousands: "пять тысяч девятьсот". */
export function restInWords({ tokens }: Sentence, at: number, book: PhraseBook): { value: number; last: number; end: number } | null {
  let sum = 0;
  let last = at;
  let end = 0;
  let below = 1000;
  for (let index = at + 1; index <= at + 3; index++) {
    const token = tokens[index];
    const value = token === undefined || token.kind !== 'word' || token.afterBreak ? null : numeralValue(token.folded, book.language);
    if (token === undefined || value === null || value <= 0 || !Number.isInteger(value) || value >= below) break;
    sum += value;
    last = index;
    end = token.end;
    below = value >= 100 ? 100 : value >= 20 ? 10 : 1;
  }
  return sum === 0 ? null : { value: sum, last, end };
}
