import type { DateMention } from './dates.ts';
import type { Fact } from '../facts.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import { findTimes, hourBeside } from './times.ts';

/** What opens a sentence that only tells the hour: "Yesterday I sat down to it. It was exactly 21:40." */
const opening = /^(?:(?:and|i|a|а|и|і|й|e|y|et|und|و)\s)?(?:it was|it must have been|the time was|that was|this was|at|around|about|(?:to )?był[aoy]?|godzina|o|około|koło|mniej więcej o|(?:это )?было|часы показывали|время|времени было|в|около|примерно в|(?:гэта )?была|(?:гэта )?было|гадзіннік паказваў|а|каля|прыкладна а|(?:це )?було|була|о|близько|eran?|serían?|fue|a|sobre|il (?:était|devait être)|c[’']était|vers|à|erano|era|saranno state|alle|verso|eram|seriam|às|por volta d|saat(?:ler)?|كانت الساعة|الساعة|كان الوقت|حوالي|es war|um|gegen)(?!\p{L})/iu;
const unspacedOpening = /^(?:(?:その時|時刻|時間)[はが]|ちょうど|確か|たしか|多分|たぶん|だいたい|大体|(?:시각|시간)[은이]|그때가|정확히|아마도?|대략|한)?\s?$/u;
/** No person's mail names more. */
const mostDates = 60;
/** Beside the hour there is room for "exactly", "about", "in the evening". Characters. */
const roomBefore = 28;
const roomBehind = 14;
const unspacedEnd = /^(?:ちょうど|ごろ|頃|くらい|ぐらい|過ぎ|すぎ|前|だった|でした|です|だ|と思います|쯤|경|정도|이?었|였|이에요|예요|입니다|인데|어요|습니다|[。.!\s])*$/u;

/** The days with the hours that the sentences behind them tell. */
export function withTimesBehind(dates: readonly DateMention[], sentences: readonly Sentence[], book: PhraseBook): readonly DateMention[] {
  if (dates.length > mostDates) return dates;
  return dates.map((date) => {
    if (date.time !== null || date.precision === 'vague' || dates.some((other) => other.sentence === date.sentence && other.start > date.start)) return date;
    const next = sentences.find(({ index, passage }) => passage === date.sentence.passage && index === date.sentence.index + 1);
    const time = next === undefined || dates.some(({ sentence }) => sentence === next) ? null : timeAlone(next, book);
    if (time === null) return date;
    return { ...date, time, value: withHour(date.value, time.hour, time.minute) };
  });
}

/** What opens a sentence that tells the hour and then what failed: "About half past two a red box came up". */
const laterOpening = /^(?:[\s\p{P}]|(?:and|then|so|but|right|at|around|about|just|shortly|after|before|maybe|roughly|must have been|it was|и|а|но|потом|где-то|примерно|около|в|і|але|потым|недзе|прыкладна|каля|у|ў|близько|о|об|десь|a|potem|około|koło|gdzieś|jakoś|tak|mniej więcej|und|dann|gegen|um|etwa|et|puis|vers|environ|à|il était|y|entonces|luego|sobre|hacia|a eso de|serían|eran|las|la|e|poi|verso|alle|le|saranno state|aí|então|por volta d[aeo]s?|lá pelas|pelas|umas|eram|às|as|à|saat|sonra|yaklaşık|و|ثم|حوالي|الساعة|على الساعة|في)(?!\p{L}))*$/iu;
const unspacedLaterOpening = /^(?:その日の|その日、?|そして|それで|で、|たしか|確か|だいたい|그날|그리고|그런데|대략|한)?\s?(?:午前|午後|早朝|朝|昼|夕方|夜|深夜|晩|오전|오후|아침|점심|낮|저녁|밤|새벽)?(?:の|に|에)?\s?$/u;
/** What sets the work going: "hit Generate at quarter past three". Right before the hour, in Japanese and Korean right behind it. */
const settingOff = /(?<!\p{L})(?:hit|pressed|clicked|tapped|started|launched|ran|uploaded|submitted|нажал\p{L}*|запустил\p{L}*|загрузил\p{L}*|отправил\p{L}*|націсн\p{L}+|запусці\p{L}+|загрузі\p{L}+|адправі\p{L}+|натисн\p{L}+|klikn\p{L}+|nacisn\p{L}+|wcisn\p{L}+|uruchom\p{L}+|wgrał\p{L}*|cliqué|appuyé|lancé|téléversé|pulsé|pinché|lancé|subí|premuto|cliccato|lanciato|avviato|caricato|cliquei|carreguei|apertei|lancei|enviei|bast[ıi]\p{L}*|tıkladı\p{L}*|başlattı\p{L}*|yükledi\p{L}*|gedrückt|geklickt|gestartet|[وف]?(?:ضغطت|كبست|شغلت|رفعت))(?!\p{L})[^.,;:!?،؛]{0,30}$/iu;
const settingOffBehind = /^[^、。,.]{0,18}(?:押し|クリック|開始し|実行し|アップロードし|눌렀|누르|클릭|시작했|실행했|돌렸|업로드했)/u;
/** Of two halves of the day the hours at which few are awake in the one. */
const smallHours = 6;
/** Sentences between a day and the hour. */
const sentencesBehind = 8;

/** "On Tuesday evening I sent one letter, … and the history shows it taken at 20:12 and again at 20:12": the one hour that is told in the sentence of the one day. */
function hourInSentence(day: DateMention, dates: readonly DateMention[], book: PhraseBook): DateMention['time'] {
  if (dates.some((other) => other !== day && other.sentence === day.sentence)) return null;
  const [time, ...others] = findTimes(day.sentence, book, [day]);
  return time === undefined || others.some(({ hour, minute }) => hour !== time.hour || minute !== time.minute) ? null : time;
}

/** The day of a failure with the hour at which a later sentence says that it failed, where no other day is told of between. */
export function withHourOfFailure(failed: Fact<string> | undefined, dates: readonly DateMention[], sentences: readonly Sentence[], hits: readonly Hit[], book: PhraseBook): Fact<string> | undefined {
  const day = failed === undefined ? undefined : dates.find(({ value, time, precision, sentence: { passage }, start, end }) => value === failed.value && time === null && precision !== 'vague' && passage.text.slice(start, end) === failed.evidence);
  if (failed === undefined || day === undefined) return failed;
  const { passage, index: from } = day.sentence;
  const another = Math.min(from + sentencesBehind + 1, ...dates.filter(({ sentence, day: named }) => sentence.passage === passage && sentence.index > from && named !== day.day).map(({ sentence }) => sentence.index));
  const fails = (index: number): boolean => hits.some(({ concept, negated, sentence }) => (concept === 'technical_failure' || concept === 'duplicate_debit' || concept === 'duplicate_charge') && !negated && sentence.passage === passage && sentence.index === index);
  const told = fails(from) ? hourInSentence(day, dates, book) : null;
  if (told !== null) return { ...failed, value: withHour(failed.value, told.hour, told.minute) };
  for (const sentence of sentences) {
    if (sentence.passage !== passage || sentence.index <= from || sentence.index >= another || !(fails(sentence.index) || (fails(sentence.index + 1) && sentence.index + 1 < another))) continue;
    const [time] = findTimes(sentence, book, []);
    if (time === undefined || !(opensWith(sentence, time) || isSetOffAt(sentence, time))) continue;
    // "After Sunday lunch": the part of the day may be told with the day.
    const hour = time.hour <= smallHours ? hourBeside(time.hour, day, book) : time.hour;
    return { ...failed, value: withHour(failed.value, hour, time.minute) };
  }
  return failed;
}

function withHour(day: string, hour: number, minute: number): string {
  return `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function opensWith({ characters, passage, start }: Sentence, time: { readonly start: number }): boolean {
  return (characters === null ? laterOpening : unspacedLaterOpening).test(passage.text.slice(start, time.start).trimStart());
}

function isSetOffAt({ characters, passage: { text }, start, end }: Sentence, time: { readonly start: number; readonly end: number }): boolean {
  return characters === null ? settingOff.test(text.slice(start, time.start)) : settingOffBehind.test(text.slice(time.end, end));
}

function timeAlone(sentence: Sentence, book: PhraseBook): DateMention['time'] {
  const text = sentenceText(sentence);
  if (text.trim().length > roomBefore + roomBehind + 8 || !/\d|\p{L}/u.test(text)) return null;
  const [time, second] = findTimes(sentence, book, []);
  if (time === undefined || second !== undefined) return null;
  const [before, behind] = [text.slice(0, time.start - sentence.start).trimStart(), text.slice(time.end - sentence.start)];
  const isAlone = sentence.characters === null
    ? before.length <= roomBefore && behind.trim().length <= roomBehind && (opening.test(before) || opening.test(text.trimStart()))
    : unspacedOpening.test(before) && unspacedEnd.test(behind);
  return isAlone ? { hour: time.hour, minute: time.minute } : null;
}
