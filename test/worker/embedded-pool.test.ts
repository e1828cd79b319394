import { describe, expect, it } from 'vitest';
import { embeddedPool } from '../../src/worker/embedded-pool.ts';
import { startEmbedded } from '../cases/stores.ts';

describe('the queue over the embedded database', () => {
  it('is told of a full disk as of a refused connection, after which it waits before it tries again, and of any other error as it is', async () => {
    const stores = await startEmbedded();
    const store = await stores.open();
    try {
      const { engine } = store.database;
      if (engine.kind !== 'embedded') throw new Error('This store is on a server.');
      const pool = embeddedPool(engine.pglite);
      await expect(pool.query(`DO $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$`)).rejects.toMatchObject({ code: 'ECONNREFUSED', message: expect.stringContaining('no space left on device') });
      await expect(pool.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
      expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    } finally {
      await store.close();
      await stores.stop();
    }
  });
});
