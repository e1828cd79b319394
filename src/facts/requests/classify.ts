import type { Facts, Product, Reason, Topic } from '../facts.ts';
import type { Scores } from './concept-scores.ts';
import type { Concept } from '../text/language-data.ts';
import { isSilent, measureOf } from './mail-evidence.ts';
import type { MailEvidence } from './mail-evidence.ts';
import { likeliest, weighReasons, weighTopics } from './mail-weights.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** What a person wants, why, and of what. */
export interface Classification {
  readonly topic: Topic;
  readonly reason: Reason | null;
  readonly product: Product | null;
  readonly privacy: Facts['privacy'];
  readonly severalRequests: boolean;
}

const requests = ['want_refund', 'want_replacement', 'want_cancel', 'want_revision', 'want_erasure', 'want_access'] as const;
/** A request of less than this share of the loudest one's weight is an echo: "I do not even ask for my money". */
const heardBeside = 0.3;

/**
 * Topic and reason by the evidence of the whole mail, what else there is by the scores of its sentences. `said` are the scores of phrases alone: a second
 * request must be made in words, likeness is not enough. `told` is a topic that is known from elsewhere.
 */
export function classify(evidence: MailEvidence, scores: Scores, said: Scores, vocabulary: Vocabulary, told?: Topic): Classification {
  const of = (concept: Concept): number => scores.get(concept) ?? 0;
  const topic = told ?? chooseTopic(evidence, said, vocabulary);
  if (topic === 'privacy') return { topic, reason: null, product: null, privacy: choosePrivacy(scores) ?? likeliestPrivacy(evidence), severalRequests: false };
  if (topic === 'other' || topic === 'machine') return { topic, reason: null, product: null, privacy: null, severalRequests: false };

  const chosen = topic === 'technical_problem' ? 'technical_failure' : chooseReason(evidence, scores, said, vocabulary);
  const product = chooseProduct(scores, vocabulary, chosen, topic === 'cancellation');
  // A book that was never opened is no balance that is left.
  const reason = chosen === 'unused_balance' && product === 'physical' && vocabulary.reasons.includes('changed_mind') ? 'changed_mind' : chosen;
  const loudest = Math.max(...requests.map(of));
  const sellsWork = vocabulary.products.includes('digital_service');
  const cancels = of('want_cancel') >= loudest * heardBeside && (said.get('want_cancel') ?? 0) >= 1 && of('already_cancelled') < 1 && !sellsWork && vocabulary.default_product !== 'balance';
  const isPrivate = choosePrivacy(scores) === 'request' && privacyWeight(said) > 1;
  return { topic, reason, product, privacy: null, severalRequests: (topic === 'refund' && cancels) || isPrivate };
}

/** So few sentences hold little that could be weighed: there what a phrase says plainly goes before what is weighed. */
const fewSentences = 3;
/** A request is plain by a strong phrase. */
const plainRequest = 3;
/** A reason is plain by a strong phrase, or by a sum that is named twice. */
const plainReason = 2;
/** A reason as likely as this stands against plain words; a sentence that stands alone must be more like it, for nothing beside it speaks for another. */
const surely = 0.7;
const surelyAlone = 0.98;
const hardlyMistaken = 0.9;

function chooseTopic(evidence: MailEvidence, said: Scores, vocabulary: Vocabulary): Topic {
  if (isSilent(evidence)) return 'other';
  const topic = likeliest(weighTopics(evidence, vocabulary))?.name ?? 'other';
  const of = (concept: Concept): number => said.get(concept) ?? 0;
  // Likeness alone, without a word of it.
  const isUnsaid = (topic === 'revision' && of('want_revision') < 1) || (topic === 'privacy' && privacyWeight(said) < 1);
  const canBePlainer = isUnsaid || topic === 'other' || topic === 'cancellation' || topic === 'refund';
  if (evidence.sentences > fewSentences || !canBePlainer) return topic;
  const sellsWork = vocabulary.products.includes('digital_service');
  // Who asks how a refund would be made has not asked for one.
  if (of('other_question') >= plainRequest) return topic;
  if (of('want_refund') >= plainRequest) return topic === 'cancellation' && sellsWork ? topic : 'refund';
  if (of('want_cancel') >= 1 && of('want_refund') < 1 && (sellsWork || vocabulary.products.includes('subscription'))) return 'cancellation';
  if (topic !== 'other' && !isUnsaid) return topic;
  // "Refund", says the subject, and the mail the number of the order; "a dry copy, please".
  if (Math.max(of('want_refund'), of('want_replacement')) >= 1 && of('other_question') < 1) return 'refund';
  if (of('technical_failure') >= plainRequest && vocabulary.reasons.includes('technical_failure')) return 'technical_problem';
  return saidReason(said, said, vocabulary) === null ? topic : 'refund';
}

function chooseReason(evidence: MailEvidence, scores: Scores, said: Scores, vocabulary: Vocabulary): Reason | null {
  const shares = new Map(weighReasons(evidence, vocabulary));
  // Likeness knows no negation: "I have not used any of them".
  if ((said.get('unused_all') ?? 0) >= 1) shares.delete('used_balance');
  const best = likeliest(shares);
  const guessed = best === null || best.name === 'none' ? null : best.name;
  // Who says so little and no word of a reason is asked for it, unless it is hardly to be mistaken, or only that it is not wanted.
  const reason = guessed !== null && guessed !== 'changed_mind' && evidence.sentences <= fewSentences && (said.get(guessed) ?? 0) === 0 && (best?.share ?? 0) < hardlyMistaken ? null : guessed;
  // "Bought by mistake, and nothing of it is used": the mistake is why. Where a balance is sold, it is the balance that is asked back.
  if (reason === 'unused_balance' && vocabulary.default_product === 'subscription' && (said.get('changed_mind') ?? 0) >= plainReason) return 'changed_mind';
  const plain = saidReason(scores, said, vocabulary);
  // A sum that is named twice is the right one, twice.
  if (plain === 'duplicate_charge' && reason === 'wrong_amount') return plain;
  // "The book costs 39.90, with the coupon I paid 31.92": two prices alone are no price that fell, where something else is plainly why.
  const isOfPrices = reason === 'price_drop' && (said.get(reason) ?? 0) === 0 && plain !== null;
  if (best !== null && best.share >= (evidence.sentences > 1 && !isOfPrices ? surely : surelyAlone) && (reason !== null || evidence.sentences > fewSentences)) return reason;
  if (vocabulary.reasons.every((each) => (scores.get(each) ?? 0) === 0)) return null;
  return plain === null || (reason !== null && saidOfOthersToo.has(plain)) ? reason : plain;
}

/** What is left over, and two charges, are spoken of where something else is why: an outage, one request that was charged twice. */
const saidOfOthersToo: ReadonlySet<Reason> = new Set(['unused_balance', 'duplicate_charge']);

/** The reason that is given in plain words; of several the one that the sentences resemble most. Null where there is none. */
function saidReason(scores: Scores, said: Scores, { reasons }: Vocabulary): Reason | null {
  const plain = reasons.filter((each) => each !== 'technical_failure' && (said.get(each) ?? 0) >= plainReason);
  return plain.toSorted((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0))[0] ?? null;
}

function chooseProduct(scores: Scores, vocabulary: Vocabulary, reason: Reason | null, cancels: boolean): Product | null {
  const { products } = vocabulary;
  if (products.length === 1) return products[0] ?? null;
  const said = (product: Product): number => scores.get(`product_${product}`) ?? 0;
  // A pack of credits is credits, where no packs are sold.
  const of = (product: Product): number => (!products.includes(product) ? 0 : product === 'credits' && !products.includes('credit_pack') ? Math.max(said(product), said('credit_pack')) : said(product));
  if (vocabulary.default_product === 'subscription' && of('credit_pack') < 1) {
    // Credits come with the plan here: to speak of them says what failed, but not what was bought.
    // "I bought 100 credits", where no plan is spoken of.
    if (reason !== 'technical_failure') return products.includes('credits') && said('credit_pack') >= 1 && said('subscription') < 1 ? 'credits' : 'subscription';
    return of('credits') > 0 ? 'credits' : null;
  }
  if (of('credit_pack') >= 1) return 'credit_pack';
  if (cancels && products.includes('subscription')) return 'subscription';
  const physicalReasons: readonly Reason[] = ['defective_item', 'damaged_in_transit', 'wrong_item', 'not_received', 'late_delivery', 'wrong_address', 'minor_color_difference'];
  // Files, too, can be late or lost where work is sold.
  const hint = reason === null || !physicalReasons.includes(reason) || !products.includes('physical') ? 0 : products.includes('digital_service') && (reason === 'not_received' || reason === 'late_delivery') ? 0.3 : 1.5;
  // A portrait can be printed, but no print is a file: "a print of the portrait of my wife" is a print.
  const weighed = products.map((product) => [product, of(product) + (product === 'physical' ? hint : 0)] as const).toSorted((a, b) => b[1] - a[1] || Number(b[0] === 'physical') - Number(a[0] === 'physical'));
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

const privacyByConcept = [['want_erasure', 'request'], ['want_access', 'request'], ['privacy_question', 'question'], ['privacy_other', 'other'], ['child_account', 'child']] as const;

function likeliestPrivacy(evidence: MailEvidence): NonNullable<Facts['privacy']> {
  return privacyByConcept.toSorted(([one], [other]) => measureOf(evidence, other, 'whole') - measureOf(evidence, one, 'whole'))[0]?.[1] ?? 'other';
}
