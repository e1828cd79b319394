import { isInOtherClause } from '../text/clauses.ts';
import type { DateMention } from './dates.ts';

/** Days on which something was only meant to come: "the book was supposed to arrive on 11 March", in every language. */
const meantToCome = new RegExp([
  String.raw`(?<!\p{L})(?:(?:supposed|meant|due|scheduled|expected|promised) (?:to (?:be|come|arrive|get|reach)|for|by|on)|should(?:['’]ve| have)(?: long)? (?:been (?:here|delivered|with)|arrived|come|got)|(?:was|were) to (?:be (?:here|delivered|with)|arrive|come))`,
  String.raw`(?<!\p{L})(?:долж(?:ен|на|но|ны)(?: был[аио]?)?(?: \p{L}+){0,2} (?:прийти|приехать|быть|доставить|доставлен\p{L}*)|обеща(?:л[аи]?|ли)(?: \p{L}+){0,3} (?:доставить|привезти|к)|(?:мусі(?:ў|л[аі])|павін(?:ен|на|ны|не)(?: бы(?:ў|л[аі]))?|ме(?:ў|л[аі]))(?: \p{L}+){0,2} (?:прыйсці|прыехаць|быць|дайсці)|ма(?:в|л[аои])(?: \p{L}+){0,2} (?:прийти|приїхати|бути|надійти))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:(?:deb(?:ía|ían|ería|erían)(?: de)?|tenía que|iba a) (?:haber )?(?:llegar|llegado|estar)|(?:devait|devaient|devrait|aurait dû)(?: nous| m[’']| me)? ?(?:arriver|être livrée?|parvenir)|(?:doveva(?:no)?|sarebbe dovut[oa]) (?:arrivare|essere consegnat[oa])|(?:devia|deviam|deveria|era (?:suposto|para)) (?:ter )?(?:chegar|chegado)|(?:entrega|livraison|consegna) (?:prevista|prévue))(?!\p{L})`,
  String.raw`(?<!\p{L})(?:mia(?:ł|ła|ło|ły)(?: \p{L}+){0,2} (?:przyjść|być|dotrzeć|dojść|przyjechać)|powin(?:ien|na|no|ny)(?: był[ao]?)?(?: \p{L}+){0,2} (?:przyjść|dotrzeć|dojść)|sollte(?:n)?(?: \p{L}+){0,4} (?=(?:am|bis)?\s?$)|hätte(?:n)?(?: \p{L}+){0,4} (?:kommen|ankommen) sollen|(?:gel|ulaş|var)(?:ecekti|acaktı|mesi gerek\p{L}+|ması gerek\p{L}+|meliydi|malıydı)|teslim edil(?:ecekti|mesi gerek\p{L}+|meliydi))`,
  String.raw`(?<!\p{L})(?:و|ف)?(?:كان )?(?:من )?(?:المفروض|المفترض|مفروض|موعد (?:التسليم|الوصول|التوصيل))(?!\p{L})`,
].join('|'), 'giu');

/** Behind the day in Japanese and Korean. */
const meantToComeBehind = /^[^、。,.]{0,14}(?:(?:届く|着く|来る|到着する)(?:はず|予定)|(?:到着|お届け|配達)の?予定|(?:오기로|도착하기로|받기로)|(?:도착|배송)\s?예정|올\s?예정|(?:왔|도착했|받았)어야|와야\s?했)/u;

/** Something was to come on this day, whether it did or not. */
export function isPlanned({ sentence, start, end }: Pick<DateMention, 'sentence' | 'start' | 'end'>): boolean {
  const { text } = sentence.passage;
  if (sentence.characters !== null) return meantToComeBehind.test(text.slice(end, sentence.end));
  return [...text.slice(sentence.start, sentence.end).matchAll(meantToCome)].some(({ index, 0: words }) => !isInOtherClause(text, { start, end }, { start: sentence.start + index, end: sentence.start + index + words.length }));
}
