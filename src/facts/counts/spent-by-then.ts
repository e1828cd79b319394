import type { NumberMention } from './counted-numbers.ts';
import { gap } from './counted-numbers.ts';
import type { Hit } from '../text/phrases.ts';

/** "After 150 credits I have a collection of Picassos": a number of credits that is told as a point in time is what was spent by then. */

const first = String.raw`(?:(?:about|around|almost|nearly|the|the first|roughly|los primeros|unos|unas|casi|les premiers|environ|quelque|presque|i primi|circa|quasi|os primeiros|cerca de|uns|quase|pierwszych|około|prawie|niemal|первых|примерно|почти|каких-то|першых|прыкладна|амаль|перших|майже|den ersten|etwa|rund|fast|ilk|حوالي|أول|تقريبا)\s)?`;
const after = new RegExp(String.raw`(?<!\p{L})(?:after|tras|despu[eé]s de|al cabo de|apr[eè]s|au bout de|dopo|depois d[eo]s?|ap[oó]s|ao fim de|ao cabo de|после|через|спустя|пасля|праз|після|nach|[وف]?بعد)\s${first}$`, 'iu');
/** In Polish "po" is "each" as well: the noun tells. */
const polishAfter = new RegExp(String.raw`(?<!\p{L})po\s${first}$`, 'iu');
const polishNoun = /^\s?(?:kredytach|punktach|tokenach|żetonach)(?!\p{L})/iu;

const later = /^\s(?:later|plus tard|más tarde|mas tarde|después|despues|dopo|più tardi|depois|mais tarde|później|pozniej|спустя|пазней|пізніше|später)(?!\p{L})/iu;
/** "150 krediden sonra", "150 نقطة" needs none: "بعد" stands before it. */
const laterInTurkish = /^\s?(?:krediden|jetondan|tokenden|puandan)\s?sonra(?!\p{L})/iu;
const laterUnspaced = /^\s?(?:クレジット|ポイント|크레딧|포인트)\s?(?:後(?!払)|あと|のあと|の後|뒤|후|만에)/u;

/** What nobody paid for was no part of what was bought. */
const free = /^\s(?:free|gratis|gratuits?|offerts?|bonus|omaggio|grátis|darmow\p{L}*|бесплатн\p{L}*|подарочн\p{L}*|бясплатн\p{L}*|безкоштовн\p{L}*|مجاني\p{L}*|a day|per day|par jour|al día|al giorno|por dia|dziennie)(?!\p{L})/iu;

/** `units` are the words for credits in its sentence. */
export function isSpentByThen(number: NumberMention, units: readonly Hit[]): boolean {
  const { sentence: { passage: { text }, start: from, characters }, start, end } = number;
  const unit = units.find((one) => one.start >= end && gap(number, one) <= 1);
  if (unit === undefined || number.value < 1 || number.percent) return false;
  if (characters !== null) return laterUnspaced.test(text.slice(end, end + 12));
  const [before, noun, behind] = [text.slice(Math.max(from, start - 28), start), text.slice(end, end + 24), text.slice(unit.end, unit.end + 24)];
  if (free.test(behind)) return false;
  return after.test(before) || later.test(behind) || laterInTurkish.test(noun) || (polishAfter.test(before) && polishNoun.test(noun));
}
