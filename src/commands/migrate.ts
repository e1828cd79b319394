import { join } from 'node:path';
import { latestSchema } from '../database/migrate.ts';
import { openStore } from '../cases/store.ts';
import { loadConfig } from '../config.ts';
import { openQueueView } from '../worker/queue-view.ts';
import { textOption, writeOut, type Call, type Command, type ExitStatus } from './command.ts';

export const migrateCommand: Command = {
  usage: '[--config FILE]',
  help: `Makes the tables of the store and the queue, or brings them up to this release. "run" does so by itself;
where several processes are started at once, this is run before them.

Options:
  --config FILE  the configuration; refund-triage.yaml where it is not given`,
  options: { config: { type: 'string' } },
  positionals: { min: 0, max: 0, what: 'no arguments' },
  run: migrate,
};

async function migrate(call: Call): Promise<ExitStatus> {
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  const store = await openStore(config.databaseUrl === null ? { dataDir: join(config.dataDir, 'store') } : { databaseUrl: config.databaseUrl.reveal(), maxConnections: 2 });
  try {
    await (await openQueueView({ redisUrl: config.redisUrl?.reveal() ?? null, store, mailboxes: [] })).close();
  } finally {
    await store.close();
  }
  await writeOut(call.stdout, `The store is at schema ${String(latestSchema())}, which is this release's.\n`);
  return 0;
}
