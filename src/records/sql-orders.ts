import { DatabaseError, Pool, type PoolClient, type QueryResult } from 'pg';
import type { Secret } from '../secret.ts';
import { maxOrders, type OrderSource, type RawOrder } from './order-source.ts';
import { RecordsUnavailableError, RecordsUnusableError } from './records-errors.ts';
import { recordKeys, type RecordKey, type RecordsSettings } from './records-settings.ts';

type SqlSettings = NonNullable<RecordsSettings['sql']>;

/** A PostgreSQL that is asked by the merchant's own queries, each in a transaction that can only read. */
export function openSqlOrders(settings: SqlSettings, columns: readonly string[], url: Secret): OrderSource {
  const timeoutMs = settings.timeout_seconds * 1_000;
  const name = databaseName(url);
  const pool = new Pool({
    connectionString: url.reveal(), max: 4, idleTimeoutMillis: 30_000, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs + 1_000, application_name: 'refund-triage records', allowExitOnIdle: true,
    // Everything as text: the library would make dates of its own time zone of times.
    types: { getTypeParser: () => (text: unknown) => text },
  });
  // An idle connection that breaks off is replaced by the next lookup.
  pool.on('error', () => undefined);

  /** Null where the value is not of the type that it is compared with, as letters are no number: there is no such order. */
  const ask = async (key: RecordKey, value: string): Promise<QueryResult<Record<string, unknown>> | null> => {
    const query = settings[`by_${key}`];
    if (query === undefined) throw new RecordsUnusableError(`${name}: nothing is said of looking up by ${key}.`);
    const client = await pool.connect().catch((error: unknown) => { throw faultOf(error, name); });
    let failed = true;
    try {
      const result = await readOnly(client, query, value, timeoutMs);
      failed = false;
      return result;
    } catch (error) {
      if (error instanceof DatabaseError && error.code?.startsWith('22') === true) return null;
      throw faultOf(error, name);
    } finally {
      // A connection on which something failed may still be in its transaction.
      client.release(failed);
    }
  };
  return {
    name,
    keys: recordKeys.filter((key) => settings[`by_${key}`] !== undefined),
    find: async (key, value) => (value.includes('\0') ? [] : ((await ask(key, value))?.rows ?? []) satisfies readonly RawOrder[]),
    check: async () => {
      for (const key of recordKeys.filter((each) => settings[`by_${each}`] !== undefined)) {
        const given = (await ask(key, '0'))?.fields.map((field) => field.name) ?? columns;
        const missing = columns.filter((column) => !given.includes(column));
        if (missing.length > 0) throw new RecordsUnusableError(`${name}: by_${key} gives no column ${missing.map((column) => `"${column}"`).join(', ')}; it gives ${given.map((column) => `"${column}"`).join(', ')}.`);
      }
      return `${name} answers, in transactions that can only read`;
    },
    close: async () => { await pool.end(); },
  };
}

/**
 * The value is a parameter, never part of the text. A cursor takes nothing but a query, no statement that writes hidden in one, and gives no more rows than are asked for; the
 * transaction stops functions that write.
 */
async function readOnly(client: PoolClient, query: string, value: string, timeoutMs: number): Promise<QueryResult<Record<string, unknown>>> {
  await client.query('SET default_transaction_read_only = on');
  await client.query('BEGIN READ ONLY');
  await client.query(`SET LOCAL statement_timeout = ${String(timeoutMs)}`);
  await client.query(`DECLARE orders NO SCROLL CURSOR FOR ${query.replace(/;\s*$/u, '')}`, [value]);
  const result = await client.query<Record<string, unknown>>(`FETCH ${String(maxOrders + 1)} FROM orders`);
  await client.query('ROLLBACK');
  return result;
}

function databaseName(url: Secret): string {
  try {
    const { host, pathname } = new URL(url.reveal());
    return `${decodeURIComponent(pathname.slice(1))} at ${host}`;
  } catch {
    throw new RecordsUnusableError('The connection of the records is no postgres://… address.');
  }
}

/** Faults of the query, the user or the database's name, which another attempt does not mend: classes of SQLSTATE. */
const hopeless = /^(?:25|28|3D|42|0A)/u;

function faultOf(error: unknown, name: string): RecordsUnavailableError | RecordsUnusableError {
  const reason = error instanceof Error ? error.message : 'unknown reason';
  if (error instanceof DatabaseError && hopeless.test(error.code ?? '')) return new RecordsUnusableError(`${name} refuses: ${reason}.`);
  return new RecordsUnavailableError(`${name} cannot be reached: ${reason}.`);
}
