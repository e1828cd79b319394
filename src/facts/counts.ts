import { unnumberedLength } from './arabic-duals.ts';
import type { Candidate } from './candidate.ts';
import type { Fact, FactMap } from './facts.ts';
import { countsWrittenOut, isDayNoun, tenthsBehind } from './east-asian-numbers.ts';
import { numberFrom, ofWholeHundreds, thousandsBefore, thousandWord } from './numbers-in-words.ts';
import { readSumOfCredits } from './credits-that-add-up.ts';
import type { CountedCredits } from './credits-that-add-up.ts';
import { numeralValue } from './numerals.ts';
import { hitsBySentence } from './phrases.ts';
import { countsRounds, timesWord } from './rounds-of-revision.ts';
import type { Hit, PhraseBook } from './phrases.ts';
import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { readShare } from './shares-in-words.ts';

/** Counted things: credits used, left and bought, the share that was used, hours of an outage, rounds of revision. */
export interface Counts {
  credits_used?: Fact<number>;
  credits_total?: Fact<number>;
  credits_left?: Fact<number>;
  used_percent?: Fact<number>;
  outage_hours?: Fact<number>;
  revision_count?: Fact<number>;
}

interface NumberMention {
  readonly value: number;
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly index: number;
  readonly percent: boolean;
}

/** A stretch that is something else already: a sum, a date, a version. */
interface Span {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
}

/** `outage` where the mail is about one, in whatever words. */
export function findCounts(sentences: readonly Sentence[], hits: readonly Hit[], taken: readonly Span[], outage: boolean, book: PhraseBook, log: Candidate[] = []): Counts {
  const counts: Counts = {};
  const takenAt = new Map<keyof Counts, number>();
  const take: Take = (name, value, sentence, start, end, isBetter = false) => {
    const known = counts[name];
    const isTaken = known === undefined || isBetter;
    const before = takenAt.get(name) ?? -1;
    const said = log[before];
    if (isBetter && said !== undefined) log[before] = { ...said, refused: 'weaker' };
    if (isBetter) for (const [i, one] of log.entries()) if (one.name === name && one.refused === 'rival') log[i] = { ...one, refused: 'weaker' };
    if (isTaken) takenAt.set(name, log.length);
    log.push({ name, value, passage: sentence.passage, start, end, refused: isTaken ? null : known.value === value ? 'repeated' : statedOnce.has(name) ? 'rival' : 'weaker' });
    if (isTaken) counts[name] = { value, source: sentence.passage.source, evidence: sentence.passage.text.slice(start, end).trim() };
  };
  // No phrase of the text tells where the outage is spoken of: any sentence may say how long it was.
  const untold = outage && !hits.some((hit) => hit.concept === 'service_outage' && !hit.negated && hit.sentence.passage.source === 'body');
  const own = sentences.filter((sentence) => sentence.passage.kind === 'own');
  const grouped = hitsBySentence(hits);
  let toTheHour = false;
  const supposed: (() => void)[] = [];
  const counted: CountedCredits[] = [];
  const suppose: Suppose = (part, whole, name = 'credits_used') => {
    supposed.push(() => {
      take(name, part.value, part.sentence, part.start, part.end);
      if (whole !== undefined) take('credits_total', whole.value, whole.sentence, whole.start, whole.end);
    });
  };
  for (const [i, sentence] of own.entries()) {
    const inSentence = withoutCharges(grouped.get(sentence) ?? []);
    const [before, after] = [own[i - 1], own[i + 1]].map((one) => (one !== undefined && Math.abs(one.index - sentence.index) === 1 ? one : undefined));
    const hitsOf = (one: Sentence | undefined): readonly Hit[] => (one === undefined ? [] : (grouped.get(one) ?? []));
    const numbers = numbersIn(sentence, taken, book);
    readPercent(numbers, inSentence, take);
    readCredits(numbers.filter((number) => !number.percent), inSentence, sentence, before?.passage === sentence.passage ? hitsOf(before) : [], take, suppose, book);
    toTheHour = readOutage(numbers, inSentence, [...hitsOf(before), ...inSentence, ...hitsOf(after)], untold, toTheHour, sentence, take, book) || toTheHour;
    counted.push(...countedCredits(numbers, inSentence, book));
    readRevisions(numbers, inSentence, counts, take, book);
    if (counts.revision_count !== undefined) readNextRound(sentence, numbers, counts.revision_count.value, take, book);
  }
  if (counts.credits_total === undefined || counts.credits_left === undefined || doesNotAddUp(counts)) readSumOfCredits(counted, take);
  if (counts.credits_used === undefined && counts.credits_left === undefined && counts.used_percent === undefined) supposed[0]?.();
  // "Half of it I have not touched" is no "not touched".
  if (counts.credits_used === undefined && counts.credits_left === undefined && counts.used_percent === undefined) for (const sentence of own) readShare(sentence, grouped.get(sentence) ?? [], take, book);
  const unused = hits.find((hit) => hit.concept === 'unused_all' && hit.sentence.passage.kind === 'own' && !hit.negated && !hit.conditional);
  if (unused && counts.credits_used === undefined && counts.used_percent === undefined) take('credits_used', 0, unused.sentence, unused.start, unused.end);
  const usedAll = hits.find((hit) => hit.concept === 'used_all' && hit.sentence.passage.kind === 'own' && !hit.negated && !hit.conditional);
  // "300 credits, all used"
  if (usedAll && counts.credits_used !== undefined && counts.credits_left === undefined) counts.credits_total ??= counts.credits_used;
  if (usedAll && counts.credits_used === undefined && counts.used_percent === undefined) {
    if (counts.credits_total) take('credits_used', counts.credits_total.value, usedAll.sentence, usedAll.start, usedAll.end);
  }
  return counts;
}

/** "6.50 went twice for the 25 credits": a word that tells of a charge made twice tells of no credits that were used. */
function withoutCharges(hits: readonly Hit[]): readonly Hit[] {
  const charges = hits.filter(({ concept, negated }) => concept === 'duplicate_charge' && !negated);
  return charges.length === 0 ? hits : hits.filter(({ concept, start, end }) => concept !== 'used' || !charges.some((charge) => charge.start <= start && end <= charge.end));
}

/** The numbers that may be of credits, where their sentence speaks of them or of using. */
function countedCredits(numbers: readonly NumberMention[], hits: readonly Hit[], book: PhraseBook): CountedCredits[] {
  const roles = hits.filter(({ concept }) => concept === 'credit_unit' || concept === 'used' || concept === 'left');
  return roles.length === 0 ? [] : numbers.flatMap((number) => {
    if (number.percent || !Number.isInteger(number.value) || isUnitOfTime(number, book)) return [];
    const { value, sentence, start, end } = number;
    return [{ value, sentence, start, end, apart: { used: nearest(number, hits, 'used'), left: nearest(number, hits, 'left'), unit: nearest(number, hits, 'credit_unit') } }];
  });
}

export type Take = (name: keyof Counts, value: number, sentence: Sentence, start: number, end: number, isBetter?: boolean) => void;

/** A part of a whole that nothing calls used: it is, where the mail says nothing else of what was used. */
type Suppose = (part: NumberMention, whole?: NumberMention, name?: 'credits_used' | 'credits_left') => void;

/** What a mail can say only once: credits are bought and used several times, but only so many are left. */
const statedOnce: ReadonlySet<keyof Counts> = new Set<keyof Counts>(['credits_left', 'used_percent']);

/** "Over 60", "60以上": no number to reckon with. */
const moreThan = /(?<!\p{L})(?:more than|over|at least|больше|более|свыше|не менее|минимум|больш за|звыш|más de|mas de|al menos|mais de|pelo menos|plus de|au moins|più di|oltre|almeno|ponad|co najmniej|mehr als|über|en az)\s$/iu;
const orMore = /^\s?(?:個|枚|개|장|クレジット|크레딧|ポイント|포인트)?\s?(?:以上|余り|あまり|強(?![い引化])|이상|넘게|여\s?개)/u;

/** What is used and what is left must come to the whole; where the mail gives all three and they do not, one of them is wrong. */
export function doesNotAddUp({ credits_used: used, credits_left: left, credits_total: total }: Pick<FactMap, keyof Counts>): boolean {
  if (used === undefined || total === undefined) return false;
  // "Over 60 of them are left": as many may be.
  const isBound = [used, left, total].some((count) => count !== undefined && (moreThan.test(count.evidence.replace(/\d.*$/u, '')) || orMore.test(count.evidence.replace(/^.*\d/u, ''))));
  return used.value > total.value || (left !== undefined && !isBound && used.value + left.value !== total.value);
}

function numbersIn(sentence: Sentence, taken: readonly Span[], book: PhraseBook): NumberMention[] {
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
  if (/\d/.test(written) || !((before >= 20 && before < 100 && before % 10 === 0 && value < 10) || (before >= 100 && before < 1000 && before % 100 === 0 && value < 100)) || value <= 0) return false;
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

function gap(number: NumberMention, hit: Hit): number {
  return number.start >= hit.end ? number.start - hit.end : hit.start >= number.end ? hit.start - number.end : 0;
}

/** A word behind a comma belongs to the number there, the more so behind a semicolon: "240 are left; 80 I have used". Characters. */
const commaApart = 12;
const clauseApart = 24;

function nearest(number: NumberMention, hits: readonly Hit[], concept: Hit['concept']): number {
  const { text } = number.sentence.passage;
  const distance = (hit: Hit): number => {
    const between = text.slice(Math.min(hit.end, number.end), Math.max(hit.start, number.start));
    return gap(number, hit) + (between.includes(';') ? clauseApart : /[,:]/.test(between) ? commaApart : 0);
  };
  return Math.min(Number.POSITIVE_INFINITY, ...hits.filter((hit) => hit.concept === concept && !(hit.concept === 'used' && hit.negated)).map(distance));
}

function readPercent(numbers: readonly NumberMention[], hits: readonly Hit[], take: Take): void {
  for (const number of numbers) {
    if (!number.percent || number.value > 100) continue;
    const unspaced = number.sentence.characters === null ? null : unspacedRoles(numbers, hits, number.sentence).get(number);
    const used = unspaced == null ? nearest(number, hits, 'used') : unspaced === 'used' ? 0 : Number.POSITIVE_INFINITY;
    const left = unspaced == null ? nearest(number, hits, 'left') : unspaced === 'left' ? 0 : Number.POSITIVE_INFINITY;
    if (used === Number.POSITIVE_INFINITY && left === Number.POSITIVE_INFINITY) continue;
    take('used_percent', used <= left ? number.value : 100 - number.value, number.sentence, number.start, number.end);
  }
}

/** "Of 500": the whole follows its word; where it stands before it ("500 in total") the word must be nearer. "Kalan 204 kredinin": of what is left there, the number is no whole. */
function nearestTotal(number: NumberMention, hits: readonly Hit[]): number {
  const isRest = hits.some((hit) => hit.concept === 'left' && hit.end <= number.start && number.start - hit.end <= 1);
  if (isRest && hits.some((hit) => hit.concept === 'total' && isDigit(hit) && hit.start >= number.start && hit.start < number.end)) return Number.POSITIVE_INFINITY;
  return Math.min(Number.POSITIVE_INFINITY, ...hits.filter((hit) => hit.concept === 'total').map((hit) => (isDigit(hit) ? (hit.start >= number.start && hit.start < number.end ? 0 : Number.POSITIVE_INFINITY) : hit.start <= number.start && number.start < hit.end && hit.end <= number.end ? 0 : hit.end <= number.start ? gap(number, hit) : gap(number, hit) + 12)));
}

/** Between what was used or is left and the whole it is counted out of. */
const countedOutOf = /^\s*(?:cr[eé]dit\p{L}*\s*|(?:кредит|крэдыт|токен|генерац)\p{L}*\s*|نقطة\s|نقاط\s|كري?ديت\s)?(?:\/|(?:out )?of|from|sur|su|sui|de|dei|degli|des|dos|das|del|du|из|із|من(?: [أا]صل)?)\s*(?:(?:the|моих|положенных|купленных|всех|my|les|mes|un total de|los|las|mis|meus|i|miei|l)\s*)?$/iu;

/** Fewer may be attempts or pieces. */
const leastUnnamedWhole = 50;

/** "100 sur 200": each number that the next one is the whole of. */
function wholesIn(numbers: readonly NumberMention[], sentence: Sentence): (readonly [part: NumberMention, whole: NumberMention])[] {
  return numbers.flatMap((part, i) => {
    const whole = numbers[i + 1];
    return whole === undefined || whole.value < part.value || !countedOutOf.test(sentence.passage.text.slice(part.end, whole.start)) ? [] : [[part, whole] as const];
  });
}

/** A phrase that holds its number ("300 kredinin") says nothing of others. */
function isDigit(hit: Hit): boolean {
  return /^\p{Nd}/u.test(hit.sentence.passage.text.slice(hit.start, hit.start + 1));
}

/** A role's word farther than this from its number belongs to something else. In characters. */
const roleReach = 45;

function readCredits(numbers: readonly NumberMention[], hits: readonly Hit[], sentence: Sentence, hitsBefore: readonly Hit[], take: Take, suppose: Suppose, book: PhraseBook): void {
  const units = hits.filter((hit) => hit.concept === 'credit_unit');
  const unitBefore = hitsBefore.some((hit) => hit.concept === 'credit_unit');
  // "300개 중에 270개 썼": the whole and what was used of it need no unit.
  const unitless = sentence.characters !== null && new Set(unspacedRoles(numbers.filter((number) => !number.percent && !isUnitOfTime(number, book)), hits, sentence).values()).size > 1;
  if (units.length === 0 && !unitless && !(unitBefore && hits.some((hit) => hit.concept === 'used' || hit.concept === 'left'))) {
    // "I have used it all, 195 of 200", "280 of 300 left": a part of a round whole, and a word of using or of what is over.
    const isUsed = hits.some((hit) => (hit.concept === 'used' && !hit.negated) || hit.concept === 'used_all');
    const named = isUsed || hits.some((hit) => hit.concept === 'left' && !hit.negated);
    if (sentence.characters === null && named) for (const [part, whole] of wholesIn(numbers.filter((number) => !isUnitOfTime(number, book)), sentence)) if (whole.value >= leastUnnamedWhole) suppose(part, whole, isUsed ? 'credits_used' : 'credits_left');
    return;
  }
  // "За одну и ту же покупку", "второе списание": small numbers in words are counts right beside their unit alone.
  const isNoCount = (number: NumberMention): boolean => number.value >= 1 && number.value <= 3 && sentence.characters === null && !/\p{Nd}/u.test(sentence.passage.text.slice(number.start, number.end)) && (!units.some((unit) => gap(number, unit) <= 1) || (number.value === 1 && isRefused(number, book)));
  // "Dört kere 40'ar kredi": how often, where another number has the unit.
  const isHowOften = (number: NumberMention): boolean => sentence.characters === null && timesWord.test(sentence.tokens[number.index + 1]?.folded ?? '') && numbers.some((other) => other !== number && units.some((unit) => gap(other, unit) <= 5));
  const candidates = numbers.filter((number) => Number.isInteger(number.value) && !isUnitOfTime(number, book) && !isNoCount(number) && !isHowOften(number) && !fewer.test(sentence.passage.text.slice(number.end, number.end + 30)));
  const beside = (number: NumberMention): boolean => units.length === 0 || (unitBefore && sentence.characters === null && hits.some((hit) => (hit.concept === 'used' || hit.concept === 'left') && !hit.negated && gap(number, hit) <= 2)) || units.some((unit) => gap(number, unit) <= 28) || candidates.some((other) => other !== number && units.some((unit) => gap(other, unit) <= 12));
  const roles = sentence.characters === null ? new Map<NumberMention, Role>() : unspacedRoles(candidates.filter(beside), hits, sentence);
  for (const number of candidates) {
    if (!beside(number) || sentence.characters !== null) continue;
    const distances = (['total', 'used', 'left'] as const).map((role) => [role, role === 'total' ? nearestTotal(number, hits) : nearest(number, hits, role)] as const).filter(([role, distance]) => distance <= (role === 'total' ? 22 : roleReach));
    distances.sort((a, b) => a[1] - b[1]);
    const role = distances[0]?.[0];
    if (role !== undefined) roles.set(number, role);
  }
  // "The 1,000 credit pack"
  for (const number of candidates) {
    if (sentence.characters === null && !roles.has(number) && hits.some((hit) => hit.concept === 'product_credit_pack' && hit.end > number.end && hit.start <= number.end + 1) && units.some((unit) => unit.start >= number.end && unit.start - number.end <= 1)) roles.set(number, 'total');
  }
  // "100 sur 200", "30 of my 500": the second is the whole, whatever stands nearer to the first.
  for (const [number, whole] of wholesIn(candidates, sentence)) {
    if (!beside(number) || !beside(whole)) continue;
    const [used, left] = [nearest(number, hits, 'used'), nearest(number, hits, 'left')];
    roles.set(whole, 'total');
    if (Math.min(used, left) <= roleReach) roles.set(number, used <= left ? 'used' : 'left');
    else {
      if (roles.get(number) === 'total') roles.delete(number);
      if (sentence.characters === null && !hits.some((hit) => hit.concept === 'left' || hit.concept === 'paid')) suppose(number);
    }
  }
  // "215 of 1000": two numbers and one verb; the one that is counted out of is the larger, the other is used or left.
  const list = candidates.filter((number) => beside(number));
  if (list.length >= 2) {
    const sorted = list.toSorted((a, b) => b.value - a.value);
    const [largest] = sorted;
    const others = sorted.slice(1).filter((number) => roles.get(number) !== 'total');
    // "120 used, 180 left": each has a verb of its own.
    const shares = largest !== undefined && (!roles.has(largest) || (sentence.characters === null && others.some((number) => roles.get(number) === roles.get(largest))));
    if (largest && shares && ![...roles.values()].includes('total') && others.length > 0 && others.every((number) => roles.has(number)) && others.some((number) => number.value < largest.value)) roles.set(largest, 'total');
  }
  // "horses with 5 legs, burnt 689 credits": of two numbers in one role the one nearer to the credits.
  const apart = (number: NumberMention): number => Math.min(1000, ...units.map((unit) => gap(number, unit)));
  // "Generations: none": nothing beside the credits is what was used.
  for (const number of candidates) if (number.value === 0 && !roles.has(number) && units.some((unit) => gap(number, unit) <= 14) && !hits.some((hit) => hit.concept === 'left')) roles.set(number, 'used');
  for (const [number, role] of [...roles].toSorted((a, b) => apart(a[0]) - apart(b[0]))) {
    const name = ({ used: 'credits_used', left: 'credits_left', total: 'credits_total' } as const)[role];
    const { text } = sentence.passage;
    const [before, behind] = [moreThan.exec(text.slice(Math.max(sentence.start, number.start - 16), number.start)), orMore.exec(text.slice(number.end, number.end + 8))];
    take(name, number.value, sentence, number.start - (before?.[0].length ?? 0), number.end + (behind?.[0].length ?? 0));
  }
}

/** "25 credits fewer": what was lost is no whole. */
const fewer = /^\s\p{L}+\s(?:fewer|poorer|lighter)(?!\p{L})/iu;

type Role = 'used' | 'left' | 'total';

/** What may stand between a word that opens ("残り", "남은 크레딧은") and its number. */
const labelGlue = /^(?:の|は|が|を|も|に|で|って|た|み|済み?|数|量|分|량|분|수|クレジット|ポイント|credits?|은|는|이|가|을|를|도|한|된|건|게|크레딧|포인트|개수|[:：=\s約약(（「])*$/iu;
/** Words that follow the whole: "500のうち", "300개 중에". */
const afterWhole = /^\d|^(?:あった|の?うち|の内|の?中|중|가운데|분의|から|에서|짜리|付|入|もら|の?プラン|分の|の?パック|を?購入|買|받|들어|있|주는|제공|구매|산|샀|포함)/u;

/** Japanese and Korean verbs follow their number; a word goes to the number before it unless it introduces the next one. */
function unspacedRoles(numbers: readonly NumberMention[], hits: readonly Hit[], sentence: Sentence): Map<NumberMention, Role> {
  const { text } = sentence.passage;
  const best = new Map<NumberMention, { role: Role; cost: number }>();
  for (const hit of hits) {
    const role = hit.concept;
    if ((role !== 'used' && role !== 'left' && role !== 'total') || (role === 'used' && hit.negated)) continue;
    const before = numbers.findLast((number) => number.start < hit.start || (number.start < hit.end && number.end > hit.start));
    const after = numbers.find((number) => number.start >= hit.end);
    const between = before === undefined ? '' : text.slice(before.end, hit.start);
    const costBefore = before === undefined ? Number.POSITIVE_INFINITY : gap(before, hit) + (/[、,。.\n;:：/／]/u.test(between) ? 8 : 0);
    const introduces = after !== undefined && !afterWhole.test(text.slice(hit.start, hit.end)) && !/[고며서てし]$/u.test(text.slice(hit.start, hit.end)) && labelGlue.test(text.slice(hit.end, after.start));
    const costAfter = after === undefined || afterWhole.test(text.slice(hit.start, hit.end)) ? Number.POSITIVE_INFINITY : introduces ? 0.5 : gap(after, hit) + 14;
    const [number, cost] = costAfter < costBefore ? [after, costAfter] : [before, costBefore];
    if (number === undefined || cost > (role === 'total' ? 16 : 30)) continue;
    const known = best.get(number);
    if (known === undefined || cost < known.cost) best.set(number, { role, cost });
  }
  return new Map([...best].map(([number, { role }]) => [number, role]));
}

/** 2回, 3日, 네 번: counted in other things than credits. */
const otherCounter = /^\s?(?:回|割|度|日|月|年|時|分(?!の)|週|人|枚|件|か月|ヶ月|カ月|ヵ月|歳|才|世|階|番|桁|つ目|台|円|ドル|번|회|일|월|년|시|분|주|달|개월|명|장|건|차례|살|세|원|달러|대|배)/u;

function isUnitOfTime(number: NumberMention, book: PhraseBook): boolean {
  if (number.sentence.characters !== null) return isDayNoun(number.sentence.passage.text.slice(number.start, number.end)) || otherCounter.test(number.sentence.passage.text.slice(number.end, number.end + 4));
  const next = number.sentence.tokens[number.index + 1];
  if (!next || next.kind !== 'word') return false;
  return Object.values(book.language.calendar.units).some((unit) => unit !== '' && book.words.matches(book.words.add(unit), next));
}

/** Three months. */
const longestOutageHours = 2200;

/** Hours are nearer the truth than days are: "two days without you … 50 hours as I count". True where it was told in hours. */
function readOutage(numbers: readonly NumberMention[], hits: readonly Hit[], hitsAround: readonly Hit[], outage: boolean, toTheHour: boolean, sentence: Sentence, take: Take, book: PhraseBook): boolean {
  if (!hitsAround.some((hit) => hit.concept === 'service_outage' && !hit.negated) && !outage) return false;
  const here = hits.some((hit) => hit.concept === 'service_outage');
  const { units } = book.language.calendar;
  let best: { value: number; number: NumberMention; end: number; exact: boolean } | null = null;
  for (const number of numbers) {
    if (number.percent) continue;
    const factor = unitAfter(number, units, book);
    // "502 который день" is an error's number.
    if (factor === null || number.value * factor.hours > longestOutageHours) continue;
    const exact = factor.hours === 1;
    // "Tres días y medio"
    const half = halfMore.test(sentence.passage.text.slice(factor.end)) ? factor.hours / 2 : 0;
    // "Three days and eight hours": one length told in two units.
    const next = factor.hours === 24 ? numbers.find((other) => other.start >= factor.end && joinsLengths.test(sentence.passage.text.slice(factor.end, other.start))) : undefined;
    const rest = next === undefined || next.value >= 24 ? null : unitAfter(next, units, book);
    if (next !== undefined && rest?.hours === 1) {
      best = { value: number.value * 24 + next.value, number, end: rest.end, exact: true };
      break;
    }
    if (best === null || (exact && !best.exact)) best = { value: (number.value + factor.more) * factor.hours + half, number, end: factor.end, exact };
  }
  const unnumbered = best === null && book.language.code === 'ar' ? unnumberedLength(sentence) : null;
  if (unnumbered !== null) take('outage_hours', unnumbered.hours + (halfMore.test(sentence.passage.text.slice(unnumbered.end)) ? (unnumbered.hours > 24 ? 12 : unnumbered.hours / 2) : 0), sentence, unnumbered.start, unnumbered.end);
  if (best) take('outage_hours', best.value, sentence, best.number.start, best.end, best.exact && (here || !toTheHour));
  return best?.exact ?? false;
}

/** Behind a number, or behind its unit. */
const halfMore = /^\s(?:and\sa\shalf|y\smedi[oa]|e\smezz[oa]|e\smei[oa]|et\sdemie?|с\sполовиной|з\sпаловай|з\sполовиною|buçuk|ونصف?|و\sنصف?)(?!\p{L})/iu;

/** Between days and hours that make one length. */
const joinsLengths = /^\s?(?:間|동안)?\s?(?:,|、)?\s?(?:と|and|и|і|й|y|e|et|und|ve|و|oraz|i|plus|plús|hem|과|와|하고|에)?\s?(?:もう|更に|さらに|約|about)?\s?$/iu;

function unitAfter(number: NumberMention, units: PhraseBook['language']['calendar']['units'], book: PhraseBook): { hours: number; end: number; more: number } | null {
  const { sentence } = number;
  // "Three and a half days", "трое с половиной суток"
  const half = halfMore.exec(sentence.passage.text.slice(number.end))?.[0].split(/\s/u).length;
  const [skipped, more] = half === undefined ? [0, 0] : [half - 1, 0.5];
  if (sentence.characters !== null) {
    if (isDayNoun(sentence.passage.text.slice(number.start, number.end))) return { hours: 24, end: number.end, more: 0 };
    const after = sentence.passage.text.slice(number.end, number.end + 8).trimStart();
    for (const [unit, hours] of [['hour', 1], ['day', 24], ['week', 168]] as const) {
      const word = units[unit].split('|').find((one) => after.startsWith(one));
      if (word !== undefined) return { hours, end: number.end + word.length + 1, more: 0 };
    }
    return null;
  }
  for (const step of [1, 2]) {
    const token = sentence.tokens[number.index + skipped + step];
    if (!token || token.afterBreak) return null;
    if (book.words.matches(book.words.add(units.hour), token)) return { hours: 1, end: token.end, more };
    if (book.words.matches(book.words.add(units.day), token)) return { hours: 24, end: token.end, more };
    if (book.words.matches(book.words.add(units.week), token)) return { hours: 168, end: token.end, more };
  }
  return null;
}

/** "I do not want a fourth try". */
function isRefused(number: NumberMention, book: PhraseBook): boolean {
  for (let i = number.index - 1; i >= Math.max(0, number.index - 4); i--) {
    const token = number.sentence.tokens[i];
    if (token && [...book.negations].some((id) => book.words.matches(id, token))) return true;
    if (number.sentence.tokens[i + 1]?.afterBreak === true) break;
  }
  // "Третьей попытки не хочу": what is not wanted stands first.
  const behind = number.sentence.tokens.slice(number.index + 1, number.index + 7);
  const turned = behind.findIndex((token) => [...book.negations].some((id) => book.words.matches(id, token)));
  return turned !== -1 && !behind.slice(0, turned + 2).some((token) => token.afterBreak) && wishes.test(behind[turned + 1]?.folded ?? '');
}

const wishes = /^(?:хоч\p{L}*|хот\p{L}*|хач\p{L}*|хацел\p{L}*|надо|нуж\p{L}*|треба|трэба|патрэб\p{L}*|потріб\p{L}*|жд\p{L}*|чака\p{L}*|буд\p{L}*|прошу|прашу|chc\p{L}*|trzeba|want|need)$/u;

/** What rounds are counted by in Japanese and Korean; nothing else that stands beside a number there is one. */
const timesCounter = /^\s?(?:回|度|번|회|차례)/u;

/** もう一度直して, 다시 한 번, 한 번 더: asked for, not made. */
function isOnceMore({ value, sentence: { passage: { text } }, start, end }: NumberMention): boolean {
  return value <= 2 && (/^\s?(?:回|度|번|회|차례)\s?(?:만\s?)?더/u.test(text.slice(end, end + 8)) || /(?:もう|あと|今|いま|다시|딱)\s?$/u.test(text.slice(Math.max(0, start - 4), start)));
}

const afterWord = /^(?:after|nach|после|пасля|після|po|apr[eè]s|despu[eé]s|tras|dopo|depois|ap[oó]s)$/u;

/** "After the first correction it was worse. After the second … After the third …": each round goes on from the one before. */
function readNextRound(sentence: Sentence, numbers: readonly NumberMention[], before: number, take: Take, book: PhraseBook): void {
  const [first, second] = sentence.tokens;
  const round = numbers.find(({ index }) => index === (second !== undefined && /^(?:the|der|la|le|el|il|o|a)$/u.test(second.folded) ? 2 : 1));
  if (first === undefined || !afterWord.test(first.folded) || round === undefined || round.percent || round.value !== before + 1 || /\d/.test(sentence.passage.text.slice(round.start, round.end)) || isUnitOfTime(round, book)) return;
  take('revision_count', round.value, sentence, first.start, round.end, true);
}

function readRevisions(numbers: readonly NumberMention[], hits: readonly Hit[], counts: Counts, take: Take, book: PhraseBook): void {
  const done = hits.filter((hit) => hit.concept === 'revision_done' && !hit.conditional);
  for (const hit of done) {
    const { sentence } = hit;
    const near = numbers.filter((number) => !isRefused(number, book) && !number.percent && number.value > 0 && number.value < 30 && Number.isInteger(number.value) && gap(number, hit) <= 60 && (sentence.characters === null ? !isUnitOfTime(number, book) && countsRounds(number, hit) : timesCounter.test(sentence.passage.text.slice(number.end, number.end + 4)) && !isOnceMore(number)));
    near.sort((a, b) => gap(a, hit) - gap(b, hit));
    const [number] = near;
    if (number) take('revision_count', number.value, hit.sentence, Math.min(hit.start, number.start), Math.max(hit.end, number.end), number.value > (counts.revision_count?.value ?? Number.POSITIVE_INFINITY));
  }
}
