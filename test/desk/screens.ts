import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFaults, overflowOf, startChromium } from '../servers/chromium.ts';
import { nameOf } from './desk-app.ts';
import { demoMailSources, longMailSources, receiveAll, signInAt, startFilledDesk } from './filled-desk.ts';

/**
 * Pictures of every page of the desk, to look at: `npm run screens -- FOLDER [SIZES [PAGES]]`, both as patterns such as `390|320` and `case-long`. By day and by night, in the desk's languages, at the widths of
 * desks, tablets and phones. What axe finds, and what is wider than its screen, is printed.
 */
const [folder = 'screens', wanted = '', wantedPages = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const sizes = [
  { width: 1440, height: 900, colorScheme: 'light', locale: 'en-US' }, { width: 1440, height: 900, colorScheme: 'dark', locale: 'ru-RU' },
  { width: 768, height: 1024, colorScheme: 'light', locale: 'be-BY' }, { width: 390, height: 844, colorScheme: 'dark', locale: 'en-US' },
  { width: 390, height: 844, colorScheme: 'light', locale: 'ru-RU' }, { width: 320, height: 640, colorScheme: 'light', locale: 'be-BY' },
] as const;

const [browser, filled] = await Promise.all([startChromium(), startFilledDesk()]);
const { desk, place, url } = filled;
try {
  const { database } = desk.store;
  const demo = await receiveAll(place, demoMailSources());
  const long = await receiveAll(place, longMailSources());
  const sendable = demo.filter(({ draft }) => draft !== null);
  const at = (index: number): { readonly id: number } => sendable[index] ?? { id: 1 };
  const dan = await desk.visit('drafter');
  const sofia = await desk.visit('sender');
  const act = async (visit: typeof dan, id: number, path: string, fields: Record<string, string | readonly string[]> = {}): Promise<number> => {
    const worked = await place.worked(id);
    await visit.get(`/cases/${String(id)}`);
    const { statusCode } = await visit.post(`/cases/${String(id)}/${path}`, { version: String(worked.version), draft: worked.draft?.messageId ?? '', revision: String(worked.draft?.revision ?? 0), ...fields });
    return statusCode;
  };
  await act(dan, at(0).id, 'draft/save', { text: 'Hello,\n\nwe will refund 500.00 USD by tomorrow, promised.\n\nKind regards', deed: 'save' });
  await act(dan, at(1).id, 'snooze', { until: '2099-01-01' });
  await act(dan, at(2).id, 'close');
  await act(sofia, at(3).id, 'draft/send');
  await act(sofia, at(4).id, 'draft/send');
  await database.query(`UPDATE refund_triage.outbox SET state = 'uncertain', detail = 'the line broke' WHERE case_id = $1`, [at(3).id]);
  await database.query(`UPDATE refund_triage.outbox SET send_after = now() WHERE case_id = $1`, [at(4).id]);
  const sender = place.startSender();
  for (let tries = 0; tries < 100 && (await place.outbox(at(4).id)).every(({ settled }) => !settled); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 100); });
  await sender.stop();
  await act(dan, at(5).id, 'quarantine', { quarantine_reason: 'Looks like somebody else’s account.' });
  const [, choice = ''] = /<option value="([^"|]*\|full_refund)"/u.exec((await dan.get(`/cases/${String(at(6).id)}`)).body) ?? [];
  await act(dan, at(6).id, 'override', { choice, amount: '20.00 EUR', override_reason: 'A customer of many years, and the outage was ours; agreed with Olga on the telephone.' });
  await act(dan, at(6).id, 'assign', { assignee: 'Sofia' });
  await act(dan, at(6).id, 'notes', { note: 'Called twice.\nWill send the receipt on Monday; see https://shop.example/'.concat('x'.repeat(200)) });
  await act(dan, at(7).id, 'merge', { into: String(at(8).id) });
  const conflicting = at(9).id;
  const before = await place.worked(conflicting);
  // As if they had come these days, for the numbers.
  await database.query(`UPDATE refund_triage.cases SET opened_at = now() - (id % 25) * interval '1 day'`);
  await database.query(`UPDATE refund_triage.messages SET received_at = now() - (case_id % 25) * interval '1 day' - interval '1 hour'`);
  await sofia.post('/views', { name: 'Японские без суммы, срочные', query: 'language=ja', shared: 'yes' });
  await sofia.post('/views', { name: 'Late', query: 'due=overdue' });

  const pages: Record<string, (page: Page) => Promise<unknown>> = {
    queue: (page) => page.goto(`${url}/`),
    'queue-all': (page) => page.goto(`${url}/?stage=all`),
    'queue-filtered': (page) => page.goto(`${url}/?stage=all&language=en&outcome=deny`),
    'queue-searched': (page) => page.goto(`${url}/?q=refund`),
    'queue-empty': (page) => page.goto(`${url}/?q=${encodeURIComponent('nothing'.repeat(20))}`),
    'queue-quarantined': (page) => page.goto(`${url}/?stage=all&state=quarantined`),
    ...Object.fromEntries(long.map(({ id }, index) => [`case-long-${String(index)}`, async (page: Page) => await page.goto(`${url}/cases/${String(id)}`)])),
    'case-long-open': async (page) => {
      await page.goto(`${url}/cases/${String(long[0]?.id)}`);
      await page.evaluate(`for (const folded of document.querySelectorAll('main details')) folded.open = true`);
      await page.waitForTimeout(2_000);
    },
    'case-draft': (page) => page.goto(`${url}/cases/${String(at(10).id)}`),
    'case-draft-acts': async (page) => {
      await page.goto(`${url}/cases/${String(at(10).id)}?beside=ru`);
      await page.evaluate(`for (const folded of document.querySelectorAll('main details.act')) folded.open = true`);
    },
    'case-edited': (page) => page.goto(`${url}/cases/${String(at(0).id)}`),
    'case-promises': async (page) => {
      await page.goto(`${url}/cases/${String(at(0).id)}`);
      await page.press('body', 'Control+Enter');
      await page.waitForLoadState();
    },
    'case-snoozed': (page) => page.goto(`${url}/cases/${String(at(1).id)}`),
    'case-closed': (page) => page.goto(`${url}/cases/${String(at(2).id)}`),
    'case-uncertain': (page) => page.goto(`${url}/cases/${String(at(3).id)}`),
    'case-sent': (page) => page.goto(`${url}/cases/${String(at(4).id)}`),
    'case-quarantined': (page) => page.goto(`${url}/cases/${String(at(5).id)}`),
    'case-overridden': (page) => page.goto(`${url}/cases/${String(at(6).id)}`),
    'case-merged': (page) => page.goto(`${url}/cases/${String(at(7).id)}`),
    'case-merged-into': (page) => page.goto(`${url}/cases/${String(at(8).id)}`),
    'case-conflict': async (page) => {
      await page.goto(`${url}/cases/${String(conflicting)}`);
      await page.evaluate(`for (const folded of document.querySelectorAll('details[data-key=edit]')) folded.open = true`);
      const now = await place.worked(conflicting);
      await dan.get(`/cases/${String(conflicting)}`);
      await dan.post(`/cases/${String(conflicting)}/draft/save`, { version: String(now.version), draft: now.draft?.messageId ?? '', revision: String(now.draft?.revision ?? 0), text: `${before.draft?.text ?? ''}\nDan ${String(Date.now())}`, deed: 'save' });
      await page.fill('#field-text', `${before.draft?.text ?? ''}\nP.S. ${'Long'.repeat(90)}`);
      await page.click('form[action$="/draft/save"] button[value=save]');
      await page.waitForLoadState();
    },
    'case-toast': async (page) => {
      await page.goto(`${url}/cases/${String(at(11).id)}`);
      await page.press('body', 'Control+Enter');
      await page.locator('.toast').waitFor();
      await page.screenshot({ path: join(folder, `toast-${page.viewportSize()?.width.toString() ?? ''}.png`) });
      await page.press('body', 'z');
      await page.getByText(/./u).first().waitFor();
    },
    numbers: (page) => page.goto(`${url}/numbers`),
    people: (page) => page.goto(`${url}/people`),
    tokens: (page) => page.goto(`${url}/tokens`),
    account: (page) => page.goto(`${url}/account`),
    audit: (page) => page.goto(`${url}/audit`),
    help: async (page) => {
      await page.goto(`${url}/`);
      await page.press('body', '?');
    },
    menu: async (page) => {
      await page.goto(`${url}/`);
      await page.click('.menu summary');
    },
    missing: (page) => page.goto(`${url}/cases/999999`),
  };
  for (const size of sizes) {
    const { width, height, colorScheme, locale } = size;
    const label = `${String(width)}-${colorScheme}-${locale.slice(0, 2)}`;
    if (!new RegExp(wanted, 'u').test(label)) continue;
    const { page, complaints } = await browser.open({ viewport: { width, height }, colorScheme, locale, ...(width < 700 ? { hasTouch: true, isMobile: true } : {}) });
    const take = async (name: string): Promise<void> => {
      await page.evaluate(`Promise.all([...document.querySelectorAll('main img')].map((picture) => { picture.loading = 'eager'; return picture.decode().catch(() => undefined); }))`);
      // What is much taller than it is wide is cut, so that it can be looked at.
      const [tall, most] = [await page.evaluate<number>('document.documentElement.scrollHeight'), width < 700 ? 1_700 : 2_600];
      for (let part = 0; part * most < tall && part < 4; part += 1) {
        await page.screenshot({
          path: join(folder, `${label}-${name}${part === 0 ? '' : `-${String(part + 1)}`}.png`), fullPage: true, animations: 'disabled', clip: { x: 0, y: part * most, width, height: Math.min(most, tall - part * most) },
        });
      }
      const tooWide = await page.evaluate<string[]>(`[...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && element.checkVisibility())
        .map((element) => element.tagName.toLowerCase() + '.' + element.className).slice(0, 12)`);
      const faults = [...(await accessibilityFaults(page)), ...((await overflowOf(page)) > 0 ? [`${String(await overflowOf(page))} px too wide: ${tooWide.join(' > ')}`] : [])];
      if (faults.length > 0) process.stdout.write(`${label} ${name}\n  ${faults.join('\n  ')}\n`);
    };
    await page.goto(`${url}/sign-in`);
    await take('sign-in');
    await signInAt(page, url, nameOf.admin);
    for (const [name, open] of Object.entries(pages)) {
      if (!new RegExp(wantedPages, 'u').test(name)) continue;
      try {
        await open(page);
        await take(name);
      } catch (error) {
        process.stdout.write(`${label} ${name}: ${String(error).slice(0, 300)}\n`);
      }
    }
    if (complaints.length > 0) process.stdout.write(`${label}: ${[...new Set(complaints)].join(' | ')}\n`);
    await page.context().close();
  }
} finally {
  await browser.stop();
  await filled.stop();
}
