import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Fact, FactMap, OwnFactName } from '../facts/facts.ts';
import { maskCardNumbers } from '../facts/text/card-numbers.ts';
import type { RawOrder } from './order-source.ts';
import { recordFactNames, type FieldSettings, type RecordFactName, type RecordsSettings } from './records-settings.ts';

/** An order record: what the merchant's records say of one order, in the facts' own normal forms. Frozen by use: made by `readRecord`. */
export interface OrderRecord {
  /** Of source `order`. */
  readonly facts: FactMap;
  readonly own: Readonly<Partial<Record<OwnFactName, Fact<boolean>>>>;
  /** Names whose cell says something that is not understood; nothing is made of it. */
  readonly unread: readonly string[];
}

/** What reading a record takes beside its cells. */
export interface RecordContext {
  readonly sourceName: string;
  /** IANA, of times without an offset. */
  readonly timeZone: string;
  /** Of the customer, minutes east of UTC: facts are local to the writer of the mail. */
  readonly offsetMinutes: number;
}

const cellSchema = z.union([z.string().max(2_000), z.number(), z.boolean()]);
type Cell = z.output<typeof cellSchema>;

/** Cells that are empty, or not there, say nothing. */
export function readRecord(order: RawOrder, { fields, own_facts: ownFields }: Pick<RecordsSettings, 'fields' | 'own_facts'>, context: RecordContext): OrderRecord {
  const unread: string[] = [];
  const evidenceOf = evidenceFor(order, fields, context.sourceName);
  const read = <Value extends Cell>(name: string, field: FieldSettings, reader: (cell: Cell, settings: FieldObject) => Value | null): Fact<Value> | null => {
    const settings = typeof field === 'string' ? { from: field } : field;
    const raw = cellAt(order, settings.from);
    if (raw === undefined || raw === null || raw === '') return null;
    const parsed = cellSchema.safeParse(raw);
    const cell = parsed.success ? meaning(parsed.data, settings) : null;
    const value = cell === null ? null : reader(cell, settings);
    if (value === null) {
      unread.push(name);
      return null;
    }
    return { value, source: 'order', evidence: evidenceOf(settings.from, raw) };
  };
  const facts: FactMap = Object.fromEntries(recordFactNames.flatMap((name) => {
    const field = fields[name];
    const fact = field === undefined ? null : read(name, field, (cell, settings) => valueOf(name, cell, settings, order, context));
    return fact === null ? [] : [[name, fact] as const];
  }));
  const own = Object.fromEntries(Object.entries(ownFields).flatMap(([name, field]) => {
    const fact = read(name, field, yesOrNo);
    return fact === null ? [] : [[name, fact] as const];
  }));
  return { facts, own, unread };
}

type FieldObject = Exclude<FieldSettings, string>;

/** A column, or a place in JSON. RFC 6901. */
export function cellAt(value: unknown, place: string): unknown {
  if (isRecord(value) && Object.hasOwn(value, place)) return value[place];
  if (!place.startsWith('/')) return undefined;
  let at: unknown = value;
  for (const step of place.slice(1).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (Array.isArray(at)) at = /^\d{1,6}$/u.test(step) ? at[Number(step)] : undefined;
    // Not what every object inherits.
    else at = isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function meaning(cell: Cell, { values }: FieldObject): Cell | null {
  const written = typeof cell === 'string' ? cell.trim() : cell;
  if (values === undefined) return written;
  const wanted = String(written).toLowerCase();
  return Object.entries(values).find(([word]) => word.toLowerCase() === wanted)?.[1] ?? null;
}

function valueOf(name: RecordFactName, cell: Cell, settings: FieldObject, order: RawOrder, context: RecordContext): Cell | null {
  switch (name) {
    case 'order_number':
    case 'transaction_id':
      return identifier(cell);
    case 'account_email':
      return parsedOrNull(emailSchema, cell);
    case 'generator':
      return parsedOrNull(generatorSchema, String(cell).toLowerCase());
    case 'paid_at':
    case 'fulfilled_at':
    case 'occurred_at':
      return localTime(cell, settings.format, context);
    case 'amount':
      return sum(cell, settings, order);
    case 'payment_method':
      return parsedOrNull(paymentMethodSchema, String(cell).toLowerCase().replaceAll(/[\s-]+/gu, '_'));
    case 'card_last4':
      return /^[\d*•xX .-]*?(\d{4})$/u.exec(String(cell))?.[1] ?? null;
    case 'credits_used':
    case 'credits_total':
    case 'credits_left':
    case 'revision_count':
      return parsedOrNull(countSchema, numeric(cell));
    case 'used_percent':
      return parsedOrNull(percentSchema, numeric(typeof cell === 'string' ? cell.replace(/\s?%$/u, '') : cell));
    case 'outage_hours':
      return parsedOrNull(hoursSchema, numeric(cell));
    case 'telegram_id':
      return telegramId(String(cell));
    case 'promo_funds':
    case 'account_blocked':
    case 'partial_bundle':
    case 'work_started':
    case 'printed':
    case 'approved':
      return yesOrNo(cell);
    default:
      return name satisfies never;
  }
}

const emailSchema = z.email().max(254).toLowerCase();
const generatorSchema = z.enum(['free', 'turbo', 'base', 'pro', 'ultra']);
const paymentMethodSchema = z.enum(['card', 'sbp', 'crypto', 'ton', 'telegram_stars', 'paypal', 'apple_pay', 'google_pay']);
const countSchema = z.int().min(0).max(1_000_000_000);
const percentSchema = z.number().min(0).max(100);
const hoursSchema = z.number().min(0).max(100_000);

function parsedOrNull<Output>(schema: z.ZodType<Output>, value: unknown): Output | null {
  return schema.safeParse(value).data ?? null;
}

function identifier(cell: Cell): string | null {
  const text = String(cell).replace(/^[#№\s]+/u, '').trim();
  return typeof cell === 'boolean' || !/^[\p{L}\p{N}][\p{L}\p{N}\p{P}\p{S} ]{0,99}$/u.test(text) ? null : text;
}

function numeric(cell: Cell): number | null {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' && /^\d{1,12}(?:\.\d{1,6})?$/u.test(cell) ? Number(cell) : null;
}

const yes: ReadonlySet<string> = new Set(['true', 'yes', 'y', 't', '1']);
const no: ReadonlySet<string> = new Set(['false', 'no', 'n', 'f', '0']);

function yesOrNo(cell: Cell): boolean | null {
  const word = String(cell).toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : null;
}

function telegramId(text: string): string | null {
  if (/^\d{5,15}$/u.test(text)) return text;
  const [, name] = /^@?([A-Za-z]\w{3,31})$/u.exec(text) ?? [];
  return name === undefined ? null : `@${name}`;
}

const plainNumber = /^\d{1,15}(?:\.\d{1,18})?$/u;

/** Null where a lone comma or point leaves it open what it parts: `1.234` is a thousand or about one. */
function decimal(written: string, isOpen: boolean): string | null {
  const text = written.replaceAll(/[\s\u00a0\u202f'’]/gu, '');
  if (isOpen && /^[1-9]\d{0,2}[.,]\d{3}$/u.test(text)) return null;
  if (plainNumber.test(text)) return text;
  if (/^\d{1,15},\d+$/u.test(text)) return text.replace(',', '.');
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(text)) return text.replaceAll(',', '');
  return /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u.test(text) ? text.replaceAll('.', '').replace(',', '.') : null;
}

function sum(cell: Cell, { currency, currency_from: currencyFrom, minor_units: isMinor }: FieldObject, order: RawOrder): string | null {
  if (typeof cell === 'boolean') return null;
  const [, before, written = '', behind] = /^([A-Za-z]{3,5})?\s*([\d\s\u00a0\u202f.,'’]+?)\s*([A-Za-z]{3,5})?$/u.exec(String(cell)) ?? [];
  const inColumn = currencyFrom === undefined ? undefined : cellAt(order, currencyFrom);
  const code = (before ?? behind ?? (typeof inColumn === 'string' ? inColumn.trim() : currency))?.toUpperCase();
  const number = code === undefined ? null : decimal(written, typeof cell === 'string' && digitsOf(code) < 3);
  if (number === null || code === undefined || !/^[A-Z]{3,5}$/u.test(code)) return null;
  if (isMinor !== true) return `${number} ${code}`;
  return /^\d+$/u.test(number) ? `${fromMinorUnits(number, digitsOf(code))} ${code}` : null;
}

function digitsOf(currency: string): number {
  if (currency === 'XTR') return 0;
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

function fromMinorUnits(units: string, digits: number): string {
  if (digits === 0) return units;
  const padded = units.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/u;

/** `2026-03-17`, or `2026-03-17T14:05` by the customer's clock. Null for what is no date. */
function localTime(cell: Cell, format: string | undefined, context: RecordContext): string | null {
  if (typeof cell === 'boolean') return null;
  if (format === 'unix' || format === 'unix_ms') {
    const number = Number(cell);
    return Number.isFinite(number) && number > 0 ? atCustomers(number * (format === 'unix' ? 1_000 : 1), context) : null;
  }
  const [, day, time, offset] = isoTime.exec(format === undefined ? String(cell) : (fromFormat(String(cell), format) ?? '')) ?? [];
  if (day === undefined || !isDay(day)) return null;
  if (time === undefined) return day;
  try {
    const epochMs = offset === undefined
      ? Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(context.timeZone).epochMilliseconds
      : Temporal.Instant.from(`${day}T${time}${offset}`).epochMilliseconds;
    return atCustomers(epochMs, context);
  } catch {
    return null;
  }
}

function isDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day, { overflow: 'reject' }).year > 1990;
  } catch {
    return false;
  }
}

function atCustomers(epochMs: number, { offsetMinutes }: RecordContext): string | null {
  const local = new Date(epochMs + offsetMinutes * 60_000);
  return Number.isNaN(local.getTime()) ? null : local.toISOString().slice(0, '2026-03-17T14:05'.length);
}

function fromFormat(text: string, format: string): string | null {
  const pattern = format.replaceAll(/[./-]/gu, '[./-]').replace('YYYY', String.raw`(?<y>\d{4})`).replace('MM', String.raw`(?<m>\d{1,2})`).replace('DD', String.raw`(?<d>\d{1,2})`)
    .replace('HH', String.raw`(?<h>\d{1,2})`).replace('mm', String.raw`(?<min>\d\d)`).replace('ss', String.raw`\d\d`);
  const found = new RegExp(`^${pattern}$`, 'u').exec(text)?.groups;
  if (found === undefined) return null;
  const { y = '', m = '', d = '', h, min = '' } = found;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  return h === undefined ? day : `${day} ${h.padStart(2, '0')}:${min}`;
}

const maxShownCharacters = 80;

/** `orders.csv: SB-10482, Paid 2026-03-03`: which record, and its own words. */
function evidenceFor(order: RawOrder, fields: RecordsSettings['fields'], sourceName: string): (column: string, raw: unknown) => string {
  const idField = fields.order_number ?? fields.transaction_id;
  const idColumn = typeof idField === 'object' ? idField.from : idField;
  const id = idColumn === undefined ? undefined : cellAt(order, idColumn);
  const shownId = typeof id === 'string' || typeof id === 'number' ? `${sourceName}: ${shown(id)}` : sourceName;
  return (column, raw) => (column === idColumn ? shownId : `${shownId}, ${column.replace(/^\//u, '').replaceAll('/', '.')} ${shown(raw)}`);
}

function shown(raw: unknown): string {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? maskCardNumbers(String(raw).replaceAll(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, maxShownCharacters)) : '';
}
