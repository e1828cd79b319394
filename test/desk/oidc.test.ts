import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccount, listAccounts } from '../../src/desk/accounts.ts';
import { ProviderUnavailableError } from '../../src/desk/desk-errors.ts';
import { openOidcProvider } from '../../src/desk/oidc.ts';
import { Secret } from '../../src/secret.ts';
import { type OidcServer, startOidc } from '../servers/oidc.ts';
import { type StoreServer, startServer } from '../cases/stores.ts';
import { browse, openTestDesk, type TestDesk, type Visit } from './desk-app.ts';

const publicUrl = 'http://127.0.0.1:8025';
const people: Record<string, { name?: string; email?: string; email_verified?: boolean; groups?: string[] }> = {
  olga: { name: 'Olga Petrova', email: 'olga@shop.example', email_verified: true, groups: ['staff', 'support', 'leads'] },
  ada: { name: 'Ada', email: 'admin@desk.example', email_verified: true, groups: ['support'] },
  visitor: { name: 'Visitor', groups: ['staff'] },
};

let provider: OidcServer;
let stores: StoreServer;
let desk: TestDesk;
beforeAll(async () => {
  provider = await startOidc(`${publicUrl}/sign-in/oidc/back`, people);
  stores = await startServer();
  desk = await openTestDesk({
    server: stores,
    settings: { publicUrl, oidc: { issuer: provider.issuer, clientId: provider.clientId, clientSecret: new Secret(provider.clientSecret), roles: { claim: 'groups', map: { support: 'sender', leads: 'admin' } } } },
  });
});
afterAll(async () => {
  await desk.close();
  await stores.stop();
  await provider.stop();
});

async function start(visit: Visit, to = '/account'): Promise<string> {
  const begun = await visit.get(`/sign-in/oidc?to=${encodeURIComponent(to)}`);
  return String(begun.headers.location);
}

async function signIn(subject: string): Promise<{ visit: Visit; location: string }> {
  const visit = browse(desk.app);
  const back = await provider.signIn(await start(visit), subject);
  const admitted = await visit.get(back.slice(publicUrl.length));
  return { visit, location: String(admitted.headers.location) };
}

describe('sign-in with a provider', () => {
  it('is offered on the sign-in page', async () => {
    expect((await browse(desk.app).get('/sign-in')).body).toContain('href="/sign-in/oidc"');
  });

  it('makes an account at the first time, with the highest role that the groups give, and the same one later', async () => {
    const { visit, location } = await signIn('olga');
    expect(location).toBe('/account');
    expect((await visit.get('/account')).body).toContain('Olga Petrova');
    expect(await findAccount(desk.store.database, 'Olga Petrova')).toMatchObject({ role: 'admin', email: 'olga@shop.example', fromOidc: true, hasPassword: false });
    const before = await listAccounts(desk.store.database);
    people['olga'] = { ...people['olga'], groups: ['support'] };
    await signIn('olga');
    expect(await findAccount(desk.store.database, 'Olga Petrova')).toMatchObject({ role: 'sender' });
    expect(await listAccounts(desk.store.database)).toHaveLength(before.length);
  });

  it('opens nobody else’s account by their name or address', async () => {
    const { visit } = await signIn('ada');
    expect((await visit.get('/account')).body).toContain('Ada 2');
    expect(await findAccount(desk.store.database, 'Ada 2')).toMatchObject({ role: 'sender', email: null });
    expect(await findAccount(desk.store.database, 'Ada')).toMatchObject({ role: 'admin', fromOidc: false });
  });

  it('lets nobody in whose groups give no role, and puts out whoever lost theirs', async () => {
    expect((await signIn('visitor')).location).toBe('/sign-in?said=role');
    expect(await findAccount(desk.store.database, 'Visitor')).toBeNull();
    people['olga'] = { ...people['olga'], groups: ['support'] };
    const { visit } = await signIn('olga');
    people['olga'] = { ...people['olga'], groups: ['staff'] };
    expect((await signIn('olga')).location).toBe('/sign-in?said=role');
    expect((await visit.get('/account')).statusCode).toBe(303);
  });

  it('takes an answer only in the browser that asked, and only once', async () => {
    const asker = browse(desk.app);
    const back = (await provider.signIn(await start(asker), 'ada')).slice(publicUrl.length);
    expect((await browse(desk.app).get(back)).headers.location).toBe('/sign-in?said=oidc');
    const other = browse(desk.app);
    await start(other);
    expect((await other.get(back)).headers.location).toBe('/sign-in?said=oidc');
    expect((await asker.get(back)).headers.location).toBe('/account');
    expect((await asker.get(back)).headers.location).toBe('/sign-in?said=oidc');
  });

  it('gives people of the organisation no password of their own', async () => {
    const { visit } = await signIn('ada');
    await visit.get('/account');
    expect((await visit.post('/account/password', { new_password: 'a password of my own' })).statusCode).toBe(403);
  });

  it('says so when the provider does not answer', async () => {
    const away = await openTestDesk({ server: stores, settings: { publicUrl, oidc: { issuer: 'http://127.0.0.1:9', clientId: 'desk', clientSecret: null, roles: { claim: 'groups', map: { support: 'sender' } } } } });
    await expect(openOidcProvider({ issuer: 'http://127.0.0.1:9', clientId: 'desk', clientSecret: null, roles: { claim: 'groups', map: {} } }).check()).rejects.toThrow(ProviderUnavailableError);
    const visit = browse(away.app);
    expect(await start(visit)).toBe('/sign-in?said=oidc');
    expect((await visit.get('/sign-in?said=oidc')).body).toContain('did not work');
    await away.close();
  });
});
