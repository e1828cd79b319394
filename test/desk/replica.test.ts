import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { type StoreServer, startServer } from '../cases/stores.ts';
import { openTestDesk, type TestDesk } from './desk-app.ts';

let stores: StoreServer;
/** Another database, so that one sees which of the two was read. */
let other: Store;
let desk: TestDesk;
beforeAll(async () => {
  stores = await startServer();
  other = await stores.open();
  desk = await openTestDesk({ server: stores, context: { replica: other.database } });
  for (const [store, subject] of [[desk.store, 'Of the store'], [other, 'Of the replica']] as const) {
    await store.database.query(`INSERT INTO refund_triage.cases (fingerprint, merchant, customer, subject, state) VALUES ('f', 'winno', 'anna@customer.example', $1, 'ready')`, [subject]);
  }
});
afterAll(async () => {
  await desk.close();
  await other.close();
  await stores.stop();
});

it('lists, searches and numbers are read from the replica; a case from the store itself', async () => {
  const visit = await desk.visit('sender');
  for (const path of ['/', '/queue/list', '/?q=replica']) {
    const { body } = await visit.get(path);
    expect([path, body.includes('Of the replica'), body.includes('Of the store')]).toEqual([path, true, false]);
  }
  const csv = async (): Promise<string> => (await visit.get('/numbers.csv')).body.replace(/^all,,as_of,.*$/mu, '');
  const before = await csv();
  const arrival = `WITH arrived AS (
    INSERT INTO refund_triage.messages (mailbox, uid_validity, uid, fingerprint, subject, received_at, state, role, case_id) VALUES ('support', '1', 1, 'f', 'Refund', now() - interval '1 hour', 'ready', 'request', 1) RETURNING case_id)
    INSERT INTO refund_triage.events (kind, case_id) SELECT 'recorded', case_id FROM arrived`;
  await desk.store.database.query(arrival);
  expect(await csv()).toBe(before);
  await other.database.query(arrival);
  expect(await csv()).not.toBe(before);
  expect((await visit.get('/cases/1')).body).toContain('Of the store');
});
