import { describe, expect, it } from 'vitest';
import { cellAt, readRecord } from '../../src/records/read-record.ts';
import { recordsSchema } from '../../src/records/records-settings.ts';

const context = { sourceName: 'orders.csv', timeZone: 'Europe/Minsk', offsetMinutes: 60 };

/** The value that a cell gives for a fact; null where it is not understood, undefined where it says nothing. */
function valueOf(name: string, cell: unknown, field: object = {}): unknown {
  const { fields, own_facts } = recordsSchema.parse({ csv: { file: 'x' }, fields: { order_number: 'number', ...(name === 'order_number' ? {} : { [name]: { from: 'cell', ...field } }) } });
  const { facts, unread } = readRecord({ number: name === 'order_number' ? cell : 'SB-1', cell }, { fields, own_facts }, context);
  return unread.includes(name) ? null : Object.entries(facts).find(([fact]) => fact === name)?.[1].value;
}

describe('a cell of the records', () => {
  it.each([
    ['order_number', '# SB-10482 ', {}, 'SB-10482'], ['order_number', 10_482, {}, '10482'], ['order_number', true, {}, null],
    ['account_email', ' Anna@Post.Example ', {}, 'anna@post.example'], ['account_email', 'nobody', {}, null],
    ['paid_at', '2026-03-03', {}, '2026-03-03'], ['paid_at', '2026-02-30', {}, null], ['paid_at', '03/04/2026', {}, null],
    ['paid_at', '03.04.2026', { format: 'DD.MM.YYYY' }, '2026-04-03'], ['paid_at', '3/4/2026 9:05', { format: 'MM/DD/YYYY HH:mm' }, '2026-03-04T07:05'],
    ['paid_at', '2026-03-03T23:30:00Z', {}, '2026-03-04T00:30'], ['paid_at', '2026-03-03 23:30:00.123+00', {}, '2026-03-04T00:30'], ['paid_at', '2026-03-03 23:30', {}, '2026-03-03T21:30'],
    ['paid_at', 1_772_580_600, { format: 'unix' }, '2026-03-04T00:30'], ['paid_at', 'soon', { format: 'unix' }, null],
    ['amount', '19.90 EUR', {}, '19.90 EUR'], ['amount', 'EUR 1,234.50', {}, '1234.50 EUR'], ['amount', '1.234,50', { currency: 'EUR' }, '1234.50 EUR'], ['amount', '19,9', { currency: 'EUR' }, '19.9 EUR'],
    ['amount', '1,234', { currency: 'EUR' }, null], ['amount', '1.234', { currency: 'EUR' }, null], ['amount', '1.234', { currency: 'KWD' }, '1.234 KWD'], ['amount', 1234, { currency: 'JPY' }, '1234 JPY'],
    ['amount', 1990, { currency: 'EUR', minor_units: true }, '19.90 EUR'], ['amount', 5, { currency: 'EUR', minor_units: true }, '0.05 EUR'], ['amount', 1990, { currency: 'JPY', minor_units: true }, '1990 JPY'],
    ['amount', '19.90', {}, null], ['amount', '-19.90', { currency: 'EUR' }, null], ['amount', 'free', { currency: 'EUR' }, null],
    ['payment_method', 'Apple Pay', {}, 'apple_pay'], ['payment_method', 'Visa', { values: { visa: 'card' } }, 'card'], ['payment_method', 'Barter', {}, null],
    ['card_last4', '**** **** **** 4242', {}, '4242'], ['card_last4', '42', {}, null],
    ['credits_used', '12', {}, 12], ['credits_used', 12, {}, 12], ['credits_used', 1.5, {}, null], ['credits_used', '-1', {}, null],
    ['used_percent', '12.5 %', {}, 12.5], ['used_percent', 120, {}, null], ['telegram_id', 'anna_k', {}, '@anna_k'], ['telegram_id', 55_209_188, {}, '55209188'],
    ['printed', 'Yes', {}, true], ['printed', 0, {}, false], ['printed', false, {}, false], ['printed', 't', {}, true], ['printed', 'perhaps', {}, null],
    ['work_started', 'In Work', { values: { 'in work': true, new: false } }, true], ['work_started', 'lost', { values: { new: false } }, null],
    ['paid_at', '', {}, undefined], ['paid_at', null, {}, undefined], ['paid_at', { day: 3 }, {}, null], ['generator', 'PRO', {}, 'pro'],
  ])('of %s: %j with %j gives %j', (name, cell, field, expected) => {
    expect(valueOf(name, cell, field)).toBe(expected);
  });

  it('is found by its name or by a JSON pointer, and never in what every object inherits', () => {
    const order = { 'a/b': { '~': [1, { deep: 2 }] }, '/odd': 3 };
    expect(cellAt(order, '/a~1b/~0/1/deep')).toBe(2);
    expect(cellAt(order, '/odd')).toBe(3);
    for (const place of ['constructor', '/constructor/name', '/__proto__', '/a~1b/~0/length']) expect(cellAt(order, place)).toBeUndefined();
  });

  it('gives as evidence which order it is of and the words of the cell, without a card number', () => {
    const settings = recordsSchema.parse({ csv: { file: 'x' }, fields: { order_number: 'No', paid_at: { from: 'Paid', format: 'DD.MM.YYYY' }, amount: { from: 'Sum', currency: 'EUR' }, card_last4: 'Card' } });
    const { facts } = readRecord({ No: 'SB-10482', Paid: '03.03.2026', Sum: '19,90', Card: '4242 4242 4242 4242' }, settings, context);
    expect(facts).toMatchObject({ paid_at: { value: '2026-03-03', source: 'order', evidence: 'orders.csv: SB-10482, Paid 03.03.2026' }, amount: { evidence: 'orders.csv: SB-10482, Sum 19,90' }, order_number: { evidence: 'orders.csv: SB-10482' } });
    expect(facts.card_last4?.value).toBe('4242');
    expect(facts.card_last4?.evidence).not.toContain('4242 4242');
  });
});
