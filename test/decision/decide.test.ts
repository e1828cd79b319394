import { describe, expect, it } from 'vitest';
import { decideFor, merchantPolicy, policyOf } from './some-policies.ts';

const merchants = ['imgto3d', 'ai3dgen', 'storybookly', 'stone-ai', 'winno'];

describe.each(merchants)('at %s', (name) => {
  const policy = merchantPolicy(name);

  it('machine mail gets no reply', () => {
    const decision = decideFor(policy, { topic: 'machine', flags: ['chargeback'] });
    expect(decision).toMatchObject({ outcome: 'no_reply', rule: null, missing: [], flags: [], deadlines: [], agentChecks: [], trace: [] });
  });
  it('a person reads what asks for none of the things a policy is about', () => {
    expect(decideFor(policy, { topic: 'other' })).toMatchObject({ outcome: 'human_review', rule: null, missing: [], deadlines: [] });
  });
  it('a person reads what is encrypted', () => {
    expect(decideFor(policy, { topic: 'refund', flags: ['encrypted'] })).toMatchObject({ outcome: 'human_review', rule: null, missing: [] });
  });
  it('a matter of privacy always comes before a person, or is answered', () => {
    const { outcome, flags } = decideFor(policy, { topic: 'privacy', privacy: 'request' });
    expect(outcome).toBe('human_review');
    expect(flags).toEqual(['privacy_request']);
  });
  it('the decision is frozen, and names the pack it rests on', () => {
    const decision = decideFor(policy, { reason: 'changed_mind' });
    expect(decision).toMatchObject({ pack: name, packHash: 'ab'.repeat(32) });
    for (const part of [decision, decision.missing, decision.flags, decision.trace, decision.trace[0], decision.agentChecks, decision.deadlines]) expect(Object.isFrozen(part)).toBe(true);
  });
  it('the same facts give the same decision', () => {
    expect(decideFor(policy, { reason: 'changed_mind' })).toEqual(decideFor(policy, { reason: 'changed_mind' }));
  });
});

describe('an unknown fact', () => {
  it('is not asked for when every way it could turn out gives the same outcome, and no uncertain rule is cited', () => {
    const policy = policyOf([
      { when: 'outage_hours > 5', outcome: 'deny', clause: '1' },
      { when: 'outage_hours <= 5', outcome: 'deny', clause: '2' },
      { outcome: 'full_refund' },
    ]);
    expect(decideFor(policy, {})).toMatchObject({ outcome: 'deny', rule: null, clause: null, missing: [] });
  });
  it('is seen to matter only where Kleene\'s logic alone would call it open', () => {
    // Each is unknown by itself; together they leave no way out, so the refund is out of reach.
    const policy = policyOf([{ when: 'outage_hours > 5 || outage_hours < 6', outcome: 'investigate' }, { outcome: 'full_refund' }]);
    expect(decideFor(policy, {})).toMatchObject({ outcome: 'investigate', rule: 'rule-1', missing: [] });
  });
  it('that is whole is not tried between two neighbours', () => {
    const policy = policyOf([{ when: 'credits_total <= 4 || credits_total >= 5', outcome: 'deny' }, { outcome: 'full_refund' }]);
    expect(decideFor(policy, {}).outcome).toBe('deny');
  });
  it('is never tried beyond what it can be', () => {
    const policy = policyOf([{ when: 'used_share >= 0.0 && used_share <= 1.0', outcome: 'deny' }, { outcome: 'full_refund' }]);
    expect(decideFor(policy, {})).toMatchObject({ outcome: 'deny', agentChecks: [] });
  });
  it('is asked for when the rule hangs on it, though the outcome does not', () => {
    const policy = policyOf([
      { when: 'preferred_resolution == "refund"', outcome: 'investigate', clause: '1', requires: ['order_number'] },
      { outcome: 'investigate', clause: '2' },
    ]);
    expect(decideFor(policy, {})).toMatchObject({ outcome: 'investigate', rule: 'rule-2', missing: ['preferred_resolution'] });
  });
  it('is asked for together with what all rules still open require', () => {
    const policy = policyOf([
      { when: 'outage_hours > 5', outcome: 'full_refund', requires: ['order_number', 'photo'] },
      { when: 'outage_hours > 2', outcome: 'replacement', requires: ['photo', 'description'] },
      { outcome: 'deny', requires: ['browser'] },
    ]);
    expect(decideFor(policy, { described: false })).toMatchObject({ outcome: 'need_info', missing: ['order_number', 'photo', 'description', 'outage_hours'] });
  });
  it('is not asked for when only two denials hang on it', () => {
    const policy = policyOf([
      { when: 'outage_hours > 5 && generator == "pro"', outcome: 'deny' },
      { when: 'outage_hours > 5', outcome: 'deny' },
      { outcome: 'full_refund' },
    ]);
    expect(decideFor(policy, {}).missing).toEqual(['outage_hours']);
  });
  it('that only the merchant knows is passed over once the customer has told the rest', () => {
    const policy = policyOf([
      { when: 'outage_hours > 5 && printed', outcome: 'deny' },
      { when: 'outage_hours > 5', outcome: 'replacement' },
      { outcome: 'deny' },
    ]);
    expect(decideFor(policy, {})).toMatchObject({ outcome: 'need_info', missing: ['outage_hours'], agentChecks: [] });
    expect(decideFor(policy, { values: { outage_hours: 6 } })).toMatchObject({ outcome: 'replacement', rule: 'rule-2', agentChecks: ['printed'] });
    expect(decideFor(policy, { values: { outage_hours: 5 } })).toMatchObject({ outcome: 'deny', rule: 'rule-3', agentChecks: [] });
  });
  it('that only the merchant knows leaves a request to a person when no other rule covers it', () => {
    const policy = policyOf([{ when: 'printed', outcome: 'deny' }, { when: '!printed', outcome: 'full_refund' }]);
    expect(decideFor(policy, {})).toMatchObject({ outcome: 'human_review', rule: null, agentChecks: ['printed'] });
  });
  it('is a date that is none', () => {
    const policy = policyOf([{ when: 'days_since_paid > 3', outcome: 'deny' }, { outcome: 'full_refund' }]);
    for (const paidAt of ['2026-02-30', 'yesterday', '2026-03-19T25:00', '2026']) {
      expect(decideFor(policy, { values: { paid_at: paidAt } })).toMatchObject({ outcome: 'need_info', missing: ['paid_at'] });
    }
  });
  it('is asked for in any case where there are too many to try every way', () => {
    const names = ['order_number == "b"', 'transaction_id == "c"', 'generator == "pro"', 'browser == "d"', 'os == "e"', 'payment_method == "card"', 'card_last4 == "1"',
      'telegram_id == "f"', 'credits_total > 3', 'credits_left > 3', 'outage_hours > 3', 'preferred_resolution == "refund"'];
    const policy = policyOf([{ when: names.join(' && '), outcome: 'deny' }, { outcome: 'full_refund' }]);
    const { outcome, missing } = decideFor(policy, {});
    expect(outcome).toBe('need_info');
    expect(missing).toHaveLength(names.length);
  });
});

it('covers no request that no rule covers', () => {
  const policy = policyOf([{ when: 'topic == "cancellation"', outcome: 'deny' }]);
  expect(decideFor(policy, {})).toMatchObject({ outcome: 'human_review', rule: null, trace: [{ rule: 'rule-1', holds: false, unknownFacts: [] }] });
});
