import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Database, Sql } from './database.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { DurableFiles, durableStartParameters, syncDirectory, syncPath } from './durable-files.ts';
import { emptyCluster } from './empty-cluster.ts';
import { isShortage } from './postgres-errors.ts';
import { StoreUnavailableError } from './store-errors.ts';

const int8TypeId = 20;

/** Opens the embedded database in `directory`, which is made where it is missing. Throws `StoreInUseError`, `StoreUnavailableError`. */
export async function openEmbeddedDatabase(directory: string): Promise<Database> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = await lockDataDir(directory);
  try {
    const path = join(directory, 'postgres');
    if (!existsSync(path)) await createCluster(directory, path);
    const pglite = await PGlite.create({ fs: new DurableFiles(path), startParams: [...durableStartParameters] });
    return databaseOver(pglite, unlock);
  } catch (error) {
    unlock();
    throw new StoreUnavailableError(`The embedded database in ${directory} cannot be opened: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The files of a new database appear whole or not at all, so that a process killed while making them leaves nothing that looks like one. */
async function createCluster(directory: string, path: string): Promise<void> {
  for (const name of readdirSync(directory)) {
    if (name.startsWith('postgres.new-')) rmSync(join(directory, name), { recursive: true, force: true });
  }
  const unfinished = join(directory, `postgres.new-${String(process.pid)}`);
  if (!copied(emptyCluster(), unfinished)) {
    const pglite = await PGlite.create({ dataDir: unfinished });
    await pglite.close();
  }
  await syncDirectory(unfinished);
  renameSync(unfinished, path);
  await syncPath(directory);
}

/** False where there is nothing to copy, or it cannot be read; then nothing of it is left. */
function copied(from: string, to: string): boolean {
  if (!existsSync(from)) return false;
  try {
    cpSync(from, to, { recursive: true });
    return true;
  } catch {
    rmSync(to, { recursive: true, force: true });
    return false;
  }
}

function databaseOver(pglite: PGlite, unlock: () => void): Database {
  const key = randomInt(1, 0x7fffffff);
  const options = { parsers: { [int8TypeId]: Number } };
  const sqlOver = (on: Pick<PGlite, 'query' | 'exec'>): Sql => ({
    query: async <Row extends object>(text: string, parameters: readonly unknown[] = []) => {
      try {
        return (await on.query<Row>(text, [...parameters], options)).rows;
      } catch (error) {
        if (!isShortage(error)) throw error;
        throw new StoreUnavailableError(`The embedded database cannot go on: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    },
    run: async (script) => { await on.exec(script); },
  });
  return {
    engine: { kind: 'embedded', pglite },
    ...sqlOver(pglite),
    transaction: async <Result>(work: (sql: Sql) => Promise<Result>) => await pglite.transaction(async (transaction) => await work(sqlOver(transaction))),
    processKey: () => key,
    // The lock on the directory already says that no other process is alive.
    isProcessAlive: async (_sql, other) => await Promise.resolve(other === key),
    close: async () => {
      if (!pglite.closed) await pglite.close();
      unlock();
    },
  };
}
