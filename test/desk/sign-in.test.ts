import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browse, nameOf, openTestDesk, rightPassword, type TestDesk } from './desk-app.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); });
afterAll(async () => { await desk.close(); });

describe('signing in', () => {
  it('brings a person to the page they wanted', async () => {
    const visit = browse(desk.app);
    const first = await visit.get('/account?x=1');
    expect([first.statusCode, first.headers.location]).toEqual([303, '/sign-in?to=%2Faccount%3Fx%3D1']);
    await visit.get(String(first.headers.location));
    const signedIn = await visit.post('/sign-in', { name: nameOf.sender, password: rightPassword, to: '/account?x=1' });
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, '/account?x=1']);
    expect((await visit.get('/account')).body).toContain('Sofia');
  });
});
