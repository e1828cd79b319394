import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

/**
 * The part of `pg.Pool` that BullMQ's PostgreSQL backend uses, over the embedded database's single session. A client given out is that same session: whoever opens a
 * transaction by hand must be alone, as the migrations at the start are.
 */
export function embeddedPool(pglite: PGlite): PgPool {
  return new EmbeddedPool(pglite);
}

class EmbeddedPool extends EventEmitter implements PgPool {
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    super();
    this.#pglite = pglite;
  }

  async query<Row>(text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return await queryOn<Row>(this.#pglite, text, parameters);
  }

  async connect(): Promise<PgPoolClient> {
    return await Promise.resolve(new EmbeddedClient(this.#pglite));
  }

  async end(): Promise<void> {
    this.removeAllListeners();
    await Promise.resolve();
  }
}

class EmbeddedClient extends EventEmitter implements PgPoolClient {
  readonly #pglite: PGlite;
  readonly #forget: () => void;

  constructor(pglite: PGlite) {
    super();
    this.#pglite = pglite;
    this.#forget = pglite.onNotification((channel, payload) => { this.emit('notification', { channel, payload }); });
  }

  async query<Row>(text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return await queryOn<Row>(this.#pglite, text, parameters);
  }

  release(): void {
    this.#forget();
    this.removeAllListeners();
  }
}

async function queryOn<Row>(pglite: PGlite, text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<Row>> {
  if (parameters === undefined && /;\s*\S/.test(text)) {
    // A migration: many statements, of which only the effect counts.
    await pglite.exec(text);
    return { rows: [] };
  }
  const result = await pglite.query<Row>(text, [...(parameters ?? [])]);
  return { rows: result.rows, rowCount: result.affectedRows ?? result.rows.length };
}
