import { dayFromNumber, isoDay } from './calendar.ts';
import type { DateMention } from './dates.ts';
import { isOfFeast } from './feast-days.ts';
import { isPlanned } from './planned-days.ts';
import type { Reason } from '../facts.ts';
import type { Concept } from '../text/language-data.ts';
import { clauseEnd, isInOtherClause } from '../text/clauses.ts';
import type { Hit } from '../text/phrases.ts';

/** What went wrong on a day of its own, beside that of the payment: the service was down, one request was taken from the balance twice. */
export type Fault = Extract<Reason, 'service_outage' | 'duplicate_debit'>;

export function faultOf(reason: Reason | null): Fault | null {
  return reason === 'service_outage' || reason === 'duplicate_debit' ? reason : null;
}

const speakingOf: Readonly<Record<Fault, readonly Concept[]>> = {
  service_outage: ['service_outage', 'technical_failure'],
  duplicate_debit: ['duplicate_debit', 'duplicate_charge'],
};

/** Putting money on a balance: the day of that is never the fault's. */
export const toppingUp = /(?<!\p{L})(?:top(?:ped)?[- ]?up|load(?:ed)?|recharg|recarg|ricaric|carreg|cargu?[ée]|пополн|закин|вн[её]с|положил|залил|папо[ўу]н|папаўн|паклал|паклаў|[уў]кіну|закіну|[уў]н[ёе]с|поповн|do[łl]adow|zasili|wp[łl]aci|y[üu]kle|auflad|aufgelad|eingezahlt)/iu;
const toppingUpElsewhere = /(?:شحن|عبّ?[أيئ]ت)|チャージ|入金|충전|입금/u;

/** The request that was charged for twice: "last night I asked the bot for a summary", told right before what came of it. */
const asking = new RegExp([
  String.raw`(?<!\p{L})(?:i|we)(?: \p{L}+)? (?:sent|asked|ran|submitted|made|put|typed|fired)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:отправ\p{L}+|спросил\p{L}*|задал\p{L}*|запустил\p{L}*|послал\p{L}*|попросил\p{L}*|адправі\p{L}+|спыта\p{L}+|папрасі\p{L}+|зада(?:ў|л\p{L}+)|запусці\p{L}+)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:wysłał\p{L}*|zapytał\p{L}*|zadał\p{L}*|poprosił\p{L}*|puścił\p{L}*|envié|mandé|pregunté|pedí|hice|lancé|envoyé|demandé|posé|lancé|mandato|inviato|chiesto|fatto|lanciato|mandei|enviei|perguntei|pedi|fiz|sordu[mk]|sormuştu[mk]|istedi[mk]|gönderdi[mk]|yazdı[mk]|geschickt|gefragt|gestellt)(?!\p{L})`,
  String.raw`(?<!\p{L})[وف]?(?:[أا]رسلت|بعثت|بعتت?|س[أا]لت|طلبت|صيفطت)(?!\p{L})`,
  String.raw`(?:送信|送り|送った|依頼し|質問し|聞い|頼ん)|(?:보냈|보내|물어|질문|요청|돌렸)`,
].join('|'), 'iu');

/** All was well again then: "it came back on Sunday", "復旧しました". */
const wellAgain = /(?<!\p{L})(?:c[ao]me back|came (?:back )?to life|back (?:up|online|to normal)|restored|resumed|recovered|up again|work(?:s|ed|ing)? (?:again|fine)|ожил\p{L}*|подня(?:лся|лась|лось|лись)|заработал\p{L}*|восстанов\p{L}+|вернул(?:ся|ась|ось|ись)|ажы(?:ў|л\p{L}+)|падня(?:ўся|л[аі]ся|лося)|запрацава\p{L}+|аднав\p{L}+|вярну(?:ўся|л[аі]ся|лося)|відновив\p{L}*|запрацюва\p{L}+|wróci\p{L}+|ożył\p{L}*|ruszył\p{L}*|wstał\p{L}*|przywrócon\p{L}+|volvi(?:ó|eron)|regresó|revivió|restableci\p{L}+|revenue?s?|rétabli\p{L}*|remarch\p{L}+|repart\p{L}+|tornat[oaie]|ripres[oaie]|ripartit[oaie]|ripristinat[oaie]|voltou|voltaram|regressou|restabelec\p{L}+|(?:geri|yerine) geldi\p{L}*|düzeldi\p{L}*|yeniden (?:açıl|çalış)\p{L}+|wieder (?:da|erreichbar|online)|[وف]?(?:عاد(?:ت|وا)?|رجع(?:ت|وا)?))(?!\p{L})|復旧|復活|再開|正常に(?:戻|稼働|動)|戻りま|復帰|복구|살아나|살아났|돌아왔|재개|정상화/iu;

/** Between the first day of a length of time and the last: "from 3 to 6 March", "9–12 February". */
const toTheLast = String.raw`(?:[-–—]|(?<!\p{L})(?:по|на|до|да|po|na|to|through|thru|till|until|and|al|alla|alle|all[’']|au|aux|a|à|do|bis|hasta|até|الى|إلى|لغاية|حتى|وحتى))`;
const lastBehind = new RegExp(String.raw`${toTheLast}\s?(?:(?!\d)[\p{L}’']{1,9}\s){0,3}$`, 'iu');
const lastBefore = /^[^\d.,;:!?、。،]{0,8}?(?:まで|까지|(?<!\p{L})(?:kadar|dek|değin)(?!\p{L}))/iu;
/** The number of the first day, where only the last has its month: "с 10 по 14 марта". */
const firstOfSpan = new RegExp(String.raw`(?<![\d.,:/-])(?<first>[12]?\d|3[01])(?:-?(?:го|е|га|st|nd|rd|th|º|er))?\s?${toTheLast}\s?(?:(?:the|el|le|il|o)\s)?$`, 'iu');
/** Characters between the days of such a length of time. */
const spanReach = 40;
/** No outage lasts longer. Days. */
const longestSpan = 20;

/** The day on which it went wrong, of the days that are nothing else's; for an outage the one on which it began. */
export function dayOfFault(dates: readonly DateMention[], hits: readonly Hit[], fault: Fault): DateMention | null {
  const faults = hits.filter(({ concept, negated, conditional }) => speakingOf[fault].includes(concept) && !negated && !conditional);
  const spoken = dates.filter((date) => date.precision !== 'vague' && date.lasting !== true && date.sentence.passage.kind === 'own' && isBesideFault(date, faults, fault));
  const told = spoken.flatMap((date) => firstDayOf(date) ?? (date.ahead || isLastDay(date, dates) || isPlanned(date) || isOfFeast(date, hits) || isToppedUpThen(date) || wellAgain.test(clauseOf(date)) ? [] : [date]));
  const [first] = told;
  // A subject names the day, the mail the hour.
  return first === undefined ? null : (told.find((other) => other.day === first.day && other.time !== null) ?? first);
}

/** The first day of "9–12 February", of which the date is the last. */
function firstDayOf(date: DateMention): DateMention | null {
  if (date.precision !== 'partial' && date.precision !== 'full') return null;
  const { sentence } = date;
  const [from, text] = [Math.max(sentence.start, date.start - 16), sentence.passage.text];
  const last = dayFromNumber(date.day);
  // The mention may hold the whole of it.
  const match = firstOfSpan.exec(text.slice(from, date.start));
  const back = match === null ? 0 : last.day - Number(match.groups?.['first'] ?? 0);
  if (match === null || back <= 0 || back > longestSpan) return null;
  const day = date.day - back;
  return { ...date, ahead: false, start: from + match.index, end: date.end, day, value: isoDay(dayFromNumber(day)), time: null };
}

function isLastDay(date: DateMention, dates: readonly DateMention[]): boolean {
  const { sentence, start, end } = date;
  const { text } = sentence.passage;
  if (lastBefore.test(text.slice(end, sentence.end))) return true;
  const before = dates.findLast((other) => other.sentence === sentence && other.end <= start);
  return before !== undefined && start - before.end <= spanReach && before.day < date.day && lastBehind.test(text.slice(before.end, start));
}

function clauseOf({ sentence, start, end }: DateMention): string {
  const { text } = sentence.passage;
  return `${text.slice(sentence.start, start).split(clauseEnd).at(-1) ?? ''} ${text.slice(end, sentence.end).split(clauseEnd)[0] ?? ''}`;
}

function isBesideFault(date: DateMention, faults: readonly Hit[], fault: Fault): boolean {
  const { sentence } = date;
  if (faults.some((hit) => hit.sentence === sentence)) return true;
  return fault === 'duplicate_debit' && asking.test(sentence.passage.text.slice(sentence.start, sentence.end)) && faults.some((hit) => hit.sentence.passage === sentence.passage && hit.sentence.index === sentence.index + 1);
}

/** Money was put on the balance in the date's own clause. */
function isToppedUpThen(date: DateMention): boolean {
  const { start, end, passage: { text } } = date.sentence;
  return [toppingUp, toppingUpElsewhere].some((verb) => [...text.slice(start, end).matchAll(new RegExp(verb.source, 'giu'))].some(({ index, 0: word }) => !isInOtherClause(text, date, { start: start + index, end: start + index + word.length })));
}
