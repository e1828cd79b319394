import { keysOf } from './keys-of.ts';
import type { PhraseBook } from './phrases.ts';
import type { Unit } from './resolve-dates.ts';
import { compileSequences } from './word-sequences.ts';
import type { WordSequences } from './word-sequences.ts';

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

export function calendarWordsOf(book: PhraseBook): CalendarWords {
  const known = calendarWords.get(book);
  if (known) return known;
  const { words, language: { calendar } } = book;
  const compiled: CalendarWords = {
    months: calendar.months.map((pattern) => words.add(pattern)),
    monthPairs: calendar.months.some((pattern) => pattern.includes('_')) ? calendar.months.map(pairsOf) : [],
    weekdays: calendar.weekdays.map((pattern) => words.add(pattern)),
    weekdayPairs: calendar.weekdays.map((pattern) => pairsOf(pattern).map((pair) => pair.replaceAll('_', ' '))),
    units: keysOf(calendar.units).map((unit) => [unit, words.add(calendar.units[unit])]),
    relative: compileSequences(calendar.relativeDays.map(([phrase]) => phrase), words),
  };
  calendarWords.set(book, compiled);
  return compiled;
}

/** The alternatives of two words. */
function pairsOf(pattern: string): string[] {
  return pattern.split('|').filter((one) => one.includes('_'));
}
