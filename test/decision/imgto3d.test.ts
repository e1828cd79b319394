import { describe, expect, it } from 'vitest';
import { decide } from '../../src/decision/decide.ts';
import type { Reason } from '../../src/facts/facts.ts';
import { someFacts } from './some-facts.ts';
import { arrival, decideFor, merchantPolicy } from './some-policies.ts';

const policy = merchantPolicy('imgto3d');
const subscriber = { product: 'subscription', reason: 'dissatisfied_result' } as const;
const fresh = { paid_at: '2026-03-19', amount: '29 USD' };

describe('a technical problem at imgto3d', () => {
  const complete = { generator: 'pro', occurred_at: '2026-03-19', browser: 'Chrome', os: 'Windows 11' };

  it('may be made good in credits, and asks for everything the text wants in a report', () => {
    const decision = decideFor(policy, { topic: 'technical_problem', reason: 'technical_failure', described: false });
    expect(decision).toMatchObject({ outcome: 'credit_compensation', rule: 'technical-problem', discretionary: true, amount: null, clause: 'Технические проблемы' });
    expect(decision.missing).toEqual(['generator', 'description', 'occurred_at', 'browser', 'os', 'screenshot']);
  });
  it('misses nothing when the report is complete', () => {
    expect(decideFor(policy, { topic: 'technical_problem', reason: 'technical_failure', hasScreenshot: true, values: complete }).missing).toEqual([]);
  });
  it('takes no photo for a picture of the screen', () => {
    expect(decideFor(policy, { topic: 'technical_problem', reason: 'technical_failure', hasPhoto: true, values: complete }).missing).toEqual(['screenshot']);
  });
  it('comes first, also for a credit pack or a cancellation', () => {
    expect(decideFor(policy, { topic: 'refund', reason: 'technical_failure', product: 'credit_pack' }).rule).toBe('technical-problem');
    expect(decideFor(policy, { topic: 'cancellation', reason: 'technical_failure' }).rule).toBe('technical-problem');
  });
});

describe('a cancellation at imgto3d', () => {
  it('ends the subscription and asks for nothing', () => {
    const decision = decideFor(policy, { topic: 'cancellation' });
    expect(decision).toMatchObject({ outcome: 'cancel_subscription', rule: 'cancel-subscription', clause: 'Отмена подписки', missing: [], discretionary: false });
  });
});

describe('money back at imgto3d', () => {
  it('is denied for a credit pack whatever else is known', () => {
    expect(decideFor(policy, { product: 'credit_pack' })).toMatchObject({ outcome: 'deny', rule: 'credit-pack', missing: [], discretionary: false });
    expect(decideFor(policy, { product: 'credit_pack', reason: 'duplicate_charge' }).rule).toBe('credit-pack');
  });

  it.each<Reason>(['duplicate_charge', 'wrong_amount', 'unauthorized_payment'])('goes to a person for %s, however old the payment is', (reason) => {
    const decision = decideFor(policy, { reason, product: 'subscription', values: { paid_at: '2026-01-01' } });
    expect(decision).toMatchObject({ outcome: 'human_review', rule: 'billing-error', clause: null, missing: [] });
    expect(decideFor(policy, { reason, product: 'subscription' }).missing).toEqual(['paid_at']);
  });

  // Arrival is 20 March, 12:00 of the writer's time.
  it.each([
    ['2026-03-17', 'partial_refund', 'share-unknown'],
    ['2026-03-16', 'deny', 'too-late'],
    ['2026-03-17T12:01', 'partial_refund', 'share-unknown'],
    ['2026-03-17T12:00', 'partial_refund', 'share-unknown'],
    ['2026-03-17T11:59', 'deny', 'too-late'],
    ['2026-03-20', 'partial_refund', 'share-unknown'],
    ['2026-03-21', 'partial_refund', 'share-unknown'],
  ])('for a payment of %s is %s', (paidAt, outcome, rule) => {
    expect(decideFor(policy, { ...subscriber, values: { paid_at: paidAt } })).toMatchObject({ outcome, rule, missing: [] });
  });

  it('counts calendar days by the writer\'s clock, not by the server\'s', () => {
    // 20 March, 22:30 in UTC is 21 March, 01:30 in Moscow: the fourth day.
    const late = { receivedAtMs: Date.UTC(2026, 2, 20, 22, 30) };
    expect(decideFor(policy, { ...subscriber, values: { paid_at: '2026-03-17' } }, late).rule).toBe('too-late');
    expect(decideFor(policy, { ...subscriber, values: { paid_at: '2026-03-17' } }, { ...late, offsetMinutes: 0 }).rule).toBe('share-unknown');
  });

  it('counts from the arrival that the case began with', () => {
    const values = { paid_at: '2026-03-14' };
    expect(decideFor(policy, { ...subscriber, values }).rule).toBe('too-late');
    expect(decideFor(policy, { ...subscriber, values }, { receivedAtMs: arrival.receivedAtMs - 3 * 86_400_000 }).rule).toBe('share-unknown');
  });

  it.each([
    [{ credits_used: 799, credits_total: 1000 }, 'partial_refund', 'partly-used', '5.83 USD'],
    [{ credits_used: 800, credits_total: 1000 }, 'partial_refund', 'partly-used', '5.80 USD'],
    [{ credits_used: 801, credits_total: 1000 }, 'deny', 'mostly-used', null],
    [{ credits_used: 1, credits_total: 1000 }, 'partial_refund', 'partly-used', '28.97 USD'],
    [{ credits_used: 0 }, 'full_refund', 'unused', '29.00 USD'],
    [{ credits_used: 0, credits_total: 1000 }, 'full_refund', 'unused', '29.00 USD'],
    [{ credits_left: 1000, credits_total: 1000 }, 'full_refund', 'unused', '29.00 USD'],
    [{ credits_left: 200, credits_total: 1000 }, 'partial_refund', 'partly-used', '5.80 USD'],
    [{ credits_left: 199, credits_total: 1000 }, 'deny', 'mostly-used', null],
    [{ credits_left: 60, credits_used: 40 }, 'partial_refund', 'partly-used', '17.40 USD'],
    [{ credits_left: 0 }, 'deny', 'mostly-used', null],
    [{ used_percent: 80 }, 'partial_refund', 'partly-used', '5.80 USD'],
    [{ used_percent: 80.1 }, 'deny', 'mostly-used', null],
    [{ used_percent: 0 }, 'full_refund', 'unused', '29.00 USD'],
  ])('with %o used is %s', (used, outcome, rule, amount) => {
    expect(decideFor(policy, { ...subscriber, values: { ...fresh, ...used } })).toMatchObject({ outcome, rule, amount, discretionary: true, missing: [], agentChecks: [] });
  });

  it.each([{}, { credits_used: 40 }, { credits_total: 100 }, { credits_left: 12 }, { credits_used: 120, credits_total: 100 }])(
    'with an unknown share (%o) leaves the sum to an agent who looks up what was used',
    (used) => {
      const decision = decideFor(policy, { ...subscriber, values: { ...fresh, ...used } });
      expect(decision).toMatchObject({ outcome: 'partial_refund', rule: 'share-unknown', amount: null, agentChecks: ['credits_used'], discretionary: true, missing: [] });
    },
  );

  it('asks for the date of payment where everything hangs on it', () => {
    const decision = decideFor(policy, { ...subscriber, values: { amount: '29 USD' } });
    expect(decision).toMatchObject({ outcome: 'need_info', rule: null, missing: ['paid_at'], amount: null, discretionary: false, agentChecks: [] });
  });
  it('asks for the reason along with the date, once', () => {
    expect(decideFor(policy, { product: 'subscription' }).missing).toEqual(['reason', 'paid_at']);
  });
  it('is refused without asking for the date where more than 80 % is used in any case', () => {
    const decision = decideFor(policy, { ...subscriber, values: { used_percent: 95 } });
    expect(decision).toMatchObject({ outcome: 'deny', rule: 'mostly-used', discretionary: true, missing: [] });
  });
  it('asks for the date where the share is known and would allow a refund', () => {
    expect(decideFor(policy, { ...subscriber, values: { used_percent: 10 } })).toMatchObject({ outcome: 'need_info', missing: ['paid_at'] });
  });
  it('asks for the reason where it is missing, and still says where the request stands', () => {
    expect(decideFor(policy, { product: 'subscription', values: fresh })).toMatchObject({ outcome: 'partial_refund', missing: ['reason'] });
  });
  it('asks for nothing when it is denied', () => {
    expect(decideFor(policy, { product: 'subscription', values: { paid_at: '2026-03-01' } })).toMatchObject({ outcome: 'deny', missing: [] });
  });
  it('asks for the account where not even the sender is known', () => {
    const facts = someFacts({ ...subscriber, values: fresh });
    const { account_email: _, ...values } = facts.values;
    expect(decide(facts, policy, arrival).missing).toEqual([]);
    expect(decide({ ...facts, values }, policy, arrival).missing).toEqual(['account_email']);
  });
});

it('sends what no rule covers to a person', () => {
  expect(decideFor(policy, { topic: 'revision' })).toMatchObject({ outcome: 'human_review', rule: null, clause: null, missing: [], flags: [] });
});
