import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import { isShortage } from '../database/postgres-errors.ts';

const patienceMs = 500;

/**
 * The part of `pg.Pool` that BullMQ's PostgreSQL backend uses, over the embedded database's single session. A client given out is that same session: nobody
 * may open a transaction by hand over it. BullMQ waits before it tries again only where a connection was refused, and after any other error tries at once, hundreds of times a second while a disk is
 * full: so every shortage is told in those words, after a pause.
 */
export function embeddedPool(pglite: PGlite): PgPool {
  return new EmbeddedPool(pglite);
}

/**
 * Runs `work`, which opens a transaction by hand and ends it, while nobody else uses the session: its BEGIN and COMMIT are those of a transaction around it. Else a statement of another part of
 * the program could come in between, or end it.
 */
export async function aloneOnEmbedded(pglite: PGlite, work: (client: PgPoolClient) => Promise<unknown>): Promise<void> {
  await pglite.transaction(async (transaction) => { await work(new TransactionClient(transaction)); });
}

class TransactionClient extends EventEmitter implements PgPoolClient {
  readonly #transaction: Transaction;

  constructor(transaction: Transaction) {
    super();
    this.#transaction = transaction;
  }

  async query<Row>(text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    if (/^(?:BEGIN|COMMIT|ROLLBACK)$/.test(text)) return { rows: [] };
    return await queryOn<Row>(this.#transaction, text, parameters);
  }

  release(): void {
    this.removeAllListeners();
  }
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

async function queryOn<Row>(pglite: Pick<PGlite, 'query' | 'exec'>, text: string, parameters?: readonly unknown[]): Promise<PgQueryResult<Row>> {
  try {
    if (parameters === undefined && /;\s*\S/.test(text)) {
      // A migration: many statements, of which only the effect counts.
      await pglite.exec(text);
      return { rows: [] };
    }
    const result = await pglite.query<Row>(text, [...(parameters ?? [])]);
    return { rows: result.rows, rowCount: result.affectedRows ?? result.rows.length };
  } catch (error) {
    if (!isShortage(error)) throw error;
    await sleep(patienceMs);
    throw Object.assign(new Error(`The embedded database cannot go on: ${error instanceof Error ? error.message : String(error)}`, { cause: error }), { code: 'ECONNREFUSED' });
  }
}
