import { describe, expect, it } from 'vitest';
import { compileCondition, ConditionFault } from '../../src/decision/condition.ts';
import type { Values } from '../../src/decision/variables.ts';

const evaluate = (text: string, values: Values) => compileCondition(text).evaluate(values);

describe('a condition', () => {
  it.each<[string, Values, boolean | 'unknown']>([
    ['outage_hours > 3', {}, 'unknown'],
    ['outage_hours > 3', { outage_hours: 4 }, true],
    ['outage_hours > 3 && topic == "refund"', { topic: 'other' }, false],
    ['topic == "refund" && outage_hours > 3', { topic: 'refund' }, 'unknown'],
    ['outage_hours > 3 || topic == "refund"', { topic: 'refund' }, true],
    ['outage_hours > 3 || topic == "refund"', { topic: 'other' }, 'unknown'],
    ['!(outage_hours > 3)', {}, 'unknown'],
    ['!printed', {}, 'unknown'],
    ['printed ? outage_hours > 3 : topic == "refund"', { printed: false, topic: 'refund' }, true],
    ['used_share == 0', { used_share: 0 }, true],
    ['used_share != 0', { used_share: 0.5 }, true],
    ['0.8 >= used_share', { used_share: 0.8 }, true],
    ['reason == ""', { reason: '' }, true],
    ['reason != "price_drop"', { reason: '' }, true],
    ['"chargeback" in flags', { flags: ['chargeback'] }, true],
    ['"chargeback" in flags', { flags: [] }, false],
    ['!said.preferred_resolution', { said: { preferred_resolution: false } }, true],
    ['true', {}, true],
  ])('%s of %o is %s', (text, values, expected) => {
    expect(evaluate(text, values)).toBe(expected);
  });

  it('knows what it speaks of and what it compares it with', () => {
    const condition = compileCondition('days_since_paid > 3 && (generator in ["pro", "ultra"] || 14.5 < days_since_paid) && said.amount');
    expect(condition.variables.map(({ name }) => name)).toEqual(['days_since_paid', 'generator']);
    expect([...condition.said]).toEqual(['amount']);
    expect(compileCondition('"chargeback" in flags').constants).toEqual(new Map([['flags', new Set(['chargeback'])]]));
    expect(condition.constants).toEqual(new Map<string, Set<string | number>>([['days_since_paid', new Set([3, 14.5])], ['generator', new Set(['pro', 'ultra'])]]));
  });

  it.each([
    ['resaon == "price_drop"', 'unknown name "resaon". Did you mean "reason"?'],
    ['reason == "price_dropp"', '"reason" is never "price_dropp". Did you mean "price_drop"?'],
    ['reason in ["price_drop", "broken"]', '"reason" is never "broken".'],
    ['"charge_back" in flags', '"flags" is never "charge_back". Did you mean "chargeback"?'],
    ['said.prefered_resolution', 'unknown fact "prefered_resolution". Did you mean "preferred_resolution"?'],
    ['paid_at > "2026-01-01"', '"paid_at" cannot stand here. It is not compared as it is: use days_since_paid.'],
    ['amount == "3 USD"', '"amount" cannot stand here. It is not compared as it is: use said.amount.'],
    ['outage_hours', '`outage_hours` cannot stand here: a condition compares a variable with a constant.'],
    ['outage_hours > "3"', '"outage_hours" is a number'],
    ['outage_hours > -1', '"outage_hours" is never -1'],
    ['used_share > 80', '"used_share" is never 80'],
    ['printed == "yes"', '"printed" is true or false'],
    ['browser == 3', '"browser" is a text'],
    ['browser > "a"', '"browser" has no order: use ==, != or in'],
    ['credits_used / credits_total > 0.8', '`credits_used / credits_total` cannot stand here: a condition compares a variable with a constant.'],
    ['credits_used > credits_total', '`credits_total` cannot stand here: a condition compares a variable with a constant.'],
    ['browser.startsWith("Chrome")', '`browser.startsWith("Chrome")` cannot stand here: a condition compares a variable with a constant.'],
    ['"x" in topic', '"topic" is no list'],
    ['reason == ', 'Unexpected token: EOF'],
    ['reason = "price_drop"', 'Unexpected character: ='],
    ['"refund"', '`"refund"` cannot stand here: a condition compares a variable with a constant.'],
  ])('%s is refused', (text, message) => {
    let fault: unknown;
    try {
      compileCondition(text);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ConditionFault);
    expect(fault).toHaveProperty('message', message);
  });

  it('that would take long to read is refused', () => {
    expect(() => compileCondition(Array.from({ length: 400 }, () => 'printed').join(' && '))).toThrow(ConditionFault);
    expect(() => compileCondition(`${'('.repeat(10_000)}printed`)).toThrow(ConditionFault);
  });
});
