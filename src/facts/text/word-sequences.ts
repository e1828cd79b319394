import type { WordIndex } from './word-index.ts';
import type { Sentence } from './sentences.ts';

/** Sequences of words that are looked for in spaced writing, by the word they begin with: a token tries only those it can begin. */
export type WordSequences = ReadonlyMap<number, readonly { readonly order: number; readonly words: readonly number[] }[]>;

export interface SequencePlace {
  /** Which of the sequences, as they were given. */
  readonly order: number;
  /** Token indices, inclusive. */
  readonly first: number;
  readonly last: number;
}

/** Words are separated by white space. */
export function compileSequences(written: readonly string[], words: WordIndex): WordSequences {
  const byFirst = new Map<number, { order: number; words: readonly number[] }[]>();
  for (const [order, one] of written.entries()) {
    const ids = words.sequence(one);
    const [first] = ids;
    if (first === undefined) continue;
    const known = byFirst.get(first);
    if (known) known.push({ order, words: ids });
    else byFirst.set(first, [{ order, words: ids }]);
  }
  return byFirst;
}

/** Where they stand: sequence by sequence as they were given, each from left to right. */
export function findSequences(sequences: WordSequences, { tokens }: Sentence, index: WordIndex): SequencePlace[] {
  const found: SequencePlace[] = [];
  for (const [first, token] of tokens.entries()) {
    for (const id of index.lookup(token)) {
      for (const { order, words } of sequences.get(id) ?? []) {
        const stands = words.every((word, i) => {
          const one = tokens[first + i];
          return i === 0 || (one !== undefined && index.matches(word, one));
        });
        if (stands) found.push({ order, first, last: first + words.length - 1 });
      }
    }
  }
  // A token may match a word in several ways: the same place twice is one.
  return found.toSorted((a, b) => a.order - b.order || a.first - b.first).filter((place, i, all) => place.order !== all[i - 1]?.order || place.first !== all[i - 1]?.first);
}
