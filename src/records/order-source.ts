import type { RecordKey } from './records-settings.ts';

/** An order as it lies in the records: cells by column, or a JSON object. Nothing of it is believed before `readRecord` has read it. */
export type RawOrder = Readonly<Record<string, unknown>>;

/** An order source: a file, server or database that orders are looked up in. */
export interface OrderSource {
  /** How evidence names it: `orders.csv`, `shop.example`. Holds no secret. */
  readonly name: string;
  /** By what it can be asked. */
  readonly keys: readonly RecordKey[];
  /**
   * The orders of this number or address, at most `maxOrders` + 1 of them; none where there is none.
   * @throws {RecordsUnavailableError} or {RecordsUnusableError}
   */
  readonly find: (key: RecordKey, value: string, signal: AbortSignal) => Promise<readonly RawOrder[]>;
  /** Tries it, and says what is fine about it. Throws the same. */
  readonly check: (signal: AbortSignal) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Where more fit, none is chosen anyway. */
export const maxOrders = 50;
