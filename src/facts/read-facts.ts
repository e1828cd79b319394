import { ownText } from '../message/message.ts';
import type { Message } from '../message/message.ts';
import { findBareMoney } from './sums/bare-money.ts';
import { classify } from './requests/classify.ts';
import { addOrders, addPlans, findTelling, heedAges, isOverheard, resemblancesOf, scoreConcepts, speaksOfFaultyGoods, weighConcepts } from './requests/concept-scores.ts';
import type { Scores, Telling } from './requests/concept-scores.ts';
import { hasRivals } from './text/candidate.ts';
import type { Candidate } from './text/candidate.ts';
import { hearCancelledOrders } from './requests/cancelled-orders.ts';
import { addChargedTwice, isChargedTwice } from './requests/charged-twice.ts';
import { chooseSystem } from './names/choose-system.ts';
import { doesNotAddUp, findCounts } from './counts/counts.ts';
import { findDates } from './dates/dates.ts';
import { faultOf } from './dates/day-of-fault.ts';
import { detectLanguage } from './languages/detect-language.ts';
import { flags as allFlags } from './facts.ts';
import type { Fact, FactMap, Facts, FactValues, Flag } from './facts.ts';
import { isOfCard } from './requests/blocked-cards.ts';
import { maskCardNumbers } from './text/card-numbers.ts';
import { findCard } from './names/cards.ts';
import { findAccountEmail, findOrderAndTransaction } from './names/identifiers.ts';
import { assignDates, assignMoney } from './assign.ts';
import { instructionsToMachines } from './requests/instructions-to-machines.ts';
import { keysOf } from './text/keys-of.ts';
import { isMereProfession } from './requests/mere-professions.ts';
import { exampleBookOf, phraseBookOf } from './languages/languages.ts';
import { gatherEvidence } from './requests/mail-evidence.ts';
import type { MailEvidence } from './requests/mail-evidence.ts';
import { findMoney } from './sums/money.ts';
import { findGenerator, findPaymentMethod } from './names/named-things.ts';
import { asksBeforeBuying } from './requests/not-yet-bought.ts';
import { isSinceThen } from './dates/other-days.ts';
import { findOwnFacts } from './merchant/own-facts.ts';
import { isInOtherClause } from './text/clauses.ts';
import { findHits } from './text/phrases.ts';
import type { Hit } from './text/phrases.ts';
import { sentenceText, splitSentences } from './text/sentences.ts';
import { addAnswers, takeForm } from './forms/read-form.ts';
import type { FormLabels } from './forms/read-form.ts';
import { readPassedOnReceipt } from './forms/read-receipt.ts';
import type { Passage, Sentence } from './text/sentences.ts';
import { findResolution, leavesOpen } from './requests/resolution.ts';
import { isSettled } from './requests/settled.ts';
import { isCalledSum } from './sums/sum-of-losses.ts';
import { findSystems } from './names/systems.ts';
import { findTelegramId } from './names/telegram-ids.ts';
import { withHourOfFailure } from './dates/times-told-behind.ts';
import { readInCyrillic } from './text/transliterate.ts';
import { isLeftOpen, isUnsureOfProgress } from './requests/unsure-of-progress.ts';
import type { Vocabulary } from './merchant/vocabulary.ts';
import { findWithdrawals, namesRequest, reportsEarlierLetter } from './requests/withdrawals.ts';

/** The merchant a mail was written to, as far as reading it needs to know. */
export interface ReadingMerchant {
  readonly vocabulary: Vocabulary;
  readonly languages: readonly string[];
  readonly addresses: readonly string[];
  readonly domains: readonly string[];
  /** The merchant's own forms and subject lines; without them a form is read as any other text. */
  readonly forms?: FormLabels;
}

/** Dates, sums and systems are weighed against each other and against all phrases: so many are weighed that no person's mail has more. */
const maxMentions = 150;

/** The facts together with all that they were weighed from. */
export interface Examination {
  readonly facts: Facts;
  readonly passages: readonly Passage[];
  readonly sentences: readonly Sentence[];
  /** Every phrase that was found, also the negated ones. */
  readonly hits: readonly Hit[];
  /** What the facts were chosen from, in no order. */
  readonly candidates: readonly Candidate[];
  /** The weight of each concept by phrases alone, and with likeness added. */
  readonly said: Scores;
  readonly scores: Scores;
  /** What topic and reason were weighed from; null where the mail says nothing that is weighed: of machines, or encrypted. */
  readonly evidence: MailEvidence | null;
}

/** What somebody else has made out of a mail, and we take for so: the facts are told apart by it. */
export type Told = Partial<Pick<Facts, 'topic' | 'reason' | 'product' | 'privacy'>>;

/** What the mail claims; `spoken` is the language that its writer is known to write. Pure: the same message and merchant give the same facts. */
export function readFacts(message: Message, merchant: ReadingMerchant, told: Told = {}, spoken: string | null = null): Facts {
  return examineMail(message, merchant, told, spoken).facts;
}

/** `readFacts` with its grounds. */
export function examineMail(message: Message, merchant: ReadingMerchant, told: Told = {}, spoken: string | null = null): Examination {
  if (merchant.forms === undefined || message.machine !== null || message.encrypted) return examineWords(message, merchant, told, spoken);
  const form = takeForm(message, merchant.forms);
  const examined = examineWords(form.rest, merchant, told, form.language ?? spoken);
  const announced = told.topic === undefined && examined.facts.withdrawn === undefined && isOpen(examined) && form.announced?.topic !== examined.facts.topic ? form.announced : null;
  const examination = announced === null ? examined : examineWords(form.rest, merchant, { ...told, ...(announced.topic === 'privacy' ? { topic: 'privacy', privacy: 'other' } : { topic: announced.topic }) }, form.language ?? spoken);
  const { language } = examination.facts;
  return { ...examination, facts: addAnswers(examination.facts, form, { language, message, vocabulary: merchant.vocabulary }) };
}

/** The request is taken back, and nothing else is asked for: "no refund needed, just cancel it" asks for something. */
function isWithdrawn(passages: readonly Passage[], hits: readonly Hit[], language: string): boolean {
  const said = passages.filter(({ kind, source }) => kind === 'own' && source === 'body');
  const [passage, ...others] = said.filter(({ text }) => findWithdrawals(text, language).length > 0);
  const spans = passage === undefined || others.length > 0 ? [] : findWithdrawals(passage.text, language);
  const last = spans.at(-1);
  if (last === undefined) return false;
  return !hits.some(({ concept, weight, negated, sentence, start, end }) => wanting.has(concept) && weight >= 1 && !negated && said.includes(sentence.passage) && !(sentence.passage === passage && spans.some((span) => start < span.end && span.start < end)) && !(sentence.passage === passage && (end <= last.start || spans.some((span) => sentence.start <= span.start && span.end <= start && !/[,;:]/.test(passage.text.slice(span.end, start)))) && (reportsEarlierLetter(sentenceText(sentence), language) || namesRequest(passage.text.slice(sentence.start, start)))));
}

/** A sentence as like those in which another one is asked for chooses it, where no words choose anything. */
const resolutionTold = 0.6;
/** Beside a child's data a request to erase needs to be less loud: it is what a parent asks. */
const childsErasure = 0.5;

const wanting: ReadonlySet<Hit['concept']> = new Set(['want_refund', 'want_replacement', 'want_cancel', 'want_credits_back', 'want_revision', 'want_erasure', 'want_access']);

/** Of these a part of the price is asked back. */
const ofPartOfPrice: ReadonlySet<Facts['reason']> = new Set(['price_drop', 'wrong_amount', 'duplicate_charge']);

/** The requests in which what was paid matters. */
const aboutPayments: ReadonlySet<Facts['topic']> = new Set(['refund', 'cancellation', 'revision']);

/** What who has bought nothing yet may ask about: "and if I do not like it?" */
const reasonsToWonder: ReadonlySet<Facts['reason']> = new Set(['dissatisfied_result', 'changed_mind', 'unauthorized_payment']);

const nothingAsked = { topic: 'other', reason: null, product: null, privacy: null, severalRequests: false } as const;

/** Nothing was asked in so many words: then the subject line of the convention says what is. */
function isOpen({ facts: { topic }, said }: Examination): boolean {
  return topic === 'other' || (topic === 'refund' && demands.every((concept) => (said.get(concept) ?? 0) < 1));
}

const demands = ['want_refund', 'want_replacement', 'want_credits_back'] as const;

function examineWords(message: Message, merchant: ReadingMerchant, told: Told, knownLanguage: string | null): Examination {
  const language = knownLanguage ?? detectLanguage(message, ownText(message), merchant.languages);
  if (message.machine !== null) return withoutGrounds(withoutClaims('machine', language, []));
  if (message.encrypted) return withoutGrounds(withoutClaims('other', language, ['encrypted']));

  const book = phraseBookOf(language);
  const examples = exampleBookOf(language);
  const passages = passagesOf(message);
  const split = splitSentences(passages, { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
  const sentences = (language === 'ru' || language === 'be' ? readInCyrillic(split, book) : split).filter((sentence) => !isSettled(sentence, language));
  const hits = hearCancelledOrders(findHits(sentences, book), merchant.vocabulary);
  const systems = findSystems(sentences, book).slice(0, maxMentions);
  const sums = findMoney(sentences, book).slice(0, maxMentions);
  // "Ubuntu 24.04" is a version, "1.27 dollars" a sum.
  const dates = findDates(sentences, book, message.sentAt).slice(0, maxMentions).filter((date) => !overlaps(date, systems) && !sums.some((sum) => holds(sum, date)));
  const named = sums.filter((mention) => !overlaps(mention, dates));
  const wholeText = `${message.subject}\n${ownText(message)}`;
  const phrasedAlone = addOrders(addPlans(scoreConcepts(hits), wholeText, merchant.vocabulary.plans), wholeText, merchant.vocabulary);
  const weighed = heedAges(weighConcepts(phrasedAlone, sentences, hits, examples, merchant.vocabulary), phrasedAlone, sentences, book.language);
  const [phrased, scores] = isChargedTwice(named, hits) ? [addChargedTwice(phrasedAlone), addChargedTwice(weighed)] : [phrasedAlone, weighed];
  const withdrawn = isWithdrawn(passages, hits, language);
  const evidence = gatherEvidence(resemblancesOf(sentences, examples), phrased, examples, speaksOfFaultyGoods(phrased, merchant.vocabulary));
  const weighedUp = classify(evidence, scores, phrased, merchant.vocabulary, told.topic);
  const isMereQuestion = weighedUp.topic === 'refund' && (weighedUp.reason === null || reasonsToWonder.has(weighedUp.reason)) && sums.length === 0 && asksBeforeBuying(ownText(message));
  const classified = { ...weighedUp, ...(withdrawn || isMereQuestion ? nothingAsked : {}), ...told };
  const { topic, reason, product } = classified;

  const money = [...named, ...findBareMoney(sentences, hits, named, [...dates, ...systems], book, reason === 'wrong_amount')].toSorted((a, b) => a.sentence.index - b.sentence.index || a.start - b.start);
  // "It has been down for three days" tells how long.
  const taken = [...money, ...dates.filter((date) => reason !== 'service_outage' || !isSinceThen(date)), ...systems];
  const log: Candidate[] = [];
  const isAboutTwo = reason === 'duplicate_charge' || reason === 'duplicate_debit';
  const card = findCard(passages, hits, log, named);
  const isMerchants = (address: string): boolean => merchant.addresses.includes(address) || merchant.domains.some((domain) => address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`));
  const writtenEmail = findAccountEmail(passages, hits, isMerchants, log);
  const sender = message.from?.address ?? null;
  const { order, transaction } = findOrderAndTransaction(passages, hits, merchant.vocabulary, log, isAboutTwo, card);

  const sells = (...names: Vocabulary['products']): boolean => names.some((name) => merchant.vocabulary.products.includes(name));
  const values: Writable<FactMap> = {};
  const put = <Name extends keyof FactValues>(name: Name, fact: Fact<FactValues[Name]> | null | undefined): void => {
    if (fact) Object.assign(values, { [name]: { ...fact, evidence: maskCardNumbers(fact.evidence) } });
  };
  put('account_email', writtenEmail ?? (sender === null ? null : { value: sender, source: 'header', evidence: sender }));
  put('order_number', order);
  put('transaction_id', transaction);
  // Who asks about privacy or prices speaks of what there is, not of what failed; who paid did not use the free one: "I only wanted to try the free version".
  if (topic !== 'privacy' && topic !== 'other') put('generator', findGenerator(sentences, topic === 'technical_problem' ? hits.filter(({ concept }) => concept !== 'unused_all') : hits, { generators: merchant.vocabulary.generators.filter((name) => name !== 'free' || topic === 'technical_problem') }, log));
  for (const kind of ['browser', 'os'] as const) put(kind, chooseSystem(kind, systems, topic, log));
  const once = !isAboutTwo && reason !== 'wrong_amount' && reason !== 'price_drop';
  // What was topped up is there at once: nothing arrives.
  const delivers = sells('physical', 'digital_service') && !(product === 'subscription' || product === 'balance' || product === 'credit_pack' || (product === 'credits' && topic === 'refund'));
  const dated = assignDates(dates, hits, { topic, money, once, delivers, goods: product === 'physical', fault: faultOf(reason) }, log);
  put('occurred_at', withHourOfFailure(dated.occurred_at, dates, sentences, hits, book));
  // Who takes a request back and names no sum tells of other days.
  if (!withdrawn || money.length > 0) put('paid_at', dated.paid_at);
  // "It says it was delivered on the 3rd, and it was not."
  if (reason !== 'not_received') put('fulfilled_at', dated.fulfilled_at);
  const assigned = assignMoney(money, hits, { reason, product, once: once && new Set(dates.map(({ day }) => day)).size < 2 }, log);
  put('amount', assigned.amount);
  put('amount_claimed', assigned.amount_claimed);
  put('payment_method', findPaymentMethod(sentences, topic === 'other' ? hits.filter(({ conditional }) => !conditional) : hits, money, card, log));
  put('card_last4', card?.last4);
  // A shop's receipts are in English, whatever its customers write in.
  for (const passage of language === 'en' || !aboutPayments.has(topic) ? [] : passages.filter(({ kind, source }) => kind === 'forward' && source === 'body')) {
    const receipt = readPassedOnReceipt(passage.text, { language, vocabulary: merchant.vocabulary, sentAt: message.sentAt });
    for (const name of keysOf(receipt)) {
      const said = values[name] === undefined ? receipt[name] : undefined;
      const start = said === undefined ? -1 : passage.text.indexOf(said.evidence);
      if (said === undefined || start === -1) continue;
      put(name, said);
      log.push({ name, value: said.value, passage, start, end: start + said.evidence.length, refused: null });
    }
  }
  const countLog: Candidate[] = [];
  // The digits of a card or of an order count nothing.
  const numbered = log.filter(({ name }) => name === 'card_last4' || name === 'order_number' || name === 'transaction_id').flatMap(({ passage, start, end }) => sentences.filter((sentence) => sentence.passage === passage && sentence.start < end && start < sentence.end).map((sentence) => ({ sentence, start, end })));
  const counts = findCounts(sentences.filter((sentence) => sentence.passage.kind === 'own'), hits, [...taken, ...numbered], reason === 'service_outage', book, countLog);
  const isCounted = (name: keyof typeof counts): boolean => {
    if (name === 'outage_hours') return reason === 'service_outage';
    if (name === 'revision_count') return sells('digital_service') && !isAboutTwo;
    // Credits lost to an error are not used ones; who never bought anything has used nothing, which says nothing of a share.
    if (name === 'credits_used' && (topic === 'technical_problem' || topic === 'privacy' || (reason === 'unauthorized_payment' && counts.credits_used?.value === 0))) return false;
    // "It failed and ate 40 credits": neither what was bought nor what is left, and "stuck at 99%" no share.
    if ((name === 'credits_total' || name === 'credits_left' || name === 'used_percent') && topic === 'technical_problem' && isOfFailure(countLog, hits, name)) return false;
    return product !== 'physical' && sells('credits', 'credit_pack', 'subscription');
  };
  for (const name of ['credits_used', 'credits_total', 'credits_left', 'used_percent', 'outage_hours', 'revision_count'] as const) if (isCounted(name)) put(name, counts[name]);
  for (const candidate of countLog) log.push(candidate.refused === null && values[candidate.name] === undefined ? { ...candidate, refused: 'irrelevant' } : candidate);
  if (merchant.vocabulary.telegram) put('telegram_id', findTelegramId(passages, hits, log, isMerchants));
  if (product === 'physical' && topic === 'refund') {
    const asked = findResolution(hits, language);
    // "Refund me the difference" asks for a part of the price back, and chooses nothing of what is done about a faulty thing.
    const chosen = asked?.concept === 'want_refund' && ofPartOfPrice.has(reason) ? null : asked;
    for (const hit of hits) {
      const value = hit.concept === 'want_refund' ? 'refund' : 'replacement';
      if ((hit.concept !== 'want_refund' && hit.concept !== 'want_replacement') || hit.sentence.passage.kind !== 'own') continue;
      log.push(candidateOf(hit, 'preferred_resolution', value, hit === chosen ? null : hit.negated ? 'negated' : 'weaker'));
      if (hit === chosen) put('preferred_resolution', { value, ...saidIn(hit) });
    }
    const like = asked === null && !leavesOpen(hits) ? findTelling('want_replacement', sentences, hits, examples, resolutionTold) : null;
    // "Can I send it back and get my $58?": where no phrase speaks of either.
    const isUnspoken = asked === null && like === null && !ofPartOfPrice.has(reason) && !hits.some(({ concept }) => concept === 'want_refund' || concept === 'want_replacement');
    for (const [one, value] of [[like, 'replacement'], [isUnspoken ? findTelling('want_refund', sentences, hits, examples) : null, 'refund']] as const) {
      if (one === null) continue;
      log.push(candidateOf(one, 'preferred_resolution', value, null));
      put('preferred_resolution', { value, ...saidIn(one) });
    }
  }
  const toldOf = (concept: Hit['concept'], isOut: (one: Telling) => boolean = () => false): Telling | null => {
    const chosen = hitOf(hits.filter((hit) => hit.concept === concept && !isOverheard(hit, examples) && !isOut(hit)), concept) ?? findTelling(concept, sentences, hits, examples);
    return chosen === null || isOut(chosen) ? null : chosen;
  };
  const state = (name: 'promo_funds' | 'account_blocked' | 'partial_bundle' | 'approved' | 'printed' | 'work_started', concept: Parameters<typeof hitOf>[1], value: boolean): void => {
    const isOpenStill = (one: Telling): boolean => ((name === 'printed' || name === 'work_started') && isLeftOpen(one, value)) || (name === 'account_blocked' && isOfCard(one));
    const chosen = values[name] === undefined ? toldOf(concept, isOpenStill) : null;
    for (const hit of hits) {
      if (hit.concept === concept) log.push(candidateOf(hit, name, value, hit === chosen ? null : isOverheard(hit, examples) ? 'untied' : hit.negated ? 'negated' : hit.conditional ? 'hypothetical' : hit.sentence.passage.kind === 'forward' ? 'forwarded' : values[name]?.value === value || chosen ? 'repeated' : 'weaker'));
    }
    if (chosen && !('concept' in chosen)) log.push(candidateOf(chosen, name, value, null));
    if (chosen) put(name, { value, ...saidIn(chosen) });
  };
  if (product !== 'physical' && sells('balance', 'credits')) state('promo_funds', 'promo_funds', true);
  state('account_blocked', 'account_blocked', true);
  // "One of the two payments"
  if (sells('physical') && (product === null || product === 'physical') && reason !== 'duplicate_charge') state('partial_bundle', 'partial_bundle', true);
  if (sells('digital_service')) {
    // "Before it goes to print": who asks for that hopes so, where they say that they do not know.
    const isUnsure = isUnsureOfProgress(sentences);
    // A print that is sent back is printed: that matters to who calls it off or wants it changed.
    if (topic === 'revision' || topic === 'cancellation') {
      if (!isUnsure) state('printed', 'not_printed', false);
      state('printed', 'printed', true);
    }
    // Whether work was begun matters to who calls it off, not to who holds its result or wants it changed.
    if (topic !== 'revision' && reason !== 'dissatisfied_result' && !(topic === 'refund' && product === 'physical')) {
      if (!isUnsure) state('work_started', 'work_not_started', false);
      state('work_started', 'work_started', true);
    }
    state('approved', 'approved', true);
  }

  const raised = new Set<Flag>();
  if (toldOf('chargeback')) raised.add('chargeback');
  if (hitOf(hits.filter((hit) => hit.concept === 'legal_threat' && !isMereProfession(hit, classified.privacy === 'question')), 'legal_threat') ?? findTelling('legal_threat', sentences, hits, examples)) raised.add('legal_threat');
  if (card?.full === true) raised.add('payment_card_number');
  if (message.authentication === 'fail') raised.add('sender_unverified');
  if (writtenEmail && sender !== null && writtenEmail.value !== sender) raised.add('sender_mismatch');
  if (message.attachments.some((attachment) => attachment.flags.includes('dangerous'))) raised.add('dangerous_attachment');
  if (classified.severalRequests) raised.add('several_requests');
  if (classified.privacy === 'child') raised.add('child_data');
  if (classified.privacy === 'child' && Math.max(scores.get('want_erasure') ?? 0, phrased.get('want_erasure') ?? 0) >= childsErasure) raised.add('privacy_request');
  if (classified.privacy === 'request' || (classified.severalRequests && (scores.get('want_erasure') ?? 0) >= 1)) raised.add('privacy_request');
  if (message.segments.some((segment) => segment.kind !== 'quote' && instructionsToMachines.test(segment.text))) raised.add('prompt_injection');
  const own = merchant.vocabulary.facts === undefined ? null : findOwnFacts(sentences, merchant.vocabulary.facts, book.language);
  if (own?.isConflicting === true || hasRivals(log.filter(({ name }) => values[name] !== undefined)) || doesNotAddUp(values)) raised.add('conflicting_facts');

  const facts: Facts = {
    language, topic, reason, product, values,
    ...(own === null ? {} : { own: own.found }),
    described: isDescribed(sentences.length, passages, reason !== null),
    hasScreenshot: message.attachments.some((attachment) => attachment.kind === 'screenshot' || attachment.kind === 'recording'),
    hasPhoto: message.attachments.some((attachment) => attachment.kind === 'photo' || attachment.kind === 'screenshot' || attachment.kind === 'recording'),
    privacy: classified.privacy,
    flags: allFlags.filter((flag) => raised.has(flag)),
    ...(withdrawn ? { withdrawn } : {}),
  };
  return { facts, passages, sentences, hits, candidates: log, said: phrased, scores, evidence };
}

/** The count that was taken stands in a sentence that tells of a failure, or asks for what it took. */
function isOfFailure(counted: readonly Candidate[], hits: readonly Hit[], name: Candidate['name']): boolean {
  const find = (named: Candidate['name']): Candidate | undefined => counted.find((one) => one.name === named && one.refused === null);
  // The whole may be told by what was used: "300 credits, all used".
  const taken = find(name) ?? find('credits_used');
  if (taken === undefined) return false;
  const beside = hits.filter(({ sentence }) => sentence.passage === taken.passage && sentence.start <= taken.start && taken.start < sentence.end);
  // "I have 300 credits in total on my plan"
  const isSumOfLosses = name === 'credits_total' && isCalledSum(taken.passage.text, taken.start, taken.end) && !beside.some(({ concept }) => concept === 'paid' || concept === 'left' || concept === 'product_subscription' || concept === 'product_credit_pack');
  // "15 credits vanished and I have 70 left": of what is left its own clause tells.
  const tellsOfRest = name === 'credits_left' && beside.some((hit) => hit.concept === 'left' && !isInOtherClause(taken.passage.text, hit, taken));
  return isSumOfLosses || beside.some((hit) => (hit.concept === 'technical_failure' || hit.concept === 'want_credits_back') && !(tellsOfRest && isInOtherClause(taken.passage.text, hit, taken)));
}

function withoutGrounds(facts: Facts): Examination {
  return { facts, passages: [], sentences: [], hits: [], candidates: [], said: new Map(), scores: new Map(), evidence: null };
}

function candidateOf({ sentence: { passage }, start, end }: Telling, name: Candidate['name'], value: Candidate['value'], refused: Candidate['refused']): Candidate {
  return { name, value, passage, start, end, refused };
}

function saidIn({ sentence: { passage }, start, end }: Telling): Omit<Fact, 'value'> {
  return { source: passage.source, evidence: passage.text.slice(start, end) };
}

interface Span {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
}

function overlaps(one: Span, others: readonly Span[]): boolean {
  return others.some((other) => other.sentence === one.sentence && other.start < one.end && one.start < other.end);
}

function holds(one: Span, other: Span): boolean {
  return one.sentence === other.sentence && one.start <= other.start && other.end <= one.end;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What can be told of a mail to none of our merchants: its language, and whether a machine wrote it. */
export function readWithoutMerchant(message: Message): Facts {
  const language = detectLanguage(message, ownText(message), []);
  return withoutClaims(message.machine === null ? 'other' : 'machine', language, message.encrypted ? ['encrypted'] : []);
}

function withoutClaims(topic: 'machine' | 'other', language: string, flags: readonly Flag[]): Facts {
  return { language, topic, reason: null, product: null, values: {}, described: false, hasScreenshot: false, hasPhoto: false, privacy: null, flags };
}

function hitOf(hits: readonly Hit[], concept: Hit['concept']): Hit | undefined {
  return hits.find((hit) => hit.concept === concept && !hit.negated && !(hit.conditional && concept !== 'chargeback' && concept !== 'legal_threat') && hit.sentence.passage.kind === 'own');
}

/** The subject (unless it is our own, answered), the customer's words, and mails they forward as proof. */
export function passagesOf(message: Message): Passage[] {
  const passages: Passage[] = [];
  // The tag of our own replies is no number of theirs. Blanks in its place keep the offsets.
  const untagged = message.subject.replace(/\[RT-[0-9A-Z]{4,12}\]/gi, (tag) => ' '.repeat(tag.length));
  const subject = untagged.replace(/^(?:\s*(?:re|fwd?|aw|wg|tr|rv|rif|odp|ynt|отв|ответ|返信|回复)\s*(?:\[\d+\])?\s*[:：])+\s*/iu, '');
  const isReply = subject !== untagged;
  if (subject.trim() !== '' && !isReply) passages.push({ text: subject, source: 'subject', kind: 'own', question: null });
  for (const segment of message.segments) {
    if (segment.kind === 'own') passages.push({ text: segment.text, source: 'body', kind: 'own', question: segment.question });
    else if (segment.kind === 'forward') passages.push({ source: 'body', question: null, ...(speaksForThem(segment.text, message) ? { text: withoutHeader(segment.text), kind: 'own' } : { text: segment.text, kind: 'forward' }) });
  }
  // The subject of an answer is our own wording, or the customer's of an earlier mail: weaker than what they write now.
  if (subject.trim() !== '' && isReply) passages.push({ text: subject, source: 'subject', kind: 'forward', question: null });
  return passages;
}

/** Who only hands on what a colleague or a relative wrote says little beside it. Characters. */
const handedOn = 400;
const writtenBy = /^\s*\p{L}{2,16}(?:\s\p{L}{1,10})?\s?[:：][^\n]{0,80}?(?<local>[\w.+-]{1,64})@(?<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})/u;

/** "Je vous fais suivre le message de notre stagiaire": a mail of somebody at the sender's own domain, handed on with a few words, is the request itself. */
function speaksForThem(text: string, message: Message): boolean {
  const { local = '', domain } = writtenBy.exec(text)?.groups ?? {};
  const said = message.segments.filter(({ kind }) => kind === 'own').reduce((sum, { text: { length } }) => sum + length, 0);
  return domain !== undefined && said <= handedOn && message.from?.address.toLowerCase().endsWith(`@${domain.toLowerCase()}`) === true && !/no-?reply|notif|mailer|billing|invoice|payments?/iu.test(local);
}

/** Blanks in its place: neither its day nor its addresses are said by anybody. */
function withoutHeader(text: string): string {
  return text.replace(/^(?:[^\n]+\n){1,10}(?=\s*\n)/u, (header) => header.replace(/[^\n]/gu, ' '));
}

/** More than the bare demand: a reason, or a few sentences. */
function isDescribed(sentenceCount: number, passages: readonly Passage[], hasReason: boolean): boolean {
  const words = passages.filter((passage) => passage.kind === 'own').reduce((sum, passage) => sum + passage.text.length, 0);
  return (hasReason && words > 25) || (sentenceCount > 2 && words > 120);
}
