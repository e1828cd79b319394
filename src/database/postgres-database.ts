import { randomInt } from 'node:crypto';
import { Client, type CustomTypesConfig, Pool, type PoolClient, TypeOverrides } from 'pg';
import type { Database, Sql } from './database.ts';
import { isConflict, isConnectionError, unavailable } from './postgres-errors.ts';

/** Class of the advisory locks by which processes know of each other: "RTpk". The object is the process's key. */
export const processLockClass = 0x5254706b;
/** Of what gets in the way of others. */
const maxTries = 5;
const int8TypeId = 20;

/** Opens a database on a PostgreSQL server. Throws `StoreUnavailableError`. */
export async function openPostgresDatabase(databaseUrl: string, options: { maxConnections: number }): Promise<Database> {
  const pool = openPool(databaseUrl, { maxConnections: options.maxConnections });
  const presence = announceProcess(databaseUrl);
  try {
    await presence.ready();
  } catch (error) {
    await Promise.all([pool.end(), presence.close()]);
    throw unavailable(error);
  }
  return {
    engine: { kind: 'postgres', openPool: (poolOptions) => openPool(databaseUrl, poolOptions) },
    query: async <Row extends object>(text: string, parameters?: readonly unknown[]) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await queryOn<Row>(pool, text, parameters);
        } catch (error) {
          if (tries < maxTries && isConflict(error)) continue;
          throw isConflict(error) || isConnectionError(error) ? unavailable(error) : error;
        }
      }
    },
    run: async (script) => { await pool.query(script); },
    transaction: async <Result>(work: (sql: Sql) => Promise<Result>) => {
      await presence.ready().catch((error: unknown) => { throw unavailable(error); });
      return await transactionOn(pool, work);
    },
    processKey: presence.key,
    isProcessAlive: async (sql, key) => {
      if (key === presence.key()) return true;
      const rows = await sql.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1, $2) AS free', [processLockClass, key]);
      return rows[0]?.free !== true;
    },
    close: async () => {
      await presence.close();
      if (!pool.ending) await pool.end();
    },
  };
}

/** Connections over which 64-bit integers come back as numbers, unless they are the queue's, which has a schema of its own. */
export function openPool(databaseUrl: string, options: { searchPath?: string; maxConnections: number; isReadOnly?: boolean }): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: options.maxConnections,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'refund-triage',
    ...(options.searchPath === undefined ? { types: typesWithNumbers() } : { options: `-c search_path=${options.searchPath}` }),
    ...(options.isReadOnly === true ? { options: '-c default_transaction_read_only=on' } : {}),
  });
  // An idle connection that the server closes raises here; the next query opens another one or says what is wrong.
  pool.on('error', () => undefined);
  return pool;
}

function typesWithNumbers(): CustomTypesConfig {
  const types = new TypeOverrides();
  types.setTypeParser(int8TypeId, Number);
  return types;
}

async function transactionOn<Result>(pool: Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    let client: PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw unavailable(error);
    }
    let broken = false;
    // A connection that breaks while checked out raises on the client, and on the query in flight.
    const onError = (): void => { broken = true; };
    client.on('error', onError);
    try {
      await client.query('BEGIN');
      const result = await work({
        query: async <Row extends object>(text: string, parameters?: readonly unknown[]) => await queryOn<Row>(client, text, parameters),
        run: async (script) => { await client.query(script); },
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      if (isConnectionError(error) || broken) {
        broken = true;
        throw unavailable(error);
      }
      await client.query('ROLLBACK').catch(() => { broken = true; });
      if (!isConflict(error)) throw error;
      // Whoever comes back later finds less in its way.
      if (tries >= maxTries) throw unavailable(error);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }
}

async function queryOn<Row extends object>(on: Pool | PoolClient, text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return (await on.query<Row>(text, [...parameters])).rows;
}

/** Holds an advisory lock for as long as the process lives, on a connection of its own: the server frees it when the process dies. */
function announceProcess(databaseUrl: string): { ready: () => Promise<void>; key: () => number; close: () => Promise<void> } {
  let key = 0;
  let session: Promise<Client> | null = null;
  let closed = false;
  const connect = async (): Promise<Client> => {
    const client = new Client({
      connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: 10_000, application_name: 'refund-triage presence',
    });
    client.on('error', () => { session = null; });
    client.on('end', () => { session = null; });
    await client.connect();
    const nextKey = randomInt(1, 0x7fffffff);
    await client.query('SELECT pg_advisory_lock($1, $2)', [processLockClass, nextKey]);
    key = nextKey;
    return client;
  };
  return {
    key: () => key,
    ready: async () => {
      if (closed) throw new Error('The database is closed.');
      session ??= connect();
      const attempt = session;
      try {
        await attempt;
      } catch (error) {
        if (session === attempt) session = null;
        throw error;
      }
    },
    close: async () => {
      closed = true;
      const client = await session?.catch(() => null);
      await client?.end();
    },
  };
}
