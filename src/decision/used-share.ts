import { Big } from 'big.js';
import type { FactMap, FactName } from '../facts/facts.ts';

/** The used part of what was bought, as `used` out of `total`. */
export interface UsedShare {
  readonly used: Big;
  readonly total: Big;
}

/**
 * From the share itself, else from used and total, left and total, or used and left. Nothing used, or nothing left, tells it alone. Null where
 * the facts do not tell, or contradict each other by more used than there was.
 */
export function usedShare(values: FactMap): UsedShare | null {
  const percent = values.used_percent?.value;
  if (percent !== undefined) return share(percent, 100);
  const used = values.credits_used?.value;
  const total = values.credits_total?.value;
  const left = values.credits_left?.value;
  if (used === 0) return share(0, 1);
  if (used !== undefined && total !== undefined) return share(used, total);
  if (left !== undefined && total !== undefined) return share(total - left, total);
  if (used !== undefined && left !== undefined) return share(used, used + left);
  return left === 0 ? share(1, 1) : null;
}

/** The facts that tell how much was used. */
export function shareFacts(values: FactMap): FactName[] {
  if (values.used_percent !== undefined) return ['used_percent'];
  return (['credits_used', 'credits_total', 'credits_left'] as const).filter((name) => values[name] !== undefined);
}

function share(used: number, total: number): UsedShare | null {
  return total > 0 && used >= 0 && used <= total ? { used: new Big(used), total: new Big(total) } : null;
}
