import type { Take } from './counted-numbers.ts';
import type { Sentence } from '../text/sentences.ts';

/** A number of a sentence that speaks of credits, and how far from it, in characters, stands what tells of using, of being left, and the unit. */
export interface CountedCredits {
  readonly value: number;
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly apart: { readonly used: number; readonly left: number; readonly unit: number };
}

/** Fewer are tries or pieces. */
const leastWhole = 10;
const unitReach = 5;
const verbReach = 45;

/** "Got 300 credits, burnt 96, pay me the other 204": where one number is the sum of two others it is the whole, whatever words stand nearer to it. Nothing where two sums could be meant. */
export function readSumOfCredits(numbers: readonly CountedCredits[], take: Take): void {
  const values = new Map(numbers.toReversed().map((number) => [number.value, number]));
  const [sum, ...others] = [...values.values()].flatMap((whole) => [...values.values()].flatMap((part) => {
    const rest = values.get(whole.value - part.value);
    return whole.value < leastWhole || rest === undefined || rest.value <= part.value || part.value < 1 ? [] : [[whole, part, rest] as const];
  }));
  if (sum === undefined || others.length > 0 || !sum.some(({ apart }) => apart.unit <= unitReach)) return;
  const [whole, part, rest] = sum;
  // "I used 40 on Monday and 60 on Tuesday, that is 100 of my 300": two parts of what was used.
  if (numbers.some(({ value, apart }) => value > whole.value && apart.unit <= unitReach) || Math.min(part.apart.left, rest.apart.left) > verbReach) return;
  const leaning = ({ apart }: CountedCredits): number => Math.min(apart.left, verbReach) - Math.min(apart.used, verbReach);
  if (leaning(part) === leaning(rest)) return;
  const [used, left] = leaning(part) > leaning(rest) ? [part, rest] : [rest, part];
  for (const [name, number] of [['credits_used', used], ['credits_left', left], ['credits_total', whole]] as const) take(name, number.value, number.sentence, number.start, number.end, true);
}
