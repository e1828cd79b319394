import type { Concept, LanguageData } from '../text/language-data.ts';
import { resemblance } from '../likeness/example-book.ts';
import type { ExampleBook, Resemblance } from '../likeness/example-book.ts';
import { reasons } from '../facts.ts';
import { literalPattern } from '../text/literal-pattern.ts';
import { hitsBySentence } from '../text/phrases.ts';
import type { Hit } from '../text/phrases.ts';
import type { Sentence } from '../text/sentences.ts';
import { spacedLetter } from '../text/spaced-letter.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** How strongly a mail says each concept: by the phrases found in it, and by what its sentences resemble. */
export type Scores = ReadonlyMap<Concept, number>;

/** A mail that names one of the merchant's plans, or a subscription that was cancelled, is about a subscription. */
export function addPlans(scores: Scores, text: string, plans: readonly string[]): Scores {
  const named = plans.some((plan) => new RegExp(`(?<!${spacedLetter})${literalPattern(plan)}(?!${spacedLetter})`, 'u').test(text));
  const wasCancelled = (scores.get('already_cancelled') ?? 0) >= 1 && (scores.get('product_subscription') ?? 0) >= 1;
  return named || wasCancelled ? new Map(scores).set('product_subscription', (scores.get('product_subscription') ?? 0) + 1) : scores;
}

/** A number as the merchant gives them to orders of goods, where credits have none. */
const orderOfGoods = 2;

/** A mail that names an order of a merchant who sells goods beside credits is about goods. */
export function addOrders(scores: Scores, text: string, { order_numbers: patterns, products }: Vocabulary): Scores {
  if (!products.includes('physical') || products.includes('digital_service')) return scores;
  const named = patterns.some((pattern) => new RegExp(`(?<!${spacedLetter}|[\\p{N}_-])(?:${pattern})(?!${spacedLetter}|[\\p{N}_])`, 'iu').test(text));
  return named ? new Map(scores).set('product_physical', (scores.get('product_physical') ?? 0) + orderOfGoods) : scores;
}

/** "I ordered no credits", "this is not our poster": what is denied is spoken of all the same. */
const deniedProduct = 0.4;

/** The weight of each concept by phrases alone, each place of the mail counted once. */
export function scoreConcepts(hits: readonly Hit[]): Scores {
  const heaviest = new Map<Concept, Map<string, number>>();
  for (const hit of hits) {
    const weight = !hit.negated ? hit.weight : hit.concept.startsWith('product_') ? Math.min(hit.weight, deniedProduct) : 0;
    if (weight === 0 || hit.sentence.passage.kind !== 'own') continue;
    const place = `${String(hit.sentence.index)}:${String(hit.first)}`;
    const places = heaviest.get(hit.concept) ?? new Map<string, number>();
    places.set(place, Math.max(places.get(place) ?? 0, weight));
    heaviest.set(hit.concept, places);
  }
  const scores = new Map<Concept, number>();
  for (const [concept, places] of heaviest) {
    scores.set(concept, accumulated([...places.values()]));
  }
  return scores;
}

const maxPlaces = 5;

/** The second and later mentions of the same thing add less. */
function accumulated(weights: readonly number[]): number {
  return weights.toSorted((a, b) => b - a).slice(0, maxPlaces).reduce((sum, each, i) => sum + each / (i + 1), 0);
}

// Chosen on mails that no phrase was written for: neighbouring values do nearly as well.
/** In logits. What a sentence must be more likely than to count: a chance of about a quarter. */
const prior = 1;
/** In logits. A strong phrase makes a likelihood of one half to one of 95 %. */
const strongPhrase = 3;
/** What a strong phrase counts for in a sentence that says something else. */
const strongPhraseAlone = 0.5;
/** Requests are made in set words more often than reasons are told in them, and several in one sentence. */
const strongRequestAlone = 2.2;
/** What a reason's phrase counts for in a sentence too short to resemble anything: "oups". */
const unconfirmed = 0.7;
const leastLikely = 0.02;
const mostLikely = 0.95;

/** Shorter sentences resemble anything. In tokens; where words are not spaced, a whole sentence can be one. */
const minTokens = 3;
const minUnspacedCharacters = 5;

/**
 * The scores of phrases made better by likeness, sentence by sentence: the log odds of what a sentence resembles and the weights of its phrases
 * add up, so that a phrase in a sentence that says something else counts little. Reasons that cannot occur with the merchant are left out of
 * the comparison, and so is a request that a sentence denies in so many words.
 */
export function weighConcepts(phrased: Scores, sentences: readonly Sentence[], hits: readonly Hit[], book: ExampleBook | null, vocabulary: Vocabulary): Scores {
  if (book === null) return asFaultyGoods(phrased, vocabulary);
  const impossible = impossibleWith(vocabulary);
  const hitsOf = hitsBySentence(hits);
  const weights = new Map<Concept, number[]>();
  const add = (concept: Concept, weight: number): void => {
    const known = weights.get(concept);
    if (known) known.push(weight);
    else weights.set(concept, [weight]);
  };
  for (const sentence of sentences) {
    if (sentence.passage.kind !== 'own') continue;
    const hitsHere = hitsOf.get(sentence) ?? [];
    const phrasedHere = scoreConcepts(hitsHere);
    const resembles = likenessOf(sentence, book, impossible);
    for (const [index, concept] of book.concepts.entries()) {
      if (concept === 'nothing') continue;
      const weight = phrasedHere.get(concept) ?? 0;
      if (resembles === null || impossible.has(concept)) {
        if (weight > 0) add(concept, concept.startsWith('want_') ? weight : weight * unconfirmed);
        continue;
      }
      const p = Math.min(mostLikely, Math.max(leastLikely, resembles[index] ?? 0));
      const logit = Math.log(p / (1 - p)) + Math.min(weight, strongPhrase) + prior;
      const counted = Math.max(logit, weight < strongPhrase ? 0 : concept.startsWith('want_') ? strongRequestAlone : strongPhraseAlone);
      if (counted > 0 && !isDenied(concept, hitsHere)) add(concept, counted);
    }
  }
  const learnt: ReadonlySet<string> = new Set(book.concepts);
  return asFaultyGoods(new Map([
    ...[...phrased].filter(([concept]) => !learnt.has(concept)),
    ...[...weights].map(([concept, each]) => [concept, accumulated(each)] as const),
  ]), vocabulary);
}

/** A child, by the policies' own measure: COPPA's, under 13. */
const grownAt = 13;

/** "My son, who is 14", "дочке 15": an age without its unit, behind who has it. */
const agedBarely = /(?<!\p{L})(?:(?:who|he|she|son|daughter|boy|girl|child|kid|grandson|granddaughter)(?:['’]s|\sis|\swas|\shas\s(?:just\s)?turned|\sturned)?|aged?|ему|ей|сыну|дочери|дочке|внуку|внучке|реб[её]нку|яму|ёй|дачцэ|унуку|дзіцяці|йому|їй|доньці|онуку|عمره|عمرها|ابني|ابنتي|yaşı)\s(?:(?:is|now|only|just|already|всего|только|уже|исполнилось|ўсяго|толькі|ужо|споўнілася|лише|вже)\s)?\(?(\d{1,2})(?=\s*(?:[,.;:!?)–—]|$|(?:and|but|now|и|а|но|і|але|та|و)\s))/giu;

/** Likeness knows no numbers: a child whose age is told is one only where that says so, or a phrase does. */
export function heedAges(scores: Scores, phrased: Scores, sentences: readonly Sentence[], { calendar }: Pick<LanguageData, 'calendar'>): Scores {
  if (!scores.has('child_account') || (phrased.get('child_account') ?? 0) > 0) return scores;
  // The last two are of ages in Japanese and Korean, whose years of the calendar have another word.
  const aged = new RegExp(`(?<![\\d.,])(\\d{1,2})[-\u2011\\s]?(?:${calendar.units.year}|歳|才|살|세)`, 'giu');
  const ages = sentences.flatMap(({ passage: { kind, text }, start, end }) => (kind === 'own' ? [aged, agedBarely].flatMap((pattern) => [...text.slice(start, end).matchAll(pattern)]).map((match) => Number(match[1])) : []));
  if (ages.length === 0 || Math.min(...ages) < grownAt) return scores;
  return new Map([...scores].filter(([concept]) => concept !== 'child_account'));
}

/** Where only goods are sold, what does not work is a faulty thing: a lamp that does not turn on, not a page that does not load. */
function asFaultyGoods(scores: Scores, vocabulary: Vocabulary): Scores {
  const failure = scores.get('technical_failure') ?? 0;
  if (failure === 0 || !sellsGoodsAlone(vocabulary)) return scores;
  return new Map(scores).set('defective_item', (scores.get('defective_item') ?? 0) + failure).set('technical_failure', 0);
}

/** A book that goes from page 11 to page 14 sounds like a page that does not load: where goods are spoken of and no failure is named, it is the goods that are faulty. */
export function speaksOfFaultyGoods(said: Scores, vocabulary: Vocabulary): boolean {
  const of = (concept: Concept): number => said.get(concept) ?? 0;
  return sellsGoodsAlone(vocabulary) || (vocabulary.reasons.includes('defective_item') && of('product_physical') >= 1 && of('product_credits') < 1 && of('technical_failure') === 0);
}

function sellsGoodsAlone({ reasons: possible, products }: Vocabulary): boolean {
  return possible.includes('defective_item') && !possible.includes('technical_failure') && products.includes('physical') && products.every((product) => product === 'physical' || product === 'subscription');
}

function impossibleWith(vocabulary: Vocabulary): ReadonlySet<string> {
  const { reasons: possible, products } = vocabulary;
  const impossible = new Set<string>(reasons.filter((reason) => !possible.includes(reason)));
  if (sellsGoodsAlone(vocabulary)) impossible.delete('technical_failure');
  if (!products.includes('physical')) impossible.add('want_replacement');
  if (!products.includes('digital_service')) impossible.add('want_revision');
  return impossible;
}

/** Of what is possible, how likely each concept is; null for a sentence too short to tell. */
function likenessOf(sentence: Sentence, book: ExampleBook, impossible: ReadonlySet<string>): Float32Array | null {
  if (isTooShort(sentence)) return null;
  const { shares } = resemblanceOf(sentence, book);
  let total = 0;
  for (const [index, concept] of book.concepts.entries()) if (!impossible.has(concept)) total += shares[index] ?? 0;
  return shares.map((each) => each / (total || 1));
}

function isTooShort({ characters, tokens }: Sentence): boolean {
  return characters === null ? tokens.length < minTokens : characters.folded.length < minUnspacedCharacters;
}

/** Each sentence is held against the book once, whoever asks. */
const resembled = new WeakMap<Sentence, { readonly book: ExampleBook; readonly resemblance: Resemblance }>();

function resemblanceOf(sentence: Sentence, book: ExampleBook): Resemblance {
  const known = resembled.get(sentence);
  if (known?.book === book) return known.resemblance;
  const made = resemblance(sentence.respelt ?? sentence.passage.text.slice(sentence.start, sentence.end), book);
  resembled.set(sentence, { book, resemblance: made });
  return made;
}

/** Of the customer's own sentences, those long enough to resemble anything. */
export function resemblancesOf(sentences: readonly Sentence[], book: ExampleBook | null): Resemblance[] {
  return book === null ? [] : sentences.filter((sentence) => sentence.passage.kind === 'own' && !isTooShort(sentence)).map((sentence) => resemblanceOf(sentence, book));
}

/** A stretch of a sentence that tells something. */
export interface Telling {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
}

/** A phrase in a sentence that is less like those of its concept was overheard: "my supervisor has banned it". */
const overheard = 0.02;
/** A sentence as like those of a concept as this tells it without any phrase. */
const surelyTold = 0.75;
const fewestTellingTokens = 4;

/** Whether the sentence of a phrase says something else altogether. Sentences too short to resemble anything, and concepts without examples, never do. */
export function isOverheard({ concept, sentence }: Hit, book: ExampleBook | null): boolean {
  const column = book?.concepts.indexOf(concept) ?? -1;
  return book !== null && column !== -1 && sentence.characters === null && sentence.tokens.length >= fewestTellingTokens && (resemblanceOf(sentence, book).shares[column] ?? 0) < overheard;
}

/** The sentence of the body that tells this most surely by likeness alone; none in which a phrase of it is turned round or only supposed. */
export function findTelling(concept: Concept, sentences: readonly Sentence[], hits: readonly Hit[], book: ExampleBook | null, surely = surelyTold): Telling | null {
  const column = book?.concepts.indexOf(concept) ?? -1;
  if (book === null || column === -1) return null;
  let best: Sentence | null = null;
  let most = surely;
  for (const sentence of sentences) {
    const { passage, characters, tokens } = sentence;
    if (passage.kind !== 'own' || passage.source !== 'body' || (characters === null ? tokens.length < fewestTellingTokens : characters.folded.length < minUnspacedCharacters)) continue;
    const p = resemblanceOf(sentence, book).shares[column] ?? 0;
    if (p < most || hits.some((hit) => hit.concept === concept && hit.sentence === sentence)) continue;
    most = p;
    best = sentence;
  }
  if (best === null) return null;
  const text = best.passage.text.slice(best.start, best.end);
  return { sentence: best, start: best.start + (text.length - text.trimStart().length), end: best.start + text.trimEnd().length };
}

/** "I do not need a refund": likeness knows no negation. What happened is often told by one: "I never bought this". */
function isDenied(concept: Concept, hits: readonly Hit[] | undefined): boolean {
  if (!concept.startsWith('want_')) return false;
  const speaking = hits?.filter((hit) => hit.concept === concept) ?? [];
  return speaking.length > 0 && speaking.every((hit) => hit.negated);
}
