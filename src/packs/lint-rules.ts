import { chooseCase } from '../decision/choose-case.ts';
import type { CompiledPolicy, CompiledRule } from '../decision/compile-policy.ts';
import type { Condition } from '../decision/condition.ts';
import type { Outcome } from '../decision/decision.ts';
import type { Truth } from '../decision/three-valued.ts';
import type { Values } from '../decision/variables.ts';
import type { PolicyFinding } from './pack-finding.ts';
import { axesOf, describeSituation, findSituation, type Situation } from './situations.ts';

/** Rules and cases that no mail can reach, and pairs of rules that hold at once and lead to different outcomes without the policy saying so. */
export function lintRules(compiled: CompiledPolicy): PolicyFinding[] {
  return [...unreachable(compiled), ...overlaps(compiled)];
}

function unreachable(compiled: CompiledPolicy): PolicyFinding[] {
  return compiled.rules.flatMap((rule, index) => {
    const dead = rule.cases.filter((_each, position) => !canReach(compiled, index, position));
    if (dead.length < rule.cases.length) {
      return dead.map((each): PolicyFinding => ({ lint: 'unreachable', path: ['rules', index, 'cases', rule.cases.indexOf(each)], message: 'this case is never reached: wherever it holds, an earlier one does' }));
    }
    const path = ['rules', index, ...(rule.when === null ? [] : ['when'])];
    if (findSituation(axesOf([rule.when], compiled), (values) => holds(rule.when, values)) === null) {
      return [{ lint: 'unreachable', path, message: `rule "${rule.name}" never holds: its condition contradicts itself, or asks for what the reader never reads for this merchant` }];
    }
    const hiding = compiled.rules.slice(0, index).filter((earlier) => findSituation(axesOf([rule.when, earlier.when], compiled), (values) => both(holds(rule.when, values), holds(earlier.when, values))) !== null);
    return [{ lint: 'unreachable', path, message: `rule "${rule.name}" is never reached: wherever it holds, an earlier rule does (${hiding.map(({ name }) => name).join(', ')})` }];
  });
}

function canReach(compiled: CompiledPolicy, index: number, position: number): boolean {
  const rules = compiled.rules.slice(0, index + 1);
  const rule = rules[index];
  const wanted = rule?.cases[position];
  if (rule === undefined || wanted === undefined) return false;
  const earlierCases = rule.cases.slice(0, position);
  const earlierRules = rules.slice(0, index);
  const axes = axesOf([rule.when, wanted.when, ...earlierCases.map(({ when }) => when), ...earlierRules.map(({ when }) => when)], compiled);
  const goal = (values: Values): Truth => all([
    () => both(holds(rule.when, values), holds(wanted.when, values)),
    ...earlierCases.map(({ when }) => () => not(holds(when, values))),
    ...earlierRules.map(({ when }) => () => not(holds(when, values))),
  ]);
  // Some rules are for what nobody knows: they are reached where the earlier ones are passed over.
  const passedOver = (values: Values) => chooseCase(rules, values).cases.includes(wanted);
  return findSituation(axes, goal) !== null || findSituation(axes, (values) => maybe(goal(values)), passedOver) !== null;
}

function maybe(truth: Truth): Truth {
  return truth === false ? false : 'unknown';
}

function overlaps(compiled: CompiledPolicy): PolicyFinding[] {
  const { rules, policy } = compiled;
  return rules.flatMap((earlier, index) => {
    const overrides = policy.rules[index]?.overrides ?? {};
    const crossed = rules.slice(index + 1).flatMap((later) => {
      const witness = conflict(compiled, index, later);
      return witness === null || isSpecialCase(compiled, index, later) ? [] : [{ later, witness }];
    });
    const unsaid = crossed.filter(({ later }) => !('all' in overrides) && !(later.name in overrides));
    const idle = Object.keys(overrides).filter((name) => (name === 'all' ? crossed.length === 0 : crossed.every(({ later }) => later.name !== name)));
    const path = ['rules', index, ...(earlier.when === null ? [] : ['when'])];
    return [
      ...(unsaid.length === 0 ? [] : [{ lint: 'overlap', path, message: crossingText(earlier, unsaid) } as const]),
      ...idle.map((name) => ({ lint: 'overlap', path: ['rules', index, 'overrides', name], message: name === 'all' ? 'no rule below crosses this one: this line says nothing' : `does not cross "${name}": this line says nothing` }) as const),
    ];
  });
}

/** A situation that the earlier rule decides, and which the later one would have decided otherwise. */
function conflict(compiled: CompiledPolicy, index: number, later: CompiledRule): Situation | null {
  const { rules } = compiled;
  const earlier = rules[index];
  if (earlier === undefined || sameOutcome(earlier, later)) return null;
  const before = rules.slice(0, index);
  const conditions = [earlier, later].flatMap(({ when, cases }) => [when, ...cases.map((each) => each.when)]);
  return findSituation(axesOf([...conditions, ...before.map(({ when }) => when)], compiled), (values) => all([
    () => both(holds(earlier.when, values), holds(later.when, values)),
    () => differ(outcomeOf(earlier, values), outcomeOf(later, values)),
    ...before.map(({ when }) => () => not(holds(when, values))),
  ]));
}

// An exception before the rule it is an exception to is how rules are written: nothing is amiss there.
function isSpecialCase(compiled: CompiledPolicy, index: number, later: CompiledRule): boolean {
  const earlier = compiled.rules[index];
  const before = compiled.rules.slice(0, index);
  if (earlier === undefined) return false;
  return findSituation(axesOf([later.when, earlier.when, ...before.map(({ when }) => when)], compiled), (values) => all([
    () => both(holds(earlier.when, values), not(holds(later.when, values))),
    ...before.map(({ when }) => () => not(holds(when, values))),
  ])) === null;
}

function sameOutcome(one: CompiledRule, other: CompiledRule): boolean {
  return new Set([...one.cases, ...other.cases].map(({ outcome }) => outcome)).size === 1;
}

const maxWitnesses = 3;

function crossingText(earlier: CompiledRule, crossed: readonly { readonly later: CompiledRule; readonly witness: Situation }[]): string {
  const shown = crossed.slice(0, maxWitnesses).map(({ later, witness }) => `"${later.name}" (${outcomesText(later)}), as when ${describeSituation(witness)}`);
  const more = crossed.slice(maxWitnesses).map(({ later }) => `"${later.name}"`);
  return `rule "${earlier.name}" (${outcomesText(earlier)}) holds at once with rules below it that lead elsewhere, and decides: ${shown.join('; ')}${more.length === 0 ? '' : `; and with ${more.join(', ')}`}. `
    + `Part them, change their order, or say why this one goes first: overrides: { ${crossed.length > maxWitnesses ? 'all' : (crossed[0]?.later.name ?? 'all')}: … }`;
}

function outcomesText({ cases }: CompiledRule): string {
  return [...new Set(cases.map(({ outcome }) => outcome))].join(' or ');
}

function outcomeOf({ cases }: CompiledRule, values: Values): Outcome | 'unknown' {
  for (const each of cases) {
    const truth = holds(each.when, values);
    if (truth === 'unknown') return 'unknown';
    if (truth) return each.outcome;
  }
  return 'unknown';
}

function differ(one: Outcome | 'unknown', other: Outcome | 'unknown'): Truth {
  return one === 'unknown' || other === 'unknown' ? 'unknown' : one !== other;
}

function holds(condition: Condition | null, values: Values): Truth {
  return condition?.evaluate(values) ?? true;
}

function not(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}

function both(one: Truth, other: Truth): Truth {
  if (one === false || other === false) return false;
  return one === true && other === true ? true : 'unknown';
}

function all(parts: readonly (() => Truth)[]): Truth {
  let truth: Truth = true;
  for (const part of parts) {
    const each = part();
    if (each === false) return false;
    if (each === 'unknown') truth = each;
  }
  return truth;
}
