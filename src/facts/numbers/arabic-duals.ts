import type { Sentence } from '../text/sentences.ts';

/** A length of time that Arabic says without a number: "يومين" (two days), "أسبوع كامل" (a whole week). In hours; offsets in the passage's text. */
export interface UnnumberedLength {
  readonly hours: number;
  readonly start: number;
  readonly end: number;
}

const duals: readonly (readonly [pattern: RegExp, hours: number])[] = [[/^[ولب]?ساعت(?:ين|ان)$/u, 2], [/^[ولب]?(?:يوم|ليلت)(?:ين|ان)$/u, 48], [/^[ولب]?اسبوع(?:ين|ان)$/u, 336]];
const singles: readonly (readonly [pattern: RegExp, hours: number])[] = [[/^[ولب]?(?:يوم|يوما|ليله|نهار)$/u, 24], [/^[ولب]?اسبوعا?$/u, 168]];
/** One of them is a length where these say so. */
const whole = /^(?:كامل\p{L}*|بالكامل|ونصف?|واحد|واحده)$/u;

/** The first of a sentence; in words that are folded. */
export function unnumberedLength({ tokens }: Sentence): UnnumberedLength | null {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const isWhole = next !== undefined && !next.afterBreak && whole.test(next.folded);
    const hours = duals.find(([pattern]) => pattern.test(token.folded))?.[1] ?? (isWhole ? singles.find(([pattern]) => pattern.test(token.folded))?.[1] : undefined);
    if (hours !== undefined) return { hours, start: token.start, end: token.end };
  }
  return null;
}
