import { readFileSync, readdirSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import type { Attachment, AttachmentFlag, AttachmentKind } from '../../src/message/message.ts';
import { html, withFile } from './written-mail.ts';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, ascii(type), data, Buffer.alloc(4)]);
}

function png(width: number, height: number, extra: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([ascii('\x89PNG\r\n\x1a\n'), chunk('IHDR', header), extra, chunk('IDAT', deflateSync(Buffer.alloc(6000, 7))), Buffer.alloc(4000, 1), chunk('IEND', Buffer.alloc(0))]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** A JPEG's header with, where asked for, the EXIF block of a camera. */
function jpeg(width: number, height: number, camera = false): Buffer {
  const size = Buffer.from([8, 0, 0, 0, 0, 3, 1, 17, 0, 2, 17, 0, 3, 17, 0]);
  size.writeUInt16BE(height, 1);
  size.writeUInt16BE(width, 3);
  const make = Buffer.concat([ascii('Exif\0\0MM\0*\0\0\0\x08'), Buffer.from([0, 1, 1, 0x0f, 0, 2, 0, 0, 0, 6, 0, 0, 0, 26, 0, 0, 0, 0]), ascii('Apple\0')]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), camera ? segment(0xe1, make) : segment(0xe0, ascii('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')), segment(0xc0, size), Buffer.alloc(9000, 3)]);
}

function heicSize(width: number, height: number): Buffer {
  const box = Buffer.alloc(16);
  box.write('ispe', 'latin1');
  box.writeUInt32BE(width, 8);
  box.writeUInt32BE(height, 12);
  return box;
}

/** A HEIC's boxes with the sizes of a thumbnail and of the picture. */
function heic(width: number, height: number): Buffer {
  return Buffer.concat([ascii('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), heicSize(320, 240), heicSize(width, height), Buffer.alloc(4000, 5)]);
}

function webp(width: number, height: number): Buffer {
  const head = Buffer.concat([ascii('RIFF\0\x20\0\0WEBPVP8X\x0a\0\0\0'), Buffer.alloc(10), Buffer.alloc(8000, 5)]);
  head.writeUIntLE(width - 1, 24, 3);
  head.writeUIntLE(height - 1, 27, 3);
  return head;
}

/** A GIF's screen and as many frames. */
function gif(width: number, height: number, frames: number): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return Buffer.concat([head, ascii('\x21\xf9\x04\0\0\0\0\0,'.repeat(frames)), Buffer.alloc(4000, 5)]);
}

/** A zip of empty files, by its local headers and its directory. */
function zip(...names: string[]): Buffer {
  const locals = names.map((name) => {
    const head = Buffer.alloc(30);
    head.write('PK\x03\x04', 'latin1');
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    return Buffer.concat([head, Buffer.from(name)]);
  });
  const directory = names.map((name) => {
    const head = Buffer.alloc(46);
    head.write('PK\x01\x02', 'latin1');
    head.writeUInt16LE(Buffer.byteLength(name), 28);
    return Buffer.concat([head, Buffer.from(name)]);
  });
  return Buffer.concat([...locals, ...directory, ascii('PK\x05\x06'), Buffer.alloc(18)]);
}

async function sniffed(file: Buffer, type: string, name: string | null, disposition?: string): Promise<Attachment> {
  const [attachment] = (await readMessage(withFile(file, type, name, disposition))).attachments;
  if (attachment === undefined) throw new Error('the mail has no attachment');
  return attachment;
}

describe('pictures', () => {
  it.each<[AttachmentKind, string, Buffer, string, string]>([
    ['screenshot', 'a desktop', png(1920, 1080), 'image/png', 'image.png'],
    ['screenshot', 'a phone', png(1170, 2532), 'image/png', 'IMG_0042.PNG'],
    ['screenshot', 'a cropped window', png(873, 412), 'image/png', 'Без имени.png'],
    ['screenshot', 'a phone as a messenger sends it', jpeg(576, 1280), 'image/jpeg', 'photo_2025-09-12_10-14-22.jpg'],
    ['screenshot', 'a desktop saved as JPEG', jpeg(1366, 768), 'image/jpeg', 'error.jpg'],
    ['screenshot', 'a name in Russian', jpeg(1000, 700), 'image/jpeg', 'скрин оплаты.jpg'],
    ['screenshot', 'a name in Japanese', jpeg(1000, 700), 'image/jpeg', 'スクリーンショット 2025-09-12.jpg'],
    ['screenshot', 'a name in Korean', jpeg(1000, 700), 'image/jpeg', '스크린샷 2025-09-12.jpg'],
    ['screenshot', 'a name in Spanish', jpeg(1000, 700), 'image/jpeg', 'Captura de pantalla.jpg'],
    ['screenshot', 'metadata that say so', jpeg(1200, 900).fill('Screenshot', 40, 50), 'image/jpeg', 'a.jpg'],
    ['photo', 'a camera', jpeg(1170, 2532, true), 'image/jpeg', 'Screenshot.jpg'],
    ['photo', 'the shape of a camera’s picture', jpeg(1600, 1200), 'image/jpeg', 'вокладка.jpg'],
    ['photo', 'a camera’s name', jpeg(1920, 1080), 'image/jpeg', 'IMG_20250912_101422.jpg'],
    ['photo', 'a picture that was to be worked on', png(1024, 1024), 'image/png', 'cat.png'],
    ['photo', 'a JPEG as WhatsApp sends it', jpeg(1200, 1600), 'image/jpeg', 'WhatsApp Image 2025-09-12.jpeg'],
    ['photo', 'an iPhone’s own format', heic(4032, 3024), 'image/heic', 'IMG_0931.HEIC'],
    ['screenshot', 'a phone’s screen in WebP', webp(1080, 2400), 'image/webp', 'a.webp'],
    ['recording', 'a GIF that moves', gif(1280, 720, 40), 'image/gif', 'error.gif'],
    ['other', 'a logo', png(140, 44), 'image/png', 'logo.png'],
    ['other', 'a pixel', ascii('GIF89a\x01\x00\x01\x00\x80\x00\x00'), 'image/gif', 'pixel.gif'],
    ['other', 'an emoji', png(72, 72), 'image/png', 'emoji_1f600.png'],
    ['other', 'a wide strip of a signature', png(600, 90), 'image/png', 'image001.png'],
  ])('are a %s by %s', async (kind, _evidence, file, type, name) => {
    expect((await sniffed(file, type, name)).kind).toBe(kind);
  });

  it('within the text are a screenshot when pasted, decoration when small', async () => {
    expect((await sniffed(png(1440, 900), 'image/png', 'image001.png', 'inline')).kind).toBe('screenshot');
    expect((await sniffed(png(300, 100), 'image/png', 'image002.png', 'inline')).kind).toBe('other');
  });

  it('within a data URI are attachments too', async () => {
    const message = await readMessage(html(`<p>See:</p><img alt="x" src="data:image/png;base64,${png(1440, 900).toString('base64')}"><p>end</p>`));
    expect(message.attachments.map(({ type, kind }) => [type, kind])).toEqual([['image/png', 'screenshot']]);
    expect(message.segments.map((part) => part.text)).toEqual(['See:\n\nend']);
  });

  it('are told by their bytes, not by what they are called', async () => {
    const attachment = await sniffed(png(1920, 1080), 'application/octet-stream', 'data.bin');
    expect([attachment.type, attachment.kind, attachment.flags]).toEqual(['image/png', 'screenshot', []]);
  });
});

it.each([
  [png(64, 64), 'image/png', 'IMG_2041.png', '64×64, too small to be a photo'],
  [png(600, 400), 'image/png', 'logo.png', '600×400, has the name of a logo or an icon'],
  [png(1200, 900), 'image/png', 'IMG_2041.png', undefined],
])('of a picture that counts for nothing it is said why', async (bytes, type, filename, why) => {
  expect((await sniffed(bytes, type, filename)).whyOther).toBe(why);
});

describe('other files', () => {
  it.each<[AttachmentKind, string, Buffer, string, string]>([
    ['recording', 'video/mp4', ascii('\0\0\0\x18ftypmp42\0\0\0\0mp42isom').subarray(0, 24), 'video/mp4', 'запись.mp4'],
    ['recording', 'video/webm', Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878102', 'hex'), 'application/octet-stream', 'rec'],
    ['document', 'application/pdf', ascii('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), 'application/octet-stream', 'invoice'],
    ['document', 'text/plain', Buffer.from('a log'), 'text/plain', 'log.txt'],
    ['document', 'text/csv', Buffer.from('a,b'), 'application/octet-stream', 'statement.csv'],
    ['document', 'text/html', Buffer.from('<html><body>Receipt</body></html>'), 'text/html', 'receipt.html'],
    ['other', 'text/calendar', Buffer.from('BEGIN:VCALENDAR'), 'text/calendar', 'invite.ics'],
    ['other', 'application/pgp-signature', Buffer.from('-----BEGIN PGP SIGNATURE-----'), 'application/pgp-signature', 'signature.asc'],
    ['other', 'application/zip', zip('a.txt'), 'application/zip', 'files.zip'],
  ])('are a %s where they are %s', async (kind, type, file, declared, name) => {
    const attachment = await sniffed(file, declared, name);
    expect([attachment.kind, attachment.type]).toEqual([kind, type]);
  });

  it('are counted in decoded bytes', async () => {
    for (const size of [0, 1, 2, 3, 56, 57, 58, 4000]) {
      expect((await sniffed(Buffer.alloc(size, 0x41), 'application/octet-stream', 'a.dat')).bytes).toBe(size);
    }
  });

  it('are counted as they lie in the mailbox where only their beginning is there', async () => {
    const source = withFile(png(1920, 1080), 'image/png', 'a.png');
    const whole = (await readMessage(source, { partBytes: [13, 1_368_000], bytes: 1_400_000 })).attachments[0];
    expect(whole?.kind).toBe('screenshot');
    expect(whole?.bytes).toBeGreaterThan(990_000);
    expect(whole?.bytes).toBeLessThan(1_010_000);
    // Sizes for another structure than this one are not believed.
    expect((await readMessage(source, { partBytes: [1_368_000] })).attachments[0]?.bytes).toBeLessThan(20_000);
  });

  it('lose the folders and the tricks of their names', async () => {
    expect((await sniffed(Buffer.from('x'), 'text/plain', '../../etc/pass\u202ewd\u0000.txt')).filename).toBe('passwd.txt');
    expect((await sniffed(Buffer.from('x'), 'text/plain', `${'ы'.repeat(500)}.txt`)).filename?.length).toBeLessThan(256);
    expect((await sniffed(Buffer.from('x'), 'text/plain', null)).filename).toBeNull();
  });
});

describe('danger', () => {
  const exe = Buffer.concat([ascii('MZ\x90\0\x03'), Buffer.alloc(200)]);
  it.each<[string, Buffer, string, string]>([
    ['a program', exe, 'application/octet-stream', 'zapis_ekrana.exe'],
    ['a program with a picture’s name', exe, 'image/png', 'screenshot.png'],
    ['a double extension', Buffer.from('x'), 'application/octet-stream', 'receipt.pdf.exe'],
    ['a hidden first extension', Buffer.from('x'), 'image/jpeg', 'photo.js.jpg'],
    ['a reversed name', Buffer.from('x'), 'image/png', 'photo\u202egnp.scr'],
    ['a trailing dot and space', Buffer.from('x'), 'text/plain', 'run.bat. '],
    ['full-width letters', Buffer.from('x'), 'text/plain', 'run．ＥＸＥ'],
    ['a shell script', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'text/plain', 'notes.txt'],
    ['a program within an archive', zip('docs/readme.txt', 'docs/invoice.pdf.scr'), 'application/zip', 'docs.zip'],
    ['an Android program', zip('AndroidManifest.xml', 'classes.dex'), 'application/zip', 'app.zip'],
    ['a document with macros', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'order.docx'],
    ['a disc image', Buffer.from('x'), 'application/octet-stream', 'files.iso'],
    ['a page with a script', Buffer.from('<html><script>go()</script></html>'), 'text/html', 'order.html'],
    ['a picture with a script', Buffer.from('<svg xmlns="x" onload="go()"></svg>'), 'image/svg+xml', 'logo.svg'],
    ['a shortcut', Buffer.from('[InternetShortcut]\nURL=file://x'), 'text/plain', 'site.url'],
    ['an ELF program', ascii('\x7fELF\x02\x01\x01'), 'application/octet-stream', 'run'],
  ])('is %s', async (_what, file, type, name) => {
    expect((await sniffed(file, type, name)).flags).toContain<AttachmentFlag>('dangerous');
  });

  it.each<[string, Buffer, string, string]>([
    ['a site’s name in a picture’s', png(1920, 1080), 'image/png', 'www.storybookly.com.png'],
    ['a time with dots', png(1920, 1080), 'image/png', 'Screenshot 2025-11-04 at 9.07.31 PM.png'],
    ['a zip of pictures', zip('a.jpg', 'b.jpg'), 'application/zip', 'photos.zip'],
    ['an ordinary document', zip('[Content_Types].xml', 'word/document.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'order.docx'],
    ['a page without scripts', Buffer.from('<html><body>Receipt</body></html>'), 'text/html', 'receipt.html'],
  ])('is not %s', async (_what, file, type, name) => {
    expect((await sniffed(file, type, name)).flags).toEqual([]);
  });

  it('is seen in a directory at the end of a long archive', async () => {
    const long = Buffer.concat([zip('a.jpg').subarray(0, 35), Buffer.alloc(700_000, 0x55), zip('x/setup.exe')]);
    expect((await sniffed(long, 'application/zip', 'photos.zip')).flags).toEqual(['dangerous']);
  });
});

describe('a wrong type', () => {
  it.each<[boolean, Buffer, string, string]>([
    [true, Buffer.concat([ascii('%PDF-1.7\n'), Buffer.alloc(99)]), 'image/png', 'a.png'],
    [true, png(1920, 1080), 'application/pdf', 'a.pdf'],
    [true, Buffer.alloc(500, 0x41), 'image/jpeg', 'a.jpg'],
    [true, zip('a.txt'), 'image/jpeg', 'a.jpg'],
    [false, png(1920, 1080), 'image/jpeg', 'a.jpg'],
    [false, png(1920, 1080), 'application/octet-stream', 'a.png'],
    [false, jpeg(1600, 1200), 'image/jpg', 'a.jpg'],
    [false, Buffer.from('a,b'), 'application/vnd.ms-excel', 'a.csv'],
  ])('is flagged: %s', async (flagged, file, type, name) => {
    expect((await sniffed(file, type, name)).flags.includes('type_mismatch')).toBe(flagged);
  });
});

describe('the corpus', () => {
  const folder = new URL('../corpus/', import.meta.url);
  it('has every picture classed as its label implies', async () => {
    const kinds: Record<string, AttachmentKind[]> = {};
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.eml'))) {
      const { attachments } = await readMessage(readFileSync(new URL(file, folder)));
      if (attachments.length > 0) kinds[file.slice(0, -4)] = attachments.map((attachment) => attachment.kind);
    }
    expect(kinds).toMatchObject({
      'ai3dgen-en-tech-full': ['screenshot'],
      'ai3dgen-ru-privacy-question': ['other'],
      'imgto3d-en-tech-ua-wrong-image': ['photo'],
      'imgto3d-pl-tech-recording': ['recording'],
      'imgto3d-ru-tech-full': ['screenshot'],
      'imgto3d-ru-unused-day3': ['other'],
      'mixed-chargeback-threat': ['photo'],
      'mixed-exe-attachment': ['other'],
      'mixed-newsletter': ['other'],
      'mixed-reply-to-questions': ['recording'],
      'stone-ai-ru-duplicate-day30': ['screenshot'],
      'storybookly-be-colour': ['photo'],
      'storybookly-be-damaged-unsaid': ['photo'],
      'storybookly-be-defective-no-photo': ['other'],
      'storybookly-en-wrong-item-coupon': ['photo'],
      'winno-en-print-damaged': ['photo'],
      'winno-en-revisions-exhausted': ['photo'],
    });
  });
});
