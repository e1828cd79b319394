import { ContentReader } from './read-content.ts';
import { parseMail } from './read-message.ts';
import { defaultReadLimits } from './read-limits.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** A file's content, as far as it is there. */
export interface FileContent {
  readonly bytes: Buffer;
  /** False where only the beginning is there: the source is slim, or the file is larger than what was asked for. */
  readonly isWhole: boolean;
}

/**
 * Decodes the content of some of a mail's files, by their places in `Message.attachments`; a file that cannot be found has no entry. `maxFileBytes` are decoded of each at the most.
 *
 * @throws {NotAMessageError} as `readMessage` does
 */
export function readFiles(source: Buffer, options: { readonly partBytes: readonly number[] | null; readonly maxFileBytes: number }, places: readonly number[]): ReadonlyMap<number, FileContent> {
  // Of what is embedded in texts the reader keeps so many bytes.
  const reader = new ContentReader({ nameWords: [], isForward: false }, { ...defaultReadLimits, sniffBytes: options.maxFileBytes }, new Set());
  reader.readMail(parseMail(source, defaultReadLimits, options.partBytes).root);
  const contents = new Map<number, FileContent>();
  for (const place of places) {
    const part = reader.attached[place];
    if (part !== undefined) {
      const bytes = decodeTransfer(part.body, part.encoding, options.maxFileBytes);
      contents.set(place, { bytes, isWhole: part.encodedBytes <= part.body.length && bytes.length < options.maxFileBytes });
      continue;
    }
    const file = reader.files[place - reader.attached.length];
    if (file !== undefined) contents.set(place, { bytes: file.head, isWhole: file.head.length + 3 >= file.bytes });
  }
  return contents;
}
