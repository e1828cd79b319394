import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

/**
 * An empty cluster: the files of a PostgreSQL in which nothing has been written yet. To make them takes the embedded database some seconds, to copy them
 * a tenth of one. Made when the project is installed (`node src/database/empty-cluster.ts`); where there are none, each new store makes its own.
 */

/** Where the files for this release of the embedded database lie, if they were made. */
export function emptyCluster(): string {
  const library = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const about: unknown = JSON.parse(readFileSync(join(dirname(library), '..', 'package.json'), 'utf8'));
  const version = typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : 'unknown';
  return fileURLToPath(new URL(`empty-cluster-${version}`, import.meta.url));
}

/** Makes the files where they are not there. */
export async function keepEmptyCluster(): Promise<void> {
  const path = emptyCluster();
  if (existsSync(path)) return;
  const unfinished = `${path}.new-${String(process.pid)}`;
  try {
    const pglite = await PGlite.create({ dataDir: unfinished });
    await pglite.close();
    renameSync(unfinished, path);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(path)) throw error;
  }
  // Of an earlier release, or of processes that were slower, or killed over it.
  for (const name of readdirSync(dirname(path))) if (name.startsWith('empty-cluster-') && name !== basename(path)) rmSync(join(dirname(path), name), { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await keepEmptyCluster();
