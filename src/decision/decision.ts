import type { FactName, Flag, OwnFactName, Requirement } from '../facts/facts.ts';

/**
 * A decision: what the merchant's published policy says of the facts, which rule and clause said so, and what it still hangs on.
 * Preliminary: a person approves it. Frozen; made by `decide`.
 */
export const outcomes = [
  'full_refund', 'partial_refund', 'replacement', 'refund_or_replacement', 'credit_compensation', 'revision', 'cancel_subscription',
  'investigate', 'answer', 'deny', 'need_info', 'human_review', 'no_reply',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface Decision {
  readonly outcome: Outcome;
  /** The rule's name in the pack; null where no rule of the merchant covers the request. */
  readonly rule: string | null;
  /** The clause of the policy text, as the pack cites it; null where the text has none. */
  readonly clause: string | null;
  readonly discretionary: boolean;
  /** `22.77 USD`, in the currency's minor units; null where it is not known or not a sum of money. */
  readonly amount: string | null;
  /** Facts that only the merchant knows and a person must look up before sending, `balance` among them; `records` where the merchant's records did not answer. */
  readonly agentChecks: readonly (FactName | OwnFactName | 'balance' | 'records')[];
  readonly deadlines: readonly Deadline[];
  /** What to ask the customer for, in the pack's order. */
  readonly missing: readonly Requirement[];
  /** Flags that the rules raise, beside those read from the mail. */
  readonly flags: readonly Flag[];
  /** Every rule tried, in order: true, false, or unknown with the facts it hung on. */
  readonly trace: readonly RuleTrace[];
  /** Name and SHA-256 of the pack, so that the decision can be replayed. */
  readonly pack: string;
  readonly packHash: string;
}

export interface Deadline {
  /** `answer`, `payout`, … */
  readonly what: string;
  /** `2026-11-27`, in the merchant's time zone. */
  readonly by: string;
}

export interface RuleTrace {
  readonly rule: string;
  readonly holds: boolean | 'unknown';
  readonly unknownFacts: readonly string[];
}
