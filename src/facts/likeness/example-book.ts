import { keysOf } from '../text/keys-of.ts';
import type { Concept, LanguageData } from '../text/language-data.ts';
import { NumberTable } from './number-table.ts';
import { featuresOf, isPiece } from './sentence-features.ts';

/**
 * An example book: sentences as customers write them, each under what it says. A sentence is weighed by its likeness to them: how much more often
 * each of its features stands under a concept than chance would have it (naive Bayes on smoothed ratios), put right by a few rounds of
 * multinomial logistic regression. Made when a language is first used.
 */
export interface ExampleBook {
  readonly concepts: readonly (Concept | 'nothing')[];
  /** The row of each feature; its weights begin there, one for each concept. */
  readonly rows: NumberTable;
  /** In steps of `step`: a byte is near enough, and four times as many fit where they are near. */
  readonly weights: Int8Array;
  readonly step: number;
  readonly bias: Float32Array;
  readonly unspaced: boolean;
}

/** Example sentences of one language; `nothing` are sentences that say none of the things: greetings, small talk, circumstances. */
export type Examples = Readonly<Partial<Record<Concept | 'nothing', readonly string[]>>>;

// Both chosen by leaving out each fifth of the examples in turn.
/** Sightings of each feature that are taken for granted, spread over all concepts: so many for each example of the book. */
const smoothing = 0.01;
/** How far features are trusted beside each other: they are not independent. */
const trust = 0.6;

/** Rounds over all examples, and how far the first one goes: more of either learns the examples by heart. */
const rounds = 3;
const firstRate = 1.5;
/** An example as likely as this has nothing more to teach in this round. */
const learntWell = 0.9;
/** Smaller corrections are not worth their time. */
const leastCorrection = 0.01;

export function fitExampleBook(examples: Examples, language: Pick<LanguageData, 'writing'>): ExampleBook {
  const unspaced = language.writing === 'unspaced';
  const concepts = keysOf(examples);
  const lessons = concepts.flatMap((concept, target) => (examples[concept] ?? []).map((sentence) => ({ features: featuresOf(sentence, unspaced), target })));
  const numbers = new NumberTable();
  const features: number[] = [];
  const counts: number[] = [];
  for (const lesson of lessons) {
    for (let i = 0; i < lesson.features.length; i++) {
      const feature = lesson.features[i] ?? 0;
      const number = numbers.addOrGet(feature);
      if (number === features.length) {
        features.push(feature);
        counts.push(0);
      }
      counts[number] = (counts[number] ?? 0) + 1;
      lesson.features[i] = number;
    }
  }
  const rows = new NumberTable();
  const sightings: number[] = [];
  const rowOf = Int32Array.from(features, (feature, number) => {
    const count = counts[number] ?? 0;
    if (count === 1 && isPiece(feature)) return -1;
    sightings.push(count);
    return rows.addOrGet(feature);
  });
  const weights = new Float32Array(rows.size * concepts.length);
  /** Sightings of all features, and sentences, by concept. */
  const sizes = new Float64Array(concepts.length);
  const sentences = new Float64Array(concepts.length);
  for (const lesson of lessons) {
    const { target } = lesson;
    sentences[target] = (sentences[target] ?? 0) + 1;
    for (const number of lesson.features) {
      const row = rowOf[number] ?? -1;
      if (row === -1) continue;
      const at = row * concepts.length + target;
      weights[at] = (weights[at] ?? 0) + 1;
      sizes[target] = (sizes[target] ?? 0) + 1;
    }
  }
  weigh(weights, sightings, sizes, (smoothing * lessons.length) / concepts.length);
  const bias = Float32Array.from(sentences, (count) => Math.log(count / lessons.length));
  const width = concepts.length;
  const examplesAsRows = lessons.map(({ features: seen, target }) => ({ starts: seen.map((number) => (rowOf[number] ?? -1) * width).filter((start) => start >= 0), target }));
  putRight(weights, bias, examplesAsRows);
  return { concepts, rows, ...inBytes(weights), bias, unspaced };
}

interface ExampleRows {
  /** Where the weights of its features begin. */
  readonly starts: Int32Array;
  readonly target: number;
}

/** Rounds of stochastic gradient descent, always in the same mixed order. */
function putRight(weights: Float32Array, bias: Float32Array, examples: readonly ExampleRows[]): void {
  const p = new Float32Array(bias.length);
  const corrected = new Int32Array(bias.length);
  let left = mixed(examples);
  for (let round = 0; round < rounds; round++) {
    const rate = firstRate / (1 + round / 2);
    const unlearnt: ExampleRows[] = [];
    for (const example of left) {
      const { starts, target } = example;
      const scale = 1 / Math.sqrt(starts.length || 1);
      p.fill(0);
      for (const start of starts) for (let c = 0, at = start; c < p.length; c++, at++) p[c] = (p[c] ?? 0) + (weights[at] ?? 0);
      asProbabilities(p, scale, bias);
      if ((p[target] ?? 0) > learntWell) continue;
      unlearnt.push(example);
      let count = 0;
      for (let c = 0; c < p.length; c++) {
        const correction = ((c === target ? 1 : 0) - (p[c] ?? 0)) * rate;
        if (Math.abs(correction) < leastCorrection) continue;
        bias[c] = (bias[c] ?? 0) + correction * 0.1;
        p[c] = correction * scale;
        corrected[count++] = c;
      }
      for (const start of starts) for (let i = 0; i < count; i++) {
        const c = corrected[i] ?? 0;
        weights[start + c] = (weights[start + c] ?? 0) + (p[c] ?? 0);
      }
    }
    left = unlearnt;
  }
}

/**
 * Strides through the list by its golden section, so that no few steps come back to the same place: examples of one concept stand together in it, and
 * a stride near two thirds of its length would teach them almost one concept after the other.
 */
function mixed<T>(list: readonly T[]): T[] {
  let stride = Math.max(1, Math.round(list.length * goldenSection));
  while (greatestCommonDivisor(stride, list.length) > 1) stride++;
  return list.map((_, index) => list[(index * stride) % list.length]).filter((one) => one !== undefined);
}

const goldenSection = (Math.sqrt(5) - 1) / 2;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Turns sums of weights into probabilities, in place. */
function asProbabilities(scores: Float32Array, scale: number, bias: Float32Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c++) {
    scores[c] = (scores[c] ?? 0) * scale + (bias[c] ?? 0);
    highest = Math.max(highest, scores[c] ?? 0);
  }
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const value = Math.exp((scores[c] ?? 0) - highest);
    scores[c] = value;
    sum += value;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}

/** Each weight in so many steps of one size. */
function inBytes(weights: Float32Array): Pick<ExampleBook, 'weights' | 'step'> {
  let greatest = 0;
  for (let at = 0; at < weights.length; at++) greatest = Math.max(greatest, Math.abs(weights[at] ?? 0));
  const step = greatest / 127 || 1;
  const bytes = new Int8Array(weights.length);
  for (let at = 0; at < weights.length; at++) bytes[at] = Math.round((weights[at] ?? 0) / step);
  return { weights: bytes, step };
}

/** Turns the sightings of each feature under each concept into weights: the logarithm of how many there are to how many chance would give, around 0. */
function weigh(weights: Float32Array, sightings: readonly number[], sizes: Float64Array, taken: number): void {
  const concepts = sizes.length;
  const all = sizes.reduce((sum, size) => sum + size, 0);
  // Few features are seen more than a few times: most logarithms are asked for again and again.
  const logarithms: number[] = [];
  const chances: Float64Array[] = [];
  for (let row = 0; row < sightings.length; row++) {
    const count = sightings[row] ?? 0;
    const chance = (chances[count] ??= sizes.map((size) => Math.log((count * size) / all + taken)));
    const start = row * concepts;
    let mean = 0;
    for (let c = 0; c < concepts; c++) {
      const seen = weights[start + c] ?? 0;
      const weight = (logarithms[seen] ??= Math.log(seen + taken)) - (chance[c] ?? 0);
      weights[start + c] = weight;
      mean += weight / concepts;
    }
    for (let c = 0; c < concepts; c++) weights[start + c] = trust * ((weights[start + c] ?? 0) - mean);
  }
}

/** A sentence held against a book. */
export interface Resemblance {
  /** How likely each concept is what it says, in the order of `book.concepts`; sums to 1. */
  readonly shares: Float32Array;
  /** The weights of its features, added up, in steps of the book. */
  readonly sums: Int32Array;
  /** How many of its features the book knows. */
  readonly known: number;
}

export function resemblance(sentence: string, book: ExampleBook): Resemblance {
  const { rows, weights, bias, unspaced } = book;
  const concepts = bias.length;
  // Whole numbers are added faster, and to the same sums.
  const sums = new Int32Array(concepts);
  let known = 0;
  for (const feature of featuresOf(sentence, unspaced)) {
    const row = rows.get(feature);
    if (row === -1) continue;
    known += 1;
    for (let c = 0, at = row * concepts; c < concepts; c++, at++) sums[c] = (sums[c] ?? 0) + (weights[at] ?? 0);
  }
  return { shares: sharesOf(sums, known, book), sums, known };
}

/** How likely each concept is what a sentence says, in the order of `book.concepts`; sums to 1. */
export function likeness(sentence: string, book: ExampleBook): Float32Array {
  return resemblance(sentence, book).shares;
}

/** How likely each concept is what several sentences say, taken as one. */
export function likenessTogether(sentences: readonly Resemblance[], book: ExampleBook): Float32Array {
  const sums = new Int32Array(book.bias.length);
  let known = 0;
  for (const sentence of sentences) {
    known += sentence.known;
    for (let c = 0; c < sums.length; c++) sums[c] = (sums[c] ?? 0) + (sentence.sums[c] ?? 0);
  }
  return sharesOf(sums, known, book);
}

function sharesOf(sums: Int32Array, known: number, { step, bias }: ExampleBook): Float32Array {
  const shares = new Float32Array(sums);
  asProbabilities(shares, step / Math.sqrt(known || 1), bias);
  return shares;
}
