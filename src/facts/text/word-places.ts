import { numeralValue } from './numerals.ts';
import type { PhraseBook } from './phrases.ts';
import type { Sentence, Token } from './sentences.ts';

/**
 * Which word patterns occur in a sentence, and where. One for each book, emptied by counting up the turn: most words match dozens of patterns, and a
 * map of lists made anew for each sentence cost more than all the matching.
 */
export class WordPlaces {
  readonly #book: PhraseBook;
  /** The turn in which a pattern last occurred. */
  readonly #turns: Int32Array;
  readonly #listed: Int32Array;
  readonly #lists: (number[] | undefined)[] = [];
  readonly #tried: Int32Array;
  #turn = 0;
  #ids: (readonly number[])[] = [];
  #candidates: number[] = [];

  constructor(book: PhraseBook) {
    this.#book = book;
    this.#turns = new Int32Array(book.words.size);
    this.#listed = new Int32Array(book.words.size);
    this.#tried = new Int32Array(book.phrases.length);
  }

  /** Takes up another sentence; the patterns of it that phrases begin with, in the order they come. */
  begin({ tokens }: Sentence): readonly number[] {
    this.#turn += 1;
    this.#candidates = [];
    this.#ids = tokens.map((token) => wordIds(token, this.#book));
    const [turn, turns, { firstTries }] = [this.#turn, this.#turns, this.#book];
    for (const ids of this.#ids) {
      for (const id of ids) {
        // Patterns that other rooms of the reader added later are in no phrase.
        if (id >= turns.length || turns[id] === turn) continue;
        turns[id] = turn;
        if (firstTries[id] !== firstTries[id + 1]) this.#candidates.push(id);
      }
    }
    return this.#candidates;
  }

  has(id: number): boolean {
    return this.#turns[id] === this.#turn;
  }

  hasAll(ids: Int32Array, from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.#turns[ids[i] ?? 0] !== this.#turn) return false;
    return true;
  }

  /** The indices of the tokens that match a pattern. */
  get(id: number): readonly number[] {
    if (!this.has(id)) return [];
    const known = this.#lists[id];
    if (known !== undefined && this.#listed[id] === this.#turn) return known;
    const list: number[] = [];
    for (let index = 0; index < this.#ids.length; index++) for (const one of this.#ids[index] ?? []) if (one === id) list.push(index);
    this.#listed[id] = this.#turn;
    this.#lists[id] = list;
    return list;
  }

  /** True the first time it is asked for a phrase in this sentence. */
  isUntried(phrase: number): boolean {
    if (this.#tried[phrase] === this.#turn) return false;
    this.#tried[phrase] = this.#turn;
    return true;
  }
}

const placesByBook = new WeakMap<PhraseBook, WordPlaces>();

export function wordPlacesOf(book: PhraseBook): WordPlaces {
  const known = placesByBook.get(book);
  if (known) return known;
  const places = new WordPlaces(book);
  placesByBook.set(book, places);
  return places;
}

function wordIds(token: Token, { words, language }: PhraseBook): readonly number[] {
  const ids = words.lookup(token);
  // Number words match `#` as digits do.
  if (token.kind === 'word' && words.numberId !== -1 && numeralValue(token.folded, language) !== null) return [...ids, words.numberId];
  return ids;
}
