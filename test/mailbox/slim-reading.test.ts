import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import type { FetchDepth, FetchedMail } from '../../src/mailbox/mailbox.ts';
import { readSlimFile } from '../../src/mailbox/slim-file.ts';
import { leavesOf, parseMime } from '../../src/message/parse-mime.ts';
import { readFiles } from '../../src/message/read-files.ts';
import { defaultReadLimits } from '../../src/message/read-limits.ts';
import { startDovecot } from '../servers/dovecot.ts';
import type { Dovecot } from '../servers/dovecot.ts';
import { filePart, htmlPart, mailOf, mailWithForward, mailWithPicture, multipart, textPart } from './made-mails.ts';
import type { MadePart } from './made-mails.ts';

/** What the reader makes of a source: every part with its header, and of its body as much as a slim source has of an attachment. */
function reading(source: Buffer, partBytes: readonly number[] | null): object[] {
  const { root } = parseMime(source, 0, defaultReadLimits, partBytes);
  return leavesOf(root).map((leaf) => ({
    type: leaf.type,
    parameters: [...leaf.parameters],
    disposition: leaf.disposition,
    filename: leaf.filename,
    encoding: leaf.encoding,
    encodedBytes: leaf.encodedBytes,
    body: leaf.type.startsWith('text/') && leaf.disposition !== 'attachment' ? leaf.body.toString('latin1') : leaf.body.toString('latin1', 0, 60_000),
  }));
}

const longText: MadePart = { header: ['Content-Type: text/plain; charset=utf-8'], body: 'I ordered it in March and it never came.\r\n'.repeat(8_000).trimEnd() };
const csv: MadePart = {
  header: ['Content-Type: text/csv; charset=utf-8', "Content-Disposition: attachment; filename*=utf-8''%D1%81%D1%87%D1%91%D1%82.csv"],
  body: 'day;credits\r\n'.repeat(20_000).trimEnd(),
};
const shapes: Record<string, Buffer> = {
  'a picture beside text and HTML': mailWithPicture(900_000),
  'an attached mail with a picture of its own': mailWithForward(400_000),
  'one part only, a picture': mailOf(filePart('only.jpg', 'image/jpeg', 300_000)),
  'long text in one part': mailOf(longText),
  'long text before a picture': mailOf(multipart('mixed', 'b1', [longText, filePart('a.png', 'image/png', 100_000)])),
  'related pictures within an alternative within a mixed': mailOf(
    multipart('mixed', '=_out;er', [
      multipart('alternative', '=_in"ner'.replace('"', ''), [textPart, multipart('related', '=_rel', [htmlPart, { ...filePart('logo.png', 'image/png', 80_000) }])]),
      filePart('снимок экрана.png', 'image/png', 200_000),
      csv,
    ]),
  ),
  'boundaries that begin alike': mailOf(multipart('mixed', 'part', [multipart('alternative', 'part2', [textPart, htmlPart]), filePart('a.png', 'image/png', 90_000), textPart])),
  'an empty part and a part without a header': mailOf(
    multipart('mixed', 'b', [{ header: ['Content-Type: text/plain'], body: '' }, { header: [], body: 'No header of mine.' }, filePart('a.png', 'image/png', 90_000)]),
  ),
  'a folded header and a boundary in odd case': mailOf({
    ...multipart('mixed', 'Odd_Case', [textPart, filePart('a.png', 'image/png', 90_000)]),
    header: ['Content-Type: multipart/mixed;', '\tBOUNDARY="Odd_Case"'],
  }),
  'sixty files': mailOf(multipart('mixed', 'b', [textPart, ...Array.from({ length: 60 }, (_, index) => filePart(`${index}.jpg`, 'image/jpeg', 5_000))])),
};

let server: Dovecot;
let mailbox: ImapMailbox;
let folder: string;
beforeAll(async () => {
  server = await startDovecot();
  mailbox = new ImapMailbox({ name: 'slim', host: server.host, port: server.port, security: 'none', user: server.user, password: server.password });
  folder = await mkdtemp(join(tmpdir(), 'refund-triage-slim-'));
  await mailbox.open();
});
afterAll(async () => {
  await mailbox.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

async function overImap(source: Buffer, depth?: FetchDepth): Promise<FetchedMail> {
  const before = await mailbox.open();
  await server.deliver(source);
  const uids = await mailbox.listUidsAfter(before.uidNext - 1);
  for await (const mail of mailbox.fetch(uids, depth)) return mail;
  throw new Error('the mail did not arrive');
}

async function fromFile(source: Buffer, depth?: FetchDepth): Promise<Pick<FetchedMail, 'source' | 'bytes' | 'partBytes'>> {
  const path = join(folder, 'mail.eml');
  await writeFile(path, source);
  const file = await open(path);
  try {
    return await readSlimFile(file, undefined, depth);
  } finally {
    await file.close();
  }
}

describe.each([
  { way: 'over IMAP', read: overImap },
  { way: 'from a file', read: fromFile },
])('a large mail read slim $way', ({ read }) => {
  it.each(Object.keys(shapes))('reads the same as the whole: %s', async (shape) => {
    const whole = shapes[shape] ?? Buffer.alloc(0);
    const slim = await read(whole);
    expect(slim.bytes).toBe(whole.length);
    expect(slim.partBytes).not.toBeNull();
    expect(reading(slim.source, slim.partBytes)).toEqual(reading(whole, null));
  });

  it('reads the corpus the same as the whole', async () => {
    const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
    const names = (await readdir(corpus)).filter((name) => name.endsWith('.eml'));
    for (const name of names) {
      const whole = withCrlf(await readFile(join(corpus, name)));
      const slim = await read(whole);
      expect(reading(slim.source, slim.partBytes), name).toEqual(reading(whole, null));
    }
  });

  it('keeps pictures and documents whole where someone is to look into them, but no recording and nothing beyond all measure', async () => {
    const whole = mailOf(multipart('mixed', 'b', [
      textPart, filePart('a.png', 'image/png', 600_000), filePart('b.pdf', 'application/pdf', 2_000_000), filePart('c.mp4', 'video/mp4', 3_000_000), filePart('d.png', 'image/png', 30_000_000),
    ]));
    const slim = await read(whole, 'files');
    const contents = readFiles(slim.source, { partBytes: slim.partBytes, maxFileBytes: 12_000_000 }, [0, 1, 2, 3]);
    const expected = readFiles(whole, { partBytes: null, maxFileBytes: 40_000_000 }, [0, 1]);
    for (const place of [0, 1]) expect(contents.get(place)?.bytes.equals(expected.get(place)?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect([0, 1, 2, 3].map((place) => contents.get(place)?.isWhole)).toEqual([true, true, false, false]);
    expect(slim.source.length).toBeLessThan(24 * 1024 * 1024);
    expect(slim.partBytes?.at(-1)).toBeGreaterThan(30_000_000);
  });

  it('keeps little of a mail of 100 MB', async () => {
    const whole = mailWithPicture(100_000_000);
    const slim = await read(whole);
    expect(slim.bytes).toBe(whole.length);
    expect(slim.source.length).toBeLessThan(100_000);
    expect(slim.partBytes?.at(-1)).toBeGreaterThan(100_000_000);
  });

  it('keeps the beginning of a mail with 5,000 parts, with a header of 1 MB, with 60 levels', async () => {
    const many = mailOf(multipart('mixed', 'b', Array.from({ length: 5_000 }, (_, index) => filePart(`${index}.bin`, 'application/octet-stream', 500))));
    const wide = mailOf(multipart('mixed', 'b', [textPart, filePart('a.png', 'image/png', 3_000_000)]), [`X-Long: ${'x '.repeat(500_000)}`]);
    let nested = multipart('mixed', 'b0', [textPart, filePart('a.png', 'image/png', 200_000)]);
    for (let level = 1; level < 60; level += 1) nested = multipart('mixed', `b${level}`, [nested]);
    for (const whole of [many, wide, mailOf(nested)]) {
      const slim = await read(whole);
      expect(slim.bytes).toBe(whole.length);
      expect(slim.partBytes).toBeNull();
      expect(slim.source.length).toBeLessThanOrEqual(2 * 1024 * 1024);
      expect(slim.source.equals(whole.subarray(0, slim.source.length))).toBe(true);
    }
  });

  it('loses no text that a broken delimiter leaves outside all parts', async () => {
    const lost = `I want a refund. ${'So it goes on and on. '.repeat(300)}`;
    const { header, body } = multipart('mixed', 'b', [filePart('a.png', 'image/png', 90_000)]);
    const slim = await read(mailOf({ header, body: `--bb\r\nContent-Type: text/plain\r\n\r\n${lost}\r\n${body}` }));
    expect(slim.source.toString('latin1')).toContain('I want a refund. So it goes');
  });

  it('never holds more of a mail than its limit, however many texts and files it has', async () => {
    const big: MadePart = { header: ['Content-Type: text/plain'], body: longText.body.repeat(6) };
    const whole = mailOf(multipart('mixed', 'b', [...Array.from({ length: 12 }, () => big), filePart('a.png', 'image/png', 200_000)]));
    const slim = await read(whole);
    expect(slim.source.length).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(slim.partBytes).toHaveLength(13);
    expect(slim.source.toString('latin1')).toContain('filename="a.png"');
  });
});

describe('a file that is no mail', () => {
  it('is read without an end of header, without lines, or empty', async () => {
    const junk = Buffer.alloc(5_000_000, 0);
    expect((await fromFile(junk)).source.length).toBeLessThanOrEqual(2 * 1024 * 1024);
    const line = Buffer.from(`Subject: x\r\n\r\n${'y'.repeat(6_000_000)}`);
    const slim = await fromFile(line);
    expect(slim.partBytes).toEqual([6_000_000]);
    expect(slim.source.length).toBeLessThan(1_100_000);
    expect((await fromFile(Buffer.alloc(0))).source.length).toBe(0);
  });
});

/** As a mail server gives it out. RFC 5322, 2.1. */
function withCrlf(source: Buffer): Buffer {
  return Buffer.from(source.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}
