import { ImapFlow } from 'imapflow';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Page } from 'playwright-core';
import type { WorkedCase } from '../../src/cases/actions/worked-case.ts';
import { corpusMail, until } from '../sending/desk-place.ts';
import { startChromium, type TestBrowser } from '../servers/chromium.ts';
import { nameOf, rightPassword } from './desk-app.ts';
import { type FilledDesk, signInAt, startFilledDesk } from './filled-desk.ts';

/** A shift at the desk, by keyboard alone, in a real browser, before a real mail server and a real SMTP server; and what an independent mail client finds afterwards. */
export interface Shift {
  readonly cases: readonly WorkedCase[];
  /** Those that were opened and read, in the order of the queue. */
  readonly read: readonly number[];
  readonly sent: readonly number[];
  readonly overridden: readonly number[];
  readonly undone: readonly number[];
}

export interface ShiftPlan {
  readonly cases: number;
  readonly send: number;
  /** Of those sent, how many after the decision was overridden. */
  readonly override: number;
}

export interface ShiftPlace extends FilledDesk {
  readonly browser: TestBrowser;
}

export async function startShiftPlace(): Promise<ShiftPlace> {
  const [browser, filled] = await Promise.all([startChromium(), startFilledDesk()]);
  return {
    ...filled, browser,
    stop: async () => {
      await browser.stop();
      await filled.stop();
    },
  };
}

const mails = ['stone-ai-en-used-tokens', 'stone-ai-en-outage-ton'] as const;

/** One customer's mail; each number another customer. */
export function mailOfCustomer(number: number): string {
  return corpusMail(mails[number % mails.length] ?? mails[0])
    .replace(/^Message-ID: <[^>]+>/mu, `Message-ID: ${messageIdOf(number)}`).replaceAll(/(?<=^From: .*<)[^@]+@/gmu, `customer${String(number)}@`);
}

export function messageIdOf(number: number): string {
  return `<shift-${String(number)}@mail.example>`;
}

/** Reads every case, then sends, overrides and undoes. The last approval is undone within its ten seconds. */
export async function driveShift({ browser, desk, place, url }: ShiftPlace, plan: ShiftPlan): Promise<Shift> {
  const cases: WorkedCase[] = [];
  for (let number = 0; number < plan.cases; number += 1) cases.push(await place.receive(mailOfCustomer(number)));
  const { page, complaints } = await browser.open();
  const { keyboard } = page;
  await page.goto(`${url}/sign-in`);
  await tabTo(page, `document.activeElement.name === 'name'`);
  await keyboard.type(nameOf.sender);
  await tabTo(page, `document.activeElement.name === 'password'`);
  await keyboard.type(rightPassword);
  await go(page, '/', async () => { await keyboard.press('Enter'); });

  const read: number[] = [];
  await go(page, '/cases/', async () => {
    await keyboard.press('j');
    await keyboard.press('Enter');
  });
  for (;;) {
    read.push(caseOn(page));
    if ((await page.locator('a[rel=next]').count()) === 0) break;
    await go(page, '/cases/', async () => { await keyboard.press('j'); });
  }
  await go(page, '/cases/', async () => { await keyboard.press('k'); });

  const [sent, overridden, undone]: number[][] = [[], [], []];
  const sending = place.startSender();
  for (let step = 0; step <= plan.send; step += 1) {
    await go(page, '/', async () => {
      await keyboard.press('g');
      await keyboard.press('i');
    });
    await go(page, '/cases/', async () => {
      await keyboard.press('j');
      await keyboard.press('Enter');
    });
    const id = caseOn(page);
    if (step < plan.override) {
      await overrideByKeyboard(page);
      overridden?.push(id);
    }
    const isLast = step === plan.send;
    await go(page, `/cases/${String(id)}`, async () => { await keyboard.press('Control+Enter'); });
    await page.locator('.toast button').waitFor();
    if (!isLast) {
      sent?.push(id);
      await hurry(desk.store.database, id);
      await until(async () => (await place.outbox(id)).some(({ state, settled }) => state === 'sent' && settled), 'the reply is sent', 20_000);
      continue;
    }
    await go(page, `/cases/${String(id)}`, async () => { await keyboard.press('z'); });
    undone?.push(id);
  }
  await sending.stop();
  if (complaints.length > 0) throw new Error(`the browser complained: ${complaints.join('; ')}`);
  await page.context().close();
  return { cases, read, sent: sent ?? [], overridden: overridden ?? [], undone: undone ?? [] };
}

/** What the ten seconds are waited for elsewhere. */
async function hurry(database: FilledDesk['desk']['store']['database'], caseId: number): Promise<void> {
  await database.query(`UPDATE refund_triage.outbox SET send_after = now() WHERE case_id = $1 AND state = 'holding'`, [caseId]);
}

async function overrideByKeyboard(page: Page): Promise<void> {
  const { keyboard } = page;
  const path = new URL(page.url()).pathname;
  await tabTo(page, `document.activeElement.matches('summary') && document.activeElement.parentElement.querySelector('form[action$="/override"]') !== null`);
  await keyboard.press('Enter');
  await tabTo(page, `document.activeElement.name === 'choice'`);
  // The next decision in the list.
  await keyboard.press('ArrowDown');
  await tabTo(page, `document.activeElement.name === 'override_reason'`);
  await keyboard.type('A customer of many years; agreed on the telephone.');
  await go(page, path, async () => { await keyboard.press('Enter'); });
  await page.locator('.toast').waitFor();
}

/** Tabs until that is true, as somebody does who has no mouse. */
export async function tabTo(page: Page, there: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await page.evaluate<boolean>(there)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to where ${there}`);
}

/** Does something that leads to a page that begins with `path`, and waits until that can be used. */
export async function go(page: Page, path: string, doIt: () => Promise<unknown>): Promise<void> {
  const arrived = page.waitForEvent('domcontentloaded');
  await doIt();
  await arrived;
  if (!new URL(page.url()).pathname.startsWith(path)) throw new Error(`${page.url()} instead of ${path}`);
  await page.waitForFunction(`document.documentElement.classList.contains('scripted')`);
}

function caseOn(page: Page): number {
  return Number(/\/cases\/(\d+)/u.exec(page.url())?.[1]);
}

/** A client that sorts mails into threads as well: what its types do not tell. */
class ThreadingClient extends ImapFlow {
  declare readonly exec: (command: string, attributes: readonly object[], options: { readonly untagged: Readonly<Record<string, (response: { readonly attributes?: readonly unknown[] }) => void>> }) => Promise<{ readonly next: () => void }>;
}

/** What another mail program sees of one reply. */
export interface SeenReply {
  readonly caseId: number;
  readonly mail: ParsedMail;
  readonly customersMail: string;
  readonly copiesInSent: number;
  readonly copiesInDrafts: number;
  readonly isAnswered: boolean;
  /** Whether the server's own threading puts it with the customer's mail. */
  readonly isInThread: boolean;
}

/** Looks at the account with a client of its own: folders, flags, threads. */
export async function lookAtReplies({ place }: ShiftPlace, shift: Shift): Promise<{ readonly replies: readonly SeenReply[]; readonly drafts: readonly string[] }> {
  const { dovecot, smtp } = place;
  const client = new ThreadingClient({ host: dovecot.host, port: dovecot.port, secure: false, doSTARTTLS: false, auth: { user: dovecot.user, pass: dovecot.password }, logger: false });
  await client.connect();
  try {
    await client.mailboxCreate('Everything');
    const answered = new Set<string>();
    for (const folder of ['INBOX', 'Sent']) {
      const lock = await client.getMailboxLock(folder);
      try {
        for await (const { envelope, flags } of client.fetch('1:*', { envelope: true, flags: true })) if (flags?.has('\\Answered') === true) answered.add(envelope?.messageId ?? '');
        await client.messageCopy('1:*', 'Everything');
      } finally {
        lock.release();
      }
    }
    const threads = await threadsIn(client, 'Everything');
    const [sent, drafts] = [await idsIn(client, 'Sent'), await idsIn(client, 'Drafts')];
    const replies: SeenReply[] = [];
    for (const caseId of shift.sent) {
      const number = shift.cases.findIndex(({ id }) => id === caseId);
      const customersMail = messageIdOf(number);
      const taken = smtp.taken.filter(({ to }) => to.includes(shift.cases[number]?.customer ?? ''));
      if (taken.length !== 1) throw new Error(`case ${String(caseId)}: ${String(taken.length)} mails went out`);
      const mail = await simpleParser(taken[0]?.source ?? '');
      const id = mail.messageId ?? '';
      replies.push({
        caseId, mail, customersMail, copiesInSent: sent.filter((each) => each === id).length, copiesInDrafts: drafts.filter((each) => each === id).length,
        isAnswered: answered.has(customersMail), isInThread: threads.some((thread) => thread.includes(id) && thread.includes(customersMail)),
      });
    }
    return { replies, drafts };
  } finally {
    await client.logout();
  }
}

async function idsIn(client: ThreadingClient, folder: string): Promise<string[]> {
  const lock = await client.getMailboxLock(folder);
  try {
    const ids: string[] = [];
    if (client.mailbox !== false && client.mailbox.exists > 0) for await (const { envelope } of client.fetch('1:*', { envelope: true })) ids.push(envelope?.messageId ?? '');
    return ids;
  } finally {
    lock.release();
  }
}

/** Message-IDs by thread, as `THREAD REFERENCES` (RFC 5256) has them. */
async function threadsIn(client: ThreadingClient, folder: string): Promise<string[][]> {
  const ids = await idsIn(client, folder);
  const lock = await client.getMailboxLock(folder);
  try {
    const threads: string[][] = [];
    const numbersOf = (part: unknown): number[] => (Array.isArray(part) ? part.flatMap(numbersOf) : typeof part === 'object' && part !== null && 'value' in part ? [Number(part.value)] : []);
    const { next } = await client.exec('THREAD', [{ type: 'ATOM', value: 'REFERENCES' }, { type: 'ATOM', value: 'UTF-8' }, { type: 'ATOM', value: 'ALL' }], {
      untagged: { THREAD: (response) => { for (const thread of response.attributes ?? []) threads.push(numbersOf(thread).map((number) => ids[number - 1] ?? '')); } },
    });
    next();
    return threads;
  } finally {
    lock.release();
  }
}

async function saveByKeyboard(page: Page, text: string): Promise<number> {
  await page.keyboard.press('e');
  await tabTo(page, `document.activeElement.id === 'field-text'`);
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
  await tabTo(page, `document.activeElement.value === 'save'`);
  const [response] = await Promise.all([page.waitForResponse((each) => each.request().method() === 'POST' && each.url().endsWith('/draft/save')), page.keyboard.press('Enter')]);
  return response.status();
}

/** Two people, each in a browser of their own, at one case. */
export interface Together {
  /** What the one who came first reads about the other. */
  readonly presence: string;
  /** What the second to save is shown. */
  readonly merge: { readonly status: number; readonly text: string };
  readonly saved: string;
  /** Whether a mail that came meanwhile stands in the queue of a page nobody loaded anew. */
  readonly isNewsSeen: boolean;
}

export async function workTogether({ browser, place, url }: ShiftPlace, number: number): Promise<Together> {
  const { id } = await place.receive(mailOfCustomer(number));
  const [{ page: one }, { page: other }] = await Promise.all([browser.open(), browser.open()]);
  await signInAt(one, url, nameOf.sender, `/cases/${String(id)}`);
  await signInAt(other, url, nameOf.drafter, `/cases/${String(id)}`);
  await one.locator('#case-viewers', { hasText: nameOf.drafter }).waitFor();
  const presence = (await one.locator('#case-viewers').textContent()) ?? '';
  await saveByKeyboard(other, '\nDan adds this.');
  const status = await saveByKeyboard(one, '\nSofia adds that.');
  await one.locator('.their-words').first().waitFor();
  const text = `${await one.inputValue('textarea')}\n${(await one.locator('.their-words').allTextContents()).join('\n')}`;
  await other.goto(`${url}/`);
  await other.waitForFunction(`document.documentElement.classList.contains('scripted')`);
  const fresh = await place.receive(mailOfCustomer(number + 1));
  const isNewsSeen = await other.locator(`#case-${String(fresh.id)}`).waitFor({ timeout: 20_000 }).then(() => true, () => false);
  await Promise.all([one.context().close(), other.context().close()]);
  return { presence, merge: { status, text }, saved: (await place.worked(id)).draft?.text ?? '', isNewsSeen };
}
