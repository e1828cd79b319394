import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import { decodeFolderName, encodeFolderName } from '../../src/mailbox/maildir-names.ts';
import type { FetchedMail, MailboxState } from '../../src/mailbox/mailbox.ts';
import { triageKeywords } from '../../src/mailbox/mailbox.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { draftMail, plainMail } from './made-mails.ts';
import { until } from './until.ts';

let parent: string;
let path: string;
let mailbox: MaildirMailbox;
beforeEach(async () => {
  parent = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-maildir-'));
  path = await createMaildir(join(parent, 'mail'));
  mailbox = connect();
});
afterEach(async () => {
  await mailbox.close();
  await rm(parent, { recursive: true, force: true });
});

function connect(): MaildirMailbox {
  return new MaildirMailbox({ name: 'maildir', path });
}

async function fetchAll(uids: readonly number[], from = mailbox): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = [];
  for await (const mail of from.fetch(uids)) mails.push(mail);
  return mails;
}

describe('UIDs', () => {
  it('stay with a mail that another program moves and flags, and that is read by a new process', async () => {
    const base = await deliverToMaildir(path, plainMail('one'));
    await deliverToMaildir(path, plainMail('two'));
    await mailbox.open();
    const uids = await mailbox.listUidsAfter(0);
    await rename(join(path, 'new', base), join(path, 'cur', `${base}:2,S`));
    expect(await mailbox.listUidsAfter(0)).toEqual(uids);
    const other = connect();
    await other.open();
    const [one, two] = await fetchAll(uids, other);
    expect([one?.source.toString(), two?.source.toString()]).toEqual([String(plainMail('one')), String(plainMail('two'))]);
  });

  it('are never given to another mail, also when the last of them was removed', async () => {
    const base = await deliverToMaildir(path, plainMail('one'));
    const { uidValidity } = await mailbox.open();
    const [first = 0] = await mailbox.listUidsAfter(0);
    await rm(join(path, 'new', base));
    await deliverToMaildir(path, plainMail('two'));
    const other = connect();
    const state = await other.open();
    expect(state.uidValidity).toBe(uidValidity);
    expect(await other.listUidsAfter(0)).toEqual([first + 1]);
  });

  it('survive a list whose last line was cut by a crash', async () => {
    await deliverToMaildir(path, plainMail('one'));
    const { uidValidity } = await mailbox.open();
    await appendFile(join(path, 'refund-triage-uids'), '2 1700000000.M1P');
    await deliverToMaildir(path, plainMail('two'));
    const other = connect();
    expect((await other.open()).uidValidity).toBe(uidValidity);
    expect(await other.listUidsAfter(0)).toEqual([1, 2]);
    expect((await readFile(join(path, 'refund-triage-uids'), 'utf8')).split('\n')).toHaveLength(4);
    expect((await fetchAll([2], other))[0]?.source.toString()).toContain('Subject: two');
  });

  it('begin anew, with another UIDVALIDITY, where the list is not ours', async () => {
    await deliverToMaildir(path, plainMail('one'));
    const { uidValidity } = await mailbox.open();
    await writeFile(join(path, 'refund-triage-uids'), 'something else\n');
    const state = await connect().open();
    expect(state.uidValidity).not.toBe(uidValidity);
    expect(state.uidNext).toBe(2);
  });

  it('are the same for processes that list at once', async () => {
    for (let index = 0; index < 40; index += 1) await deliverToMaildir(path, plainMail(`mail ${index}`));
    const script = fileURLToPath(new URL('list-maildir.ts', import.meta.url));
    const runs = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, [script, path])));
    const [first] = runs.map((run) => run.stdout);
    expect(JSON.parse(first ?? '')).toHaveLength(40);
    expect(new Set(runs.map((run) => run.stdout)).size).toBe(1);
    expect(existsSync(join(path, 'refund-triage-uids.lock'))).toBe(false);
  });

  it('are given out again after a process died with the list locked', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', 'console.log(process.pid)']);
    await writeFile(join(path, 'refund-triage-uids.lock'), stdout.trim());
    await deliverToMaildir(path, plainMail('one'));
    await mailbox.open();
    expect(await mailbox.listUidsAfter(0)).toEqual([1]);
  });
});

describe('reading', () => {
  it('takes a mail that is being copied in only when it is complete', async () => {
    await mailbox.open();
    const states: MailboxState[] = [];
    const abort = new AbortController();
    const watching = mailbox.watch((state) => states.push(state), abort.signal);
    await until('it watches', () => states.length === 1);
    const whole = plainMail('slowly copied', 'word '.repeat(2_000));
    const file = join(path, 'new', 'copied.eml');
    await writeFile(file, '');
    for (let start = 0; start < whole.length; start += 1_000) {
      await appendFile(file, whole.subarray(start, start + 1_000));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await until('it was told', () => states.length > 1);
    expect((await fetchAll(await mailbox.listUidsAfter(0)))[0]?.source.equals(whole)).toBe(true);
    abort.abort();
    await watching;
  });

  it('passes over links, folders, pipes and hidden files', async () => {
    await writeFile(join(parent, 'secret'), 'root:x:0:0');
    await symlink(join(parent, 'secret'), join(path, 'new', 'link'));
    await mkdir(join(path, 'new', 'folder'));
    await promisify(execFile)('mkfifo', [join(path, 'new', 'pipe')]);
    await writeFile(join(path, 'new', '.hidden'), plainMail('hidden'));
    await mailbox.open();
    expect(await mailbox.listUidsAfter(0)).toEqual([]);
  });

  it('finds a mail again that is renamed between listing and reading', async () => {
    const bases = await Promise.all(['one', 'two'].map((subject) => deliverToMaildir(path, plainMail(subject))));
    await mailbox.open();
    const uids = await mailbox.listUidsAfter(0);
    const subjects: string[] = [];
    for await (const mail of mailbox.fetch(uids)) {
      if (subjects.length === 0) for (const base of bases) await rename(join(path, 'new', base), join(path, 'cur', `${base}:2,`));
      subjects.push(/Subject: (\w+)/.exec(mail.source.toString())?.[1] ?? '');
    }
    expect(subjects.toSorted()).toEqual(['one', 'two']);
  });

  it('takes the day of arrival from the file', async () => {
    const base = await deliverToMaildir(path, plainMail('old'));
    const lastMonth = new Date(Date.now() - 30 * 86_400_000);
    await utimes(join(path, 'new', base), lastMonth, lastMonth);
    await deliverToMaildir(path, plainMail('new'));
    await mailbox.open();
    expect(await mailbox.listUidsSince(new Date(Date.now() - 86_400_000))).toEqual([2]);
    expect(await mailbox.listUidsSince(lastMonth)).toEqual([1, 2]);
  });

  it('says what a Maildir needs where there is none', async () => {
    const nowhere = new MaildirMailbox({ name: 'support', path: join(parent, 'nowhere') });
    await expect(nowhere.open()).rejects.toMatchObject({ code: 'mailbox_folder_missing', message: expect.stringContaining('new, cur and tmp') });
  });
});

describe('keywords', () => {
  it('leave a mail as unread as it was, in cur/, and its other flags alone', async () => {
    const base = await deliverToMaildir(path, plainMail('one'));
    const flagged = await deliverToMaildir(path, plainMail('two'), 'FR');
    await mailbox.open();
    await mailbox.addKeyword(await mailbox.listUidsAfter(0), triageKeywords.ready);
    await mailbox.addKeyword(await mailbox.listUidsAfter(0), triageKeywords.ready);
    expect((await readdir(join(path, 'cur'))).toSorted()).toEqual([`${base}:2,a`, `${flagged}:2,FRa`].toSorted());
    expect(await readdir(join(path, 'new'))).toEqual([]);
  });

  it('are left out once all 26 letters are taken', async () => {
    await writeFile(join(path, 'dovecot-keywords'), Array.from({ length: 26 }, (_, index) => `${index} other${index}\n`).join(''));
    const base = await deliverToMaildir(path, plainMail('one'));
    expect((await mailbox.open()).keywordsAllowed).toBe(false);
    await mailbox.addKeyword(await mailbox.listUidsAfter(0), triageKeywords.ready);
    expect(await readdir(join(path, 'new'))).toEqual([base]);
  });

  it('are understood by a Dovecot over the same Maildir, and its own by us', async () => {
    const server = await startDovecot();
    try {
      await server.deliver(plainMail('one'));
      await server.doveadm(['flags', 'add', '-u', server.user, 'Important', 'mailbox', 'INBOX', 'all']);
      const beside = new MaildirMailbox({ name: 'beside', path: server.maildir });
      await beside.open();
      const uids = await beside.listUidsAfter(0);
      await beside.addKeyword(uids, triageKeywords.needsInfo);
      expect(await server.doveadm(['fetch', '-u', server.user, 'flags', 'mailbox', 'INBOX', 'all'])).toMatch(/Important.*\$RefundTriage-NeedsInfo|\$RefundTriage-NeedsInfo.*Important/);
      expect((await fetchAll(uids, beside))[0]?.keywords.toSorted()).toEqual([triageKeywords.needsInfo, 'Important']);
    } finally {
      await server.stop();
    }
  });
});

describe('Drafts', () => {
  it.each(['Черновики', '下書き', 'Wersje robocze', 'Gesendet & Entwürfe'])('keep the folder %s in modified UTF-7', (name) => {
    const encoded = encodeFolderName(name);
    expect(encoded).toMatch(/^[\u0020-\u007e]+$/);
    expect(decodeFolderName(encoded)).toBe(name);
  });

  it('go into the folder that is there under another name, or is configured', async () => {
    await createMaildir(path, encodeFolderName('Черновики'));
    await createMaildir(path, encodeFolderName('Адпраўленыя'));
    expect(await mailbox.open()).toMatchObject({ draftsFolder: 'Черновики', sentFolder: 'Адпраўленыя' });
    await mailbox.appendDrafts([{ messageId: '<a@x.example>', source: draftMail('<a@x.example>') }]);
    expect(await readdir(join(path, '.&BCcENQRABD0EPgQyBDgEOgQ4-', 'cur'))).toHaveLength(1);

    const configured = new MaildirMailbox({ name: 'configured', path, draftsFolder: 'Support/Answers', sentFolder: 'Support/Sent' });
    expect(await configured.open()).toMatchObject({ draftsFolder: 'Support.Answers', sentFolder: null });
    await configured.saveSent({ messageId: '<s@x.example>', source: draftMail('<s@x.example>') });
    expect(await configured.open()).toMatchObject({ sentFolder: 'Support.Sent' });
    await configured.appendDrafts([{ messageId: '<b@x.example>', source: draftMail('<b@x.example>') }]);
    expect(await readdir(join(path, '.Support.Answers', 'cur'))).toHaveLength(1);
  });

  it('are found by the Message-ID of a draft that a person has edited and saved anew', async () => {
    await mailbox.open();
    await mailbox.appendDrafts([{ messageId: '<a@x.example>', source: draftMail('<a@x.example>') }]);
    const [name = ''] = await readdir(join(path, '.Drafts', 'cur'));
    await rm(join(path, '.Drafts', 'cur', name));
    await writeFile(join(path, '.Drafts', 'cur', 'edited:2,D'), 'Subject: edited\nmessage-id:\n <a@x.example>\n\nMessage-ID: <b@x.example>\n');
    expect(await mailbox.findDrafts(['<a@x.example>', '<b@x.example>'])).toEqual(new Set(['<a@x.example>']));
  });
});
