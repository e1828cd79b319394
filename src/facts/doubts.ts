import type { Message } from '../message/message.ts';
import type { Scores } from './requests/concept-scores.ts';
import { findDates } from './dates/dates.ts';
import type { DerivableFact } from './derive-fact.ts';
import { derivableFacts } from './derive-fact.ts';
import type { Facts, Reason, Topic } from './facts.ts';
import { maskCardNumbers } from './text/card-numbers.ts';
import type { Concept } from './text/language-data.ts';
import { isKnownWell, phraseBookOf } from './languages/languages.ts';
import { findMoney } from './sums/money.ts';
import { examineMail } from './read-facts.ts';
import type { ReadingMerchant } from './read-facts.ts';
import type { Sentence } from './text/sentences.ts';
import { findSystems } from './names/systems.ts';
import type { Vocabulary } from './merchant/vocabulary.ts';

/** Doubts: what our reader is not sure of in a mail it has read. Somebody else may be asked about these things, and about nothing else. */
export interface Doubts {
  readonly topic: boolean;
  readonly reason: boolean;
  readonly product: boolean;
  /** Not found, though the mail names numbers, dates or sums that went into no fact, or is in a language we have few words for. */
  readonly facts: readonly DerivableFact[];
}

const noDoubts: Doubts = { topic: false, reason: false, product: false, facts: [] };

/** From this weight on the phrases of a mail say a thing in so many words; below it is told by likeness, or by one weak phrase. */
const saidWeight = 0.8;
/** A second reason whose weight comes this near to the one that was chosen. */
const closeSecond = 0.75;
/** Of a mail that seems to ask for nothing: as much weight on a request, or a reason, makes that doubtful. */
const hintWeight = 0.25;
const minWords = 3;

/** Pure. What is sure stays so: a thing that was said in so many words, or that follows from the merchant, is not doubted. `showsScreen`: who is asked sees a picture of the customer's screen, too. */
export function findDoubts(message: Message, facts: Facts, merchant: ReadingMerchant, showsScreen = false): Doubts {
  // Words that address a machine are for a person to judge.
  if (facts.topic === 'machine' || message.encrypted || facts.flags.includes('prompt_injection')) return noDoubts;
  const book = phraseBookOf(facts.language);
  const { sentences, said, scores } = examineMail(message, merchant);
  const own = sentences.filter((sentence) => sentence.passage.kind === 'own');
  if (wordsIn(own) < minWords) return noDoubts;
  const hasFewWords = !isKnownWell(facts.language);
  const topic = isTopicDoubtful(facts, said, scores, hasFewWords);
  return {
    topic,
    reason: isReasonDoubtful(facts, said, scores, merchant.vocabulary, topic),
    product: isProductDoubtful(facts, said, merchant.vocabulary, topic),
    facts: doubtfulFacts(message, facts, own, book, merchant.vocabulary, { hasFewWords, showsFailure: showsScreen && facts.topic === 'technical_problem' }),
  };
}

function wordsIn(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { tokens, characters }) => sum + (characters === null ? tokens.length : Math.max(tokens.length, characters.folded.length / 3)), 0);
}

function heaviest(scores: Scores, concepts: readonly Concept[]): number {
  return Math.max(0, ...concepts.map((concept) => scores.get(concept) ?? 0));
}

const requests = ['want_refund', 'want_replacement', 'want_credits_back', 'want_cancel', 'want_revision', 'want_erasure', 'want_access', 'child_account'] as const;
const privacyConcepts = ['want_erasure', 'want_access', 'privacy_question', 'privacy_other', 'child_account'] as const;
const saidBy: Readonly<Record<Exclude<Topic, 'other' | 'machine'>, readonly Concept[]>> = {
  refund: ['want_refund', 'want_replacement', 'want_credits_back'], technical_problem: ['technical_failure'], cancellation: ['want_cancel'], revision: ['want_revision'], privacy: privacyConcepts,
};

function isTopicDoubtful({ topic, reason, described }: Facts, said: Scores, scores: Scores, hasFewWords: boolean): boolean {
  if (topic === 'machine') return false;
  if (topic === 'other') return hasFewWords || (described && heaviest(scores, [...requests, ...privacyConcepts]) >= hintWeight) || heaviest(scores, requests) >= hintWeight;
  return heaviest(said, [...saidBy[topic], ...(topic === 'refund' && reason !== null ? [reason] : [])]) < saidWeight;
}

function isReasonDoubtful({ topic, reason, described }: Facts, said: Scores, scores: Scores, vocabulary: Vocabulary, topicDoubtful: boolean): boolean {
  if (topic === 'privacy' || topic === 'cancellation' || topic === 'revision') return false;
  if (topic === 'other') return topicDoubtful;
  if (topic === 'technical_problem') return topicDoubtful;
  if (reason === null) return described;
  const weight = scores.get(reason) ?? 0;
  const isRival = (other: Reason): boolean => other !== reason && (scores.get(other) ?? 0) >= weight * closeSecond && (said.get(other) ?? 0) >= saidWeight;
  return (said.get(reason) ?? 0) < saidWeight || vocabulary.reasons.some(isRival);
}

/** Only physical things are damaged, or lost on the way. */
const physicalReasons: ReadonlySet<Reason> = new Set(['defective_item', 'damaged_in_transit', 'wrong_item', 'not_received', 'late_delivery', 'wrong_address', 'minor_color_difference']);

function isProductDoubtful({ topic, reason, product }: Facts, said: Scores, { products, default_product: standard }: Vocabulary, topicDoubtful: boolean): boolean {
  if (products.length === 1 || topic === 'privacy' || topic === 'technical_problem') return false;
  if (topic === 'other') return topicDoubtful && standard === null;
  if (product === null) return standard === null;
  if (product === standard || (product === 'physical' && reason !== null && physicalReasons.has(reason))) return false;
  return (said.get(`product_${product}`) ?? 0) < hintWeight && !(product === 'subscription' && topic === 'cancellation');
}

interface Stretch {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
}

/** Facts that are missing while something in the mail could be their value. */
function doubtfulFacts(message: Message, facts: Facts, own: readonly Sentence[], book: ReturnType<typeof phraseBookOf>, vocabulary: Vocabulary, { hasFewWords, showsFailure }: { hasFewWords: boolean; showsFailure: boolean }): readonly DerivableFact[] {
  const possible = possibleFacts(vocabulary, facts.topic).filter((name) => facts.values[name] === undefined);
  if (possible.length === 0 || facts.topic === 'privacy') return [];
  const evidence = Object.values(facts.values).map((fact) => fact.evidence);
  const isRead = ({ sentence, start, end }: Stretch): boolean => {
    const text = maskCardNumbers(sentence.passage.text.slice(start, end));
    return evidence.some((stretch) => stretch.includes(text));
  };
  const dates = findDates(own, book, message.sentAt);
  const money = findMoney(own, book);
  const systems = findSystems(own, book);
  const mentions: readonly Stretch[] = [...dates, ...money, ...systems];
  const loose = own.flatMap((sentence) => sentence.tokens.filter((token) => token.kind === 'number').map((token): Stretch => ({ sentence, start: token.start, end: token.end })))
    .filter((number) => !mentions.some((mention) => mention.sentence === number.sentence && mention.start < number.end && number.start < mention.end) && !isRead(number));
  const lengths = new Set(loose.map(({ start, end }) => end - start));
  const unread = {
    dates: showsFailure || dates.some((date) => !date.ahead && !isRead(date)) || (hasFewWords && loose.length > 0),
    sums: money.some((sum) => !isRead(sum)) || (hasFewWords && loose.length > 0),
    numbers: loose.length > 0,
    identifiers: [...lengths].some((length) => length >= 4),
    endings: lengths.has(4),
    names: hasFewWords || showsFailure || systems.some((system) => !system.negated && !isRead(system)),
  };
  return possible.filter((name) => unread[kindOf[name]]);
}

const kindOf: Readonly<Record<DerivableFact, 'dates' | 'sums' | 'numbers' | 'identifiers' | 'endings' | 'names'>> = {
  account_email: 'names', order_number: 'identifiers', transaction_id: 'identifiers', generator: 'names', browser: 'names', os: 'names', occurred_at: 'dates', paid_at: 'dates', fulfilled_at: 'dates',
  amount: 'sums', amount_claimed: 'sums', payment_method: 'names', card_last4: 'endings', credits_used: 'numbers', credits_total: 'numbers', credits_left: 'numbers', revision_count: 'numbers',
  used_percent: 'numbers', outage_hours: 'numbers', telegram_id: 'identifiers',
};

/** Facts that mail on this topic to this merchant can hold. */
export function possibleFacts({ products, generators, reasons, telegram }: Vocabulary, topic: Topic): DerivableFact[] {
  const sells = (...names: Vocabulary['products']): boolean => names.some((name) => products.includes(name));
  const isTechnical = topic === 'technical_problem';
  const can: Partial<Readonly<Record<DerivableFact, boolean>>> = {
    generator: generators.length > 0, browser: isTechnical, os: isTechnical, occurred_at: isTechnical, fulfilled_at: sells('digital_service', 'physical'),
    credits_used: sells('credits', 'credit_pack', 'subscription') && !isTechnical, credits_total: sells('credits', 'credit_pack', 'subscription') && !isTechnical, credits_left: sells('credits', 'credit_pack', 'subscription') && !isTechnical,
    used_percent: sells('credits', 'credit_pack', 'subscription') && !isTechnical, revision_count: sells('digital_service'), outage_hours: reasons.includes('service_outage'), telegram_id: telegram,
    paid_at: !isTechnical, amount: !isTechnical, amount_claimed: !isTechnical, payment_method: !isTechnical, card_last4: !isTechnical,
  };
  return derivableFacts.filter((name) => can[name] ?? true);
}
