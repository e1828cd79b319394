import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccount } from '../../src/desk/accounts.ts';
import { listAudit } from '../../src/desk/audit.ts';
import { browse, nameOf, openTestDesk, rightPassword, type TestDesk, type Visit } from './desk-app.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); });
afterAll(async () => { await desk.close(); });

/** What the page after this one says of it. */
async function toastAfter(visit: Visit, url: string): Promise<string | undefined> {
  return /<div class="toast [^>]*>\s*<p>([^<]*)<\/p>/.exec((await visit.get(url)).body)?.[1];
}

describe('the page of people', () => {
  it('adds someone, with a link that lets them in', async () => {
    const admin = await desk.visit('admin');
    await admin.get('/people');
    const added = await admin.post('/people', { name: 'Вера', email: 'vera@shop.example', role: 'drafter' });
    const link = /value="https?:\/\/[^/]+(\/sign-in\/link\/[\w-]+)"/.exec(added.body)?.[1] ?? '';
    expect(added.body).toContain('Sign-in link for Вера');
    const vera = browse(desk.app);
    await vera.get(link);
    await vera.post(link);
    expect((await vera.get('/account')).body).toContain('Вера');
    expect(await findAccount(desk.store.database, 'вера')).toMatchObject({ role: 'drafter', email: 'vera@shop.example', hasPassword: false });
  });

  it.each([
    [{ name: 'ADA' }, 'There is somebody of that name or address already.'],
    [{ name: 'New', email: 'Sender@desk.example' }, 'There is somebody of that name or address already.'],
    [{ name: '  ' }, 'A name has 1 to 64 characters.'],
    [{ name: 'x'.repeat(65) }, 'A name has 1 to 64 characters.'],
    [{ name: 'evil\u202Egnp.exe' }, 'A name has 1 to 64 characters.'],
    [{ name: 'New', email: 'nobody' }, 'That is no e-mail address.'],
  ])('does not add %j', async (fields, complaint) => {
    const admin = await desk.visit('admin');
    const refused = await admin.post('/people', { role: 'reader', ...fields });
    expect([refused.statusCode, refused.body.includes(complaint), refused.body.includes('aria-invalid="true"')]).toEqual([422, true, true]);
  });

  it('changes roles and removes people, but keeps an admin', async () => {
    const admin = await desk.visit('admin');
    const { drafter, admin: ada } = desk.users;
    await admin.post(`/people/${String(drafter)}/role`, { role: 'sender' });
    expect(await toastAfter(admin, '/people')).toBe('Dan is now: Sender.');
    expect(await toastAfter(admin, '/people')).toBeUndefined();
    await admin.post(`/people/${String(ada)}/role`, { role: 'reader' });
    expect(await toastAfter(admin, '/people')).toBe('Somebody has to stay admin.');
    await admin.post(`/people/${String(ada)}/remove`);
    expect(await toastAfter(admin, '/people')).toBe('Somebody has to stay admin.');
    await admin.post(`/people/${String(drafter)}/remove`);
    expect(await toastAfter(admin, '/people')).toBe('Dan was removed and signed out everywhere.');
    expect((await admin.post(`/people/${String(drafter)}/remove`)).statusCode).toBe(404);
    expect((await admin.post('/people/99999999999999999/remove')).statusCode).toBe(404);
    expect((await listAudit(desk.store.database, { limit: 2 })).map(({ kind, userName }) => [kind, userName])).toEqual([['account.removed', 'Ada'], ['account.role_changed', 'Ada']]);
  });

  it('shows what a person is called, not what it would be as markup', async () => {
    const admin = await desk.visit('admin');
    const name = '<img src=x onerror=alert(1)>';
    await admin.post('/people', { name, role: 'reader' });
    const { body } = await admin.get('/people');
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(body).not.toContain(name);
  });
});

describe('the account page', () => {
  it('changes the language and the time zone of the desk', async () => {
    const visit = await desk.visit('sender');
    await visit.post('/account/preferences', { language: 'be', time_zone: 'Asia/Tokyo' });
    const page = await visit.get('/account', { 'accept-language': 'ru' });
    expect(page.body).toContain('<html lang="be"');
    expect(page.body).toContain('Ваш уліковы запіс');
    expect(page.body).toMatch(/<option value="Asia\/Tokyo" selected>/);
    await visit.post('/account/preferences', { language: 'xx', time_zone: 'Mars/Olympus' });
    expect((await visit.get('/account', { 'accept-language': 'ru' })).body).toContain('<html lang="ru"');
    await visit.post('/account/preferences', { language: 'en', time_zone: '' });
  });

  it('changes the password for one who knows it, and ends the other sessions', async () => {
    const visit = await desk.visit('sender');
    const elsewhere = await desk.visit('sender');
    const wrong = await visit.post('/account/password', { current_password: 'not it at all', new_password: 'another fine long one' });
    expect([wrong.statusCode, wrong.body.includes('That is not your current password.')]).toEqual([422, true]);
    const weak = await visit.post('/account/password', { current_password: rightPassword, new_password: 'sofia12345' });
    expect([weak.statusCode, weak.body.includes('Choose another one.')]).toEqual([422, true]);
    expect((await elsewhere.get('/account')).statusCode).toBe(200);
    await visit.post('/account/password', { current_password: rightPassword, new_password: 'another fine long one' });
    expect(await toastAfter(visit, '/account')).toBe('Your password is changed. Other sessions were ended.');
    expect((await elsewhere.get('/account')).statusCode).toBe(303);
    const again = browse(desk.app);
    await again.get('/sign-in');
    expect((await again.post('/sign-in', { name: nameOf.sender, password: rightPassword })).statusCode).toBe(403);
    expect((await again.post('/sign-in', { name: nameOf.sender, password: 'another fine long one' })).statusCode).toBe(303);
    await again.get('/account');
    await again.post('/account/password', { current_password: 'another fine long one', new_password: rightPassword });
  });

  it('shows where a person is signed in, and ends the other sessions', async () => {
    const other = await desk.visit('reader');
    const visit = await desk.visit('reader');
    const { body } = await visit.get('/account', { 'user-agent': 'x' });
    expect(body.match(/<tr><th scope="row">/g)?.length).toBeGreaterThanOrEqual(2);
    expect(body.match(/this one/g)).toHaveLength(1);
    await visit.post('/account/sessions/end');
    expect(await toastAfter(visit, '/account')).toMatch(/^\d+ other sessions? w(?:as|ere) ended\.$/);
    expect([(await other.get('/account')).statusCode, (await visit.get('/account')).statusCode]).toEqual([303, 200]);
  });
});

describe('the page of tokens', () => {
  it('makes one that is shown once, and revokes it', async () => {
    const admin = await desk.visit('admin');
    const refused = await admin.post('/tokens', { name: '', days: '30' });
    expect([refused.statusCode, refused.body.includes('Choose at least one thing it may do.')]).toEqual([422, true]);
    const made = await admin.post('/tokens', { name: 'Nightly export', scope: ['cases:read', 'numbers:read', 'everything'], days: '30' });
    const token = /value="(rt_[\w-]{43})"/.exec(made.body)?.[1] ?? '';
    expect(token).not.toBe('');
    const list = await admin.get('/tokens');
    expect(list.body).toContain('Nightly export');
    expect(list.body).not.toContain(token);
    expect((await desk.app.inject({ url: '/live', headers: { authorization: 'Bearer rt_x' } })).statusCode).toBe(401);
    const id = /\/tokens\/(\d+)\/revoke/.exec(list.body)?.[1] ?? '';
    await admin.post(`/tokens/${id}/revoke`);
    expect(await toastAfter(admin, '/tokens')).toBe('The token Nightly export was revoked.');
    expect((await admin.post(`/tokens/${id}/revoke`)).statusCode).toBe(404);
  });
});

describe('the page of the audit', () => {
  it('shows the newest first, and the older ones after them', async () => {
    const admin = await desk.visit('admin');
    await desk.store.database.query(`INSERT INTO refund_triage.desk_audit (user_name, kind, case_id, detail) SELECT 'Rita', 'case.opened', 4711, '{"of":"<b>"}' FROM generate_series(1, 120)`);
    const { body } = await admin.get('/audit?case=4711');
    expect(body.match(/Looked at the case/g)).toHaveLength(100);
    expect(body).toContain('of: <bdi>&lt;b&gt;');
    const older = /href="(\/audit\?before=\d+&amp;case=4711)"/.exec(body)?.[1]?.replace('&amp;', '&') ?? '';
    expect((await admin.get(older)).body.match(/Looked at the case/g)).toHaveLength(20);
    expect((await admin.get('/audit?before=x&case=-1')).statusCode).toBe(200);
  });

  it('says what was done in the language of whoever reads it, and what it has no words for by its own name', async () => {
    const admin = await desk.visit('admin');
    await desk.store.database.query(
      `INSERT INTO refund_triage.desk_audit (user_name, kind, case_id, detail)
       SELECT 'Rita', kind, 4712, detail::jsonb FROM unnest($1::text[], $2::text[]) AS t(kind, detail)`,
      [['account.role_changed', 'queue.opened', 'sign_in', 'thing.of_yore'], [JSON.stringify({ user: desk.users.reader, from: 'reader', to: 'sender' }), '{"query":"stage=all&q=<b>"}', '{"by":"link"}', '{}']],
    );
    await admin.post('/account/preferences', { language: 'ru', timeZone: '' });
    const { body } = await admin.get('/audit?case=4712');
    for (const words of ['Изменена роль', `Человек: ${nameOf.reader}`, 'Было: Читатель', 'href="/?stage=all&amp;q=&lt;b&gt;"', 'Способ: ссылка для входа', '<code>thing.of_yore</code>']) expect(body).toContain(words);
    await admin.post('/account/preferences', { language: 'en', timeZone: '' });
  });
});
