import { numeralValue } from '../text/numerals.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/** "Half an hour ago", "полчаса назад", "1時間半前": `n` is the whole hours before the half one. */
const ways: Readonly<Record<string, RegExp>> = {
  en: /(?<!\p{L})(?:half (?:an? )?h(?:ou)?r|(?<n>an?|\d{1,2}|\p{L}+)(?: h(?:ou)?rs?)? and a half(?: h(?:ou)?rs?)?|(?<m>\d{1,2})[½.,]5? h(?:ou)?rs?) (?:ago|back|earlier)(?!\p{L})/giu,
  ru: /(?<!\p{L})(?:пол ?час(?:а|ика)|получаса|(?<n>\d{1,2}|\p{L}+) с половиной час(?:а|ов)) (?:тому назад|назад|тому)(?!\p{L})/giu,
  be: /(?<!\p{L})(?:паў ?гадзін(?:ы|кі)|полгадзіны|(?<n>\d{1,2}|\p{L}+) з паловай гадзіны) (?:таму назад|назад|таму)(?!\p{L})/giu,
  uk: /(?<!\p{L})(?:пів ?годин(?:и|ки)|(?<n>\d{1,2}|\p{L}+) з половиною години) (?:тому назад|назад|тому)(?!\p{L})/giu,
  pl: /(?<!\p{L})(?:p[óo][łl] godzin(?:y|ki)|(?<n>\d{1,2}|\p{L}+) i p[óo][łl] godziny) (?:temu|wstecz)(?!\p{L})/giu,
  de: /(?<!\p{L})vor (?:(?:etwa|ca\.?|ungefähr|knapp|gut|rund) )?(?:einer halben stunde|ner halben stunde|(?<n>\p{L}+?)einhalb stunden|(?<m>anderthalb) stunden)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:il )?y a (?:environ |à peine |bien )?(?:(?:une )?demi[ -]heure|(?<n>\d{1,2}|\p{L}+) ?h(?:eures?)? et demie?)(?!\p{L})/giu,
  es: /(?<!\p{L})hace (?:como |unos? |una |apenas |casi )?(?:media hora|(?<n>\d{1,2}|\p{L}+) horas? y media)(?!\p{L})/giu,
  it: /(?<!\p{L})(?:mezz['’ ]?or(?:a|etta)|(?<n>un(?=['’])|\d{1,2}|\p{L}+)['’ ]?or[ae] e mezz[ao]) fa(?!\p{L})/giu,
  pt: /(?<!\p{L})(?:há|ha|faz|tem) (?:cerca de |uma |umas |quase )?(?:meia hor(?:a|inha)|(?<n>\d{1,2}|\p{L}+) horas? e meia)(?!\p{L})/giu,
  tr: /(?<!\p{L})(?:yarım saat(?: kadar)?|(?<n>\d{1,2}|\p{L}+) buçuk saat(?: kadar)?) (?:önce|evvel)(?!\p{L})/giu,
  ar: /(?<!\p{L})(?:قبل|منذ|من) (?:(?:حوالي|نحو) )?(?:نصف? ساع[ةه]|(?<n>ساع[ةه]|ساعتين|ثلاث ساعات) ونصف?)(?!\p{L})/gu,
  ja: /(?:(?<n>\d{1,2}|[一二三四五])時間半|半時間)(?:ほど|くらい|ぐらい)?前/gu,
  ko: /(?:(?<n>한|두|세|네|\d{1,2})\s?시간\s?반|반\s?시간)\s?(?:쯤|정도)?\s?전/gu,
};

const others: Readonly<Record<string, number>> = { a: 1, an: 1, un: 1, une: 1, una: 1, uma: 1, bir: 1, anderthalb: 1, ساعة: 1, ساعه: 1, ساعتين: 2, 'ثلاث ساعات': 3, 한: 1, 두: 2, 세: 3, 네: 4, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5 };

/** The stretches that tell so many hours and a half ago. */
export function halfHoursAgo(sentence: Sentence, book: PhraseBook): { readonly start: number; readonly end: number; readonly hours: number }[] {
  const pattern = ways[book.language.code];
  if (pattern === undefined) return [];
  return Array.from(sentenceText(sentence).matchAll(pattern)).flatMap((match) => {
    const whole = match.groups?.['n'] ?? match.groups?.['m'];
    const hours = whole === undefined ? 0 : /^\d/.test(whole) ? Number(whole) : (others[whole.toLowerCase()] ?? numeralValue(whole.toLowerCase(), book.language));
    return hours === null || !(hours >= 0 && hours <= 12) ? [] : [{ start: sentence.start + match.index, end: sentence.start + match.index + match[0].length, hours: hours + 0.5 }];
  });
}
