import { describe, expect, it } from 'vitest';
import { decideFor, merchantPolicy } from './some-policies.ts';

const policy = merchantPolicy('ai3dgen');

describe('privacy at ai3dgen', () => {
  it('puts a child\'s data before everything else', () => {
    expect(decideFor(policy, { topic: 'privacy', privacy: 'child' })).toMatchObject({ outcome: 'human_review', rule: 'child', clause: '8', flags: ['child_data'], missing: [] });
    // A flag that the mail itself raised is not raised again.
    expect(decideFor(policy, { topic: 'refund', reason: 'changed_mind', flags: ['child_data'] })).toMatchObject({ rule: 'child', flags: [] });
  });
  it('flags the request as well where erasing a child\'s data is asked', () => {
    expect(decideFor(policy, { topic: 'privacy', privacy: 'request', flags: ['child_data'] })).toMatchObject({ rule: 'child', flags: ['privacy_request'] });
  });
  it('sends a request to erase or to see one\'s data to a person', () => {
    const decision = decideFor(policy, { topic: 'privacy', privacy: 'request' });
    expect(decision).toMatchObject({ outcome: 'human_review', rule: 'erase-or-access', clause: '2–4, 6', flags: ['privacy_request'], missing: [] });
  });
  it('answers a question that the text answers', () => {
    expect(decideFor(policy, { topic: 'privacy', privacy: 'question' })).toMatchObject({ outcome: 'answer', rule: 'privacy-question', clause: '4, 6, 7', flags: [], missing: [] });
  });
  it.each(['other', null] as const)('sends anything else (%s) to a person', (privacy) => {
    expect(decideFor(policy, { topic: 'privacy', privacy })).toMatchObject({ outcome: 'human_review', rule: 'privacy-other', clause: null, flags: ['privacy_request'] });
  });
});

describe('money at ai3dgen, which has no refund policy', () => {
  it('promises nothing and asks for the payment and the reason', () => {
    const decision = decideFor(policy, { topic: 'refund' });
    expect(decision).toMatchObject({ outcome: 'human_review', rule: 'no-refund-policy', clause: null, flags: ['no_refund_policy'], amount: null, missing: ['paid_at', 'reason'] });
  });
  it('asks for what shows a technical problem', () => {
    const decision = decideFor(policy, { topic: 'technical_problem', reason: 'technical_failure', values: { browser: 'Chrome 126' } });
    expect(decision).toMatchObject({ rule: 'no-refund-policy', flags: ['no_refund_policy'], missing: ['os', 'screenshot'] });
  });
  it('sends a cancellation to a person without asking for anything', () => {
    expect(decideFor(policy, { topic: 'cancellation' })).toMatchObject({ outcome: 'human_review', rule: 'cancel-subscription', clause: null, missing: [], flags: [] });
  });
});
