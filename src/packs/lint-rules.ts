import { chooseCase } from '../decision/choose-case.ts';
import type { CompiledPolicy, CompiledRule } from '../decision/compile-policy.ts';
import type { Condition } from '../decision/condition.ts';
import type { Values } from '../decision/variables.ts';
import type { PolicyFinding } from './pack-finding.ts';
import { axesOf, describeSituation, findSituation, type Goal, type Situation } from './situations.ts';

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
    if (find([must(rule.when)], compiled) === null) {
      return [{ lint: 'unreachable', path, message: `rule "${rule.name}" never holds: its condition contradicts itself, or asks for what the reader never reads for this merchant` }];
    }
    const hiding = compiled.rules.slice(0, index).filter((earlier) => find([must(rule.when), must(earlier.when)], compiled) !== null);
    return [{ lint: 'unreachable', path, message: `rule "${rule.name}" is never reached: wherever it holds, an earlier rule does (${hiding.map(({ name }) => name).join(', ')})` }];
  });
}

function canReach(compiled: CompiledPolicy, index: number, position: number): boolean {
  const rules = compiled.rules.slice(0, index + 1);
  const rule = rules[index];
  const wanted = rule?.cases[position];
  if (rule === undefined || wanted === undefined) return false;
  const goals = [must(rule.when), ...chosenCase(rule, position), ...rules.slice(0, index).map(({ when }) => mustNot(when))];
  // Some rules are for what nobody knows: they are reached where the earlier ones are passed over.
  const passedOver = (values: Values) => chooseCase(rules, values).cases.includes(wanted);
  return find(goals, compiled) !== null || find(goals.map((goal) => ({ ...goal, certain: false })), compiled, passedOver) !== null;
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
  const earlier = compiled.rules[index];
  if (earlier === undefined || sameOutcome(earlier, later)) return null;
  const before = compiled.rules.slice(0, index).map(({ when }) => mustNot(when));
  for (const [here, { outcome }] of earlier.cases.entries()) {
    for (const [there, other] of later.cases.entries()) {
      if (outcome === other.outcome) continue;
      const both = [must(earlier.when), must(later.when), ...chosenCase(earlier, here), ...chosenCase(later, there)];
      // Most pairs can be told apart by themselves, and sooner.
      const witness = find(both, compiled) === null ? null : find([...both, ...before], compiled);
      if (witness !== null) return witness;
    }
  }
  return null;
}

// An exception before the rule it is an exception to is how rules are written: nothing is amiss there.
function isSpecialCase(compiled: CompiledPolicy, index: number, later: CompiledRule): boolean {
  const before = compiled.rules.slice(0, index).map(({ when }) => mustNot(when));
  return find([must(compiled.rules[index]?.when ?? null), mustNot(later.when), ...before], compiled) === null;
}

function chosenCase({ cases }: CompiledRule, position: number): Goal[] {
  return [...cases.slice(0, position).map(({ when }) => mustNot(when)), must(cases[position]?.when ?? null)];
}

function must(condition: Condition | null): Goal {
  return { condition, holds: true, certain: true };
}

function mustNot(condition: Condition | null): Goal {
  return { condition, holds: false, certain: true };
}

function find(goals: readonly Goal[], compiled: CompiledPolicy, settle?: (values: Values) => boolean): Situation | null {
  return findSituation(axesOf(goals.map(({ condition }) => condition), compiled), goals, settle);
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
