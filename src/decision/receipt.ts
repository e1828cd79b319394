import { factNames, type Fact, type FactName, type Facts, type FactSource, type Flag, type OwnFactName, type Product, type Reason, type Requirement, type Topic } from '../facts/facts.ts';
import { asksNothing, type Choice } from './choose-case.ts';
import { conditionsOf, type CompiledPolicy, type CompiledRule, type RuleCase } from './compile-policy.ts';
import type { Condition } from './condition.ts';
import { applyRules, beforeTheRules, type CountedDeadline, decide, deadlinesFrom, type DecisionContext } from './decide.ts';
import type { Decision, RuleTrace } from './decision.ts';
import { groundsOf, type Ground } from './grounds.ts';
import { findClause, findSentences } from './policy-text.ts';
import { refundArithmetic, refundSum, type RefundSum, refundOf } from './refund-amount.ts';
import { type PassedSince, tellValue } from './tell-value.ts';
import { isOwnFactName, type Values } from './variables.ts';

/**
 * A receipt: why a decision is what it is. From the rule back to the words of the policy and to the facts with the words of the mail, with every
 * sum and date worked out. Made from the same three things as the decision, so it can be made at any time of a decision that was kept.
 */
export interface Receipt {
  readonly pack: { readonly name: string; readonly hash: string };
  /** When the request arrived, in the offset its writer lives by: `2026-03-20T12:00:00+03:00`. */
  readonly arrivedAt: string;
  readonly request: {
    readonly language: string;
    readonly topic: Topic;
    readonly reason: Reason | null;
    readonly product: Product | null;
    readonly flags: readonly Flag[];
    /** What the merchant reads it as, where that is something else. */
    readonly readAs: { readonly topic: Topic; readonly reason: Reason | null } | null;
  };
  readonly decision: Decision;
  /** Why no rule was asked; null where the rules decided. */
  readonly withoutRules: 'machine' | 'no_request' | 'privacy' | null;
  /** Every rule tried, in order. */
  readonly rules: readonly RuleReceipt[];
  /** The clauses of the rules that apply, or still can. */
  readonly clauses: readonly ClauseReceipt[];
  /** What the policy asks of the customer for these rules, and what the choice of the rule hangs on; empty where nothing is asked for. */
  readonly requirements: readonly RequirementReceipt[];
  readonly facts: readonly FactReceipt[];
  readonly amount: { readonly value: string; readonly arithmetic: string; readonly sum: RefundSum } | null;
  readonly deadlines: readonly { readonly what: string; readonly by: string | null; readonly arithmetic: string; readonly counted: CountedFrom }[];
}

export interface RuleReceipt {
  readonly rule: string;
  readonly clause: string | null;
  /** The condition as the pack has it; null where the rule always holds. */
  readonly when: string | null;
  readonly holds: RuleTrace['holds'];
  /** This rule decides, or still can. */
  readonly applies: boolean;
  /** What settles it; empty where it is unknown. */
  readonly grounds: readonly GroundReceipt[];
  /** Facts on which it hangs, where it is unknown. */
  readonly unknownFacts: readonly string[];
}

/** From which day a deadline runs, where that is known, and over what. */
export interface CountedFrom extends Partial<Pick<CountedDeadline, 'from' | 'holidays'>> {
  readonly businessDays: number;
  readonly timeZone: string;
}

export interface GroundReceipt extends Ground {
  /** How the value comes about; null where it stands in the mail. */
  readonly arithmetic: string | null;
  /** Where it is the time since a moment. */
  readonly passed?: PassedSince;
  /** The facts it comes from. */
  readonly facts: readonly (FactName | OwnFactName)[];
}

export interface ClauseReceipt {
  readonly rule: string;
  readonly clause: string;
  /** Of the policy text: the customer's, where it was published in that. Null where the pack has no text. */
  readonly language: string | null;
  readonly headings: readonly string[];
  /** The sentences that matter here, verbatim; all of the clause where the pack does not say which. */
  readonly sentences: readonly string[];
  /** Parts of the citation that the text does not have. */
  readonly notFound: readonly string[];
}

export interface RequirementReceipt {
  readonly name: Requirement;
  readonly isMet: boolean;
  /** `required` by a rule that applies or still can; or the choice between rules `hangs_on` it. */
  readonly because: 'required' | 'hangs_on';
}

export interface FactReceipt {
  readonly name: FactName | OwnFactName;
  readonly value: string | number | boolean;
  readonly source: FactSource;
  readonly evidence: string;
  /** What the customer says, where the merchant's records say otherwise; else left out. */
  readonly insteadOf?: Pick<Fact, 'value' | 'source' | 'evidence'>;
  /** Rules that it settles, and `amount`. */
  readonly usedFor: readonly string[];
}

/** What a receipt needs of a pack. */
export interface ReceiptPack {
  readonly compiled: CompiledPolicy;
  /** The merchant's published text by language. */
  readonly policyTexts: ReadonlyMap<string, string>;
}

/** The receipt of the decision that `decide` takes of the same facts in the same context. Pure. */
export function makeReceipt(facts: Facts, { compiled, policyTexts }: ReceiptPack, context: DecisionContext): Receipt {
  const decision = decide(facts, compiled, context);
  const withoutRules = beforeTheRules(facts, compiled);
  const applied = withoutRules === null ? applyRules(facts, compiled, context) : null;
  const cases = applied?.choice.cases ?? [];
  const rules = applied === null ? [] : applied.choice.trace.map((trace) => ruleReceipt(trace, compiled, applied, cases, context));
  const { asRead } = applied ?? { asRead: facts };
  const isReadAs = asRead.topic !== facts.topic || asRead.reason !== facts.reason;
  const refund = decision.amount === null ? null : (cases.map((each) => refundOf(each, asRead.values)).find((each) => each?.amount === decision.amount) ?? null);
  return {
    pack: { name: decision.pack, hash: decision.packHash },
    arrivedAt: arrivalOf(context),
    request: {
      language: facts.language, topic: facts.topic, reason: facts.reason, product: facts.product, flags: facts.flags, readAs: isReadAs ? { topic: asRead.topic, reason: asRead.reason } : null,
    },
    decision,
    withoutRules,
    rules,
    clauses: clauseReceipts(cases, facts.language, policyTexts),
    requirements: applied === null ? [] : requirementReceipts(applied.choice, decision),
    facts: factReceipts(facts, rules, refund === null ? [] : refund.facts),
    amount: refund === null ? null : { value: refund.amount, arithmetic: refundArithmetic(refund), sum: refundSum(refund) },
    deadlines: withoutRules === 'machine' || withoutRules === 'no_request' ? [] : deadlineReceipts(decision, compiled, context),
  };
}

function ruleReceipt(
  { rule: name, holds, unknownFacts }: RuleTrace, compiled: CompiledPolicy, { asRead, values }: { readonly asRead: Facts; readonly values: Values }, cases: readonly RuleCase[],
  context: DecisionContext,
): RuleReceipt {
  const rule = compiled.rules.find((each) => each.name === name);
  const conditions = rule === undefined ? [] : conditionsSettling(rule, holds, values);
  return {
    rule: name, clause: rule?.clause ?? null, when: conditions.length === 0 ? null : conditions.map(({ text }) => (conditions.length > 1 && !text.startsWith('!(') ? `(${text})` : text)).join(' && '),
    holds, applies: cases.some((each) => each.rule.name === name),
    grounds: groundsOf(conditions, values).map((ground) => ({ ...ground, ...tellValue(ground.name, asRead, context, compiled.policy.days) })),
    unknownFacts,
  };
}

// Of a rule with several cases, the one that holds belongs to it, and that those before it do not.
function conditionsSettling(rule: CompiledRule, holds: RuleTrace['holds'], values: Values): Condition[] {
  const own = conditionsOf({ ruleWhen: rule.when, when: null });
  if (holds === false) return own;
  const index = rule.cases.findIndex(({ when }) => when === null || when.evaluate(values) !== false);
  const holding = rule.cases[index];
  if (holding === undefined) return own;
  const passedOver = rule.cases.slice(0, index).flatMap(({ when }) => (when === null ? [] : [negated(when)]));
  return [...own, ...passedOver, ...conditionsOf({ ruleWhen: null, when: holding.when })];
}

function negated(condition: Condition): Condition {
  return {
    ...condition,
    text: `!(${condition.text})`,
    evaluate: (values) => {
      const truth = condition.evaluate(values);
      return truth === 'unknown' ? truth : !truth;
    },
  };
}

function clauseReceipts(cases: readonly RuleCase[], language: string, texts: ReadonlyMap<string, string>): ClauseReceipt[] {
  const receipts = cases.flatMap(({ rule: { name, clause }, says }) => (name === null || clause === null ? [] : [clauseReceipt(name, clause, says, language, texts)]));
  return receipts.filter((each, index) => receipts.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === index);
}

function clauseReceipt(rule: string, clause: string, says: RuleCase['says'], language: string, texts: ReadonlyMap<string, string>): ClauseReceipt {
  const inLanguage = [language, ...texts.keys()].find((each) => texts.has(each)) ?? null;
  const text = inLanguage === null ? undefined : texts.get(inLanguage);
  if (inLanguage === null || text === undefined) return { rule, clause, language: null, headings: [], sentences: [], notFound: [] };
  const { passages, notFound } = findClause(text, clause);
  const { sentences } = findSentences(passages, says[inLanguage] ?? []);
  return {
    rule, clause, language: inLanguage,
    headings: [...new Set(passages.flatMap(({ heading }) => heading ?? []))],
    sentences: sentences.length > 0 ? sentences : passages.flatMap(({ lines }) => lines.map((line) => line.text)),
    notFound,
  };
}

function requirementReceipts({ cases, outcome, hangsOn }: Choice, { missing }: Decision): RequirementReceipt[] {
  if (asksNothing.has(outcome)) return [];
  const required = new Set(cases.flatMap((each) => (asksNothing.has(each.outcome) ? [] : each.requires)));
  return [...new Set<Requirement>([...required, ...hangsOn])].map((name) => ({ name, isMet: !missing.includes(name), because: required.has(name) ? 'required' : 'hangs_on' }));
}

function factReceipts(facts: Facts, rules: readonly RuleReceipt[], inAmount: readonly FactName[]): FactReceipt[] {
  const receiptOf = (name: FactName | OwnFactName, fact: Fact | undefined): FactReceipt[] => {
    if (fact === undefined) return [];
    const usedFor = rules.filter(({ grounds }) => grounds.some((ground) => ground.facts.includes(name))).map(({ rule }) => rule);
    if (inAmount.some((each) => each === name)) usedFor.push('amount');
    return [{ name, value: fact.value, source: fact.source, evidence: fact.evidence, ...(fact.instead_of === undefined ? {} : { insteadOf: fact.instead_of }), usedFor }];
  };
  const own = Object.entries(facts.own ?? {}).flatMap(([name, fact]) => (isOwnFactName(name) ? receiptOf(name, fact) : []));
  return [...factNames.flatMap((name) => receiptOf(name, facts.values[name])), ...own];
}

function deadlineReceipts({ outcome }: Decision, compiled: CompiledPolicy, { receivedAtMs, answeredFromMs = receivedAtMs }: DecisionContext): Receipt['deadlines'] {
  const { policy: { deadlines, time_zone: timeZone } } = compiled;
  const dated = deadlinesFrom('arrival', answeredFromMs, compiled).map(({ what, by, from, businessDays, holidays }) => {
    const passed = holidays.map(({ day, name }) => `, nor ${day} (${name})`).join('');
    return { what, by, arithmetic: `arrived on ${from} (${timeZone}); ${counted(businessDays)} after that day, not counting weekends${passed}`, counted: { from, businessDays, holidays, timeZone } };
  });
  const undated = deadlines
    .filter(({ from }) => from === 'approval' && !asksNothing.has(outcome))
    .map(({ what, business_days: days }) => ({ what, by: null, arithmetic: `${counted(days)} after the day of approval`, counted: { businessDays: days, timeZone } }));
  return [...dated, ...undated];
}

function counted(businessDays: number): string {
  return businessDays === 1 ? '1 business day' : `${String(businessDays)} business days`;
}

function arrivalOf({ receivedAtMs, offsetMinutes }: DecisionContext): string {
  const local = new Date(receivedAtMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMinutes);
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return local + offset;
}
