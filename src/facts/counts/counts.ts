import type { Candidate } from '../text/candidate.ts';
import { gap, isDifference, isRefused, isUnitOfTime, leastUnnamedWhole, numbersIn } from './counted-numbers.ts';
import type { Counts, NumberMention, Span, Take } from './counted-numbers.ts';
import { isLost } from './credits-lost.ts';
import { readSumOfCredits } from './credits-that-add-up.ts';
import type { CountedCredits } from './credits-that-add-up.ts';
import type { FactMap } from '../facts.ts';
import { readOutage } from './outage-hours.ts';
import { hitsBySentence } from '../text/phrases.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import { readNextRound, readRevisions, timesWord } from './rounds-of-revision.ts';
import type { Sentence } from '../text/sentences.ts';
import { readShare } from './shares-in-words.ts';
import { isSpentByThen } from './spent-by-then.ts';
import { isAllUsed, isOfPart } from './unused-part.ts';

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
    const told = inSentence.filter(({ concept, negated }) => (concept === 'used' || concept === 'left') && !negated);
    const numbers = numbersIn(sentence, taken, book).filter((number) => !isDifference(number));
    const isGone = (number: NumberMention): boolean => isLost(number, told);
    readPercent(numbers, inSentence, take);
    readCredits(numbers.filter((number) => !number.percent), inSentence, { sentence, hitsBefore: before?.passage === sentence.passage ? hitsOf(before) : [], sums: taken.filter((span) => span.currency !== undefined && span.sentence === sentence), isGone }, take, suppose, book);
    toTheHour = readOutage(numbers, inSentence, [...hitsOf(before), ...inSentence, ...hitsOf(after)], untold, toTheHour, sentence, take, book) || toTheHour;
    counted.push(...countedCredits(numbers.filter((number) => !isGone(number)), inSentence, book));
    readRevisions(numbers, inSentence, counts, take, book);
    if (counts.revision_count !== undefined) readNextRound(sentence, numbers, counts.revision_count.value, take, book);
  }
  if (counts.credits_total === undefined || counts.credits_left === undefined || doesNotAddUp(counts)) readSumOfCredits(counted, take);
  if (counts.credits_used === undefined && counts.credits_left === undefined && counts.used_percent === undefined) supposed[0]?.();
  // "Half of it I have not touched" is no "not touched".
  if (counts.credits_used === undefined && counts.credits_left === undefined && counts.used_percent === undefined) for (const sentence of own) readShare(sentence, grouped.get(sentence) ?? [], take, book);
  // "85% of them are burnt, and the result is zero": no part of none is used.
  if (counts.credits_used?.value === 0 && (counts.used_percent?.value ?? 0) > 0) {
    delete counts.credits_used;
    for (const [i, one] of log.entries()) if (one.name === 'credits_used' && one.refused === null) log[i] = { ...one, refused: 'weaker' };
  }
  const unused = hits.find((hit) => hit.concept === 'unused_all' && hit.sentence.passage.kind === 'own' && !hit.negated && !hit.conditional && !isOfPart(hit, book.language.code) && !isAllUsed(hit, hits));
  // "I got 300, and 120 of them are still untouched"
  const isPartLeft = (counts.credits_left?.value ?? Number.POSITIVE_INFINITY) < (counts.credits_total?.value ?? 0);
  if (unused && !isPartLeft && counts.credits_used === undefined && counts.used_percent === undefined) take('credits_used', 0, unused.sentence, unused.start, unused.end);
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

/** The numbers that may be of credits, where their sentence speaks of them or of using. "970 I never touched": what was not touched is left. */
function countedCredits(numbers: readonly NumberMention[], hits: readonly Hit[], book: PhraseBook): CountedCredits[] {
  const roles = hits.filter(({ concept }) => concept === 'credit_unit' || concept === 'used' || concept === 'left' || concept === 'unused_all');
  // Japanese and Korean verbs come last: what stands before the end of such words is what was not touched.
  const untouched = hits.map((hit) => (hit.sentence.characters === null ? hit : { ...hit, start: hit.end }));
  return roles.length === 0 ? [] : numbers.flatMap((number) => {
    if (number.percent || !Number.isInteger(number.value) || isUnitOfTime(number, book)) return [];
    const { value, sentence, start, end } = number;
    return [{ value, sentence, start, end, apart: { used: nearest(number, hits, 'used'), left: Math.min(nearest(number, hits, 'left'), nearest(number, untouched, 'unused_all')), unit: nearest(number, hits, 'credit_unit') } }];
  });
}

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

/** A word behind a comma belongs to the number there, the more so behind a semicolon: "240 are left; 80 I have used". Characters. */
const commaApart = 12;
const clauseApart = 24;

function nearest(number: NumberMention, hits: readonly Hit[], concept: Hit['concept']): number {
  const { text } = number.sentence.passage;
  const distance = (hit: Hit): number => {
    const between = text.slice(Math.min(hit.end, number.end), Math.max(hit.start, number.start));
    return gap(number, hit) + (between.includes(';') ? clauseApart : /[,:]/.test(between) && !/^\s?:\s?$/.test(between) ? commaApart : 0);
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
const countedOutOf = /^\s*(?:cr[eé]dit\p{L}*\s*|(?:кредит|крэдыт|токен|генерац)\p{L}*\s*|نقطة\s|نقاط\s|كري?ديت\s)?(?:\/|(?:out )?of|from|sur|su|sui|de|dei|degli|des|dos|das|del|du|из|із|z|ze|من(?: [أا]صل)?)\s*(?:(?:the|моих|положенных|купленных|всех|my|les|mes|un total de|los|las|mis|meus|i|miei|l)\s*)?$/iu;

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

function readCredits(numbers: readonly NumberMention[], hits: readonly Hit[], { sentence, hitsBefore, sums, isGone }: { readonly sentence: Sentence; readonly hitsBefore: readonly Hit[]; readonly sums: readonly Span[]; readonly isGone: (number: NumberMention) => boolean }, take: Take, suppose: Suppose, book: PhraseBook): void {
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
  const counting = numbers.filter((number) => Number.isInteger(number.value) && !isUnitOfTime(number, book) && !isNoCount(number) && !isHowOften(number) && !fewer.test(sentence.passage.text.slice(number.end, number.end + 30)));
  const candidates = counting.filter((number) => !isGone(number));
  const beside = (number: NumberMention): boolean => units.length === 0 || (unitBefore && sentence.characters === null && hits.some((hit) => (hit.concept === 'used' || hit.concept === 'left') && !hit.negated && gap(number, hit) <= 2)) || units.some((unit) => gap(number, unit) <= 28) || counting.some((other) => other !== number && units.some((unit) => gap(other, unit) <= 12));
  const roles = sentence.characters === null ? new Map<NumberMention, Role>() : unspacedRoles(candidates.filter(beside), hits, sentence);
  for (const number of candidates) {
    if (!beside(number) || sentence.characters !== null) continue;
    const distances = (['total', 'used', 'left'] as const).map((role) => [role, role === 'total' ? nearestTotal(number, hits) : nearest(number, hits, role)] as const).filter(([role, distance]) => distance <= (role === 'total' ? 22 : roleReach));
    distances.sort((a, b) => a[1] - b[1]);
    const role = distances[0]?.[0];
    if (role !== undefined) roles.set(number, role === 'total' && isSaidToBeLeft(number, candidates, hits) ? 'left' : role);
  }
  // "The 1,000 credit pack"
  for (const number of candidates) {
    if (sentence.characters === null && !roles.has(number) && hits.some((hit) => hit.concept === 'product_credit_pack' && hit.end > number.end && hit.start <= number.end + 1) && units.some((unit) => unit.start >= number.end && unit.start - number.end <= 1)) roles.set(number, 'total');
  }
  for (const number of candidates) if (isSpentByThen(number, units)) roles.set(number, 'used');
  for (const number of candidates) if (!roles.has(number) && isPriced(number, units, sums)) roles.set(number, 'total');
  for (const { part, whole, isLeft } of sentence.characters === null ? [] : partsBehindWhole(candidates.filter(beside), sentence)) {
    roles.set(whole, 'total');
    if (!roles.has(part)) suppose(part, whole, isLeft ? 'credits_left' : 'credits_used');
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

/** Between credits and their price, and between a price and its credits: "1000 credits for $54", "5,400円で1,000クレジット". */
const atPrice = /^\s?(?:分|個|枚|개|장|팩|パック|пакет|pack)?(?:の?パック)?(?:\s(?:for|at|за|па|по|por|a|à|pour|per|für|za|مقابل|ب|بـ|بسعر)\s?(?:only |just |всего |solo |seulement |só |soli |tylko |nur )?|\s?(?:で|が|は|、|に|分?を|에|이|가|은|는|짜리)\s?)$/iu;
const pricesBehind = /^(?:\s(?:for|за|por|pour|per|für|za|مقابل|ل)\s(?:the |my |los |les |mis |mes |i |os |as |le |las |gli )?(?:pack(?:et|age)? (?:of |de |di ))?|\s?(?:で|の|分の|に|에|어치|짜리)\s?(?:追加の?|크레딧\s?)?)$/iu;

/** Credits that stand right beside their price were bought at it. */
function isPriced(number: NumberMention, units: readonly Hit[], sums: readonly Span[]): boolean {
  const { text } = number.sentence.passage;
  const unit = units.find((one) => gap(number, one) <= 1);
  if (unit === undefined) return false;
  const [start, end] = [Math.min(number.start, unit.start), Math.max(number.end, unit.end)];
  return sums.some((sum) => (sum.start >= end ? atPrice.test(text.slice(end, sum.start)) : sum.end <= start && pricesBehind.test(text.slice(sum.end, start))));
}

/** "400クレジットのうち152クレジット", "400크레딧 중 152크레딧": what stands between a whole and the part of it that follows. */
const wholeThenPart = /^(?:クレジット|ポイント|個|枚|크레딧|포인트|개)?(?:のうち|の内|の中(?:から|で)?|のなか(?:から|で)|中|から|\s?(?:중|가운데)(?:에서|에)?)[、,\s]*(?<still>まだ|아직)?\s?(?:約|およそ|すでに|既に|もう|약|벌써|이미)?\s?(?:크레딧\s?)?$/u;
const isThere = /^(?:クレジット|ポイント|個|枚|크레딧|포인트|개)?(?:が|は|も|이|가|은|는)?\s?(?:ほど|くらい|정도)?\s?(?:ある|あり|あっ|有り|있)/u;

function partsBehindWhole(numbers: readonly NumberMention[], { passage: { text } }: Sentence): { part: NumberMention; whole: NumberMention; isLeft: boolean }[] {
  return numbers.flatMap((whole, i) => {
    const part = numbers[i + 1];
    const between = part === undefined || part.value > whole.value ? null : wholeThenPart.exec(text.slice(whole.end, part.start));
    return part === undefined || between === null ? [] : [{ part, whole, isLeft: between.groups?.still !== undefined || isThere.test(text.slice(part.end, part.end + 16)) }];
  });
}

/** Between credits and what is said of them: "dei 240 crediti che sono ancora lì intatti". */
const saidOfThem = /^[\s\p{L}]{0,24}?,?\s(?:that|which|che|qui|que|który\p{L}*|które|котор\p{L}+|які\p{L}*|die)\s(?:[\p{L}'’]+,?\s){0,5}$/iu;

/** "I have got 70 of this month's credits sitting there" */
const liesThere = /^(?:\s[\p{L}'’]+){1,5}\s(?:(?:just|still|all|ainda|aún|todavía|encore|ancora|wciąż|nadal|jeszcze|ещ[её]|яшчэ)\s)?(?:sitting|lying|left(?:\s?over)?|remaining|unused|untouched|unspent|parados|paradas|sobrando|sem usar|por usar|sin usar|intactos|restants|inutilisés|inutilizzati|avanzati|niewykorzystan\p{L}+|нетронут\p{L}+|неиспользован\p{L}+|нявыкарыстан\p{L}+)$/iu;

/** A relative clause right behind them says that they are left, whatever stands before. */
function isSaidToBeLeft(number: NumberMention, others: readonly NumberMention[], hits: readonly Hit[]): boolean {
  const { text } = number.sentence.passage;
  return hits.some((hit) => hit.concept === 'left' && !hit.negated && hit.start >= number.end && (saidOfThem.test(text.slice(number.end, hit.start)) || liesThere.test(text.slice(number.end, hit.end))) && !others.some((other) => other.start >= number.end && other.start < hit.start));
}

/** "25 credits fewer": what was lost is no whole. */
const fewer = /^\s\p{L}+\s(?:fewer|poorer|lighter)(?!\p{L})/iu;

type Role = 'used' | 'left' | 'total';

/** "돌려봤는데 건질 게 두 개뿐": fewer, far behind the word, count results. */
const leastFarAhead = 10;

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
    const costAfter = after === undefined || afterWhole.test(text.slice(hit.start, hit.end)) ? Number.POSITIVE_INFINITY : introduces ? 0.5 : after.value < leastFarAhead ? Number.POSITIVE_INFINITY : gap(after, hit) + 14;
    const [number, cost] = costAfter < costBefore ? [after, costAfter] : [before, costBefore];
    if (number === undefined || cost > (role === 'total' ? 16 : 30)) continue;
    const known = best.get(number);
    if (known === undefined || cost < known.cost) best.set(number, { role, cost });
  }
  return new Map([...best].map(([number, { role }]) => [number, role]));
}
