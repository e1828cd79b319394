import type { Flag, Reason, Requirement, Topic } from '../facts/facts.ts';
import { businessCalendar, calendarFault, type BusinessCalendar } from './business-days.ts';
import { didYouMean } from '../nearest-name.ts';
import type { Outcome } from './decision.ts';
import { compileCondition, conditionLanguageWith, ConditionFault, type Condition } from './condition.ts';
import type { AmountSource, Policy, PolicyRule } from './policy.ts';
import { ownVariables } from './variables.ts';

/** A policy whose conditions are compiled: what `decide` applies. Frozen; made by `compilePolicy`. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly rules: readonly CompiledRule[];
  readonly readAs: readonly { readonly when: Condition; readonly topic: Topic | undefined; readonly reason: Reason | undefined }[];
  /** What business days are counted by. */
  readonly calendar: BusinessCalendar;
  /** The rules speak of privacy themselves; else a person reviews such a mail. */
  readonly coversPrivacy: boolean;
  /** A rule depends on how often the customer has asked before. */
  readonly looksAtHistory: boolean;
}

export interface CompiledRule {
  readonly name: string;
  readonly clause: string | null;
  readonly when: Condition | null;
  /** In order, the last without a condition of its own. */
  readonly cases: readonly RuleCase[];
}

/** One thing a rule can lead to. */
export interface RuleCase {
  readonly rule: { readonly name: string | null; readonly clause: string | null };
  /** The rule's condition; null where the rule always holds. */
  readonly ruleWhen: Condition | null;
  /** The case's own condition beside it. */
  readonly when: Condition | null;
  readonly outcome: Outcome;
  readonly discretionary: boolean;
  readonly requires: readonly Requirement[];
  readonly amount: readonly AmountSource[];
  /** What per cent of the sum the merchant keeps; 0 where it keeps nothing. */
  readonly keepPercent: number;
  readonly checkWithoutAmount: 'balance' | undefined;
  readonly flags: readonly Flag[];
  /** By language: words by which the sentences of the clause are found. */
  readonly says: Readonly<Record<string, readonly string[]>>;
}

/** What is wrong with a policy that has the right shape, and where in it. */
export interface PolicyFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The compiled policy, or every fault of it. */
export function compilePolicy(policy: Policy): { readonly compiled: CompiledPolicy | null; readonly faults: readonly PolicyFault[] } {
  const faults: PolicyFault[] = [];
  const language = conditionLanguageWith(ownVariables(policy.reader.facts));
  const compile = (text: string | undefined, path: PolicyFault['path']): Condition | null => {
    if (text === undefined) return null;
    try {
      return compileCondition(text, language);
    } catch (error) {
      if (!(error instanceof ConditionFault)) throw error;
      faults.push({ path, message: error.message });
      return null;
    }
  };

  const readAs = policy.read_as.flatMap((entry, index) => {
    const when = compile(entry.when, ['read_as', index, 'when']);
    return when === null ? [] : [{ when, topic: entry.topic, reason: entry.reason }];
  });
  const names = new Set<string>();
  const rules = policy.rules.map((rule, index) => {
    if (names.has(rule.name)) faults.push({ path: ['rules', index, 'name'], message: `a second rule of the name "${rule.name}"` });
    names.add(rule.name);
    return compileRule(rule, index, compile, faults);
  });
  faults.push(...unknownOverrides(policy));
  faults.push(...mixedShares(rules));
  faults.push(...unknownOwnFacts(policy));
  const calendarWrong = policy.calendar === undefined ? null : calendarFault(policy.calendar);
  if (calendarWrong !== null) faults.push({ path: ['calendar', calendarWrong.key], message: calendarWrong.message });
  if (faults.length > 0) return { compiled: null, faults };

  const coversPrivacy = rules.some(({ cases }) => cases.flatMap(conditionsOf).some(speaksOfPrivacy));
  const looksAtHistory = rules.some(({ cases }) => cases.flatMap(conditionsOf).some(({ variables }) => variables.some(({ name }) => name === 'earlier_requests')));
  const calendar = businessCalendar(policy.time_zone, policy.calendar);
  return { compiled: { policy, rules, readAs, calendar, coversPrivacy, looksAtHistory }, faults };
}

function unknownOverrides({ rules }: Policy): PolicyFault[] {
  return rules.flatMap(({ overrides }, index) => {
    const later = rules.slice(index + 1).map(({ name }) => name);
    return Object.keys(overrides ?? {})
      .filter((name) => name !== 'all' && !later.includes(name))
      .map((name) => ({ path: ['rules', index, 'overrides', name], message: `no rule below is called "${name}".${didYouMean(name, later)}` }));
  });
}

function compileRule(
  rule: PolicyRule,
  index: number,
  compile: (text: string | undefined, path: PolicyFault['path']) => Condition | null,
  faults: PolicyFault[],
): CompiledRule {
  const head = { name: rule.name, clause: rule.clause };
  const ruleWhen = compile(rule.when, ['rules', index, 'when']);
  const cases = (rule.cases ?? [{}]).map((each, caseIndex, all): RuleCase => {
    const path = rule.cases === undefined ? ['rules', index] : ['rules', index, 'cases', caseIndex];
    const last = caseIndex === all.length - 1;
    if (last && each.when !== undefined) faults.push({ path: [...path, 'when'], message: 'the last case must hold whenever the rule does: it has no condition' });
    if (!last && each.when === undefined) faults.push({ path, message: 'only the last case may be without a condition: those below would never be reached' });
    const when = compile(each.when, [...path, 'when']);
    const outcome = each.outcome ?? rule.outcome;
    if (outcome === undefined) faults.push({ path, message: 'has no outcome' });
    return {
      rule: head,
      ruleWhen,
      when,
      outcome: outcome ?? 'human_review',
      discretionary: each.discretionary ?? rule.discretionary ?? false,
      requires: each.requires ?? rule.requires,
      amount: each.amount ?? rule.amount ?? [],
      keepPercent: each.keep_percent ?? rule.keep_percent ?? 0,
      checkWithoutAmount: each.check_without_amount ?? rule.check_without_amount,
      flags: each.flags ?? rule.flags ?? [],
      says: each.says ?? rule.says ?? {},
    };
  });
  return { ...head, when: ruleWhen, cases };
}

/** The conditions that a case depends on, its rule's first. */
export function conditionsOf({ ruleWhen, when }: Pick<RuleCase, 'ruleWhen' | 'when'>): Condition[] {
  return [ruleWhen, when].filter((condition) => condition !== null);
}

const shareFacts = ['credits_used', 'credits_total', 'credits_left', 'used_percent'];

// `used_share` follows from these: tried as if independent, they could turn out in ways that contradict each other.
function mixedShares(rules: readonly CompiledRule[]): PolicyFault[] {
  const used = rules.map(({ cases }) => new Set(cases.flatMap(conditionsOf).flatMap(({ variables }) => variables.map(({ name }) => name))));
  if (!used.some((names) => names.has('used_share'))) return [];
  return used.flatMap((names, index) =>
    shareFacts
      .filter((name) => names.has(name))
      .map((name) => ({ path: ['rules', index], message: `"${name}" beside "used_share", which follows from it: use used_share alone` })),
  );
}

function speaksOfPrivacy(condition: Condition): boolean {
  return condition.variables.some(({ name }) => name === 'privacy') || (condition.constants.get('topic')?.has('privacy') ?? false);
}

// What the records tell must be something that the policy speaks of.
function unknownOwnFacts({ records, reader }: Policy): PolicyFault[] {
  const known = Object.keys(reader.facts ?? {});
  return Object.keys(records?.own_facts ?? {}).flatMap((name) =>
    (known.includes(name) ? [] : [{ path: ['records', 'own_facts', name], message: `no fact of this name stands under reader.facts.${didYouMean(name, known)}` }]));
}
