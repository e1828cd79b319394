import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentSince } from '../../src/mailbox/answer.ts';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { triageKeywords } from '../../src/mailbox/mailbox.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { draftMail, plainMail } from './made-mails.ts';
import { otherImapProgram, otherMaildirProgram } from './other-program.ts';
import type { OtherProgram } from './other-program.ts';

interface Place {
  connect(): Mailbox;
  readonly other: OtherProgram;
  deliver(source: Buffer): Promise<void>;
  /** Renames a folder that is no mail program's idea of Sent any more, and back. */
  renameFolder(from: string, to: string): Promise<void>;
  stop(): Promise<void>;
}

async function imapPlace(): Promise<Place> {
  const server = await startDovecot();
  const other = await otherImapProgram(server);
  return {
    connect: () => new ImapMailbox({ name: 'imap', host: server.host, port: server.port, security: 'none', user: server.user, password: server.password }),
    other,
    deliver: (source) => server.deliver(source),
    renameFolder: async (from, to) => {
      await server.doveadm(['mailbox', 'rename', '-u', server.user, from, to]);
    },
    stop: async () => {
      await other.end();
      await server.stop();
    },
  };
}

async function maildirPlace(): Promise<Place> {
  const parent = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-answers-'));
  const path = await createMaildir(join(parent, 'mail'));
  return {
    connect: () => new MaildirMailbox({ name: 'maildir', path }),
    other: otherMaildirProgram(path),
    deliver: async (source) => {
      await deliverToMaildir(path, source);
    },
    renameFolder: (from, to) => rename(join(path, `.${from}`), join(path, `.${to}`)),
    stop: () => rm(parent, { recursive: true, force: true }),
  };
}

const sha256 = (source: string): string => createHash('sha256').update(source).digest('hex');
const shop = 'storybookly.example';

/** What a mail program makes of our draft when someone edits it: its own headers, the text changed. */
function edited(messageId: string, answering: string, text = 'We are so sorry, Ada.'): Buffer {
  return Buffer.from(
    [
      'Date: Mon, 16 Nov 2026 12:00:00 +0100', `From: "Storybookly" <Help@${shop}>`, 'To: "Ada, L." <ada@customer.example>', 'Cc: boss@storybookly.example', 'Subject: =?UTF-8?Q?Re:_Zur=C3=BCck_[RT-7K2M9QXW]?=',
      `Message-ID: ${messageId}`, `References: <first@customer.example>`, ` ${answering}`, `In-Reply-To: ${answering}`, 'User-Agent: Mozilla Thunderbird', 'MIME-Version: 1.0', 'Content-Type: text/plain', '', text, '',
    ].join('\r\n'),
  );
}

describe.each([
  { kind: 'an IMAP server', make: imapPlace },
  { kind: 'a Maildir', make: maildirPlace },
])('drafts and sent mails on $kind', ({ make }) => {
  let place: Place;
  let mailbox: Mailbox;
  let other: OtherProgram;
  let count = 0;

  beforeAll(async () => {
    place = await make();
    other = place.other;
    mailbox = place.connect();
    await mailbox.open();
  });
  afterAll(async () => {
    await mailbox.close();
    await place.stop();
  });

  const newDraft = (): { messageId: string; source: Buffer; asked: string } => {
    count += 1;
    const [messageId, asked] = [`<refund-triage.${count}@${shop}>`, `<asked.${count}@customer.example>`];
    const source = draftMail(messageId).toString().replace('MIME-Version', `In-Reply-To: ${asked}\r\nX-Refund-Triage: RT-7K2M9QXW\r\nMIME-Version`);
    return { messageId, asked, source: Buffer.from(source) };
  };
  const append = async (draft: { messageId: string; source: Buffer }): Promise<{ messageId: string; digest: string }> => {
    const [placed] = await mailbox.appendDrafts([draft]);
    if (placed === undefined) throw new Error('no draft was placed');
    return placed;
  };

  it('gives a draft the digest that it has there, also for one who finds it later', async () => {
    const draft = newDraft();
    const placed = await append(draft);
    expect(placed).toEqual({ messageId: draft.messageId, digest: sha256(draft.source.toString()) });
    const another = place.connect();
    await another.open();
    for (const who of [mailbox, another]) {
      const found = await who.findAnswers({ answering: [], messageIds: [draft.messageId], withDigests: true });
      expect(found).toMatchObject([{ folder: 'drafts', messageId: draft.messageId, inReplyTo: draft.asked, to: ['ada@customer.example'], caseTag: 'RT-7K2M9QXW', digest: placed.digest }]);
    }
    expect(await mailbox.findAnswers({ answering: [draft.asked], messageIds: [] })).toMatchObject([{ messageId: draft.messageId, digest: null }]);
    await another.close();
  });

  it('finds what answers a mail in Drafts and in Sent, by In-Reply-To or the last of References, and reads it', async () => {
    const draft = newDraft();
    const byReference = Buffer.from(`From: help@${shop}\r\nMessage-ID: <bare.${count}@${shop}>\r\nReferences: <x@y.example>\r\n\t${draft.asked}\r\nSubject: Re\r\n\r\nHello\r\n`);
    await append(draft);
    await other.save('Sent', edited(`<sent.${count}@${shop}>`, draft.asked));
    await other.save('Drafts', byReference);
    const found = await mailbox.findAnswers({ answering: [draft.asked, '<nobody@customer.example>'], messageIds: [] });
    expect(found.map(({ folder, messageId }) => [folder, messageId])).toEqual([
      ['drafts', draft.messageId],
      ['drafts', `<bare.${count}@${shop}>`],
      ['sent', `<sent.${count}@${shop}>`],
    ]);
    expect(found[2]).toMatchObject({
      from: `help@${shop}`, to: ['ada@customer.example', `boss@${shop}`], subject: 'Re: Zurück [RT-7K2M9QXW]', sentAt: new Date('2026-11-16T11:00:00Z'), references: ['<first@customer.example>', draft.asked],
      caseTag: null,
    });
    const sources = await Promise.all(found.map(async (answer) => (await mailbox.readAnswer(answer))?.toString().replaceAll(/\r?\n/g, '\r\n')));
    expect(sources).toEqual([draft.source, byReference, edited(`<sent.${count}@${shop}>`, draft.asked)].map(String));
    // References that name a mail before the last answer another one.
    expect(await mailbox.findAnswers({ answering: ['<x@y.example>'], messageIds: ['<nobody@customer.example>'] })).toEqual([]);
    expect(await mailbox.readAnswer({ folder: 'sent', uidValidity: found[2]?.uidValidity ?? '', uid: 999_999 })).toBeNull();
    expect(await mailbox.readAnswer({ folder: 'sent', uidValidity: '1', uid: found[2]?.uid ?? 0 })).toBeNull();
  });

  it('removes a draft that nobody has touched, once, and nothing beside it', async () => {
    const [draft, neighbour] = [newDraft(), newDraft()];
    const placed = await append(draft);
    await append(neighbour);
    await other.save('Drafts', edited(`<own.${count}@${shop}>`, neighbour.asked));
    await other.remove('Drafts', `<own.${count}@${shop}>`, 'marked');
    const before = await other.sources('Drafts');
    expect(await mailbox.removeDraft(placed)).toBe('removed');
    expect((await other.sources('Drafts')).toSorted()).toEqual(before.filter((source) => source !== draft.source.toString()).toSorted());
    expect(await mailbox.removeDraft(placed)).toBe('gone');
    expect(await mailbox.findAnswers({ answering: [], messageIds: [draft.messageId] })).toEqual([]);
  });

  it('ends a removal that was cut off half-way', async () => {
    const placed = await append(newDraft());
    await other.remove('Drafts', placed.messageId, 'marked');
    expect(await mailbox.findAnswers({ answering: [], messageIds: [placed.messageId] })).toEqual([]);
    expect(await mailbox.removeDraft(placed)).toBe('removed');
    expect((await other.sources('Drafts')).filter((source) => source.includes(placed.messageId))).toEqual([]);
  });

  it('leaves one of several copies of a draft, the oldest, and all of them where one was edited', async () => {
    const draft = newDraft();
    const placed = await append(draft);
    for (let copies = 0; copies < 2; copies += 1) await other.save('Drafts', draft.source);
    const find = async (): Promise<number[]> => (await mailbox.findAnswers({ answering: [], messageIds: [draft.messageId] })).map(({ uid }) => uid);
    const [oldest] = await find();
    expect(await find()).toHaveLength(3);
    expect(await mailbox.removeDraft(placed, 'all_but_one')).toBe('removed');
    expect(await find()).toEqual([oldest]);
    expect(await mailbox.removeDraft(placed, 'all_but_one')).toBe('gone');
    await other.save('Drafts', edited(draft.messageId, draft.asked));
    expect(await mailbox.removeDraft(placed, 'all_but_one')).toBe('changed');
    expect(await find()).toHaveLength(2);
  });

  it.each([
    { program: 'one that keeps the Message-ID and expunges the old draft', keepsId: true, old: 'expunged', told: 'changed' },
    { program: 'one that keeps the Message-ID and marks the old draft deleted', keepsId: true, old: 'marked', told: 'changed' },
    { program: 'one that has appended the new draft and not yet removed the old one', keepsId: true, old: 'kept', told: 'changed' },
    { program: 'one that gives a Message-ID of its own', keepsId: false, old: 'expunged', told: 'gone' },
  ] as const)('never removes a draft that was edited in a mail program: $program', async ({ keepsId, old, told }) => {
    const draft = newDraft();
    const placed = await append(draft);
    await mailbox.findAnswers({ answering: [], messageIds: [draft.messageId], withDigests: true });
    const newId = keepsId ? draft.messageId : `<CA+${count}@mail.example>`;
    if (old !== 'kept') await other.remove('Drafts', draft.messageId, old);
    await other.save('Drafts', edited(newId, draft.asked));
    expect(await mailbox.removeDraft(placed)).toBe(told);
    expect((await other.sources('Drafts')).filter((source) => source.includes(`In-Reply-To: ${draft.asked}`))).toContain(edited(newId, draft.asked).toString());
    const found = await mailbox.findAnswers({ answering: [draft.asked], messageIds: [draft.messageId], withDigests: true });
    expect(found.filter(({ digest }) => digest !== placed.digest)).toMatchObject([{ messageId: newId, digest: sha256(edited(newId, draft.asked).toString()) }]);
  });

  it('reads and tells apart drafts with large files', async () => {
    const draft = newDraft();
    const placed = await append(draft);
    await other.remove('Drafts', draft.messageId, 'expunged');
    // Larger than a piece that is read at once, and a line break at its end.
    const large = Buffer.concat([draft.source, Buffer.alloc(4 * 1024 * 1024 - draft.source.length - 1, 'x'), Buffer.from('\r\nend\r\n')]);
    await other.save('Drafts', large);
    const [found] = await mailbox.findAnswers({ answering: [], messageIds: [draft.messageId], withDigests: true });
    expect(found?.digest).toBe(sha256(large.toString()));
    expect((await mailbox.readAnswer(found ?? { folder: 'drafts', uidValidity: '', uid: 0 }))?.toString().replaceAll(/\r?\n/g, '\r\n') === large.toString()).toBe(true);
    expect(await mailbox.removeDraft(placed)).toBe('changed');
    await other.remove('Drafts', draft.messageId, 'expunged');
  });

  it('removes a draft that was taken back to what it was', async () => {
    const draft = newDraft();
    const placed = await append(draft);
    await other.remove('Drafts', draft.messageId, 'expunged');
    await other.save('Drafts', draft.source);
    expect(await mailbox.removeDraft(placed)).toBe('removed');
  });

  it('finds and removes drafts where Drafts was made anew', async () => {
    const [before, after] = [await append(newDraft()), newDraft()];
    const identity = await mailbox.identifyDrafts();
    expect(await mailbox.identifyDrafts()).toBe(identity);
    await place.renameFolder('Drafts', `Away${count}`);
    const placed = await append(after);
    expect(await mailbox.identifyDrafts()).not.toBe(identity);
    expect(await mailbox.findAnswers({ answering: [], messageIds: [before.messageId, after.messageId] })).toMatchObject([{ messageId: after.messageId }]);
    expect(await mailbox.removeDraft(before)).toBe('gone');
    expect(await mailbox.removeDraft(placed)).toBe('removed');
    expect(await other.sources('Drafts')).toEqual([]);
  });

  it('puts a copy into Sent as read, once, and not where the mail server did', async () => {
    const [ours, theirs] = [newDraft(), newDraft()];
    expect(await mailbox.saveSent(ours)).toBe('saved');
    expect(await mailbox.saveSent(ours)).toBe('already_there');
    expect(await other.flags('Sent', ours.messageId)).toEqual(['\\Seen']);
    await other.save('Sent', theirs.source);
    expect(await mailbox.saveSent(theirs)).toBe('already_there');
    expect((await other.sources('Sent')).filter((source) => source.includes(theirs.messageId))).toHaveLength(1);
  });

  it('lists what comes into Sent, from a time or a place on, page by page', async () => {
    const start = sentSince(new Date());
    const began = await mailbox.listSent({ ...start, sinceMs: start.sinceMs + 60_000 }, 10);
    expect(began).toMatchObject({ mails: [], more: false });
    const ids = Array.from({ length: 7 }, (_, index) => `<listed.${index}@${shop}>`);
    for (const id of ids) await other.save('Sent', edited(id, '<asked@customer.example>'));
    const pages = [await mailbox.listSent(began.cursor, 3)];
    while (pages.at(-1)?.more === true) pages.push(await mailbox.listSent(pages.at(-1)?.cursor ?? start, 3));
    expect(pages.map(({ mails }) => mails.length)).toEqual([3, 3, 1]);
    expect(pages.flatMap(({ mails }) => mails.map(({ messageId }) => messageId))).toEqual(ids);
    expect(await mailbox.listSent(pages.at(-1)?.cursor ?? start, 3)).toMatchObject({ mails: [], more: false });
    // Under another UIDVALIDITY what was sent since a day before comes again.
    const again = await mailbox.listSent({ ...(pages.at(-1)?.cursor ?? start), uidValidity: '7' }, 1_000);
    expect(again.mails.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(ids));
    expect(again.more).toBe(false);
  });

  it('goes on without a Sent folder, takes notice when there is one, and makes one to put a copy into', async () => {
    await mailbox.saveSent(newDraft());
    const draft = newDraft();
    await other.save('Sent', edited(`<away.${count}@${shop}>`, draft.asked));
    const look = async (): Promise<(string | null)[]> => (await mailbox.findAnswers({ answering: [draft.asked], messageIds: [] })).map(({ messageId }) => messageId);
    expect(await look()).toEqual([`<away.${count}@${shop}>`]);
    const { cursor } = await mailbox.listSent(sentSince(new Date(0)), 1_000);
    await place.renameFolder('Sent', 'Kept');
    expect(await look()).toEqual([]);
    expect(await mailbox.listSent(cursor, 10)).toEqual({ cursor, mails: [], more: false });
    await place.renameFolder('Kept', 'Sent');
    expect(await look()).toEqual([`<away.${count}@${shop}>`]);
    expect((await mailbox.listSent(cursor, 10)).mails).toEqual([]);
    await place.renameFolder('Sent', 'Kept');
    expect(await mailbox.saveSent(draft)).toBe('saved');
    expect(await other.sources('Sent')).toEqual([draft.source.toString()]);
    expect((await mailbox.listSent(cursor, 10)).mails.map(({ messageId }) => messageId)).toContain(draft.messageId);
  });

  it("marks customers' mails answered and takes keywords of ours away, and never marks them seen", async () => {
    for (const subject of ['one', 'two', 'three']) await place.deliver(plainMail(subject));
    const uids = await mailbox.listUidsAfter(0);
    await mailbox.addKeyword(uids, triageKeywords.needsInfo);
    await mailbox.addKeyword(uids.slice(0, 1), triageKeywords.review);
    await mailbox.removeKeyword(uids.slice(0, 2), triageKeywords.needsInfo);
    await mailbox.removeKeyword(uids, triageKeywords.ignored);
    await mailbox.markAnswered([...uids.slice(1), 999_999]);
    const keywords = new Map<number, readonly string[]>();
    for await (const mail of mailbox.fetch(uids)) keywords.set(mail.uid, mail.keywords);
    expect(uids.map((uid) => keywords.get(uid))).toEqual([[triageKeywords.review], [], [triageKeywords.needsInfo]]);
    const flags = await Promise.all(['one', 'two', 'three'].map((id) => other.flags('INBOX', `<${id}@customer.example>`)));
    expect(flags.map((names) => names.filter((name) => name.startsWith('\\')))).toEqual([[], ['\\Answered'], ['\\Answered']]);
  });
});
