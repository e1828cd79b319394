import { countsWrittenOut, isDayNoun, tenthsBehind } from '../numbers/east-asian-numbers.ts';
import type { Fact } from '../facts.ts';
import { numberFrom, ofWholeHundreds, thousandsBefore, thousandWord } from '../numbers/numbers-in-words.ts';
import { numeralValue } from '../text/numerals.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import { hoursOfUnitBefore } from './units-told-first.ts';

/** A number of a sentence that may count something, in digits or in words, and where it stands. */
export interface NumberMention {
  /** Of a share its percent. */
  readonly value: number;
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  /** Of its last token. */
  readonly index: number;
  readonly percent: boolean;
}

/** A stretch that is something else already: a sum, a date, a version. */
export interface Span {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  /** Of a sum. */
  readonly currency?: string;
}

/** Counted things: credits used, left and bought, the share that was used, hours of an outage, rounds of revision. */
export interface Counts {
  credits_used?: Fact<number>;
  credits_total?: Fact<number>;
  credits_left?: Fact<number>;
  used_percent?: Fact<number>;
  outage_hours?: Fact<number>;
  revision_count?: Fact<number>;
}

/** Takes a number for such a fact; `isBetter` where it goes before one that was taken already. */
export type Take = (name: keyof Counts, value: number, sentence: Sentence, start: number, end: number, isBetter?: boolean) => void;

/** Without those that touch what is something else already. */
export function numbersIn(sentence: Sentence, taken: readonly Span[], book: PhraseBook): NumberMention[] {
  const spans = taken.filter((mention) => mention.sentence === sentence);
  const found: NumberMention[] = [];
  const ascii = sentenceText(sentence);
  for (const match of !/\d/.test(ascii) ? [] : ascii.matchAll(/(?<!(?![\u0640\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\d.,:/#№*+-])(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,9}(?:[.,]\d{1,2})?)(?![\d/]|:\d|[.,]\d|-\d|D(?!\p{L}))(\s?%|\s?(?:percent|процент|працэнт|por ?cento|por ?ciento|pour ?cent|per ?cento|procent|yüzde)\p{L}*|\s?(?:パーセント|퍼센트|프로(?!그램|젝트|필|세)))?/giu)) {
    const start = sentence.start + match.index;
    const end = start + match[0].length;
    if (spans.some((span) => span.start < end && start < span.end)) continue;
    const written = (match[1] ?? '').replace(/[ \u00a0\u202f]/g, '');
    const grouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(written);
    const value = Number(grouped ? written.replace(/[.,]/g, '') : written.replace(',', '.'));
    // "3分の1": a third, neither three nor one.
    if (!Number.isFinite(value) || /(?:分の|분의)\s?$/u.test(ascii.slice(0, match.index)) || /^\s?(?:分の|분의)/u.test(ascii.slice(match.index + match[0].length))) continue;
    const index = tokenIndex(sentence, start);
    const tenths = tenthsBehind.exec(ascii.slice(match.index + match[0].length));
    if (tenths !== null && value <= 10) {
      found.push({ value: value * 10 + Number(tenths[1] ?? 0), sentence, start, end: end + tenths[0].length, index, percent: true });
      continue;
    }
    found.push({ value, sentence, start, end, index: tokenIndex(sentence, start + (match[1] ?? '').length - 1), percent: match[2] !== undefined || isPercent(sentence, index, null) || /(?:yüzde|%|وصل)\s?$/i.test(ascii.slice(Math.max(0, match.index - 6), match.index)) });
  }
  if (sentence.characters !== null) for (const { value, start, end, percent } of countsWrittenOut(ascii)) {
    const span = { start: sentence.start + start, end: sentence.start + end };
    if (![...spans, ...found].some((other) => other.start < span.end && span.start < other.end)) found.push({ value, sentence, ...span, index: tokenIndex(sentence, span.start), percent });
  }
  for (const match of /\d\s?\//.test(ascii) ? ascii.matchAll(partOfWhole) : []) {
    const { part = '', whole = '' } = match.groups ?? {};
    const span = { start: sentence.start + match.index, end: sentence.start + match.index + match[0].length };
    if (Number(part) > Number(whole) || Number(whole) < leastUnnamedWhole || isMonthOfYear(part, whole) || spans.some((other) => other.start < span.end && span.start < other.end)) continue;
    found.push({ value: Number(part), sentence, start: span.start, end: span.start + part.length, index: tokenIndex(sentence, span.start), percent: false });
    found.push({ value: Number(whole), sentence, start: span.end - whole.length, end: span.end, index: tokenIndex(sentence, span.end - whole.length), percent: false });
  }
  let until = -1;
  for (const [index, token] of sentence.tokens.entries()) {
    if (token.kind !== 'word' || index <= until) continue;
    const several = numberFrom(sentence, index, book);
    if (several !== null && several.last > index) {
      const end = sentence.tokens[several.last]?.end ?? token.end;
      until = several.last;
      if (!spans.some((span) => span.start < end && token.start < span.end)) found.push({ value: several.value, sentence, start: token.start, end, index: until, percent: isPercent(sentence, index, until) });
      continue;
    }
    const thousands = thousandsAt(sentence, index, book);
    if (thousands !== null && !spans.some((span) => span.start < token.end && thousands.start < span.end)) {
      // "Two" of "two thousand" is no number of its own.
      const part = found.findIndex(({ start }) => start >= thousands.start && start < token.end);
      if (part !== -1) found.splice(part, 1);
      found.push({ value: thousands.value, sentence, start: thousands.start, end: token.end, index, percent: false });
      continue;
    }
    const value = numeralValue(token.folded, book.language);
    if (fortnight.test(token.folded) && (sentence.tokens[index + 1]?.afterBreak !== false || !/^(?:de|d|di)$/.test(sentence.tokens[index + 1]?.folded ?? ''))) continue;
    // "Nine-tenths of the credits" are no nine of them.
    if (value === null || !Number.isInteger(value) || fraction.test(sentence.tokens[index + 1]?.folded ?? '')) continue;
    if (spans.some((span) => span.start < token.end && token.start < span.end) || (sentence.characters !== null && found.some((other) => other.start < token.end && token.start < other.end))) continue;
    // "Двести пятьдесят": one number in two words.
    const before = found.at(-1);
    if (before !== undefined && before.index === index - 1 && before.end === before.sentence.tokens[index - 1]?.end && !token.afterBreak && isOneNumber(before, value, token.folded)) {
      found[found.length - 1] = { ...before, value: before.value + value, end: token.end, index, percent: isPercent(sentence, index, index) };
      continue;
    }
    found.push({ value, sentence, start: token.start, end: token.end, index, percent: isPercent(sentence, index, index) });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** "La première quinzaine" counts nothing, "une quinzaine de crédits" does. */
const fortnight = /^(?:quinzaine|huitaine|quincena|quinzena|quindicina)$/;

const fraction = /^(?:halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)$/u;

/** "30/300 credits" */
const partOfWhole = /(?<![\p{L}\d.,:/#№*+-])(?<part>\d{1,6})\s?\/\s?(?<whole>\d{2,6})(?![\d/]|[.,:-]\d|\s?(?:[kmg]b|px|[€$£%])(?!\p{L}))/giu;

/** "12/2026" */
function isMonthOfYear(part: string, whole: string): boolean {
  return Number(part) <= 12 && /^(?:19|20)\d\d$/.test(whole);
}

/** "Из тысячи", "две тысячи": thousands in words; what is more than that is told in digits. */
function thousandsAt(sentence: Sentence, index: number, book: PhraseBook): { value: number; start: number } | null {
  const { tokens } = sentence;
  if (!ofWholeHundreds.has(book.language.code) || !thousandWord.test(tokens[index]?.folded ?? '')) return null;
  const alone = /^(?:из|з|із|са|аж|целая|цэлая|ровно|роўна)$/u.test(tokens[index - 1]?.folded ?? '');
  const count = thousandsBefore(sentence, index, book) ?? (alone ? { value: 1, first: index } : null);
  return count === null ? null : { value: count.value * 1000, start: tokens[count.first]?.start ?? 0 };
}

/** Hundreds with tens, or tens with ones, both in words. "Из ста двадцать" are two: the cases differ. */
function isOneNumber({ value: before, sentence, start, end }: NumberMention, value: number, folded: string): boolean {
  const written = sentence.passage.text.slice(start, end);
  // "On bir"
  if (/\d/.test(written) || !((before === 10 && value < 10 && /^on$/iu.test(written)) || (before >= 20 && before < 100 && before % 10 === 0 && value < 10) || (before >= 100 && before < 1000 && before % 100 === 0 && value < 100)) || value <= 0) return false;
  return !/(?:^ста|сотни|сот)$/iu.test(written) || /[иіа]$/u.test(folded);
}

const percentWord = /^(?:percent|процент|працэнт|відсот|prozent|procent|porcent|pourcent)/u;

/** "Ninety percent", and with the number behind it, "процентов девяносто": `last` is where a number in words ends. */
function isPercent({ tokens }: Sentence, first: number, last: number | null): boolean {
  const [before, next, afterNext] = [tokens[first - 1], last === null ? undefined : tokens[last + 1], last === null ? undefined : tokens[last + 2]];
  if (next !== undefined && !next.afterBreak && (percentWord.test(next.folded) || (/^p(?:or|our|er)$/.test(next.folded) && /^c(?:ent|ien)to?$/.test(afterNext?.folded ?? '')))) return true;
  // "40 процентов, 90 рублей": the word belongs to the number before it.
  return before !== undefined && tokens[first]?.afterBreak === false && /^(?:процент|працэнт|відсот)/u.test(before.folded) && tokens[first - 2]?.kind !== 'number';
}

function tokenIndex(sentence: Sentence, offset: number): number {
  const index = sentence.tokens.findIndex((token) => token.end > offset);
  return index === -1 ? sentence.tokens.length - 1 : index;
}

/** Fewer may be attempts or pieces. */
export const leastUnnamedWhole = 50;

/** 2回, 3日, 네 번: counted in other things than credits. */
const otherCounter = /^\s?(?:回|割|度|日|月|年|時|分(?!の)|週|人|枚|件|か月|ヶ月|カ月|ヵ月|歳|才|世|階|番|桁|つ|台|円|ドル|번|회|일|월|년|시|분|주|달|개월|명|장|건|차례|살|세|원|달러|대|배)/u;

export function isUnitOfTime(number: NumberMention, book: PhraseBook): boolean {
  if (number.sentence.characters !== null) return isDayNoun(number.sentence.passage.text.slice(number.start, number.end)) || otherCounter.test(number.sentence.passage.text.slice(number.end, number.end + 4));
  // "Eleven and a bit months", "once y pico meses", "одиннадцать с чем-то месяцев"
  let behind = number.index + 1;
  while (behind <= number.index + 4 && andABit.test(number.sentence.tokens[behind]?.folded ?? '')) behind++;
  const next = number.sentence.tokens[behind];
  if (hoursOfUnitBefore(number, book) !== null) return true;
  if (!next || next.kind !== 'word') return false;
  return Object.values(book.language.calendar.units).some((unit) => unit !== '' && book.words.matches(book.words.add(unit), next));
}

const andABit = /^(?:and|a|bit|something|some|odd|or|so|plus|half|y|pico|algo|medio|e|tal|pouco|tanto|meio|passa|rotti|mezzo|qualcosa|et|quelques|demi|des|poussieres|i|pol|z|hakiem|czyms|kawalkiem|с|чем|то|лишним|половиной|хвостиком|з|нечым|лишкам|паловай|гакам|чимось|половиною|лишком|kusur|bucuk|وشيء|وشوي|ونص|ونصف)$/u;

/** In characters; 0 where they touch. */
export function gap(number: NumberMention, hit: Hit): number {
  return number.start >= hit.end ? number.start - hit.end : hit.start >= number.end ? hit.start - number.end : 0;
}

/** "And now there are 30 fewer", "кредитов стало на 30 меньше": neither a whole nor what is left of one. */
export function isDifference({ sentence: { passage: { text }, start: from, end: to }, start, end }: NumberMention): boolean {
  return fewer.test(text.slice(end, Math.min(to, end + 24))) || fewerBefore.test(text.slice(Math.max(from, start - 16), start));
}

const fewer = /^\s?(?:(?:cr[eé]d|kred|кред|крэд|token|токен|jeton|punk|punt|point|pont|نقط|كري?ديت)\p{L}*\s)?(?:less(?!\sthan)|fewer(?!\sthan)|меньше|менее|менш|mniej|weniger|(?:de\s)?moins|(?:di|in)\smeno|(?:de\s|a\s)?menos|eksi(?:k|l)\p{L}*|azal\p{L}*|أقل|اقل)(?!\p{L}|\s(?:чем|за|niż|als|que|di\s|than|من))|^(?:クレジット|ポイント|個|크레딧|개|포인트)?\s?(?:も|ほど|이|가|만큼)?\s?(?:減[っりらる]|少なく|줄[었어]|적어)/iu;
const fewerBefore = /(?<!\p{L})(?:меньше на|менш на|mniej o|menos de)\s$|(?:少なく|줄어)\s?$/iu;

/** "I do not want a fourth try". */
export function isRefused(number: NumberMention, book: PhraseBook): boolean {
  if (number.sentence.characters !== null) return refusedBehind.test(number.sentence.passage.text.slice(number.end, Math.min(number.sentence.end, number.end + 40)));
  for (let i = number.index - 1; i >= Math.max(0, number.index - 4); i--) {
    const token = number.sentence.tokens[i];
    if (token && [...book.negations].some((id) => book.words.matches(id, token))) return true;
    if (number.sentence.tokens[i + 1]?.afterBreak === true) break;
  }
  if (refusedApart.test(number.sentence.passage.text.slice(number.end, Math.min(number.sentence.end, number.end + 60)))) return true;
  // "Третьей попытки не хочу": what is not wanted stands first.
  const behind = number.sentence.tokens.slice(number.index + 1, number.index + 7);
  const turned = behind.findIndex((token) => [...book.negations].some((id) => book.words.matches(id, token)));
  return turned !== -1 && !behind.slice(0, turned + 2).some((token) => token.afterBreak) && behind.slice(turned + 1, turned + 3).some(({ folded }) => wishes.test(folded));
}

/** "Une quatrième retouche, je n'en veux pas", "dördüncü düzeltmeyi istemiyorum" */
const refusedApart = /^(?:\s\p{L}+){1,2}(?:,\s(?:je n['’]en (?:veux|voudrais|demande)|on n['’]en veut|nous n['’]en voulons|non la (?:voglio|vogliamo|vorrei)|no la (?:quiero|queremos)|não a (?:quero|queremos)|(?:i|we) (?:do(?:n['’]t| not)|wo(?:n['’]t|uld not)) (?:want|need)|no,? thank|nein,? danke|(?:уже |больше |больш |ужо )?не (?:надо|нужно|нужна|хочу|треба|трэба|патрэбна)|(?:już )?nie (?:chc|trzeba|potrzeb)\p{L}*)|\s(?:(?:da|de|artık)\s)?(?:istem(?:iyor|em|ed|ey)\p{L}*|beklem(?:iyor|ed)\p{L}*|gerekm(?:iyor|ez)\p{L}*|gerek (?:yok|kalmad\p{L}*)|lazım değil))/iu;
/** "네 번째 수정은 바라지 않습니다", "4回目の修正は結構です" */
const refusedBehind = /^\s?(?:번째|회차|차례?|回目|度目|番目)?(?:(?!는데|지만|[었았했]|고\s|[어아]서|ました|です|ても|たが|して)[^、。,.!?！？\n]){0,14}?(?:바라지\s?않|원하지\s?않|원치\s?않|기대하지\s?않|필요\s?(?:없|하지\s?않)|싫|됐고|됐습|사양|望(?:み|んで|ん)(?:ません|い?ませ|で?い?な|でおり)|希望(?:は)?(?:しません|していません|しておりません|しない)|求め(?:ません|ていません|ておりません|ていない)|(?:い|要)り(?:ません|ませ)|(?:い|要)らな|必要(?:は)?(?:ありません|ございません|ない)|不要|結構です|お断り|遠慮|たくありません|たくない|したくな|ほしくな|欲しくな)/u;
const wishes = /^(?:хоч\p{L}*|хот\p{L}*|хач\p{L}*|хацел\p{L}*|надо|нуж\p{L}*|треба|трэба|патрэб\p{L}*|потріб\p{L}*|жд\p{L}*|чака\p{L}*|буд\p{L}*|прошу|прашу|chc\p{L}*|trzeba|potrzebuj\p{L}*|oczekuj\p{L}*|życzę|zycze|want|need|ask|asking|quiero|queremos|necesit\p{L}*|voglio|vogliamo|vorrei|serve|quero|queremos|preciso|veux|voulons|souhait\p{L}*)$/u;
