import type { TriagedMail } from '../../src/cases/case.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { Facts } from '../../src/facts/facts.ts';
import { customerKey } from '../../src/thread.ts';

/** A triaged mail such as the worker hands to the store. Two with the same `uid` are alike unless told otherwise. */
export function sampleMail(uid: number, changes: Partial<TriagedMail> = {}): TriagedMail {
  const fingerprint = changes.fingerprint ?? uid.toString(16).padStart(64, '0');
  return {
    mailbox: 'support', uidValidity: '7', uid, fingerprint, words: null, passesOn: null, threadQuery: null, thread: null, customerKey: changes.from === undefined ? 'anna@customer.example' : changes.from === null ? null : customerKey(changes.from), dueAtMs: null, messageId: `<mail-${String(uid)}@customer.example>`, from: 'anna@customer.example',
    subject: 'Refund please', receivedAtMs: Date.UTC(2026, 2, 17, 9, 30), merchant: 'imgto3d', state: 'needs_info', facts: changes.facts === undefined ? sampleFacts : changes.facts, factsAlone: changes.facts === undefined ? sampleFacts : changes.facts,
    decision: sampleDecision, decidedIn: { receivedAtMs: Date.UTC(2026, 2, 17, 9, 30), offsetMinutes: 60, packHash: 'ab12' }, draft: sampleDraft(fingerprint), ...changes,
  };
}

export function sampleDraft(fingerprint: string): NonNullable<TriagedMail['draft']> {
  return {
    messageId: `<draft-${fingerprint}@triage.example>`, digest: null, to: 'anna@customer.example', subject: 'Re: Refund please [RT-AAAA1111]', language: 'en',
    template: 'request-info', text: 'Please tell us your order number.', html: '<p>Please tell us your order number.</p>',
  };
}

export const sampleFacts: Facts = {
  language: 'en', topic: 'refund', reason: 'dissatisfied_result', product: 'credits',
  values: {
    account_email: { value: 'anna@customer.example', source: 'header', evidence: 'anna@customer.example' },
    credits_used: { value: 12, source: 'body', evidence: 'used 12 credits' },
    promo_funds: { value: false, source: 'body', evidence: 'no promo' },
  },
  described: true, hasScreenshot: false, hasPhoto: false, privacy: null, flags: ['legal_threat'],
};

export const sampleDecision: Decision = {
  outcome: 'need_info', rule: 'dissatisfied', clause: '4.2', discretionary: false, amount: null, agentChecks: [], deadlines: [],
  missing: ['transaction_id'], flags: [], trace: [{ rule: 'dissatisfied', holds: 'unknown', unknownFacts: ['transaction_id'] }], pack: 'imgto3d', packHash: 'ab12',
};
