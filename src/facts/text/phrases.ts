import { fold } from './fold.ts';
import { keysOf } from './keys-of.ts';
import type { Concept, LanguageData } from './language-data.ts';
import { ifWord, isEnd, isGoingOn, isInterjection, isOfOther, isThreatNotMeant, isUnableToEnd, notWantedBehind, offerOnly, otherClause, pastParticles, setsCondition, unable } from './negations.ts';
import { saysOnlyThen } from './only-then.ts';
import type { Sentence } from './sentences.ts';
import { stretchOf, WordIndex } from './word-index.ts';
import { wordPlacesOf } from './word-places.ts';
import type { WordPlaces } from './word-places.ts';

/**
 * A phrase book is a language's phrases, compiled for matching: each word of a sentence is looked up once, and only the phrases whose
 * rarest word occurs are tried. Time is linear in the sentence's length for a given language.
 */
export interface PhraseBook {
  readonly language: LanguageData;
  readonly words: WordIndex;
  readonly phrases: readonly Phrase[];
  /**
   * The phrases to try when a word pattern occurs, pattern after pattern: the phrase's number, how many patterns it needs beside this one, and those.
   * Flat, because most of them are given up after a glance, and a glance at an object in another corner of the memory takes longer than all the rest.
   */
  readonly tries: Int32Array;
  /** Where in `tries` those of each pattern begin, and those of the one before it end. */
  readonly firstTries: Int32Array;
  readonly negations: ReadonlySet<number>;
  readonly conditionals: ReadonlySet<number>;
  readonly unneeded: readonly Part[];
  readonly refusals: readonly Part[];
  readonly declines: readonly Part[];
  readonly feared: readonly Part[];
}

export interface Hit {
  readonly concept: Concept;
  readonly weight: number;
  readonly sentence: Sentence;
  /** Token indices, inclusive. */
  readonly first: number;
  readonly last: number;
  /** Offsets in the passage's text. */
  readonly start: number;
  readonly end: number;
  /** Of its first part, which is mostly the verb. */
  readonly head: readonly [start: number, end: number];
  readonly negated: boolean;
  readonly conditional: boolean;
}

interface Phrase {
  /** Counted through the book. */
  readonly number: number;
  readonly concept: Concept;
  readonly weight: number;
  readonly parts: readonly Part[];
  readonly excluded: readonly Part[];
  readonly hasNegation: boolean;
}

/** A part in its variants: one, but for alternatives of several words. */
type Part = readonly Sequence[];

/** Word pattern ids in order; `gaps[i]` says how many tokens may stand between word i and i + 1. */
interface Sequence {
  readonly words: readonly number[];
  readonly gaps: readonly number[];
}

/** Tokens between the first and the last word of a phrase whose parts stand apart. */
const windowTokens = 14;

const gapTokens = 3;

/** Tokens between a phrase and what must not stand in its sentence: one without a full stop goes on for ever. */
const excludingTokens = 24;

const windowCharacters = 40;

const gapCharacters = 12;

const negationReach = 3;

/** Tokens between a condition's first word and its negation. */
const conditionReach = 8;

/** Characters between a demand and what takes it back: "返金などは求めていません". */
const takenBackReach = 6;
/** The same, where an offer of it is spoken of: "새로 보내 준다는 말도 이제 필요 없고". */
const offerReach = 18;

function isTakenBackBehind(characters: number, between: string): boolean {
  return !otherClause.test(between) && (characters <= takenBackReach || offerOnly.test(between));
}

/** What a customer may say not to want beside what is wanted. "I do not want it renewed" is a demand itself. */
const repays: ReadonlySet<Concept> = new Set<Concept>(['want_refund', 'want_replacement', 'want_credits_back', 'want_revision']);

export function compilePhraseBook(language: LanguageData): PhraseBook {
  const words = new WordIndex();
  // The calendar's and the currencies' words are asked for later; known now, no look-up has to be done twice.
  const { months, weekdays, units, last, morning, evening, oclock, at, noon, midnight, until } = language.calendar;
  for (const pattern of ['#', ...months, ...weekdays, ...Object.values(units), last, morning, evening, oclock, at, noon, midnight, until, ...Object.values(language.money)]) {
    if (pattern !== '') words.add(pattern);
  }
  const negations = new Set(language.negations.map((word) => words.add(word)));
  const conditionals = new Set(language.conditionals.map((word) => words.add(word)));
  const negationWords = new Set(language.negations.map((word) => fold(word.replaceAll('*', ''))));
  for (const word of language.negations) for (const one of word.split('|')) negationWords.add(stretchOf(one).text);
  const byTrigger = new Map<number, Phrase[]>();
  const phrases: Phrase[] = [];
  for (const concept of keysOf(language.phrases)) {
    for (const written of language.phrases[concept] ?? []) {
      const phrase = compilePhrase(written, concept, phrases.length, words, negationWords, language.writing === 'unspaced');
      phrases.push(phrase);
      const triggers = new Set(phrase.parts[0]?.map(({ words: [first] }) => first));
      for (const trigger of triggers) {
        if (trigger === undefined || hasEmptyPart(written)) throw new Error(`languages/${language.code}: empty phrase under ${concept}: "${written}"`);
        const list = byTrigger.get(trigger);
        if (list) list.push(phrase);
        else byTrigger.set(trigger, [phrase]);
      }
    }
  }
  const compiled = (parts: readonly string[] = []): Part[] => parts.map((part) => compilePart(part, words));
  const [unneeded, refusals, declines, feared] = [compiled(language.unneeded), compiled(language.refusals), compiled(language.declines), compiled(language.feared)];
  return { language, words, phrases, ...flattened(byTrigger, words.size), negations, conditionals, unneeded, refusals, declines, feared };
}

function flattened(byTrigger: ReadonlyMap<number, readonly Phrase[]>, patterns: number): Pick<PhraseBook, 'tries' | 'firstTries'> {
  const tries: number[] = [];
  const firstTries = new Int32Array(patterns + 1);
  for (let id = 0; id < patterns; id++) {
    for (const phrase of byTrigger.get(id) ?? []) {
      const needed = neededBeside(id, phrase);
      tries.push(phrase.number, needed.length, ...needed);
    }
    firstTries[id + 1] = tries.length;
  }
  return { tries: Int32Array.from(tries), firstTries };
}

/** The words of its parts that can be said in one way only. */
function neededBeside(trigger: number, { parts }: Phrase): number[] {
  const needed = parts.flatMap((part) => (part.length === 1 ? (part[0]?.words ?? []) : []));
  return [...new Set(needed)].filter((id) => id !== trigger);
}

function hasEmptyPart(written: string): boolean {
  return written.replace(/^[!?]\s*/, '').split(/ [&-] /).some((part) => part.trim() === '');
}

function compilePhrase(written: string, concept: Concept, number: number, words: WordIndex, negationWords: ReadonlySet<string>, unspaced: boolean): Phrase {
  const weight = written.startsWith('!') ? 3 : written.startsWith('?') ? 0.4 : 1;
  const [wanted = '', ...unwanted] = written.replace(/^[!?]\s*/, '').split(' - ');
  const parts = wanted.split(' & ').map((part) => compilePart(part, words));
  const hasNegation = wanted.split(/[\s&|_]+/).some((word) => negationWords.has(fold(word.replaceAll('*', ''))) || (unspaced && (word.endsWith('지') || [...negationWords].some((negation) => stretchOf(word).text.includes(negation)))));
  return { number, concept, weight, parts, excluded: unwanted.map((part) => compilePart(part, words)), hasNegation };
}

/** One part for each combination of its alternatives of several words (`turned_up|showed_up`) with the other words. */
function compilePart(written: string, words: WordIndex): Part {
  let sequences: Sequence[] = [{ words: [], gaps: [] }];
  let gap = 0;
  for (const piece of written.trim().split(/\s+/)) {
    if (piece === '..') {
      gap = gapTokens;
      continue;
    }
    const alternatives = piece.split('|');
    const single = alternatives.filter((one) => !one.includes('_'));
    const several = alternatives.filter((one) => one.includes('_')).map((one) => one.split('_'));
    const tails = [...(single.length > 0 ? [[single.join('|')]] : []), ...several].map((tail) => tail.map((word) => words.add(word)));
    sequences = sequences.flatMap((sequence) => tails.map((tail) => ({
      words: [...sequence.words, ...tail],
      gaps: [...sequence.gaps, ...(sequence.words.length > 0 ? [gap] : []), ...tail.slice(1).map(() => 0)],
    })));
    gap = 0;
  }
  return sequences;
}

/** The hits of each sentence that has any. */
export function hitsBySentence(hits: readonly Hit[]): ReadonlyMap<Sentence, readonly Hit[]> {
  const grouped = new Map<Sentence, Hit[]>();
  for (const hit of hits) {
    const known = grouped.get(hit.sentence);
    if (known) known.push(hit);
    else grouped.set(hit.sentence, [hit]);
  }
  return grouped;
}

/** Every phrase of the book that occurs in the sentences, also the negated and the hypothetical ones (marked as such). */
export function findHits(sentences: readonly Sentence[], book: PhraseBook): Hit[] {
  return sentences.flatMap((sentence) => (sentence.characters === null ? spacedHits(sentence, book) : unspacedHits(sentence, book)));
}

function spacedHits(sentence: Sentence, book: PhraseBook): Hit[] {
  const hits: Hit[] = [];
  const at = wordPlacesOf(book);
  const candidates = at.begin(sentence);
  const { tokens } = sentence;
  const opened = positions(at, book.conditionals).filter((n) => setsCondition(sentence, n));
  // "If not" turns nothing round; nor does who asks "ці нельга", "нельзя ли", "czy nie".
  const turned = positions(at, book.negations).filter((n) => !opened.includes(n - 1) && !/^(?:ці|чи|czy)$/u.test(tokens[n - 1]?.folded ?? '') && tokens[n + 1]?.folded !== 'ли' && !isInterjection(tokens, n) && !saysOnlyThen.test(sentence.passage.text.slice(tokens[n]?.start, sentence.end)));
  // Who cannot find how to cancel wants to.
  const unwilling = turned.filter((n) => ![n - 1, n + 1].some((beside) => unable.test(tokens[beside]?.folded ?? '')));
  // "If by Friday you do not refund me, I go to the bank" demands it.
  const unpaid = unwilling.filter((n) => !tokens.some((token, o) => o < n && n - o <= conditionReach && ifWord.test(token.folded) && !brokenBetween(sentence, o, n)));
  const behind = book.language.negatesBehind === true;
  const takenBack = [...book.unneeded.flatMap((part) => spans(part, at)), ...notWantedBehind(sentence)];
  const refused = book.refusals.flatMap((part) => spans(part, at));
  const declined = book.declines.flatMap((part) => spans(part, at)).map(([from, to]) => [from, pastParticles(tokens, to + 1)] as const);
  const feared = book.feared.flatMap((part) => spans(part, at));
  const { tries, firstTries } = book;
  for (const id of candidates) {
    for (let next = 0, record = firstTries[id] ?? 0; record < (firstTries[id + 1] ?? 0); record = next) {
      next = record + 2 + (tries[record + 1] ?? 0);
      const phrase = at.hasAll(tries, record + 2, next) ? book.phrases[tries[record] ?? 0] : undefined;
      if (phrase === undefined || !at.isUntried(phrase.number) || !phrase.parts.every((part) => mayStand(part, at))) continue;
      const parts = spansOfAll(phrase.parts, at);
      if (parts === null) continue;
      const excluded = phrase.excluded.flatMap((part) => (mayStand(part, at) ? spans(part, at) : []));
      for (const [first, last, [headFirst, headLast]] of combine(parts, windowTokens)) {
        if (excluded.some(([from, to]) => from - last <= excludingTokens && first - to <= excludingTokens)) continue;
        const start = tokens[first]?.start ?? 0;
        const end = tokens[last]?.end ?? 0;
        hits.push({
          concept: phrase.concept, weight: phrase.weight, sentence, first, last, start, end, head: [tokens[headFirst]?.start ?? 0, tokens[headLast]?.end ?? 0],
          negated: feared.some(([n]) => n > last && n - last <= negationReach)
            || (!phrase.hasNegation && phrase.concept.startsWith('want_') && refused.some(([from, to]) => from < last && to >= first - negationReach && !brokenBetween(sentence, from, first)))
            || (!phrase.hasNegation && phrase.concept.startsWith('want_') && declined.some(([from, to]) => from <= last && to >= first && to <= last && !brokenBetween(sentence, from, to)))
            || (!phrase.hasNegation && (repays.has(phrase.concept) ? unpaid : phrase.concept.startsWith('want_') ? unwilling : turned).some((n) => (behind ? n >= first && n <= last + 1 && tokens[n]?.afterBreak !== true : n <= last && n >= first - negationReach && !brokenBetween(sentence, n, first))))
            || (phrase.concept.startsWith('want_') && takenBack.some(([n]) => n > first && n - last <= negationReach && !brokenBetween(sentence, Math.min(last, n), n) && !isOfOther(phrase.concept, tokens, last, n))),
          conditional: opened.some((n) => n < first && first - n <= windowTokens),
        });
      }
    }
  }
  return hits;
}

/** All words of one of its variants occur, in whatever order. */
function mayStand(part: Part, at: WordPlaces): boolean {
  for (const { words } of part) {
    let all = true;
    for (let i = 0; i < words.length && all; i++) all = at.has(words[i] ?? -1);
    if (all) return true;
  }
  return false;
}

function positions(at: WordPlaces, ids: ReadonlySet<number>): number[] {
  const found: number[] = [];
  for (const id of ids) {
    found.push(...at.get(id));
  }
  return found;
}

function brokenBetween(sentence: Sentence, from: number, to: number): boolean {
  for (let i = from + 1; i <= to; i++) if (sentence.tokens[i]?.afterBreak === true) return true;
  return false;
}

/** The places of each part; null as soon as one has none. */
function spansOfAll(parts: readonly Part[], at: WordPlaces): [number, number][][] | null {
  const all: [number, number][][] = [];
  for (const part of parts) {
    const found = spans(part, at);
    if (found.length === 0) return null;
    all.push(found);
  }
  return all;
}

/** Where a part's words stand in order: first and last token. */
function spans(part: Part, at: WordPlaces): [number, number][] {
  const found: [number, number][] = [];
  for (const { words, gaps } of part) {
    for (const first of at.get(words[0] ?? -1)) {
      let last: number | null = first;
      for (let i = 1; i < words.length && last !== null; i++) {
        const from: number = last;
        const reach = from + 1 + (gaps[i - 1] ?? 0);
        last = at.get(words[i] ?? -1).find((index) => index > from && index <= reach) ?? null;
      }
      if (last !== null) found.push([first, last]);
    }
  }
  return found;
}

/** One span over all parts for each occurrence of the first part that has the others near it; where that first part ends, and where the next begins behind it. */
function combine(parts: readonly [number, number][][], window: number): [first: number, last: number, head: readonly [number, number], next: number][] {
  const [head, ...rest] = parts;
  if (head === undefined) return [];
  const found: [number, number, readonly [number, number], number][] = [];
  for (const [first, last] of head.slice(0, 12)) {
    let low = first;
    let high = last;
    let next = Number.POSITIVE_INFINITY;
    let complete = true;
    for (const spansOfPart of rest) {
      let best: [number, number] | null = null;
      for (const span of spansOfPart) {
        // Two parts must not be the same word.
        if (span[0] <= last && span[1] >= first) continue;
        if (best === null || distance(span, first, last) < distance(best, first, last)) best = span;
      }
      if (best === null || distance(best, first, last) > window) {
        complete = false;
        break;
      }
      low = Math.min(low, best[0]);
      high = Math.max(high, best[1]);
      if (best[0] > last) next = Math.min(next, best[0]);
    }
    if (complete) found.push([low, high, [first, last], next]);
  }
  return found;
}

function distance(span: readonly [number, number], first: number, last: number): number {
  return span[0] > last ? span[0] - last : first - span[1];
}

function unspacedHits(sentence: Sentence, book: PhraseBook): Hit[] {
  const hits: Hit[] = [];
  const characters = sentence.characters;
  if (characters === null) return hits;
  const at = book.words.places(characters.folded);
  const turned = [...book.negations].flatMap((id) => at.get(id) ?? []);
  const opened = [...book.conditionals].flatMap((id) => at.get(id) ?? []);
  const takenBack = book.unneeded.flatMap((part) => stretchSpans(part, at));
  const tried = new Set<Phrase>();
  for (const phrase of phrasesTriggeredBy(at.keys(), book)) {
    if (tried.has(phrase)) continue;
    tried.add(phrase);
    const parts = phrase.parts.map((part) => stretchSpans(part, at));
    if (parts.some((part) => part.length === 0)) continue;
    if (phrase.excluded.some((part) => stretchSpans(part, at).length > 0)) continue;
    for (const [from, to, [headFirst, head], next] of combine(parts, windowCharacters)) {
      const headTurned = phrase.concept.startsWith('want_') && turned.some(([n, end]) => n > head && n - head <= 4 && end < next && next <= to);
      const start = characters.origin[from] ?? sentence.start;
      const end = (characters.origin[to] ?? sentence.end) + 1;
      const first = tokenAt(sentence, start);
      const last = Math.max(first, tokenAt(sentence, end - 1));
      hits.push({
        concept: phrase.concept, weight: phrase.weight, sentence, first, last, start, end, head: [characters.origin[headFirst] ?? sentence.start, (characters.origin[head] ?? sentence.end) + 1],
        // Japanese and Korean negate after the word, Korean also right before it; しか and 밖에 ("only") take the negation back.
        // "환불은 필요 없고 구독만 해지해 주세요": what is not wanted is named first.
        negated: headTurned || isThreatNotMeant(phrase.concept, sentence.passage.text.slice(end, end + 24)) || (isEnd(phrase.concept, sentence.passage.text.slice(start, end)) && isGoingOn(sentence.passage.text.slice(end, end + 12))) || ((repays.has(phrase.concept) || isEnd(phrase.concept, sentence.passage.text.slice(start, end))) && takenBack.some(([n]) => n > from && n - to <= offerReach && isTakenBackBehind(n - to, sentence.passage.text.slice(end, characters.origin[n] ?? end)))) || (!phrase.hasNegation && !isUnableToEnd(phrase.concept, sentence.passage.text.slice(end, end + 12)) && (turned.some(([n]) => n > to && n - to <= 4) || /(?:^|[\s,.])[안못]\s?$/u.test(sentence.passage.text.slice(Math.max(sentence.start, start - 3), start))) && !/(?:しか|밖에)[^、。,.]{0,8}$/u.test(characters.folded.slice(Math.max(0, from - 10), to + 1))),
        conditional: opened.some(([n]) => n > to && n - to <= gapCharacters),
      });
    }
  }
  // "返金を希望しているわけではございません": the longest way to say it tells, and the shorter ones that it begins with say no more.
  const denied = hits.filter(({ concept, negated }) => negated && repays.has(concept));
  return denied.length === 0 ? hits : hits.map((hit) => (denied.some((other) => other.concept === hit.concept && other.start <= hit.start && hit.end <= other.end) ? { ...hit, negated: true } : hit));
}

function* phrasesTriggeredBy(ids: Iterable<number>, { tries, firstTries, phrases }: PhraseBook): Generator<Phrase> {
  for (const id of ids) {
    for (let record = firstTries[id] ?? 0; record < (firstTries[id + 1] ?? 0); record += 2 + (tries[record + 1] ?? 0)) {
      const phrase = phrases[tries[record] ?? 0];
      if (phrase !== undefined) yield phrase;
    }
  }
}

/** The token that covers an offset, else the one before it. */
export function tokenAt(sentence: Sentence, offset: number): number {
  let index = 0;
  for (const [i, token] of sentence.tokens.entries()) {
    if (token.start > offset) break;
    index = i;
  }
  return index;
}

function stretchSpans(part: Part, at: ReadonlyMap<number, readonly [number, number][]>): [number, number][] {
  return part.flatMap((sequence) => {
    let found: [number, number][] | null = null;
    for (const [i, id] of sequence.words.entries()) {
      const pieces = at.get(id) ?? [];
      if (found === null) found = [...pieces];
      else {
        const gap = (sequence.gaps[i - 1] ?? 0) > 0 ? gapCharacters : 0;
        found = found.flatMap(([first, last]) => pieces.filter(([start]) => start > last && start - last - 1 <= gap).slice(0, 1).map(([, end]): [number, number] => [first, end]));
      }
      if (found.length === 0) return [];
    }
    return found ?? [];
  });
}
