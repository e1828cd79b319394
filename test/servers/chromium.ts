import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** A Chromium of the machine's, without a window. */
export interface TestBrowser {
  /** A page in a browser of its own: no cookies of others. What scripts complain of, and what the page's policy stopped, is collected. */
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  stop(): Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors of scripts and refusals of the Content-Security-Policy. Failed requests that the test itself provokes are among them. */
  readonly complaints: readonly string[];
}

/** As people look at it: a desk and a phone, by day and by night. */
export const screens: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['on a desktop, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['on a desktop, dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['on a phone, light', { viewport: { width: 360, height: 740 }, colorScheme: 'light', hasTouch: true, isMobile: true }],
  ['on a phone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true, isMobile: true }],
];

export async function startChromium(): Promise<TestBrowser> {
  // As root its sandbox cannot be set up; what is shown here is our own.
  const browser: Browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  return {
    open: async (options = {}) => {
      const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      return { page, complaints };
    },
    stop: async () => { await browser.close(); },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What stands in the way of people who see, hear or move otherwise: violations of WCAG 2.2 A and AA that axe finds, each with its places. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found: unknown = await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.map(({ id, help, nodes }) => id + ': ' + help + ': ' + nodes.map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary).join(' | ')))`);
  if (!Array.isArray(found)) throw new TypeError('axe gave no list.');
  return found.map(String);
}

/** Whether something is wider than the screen. */
export async function overflowOf(page: Page): Promise<number> {
  return await page.evaluate<number>("Math.max(...[document.documentElement, ...document.querySelectorAll('main .panel')].map((box) => box.scrollWidth - box.clientWidth))");
}

function findChromium(): string {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error('There is no Chromium on this machine.');
}
