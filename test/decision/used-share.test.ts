import { assert, integer, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usedShare } from '../../src/decision/used-share.ts';
import { decideFor, merchantPolicy } from './some-policies.ts';

const imgto3d = merchantPolicy('imgto3d');
const ruleFor = (used: number, total: number) => decideFor(imgto3d, { reason: 'changed_mind', product: 'subscription', values: { paid_at: '2026-03-19', amount: '20.00 EUR', credits_used: used, credits_total: total } }).rule;

describe('the used share', () => {
  it('is over four fifths exactly where the fraction is', () => {
    const fifths = integer({ min: 1, max: 200_000_000 });
    assert(property(fifths, oneof(integer({ min: -3, max: 3 }), integer({ min: -1_000_000, max: 1_000_000 })), (fifth, beyond) => {
      const total = 5 * fifth;
      const used = Math.min(total, Math.max(1, 4 * fifth + beyond));
      expect(ruleFor(used, total)).toBe(5n * BigInt(used) > 4n * BigInt(total) ? 'mostly-used' : 'partly-used');
    }), { numRuns: 2000 });
  });

  it.each([
    [{ used_percent: 80 }, '80/100'], [{ credits_used: 3, credits_total: 4 }, '3/4'], [{ credits_left: 1, credits_total: 4 }, '3/4'], [{ credits_used: 3, credits_left: 1 }, '3/4'],
    [{ credits_used: 0 }, '0/1'], [{ credits_left: 0 }, '1/1'], [{ used_percent: 50, credits_used: 3, credits_total: 4 }, '50/100'], [{ credits_used: 3 }, null], [{ credits_total: 3 }, null],
    [{ credits_used: 5, credits_total: 4 }, null], [{ credits_left: 5, credits_total: 4 }, null], [{ used_percent: 101 }, null],
  ])('of %j is %s', (given, expected) => {
    const share = usedShare(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value, source: 'body', evidence: '' }])));
    expect(share === null ? null : `${share.used.toFixed()}/${share.total.toFixed()}`).toBe(expected);
  });
});
