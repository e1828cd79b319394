import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderSource } from '../../src/records/order-source.ts';
import { openSqlOrders } from '../../src/records/sql-orders.ts';
import { Secret } from '../../src/secret.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { someSettings } from './some-orders.ts';

const never = new AbortController().signal;
const columns = ['number', 'email', 'paid'];
let server: PostgresServer;
let url: string;
let client: Client;
const opened: OrderSource[] = [];

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    CREATE TABLE orders (id serial PRIMARY KEY, number text, email text, paid timestamptz, total numeric(12, 2), printed boolean, secret text DEFAULT 'hidden');
    INSERT INTO orders (number, email, paid, total, printed) VALUES ('SB-1', 'a@b.example', '2026-03-01 23:30:00+00', 19.90, true), ('SB-2', 'o''brien@b.example', '2026-03-02 10:00:00+00', 5, false);
    CREATE FUNCTION spoil(wanted text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN wanted; END $$;
    CREATE USER reader; GRANT SELECT (number, email, paid, total, printed) ON orders TO reader;`);
}, 60_000);
afterAll(async () => {
  await Promise.all(opened.map(async (source) => { await source.close(); }));
  await client.end();
  await server.stop();
});

function orders(byOrderNumber: string, changes: { url?: string; columns?: readonly string[]; byEmail?: string } = {}): OrderSource {
  const { sql } = someSettings({ sql: { connection: 'REFUND_TRIAGE_RECORDS_SHOP', by_order_number: byOrderNumber, ...(changes.byEmail === undefined ? {} : { by_account_email: changes.byEmail }), timeout_seconds: 1 } });
  if (sql === undefined) throw new Error('no sql settings');
  const source = openSqlOrders(sql, changes.columns ?? columns, new Secret(changes.url ?? url));
  opened.push(source);
  return source;
}

const plain = 'SELECT number, email, paid, total, printed FROM orders WHERE number = $1';

async function countOrders(): Promise<number> {
  return (await client.query('SELECT FROM orders')).rowCount ?? 0;
}

describe('a database of orders', () => {
  it('gives the order as text, whatever the types', async () => {
    expect(await orders(plain).find('order_number', 'SB-1', never)).toEqual([{ number: 'SB-1', email: 'a@b.example', paid: expect.stringMatching(/^2026-03-01 23:30:00\+00$/u), total: '19.90', printed: 't' }]);
    expect(await orders(plain).find('order_number', 'SB-9', never)).toEqual([]);
  });

  it('takes a query with a semicolon and a WITH', async () => {
    expect(await orders(`WITH found AS (${plain}) SELECT * FROM found ;\n`).find('order_number', 'SB-1', never)).toHaveLength(1);
  });

  it.each(["x' OR '1'='1", "SB-1'; DELETE FROM orders; --", "'); DROP TABLE orders; --", '$1', 'SB-1\\', '\0', "SB-1' UNION SELECT secret, secret, now(), 1, true FROM orders --"])('takes %j for a number, never for a part of the query', async (number) => {
    expect(await orders(plain).find('order_number', number, never)).toEqual([]);
    expect(await countOrders()).toBe(2);
  });

  it('finds an address with an apostrophe', async () => {
    expect(await orders(plain, { byEmail: 'SELECT number, email, paid FROM orders WHERE lower(email) = $1' }).find('account_email', "o'brien@b.example", never)).toMatchObject([{ number: 'SB-2' }]);
  });

  it.each([
    ['a DELETE hidden in a WITH', 'WITH gone AS (DELETE FROM orders WHERE number = $1 RETURNING *) SELECT * FROM gone'],
    ['a function that deletes', 'SELECT spoil($1) AS number'],
    ['a number taken from a sequence', "SELECT nextval('orders_id_seq')::text || $1 AS number"],
    ['a row lock', `${plain} FOR UPDATE`],
    ['a second statement', `${plain}; DELETE FROM orders`],
    ['leave to write', "SELECT set_config('transaction_read_only', 'off', true) || spoil($1) AS number"],
  ])('writes nothing, not even with %s', async (_, query) => {
    await expect(orders(query).find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unusable' });
    expect(await countOrders()).toBe(2);
  });

  it('is still of use after a failure', async () => {
    const source = orders("SELECT CASE WHEN $1 = 'bad' THEN spoil($1) ELSE $1 END AS number");
    await expect(source.find('order_number', 'bad', never)).rejects.toBeInstanceOf(Error);
    expect(await source.find('order_number', 'SB-1', never)).toEqual([{ number: 'SB-1' }]);
  });

  it('knows no order whose number is no number, where its numbers are', async () => {
    const source = orders('SELECT id AS number, email, paid FROM orders WHERE id = $1::int');
    expect(await source.find('order_number', 'SB-1', never)).toEqual([]);
    expect(await source.find('order_number', '1', never)).toMatchObject([{ number: '1' }]);
  });

  it('gives no more rows than can matter', async () => {
    expect(await orders("SELECT n::text || $1 AS number FROM generate_series(1, 1000) AS n").find('order_number', 'x', never)).toHaveLength(51);
  });

  it('is unavailable where it takes too long, is not there, or is down', async () => {
    await expect(orders('SELECT pg_sleep(30)::text || $1 AS number').find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unavailable', message: expect.stringContaining('statement timeout') });
    await expect(orders(plain, { url: 'postgres://shop:p4ssword@127.0.0.1:1/shop' }).find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unavailable', message: expect.not.stringContaining('p4ssword') });
  });

  it('reads with the rights of its user only', async () => {
    const asReader = url.replace('triage@', 'reader@');
    expect(await orders(plain, { url: asReader }).find('order_number', 'SB-1', never)).toHaveLength(1);
    await expect(orders('SELECT secret AS number FROM orders WHERE number = $1', { url: asReader }).find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unusable', message: expect.stringContaining('permission denied') });
  });

  it('is checked: the connection, the query and its columns', async () => {
    expect(await orders(plain).check(never)).toMatch(/^triage_\d+ at 127\.0\.0\.1:\d+ answers, in transactions that can only read$/u);
    await expect(orders(plain, { columns: [...columns, 'sum'] }).check(never)).rejects.toMatchObject({ code: 'records_unusable', message: expect.stringContaining('by_order_number gives no column "sum"; it gives "number", "email"') });
    await expect(orders('SELECT nothing FROM nowhere WHERE x = $1').check(never)).rejects.toMatchObject({ code: 'records_unusable', message: expect.stringContaining('"nowhere" does not exist') });
  });
});
