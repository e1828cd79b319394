import { isChoice, isPutRight } from './text/candidate.ts';
import type { Candidate, Refusal } from './text/candidate.ts';
import { clauseEnd, conjunction, isInOtherClause, unspacedClauseEnd } from './text/clauses.ts';
import type { Stretch } from './text/clauses.ts';
import type { DateMention } from './dates/dates.ts';
import { dayOfFault, toppingUp } from './dates/day-of-fault.ts';
import type { Fault } from './dates/day-of-fault.ts';
import type { Fact, FactName, Product, Reason, Topic } from './facts.ts';
import type { Concept } from './text/language-data.ts';
import type { MoneyMention } from './sums/money.ts';
import { isOfFeast } from './dates/feast-days.ts';
import type { Hit } from './text/phrases.ts';
import { isJustNow, isOfAnotherTry, isOfLetter, isOfSum, isSinceThen, lifeAndDeath, lookingUp, newsOrUnpacking, ownSending, picturesNamed, speaksOfLetter, takingPictures, talking, toOwnPeople } from './dates/other-days.ts';
import { isPlanned } from './dates/planned-days.ts';
import type { Passage, Sentence } from './text/sentences.ts';
import { isCalledRest } from './sums/rest-of-a-sum.ts';
import { isSpentElsewhere } from './sums/spent-elsewhere.ts';
import { stillWorked, workedUntil } from './dates/still-worked.ts';

/** Which date was the payment's, the failure's or the delivery's, and which sum was paid or is asked back: told by the words around them. */

type DateFacts = Partial<Record<'occurred_at' | 'paid_at' | 'fulfilled_at', Fact<string>>>;
type Anchor = 'paid' | 'occurred' | 'fulfilled';

const factOfAnchor = { paid: 'paid_at', occurred: 'occurred_at', fulfilled: 'fulfilled_at' } as const;
const precisionRank: Readonly<Record<DateMention['precision'], number>> = { full: 0, partial: 1, relative: 2, weekday: 3, vague: 5 };

interface DateCandidate {
  readonly name: keyof DateFacts;
  readonly date: DateMention;
  readonly cost: number;
  /** A verb in its own sentence says what happened then. */
  readonly told: boolean;
}

/** `once` where the mail speaks of one payment, one failure: not of a charge that was made twice; `delivers` where what was bought can arrive, `goods` where it is a thing: one that is still to be changed has not arrived; `fault` what money is asked back for, where that had a day of its own. */
export function assignDates(dates: readonly DateMention[], hits: readonly Hit[], context: { topic: Topic; money: readonly MoneyMention[]; once: boolean; delivers: boolean; goods: boolean; fault: Fault | null }, log: Candidate[] = []): DateFacts {
  // "If I have no answer today, I go to the bank to open a dispute": what is opened is not what was bought.
  const isThreatened = ({ conditional, sentence }: Hit): boolean => conditional && hits.some((hit) => hit.concept === 'chargeback' && hit.sentence === sentence);
  const spoken = hits.filter((hit) => hit.concept !== 'fulfilled' || !isOfLetter(hit));
  const anchors = spoken.filter((hit) => hit.concept in factOfAnchor && !hit.negated && (context.delivers || hit.concept !== 'fulfilled') && !isThreatened(hit));
  const failures = context.topic === 'technical_problem' ? hits.filter((hit) => hit.concept === 'technical_failure') : [];
  const candidates: DateCandidate[] = [];
  const refusals: { readonly date: DateMention; readonly candidate: Candidate }[] = [];
  const refuse = (date: DateMention, name: FactName, refused: Refusal | null): void => {
    refusals.push({ date, candidate: candidateOf(date, name, refused) });
  };
  const unnamed = context.topic === 'technical_problem' ? 'occurred_at' : context.topic === 'revision' ? 'fulfilled_at' : 'paid_at';
  for (const date of dates) {
    // "I have today raised a dispute over the 38 pounds", "she showed us a first sketch on Tuesday"
    if (isOfFeast(date, spoken) || isOfOtherMatter(date, spoken, context)) {
      refuse(date, unnamed, 'untied');
      continue;
    }
    if (date.ahead && context.topic === 'technical_problem' && workedUntil(date)) {
      candidates.push({ name: 'occurred_at', date, cost: workedCost + precisionRank[date.precision] * 6, told: true });
      continue;
    }
    if (date.ahead || isPutRight(date.sentence.passage.text, date.start, date.end)) {
      refuse(date, unnamed, date.ahead ? 'ahead' : 'negated');
      continue;
    }
    // "I was on hold all day": only what goes wrong goes on so long.
    if (date.lasting === true && context.topic !== 'technical_problem') {
      refuse(date, unnamed, 'untied');
      continue;
    }
    const worked = context.topic === 'technical_problem' && stillWorked(date, dates, hits);
    const forwarded = date.sentence.passage.kind === 'forward';
    const fromQuestion = anchorOfQuestion(date.sentence.passage, context.topic);
    const placed = candidates.length;
    for (const anchor of ['paid', 'occurred', 'fulfilled'] as const) {
      // When something went wrong matters where something did.
      if (anchor === 'occurred' && (context.topic !== 'technical_problem' || worked)) continue;
      const near = nearestAnchor(date, anchors, anchor, dates, failures);
      // "It has hung for three hours": since when something goes wrong, not since when it is paid.
      if (anchor !== 'occurred' && context.topic === 'technical_problem' && isSinceThen(date)) continue;
      // In a report of a failure, or where privacy is spoken of ("yesterday I took her tablet"), a date is the payment's only where a purchase is spoken of. Who asks for nothing tells of other days beside it ("on Monday I tried the free one").
      if (near === null || (anchor === 'paid' && (context.topic === 'technical_problem' || context.topic === 'privacy' || (context.topic === 'other' && near >= inNextSentence)) && !isAboutPurchase(date, hits, context))) continue;
      const others = (['paid', 'occurred', 'fulfilled'] as const).filter((other) => other !== anchor && (other !== 'occurred' || context.topic === 'technical_problem')).map((other) => nearestAnchor(date, anchors, other, dates, failures) ?? Number.POSITIVE_INFINITY);
      if (others.some((other) => other < near)) continue;
      candidates.push({ name: factOfAnchor[anchor], date, cost: near + precisionRank[date.precision] * 6 + (forwarded ? 40 : 0) + (date.lasting === true ? lastingCost : 0) + (anchor === 'occurred' && isOfAnotherTry(date, dates) ? anotherTryCost : 0) + (anchor === 'paid' && isOfDebit(date, hits) ? debitCost : 0), told: near < 40 });
    }
    if (candidates.length > placed) continue;
    if (worked) {
      refuse(date, 'occurred_at', 'negated');
      continue;
    }
    // No verb says what happened then: what the mail is about does.
    const fallback = fromQuestion ?? (context.topic === 'technical_problem' ? 'occurred' : context.topic === 'revision' && !context.goods ? 'fulfilled' : (context.topic === 'refund' && !isSinceThen(date) && !isJustNow(date) && isAboutPurchase(date, hits, context)) || (context.topic === 'cancellation' && isOfSum(date, context.money)) ? 'paid' : null);
    if (forwarded || fallback === null || (fallback === 'paid' && date.precision === 'vague')) refuse(date, fallback === null ? unnamed : factOfAnchor[fallback], 'untied');
    else candidates.push({ name: factOfAnchor[fallback], date, cost: 60 + precisionRank[date.precision] * 6 - (fromQuestion === null ? 0 : 60), told: fromQuestion !== null });
  }
  candidates.sort((a, b) => a.cost - b.cost || a.date.start - b.date.start);
  const taken = new Map<keyof DateFacts, DateCandidate>();
  const used = new Set<DateMention>();
  for (const candidate of candidates) {
    if (taken.has(candidate.name) || used.has(candidate.date)) continue;
    // A guess without a verb is taken only where nothing else was found for the mail.
    if (candidate.cost >= 60 && taken.size > 0 && context.topic !== 'technical_problem') continue;
    taken.set(candidate.name, candidate);
    used.add(candidate.date);
  }
  // A subject names the day, the mail the minute.
  for (const [name, best] of context.once ? taken : []) {
    const timed = best.date.value.includes('T') ? undefined : candidates.find((other) => other.name === name && other.told && other.date.day === best.date.day && other.date.value.includes('T'));
    if (timed === undefined || used.has(timed.date)) continue;
    taken.set(name, timed);
    used.add(timed.date);
  }
  const facts: DateFacts = {};
  for (const candidate of candidates) {
    const { name, date } = candidate;
    const best = taken.get(name);
    if (best === candidate) facts[name] = factOf(date);
    if (best === candidate || !used.has(date)) refuse(date, name, best === candidate ? null : best === undefined ? 'weaker' : best.date.day === date.day ? 'repeated' : context.once && contradicts(best, candidate) ? 'rival' : 'weaker');
  }
  const failed = context.fault === null ? null : dayOfFault(dates.filter((date) => !used.has(date)), spoken, context.fault);
  if (failed !== null) facts.occurred_at = factOf(failed);
  log.push(...refusals.filter(({ date }) => date !== failed).map(({ candidate }) => candidate));
  if (failed !== null) log.push(candidateOf(failed, 'occurred_at', null));
  return facts;
}

function factOf({ value, sentence: { passage }, start, end }: DateMention): Fact<string> {
  return { value, source: passage.source, evidence: passage.text.slice(start, end) };
}

function candidateOf({ value, sentence: { passage }, start, end }: DateMention, name: FactName, refused: Refusal | null): Candidate {
  return { name, value, passage, start, end, refused };
}

/** Any other day of a failure goes before that until which all was well. */
const workedCost = 80;

/** A day that is named goes before one that only went by: "On 3 March I tried Turbo. It hung all day." */
const lastingCost = 45;

/** The day of the failure goes before that of another try: "On Sunday it went grey. I tried once more on Monday." */
const anotherTryCost = 65;

/** How much farther from its verb a second date may stand and still contradict the first. */
const rivalMargin = 12;

/** Two dates of one thing, each written out and each told by a verb of its own: "paid on 3 March", and below "the payment of 5 March". */
function contradicts(taken: DateCandidate, other: DateCandidate): boolean {
  const [a, b] = [taken.date, other.date];
  if (!taken.told || !other.told || other.cost - taken.cost > rivalMargin || ![a, b].every((date) => (date.precision === 'full' || date.precision === 'partial') && date.sentence.passage.kind === 'own')) return false;
  return a.sentence !== b.sentence || isChoice(a.sentence.passage.text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
}

/** *7710, •••• 7710 */
const maskedCard = /[*•]{1,4}\s?\d{4}(?!\d)/u;

/** The sentence speaks of a sum, a plan or credits: its date is likely the purchase's. */
function isAboutPurchase(date: DateMention, hits: readonly Hit[], { topic, money }: { readonly topic: Topic; readonly money: readonly MoneyMention[] }): boolean {
  // "June 8. Debit card.": a sentence that is hardly more than a date is of what stands beside it.
  const isAlone = date.sentence.end - date.sentence.start - (date.end - date.start) <= headingCharacters;
  const isHere = (sentence: Sentence): boolean => sentence === date.sentence || (isAlone && sentence.passage === date.sentence.passage && Math.abs(sentence.index - date.sentence.index) === 1);
  return money.some((mention) => isHere(mention.sentence)) || maskedCard.test(date.sentence.passage.text.slice(date.sentence.start, date.sentence.end)) || hits.some((hit) => isHere(hit.sentence) && /^(?:product_(?:subscription|credit_pack|credits|balance)|pay_)/.test(hit.concept) && !(topic === 'technical_problem' && hit.concept === 'product_credits' && hit.weight < boughtInSoManyWords));
}

/** "At 14:30 it failed, with 40 credits charged": to name credits is not to say that they were bought then. */
const boughtInSoManyWords = 1;

/** A request was charged twice then: the balance that it was taken from may have been topped up on another day. */
function isOfDebit(date: DateMention, hits: readonly Hit[]): boolean {
  return hits.some((hit) => hit.concept === 'duplicate_debit' && hit.sentence === date.sentence && !hit.negated);
}

const debitCost = 30;

/** The date is of a dispute with the bank, of work that was begun, of a death or a birth, of a letter or a call ("yesterday I asked you to refund the 20"): such a thing is spoken of nearer to it than any payment. */
function isOfOtherMatter(date: DateMention, hits: readonly Hit[], { topic, delivers, money }: { readonly topic: Topic; readonly delivers: boolean; readonly money: readonly MoneyMention[] }): boolean {
  if (isPlanned(date)) return true;
  const { sentence } = date;
  const { text } = sentence.passage;
  const distance = (verb: Stretch): number => Math.max(verb.start - date.end, date.start - verb.end, 0) + (isInOtherClause(text, date, verb) ? anotherClause : 0);
  const placesOf = (verbs: RegExp): { start: number; end: number }[] => [...text.slice(sentence.start, sentence.end).matchAll(verbs)].map(({ index, 0: word }) => ({ start: sentence.start + index, end: sentence.start + index + word.length }));
  // "On 2 November I paid, you wrote": talk is of a day in its own clause.
  const news = placesOf(newsOrUnpacking);
  // "My statement of 3 March shows it": a day with its number is what it shows.
  const isNearToday = date.precision === 'relative' || date.precision === 'weekday';
  const inOwnClause = (verb: Stretch): boolean => !isInOtherClause(text, date, verb);
  const events = [...placesOf(lifeAndDeath), ...news, ...(isNearToday ? placesOf(lookingUp) : []).filter((verb) => inOwnClause(verb) && (sentence.characters === null || date.end <= verb.start)), ...placesOf(takingPictures).filter(inOwnClause), ...(delivers && topic !== 'technical_problem' && picturesNamed.test(text.slice(sentence.start, sentence.end)) ? placesOf(ownSending).filter((verb) => !isInOtherClause(text, date, verb)) : []), ...placesOf(talking).filter((verb) => !isInOtherClause(text, date, verb) && !(topic === 'technical_problem' && toOwnPeople.test(text.slice(Math.max(sentence.start, verb.start - 36), Math.min(sentence.end, verb.end + 28)))))];
  const to = (...concepts: readonly Concept[]): number => Math.min(1000, ...hits.filter((hit) => hit.sentence === sentence && concepts.includes(hit.concept) && !(hit.negated && hit.concept === 'paid') && !news.some(({ start, end }) => start <= hit.start && hit.end <= end)).map(distance));
  const [other, own] = [Math.min(to('chargeback', ...(delivers ? ['work_started' as const] : [])), ...events.map(distance)), to('paid', 'fulfilled', ...(topic === 'technical_problem' ? ['occurred' as const] : []))];
  // "Your e-mail of 21 March: Advanced, 119 SAR" is a receipt.
  if (own === 1000 && topic !== 'technical_problem' && speaksOfLetter(date) && !money.some((mention) => mention.sentence === sentence)) return true;
  return own > 0 && other <= (own === 1000 ? aloneReach : otherMatterReach) && other < own;
}

/** Beside a date that heads what follows there is room for no more. */
const headingCharacters = 8;

/** "Commandé le 2 décembre, arrivé hier": a date that stands between the words of a phrase is as near to it as to its verb. */
function asSeenFrom({ start, end }: DateMention, hit: Hit): Hit {
  return hit.start < start && end < hit.end ? { ...hit, start: hit.head[0], end: hit.head[1] } : hit;
}

/** What a word in the sentence beside a date's costs at the least. */
const inNextSentence = 45;

/** Characters from a date to the nearest word of this kind: in its own sentence, else in the one before (farther). */
function nearestAnchor(date: DateMention, anchors: readonly Hit[], concept: Anchor, dates: readonly DateMention[], failures: readonly Hit[]): number | null {
  let best: number | null = null;
  const failed = failures.some((hit) => hit.sentence === date.sentence);
  for (const anchor of anchors) {
    const hit = asSeenFrom(date, anchor);
    if (hit.concept !== concept || hit.sentence.passage !== date.sentence.passage) continue;
    // What failed in the same sentence failed then, whatever was paid in another.
    if (hit.sentence !== date.sentence && concept !== 'occurred' && failed) continue;
    const sentencesApart = Math.abs(hit.sentence.index - date.sentence.index);
    // "I cannot look at it just now", "az önce şifremi değiştirdim": it is of the verb beside it.
    if (concept !== 'occurred' && isJustNow(date) && (sentencesApart > 0 || clauseEnd.test(date.sentence.passage.text.slice(Math.min(hit.end, date.end + 1), Math.max(hit.start, date.start))))) continue;
    // "It was yesterday.": such a sentence is the heading of the next.
    const heads = hit.sentence.index === date.sentence.index + 1 && date.sentence.end - date.sentence.start - (date.end - date.start) <= headingCharacters;
    const apart = heads ? 0 : Math.max(hit.start - date.end, date.start - hit.end, 0);
    if (sentencesApart > 1) continue;
    // Japanese and Korean verbs come last: a verb behind another date is that one's.
    const taken = date.sentence.characters !== null && sentencesApart === 0 && (dates.some((other) => other.sentence === date.sentence && other.start >= date.end && other.end <= hit.start)
      // "3月17日に入金しましたが、18日から…": one before a date whose clause is over is an earlier date's.
      || (date.start >= hit.end && unspacedClauseEnd.test(date.sentence.passage.text.slice(hit.end, date.start)) && dates.some((other) => other.sentence === date.sentence && other.end <= hit.start)));
    // "Ordered on March 5 and received it on March 12": what follows an "and" and has a date of its own is that one's.
    const owned = date.sentence.characters === null && hit.start >= date.end && conjunction.test(date.sentence.passage.text.slice(date.end, hit.start)) && dates.some((other) => other.sentence === hit.sentence && other.start >= hit.end && other.start - hit.end < 30);
    // "Ordinato il 20 febbraio, arrivato sabato": a date right behind it, in its own clause.
    const follows = !owned && date.sentence.characters === null && sentencesApart === 0 && hit.start >= date.end && clauseEnd.test(date.sentence.passage.text.slice(date.end, hit.start)) && dates.some((other) => other !== date && other.sentence === hit.sentence && other.start >= hit.end && other.start - hit.end < 20 && !clauseEnd.test(date.sentence.passage.text.slice(hit.end, other.start)));
    // "On Monday I paid, yesterday I set the agent going": a verb that has a date in its own clause is not that of the next.
    const { text } = date.sentence.passage;
    const elsewhere = date.sentence.characters === null && sentencesApart === 0 && date.start >= hit.end && isInOtherClause(text, hit, date) && dates.some((other) => other !== date && other.sentence === hit.sentence && other.end <= hit.start && hit.start - other.end < 20 && !clauseEnd.test(text.slice(other.end, hit.start)));
    // "I received the picture of my grandfather on 3 March, and had paid 75": a verb in the date's own clause goes before one in another.
    const outside = date.sentence.characters === null && sentencesApart === 0 && isInOtherClause(text, date, hit) && anchors.some((other) => other.sentence === date.sentence && other.concept !== concept && other.concept !== 'occurred' && !isInOtherClause(text, date, asSeenFrom(date, other)));
    const cost = sentencesApart === 0 ? Math.min(apart / 4, 40) + (taken ? 12 : outside ? outsideCost : owned || follows || elsewhere ? 8 : 0) : inNextSentence + apart / 8 + (hit.sentence.index > date.sentence.index ? 5 : 0);
    if (sentencesApart === 1 && cost > 58) continue;
    if (best === null || cost < best) best = cost;
  }
  return best;
}

/** In the measure of `nearestAnchor`. */
const outsideCost = 20;

const questionsAbout: readonly (readonly [RegExp, Anchor])[] = [
  [/paid|\bpay\b|payment|purchase|bought|charged|top(?:ped)?[- ]?up|оплат|плат|покуп|пакуп|купил|пополн|папаўн|аплат|набы|recarg|recharg|ricaric|do[łl]adow|y[üu]kle|チャージ|入金|충전|شحن|pag[oóa]|compr|pay[eé]|achat|acquist|zap[lł]a|öde|satın|支払|購入|결제|구매|دفع|شراء/iu, 'paid'],
  [/deliver|receiv|arriv|получ|достав|атрым/iu, 'fulfilled'],
  [/when|happen|occur|date|time|когда|дата|врем|калі|cuándo|fecha|quand|quando|kiedy|ne zaman|いつ|日時|언제|متى/iu, 'occurred'],
];

function anchorOfQuestion(passage: Passage, topic: Topic): Anchor | null {
  const { question } = passage;
  if (question === null) return null;
  const anchor = questionsAbout.find(([pattern]) => pattern.test(question.slice(-300)))?.[1] ?? null;
  // Where nothing failed, what happened is the payment.
  return anchor === 'occurred' && topic !== 'technical_problem' ? (topic === 'refund' ? 'paid' : null) : anchor;
}

/** Characters between a date and the words for a dispute, or a sketch, that it is the day of. */
const otherMatterReach = 20;
/** The same where nothing else is told of. */
const aloneReach = 40;
/** A word of another clause stands that much farther. Characters. */
const anotherClause = 12;

/** How far from "give back" the sum that is asked back stands. Characters. */
const claimReach = 30;

export function assignMoney(money: readonly MoneyMention[], hits: readonly Hit[], context: { reason: Reason | null; product: Product | null; once: boolean }, log: Candidate[] = []): { amount?: Fact<string>; amount_claimed?: Fact<string> } {
  const { reason, product } = context;
  const own = money.filter((mention) => mention.sentence.passage.kind === 'own' && !isSpentElsewhere(mention));
  const usable = own.filter((mention) => !isBeside(mention, hits, ['not_paid', 'fee']));
  const mentions = usable.length > 0 ? usable : own.length > 0 ? own : money.filter((mention) => mention.sentence.passage.kind === 'forward');
  const [priced, payings] = [hits.filter(isOfPrice), hits.filter((hit) => !isOfPrice(hit))];
  const scored = mentions.map((mention) => ({ mention, paid: Math.min(distanceTo(mention, payings, 'paid'), distanceTo(mention, priced, 'paid') + priceDetour), claimed: distanceTo(mention, hits, 'claimed') }));
  const sums = chooseSums(scored, own, hits, reason, product);
  const taken = [sums.amount, sums.amount_claimed].filter((mention) => mention !== undefined);
  const best = scored.find(({ mention }) => mention === sums.amount);
  for (const mention of money) {
    const one = scored.find((each) => each.mention === mention);
    const record = (name: 'amount' | 'amount_claimed', refused: Refusal | null): unknown =>
      log.push({ name, value: mention.value, passage: mention.sentence.passage, start: mention.start, end: mention.end, refused });
    if (sums.amount === mention) record('amount', null);
    if (sums.amount_claimed === mention) record('amount_claimed', null);
    if (taken.includes(mention)) continue;
    if (one === undefined) record('amount', mention.sentence.passage.kind === 'forward' ? 'forwarded' : 'not_paid');
    else if (taken.some((other) => other.value === mention.value)) record('amount', 'repeated');
    else record('amount', context.once && best !== undefined && sums.amount_claimed === undefined && isRivalSum(best, one, hits) ? 'rival' : 'weaker');
  }
  return { ...(sums.amount ? { amount: fact(sums.amount) } : {}), ...(sums.amount_claimed ? { amount_claimed: fact(sums.amount_claimed) } : {}) };
}

/** What is left of a balance stands this near to the word that says so, and is that much farther from any payment. Characters. */
const remainderReach = 12;
const remainderCost = 100;

/** "It cost 45, with the coupon I paid 31.50": what a thing costs is paid where no other sum is. */
function isOfPrice({ concept, sentence, start, end }: Hit): boolean {
  return concept === 'paid' && /^(?:стои|каштав|каштуе|кошт|cost|kost|co[uû]t|cust)/iu.test(sentence.passage.text.slice(start, end));
}

/** Characters. */
const priceDetour = 15;

interface ScoredSum {
  readonly mention: MoneyMention;
  /** Characters to the nearest word of paying, of asking back. */
  readonly paid: number;
  readonly claimed: number;
}

/** So near to a verb of paying a sum was paid in so many words. Characters. */
const paidReach = 12;

/** Two sums of one payment, each with a verb of paying of its own, in different sentences. Two dates make two payments of them. */
function isRivalSum(best: ScoredSum, other: ScoredSum, hits: readonly Hit[]): boolean {
  const [a, b] = [best.mention, other.mention];
  if (a.currency !== b.currency || best.paid > paidReach || other.paid > paidReach || other.claimed <= other.paid) return false;
  if (a.sentence === b.sentence) return isChoice(a.sentence.passage.text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)));
  return a.sentence.passage.kind === b.sentence.passage.kind && !hits.some((hit) => hit.concept === 'fee' && (hit.sentence === a.sentence || hit.sentence === b.sentence));
}

function chooseSums(scored: readonly ScoredSum[], own: readonly MoneyMention[], hits: readonly Hit[], reason: Reason | null, product: Product | null): { amount?: MoneyMention; amount_claimed?: MoneyMention } {
  if (scored.length === 0) return {};
  const forwarded = scored[0]?.mention.sentence.passage.kind === 'forward';
  // "18.20 $ of my top-up are left there, I had paid 10 TON": what is left of a balance was not paid, where another sum was. Who was charged twice asks the charge back, which they name again.
  const isDoubled = reason === 'duplicate_debit' || reason === 'duplicate_charge';
  const remainder = product !== 'balance' ? undefined : scored.find(({ mention, paid: toPaid }) => (!isDoubled || scored.some((one) => one.mention !== mention && one.mention.value === mention.value)) && distanceTo(mention, hits, 'left') < Math.min(toPaid, remainderReach) && scored.some((one) => one.mention.value !== mention.value && one.paid <= claimReach))?.mention;
  // "14,900원 더 빠져나간": what was taken too much is said to be paid as well; another sum is the payment's.
  const paidFrom = ({ mention, paid, claimed }: ScoredSum): number => (mention.sentence.characters !== null && claimed <= paid && claimed < 1000 ? paid + 15 : paid) + (mention === remainder ? remainderCost : 0);
  const paid = scored.toSorted((a, b) => paidFrom(a) - paidFrom(b) || a.mention.sentence.index - b.mention.sentence.index || (forwarded ? b.mention.number - a.mention.number : 0))[0];
  const difference = differenceOf(own, hits);
  if (difference !== null && (reason === 'wrong_amount' || reason === 'price_drop' || distanceTo(difference.claimed, hits, 'claimed') <= claimReach)) return { amount: difference.paid, amount_claimed: difference.claimed };
  const claimed = scored.filter((one) => one !== paid && (one.claimed < one.paid || paidFrom(one) > one.paid)).toSorted((a, b) => a.claimed - b.claimed)[0];
  const first = scored[0];
  const drawn = product === 'balance' ? drawnFrom(scored) : null;
  if (drawn !== null) return drawn;
  const amount = paid !== undefined && paid.paid < 60 ? paid : (scored.find((one) => one !== claimed) ?? first);
  if (amount === undefined) return {};
  const result: { amount?: MoneyMention; amount_claimed?: MoneyMention } = { amount: amount.mention };
  const back = claimed ?? (amount.claimed < 12 ? amount : undefined);
  if (back !== undefined && (back.mention.value !== amount.mention.value || reason === 'wrong_amount' || reason === 'price_drop' || back === amount)) {
    if (back.mention.number < amount.mention.number || back.mention.currency !== amount.mention.currency) result.amount_claimed = back.mention;
  }
  // A prepaid balance: what was topped up says nothing of what is left of it, so it matters that this very sum is asked back.
  if (product === 'balance' && result.amount_claimed === undefined) {
    const asked = scored.find((one) => one.mention.value === amount.mention.value && one.claimed <= claimReach && one.claimed < one.paid);
    // "Topped up 15, never touched, I want it all back"
    const isWhole = new Set(scored.map(({ mention }) => mention.value)).size === 1 && ['unused_all', 'want_refund'].every((concept) => hits.some((hit) => hit.concept === concept && !hit.negated && !hit.conditional && hit.sentence.passage.kind === 'own'));
    if (asked) result.amount_claimed = asked.mention;
    else if (isWhole) result.amount_claimed = amount.mention;
  }
  return result;
}

/** "The nonsense cost me 6.40 of my balance, give it back; I topped up 15", "billed twice: 0.84 and 0.84": one sum was topped up, another was drawn from it. */
function drawnFrom(scored: readonly ScoredSum[]): { amount: MoneyMention; amount_claimed: MoneyMention } | null {
  // "I top up 20, and then you charge me 14": up to the next sum of the sentence.
  const isToppedUp = ({ mention: { sentence, start } }: ScoredSum): boolean => {
    const [before, behind] = [scored.findLast(({ mention }) => mention.sentence === sentence && mention.end <= start), scored.find(({ mention }) => mention.sentence === sentence && mention.start > start)];
    return sentence.characters === null && toppingUp.test(sentence.passage.text.slice(before?.mention.end ?? sentence.start, behind?.mention.start ?? sentence.end));
  };
  const toppedUp = scored.filter(isToppedUp);
  const [only] = toppedUp;
  const isTwice = ({ mention }: ScoredSum): boolean => scored.some(({ mention: other }) => other !== mention && other.sentence === mention.sentence && other.value === mention.value);
  const drawn = scored.filter((one) => !toppedUp.includes(one) && (one.claimed <= 2 * claimReach || isTwice(one))).toSorted((a, b) => a.claimed - b.claimed)[0];
  if (only === undefined || drawn === undefined || new Set(toppedUp.map(({ mention }) => mention.value)).size > 1 || only.mention.value === drawn.mention.value) return null;
  return only.mention.currency !== drawn.mention.currency || only.mention.number > drawn.mention.number ? { amount: only.mention, amount_claimed: drawn.mention } : null;
}

/** "It said 12.90, I was charged 21.90, give me the 9 back": one sum is the difference of the two others. */
function differenceOf(mentions: readonly MoneyMention[], hits: readonly Hit[]): { paid: MoneyMention; claimed: MoneyMention } | null {
  // Three sums that fit are no chance in a mail that names a few.
  if (mentions.length > 12) return null;
  let found: { paid: MoneyMention; claimed: MoneyMention } | null = null;
  for (const paid of mentions) {
    for (const other of mentions) {
      const third = mentions.find((mention) => mention !== paid && mention !== other && minor(mention) === minor(paid) - minor(other) && minor(mention) > 0 && minor(mention) !== minor(other));
      if (third === undefined || third.currency !== paid.currency || other.currency !== paid.currency) continue;
      const [otherIsRest, thirdIsRest] = [other, third].map((one) => isCalledRest(one.sentence, one.start, one.end));
      const claimed = otherIsRest === thirdIsRest ? (distanceTo(other, hits, 'claimed') < distanceTo(third, hits, 'claimed') ? other : third) : otherIsRest === true ? other : third;
      // Where a sum is named twice, the one that stands beside the asking.
      if (found === null || distanceTo(claimed, hits, 'claimed') < distanceTo(found.claimed, hits, 'claimed')) found = { paid, claimed };
    }
  }
  return found;
}

function fact({ value, sentence: { passage }, start, end }: MoneyMention): Fact<string> {
  return { value, source: passage.source, evidence: passage.text.slice(start, end) };
}

/** Hundredths, so that sums can be compared. */
function minor(mention: MoneyMention): number {
  return Math.round(mention.number * 100);
}

const prepositional = /^(?:instead|rather|in place|вместо|взамен|замест|en lugar|en vez|au lieu|à la place|invece|al posto|anziché|em vez|ao invés|no lugar|zamiast|بدلا|بدل)/iu;

function isBeside(mention: { sentence: Sentence; start: number; end: number }, hits: readonly Hit[], concepts: readonly Concept[]): boolean {
  const own = Math.min(distanceTo(mention, hits, 'paid'), distanceTo(mention, hits, 'claimed'));
  // "Charged 39 EUR instead of 29 EUR": such words speak of the sum behind them.
  const speaking = hits.filter((hit) => hit.sentence === mention.sentence && (hit.start < mention.end || !prepositional.test(hit.sentence.passage.text.slice(hit.start, hit.end))));
  return concepts.some((concept) => {
    const distance = distanceTo(mention, speaking, concept);
    return distance <= 25 && distance <= own;
  });
}

/** Characters from a sum to the nearest hit of a concept in its sentence; 1000 where there is none. */
function distanceTo(mention: { sentence: Sentence; start: number; end: number }, hits: readonly Hit[], concept: Concept): number {
  let best = 1000;
  for (const hit of hits) {
    if (hit.concept !== concept || hit.sentence !== mention.sentence || (hit.negated && concept === 'paid')) continue;
    best = Math.min(best, Math.max(hit.start - mention.end, mention.start - hit.end, 0));
  }
  return best;
}
