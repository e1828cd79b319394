import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionsOf, type CompiledPolicy } from '../../src/decision/compile-policy.ts';
import { decide } from '../../src/decision/decide.ts';
import type { Decision } from '../../src/decision/decision.ts';
import { unmetRequirements } from '../../src/decision/unmet-requirements.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { loadPolicy } from '../../src/packs/load-policy.ts';
import { someFacts } from './some-facts.ts';
import { arrival, merchantPolicy } from './some-policies.ts';

/*
 * The merchants' own policies against brute force. A fact that is not given is tried with every value of a grid that is finer than the
 * numbers in the rules; what `decide` makes of each full mail is the measure, so nothing of how it deals with unknown facts is relied on.
 */
type Given = Readonly<Record<string, string | number | boolean>>;

// Days before the arrival, 20 March 2026, around every limit there is.
const days = ['2026-03-19', '2026-03-17', '2026-03-16', '2026-03-12', '2026-03-06', '2026-03-05', '2026-02-18', '2026-02-17'];
const grid: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
  paid_at: days, fulfilled_at: days, outage_hours: [0, 47, 48, 49, 71, 72, 73], preferred_resolution: ['refund', 'replacement'], is_opened: [true, false],
};
const merchants = 'used_percent printed work_started was_shipped'.split(' ');
const lookedUp: typeof grid = { used_percent: [0, 1, 79, 80, 81, 100], printed: [true, false], work_started: [true, false], was_shipped: [true, false] };

const sixth = loadPolicy(readFileSync(fileURLToPath(new URL('../packs/sixth-merchant/templates/brass-kettle/policy.yaml', import.meta.url)), 'utf8'), 'policy.yaml').compiled;
const policies = new Map<string, CompiledPolicy>(['ai3dgen', 'imgto3d', 'stone-ai', 'storybookly', 'winno'].map((name) => [name, merchantPolicy(name)]));
if (sixth !== null) policies.set('brass-kettle', sixth);

function factsOf(request: Partial<Facts>, given: Given): Facts {
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => /^(?:is|was)_/u.test(name)).map(([name, value]) => [name, { value: value === true, source: 'body' as const, evidence: '' }]));
  return { ...someFacts({ ...request, values: Object.fromEntries(Object.entries(given).filter(([name]) => !/^(?:is|was)_/u.test(name))) }), own };
}

/** What is done, and what is asked for its sake: two decisions that agree in both are the same to the customer. */
function resultOf({ outcome, rule, missing }: Decision, policy: CompiledPolicy): string {
  const asksNothing = ['deny', 'cancel_subscription', 'answer'].includes(outcome);
  const required = new Set<string>(policy.policy.rules.flatMap((each) => [...each.requires, ...(each.cases ?? []).flatMap(({ requires }) => requires ?? [])]));
  return asksNothing ? outcome : `${outcome} ${String(rule)} ${missing.filter((name) => required.has(name)).join()}`;
}

function completionsOf(names: readonly string[], given: Given): Given[] {
  return names.reduce<Given[]>((all, name) => all.flatMap((each) => (grid[name] ?? []).map((value) => ({ ...each, [name]: value }))), [given]);
}

const cases = fc.constantFrom(...policies.keys()).chain((name) => {
  const reader = policies.get(name)?.policy.reader;
  return fc.record({
    name: fc.constant(name),
    topic: fc.constantFrom<Facts['topic']>('refund', 'refund', 'refund', 'cancellation', 'revision', 'technical_problem'),
    reason: fc.option(fc.constantFrom(...(reader?.reasons ?? [])), { freq: 6 }),
    product: fc.option(fc.constantFrom(...(reader?.products ?? []))),
    given: fc.record(Object.fromEntries(Object.entries({ ...grid, ...lookedUp, is_engraved: [true], was_on_sale: [true], promo_funds: [true], account_blocked: [true], order_number: ['A-1'] }).map(([fact, values]) => [fact, fc.constantFrom(...values)])), { requiredKeys: [] }),
    kept: fc.uniqueArray(fc.constantFrom(...Object.keys(grid), ...merchants, 'order_number', 'order_number', 'is_engraved', 'promo_funds'), { maxLength: 5 }),
  });
});

describe('of the facts that a mail does not give, decide', () => {
  it('asks for exactly those that can still change what happens, and for none where none can', () => {
    let asked = 0;
    let decided = 0;
    fc.assert(fc.property(cases, ({ name, topic, reason, product, given: all, kept }) => {
      const policy = policies.get(name);
      if (policy === undefined) throw new Error(name);
      const given: Given = Object.fromEntries(Object.entries(all).flatMap(([fact, value]) => (value !== undefined && kept.includes(fact) ? [[fact, value]] : [])));
      const judge = (values: Given): Decision => decide(factsOf({ topic, reason, product, described: true }, values), policy, arrival);
      const decision = judge(given);
      const open = Object.keys(grid).filter((fact) => !(fact in given) && policyLooksAt(policy, fact));
      const completions = completionsOf(open, given);
      const results = new Map(completions.map((values) => [keyOf(values, open), judge(values)]));

      // Where all completions agree, it is decided at once, and as they are.
      const outcomes = new Set([...results.values()].map(({ outcome }) => outcome));
      const [only] = outcomes;
      if (outcomes.size === 1) expect(decision.outcome).toBe(only);
      else expect(decision.outcome).toBe('need_info');

      // What is asked for beyond what the rules require is what, alone, can make a difference; nothing else is.
      const turning = open.filter((fact) => completions.some((values) => (grid[fact] ?? []).some((other) =>
        resultOf(must(results.get(keyOf(values, open))), policy) !== resultOf(must(results.get(keyOf({ ...values, [fact]: other }, open))), policy))));
      const required: readonly string[] = unmetRequirements(requiredOf(policy), factsOf({ reason }, given), policy.policy.same_as);
      const beyond: readonly string[] = decision.missing.filter((fact) => open.includes(fact));
      const asksNothing = ['deny', 'cancel_subscription', 'answer'].includes(decision.outcome);
      if (!asksNothing) for (const fact of turning) expect(beyond).toContain(fact);
      expect(beyond.filter((fact) => !turning.includes(fact) && !required.includes(fact))).toEqual([]);

      // It suffices: whatever the answers are, nothing of it is asked again, and what was not asked for makes no difference.
      for (const answers of completionsOf(beyond, given)) {
        const told = judge(answers);
        expect(told.missing.filter((fact) => beyond.includes(fact))).toEqual([]);
        expect(told.outcome === 'need_info' && !outcomes.has('need_info')).toBe(false);
        for (const values of completionsOf(open.filter((fact) => !beyond.includes(fact)), answers)) expect(judge(values).outcome).toBe(told.outcome);
      }
      if (decision.outcome === 'need_info') asked += 1;
      else decided += 1;
    }), { numRuns: 200, seed: 20260321 });
    expect(asked).toBeGreaterThan(15);
    expect(decided).toBeGreaterThan(60);
  });
});

function requiredOf({ policy }: CompiledPolicy) {
  return policy.rules.flatMap((each) => [...each.requires, ...(each.cases ?? []).flatMap(({ requires }) => requires ?? [])]);
}

// A rule that asks whether a fact was said is for the case that it was not: nothing is unknown there.
function policyLooksAt({ rules }: CompiledPolicy, fact: string): boolean {
  const conditions = rules.flatMap(({ cases: each }) => each.flatMap(conditionsOf));
  return conditions.some(({ variables }) => variables.some((variable) => variable.fact === fact)) && !conditions.some(({ said }) => [...said].some((name) => name === fact));
}

function keyOf(values: Given, names: readonly string[]): string {
  return names.map((name) => String(values[name])).join('|');
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no such completion');
  return value;
}
