import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresDatabase } from '../../src/database/postgres-database.ts';
import type { Database } from '../../src/database/database.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';

let postgres: PostgresServer;
let database: Database;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgresDatabase(await postgres.createDatabase(), { maxConnections: 4 });
  await database.run('CREATE TABLE counts (id int PRIMARY KEY, n int NOT NULL); INSERT INTO counts VALUES (1, 0), (2, 0)');
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

const raise = (code: string): string => `DO $$ BEGIN RAISE EXCEPTION 'of the server' USING ERRCODE = '${code}'; END $$`;
const countBoth = `WITH first AS (UPDATE counts SET n = n + 1 WHERE id = $1 RETURNING id), pause AS (SELECT pg_sleep(0.2) FROM first)
  UPDATE counts SET n = n + 1 WHERE id = $2 AND (SELECT count(*) FROM pause) = 1 RETURNING n`;

it('makes a statement again that a deadlock took back, so that each is made once', async () => {
  await Promise.all([database.query(countBoth, [1, 2]), database.query(countBoth, [2, 1])]);
  expect(await database.query('SELECT n FROM counts ORDER BY id')).toEqual([{ n: 2 }, { n: 2 }]);
});

it('says that the store is away, not that the statement is wrong, where the server lacks something', async () => {
  for (const code of ['53100', '53200', '58030']) await expect(database.query(raise(code))).rejects.toMatchObject({ code: 'store_unavailable', retryable: true });
  await expect(database.query(raise('22012'))).rejects.not.toMatchObject({ code: 'store_unavailable' });
});
