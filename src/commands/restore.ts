import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { openDatabase } from '../cases/open-database.ts';
import { checkBackup } from '../database/read-backup.ts';
import { markRestored } from '../database/restore-mark.ts';
import { restoreBackup } from '../database/restore.ts';
import type { StoreOptions } from '../cases/store.ts';
import { loadConfig } from '../config.ts';
import { summaryText } from './backup.ts';
import { textOption, UsageError, writeOut, type Call, type Command, type ExitStatus } from './command.ts';
import { openStoreOf, storeOptions } from './open-store.ts';

export const restoreCommand: Command = {
  usage: '[--config FILE | --data-dir DIR] [--replace | --check] FILE | --mark',
  help: `Puts a backup, "-" for standard input, into the store that the configuration names: all of it or nothing, and only where nothing is in it yet. End every process on the store before.
At the next start the mailboxes are gone through for what came since the backup. What was answered meanwhile is found in Drafts and in Sent and gets no second draft.

Options:
${storeOptions.help}
  --replace        take away what the store holds
  --check          only read the file, and say whether it is whole and what is in it
  --mark           the database was brought back to an older state by other means (a snapshot, its own tools): look for earlier answers, as after a restore`,
  options: { ...storeOptions.options, replace: { type: 'boolean' }, check: { type: 'boolean' }, mark: { type: 'boolean' } },
  positionals: { min: 0, max: 1, what: 'the backup to restore' },
  run: restore,
};

async function restore(call: Call): Promise<ExitStatus> {
  const [path] = call.positionals;
  const { replace, check, mark } = call.values;
  if ([replace, check, mark].filter((given) => given === true).length > 1) throw new UsageError('Give one of --replace, --check and --mark.');
  if (mark === true) {
    if (path !== undefined) throw new UsageError('--mark takes no file.');
    return await markOnly(call);
  }
  if (path === undefined) throw new UsageError('restore needs the backup to restore.');
  const input = await inputOf(path, call);
  if (check === true) {
    await writeOut(call.stdout, `Whole: ${summaryText(await checkBackup(input))}\n`);
    return 0;
  }
  const database = await openDatabase(await storeOf(call));
  try {
    const summary = await restoreBackup(database, input, { replace: replace === true });
    await writeOut(call.stdout, `Restored ${summaryText(summary)}\n`);
    return 0;
  } finally {
    await database.close();
  }
}

async function markOnly(call: Call): Promise<ExitStatus> {
  const { store } = await openStoreOf(call);
  try {
    await markRestored(store.database);
    await writeOut(call.stdout, 'Marked: mail that arrived before now is answered only after a look for an earlier answer.\n');
    return 0;
  } finally {
    await store.close();
  }
}

async function storeOf(call: Call): Promise<StoreOptions> {
  const dataDir = textOption(call, 'data-dir');
  if (dataDir !== null) {
    if (textOption(call, 'config') !== null) throw new UsageError('Give --config or --data-dir, not both.');
    return { dataDir: join(resolve(dataDir), 'store') };
  }
  const config = await loadConfig(textOption(call, 'config'), call.environment);
  return config.databaseUrl === null ? { dataDir: join(config.dataDir, 'store') } : { databaseUrl: config.databaseUrl.reveal() };
}

async function inputOf(path: string, call: Call): Promise<Readable> {
  if (path === '-') return call.stdin;
  try {
    if (!(await stat(path)).isFile()) throw new UsageError(`${path} is no file.`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read.`);
  }
  return createReadStream(path);
}
