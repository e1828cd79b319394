import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, makeSignInLink, removeAccount, setRole } from '../../src/desk/accounts.ts';
import type { Door } from '../../src/desk/gate.ts';
import { makeApiToken } from '../../src/desk/api-tokens.ts';
import { listAudit } from '../../src/desk/audit.ts';
import { mayAct, type Role, roles } from '../../src/desk/roles.ts';
import { networkOf } from '../../src/desk/sign-in-limits.ts';
import { safeTarget } from '../../src/desk/sign-in-page.ts';
import { type StoreServer, startServer } from '../cases/stores.ts';
import { browse, nameOf, openTestDesk, rightPassword, type TestDesk } from './desk-app.ts';

let stores: StoreServer;
let desk: TestDesk;
let clockMs = Date.now();
beforeAll(async () => {
  stores = await startServer();
  desk = await openTestDesk({ server: stores, context: { now: () => new Date(clockMs) } });
});
afterAll(async () => {
  await desk.close();
  await stores.stop();
});

const minuteMs = 60_000;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function urlOf({ url }: Door): string {
  return url.replaceAll(/:\w+|\*/g, '1');
}

/** What a stranger, or whoever these cookies are of, is answered at a door. */
async function knock(door: Door, headers: Readonly<Record<string, string>>, cookies: ReadonlyMap<string, string> = new Map()): Promise<number> {
  const method = methods.find((known) => known === door.method) ?? 'GET';
  return (await desk.app.inject({ method, url: urlOf(door), headers, cookies: Object.fromEntries(cookies) })).statusCode;
}

/** A sign-in page without what differs from one to the next. */
function bare(body: string): string {
  return body.replaceAll(/name="_csrf" value="[^"]+"/g, '').replaceAll(/value="(?:Rita|Nobody)"/g, '');
}

describe('the doors of the desk', () => {

  it('are shut to strangers: only sign-in, health and static files answer', async () => {
    const { doors } = desk.app;
    expect(doors.length).toBeGreaterThan(20);
    const open = doors.filter(({ access }) => access === 'anyone');
    expect(open.filter(({ url }) => !/^\/(?:sign-in(?:\/|$)|healthz$|static\/)/.test(url))).toEqual([]);
    for (const door of doors.filter(({ access }) => access !== 'anyone')) {
      expect([door.method, door.url, await knock(door, {})]).toEqual([door.method, door.url, door.url.startsWith('/api/') ? 401 : 303]);
      expect([door.method, door.url, await knock(door, { authorization: 'Bearer rt_nobody' })]).toEqual([door.method, door.url, 401]);
    }
  });

  it('open to no role that is too small, nor without the token of the page, nor with that of another session', async () => {
    const foreign = await desk.visit('admin');
    const foreignToken = /name="_csrf" value="([^"]+)"/.exec((await foreign.get('/account')).body)?.[1] ?? '';
    for (const role of roles) {
      const visit = await desk.visit(role);
      for (const door of desk.app.doors) {
        if (door.access === 'anyone' || ['GET', 'HEAD', 'OPTIONS'].includes(door.method)) continue;
        const refused = [door.method, door.url, role, 403];
        expect([door.method, door.url, role, await knock(door, {}, visit.cookies)]).toEqual(refused);
        if (mayAct(role, door.access.role)) expect([door.method, door.url, role, await knock(door, { 'csrf-token': foreignToken }, visit.cookies)]).toEqual(refused);
        else {
          const own = /name="_csrf" value="([^"]+)"/.exec((await visit.get('/account')).body)?.[1] ?? '';
          expect([door.method, door.url, role, await knock(door, { 'csrf-token': own }, visit.cookies)]).toEqual(refused);
        }
      }
      for (const door of desk.app.doors) {
        if (door.access === 'anyone' || door.method !== 'GET' || mayAct(role, door.access.role)) continue;
        expect([door.url, role, (await visit.get(urlOf(door))).statusCode]).toEqual([door.url, role, 403]);
      }
    }
  });

  it('refuse to be made without saying who may come in', async () => {
    const other = openTestDesk({ server: stores, more: [(app) => { app.get('/forgotten', () => 'open'); }] });
    await expect(other).rejects.toThrow('GET /forgotten does not say who may come in.');
  });

  it('tell browsers to run nothing but our own scripts, and to show the desk in no other page', async () => {
    const { headers } = await browse(desk.app).get('/sign-in');
    const policy = String(headers['content-security-policy']);
    expect(policy.split(';')).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]));
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
  });

  it('say what is wrong on pages that tell nothing of the inside', async () => {
    const visit = await desk.visit('reader');
    const missing = await visit.get('/nowhere');
    expect([missing.statusCode, missing.body.includes('There is nothing here')]).toEqual([404, true]);
    expect((await browse(desk.app).get('/nowhere')).statusCode).toBe(404);
    const json = await desk.app.inject({ url: '/nowhere', headers: { accept: 'application/json' } });
    expect(json.json()).toEqual({ error: { code: 'not_found', message: 'There is nothing here' } });
    const broken = await openTestDesk({ server: stores, more: [(app) => { app.get('/broken', { config: { access: { role: 'reader' } } }, () => { throw new Error('secret of the inside'); }); }] });
    const page = await (await broken.visit('reader')).get('/broken');
    expect(page.statusCode).toBe(500);
    expect(page.body).toMatch(/Number [\da-f-]{36}/);
    expect(page.body).not.toContain('secret of the inside');
    await broken.close();
  });
});

describe('signing in', () => {
  it('brings a person to the page they wanted', async () => {
    const visit = browse(desk.app);
    const first = await visit.get('/account?x=1');
    expect([first.statusCode, first.headers.location]).toEqual([303, '/sign-in?to=%2Faccount%3Fx%3D1']);
    await visit.get(String(first.headers.location));
    const signedIn = await visit.post('/sign-in', { name: nameOf.sender.toUpperCase(), password: rightPassword, to: '/account?x=1' });
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, '/account?x=1']);
    expect((await visit.get('/account')).body).toContain('Sofia');
    expect(signedIn.cookies.find(({ name }) => name === 'refund_triage_session')).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  });

  it.each(['//evil.example', String.raw`/\evil.example`, 'https://evil.example', '/\tevil', '/%0a', 'javascript:alert(1)', '', '/sign-out', '/live', '/a b'])('goes on to no place such as %j', (to) => {
    expect(safeTarget(to)).toMatch(to === '/%0a' ? /^\/(?:%0a)?$/ : /^\/$/);
  });

  it('says the same of a wrong password and of a person there is not', async () => {
    const visit = browse(desk.app);
    await visit.get('/sign-in');
    const wrong = await visit.post('/sign-in', { name: nameOf.reader, password: 'not the right one' });
    const unknown = await visit.post('/sign-in', { name: 'Nobody', password: 'not the right one' });
    expect([wrong.statusCode, unknown.statusCode, bare(wrong.body)]).toEqual([403, 403, bare(unknown.body)]);
    expect(wrong.body).toContain('That name and password do not go together.');
  });

  it('is slowed down by account, whoever guesses and however many at once, and for no one else', async () => {
    await addAccount(desk.store.database, { name: 'Victim', email: null, role: 'reader' });
    const visit = browse(desk.app);
    await visit.get('/sign-in');
    const guesses = await Promise.all(Array.from({ length: 14 }, async () => await visit.post('/sign-in', { name: 'victim', password: 'a guess of mine' })));
    expect(guesses.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 8 }, () => 403), ...Array.from({ length: 6 }, () => 429)]);
    const other = browse(desk.app);
    await other.get('/sign-in');
    expect((await other.post('/sign-in', { name: nameOf.drafter, password: rightPassword })).statusCode).toBe(303);
    clockMs += minuteMs + 1;
    expect((await visit.post('/sign-in', { name: 'Victim', password: 'a guess of mine' })).statusCode).toBe(403);
    const held = await visit.post('/sign-in', { name: 'Victim', password: 'a guess of mine' });
    expect([held.statusCode, held.body.includes('Try again in 2 minutes.')]).toEqual([429, true]);
  });

  it('is slowed down by address, whatever is guessed', async () => {
    clockMs += 60 * minuteMs;
    const visit = browse(desk.app);
    await visit.get('/sign-in');
    const codes: number[] = [];
    for (let guess = 0; guess < 31; guess += 1) codes.push((await visit.post('/sign-in', { name: `Guessed ${String(guess)}`, password: 'a guess of mine' })).statusCode);
    expect([codes.filter((code) => code === 403).length, codes.at(-1)]).toEqual([30, 429]);
    clockMs += 60 * minuteMs;
    expect((await visit.post('/sign-in', { name: nameOf.reader, password: rightPassword })).statusCode).toBe(303);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'], ['2001:0DB8:1:2::9', '2001:db8:1:2'], ['2001:db8::1', '2001:db8:0:0'], ['::1', '0:0:0:0'], ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('takes guesses from %s as from %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('by a link works once, and only at the press of a button', async () => {
    const link = `/sign-in/link/${await makeSignInLink(desk.store.database, desk.users.drafter, new Date(clockMs + minuteMs))}`;
    const visit = browse(desk.app);
    expect((await visit.get(link)).body).toContain('Sign in as Dan');
    expect((await visit.get(link)).body).toContain('Sign in as Dan');
    const taken = await Promise.all([visit.post(link), visit.post(link)]);
    expect(taken.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 404]);
    expect((await visit.get('/account')).body).toContain('Dan');
    expect((await browse(desk.app).get(link)).statusCode).toBe(404);
    const late = `/sign-in/link/${await makeSignInLink(desk.store.database, desk.users.drafter, new Date(clockMs + minuteMs))}`;
    clockMs += 2 * minuteMs;
    expect((await browse(desk.app).get(late)).statusCode).toBe(404);
  });
});

describe('a session', () => {
  it('ends at sign-out', async () => {
    const visit = await desk.visit('reader');
    const cookies = new Map(visit.cookies);
    expect((await visit.post('/sign-out')).headers.location).toBe('/sign-in?said=ended');
    for (const [name, value] of cookies) visit.cookies.set(name, value);
    expect((await visit.get('/account')).statusCode).toBe(303);
  });

  it('ends after a time without a click, and after a time in any case', async () => {
    const visit = await desk.visit('reader');
    clockMs += 59 * minuteMs;
    expect((await visit.get('/account')).statusCode).toBe(200);
    clockMs += 59 * minuteMs;
    expect((await visit.get('/account')).statusCode).toBe(200);
    clockMs += 61 * minuteMs;
    expect((await visit.get('/account')).statusCode).toBe(303);
    const busy = await desk.visit('reader');
    const codes: number[] = [];
    for (let hours = 0; hours < 11; hours += 0.5) {
      codes.push((await busy.get('/account')).statusCode);
      clockMs += 30 * minuteMs;
    }
    expect(codes.lastIndexOf(200)).toBe(19);
  });

  it('has the role that its person has now, and ends with the account', async () => {
    const id = Number(await addAccount(desk.store.database, { name: 'Temp', email: null, role: 'admin' }));
    const visit = browse(desk.app);
    const link = `/sign-in/link/${await makeSignInLink(desk.store.database, id, new Date(clockMs + minuteMs))}`;
    await visit.get(link);
    await visit.post(link);
    expect((await visit.get('/people')).statusCode).toBe(200);
    await setRole(desk.store.database, id, 'reader');
    expect((await visit.get('/people')).statusCode).toBe(403);
    await removeAccount(desk.store.database, id);
    expect((await visit.get('/account')).statusCode).toBe(303);
  });

  it('is known by its own cookie only: signed by us, and under TLS of this very host', async () => {
    const visit = await desk.visit('reader');
    const value = visit.cookies.get('refund_triage_session') ?? '';
    visit.cookies.set('refund_triage_session', `${value.slice(0, -3)}abc`);
    expect((await visit.get('/account')).statusCode).toBe(303);
    const secure = await openTestDesk({ server: stores, settings: { publicUrl: 'https://desk.example.com' }, context: { now: () => new Date(clockMs) } });
    const safe = await secure.visit('reader');
    expect([...safe.cookies.keys()]).toContain('__Host-refund_triage_session');
    expect((await safe.get('/account')).headers['strict-transport-security']).toBe('max-age=31536000');
    const plain = browse(secure.app);
    plain.cookies.set('refund_triage_session', safe.cookies.get('__Host-refund_triage_session') ?? '');
    expect((await plain.get('/account')).statusCode).toBe(303);
    await secure.close();
  });
});

describe('an API token', () => {
  const routes = [
    (app: TestDesk['app']): void => {
      app.get('/api/read', { config: { access: { role: 'reader', scope: 'cases:read' } } }, (request) => ({ name: request.agent?.name }));
      app.post('/api/send', { config: { access: { role: 'sender', scope: 'cases:send' } } }, () => ({ sent: true }));
    },
  ];
  it('does what it was made for, while its owner may do it, without the page’s token', async () => {
    const own = await openTestDesk({ server: stores, more: routes, context: { now: () => new Date(clockMs) } });
    const { database } = own.store;
    const call = async (method: 'GET' | 'POST', url: string, token: string, cookies: Record<string, string> = {}): Promise<number> => (await own.app.inject({ method, url, cookies, headers: { authorization: `Bearer ${token}` } })).statusCode;
    const both = await makeApiToken(database, { userId: own.users.sender, name: 'sends', scopes: ['cases:read', 'cases:send'], expiresAt: null });
    const reads = await makeApiToken(database, { userId: own.users.sender, name: 'reads', scopes: ['cases:read'], expiresAt: new Date(clockMs + minuteMs) });
    expect([await call('GET', '/api/read', both), await call('POST', '/api/send', both), await call('GET', '/api/read', reads), await call('POST', '/api/send', reads)]).toEqual([200, 200, 200, 403]);
    expect([await call('GET', '/account', both), await call('POST', '/sign-out', both)]).toEqual([401, 401]);
    // A token in the hand of a page cannot be replaced by the cookie that goes along with it.
    const admin = await own.visit('admin');
    expect(await call('POST', '/api/send', 'rt_wrong', Object.fromEntries(admin.cookies))).toBe(401);
    clockMs += 2 * minuteMs;
    expect(await call('GET', '/api/read', reads)).toBe(401);
    await setRole(database, own.users.sender, 'drafter');
    expect(await call('POST', '/api/send', both)).toBe(403);
    await removeAccount(database, own.users.sender);
    expect(await call('POST', '/api/send', both)).toBe(401);
    const stored = await database.query<{ text: string }>('SELECT row_to_json(t)::text AS text FROM refund_triage.desk_api_tokens t');
    expect(JSON.stringify(stored)).not.toContain(both);
    await own.close();
  });
});

describe('the audit', () => {
  it('has who signed in and who failed to, and can be neither changed nor shortened', async () => {
    const { database } = desk.store;
    const before = (await listAudit(database, { limit: 1 })).at(0)?.id ?? 0;
    await desk.visit('sender');
    const entries = await listAudit(database, { limit: 10 });
    expect(entries.filter(({ id }) => id > before)).toMatchObject([{ userName: 'Sofia', kind: 'sign_in', detail: { by: 'password' } }]);
    for (const statement of ['UPDATE refund_triage.desk_audit SET user_name = NULL', 'DELETE FROM refund_triage.desk_audit', 'TRUNCATE refund_triage.desk_audit']) {
      await expect(database.query(statement)).rejects.toThrow('append-only');
    }
  });
});

// Every role has a test of its own above; this keeps the order that they build on.
it('each role may do what the ones before it may', () => {
  const table = roles.map((held): Role[] => roles.filter((needed) => mayAct(held, needed)));
  expect(table).toEqual([['reader'], ['reader', 'drafter'], ['reader', 'drafter', 'sender'], ['reader', 'drafter', 'sender', 'admin']]);
});
