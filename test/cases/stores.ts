import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type StoreOptions } from '../../src/cases/store.ts';
import { startPostgres } from '../servers/postgres.ts';

/** Where the store suites open their stores: each `location` is an empty store of its own. */
export interface StoreServer {
  location(): Promise<StoreOptions>;
  /** A database in which there is no store yet. */
  bareLocation(): Promise<StoreOptions>;
  open(location?: StoreOptions): Promise<Store>;
  /** Takes the server down and brings it up again; null where there is none. */
  readonly restart: (() => Promise<void>) | null;
  stop(): Promise<void>;
}

export const storeServers = [
  { engine: 'embedded database', start: startEmbedded },
  { engine: 'PostgreSQL', start: startServer },
] as const;

export async function startEmbedded(): Promise<StoreServer> {
  const folder = mkdtempSync(join(tmpdir(), 'refund-triage-store-'));
  // Making an empty database takes seconds, copying one does not.
  const first = join(folder, 'template');
  await (await openStore({ dataDir: first })).close();
  let count = 0;
  const location = async (): Promise<StoreOptions> => {
    count += 1;
    const dataDir = join(folder, String(count));
    mkdirSync(dataDir);
    cpSync(join(first, 'postgres'), join(dataDir, 'postgres'), { recursive: true });
    return await Promise.resolve({ dataDir });
  };
  return {
    location,
    bareLocation: async () => {
      count += 1;
      return await Promise.resolve({ dataDir: join(folder, String(count)) });
    },
    open: async (at) => await openStore(at ?? (await location())),
    restart: null,
    stop: async () => {
      rmSync(folder, { recursive: true, force: true });
      await Promise.resolve();
    },
  };
}

export async function startServer(): Promise<StoreServer> {
  const server = await startPostgres();
  // Copied rather than made anew, as above.
  const first = await server.createDatabase();
  await (await openStore({ databaseUrl: first })).close();
  const location = async (): Promise<StoreOptions> => ({ databaseUrl: await server.createDatabase(first) });
  return {
    location,
    bareLocation: async () => ({ databaseUrl: await server.createDatabase() }),
    open: async (at) => await openStore(at ?? (await location())),
    restart: server.restart,
    stop: async () => { await server.stop(); },
  };
}
