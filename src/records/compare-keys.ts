import { cellAt } from './read-record.ts';
import type { RawOrder } from './order-source.ts';
import type { RecordKey, RecordsSettings } from './records-settings.ts';

/** A number or address as it is compared: capitals, a sign before it and blanks do not matter. */
export function strictly(written: string): string {
  return written.normalize('NFKC').replace(/^[#№\s]+/u, '').replaceAll(/\s+/gu, '').toLowerCase();
}

/** Nor do hyphens. */
export function loosely(written: string): string {
  return strictly(written).replaceAll(/[\p{Pd}_./]/gu, '');
}

/** Only those that are what was asked for, whatever the server takes for near enough. */
export function thoseAskedFor(orders: readonly RawOrder[], key: RecordKey, value: string, fields: RecordsSettings['fields']): RawOrder[] {
  const field = fields[key];
  if (field === undefined) return [];
  const same = key === 'account_email' ? strictly : loosely;
  return orders.filter((order) => {
    const cell = cellAt(order, typeof field === 'string' ? field : field.from);
    return (typeof cell === 'string' || typeof cell === 'number') && same(String(cell)) === same(value);
  });
}
