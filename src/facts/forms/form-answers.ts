import { fold } from '../text/fold.ts';
import type { LanguageData } from '../text/language-data.ts';
import { numeralValue } from '../text/numerals.ts';
import type { Hit } from '../text/phrases.ts';

/** Short answers of which the question says what they are: a bare number, a bare "refund". */

const grouped = /^\d{1,3}(?:[ \u00a0.,]\d{3})+$/u;

export function numberIn(text: string, largest: number): number | null {
  const digits = /\d{1,3}(?:[ \u00a0.,]\d{3})+(?!\d)|\d{1,7}(?:[.,]\d{1,2})?/u.exec(text)?.[0];
  if (digits === undefined) return null;
  const value = Number(grouped.test(digits) ? digits.replace(/[ \u00a0.,]/gu, '') : digits.replace(',', '.'));
  return value <= largest ? value : null;
}

/** In digits, or one number in words. */
export function wholeNumberIn(text: string, language: LanguageData): number | null {
  const digits = numberIn(text, 10_000_000);
  if (digits !== null) return Number.isInteger(digits) ? digits : null;
  const [only, ...others] = (text.match(/\p{L}+/gu) ?? []).flatMap((word) => numeralValue(fold(word), language) ?? []);
  return only !== undefined && others.length === 0 && Number.isInteger(only) ? only : null;
}

/** Hours, unless days are named. */
export function hoursIn(text: string, { calendar }: LanguageData): number | null {
  const count = numberIn(text, 10_000);
  if (count === null) return null;
  const folded = fold(text);
  const days = calendar.units.day.split('|').some((word) => new RegExp(`\\d\\s*${fold(word).replace('*', '')}`, 'u').test(folded));
  return days ? count * 24 : count;
}

/** "Card", said alone, in any of the languages. */
export function namesCard(text: string): boolean {
  return /(?<!\p{L})(?:card|cards|debit|visa|master ?card|карт\p{L}*|tarjeta|carte|carta|cartao|kart\p{L}*)(?!\p{L})|カード|카드|بطاق/u.test(fold(text));
}

/** The words alone, in any of the languages: the line of the form offered just these two. */
const resolutions: readonly (readonly [pattern: RegExp, value: string])[] = [
  [/refund|money|возврат|деньг|вяртан|грош|reembols|devoluci|dinero|rembours|argent|rimbors|soldi|dinheiro|estorn|zwrot|pieni|iade|para|返金|払い戻|환불|استرداد|نقود/u, 'refund'],
  [/replac|exchange|new (?:book|copy|one)|замен|обмен|новую|новая|абмен|sustituc|reemplaz|cambio|remplac|echang|sostituz|substitui|troca|wymian|degis|yeni|交換|교환|استبدال|بديل/u, 'replacement'],
];

export function resolutionIn(hits: readonly Hit[], text: string): string | null {
  const asked = new Set(hits.filter(({ negated }) => !negated).flatMap(({ concept }) => (concept === 'want_refund' ? ['refund'] : concept === 'want_replacement' ? ['replacement'] : [])));
  const [only] = asked;
  if (asked.size === 1 && only !== undefined) return only;
  const folded = fold(text);
  const named = resolutions.filter(([pattern]) => pattern.test(folded)).map(([, value]) => value);
  return named.length === 1 ? (named[0] ?? null) : null;
}
