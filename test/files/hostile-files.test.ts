import { array, assert, asyncProperty, nat, oneof, property, tuple, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPackedText } from '../../src/files/packed-text.ts';
import { readPdfText } from '../../src/files/pdf-text.ts';
import { videoDurationSeconds } from '../../src/files/video-duration.ts';
import { docxOf, pdfOf, sample, zipOf } from './files-on-hand.ts';

const limits = { unpackedBytes: 1_000_000, chars: 10_000 };
const videos = ['mp4', 'mkv', 'avi'].map((extension) => sample(`three-seconds.${extension}`));

/** A real file with some of its bytes overwritten. */
const damaged = (file: Buffer): Arbitrary<Buffer> =>
  array(tuple(nat(file.length - 1), nat(255)), { minLength: 1, maxLength: 20 }).map((changes) => {
    const copy = Buffer.from(file);
    for (const [at, byte] of changes) copy[at] = byte;
    return copy;
  });

describe('a damaged file', () => {
  it('has no length, or a sensible one, whatever its bytes are', () => {
    assert(property(oneof(...videos.map(damaged)), (bytes) => {
      const seconds = videoDurationSeconds(bytes);
      return seconds === null || (seconds > 0 && seconds <= 7 * 24 * 3_600);
    }), { numRuns: 2_000 });
  });

  it('is read or noted where it is a zip, whatever its bytes are', () => {
    assert(property(damaged(docxOf(['one', 'two'])), (bytes) => {
      const { document, notes } = readPackedText(bytes, limits);
      return document !== null || notes.length > 0;
    }), { numRuns: 1_000 });
  });

  it('is read or noted where it is a PDF, whatever its bytes are', async () => {
    await assert(asyncProperty(damaged(pdfOf(['one', 'two'])), async (bytes) => {
      const { document, notes } = await readPdfText(bytes, { pages: 5, chars: 1_000 });
      return document !== null || notes.length > 0;
    }), { numRuns: 60 });
  });
});

describe('text in a zip', () => {
  it('ends at the limit, and is read in time that grows with its length', () => {
    const many = readPackedText(zipOf('word/document.xml', Buffer.from('<'.repeat(500_000))), limits);
    expect(many.document?.text.length).toBeLessThanOrEqual(limits.chars);
    const long = readPackedText(docxOf(Array.from({ length: 5_000 }, (_, index) => `line ${String(index)}`)), limits);
    expect(long.notes).toEqual(['text_truncated']);
    expect(long.document?.text).toHaveLength(limits.chars);
  });

  it('is found in an OpenDocument, too', () => {
    expect(readPackedText(zipOf('content.xml', Buffer.from('<o><text:h>Receipt</text:h><text:p>Total<text:tab/>9 EUR</text:p></o>')), limits).document?.text).toBe('Receipt\nTotal 9 EUR\n');
  });

  it('is noted where the zip holds none', () => {
    expect(readPackedText(zipOf('photo.jpg', Buffer.from('x')), limits).notes).toEqual(['unreadable']);
    expect(readPackedText(zipOf('word/document.xml', Buffer.from('x'), { method: 99 }), limits).notes).toEqual(['unreadable']);
  });
});
