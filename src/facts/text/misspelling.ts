/** Stems shorter than this are too near to other words. */
const minStemLength = 7;

/**
 * True where `word` begins with `stem` but for one slip of the pen: a letter left out, doubled, wrong, or two swapped
 * (Damerau–Levenshtein distance 1). The first letter must be right.
 */
export function isMisspelling(word: string, stem: string): boolean {
  if (stem.length < minStemLength || word.length < stem.length - 1 || word[0] !== stem[0]) return false;
  let at = 1;
  while (at < stem.length && word[at] === stem[at]) at++;
  if (at === stem.length) return true;
  // Only the stem's last letter differs: with more letters behind it that is another word ("недостаток", "недоступен").
  if (at === stem.length - 1) return word.length <= stem.length;
  const rest = stem.slice(at);
  const restOf = (skipped: number): string => word.slice(at + skipped, at + skipped + rest.length);
  return restOf(1).startsWith(rest.slice(1)) // wrong letter
    || restOf(0).startsWith(rest.slice(1)) // left out
    || restOf(1).startsWith(rest) // one too many
    || (rest.length > 1 && word[at] === rest[1] && word[at + 1] === rest[0] && word.slice(at + 2).startsWith(rest.slice(2))); // swapped
}
