import type { Database, Sql } from './database.ts';
import { migrations } from './schema.ts';
import { StoreTooNewError } from './store-errors.ts';

/** "RTmg": whoever migrates holds this advisory lock; others that start at the same time wait for it and then find nothing to do. */
const migrationLockKey = 0x52546d67;

/** Brings the database's schema up to this release's. All of it or nothing. Throws `StoreTooNewError`. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (sql) => {
    await migrateWithin(sql, latestSchema());
  });
}

/** Of this release. */
export function latestSchema(): number {
  return migrations.at(-1)?.version ?? 0;
}

/** The same up to a version of the schema that was the newest once, as part of a transaction. */
export async function migrateWithin(sql: Sql, target: number): Promise<void> {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [migrationLockKey]);
  await sql.query('CREATE SCHEMA IF NOT EXISTS refund_triage');
  await sql.query(`CREATE TABLE IF NOT EXISTS refund_triage.migrations (
    version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const rows = await sql.query<{ version: number | null }>('SELECT max(version) AS version FROM refund_triage.migrations');
  const current = rows[0]?.version ?? 0;
  if (current > latestSchema()) {
    throw new StoreTooNewError(
      `The store was made by a newer release (schema ${String(current)}, this release knows ${String(latestSchema())}). Update refund-triage.`,
    );
  }
  for (const { version, name, sql: statements } of migrations) {
    if (version <= current || version > target) continue;
    await sql.run(statements);
    await sql.query('INSERT INTO refund_triage.migrations (version, name) VALUES ($1, $2)', [version, name]);
  }
}
