import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderMissingError, UidValidityChangedError } from '../../src/mailbox/mailbox-errors.ts';
import type { ConnectionEvent, FetchedMail, Mailbox, MailboxState } from '../../src/mailbox/mailbox.ts';
import { triageKeywords } from '../../src/mailbox/mailbox.ts';
import { draftMail, mailWithPicture, plainMail } from './made-mails.ts';
import { imapPlace, maildirPlace } from './mailbox-places.ts';
import type { MailboxPlace } from './mailbox-places.ts';
import { until } from './until.ts';

async function fetchAll(mailbox: Mailbox, uids: readonly number[]): Promise<FetchedMail[]> {
  const mails: FetchedMail[] = [];
  for await (const mail of mailbox.fetch(uids)) mails.push(mail);
  return mails.toSorted((a, b) => a.uid - b.uid);
}

describe.each([
  { kind: 'an IMAP server', make: imapPlace },
  { kind: 'a Maildir', make: maildirPlace },
])('a mailbox on $kind', ({ make }) => {
  let place: MailboxPlace;
  let mailbox: Mailbox;

  beforeEach(async () => {
    place = await make();
    mailbox = place.connect();
  });
  afterEach(async () => {
    await mailbox.close();
    await place.stop();
  });

  const watchIt = (): { states: MailboxState[]; events: ConnectionEvent[]; end(): Promise<void> } => {
    const states: MailboxState[] = [];
    const events: ConnectionEvent[] = [];
    const abort = new AbortController();
    const watching = mailbox.watch((state) => states.push(state), abort.signal, (event) => events.push(event));
    return {
      states,
      events,
      async end() {
        abort.abort();
        await watching;
      },
    };
  };

  it('tells where new mail will begin, and lists what came after a UID', async () => {
    const empty = await mailbox.open();
    expect(await mailbox.listUidsAfter(0)).toEqual([]);
    for (const subject of ['one', 'two', 'three']) await place.deliver(plainMail(subject));
    const uids = await mailbox.listUidsAfter(empty.uidNext - 1);
    expect(uids).toHaveLength(3);
    expect(uids).toEqual(uids.toSorted((a, b) => a - b));
    expect(uids[0]).toBeGreaterThanOrEqual(empty.uidNext);
    expect(await mailbox.listUidsAfter(uids[1] ?? 0)).toEqual([uids[2]]);
    expect(await mailbox.listUidsAfter(uids[2] ?? 0)).toEqual([]);
    const later = await mailbox.open();
    expect(later.uidNext).toBe((uids[2] ?? 0) + 1);
    expect(later.uidValidity).toBe(empty.uidValidity);
  });

  it('reads and marks mail that came after it was opened and that another one listed', async () => {
    await place.deliver(plainMail('before'));
    await mailbox.open();
    await mailbox.addKeyword(await mailbox.listUidsAfter(0), triageKeywords.ignored);
    await place.deliver(plainMail('after'));
    const other = place.connect();
    await other.open();
    const uids = await other.listUidsAfter(0);
    await other.close();
    await mailbox.addKeyword(uids.slice(1), triageKeywords.ready);
    expect(await fetchAll(mailbox, uids)).toHaveLength(2);
    expect(await place.keywords()).toEqual([[triageKeywords.ignored], [triageKeywords.ready]]);
  });

  it('lists by day of arrival', async () => {
    await place.deliver(plainMail('today'));
    await mailbox.open();
    expect(await mailbox.listUidsSince(new Date())).toHaveLength(1);
    expect(await mailbox.listUidsSince(new Date(Date.now() - 40 * 86_400_000))).toHaveLength(1);
    expect(await mailbox.listUidsSince(new Date(Date.now() + 2 * 86_400_000))).toEqual([]);
  });

  it('gives mails as they are, whole and unchanged, and leaves out those that are gone', async () => {
    const sources = ['one', 'two'].map((subject) => plainMail(subject));
    for (const source of sources) await place.deliver(source);
    await mailbox.open();
    const uids = await mailbox.listUidsAfter(0);
    const mails = await fetchAll(mailbox, [...uids, 4_000]);
    expect(mails.map((mail) => mail.source.toString())).toEqual(sources.map(String));
    expect(mails.map((mail) => mail.bytes)).toEqual(sources.map((source) => source.length));
    expect(mails.map((mail) => mail.partBytes)).toEqual([null, null]);
    expect(Math.abs((mails[0]?.internalDate.getTime() ?? 0) - Date.now())).toBeLessThan(120_000);
  });

  it('gives the subjects alone, as they stand there, without marking the mails as seen', async () => {
    for (const subject of ['one', '=?utf-8?q?tw=C3=B6?=']) await place.deliver(plainMail(subject));
    await mailbox.open();
    const uids = await mailbox.listUidsAfter(0);
    const subjects = await mailbox.readSubjects([...uids, 4_000]);
    expect(uids.map((uid) => /^Subject: (.*)\r$/m.exec(subjects.get(uid)?.toString('latin1') ?? '')?.[1])).toEqual(['one', '=?utf-8?q?tw=C3=B6?=']);
    expect(subjects.size).toBe(2);
    expect(await place.seen()).toBe(0);
  });

  it('reads a large mail slim: its text whole, its picture cut, the true sizes beside', async () => {
    const source = mailWithPicture(3_000_000);
    await place.deliver(source);
    await mailbox.open();
    const [mail] = await fetchAll(mailbox, await mailbox.listUidsAfter(0));
    expect(mail?.bytes).toBe(source.length);
    expect(mail?.source.length).toBeLessThan(100_000);
    expect(mail?.source.toString()).toContain('The book came torn. Order SB-10482.');
    expect(mail?.source.toString()).toContain('filename="box.png"');
    expect(mail?.partBytes).toHaveLength(3);
    expect(mail?.partBytes?.[2]).toBeGreaterThanOrEqual(3_000_000);
  });

  it('never marks a mail as seen', async () => {
    await place.deliver(plainMail('small'));
    await place.deliver(mailWithPicture(300_000));
    await place.deliver(plainMail('read by someone'));
    await mailbox.open();
    const uids = await mailbox.listUidsAfter(0);
    await place.readByAnother(2);
    await fetchAll(mailbox, uids);
    await mailbox.addKeyword(uids, triageKeywords.ready);
    expect(await place.seen()).toBe(1);
    expect(await place.keywords()).toEqual(uids.map(() => [triageKeywords.ready]));
  });

  it('adds keywords that others see, keeps those that were there, and gives them back', async () => {
    for (const subject of ['one', 'two', 'three']) await place.deliver(plainMail(subject));
    const state = await mailbox.open();
    expect(state.keywordsAllowed).toBe(true);
    const uids = await mailbox.listUidsAfter(0);
    await mailbox.addKeyword(uids.slice(0, 2), triageKeywords.needsInfo);
    await mailbox.addKeyword(uids.slice(1), triageKeywords.review);
    await mailbox.addKeyword([9_999], triageKeywords.review);
    expect((await place.keywords()).map((names) => names.toSorted())).toEqual([
      [triageKeywords.needsInfo],
      [triageKeywords.needsInfo, triageKeywords.review],
      [triageKeywords.review],
    ]);
    expect((await fetchAll(mailbox, uids)).map((mail) => [...mail.keywords].toSorted())).toEqual(await place.keywords().then((all) => all.map((names) => names.toSorted())));
  });

  it('puts drafts into Drafts as they are, marked as drafts, and finds them again by Message-ID', async () => {
    const state = await mailbox.open();
    expect(state.draftsFolder).toBe('Drafts');
    const ids = Array.from({ length: 75 }, (_, index) => `<rt.${index}.abc@storybookly.example>`);
    const drafts = ids.map((messageId, index) => ({ messageId, source: draftMail(messageId, index * 300) }));
    await mailbox.appendDrafts(drafts);
    const stored = await place.drafts();
    expect(stored).toHaveLength(75);
    expect(stored.every((draft) => draft.flags.includes('\\Draft'))).toBe(true);
    expect(ids.every((id) => stored.some((draft) => draft.source.includes(`Message-ID: ${id}`)))).toBe(true);
    expect(stored.some((draft) => draft.source.trimEnd().endsWith('More.'))).toBe(true);

    const missing = ['<rt.75.abc@storybookly.example>', '<rt.1.ab@storybookly.example>'];
    expect([...(await mailbox.findDrafts([...ids, ...missing]))].toSorted()).toEqual(ids.toSorted());
    expect(await mailbox.findDrafts([])).toEqual(new Set());
    const other = place.connect();
    await other.open();
    expect([...(await other.findDrafts([ids[3] ?? '', ...missing]))]).toEqual([ids[3]]);
    await other.close();
  });

  it('makes the Drafts folder again when someone removed it', async () => {
    await mailbox.open();
    await mailbox.appendDrafts([{ messageId: '<a@x.example>', source: draftMail('<a@x.example>') }]);
    await place.removeDraftsFolder();
    expect(await mailbox.findDrafts(['<a@x.example>'])).toEqual(new Set());
    await mailbox.appendDrafts([{ messageId: '<b@x.example>', source: draftMail('<b@x.example>') }]);
    expect([...(await mailbox.findDrafts(['<a@x.example>', '<b@x.example>']))]).toEqual(['<b@x.example>']);
  });

  it('wakes when mail arrives, again and again', async () => {
    await mailbox.open();
    const watch = watchIt();
    await until('it was told of the connection', () => watch.states.length === 1);
    expect(watch.events).toEqual([{ kind: 'connected' }]);
    for (const subject of ['one', 'two', 'three']) {
      const told = watch.states.length;
      await place.deliver(plainMail(subject));
      await until(`it was told of ${subject}`, () => watch.states.length > told);
    }
    expect(await mailbox.listUidsAfter(0)).toHaveLength(3);
    await watch.end();
  });

  it('reports a new UIDVALIDITY: reading by old UIDs is refused, watching goes on with the new ones', async () => {
    await place.deliver(plainMail('one'));
    const before = await mailbox.open();
    const uids = await mailbox.listUidsAfter(0);
    await place.makeAnew();
    await expect(fetchAll(mailbox, uids)).rejects.toThrow(UidValidityChangedError);
    await expect(mailbox.addKeyword(uids, triageKeywords.ready)).rejects.toThrow(UidValidityChangedError);
    expect(await place.keywords()).toEqual([[]]);
    const after = await mailbox.open();
    expect(after.uidValidity).not.toBe(before.uidValidity);
    expect(await fetchAll(mailbox, await mailbox.listUidsAfter(0))).toHaveLength(1);
    await mailbox.addKeyword(await mailbox.listUidsAfter(0), triageKeywords.ready);
    expect(await place.keywords()).toEqual([[triageKeywords.ready]]);
  });

  it('tells its watcher of a new UIDVALIDITY', async () => {
    const before = await mailbox.open();
    const watch = watchIt();
    await until('it was told of the connection', () => watch.states.length === 1);
    await place.makeAnew();
    await until('it was told of the change', () => watch.states.at(-1)?.uidValidity !== before.uidValidity);
    await watch.end();
  });

  it('says that the folder is missing, and goes on when it is back', async () => {
    await place.deliver(plainMail('one'));
    await mailbox.open();
    const watch = watchIt();
    await until('it was told of the connection', () => watch.states.length === 1);
    await place.vanish();
    await until('it was told of the loss', () => watch.events.some((event) => event.kind === 'lost' && /folder|Maildir/.test(event.reason)));
    await expect(mailbox.open()).rejects.toThrow(FolderMissingError);
    await expect(mailbox.listUidsAfter(0)).rejects.toMatchObject({ code: 'mailbox_folder_missing', retryable: true });
    const told = watch.states.length;
    await place.comeBack();
    await until('it was told that it is back', () => watch.states.length > told);
    expect(await fetchAll(mailbox, await mailbox.listUidsAfter(0))).toHaveLength(1);
    await watch.end();
  });

  it('does nothing more once it is closed', async () => {
    await mailbox.open();
    await mailbox.close();
    await expect(mailbox.listUidsAfter(0)).rejects.toMatchObject({ code: 'mailbox_closed' });
  });
});
