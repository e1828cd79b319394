import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type LiveEvent, type LiveHub, openLiveHub } from '../../src/desk/live-hub.ts';
import { type StoreServer, startEmbedded, startServer } from '../cases/stores.ts';
import { openTestDesk, type Visit } from './desk-app.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function closeLater<Thing extends { close: () => Promise<void> }>(thing: Thing): Thing {
  closing.push(async () => { await thing.close(); });
  return thing;
}

async function serverOf(start: () => Promise<StoreServer>): Promise<StoreServer> {
  const server = await start();
  closing.push(async () => { await server.stop(); });
  return server;
}

/** What a hub tells from now on, to wait for. */
function newsOf(hub: LiveHub): { next: (kind: string) => Promise<LiveEvent>; all: LiveEvent[] } {
  const all: LiveEvent[] = [];
  const waiting: { kind: string; resolve: (event: LiveEvent) => void }[] = [];
  hub.subscribe((event) => {
    all.push(event);
    const at = waiting.findIndex(({ kind }) => kind === event.kind);
    if (at !== -1) waiting.splice(at, 1)[0]?.resolve(event);
  });
  return { all, next: async (kind) => await new Promise((resolve) => { waiting.push({ kind, resolve }); }) };
}

/** An open stream: what came so far, and a way to wait for more. */
async function listen(url: string, visit: Visit): Promise<{ response: IncomingMessage; has: (text: string) => Promise<void>; text: () => string; closed: Promise<unknown> }> {
  const cookie = [...visit.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const request = httpGet(`${url}/live`, { headers: { cookie } });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('no response');
  closing.push(async () => { response.destroy(); await Promise.resolve(); });
  const closed = once(response, 'close');
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => { text += chunk; });
  response.on('error', () => undefined);
  return {
    response, closed, text: () => text,
    has: async (wanted) => { while (!text.includes(wanted)) await once(response, 'data'); },
  };
}

const addEvent = `INSERT INTO refund_triage.events (kind, case_id) VALUES ('case.decided', 3), ('case.decided', 5), ('case.noted', 3), ('other', NULL)`;

describe('the hub', () => {
  it.each([['embedded database', startEmbedded], ['PostgreSQL', startServer]] as const)('tells what was published, and which cases have news, over the %s', async (engine, start) => {
    const server = await serverOf(start);
    const location = await server.location();
    const store = closeLater(await server.open(location));
    const hub = closeLater(await openLiveHub(store.database));
    // Another process hears of it as well; the embedded database has none.
    const other = engine === 'PostgreSQL' ? closeLater(await openLiveHub(closeLater(await server.open(location)).database)) : hub;
    const news = newsOf(other);
    const heard = news.next('presence');
    await hub.publish({ kind: 'presence', role: 'reader', case: 7 });
    expect(await heard).toEqual({ kind: 'presence', role: 'reader', case: 7 });
    const told = news.next('cases');
    await store.database.query(addEvent);
    const { cases } = await told;
    expect(cases).toEqual([3, 5]);
    await store.database.query(`INSERT INTO refund_triage.events (kind) VALUES ('nothing of a case')`);
    const many = news.next('cases');
    await store.database.query(`INSERT INTO refund_triage.events (kind, case_id) SELECT 'x', n FROM generate_series(1, 5000) AS t(n)`);
    expect((await many)['cases']).toEqual([]);
    expect(news.all).toHaveLength(3);
    await expect(hub.publish({ kind: 'x', text: 'ы'.repeat(5_000) })).rejects.toThrow(RangeError);
  });

  it('finds the database again after it was away, and says to look again', async () => {
    const server = await serverOf(startServer);
    const store = closeLater(await server.open());
    const reasons: string[] = [];
    const hub = closeLater(await openLiveHub(store.database, (reason) => reasons.push(reason)));
    const news = newsOf(hub);
    const again = news.next('cases');
    await server.restart?.();
    expect(await again).toEqual({ kind: 'cases', cases: [] });
    expect(reasons.length).toBeGreaterThan(0);
    const told = news.next('cases');
    await store.database.query(addEvent);
    expect((await told)['cases']).toEqual([3, 5]);
  });
});

describe('news for open pages', () => {
  it('reach fifty people at once, each only what their role may see', async () => {
    const desk = closeLater(await openTestDesk());
    const url = await desk.app.listen({ host: '127.0.0.1', port: 0 });
    const [reader, sender] = [await desk.visit('reader'), await desk.visit('sender')];
    const readers = await Promise.all(Array.from({ length: 10 }, async () => await listen(url, reader)));
    const people = await Promise.all(Array.from({ length: 4 }, async () => {
      const visit = await desk.visit('sender');
      return await Promise.all(Array.from({ length: 10 }, async () => await listen(url, visit)));
    }));
    const senders = people.flat();
    expect(readers[0]?.response.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    await desk.context.hub.publish({ kind: 'secret', role: 'sender', of: 'senders' });
    await desk.context.hub.publish({ kind: 'note', userId: desk.users.reader, of: 'one' });
    await desk.store.database.query(addEvent);
    await Promise.all([...readers, ...senders].map(async ({ has }) => { await has('event: cases\ndata: {"kind":"cases","cases":[3,5]}\n\n'); }));
    expect(readers.map(({ text }) => [text().includes('senders'), text().includes('"of":"one"')])).toEqual(readers.map(() => [false, true]));
    expect(senders.map(({ text }) => [text().includes('senders'), text().includes('"of":"one"')])).toEqual(senders.map(() => [true, false]));
    // One browser with very many pages loses the oldest, not somebody else's.
    const more = await Promise.all([listen(url, sender), listen(url, reader), listen(url, reader), listen(url, reader)]);
    await readers[0]?.closed;
    expect(readers.slice(1).some(({ response }) => response.destroyed)).toBe(false);
    await desk.app.close();
    await Promise.all([...readers, ...senders, ...more].map(async ({ closed }) => await closed));
  });
});
