import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdLease } from '../../src/database/leases.ts';
import type { Store, StoreOptions } from '../../src/cases/store.ts';
import { startServer, type StoreServer } from '../cases/stores.ts';

const quick = { renewIntervalMs: 40, expiresMs: 600 };

const rows = async (store: Store): Promise<object[]> => await store.database.query('SELECT * FROM refund_triage.leases');

describe('a lease', () => {
  let server: StoreServer;
  let location: StoreOptions;
  let stores: Store[] = [];
  let running: { readonly stop: AbortController; readonly ended: Promise<void> }[] = [];
  let leaders: number[] = [];
  beforeAll(async () => { server = await startServer(); });
  beforeEach(async () => {
    location = await server.location();
    leaders = [];
  });
  afterEach(async () => {
    for (const { stop } of running) stop.abort();
    await Promise.all(running.map(async ({ ended }) => { await ended; }));
    await Promise.all(stores.map(async (store) => { await store.close(); }));
    running = [];
    stores = [];
  });
  afterAll(async () => { await server.stop(); });

  const open = async (): Promise<Store> => {
    const store = await server.open(location);
    stores.push(store);
    return store;
  };
  /** Leads until the lease is lost or given back; `leaders` has who leads now. */
  const contend = (id: number, store: Store, options: { renewIntervalMs: number; expiresMs: number } = quick): AbortController => {
    const stop = new AbortController();
    const ended = holdLease(store.database, 'watch support', { ...options, signal: stop.signal }, async (signal) => {
      leaders.push(id);
      await new Promise<void>((resolve) => { signal.addEventListener('abort', () => { resolve(); }); });
      leaders = leaders.filter((leader) => leader !== id);
    });
    running.push({ stop, ended });
    return stop;
  };
  const leader = async (not?: number): Promise<number> => {
    await vi.waitFor(() => { expect(leaders.filter((id) => id !== not)).toHaveLength(1); }, { timeout: 20_000, interval: 10 });
    return leaders.find((id) => id !== not) ?? -1;
  };

  it('is held by one of ten, passes on when it is given back, and leaves nothing behind', async () => {
    const observer = await open();
    const stops = await Promise.all(Array.from({ length: 10 }, async (_, id) => contend(id, await open())));
    const met = new Set<number>();
    while (met.size < 10) {
      const id = await leader();
      expect(met).not.toContain(id);
      met.add(id);
      expect(await rows(observer)).toHaveLength(1);
      stops[id]?.abort();
      await vi.waitFor(() => { expect(leaders).not.toContain(id); }, { timeout: 20_000, interval: 5 });
    }
    await Promise.all(running.map(async ({ ended }) => { await ended; }));
    expect(await rows(observer)).toEqual([]);
  });

  it('passes on at once when the server sees the connection of its holder end, however long it would have lasted', async () => {
    const first = await open();
    contend(1, first, { renewIntervalMs: 60_000, expiresMs: 3_600_000 });
    await leader();
    contend(2, await open());
    await first.database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'refund-triage presence' AND pid IN
      (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1)`, [first.database.processKey()]);
    expect(await leader(1)).toBe(2);
  });

  it('passes on from a holder that is connected and silent, though the clock of the server was set back by a day', async () => {
    const [silent, other] = [await open(), await open()];
    await silent.database.query(
      `INSERT INTO refund_triage.leases (name, holder, process_key, expires_at) VALUES ('watch support', 'silent', $1, now() + interval '1 day')`, [silent.database.processKey()],
    );
    contend(2, other);
    expect(await leader()).toBe(2);
  });

  it('is lost to its holder when the store no longer answers, and taken again when it does', async () => {
    const [store, other] = [await open(), await open()];
    contend(1, store);
    await leader();
    await other.database.transaction(async (sql) => {
      await sql.query('SELECT * FROM refund_triage.leases FOR UPDATE');
      await vi.waitFor(() => { expect(leaders).toEqual([]); }, { timeout: 20_000, interval: 10 });
    });
    expect(await leader()).toBe(1);
  });

  it('ends with the error of what it led, and is free for the next', async () => {
    const store = await open();
    const failing = holdLease(store.database, 'watch support', { ...quick, signal: new AbortController().signal }, async () => { await Promise.reject(new RangeError('broken')); });
    await expect(failing).rejects.toThrow(new RangeError('broken'));
    expect(await rows(store)).toEqual([]);
  });
});
