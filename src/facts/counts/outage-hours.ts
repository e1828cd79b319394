import { unnumberedLength } from '../numbers/arabic-duals.ts';
import type { NumberMention, Take } from './counted-numbers.ts';
import { isDayNoun } from '../numbers/east-asian-numbers.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import type { Sentence } from '../text/sentences.ts';
import { hoursOfUnitBefore } from './units-told-first.ts';

/** Three months. */
const longestOutageHours = 2200;

/** Hours are nearer the truth than days are: "two days without you … 50 hours as I count". True where it was told in hours. */
export function readOutage(numbers: readonly NumberMention[], hits: readonly Hit[], hitsAround: readonly Hit[], outage: boolean, toTheHour: boolean, sentence: Sentence, take: Take, book: PhraseBook): boolean {
  if (!hitsAround.some((hit) => hit.concept === 'service_outage' && !hit.negated) && !outage) return false;
  const here = hits.some((hit) => hit.concept === 'service_outage');
  const { units } = book.language.calendar;
  let best: { value: number; number: NumberMention; end: number; exact: boolean } | null = null;
  for (const number of numbers) {
    if (number.percent) continue;
    const factor = unitAfter(number, units, book) ?? unitBefore(number, book);
    // "502 который день" is an error's number.
    if (factor === null || number.value * factor.hours > longestOutageHours) continue;
    // "They said four hours at most"
    if (isBound(number, factor.end)) continue;
    const exact = factor.hours === 1;
    // "Tres días y medio"
    const half = halfMore.test(sentence.passage.text.slice(factor.end)) ? factor.hours / 2 : 0;
    // "Three days and eight hours": one length told in two units.
    const next = factor.hours === 24 ? numbers.find((other) => other.start >= factor.end && joinsLengths.test(sentence.passage.text.slice(factor.end, other.start))) : undefined;
    const rest = next === undefined || next.value >= 24 ? null : unitAfter(next, units, book);
    if (next !== undefined && rest?.hours === 1) {
      best = { value: number.value * 24 + next.value, number, end: rest.end, exact: true };
      break;
    }
    if (best === null || (exact && !best.exact)) best = { value: (number.value + factor.more) * factor.hours + half, number, end: factor.end, exact };
  }
  const unnumbered = best === null && book.language.code === 'ar' ? unnumberedLength(sentence) : null;
  if (unnumbered !== null) take('outage_hours', unnumbered.hours + (halfMore.test(sentence.passage.text.slice(unnumbered.end)) ? (unnumbered.hours > 24 ? 12 : unnumbered.hours / 2) : 0), sentence, unnumbered.start, unnumbered.end);
  if (best) take('outage_hours', best.value, sentence, best.number.start, best.end, best.exact && (here || !toTheHour));
  return best?.exact ?? false;
}

/** Behind a number, or behind its unit. */
const halfMore = /^\s(?:and\sa\shalf|y\smedi[oa]|e\smezz[oa]|e\smei[oa]|et\sdemie?|с\sполовиной|з\sпаловай|з\sполовиною|buçuk|ونصف?|و\sنصف?)(?!\p{L})/iu;

/** Between days and hours that make one length. */
const joinsLengths = /^\s?(?:間|동안)?\s?(?:,|、)?\s?(?:と|and|и|і|й|y|e|et|und|ve|و|oraz|i|plus|plús|hem|과|와|하고|에)?\s?(?:もう|更に|さらに|約|about)?\s?$/iu;

/** How long it was to last at most says nothing of how long it did. */
const atMost = /(?<!\p{L})(?:up to|at most|max(?:imum)?(?: of)?|no (?:more|longer) than|not more than|максимум|макс|не (?:более|больше|дольше)(?: чем)?|максімум|не (?:больш|даўжэй)(?: за| чым)?|не більше(?: ніж)?|maksymalnie|maks|najwyżej|nie (?:więcej|dłużej) niż|maximal|höchstens|bis zu|(?:au |un )?maximum(?: de)?|au plus|como (?:máximo|mucho)|un máximo de|(?:al |un )?massimo(?: di)?|(?:no |um )?máximo(?: de)?|até|en fazla|azami|بحد أقصى|كحد أقصى|بالكثير|على الأكثر)[.,:]?\s$|(?:最大(?:で|でも)?|最長(?:で|でも)?|長くても|최대|길어야|길어도|많아야)\s?$/iu;
const atMostBehind = /^(?:\s(?:at (?:the )?most|max(?:imum)?|tops|максимум|максімум|maks(?:ymalnie)?|höchstens|(?:au )?maximum|(?:como )?máximo|(?:al )?massimo|(?:no )?máximo|كحد أقصى|بحد أقصى|بالكثير)(?!\p{L})|\s?(?:以内|以下|이내|이하))/iu;

function isBound({ sentence: { passage: { text }, start: from }, start }: NumberMention, end: number): boolean {
  return atMost.test(text.slice(Math.max(from, start - 20), start)) || atMostBehind.test(text.slice(end, end + 16));
}

/** "Часов шестьдесят подряд" */
function unitBefore(number: NumberMention, book: PhraseBook): { hours: number; end: number; more: number } | null {
  const hours = hoursOfUnitBefore(number, book);
  return hours === null || hours < 1 || hours > 168 ? null : { hours, end: number.end, more: 0 };
}

function unitAfter(number: NumberMention, units: PhraseBook['language']['calendar']['units'], book: PhraseBook): { hours: number; end: number; more: number } | null {
  const { sentence } = number;
  // "Three and a half days", "трое с половиной суток"
  const half = halfMore.exec(sentence.passage.text.slice(number.end))?.[0].split(/\s/u).length;
  const [skipped, more] = half === undefined ? [0, 0] : [half - 1, 0.5];
  if (sentence.characters !== null) {
    if (isDayNoun(sentence.passage.text.slice(number.start, number.end))) return { hours: 24, end: number.end, more: 0 };
    const after = sentence.passage.text.slice(number.end, number.end + 8).trimStart();
    for (const [unit, hours] of [['hour', 1], ['day', 24], ['week', 168]] as const) {
      const word = units[unit].split('|').find((one) => after.startsWith(one));
      if (word !== undefined) return { hours, end: number.end + word.length + 1, more: 0 };
    }
    return null;
  }
  for (const step of [1, 2]) {
    const token = sentence.tokens[number.index + skipped + step];
    if (!token || token.afterBreak) return null;
    if (book.words.matches(book.words.add(units.hour), token)) return { hours: 1, end: token.end, more };
    if (book.words.matches(book.words.add(units.day), token)) return { hours: 24, end: token.end, more };
    if (book.words.matches(book.words.add(units.week), token)) return { hours: 168, end: token.end, more };
  }
  return null;
}
