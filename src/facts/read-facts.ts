import { ownText } from '../message/message.ts';
import type { Message } from '../message/message.ts';
import { addLikeness, addPlans, classify, findResolution, scoreConcepts } from './classify.ts';
import { findCounts } from './counts.ts';
import { findDates } from './dates.ts';
import { detectLanguage } from './detect-language.ts';
import { flags as allFlags } from './facts.ts';
import type { Fact, FactMap, Facts, FactValues, Flag } from './facts.ts';
import { findCard, findAccountEmail, findOrderAndTransaction, findTelegramId, maskCardNumbers } from './identifiers.ts';
import { assignDates, assignMoney } from './assign.ts';
import { exampleBookOf, phraseBookOf } from './languages.ts';
import { findBareMoney, findMoney } from './money.ts';
import { findGenerator, findPaymentMethod } from './named-things.ts';
import { findHits } from './phrases.ts';
import { splitSentences } from './sentences.ts';
import type { Passage, Sentence } from './sentences.ts';
import { findSystems } from './systems.ts';
import { readInCyrillic } from './transliterate.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The merchant a mail was written to, as far as reading it needs to know. */
export interface ReadingMerchant {
  readonly vocabulary: Vocabulary;
  readonly languages: readonly string[];
  readonly addresses: readonly string[];
  readonly domains: readonly string[];
}

/** Dates, sums and systems are weighed against each other and against all phrases: so many are weighed that no person's mail has more. */
const maxMentions = 150;

/** What the mail claims. Pure: the same message and merchant give the same facts. */
export function readFacts(message: Message, merchant: ReadingMerchant): Facts {
  const language = detectLanguage(message, ownText(message), merchant.languages);
  if (message.machine !== null) return withoutClaims('machine', language, []);
  if (message.encrypted) return withoutClaims('other', language, ['encrypted']);

  const book = phraseBookOf(language);
  const passages = passagesOf(message);
  const split = splitSentences(passages, { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
  const sentences = language === 'ru' ? readInCyrillic(split, book) : split;
  const hits = findHits(sentences, book);
  const phrased = addPlans(scoreConcepts(hits), `${message.subject}\n${ownText(message)}`, merchant.vocabulary.plans);
  const scores = addLikeness(phrased, sentences, exampleBookOf(language), merchant.vocabulary);
  const classified = classify(scores, phrased, merchant.vocabulary);
  const { topic, reason, product } = classified;

  const systems = findSystems(sentences, book).slice(0, maxMentions);
  // "Ubuntu 24.04" is a version.
  const dates = findDates(sentences, book, message.sentAt).slice(0, maxMentions).filter((date) => !overlaps(date, systems));
  const named = findMoney(sentences, book).slice(0, maxMentions).filter((mention) => !overlaps(mention, dates));
  const money = [...named, ...findBareMoney(sentences, hits, named, [...dates, ...systems], book)].toSorted((a, b) => a.sentence.index - b.sentence.index || a.start - b.start);
  const taken = [...money, ...dates, ...systems];
  const card = findCard(passages, hits);
  const isMerchants = (address: string): boolean => merchant.addresses.includes(address) || merchant.domains.some((domain) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`));
  const writtenEmail = findAccountEmail(passages, hits, isMerchants);
  const sender = message.from?.address ?? null;
  const { order, transaction } = findOrderAndTransaction(passages, hits, merchant.vocabulary);

  const values: Writable<FactMap> = {};
  const put = <Name extends keyof FactValues>(name: Name, fact: Fact<FactValues[Name]> | null | undefined): void => {
    if (fact) Object.assign(values, { [name]: { ...fact, evidence: maskCardNumbers(fact.evidence) } });
  };
  put('account_email', writtenEmail ?? (sender === null ? null : { value: sender, source: 'header', evidence: sender }));
  put('order_number', order);
  put('transaction_id', transaction);
  put('generator', findGenerator(sentences, hits, merchant.vocabulary));
  for (const kind of ['browser', 'os'] as const) {
    const mention = systems.filter((system) => system.kind === kind && (system.versioned || topic === 'technical_problem') && !system.negated && system.sentence.passage.kind === 'own').toSorted((a, b) => Number(b.versioned) - Number(a.versioned))[0];
    if (mention) put(kind, { value: mention.value, source: mention.sentence.passage.source, evidence: mention.sentence.passage.text.slice(mention.start, mention.end) });
  }
  const dated = assignDates(dates, hits, { topic, money });
  put('occurred_at', dated.occurred_at);
  put('paid_at', dated.paid_at);
  put('fulfilled_at', dated.fulfilled_at);
  const sums = assignMoney(money, hits, reason, product);
  put('amount', sums.amount);
  put('amount_claimed', sums.amount_claimed);
  put('payment_method', findPaymentMethod(sentences, hits, money, card));
  put('card_last4', card?.last4);
  const counts = findCounts(sentences.filter((sentence) => sentence.passage.kind === 'own'), hits, taken, reason === 'service_outage', book);
  if (merchant.vocabulary.products.some((name) => name === 'credits' || name === 'credit_pack' || name === 'subscription')) {
    for (const name of ['credits_used', 'credits_total', 'credits_left', 'used_percent'] as const) {
      // Credits lost to an error are not used ones; who never bought anything has used nothing, which says nothing of a share.
      if (name === 'credits_used' && (topic === 'technical_problem' || (reason === 'unauthorized_payment' && counts[name]?.value === 0))) continue;
      put(name, counts[name]);
    }
  }
  if (reason === 'service_outage') put('outage_hours', counts.outage_hours);
  if (merchant.vocabulary.products.includes('digital_service')) put('revision_count', counts.revision_count);
  if (merchant.vocabulary.telegram) put('telegram_id', findTelegramId(passages, hits));
  if (product === 'physical' && topic === 'refund') {
    const hit = findResolution(hits);
    if (hit) put('preferred_resolution', { value: hit.concept === 'want_refund' ? 'refund' : 'replacement', source: hit.sentence.passage.source, evidence: hit.sentence.passage.text.slice(hit.start, hit.end) });
  }
  const state = (name: 'promo_funds' | 'account_blocked' | 'partial_bundle' | 'approved' | 'printed' | 'work_started', concept: Parameters<typeof hitOf>[1], value: boolean): void => {
    const hit = hitOf(hits, concept);
    if (hit && values[name] === undefined) put(name, { value, source: hit.sentence.passage.source, evidence: hit.sentence.passage.text.slice(hit.start, hit.end) });
  };
  const sells = (...names: Vocabulary['products']): boolean => names.some((name) => merchant.vocabulary.products.includes(name));
  if (sells('balance', 'credits')) state('promo_funds', 'promo_funds', true);
  state('account_blocked', 'account_blocked', true);
  if (sells('physical')) state('partial_bundle', 'partial_bundle', true);
  if (sells('digital_service')) {
    state('printed', 'not_printed', false);
    state('printed', 'printed', true);
    state('work_started', 'work_not_started', false);
    state('work_started', 'work_started', true);
    state('approved', 'approved', true);
  }

  const raised = new Set<Flag>();
  if (hitOf(hits, 'chargeback')) raised.add('chargeback');
  if (hitOf(hits, 'legal_threat')) raised.add('legal_threat');
  if (card?.full === true) raised.add('payment_card_number');
  if (message.authentication === 'fail') raised.add('sender_unverified');
  if (writtenEmail && sender !== null && writtenEmail.value !== sender) raised.add('sender_mismatch');
  if (message.attachments.some((attachment) => attachment.flags.includes('dangerous'))) raised.add('dangerous_attachment');
  if (classified.severalRequests) raised.add('several_requests');
  if (classified.privacy === 'child') raised.add('child_data');
  if (classified.privacy === 'child' && (scores.get('want_erasure') ?? 0) >= 1) raised.add('privacy_request');
  if (classified.privacy === 'request' || (classified.severalRequests && (scores.get('want_erasure') ?? 0) >= 1)) raised.add('privacy_request');
  if (message.segments.some((segment) => segment.kind !== 'quote' && injection.test(segment.text))) raised.add('prompt_injection');

  return {
    language, topic, reason, product, values,
    described: isDescribed(sentences.length, passages, reason !== null),
    hasScreenshot: message.attachments.some((attachment) => attachment.kind === 'screenshot' || attachment.kind === 'recording'),
    hasPhoto: message.attachments.some((attachment) => attachment.kind === 'photo' || attachment.kind === 'screenshot' || attachment.kind === 'recording'),
    privacy: classified.privacy,
    flags: allFlags.filter((flag) => raised.has(flag)),
  };
}

interface Span {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
}

function overlaps(one: Span, others: readonly Span[]): boolean {
  return others.some((other) => other.sentence === one.sentence && other.start < one.end && one.start < other.end);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Words that address a machine that reads mail rather than a person. */
const injection = /(?:ignore|disregard|forget)\s+(?:\w+\s+){0,3}(?:previous|prior|above|earlier)\s+(?:\w+\s+){0,2}(?:instructions?|prompts?|rules?)|\b(?:system\s+(?:notice|prompt|message)|assistant)\s*(?:to the ai|:)|(?:notice|note|instruction)s?\s+(?:to|for)\s+(?:the\s+)?(?:ai|llm|assistant|bot|language model)|\bas an? (?:ai|language model)\b|you are (?:now )?(?:an? )?(?:ai|assistant|llm|chatgpt)|set (?:the )?outcome to|(?<!\p{L})(?:игнорируй\p{L}*|забудь\p{L}*|не учитывай\p{L}*)\s+(?:\p{L}+\s+){0,3}(?:инструкци\p{L}*|правил\p{L}*)|(?<!\p{L})ignora\p{L}*\s+(?:\p{L}+\s+){0,3}(?:instrucc\p{L}*|istruzion\p{L}*|instruç\p{L}*)|ignore[zr]?\s+(?:\p{L}+\s+){0,3}instructions?\s+(?:précédentes|précédente)|以前の指示|これまでの指示|이전 지시|تجاهل\s+(?:\p{L}+\s+){0,2}التعليمات|önceki\s+(?:tüm\s+)?talimatlar|(?<!\p{L})(?:zignoruj|pomiń)\p{L}*\s+(?:\p{L}+\s+){0,3}(?:instrukcj|polece)\p{L}*/iu;

/** What can be told of a mail to none of our merchants: its language, and whether a machine wrote it. */
export function readWithoutMerchant(message: Message): Facts {
  const language = detectLanguage(message, ownText(message), []);
  return withoutClaims(message.machine === null ? 'other' : 'machine', language, message.encrypted ? ['encrypted'] : []);
}

function withoutClaims(topic: 'machine' | 'other', language: string, flags: readonly Flag[]): Facts {
  return { language, topic, reason: null, product: null, values: {}, described: false, hasScreenshot: false, hasPhoto: false, privacy: null, flags };
}

function hitOf(hits: ReturnType<typeof findHits>, concept: (typeof hits)[number]['concept']): (typeof hits)[number] | undefined {
  return hits.find((hit) => hit.concept === concept && !hit.negated && !(hit.conditional && concept !== 'chargeback' && concept !== 'legal_threat') && hit.sentence.passage.kind === 'own');
}

/** The subject (unless it is our own, answered), the customer's words, and mails they forward as proof. */
function passagesOf(message: Message): Passage[] {
  const passages: Passage[] = [];
  const subject = message.subject.replace(/^(?:\s*(?:re|fwd?|aw|wg|tr|rv|rif|odp|ynt|отв|ответ|返信|回复)\s*(?:\[\d+\])?\s*[:：])+\s*/iu, '');
  const isReply = subject !== message.subject;
  if (subject !== '' && !isReply) passages.push({ text: subject, source: 'subject', kind: 'own', question: null });
  for (const segment of message.segments) {
    if (segment.kind === 'own') passages.push({ text: segment.text, source: 'body', kind: 'own', question: segment.question });
    else if (segment.kind === 'forward') passages.push({ text: segment.text, source: 'body', kind: 'forward', question: null });
  }
  // The subject of an answer is our own wording, or the customer's of an earlier mail: weaker than what they write now.
  if (subject !== '' && isReply) passages.push({ text: subject, source: 'subject', kind: 'forward', question: null });
  return passages;
}

/** More than the bare demand: a reason, or a few sentences. */
function isDescribed(sentenceCount: number, passages: readonly Passage[], hasReason: boolean): boolean {
  const words = passages.filter((passage) => passage.kind === 'own').reduce((sum, passage) => sum + passage.text.length, 0);
  return (hasReason && words > 25) || (sentenceCount > 2 && words > 120);
}
