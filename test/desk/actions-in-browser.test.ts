import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusMail, type DeskPlace } from '../sending/desk-place.ts';
import { accessibilityFaults, overflowOf, screens, startChromium, type TestBrowser } from '../servers/chromium.ts';
import { nameOf, rightPassword, type TestDesk } from './desk-app.ts';
import { type DeskWithMailbox, openDeskWithMailbox } from './desk-with-mailbox.ts';

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

    await desk.store.database.query(`UPDATE refund_triage.desk_sessions SET seen_at = seen_at - interval '3 hours' WHERE user_id = $1`, [desk.users.sender]);
    await sofia.evaluate(`document.getElementById('case-viewers').dispatchEvent(new CustomEvent('desk:viewing'))`);
    await sofia.waitForURL(/sign-in/u);
    await signIn(sofia, nameOf.sender, id);
    await sofia.locator('.typed-back').waitFor();
    expect(await sofia.inputValue('[name=note]')).toBe('Called the customer.');
    await sofia.getByRole('button', { name: 'Add note' }).click();
    await sofia.locator('.note-text', { hasText: 'Called the customer.' }).waitFor();
    expect(await sofia.inputValue('[name=note]')).toBe('');
    expect(await sofia.evaluate(`Object.keys(sessionStorage).filter((key) => key.startsWith('typed '))`)).toEqual([]);
    await dan.locator('#case-viewers', { hasText: /: Sofia$/u }).waitFor();
    await Promise.all([dan.context().close(), sofia.context().close()]);
  });
});
