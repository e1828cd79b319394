import { afterAll, describe, expect, it } from 'vitest';
import { canBeSeen, openFileReader } from '../../src/files/look-into-files.ts';
import type { SeenFile } from '../../src/files/seen-file.ts';
import { docxOf, fileToSee, hugePng, pdfBomb, pdfOf, sample, zipOf } from './files-on-hand.ts';

const reader = openFileReader();
afterAll(async () => { await reader.close(); });

async function seen(bytes: Buffer, filename: string): Promise<SeenFile> {
  const [file] = await reader.look([await fileToSee(bytes, filename)]);
  if (file === undefined) throw new Error('nothing was seen');
  return file;
}

const linesOf = ({ screen }: SeenFile): string[] => (screen?.lines ?? []).map(({ text }) => text);

/** Bytes in which an object runs JavaScript when the file is opened. */
const scripted = '/OpenAction << /S /JavaScript /JS (app.alert\\("hello"\\)) >>';

describe('pictures of screens', () => {
  it.each(['full-window-error.png', 'full-window-error.jpg', 'full-window-error.webp'])('are read, the small letters of the address bar among them: %s', async (name) => {
    const file = await seen(sample(name), name);
    expect(file.notes).toEqual([]);
    expect(file.screen).toMatchObject({ widthPixels: 1366, heightPixels: 768 });
    expect(linesOf(file)).toContain('https://imgto3d.ai/app/create?mode=turbo');
    expect(linesOf(file)).toContain('Error 500: Generation failed. Please try again later.');
  });

  it('are read with where each line stands and how surely it was read', async () => {
    const { screen } = await seen(sample('full-window-fine.png'), 'window.png');
    const clock = screen?.lines.find(({ text }) => text === '17.03.2026');
    expect(clock?.confidence).toBeGreaterThan(80);
    expect(clock?.x).toBeGreaterThan(0.9);
    expect(clock?.y).toBeGreaterThan(0.9);
    const heading = screen?.lines.find(({ text }) => text === 'Create a 3D model');
    expect(heading?.y).toBeLessThan(0.25);
  });

  it('of a size beyond any screen are refused by their header', async () => {
    const bomb = hugePng(30_000, 30_000);
    expect(bomb.length).toBeLessThan(10_000);
    expect(await seen(bomb, 'screenshot.png')).toEqual({ place: 0, document: null, screen: null, durationSeconds: null, notes: ['too_large'] });
  });

  it.each(['full-window-error.png', 'full-window-error.jpg', 'full-window-error.webp'])('that end too early are noted as damaged: %s', async (name) => {
    const whole = sample(name);
    expect((await seen(whole.subarray(0, whole.length / 2), name)).notes).toEqual(['unreadable']);
  });

  it('whose header promises more than there is are noted as damaged', async () => {
    expect((await seen(hugePng(3_000, 2_000), 'screenshot.png')).notes).toEqual(['unreadable']);
  });
});

describe('documents', () => {
  it('give their text, line by line', async () => {
    const { document, notes } = await seen(sample('receipt.pdf'), 'receipt.pdf');
    expect(notes).toEqual([]);
    expect(document?.pages).toBe(1);
    expect(document?.text.split('\n')).toContain('Date paid March 15, 2026');
    expect((await seen(sample('receipt-russian.pdf'), 'чек.pdf')).document?.text).toContain('Итого оплачено: 2 000,00 ₽');
    expect((await seen(docxOf(['Receipt', 'Total &amp; paid: 14.99 USD']), 'receipt.docx')).document).toEqual({ text: 'Receipt\nTotal & paid: 14.99 USD\n', pages: null });
  });

  it('that bring JavaScript are read all the same, and nothing of it is run', async () => {
    const { document, notes } = await seen(pdfOf(['Order SB-10482'], scripted), 'order.pdf');
    expect(document?.text).toContain('Order SB-10482');
    expect(notes).toEqual(['has_scripts']);
  });

  it('that end too early, or are none, are noted', async () => {
    expect((await seen(Buffer.from('%PDF-1.7\nnothing more'), 'a.pdf')).notes).toEqual(['unreadable']);
    expect((await seen(sample('receipt.pdf').subarray(0, 3_000), 'a.pdf')).notes).toEqual(['unreadable']);
  });

  it('that grow a thousandfold when they are unpacked are noted, and not unpacked', async () => {
    const bomb = zipOf('word/document.xml', Buffer.alloc(64 * 1024 * 1024), { unpackedBytes: 1_000 });
    expect(bomb.length).toBeLessThan(100_000);
    expect((await seen(bomb, 'receipt.docx')).notes).toEqual(['unpacks_too_large']);
  });

  it('that grow a millionfold as a PDF are ended when they have taken too much memory', async () => {
    const bomb = pdfBomb(2_000);
    expect(bomb.length).toBeLessThan(20_000);
    expect((await seen(bomb, 'receipt.pdf')).notes).toEqual(['out_of_memory']);
    expect((await seen(sample('receipt.pdf'), 'receipt.pdf')).document?.text).toContain('Receipt');
  });

  it('under a password are noted as locked', async () => {
    expect((await seen(zipOf('word/document.xml', Buffer.from('<w:p/>'), { flags: 1 }), 'receipt.docx')).notes).toEqual(['locked']);
  });

  it('of very many pages are read as far as a receipt is long', async () => {
    const short = openFileReader({ documentChars: 10 });
    const [file] = await short.look([await fileToSee(pdfOf(['A long line of words', 'and another']), 'long.pdf')]);
    await short.close();
    expect(file?.document?.text).toBe('A long lin');
    expect(file?.notes).toEqual(['text_truncated']);
  });
});

describe('recordings', () => {
  it.each(['mp4', 'mov', 'mkv', 'webm', 'avi', '3gp'])('say how long they last: %s', async (extension) => {
    expect(await seen(sample(`three-seconds.${extension}`), `video.${extension}`)).toMatchObject({ durationSeconds: 3, notes: [] });
  });

  it('say nothing where their header lies beyond what is there', async () => {
    const file = await fileToSee(sample('three-seconds.mp4'), 'video.mp4');
    const [cut] = await reader.look([{ ...file, content: { bytes: file.content.bytes.subarray(0, 100), isWhole: false } }]);
    expect(cut).toMatchObject({ durationSeconds: null, notes: ['incomplete'] });
  });
});

describe('looking into files', () => {
  it('goes on after a file that takes too long', async () => {
    const hasty = openFileReader({ pictureMs: 5 });
    const files = await hasty.look([await fileToSee(sample('full-window-fine.png'), 'screenshot.png', 0), await fileToSee(sample('receipt.pdf'), 'receipt.pdf', 1)]);
    await hasty.close();
    expect(files.map(({ notes }) => notes)).toEqual([['time_out'], []]);
    expect(files[1]?.document?.text).toContain('Receipt');
  });

  it('reads no file larger than the limit, and only the first few of a mail', async () => {
    const narrow = openFileReader({ fileBytes: 10_000, files: 1 });
    const files = await narrow.look([await fileToSee(sample('receipt.pdf'), 'receipt.pdf', 0), await fileToSee(sample('other-site.png'), 'screenshot.png', 1), await fileToSee(sample('three-seconds.mp4'), 'a.mp4', 2)]);
    await narrow.close();
    expect(files.map(({ notes }) => notes)).toEqual([['too_large'], ['too_many_files'], []]);
  });

  it('reads no file of which only the beginning is there', async () => {
    const file = await fileToSee(sample('receipt.pdf'), 'receipt.pdf');
    const [cut] = await reader.look([{ ...file, content: { ...file.content, isWhole: false } }]);
    expect(cut?.notes).toEqual(['incomplete']);
  });

  it('opens nothing that is a program or looks like one', async () => {
    expect(canBeSeen((await fileToSee(sample('receipt.pdf'), 'receipt.exe.pdf')).attachment)).toBe(false);
    expect(canBeSeen((await fileToSee(zipOf('vbaProject.bin', Buffer.from('x')), 'receipt.docx')).attachment)).toBe(false);
    expect(canBeSeen((await fileToSee(sample('receipt.pdf'), 'receipt.pdf')).attachment)).toBe(true);
  });
});
