import type { FactName, OwnFactName, Facts, Flag, Requirement } from '../facts/facts.ts';
import { countBusinessDays, type CountedDays } from './business-days.ts';
import { asksNothing, chooseCase, type Choice } from './choose-case.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { Deadline, Decision, Outcome } from './decision.ts';
import { refundOf, refunds } from './refund-amount.ts';
import { unmetRequirements } from './unmet-requirements.ts';
import { valuesOf, type MailContext } from './values-of.ts';
import type { Values } from './variables.ts';

/** What a decision rests on beside the facts and the policy. */
export interface DecisionContext extends MailContext {
  /** Lower-case hex SHA-256 of the pack, kept with the decision. */
  readonly packHash: string;
  /** The merchant's records did not answer: somebody must look the order up. */
  readonly recordsUnavailable?: true;
  /** Where the case has several mails: when the newest arrived, from which the time to answer it runs. */
  readonly answeredFromMs?: number;
}

/**
 * What the merchant's policy says of the facts, preliminarily. In a case of several mails the context is the arrival of the first one
 * that made the request. Pure.
 */
export function decide(facts: Facts, compiled: CompiledPolicy, context: DecisionContext): Decision {
  const decidedAlready = beforeTheRules(facts, compiled);
  if (decidedAlready === 'machine') return withoutRule('no_reply', compiled, context);
  if (decidedAlready === 'no_request') return withoutRule('human_review', compiled, context);
  const deadlines = datedDeadlines(compiled, context);
  if (decidedAlready === 'privacy') {
    return freeze({ ...withoutRule('human_review', compiled, context), flags: added(['privacy_request'], facts), deadlines });
  }

  const { asRead, choice } = applyRules(facts, compiled, context);
  const { cases, outcome, discretionary, trace } = choice;
  const amount = amountOf(choice, asRead);
  return freeze({
    outcome,
    ...citation(choice),
    discretionary,
    amount,
    agentChecks: [...agentChecks(choice, amount), ...(context.recordsUnavailable === true ? ['records' as const] : [])],
    deadlines,
    missing: missing(choice, asRead, compiled),
    flags: added(cases[0]?.flags.filter((flag) => cases.every(({ flags }) => flags.includes(flag))) ?? [], facts),
    trace,
    pack: compiled.policy.name,
    packHash: context.packHash,
  });
}

/** What is decided without the rules: mail of machines, mail that makes no request or takes it back, and privacy where the rules do not speak of it. */
export function beforeTheRules(facts: Facts, { coversPrivacy }: Pick<CompiledPolicy, 'coversPrivacy'>): 'machine' | 'no_request' | 'privacy' | null {
  if (facts.topic === 'machine') return 'machine';
  if (facts.topic === 'other' || facts.withdrawn === true || facts.flags.includes('encrypted')) return 'no_request';
  return facts.topic === 'privacy' && !coversPrivacy ? 'privacy' : null;
}

/** How the rules apply: the facts as the merchant reads them, what its conditions see of them, and the case they lead to. */
export function applyRules(facts: Facts, compiled: CompiledPolicy, context: MailContext): { readonly asRead: Facts; readonly values: Values; readonly choice: Choice } {
  const asRead = readAs(facts, compiled, context);
  const values = valuesOf(asRead, context, compiled.policy);
  return { asRead, values, choice: chooseCase(compiled.rules, values) };
}

function withoutRule(outcome: Outcome, { policy }: CompiledPolicy, { packHash }: DecisionContext): Decision {
  return freeze({
    outcome, rule: null, clause: null, discretionary: false, amount: null, agentChecks: [], deadlines: [], missing: [], flags: [], trace: [],
    pack: policy.name, packHash,
  });
}

// The merchant's own way of reading a request, such as a cancellation where there is nothing to cancel.
function readAs(facts: Facts, { readAs: entries, policy }: CompiledPolicy, context: MailContext): Facts {
  if (entries.length === 0) return facts;
  const values = valuesOf(facts, context, policy);
  const entry = entries.find(({ when }) => when.evaluate(values) === true);
  return entry === undefined ? facts : { ...facts, topic: entry.topic ?? facts.topic, reason: entry.reason ?? facts.reason };
}

function missing({ cases, outcome, hangsOn }: Choice, facts: Facts, { policy }: CompiledPolicy): Requirement[] {
  if (asksNothing.has(outcome)) return [];
  const asking = cases.filter((each) => !asksNothing.has(each.outcome));
  const required = unmetRequirements(asking.flatMap(({ requires }) => requires), facts, policy.same_as);
  return [...new Set<Requirement>([...required, ...hangsOn])];
}

// A rule is cited where every case that can still apply is its own.
function citation({ cases }: Choice): Pick<Decision, 'rule' | 'clause'> {
  const rule = cases[0]?.rule;
  if (rule === undefined || cases.some((each) => each.rule !== rule)) return { rule: null, clause: null };
  return { rule: rule.name, clause: rule.clause };
}

function amountOf({ cases, outcome }: Choice, facts: Facts): string | null {
  if (outcome === 'need_info') return null;
  const [amount, ...others] = new Set(cases.map((each) => refundOf(each, facts.values)?.amount ?? null));
  return others.length === 0 ? (amount ?? null) : null;
}

function agentChecks({ cases, outcome, agentChecks: checks }: Choice, amount: string | null): (FactName | OwnFactName | 'balance')[] {
  if (amount !== null || !refunds.has(outcome)) return [...checks];
  return [...new Set([...checks, ...cases.flatMap(({ checkWithoutAmount }) => checkWithoutAmount ?? [])])];
}

function datedDeadlines(compiled: CompiledPolicy, { receivedAtMs, answeredFromMs = receivedAtMs }: DecisionContext): Deadline[] {
  return deadlinesFrom('arrival', answeredFromMs, compiled).map(({ what, by }) => ({ what, by }));
}

/** A deadline of the policy, counted from a moment. */
export interface CountedDeadline extends Deadline, CountedDays {
  readonly businessDays: number;
}

/** The policy's deadlines that run from the mail's arrival, or from the approval of a refund; the moment is when that was. */
export function deadlinesFrom(start: 'arrival' | 'approval', epochMs: number, { policy, calendar }: Pick<CompiledPolicy, 'policy' | 'calendar'>): CountedDeadline[] {
  return policy.deadlines
    .filter(({ from }) => from === start)
    .map(({ what, business_days: businessDays }) => ({ what, businessDays, ...countBusinessDays(epochMs, businessDays, calendar) }));
}

function added(flags: readonly Flag[], facts: Facts): Flag[] {
  return flags.filter((flag) => !facts.flags.includes(flag));
}

function freeze(decision: Decision): Decision {
  for (const value of Object.values(decision)) Object.freeze(value);
  for (const entry of [...decision.trace, ...decision.deadlines]) Object.freeze(entry);
  return Object.freeze(decision);
}
