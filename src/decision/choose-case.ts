import type { FactName, OwnFactName } from '../facts/facts.ts';
import { conditionsOf, type CompiledRule, type RuleCase } from './compile-policy.ts';
import { completions, countCompletions, relevantVariables, waysToTurnOut, type Value } from './completions.ts';
import type { Condition } from './condition.ts';
import type { Outcome, RuleTrace } from './decision.ts';
import type { Values, Variable } from './variables.ts';

/** Which case of a policy's rules applies, as far as the known facts tell. */
export interface Choice {
  /** `need_info` where it hangs on what the customer can know. */
  readonly outcome: Outcome;
  /** The case that applies; several where it is still open which. */
  readonly cases: readonly RuleCase[];
  /** The text leaves it to the merchant, by one at least of the cases that could apply. */
  readonly discretionary: boolean;
  /** Customer-knowable facts of which one alone can still change the outcome, or the rule that asks for something. */
  readonly hangsOn: readonly (FactName | OwnFactName)[];
  /** Facts only the merchant knows on which it hung whether an earlier rule applies instead. */
  readonly agentChecks: readonly (FactName | OwnFactName)[];
  /** Down to the rule that certainly applies, which is the last that was tried. */
  readonly trace: readonly RuleTrace[];
}

/** Outcomes that ask nothing of the customer: a denial, a cancellation, an answer and silence. */
export const asksNothing: ReadonlySet<Outcome> = new Set<Outcome>(['deny', 'cancel_subscription', 'answer', 'no_reply']);

// What becomes of a request that no rule covers.
const uncovered: RuleCase = {
  rule: { name: null, clause: null },
  ruleWhen: null,
  when: null,
  outcome: 'human_review',
  discretionary: false,
  requires: [],
  amount: [],
  keepPercent: 0,
  checkWithoutAmount: undefined,
  flags: [],
  says: {},
};

// Beyond it (a dozen unknown facts in one policy's open rules) every unknown fact counts as one the choice hangs on.
const maxCompletions = 20_000;

/**
 * The first case whose conditions all hold. Where unknown facts leave several open, every way they could turn out is tried: if all give the
 * same outcome, that is it; else, if it hangs on what the customer can know, `need_info`; what hangs only on the merchant's knowledge is
 * passed over, so that the next case that holds for certain applies, with agent checks.
 */
export function chooseCase(rules: readonly CompiledRule[], values: Values): Choice {
  const { open, certain, trace } = tryRules(rules, values);
  if (open.length === 0) return { outcome: certain.outcome, cases: [certain], discretionary: certain.discretionary, hangsOn: [], agentChecks: [], trace };

  const conditions = open.flatMap(conditionsOf);
  const unknown = [...new Set(conditions.flatMap(({ variables }) => variables))].filter(({ name }) => !(name in values));
  const customer = unknown.filter(({ knownBy }) => knownBy === 'customer');
  const merchant = unknown.filter(({ knownBy }) => knownBy === 'merchant');
  const customerWays = customer.map((variable) => waysToTurnOut(variable, conditions));
  const merchantWays = merchant.map((variable) => waysToTurnOut(variable, conditions));
  if (countCompletions([...customerWays, ...merchantWays]) > maxCompletions) return { ...undecided(open, certain, customer, merchant), trace };

  const candidates = [...open, certain];
  const told = [...completions(values, customer, customerWays)].map((known) => {
    const ways = [...completions(known, merchant, merchantWays)];
    return passOver(candidates, ways, merchant, merchantWays);
  });
  const reached = new Set(told.flatMap((each) => each.cases));
  const possible = [...candidates, uncovered].filter((each, index, all) => reached.has(each) && all.indexOf(each) === index);
  const agentChecks = factsOf(new Set(told.flatMap((each) => each.hungOn)));
  const hangsOn = factsOf(relevantVariables(customer, customerWays, told.map(resultKey(candidates))));
  const outcome = told[0]?.outcome ?? certain.outcome;
  if (told.some((each) => each.outcome !== outcome)) return { outcome: 'need_info', cases: possible, discretionary: false, hangsOn, agentChecks: [], trace };
  const discretionary = possible.some((each) => each.discretionary);
  // Of several that lead to the same, the one that holds whatever the unknown facts are can be cited truthfully.
  return { outcome, cases: possible.includes(certain) ? [certain] : possible, discretionary, hangsOn, agentChecks, trace };
}

interface Tried {
  /** Cases that hold if unknown facts turn out so. */
  readonly open: readonly RuleCase[];
  /** The first case after them that holds whatever the unknown facts are. */
  readonly certain: RuleCase;
  readonly trace: readonly RuleTrace[];
}

function tryRules(rules: readonly CompiledRule[], values: Values): Tried {
  const open: RuleCase[] = [];
  const trace: RuleTrace[] = [];
  for (const { name, when, cases } of rules) {
    const ruleHolds = when?.evaluate(values) ?? true;
    const unknownFacts = new Set<string>(ruleHolds === 'unknown' ? unknownIn(when, values) : []);
    let certain: RuleCase | null = null;
    for (const each of ruleHolds === false ? [] : cases) {
      const caseHolds = each.when?.evaluate(values) ?? true;
      if (caseHolds === 'unknown') for (const fact of unknownIn(each.when, values)) unknownFacts.add(fact);
      if (caseHolds === true && ruleHolds === true) {
        certain = each;
        break;
      }
      if (caseHolds !== false) open.push(each);
      if (caseHolds === true) break;
    }
    trace.push({ rule: name, holds: unknownFacts.size === 0 ? ruleHolds : 'unknown', unknownFacts: [...unknownFacts] });
    if (certain !== null) return { open, certain, trace };
  }
  return { open, certain: uncovered, trace };
}

// As facts, where the variable stands for one.
function unknownIn(condition: Condition | null, values: Values): string[] {
  return (condition?.variables ?? []).flatMap(({ name, fact }) => (name in values ? [] : [fact ?? name]));
}

interface Told {
  readonly outcome: Outcome;
  readonly cases: readonly RuleCase[];
  readonly hungOn: readonly Variable[];
}

// What applies when everything the customer can know is known and the merchant's facts could turn out in these ways.
function passOver(candidates: readonly RuleCase[], ways: readonly Values[], merchant: readonly Variable[], merchantWays: readonly (readonly Value[])[]): Told {
  const first = ways.map((way) => candidates.find((each) => holdsCase(each, way)) ?? uncovered);
  const possible = [...new Set(first)];
  const always = candidates.find((each) => ways.every((way) => holdsCase(each, way))) ?? uncovered;
  const outcome = possible[0]?.outcome ?? always.outcome;
  if (possible.every((each) => each.outcome === outcome)) {
    return { outcome, cases: possible.includes(always) ? [always] : possible, hungOn: [] };
  }
  return { outcome: always.outcome, cases: [always], hungOn: relevantVariables(merchant, merchantWays, first) };
}

// Two ways are the same where they lead to the same case, or both to an outcome that asks nothing.
function resultKey(candidates: readonly RuleCase[]): (told: Told) => string {
  return ({ outcome, cases }) => (asksNothing.has(outcome) ? outcome : `${outcome} ${cases.map((each) => candidates.indexOf(each)).join()}`);
}

function undecided(open: readonly RuleCase[], certain: RuleCase, customer: readonly Variable[], merchant: readonly Variable[]): Omit<Choice, 'trace'> {
  if (customer.length === 0) return { outcome: certain.outcome, cases: [certain], discretionary: certain.discretionary, hangsOn: [], agentChecks: factsOf(merchant) };
  return { outcome: 'need_info', cases: [...open, certain], discretionary: false, hangsOn: factsOf(customer), agentChecks: [] };
}

// Of values that lack nothing the case speaks of.
function holdsCase({ ruleWhen, when }: RuleCase, values: Values): boolean {
  return (ruleWhen?.evaluate(values) ?? true) === true && (when?.evaluate(values) ?? true) === true;
}

function factsOf(variables: Iterable<Variable>): (FactName | OwnFactName)[] {
  return [...new Set([...variables].flatMap(({ fact }) => (fact === null ? [] : [fact])))];
}
