import { addMonths, dayFromNumber, dayNumber, isRealDay } from './calendar.ts';
import { calendarWordsOf } from './calendar-words.ts';
import { dayBehindMonth, dayInWords, daysAlone, isOfMonth } from './days-in-words.ts';
import { asciiDigits } from '../text/fold.ts';
import { smallNumberValue } from '../numbers/east-asian-numbers.ts';
import { literalPattern } from '../text/literal-pattern.ts';
import { numberInWords } from '../numbers/numbers-in-words.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { withYear } from './resolve-dates.ts';
import type { Clock, Found } from './resolve-dates.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/** Words that may stand between a day and its month, or a month and its year. */
const fillers = new Set(['of', 'the', 'de', 'del', 'di', 'do', 'da', 'le', 'el', 'al', 'st', 'nd', 'rd', 'th', 'er', 'o', 'a', 'го', 'е', 'ого', 'га', 'г', 'r', 'года', 'год', 'من', 'شهر', 'go', 'ego', 'tego', 'ayinin', 'inci', 'nci', 'uncu', 'ncu', 'nin', 'in', 'un', 'u', 'i']);

export function namedMonthDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const { months, monthPairs } = calendarWordsOf(book);
  if (months.length === 0) return [];
  const found: Found[] = [];
  const { tokens } = sentence;
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    // "كانون الثاني": a month of two words.
    const pair = monthPairs.length === 0 ? 0 : monthPairs.findIndex((names) => names.includes(`${token.folded}_${tokens[index + 1]?.folded ?? ''}`)) + 1;
    const ids = book.words.lookup(token);
    const month = pair > 0 ? pair : ids.length === 0 ? 0 : months.findIndex((id) => ids.includes(id)) + 1;
    if (month === 0) continue;
    const end = pair > 0 ? index + 1 : index;
    const before = numberBeside(sentence, index, -1, book);
    const after = numberBeside(sentence, end, 1, book);
    const dayBefore = before && before.value >= 1 && before.value <= 31 && before.token.folded.length <= 2 ? before : null;
    const worded = before === null && after === null ? dayBehindMonth(tokens, end, book.language.code) : null;
    const dayAfter = worded !== null ? { value: worded.value, index: worded.last } : after && after.value >= 1 && after.value <= 31 && after.token.folded.length <= 2 ? after : null;
    const day = dayBefore ?? dayAfter;
    if (!day) continue;
    let first = Math.min(index, day.index);
    let last = Math.max(end, day.index);
    if (dayBefore === null && dayAfter) last = skipSuffix(sentence, last);
    const year = yearAfter(sentence, last);
    if (year) {
      last = year.index;
      const value = { year: year.value, month, day: day.value };
      if (isRealDay(value)) found.push({ start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0, day: dayNumber(value), precision: 'full' });
    } else {
      const resolved = withYear({ month, day: day.value }, clock);
      if (resolved) found.push({ start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0, ...resolved, precision: 'partial' });
    }
  }
  return found;
}

function numberBeside(sentence: Sentence, index: number, step: 1 | -1, book: PhraseBook): { value: number; index: number; token: { folded: string } } | null {
  for (let i = index + step, skipped = 0; skipped <= 2; i += step, skipped++) {
    const token = sentence.tokens[i];
    if (!token) return null;
    if (step === -1 ? sentence.tokens[i + 1]?.afterBreak === true : token.afterBreak && !(skipped === 0 && token.kind === 'number' && token.folded.length === 4)) return null;
    if (token.kind === 'number') {
      // A clock time, a version or a decimal is no day: "at 14:30 March 5" keeps looking, "17.6 March" does not exist.
      const next = sentence.passage.text.slice(token.end, token.end + 2);
      const previous = sentence.passage.text[token.start - 1] ?? ' ';
      if (step === 1 && /^[:]\d/.test(asciiDigits(next))) return null;
      if (step === -1 && /[:,]/.test(previous) && /\d/.test(sentence.passage.text[token.start - 2] ?? '')) return null;
      return { value: Number(token.folded), index: i, token };
    }
    // "Le premier mars", "the third of May": no number words, for they count tries as well.
    const named = step === -1 && skipped <= 1 ? dayInWords(sentence.tokens, i, -1, book.language.code) : null;
    if (named !== null) return isOfMonth(sentence.tokens, named, skipped === 1, book.language.code) ? { value: named.value, index: named.first, token: { folded: '1' } } : null;
    // "El veintitrés de marzo", "le trente et un mars"
    const spelled = step === -1 && (skipped === 0 || (skipped === 1 && sentence.tokens[i + 1]?.folded === 'de')) ? numberInWords(sentence, i, book) : null;
    if (spelled !== null && Number.isInteger(spelled.value) && spelled.value >= 1 && spelled.value <= 31) return { value: spelled.value, index: spelled.first, token: { folded: '1' } };
    if (!fillers.has(token.folded)) return null;
  }
  return null;
}

function skipSuffix(sentence: Sentence, index: number): number {
  const next = sentence.tokens[index + 1];
  return next && !next.afterBreak && fillers.has(next.folded) && next.folded.length <= 3 && next.start - (sentence.tokens[index]?.end ?? 0) <= 1 ? index + 1 : index;
}

function yearAfter(sentence: Sentence, index: number): { value: number; index: number } | null {
  for (let i = index + 1; i <= index + 2; i++) {
    const token = sentence.tokens[i];
    if (!token) return null;
    if (token.kind === 'number') {
      const value = Number(token.folded);
      return token.folded.length === 4 && value >= 1990 && value <= 2099 ? { value, index: i } : null;
    }
    if (!fillers.has(token.folded)) return null;
  }
  return null;
}

/** Not "一日に三回", three times a day. */
const dayNumberPattern = String.raw`\s?(\d{1,2}|[二三]?十[一二三四五六七八九]?)\s?`;

const dayPatterns = new Map<string, RegExp>();

function dayPatternOf(phrase: string): RegExp {
  const known = dayPatterns.get(phrase);
  if (known) return known;
  // What follows the day is no part of it: "14日の" before 23時40分.
  const [before = '', behind = ''] = phrase.split('#').map((piece) => piece.trim());
  const [unit = '', ...rest] = behind;
  const pattern = new RegExp(`${literalPattern(before)}${dayNumberPattern}${literalPattern(unit)}(?=${literalPattern(rest.join(''))})`, 'gu');
  dayPatterns.set(phrase, pattern);
  return pattern;
}

/** "14日23時40分", "14일 23시": right before the hour, not before how long it took. */
const dayBeforeHour = new RegExp(`${dayNumberPattern}[日일](?=\\s?(?:午前|午後|오전|오후)?\\s?(?:\\d{1,2}\\s?(?:時(?!間)|시(?!간))|\\d{1,2}:\\d{2}))`, 'gu');

/** Beside a day of the month. It is of this month then, also where it is yet to come. */
const thisMonthBefore = /(?:今月の?|이번\s?달)\s*$/u;
const thisMonthAfter = /^\s*(?:(?:من|في)\s+)?(?:هذا الشهر|الشهر الحالي|الشهر الجاري|هالشهر|of this month|этого месяца|гэтага месяца|цього місяця|de este mes|deste mês|de ce mois|di questo mese|tego miesiąca|dieses monats)/iu;

/** "Il primo del mese", "dia 1º": the one day with a name of its own. */
const firstOfMonth = /(?<!\p{L})(?:il primo (?:del mese|di questo mese)|(?:n?o )?dia (?:primeiro|1º)|no primeiro dia d(?:o|este) mês|el (?:día )?(?:primero|uno) (?:de|del) (?:este )?mes|le (?:premier|1er) (?:du|de ce) mois|pierwszego (?:tego miesiąca|dnia miesiąca|bm)|on the first of (?:the|this) month)(?! de \p{L})(?!\p{L})/giu;

/** Between a month and its day. */
const leadsToDay = /^(?:on|no|em|en|el|il|a|am|dnia)$/u;

export function dayOfMonthDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const found: Found[] = [];
  if (sentence.characters !== null) {
    const text = sentenceText(sentence);
    for (const pattern of [dayBeforeHour, ...book.language.calendar.dayOfMonth.map(dayPatternOf)]) {
      for (const match of text.matchAll(pattern)) pushDay(smallNumberValue(match[1] ?? ''), sentence.start + match.index, sentence.start + match.index + match[0].length);
    }
    return found;
  }
  const { tokens } = sentence;
  const ownText = sentenceText(sentence);
  for (const match of ownText.matchAll(firstOfMonth)) pushDay(1, sentence.start + match.index, sentence.start + match.index + match[0].length);
  for (const { value, first, last } of daysAlone(tokens, book.language.code)) pushNamed(value, first, last);
  const numbers = [...tokens.keys()].filter((index) => { const token = tokens[index]; return token?.kind === 'number' && token.folded.length <= 2; });
  if (numbers.length === 0) return found;
  for (const { words, place } of calendarWordsOf(book).daysOfMonth) {
    for (const at of numbers) {
      const index = at - place;
      const number = tokens[at];
      if (index < 0 || number === undefined) continue;
      // "el 3D", "il 20 %", "le 3,50", "el 10-5093", "la del 4.º" name no day.
      if (place === words.length - 1 && /^(?:\p{L}|\s?[%°€$£]|[.,:]\d|\.[ºª°]|-\d{3}|\s(?:por|pour|per)\s?c)/u.test(sentence.passage.text.slice(number.end, number.end + 7))) continue;
      if (words.every((word, i) => { const token = tokens[index + i]; return token !== undefined && book.words.matches(word, token); })) {
        pushNamed(Number(number.folded), index, index + words.length - 1);
      }
    }
  }
  return found;

  /** "In July (the 9th)", "in December, on the 12th" */
  function pushNamed(day: number, first: number, last: number): void {
    const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
    const before = [tokens[first - 1], tokens[first - 2]].find((token) => token?.kind === 'word' && !leadsToDay.test(token.folded));
    const isBeside = before !== undefined && /^\s?[(,،]\s?(?:\p{L}+\s)?$/u.test(sentence.passage.text.slice(before.end, start));
    const month = isBeside ? calendarWordsOf(book).months.findIndex((id) => book.words.matches(id, before)) : -1;
    const named = month === -1 ? null : withYear({ month: month + 1, day }, clock);
    if (named) found.push({ start, end, day: named.day, precision: 'partial', nearFuture: named.nearFuture });
    else pushDay(day, start, end);
  }

  function pushDay(day: number, start: number, end: number): void {
    const today = dayFromNumber(clock.today);
    const { text } = sentence.passage;
    if (day > today.day && (thisMonthBefore.test(text.slice(Math.max(0, start - 8), start)) || thisMonthAfter.test(text.slice(end, end + 24)))) return;
    for (const months of [0, -1, -2]) {
      const base = addMonths({ ...today, day: 1 }, months);
      const candidate = { ...base, day };
      if (!isRealDay(candidate) || dayNumber(candidate) > clock.today) continue;
      const next = { ...addMonths(base, 1), day };
      const ahead = isRealDay(next) ? dayNumber(next) - clock.today : 99;
      found.push({ start, end, day: dayNumber(candidate), precision: 'partial', nearFuture: ahead <= 10 && clock.today - dayNumber(candidate) > 20 });
      return;
    }
  }
}
