import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../src/database/database.ts';
import { caughtUp, openReplica, probeReplica } from '../../src/database/replica.ts';
import { readStanding } from '../../src/cases/lists/standing.ts';
import { openStore, type Store } from '../../src/cases/store.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';

let postgres: PostgresServer;
let replica: Awaited<ReturnType<PostgresServer['startReplica']>>;
let store: Store;
let reading: Database;
let databaseUrl: string;
let replicaUrl: string;
beforeAll(async () => {
  postgres = await startPostgres();
  databaseUrl = await postgres.createDatabase();
  store = await openStore({ databaseUrl });
  replica = await postgres.startReplica();
  replicaUrl = replica.urlOf(databaseUrl);
  reading = openReplica(replicaUrl, store.database);
});
afterAll(async () => {
  await reading.close();
  await store.close();
  await postgres.stop();
});

async function isReplica(): Promise<boolean | undefined> {
  return (await reading.query<{ is: boolean }>('SELECT pg_is_in_recovery() AS is'))[0]?.is;
}

describe('a replica of the store', () => {
  it('answers what is read, with what the primary was told a moment before', async () => {
    await store.noteFirstContact({ mailbox: 'support', uidValidity: '7', uidNext: 3, at: new Date(), since: null });
    expect(await isReplica()).toBe(true);
    await vi.waitFor(async () => { expect(await readStanding(reading)).toMatchObject({ mailboxes: [{ name: 'support', enqueuedUid: 2, unfinished: 0 }], cases: [], quarantined: [] }); }, { timeout: 10_000, interval: 50 });
  });

  it('is read from once it has what the primary has, and not while it is behind', async () => {
    const standby = new Client({ connectionString: replicaUrl });
    await standby.connect();
    await standby.query('SELECT pg_wal_replay_pause()');
    await store.noteFirstContact({ mailbox: 'other', uidValidity: '7', uidNext: 3, at: new Date(), since: null });
    expect(await caughtUp(reading, store.database)).toBe(store.database);
    await standby.query('SELECT pg_wal_replay_resume()');
    expect(await caughtUp(reading, store.database)).toBe(reading);
    await store.database.query("DELETE FROM refund_triage.mailboxes WHERE name = 'other'");
    await standby.end();
  });

  it('is told from the primary', async () => {
    expect(await probeReplica(replicaUrl)).toMatchObject({ isFollowing: true });
    expect(await probeReplica(databaseUrl)).toMatchObject({ isFollowing: false });
    await expect(probeReplica('postgres://me@127.0.0.1:9/x')).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('leaves changes and transactions to the primary', async () => {
    const changed = await reading.query<{ name: string }>("UPDATE refund_triage.mailboxes SET settled_uid = 9 WHERE name = 'support' RETURNING name");
    expect(changed).toEqual([{ name: 'support' }]);
    await reading.transaction(async (sql) => { await sql.query("DELETE FROM refund_triage.mailboxes WHERE name = 'support'"); });
    expect(await store.readCursor('support')).toBeNull();
  });

  it('is stood in for by the primary when it is away, and faults of a question are told as they are', async () => {
    await expect(reading.query('SELECT nothing FROM nowhere')).rejects.toThrow('nowhere');
    await replica.stop();
    expect(await isReplica()).toBe(false);
    expect(await isReplica()).toBe(false);
  });
});
