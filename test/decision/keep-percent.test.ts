import { expect, it } from 'vitest';
import { decideFor, policyOf } from './some-policies.ts';

it.each([
  ['129.90 EUR', 15, '110.42 EUR'],
  ['10 JPY', 15, '9 JPY'],
  ['0.10 EUR', 50, '0.05 EUR'],
  ['1.000 KWD', 12.5, '0.875 KWD'],
])('of %s the merchant keeps %d per cent: %s is given back', (amount, keep, given) => {
  const policy = policyOf([{ outcome: 'partial_refund', amount: ['paid'], keep_percent: keep }]);
  expect(decideFor(policy, { values: { amount } }).amount).toBe(given);
});

it('keeps its part of the unused part as well', () => {
  const policy = policyOf([{ outcome: 'partial_refund', amount: ['unused_part'], keep_percent: 10 }]);
  expect(decideFor(policy, { values: { amount: '30 EUR', credits_used: 50, credits_total: 150 } }).amount).toBe('18.00 EUR');
});

it('keeps by case, over what the rule says', () => {
  const policy = policyOf([{ outcome: 'partial_refund', amount: ['paid'], keep_percent: 50, cases: [{ when: 'approved', keep_percent: 20 }, {}] }]);
  expect(decideFor(policy, { values: { amount: '10 EUR', approved: true } }).amount).toBe('8.00 EUR');
  expect(decideFor(policy, { values: { amount: '10 EUR' } }).amount).toBe('5.00 EUR');
});
