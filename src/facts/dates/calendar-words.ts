import { endsDayInWords } from './days-in-words.ts';
import { keysOf } from '../text/keys-of.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { RecentWords } from '../text/recent-words.ts';
import type { Unit } from './resolve-dates.ts';
import type { Token } from '../text/sentences.ts';
import { compileSequences } from '../text/word-sequences.ts';
import type { WordSequences } from '../text/word-sequences.ts';

/** The calendar's words, numbered once for each phrase book. */
interface CalendarWords {
  readonly months: readonly number[];
  /** Names of two words, as `first_second`, by month; empty where no month has one. */
  readonly monthPairs: readonly (readonly string[])[];
  readonly weekdays: readonly number[];
  readonly weekdayPairs: readonly (readonly string[])[];
  readonly units: readonly (readonly [Unit, number])[];
  readonly relative: WordSequences;
  /** Ways to name only the day of the month, and which of their words is the number. */
  readonly daysOfMonth: readonly { readonly words: readonly number[]; readonly place: number }[];
  readonly sameDay: ReturnType<typeof compileSequences>;
  /** Whether a word, folded, may begin or carry a date; found out once for each. */
  readonly tells: (token: Token) => boolean;
}

const calendarWords = new WeakMap<PhraseBook, CalendarWords>();

export function calendarWordsOf(book: PhraseBook): CalendarWords {
  const made = calendarWords.get(book);
  if (made) return made;
  const { words, language } = book;
  const { calendar } = language;
  const months = calendar.months.map((pattern) => words.add(pattern));
  const weekdays = calendar.weekdays.map((pattern) => words.add(pattern));
  const units = keysOf(calendar.units).map((unit) => [unit, words.add(calendar.units[unit])] as const);
  const relative = compileSequences(calendar.relativeDays.map(([phrase]) => phrase), words);
  const telling = new Set([...months, ...weekdays, ...units.map(([, id]) => id), ...relative.keys()]);
  const firsts = new Set([...calendar.months, ...calendar.weekdays].flatMap(pairsOf).map((pair) => pair.slice(0, pair.indexOf('_'))));
  const known = new RecentWords<boolean>();
  const compiled: CalendarWords = {
    months,
    monthPairs: calendar.months.some((pattern) => pattern.includes('_')) ? calendar.months.map(pairsOf) : [],
    weekdays,
    weekdayPairs: calendar.weekdays.map((pattern) => pairsOf(pattern).map((pair) => pair.replaceAll('_', ' '))),
    units,
    relative,
    sameDay: compileSequences(calendar.sameDay ?? [], words),
    daysOfMonth: calendar.dayOfMonth.map((phrase) => ({ words: words.sequence(phrase), place: phrase.split(/\s+/).indexOf('#') })),
    tells: (token) => {
      if (token.kind !== 'word') return true;
      let told = known.get(token.folded);
      if (told === undefined) {
        told = firsts.has(token.folded) || endsDayInWords(token.folded, language.code) || words.lookup(token).some((id) => telling.has(id));
        known.set(token.folded, told);
      }
      return told;
    },
  };
  calendarWords.set(book, compiled);
  return compiled;
}

/** The alternatives of two words. */
function pairsOf(pattern: string): string[] {
  return pattern.split('|').filter((one) => one.includes('_'));
}
