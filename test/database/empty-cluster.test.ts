import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { openEmbeddedDatabase } from '../../src/database/embedded-database.ts';
import { emptyCluster, keepEmptyCluster } from '../../src/database/empty-cluster.ts';

it('the empty cluster is made once, for this release of the embedded database', async () => {
  const before = statSync(emptyCluster()).ino;
  await keepEmptyCluster();
  expect(statSync(emptyCluster()).ino).toBe(before);
  expect(readdirSync(dirname(emptyCluster())).filter((name) => name.startsWith('empty-cluster-'))).toEqual([basename(emptyCluster())]);
});

it('a new store begins with a copy of it, and leaves it as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'refund-triage-cluster-'));
  try {
    const control = readFileSync(join(emptyCluster(), 'global', 'pg_control'));
    const database = await openEmbeddedDatabase(folder);
    await database.run('CREATE TABLE kept (word text); INSERT INTO kept VALUES (\'yes\')');
    await database.close();
    expect(readFileSync(join(emptyCluster(), 'global', 'pg_control')).equals(control)).toBe(true);

    // Bytes 0 to 7 of the control file tell one cluster from every other.
    expect(readFileSync(join(folder, 'postgres', 'global', 'pg_control')).subarray(0, 8)).toEqual(control.subarray(0, 8));
    const again = await PGlite.create({ dataDir: join(folder, 'postgres') });
    expect((await again.query('SELECT word FROM kept')).rows).toEqual([{ word: 'yes' }]);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
