import type { Facts } from '../facts/facts.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { DecisionContext } from './decide.ts';
import type { Decision, Outcome } from './decision.ts';
import { makeReceipt, type GroundReceipt, type RuleReceipt } from './receipt.ts';

/** A flip: a request that another version of a policy decides otherwise, by its outcome or by the sum it grants. */
export interface Flip {
  readonly before: Decided;
  readonly after: Decided;
  readonly why: readonly RuleChange[];
}

export type Decided = Pick<Decision, 'outcome' | 'rule' | 'amount'>;

/** A rule that the two versions judge differently, of those that decide in either. */
export interface RuleChange {
  readonly rule: string;
  readonly before: RuleSight;
  readonly after: RuleSight;
}

/** How a version of the policy sees the request by a rule. */
export interface RuleSight {
  /** `not_tried`: an earlier rule decided. `absent`: there is no such rule. */
  readonly holds: boolean | 'unknown' | 'not_tried' | 'absent';
  readonly when: string | null;
  readonly outcome: Outcome | null;
  readonly grounds: readonly GroundReceipt[];
  readonly unknownFacts: readonly string[];
}

/** Whether the second decision is another one for the customer. */
export function isFlip(before: Decided, after: Decided): boolean {
  return before.outcome !== after.outcome || before.amount !== after.amount;
}

/** Why two versions of a policy decide otherwise. */
export function explainFlip(facts: Facts, before: CompiledPolicy, after: CompiledPolicy, context: DecisionContext): RuleChange[] {
  const [old, changed] = [sighted(facts, before, context), sighted(facts, after, context)];
  const deciding = [...new Set([...old.rules, ...changed.rules].filter(({ applies }) => applies).map(({ rule }) => rule))];
  const why = deciding.map((rule) => ({ rule, before: sightOf(rule, old), after: sightOf(rule, changed) }));
  return why.filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

interface Sighted {
  readonly compiled: CompiledPolicy;
  readonly decision: Decision;
  readonly rules: readonly RuleReceipt[];
}

function sighted(facts: Facts, compiled: CompiledPolicy, context: DecisionContext): Sighted {
  const { decision, rules } = makeReceipt(facts, { compiled, policyTexts: new Map() }, context);
  return { compiled, decision, rules };
}

function sightOf(name: string, { compiled, decision, rules }: Sighted): RuleSight {
  const tried = rules.find(({ rule }) => rule === name);
  const rule = compiled.rules.find((each) => each.name === name);
  if (tried === undefined) return { holds: rule === undefined ? 'absent' : 'not_tried', when: rule?.when?.text ?? null, outcome: null, grounds: [], unknownFacts: [] };
  return { holds: tried.holds, when: tried.when, outcome: tried.holds === true ? decision.outcome : null, grounds: tried.grounds, unknownFacts: tried.unknownFacts };
}
