import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileCondition } from '../../src/decision/condition.ts';
import type { Outcome } from '../../src/decision/decision.ts';
import { generators } from '../../src/decision/variables.ts';
import { decideFor, policyOf } from './some-policies.ts';

/*
 * Against brute force: every combination of the unknown facts' values, on a grid finer than the constants in the rules, each
 * judged by its first rule that holds. The grid knows nothing of how the decision picks its own.
 */
const halves = Array.from({ length: 21 }, (_, index) => index / 2);
const domains = {
  outage_hours: halves,
  credits_total: Array.from({ length: 12 }, (_, index) => index),
  preferred_resolution: ['refund', 'replacement'],
  generator: [...generators],
  printed: [true, false],
  work_started: [true, false],
} as const;
type Name = keyof typeof domains;
const asked: readonly Name[] = ['outage_hours', 'credits_total', 'preferred_resolution', 'generator'];
const lookedUp: readonly Name[] = ['printed', 'work_started'];

const comparison = fc.oneof(
  fc.tuple(fc.constantFrom('outage_hours', 'credits_total'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.constantFrom(0, 2, 3, 7)).map((parts) => parts.join(' ')),
  fc.constantFrom('preferred_resolution == "refund"', 'preferred_resolution != "refund"', 'generator in ["pro", "ultra"]', 'generator == "free"', '"turbo" == generator'),
  fc.constantFrom('printed', 'printed == false', 'work_started', '!work_started'),
);
const condition = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
  leaf: comparison,
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree')).map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('tree').map((inner) => `!(${inner})`),
  ),
})).tree;
const outcome = fc.constantFrom<Outcome>('deny', 'full_refund', 'replacement', 'cancel_subscription');
const rules = fc.array(fc.record({ when: condition, outcome }), { minLength: 1, maxLength: 4 });
const known = fc.record(
  { outage_hours: fc.constantFrom(0, 1, 3, 8), credits_total: fc.constantFrom(0, 2, 9), preferred_resolution: fc.constantFrom('refund', 'replacement'), generator: fc.constantFrom(...generators), printed: fc.boolean(), work_started: fc.boolean() },
  { requiredKeys: [] },
);

type Way = Readonly<Record<string, string | number | boolean>>;

function everyWay(names: readonly Name[], fixed: Way): Way[] {
  return names.reduce<Way[]>((ways, name) => ways.flatMap((way) => domains[name].map((value) => ({ ...way, [name]: value }))), [fixed]);
}

it('is asked for exactly where it alone can change what happens', () => {
  fc.assert(
    fc.property(rules, known, (made, given) => {
      const compiled = made.map((rule) => ({ ...rule, holds: compileCondition(rule.when) }));
      const firstOf = (way: Way) => compiled.findIndex(({ holds }) => holds.evaluate(way) === true);
      const outcomeOf = (index: number): Outcome => compiled[index]?.outcome ?? 'human_review';
      const used = new Set(compiled.flatMap(({ holds }) => holds.variables.map(({ name }) => name)));
      const open = (names: readonly Name[]) => names.filter((name) => !(name in given) && used.has(name));
      const customer = open(asked);
      const merchant = open(lookedUp);

      // What happens once the customer has told everything.
      const told = new Map(everyWay(customer, given).map((way) => {
        const ways = everyWay(merchant, way);
        const outcomes = new Set(ways.map((each) => outcomeOf(firstOf(each))));
        const [only] = outcomes;
        const certain = compiled.findIndex(({ holds }) => ways.every((each) => holds.evaluate(each) === true));
        const result = outcomes.size === 1 && only !== undefined ? only : outcomeOf(certain);
        // Whatever the merchant's facts are, a rule that holds anyhow is the one to cite.
        const firsts = [...new Set(ways.map(firstOf))].toSorted((a, b) => a - b);
        const cited = outcomes.size > 1 || firsts.includes(certain) ? String(certain) : firsts.join();
        const asksNothing = result === 'deny' || result === 'cancel_subscription';
        return [JSON.stringify(way), { result, key: asksNothing ? result : `${result} ${cited}` }] as const;
      }));
      const keyOf = (way: Way) => told.get(JSON.stringify(way))?.key;
      const matters = customer.filter((name) =>
        everyWay(customer.filter((other) => other !== name), given).some((rest) => {
          const keys = everyWay(customer, given).filter((way) => Object.entries(rest).every(([key, value]) => way[key] === value)).map(keyOf);
          return new Set(keys).size > 1;
        }),
      );
      const results = new Set([...told.values()].map(({ result }) => result));
      const [expected] = results.size === 1 ? results : ['need_info'];
      const asksNothing = expected === 'deny' || expected === 'cancel_subscription';

      const decision = decideFor(policyOf(made), { values: given });
      expect(decision.outcome).toBe(expected);
      expect([...decision.missing].toSorted()).toEqual(asksNothing ? [] : [...matters].toSorted());
    }),
    { numRuns: 1500, seed: 20260320 },
  );
});
