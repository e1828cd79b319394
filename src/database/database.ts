import type { PGlite } from '@electric-sql/pglite';
import type { Pool } from 'pg';

/**
 * A database: PostgreSQL on a server, or the same PostgreSQL embedded in this process over a data directory. One SQL for both.
 * 64-bit integers come back as numbers, `jsonb` parsed, timestamps as `Date`.
 */
export interface Database extends Sql {
  readonly engine: Engine;
  /** Runs `work` in one transaction. `work` must use the `Sql` it is given, never the database: the embedded one has a single session. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** What tells this process's claims from those of others. Changes when the database was lost and found again. */
  processKey(): number;
  /** Whether the process that held `key` still has its session with the database. Must run inside a transaction. */
  isProcessAlive(sql: Sql, key: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface Sql {
  /** One statement. Throws `StoreUnavailableError` where the connection is at fault. */
  query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Several statements, without parameters. */
  run(script: string): Promise<void>;
}

/** What lies beneath, for the queue's own connection. */
export type Engine =
  | { readonly kind: 'postgres'; readonly openPool: (options: { searchPath: string; maxConnections: number }) => Pool }
  | { readonly kind: 'embedded'; readonly pglite: PGlite };

/** JSON that PostgreSQL's `jsonb` takes: without NUL characters and halves of surrogate pairs, which mails bring along. */
export function toJsonb(value: unknown): string {
  const json = JSON.stringify(value);
  if (!json.includes('\\u0000') && !json.includes('\\ud')) return json;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? cleanText(item) : item));
}

/** Text that a `text` column takes. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
