import { describe, expect, it } from 'vitest';
import type { Reading } from '../src/reading.ts';
import { scoreReadings } from './score-readings.ts';
import type { Gold, Score } from './score-readings.ts';

/** A mail with these facts, of which nothing but the facts is judged. */
function scoreFacts(gold: Gold['facts'] & object, facts: Record<string, unknown>, source = 'body'): Score {
  const read = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, { value, source, evidence: '' }]));
  return scoreReadings(new Map([['a-mail', { language: 'en', facts: gold }]]), new Map([['a-mail', reading({ facts: read })]]));
}

/** A line of JSON, as other programs get it. */
function reading(parts: Partial<Record<keyof Reading, unknown>>): Reading {
  return JSON.parse(JSON.stringify({ language: 'en', facts: {}, missing: [], flags: [], decision: { outcome: 'deny', amount: null }, draft: null, ...parts }));
}

function errorsOf(gold: Gold, read: Reading): readonly string[] {
  return scoreReadings(new Map([['a-mail', gold]]), new Map([['a-mail', read]])).mails[0]?.errors ?? [];
}

describe('scoring a fact', () => {
  it.each([
    ['the same text in other case', { order_number: 'SB-1' }, { order_number: 'sb-1' }],
    ['a number and its text', { credits_used: 20 }, { credits_used: '20' }],
    ['another number of decimals', { amount: '19.9 EUR' }, { amount: '19.90 EUR' }],
    ['a version that says more', { browser: 'Chrome 126' }, { browser: 'Chrome 126.0.1' }],
    ['a time where only the day is wanted', { paid_at: '2026-03-17' }, { paid_at: '2026-03-17T10:00' }],
    ['one of several', { reason_text: { any: ['a', 'b'] } }, { reason_text: 'b' }],
    ['absence of what is optional', { amount: { optional: '1 EUR' } }, {}],
    ['absence of what must be absent', { amount: null }, {}],
    ['anything where nothing is judged', { amount: '*' }, { amount: '7 EUR' }],
    ['an unlabelled account address', {}, { account_email: 'a@b.example' }],
  ])('accepts %s', (_, gold, facts) => {
    expect(scoreFacts(gold, facts).mails[0]?.errors).toEqual([]);
  });

  it.each([
    ['another value', { order_number: 'SB-1' }, { order_number: 'SB-2' }, { right: 0, wrong: 1, missed: 1 }],
    ['nothing', { order_number: 'SB-1' }, {}, { right: 0, wrong: 0, missed: 1 }],
    ['what must be absent', { order_number: null }, { order_number: 'SB-1' }, { right: 0, wrong: 1, missed: 0 }],
    ['what gold does not name', {}, { order_number: 'SB-1' }, { right: 0, wrong: 1, missed: 0 }],
    ['a day where a time is wanted', { order_number: '2026-03-17T10:00' }, { order_number: '2026-03-17' }, { right: 0, wrong: 1, missed: 1 }],
  ])('counts %s as wrong or missed', (_, gold, facts, tally) => {
    const score = scoreFacts(gold, facts);

    expect(score.byFact.get('order_number')).toEqual(tally);
    expect(score.figures['whole']).toBe(0);
  });

  it('does not hold what was taken from a header against the reader', () => {
    expect(scoreFacts({}, { order_number: 'SB-1' }, 'header').mails[0]?.errors).toEqual([]);
  });
});

describe('scoring a mail', () => {
  it('does not ask whether a description is missing', () => {
    expect(errorsOf({ missing: ['paid_at'] }, reading({ missing: ['description', 'paid_at'] }))).toEqual([]);
  });

  it('accepts each of several lists, and no other', () => {
    const gold: Gold = { missing: { any: [['paid_at'], []] } };

    expect(errorsOf(gold, reading({ missing: [] }))).toEqual([]);
    expect(errorsOf(gold, reading({ missing: ['reason'] }))).toHaveLength(1);
  });

  it('finds a draft where none is due', () => {
    expect(errorsOf({ no_draft: true }, reading({ draft: { language: 'en' } }))).toEqual(['a draft where none is due']);
  });

  it('holds every judged field against a mail without a reading', () => {
    const { figures } = scoreReadings(new Map([['a-mail', { topic: 'refund', reason: null, missing: [], flags: [], no_draft: true }]]), new Map());

    expect(figures).toMatchObject({ topic: 0, reason: 0, missing: 0, flags: 0, no_draft: 0, whole: 0 });
  });
});
