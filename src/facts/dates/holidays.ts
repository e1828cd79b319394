import { withYear } from './resolve-dates.ts';
import type { Clock, Found } from './resolve-dates.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/** Days that are told by the holiday on them: "on New Year's Day I topped up". Only those of one date everywhere, by words that name the day; "for Christmas" and "a Christmas gift" name none. */

const holidays: readonly (readonly [month: number, day: number, names: string])[] = [
  [1, 1, String.raw`new year['’]?s day|1st of january|(?:в|на) (?:самый )?новый год|(?:у|ў|на) (?:самы )?новы год|(?:на|в) новий рік|(?:le )?jour de l['’]an|(?:el )?(?:día|dia) de año nuevo|en año nuevo|(?:giorno|dì) di capodanno|a capodanno|(?:no )?dia de ano[- ]novo|no ano[- ]novo|(?:w|na) nowy rok|an neujahr|neujahrstag|yılbaşı günü|yeni yılın ilk günü|(?:في )?يوم ر[أا]س السنة`],
  [12, 31, String.raw`(?:on )?new year['’]?s eve|(?:le )?soir du réveillon du nouvel an|(?:le )?(?:jour de )?la saint[- ]sylvestre|à la saint[- ]sylvestre|en nochevieja|(?:a|notte di) san silvestro|(?:na )?véspera de ano[- ]novo|no réveillon|w sylwestra|an silvester|yılbaşı gecesi|(?:في )?ليلة ر[أا]س السنة`],
  [12, 24, String.raw`on christmas eve|(?:la |à la )?veille de noël|en nochebuena|(?:la |alla )?vigilia di natale|(?:na )?véspera de natal|w wigilię|an heiligabend|(?:في )?ليلة عيد الميلاد`],
  [12, 25, String.raw`(?:on )?christmas day|(?:le )?jour de noël|(?:el )?(?:día|dia) de navidad|(?:il )?giorno di natale|(?:no )?dia de natal|w (?:pierwszy dzień świąt|boże narodzenie)`],
  [12, 26, String.raw`(?:on )?boxing day|(?:a|il giorno di) santo stefano|w (?:drugi dzień świąt)`],
  [2, 14, String.raw`(?:on )?valentine['’]?s day|(?:le )?jour de la saint[- ]valentin|à la saint[- ]valentin|(?:el )?(?:día|dia) de san valentín|(?:il )?giorno di san valentino|a san valentino|(?:no )?dia de são valentim|w walentynki|am valentinstag|sevgililer günü(?:nde)?|(?:в|на) день святого валентина|(?:у|ў|на) дзень святога валянціна|(?:في )?يوم عيد الحب`],
  [10, 31, String.raw`on hallowe['’]?en|en halloween|à halloween|ad halloween|no halloween|w halloween|(?:в|на) хэллоуин`],
];

const spaced = holidays.map(([month, day, names]) => ({ month, day, pattern: new RegExp(String.raw`(?<!\p{L})(?:${names.replaceAll(' ', String.raw`\s`)})(?![\p{L}’'])`, 'iu') }));
const unspaced = [
  { month: 1, day: 1, pattern: /元日に?|元旦に?|새해\s?첫날/u },
  { month: 12, day: 31, pattern: /大晦日|おおみそか|섣달\s?그믐날?/u },
  { month: 12, day: 24, pattern: /クリスマス・?イ[ブヴ](?!の)|크리스마스\s?이브(?!\s?(?:선물|카드))/u },
  { month: 2, day: 14, pattern: /バレンタインデー(?:当日)?に|발렌타인데이(?:날)?에/u },
] as const;

/** A present, or what is to be ready by then. */
const isMeantFor = /(?<!\p{L})(?:for|by|before|until|till|after|since|to|для|до|к|перед|после|пасля|pour|avant|après|para|antes (?:de|del)|hasta|per|prima (?:di|del)|por|até|przed|do|po|für|vor|قبل|بعد)\s(?:(?:the|le|la|el|il|o|a|l['’])\s?)?$/iu;
const isOfPresent = /^\s?(?:['’]s\s)?(?:gift|present|card|party|dinner|offer|sale|promo\p{L}*|discount|plus|için|kadar)(?!\p{L})|^\s?\+/iu;

/** Most sentences have no such word. */
const mayTell = /new|christmas|boxing|valentin|hallow|нов|хэлл|jour|sylvestre|veille|réveillon|año|navidad|nochev|nocheb|capodanno|natale|silvestro|stefano|vigilia|ano|natal|nowy|sylwest|wigil|narodz|świąt|walent|neujahr|heilig|yıl|sevgili|رأس|راس|عيد/iu;

export function holidayDates(sentence: Sentence, clock: Clock): Found[] {
  const text = sentenceText(sentence);
  if (sentence.characters === null && !mayTell.test(text)) return [];
  return (sentence.characters === null ? spaced : unspaced).flatMap(({ month, day, pattern }) => {
    const match = pattern.exec(text);
    if (match === null || isMeantFor.test(text.slice(0, match.index)) || isOfPresent.test(text.slice(match.index + match[0].length))) return [];
    const resolved = withYear({ month, day }, clock);
    const start = sentence.start + match.index;
    return resolved === null ? [] : [{ start, end: start + match[0].length, ...resolved, precision: 'partial' as const }];
  });
}
