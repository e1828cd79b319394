import fs, { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { openDatabase } from '../../src/cases/open-database.ts';

// What a number of a file stands for, Linux tells.
describe.runIf(fs.existsSync('/proc/self/fd'))('the embedded database', () => {
  /** Which files were written to the disk, by their paths. */
  let synced: string[] = [];
  let folder: string;
  let database: Database;
  const fsync = fs.fsyncSync;

  beforeAll(async () => {
    fs.fsyncSync = (file) => {
      synced.push(fs.readlinkSync(`/proc/self/fd/${String(file)}`));
      fsync(file);
    };
    syncBuiltinESMExports();
    folder = mkdtempSync(join(tmpdir(), 'refund-triage-durable-'));
    database = await openDatabase({ dataDir: folder });
    await database.run('CREATE TABLE kept (id integer)');
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
    fs.fsyncSync = fsync;
    syncBuiltinESMExports();
  });

  it('writes its log to the disk with each commit, and nothing for a look', async () => {
    synced = [];
    await database.query('SELECT * FROM kept');
    expect(synced).toEqual([]);
    for (let id = 1; id <= 3; id += 1) await database.query('INSERT INTO kept VALUES ($1)', [id]);
    expect(synced.length).toBeGreaterThanOrEqual(3);
    expect(synced.every((path) => path.startsWith(join(folder, 'postgres', 'pg_wal')))).toBe(true);
  });

  it('writes its tables to the disk before it forgets the log, folders included', async () => {
    synced = [];
    await database.run('CHECKPOINT');
    const places = new Set(synced.map((path) => path.slice(join(folder, 'postgres').length + 1).split('/')[0]));
    expect([...places]).toEqual(expect.arrayContaining(['base', 'global']));
  });
});
