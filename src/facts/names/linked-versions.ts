import { fold } from '../text/fold.ts';
import { numeralValue } from '../text/numerals.ts';
import type { PhraseBook } from '../text/phrases.ts';

/** A version that little words tie to its system, in any of the languages: "Windows es el 10", "Edge (the 144 one)", "the Chrome is the 126th", "Windows eleven", "винда у меня десятая". */

const glue = String.raw`(?:is|was|it|its|it['’]s|and|the|one|number|es|era|está|el|la|en|tengo|o|a|é|e|em|tenho|è|e['’]|il|ho|est|c['’]est|le|j['’]ai|en|to|jest|w|mam|это|у|меня|стоит|там|гэта|у|мяне|стаіць|там|це|мене|стоїть|ist|das|der|die|da|de|هو|هي|عندي)`;
const link = new RegExp(String.raw`^(?:\s?[,:(–—-]{1,2})?(?:\s?${glue}(?!\p{L})){0,3}[\s(]{1,2}(?<said>\d{1,3}(?:\.\d{1,5}){0,3}|on(?:\sbir)?|\p{L}{3,14})(?:[-‑]?(?:th|er|й|я|ы|га|ая|ый|ой|а))?(?:\s(?:one|ка))?(?=\s*(?:[.,;:!?)–—-]|$|\n)|\s(?:and|with|on|but|y|con|pero|e|com|mas|ma|su|et|avec|sur|mais|i|na|ale|и|на|но|і|й|на|але|а|und|mit|auf|ve|ile|ama)(?!\p{L}))`, 'iu');

/** What each may be: a number that is none of its versions counts something else. */
const plausible: Readonly<Record<string, (version: number) => boolean>> = {
  Windows: (version) => [7, 8, 8.1, 10, 11].includes(version),
  macOS: (version) => version >= 10 && version < 30,
  iOS: (version) => version >= 9 && version < 30,
  iPadOS: (version) => version >= 9 && version < 30,
  Android: (version) => version >= 5 && version < 20,
  Safari: (version) => version >= 9 && version < 30,
  Chrome: isOfMany,
  Edge: isOfMany,
  Firefox: isOfMany,
  Opera: isOfMany,
};

function isOfMany(version: number): boolean {
  return version >= 80 && version < 250;
}

/** The Slavic ordinals by their beginning. */
const ordinals: readonly (readonly [RegExp, number])[] = [[/^on bir$/u, 11], [/^(?:седьм|сем[её]рк|сьом|сём|siódem|siodem|siódm|siodm)/u, 7], [/^(?:восьм|вась?м|ósem|osem|ósm|osm)/u, 8], [/^(?:десят|дзясят|дзесят|dziesiąt|dziesiat)/u, 10], [/^(?:одиннадцат|одинадцят|адзінаццат|jedenast)/u, 11]];

/** The version told right behind the system's name, where no number stands beside it; `length` in characters of `after`. */
export function versionLinked(name: string, after: string, book: PhraseBook): { version: string; length: number } | null {
  const match = link.exec(after);
  const said = match?.groups?.['said'];
  if (match === null || said === undefined) return null;
  const inDigits = /^\d/.test(said);
  const value = inDigits ? Number.parseFloat(said) : (ordinals.find(([pattern]) => pattern.test(said.toLowerCase()))?.[1] ?? numeralValue(fold(said), book.language));
  return value === null || plausible[name]?.(value) !== true ? null : { version: inDigits ? said : String(value), length: match[0].length };
}
