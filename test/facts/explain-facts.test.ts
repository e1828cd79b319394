import { describe, expect, it } from 'vitest';
import { explainFacts, type Explanation, type Place } from '../../src/facts/explain-facts.ts';
import { readFacts } from '../../src/facts/read-facts.ts';
import type { Message, Segment } from '../../src/message/message.ts';
import { mail, merchant } from './some-mail.ts';

function segment(kind: Segment['kind'], text: string, question: string | null = null): Segment {
  return { kind, text, question };
}

function explain(parts: Partial<Message>, merchantName = 'imgto3d'): Explanation {
  return explainFacts(mail('', parts), merchant(merchantName));
}

function words({ parts }: Explanation, { part, start, end }: Place): string | undefined {
  return parts[part]?.text.slice(start, end);
}

describe('an explanation', () => {
  const request = 'Please refund my subscription, I do not need it any more.';
  const whole = {
    subject: 'Re: Refund of order [RT-7K2M9QXW] paid on March 5, 2026',
    segments: [segment('own', request), segment('quote', 'You paid on 1 February 2026, did you not?'), segment('own', 'I paid $19.90 then.', 'When did you pay?'), segment('forward', 'Receipt: you paid $39.90 on March 7, 2026'), segment('signature', 'Ann, +1 512 555 0193')],
  };

  it('shows the subject and every segment in their order', () => {
    expect(explain(whole).parts.map(({ kind }) => kind)).toEqual(['subject', 'own', 'quote', 'own', 'forward', 'signature']);
  });

  it('places every candidate where its words stand, in whatever part', () => {
    const explanation = explain(whole);
    const placed = explanation.candidates.map((candidate) => [candidate.name, words(explanation, candidate), explanation.parts[candidate.part]?.kind, candidate.refused]);

    expect(placed).toEqual(expect.arrayContaining([
      ['amount', '$19.90', 'own', null],
      ['amount', '$39.90', 'forward', 'forwarded'],
      ['paid_at', 'March 5, 2026', 'subject', null],
      ['paid_at', '1 February 2026', 'quote', 'set_aside'],
    ]));
  });

  it('takes exactly the candidates that are the facts', () => {
    const message = mail('', whole);
    const values = Object.entries(readFacts(message, merchant('imgto3d')).values).filter(([, { source }]) => source !== 'header').map(([name, { value }]) => [name, value]);
    const taken = explainFacts(message, merchant('imgto3d')).candidates.filter(({ refused }) => refused === null).map(({ name, value }) => [name, value]);

    expect(values.length).toBeGreaterThan(1);
    expect(new Set(taken.map(String))).toEqual(new Set(values.map(String)));
  });

  it('names the phrases that spoke for topic, reason and product, and those that do not count', () => {
    const explanation = explain({ segments: [segment('own', `${request} Do not cancel it.`), segment('forward', 'You asked to cancel your subscription.')] });
    const signs = explanation.signs.filter(({ by }) => by === 'phrase').map((sign) => [sign.concept, words(explanation, sign), sign.refused]);

    expect(signs).toContainEqual(['want_refund', expect.stringContaining('refund'), null]);
    expect(signs).toContainEqual(['want_cancel', expect.stringContaining('cancel'), 'negated']);
    expect(signs).toContainEqual([expect.stringMatching(/^(?:want_cancel|product_subscription)$/), expect.any(String), 'forwarded']);
  });

  it('tells a number once, however many words speak of it', () => {
    const { candidates } = explain({ segments: [segment('own', 'The book came torn, refund me. Order number: SB-10482.')] }, 'storybookly');

    expect(candidates.filter(({ name }) => name === 'order_number')).toHaveLength(1);
  });

  it('is the mail alone where it is nobody of ours that it was written to, and for machine mail', () => {
    expect(explainFacts(mail(request), null)).toMatchObject({ signs: [], candidates: [] });
    expect(explain({ ...whole, machine: 'auto_reply' })).toMatchObject({ signs: [], candidates: [] });
    expect(explain({ ...whole, machine: 'auto_reply' }).parts).toHaveLength(6);
  });
});
