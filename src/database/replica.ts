import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.ts';
import { codeOf, isConnectionError } from './postgres-errors.ts';
import { StoreUnavailableError } from './store-errors.ts';
import { openPool } from './postgres-database.ts';

const maxConnections = 4;
/** A replica that did not answer is left alone for so long. */
const pauseMs = 30_000;
/** A statement that writes, and one that the replica cancelled because what it read was changed (serialization failure, deadlock). */
const primarysCodes: ReadonlySet<string> = new Set(['25006', '40001', '40P01']);

/** Whether a replica answers, and is one. Throws `StoreUnavailableError`. */
export async function probeReplica(replicaUrl: string): Promise<{ readonly place: string; readonly isFollowing: boolean }> {
  const pool = openPool(replicaUrl, { maxConnections: 1, isReadOnly: true });
  try {
    const { rows } = await pool.query<{ follows: boolean }>('SELECT pg_is_in_recovery() AS follows');
    return { place: new URL(replicaUrl).host, isFollowing: rows[0]?.follows === true };
  } catch (error) {
    throw new StoreUnavailableError(`The replica at DATABASE_REPLICA_URL cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await pool.end();
  }
}

/**
 * The primary's database, whose single statements are answered by a replica: for lists and numbers, which may be a moment old. What the replica cannot answer, because it is away or
 * because it would be a change, the primary does; transactions are the primary's. Closing it closes only what it opened.
 */
export function openReplica(replicaUrl: string, primary: Database): Database {
  const pool = openPool(replicaUrl, { maxConnections, isReadOnly: true });
  let awayUntilMs = 0;
  return {
    ...primary,
    query: async <Row extends object>(text: string, parameters: readonly unknown[] = []) => {
      if (performance.now() < awayUntilMs) return await primary.query<Row>(text, parameters);
      try {
        return (await pool.query<Row>(text, [...parameters])).rows;
      } catch (error) {
        const isAway = isConnectionError(error);
        if (!isAway && !primarysCodes.has(codeOf(error))) throw error;
        if (isAway) awayUntilMs = performance.now() + pauseMs;
        return await primary.query<Row>(text, parameters);
      }
    },
    close: async () => { await pool.end(); },
  };
}

const maxBehindMs = 400;
const lookEveryMs = 20;

/** The replica, once it has all that the primary had when this was asked; the primary where that takes too long. So a list never lacks what the reader did just before. */
export async function caughtUp(replica: Database, primary: Database): Promise<Database> {
  const [now] = await primary.query<{ place: string }>('SELECT pg_current_wal_lsn()::text AS place');
  const endMs = performance.now() + maxBehindMs;
  for (;;) {
    // Of a server that is no replica the function knows nothing: then the primary has answered.
    const [row] = await replica.query<{ has: boolean }>('SELECT coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, true) AS has', [now?.place]);
    if (row?.has === true) return replica;
    if (performance.now() > endMs) return primary;
    await pause(lookEveryMs);
  }
}
