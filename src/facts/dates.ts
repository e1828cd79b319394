import type { Moment } from '../message/message.ts';
import { addMonths, dayFromNumber, dayNumber, isRealDay, isoDay, weekdayOf } from './calendar.ts';
import type { Day } from './calendar.ts';
import { asciiDigits, fold } from './fold.ts';
import { findStretches, numeralValue, tokenAt } from './phrases.ts';
import type { PhraseBook } from './phrases.ts';
import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { findTimes } from './times.ts';
import type { ClockTime } from './times.ts';
import { compileSequences, findSequences } from './word-sequences.ts';
import type { WordSequences } from './word-sequences.ts';

/** A date the mail names, resolved against the day it was sent. */
export interface DateMention {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
  readonly day: number;
  /** `2026-03-17` or `2026-03-17T14:05` */
  readonly value: string;
  readonly time: ClockTime | null;
  /** How sure it is to be a date at all and to be this one: an absolute date with its year beats a weekday. */
  readonly precision: 'full' | 'partial' | 'relative' | 'weekday' | 'vague';
  /** It lies ahead, or is named as a deadline: nothing that has happened. */
  readonly ahead: boolean;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly day: number;
  readonly precision: DateMention['precision'];
  /** Resolved to the past although the nearest such date lies ahead. */
  readonly nearFuture?: boolean;
  /** Carries its own time ("3 hours ago"). */
  readonly time?: ClockTime;
}

interface Clock {
  readonly today: number;
  readonly now: ClockTime;
  readonly order: 'dmy' | 'mdy' | 'ymd';
}

type Unit = keyof PhraseBook['language']['calendar']['units'];

/** The calendar's words, numbered once for each phrase book. */
interface CalendarWords {
  readonly months: readonly number[];
  /** Names of two words, as `first_second`, by month; empty where no month has one. */
  readonly monthPairs: readonly (readonly string[])[];
  readonly weekdays: readonly number[];
  readonly weekdayPairs: readonly (readonly string[])[];
  readonly units: readonly (readonly [Unit, number])[];
  readonly relative: WordSequences;
}

const calendarWords = new WeakMap<PhraseBook, CalendarWords>();

function calendarWordsOf(book: PhraseBook): CalendarWords {
  const known = calendarWords.get(book);
  if (known) return known;
  const { words, language: { calendar } } = book;
  const pairsOf = (pattern: string): string[] => pattern.split('|').filter((one) => one.includes('_'));
  const compiled: CalendarWords = {
    months: calendar.months.map((pattern) => words.add(pattern)),
    monthPairs: calendar.months.some((pattern) => pattern.includes('_')) ? calendar.months.map(pairsOf) : [],
    weekdays: calendar.weekdays.map((pattern) => words.add(pattern)),
    weekdayPairs: calendar.weekdays.map((pattern) => pairsOf(pattern).map((pair) => pair.replaceAll('_', ' '))),
    units: (Object.keys(calendar.units) as Unit[]).map((unit) => [unit, words.add(calendar.units[unit])]),
    relative: compileSequences(calendar.relativeDays.map(([phrase]) => phrase), words),
  };
  calendarWords.set(book, compiled);
  return compiled;
}

export function findDates(sentences: readonly Sentence[], book: PhraseBook, sentAt: Moment): DateMention[] {
  const local = new Date(sentAt.epochMs + sentAt.offsetMinutes * 60_000);
  const clock: Clock = {
    today: Math.floor(local.getTime() / 86_400_000),
    now: { hour: local.getUTCHours(), minute: local.getUTCMinutes() },
    order: dateOrder(book, sentAt.offsetMinutes),
  };
  return sentences.flatMap((sentence) => datesIn(sentence, book, clock));
}

/** English is written day first but in the Americas (and where their mail programs say so by their offset). */
function dateOrder(book: PhraseBook, offsetMinutes: number): Clock['order'] {
  const order = book.language.calendar.dateOrder;
  return order === 'mdy' && offsetMinutes > -180 ? 'dmy' : order;
}

function datesIn(sentence: Sentence, book: PhraseBook, clock: Clock): DateMention[] {
  const found: Found[] = [];
  const add = (candidates: readonly Found[]): void => {
    for (const candidate of candidates) {
      if (!found.some((known) => known.start < candidate.end && candidate.start < known.end)) found.push(candidate);
    }
  };
  add(numericDates(sentence, clock));
  add(eastAsianDates(sentence, clock));
  add(namedMonthDates(sentence, book, clock));
  add(agoDates(sentence, book, clock));
  add(relativeDates(sentence, book, clock));
  add(dayOfMonthDates(sentence, book, clock));
  const weekdays = weekdayDates(sentence, book, clock).filter((weekday) => !found.some((date) => near(weekday, date)));
  add(weekdays);
  found.sort((a, b) => a.start - b.start);
  const times = findTimes(sentence, book, found);
  return found.map((date) => {
    const first = tokenAt(sentence, date.start);
    const last = tokenAt(sentence, date.end - 1);
    const near = nearestTime(date, found, times);
    const time = date.time ?? near;
    const iso = isoDay(dayFromNumber(date.day));
    return {
      sentence, start: date.start, end: near !== null && near.end - date.end < 30 ? Math.max(date.end, near.end) : date.end, first, last, day: date.day,
      value: time === null ? iso : `${iso}T${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`,
      time, precision: date.precision,
      ahead: date.day > clock.today || date.nearFuture === true || isDeadline(sentence, first, book) || isDeadlineAfter(sentence, date.end, book),
    };
  });
}

/** A weekday and a date side by side are one: "Sunday, 5 April". */
function near(a: { start: number; end: number }, b: Found): boolean {
  return b.precision !== 'relative' && b.precision !== 'vague' && (a.end <= b.start ? b.start - a.end <= 8 : a.start - b.end <= 8);
}

function nearestTime(date: Found, dates: readonly Found[], times: readonly (ClockTime & { start: number; end: number })[]): (ClockTime & { start: number; end: number }) | null {
  let best: (ClockTime & { start: number; end: number }) | null = null;
  const apart = (a: { start: number; end: number }, b: { start: number; end: number }): number => Math.max(b.start - a.end, a.start - b.end, 0);
  for (const time of times) {
    if (dates.some((other) => other !== date && apart(other, time) < apart(date, time))) continue;
    if (apart(date, time) > 60) continue;
    if (best === null || apart(date, time) < apart(date, best)) best = time;
  }
  return best;
}

function isDeadline(sentence: Sentence, first: number, book: PhraseBook): boolean {
  const until = book.language.calendar.until;
  if (until === '') return false;
  const id = book.words.add(until);
  for (let i = first - 1; i >= Math.max(0, first - 2); i--) {
    const token = sentence.tokens[i];
    if (token && book.words.matches(id, token)) return true;
    if (token?.kind === 'number') break;
  }
  return false;
}

/** Japanese and Korean say `until` after the date. */
function isDeadlineAfter(sentence: Sentence, end: number, book: PhraseBook): boolean {
  const { until } = book.language.calendar;
  if (sentence.characters === null || until === '') return false;
  const after = sentence.passage.text.slice(end, end + 14).replace(/^\s*[(（][^)）]{1,3}[)）]/u, '').trimStart();
  return until.split('|').some((word) => after.startsWith(word));
}

function numericDates(sentence: Sentence, clock: Clock): Found[] {
  const text = sentenceText(sentence);
  const found: Found[] = [];
  if (!/\d/.test(text)) return found;
  for (const match of text.matchAll(/(?<![\d.,/:-])(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d])/g)) {
    const day = { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) };
    if (isRealDay(day)) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: dayNumber(day), precision: 'full' });
  }
  // 26.3.2, but not iOS 26.3.2
  for (const match of clock.order === 'ymd' ? text.matchAll(/(?<![\d.,/:-])(?<!(?:ios|os|chrome|safari|firefox|edge|version|ver\.?|バージョン|버전|크롬|사파리)\s?)(2\d)([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d.]\d|\d)/giu) : []) {
    const day = { year: 2000 + Number(match[1]), month: Number(match[3]), day: Number(match[4]) };
    if (isRealDay(day)) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: dayNumber(day), precision: 'full' });
  }
  for (const match of text.matchAll(/(?<![\d.,/:-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d./-]?\d)/g)) {
    const year = Number(match[4]) + (match[4]?.length === 2 ? 2000 : 0);
    const day = resolveOrder(Number(match[1]), Number(match[3]), year, clock);
    if (day) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, day: dayNumber(day), precision: 'full' });
  }
  for (const match of text.matchAll(/(?<![\d.,/:%$€£*-])(\d{1,2})([./])(?:(?<=\.)\s(?=\d{1,2}\.?\s?[가-힣(]))?(\d{1,2})(?![\d.,/:%]?\d|\s?[%€$£₽])/g)) {
    const [a = '', b = ''] = [match[1], match[3]];
    // "17.6" is a version, "12.03" a date: with a full stop both halves must have two digits, or the day one.
    if (match[2] === '.' && b.length !== 2 && !/\s/.test(match[0])) continue;
    if (Number(a) === 0 || Number(b) === 0) continue;
    // "2/3 of it", "24/7", "9/10"
    if (match[2] === '/' && /^(24\/7|1\/2|1\/3|2\/3|1\/4|3\/4)$/.test(match[0]) && !/^\s?(?:[(（]?[月火水木金土日월화수목금토일][)）曜요]|に|の[朝昼夜]|付|에|일|결제|구매|購入)/u.test(text.slice(match.index + match[0].length))) continue;
    const before = text.slice(Math.max(0, match.index - 14), match.index).trimEnd();
    // "saat 10.05", "o 10.05"
    if (match[2] === '.' && b.length === 2 && /(?<!\p{L})(?:saat|godz\p{L}*\.?|o|około|ok\.|um|kl)$/iu.test(before)) continue;
    // A card's expiry is no event.
    if (/(?:exp|expir\w*|valid\w*|thru|срок|действ\p{L}*|caduc\w*|venc\w*|scad\w*|ważn\p{L}*|expire)\.?:?$/iu.test(before)) continue;
    if (match[2] === '.' && /(?:[A-Za-z]{3,}|[:=~]|[а-я]{5,}|[가-힣]{3,}|[ァ-ヶ]{3,})$/iu.test(before) && !/(?:vom|den|dia|día|dnia|giorno|fecha|data|date|дата|числа|дата:)\s*:?$/iu.test(before) && /(?:chrome|firefox|safari|edge|opera|windows|android|ios|macos|os|версия|version|v|хром\S*|сафари|браузер\S*|クローム|サファリ|エッジ|バージョン|크롬|사파리|엣지|웨일|버전)$/iu.test(before)) continue;
    const resolved = resolveYearless(Number(a), Number(b), clock);
    if (resolved) found.push({ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, precision: 'partial', ...resolved });
  }
  return found;
}

function resolveOrder(a: number, b: number, year: number, clock: Clock): Day | null {
  const dayFirst = { year, month: b, day: a };
  const monthFirst = { year, month: a, day: b };
  const [preferred, other] = clock.order === 'mdy' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  if (isRealDay(preferred) && (dayNumber(preferred) <= clock.today + 1 || !isRealDay(other) || dayNumber(other) > clock.today + 1)) return preferred;
  return isRealDay(other) ? other : isRealDay(preferred) ? preferred : null;
}

function resolveYearless(a: number, b: number, clock: Clock): { day: number; nearFuture: boolean } | null {
  const dayFirst = withYear({ month: b, day: a }, clock);
  const monthFirst = withYear({ month: a, day: b }, clock);
  const [preferred, other] = clock.order === 'dmy' ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  if (preferred && (!preferred.nearFuture || !other || other.nearFuture)) return preferred;
  return other ?? preferred;
}

/** The nearest such day that is not ahead; `nearFuture` where the one ahead is much nearer. */
function withYear({ month, day }: { month: number; day: number }, clock: Clock): { day: number; nearFuture: boolean } | null {
  const year = dayFromNumber(clock.today).year;
  let best: number | null = null;
  let ahead: number | null = null;
  for (let candidate = year - 4; candidate <= year + 1; candidate++) {
    if (!isRealDay({ year: candidate, month, day })) continue;
    const number = dayNumber({ year: candidate, month, day });
    // A writer east of their mail program's clock may already be in tomorrow.
    if (number <= clock.today) best = number;
    else ahead ??= number;
  }
  if (best === null) return null;
  return { day: best, nearFuture: ahead !== null && ahead - clock.today <= 45 && clock.today - best > 200 };
}

function kanjiDigit(written: string | undefined): number {
  return written === undefined || written === '' ? 0 : '一二三四五六七八九'.indexOf(written) + 1;
}

/** 三月二十一日 */
function withKanjiDates(text: string): string {
  // As long as before, so that offsets stay.
  return text.replace(/([一二三四五六七八九十]{1,3})(?=[月日])/gu, (written) => {
    const [tens, ones] = written.includes('十') ? written.split('十') : ['零', written];
    const value = (tens === '零' ? 0 : tens === '' ? 10 : kanjiDigit(tens) * 10) + kanjiDigit(ones);
    return String(value).length <= written.length ? String(value).padStart(written.length) : written;
  });
}

function eastAsianDates(sentence: Sentence, clock: Clock): Found[] {
  const text = sentence.characters === null ? sentenceText(sentence) : withKanjiDates(sentenceText(sentence));
  const found: Found[] = [];
  if (!/[日일]/u.test(text)) return found;
  const pattern = /(?:(?:令和\s?(?<reiwa>\d{1,2}|元)|(?<year>\d{4}|\d{2})|(?<thisYear>今年|올해)|(?<lastYear>昨年|去年|작년))\s?(?:年|년)?\s?(?:の)?\s?)?(?:(?<lastMonth>先月|前月|지난\s?달|저번\s?달)|(?<thisMonth>今月|当月|이번\s?달|이달)|(?<month>\d{1,2})\s?(?:月|월))\s?(?:の)?\s?(?<day>\d{1,2})\s?(?:日|일)/gu;
  for (const match of text.matchAll(pattern)) {
    const groups = match.groups ?? {};
    const today = dayFromNumber(clock.today);
    const day = Number(groups['day']);
    const span = { start: sentence.start + match.index, end: sentence.start + match.index + match[0].length };
    if (groups['lastMonth'] !== undefined || groups['thisMonth'] !== undefined) {
      const base = addMonths({ ...today, day: 1 }, groups['lastMonth'] !== undefined ? -1 : 0);
      if (isRealDay({ ...base, day })) found.push({ ...span, day: dayNumber({ ...base, day }), precision: 'partial' });
      continue;
    }
    const month = Number(groups['month']);
    let year: number | null = null;
    if (groups['reiwa'] !== undefined) year = 2018 + (groups['reiwa'] === '元' ? 1 : Number(groups['reiwa']));
    else if (groups['year'] !== undefined && /年|년/.test(match[0])) year = Number(groups['year']) + (groups['year'].length === 2 ? 2000 : 0);
    else if (groups['thisYear'] !== undefined) year = today.year;
    else if (groups['lastYear'] !== undefined) year = today.year - 1;
    if (year !== null) {
      if (isRealDay({ year, month, day })) found.push({ ...span, day: dayNumber({ year, month, day }), precision: 'full' });
    } else {
      const resolved = withYear({ month, day }, clock);
      if (resolved) found.push({ ...span, ...resolved, precision: 'partial' });
    }
  }
  return found;
}

/** Words that may stand between a day and its month, or a month and its year. */
const fillers = new Set(['of', 'the', 'de', 'del', 'di', 'do', 'da', 'le', 'el', 'al', 'st', 'nd', 'rd', 'th', 'er', 'o', 'a', 'го', 'е', 'ого', 'га', 'г', 'r', 'года', 'год', 'من', 'شهر', 'go', 'ego', 'tego', 'ayinin', 'inci', 'nci', 'uncu', 'ncu', 'nin', 'in', 'un', 'u', 'i']);

function namedMonthDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
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
    const dayAfter = after && after.value >= 1 && after.value <= 31 && after.token.folded.length <= 2 ? after : null;
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
    // "il primo marzo", "le premier mars": no number word, for it counts tries as well.
    if (step === -1 && /^(?:primero|premier|primo|primeiro)$/.test(token.folded)) return { value: 1, index: i, token: { folded: '1' } };
    const numeral = numeralValue(token.folded, book.language);
    if (numeral !== null && Number.isInteger(numeral) && step === -1 && skipped === 0 && numeral >= 1 && numeral <= 31) return { value: numeral, index: i, token: { folded: '1' } };
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

const indefinite = /^(?:few|several|some|many|quelques|plusieurs|algunos|algunas|unos|unas|varios|varias|alguns|algumas|uns|umas|alcuni|alcune|qualche|kilka|kilku|pare|birkac|несколько|некалькі|بضعه|عده)$/u;

function agoDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const { calendar } = book.language;
  const found: Found[] = [];
  const push = (start: number, end: number, count: number, unit: Unit): void => {
    const date = goBack(count, unit, clock);
    if (date) found.push({ start, end, ...date });
  };
  const { units } = calendarWordsOf(book);
  if (book.language.writing === 'unspaced') {
    const text = sentenceText(sentence);
    for (const [unit] of units) {
      for (const match of text.matchAll(agoPattern(calendar.units[unit], calendar.agoAfter))) {
        const written = match[1] ?? '';
        const count = numeralValue(written, book.language) ?? Number(written);
        if (Number.isFinite(count)) push(sentence.start + match.index, sentence.start + match.index + match[0].length, count, unit);
      }
    }
    return found;
  }
  const { tokens } = sentence;
  for (const [index, token] of tokens.entries()) {
    const ids = book.words.lookup(token);
    const unit = ids.length === 0 ? undefined : units.find(([, id]) => ids.includes(id))?.[0];
    if (unit === undefined) continue;
    const number = countBefore(sentence, index, book);
    // "a few days ago" names no day.
    if (number === null && indefinite.test(tokens[index - 1]?.folded ?? '')) continue;
    const first = number?.index ?? index;
    const afterEnd = calendar.agoAfter.map((words) => matchWords(words, sentence, index + 1, book)).find((end) => end !== null);
    if (afterEnd !== undefined && afterEnd !== null) {
      push(tokens[first]?.start ?? 0, tokens[afterEnd]?.end ?? 0, number?.value ?? 1, unit);
      continue;
    }
    // "قبل يوم 24" names the day of the month.
    if (number === null && tokens[index + 1]?.kind === 'number') continue;
    for (const words of calendar.agoBefore) {
      const length = words.split(/\s+/).length;
      for (const from of [first - length, first - length - 1]) {
        if (from >= 0 && matchWords(words, sentence, from, book) !== null) {
          push(tokens[from]?.start ?? 0, token.end, number?.value ?? 1, unit);
          break;
        }
      }
    }
  }
  return found;
}

const agoPatterns = new Map<string, RegExp>();

/** 3日ほど前, 세 달 전; not 前払い, 전액. */
function agoPattern(unit: string, after: readonly string[]): RegExp {
  const known = agoPatterns.get(unit);
  if (known) return known;
  const pattern = new RegExp(`(\\d{1,3}|[一二三四五六七八九十]|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|일(?=주))\\s?(?:${unit.split('|').map(escape).join('|')})\\s?(?:ほど|くらい|ぐらい|쯤|정도)?\\s?(?:${after.map(escape).join('|')})(?!払|後|回|倒|액|체|부(?!터)|자|화|혀|문|달|송|환)`, 'gu');
  agoPatterns.set(unit, pattern);
  return pattern;
}

function countBefore(sentence: Sentence, index: number, book: PhraseBook): { value: number; index: number } | null {
  for (const i of [index - 1, index - 2]) {
    const token = sentence.tokens[i];
    // "un par de días": the count stands before a preposition.
    if (!token || (i < index - 1 && token.kind !== 'number' && !/^(?:de|d|di|of)$/.test(sentence.tokens[i + 1]?.folded ?? ''))) return null;
    if (token.kind === 'number') return { value: Number(token.folded), index: i };
    const value = numeralValue(token.folded, book.language);
    if (value !== null) return { value, index: i };
  }
  return null;
}

/** The last token's index where these words stand from `from` on, else null. */
function matchWords(words: string, sentence: Sentence, from: number, book: PhraseBook): number | null {
  let index = from;
  for (const id of book.words.sequence(words)) {
    const token = sentence.tokens[index];
    if (!token || !book.words.matches(id, token)) return null;
    index++;
  }
  return index - 1;
}

function goBack(count: number, unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year', clock: Clock): { day: number; precision: 'relative' | 'vague'; time?: ClockTime } | null {
  if (!Number.isFinite(count) || count < 0 || count > 1000) return null;
  switch (unit) {
    case 'minute':
    case 'hour': {
      const minutes = clock.now.hour * 60 + clock.now.minute - Math.round(count * (unit === 'hour' ? 60 : 1));
      const day = clock.today + Math.floor(minutes / 1440);
      const rest = ((minutes % 1440) + 1440) % 1440;
      return { day, precision: 'relative', time: { hour: Math.floor(rest / 60), minute: rest % 60 } };
    }
    case 'day':
      return { day: clock.today - Math.round(count), precision: 'relative' };
    case 'week':
      return { day: clock.today - Math.round(count * 7), precision: 'relative' };
    case 'month':
      return { day: dayNumber(addMonths(dayFromNumber(clock.today), -Math.round(count))), precision: 'vague' };
    case 'year':
      return { day: dayNumber(addMonths(dayFromNumber(clock.today), -Math.round(count * 12))), precision: 'vague' };
  }
}

function relativeDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const found: Found[] = [];
  const { relativeDays } = book.language.calendar;
  if (sentence.characters === null) {
    for (const { order, first, last } of findSequences(calendarWordsOf(book).relative, sentence, book.words)) {
      found.push({ start: sentence.tokens[first]?.start ?? 0, end: sentence.tokens[last]?.end ?? 0, day: clock.today + (relativeDays[order]?.[1] ?? 0), precision: 'relative' });
    }
    return found;
  }
  for (const [phrase, days] of relativeDays) {
    for (const span of findWords(phrase, sentence, book)) found.push({ ...span, day: clock.today + days, precision: 'relative' });
  }
  return found;
}

/** Every place where consecutive words (spaced) or a stretch of characters (unspaced) stand in the sentence. */
function findWords(phrase: string, sentence: Sentence, book: PhraseBook): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  if (sentence.characters !== null) {
    const { folded, origin } = sentence.characters;
    for (const [from, to] of findStretches(phrase, folded)) found.push({ start: origin[from] ?? 0, end: (origin[to] ?? 0) + 1 });
    return found;
  }
  for (const index of sentence.tokens.keys()) {
    const last = matchWords(phrase, sentence, index, book);
    if (last !== null) found.push({ start: sentence.tokens[index]?.start ?? 0, end: sentence.tokens[last]?.end ?? 0 });
  }
  return found;
}

function dayOfMonthDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const found: Found[] = [];
  const numberId = book.words.add('#');
  if (sentence.characters === null && !sentence.tokens.some((token) => token.kind === 'number')) return found;
  for (const phrase of book.language.calendar.dayOfMonth) {
    if (sentence.characters !== null) {
      const text = sentenceText(sentence);
      const pattern = new RegExp(phrase.split('#').map((piece) => escape(piece.trim())).join('\\s?(\\d{1,2})\\s?'), 'gu');
      for (const match of text.matchAll(pattern)) pushDay(Number(match[1]), sentence.start + match.index, sentence.start + match.index + match[0].length);
      continue;
    }
    const words = phrase.split(/\s+/);
    const place = words.indexOf('#');
    for (const index of sentence.tokens.keys()) {
      const number = sentence.tokens[index + place];
      if (number?.kind !== 'number' || number.folded.length > 2) continue;
      // "el 3D", "il 20 %", "le 3,50" name no day.
      if (place === words.length - 1 && /^(?:\p{L}|\s?[%°€$£]|[.,:]\d|\s(?:por|pour|per)\s?c)/u.test(sentence.passage.text.slice(number.end, number.end + 7))) continue;
      if (words.every((word, i) => { const token = sentence.tokens[index + i]; return token !== undefined && book.words.matches(word === '#' ? numberId : book.words.add(word), token); })) {
        pushDay(Number(number.folded), sentence.tokens[index]?.start ?? 0, sentence.tokens[index + words.length - 1]?.end ?? 0);
      }
    }
  }
  return found;

  function pushDay(day: number, start: number, end: number): void {
    const today = dayFromNumber(clock.today);
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

function weekdayDates(sentence: Sentence, book: PhraseBook, clock: Clock): Found[] {
  const { calendar } = book.language;
  const found: Found[] = [];
  const today = weekdayOf(clock.today);
  let lastWeek: boolean | null = null;
  const { weekdays, weekdayPairs } = calendarWordsOf(book);
  for (const [weekday, pattern] of calendar.weekdays.entries()) {
    const id = weekdays[weekday] ?? -1;
    const spans = sentence.characters !== null
      ? findWords(pattern, sentence, book)
      : sentence.tokens.filter((token) => token.kind === 'word' && book.words.matches(id, token) && !isEverydayWord(sentence, token)).map(({ start, end }) => ({ start, end }));
    if (sentence.characters === null) for (const words of weekdayPairs[weekday] ?? []) spans.push(...findWords(words, sentence, book));
    if (spans.length === 0) continue;
    lastWeek ??= calendar.last !== '' && hasLastWeek(sentence, book);
    const weekBefore = sentence.characters !== null && /先々週|先先週|지지난주|저저번주/u.test(sentence.characters.folded) ? 7 : 0;
    for (const span of spans) {
      if (book.language.code === 'pt' && portugueseOrdinal.test(fold(sentence.passage.text.slice(span.end, span.end + 14)))) continue;
      const back = (today - weekday + 7) % 7 || 7;
      // The weekday of the week before this one.
      const day = lastWeek || weekBefore > 0 ? clock.today - today - 7 + weekday - weekBefore : clock.today - back;
      found.push({ ...span, day, precision: 'weekday' });
    }
  }
  return found;
}

/** Portuguese counts the days of the week: "quinta tentativa" is the fifth try. */
const portugueseOrdinal = /^\s(?:vez|tentativa|cobranca|mensagem|via|parte|compra|parcela|geracao|imagem|foto|opcao|assinatura|conta|transacao|versao|resposta|semana|etapa|pessoa|metade|mail|e-?mail)/;

/** "We sat down in the sun": three Latin letters are a weekday only where they are written as a name. */
function isEverydayWord(sentence: Sentence, token: { start: number; end: number }): boolean {
  return token.end - token.start <= 3 && /^[a-z]/.test(sentence.passage.text.slice(token.start, token.end));
}

function hasLastWeek(sentence: Sentence, book: PhraseBook): boolean {
  const { calendar } = book.language;
  const last = calendar.last.split('|');
  const weeks = calendar.units.week.split('|');
  if (sentence.characters !== null) return last.some((a) => weeks.some((b) => sentence.characters?.folded.includes(fold(a + b).replace(/\s/g, '')) === true));
  const lastId = book.words.add(calendar.last);
  const weekId = book.words.add(calendar.units.week);
  return sentence.tokens.some((token, i) => book.words.matches(weekId, token) && [sentence.tokens[i - 1], sentence.tokens[i + 1]].some((beside) => beside !== undefined && book.words.matches(lastId, beside)));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
