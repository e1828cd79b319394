import { describe, expect, it } from 'vitest';
import { textOfCompressedRtf } from '../../src/message/compressed-rtf.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { readTnef } from '../../src/message/tnef.ts';
import { written } from './written-mail.ts';

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** MS-OXTNEF, 2.1.3.1. */
function attribute(level: 1 | 2, id: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([level]), u32(id), u32(data.length), data, u16(data.reduce((sum, byte) => (sum + byte) & 0xffff, 0))]);
}

function property(type: number, id: number, value: Buffer): Buffer {
  return Buffer.concat([u16(type), u16(id), u32(1), u32(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function properties(...list: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(list.length), ...list]);
}

function tnef(...list: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(0x223e9f78), u16(1), attribute(1, 0x00069007, Buffer.concat([u32(1251), u32(0)])), ...list]);
}

function utf16(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

const body = (bytes: Buffer): Buffer => attribute(1, 0x0002800c, Buffer.concat([bytes, Buffer.from([0])]));
const messageProperties = (...list: readonly Buffer[]): Buffer => attribute(1, 0x00069003, properties(...list));
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from('00000780000004380802000000', 'hex'), Buffer.alloc(30_000, 5)]);
const picture = Buffer.concat([
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(2, 0x00018010, Buffer.from('SNIMOK~1.PNG\0')),
  attribute(2, 0x0006800f, png),
  attribute(2, 0x00069005, properties(property(0x1f, 0x3707, utf16('снимок экрана.png')), property(0x1f, 0x370e, utf16('image/png')))),
]);
// "Верните деньги за подписку." in windows-1251.
const request = 'Верните деньги за подписку.';
const requestIn1251 = Buffer.from('c2e5f0ede8f2e520e4e5edfce3e820e7e020efeee4efe8f1eaf32e', 'hex');
// The example of MS-OXRTFCP, 4.1.1.
const compressedHello = Buffer.from('2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0', 'hex');

function plainRtf(rtf: string): Buffer {
  return Buffer.concat([u32(rtf.length + 12), u32(rtf.length), Buffer.from('MELA'), u32(0), Buffer.from(rtf, 'latin1')]);
}

function mailWith(wrapped: Buffer, text: string | null, type = 'application/ms-tnef'): Buffer {
  const plain = text === null ? '' : `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
  return written({
    type: 'multipart/mixed; boundary=b',
    body: `${plain}--b\r\nContent-Type: ${type}; name="winmail.dat"\r\nContent-Disposition: attachment; filename="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrapped.toString('base64')}\r\n--b--\r\n`,
  });
}

describe('a winmail.dat', () => {
  it('gives its files, by their long names and content, beside the text of the mail', async () => {
    const { segments, attachments } = await readMessage(mailWith(tnef(body(requestIn1251), picture), 'The text as everybody sees it.'));

    expect(segments).toEqual([{ kind: 'own', text: 'The text as everybody sees it.', question: null }]);
    expect(attachments.map(({ filename, type, bytes, kind }) => ({ filename, type, bytes, kind }))).toEqual([
      { filename: 'winmail.dat', type: 'application/ms-tnef', bytes: tnef(body(requestIn1251), picture).length, kind: 'other' },
      { filename: 'снимок экрана.png', type: 'image/png', bytes: png.length, kind: 'screenshot' },
    ]);
  });

  it.each([
    ['in its code page', body(requestIn1251)],
    ['in UTF-16', messageProperties(property(0x1f, 0x1000, utf16(request)))],
    ['behind properties of every kind', messageProperties(
      Buffer.concat([u16(0x03), u16(0x0017), u32(1)]), Buffer.concat([u16(0x40), u16(0x0039), Buffer.alloc(8)]), Buffer.concat([u16(0x0b), u16(0x0e1f), u32(1)]),
      Buffer.concat([u16(0x1e), u16(0x8001), Buffer.alloc(16), u32(1), u32(6), utf16('ab'), Buffer.alloc(2), u32(1), u32(3), Buffer.from('ab\0\0')]),
      Buffer.concat([u16(0x101f), u16(0x1234), u32(2), u32(4), utf16('x'), u32(4), utf16('y')]), property(0x1f, 0x1000, utf16(request)),
    )],
    ['as HTML', messageProperties(property(0x102, 0x1013, Buffer.concat([Buffer.from('<html><body><p>'), requestIn1251, Buffer.from('</p></body></html>')])))],
    ['as RTF', messageProperties(property(0x102, 0x1009, plainRtf(String.raw`{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}{\*\generator Word}\pard\u1042?\'e5\'f0\'ed\'e8\'f2\'e5 \'e4\'e5\'ed\'fc\'e3\'e8 \'e7\'e0 \'ef\'ee\'e4\'ef\'e8\'f1\'ea\'f3.\par}`)))],
  ])('gives the text where the mail shows none: %s', async (_, wrapped) => {
    for (const type of ['application/ms-tnef', 'application/octet-stream']) {
      expect((await readMessage(mailWith(tnef(wrapped), null, type))).segments).toEqual([{ kind: 'own', text: request, question: null }]);
    }
    expect((await readMessage(mailWith(tnef(wrapped), '\r\n'))).segments).toEqual([{ kind: 'own', text: request, question: null }]);
  });

  it('has the history in its text told from the new words', async () => {
    const text = utf16('It was Chrome 145.\r\n\r\nFrom: Support\r\nSent: Monday, 9 March 2026 10:00\r\nTo: Anna Kavalenka\r\nSubject: Your request\r\n\r\nWhich browser?');
    const { segments } = await readMessage(mailWith(tnef(messageProperties(property(0x1f, 0x1000, text))), null));

    expect(segments.map(({ kind }) => kind)).toEqual(['own', 'quote']);
    expect(segments[0]?.text).toBe('It was Chrome 145.');
  });

  it('is one more file where it is none', async () => {
    const { segments, attachments } = await readMessage(mailWith(Buffer.from('not wrapped at all'), 'See the file.'));

    expect(segments).toHaveLength(1);
    expect(attachments.map(({ filename }) => filename)).toEqual(['winmail.dat']);
  });

  it('is read as far as it goes, wherever it is cut and whichever byte is wrong', () => {
    const whole = tnef(body(requestIn1251), messageProperties(property(0x1f, 0x1000, utf16(request)), property(0x102, 0x1009, compressedHello)), picture);
    for (let length = 0; length < whole.length; length += 3) {
      const cut = readTnef(whole.subarray(0, length), 1000);
      expect(cut === null).toBe(length < 6);
      const wrong = Buffer.from(whole);
      wrong[length] = 0xff;
      expect(readTnef(wrong, 1000)?.files.length ?? 0).toBeLessThanOrEqual(1);
    }
  });
});

describe('compressed RTF', () => {
  it('is unpacked', () => {
    expect(textOfCompressedRtf(compressedHello, 'windows-1252')).toBe('hello world');
  });

  it.each<[string, string, string]>([
    ['paragraphs, tabs and signs', String.raw`{\rtf1 one\par two\tab 3\endash 4 \{x\}\~y}`, 'one\ntwo\t3–4 {x} y'],
    ['letters beyond its code page, with and without stand-ins', String.raw`{\rtf1\uc1 \u8364?5{\uc0 \u8364 6}{\uc2 \u8364\'80\'817}}`, '€5€6€7'],
    ['letters of a code page whose number is no charset\'s name', String.raw`{\rtf1\ansicpg932 \'95\'d4\'8b\'e0}`, '返金'],
    ['no fonts, styles and marks for programs', String.raw`{\rtf1{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading;}}{\*\htmltag64 <p>}Words{\*\unknown no}{\info{\title no}}}`, 'Words'],
  ])('keeps %s', (_, rtf, text) => {
    expect(textOfCompressedRtf(plainRtf(rtf), 'windows-1252')).toBe(text);
  });

  it.each<[string, Buffer]>([['nothing', Buffer.alloc(0)], ['other bytes', Buffer.alloc(64, 7)], ['no words', plainRtf('{\\rtf1 }')], ['text that is no RTF', plainRtf('hello')]])('is nothing where it is %s', (_, bytes) => {
    expect(textOfCompressedRtf(bytes, 'windows-1252')).toBeNull();
  });
});
