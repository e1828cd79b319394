import { describe, expect, it } from 'vitest';
import { readFiles } from '../../src/message/read-files.ts';
import { readMessage } from '../../src/message/read-message.ts';
import { sample } from '../files/files-on-hand.ts';
import { html, withFile, written } from './written-mail.ts';

const options = { partBytes: null, maxFileBytes: 1_000_000 };

function everyPlace(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place);
}

describe('the content of files', () => {
  it.each(['receipt.pdf', 'full-window-error.png'])('is what was sent, byte for byte: %s', (name) => {
    const content = readFiles(withFile(sample(name), 'application/octet-stream', name), options, [0]).get(0);
    expect(content?.bytes.equals(sample(name))).toBe(true);
    expect(content?.isWhole).toBe(true);
  });

  it('is found of pictures within the text, behind the attached ones', async () => {
    const picture = sample('other-site.png');
    const mail = html(`<p>See:</p><img src="data:image/png;base64,${picture.toString('base64')}">`);
    const { attachments } = await readMessage(mail);
    expect(attachments.map(({ kind }) => kind)).toEqual(['screenshot']);
    const content = readFiles(mail, options, everyPlace(attachments.length)).get(0);
    expect(content?.bytes.equals(picture)).toBe(true);
    expect(content?.isWhole).toBe(true);
  });

  it('is found of a large pasted picture of which only the beginning is there', async () => {
    const picture = sample('full-window-error.jpg');
    const mail = html(`<p>See:</p><img src="data:image/jpeg;base64,${picture.toString('base64')}"><p>Thanks</p>`);
    const cut = mail.subarray(0, mail.length - 20_000);
    const { attachments, segments } = await readMessage(cut);
    expect(attachments).toMatchObject([{ type: 'image/jpeg', kind: 'screenshot' }]);
    expect(segments.map(({ text }) => text.trim())).toEqual(['See:']);
    const content = readFiles(cut, options, [0]).get(0);
    expect(content?.bytes.length).toBeGreaterThan(10_000);
    expect(content?.bytes.equals(picture.subarray(0, content.bytes.length))).toBe(true);
  });

  it('is cut at the limit, and said to be', () => {
    const content = readFiles(withFile(sample('receipt.pdf'), 'application/pdf', 'a.pdf'), { ...options, maxFileBytes: 1_000 }, [0]).get(0);
    expect(content?.bytes).toHaveLength(1_000);
    expect(content?.isWhole).toBe(false);
  });

  it('is not there for a place that no file has', () => {
    expect(readFiles(written({}), options, [0, 1, -1])).toEqual(new Map());
  });

  it('is found in the same order in which the message lists the files, in a mail of 10,000 of them', async () => {
    const files = Array.from({ length: 10_000 }, (_, index) => `--b\r\nContent-Type: application/pdf; name=${String(index)}.pdf\r\nContent-Disposition: attachment\r\n\r\nfile ${String(index)}\r\n`);
    const mail = written({ type: 'multipart/mixed; boundary=b', body: `--b\r\n\r\nHello\r\n${files.join('')}--b--\r\n` });
    const { attachments, notes } = await readMessage(mail);
    expect(notes).toContain('too_many_parts');
    const contents = readFiles(mail, options, everyPlace(attachments.length));
    expect(attachments.length).toBeGreaterThan(500);
    expect(attachments.map(({ filename }) => filename)).toEqual(everyPlace(attachments.length).map((place) => `${contents.get(place)?.bytes.toString().replace('file ', '') ?? ''}.pdf`));
  });
});

describe('real files', () => {
  it.each([
    ['full-window-error.png', 'image/png', 'screenshot'], ['full-window-error.jpg', 'image/jpeg', 'screenshot'], ['full-window-error.webp', 'image/webp', 'screenshot'],
    ['full-window-error.avif', 'image/avif', 'screenshot'], ['full-window-error.heic', 'image/heic', 'photo'], ['phone.png', 'image/png', 'screenshot'], ['receipt.pdf', 'application/pdf', 'document'],
    ['three-seconds.mp4', 'video/mp4', 'recording'], ['three-seconds.mov', 'video/quicktime', 'recording'], ['three-seconds.webm', 'video/webm', 'recording'],
    ['three-seconds.mkv', 'video/matroska', 'recording'], ['three-seconds.avi', 'video/vnd.avi', 'recording'], ['three-seconds.3gp', 'video/3gpp', 'recording'],
  ])('are known by their content, whatever their name is: %s', async (name, type, kind) => {
    const { attachments } = await readMessage(withFile(sample(name), 'application/octet-stream', 'file.bin'));
    expect(attachments).toMatchObject([{ type, kind, flags: [] }]);
  });
});
