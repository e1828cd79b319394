import { fsyncSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { z } from 'zod';

type ModuleOptions = Parameters<NodeFS['init']>[1];

/**
 * The files of the embedded database, as it is opened so that what was committed outlives a power cut. PGlite by itself leaves it to the operating system when to write them to the disk: a killed process
 * loses nothing by that, a computer without power may find its database in pieces.
 */
export class DurableFiles extends NodeFS {
  override async init(pg: PGlite, options: ModuleOptions): Promise<{ emscriptenOpts: ModuleOptions }> {
    const { emscriptenOpts } = await super.init(pg, options);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), (module) => { makeSync(module.NODEFS); }] } };
  }
}

/** PGlite's own, but with `fsync`, and by the call that reaches the disk: Emscripten has none for `fdatasync`. */
export const durableStartParameters: readonly string[] = [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'];

const openedSchema = z.object({ nfd: z.int() });

/** Emscripten asks for this operation where there is one; its own file system on Node has none. */
function makeSync(files: object): void {
  const operations: unknown = Reflect.get(files, 'stream_ops');
  if (typeof operations !== 'object' || operations === null) throw new TypeError('The embedded database keeps its files in another way than this release knows.');
  Reflect.set(operations, 'fsync', (stream: unknown): number => {
    fsyncSync(openedSchema.parse(stream).nfd);
    return 0;
  });
}

const filesAtATime = 16;

/** Writes everything in a directory to the disk. */
export async function syncDirectory(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = [directory, ...entries.map(({ parentPath, name }) => join(parentPath, name))];
  await Promise.all(Array.from({ length: filesAtATime }, async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await syncPath(path);
  }));
}

export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
