import type { Database } from '../database/database.ts';
import { openEmbeddedDatabase } from '../database/embedded-database.ts';
import { openPostgresDatabase } from '../database/postgres-database.ts';
import type { StoreOptions } from './store.ts';

const maxConnections = 2;

/** Opens what a store lies in, as it is, without bringing its schema up to date. Throws `StoreInUseError`, `StoreUnavailableError`. */
export async function openDatabase(options: StoreOptions): Promise<Database> {
  return 'databaseUrl' in options ? await openPostgresDatabase(options.databaseUrl, { maxConnections: options.maxConnections ?? maxConnections }) : await openEmbeddedDatabase(options.dataDir);
}
