/**
 * Promise words: how one language promises, refuses and hedges in a letter from a merchant. One file a language beside this one; the grammar
 * that uses them is the same for all.
 *
 * Each entry is a list of alternatives in the syntax of regular expressions, written as people write; both sides are folded (lower case, no
 * accents, no apostrophes). `~` is any ending, a blank any white space. In spaced writing an entry begins and ends at a word's edge.
 */
export interface PromiseWords {
  readonly writing: 'spaced' | 'unspaced';
  /** Verb forms that promise money back, or say that it is on its way: `we will refund`, `has been refunded`. */
  readonly refunding: readonly string[];
  /** Verb forms that promise what is named beside them: `we will send you`, `you will receive`, `has been approved`. */
  readonly giving: readonly string[];
  /** What a policy does: `provides for`, `you are entitled to`. */
  readonly entitling: readonly string[];
  /** Nouns of what can be given. */
  readonly refund: readonly string[];
  readonly replacement: readonly string[];
  readonly credits: readonly string[];
  readonly revision: readonly string[];
  /** What no decision ever grants: discounts, coupons, gifts. */
  readonly extra: readonly string[];
  /** Words beside a voucher that make it one the customer bought, used or gives back, and not one that is given. */
  readonly handedBack: readonly string[];
  /** Verb forms that promise another thing than money by themselves. */
  readonly replacing: readonly string[];
  readonly revising: readonly string[];
  readonly cancelling: readonly string[];
  /** The whole of it: `full`, `in full`, `100 %`. */
  readonly full: readonly string[];
  /** Other things that are given: an answer, a decision. A giving verb beside one promises nothing. */
  readonly news: readonly string[];
  /** What takes a promise back: before the verb or its object, and after it. */
  readonly negatedBefore: readonly string[];
  readonly negatedAfter: readonly string[];
  /** A sentence that refuses: `we cannot offer a refund`. */
  readonly refusing: readonly string[];
  /** Nouns that are a promise by themselves where a sentence neither refuses, hedges, asks nor tells a rule: `Your refund is on its way`. */
  readonly named: readonly string[];
  /** Words beside them that make it talk about a refund: `your request`, `our policy`, `you would like`. */
  readonly spokenOf: readonly string[];
  /** `if`, `once`, `as soon as`, `an approved refund`. */
  readonly conditions: readonly string[];
  /** `may`, `possibly`, `we will consider`. */
  readonly maybes: readonly string[];
  /** Conjunctions that begin another thought: `but`, `and`. */
  readonly conjunctions: readonly string[];
  /** `today`, `tomorrow`, `at once`: days that a promise names without a date. */
  readonly soon: readonly string[];
  readonly units: { readonly hour: readonly string[]; readonly day: readonly string[]; readonly week: readonly string[]; readonly month: readonly string[] };
  /** Words beside a unit that make its days working days. */
  readonly business: readonly string[];
  /** `section`, `§`: a clause's number or its title in quotes follows, in Turkish, Japanese and Korean also precedes. */
  readonly clause: readonly string[];
}
