import { Big } from 'big.js';
import type { Decision } from './decision.ts';
import { formatMoney, parseMoney } from './money.ts';
import { refunds } from './refund-amount.ts';

/** The money that decisions grant: a sum for each currency, and how many refunds there are whose sum is not known. */
export interface GrantedMoney {
  /** `1234.50 EUR`, in the order of the currencies' codes. */
  readonly sums: readonly string[];
  readonly withoutSum: number;
}

/** Adds up what decisions grant, in decimals. */
export class MoneyCount {
  readonly #sums = new Map<string, Big>();
  #withoutSum = 0;

  add({ outcome, amount }: Pick<Decision, 'outcome' | 'amount'>): void {
    if (!refunds.has(outcome)) return;
    const money = amount === null ? null : parseMoney(amount);
    if (money === null) this.#withoutSum += 1;
    else this.#sums.set(money.currency, (this.#sums.get(money.currency) ?? new Big(0)).plus(money.value));
  }

  granted(): GrantedMoney {
    const sums = [...this.#sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, value]) => formatMoney({ value, currency }));
    return { sums, withoutSum: this.#withoutSum };
  }
}
