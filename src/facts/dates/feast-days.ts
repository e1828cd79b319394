import type { DateMention } from './dates.ts';
import type { Hit } from '../text/phrases.ts';

/** Days that are fixed whatever is bought for them: birthdays, weddings, exams. Told by the word for one right beside the date, in all languages at once. */

const spaced = String.raw`(?<!\p{L})(?:birthdays?|b-?day|wedding(?: day| party)?|anniversary|christening|baptism|communion|graduation|funeral|(?<!third )party|exams?|exhibition|concert|recital|christmas|easter|дн\p{L}{1,3} рожд\p{L}+|день рожд\p{L}+|днюх\p{L}|юбиле\p{L}+|свадьб\p{L}+|годовщин\p{L}|крестин\p{L}+|выпускн\p{L}+|праздник\p{L}*|похорон\p{L}*|утренник\p{L}*|экзамен\p{L}*|выставк\p{L}|дзень нарадж\p{L}+|дня нарадж\p{L}+|вяселл\p{L}+|юбіле\p{L}+|гадавін\p{L}|хрысцін\p{L}+|свят[аео]\p{L}?|день народж\p{L}+|дня народж\p{L}+|весілл\p{L}+|ювіле\p{L}+|річниц\p{L}|cumple(?:años)?|boda|aniversario|aniversário|niver|bautizo|comunión|graduación|fiesta|quinceañera|examen|anniversaire|mariage|noces|baptême|fête|soutenance|compleanno|nozze|matrimonio|battesimo|comunione|cresima|laurea|festa|esame|casamento|batizado|comunhão|formatura|prova|urodzin\p{L}*|ślub\p{L}*|wesel\p{L}+|rocznic\p{L}|chrzcin\p{L}*|komuni\p{L}|jubileusz\p{L}*|imienin\p{L}*|egzamin\p{L}*|geburtstag\p{L}*|hochzeit\p{L}*|taufe|doğum gün\p{L}+|düğün\p{L}*|nişan\p{L}*|yıl ?dönüm\p{L}+|mezuniyet\p{L}*|sünnet\p{L}*|sınav\p{L}*|عيد ميلاد\p{L}*|عيد مولد\p{L}*|زفاف\p{L}*|عرس\p{L}*|زواج\p{L}*|خطوب[ةت]\p{L}*|تخرج\p{L}*|حفل\p{L}*)(?!\p{L})`;
const unspaced = '(?:誕生日|結婚式|挙式|披露宴|記念日|還暦|入学式|卒業式|入園式|卒園式|七五三|法事|発表会|文化祭|展示会|運動会|試験|締め?切り?|생일|생신|돌잔치|백일(?:잔치)?|결혼식|기념일|칠순|환갑|팔순|졸업식|입학식|제사|발표회|전시회|시험|마감일?)';
/** Not the day itself: what is given or sent for it. */
const present = '(?!の?(?:プレゼント|贈|祝|お祝|ギフト|カード|用|ため)|\\s?(?:선물|축하|카드|용|때문|준비))';

/** Between the word and its date, where nothing else can be meant: "(8 February)", "was on the 8th", 誕生日は, 생일이. */
const isOn = new RegExp(`(?:${spaced}(?:\\s(?!and|и|і|y|e|et|i|ve|we|ich|ja|я|و)\\p{L}+){0,4}?\\s?(?:\\((?:the |le |el |il |o |em |am )?|\\s(?:is|was|were|fell|falls|был[оаи]?|быў|была|было|буў|es|era|fue|est|était|tombait|è|era|cadeva|foi|caía|to|był[aoy]?|wypadał[aoy]?|ist|war|كان\\p{L}*|يوم|في)(?:\\s(?:already|on|the|el|le|l[’']|il|em|no|dia|día|giorno|w dniu|am|on the))*\\s))$|${unspaced}${present}(?:が|は|も|の|이|은|는|가|도|인|날|날이|날은)?[^、。,.]{0,3}[（(\\s]?$`, 'iu');
/** The same where a verb beside it may take the date for itself. */
const isPerhapsOn = new RegExp(`${spaced}(?:\\s(?:on|the|of|le|el|il|am|em|no|dia|día|del|du|в|у|ў|на|que|qui|che|était|era)){0,3}[,:–—]?\\s$`, 'iu');
const isTheDayOf = new RegExp(`^(?:['’]?(?:de|da|te|ta)(?:ki)?)?\\s?(?:is|was|[—–-]|были?|был[оа]?|es|era|fue|est|était|è|foi|to|był[aoy]?|kutlad\\p{L}+)?\\s(?:(?:his|her|my|our|the|their|el|la|mi|su|mon|son|sa|il|mio|suo|o|meu|a|у|мой|её|его|moje|jego|jej)\\s){0,2}(?:\\p{L}+['’]s\\s)?${spaced}|^(?:の|は|が|に(?:ある|あった|行われ[るた]|迎え[るた])|이|은|는|의|에\\s?있(?:는|던|었던))?\\s?[^、。,.はがをに注購支에\\s]{0,6}\\s?(?<![에に])${unspaced}${present}`, 'iu');

/** "29-га ў нас быў выпускны", "on the 29th we had the party": behind the date, that there was one. */
const wasThen = new RegExp(`^(?:-?\\p{L}{1,3})?,?\\s(?:(?:(?:у|ў|в)\\s\\p{L}{2,14}\\s)?(?:был[аои]?|быў|була|було|був)\\s(?:(?:у|ў|в)\\s\\p{L}{2,14}\\s)?|(?:we|i|he|she|they)(?:\\s(?:already|all))?\\s(?:had|held|celebrated|(?:were|was) (?:having|celebrating))\\s|(?:hubo|había|tenía|teníamos|tuvimos|celebr(?:amos|ábamos)|fue|c[’']era|c[’']è stat[oa]|avevamo|abbiamo (?:avuto|festeggiato)|festeggiavamo|houve|havia|tínhamos|tivemos|comemorámos|comemoramos|(?:on|nous|j[’'])\\s?(?:avait|avions|avais|fêtait|fêtions|a fêté|avons fêté)|il y avait|c[’']était|mieliśmy|miałam|miałem|miał[ay]?|mieli|obchodziliśmy|odbył[ao]? się|hatten wir|hatte ich|كان\\p{L}?(?:\\s(?:عند\\p{L}+|لدينا|لدي))?)\\s)(?:(?!оплат|аплат|опла|достав|дастав|покуп|пакуп|заказ|замов|плат|zakup|zamów|compr|pag)\\p{L}+\\s){0,2}${spaced}`, 'iu');

/** The date is that of a feast. */
export function isOfFeast({ sentence, start, end }: DateMention, hits: readonly Hit[]): boolean {
  const { text } = sentence.passage;
  const before = text.slice(Math.max(sentence.start, start - 60), start);
  if (isOn.test(before) || (sentence.characters === null && wasThen.test(text.slice(end, Math.min(sentence.end, end + 70))))) return true;
  const particle = /[のに에]$/u.exec(text.slice(start, end))?.[0].length ?? 0;
  if (isTheDayOf.test(text.slice(end - particle, Math.min(sentence.end, end + 40)))) return true;
  return isPerhapsOn.test(before) && !hits.some((hit) => (hit.concept === 'paid' || hit.concept === 'fulfilled') && hit.sentence === sentence);
}
