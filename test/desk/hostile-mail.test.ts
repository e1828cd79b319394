import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium, type TestBrowser } from '../servers/chromium.ts';
import { nameOf } from './desk-app.ts';
import { type FilledDesk, signInAt, startFilledDesk } from './filled-desk.ts';

/** Whatever a mail asks a browser to fetch comes here, and is counted. */
interface Trap {
  readonly url: string;
  readonly asked: IncomingMessage[];
  readonly server: Server;
}

let browser: TestBrowser;
let filled: FilledDesk;
let trap: Trap;
let caseId: number;
const at = (name: string): string => `${trap.url}/${name}`;

async function listen(answer: Parameters<typeof createServer>[1]): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { server, url: `http://127.0.0.1:${String(address.port)}` };
}

async function setTrap(): Promise<Trap> {
  const asked: IncomingMessage[] = [];
  const { server, url } = await listen((request, response) => {
    asked.push(request);
    response.setHeader('access-control-allow-origin', '*').end('<script>parent.ran = true</script>');
  });
  return { url, asked, server };
}

/** A picture of 60,000 by 60,000 dots, in a few bytes. */
function hugePng(): string {
  const header = Buffer.from('89504e470d0a1a0a0000000d494844520000ea600000ea600802000000', 'hex');
  return `data:image/png;base64,${Buffer.concat([header, Buffer.alloc(40)]).toString('base64')}`;
}

const ran = `top.ran=1;parent.ran=1;document.title='ran'`;

/** Each asks the trap by a name of its own, so that what got through can be named. */
function attacks(): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${ran}"><script>${ran}</script></svg>`;
  return [
    `<base href="${at('base')}/"><meta http-equiv="refresh" content="0;url=${at('refresh')}"><meta http-equiv="Content-Security-Policy" content="default-src *">`,
    `<link rel="stylesheet" href="${at('link')}"><link rel="prefetch" href="${at('prefetch')}"><link rel="preload" as="image" href="${at('preload')}"><link rel="icon" href="${at('icon')}">`,
    `<script>${ran};fetch('${at('fetch')}')</script><script src="${at('script')}"></script><ScRiPt/src="${at('script-slash')}"></ScRiPt>`,
    `<img src="x" onerror="${ran};new Image().src='${at('onerror')}'"><body onload="${ran}" background="${at('body-background')}">`,
    `<svg onload="${ran}"><script>${ran}</script><image href="${at('svg-image')}"/><use href="${at('svg-use')}#x"/><foreignObject><iframe src="${at('svg-iframe')}"></iframe></foreignObject><a xlink:href="javascript:${ran}"><text>x</text></a><style>*{background:url(${at('svg-style')})}</style></svg>`,
    `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}"><img src="data:image/svg+xml,${encodeURIComponent(svg)}"><object data="data:text/html,<script>${ran}</script>"></object>`,
    `<style>@import url(${at('import')}); body{background:url(${at('style-body')})} input[value^="a"]{background:url(${at('exfiltrated')})} @font-face{font-family:f;src:url(${at('font')})} *{font-family:f;list-style:url(${at('list')});cursor:url(${at('cursor')}),auto}</style>`,
    `<div style="background:url(${at('attribute')});background-image:image-set('${at('image-set')}' 1x);position:fixed;inset:0;z-index:9999;width:100vw;height:100vh;behavior:url(${at('behavior')});content:url(${at('content')})" class="over">over all</div>`,
    `<p style="background:u\\72l(${at('escaped')})">escaped</p><p style="--x:url(${at('variable')});background:var(--x)">variable</p><p style="color:red;/**/background:/**/url(${at('comment')})">comment</p>`,
    `<table background="${at('table-background')}"><tr><td background="${at('td-background')}">cell</td></tr></table>`,
    `<iframe src="${at('iframe')}"></iframe><iframe srcdoc="<script>${ran}</script><img src='${at('srcdoc')}'>"></iframe><frameset><frame src="${at('frame')}"></frameset><object data="${at('object')}"></object><embed src="${at('embed')}"><applet code="${at('applet')}"></applet><portal src="${at('portal')}"></portal>`,
    `<video src="${at('video')}" poster="${at('poster')}" autoplay><source src="${at('source')}"><track src="${at('track')}" default></video><audio src="${at('audio')}" autoplay></audio><bgsound src="${at('bgsound')}">`,
    `<picture><source srcset="${at('srcset')}"><img srcset="${at('img-srcset')} 2x" alt="set"></picture><input type="image" src="${at('input-image')}"><img lowsrc="${at('lowsrc')}" dynsrc="${at('dynsrc')}">`,
    `<form action="${at('form')}" method="post"><input name="password" value="abc" autofocus onfocus="${ran};this.form.submit()"><button formaction="javascript:${ran}">go</button><isindex action="${at('isindex')}"></form>`,
    `<a href="javascript:${ran}" id="content">script</a><a href=" jAvA&#9;script:${ran}">tab</a><a href="data:text/html,<script>${ran}</script>">data</a><a href="vbscript:x">vb</a><a href="file:///etc/passwd">file</a><a href="//127.0.0.1/relative">relative</a><a href="${at('ping-target')}" ping="${at('ping')}" target="_top">ping</a>`,
    `<details open ontoggle="${ran}"><summary>x</summary></details><marquee onstart="${ran}">x</marquee><dialog open onclose="${ran}">dialog</dialog><select autofocus onfocus="${ran}"></select><textarea autofocus onfocus="${ran}"></textarea><keygen autofocus onfocus="${ran}">`,
    // Parsers that differ: what one takes for text is an element to another.
    `<noscript><p title="</noscript><img src=x onerror=${ran}>"></noscript><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${at('mutated')} onerror=${ran}&gt;"></table></mtext></math>`,
    `<!--><img src="${at('comment-end')}" onerror="${ran}">--><![CDATA[><img src="${at('cdata')}">]]><xmp><p title="</xmp><img src='${at('xmp')}'>"></xmp><title><a href="</title><img src='${at('title')}'>"></title><svg></p><style><a id="</style><img src='${at('svg-p')}' onerror=${ran}>"></svg>`,
    `<template><img src="${at('template')}"></template><template shadowrootmode="open"><img src="${at('shadow')}"><script>${ran}</script></template><plaintext><img src="${at('plaintext')}">`,
  ].join('\n');
}

/** What may be shown, but not of itself: pictures of other servers. */
function pictures(): string {
  return `<p>Before the pictures.</p><img src="${at('pixel')}?who=customer" width="1" height="1"><img src="${at('pixel-hidden')}" style="display:none"><img src="${hugePng()}" alt="huge"><img src="cid:none@here">
<p>bank: <a href="https://phishing.example/">\u202Emoc.knab\u202C</a> and \u202Dleft\u202C, \u2066isolated\u2069</p>`;
}

function hostileMail(markup: string): string {
  return [
    'From: "<img src=x onerror=alert(1)>" <mallory@mail.example>', 'To: refunds@stone-ai.example', 'Subject: Refund <script>top.ran=1</script> \u202Emoc.knab', 'Date: Fri, 27 Mar 2026 11:02:00 +0800', 'Message-ID: <hostile@mail.example>',
    'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=m', '', '--m', 'Content-Type: multipart/alternative; boundary=a', '',
    '--a', 'Content-Type: text/plain; charset=utf-8', '', `I want a refund of 20.00 USD, paid on 3 March 2026.\r\n<script>top.ran=1</script><img src="${trap.url}/in-text" onerror="top.ran=1"> \u202Emoc.knab\u202C`,
    '--a', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '', Buffer.from(`<html><body>${markup}</body></html>`).toString('base64').replaceAll(/.{76}/gu, '$&\r\n'), '--a--',
    '--m', 'Content-Type: image/svg+xml; name="x.svg"', 'Content-Disposition: attachment; filename="pic\\"><script>top.ran=1</script>.svg"', '', `<svg xmlns="http://www.w3.org/2000/svg" onload="top.ran=1"><image href="${trap.url}/svg-file"/></svg>`,
    '--m', 'Content-Type: image/png; name="picture.png"', 'Content-Disposition: attachment; filename="picture.png"', '', `<html><script>top.ran=1</script><img src="${trap.url}/html-as-png"></html>`,
    '--m', 'Content-Type: text/html; name="page.html"', 'Content-Disposition: attachment; filename="page.html"', '', `<script>top.ran=1</script><img src="${trap.url}/html-file">`, '--m--', '',
  ].join('\r\n');
}

beforeAll(async () => {
  [browser, filled, trap] = await Promise.all([startChromium(), startFilledDesk(), setTrap()]);
  ({ id: caseId } = await filled.place.receive(hostileMail(`${pictures()}${attacks()}`)));
});
afterAll(async () => {
  trap.server.close();
  await browser.stop();
  await filled.stop();
});

async function openMail(): Promise<{ readonly page: Page; readonly frame: Frame; readonly complaints: readonly string[] }> {
  const { page, complaints } = await browser.open();
  await signInAt(page, filled.url, nameOf.sender, `/cases/${String(caseId)}`);
  await page.click('.as-sent summary');
  const inFrame = page.frameLocator('.mail-frame');
  await inFrame.getByText('Before the pictures.').waitFor();
  const frame = page.frames().find((each) => each.url().includes('/frame'));
  if (frame === undefined) throw new Error('the mail has no frame');
  return { page, frame, complaints };
}

const names = (): string[] => trap.asked.map(({ url = '' }) => url);

describe('a hostile mail', () => {
  it('runs nothing and fetches nothing, in its words, its frame and its files', async () => {
    const { page, frame, complaints } = await openMail();
    await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`);
    await page.waitForLoadState('networkidle');
    // What waits for a click: each link that is left in the mail leads out by a scheme that runs nothing.
    const links = await frame.evaluate<string[]>(`[...document.querySelectorAll('a[href]')].map((link) => link.href)`);
    expect(links.filter((href) => !/^(?:https?|mailto|tel):/u.test(href))).toEqual([]);
    expect(await frame.evaluate<string[]>(`[...document.querySelectorAll('script, style, link, meta[http-equiv], base, svg, math, iframe, object, embed, form, input, button, video, audio, [onload], [onerror], [onfocus], [srcset], [background], [ping], [id], [name]')].filter((each) => each.closest('head') === null).map((each) => each.outerHTML.slice(0, 100))`)).toEqual([]);
    expect(await frame.evaluate<string[]>(`[...document.querySelectorAll('.mail *')].filter((each) => getComputedStyle(each).position !== 'static' || getComputedStyle(each).backgroundImage !== 'none').map((each) => each.outerHTML.slice(0, 100))`)).toEqual([]);
    expect(await frame.locator('img[src]').count()).toBe(0);
    expect(`${await frame.locator('body').innerText()}${await page.locator('main').innerText()}`).not.toMatch(/[\u202d\u202e]/u);
    expect(await page.title()).not.toBe('ran');
    expect(await page.evaluate('"ran" in window')).toBe(false);
    expect(complaints).toEqual([]);
    expect(names()).toEqual([]);
    await page.context().close();
  });

  it('has files that are saved, not opened, where a browser would run them', async () => {
    const { page } = await openMail();
    const hrefs = await page.evaluate<string[]>(`[...document.querySelectorAll('.files a')].map((link) => link.href)`);
    expect(hrefs.length).toBeGreaterThanOrEqual(3);
    for (const href of hrefs) {
      const response = await page.request.get(href);
      expect(response.headers()['content-disposition']).toMatch(/^(?:attachment|inline); filename="[^"<]*"/u);
      expect(response.headers()['x-content-type-options']).toBe('nosniff');
      if (!/^image\/(?:png|jpeg|gif|webp)$/u.test(response.headers()['content-type'] ?? '')) expect([response.headers()['content-type'], response.headers()['content-disposition']?.slice(0, 10)]).toEqual(['application/octet-stream', 'attachment']);
    }
    expect(names()).toEqual([]);
    await page.context().close();
  });

  it('is stopped by the frame alone, should anything of it get through', async () => {
    const { page } = await openMail();
    const policy = (await page.request.get(`${filled.url}${(await page.locator('.mail-frame').getAttribute('src')) ?? ''}`)).headers()['content-security-policy'] ?? '';
    const sandbox = await page.locator('.mail-frame').getAttribute('sandbox');
    await page.context().close();
    const raw = await listen((request, response) => {
      if (request.url === '/mail') response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html').end(`<p>Before the pictures.</p>${attacks()}`);
      else response.setHeader('content-type', 'text/html').end(`<iframe src="/mail" sandbox="${sandbox ?? ''}"></iframe>`);
    });
    const { page: other } = await browser.open();
    await other.goto(raw.url);
    await other.frameLocator('iframe').getByText('Before the pictures.').waitFor();
    await other.waitForLoadState('networkidle');
    await other.waitForTimeout(300);
    expect(await other.evaluate('"ran" in window')).toBe(false);
    expect(other.frames().map((each) => each.url())).toContain(`${raw.url}/mail`);
    expect(names()).toEqual([]);
    await other.context().close();
    raw.server.close();
  });

  it('gets its pictures when somebody asks for them, and nothing else, and does not learn from where', async () => {
    const { page, frame } = await openMail();
    await Promise.all([page.waitForResponse((response) => response.url().includes('pixel')), page.click('.as-sent a[target]')]);
    await page.waitForLoadState('networkidle');
    const asked = names().map((url) => url.replace(/^\/([^?]*).*/u, '$1'));
    expect(asked).toContain('pixel');
    const shown = await frame.evaluate<string[]>(`[...document.querySelectorAll('img[src^=http]')].map((each) => new URL(each.src).pathname.slice(1))`);
    expect(asked.filter((name) => !shown.includes(name))).toEqual([]);
    for (const { headers } of trap.asked) expect([headers.cookie, headers.referer]).toEqual([undefined, undefined]);
    expect(await page.evaluate('"ran" in window')).toBe(false);
    await page.context().close();
  });
});
