import { Big } from 'big.js';

/** Money as the contract writes it, `22.77 USD`: decimal, never a binary float. */
export interface Money {
  readonly value: Big;
  readonly currency: string;
}

// ISO 4217, list one: every currency whose minor unit is not a hundredth. XTR (Telegram Stars) has none.
const minorUnitDigits: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0, XTR: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4,
};

// Coins: rounded to the smallest part that exists, and written without the zeros behind it.
const coinDigits: Readonly<Record<string, number>> = { TON: 9, USDT: 6, USDC: 6, BTC: 8, ETH: 18 };

/** Null for a text that is no sum of money. */
export function parseMoney(text: string): Money | null {
  const match = /^(\d{1,18}(?:\.\d{1,18})?) ([A-Z]{3,5})$/.exec(text);
  const [, value, currency] = match ?? [];
  return value === undefined || currency === undefined ? null : { value: new Big(value), currency };
}

/** In the currency's minor units, rounded half-up; coins as short as they are. */
export function formatMoney({ value, currency }: Money): string {
  const coin = coinDigits[currency];
  if (coin !== undefined) return `${value.round(coin, Big.roundHalfUp).toFixed()} ${currency}`;
  return `${value.toFixed(minorUnitDigits[currency] ?? 2, Big.roundHalfUp)} ${currency}`;
}

/** `money × part ÷ whole`, rounded once, half-up, to the currency's minor unit. */
export function proportionOf(money: Money, part: Big, whole: Big): Money {
  // Big rounds a quotient to the DP of its constructor: a constructor of our own, so that nobody else's setting changes.
  const Rounded = Big();
  Rounded.DP = coinDigits[money.currency] ?? minorUnitDigits[money.currency] ?? 2;
  Rounded.RM = Big.roundHalfUp;
  return { value: new Big(new Rounded(money.value.times(part)).div(whole)), currency: money.currency };
}
