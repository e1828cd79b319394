import { ActionRefusedError } from '../cases/actions/action-errors.ts';
import type { Decision, Outcome } from '../decision/decision.ts';
import { findClause } from '../decision/policy-text.ts';
import { refunds } from '../decision/refund-amount.ts';
import type { Pack } from '../packs/pack.ts';

/** What a person can decide instead of the policy: what one of its rules leads to, whether or not the facts bear it; or, without a rule, a denial or that it is looked into. */
export interface OverrideChoice {
  readonly rule: string | null;
  readonly outcome: Outcome;
  /** `22.77 USD`; null where the outcome is no sum of money, or it is not known. */
  readonly amount: string | null;
  /** The clause that the reply names: `3.2`; null for that of the rule. */
  readonly clause: string | null;
}

/** By rule, in the policy's order. Outcomes that only ask are another thing: `askForMore`. */
export function overrideChoices({ compiled }: Pick<Pack, 'compiled'>): readonly (Omit<OverrideChoice, 'amount' | 'clause'> & { readonly clause: string | null; readonly takesAmount: boolean })[] {
  const ruled = compiled.rules.flatMap(({ cases }) => cases.map(({ rule, outcome }) => ({ rule: rule.name, clause: rule.clause, outcome, takesAmount: refunds.has(outcome) })));
  const others = (['human_review', 'deny'] as const).map((outcome) => ({ rule: null, clause: null, outcome, takesAmount: false }));
  const all = [...ruled.filter(({ outcome }) => outcome !== 'need_info' && outcome !== 'no_reply'), ...others];
  return all.filter(({ rule, outcome }, index) => all.findIndex((other) => other.rule === rule && other.outcome === outcome) === index);
}

/** The clauses that the policy's rules rest on, in the policy's order. */
export function overrideClauses({ compiled }: Pick<Pack, 'compiled'>): readonly string[] {
  return [...new Set(compiled.rules.flatMap(({ cases }) => cases.flatMap(({ rule: { clause } }) => clause ?? [])))];
}

function hasClause(pack: Pick<Pack, 'compiled' | 'policyTexts'>, clause: string): boolean {
  return overrideClauses(pack).includes(clause) || [...pack.policyTexts.values()].some((text) => {
    const { passages, notFound } = findClause(text, clause);
    return passages.length > 0 && notFound.length === 0;
  });
}

/** The decision as the person takes it. Throws `ActionRefusedError` where the policy knows no such thing. */
export function overriddenBy(decided: Decision, { rule, outcome, amount, clause }: OverrideChoice, pack: Pick<Pack, 'compiled' | 'policyTexts'>): Decision {
  const choice = overrideChoices(pack).find((each) => each.rule === rule && each.outcome === outcome);
  if (choice === undefined) throw new ActionRefusedError('refused.override_rule');
  if (amount !== null && !/^\d{1,12}(?:\.\d{1,3})? [A-Z]{3}$/u.test(amount)) throw new ActionRefusedError('refused.override_sum');
  if (clause !== null && !hasClause(pack, clause)) throw new ActionRefusedError('refused.override_clause');
  return {
    ...decided, outcome, rule, clause: clause ?? choice.clause, discretionary: false, amount: choice.takesAmount ? (amount ?? decided.amount) : null, missing: [], agentChecks: [],
  };
}
