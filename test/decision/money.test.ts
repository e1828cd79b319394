import { Big } from 'big.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney, proportionOf, type Money } from '../../src/decision/money.ts';

const money = (text: string): Money => parseMoney(text) ?? { value: new Big(-1), currency: 'NONE' };
const share = (text: string, part: number | string, whole: number): string => formatMoney(proportionOf(money(text), new Big(part), new Big(whole)));

describe('money', () => {
  it.each([
    ['19.9 EUR', '19.90 EUR'], ['19 EUR', '19.00 EUR'], ['1000000 RUB', '1000000.00 RUB'], ['2980 JPY', '2980 JPY'], ['29000.4 KRW', '29000 KRW'], ['1.5 KWD', '1.500 KWD'],
    ['500 XTR', '500 XTR'], ['40 USDT', '40 USDT'], ['12.500 TON', '12.5 TON'], ['0.000000001 TON', '0.000000001 TON'], ['0.005 USD', '0.01 USD'], ['0.00150000 BTC', '0.0015 BTC'], ['0.000000000000000001 ETH', '0.000000000000000001 ETH'], ['1.005 USD', '1.01 USD'],
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

function decimal(minor: bigint, digits: number): string {
  const text = minor.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

describe('minor units', () => {
  // CLDR, which Intl follows, leaves out the hundredths that these have by ISO 4217 and nobody uses any more.
  const withoutCoins = new Set(['AFN', 'ALL', 'COP', 'HUF', 'IDR', 'IQD', 'IRR', 'KPW', 'LAK', 'LBP', 'MGA', 'MMK', 'PKR', 'RSD', 'SLL', 'SOS', 'STN', 'SYP', 'TZS', 'YER', 'ZMK']);

  it.each(Intl.supportedValuesOf('currency').filter((currency) => !withoutCoins.has(currency)))('of %s are those that Intl has', (currency) => {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    const [, decimals = ''] = (formatMoney({ value: new Big(1), currency }).split(' ')[0] ?? '').split('.');
    expect(decimals.length).toBe(maximumFractionDigits);
  });
});

describe('a part of a sum', () => {
  // ISO 4217 list one, and the coins' own smallest parts: a nanoton, a millionth of a USDT, a satoshi, a wei.
  const currencies = [['EUR', 2], ['USD', 2], ['JPY', 0], ['KRW', 0], ['KWD', 3], ['TND', 3], ['XTR', 0], ['TON', 9], ['USDT', 6], ['USDC', 6], ['BTC', 8], ['ETH', 18]] as const;
  const sums = fc.record({
    currency: fc.constantFrom(...currencies), minor: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    whole: fc.integer({ min: 1, max: 1_000_000 }), used: fc.integer({ min: 0, max: 1_000_000 }),
  });

  it('is the exact fraction, rounded half-up once to the smallest unit there is', () => {
    fc.assert(fc.property(sums, ({ currency: [currency, digits], minor, whole, used }) => {
      const part = BigInt(whole - Math.min(used, whole));
      // Half-up of minor × part ÷ whole, in whole numbers.
      const expected = (2n * minor * part + BigInt(whole)) / (2n * BigInt(whole));
      const given = proportionOf(money(`${decimal(minor, digits)} ${currency}`), new Big(part.toString()), new Big(whole));
      expect(given.value.eq(decimal(expected, digits))).toBe(true);
      expect(formatMoney(given)).toBe(digits > 3 ? `${new Big(decimal(expected, digits)).toFixed()} ${currency}` : `${decimal(expected, digits)} ${currency}`);
    }), { numRuns: 3000 });
  });

  it('is never more than the sum, and with the other part never off by more than a unit', () => {
    fc.assert(fc.property(sums, ({ currency: [currency, digits], minor, whole, used }) => {
      const paid = money(`${decimal(minor, digits)} ${currency}`);
      const usedPart = Math.min(used, whole);
      const back = proportionOf(paid, new Big(whole - usedPart), new Big(whole)).value;
      const kept = proportionOf(paid, new Big(usedPart), new Big(whole)).value;
      expect(back.lte(paid.value)).toBe(true);
      expect(back.plus(kept).minus(paid.value).abs().lte(new Big(10).pow(-digits))).toBe(true);
    }), { numRuns: 1000 });
  });
});
