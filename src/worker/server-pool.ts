import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type { Pool } from 'pg';
import { isConnectionError } from '../database/postgres-errors.ts';

const patienceMs = 500;

/**
 * A `pg.Pool` as BullMQ's PostgreSQL backend uses it. BullMQ waits before it tries again only where the server refused the connection; after any other error it tries at once,
 * thousands of times a second while a server shuts down or starts up. So every lost connection is told in those words, after a pause.
 */
export function serverPool(pool: Pool): PgPool {
  return new ServerPool(pool);
}

class ServerPool extends EventEmitter implements PgPool {
  readonly #pool: Pool;
  readonly #given = new Set<PgPoolClient>();

  constructor(pool: Pool) {
    super();
    this.#pool = pool;
  }

  async query<Row>(text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    try {
      const result: PgQueryResult = await this.#pool.query(text, parameters === undefined ? undefined : [...parameters]);
      return result;
    } catch (error) {
      throw await patiently(error);
    }
  }

  async connect(): Promise<PgPoolClient> {
    try {
      const client: unknown = await this.#pool.connect();
      if (isClient(client)) return this.#keepTrack(client);
      throw new TypeError('pg gave out something that is no client.');
    } catch (error) {
      throw await patiently(error);
    }
  }

  /** Does not wait for clients that were never given back, such as the one that listens for a worker that hangs. */
  async end(): Promise<void> {
    for (const client of this.#given) client.release(true);
    if (!this.#pool.ending) await this.#pool.end();
  }

  #keepTrack(client: PgPoolClient): PgPoolClient {
    this.#given.add(client);
    const release = client.release.bind(client);
    client.release = (destroy) => {
      if (this.#given.delete(client)) release(destroy);
    };
    return client;
  }
}

/** BullMQ's own description of a client; pg's declares the same events in another way. */
function isClient(value: unknown): value is PgPoolClient {
  return typeof value === 'object' && value !== null && 'query' in value && 'release' in value && 'on' in value;
}

async function patiently(error: unknown): Promise<unknown> {
  if (!isConnectionError(error)) return error;
  await sleep(patienceMs);
  return Object.assign(new Error('The connection to PostgreSQL was lost.', { cause: error }), { code: 'ECONNREFUSED' });
}
