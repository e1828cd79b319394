import type { Facts, Product, Reason, Topic } from './facts.ts';
import { scoreConcepts } from './concept-scores.ts';
import type { Scores } from './concept-scores.ts';
import type { Concept } from './language-data.ts';
import type { Hit } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a person wants, why, and of what: topic, reason and product, weighed from the phrases that were found. */
export interface Classification {
  readonly topic: Topic;
  readonly reason: Reason | null;
  readonly product: Product | null;
  readonly privacy: Facts['privacy'];
  readonly severalRequests: boolean;
}

/** A reason whose weight comes this near the heaviest one's holds as well; then the merchant's order of rules decides. */
const alsoHolds = 0.97;

const requests = ['want_refund', 'want_replacement', 'want_cancel', 'want_revision', 'want_erasure', 'want_access'] as const;
/** A request of less than this share of the loudest one's weight is an echo: "I do not even ask for my money". */
const heardBeside = 0.3;

/** `said` are the scores of phrases alone: a second request must be made in words, likeness is not enough. */
export function classify(scores: Scores, said: Scores, vocabulary: Vocabulary): Classification {
  const of = (concept: Concept): number => scores.get(concept) ?? 0;
  const loudest = Math.max(...requests.map(of));
  const request = (concept: (typeof requests)[number]): number => (of(concept) < loudest * heardBeside ? 0 : of(concept));
  const refund = request('want_refund');
  const replacement = vocabulary.products.includes('physical') ? request('want_replacement') : 0;
  const sellsWork = vocabulary.products.includes('digital_service');
  const revision = sellsWork ? request('want_revision') : 0;
  const privacy = choosePrivacy(scores);
  const money = refund + replacement;
  const chosen = chooseReason(scores, vocabulary);
  // A book that goes from page 11 to page 14 sounds like a page that does not load: nothing but likeness says so, and goods are spoken of.
  const isOfGoods = chosen === 'technical_failure' && (said.get('technical_failure') ?? 0) === 0 && vocabulary.reasons.includes('defective_item') && of('product_physical') >= 1 && of('product_credits') < 1;
  if (isOfGoods) return classify(new Map(scores).set('defective_item', of('defective_item') + of('technical_failure')).set('technical_failure', 0), said, vocabulary);
  // "Please cancel it", of a charge that should not have been: where no plan is spoken of, there is none to end.
  const cancelsCharge = chosen !== null && chargedWrongly.has(chosen) && of(chosen) >= 1 && of('product_subscription') === 0 && vocabulary.default_product !== 'subscription';
  const cancel = cancelsCharge || of('already_cancelled') >= 1 ? 0 : Math.max(request('want_cancel'), sellsWork ? of('want_cancel_order') : 0);
  // A button that does not cancel is no fault of what was bought.
  const loud = chosen === 'technical_failure' && cancel >= 1 && of('technical_failure') < cancel * 0.8 && money === 0 ? null : chosen;
  const product = chooseProduct(scores, vocabulary, loud, cancel >= 0.4 && money === 0);
  // A book that was never opened is no balance that is left.
  const reason = loud === 'unused_balance' && product === 'physical' && vocabulary.reasons.includes('changed_mind') ? 'changed_mind' : loud;
  const rest = { reason, product, privacy: null };

  // "Please have it corrected", of a bill.
  const isOverheard = reason !== null && of(reason) >= 1 && privacyWeight(scores) < 1;
  if (privacy !== null && !isOverheard && (money === 0 || privacy === 'child') && cancel + money + (reason === 'technical_failure' ? 1 : 0) < 1.5 * privacyWeight(scores)) {
    return { ...rest, topic: 'privacy', reason: null, product: null, privacy, severalRequests: false };
  }
  const told = [...requests, ...vocabulary.reasons, 'want_credits_back', 'privacy_question'] as const;
  // Who has bought nothing so far asks how a refund would be made, not for one.
  const asked = said.get('other_question') ?? 0;
  if (scores !== said && asked >= surelyAsked && told.every((concept) => (said.get(concept) ?? 0) < asked && of(concept) < surelyAsked)) return { ...rest, topic: 'other', reason: null, product: null, severalRequests: false };
  // Where nothing else is said in so many words, a question is what it is loudest.
  if (scores !== said && of('other_question') > Math.max(...told.map(of)) && !told.some((concept) => (said.get(concept) ?? 0) > 0)) return { ...rest, topic: 'other', reason: null, product: null, severalRequests: false };
  const several = (topic: Topic): boolean => {
    if (topic === 'refund' && cancel > 0 && (said.get('want_cancel') ?? 0) >= 1 && !sellsWork && vocabulary.default_product !== 'balance' && (money > 0 || reason !== null)) return true;
    return privacy === 'request' && privacyWeight(said) > 1 && topic !== 'privacy';
  };
  const saidMoney = (said.get('want_refund') ?? 0) + (said.get('want_replacement') ?? 0);
  const done = (topic: Topic): Classification => ({ ...rest, topic, severalRequests: several(topic) });

  if (sellsWork && cancel >= 1 && cancel >= revision && !(reason !== null && isFault(reason))) {
    // Who calls work off has seen no result yet: where they say in words that it is not wanted, likeness to a complaint is none.
    const isUnseen = reason === 'dissatisfied_result' && (said.get('dissatisfied_result') ?? 0) === 0 && (said.get('changed_mind') ?? 0) >= 1;
    return { ...done('cancellation'), ...(isUnseen ? { reason: 'changed_mind' } : {}) };
  }
  if (reason === 'technical_failure') return done('technical_problem');
  // Goods that are to go back, said in so many words, are not to be worked on, whatever the sentence resembles.
  if (rest.product === 'physical' && saidMoney >= 1 && (said.get('want_revision') ?? 0) < 1) return done('refund');
  if (sellsWork && revision >= 1 && revision > money) return { ...done('revision'), reason: rest.product === 'physical' && reason !== 'changed_mind' ? null : (reason ?? (rest.product === 'digital_service' ? 'dissatisfied_result' : null)) };
  if (money >= 0.4) return done('refund');
  const fault = reason !== null && isFault(reason) ? (scores.get(reason) ?? 0) : 0;
  if (cancel >= 0.4 && cancel >= fault) return { ...done('cancellation'), reason: reason === 'unused_balance' || reason === 'used_balance' ? null : reason };
  if (revision >= 0.4) return done('revision');
  // Something is broken, and the merchant has no rule for that: still no request for money.
  if (of('technical_failure') >= 3 && of('technical_failure') > (reason === null ? 0 : of(reason)) && !vocabulary.reasons.includes('technical_failure')) return { ...done('technical_problem'), reason: 'technical_failure' };
  if (reason !== null && (scores.get(reason) ?? 0) >= 1) return done('refund');
  if (of('want_credits_back') > 0) return done('refund');
  // Who has the bank take the money back wants it back, whether the mail says so or not.
  if (of('chargeback') >= surelyDisputed) return done('refund');
  // What likeness plays down was still said in words: a draft too many is struck by a person, a request overheard is lost.
  if (scores !== said) return classify(said, said, vocabulary);
  return { ...rest, topic: 'other', reason: null, product: null, severalRequests: false };
}

/**
 * What is to be done about a faulty thing, chosen in so many words: money or another one. A subject that only names the request ("Запыт на
 * вяртанне - SB-10482" is how the merchant wants to be written to) chooses nothing.
 */
export function findResolution(hits: readonly Hit[]): Hit | null {
  const of = (concept: Concept, source: 'body' | 'subject'): Hit[] => hits.filter((hit) => hit.concept === concept && !hit.negated && hit.sentence.passage.kind === 'own' && hit.sentence.passage.source === source);
  const refund = of('want_refund', 'body');
  const replacement = [...of('want_replacement', 'body'), ...of('want_replacement', 'subject')];
  const chosen = weight(replacement) > 0 && weight(replacement) >= weight(refund) ? replacement : refund;
  if (replacement.some(({ sentence }) => isEither.test(sentence.passage.text.slice(sentence.start, sentence.end)))) return null;
  return chosen.toSorted((a, b) => b.weight - a.weight)[0] ?? null;
}

/** "A new one or my money, I do not mind": nothing is chosen. */
const isEither = /(?<!\p{L})(?:i do(?:n['’]t| not) mind which|either (?:one |way )?(?:is|would be|will be) (?:fine|ok(?:ay)?|good)|(?:мне )?(?:вс[её] равно|без разницы|не важно),? (?:что|как)|(?:мне|нам) (?:вс[её] равно|без разницы|не важно)(?=[.!]|$)|хоть [^.!?]{2,40}, хоть|(?:мне|нам) (?:ўсё|усё) (?:адно|роўна)|хоць [^.!?]{2,40}, хоць|wszystko (?:mi |nam )?jedno|(?:mi|nam) to obojętne|jest (?:mi|nam) obojętne|(?:ist )?(?:mir|uns) egal|me da igual|peu m[’']importe|tanto faz|(?:per me |mi )è indifferente|(?:bana )?fark etmez|سواء عندي|لا فرق عندي|ما يفرق معي|أي منهما)(?!\p{L})|どちらでも(?:構い|かまい|いい|良い|結構)|상관\s?없|아무거나\s?괜찮|둘\s?다\s?괜찮/iu;

function weight(found: readonly Hit[]): number {
  return scoreConcepts(found).get(found[0]?.concept ?? 'want_refund') ?? 0;
}

/** Reasons that lie in what was delivered or charged, not in the customer's mind. */
function isFault(reason: Reason): boolean {
  return reason !== 'changed_mind' && reason !== 'unused_balance' && reason !== 'dissatisfied_result' && reason !== 'late_delivery';
}

const chargedWrongly: ReadonlySet<Reason> = new Set(['duplicate_charge', 'wrong_amount', 'duplicate_debit']);

/** A dispute with the bank that is told so loudly is one. */
const surelyDisputed = 2;

/** Said so loudly, who has left is charged without leave where a charge is spoken of; so loudly, it was two charges all the same. */
const surelyLeft = 2;
const surelyTwice = 3;
const surelyMisdirected = 3;
const surelyLate = 2;
const surelyBad = 2;
const badlyBeside = 0.6;
const surelyFailing = 3;
const surelyAsked = 3;
/** A request that was charged twice is heard beside a charge made twice from this share of its weight on. */
const debitBeside = 0.5;

function chooseReason(scores: Scores, vocabulary: Vocabulary): Reason | null {
  let weighed = vocabulary.reasons.map((reason) => [reason, scores.get(reason) ?? 0] as const).filter(([, score]) => score > 0);
  // Where nothing but an outage gives money back, what keeps failing is one.
  const failing = scores.get('technical_failure') ?? 0;
  if (failing >= surelyFailing && vocabulary.reasons.includes('service_outage') && !vocabulary.reasons.includes('technical_failure') && (scores.get('service_outage') ?? 0) < failing && (scores.get('account_blocked') ?? 0) < 1) {
    weighed = vocabulary.reasons.map((reason) => [reason, reason === 'service_outage' ? failing : (scores.get(reason) ?? 0)] as const).filter(([, score]) => score > 0);
  }
  // Who is locked out by the merchant meets no fault of a page.
  if ((scores.get('account_blocked') ?? 0) > (scores.get('technical_failure') ?? 0)) weighed = weighed.filter(([reason]) => reason !== 'technical_failure');
  const [loudest] = weighed.toSorted((a, b) => b[1] - a[1]);
  if (loudest?.[0] === 'duplicate_charge' && loudest[1] < surelyTwice && (scores.get('already_cancelled') ?? 0) >= surelyLeft && vocabulary.reasons.includes('unauthorized_payment')) return 'unauthorized_payment';
  // What is left over is what they ask for; that something was broken or no good is why. Where a balance is sold, it is the balance that is asked back.
  const fault = weighed.some(([reason, score]) => isFault(reason) && reason !== 'used_balance' && score >= 1);
  const disappointed = vocabulary.default_product !== 'balance' && Math.max(scores.get('dissatisfied_result') ?? 0, scores.get('changed_mind') ?? 0) >= 2;
  // An address that the customer gave wrongly is why the parcel went to others, or came late.
  if ((scores.get('wrong_address') ?? 0) >= surelyMisdirected && weighed.some(([reason]) => reason === 'wrong_address')) weighed = weighed.filter(([reason]) => reason !== 'not_received' && reason !== 'late_delivery');
  // "Billed twice for one prompt" is a charge made twice too, but of the balance.
  if ((scores.get('duplicate_debit') ?? 0) >= (scores.get('duplicate_charge') ?? 0) * debitBeside && weighed.some(([reason, score]) => reason === 'duplicate_debit' && score >= 1)) weighed = weighed.filter(([reason]) => reason !== 'duplicate_charge');
  // What came out badly is not wanted any more either.
  const [badly, unwanted] = [scores.get('dissatisfied_result') ?? 0, scores.get('changed_mind') ?? 0];
  if (badly >= surelyBad && badly >= unwanted * badlyBeside && weighed.some(([reason]) => reason === 'dissatisfied_result')) weighed = weighed.filter(([reason]) => reason !== 'changed_mind');
  // What came too late is not wanted any more: that is why.
  if ((scores.get('late_delivery') ?? 0) >= surelyLate && weighed.some(([reason]) => reason === 'late_delivery')) weighed = weighed.filter(([reason]) => reason !== 'changed_mind');
  if (fault || disappointed) weighed = weighed.filter(([reason]) => reason !== 'unused_balance');
  const best = Math.max(0, ...weighed.map(([, score]) => score));
  // Why they left is no reason for a charge that came after.
  if (best < ((scores.get('already_cancelled') ?? 0) >= surelyLeft ? 1 : 0.4)) return null;
  return weighed.find(([, score]) => score >= best * alsoHolds)?.[0] ?? null;
}

function chooseProduct(scores: Scores, vocabulary: Vocabulary, reason: Reason | null, cancels: boolean): Product | null {
  const { products } = vocabulary;
  if (products.length === 1) return products[0] ?? null;
  const of = (product: Product): number => (products.includes(product) ? (scores.get(`product_${product}`) ?? 0) : 0);
  if (vocabulary.default_product === 'subscription' && of('credit_pack') < 1) {
    // Credits come with the plan here: to speak of them says what failed, but not what was bought.
    if (reason !== 'technical_failure') return 'subscription';
    return of('credits') > 0 ? 'credits' : null;
  }
  if (of('credit_pack') >= 1) return 'credit_pack';
  if (cancels && products.includes('subscription')) return 'subscription';
  const physicalReasons: readonly Reason[] = ['defective_item', 'damaged_in_transit', 'wrong_item', 'not_received', 'late_delivery', 'wrong_address', 'minor_color_difference'];
  // Files, too, can be late or lost where work is sold.
  const hint = reason === null || !physicalReasons.includes(reason) || !products.includes('physical') ? 0 : products.includes('digital_service') && (reason === 'not_received' || reason === 'late_delivery') ? 0.3 : 1.5;
  const weighed = products.map((product) => [product, of(product) + (product === 'physical' ? hint : 0)] as const).toSorted((a, b) => b[1] - a[1]);
  const [best] = weighed;
  if (best && best[1] >= 0.4) return best[0];
  return vocabulary.default_product;
}

function privacyWeight(scores: Scores): number {
  return Math.max(...(['want_erasure', 'want_access', 'privacy_question', 'privacy_other', 'child_account'] as const).map((concept) => scores.get(concept) ?? 0));
}

function choosePrivacy(scores: Scores): Facts['privacy'] {
  const of = (concept: Concept): number => scores.get(concept) ?? 0;
  if (of('child_account') >= 1) return 'child';
  const request = Math.max(of('want_erasure'), of('want_access'));
  if (request >= 1 && request >= of('privacy_question') * 0.7) return 'request';
  if (of('privacy_question') >= 1) return 'question';
  if (request > 0.4) return 'request';
  return of('privacy_other') >= 1 ? 'other' : null;
}
