import type { LanguageData } from '../text/language-data.ts';
import { numeralValue } from '../text/numerals.ts';
import type { Sentence } from '../text/sentences.ts';

/** Numbers as Arabic writes them out: what it was paid with is glued to their front ("بعشرين دولارا"), the tens follow the ones behind an "and" that is glued too ("خمسة وعشرين"), and teens, hundreds and thousands are counted ("خمسة عشر", "ثلاث مئة", "أربعة آلاف"). */

const ten = /^عشره?$/u;
const hundred = /^(?:ميه|مايه|ميت)$/u;
const thousand = /^(?:الف|الفا|الاف)$/u;
/** Before a ten alone: "اثنا عشر", "إحدى عشرة"; joined to tens, "خمسا وعشرين". */
const boundForms: ReadonlyMap<string, number> = new Map([['احد', 1], ['احدي', 1], ['اثنا', 2], ['اثني', 2], ['اثنتا', 2], ['اثنتي', 2], ['ثلاثا', 3], ['اربعا', 4], ['خمسا', 5], ['ستا', 6], ['سبعا', 7], ['ثمانيا', 8], ['تسعا', 9]]);

/** "With twenty": from three on, as what is less is an ordinal or a word of another kind. */
const leastGlued = 3;

interface Part {
  readonly value: number;
  readonly last: number;
}

/** A number that begins here, with no "and" in it: "خمسة", "خمسة عشر", "ثلاث مئة". */
function plainPart({ tokens }: Sentence, first: number, folded: string, language: LanguageData): Part | null {
  const next = tokens[first + 1];
  const follows = next !== undefined && !next.afterBreak && next.kind === 'word' ? next.folded : '';
  const value = boundForms.get(folded) ?? numeralValue(folded, language);
  if (value === null || !Number.isInteger(value) || value < 1) return null;
  if (value < 10 && ten.test(follows)) return { value: value + 10, last: first + 1 };
  if (value > 2 && value < 10 && hundred.test(follows)) return { value: value * 100, last: first + 1 };
  return boundForms.has(folded) && !follows.startsWith('و') ? null : { value, last: first };
}

/** What may follow "and": tens behind ones, less than a hundred behind hundreds, less than a thousand behind thousands. */
function joins(before: number, value: number): boolean {
  if (before < 10) return value >= 20 && value < 100 && value % 10 === 0;
  return before % 1000 === 0 ? value < 1000 : before % 100 === 0 && value < 100;
}

/** The number in words that begins here, as long as it is. */
export function arabicNumberFrom(sentence: Sentence, first: number, language: LanguageData): Part | null {
  const { tokens } = sentence;
  const opening = tokens[first];
  if (opening?.kind !== 'word') return null;
  const glued = /^[وف]?ب(?=\p{L}{3})/u.exec(opening.folded)?.[0];
  const bare = plainPart(sentence, first, opening.folded, language);
  const start = bare ?? (glued === undefined ? null : plainPart(sentence, first, opening.folded.slice(glued.length), language));
  if (start === null || (bare === null && start.value < leastGlued)) return null;
  let [sum, tail, last] = [start.value, start.value, start.last];
  for (;;) {
    const next = tokens[last + 1];
    if (next === undefined || next.afterBreak || next.kind !== 'word') break;
    if (thousand.test(next.folded) && sum < 1000 && sum > 2) {
      [sum, tail, last] = [sum * 1000, 1000, last + 1];
      continue;
    }
    // "The twenty-fifth" has an article there.
    const joined = /^و(?!ال(?!فا?$|اف$))/u.test(next.folded) ? plainPart(sentence, last + 1, next.folded.slice(1), language) : null;
    if (joined === null || !joins(tail, joined.value)) break;
    [sum, tail, last] = [sum + joined.value, joined.value, joined.last];
  }
  return { value: sum, last };
}
