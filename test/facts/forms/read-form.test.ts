import { describe, expect, it } from 'vitest';
import { takeForm, type FormLabels } from '../../../src/facts/forms/read-form.ts';
import { someMessage } from '../../draft/some-cases.ts';

const labels: FormLabels = {
  fields: new Map([['order number', 'order_number'], ['date of payment', 'paid_at'], ['reason', 'reason'], ['what happened', 'description']]),
  subjects: new Map([['refund request', 'refund'], ['запыт на вяртанне', 'refund'], ['cancellation', 'cancellation']]),
  languages: new Map([['order number', ['en']], ['запыт на вяртанне', ['be']]]),
};

const take = (text: string, subject = 'Hello') => takeForm(someMessage({ subject, segments: [{ kind: 'own', text, question: null }] }), labels);
const announced = (subject: string) => take('', subject).announced;

describe('a form in a mail', () => {
  it('is known by its lines, whatever stands before them and however they are written', () => {
    const { answers } = take('Hi!\n\n* ORDER NUMBER : SB-10482\n- Date of payment: 12 March\nOrder Number: another');
    expect([...answers]).toEqual([['order_number', 'SB-10482'], ['paid_at', '12 March']]);
  });

  it('is taken out of the words that are read, but for answers in sentences', () => {
    const { rest } = take('Hello,\nOrder number: SB-10482\nReason: the cover is torn\nThanks');
    expect(rest.segments.map(({ text }) => text)).toEqual(['Hello,\nthe cover is torn\nThanks']);
  });

  it('has answers that go on in the next lines, to the next blank one', () => {
    const { answers } = take('What happened: I opened it,\nthen it closed.\n\nKind regards');
    expect(answers.get('description')).toBe('I opened it, then it closed.');
  });

  it('leaves out what was not filled in', () => {
    expect([...take('Order number: \nDate of payment: ____\nReason:…').answers]).toEqual([]);
  });

  it('is filled in within the quote of one of our mails, not in a notice of the merchant that is answered', () => {
    const segments = [{ kind: 'own', text: 'Please see below.', question: null }, { kind: 'quote', text: 'Order number: SB-10482\nDate of payment: 12 March', question: null }] as const;
    const answersUnder = (subject: string) => [...takeForm(someMessage({ subject, segments }), labels).answers.keys()];
    expect(answersUnder('Re: my book [RT-0A1B2C3D]')).toEqual(['order_number', 'paid_at']);
    expect(answersUnder('Re: Your plan renews on 15 April')).toEqual([]);
  });

  it('is no form where a sentence has a colon', () => {
    const text = 'My problem with the order number: there is none.\nI say: give it back';
    const { answers, rest } = take(text);
    expect([...answers]).toEqual([]);
    expect(rest.segments[0]?.text).toBe(text);
  });

  it('tells its language where the mail has hardly a word besides', () => {
    expect(take('Order number: SB-10482').language).toBe('en');
    expect(take('Order number: SB-10482\nUnd dann ist das Buch leider mit einem Riss angekommen.').language).toBeNull();
  });

  it('is read in linear time', () => {
    expect(take(`${'a '.repeat(100_000)}: b\n`.repeat(3)).answers.size).toBe(0);
    expect(take(`${' '.repeat(1_900)}x\n`.repeat(500)).answers.size).toBe(0);
    expect(take(`order number:${' _'.repeat(900)}x\n`.repeat(100)).answers.size).toBe(1);
  });
});

describe('a subject line of the convention', () => {
  it.each([
    ['Запыт на вяртанне - SB-10482', 'refund', 'SB-10482'],
    ['ЗАПЫТ НА ВЯРТАННЕ — [10482]', 'refund', '10482'],
    ['Re: Refund request #10482', 'refund', '10482'],
    ['refund request: order SB 10482 [RT-0A1B2C3D]', 'refund', 'SB 10482'],
    ['Refund request', 'refund', null],
    ['Refund request - [Order number]', 'refund', null],
    ['Cancellation', 'cancellation', null],
  ])('is read leniently: %s', (subject, topic, reference) => {
    expect(announced(subject)).toMatchObject({ topic, reference });
  });

  it.each(['Refund requests are slow', 'About my refund request', ''])('is none: %s', (subject) => {
    expect(announced(subject)).toBeNull();
  });
});
