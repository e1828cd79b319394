import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import type { Database, Sql } from './database.ts';

/**
 * A backup: a store as one file, the same whichever database it lies in, so that one taken from the embedded database goes into PostgreSQL and back. Gzipped lines of JSON: a header, then for each
 * table its columns and its rows as PostgreSQL writes their values, and at the end the number of rows and a checksum. Of the store as it was at one moment.
 */
export interface BackupHeader {
  readonly format: typeof backupFormat;
  /** Of the schema: by the same migrations an older one is brought up to date when it is restored. */
  readonly schema: number;
  readonly installation: string;
  readonly takenAt: string;
}

export const backupFormat = 'refund-triage backup 1';

export interface BackupTable {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Where the numbers given out by themselves had come to. */
export interface BackupSequences {
  readonly sequences: Readonly<Record<string, string>>;
}

export interface BackupEnd {
  readonly rows: number;
  /** Lower-case hex SHA-256 of all lines before this one. */
  readonly sha256: string;
}

export interface BackupSummary {
  readonly header: BackupHeader;
  readonly rows: ReadonlyMap<string, number>;
}

/** Who does what at this moment is nothing to keep; the schema's version stands in the header. */
export const tablesLeftOut: readonly string[] = ['leases', 'migrations'];

const rowsPerFetch = 500;

/** What values look like as text must not depend on the server's settings. */
export const exactTextSettings = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`;

/** Writes the store as it is at this moment; work on it may go on meanwhile. Ends `output`. */
export async function writeBackup(database: Database, output: Writable): Promise<BackupSummary> {
  return await database.transaction(async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await sql.run(exactTextSettings);
    const header = await readHeader(sql);
    const counts = new Map<string, number>();
    await pipeline(linesOf(sql, header, counts), createGzip({ level: 6 }), output);
    return { header, rows: counts };
  });
}

async function* linesOf(sql: Sql, header: BackupHeader, counts: Map<string, number>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  yield hashed(`${JSON.stringify(header)}\n`);
  let rows = 0;
  for (const table of await listTables(sql)) {
    yield hashed(`${JSON.stringify(table)}\n`);
    counts.set(table.table, 0);
    for await (const lines of rowsOf(sql, table)) {
      rows += lines.length;
      counts.set(table.table, (counts.get(table.table) ?? 0) + lines.length);
      yield hashed(`${lines.join('\n')}\n`);
    }
  }
  yield hashed(`${JSON.stringify({ sequences: await readSequences(sql) } satisfies BackupSequences)}\n`);
  yield `${JSON.stringify({ rows, sha256: hash.digest('hex') } satisfies BackupEnd)}\n`;
}

async function* rowsOf(sql: Sql, { table, columns }: BackupTable): AsyncGenerator<string[]> {
  const values = columns.map(({ name }) => `${quoted(name)}::text`).join(', ');
  await sql.query(`DECLARE backup_rows NO SCROLL CURSOR FOR SELECT array_to_json(ARRAY[${values}]::text[])::text AS line FROM refund_triage.${quoted(table)}`);
  for (;;) {
    const rows = await sql.query<{ line: string }>(`FETCH ${String(rowsPerFetch)} FROM backup_rows`);
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < rowsPerFetch) break;
  }
  await sql.query('CLOSE backup_rows');
}

async function readHeader(sql: Sql): Promise<BackupHeader> {
  const [row] = await sql.query<{ schema: number; installation: string; taken: Date }>(
    'SELECT (SELECT max(version) FROM refund_triage.migrations) AS schema, (SELECT id::text FROM refund_triage.installation) AS installation, now() AS taken',
  );
  if (row === undefined) throw new Error('The store has no installation.');
  return { format: backupFormat, schema: row.schema, installation: row.installation, takenAt: row.taken.toISOString() };
}

/** The store's tables with the columns that are not computed from others. */
export async function listTables(sql: Sql): Promise<BackupTable[]> {
  const rows = await sql.query<{ table: string; column: string; type: string }>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'refund_triage'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL($1::text[]) ORDER BY c.relname, a.attnum`,
    [tablesLeftOut],
  );
  const tables = new Map<string, { name: string; type: string }[]>();
  for (const { table, column, type } of rows) tables.set(table, [...(tables.get(table) ?? []), { name: column, type }]);
  return Array.from(tables, ([table, columns]) => ({ table, columns }));
}

async function readSequences(sql: Sql): Promise<Record<string, string>> {
  const rows = await sql.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'refund_triage' AND last_value IS NOT NULL ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** A name of our own schema, or one out of a file that somebody may have written. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
