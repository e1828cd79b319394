import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeBackup, type BackupSummary } from '../database/backup.ts';
import type { Call, Command, ExitStatus } from './command.ts';
import { writeOut } from './command.ts';
import { openStoreOf, storeOptions } from './open-store.ts';

export const backupCommand: Command = {
  usage: '[--config FILE | --data-dir DIR] FILE',
  help: `Writes the store into one file, "-" for standard output, as it is at this moment. The same file goes back into an embedded store or into PostgreSQL.
On PostgreSQL the worker may go on meanwhile; an embedded store is its worker's alone: end that first.

The mail itself lies in the mailbox and is not in it. What was read from it is: addresses, subjects, drafts, so keep the file as you keep the mail.

Options:
${storeOptions.help}`,
  options: storeOptions.options,
  positionals: { min: 1, max: 1, what: 'the file to write' },
  run: backup,
};

async function backup(call: Call): Promise<ExitStatus> {
  const [path = ''] = call.positionals;
  const { store } = await openStoreOf(call);
  try {
    if (path === '-') {
      const output = new PassThrough();
      const [summary] = await Promise.all([writeBackup(store.database, output), pipeline(output, call.stdout, { end: false })]);
      call.stderr.write(`${summaryText(summary)}\n`);
      return 0;
    }
    const unfinished = `${path}.unfinished`;
    try {
      // Whose mail it is should be nobody else's to read.
      const summary = await writeBackup(store.database, createWriteStream(unfinished, { mode: 0o600 }));
      await syncFile(unfinished);
      await rename(unfinished, path);
      await writeOut(call.stdout, `${resolve(path)}: ${summaryText(summary)}\n`);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    return 0;
  } finally {
    await store.close();
  }
}

/** What a backup holds, for people. */
export function summaryText({ header, rows }: BackupSummary): string {
  const of = (table: string): string => String(rows.get(table) ?? 0);
  return `${of('cases')} cases, ${of('messages')} mails and ${of('drafts')} drafts as of ${header.takenAt} (schema ${String(header.schema)})`;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
