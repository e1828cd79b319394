import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRestoredAt } from '../../src/database/restore-mark.ts';
import { openStore } from '../../src/cases/store.ts';
import { sampleMail } from '../cases/sample-mail.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { callProgram, type Ended } from './run-program.ts';

describe('backup and restore', () => {
  let server: PostgresServer;
  let folder: string;
  beforeAll(async () => {
    server = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), 'refund-triage-backup-command-'));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = async (args: readonly string[], databaseUrl: string): Promise<Ended> => await callProgram(args, {
    cwd: folder, environment: { DATABASE_URL: databaseUrl, REFUND_TRIAGE_IMAP_HOST: '127.0.0.1', REFUND_TRIAGE_IMAP_USER: 'shop', REFUND_TRIAGE_IMAP_PASSWORD: 'unused' },
  });

  it('carry a store to another database, say what is in the file, and refuse to write over what is there', async () => {
    const [from, to] = [await server.createDatabase(), await server.createDatabase()];
    const store = await openStore({ databaseUrl: from });
    await store.recordMails(store.beginRun(), [sampleMail(1), sampleMail(2)]);
    // While the worker has it open.
    const written = await call(['backup', 'cases.backup'], from);
    await store.close();
    const what = String.raw`2 cases, 2 mails and 2 drafts as of \S+ \(schema \d+\)\n`;
    expect(written).toEqual({ status: 0, stderr: '', stdout: expect.stringMatching(new RegExp(`cases\\.backup: ${what}$`)) });
    expect(statSync(join(folder, 'cases.backup')).mode & 0o777).toBe(0o600);
    expect(await call(['restore', '--check', 'cases.backup'], to)).toEqual({ status: 0, stderr: '', stdout: expect.stringMatching(new RegExp(`^Whole: ${what}$`)) });

    expect(await call(['restore', 'cases.backup'], to)).toEqual({ status: 0, stderr: '', stdout: expect.stringMatching(new RegExp(`^Restored ${what}$`)) });
    expect(await call(['restore', 'cases.backup'], to)).toEqual({ status: 1, stdout: '', stderr: expect.stringContaining('refund-triage: store_not_empty: ') });
    const restored = await openStore({ databaseUrl: to });
    expect(await restored.listCases({ limit: 10 })).toMatchObject([{ subject: 'Refund please' }, { subject: 'Refund please' }]);
    expect(await readRestoredAt(restored.database)).toBeInstanceOf(Date);
    await restored.close();
  });

  it('are called rightly or say how', async () => {
    expect(await call(['restore'], 'postgres://127.0.0.1:1/none')).toMatchObject({ status: 2, stderr: expect.stringContaining('restore needs the backup to restore.') });
    expect(await call(['restore', 'nowhere.gz'], 'postgres://127.0.0.1:1/none')).toMatchObject({ status: 2, stderr: expect.stringContaining('nowhere.gz cannot be read.') });
    expect(await call(['backup', 'x'], 'postgres://127.0.0.1:1/none')).toMatchObject({ status: 1, stderr: expect.stringContaining('store_unavailable') });
  });
});
