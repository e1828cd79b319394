import type { FactMap } from '../facts/facts.ts';
import type { RuleCase } from './compile-policy.ts';
import type { Outcome } from './decision.ts';
import { formatMoney, parseMoney, proportionOf } from './money.ts';
import type { AmountSource } from './policy.ts';
import { usedShare } from './used-share.ts';

/** Outcomes that give back a sum. Where the customer may still choose a replacement, no sum is granted yet. */
export const refunds: ReadonlySet<Outcome> = new Set<Outcome>(['full_refund', 'partial_refund']);

/** The sum that the case grants, in the currency's minor units; null where it grants none or the facts do not tell it. */
export function refundAmount({ outcome, amount }: Pick<RuleCase, 'outcome' | 'amount'>, values: FactMap): string | null {
  if (!refunds.has(outcome)) return null;
  for (const source of amount) {
    const sum = sumFrom(source, values);
    if (sum !== null) return sum;
  }
  return null;
}

function sumFrom(source: AmountSource, values: FactMap): string | null {
  const fact = source === 'claimed' ? values.amount_claimed : values.amount;
  const money = fact === undefined ? null : parseMoney(fact.value);
  if (money === null) return null;
  if (source !== 'unused_part') return formatMoney(money);
  const share = usedShare(values);
  return share === null ? null : formatMoney(proportionOf(money, share.total.minus(share.used), share.total));
}
