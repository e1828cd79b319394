import type { DateMention } from './dates.ts';
import type { PhraseBook } from './phrases.ts';
import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { findTimes } from './times.ts';

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
    return { ...date, time, value: `${date.value}T${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}` };
  });
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
