import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openStore, type Store } from '../cases/store.ts';
import { bundledTemplatesDir, loadConfig } from '../config.ts';
import { textOption, UsageError, type Call } from './command.ts';

/** The options of commands that read the store, and what their help says of them. */
export const storeOptions = {
  options: { config: { type: 'string' }, 'data-dir': { type: 'string' } },
  help: `  --config FILE    the configuration; refund-triage.yaml where it is not given
  --data-dir DIR   the folder of an embedded store instead, such as the demo's. While a worker runs it, it alone can read it`,
} as const;

export interface OpenedStore {
  readonly store: Store;
  readonly templatesDir: string;
}

/** The store that the call's `storeOptions` name. Throws `ConfigError`, `StoreInUseError`, `StoreUnavailableError`. */
export async function openStoreOf(call: Call): Promise<OpenedStore> {
  const dataDir = textOption(call, 'data-dir');
  if (dataDir !== null) {
    if (textOption(call, 'config') !== null) throw new UsageError('Give --config or --data-dir, not both.');
    const folder = join(resolve(dataDir), 'store');
    if (!existsSync(folder)) throw new UsageError(`--data-dir: there is no store in ${dataDir}.`);
    return { store: await openStore({ dataDir: folder }), templatesDir: bundledTemplatesDir };
  }
  const { databaseUrl, dataDir: configured, templatesDir } = await loadConfig(textOption(call, 'config'), call.environment);
  const store = await openStore(databaseUrl === null ? { dataDir: join(configured, 'store') } : { databaseUrl: databaseUrl.reveal(), maxConnections: 2 });
  return { store, templatesDir };
}
