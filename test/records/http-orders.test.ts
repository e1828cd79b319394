import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withPatience } from '../../src/records/cached-source.ts';
import { openHttpOrders } from '../../src/records/http-orders.ts';
import type { OrderSource } from '../../src/records/order-source.ts';
import { Secret } from '../../src/secret.ts';
import { json, startLocalOrders, type LocalOrders } from './local-orders.ts';
import { someSettings } from './some-orders.ts';

let server: LocalOrders;

beforeAll(async () => { server = await startLocalOrders(); });
beforeEach(() => { server.asked.length = 0; });
afterAll(async () => { await server.close(); });

const never = new AbortController().signal;

function orders(changes: object = {}): OrderSource {
  const { http } = someSettings({
    http: { by_order_number: `${server.base}/orders/{order_number}`, by_account_email: `${server.base}/orders?email={account_email}`, header: { name: 'Authorization', before: 'Bearer ', secret: 'REFUND_TRIAGE_RECORDS_SHOP' }, timeout_seconds: 1, ...changes },
  });
  if (http === undefined) throw new Error('no http settings');
  return openHttpOrders(http, new Secret('s3cret'));
}

describe('a server of orders', () => {
  it('is asked by GET with the secret in its header, and gives an order', async () => {
    server.respond(json({ number: 'SB-1' }));
    expect(await orders().find('order_number', 'SB-1', never)).toEqual([{ number: 'SB-1' }]);
    expect(server.asked.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([['GET', '/orders/SB-1', 'Bearer s3cret']]);
  });

  it('gives a list, at the place that is named', async () => {
    server.respond(json({ data: { orders: [{ number: 'SB-1' }, { number: 'SB-2' }] } }));
    expect(await orders({ list: '/data/orders' }).find('account_email', 'a+b@c.example', never)).toHaveLength(2);
    expect(server.asked[0]?.url).toBe('/orders?email=a%2Bb%40c.example');
  });

  it.each([['404', json({ error: 'unknown' }, 404)], ['204', (_: IncomingMessage, response: ServerResponse) => { response.writeHead(204).end(); }], ['null', json(null)], ['an empty list', json([])]])('knows no such order where it answers %s', async (_, handler) => {
    server.respond(handler);
    expect(await orders().find('order_number', 'SB-1', never)).toEqual([]);
  });

  it.each(['..', '.', '../admin', 'SB-1?all=1', 'SB-1#x', 'a/../../b', '%2e%2e', 'x@evil.example', ''])('is asked for nothing but its own address by the number %j', async (number) => {
    server.respond(json([]));
    await orders().find('order_number', number, never);
    expect(server.asked.map(({ url }) => url)).toEqual(['..', '.', ''].includes(number) ? [] : [`/orders/${encodeURIComponent(number)}`]);
  });

  it('is not followed elsewhere', async () => {
    let elsewhere = 0;
    server.respond((request, response) => {
      if (request.url?.startsWith('/elsewhere') === true) elsewhere += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(orders().find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unusable', message: expect.stringContaining('redirects (302)') });
    expect(elsewhere).toBe(0);
  });

  it.each([
    ['garbage', (_: IncomingMessage, response: ServerResponse) => { response.end('<html>SB-1 of anna@customer.example'); }, /is no JSON\.$/],
    ['JSON that is no order', json('SB-1'), /something else than an order/], ['a list of no orders', json([1, 2]), /something else than an order/],
    ['a refusal of the secret', json({}, 401), /does not accept the secret \(401\)/], ['another refusal', json({}, 418), /answers 418/],
    ['more than it should', (_: IncomingMessage, response: ServerResponse) => { response.write('['); for (let count = 0; count < 40; count += 1) response.write(' '.repeat(65_536)); }, /more than 1 MB/],
  ])('cannot be used where it answers %s, and the secret is not told', async (_, handler, message) => {
    server.respond(handler);
    const failure = await orders().find('order_number', 'SB-1', never).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'records_unusable', message: expect.stringMatching(message) });
    expect(JSON.stringify([failure, String(failure), failure instanceof Error ? failure.stack : ''])).not.toMatch(/s3cret|anna@/u);
  });

  it.each([
    ['500', json({}, 500), /answers 500/], ['429', json({}, 429), /answers 429/],
    ['nothing at all', () => undefined, /does not answer in time/],
    ['the beginning only', (_: IncomingMessage, response: ServerResponse) => { response.write('{"number":'); }, /does not answer in time/],
    ['by breaking off', (_: IncomingMessage, response: ServerResponse) => { response.write('{"number":'); response.destroy(); }, /cannot be reached/],
  ])('is unavailable where it answers %s', async (_, handler, message) => {
    server.respond(handler);
    const failure = await orders().find('order_number', 'SB-1', never).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'records_unavailable', message: expect.stringMatching(message) });
    expect(JSON.stringify([failure, failure instanceof Error ? [failure.stack, failure.cause] : ''])).not.toMatch(/s3cret|SB-1/u);
  });
});

describe('patience with a server of orders', () => {
  it('tries again what may yet succeed', async () => {
    server.respond((request, response) => { json(server.asked.length < 3 ? {} : { number: 'SB-1' }, server.asked.length < 3 ? 503 : 200)(request, response); });
    expect(await withPatience(orders(), { cacheMs: 0 }).find('order_number', 'SB-1', never)).toEqual([{ number: 'SB-1' }]);
    expect(server.asked).toHaveLength(3);
  });

  it('does not try again what will not', async () => {
    server.respond(json({}, 401));
    await expect(withPatience(orders(), { cacheMs: 0 }).find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unusable' });
    expect(server.asked).toHaveLength(1);
  });

  it('remembers an answer for a while, asks once for what two want at the same time, and remembers no failure', async () => {
    let nowMs = 0;
    const patient = withPatience(orders(), { cacheMs: 1_000, now: () => nowMs });
    server.respond(json({}, 401));
    await expect(patient.find('order_number', 'SB-1', never)).rejects.toBeInstanceOf(Error);
    server.respond(json({ number: 'SB-1' }));
    await Promise.all([patient.find('order_number', 'SB-1', never), patient.find('order_number', 'SB-1', never)]);
    await patient.find('order_number', 'SB-1', never);
    expect(server.asked).toHaveLength(2);
    nowMs = 1_001;
    await patient.find('order_number', 'SB-1', never);
    expect(server.asked).toHaveLength(3);
  });

  it('leaves a server alone for half a minute that failed again and again, then tries it', async () => {
    let nowMs = 0;
    const patient = withPatience(orders(), { cacheMs: 0, now: () => nowMs });
    server.respond(json({}, 500));
    for (let count = 0; count < 2; count += 1) await patient.find('order_number', 'SB-1', never).catch(() => undefined);
    const before = server.asked.length;
    await expect(patient.find('order_number', 'SB-1', never)).rejects.toMatchObject({ code: 'records_unavailable', message: expect.stringContaining('left alone for a while') });
    expect(server.asked).toHaveLength(before);
    nowMs = 30_001;
    server.respond(json({ number: 'SB-1' }));
    expect(await patient.find('order_number', 'SB-1', never)).toHaveLength(1);
  });
});
