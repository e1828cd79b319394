import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/cases/store.ts';
import { triageMailWith } from '../../src/commands/triage-mail.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { loadPacks } from '../../src/packs/load-packs.ts';
import { removeAbandoned } from '../../src/sending/remove-abandoned.ts';
import { runWorker } from '../../src/worker/run-worker.ts';
import type { MailFate } from '../../src/worker/worker-events.ts';
import { startEmbedded } from '../cases/stores.ts';
import type { MaildirView } from './maildir-view.ts';
import { openWorkerBench, type WorkerBench } from './worker-bench.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../templates', import.meta.url)));

interface WrittenMail {
  readonly id: string;
  readonly text: string;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly answers?: readonly string[];
  /** Minutes after the first mail. */
  readonly at?: number;
  readonly authentication?: string;
  readonly attachment?: string;
}

const sent = Date.UTC(2026, 2, 17, 9, 14);

function written({ id, text, from = 'ben@customer.example', to = 'support@imgto3d.ai', subject = 'Refund', answers = [], at = 0, authentication, attachment }: WrittenMail): Buffer {
  const body = attachment === undefined
    ? ['Content-Type: text/plain; charset=utf-8', '', text]
    : ['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', text, '--b', `Content-Type: image/png; name="${attachment}"`, `Content-Disposition: attachment; filename="${attachment}"`, 'Content-Transfer-Encoding: base64', '', screenshot, '--b--'];
  return Buffer.from([
    ...(authentication === undefined ? [] : [`Authentication-Results: mx.imgto3d.ai; ${authentication}`]),
    `Message-ID: ${id}`, `From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Date: ${new Date(sent + at * 60_000).toUTCString().replace('GMT', '+0000')}`,
    ...(answers.length === 0 ? [] : [`In-Reply-To: ${answers.at(-1) ?? ''}`, `References: ${answers.join(' ')}`]), 'MIME-Version: 1.0', ...body, '',
  ].join('\r\n'));
}

/** As a mail server gives a mail back. */
function bounceOf(id: string, returned: string): Buffer {
  return Buffer.from([
    'Return-Path: <>', `Message-ID: ${id}`, 'From: Mail Delivery System <MAILER-DAEMON@mx.imgto3d.ai>', 'To: support@imgto3d.ai', 'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied',
    `Date: ${new Date(sent + 30 * 60_000).toUTCString().replace('GMT', '+0000')}`, 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
    '--b', 'Content-Type: text/plain', '', 'Your message could not be delivered: user unknown.', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.imgto3d.ai', '',
    'Final-Recipient: rfc822; ben@customer.example', 'Action: failed', 'Status: 5.1.1', '', '--b', 'Content-Type: text/rfc822-headers', '', 'From: support@imgto3d.ai', `Message-ID: ${returned}`, 'Subject: Re: Refund', '', '--b--', '',
  ].join('\r\n'));
}

/** The beginning of a PNG of 1920 by 1080 pixels, which is as much as is read without looking into it. */
const screenshot = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d4948445200000780000004380802000000', 'hex'), Buffer.alloc(60_000, 7)]).toString('base64').replaceAll(/(.{76})/g, '$1\r\n');

function draftId(source: string): string {
  return /^Message-ID:\s*(<.*>)/mi.exec(source)?.[1] ?? '';
}

const broken = 'The generator shows an error every time I upload a picture and my credits are gone. I use Chrome 126 on Windows 11. Please give me my money back. It happened on 16 March 2026 at 14:05 with the Pro generator, my account is ben@customer.example.';

describe('a case of several mails', () => {
  let stores: Awaited<ReturnType<typeof startEmbedded>>;
  let bench: WorkerBench;
  let store: Store;
  let maildir: MaildirView;
  let mailbox: Mailbox;
  let fates: MailFate[];
  let stop: AbortController;

  beforeAll(async () => { stores = await startEmbedded(); });
  beforeEach(async () => {
    bench = await openWorkerBench(await stores.location());
    ({ store, maildir, mailbox, fates, stop } = bench);
  });
  afterEach(async () => { await bench.clear(); });
  afterAll(async () => { await stores.stop(); });

  const run = async (...mails: WrittenMail[]): Promise<void> => {
    for (const mail of mails) await maildir.deliver(written(mail));
    const options = { authservIds: [], merchants: new Map<string, string | null>(), countEarlierRequests: store.countEarlierRequests, findThread: store.findThread };
    await runWorker({
      store, mailboxes: [{ mailbox, since: new Date(0) }], triage: triageMailWith(packs, options), redisUrl: null, once: true, signal: stop.signal, concurrency: 2,
      queue: { backoffMs: 30, attempts: 2, lockMs: 3_000 }, events: { onMail: (fate) => { fates.push(fate); } },
    });
  };
  const drafts = (): { path: string; source: string }[] => ['new', 'cur'].flatMap((place) => {
    const directory = join(maildir.path, '.Drafts', place);
    return existsSync(directory) ? readdirSync(directory).map((name) => ({ path: join(directory, name), source: readFileSync(join(directory, name), 'utf8') })) : [];
  });
  /** As a person does in a mail program; gives the Message-ID. */
  const sendDraft = async (): Promise<string> => {
    const [draft] = drafts();
    if (draft === undefined) throw new Error('there is no draft');
    const messageId = draftId(draft.source);
    await mailbox.saveSent({ messageId, source: Buffer.from(draft.source) });
    rmSync(draft.path);
    return messageId;
  };
  /** As a person does in a mail program; gives the draft as it is then. */
  const edit = (): string => {
    const [draft] = drafts();
    if (draft === undefined) throw new Error('there is no draft');
    writeFileSync(draft.path, draft.source.replace(/^Thank you/m, 'Many thanks'));
    const edited = readFileSync(draft.path, 'utf8');
    expect(edited).not.toBe(draft.source);
    return edited;
  };
  const events = async (kind: string): Promise<number> => (await store.database.query('SELECT id FROM refund_triage.events WHERE kind = $1', [kind])).length;
  const cases = async (): Promise<{ id: number; stage: string; state: string }[]> => await store.database.query('SELECT id, stage, state FROM refund_triage.cases ORDER BY id');
  const messages = async (): Promise<{ message_id: string; case_id: number; role: string }[]> => await store.database.query('SELECT message_id, case_id, role FROM refund_triage.messages ORDER BY id');
  const draftStates = async (): Promise<string[]> => (await store.database.query<{ state: string }>('SELECT state FROM refund_triage.drafts ORDER BY planned_at, message_id')).map(({ state }) => state);

  it('decides anew when the missing screenshot comes, and replaces its own draft', async () => {
    await run({ id: '<one@c>', text: broken });
    expect(fates.at(-1)?.missing).toContain('screenshot');
    const [first] = drafts();
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: ['<one@c>', draftId(first?.source ?? '')], subject: 'Re: Refund', at: 60, attachment: 'screen.png' });
    expect(await messages()).toMatchObject([{ role: 'request', case_id: 1 }, { role: 'follow_up', case_id: 1 }]);
    expect(fates.at(-1)).toMatchObject({ topic: 'technical_problem', missing: [] });
    expect(maildir.answered()).toEqual(['<two@c>']);
    expect(await draftStates()).toEqual(['replaced', 'in_drafts']);
    const [decision] = (await store.listDecisions({ after: 0, limit: 10, merchant: null, sinceMs: null, newestOnly: true, caseId: 1 })).slice(-1);
    expect(decision?.basis?.facts.values).toMatchObject({ browser: { value: 'Chrome 126', source: 'thread' }, os: { value: 'Windows 11', source: 'thread', evidence: 'Windows 11' } });
    expect(decision?.basis?.context.receivedAtMs).toBe(sent);
  });

  it('works through both mails of a thread that lie there together, in whatever order they are met', async () => {
    await run({ id: '<two@c>', text: 'I forgot: the order number is 77-1234567, and I used Firefox 127, not Chrome.', answers: ['<one@c>'], at: 5 }, { id: '<one@c>', text: broken });
    expect((await messages()).map(({ message_id: id, role, case_id: caseId }) => [id, role, caseId]).every(([, , caseId]) => caseId === 1)).toBe(true);
    expect((await draftStates()).toSorted()).toEqual(['in_drafts', 'replaced']);
    expect(drafts()).toHaveLength(1);
    const [decision] = (await store.listDecisions({ after: 0, limit: 10, merchant: null, sinceMs: null, newestOnly: true, caseId: 1 })).slice(-1);
    expect(decision?.basis?.facts.values.browser).toMatchObject({ value: 'Firefox 127' });
  });

  it('keeps a draft that a person has edited, and tells the history', async () => {
    await run({ id: '<one@c>', text: broken });
    const [first] = drafts();
    if (first === undefined) throw new Error('there is no draft');
    writeFileSync(first.path, first.source.replace(/^Thank you/m, 'Many thanks'));
    const edited = readFileSync(first.path, 'utf8');
    expect(edited).not.toBe(first.source);
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: ['<one@c>'], at: 60, attachment: 'screen.png' });
    expect(drafts().map(({ source }) => source)).toEqual([edited]);
    expect(await draftStates()).toEqual(['edited', 'abandoned']);
    expect(await store.database.query("SELECT kind FROM refund_triage.events WHERE kind = 'edited_draft_kept'")).toHaveLength(1);
  });

  it('takes away a replaced draft whose removal was cut off before the server had expunged it', async () => {
    await run({ id: '<one@c>', text: broken });
    const [first] = drafts();
    await store.database.query("UPDATE refund_triage.drafts SET replaced_by = '<an.attempt@imgto3d.ai>'");
    renameSync(first?.path ?? '', `${first?.path ?? ''}T`);
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: ['<one@c>'], at: 60, attachment: 'screen.png' });
    expect(maildir.answered()).toEqual(['<two@c>']);
    expect(await draftStates()).toEqual(['replaced', 'in_drafts']);
  });

  it('takes away a replaced draft that reaches the server only after it was looked for', async () => {
    await run({ id: '<one@c>', text: broken });
    const [first] = drafts();
    if (first === undefined) throw new Error('there is no draft');
    await store.database.query("UPDATE refund_triage.drafts SET state = 'planned', in_drafts_at = NULL");
    rmSync(first.path);
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: ['<one@c>'], at: 60, attachment: 'screen.png' });
    expect(await draftStates()).toEqual(['replaced', 'in_drafts']);
    writeFileSync(first.path, first.source);
    const lookAgain = async (): Promise<void> => { await removeAbandoned({ database: store.database, mailboxes: new Map([['support', mailbox]]) }); };
    await lookAgain();
    expect(maildir.answered()).toEqual(['<one@c>', '<two@c>']);
    // A minute later.
    await store.database.query("UPDATE refund_triage.drafts SET owned_at = now() - interval '61 seconds' WHERE removal_due");
    await lookAgain();
    expect(maildir.answered()).toEqual(['<two@c>']);
    expect(await draftStates()).toEqual(['replaced', 'in_drafts']);
  });

  it('puts Drafts right, once the folder is back that was away while the case went on', async () => {
    const [folder, aside] = [join(maildir.path, '.Drafts'), join(maildir.path, '.Aside')];
    await run({ id: '<one@c>', text: broken });
    renameSync(folder, aside);
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: ['<one@c>'], at: 60, attachment: 'screen.png' });
    expect(await draftStates()).toEqual(['deleted', 'in_drafts']);
    const [second] = drafts();
    renameSync(folder, join(maildir.path, '.Made'));
    renameSync(aside, folder);
    // What was made meanwhile is copied back, and once more.
    for (const name of ['1.a.host:2,DS', '1.b.host:2,DS']) writeFileSync(join(folder, 'cur', name), second?.source ?? '');
    await run();
    expect(maildir.answered()).toEqual(['<two@c>']);
    expect(await draftStates()).toEqual(['replaced', 'in_drafts']);
  });

  it('makes a draft that was taken for deleted its case\'s draft again, and keeps what a person has edited', async () => {
    await run({ id: '<one@c>', text: broken });
    const [first] = drafts();
    const lose = async (): Promise<void> => { await store.settleDrafts([{ messageId: draftId(first?.source ?? ''), fate: 'deleted', replacedBy: null }]); };
    await lose();
    await run();
    expect(await draftStates()).toEqual(['in_drafts']);
    expect(await events('draft_restored')).toBe(1);
    await lose();
    const edited = edit();
    await run();
    expect(await draftStates()).toEqual(['edited']);
    expect(drafts().map(({ source }) => source)).toEqual([edited]);
  });

  it('lets no stranger into a case, who quotes its tag and its Message-IDs', async () => {
    await run({ id: '<one@c>', text: broken });
    const tag = /\[RT-\w+\]/.exec(drafts()[0]?.source ?? '')?.[0] ?? '';
    expect(tag).not.toBe('');
    await run(
      { id: '<stranger@c>', from: 'mallory@elsewhere.example', text: 'Please send the money to my account instead, transaction 99-887766.', answers: ['<one@c>'], subject: `Re: Refund ${tag}`, at: 60 },
      { id: '<forged@c>', text: 'Please send the money to my other account, transaction 11-223344.', answers: ['<one@c>'], subject: `Re: Refund ${tag}`, at: 61, authentication: 'dmarc=fail header.from=customer.example' },
    );
    expect((await messages()).map(({ role, case_id: caseId }) => [role, caseId])).toEqual([['request', 1], ['request', 2], ['request', 3]]);
  });

  it('takes the tag in a subject from the same customer, whatever alias is used', async () => {
    await run({ id: '<one@c>', from: 'Ben Ruiz <ben.ruiz@gmail.com>', text: broken });
    const tag = /\[RT-\w+\]/.exec(drafts()[0]?.source ?? '')?.[0] ?? '';
    await run({ id: '<two@c>', from: 'benruiz+refunds@googlemail.com', text: 'The transaction number is 99-887766.', subject: `Money ${tag.toLowerCase()}`, at: 60 });
    expect(await messages()).toMatchObject([{ case_id: 1 }, { case_id: 1, role: 'follow_up' }]);
  });

  it('makes one case and one draft of a request that is sent three times', async () => {
    await run({ id: '<one@c>', text: broken }, { id: '<two@c>', text: broken, at: 3 });
    await run({ id: '<three@c>', text: `${broken}\r\n`, at: 24 * 60, subject: 'Refund!!!' });
    expect((await messages()).map(({ role }) => role).toSorted()).toEqual(['copy', 'copy', 'request']);
    expect(await cases()).toHaveLength(1);
    expect(maildir.answered()).toHaveLength(1);
  });

  it('says no second time what it has said, and shows a person what it does not understand', async () => {
    await run({ id: '<one@c>', text: broken });
    await run({ id: '<two@c>', text: 'Have you seen my message?', answers: ['<one@c>'], at: 60 });
    expect(maildir.answered()).toEqual(['<one@c>']);
    expect((await maildir.keywords()).get('<two@c>')).toEqual(['$RefundTriage-Review']);
    expect(await cases()).toEqual([{ id: 1, stage: 'open', state: 'review' }]);
  });

  it('notices what is sent from a mail program: the case waits, and opens again with the next mail', async () => {
    await run({ id: '<one@c>', text: broken });
    const left = await sendDraft();
    await run();
    expect(await cases()).toMatchObject([{ stage: 'waiting' }]);
    expect(await draftStates()).toEqual(['sent']);
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: [left], at: 60 * 24 * 3, attachment: 'screen.png' });
    expect(await cases()).toMatchObject([{ stage: 'open', state: 'ready' }]);
    expect(maildir.answered()).toEqual(['<two@c>']);
  });

  it('takes a copy of our own answer for what it is', async () => {
    await run({ id: '<one@c>', text: broken });
    await run({ id: '<ours@imgto3d.ai>', from: 'support@imgto3d.ai', to: 'ben@customer.example, support@imgto3d.ai', text: 'Dear Ben, we have refunded the 19.90 USD today.', answers: ['<one@c>'], at: 90, authentication: 'dmarc=pass header.from=imgto3d.ai' });
    expect(await messages()).toMatchObject([{ role: 'request', case_id: 1 }, { role: 'answer', case_id: 1 }]);
    expect(await store.database.query('SELECT message_id, case_id FROM refund_triage.sent_mails')).toEqual([{ message_id: '<ours@imgto3d.ai>', case_id: 1 }]);
    // Nobody needs the program's draft any more, and it was not what was sent.
    expect(drafts()).toEqual([]);
    expect(await draftStates()).toEqual(['abandoned']);
  });

  it('clears its draft away when one of us answers with a mail of their own', async () => {
    await run({ id: '<one@c>', text: broken });
    const own = written({ id: '<own@imgto3d.ai>', from: 'support@imgto3d.ai', to: 'ben@customer.example', text: 'Dear Ben, we have put your credits back.', answers: ['<one@c>'], at: 90 });
    await mailbox.saveSent({ messageId: '<own@imgto3d.ai>', source: own });
    await run();
    expect(drafts()).toEqual([]);
    expect(await draftStates()).toEqual(['abandoned']);
    expect(await events('draft_taken_away')).toBe(1);
  });

  it('takes a draft that was sent under another Message-ID for sent', async () => {
    await run({ id: '<one@c>', text: broken });
    const [draft] = drafts();
    rmSync(draft?.path ?? '');
    await mailbox.saveSent({ messageId: '<other@imgto3d.ai>', source: written({ id: '<other@imgto3d.ai>', from: 'support@imgto3d.ai', to: 'ben@customer.example', text: 'Dear Ben, please send us a screenshot.', answers: ['<one@c>'], at: 90 }) });
    await run();
    expect(await draftStates()).toEqual(['sent']);
  });

  it('clears its draft away when the customer takes the request back, and writes another when they want it after all', async () => {
    await run({ id: '<one@c>', text: broken });
    await run({ id: '<two@c>', text: 'Never mind, it works now. You can close the ticket.', answers: ['<one@c>'], at: 60 });
    expect(drafts()).toEqual([]);
    expect(await draftStates()).toEqual(['abandoned']);
    expect(await cases()).toEqual([{ id: 1, stage: 'open', state: 'review' }]);
    expect(await events('draft_taken_away')).toBe(1);
    await run({ id: '<three@c>', text: 'The error is back, please refund me after all. Here is the screenshot.', answers: ['<one@c>', '<two@c>'], at: 120, attachment: 'screen.png' });
    expect(maildir.answered()).toEqual(['<three@c>']);
    expect(await draftStates()).toEqual(['abandoned', 'in_drafts']);
  });

  it('leaves an edited draft where it lies when the customer takes the request back, and the case says so', async () => {
    await run({ id: '<one@c>', text: broken });
    const edited = edit();
    await run({ id: '<two@c>', text: 'Never mind, it works now. You can close the ticket.', answers: ['<one@c>'], at: 60 });
    expect(drafts().map(({ source }) => source)).toEqual([edited]);
    expect(await draftStates()).toEqual(['edited']);
    expect(await events('edited_draft_kept')).toBe(1);
  });

  it('clears a draft away that was given up in the moment in which it was put into Drafts', async () => {
    await run({ id: '<one@c>', text: broken });
    const id = draftId(drafts()[0]?.source ?? '');
    await store.database.query("UPDATE refund_triage.drafts SET state = 'abandoned', settled_at = now()");
    await store.finishMails('support', '1', { draftIds: [id], uids: [] });
    await run();
    expect(drafts()).toEqual([]);
    expect(await draftStates()).toEqual(['abandoned']);
  });

  it('gives a mail that one of us passes on to the customer who wrote it, and drafts nothing until they write themselves', async () => {
    const passedOn = `Please take this one.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ben Ruiz <ben@customer.example>\r\nDate: Mon, Mar 16, 2026 at 9:14 AM\r\nSubject: Refund\r\nTo: <anna@imgto3d.ai>\r\n\r\n\r\n${broken}`;
    await run({ id: '<fwd@imgto3d.ai>', from: 'Anna <anna@imgto3d.ai>', subject: 'Fwd: Refund', text: passedOn, authentication: 'dmarc=pass header.from=imgto3d.ai' });
    const customers = async (): Promise<unknown[]> => await store.database.query('SELECT id, customer, stage, state FROM refund_triage.cases ORDER BY id');
    expect(await customers()).toEqual([{ id: 1, customer: 'ben@customer.example', stage: 'open', state: 'review' }]);
    expect(fates.at(-1)).toMatchObject({ topic: 'technical_problem', draftSubject: null });
    expect(drafts()).toEqual([]);
    expect(await store.database.query("SELECT detail->>'by' AS by FROM refund_triage.events WHERE kind = 'passed_on'")).toEqual([{ by: 'anna@imgto3d.ai' }]);
    // Another colleague passes on the same; then the customer sends it again, to the right address.
    await run({ id: '<fwd-2@imgto3d.ai>', from: 'Olga <olga@imgto3d.ai>', subject: 'Fwd: Refund', text: passedOn, at: 5, authentication: 'dmarc=pass header.from=imgto3d.ai' });
    await run({ id: '<own@c>', text: broken, at: 10 });
    expect((await messages()).map(({ case_id: caseId, role }) => [caseId, role])).toEqual([[1, 'request'], [1, 'copy'], [1, 'follow_up']]);
    expect(maildir.answered()).toEqual(['<own@c>']);
    expect(drafts()[0]?.source).toMatch(/^To: .*ben@customer\.example/m);
  });

  it.each([
    ['a colleague for whom the mail server does not vouch', { from: 'Anna <anna@imgto3d.ai>' }, 'Eve <eve@elsewhere.example>'],
    ['a forged colleague', { from: 'Anna <anna@imgto3d.ai>', authentication: 'dmarc=fail header.from=imgto3d.ai' }, 'Eve <eve@elsewhere.example>'],
    ['a customer', { from: 'mallory@elsewhere.example', authentication: 'dmarc=pass header.from=elsewhere.example' }, 'Eve <eve@elsewhere.example>'],
    ['a colleague who passes on a colleague’s mail', { from: 'Anna <anna@imgto3d.ai>', authentication: 'dmarc=pass header.from=imgto3d.ai' }, 'Olga <olga@imgto3d.ai>'],
  ])('gives a case to nobody who is only named in a forward, by %s', async (_, sender, named) => {
    await run({ id: '<fwd@c>', ...sender, subject: 'Fwd: Refund', text: `---------- Forwarded message ---------\r\nFrom: ${named}\r\nDate: Mon, Mar 16, 2026 at 9:14 AM\r\nSubject: Refund\r\nTo: <anna@imgto3d.ai>\r\n\r\n\r\n${broken}` });
    expect(await store.database.query('SELECT customer FROM refund_triage.cases')).toEqual([{ customer: /<?([^<>]+@[^<>]+)>?$/.exec(sender.from)?.[1] }]);
    expect(drafts().filter(({ source }) => !source.includes('mallory@elsewhere.example'))).toEqual([]);
  });

  it('closes no case by a mail that only says it is from us', async () => {
    await run({ id: '<one@c>', text: broken });
    await run(
      { id: '<forged@imgto3d.ai>', from: 'support@imgto3d.ai', to: 'ben@customer.example', text: 'Dear Ben, all is well.', answers: ['<one@c>'], at: 90, authentication: 'dmarc=fail header.from=imgto3d.ai' },
      { id: '<unknown@imgto3d.ai>', from: 'support@imgto3d.ai', to: 'ben@customer.example', text: 'Dear Ben, all is well.', answers: ['<one@c>'], at: 91 },
    );
    expect((await cases())[0]).toMatchObject({ stage: 'open', state: 'needs_info' });
    expect(await draftStates()).toEqual(['in_drafts']);
  });

  it('opens a case again whose answer came back, and answers the mail server nothing', async () => {
    await run({ id: '<one@c>', text: broken });
    const left = await sendDraft();
    await run();
    expect(await cases()).toMatchObject([{ stage: 'waiting' }]);
    await maildir.deliver(bounceOf('<bounce@mx>', left));
    await run();
    expect(await messages()).toMatchObject([{ role: 'request', case_id: 1 }, { role: 'bounce', case_id: 1 }]);
    expect(await cases()).toEqual([{ id: 1, stage: 'open', state: 'review' }]);
    expect((await maildir.keywords()).get('<bounce@mx>')).toEqual(['$RefundTriage-Review']);
    expect(drafts()).toEqual([]);
    expect(await store.database.query("SELECT kind FROM refund_triage.events WHERE kind = 'bounce'")).toHaveLength(1);
    // The customer writes from elsewhere: the case goes on as ever.
    await run({ id: '<two@c>', text: 'Here is the screenshot.', answers: ['<one@c>'], at: 60, attachment: 'screen.png' });
    expect(await cases()).toEqual([{ id: 1, stage: 'open', state: 'ready' }]);
  });

  it('knows a reply that came back before it was noticed in Sent, and leaves the case open when it is', async () => {
    await run({ id: '<one@c>', text: broken });
    const [draft] = drafts();
    if (draft === undefined) throw new Error('there is no draft');
    await maildir.deliver(bounceOf('<bounce@mx>', draftId(draft.source)));
    await run();
    expect(await cases()).toEqual([{ id: 1, stage: 'open', state: 'review' }]);
    await mailbox.saveSent({ messageId: draftId(draft.source), source: Buffer.from(draft.source) });
    rmSync(draft.path);
    await run();
    expect(await cases()).toEqual([{ id: 1, stage: 'open', state: 'review' }]);
    expect(await draftStates()).toEqual(['sent']);
  });

  it('opens no case by a bounce of a mail that we did not send', async () => {
    await run({ id: '<one@c>', text: broken });
    const [before] = await cases();
    // The customer's own mail, and one that nobody knows.
    for (const [id, returned] of [['<bounce-1@mx>', '<one@c>'], ['<bounce-2@mx>', '<unknown@elsewhere.example>']] as const) await maildir.deliver(bounceOf(id, returned));
    await run();
    expect((await cases())[0]).toEqual(before);
    expect((await maildir.keywords()).get('<bounce-1@mx>')).toEqual(['$RefundTriage-Ignored']);
    expect((await messages()).map(({ role }) => role)).toEqual(['request', 'request', 'request']);
  });

  it('writes ten drafts an hour to one customer, and leaves what comes beyond to a person', async () => {
    const orders = Array.from({ length: 12 }, (_, index) => ({ id: `<order-${String(index)}@c>`, text: `I was charged twice for order 77-10020${String(index)}. Please refund one of the two payments.`, at: index * 4 }));
    await run(...orders, { id: '<other@c>', from: 'eve@elsewhere.example', text: broken, at: 30 }, { id: '<later@c>', text: 'I was charged twice for order 77-555555. Please refund one of the two payments.', at: 140 });
    expect(drafts()).toHaveLength(12);
    expect(await store.database.query("SELECT kind FROM refund_triage.events WHERE kind = 'rate_limited'")).toHaveLength(2);
    expect([...(await maildir.keywords())].filter(([, keywords]) => keywords.includes('$RefundTriage-Review')).map(([id]) => id).toSorted()).toEqual(['<order-10@c>', '<order-11@c>']);
  });

  it('breaks the loop with a program that answers every draft', async () => {
    await run({ id: '<turn-0@c>', text: broken });
    for (let turn = 1; turn <= 6; turn += 1) await run({ id: `<turn-${String(turn)}@c>`, text: `Your ticket was updated. Reference: order 77-20030${String(turn)}.`, answers: [draftId(drafts()[0]?.source ?? '')], at: turn });
    expect(drafts()).toHaveLength(1);
    expect(await store.database.query("SELECT kind FROM refund_triage.events WHERE kind = 'loop_broken'")).toHaveLength(2);
    expect(fates.at(-1)).toMatchObject({ state: 'review', draftSubject: null });
  });
});
