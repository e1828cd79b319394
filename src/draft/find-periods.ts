import { numeralValue } from '../facts/text/numerals.ts';
import { phraseBookOf } from '../facts/languages/languages.ts';
import type { FoldedText } from './folded-text.ts';
import { promisePatternsOf, type PeriodUnit } from './promises/words-by-language.ts';

/** A length of time that a text names: `within 10 business days`, `3日以内`. */
export interface Period {
  /** The upper end of a range: `5–10`. */
  readonly count: number;
  /** Working days are a unit of their own: ten of them are two weeks. */
  readonly unit: PeriodUnit | 'business day';
  /** Offsets in the folded text. */
  readonly start: number;
  readonly end: number;
}

const hoursOf: Readonly<Record<Period['unit'], number>> = { hour: 1, day: 24, 'business day': 24, week: 168, month: 720 };
const unitNames = ['hour', 'day', 'week', 'month'] as const satisfies readonly PeriodUnit[];

/** What two periods are compared by: `72h` for three days as for 72 hours; working days stay apart. */
export function periodKey({ count, unit }: Pick<Period, 'count' | 'unit'>): string {
  return unit === 'business day' ? `${count}b` : `${count * hoursOf[unit]}h`;
}

export function findPeriods({ folded }: FoldedText, language: string): Period[] {
  const { units, lists, unspaced } = promisePatternsOf(language);
  const { language: data } = phraseBookOf(language);
  const found: Period[] = [];
  for (const unit of unitNames) {
    for (const match of folded.matchAll(units[unit])) {
      const before = folded.slice(Math.max(0, match.index - 40), match.index);
      const business = lists.business.source;
      const adjectives = new RegExp(unspaced ? `(?:${business})?\\s*$` : '(?:\\s+\\p{L}+){0,2}\\s*-?$', 'u').exec(before);
      const head = before.slice(0, adjectives?.index ?? before.length);
      const words = adjectives?.[0] ?? '';
      const counted = countAtEnd(head, words, data, unspaced);
      if (counted === null) continue;
      const end = match.index + match[0].length;
      const after = /^\s+\p{L}+/u.exec(folded.slice(end, end + 30))?.[0] ?? '';
      const between = before.slice(before.length - counted.back);
      const working = unit === 'day' && (matches(lists.business, between) || (!unspaced && matches(lists.business, after)));
      found.push({ count: counted.count, unit: working ? 'business day' : unit, start: match.index - counted.back, end: working && matches(lists.business, after) ? end + after.length : end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function matches(pattern: RegExp, text: string): boolean {
  return new RegExp(pattern.source, 'u').test(text);
}

/** The number right before the unit, with at most two words between; `back` says how many characters before the unit it begins. */
function countAtEnd(head: string, words: string, data: Parameters<typeof numeralValue>[1], unspaced: boolean): { count: number; back: number } | null {
  const digits = /(?:(\d{1,4})\s?(?:[-–—~〜]|to|до|a|à|до|تا|إلى)\s?)?(\d{1,4})\s*(?:\(\s*\p{L}+\s*\))?$/u.exec(head);
  if (digits !== null && !/[\d.,]$/u.test(head.slice(0, digits.index)) && !/\d[.,]$/u.test(head.slice(0, digits.index))) {
    return { count: Number(digits[2]), back: digits[0].length + words.length };
  }
  if (unspaced) return null;
  // "three working days": the number is a word, and the adjectives took it along.
  const written = [...`${head}${words}`.matchAll(/\p{L}+/gu)].slice(-3);
  for (const word of written.toReversed()) {
    const value = numeralValue(word[0], data);
    if (value !== null && Number.isInteger(value) && value > 0) return { count: value, back: head.length + words.length - word.index };
  }
  return null;
}
