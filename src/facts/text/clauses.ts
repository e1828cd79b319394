/** Where a sentence's clauses end: by a mark, by a word that joins the next, in Japanese and Korean by the end of a verb. */

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export const clauseEnd = /[,;:.–—،؛]/u;

/** The Arabic "and" is joined to the next word: seen with the letter behind it. */
const arabicAnd = /(?<!\p{L})و(?=\p{L})/u;

export const conjunction = /(?<!\p{L})(?:and|then|but|и|а|но|потом|і|але|y|e|et|ed|puis|pero|mais|ma|i|oraz|ale|ve|ama|ثم|لكن)(?![\p{L}-])|(?<!\p{L})و(?=\p{L})/u;

/** What ends a clause in Japanese and Korean, with the end of its verb. */
export const unspacedClauseEnd = /[、，,;；]|(?:したが|ですが|ますが|けど|けれど|のに|ので|して|れて|んで|って)|(?:는데|은데|지만|했고|었고|았고|더니|아서|어서|해서|으나)(?:\s|$)/u;

/** Two stretches of a text stand in clauses of their own. */
export function isInOtherClause(text: string, one: Stretch, other: Stretch): boolean {
  const [from, to] = [Math.min(one.end, other.end), Math.max(one.start, other.start)];
  const between = text.slice(from, to);
  // The next word's first letter alone may look like another language's "and".
  return clauseEnd.test(between) || conjunction.test(between) || arabicAnd.test(text.slice(from, to + 1));
}
