import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, overflowOf, screens, startChromium, type TestBrowser } from '../servers/chromium.ts';
import { html } from '../../src/desk/html.ts';
import { sendPage } from '../../src/desk/page.ts';
import { setToast } from '../../src/desk/toast.ts';
import { button, form, linkButton, textArea } from '../../src/desk/controls.ts';
import { nameOf, openTestDesk, rightPassword, type TestDesk } from './desk-app.ts';
import type { Page } from 'playwright-core';

let browser: TestBrowser;
let desk: TestDesk;
let url: string;
const deeds: string[] = [];
beforeAll(async () => {
  [browser, desk] = await Promise.all([startChromium(), openTestDesk({
    more: [(app, context) => {
      app.get('/keys', { config: { access: { role: 'reader' } } }, async (_request, reply) => sendPage(reply, {
        title: 'Keys',
        content: html`<h1>Keys</h1>
<ul>${['one', 'two', 'three'].map((name) => html`<li data-item><a href="/keys?opened=${name}">${name}</a></li>`)}</ul>
${linkButton('Edit', '/keys?opened=editor', { key: 'edit' })}
${form(reply, '/keys/approve', [textArea({ name: 'text', label: 'Reply' }), button('Approve', { key: 'approve', look: 'primary' })])}
<details data-key="assign"><summary>Assign</summary><input id="assignee" aria-label="To whom"></details>
<input id="search" type="search" aria-label="Search" data-key="search">
<p id="news" hx-get="/keys/news" hx-trigger="desk:cases from:body">no news</p>
<div id="posted"><button type="button" hx-post="/keys/part" hx-target="#posted">Part</button></div>`,
      }));
      app.get('/keys/news', { config: { access: { role: 'reader' } } }, async (_request, reply) => await reply.type('text/html').send('news'));
      app.post('/keys/part', { config: { access: { role: 'reader' } } }, async (_request, reply) => await reply.type('text/html').send('posted'));
      app.post('/keys/approve', { config: { access: { role: 'reader' } } }, async (_request, reply) => {
        deeds.push('approved');
        setToast(reply, context, { text: 'Sent.', undo: { action: '/keys/undo', until: Date.now() + 10_000 } });
        return await reply.redirect('/keys', 303);
      });
      app.post('/keys/undo', { config: { access: { role: 'reader' } } }, async (_request, reply) => {
        deeds.push('undone');
        setToast(reply, context, { text: 'Undone.' });
        return await reply.redirect('/keys', 303);
      });
    }],
  })]);
  url = await desk.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await desk.close();
  await browser.stop();
});

async function signIn(page: Page, name: string, to = '/account'): Promise<void> {
  await page.goto(`${url}/sign-in?to=${encodeURIComponent(to)}`);
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', rightPassword);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL(`${url}${to}`);
}

describe.each(screens)('%s', (_, options) => {
  it('sign-in, account and the admins’ pages have no fault that axe finds, and nothing is wider than the screen', async () => {
    const { page, complaints } = await browser.open({ ...options, locale: 'ru-RU' });
    const look = async (path: string): Promise<void> => {
      await page.goto(`${url}${path}`);
      expect([path, await accessibilityFaults(page), await overflowOf(page)]).toEqual([path, [], 0]);
    };
    await look('/sign-in');
    await page.fill('[name=name]', 'Nobody');
    await page.fill('[name=password]', 'wrong');
    await page.click('[type=submit]');
    expect([await accessibilityFaults(page), await overflowOf(page)]).toEqual([[], 0]);
    expect(complaints).toEqual([expect.stringContaining('403')]);
    await signIn(page, nameOf.admin);
    for (const path of ['/account', '/people', '/tokens', '/audit']) await look(path);
    await page.click('summary');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await page.locator('#keys-dialog').isVisible()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(complaints).toHaveLength(1);
    await page.context().close();
  });
});

describe('by keyboard', () => {
  it('a list is gone through, opened, edited, approved and undone; no single key sends', async () => {
    const { page } = await browser.open();
    await signIn(page, nameOf.sender, '/keys');
    const focused = async (): Promise<string> => await page.evaluate<string>('document.activeElement.textContent');
    const seen: string[] = [];
    for (const key of ['j', 'j', 'j', 'j', 'k']) {
      await page.keyboard.press(key);
      seen.push(await focused());
    }
    expect(seen).toEqual(['one', 'two', 'three', 'three', 'two']);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/keys?opened=two`);
    await page.keyboard.press('e');
    await page.waitForURL(`${url}/keys?opened=editor`);
    await page.keyboard.press('/');
    await page.keyboard.type('jez?');
    expect(await page.inputValue('#search')).toBe('jez?');
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('a');
    await page.keyboard.type('Dan');
    expect(await page.inputValue('#assignee')).toBe('Dan');
    await page.evaluate('document.activeElement.blur()');
    for (const key of 'abcdefhlmnopqrstuvwxyz') await page.keyboard.press(key);
    await page.goto(`${url}/keys`);
    expect(deeds).toEqual([]);
    await page.focus('textarea');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Sent.').waitFor();
    expect(deeds).toEqual(['approved']);
    await page.keyboard.press('z');
    await page.getByText('Undone.').waitFor();
    expect(deeds).toEqual(['approved', 'undone']);
    await page.keyboard.press('?');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL(`${url}/`);
    expect(deeds).toEqual(['approved', 'undone']);
    await page.context().close();
  });

  it('the way past the navigation is the first stop', async () => {
    const { page } = await browser.open();
    await signIn(page, nameOf.sender);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.context().close();
  });
});

describe('an open page', () => {
  it('hears of news, asks for its parts and sends them with the page’s token', async () => {
    const { page, complaints } = await browser.open();
    const listening = page.waitForResponse((response) => response.url() === `${url}/live`);
    await signIn(page, nameOf.reader, '/keys');
    await listening;
    await desk.store.database.query(`INSERT INTO refund_triage.events (kind, case_id) VALUES ('case.decided', 3)`);
    await page.locator('#news', { hasText: /^news$/ }).waitFor();
    await page.click('#posted button');
    await page.locator('#posted', { hasText: 'posted' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('works without scripts: sign-in, approving and undoing', async () => {
    const { page } = await browser.open({ javaScriptEnabled: false });
    await signIn(page, nameOf.sender, '/keys');
    deeds.length = 0;
    await page.click('button[data-key=approve]');
    await page.getByText('Sent.').waitFor();
    await page.click('button[data-key=undo]');
    await page.getByText('Undone.').waitFor();
    expect(deeds).toEqual(['approved', 'undone']);
    await page.click('summary[aria-label]');
    await page.getByText('Sign out').click();
    await page.getByText('You are signed out.').waitFor();
    await page.context().close();
  });
});
