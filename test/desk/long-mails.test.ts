import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, overflowOf, startChromium, type TestBrowser } from '../servers/chromium.ts';
import { nameOf } from './desk-app.ts';
import { type FilledDesk, longMailSources, receiveAll, signInAt, startFilledDesk } from './filled-desk.ts';

let browser: TestBrowser;
let filled: FilledDesk;
let paths: readonly string[];
beforeAll(async () => {
  [browser, filled] = await Promise.all([startChromium(), startFilledDesk()]);
  paths = ['/', ...(await receiveAll(filled.place, longMailSources())).map(({ id }) => `/cases/${String(id)}`)];
});
afterAll(async () => {
  await browser.stop();
  await filled.stop();
});

// Arabic, Japanese, Russian, and one with dozens of facts: words and addresses without an end, wide tables, big pictures.
describe('long mails of other scripts', () => {
  it.each([320, 1280])('are no wider than a screen of %d, folded or not, and nothing stands in anybody’s way', async (width) => {
    const { page, complaints } = await browser.open({ viewport: { width, height: 700 }, ...(width === 320 ? { isMobile: true, hasTouch: true } : {}) });
    await signInAt(page, filled.url, nameOf.sender);
    for (const path of paths) {
      await page.goto(`${filled.url}${path}`);
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
      await page.evaluate(`for (const folded of document.querySelectorAll('main details')) folded.open = true`);
      // What closes others when it opens does so a moment later.
      await page.evaluate('new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve); }); })');
      expect([path, await overflowOf(page), await accessibilityFaults(page)]).toEqual([path, 0, []]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
