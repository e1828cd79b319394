import { fold } from './fold.ts';
import { isMisspelling } from './misspelling.ts';
import { RecentWords } from './recent-words.ts';
import type { Token } from './sentences.ts';

/** A stretch of characters of unspaced writing, and what must not stand right before or after it. */
interface Stretch {
  readonly text: string;
  readonly notAfter: readonly string[];
  readonly notBefore: readonly string[];
}

/** `잘~못`, `クレジット^カード,払い` */
export function stretchOf(written: string): Stretch {
  const [head = '', tail] = written.replaceAll('*', '').split('^');
  const [before, text] = head.includes('~') ? head.split('~') : [undefined, head];
  return { text: fold(text ?? ''), notAfter: foldedList(before), notBefore: foldedList(tail) };
}

function foldedList(words: string | undefined): string[] {
  return words === undefined ? [] : words.split(',').map(fold);
}

const stretchesOfPattern = new Map<string, readonly Stretch[]>();

const none: readonly never[] = [];

const numberPattern = /\d+(?:[.,]\d+)*/g;

/** Longer than any word of these languages: made up, to be searched for every piece of a word and to fill the memory. */
const maxWordLength = 60;

/** Numbers the word patterns of a language and finds which of them a word matches. */
export class WordIndex {
  readonly #ids = new Map<string, number>();
  readonly #exact = new Map<string, number[]>();
  /** By their first two letters. */
  readonly #stems = new Map<string, [stem: string, id: number][]>();
  readonly #loose: [piece: string, kind: 'suffix' | 'infix', id: number][] = [];
  readonly #cache = new RecentWords<readonly number[]>();
  readonly #unspaced: Stretch[][] = [];
  /** By their first two characters, or their only one. */
  readonly #starts = new Map<number, [stretch: Stretch, id: number][]>();
  readonly #sequences = new Map<string, readonly number[]>();
  readonly #numbers = new RecentWords<readonly number[]>();
  numberId = -1;

  /** How many word patterns there are: their numbers are smaller. */
  get size(): number {
    return this.#ids.size;
  }

  /** The number of a word pattern such as `refund*|money`, made when it is new. */
  add(pattern: string): number {
    const known = this.#ids.get(pattern);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(pattern, id);
    this.#cache.clear();
    this.#numbers.clear();
    const pieces: Stretch[] = [];
    const written = new Set<string>();
    for (const alternative of pattern.split('|')) {
      const spelling = withPlainU(fold(alternative));
      if (written.has(spelling)) continue;
      written.add(spelling);
      if (alternative === '#') {
        this.numberId = this.numberId === -1 ? id : this.numberId;
        this.#push(this.#exact, '#', id);
        continue;
      }
      const open = alternative.endsWith('*');
      const openStart = alternative.startsWith('*');
      const word = spelling.replaceAll('*', '');
      if (word === '') continue;
      pieces.push(stretchOf(alternative));
      if (openStart) this.#loose.push([word, open ? 'infix' : 'suffix', id]);
      else if (!open) this.#push(this.#exact, word, id);
      else if (word.length < 2) this.#loose.push([word, 'infix', id]);
      else {
        const bucket = this.#stems.get(word.slice(0, 2));
        if (bucket) bucket.push([word, id]);
        else this.#stems.set(word.slice(0, 2), [[word, id]]);
      }
    }
    this.#unspaced[id] = pieces;
    return id;
  }

  /** The numbers of word patterns separated by white space. */
  sequence(written: string): readonly number[] {
    const known = this.#sequences.get(written);
    if (known) return known;
    const ids = written.split(/\s+/).map((word) => this.add(word));
    this.#sequences.set(written, ids);
    return ids;
  }

  #push(map: Map<string, number[]>, key: string, id: number): void {
    const ids = map.get(key);
    if (ids) ids.push(id);
    else map.set(key, [id]);
  }

  /** Ids of the word patterns that a token matches. */
  lookup(token: Pick<Token, 'kind' | 'folded'>): readonly number[] {
    if (token.kind === 'number') return this.#lookupNumber(token.folded);
    if (token.kind === 'address' || token.folded.length > maxWordLength) return none;
    const word = withPlainU(token.folded);
    const known = this.#cache.get(word);
    if (known) return known;
    const ids = [...(this.#exact.get(word) ?? [])];
    for (const [stem, id] of this.#stems.get(word.slice(0, 2)) ?? []) if (word.startsWith(stem)) ids.push(id);
    for (const [piece, kind, id] of this.#loose) if (kind === 'suffix' ? word.endsWith(piece) : word.includes(piece)) ids.push(id);
    if (ids.length === 0 && word.length >= 6) {
      for (const [stem, id] of this.#stems.get(word.slice(0, 2)) ?? []) if (isMisspelling(word, stem)) ids.push(id);
    }
    this.#cache.set(word, ids);
    return ids;
  }

  #lookupNumber(digits: string): readonly number[] {
    const known = this.#numbers.get(digits);
    if (known) return known;
    const ids = [...(this.#exact.get('#') ?? []), ...(this.#exact.get(digits) ?? [])];
    this.#numbers.set(digits, ids);
    return ids;
  }

  /** Where in unspaced writing each pattern's stretches stand: first and last character, by id. Looked up by their first two characters. */
  places(text: string): Map<number, [number, number][]> {
    if (this.#starts.size === 0) {
      for (const [id, stretches] of this.#unspaced.entries()) {
        for (const stretch of stretches) {
          const key = startOf(stretch.text, 0, Math.min(2, stretch.text.length));
          const bucket = this.#starts.get(key);
          if (bucket) bucket.push([stretch, id]);
          else this.#starts.set(key, [[stretch, id]]);
        }
      }
    }
    const found = new Map<number, [number, number][]>();
    const put = (id: number, first: number, last: number): void => {
      const known = found.get(id);
      if (known) known.push([first, last]);
      else found.set(id, [[first, last]]);
    };
    for (let at = 0; at < text.length; at++) {
      for (let length = Math.min(2, text.length - at); length > 0; length--) {
        for (const [stretch, id] of this.#starts.get(startOf(text, at, length)) ?? none) if (standsAt(stretch, text, at)) put(id, at, at + stretch.text.length - 1);
      }
    }
    if (this.numberId !== -1) for (const match of text.matchAll(numberPattern)) put(this.numberId, match.index, match.index + match[0].length - 1);
    return found;
  }

  matches(id: number, token: Pick<Token, 'kind' | 'folded'>): boolean {
    return this.lookup(token).includes(id);
  }
}

/** Belarusian writes `ў` for `у` behind a vowel, also where a word begins: "узяла", "я ўзяла". */
function withPlainU(word: string): string {
  return word.startsWith('ў') ? `у${word.slice(1)}` : word;
}

/** One or two characters as one number. */
function startOf(text: string, at: number, length: number): number {
  return length === 2 ? text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1) : length === 1 ? text.charCodeAt(at) : 0;
}

function occurrences(text: string, piece: Stretch): [number, number][] {
  const found: [number, number][] = [];
  if (piece.text === '') return found;
  for (let at = text.indexOf(piece.text); at !== -1 && found.length < 12; at = text.indexOf(piece.text, at + 1)) {
    if (standsAt(piece, text, at)) found.push([at, at + piece.text.length - 1]);
  }
  return found;
}

function standsAt({ text: stretch, notAfter, notBefore }: Stretch, text: string, at: number): boolean {
  return text.startsWith(stretch, at) && !notAfter.some((word) => text.endsWith(word, at)) && !notBefore.some((word) => text.startsWith(word, at + stretch.length));
}

/** Where the alternatives of a pattern stand in unspaced writing: first and last character. */
export function findStretches(pattern: string, text: string): [number, number][] {
  const stretches = stretchesOfPattern.get(pattern) ?? pattern.split('|').map((one) => stretchOf(one.replace(/\s/g, '')));
  stretchesOfPattern.set(pattern, stretches);
  return stretches.flatMap((stretch) => occurrences(text, stretch));
}
