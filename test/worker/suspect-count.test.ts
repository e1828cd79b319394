import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/cases/store.ts';
import { beginSuspect, endSuspect } from '../../src/worker/suspect-count.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';

let postgres: PostgresServer;
let store: Store;
const pointer = { mailbox: 'support', uidValidity: '7', uid: 42 };
beforeAll(async () => {
  postgres = await startPostgres();
  store = await openStore({ databaseUrl: await postgres.createDatabase() });
});
afterAll(async () => {
  await store.close();
  await postgres.stop();
});

it('counts the beginnings of a mail that nobody lived to take back', async () => {
  expect(await beginSuspect(store, pointer)).toBe(1);
  expect(await beginSuspect(store, pointer)).toBe(2);
  await endSuspect(store, pointer);
  expect(await beginSuspect(store, pointer)).toBe(1);
});

it('blames no mail for a store that was away when its process came to its end with it', async () => {
  await postgres.kill9();
  await endSuspect(store, pointer);
  await expect(beginSuspect(store, pointer)).rejects.toMatchObject({ code: 'store_unavailable' });
  await postgres.comeBack();
  // Told by itself, for whoever takes the mail up next.
  await vi.waitFor(async () => { expect(await store.database.query('SELECT begun FROM refund_triage.suspects')).toEqual([]); }, { timeout: 20_000 });
  expect(await beginSuspect(store, pointer)).toBe(1);
});
