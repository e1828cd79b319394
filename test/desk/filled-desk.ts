import { readFileSync, readdirSync } from 'node:fs';
import type { WorkedCase } from '../../src/cases/actions/worked-case.ts';
import type { DeskPlace } from '../sending/desk-place.ts';
import { rightPassword, type TestDesk } from './desk-app.ts';
import { openDeskWithMailbox } from './desk-with-mailbox.ts';
import type { Page } from 'playwright-core';

/** A desk that listens, with a shop behind it: mail server, SMTP server, and a worker that drafts. */
export interface FilledDesk {
  readonly desk: TestDesk;
  readonly place: DeskPlace;
  readonly url: string;
  stop(): Promise<void>;
}

export async function startFilledDesk(): Promise<FilledDesk> {
  const opened = await openDeskWithMailbox();
  const { desk, place } = opened;
  const url = await desk.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    desk, place, url, stop: async () => { await opened.close(); },
  };
}

const demoMails = new URL('../../src/demo/mails/', import.meta.url);
const longMails = new URL('mails/', import.meta.url);

/** The demo's mails, as they came. */
export function demoMailSources(): string[] {
  return sourcesIn(demoMails);
}

/** Long mails of other scripts: words and addresses without an end, wide tables, big pictures, dozens of facts. */
export function longMailSources(): string[] {
  return sourcesIn(longMails);
}

function sourcesIn(folder: URL): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.eml')).toSorted().map((name) => readFileSync(new URL(name, folder), 'latin1'));
}

export async function receiveAll(place: DeskPlace, sources: readonly string[]): Promise<WorkedCase[]> {
  const cases: WorkedCase[] = [];
  for (const source of sources) cases.push(await place.receive(Buffer.from(source, 'latin1')));
  return cases;
}

export async function signInAt(page: Page, url: string, name: string, to = '/'): Promise<void> {
  await page.goto(`${url}/sign-in?to=${encodeURIComponent(to)}`);
  await page.fill('[name=name]', name);
  await page.fill('[name=password]', rightPassword);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL(`${url}${to}`);
}
