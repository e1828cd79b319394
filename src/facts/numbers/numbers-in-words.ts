import { arabicNumberFrom } from './arabic-numbers.ts';
import { numeralValue } from '../text/numerals.ts';
import type { PhraseBook } from '../text/phrases.ts';
import type { Sentence } from '../text/sentences.ts';

/** Numbers written out in several words: tens with ones, hundreds and thousands. */

/** Languages whose hundreds are one word each: "двести", "дзвесце". */
export const ofWholeHundreds: ReadonlySet<string> = new Set(['ru', 'be', 'uk']);

export const thousandWord = /^(?:тысяч\p{L}*|тыщ\p{L}*|тысяц\p{L}*|тисяч\p{L}*|tysiące|tysiace|tysięcy|tysiecy|thousand|bin|الف|الفا|الاف)$/u;

/** How a language puts its numbers together: what joins the words, and what may stand on either side of that. */
interface Joining {
  readonly joint: RegExp;
  readonly joins: (before: number, next: number, word: string) => boolean;
  /** "Two hundred": its hundreds are counted. */
  readonly countsHundreds?: boolean;
}

const isTens = (value: number): boolean => value >= 20 && value < 100 && value % 10 === 0;

const joinings: Readonly<Record<string, Joining>> = {
  es: { joint: /^y$/u, joins: (before, next) => isTens(before) && next < 10 },
  // "Cem" is a hundred and no more, "cento" begins what is more.
  pt: { joint: /^e$/u, joins: (before, _next, word) => isTens(before) || (before >= 100 && word !== 'cem') },
  fr: { joint: /^et$/u, joins: (before, next) => isTens(before) && (next === 1 || next === 11), countsHundreds: true },
  it: { joint: /^e$/u, joins: () => false },
  en: { joint: /^and$/u, joins: (before) => before >= 100, countsHundreds: true },
  pl: { joint: /^$/u, joins: () => false },
};

/** One is mostly an article: it counts behind tens alone. */
const one = /^(?:un|uno|una|um|uma|une|one)$/u;

/** The number in words that begins here, as long as it is: "cincuenta y cinco", "quatre-vingt-dix-sept", "cento e vinte". */
export function numberFrom(sentence: Sentence, first: number, { language }: PhraseBook): { value: number; last: number } | null {
  if (language.code === 'ar') return arabicNumberFrom(sentence, first, language);
  const { tokens } = sentence;
  const joining = joinings[language.code];
  const french = language.code === 'fr';
  const valueAt = (index: number): number | null => {
    const token = tokens[index];
    const value = token?.kind !== 'word' || (index > first && token.afterBreak) ? null : numeralValue(token.folded, language);
    return value !== null && Number.isInteger(value) ? value : null;
  };
  /** What may follow a word of this value is less than this. */
  const roomBehind = (value: number): number => (value >= 1000 ? 1000 : value >= 100 ? 100 : french && (value === 60 || value === 80) ? 20 : value >= 20 || (french && value === 10) ? 10 : 0);
  const start = valueAt(first);
  if (joining === undefined || start === null) return null;
  let [last, thousands, group, before, room] = start >= 1000 ? [first, start, 0, start, 1000] : [first, 0, start, start, roomBehind(start)];
  for (;;) {
    const word = tokens[last]?.folded ?? '';
    const joint = tokens[last + 1];
    const joined = joint !== undefined && !joint.afterBreak && joining.joint.test(joint.folded);
    const index = joined ? last + 2 : last + 1;
    const next = tokens[index];
    if (next === undefined || next.afterBreak) break;
    const counted = !joined && joining.countsHundreds === true && group === before && group < 10 && group > 0;
    const value = counted && next.folded === 'cents' ? 100 : french && word === 'quatre' && next.folded === 'vingts' ? 20 : (valueAt(index) ?? (isTens(before) && one.test(next.folded) && (joined || language.code === 'en') ? 1 : null));
    if (value === null) break;
    if (french && !joined && value === 20 && word === 'quatre' && group % 10 === 4) [group, before, room] = [group + 76, 80, 20];
    else if (counted && value === 100) [group, before, room] = [group * 100, 100, 100];
    else if (!joined && value === 1000 && thousands === 0 && group < 1000) [thousands, group, before, room] = [group * 1000, 0, 1000, 1000];
    // "Dix-sept", but "dix deux" are two numbers.
    else if (value > 0 && value < room && (joined ? joining.joins(before, value, word) : !(french && before === 10 && value < 7))) [group, before, room] = [group + value, value, roomBehind(value)];
    else break;
    last = index;
  }
  return { value: thousands + group, last };
}

/** Words of the longest number. */
const longest = 9;

/** The number in words that ends here: "nine", "twenty-five". */
export function numberInWords(sentence: Sentence, last: number, book: PhraseBook): { value: number; first: number } | null {
  const { tokens } = sentence;
  if (joinings[book.language.code] !== undefined || book.language.code === 'ar') {
    for (let first = Math.max(0, last - longest); first <= last; first++) {
      const found = numberFrom(sentence, first, book);
      if (found?.last === last) return { value: found.value, first };
    }
    return null;
  }
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
