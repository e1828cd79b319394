import { Big } from 'big.js';
import type { FactMap, FactName } from '../facts/facts.ts';
import type { RuleCase } from './compile-policy.ts';
import type { Outcome } from './decision.ts';
import { formatMoney, parseMoney, proportionOf } from './money.ts';
import type { AmountSource } from './policy.ts';
import { shareFacts, usedShare } from './used-share.ts';

/** Outcomes that give back a sum. Where the customer may still choose a replacement, no sum is granted yet. */
export const refunds: ReadonlySet<Outcome> = new Set<Outcome>(['full_refund', 'partial_refund']);

/** A refund: a sum, and how it came about. */
export interface Refund {
  /** In the currency's minor units. */
  readonly amount: string;
  readonly from: AmountSource;
  /** The sum paid, or the sum claimed back. */
  readonly of: string;
  /** What of it is given back, as parts of wholes that are multiplied: what is unused, and what the merchant does not keep. Empty where all of it is. */
  readonly shares: readonly { readonly part: Big; readonly whole: Big }[];
  readonly facts: readonly FactName[];
}

/** What the case grants; null where it grants no sum or the facts do not tell it. */
export function refundOf({ outcome, amount, keepPercent }: Pick<RuleCase, 'outcome' | 'amount' | 'keepPercent'>, values: FactMap): Refund | null {
  if (!refunds.has(outcome)) return null;
  for (const source of amount) {
    const refund = refundFrom(source, keepPercent, values);
    if (refund !== null) return refund;
  }
  return null;
}

function refundFrom(from: AmountSource, keepPercent: number, values: FactMap): Refund | null {
  const name = from === 'claimed' ? 'amount_claimed' : 'amount';
  const fact = values[name];
  const money = fact === undefined ? null : parseMoney(fact.value);
  if (money === null) return null;
  const used = from === 'unused_part' ? usedShare(values) : null;
  if (from === 'unused_part' && used === null) return null;
  const unused = used === null ? [] : [{ part: used.total.minus(used.used), whole: used.total }];
  const shares = keepPercent === 0 ? unused : [...unused, { part: new Big(100).minus(keepPercent), whole: new Big(100) }];
  const rounded = formatMoney(money);
  const facts: FactName[] = used === null ? [name] : [name, ...shareFacts(values)];
  if (shares.length === 0) return { amount: rounded, from, of: rounded, shares, facts };
  const of = parseMoney(rounded)?.value.eq(money.value) === true ? rounded : `${money.value.toFixed()} ${money.currency}`;
  return { amount: formatMoney(proportionOf(money, product(shares, 'part'), product(shares, 'whole'))), from, of, shares, facts };
}

/** How a refund comes about: `paid` and `claimed` are given back whole, `part` is a formula such as `29.00 EUR × 150 ÷ 200 = 21.75 EUR`. */
export interface RefundSum {
  readonly kind: 'paid' | 'claimed' | 'part';
  readonly text: string;
  /** Half-up. */
  readonly isRounded: boolean;
}

export function refundSum({ amount, from, of, shares }: Refund): RefundSum {
  if (shares.length === 0) return { kind: from === 'claimed' ? 'claimed' : 'paid', text: amount, isRounded: false };
  const [before, after] = [parseMoney(of), parseMoney(amount)];
  const isExact = before !== null && after !== null && before.value.times(product(shares, 'part')).eq(after.value.times(product(shares, 'whole')));
  return { kind: 'part', text: `${of}${shares.map(({ part, whole }) => ` × ${part.toFixed()} ÷ ${whole.toFixed()}`).join('')} = ${amount}`, isRounded: !isExact };
}

/** The same in English. */
export function refundArithmetic(refund: Refund): string {
  const { kind, text, isRounded } = refundSum(refund);
  if (kind !== 'part') return kind === 'claimed' ? `the sum claimed back: ${text}` : `the sum paid: ${text}`;
  return isRounded ? `${text}, rounded half-up` : text;
}

function product(shares: Refund['shares'], side: 'part' | 'whole'): Big {
  return shares.reduce((result, share) => result.times(share[side]), new Big(1));
}
