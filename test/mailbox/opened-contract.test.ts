import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import type { Mailbox, OpenedContent } from '../../src/mailbox/mailbox.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { filePart, htmlPart, mailOf, mailWithForward, multipart, textPart } from './made-mails.ts';
import type { MadePart } from './made-mails.ts';

interface Place {
  readonly mailbox: Mailbox;
  deliver(source: Buffer): Promise<void>;
  remove(): Promise<void>;
  stop(): Promise<void>;
}

async function imapPlace(): Promise<Place> {
  const server = await startDovecot();
  const mailbox = new ImapMailbox({ name: 'imap', host: server.host, port: server.port, security: 'none', user: server.user, password: server.password });
  return {
    mailbox,
    deliver: (source) => server.deliver(source),
    remove: async () => {
      await server.doveadm(['expunge', '-u', server.user, 'mailbox', 'INBOX', 'all']);
    },
    stop: async () => {
      await mailbox.close();
      await server.stop();
    },
  };
}

async function maildirPlace(): Promise<Place> {
  const path = await createMaildir(await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-opened-')));
  return {
    mailbox: new MaildirMailbox({ name: 'maildir', path }),
    deliver: async (source) => {
      await deliverToMaildir(path, source);
    },
    remove: async () => {
      await rm(join(path, 'new'), { recursive: true });
      await createMaildir(path);
    },
    stop: () => rm(path, { recursive: true, force: true }),
  };
}

async function collect(opened: OpenedContent | null): Promise<Buffer | null> {
  if (opened === null) return null;
  const pieces: Buffer[] = [];
  for await (const piece of opened.content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Each line of it is another one, so that a piece lost or read twice would show. */
function numberedFile(name: string, bytes: number): { part: MadePart; content: Buffer } {
  const content = Buffer.from(Array.from({ length: Math.ceil(bytes / 12) }, (_, index) => `${String(index).padStart(10, '0')}\r\n`).join('').slice(0, bytes));
  const body = content.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n');
  return { content, part: { header: [`Content-Type: application/octet-stream; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64'], body } };
}

describe.each([
  { kind: 'an IMAP server', make: imapPlace },
  { kind: 'a Maildir', make: maildirPlace },
])('a mail that someone looks at on $kind', ({ make }) => {
  let place: Place;

  beforeAll(async () => {
    place = await make();
    await place.mailbox.open();
  });
  afterAll(() => place.stop());

  const deliver = async (source: Buffer): Promise<number> => {
    const before = await place.mailbox.listUidsAfter(0);
    await place.deliver(source);
    const [uid] = await place.mailbox.listUidsAfter(before.at(-1) ?? 0);
    return uid ?? 0;
  };
  /** The files of a mail by the names that its reading gives them. */
  const filesOf = async (source: Buffer): Promise<Map<string, Buffer>> => {
    const uid = await deliver(source);
    const files = new Map<string, Buffer>();
    for await (const mail of place.mailbox.fetch([uid])) {
      const { attachments } = await readMessage(mail.source, { partBytes: mail.partBytes, bytes: mail.bytes });
      for (const [index, { filename, bytes }] of attachments.entries()) {
        const opened = await place.mailbox.openFile(uid, index);
        const content = await collect(opened);
        expect(opened).toMatchObject({ bytes, isWhole: true });
        if (content !== null) files.set(filename ?? '', content);
      }
      expect(await place.mailbox.openFile(uid, attachments.length)).toBeNull();
    }
    return files;
  };

  it('comes whole, however large it is, and stays unseen', async () => {
    const source = mailOf(multipart('mixed', 'outer', [textPart, numberedFile('long.bin', 1_700_000).part]));
    const uid = await deliver(source);
    const opened = await place.mailbox.openMail(uid);
    expect(opened?.bytes).toBe(source.length);
    expect(source.equals((await collect(opened)) ?? Buffer.alloc(0))).toBe(true);
    expect(await place.mailbox.openMail(999_999)).toBeNull();
  });

  it('gives each file as it was sent, long ones too, in attached mails too', async () => {
    const [long, exact, short] = [numberedFile('long.bin', 1_700_001), numberedFile('exact.bin', 57 * 9_000), numberedFile('short.bin', 20)];
    const attached = { header: ['Content-Type: message/rfc822'], body: mailWithForward(90_000).toString() };
    const files = await filesOf(mailOf(multipart('mixed', 'top', [multipart('alternative', 'inner', [textPart, htmlPart]), long.part, attached, short.part, exact.part])));
    expect([...files.keys()].toSorted()).toEqual(['', 'exact.bin', 'long.bin', 'order.eml', 'proof.jpg', 'short.bin']);
    expect(files.get('')?.toString().trimEnd()).toBe(attached.body.trimEnd());
    for (const { name, content } of [{ name: 'long.bin', ...long }, { name: 'exact.bin', ...exact }, { name: 'short.bin', ...short }]) expect(content.equals(files.get(name) ?? Buffer.alloc(0))).toBe(true);
    expect(Buffer.from(filePart('proof.jpg', 'image/jpeg', 90_000).body, 'base64').equals(files.get('proof.jpg') ?? Buffer.alloc(0))).toBe(true);
  });

  it('gives any stretch of a file alone, and says where that cannot be done', async () => {
    const [long, whole, short] = [numberedFile('long.bin', 400_001), numberedFile('whole.bin', 57 * 5_000), numberedFile('short.bin', 200)];
    const narrow = { ...long.part, body: long.part.body.replaceAll('\r\n', '').replaceAll(/.{60}(?=.)/g, '$&\r\n') };
    // Somebody put two files into one part: its lines are uneven, in the middle or at the end.
    const uneven = { ...long.part, body: long.part.body.replace(/^(.{50})/u, '$1\r\n') };
    const unevenAtEnd = { ...long.part, body: `${long.part.body.slice(0, -30)}\r\n${long.part.body.slice(-30)}` };
    const plain = { header: ['Content-Type: text/csv; name="plain.csv"', 'Content-Disposition: attachment; filename="plain.csv"', 'Content-Transfer-Encoding: 7bit'], body: long.content.toString().trimEnd() };
    const uid = await deliver(mailOf(multipart('mixed', 'top', [textPart, long.part, narrow, whole.part, short.part, plain, uneven, unevenAtEnd])));
    for (const [index, { content }] of [long, long, whole, short].entries()) {
      const stretches = await (await place.mailbox.openFile(uid, index))?.stretches?.();
      const { length } = content;
      expect(stretches?.bytes).toBe(length);
      for (const [start, end] of [[0, 1], [0, length], [1, 2], [length - 1, length], [57, 58], [Math.floor(length / 3), Math.floor(length / 2)], [56, 115]] as const) {
        expect([start, end, content.subarray(start, end).equals((await collect(stretches === null || stretches === undefined ? null : { ...stretches, isWhole: true, content: stretches.read(start, end) })) ?? Buffer.alloc(0))]).toEqual([start, end, true]);
      }
    }
    const text = await (await place.mailbox.openFile(uid, 4))?.stretches?.();
    expect((await collect(text === null || text === undefined ? null : { ...text, isWhole: true, content: text.read(1_000, 1_012) }))?.toString()).toBe(plain.body.slice(1_000, 1_012));
    for (const index of [5, 6]) expect(await (await place.mailbox.openFile(uid, index))?.stretches?.()).toBeNull();
  });

  it('gives the files of a small mail, and one in quoted-printable', async () => {
    const short = numberedFile('short.bin', 2_000);
    expect(await filesOf(mailOf(multipart('mixed', 'top', [textPart, short.part])))).toEqual(new Map([['short.bin', short.content]]));
    const line = 'Zur=C3=BCck, mit lieben Gr=C3=BC=C3=9Fen und einer langen Zeile=\r\n, die weitergeht.\r\n';
    const letter = { header: ['Content-Type: text/plain; name="letter.txt"', 'Content-Disposition: attachment; filename="letter.txt"', 'Content-Transfer-Encoding: quoted-printable'], body: line.repeat(9_000) };
    const uid = await deliver(mailOf(multipart('mixed', 'top', [textPart, letter])));
    const content = await collect(await place.mailbox.openFile(uid, 0));
    expect(content?.toString().replaceAll('\r\n', '\n').trimEnd()).toBe('Zurück, mit lieben Grüßen und einer langen Zeile, die weitergeht.\n'.repeat(9_000).trimEnd());
  });

  it('says so when it is removed while it is read', async () => {
    const uid = await deliver(mailOf(multipart('mixed', 'top', [textPart, numberedFile('long.bin', 1_700_000).part])));
    const [mail, file] = [await place.mailbox.openMail(uid), await place.mailbox.openFile(uid, 0)];
    await place.remove();
    await expect(collect(mail)).rejects.toMatchObject({ code: 'mailbox_refused' });
    await expect(collect(file)).rejects.toMatchObject({ code: 'mailbox_refused' });
    expect(await place.mailbox.openMail(uid)).toBeNull();
    expect(await place.mailbox.openFile(uid, 0)).toBeNull();
  });
});
