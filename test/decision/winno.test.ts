import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/facts/facts.ts';
import { decideFor, merchantPolicy } from './some-policies.ts';

const policy = merchantPolicy('winno');
const order = { order_number: 'W-3391' };

describe('a cancellation at winno', () => {
  it('is refunded in full before work has begun', () => {
    const decision = decideFor(policy, { topic: 'cancellation', product: 'digital_service', values: { ...order, work_started: false, amount: '65 USD' } });
    expect(decision).toMatchObject({ outcome: 'full_refund', rule: 'cancel-unstarted', clause: '3a', amount: '65.00 USD', missing: [], agentChecks: [], discretionary: false });
  });
  it('may be refunded in part after that', () => {
    const decision = decideFor(policy, { topic: 'cancellation', product: 'digital_service', values: { ...order, work_started: true, amount: '65 USD' } });
    expect(decision).toMatchObject({ outcome: 'partial_refund', rule: 'cancel-started', clause: '3b', amount: null, discretionary: true, agentChecks: [] });
  });
  it('has an agent look up whether work has begun where nobody says', () => {
    const decision = decideFor(policy, { topic: 'cancellation', product: 'digital_service' });
    expect(decision).toMatchObject({ outcome: 'full_refund', rule: 'cancel-unknown', clause: '3', agentChecks: ['work_started'], missing: ['order_number'] });
    expect(decision.trace).toEqual([
      { rule: 'print-begun', holds: false, unknownFacts: [] },
      { rule: 'cancel-unstarted', holds: 'unknown', unknownFacts: ['work_started'] },
      { rule: 'cancel-started', holds: 'unknown', unknownFacts: ['work_started'] },
      { rule: 'cancel-unknown', holds: true, unknownFacts: [] },
    ]);
  });
  it('of a print also hangs on whether it is printed', () => {
    expect(decideFor(policy, { topic: 'cancellation', product: 'physical', values: { printed: true } })).toMatchObject({ outcome: 'deny', rule: 'print-begun', clause: '2b', missing: [] });
    expect(decideFor(policy, { topic: 'cancellation', product: 'physical', values: order })).toMatchObject({ rule: 'cancel-unknown', agentChecks: ['printed', 'work_started'] });
    expect(decideFor(policy, { topic: 'cancellation', product: 'physical', values: { ...order, printed: false, work_started: false } }).rule).toBe('cancel-unstarted');
  });
});

describe('a print from winno', () => {
  it('can be changed until printing has begun', () => {
    const change = (values: object) => decideFor(policy, { topic: 'revision', product: 'physical', values: { ...order, ...values } });
    expect(change({ printed: true })).toMatchObject({ outcome: 'deny', rule: 'print-begun' });
    expect(change({ printed: false })).toMatchObject({ outcome: 'revision', rule: 'print-change', clause: '2b', agentChecks: [] });
    expect(change({})).toMatchObject({ outcome: 'revision', rule: 'print-change', agentChecks: ['printed'] });
    expect(decideFor(policy, { topic: 'revision', product: 'physical' }).missing).toEqual(['order_number']);
  });
  it.each<Reason>(['defective_item', 'damaged_in_transit', 'wrong_item', 'dissatisfied_result'])('is replaced for %s', (reason) => {
    expect(decideFor(policy, { reason, product: 'physical' })).toMatchObject({ outcome: 'replacement', rule: 'print-fault', clause: '2c', missing: ['order_number'], amount: null });
  });
  it.each<Reason>(['changed_mind', 'minor_color_difference'])('is not taken back for %s', (reason) => {
    expect(decideFor(policy, { reason, product: 'physical' })).toMatchObject({ outcome: 'deny', rule: 'no-returns', clause: '2a', missing: [] });
  });
});

describe('digital work from winno', () => {
  const dissatisfied = { reason: 'dissatisfied_result', product: 'digital_service' } as const;

  it('that was approved is not refunded', () => {
    expect(decideFor(policy, { ...dissatisfied, values: { approved: true, revision_count: 3 } })).toMatchObject({ outcome: 'deny', rule: 'approved', clause: '1c' });
  });
  it.each([[1, 'quality'], [2, 'revisions-exhausted'], [3, 'revisions-exhausted']])('after %i revisions: %s', (count, rule) => {
    expect(decideFor(policy, { ...dissatisfied, values: { ...order, revision_count: count, fulfilled_at: '2026-03-19' } }).rule).toBe(rule);
  });
  it('may be refunded in part when revisions did not help, whenever it came', () => {
    const decision = decideFor(policy, { ...dissatisfied, values: { revision_count: 2, amount: '89 USD' } });
    expect(decision).toMatchObject({ outcome: 'partial_refund', clause: '1c', discretionary: true, amount: null, missing: ['order_number'] });
  });
  it.each([
    ['2026-03-16', 'deny', 'quality-late'],
    ['2026-03-17', 'revision', 'quality'],
    ['2026-03-17T11:59', 'deny', 'quality-late'],
    ['2026-03-17T12:00', 'revision', 'quality'],
  ])('that came on %s: %s', (fulfilledAt, outcome, rule) => {
    expect(decideFor(policy, { ...dissatisfied, values: { ...order, fulfilled_at: fulfilledAt } })).toMatchObject({ outcome, rule, missing: [] });
    expect(decideFor(policy, { topic: 'revision', product: null, values: { ...order, fulfilled_at: fulfilledAt } })).toMatchObject({ outcome, rule, missing: [] });
  });
  it('asks when the work came, with the order, where the three days hang on it', () => {
    expect(decideFor(policy, dissatisfied)).toMatchObject({ outcome: 'need_info', rule: null, missing: ['order_number', 'fulfilled_at'] });
    expect(decideFor(policy, { topic: 'revision', product: 'digital_service', values: order })).toMatchObject({ outcome: 'need_info', missing: ['fulfilled_at'] });
  });
});

it.each<Reason | null>([null, 'duplicate_charge', 'not_received', 'late_delivery'])('leaves everything else (%s) to a person', (reason) => {
  const decision = decideFor(policy, { reason, product: 'digital_service' });
  expect(decision).toMatchObject({ outcome: 'human_review', rule: 'other', clause: '6', missing: reason === null ? ['order_number', 'reason'] : ['order_number'] });
});
