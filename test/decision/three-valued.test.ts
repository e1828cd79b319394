import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileCondition } from '../../src/decision/condition.ts';

const cel = new Environment()
  .registerVariable('outage_hours', 'double').registerVariable('credits_left', 'double').registerVariable('generator', 'string').registerVariable('printed', 'bool')
  .registerVariable('flags', 'list<string>').registerVariable('said', { schema: { amount: 'bool' } })
  .registerOperator('double == int', (left: number, right: bigint) => left === Number(right));

const leaf = fc.oneof(
  fc.tuple(fc.constantFrom('outage_hours', 'credits_left'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.constantFrom('0', '2', '2.5')).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('2', '2.5'), fc.constantFrom('<', '<=', '>', '>=')).map(([constant, operator]) => `${constant} ${operator} outage_hours`),
  fc.constantFrom('generator == "pro"', 'generator != "pro"', '"turbo" == generator', 'generator in ["pro", "turbo"]', 'printed', 'printed == false', '"chargeback" in flags', 'said.amount', 'true', 'false'),
);
const condition = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree')).map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('tree').map((inner) => `!(${inner})`),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([test, then, otherwise]) => `(${test} ? ${then} : ${otherwise})`),
  ),
})).tree;
const values = fc.record(
  {
    outage_hours: fc.constantFrom(0, 1, 2, 2.5, 3), credits_left: fc.constantFrom(0, 2, 7), generator: fc.constantFrom('pro', 'turbo', 'free'), printed: fc.boolean(),
    flags: fc.constantFrom([], ['chargeback'], ['legal_threat']), said: fc.boolean().map((amount) => ({ amount })),
  },
  { requiredKeys: [] },
);

it('is what CEL says, an error for want of a variable being unknown', () => {
  fc.assert(
    fc.property(condition, values, (text, given) => {
      let expected: unknown;
      try {
        expected = cel.parse(text)(given);
      } catch (error) {
        if (!(error instanceof EvaluationError) || error.code !== 'unknown_variable') throw error;
        expected = 'unknown';
      }
      expect(compileCondition(text).evaluate(given)).toBe(expected);
    }),
    { numRuns: 3000, seed: 7 },
  );
});
