import type { DateMention } from './dates.ts';
import type { Hit } from '../text/phrases.ts';

/** That all was well. */
const allWell = /(?<!\p{L})(?:work(?:ed|ing)|(?:was|were) (?:(?:still|all|perfectly|absolutely|totally|completely|just|quite|working) )*(?:fine|ok(?:ay)?|good|well|alright|all right|great|perfect)|went (?:fine|well|smoothly)|no (?:problems?|issues?|trouble)|работал[оаи]?|(?:было|была|был) (?:вс[её] )?(?:нормально|хорошо|ок|в порядке)|без проблем|працавал[ао]?|працавалі|было (?:ўсё )?(?:нармальна|добра)|без праблем|працювал[аои]|działał[ao]?|dzialal[ao]?|było (?:wszystko )?(?:ok|dobrze|w porządku)|bez problemu?|funktionierte|lief|ging (?:alles )?(?:noch )?(?:gut|problemlos)|war (?:noch )?alles (?:gut|ok|in ordnung)|marchait|fonctionnait|fonctionné|marché|tout allait bien|sans (?:problème|souci)|funcionab[ao]n?|funcion[oó]|iba bien|sin problemas?|funcionav[ao]m?|funcionou|sem problemas?|funzionav[ao](?:no)?|ha funzionato|andava (?:tutto )?bene|senza problemi|çalışıyordu|sorunsuz(?:du)?|كان (?:يعمل|شغال|كل شيء تمام)|كانت? (?:تعمل|شغالة)|اشتغل)(?!\p{L})|動いてい?た|動きました|使えてい?た|使えました|問題なく|正常に|됐는데|잘 ?됐|작동했|문제 ?없이/iu;
const notWell = /n['’]t(?!\p{L})|(?<!\p{L})(?:not|never|stopped|не|ня|нічога не|nie|nicht|nichts|kein\p{L}*|pas|no|não|nao|non|لا|لم|ما|مش)(?!\p{L})/iu;
const untilThen = /(?<!\p{L})(?:until|till|до|да|aż|bis|jusqu|hasta|fino|até|kadar|حتى)(?!\p{L})|まで|까지/iu;

/** "Yesterday it was perfectly fine": the last day on which nothing was wrong. Nothing failed then, neither in its own clause nor later that day. */
export function stillWorked(date: DateMention, dates: readonly DateMention[], hits: readonly Hit[]): boolean {
  const { text } = date.sentence.passage;
  const before = text.slice(date.sentence.start, date.start).split(/[,;:.!?–—、。]|\s-\s/u).at(-1) ?? '';
  const after = text.slice(date.end, date.sentence.end).split(/[,;:.!?–—、。]|\s-\s|(?<!\p{L})(?:but|but then|then|until|а|но|але|ale|aber|mais|pero|mas|ma|ama|لكن)(?!\p{L})/u)[0] ?? '';
  const [start, end] = [date.start - before.length, date.end + after.length];
  if (untilThen.test(text.slice(date.end, date.sentence.end)) || !allWell.test(`${before} ${after}`) || notWell.test(`${before} ${after}`.replace(/(?<!\p{L})no (?=problem|issue|trouble)/iu, ''))) return false;
  const isLast = !dates.some((other) => other.sentence === date.sentence && other.start >= date.end);
  return !hits.some((hit) => hit.concept === 'technical_failure' && !hit.negated && hit.sentence === date.sentence && hit.start >= start && (isLast || hit.end <= end));
}

const untilBefore = /(?<!\p{L})(?:until|till|up to|до|да|по|do|bis(?: zum)?|jusqu['’]?\s?(?:à|au|en)?|hasta|fino a(?:l|lla|lle|ll['’])?|até|حتى|لحد|لغاية)\s?(?:(?:the|el|il|la|le|o|à|ao|aos|à noite de|late|early|about|around|самого|samego|día|dia|يوم)\s)*$/iu;
const untilBehind = /^[^,.;:!?、。]{0,12}?(?:(?<!\p{L})(?:kadar|dek|değin)(?!\p{L})|まで|까지)/iu;

/** "All was well until Sunday at nine": the last moment of that is the first on which it failed, where no other is named. */
export function workedUntil({ sentence, start, end }: DateMention): boolean {
  const { text } = sentence.passage;
  if (!untilBefore.test(text.slice(sentence.start, start)) && !untilBehind.test(text.slice(end, sentence.end))) return false;
  const clause = `${text.slice(sentence.start, start).split(/[;:.!?]/u).at(-1) ?? ''} ${text.slice(end, sentence.end).split(/[,;:.!?、。،]/u)[0] ?? ''}`;
  return allWell.test(clause) && !notWell.test(clause.replace(/(?<!\p{L})no (?=problem|issue|trouble)/iu, ''));
}
