import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/facts/facts.ts';
import { decideFor, merchantPolicy } from './some-policies.ts';

const policy = merchantPolicy('stone-ai');
// Arrival is Friday, 20 March 2026.
const complete = { amount: '25 USD', paid_at: '2026-03-10', payment_method: 'card', telegram_id: '@anna' };

describe('what is never refunded at stone-ai', () => {
  it('is the balance of a blocked account', () => {
    expect(decideFor(policy, { reason: 'unused_balance', values: { ...complete, account_blocked: true } })).toMatchObject({ outcome: 'deny', rule: 'account-blocked', clause: '3.1' });
  });
  it('are promotional funds', () => {
    expect(decideFor(policy, { reason: 'unused_balance', values: { promo_funds: true } })).toMatchObject({ outcome: 'deny', rule: 'promo-funds', clause: '3.1', missing: [] });
  });
  it.each<Reason>(['used_balance', 'dissatisfied_result'])('are tokens already used (%s)', (reason) => {
    expect(decideFor(policy, { reason })).toMatchObject({ outcome: 'deny', rule: 'used-tokens', clause: '2.2, 3.1', missing: [] });
  });
  it.each<[Reason, string, string]>([
    ['duplicate_charge', '2026-02-17', 'older-than-30-days'],
    ['duplicate_charge', '2026-02-18', 'top-up-error'],
    ['duplicate_charge', '2026-02-19', 'top-up-error'],
    ['service_outage', '2026-02-17', 'older-than-30-days'],
    ['unused_balance', '2026-02-17', 'older-than-30-days'],
    ['unused_balance', '2026-02-18', 'unused-late'],
  ])('is %s of a top-up more than 30 calendar days old (%s: %s)', (reason, paidAt, rule) => {
    expect(decideFor(policy, { reason, values: { ...complete, paid_at: paidAt, outage_hours: 100 } }).rule).toBe(rule);
  });
  it('counts calendar days even where the hour is known', () => {
    // 31 days less an hour by the clock, 31 by the calendar; 30 days and an hour by the clock, 30 by the calendar.
    expect(decideFor(policy, { reason: 'duplicate_charge', values: { paid_at: '2026-02-17T13:00' } }).rule).toBe('older-than-30-days');
    expect(decideFor(policy, { reason: 'duplicate_charge', values: { paid_at: '2026-02-18T11:00' } }).rule).toBe('top-up-error');
  });
});

describe('an error at stone-ai', () => {
  it.each([
    ['duplicate_charge', 'top-up-error', {}, '25.00 USD', []],
    ['wrong_amount', 'top-up-error', {}, null, ['balance']],
    ['wrong_amount', 'top-up-error', { amount_claimed: '5 USD' }, '5.00 USD', []],
    ['duplicate_debit', 'double-debit', {}, '25.00 USD', []],
    ['duplicate_debit', 'double-debit', { amount_claimed: '0.84 USD' }, '0.84 USD', []],
  ] as const)('%s is refunded by %s', (reason, rule, more, amount, agentChecks) => {
    const decision = decideFor(policy, { reason, values: { ...complete, ...more } });
    expect(decision).toMatchObject({ outcome: 'full_refund', rule, clause: '2.1', amount, agentChecks, missing: [], discretionary: false });
  });
  it('asks first when the balance was topped up, for it may be too long ago', () => {
    const { paid_at: _, ...values } = complete;
    expect(decideFor(policy, { reason: 'duplicate_debit', values })).toMatchObject({ outcome: 'need_info', missing: ['paid_at'] });
  });
  it('takes the sum asked back for the sum', () => {
    const { amount: _, ...values } = complete;
    expect(decideFor(policy, { reason: 'duplicate_charge', values: { ...values, amount_claimed: '9 USD' } }).missing).toEqual([]);
    expect(decideFor(policy, { reason: 'duplicate_charge', values }).missing).toEqual(['amount']);
  });
});

describe('an outage at stone-ai', () => {
  it.each([[71, 'deny'], [72, 'deny'], [72.5, 'full_refund'], [73, 'full_refund']])('of %d hours: %s', (hours, outcome) => {
    expect(decideFor(policy, { reason: 'service_outage', values: { ...complete, outage_hours: hours } })).toMatchObject({ outcome, rule: 'outage', clause: '2.1', missing: [] });
  });
  it('gives back the unused balance, which an agent looks up', () => {
    expect(decideFor(policy, { reason: 'service_outage', values: { ...complete, outage_hours: 96 } })).toMatchObject({ amount: null, agentChecks: ['balance'] });
  });
  it('of unknown length asks for it', () => {
    expect(decideFor(policy, { reason: 'service_outage', values: complete })).toMatchObject({ outcome: 'need_info', rule: 'outage', missing: ['outage_hours'], agentChecks: [] });
  });
  it('that was short is denied without asking when the balance was topped up', () => {
    expect(decideFor(policy, { reason: 'service_outage', values: { outage_hours: 10 } })).toMatchObject({ outcome: 'deny', rule: 'outage', missing: [] });
  });
});

describe('an unused balance at stone-ai', () => {
  it.each([['2026-03-05', 'deny', 'unused-late'], ['2026-03-06', 'full_refund', 'unused'], ['2026-03-07', 'full_refund', 'unused']])(
    'topped up on %s: %s',
    (paidAt, outcome, rule) => {
      for (const reason of ['unused_balance', 'changed_mind'] as const) {
        expect(decideFor(policy, { reason, values: { ...complete, paid_at: paidAt } })).toMatchObject({ outcome, rule, clause: '2.1', missing: [] });
      }
    },
  );
  it('is refunded by the sum asked back, else by what an agent looks up', () => {
    expect(decideFor(policy, { reason: 'unused_balance', values: complete })).toMatchObject({ amount: null, agentChecks: ['balance'] });
    expect(decideFor(policy, { reason: 'unused_balance', values: { ...complete, amount_claimed: '12 TON' } })).toMatchObject({ amount: '12 TON', agentChecks: [] });
  });
  it('asks for all that the text wants, once', () => {
    expect(decideFor(policy, { reason: 'unused_balance' })).toMatchObject({ outcome: 'need_info', rule: null, missing: ['amount', 'paid_at', 'payment_method', 'telegram_id'] });
  });
  it('is what a cancellation asks back, whatever its reason is', () => {
    for (const reason of [null, 'dissatisfied_result', 'changed_mind'] as const) {
      expect(decideFor(policy, { topic: 'cancellation', reason, values: complete })).toMatchObject({ outcome: 'full_refund', rule: 'unused', missing: [] });
    }
    expect(decideFor(policy, { topic: 'cancellation', values: { ...complete, paid_at: '2026-03-05' } })).toMatchObject({ outcome: 'deny', rule: 'unused-late' });
  });
});

it('asks for the reason of a bare demand at stone-ai', () => {
  expect(decideFor(policy, { values: complete })).toMatchObject({ outcome: 'need_info', rule: 'reason-unknown', clause: '2.1', missing: ['reason'] });
  expect(decideFor(policy, {})).toMatchObject({ outcome: 'need_info', missing: ['amount', 'paid_at', 'payment_method', 'reason', 'telegram_id'] });
});

it('answers within five business days of arrival in Moscow', () => {
  expect(answerOf(Date.UTC(2026, 2, 20, 9))).toEqual([{ what: 'answer', by: '2026-03-27' }]);
  // Thursday late in UTC is Friday in Moscow.
  expect(answerOf(Date.UTC(2026, 2, 19, 20, 59))).toEqual([{ what: 'answer', by: '2026-03-26' }]);
  expect(answerOf(Date.UTC(2026, 2, 19, 21, 0))).toEqual([{ what: 'answer', by: '2026-03-27' }]);
  expect(answerOf(Date.UTC(2026, 2, 21, 9))).toEqual([{ what: 'answer', by: '2026-03-27' }]);
});

function answerOf(receivedAtMs: number) {
  return decideFor(policy, { reason: 'unused_balance', values: complete }, { receivedAtMs }).deadlines;
}
