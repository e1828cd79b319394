import type { Scores } from './concept-scores.ts';
import { likenessTogether } from '../likeness/example-book.ts';
import type { ExampleBook, Resemblance } from '../likeness/example-book.ts';
import type { Concept } from '../text/language-data.ts';
import { exampleConcepts } from '../likeness/read-examples.ts';
import type { ExampleConcept } from '../likeness/read-examples.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/**
 * Mail evidence: what a mail as a whole says of each concept, measured in a few ways, and what its merchant sells. One sentence alone says little of why
 * somebody writes; all of them together say more.
 */
export interface MailEvidence {
  /** Of each concept, in the order of `exampleConcepts`, its measures in the order of `measures`; 0 where nothing speaks for it. */
  readonly values: Float64Array;
  /** Sentences that are long enough to resemble anything. */
  readonly sentences: number;
}

/**
 * `whole`: likeness of all sentences taken as one. `content`: of those that say something. `top`: of the likeliest sentence. `sum`: of all of them, added
 * up. `said`: phrases. The first three as logarithms, from 0.
 */
export const measures = ['whole', 'content', 'sum', 'top', 'said'] as const;

/** As little likeness is none: chance gives as much. */
const noise = 0.02;
/** A sentence as like those that say nothing is no content. */
const surelyNothing = 0.7;
/** What a strong phrase weighs: a second one says the same thing. */
const strongPhrase = 3;

/** `resemblances`: of the customer's own sentences, without those too short to resemble anything. `ofGoods` where what fails is a faulty thing. */
export function gatherEvidence(resemblances: readonly Resemblance[], said: Scores, book: ExampleBook | null, ofGoods: boolean): MailEvidence {
  const values = new Float64Array(exampleConcepts.length * measures.length);
  if (book !== null && resemblances.length > 0) {
    const nothing = book.concepts.indexOf('nothing');
    const whole = likenessTogether(resemblances, book);
    const content = likenessTogether(resemblances.filter(({ shares }) => (shares[nothing] ?? 0) < surelyNothing), book);
    for (const [c, concept] of book.concepts.entries()) {
      const start = placeOf(concept);
      let sum = 0;
      let top = 0;
      for (const { shares } of resemblances) {
        sum += shares[c] ?? 0;
        top = Math.max(top, shares[c] ?? 0);
      }
      values.set([inLogarithms(whole[c] ?? 0), inLogarithms(content[c] ?? 0), sum, inLogarithms(top)], start);
    }
  }
  for (const concept of exampleConcepts) {
    if (concept !== 'nothing') values[placeOf(concept) + measures.length - 1] = Math.min(strongPhrase, said.get(concept) ?? 0) / strongPhrase;
  }
  if (ofGoods) moveEvidence(values, 'technical_failure', 'defective_item');
  return { values, sentences: resemblances.length };
}

/** Where a concept's measures begin. */
function placeOf(concept: Concept | 'nothing'): number {
  return placesByConcept.get(concept) ?? 0;
}

const placesByConcept: ReadonlyMap<string, number> = new Map(exampleConcepts.map((concept, index) => [concept, index * measures.length]));

function inLogarithms(share: number): number {
  return Math.log1p(share / noise);
}

function moveEvidence(values: Float64Array, from: ExampleConcept, to: ExampleConcept): void {
  for (let m = 0; m < measures.length; m++) {
    values[placeOf(to) + m] = Math.max(values[placeOf(to) + m] ?? 0, values[placeOf(from) + m] ?? 0);
    values[placeOf(from) + m] = 0;
  }
}

/** Nothing was said that resembles anything, and no phrase: an empty mail, or "see below". */
export function isSilent({ values, sentences }: MailEvidence): boolean {
  return sentences === 0 && values.every((value) => value === 0);
}

/** How much of the evidence for a concept stands in the measure. */
export function measureOf({ values }: MailEvidence, concept: ExampleConcept, measure: (typeof measures)[number]): number {
  return values[placeOf(concept) + measures.indexOf(measure)] ?? 0;
}

/** Evidence and merchant as the numbers that are weighed: the evidence's values, what the merchant is like, the mail's length, and 1. */
export function featuresOfMail({ values, sentences }: MailEvidence, { default_product: standard, products, reasons }: Vocabulary): Float64Array {
  const features = new Float64Array(featureCount);
  features.set(values);
  const merchant = [standard === 'subscription', standard === 'balance', products.includes('digital_service'), products.includes('physical'), reasons.includes('technical_failure')];
  features.set([...merchant.map(Number), sentences / 10, 1], values.length);
  return features;
}

const merchantTraits = 5;
export const featureCount = exampleConcepts.length * measures.length + merchantTraits + 2;
