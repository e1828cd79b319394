import { asksNothing } from '../decision/choose-case.ts';
import type { CompiledPolicy, RuleCase } from '../decision/compile-policy.ts';
import type { Outcome } from '../decision/decision.ts';
import { refunds } from '../decision/refund-amount.ts';
import type { Known, KnownValue } from '../draft/known-values.ts';
import { templateVariables } from '../draft/template-variables.ts';
import type { Requirement } from '../facts/facts.ts';
import { axesOf, findSituation, type Axis, type Goal } from './situations.ts';

const given: KnownValue = { nothing: false, values: null };
const perhaps: KnownValue = { nothing: true, values: null };

/** Always there: made from the policy and the phrases, or from what every mail has. */
const alwaysGiven = ['rule', 'outcome', 'discretionary', 'topic', 'checks', 'missing', 'account_email', 'merchant', 'merchant.name', 'merchant.address', 'understood', 'reference', 'asks', 'after_info', 'next_step', 'texts'] as const;

/** Numbers and names as customers write them: what could not stand in a letter is left out of it. */
const asWritten: ReadonlySet<string> = new Set(['order_number', 'transaction_id', 'browser', 'os', 'telegram_id']);

const factVariables = ['generator', 'payment_method', 'preferred_resolution', 'paid_at', 'fulfilled_at', 'outage_hours'] as const;

/** What a reply can rely on where a case of the rule decides, with nothing missing, or while something is asked for. */
export function knownOfCase(each: RuleCase, index: number, compiled: CompiledPolicy, state: 'complete' | 'asking'): Known {
  const known = unspecified(compiled);
  const decided = state === 'complete';
  const { clause } = each.rule;
  known.set('rule', exactly(each.rule.name));
  known.set('outcome', decided ? exactly(each.outcome) : { nothing: false, values: new Set([each.outcome, 'need_info']) });
  known.set('clause', exactly(clause));
  known.set('clause_title', clause === null ? exactly(null) : given);
  known.set('discretionary', exactly(each.discretionary));
  known.set('amount', amountOf(each, compiled, decided));

  const holding = whereCaseHolds(each, index, compiled);
  for (const name of ['topic', 'reason', 'product', 'privacy'] as const) known.set(name, holding.possible(name));
  if (decided && requiredFor(each, 'reason', compiled)) known.set('reason', { ...(known.get('reason') ?? given), nothing: false });
  for (const name of factVariables) if ((decided && requiredFor(each, name, compiled)) || holding.implies(name)) known.set(name, given);
  if (!holding.allows('revision_count', 0)) known.set('revision_count', given);
  return known;
}

/** What a reply can rely on where several rules lead to the outcome, or none covers the request. */
export function knownWithoutRule(outcome: Outcome, compiled: CompiledPolicy): Known {
  const known = unspecified(compiled);
  known.set('rule', { nothing: true, values: new Set() });
  known.set('clause', exactly(null));
  known.set('clause_title', exactly(null));
  known.set('amount', outcome === 'human_review' ? perhaps : { nothing: true, values: new Set() });
  if (outcome !== 'human_review') known.set('outcome', exactly(outcome));
  return known;
}

function unspecified({ policy }: CompiledPolicy): Map<string, KnownValue> {
  const known = new Map<string, KnownValue>(Object.keys(templateVariables).map((name) => [name, perhaps]));
  for (const name of alwaysGiven) known.set(name, given);
  known.set('discretionary', { nothing: false, values: new Set([true, false]) });
  for (const { what, from } of policy.deadlines) if (from === 'arrival') known.set(`${what}_by`, given);
  return known;
}

function exactly(value: unknown): KnownValue {
  return value === null ? { nothing: true, values: new Set() } : { nothing: false, values: new Set([value]) };
}

function amountOf(each: RuleCase, compiled: CompiledPolicy, decided: boolean): KnownValue {
  if (!refunds.has(each.outcome) || each.amount.length === 0) return { nothing: true, values: new Set() };
  const claimed = each.amount.includes('claimed') && requiredFor(each, 'amount_claimed', compiled);
  const paid = each.amount.includes('paid') && requiredFor(each, 'amount', compiled);
  return decided && (claimed || paid) ? given : perhaps;
}

// What else does for it would not be the value itself.
function requiredFor({ requires, outcome }: RuleCase, name: Requirement, { policy }: CompiledPolicy): boolean {
  return !asksNothing.has(outcome) && !asWritten.has(name) && requires.includes(name) && (policy.same_as[name] ?? []).length === 0;
}

/** What can be so where a case applies. */
function whereCaseHolds(each: RuleCase, index: number, compiled: CompiledPolicy) {
  const rule = compiled.rules[index];
  const earlierCases = (rule?.cases ?? []).slice(0, rule?.cases.indexOf(each));
  const avoided = [...compiled.rules.slice(0, index), ...earlierCases].map(({ when }): Goal => ({ condition: when, holds: false, certain: false }));
  const conditions = [each.ruleWhen, each.when, ...avoided.map(({ condition }) => condition)];
  const axes = axesOf(conditions, compiled);
  const allowed = (name: string, way: Axis['ways'][number], certain: boolean): boolean => {
    const fixed = axes.map((axis) => (axis.name === name ? { ...axis, ways: [way] } : axis));
    const goals = [each.ruleWhen, each.when].map((condition): Goal => ({ condition, holds: true, certain }));
    return findSituation(fixed, [...goals, ...avoided]) !== null;
  };
  return {
    possible: (name: string): KnownValue => {
      const axis = axes.find((candidate) => candidate.name === name);
      if (axis === undefined) return name === 'topic' ? given : perhaps;
      const ways = axis.ways.filter((way) => allowed(name, way, false));
            const named = new Set<unknown>(conditions.flatMap((condition) => [...(condition?.constants.get(name) ?? [])]));
      const values = ways.filter((way) => way !== '');
      // One that no condition names stands for all of its kind.
      return { nothing: ways.includes(''), values: values.every((way) => named.has(way)) ? new Set(values) : null };
    },
    /** Wherever the case holds for certain, the fact is known. */
    implies: (fact: string): boolean => {
      const axis = axes.find((candidate) => candidate.fact === fact);
      return axis !== undefined && !allowed(axis.name, undefined, true);
    },
    allows: (name: string, way: Axis['ways'][number]): boolean => !axes.some((axis) => axis.name === name) || allowed(name, way, false),
  };
}
