import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailOf, multipart, textPart } from '../mailbox/made-mails.ts';
import { corpusMail, type DeskPlace } from '../sending/desk-place.ts';
import { accessibilityFaults, overflowOf, screens, startChromium, type TestBrowser } from '../servers/chromium.ts';
import { nameOf, rightPassword, type TestDesk } from './desk-app.ts';
import { type DeskWithMailbox, openDeskWithMailbox } from './desk-with-mailbox.ts';
import { webmOf } from './made-webm.ts';

let browser: TestBrowser;
let opened: DeskWithMailbox;
let desk: TestDesk;
let place: DeskPlace;
let url: string;

beforeAll(async () => {
  [browser, opened] = await Promise.all([startChromium(), openDeskWithMailbox()]);
  ({ desk, place } = opened);
  url = await desk.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await browser.stop();
  await opened.close();
});

let count = 0;

describe.each(screens)('%s', (_, options) => {
  it('the case with all that can be done with it has no fault that axe finds; its reply is sent, and called back, by keyboard', async () => {
    count += 1;
    const { id } = await place.receive(corpusMail('stone-ai-en-outage-ton').replace(/^Message-ID: <[^>]+>/mu, `Message-ID: <browser-${String(count)}@mail.example>`).replaceAll('lukas.brandt@', `lukas${String(count)}@`));
    const { page, complaints } = await browser.open(options);
    await signIn(page, nameOf.sender, id);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.evaluate(`for (const folded of document.querySelectorAll('details')) folded.open = true`);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);

    await page.goto(`${url}/cases/${String(id)}`);
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast').waitFor();
    expect(await place.outbox(id)).toMatchObject([{ state: 'holding' }]);
    const [toldAgain] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/undo')), page.keyboard.press('z')]);
    expect(toldAgain.status()).toBe(303);
    expect(await place.outbox(id)).toMatchObject([{ state: 'undone' }]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

async function signIn(page: Page, name: string, caseId: number): Promise<void> {
  if (!page.url().includes('/sign-in')) await page.goto(`${url}/sign-in?to=${encodeURIComponent(`/cases/${String(caseId)}`)}`);
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', rightPassword);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL(`${url}/cases/${String(caseId)}`);
}

describe('two at one case', () => {
  it('each sees that the other writes; what one has typed is there again after their session ended', async () => {
    const { id } = await place.receive(corpusMail('stone-ai-en-outage-ton').replace(/^Message-ID: <[^>]+>/mu, `Message-ID: <browser-two@mail.example>`).replaceAll('lukas.brandt@', `lukas-two@`));
    const [{ page: dan }, { page: sofia }] = [await browser.open({}), await browser.open({})];
    await signIn(dan, nameOf.drafter, id);
    await signIn(sofia, nameOf.sender, id);
    await dan.locator('#case-viewers', { hasText: nameOf.sender }).waitFor();
    await sofia.locator('[name=note]').pressSequentially('Called the customer.');
    await dan.locator('#case-viewers', { hasText: `${nameOf.sender} (writing)` }).waitFor();
    // What is chosen and ticked is kept as well.
    await sofia.evaluate(`for (const field of document.querySelectorAll('[name=choice], [name=missing]')) field.closest('details').open = true`);
    const [chosen = ''] = await sofia.selectOption('[name=choice]', { index: 1 });
    const asked = sofia.locator('[name=missing][value=screenshot]');
    await asked.setChecked(!(await asked.isChecked()));
    const isAsked = await asked.isChecked();
    await sofia.locator('details[data-key=snooze] > summary').click();
    await sofia.fill('[name=until]', '2099-12-24');

    await desk.store.database.query(`UPDATE refund_triage.desk_sessions SET seen_at = seen_at - interval '3 hours' WHERE user_id = $1`, [desk.users.sender]);
    await sofia.evaluate(`document.getElementById('case-viewers').dispatchEvent(new CustomEvent('desk:viewing'))`);
    await sofia.waitForURL(/sign-in/u);
    await signIn(sofia, nameOf.sender, id);
    await sofia.locator('.typed-back').first().waitFor();
    expect(await sofia.locator('.typed-back').count()).toBe(4);
    expect(await sofia.inputValue('[name=note]')).toBe('Called the customer.');
    expect(await sofia.inputValue('[name=choice]')).toBe(chosen);
    expect(await sofia.inputValue('[name=until]')).toBe('2099-12-24');
    expect(await asked.isChecked()).toBe(isAsked);
    for (const name of ['until', 'choice', 'missing']) await sofia.locator(`form:has([name=${name}]) .typed-back button`).click();
    expect([await asked.isChecked(), await sofia.inputValue('[name=until]') === '2099-12-24', await sofia.inputValue('[name=choice]') === chosen]).toEqual([!isAsked, false, false]);
    await sofia.getByRole('button', { name: 'Add note' }).click();
    await sofia.locator('.note-text', { hasText: 'Called the customer.' }).waitFor();
    expect(await sofia.inputValue('[name=note]')).toBe('');
    expect(await sofia.evaluate(`Object.keys(sessionStorage).filter((key) => key.startsWith('typed '))`)).toEqual([]);
    await dan.locator('#case-viewers', { hasText: /: Sofia$/u }).waitFor();
    await Promise.all([dan.context().close(), sofia.context().close()]);
  });
});

/** A dark and a bright grey over noise, which no encoder makes small. */
const drawPictures = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const context = canvas.getContext('2d');
  return [40, 210].map((grey) => {
    const noise = context.createImageData(640, 480);
    for (let at = 0; at < noise.data.length; at += 4) noise.data.set([Math.random() * 255, Math.random() * 255, Math.random() * 255, 255], at);
    context.putImageData(noise, 0, 0);
    context.fillStyle = 'rgb(' + [grey, grey, grey].join() + ')';
    context.fillRect(0, 0, 320, 240);
    return canvas.toDataURL('image/webp', 0.95).split(',')[1];
  });
})()`;
const greyOfVideo = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const context = canvas.getContext('2d');
  context.drawImage(document.querySelector('video'), 0, 0);
  return context.getImageData(160, 120, 1, 1).data[0];
})()`;

describe('a video in a mail', () => {
  it('is played from where somebody puts its slider, without what lies before', async () => {
    const { page, complaints } = await browser.open({});
    const [dark, bright] = (await page.evaluate<string[]>(drawPictures)).map((picture) => Buffer.from(picture, 'base64'));
    if (dark === undefined || bright === undefined) throw new Error('the browser drew nothing');
    const video = webmOf(Array.from({ length: 60 }, (_, second) => (second === 50 ? bright : dark)), 640, 480);
    const part = { header: ['Content-Type: video/webm; name="screen.webm"', 'Content-Disposition: attachment; filename="screen.webm"', 'Content-Transfer-Encoding: base64'], body: video.toString('base64').replaceAll(/.{76}(?=.)/gu, '$&\r\n') };
    const { id } = await place.receive(mailOf(multipart('mixed', 'outer', [textPart, part]), ['Message-ID: <video@mail.example>']));
    await signIn(page, nameOf.sender, id);
    const asked: number[] = [];
    page.on('request', (request) => {
      const from = /^bytes=(\d+)-/u.exec(request.headers()['range'] ?? '')?.[1];
      if (from !== undefined) asked.push(Number(from));
    });
    await page.evaluate(`(async () => {
      const video = document.querySelector('video');
      const loaded = new Promise((resolve, reject) => { video.onloadedmetadata = resolve; video.onerror = () => reject(video.error); });
      video.load();
      video.preload = 'metadata';
      await loaded;
      const sought = new Promise((resolve) => { video.onseeked = resolve; });
      video.currentTime = 50.5;
      await sought;
    })()`);
    expect(await page.evaluate(`document.querySelector('video').duration`)).toBe(60);
    // The only bright one; a little is lost in encoding.
    expect(Math.abs(Number(await page.evaluate(greyOfVideo)) - 210)).toBeLessThan(5);
    expect(Math.max(...asked)).toBeGreaterThan(video.length / 2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
