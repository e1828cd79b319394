import { fold, foldUnspaced } from './fold.ts';
import { keysOf } from './keys-of.ts';
import type { Concept, LanguageData } from './language-data.ts';

/**
 * An example book: sentences as customers write them, each under what it says. A sentence that no phrase covers is weighed by its likeness to
 * them: a linear classifier (multinomial logistic regression over words, stems and pairs) that is fitted when the language is first used.
 */
export interface ExampleBook {
  readonly concepts: readonly (Concept | 'nothing')[];
  /** Where each feature's weights begin, one for each concept. */
  readonly rows: ReadonlyMap<string, number>;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly unspaced: boolean;
}

/** Example sentences of one language; `nothing` are sentences that say none of the things: greetings, small talk, circumstances. */
export type Examples = Readonly<Partial<Record<Concept | 'nothing', readonly string[]>>>;

const epochs = 14;
const rate = 2.2;
const shrink = 1e-5;
/** An example as likely as this has little more to teach: it is looked at again some rounds later. */
const learntWell = 0.93;

export function fitExampleBook(examples: Examples, language: Pick<LanguageData, 'writing'>): ExampleBook {
  const unspaced = language.writing === 'unspaced';
  const concepts = keysOf(examples);
  const sentences: { features: string[]; target: number }[] = [];
  const longest = Math.max(0, ...concepts.map((concept) => examples[concept]?.length ?? 0));
  // Turn by turn over the concepts, so that none is learnt last.
  for (let i = 0; i < longest; i++) {
    for (const [target, concept] of concepts.entries()) {
      const sentence = examples[concept]?.[i];
      if (sentence !== undefined) sentences.push({ features: featuresOf(sentence, unspaced), target });
    }
  }
  const seen = new Map<string, number>();
  for (const { features } of sentences) for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const rows = new Map<string, number>();
  // What occurs once as a piece of a word tells nothing that the word itself does not.
  for (const [feature, count] of seen) if (count > 1 || !feature.startsWith('~')) rows.set(feature, rows.size * concepts.length);
  const weights = new Float32Array(rows.size * concepts.length);
  const lessons = sentences.map(({ features, target }) => ({ starts: startsOf(features, rows), target, restsUntil: 0 }));
  const bias = new Float32Array(concepts.length);
  const book: ExampleBook = { concepts, rows, weights, bias, unspaced };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = rate / (1 + epoch * 0.35);
    for (const lesson of lessons) {
      if (lesson.restsUntil > epoch) continue;
      const { starts, target } = lesson;
      const p = probabilities(starts, book);
      if ((p[target] ?? 0) > learntWell) {
        lesson.restsUntil = epoch + 4;
        continue;
      }
      const scale = 1 / Math.sqrt(starts.length || 1);
      for (let c = 0; c < concepts.length; c++) {
        const gradient = ((c === target ? 1 : 0) - (p[c] ?? 0)) * step;
        if (Math.abs(gradient) < 2e-3) continue;
        bias[c] = (bias[c] ?? 0) + gradient * 0.1;
        for (const start of starts) weights[start + c] = (weights[start + c] ?? 0) * (1 - shrink) + gradient * scale;
      }
    }
  }
  return book;
}

/** How likely each concept is what a sentence says, in the order of `book.concepts`; sums to 1. */
export function likeness(sentence: string, book: ExampleBook): Float32Array {
  return probabilities(startsOf(featuresOf(sentence, book.unspaced), book.rows), book);
}

function startsOf(features: readonly string[], rows: ReadonlyMap<string, number>): number[] {
  const starts: number[] = [];
  for (const feature of features) {
    const start = rows.get(feature);
    if (start !== undefined) starts.push(start);
  }
  return starts;
}

function probabilities(starts: readonly number[], { weights, bias }: ExampleBook): Float32Array {
  const concepts = bias.length;
  const scores = new Float32Array(concepts);
  const scale = 1 / Math.sqrt(starts.length || 1);
  for (const start of starts) for (let c = 0; c < concepts; c++) scores[c] = (scores[c] ?? 0) + (weights[start + c] ?? 0);
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
  return scores;
}

const maxFeatures = 1200;

function featuresOf(sentence: string, unspaced: boolean): string[] {
  const features = new Set<string>();
  if (unspaced) {
    const { folded } = foldUnspaced(sentence.slice(0, 400));
    const text = folded.replace(/\d+/g, '0').replace(/[^\p{L}\p{N}]+/gu, ' ');
    for (let i = 0; i < text.length; i++) {
      for (const length of [2, 3, 4]) if (i + length <= text.length) features.add(text.slice(i, i + length));
    }
  } else {
    const words = (fold(sentence.slice(0, 600)).match(/[\p{L}\p{M}]+|\d+/gu) ?? []).map((word) => (/^\d/.test(word) ? '0' : word));
    let previous = '^';
    for (const word of words) {
      const stem = word.slice(0, 5);
      features.add(word);
      features.add(`${stem}~`);
      if (word.length > 7) features.add(`${word.slice(0, 7)}~`);
      features.add(`${previous} ${stem}`);
      // Inflected words share their pieces.
      const framed = `^${word}$`;
      for (const length of [3, 4]) for (let i = 0; i + length <= framed.length; i++) features.add(`~${framed.slice(i, i + length)}`);
      previous = stem;
    }
  }
  return [...features].slice(0, maxFeatures);
}
