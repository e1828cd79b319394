import type { PackProblem } from './pack-error.ts';

/** A finding: what a pack that can be used is not likely to mean, or would do badly, and where. */
export interface PackFinding extends PackProblem {
  readonly lint: Lint;
}

/** What is looked for, as `pack check` names it. */
export type Lint =
  /** No mail can reach the rule, or the case. */
  | 'unreachable'
  /** Two rules hold at once and lead to different things, and the policy does not say that this is meant. */
  | 'overlap'
  /** What the rule hangs on, or requires, is asked of nobody, or the answer is never read. */
  | 'never-asked'
  /** The rule speaks of what the reader does not read for this merchant. */
  | 'never-read'
  /** A listed language lacks a reply, or a reply belongs to no rule. */
  | 'reply'
  /** A reply puts in a value that its rule does not guarantee. */
  | 'unguarded'
  /** The clause does not stand in the policy's text. */
  | 'clause'
  /** A form of a word that the language needs for some number is missing. */
  | 'plural'
  /** A reply has a gap, a raw variable or markup in its text. */
  | 'gap'
  /** A reply has words of another language. */
  | 'language'
  /** A reply promises what its decision does not back. */
  | 'promise'
  /** The greeting leaves out a name that is known. */
  | 'greeting';

/** Where a fault is, as a path in `policy.yaml`. */
export interface PolicyFinding {
  readonly lint: Lint;
  readonly path: readonly (string | number)[];
  readonly message: string;
}
