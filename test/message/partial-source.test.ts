import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/message/read-message.ts';
import { written } from './written-mail.ts';

const forwarded = 'From: b@x.example\r\nSubject: inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nInner text.\r\n--i\r\nContent-Type: application/pdf; name=b.pdf\r\n\r\n%PDF-1.4\r\n--i--\r\n';

describe('a mail of which only the beginnings of its files were fetched', () => {
  it('tells the sizes that they have in the mailbox, those within an attached mail too', async () => {
    const source = written({
      type: 'multipart/mixed; boundary=b',
      body: `--b\r\n\r\nHello.\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${forwarded}\r\n--b--\r\n`,
    });
    const whole = await readMessage(source);
    const message = await readMessage(source, { bytes: 1_000_000, partBytes: [6, 500_000, 11, 300_000] });
    expect(message.attachments.map(({ filename, bytes }) => [filename, bytes])).toEqual([
      ['a.pdf', 500_000],
      [null, whole.attachments[1]!.bytes + 300_000 - 8],
      ['b.pdf', 300_000],
    ]);
    expect(message.segments).toEqual(whole.segments);
    expect([message.bytes, message.notes]).toEqual([1_000_000, []]);
  });

  it('takes an attached mail in base64 for one file, as mail servers do', async () => {
    const encoded = Buffer.from(forwarded).toString('base64');
    const source = written({
      type: 'multipart/mixed; boundary=b',
      body: `--b\r\n\r\nHello.\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n--b--\r\n`,
    });
    const message = await readMessage(source, { bytes: 1_000_000, partBytes: [6, encoded.length, 500_000] });
    expect(message.attachments.map(({ filename, bytes }) => [filename, bytes])).toContainEqual(['a.pdf', 500_000]);
    expect(message.segments.map((segment) => segment.kind)).toEqual(['own', 'forward']);
  });

  it('says so where the source is simply cut', async () => {
    expect((await readMessage(written({}), { bytes: 1_000_000, partBytes: null })).notes).toEqual(['source_truncated']);
  });
});
