import { describe, expect, it } from 'vitest';
import { findQuote } from '../../../src/facts/text/find-quote.ts';
import { passage } from '../some-mail.ts';

function found(quote: string, ...texts: string[]): string | null {
  const place = findQuote(quote, texts.map((text) => passage(text)));
  return place === null ? null : place.passage.text.slice(place.start, place.end);
}

describe('a quote', () => {
  it('is found where it stands, in whichever passage', () => {
    expect(found('on 12 March', 'Hello.', 'I paid on 12 March, I think.')).toBe('on 12 March');
  });

  it('is found across line breaks and with other white space', () => {
    expect(found('I paid on 12 March', 'I paid\n  on 12\u00a0March')).toBe('I paid\n  on 12\u00a0March');
    expect(found('  on\t12 March ', 'I paid on 12 March.')).toBe('on 12 March');
  });

  it('is found in scripts that write no spaces', () => {
    expect(found('3月12日に支払い', '先月の3月12日に支払いました。')).toBe('3月12日に支払い');
    expect(found('환불', '빨리환불해주세요')).toBe('환불');
  });

  it.each([
    ['a number cut out of a larger one', '9.90 EUR', 'I paid 19.90 EUR'],
    ['the fraction of a number', '90 EUR', 'I paid 19.90 EUR'],
    ['the last group of a number', '490 руб', 'Сумма 1 490 руб'],
    ['the beginning of a number', 'used 12', 'I used 1200'],
    ['the first group of a number', 'used 12', 'I used 12 000 of them'],
    ['the amount of a negative number', '12 left', 'there are -12 left'],
    ['the digits of a name', '10482', 'my SB10482'],
    ['the end of a word', 'able to pay', 'I was unable to pay'],
    ['the beginning of a word', 'pay for use', 'pay for useless things'],
    ['other letters that look the same', 'раid', 'I paid'],
    ['nothing', ' ', 'I paid'],
    ['a single letter', 'I', 'I paid'],
  ])('is not found as %s', (_what, quote, text) => {
    expect(found(quote, text)).toBeNull();
  });

  it('is found at a later place where the first one is cut out of a word', () => {
    expect(found('paid 12', 'unpaid 12. I paid 12 euros')).toBe('paid 12');
  });

  it('is none where it is the whole of a long mail', () => {
    const text = 'I would like to tell you all that happened. '.repeat(20);
    expect(found(text, text)).toBeNull();
  });

  it('is looked for in linear time', () => {
    expect(found(`${'a '.repeat(150)}b`, 'a '.repeat(100_000))).toBeNull();
  });
});
