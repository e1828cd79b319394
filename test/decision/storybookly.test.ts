import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/facts/facts.ts';
import { decideFor, merchantPolicy } from './some-policies.ts';

const policy = merchantPolicy('storybookly');

describe('what comes before the reason at storybookly', () => {
  it('hands a chargeback to a person, also in a cancellation', () => {
    expect(decideFor(policy, { topic: 'cancellation', flags: ['chargeback'] })).toMatchObject({ outcome: 'human_review', rule: 'chargeback', clause: '5', missing: [], flags: [] });
  });
  it('ends a subscription, also where money is asked back for it', () => {
    expect(decideFor(policy, { topic: 'cancellation' })).toMatchObject({ outcome: 'cancel_subscription', rule: 'cancel-subscription', clause: '4', missing: [] });
    expect(decideFor(policy, { product: 'subscription', reason: 'changed_mind' })).toMatchObject({ outcome: 'cancel_subscription', missing: [], amount: null });
  });
  it.each([[2, 'price-drop', []], [3, 'fair-use', ['fair_use']], [4, 'fair-use', ['fair_use']]] as const)(
    'after %i earlier requests for the same reason applies %s',
    (earlierRequestsForReason, rule, flags) => {
      expect(decideFor(policy, { reason: 'price_drop' }, { earlierRequestsForReason })).toMatchObject({ rule, flags });
    },
  );
  it('denies a blocked account', () => {
    expect(decideFor(policy, { reason: 'duplicate_charge', values: { account_blocked: true } })).toMatchObject({ outcome: 'deny', rule: 'account-blocked', clause: '3.3', missing: [] });
    expect(decideFor(policy, { reason: 'duplicate_charge', values: { account_blocked: false } }).rule).toBe('charge-error');
  });
  it('denies the difference to a lower price', () => {
    expect(decideFor(policy, { reason: 'price_drop', product: 'physical', values: { partial_bundle: true } })).toMatchObject({ outcome: 'deny', rule: 'price-drop', clause: '6' });
  });
});

describe('a wrong charge at storybookly', () => {
  it.each([
    ['duplicate_charge', 'physical', '9.99 EUR'],
    ['duplicate_charge', null, '9.99 EUR'],
    ['wrong_amount', 'credits', null],
    ['technical_failure', 'credits', null],
  ] as const)('%s of %s is refunded', (reason, product, amount) => {
    const decision = decideFor(policy, { reason, product, values: { amount: '9.99 EUR', transaction_id: 'T-1', paid_at: '2026-03-01' } });
    expect(decision).toMatchObject({ outcome: 'full_refund', rule: 'charge-error', clause: '3.2', amount, missing: [] });
  });
  it('is refunded by the part that was wrong', () => {
    expect(decideFor(policy, { reason: 'wrong_amount', values: { amount: '30 EUR', amount_claimed: '12.5 EUR' } }).amount).toBe('12.50 EUR');
  });
  it('asks for the transaction and the date', () => {
    expect(decideFor(policy, { reason: 'duplicate_charge' }).missing).toEqual(['transaction_id', 'paid_at']);
  });
  it('takes an order number for the transaction', () => {
    expect(decideFor(policy, { reason: 'duplicate_charge', values: { order_number: 'SB-1', paid_at: '2026-03-01' } }).missing).toEqual([]);
  });
  it('is none where a book had a technical failure', () => {
    expect(decideFor(policy, { topic: 'technical_problem', reason: 'technical_failure', product: 'physical' })).toMatchObject({ outcome: 'human_review', rule: null });
  });
});

describe('a book from storybookly', () => {
  it.each<Reason>(['defective_item', 'damaged_in_transit', 'wrong_item'])('that is %s is refunded or replaced, as the customer likes', (reason) => {
    const about = (values: object) => decideFor(policy, { reason, product: 'physical', hasPhoto: true, values: { order_number: 'SB-1', amount: '34 GBP', ...values } });
    expect(about({})).toMatchObject({ outcome: 'refund_or_replacement', rule: 'faulty-book', clause: '2.1, 2.3', amount: null, missing: ['preferred_resolution'] });
    expect(about({ preferred_resolution: 'refund' })).toMatchObject({ outcome: 'full_refund', amount: '34.00 GBP', missing: [] });
    expect(about({ preferred_resolution: 'replacement' })).toMatchObject({ outcome: 'replacement', amount: null, missing: [] });
  });
  it('asks for what shows the fault', () => {
    const decision = decideFor(policy, { reason: 'wrong_item', product: 'physical', described: false, hasScreenshot: true, values: { transaction_id: 'T-9' } });
    expect(decision.missing).toEqual(['photo', 'preferred_resolution', 'description']);
  });
  it('that never came is looked for', () => {
    const decision = decideFor(policy, { reason: 'not_received', product: 'physical', described: false });
    expect(decision).toMatchObject({ outcome: 'investigate', rule: 'not-received', clause: '2.1', missing: ['order_number', 'description'] });
  });
  it('out of a bundle is not refunded alone, unless it is faulty', () => {
    expect(decideFor(policy, { reason: 'changed_mind', product: 'physical', values: { partial_bundle: true } })).toMatchObject({ outcome: 'deny', rule: 'part-of-bundle', clause: '6' });
    expect(decideFor(policy, { reason: 'wrong_item', product: 'physical', values: { partial_bundle: true } }).rule).toBe('faulty-book');
  });
  it.each<Reason>(['changed_mind', 'dissatisfied_result', 'minor_color_difference', 'late_delivery', 'wrong_address'])('is not taken back for %s', (reason) => {
    expect(decideFor(policy, { reason, product: 'physical' })).toMatchObject({ outcome: 'deny', rule: 'not-covered', clause: '2.2', missing: [] });
  });
});

describe('credits of storybookly', () => {
  it('that were a present are not refunded', () => {
    expect(decideFor(policy, { reason: 'unused_balance', product: 'credits', values: { promo_funds: true } })).toMatchObject({ outcome: 'deny', rule: 'promo-credits', clause: '3.3' });
  });
  it('that somebody else bought are looked into', () => {
    const decision = decideFor(policy, { reason: 'unauthorized_payment', product: 'credits' });
    expect(decision).toMatchObject({ outcome: 'investigate', rule: 'unauthorized', clause: '3.2', missing: ['transaction_id', 'paid_at'] });
  });
  it.each([[47, 'deny', null], [48, 'deny', null], [48.5, 'full_refund', '15.00 EUR'], [49, 'full_refund', '15.00 EUR']] as const)(
    'that could not be used for %d hours: %s',
    (hours, outcome, amount) => {
      const decision = decideFor(policy, { reason: 'service_outage', product: 'credits', values: { outage_hours: hours, amount: '15 EUR', order_number: '1', paid_at: '2026-03-01' } });
      expect(decision).toMatchObject({ outcome, amount, rule: 'outage', clause: '3.2', missing: [] });
    },
  );
  it('ask how long the outage was, with all else that is needed', () => {
    const decision = decideFor(policy, { reason: 'service_outage', product: 'credits' });
    expect(decision).toMatchObject({ outcome: 'need_info', rule: 'outage', clause: '3.2', amount: null, missing: ['transaction_id', 'paid_at', 'outage_hours'] });
    expect(decision.trace.at(-1)).toEqual({ rule: 'outage', holds: 'unknown', unknownFacts: ['outage_hours'] });
  });
  it.each<Reason>(['unused_balance', 'used_balance', 'changed_mind', 'dissatisfied_result'])('are not refunded for %s', (reason) => {
    expect(decideFor(policy, { reason, product: 'credits' })).toMatchObject({ outcome: 'deny', rule: 'credits-not-covered', clause: '3.3', missing: [] });
  });
});

describe('a request without a reason at storybookly', () => {
  it('asks for the order of a book', () => {
    expect(decideFor(policy, { product: 'physical' })).toMatchObject({ outcome: 'need_info', rule: 'reason-unknown', clause: '2.3, 3.4', missing: ['reason', 'order_number'] });
  });
  it.each(['credits', null] as const)('asks for the transaction and the date else (%s)', (product) => {
    expect(decideFor(policy, { product })).toMatchObject({ rule: 'reason-unknown', missing: ['reason', 'transaction_id', 'paid_at'] });
  });
});

it('sends a matter of privacy to a person, with its flag', () => {
  expect(decideFor(policy, { topic: 'privacy', privacy: 'request' })).toMatchObject({ outcome: 'human_review', rule: null, flags: ['privacy_request'], missing: [] });
});
