import { Big } from 'big.js';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney, proportionOf, type Money } from '../../src/decision/money.ts';

const money = (text: string): Money => parseMoney(text) ?? { value: new Big(-1), currency: 'NONE' };
const share = (text: string, part: number | string, whole: number): string => formatMoney(proportionOf(money(text), new Big(part), new Big(whole)));

describe('money', () => {
  it.each([
    ['19.9 EUR', '19.90 EUR'], ['19 EUR', '19.00 EUR'], ['1000000 RUB', '1000000.00 RUB'], ['2980 JPY', '2980 JPY'], ['29000.4 KRW', '29000 KRW'], ['1.5 KWD', '1.500 KWD'],
    ['500 XTR', '500 XTR'], ['40 USDT', '40 USDT'], ['12.500 TON', '12.5 TON'], ['0.000000001 TON', '0.000000001 TON'], ['0.005 USD', '0.01 USD'], ['1.005 USD', '1.01 USD'],
    ['123456789012345.67 USD', '123456789012345.67 USD'],
  ])('%s is written %s', (text, written) => {
    expect(formatMoney(money(text))).toBe(written);
  });

  it.each(['', '19.90', 'EUR 19.90', '19,90 EUR', '-3 EUR', '1e3 EUR', '19.90 eur', 'NaN EUR', '1 EUR EUR'])('%j is no sum', (text) => {
    expect(parseMoney(text)).toBeNull();
  });

  it.each([
    ['29 USD', 785, 1000, '22.77 USD'], // 22.765
    ['29000 KRW', 230, 300, '22233 KRW'], // 22233.33…
    ['149.90 BRL', 100, 500, '29.98 BRL'],
    ['0.01 USD', 1, 2, '0.01 USD'],
    ['0.01 USD', 499, 1000, '0.00 USD'],
    ['10 USD', 2, 3, '6.67 USD'],
    ['1 TON', 1, 3, '0.333333333 TON'],
    ['100 JPY', 1, 8, '13 JPY'], // 12.5
    ['19.90 EUR', '33.3', 100, '6.63 EUR'], // 6.6267
    ['2.675 USD', 1, 1, '2.68 USD'], // binary floats make 2.67 of it
  ])('of %s the part %s of %i is %s', (text, part, whole, expected) => {
    expect(share(text, part, whole)).toBe(expected);
  });
});
