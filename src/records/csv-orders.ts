import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { loosely, strictly } from './compare-keys.ts';
import { maxOrders, type OrderSource, type RawOrder } from './order-source.ts';
import { RecordsUnavailableError, RecordsUnusableError } from './records-errors.ts';
import { columnsOf, recordKeys, type RecordKey, type RecordsSettings } from './records-settings.ts';

const maxFileBytes = 64 * 1024 * 1024;
const chunkCharacters = 64 * 1024;
const delimiters = [',', ';', '\t', '|'] as const;

/** A CSV file read whole into memory, as far as its columns are mapped; again whenever it has changed. `file` is absolute. */
export function openCsvOrders(file: string, settings: RecordsSettings): OrderSource {
  const columns = columnsOf(settings);
  const keyColumns = new Map(recordKeys.flatMap((key) => {
    const field = settings.fields[key];
    return field === undefined ? [] : [[key, typeof field === 'string' ? field : field.from] as const];
  }));
  let loaded: { readonly version: string; readonly orders: Promise<Orders> } | null = null;
  const current = async (): Promise<Orders> => {
    const version = await versionOf(file);
    if (loaded?.version !== version) {
      const orders = load(file, version, columns, keyColumns, settings.csv?.delimiter);
      loaded = { version, orders };
      // What failed is tried again: the file may only have been half written.
      orders.catch(() => {
        if (loaded?.orders === orders) loaded = null;
      });
    }
    return await loaded.orders;
  };
  return {
    name: basename(file),
    keys: [...keyColumns.keys()],
    find: async (key, value) => (await current()).find(key, value),
    check: async () => {
      const { count } = await current();
      return `${file}, ${String(count)} ${count === 1 ? 'order' : 'orders'}`;
    },
    close: async () => { await Promise.resolve(); },
  };
}

interface Orders {
  readonly count: number;
  readonly find: (key: RecordKey, value: string) => readonly RawOrder[];
}

async function versionOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    if (size > maxFileBytes) throw new RecordsUnusableError(`${file} has more than ${String(maxFileBytes / 1024 / 1024)} MB: keep only the orders that can still be refunded, or give a database.`);
    return `${String(mtimeMs)} ${String(size)} ${String(ino)}`;
  } catch (error) {
    throw error instanceof RecordsUnusableError ? error : unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): RecordsUnavailableError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new RecordsUnavailableError(`${file}: ${code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`}.`, { cause: error });
}

async function load(file: string, version: string, columns: readonly string[], keyColumns: ReadonlyMap<RecordKey, string>, delimiter: string | undefined): Promise<Orders> {
  const text = decode(await readFile(file).catch((error: unknown) => { throw unreadable(file, error); }), file);
  // Somebody is writing it: half a file would make orders that are there unknown.
  if ((await versionOf(file)) !== version) throw new RecordsUnavailableError(`${file} changed while it was read.`);
  try {
    return await index(text, columns, keyColumns, delimiter ?? delimiterOf(text, columns), file);
  } catch (error) {
    if (error instanceof CsvError) throw new RecordsUnusableError(`${file}: ${error.message}.`, { cause: error });
    throw error;
  }
}

/** UTF-8, or UTF-16 with its mark, as spreadsheets write it. */
function decode(bytes: Buffer, file: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new RecordsUnusableError(`${file} is not in UTF-8: save it as "CSV UTF-8".`, { cause: error });
  }
}

/** The one by which the first line has most of the columns. */
function delimiterOf(text: string, columns: readonly string[]): string {
  const found = delimiters.map((delimiter) => {
    const head = headOf(text, delimiter);
    return { delimiter, columns: columns.filter((column) => head.includes(column)).length, cells: head.length };
  });
  return found.toSorted((a, b) => b.columns - a.columns || b.cells - a.cells)[0]?.delimiter ?? ',';
}

function headOf(text: string, delimiter: string): string[] {
  try {
    const [head] = parseAtOnce(text.slice(0, chunkCharacters), { delimiter, to: 1, trim: true, relax_quotes: true, skip_empty_lines: true });
    return Array.isArray(head) ? head.map(String) : [];
  } catch {
    return [];
  }
}

async function index(text: string, columns: readonly string[], keyColumns: ReadonlyMap<RecordKey, string>, delimiter: string, file: string): Promise<Orders> {
  const parser = Readable.from(chunksOf(text)).pipe(parse({ delimiter, trim: true, skip_empty_lines: true, relax_column_count_less: true, max_record_size: 1024 * 1024 }));
  let head: string[] | null = null;
  let places: (readonly [string, number])[] = [];
  let count = 0;
  const exact = new Map<string, RawOrder[]>();
  const loose = new Map<string, RawOrder[]>();
  for await (const row of parser as AsyncIterable<string[]>) {
    if (head === null) {
      head = row;
      places = placesOf(row, columns, file);
      continue;
    }
    count += 1;
    const order: RawOrder = Object.fromEntries(places.map(([column, place]) => [column, row[place] ?? '']));
    for (const [key, column] of keyColumns) {
      const value = String(order[column]);
      if (value === '') continue;
      addTo(exact, `${key} ${strictly(value)}`, order);
      addTo(loose, `${key} ${loosely(value)}`, order);
    }
  }
  if (head === null) throw new RecordsUnusableError(`${file} is empty: its first line must name the columns.`);
  return {
    count,
    // SB 10482 is SB-10482 where there is no other that is written just so.
    find: (key, value) => distinct(exact.get(`${key} ${strictly(value)}`) ?? (key === 'account_email' ? [] : loose.get(`${key} ${loosely(value)}`)) ?? []).slice(0, maxOrders + 1),
  };
}

function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += chunkCharacters) yield text.slice(start, start + chunkCharacters);
}

function placesOf(head: readonly string[], columns: readonly string[], file: string): (readonly [string, number])[] {
  const missing = columns.filter((column) => !head.includes(column));
  if (missing.length > 0) throw new RecordsUnusableError(`${file} has no column ${missing.map((column) => `"${column}"`).join(', ')}; there are ${head.map((column) => `"${column}"`).join(', ')}.`);
  const doubled = columns.find((column) => head.indexOf(column) !== head.lastIndexOf(column));
  if (doubled !== undefined) throw new RecordsUnusableError(`${file} has two columns "${doubled}".`);
  return columns.map((column) => [column, head.indexOf(column)] as const);
}

function addTo(map: Map<string, RawOrder[]>, key: string, order: RawOrder): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [order]);
  else if (known.length <= maxOrders) known.push(order);
}

/** The same line twice is one order. */
function distinct(orders: readonly RawOrder[]): RawOrder[] {
  return [...new Map(orders.map((order) => [JSON.stringify(order), order])).values()];
}
