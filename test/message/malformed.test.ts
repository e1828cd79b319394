import { readFileSync, readdirSync } from 'node:fs';
import { array, assert, asyncProperty, constantFrom, nat, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAMessageError } from '../../src/message/not-a-message-error.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { ownText, type Message } from '../../src/message/message.ts';
import { html, written } from './written-mail.ts';

const fallbackDate = new Date('2026-01-01T00:00:00Z');

async function read(name: string): Promise<Message> {
  return readMessage(readFileSync(new URL(`mails/malformed/${name}.eml`, import.meta.url)), { fallbackDate });
}

describe('a malformed mail', () => {
  it.each([
    ['no-blank-line-before-the-body', 'Please refund order SB-1.\nThe cover is torn.', ['no_message_id', 'no_date']],
    ['stray-line-among-the-fields', 'Please refund me.', ['no_message_id', 'no_date']],
    ['bare-line-feeds', 'Please refund me.', []],
    ['bare-carriage-returns', 'Please refund me.', []],
    ['mbox-line-first', 'From now on, please refund me.', []],
    ['byte-order-mark-first', 'Please refund me.', []],
    ['nul-bytes', 'Please refund me.', []],
    ['boundary-never-met', 'Please refund me.', ['missing_boundary']],
    ['boundary-not-named', 'Please refund me.', []],
    ['end-boundary-missing', 'Please refund me.', ['missing_end_boundary']],
    ['inner-end-boundary-missing', 'Please refund me.', ['missing_end_boundary']],
    ['boundary-begins-another', 'Please refund me.', []],
    ['content-types-contradict', 'Please refund me.', ['repeated_header']],
    ['base64-that-is-none', 'Please refund me, this is no base64 at all!', []],
    ['base64-cut-in-the-middle', 'Верните день\ufffd', []],
    ['header-only', '', []],
    ['empty-body', '', []],
    ['everything-twice', 'Please refund me.', ['repeated_header']],
    ['date-in-the-far-future', 'Please refund me.', ['date_in_future']],
    ['uuencoded-file', 'See the file.\n\nThat was it.', []],
    ['attachment-only', '', []],
    ['mail-within-itself', '', []],
    ['header-of-white-space-lines', 'Please refund me.', ['no_message_id', 'no_date']],
  ])('is read all the same: %s', async (name, text, notes) => {
    const message = await read(name);
    expect([ownText(message), [...message.notes]]).toEqual([text, notes]);
    expect(message.from?.address).toBe('anna@mail.example');
    expect(message.subject).toBe('Refund');
  });

  it('keeps its attachments', async () => {
    const attachments = async (name: string): Promise<(string | null)[]> => (await read(name)).attachments.map((attachment) => attachment.filename);
    expect(await attachments('inner-end-boundary-missing')).toEqual(['a.pdf']);
    expect(await attachments('boundary-begins-another')).toEqual(['a.pdf']);
    expect(await attachments('end-boundary-missing')).toEqual(['a.png']);
    expect((await read('uuencoded-file')).attachments).toEqual([{ filename: 'run.exe', type: 'application/octet-stream', bytes: 3, kind: 'other', flags: ['dangerous'] }]);
  });

  it('has its attached mails read one within the other', async () => {
    const { segments } = await read('mail-within-itself');
    expect(segments.map((segment) => segment.kind)).toEqual(['forward', 'forward']);
    expect(segments[1]?.text).toContain('The innermost.');
  });
});

describe('bytes that are no mail', () => {
  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['blank lines', Buffer.from('\r\n\r\n\r\n')],
    ['zeros', Buffer.alloc(100_000)],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000, 200)])],
    ['prose', Buffer.from('Dear all,\nthis is a text: it has no header.\n')],
    ['a page', Buffer.from('<html>\n<body style="color: red">hello</body></html>\n')],
    ['settings', Buffer.from('name: x\nversion: 1\n\nother: y\n')],
  ])('are refused: %s', async (_what, source) => {
    const error = await readMessage(source).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotAMessageError);
    expect(error).toMatchObject({ code: 'not_a_message', retryable: false });
  });
});

const megabyte = 1024 * 1024;

describe('a mail beyond all bounds is read within them', () => {
  it('with 100 MB of text', async () => {
    const message = await readMessage(written({ body: Buffer.alloc(100 * megabyte, 'word ') }));
    expect(message.notes).toContain('text_truncated');
    expect(ownText(message).length).toBeLessThanOrEqual(200_000);
    expect(message.bytes).toBeGreaterThan(100 * megabyte);
  });

  it('with an attachment of 100 MB', async () => {
    const head = '--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), Buffer.alloc(100 * megabyte, `${'A'.repeat(76)}\r\n`), Buffer.from('\r\n--b--\r\n')]);
    const message = await readMessage(written({ type: 'multipart/mixed; boundary=b', body }));
    expect(ownText(message)).toBe('hello');
    expect(message.attachments[0]?.bytes).toBeGreaterThan(76_000_000);
  });

  it('with 5,000 parts', async () => {
    const body = `${'--b\r\nContent-Type: application/octet-stream; name=a.dat\r\n\r\ndata\r\n'.repeat(5000)}--b--\r\n`;
    const message = await readMessage(written({ type: 'multipart/mixed; boundary=b', body }));
    expect(message.notes).toContain('too_many_parts');
    expect(message.attachments.length).toBe(999);
  });

  it('with a header of 1 MB, whatever fills it', async () => {
    for (const filler of ['X-Filler: aaaaaaaaaaaaaaaaaaaaaaaa\r\n', `X-Filler: ${'a'.repeat(megabyte)}\r\n`, `Subject: a${'\r\n b'.repeat(200_000)}\r\n`, `References:${' <a@x>'.repeat(100_000)}\r\n`, `Cc: ${'a@x.example, '.repeat(80_000)}\r\n`]) {
      const rawHeaders = filler.repeat(Math.ceil(megabyte / filler.length));
      const message = await readMessage(written({ rawHeaders, body: 'Please refund me.' }));
      expect(ownText(message)).toBe('Please refund me.');
      expect(message.from?.address).toBe('anna@mail.example');
      expect(message.notes).toContain('header_truncated');
    }
  });

  it('with parts nested 5,000 deep', async () => {
    let body = '';
    for (let i = 0; i < 5000; i++) body += `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`;
    expect((await readMessage(written({ type: 'multipart/mixed; boundary=b0', body }))).notes).toContain('too_deep');
    const mails = 'Content-Type: message/rfc822\r\n\r\n'.repeat(5000);
    expect((await readMessage(written({ type: 'message/rfc822', body: mails }))).notes).toContain('too_deep');
  });

  it.each([
    ['nested elements', '<b>'.repeat(300_000)],
    ['nested quotes', '<blockquote type="cite">x'.repeat(50_000)],
    ['open brackets', '<'.repeat(1_000_000)],
    ['entities', '&amp'.repeat(300_000)],
    ['cells', `<table><tr>${'<td>x'.repeat(200_000)}`],
    ['style rules', `<style>${'.a{color:red}'.repeat(100_000)}</style><p class="a">x`],
    ['pictures in its text', '<img src="data:image/png;base64,AAAA">'.repeat(30_000)],
  ])('with HTML full of %s', async (_what, markup) => {
    const message = await readMessage(html(markup));
    expect(message.segments.reduce((sum, segment) => sum + segment.text.length, 0)).toBeLessThanOrEqual(210_000);
    expect(message.attachments.length).toBeLessThanOrEqual(50);
  });

  it.each([
    ['line breaks', '\n'.repeat(2_000_000)],
    ['quote marks', '>'.repeat(2_000_000)],
    ['header labels', 'From: a\n'.repeat(200_000)],
    ['introductions of quotes', 'On Mon, 2 Mar 2026 at 10:00 wrote wrote wrote \n'.repeat(50_000)],
    ['signature marks', 'a\n-- \n'.repeat(60_000)],
    ['closings', 'Thanks\n'.repeat(60_000)],
    ['names', 'Anna\n\n'.repeat(60_000)],
    ['accents', `a${'\u0301\u0327'.repeat(100_000)}`],
    ['beginnings of files', 'begin 644 x\n'.repeat(100_000)],
  ])('with text full of %s', async (_what, body) => {
    const message = await readMessage(written({ body }));
    expect(message.segments.reduce((sum, segment) => sum + segment.text.length, 0)).toBeLessThanOrEqual(200_000);
  });
});

describe('whatever the bytes', () => {
  const folder = new URL('../corpus/', import.meta.url);
  const corpus = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(new URL(name, folder)).subarray(0, 20_000));

  it('a mail is read or refused, never anything else', async () => {
    await assert(
      asyncProperty(constantFrom(...corpus), array(tuple(nat(19_999), uint8Array({ maxLength: 12 }), nat(40)), { maxLength: 8 }), async (original, edits) => {
        let source: Buffer = original;
        for (const [at, bytes, removed] of edits) source = Buffer.concat([source.subarray(0, at), bytes, source.subarray(at + removed)]);
        const message = await readMessage(source, { fallbackDate }).catch((error: unknown) => {
          if (!(error instanceof NotAMessageError)) throw error;
          return null;
        });
        if (message === null) return;
        expect(message.receivedAtMs).toBeGreaterThan(0);
        for (const segment of message.segments) {
          expect(segment.text).not.toBe('');
          expect(segment.text.normalize('NFC')).toBe(segment.text);
          expect(segment.text).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cf}/u);
        }
      }),
      { numRuns: 300 },
    );
  });
});
