import { fold } from './fold.ts';
import type { LanguageData } from './language-data.ts';
import { RecentWords } from './recent-words.ts';

const numeralCache = new WeakMap<LanguageData, { exact: Map<string, number>; stems: [string, number][]; known: RecentWords<number | null> }>();

/** The value of a number word, or null. */
export function numeralValue(folded: string, language: LanguageData): number | null {
  let table = numeralCache.get(language);
  if (!table) {
    table = { exact: new Map(), stems: [], known: new RecentWords() };
    for (const [pattern, value] of Object.entries(language.numerals)) {
      for (const one of pattern.split('|')) {
        if (one.endsWith('*')) table.stems.push([fold(one.slice(0, -1)), value]);
        else table.exact.set(fold(one), value);
      }
    }
    table.stems.sort((a, b) => b[0].length - a[0].length);
    numeralCache.set(language, table);
  }
  const known = table.known.get(folded);
  if (known !== undefined) return known;
  const value = table.exact.get(folded) ?? table.stems.find(([stem]) => folded.startsWith(stem))?.[1] ?? null;
  table.known.set(folded, value);
  return value;
}
