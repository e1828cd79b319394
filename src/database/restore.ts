import type { Readable } from 'node:stream';
import { type BackupSummary, type BackupTable, exactTextSettings, listTables, quoted } from './backup.ts';
import { BackupUnusableError, StoreNotEmptyError } from './backup-errors.ts';
import type { Database, Sql } from './database.ts';
import { latestSchema, migrateWithin } from './migrate.ts';
import { processLockClass } from './postgres-database.ts';
import { markRestored } from './restore-mark.ts';
import { readBackup } from './read-backup.ts';
import { StoreInUseError, StoreTooNewError } from './store-errors.ts';

export interface RestoreOptions {
  /** Takes away what the store holds, instead of refusing. */
  readonly replace: boolean;
}

/**
 * Puts a backup into an empty store: all of it or nothing, then brings the schema up to date. Mail that arrived before this moment is from now on answered only after a look for an earlier answer.
 * Throws `BackupUnusableError`, `StoreNotEmptyError`, `StoreTooNewError`.
 */
export async function restoreBackup(database: Database, input: Readable, { replace }: RestoreOptions): Promise<BackupSummary> {
  const summary = await database.transaction(async (sql) => {
    await sql.run(exactTextSettings);
    await assertAlone(sql, database.processKey());
    if (!replace && (await hasCases(sql))) throw new StoreNotEmptyError('The store is not empty. Restore into an empty one, or give --replace to take away what it holds.');
    const loaded = await load(sql, input);
    await migrateWithin(sql, latestSchema());
    await markRestored(sql, { takenAt: loaded.header.takenAt });
    return loaded;
  });
  await database.run('ANALYZE');
  return summary;
}

async function hasCases(sql: Sql): Promise<boolean> {
  const [made] = await sql.query<{ table: string | null }>(`SELECT to_regclass('refund_triage.messages')::text AS table`);
  if (made?.table == null) return false;
  const [row] = await sql.query<{ filled: boolean }>(
    `SELECT EXISTS (SELECT FROM refund_triage.messages) OR EXISTS (SELECT FROM refund_triage.cases) OR EXISTS (SELECT FROM refund_triage.mailboxes) AS filled`,
  );
  return row?.filled === true;
}

/** A process that goes on would write into what it does not know. On the embedded database the lock of its folder sees to it. */
async function assertAlone(sql: Sql, ownKey: number): Promise<void> {
  const [row] = await sql.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::bigint::oid AND objid <> $2::bigint::oid
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [processLockClass, ownKey],
  );
  if ((row?.others ?? 0) > 0) throw new StoreInUseError(`${String(row?.others)} other processes of refund-triage are connected to the store. End them first.`);
}

async function load(sql: Sql, input: Readable): Promise<BackupSummary> {
  let summary: { header: BackupSummary['header']; rows: Map<string, number> } | null = null;
  let tables: readonly BackupTable[] = [];
  let constraints: readonly string[] = [];
  let isWhole = false;
  for await (const part of readBackup(input)) {
    switch (part.kind) {
      case 'header':
        await makeSchema(sql, part.header.schema);
        tables = await listTables(sql);
        constraints = await setAsideConstraints(sql, tables);
        summary = { header: part.header, rows: new Map() };
        break;
      case 'table':
        assertKnown(part.table, tables);
        summary?.rows.set(part.table.table, 0);
        break;
      case 'rows':
        await insertRows(sql, part.table, part.lines);
        summary?.rows.set(part.table.table, (summary.rows.get(part.table.table) ?? 0) + part.lines.length);
        break;
      case 'sequences':
        await setSequences(sql, part.values);
        break;
      case 'end':
        isWhole = true;
        break;
      default:
        part satisfies never;
    }
  }
  if (summary === null || !isWhole) throw new BackupUnusableError('The backup is cut off.');
  for (const statement of constraints) await sql.run(statement);
  for (const { table } of tables) await sql.run(`ALTER TABLE refund_triage.${quoted(table)} ENABLE TRIGGER USER`);
  return summary;
}

/** Makes the schema anew as it was when the backup was taken, without the rows that a new store begins with. */
async function makeSchema(sql: Sql, version: number): Promise<void> {
  if (version > latestSchema()) {
    throw new StoreTooNewError(`The backup was taken by a newer release (schema ${String(version)}, this release knows ${String(latestSchema())}). Update refund-triage.`);
  }
  await sql.run('DROP SCHEMA IF EXISTS refund_triage CASCADE');
  await migrateWithin(sql, version);
}

/**
 * Rows come table by table, whichever refers to which: the references are checked when all are there. Nor must triggers act on rows that have been written before. Returns what puts the
 * references back.
 */
async function setAsideConstraints(sql: Sql, tables: readonly BackupTable[]): Promise<string[]> {
  const references = await sql.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'refund_triage'::regnamespace ORDER BY conname`,
  );
  for (const { table, name } of references) await sql.run(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { table } of tables) {
    await sql.run(`ALTER TABLE refund_triage.${quoted(table)} DISABLE TRIGGER USER`);
    await sql.run(`DELETE FROM refund_triage.${quoted(table)}`);
  }
  return references.map(({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
}

/** What stands in the file goes into statements: only names that the schema has. */
function assertKnown({ table, columns }: BackupTable, tables: readonly BackupTable[]): void {
  const known = tables.find((candidate) => candidate.table === table);
  if (known === undefined) throw new BackupUnusableError(`The backup has a table that its schema does not know: ${table}.`);
  for (const { name, type } of columns) {
    if (!known.columns.some((column) => column.name === name && column.type === type)) throw new BackupUnusableError(`The backup has a column that its schema does not know: ${table}.${name}.`);
  }
}

async function insertRows(sql: Sql, { table, columns }: BackupTable, lines: readonly string[]): Promise<void> {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const values = columns.map(({ type }, index) => `(line->>${String(index)})::${type}`).join(', ');
  await sql.query(
    `INSERT INTO refund_triage.${quoted(table)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values} FROM json_array_elements($1::json) WITH ORDINALITY AS l(line, n) ORDER BY n`,
    [`[${lines.join(',')}]`],
  );
}

async function setSequences(sql: Sql, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await sql.query(`SELECT setval(('refund_triage.' || quote_ident($1))::regclass, $2::bigint)`, [name, value]);
  }
}
