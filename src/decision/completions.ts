import type { Condition } from './condition.ts';
import type { Domain, Values, Variable } from './variables.ts';

/** A value that an unknown variable could turn out to have. */
export type Value = string | number | boolean;

/** One value for each way the variable could turn out that these conditions can tell apart. */
export function waysToTurnOut(variable: Variable, conditions: readonly Condition[]): Value[] {
  const constants = [...new Set(conditions.flatMap((condition) => [...(condition.constants.get(variable.name) ?? [])]))];
  switch (variable.domain.kind) {
    case 'yes_or_no':
      return [false, true];
    case 'choice':
      return [...variable.domain.choices];
    case 'number':
      return representatives(constants.filter((constant) => typeof constant === 'number'), variable.domain);
    case 'text':
      // No mail has a fact of NUL characters: it stands for every text that no condition names.
      return [...constants, '\0'];
    case 'flags':
      return [];
    default:
      return variable.domain satisfies never;
  }
}

/** Each threshold, and one number from each gap between them that holds one. Numbers of the vocabulary are never negative. */
export function representatives(thresholds: readonly number[], { max, whole }: Domain & { kind: 'number' }): number[] {
  const sorted = [...new Set([0, ...thresholds, ...(max === Infinity ? [] : [max])])].toSorted((a, b) => a - b);
  const found: number[] = [];
  for (const [index, threshold] of sorted.entries()) {
    if (!whole || Number.isInteger(threshold)) found.push(threshold);
    const next = sorted[index + 1];
    if (next === undefined) {
      if (threshold < max) found.push(whole ? Math.floor(threshold) + 1 : threshold + 1);
    } else if (!whole) {
      found.push((threshold + next) / 2);
    } else if (Math.floor(threshold) + 1 < next) {
      found.push(Math.floor(threshold) + 1);
    }
  }
  return found;
}

/** How many completions `completions` yields. */
export function countCompletions(ways: readonly (readonly Value[])[]): number {
  return ways.reduce((count, values) => count * values.length, 1);
}

/** `known` with every combination of the ways in which `unknown` could turn out; the last variable changes fastest. */
export function* completions(known: Values, unknown: readonly Variable[], ways: readonly (readonly Value[])[]): Generator<Values> {
  const digits = unknown.map(() => 0);
  for (;;) {
    const values: Record<string, Values[string]> = { ...known };
    for (const [index, variable] of unknown.entries()) {
      const value = ways[index]?.[digits[index] ?? 0];
      if (value !== undefined) values[variable.name] = value;
    }
    yield values;
    let index = digits.length - 1;
    for (; index >= 0; index--) {
      const digit = (digits[index] ?? 0) + 1;
      if (digit < (ways[index]?.length ?? 0)) {
        digits[index] = digit;
        break;
      }
      digits[index] = 0;
    }
    if (index < 0) return;
  }
}

/**
 * Which variables the results hang on: those of which one alone, turning out otherwise, changes a result. `results` are in the order of
 * `completions`; two are the same when `===`.
 */
export function relevantVariables(unknown: readonly Variable[], ways: readonly (readonly Value[])[], results: readonly unknown[]): Variable[] {
  let stride = results.length;
  return unknown.filter((_variable, index) => {
    const size = ways[index]?.length ?? 1;
    const block = stride;
    stride = block / size;
    // Within a block the variable's value is the position divided by the stride: compare each with the block's first of the same rest.
    return results.some((result, position) => result !== results[position - (position % block) + (position % stride)]);
  });
}
