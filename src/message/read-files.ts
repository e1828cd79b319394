import { leavesOf } from './parse-mime.ts';
import { ContentReader } from './read-content.ts';
import { parseMail } from './read-message.ts';
import { defaultReadLimits } from './read-limits.ts';
import { decodedSize, decodeTransfer, type TransferEncoding } from './transfer-encoding.ts';

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

/** A file that is a part of its mail. */
export interface FilePart {
  /** Which of the leaves it is, in the order of `partBytes`. */
  readonly leaf: number;
  readonly encoding: TransferEncoding;
  /** Once decoded: exact for base64 in even lines and for what is not encoded, near for the rest. */
  readonly bytes: number;
}

/**
 * Where the file at this place in `Message.attachments` is to be read from the mailbox, for it was cut. Null where the source has all that there is of it, where it lies
 * within a text or another file, and where there is none at this place.
 *
 * @throws {NotAMessageError} as `readMessage` does
 */
export function findFilePart(source: Buffer, partBytes: readonly number[], place: number): FilePart | null {
  const reader = new ContentReader({ nameWords: [], isForward: false }, defaultReadLimits, new Set());
  const { root } = parseMail(source, defaultReadLimits, partBytes);
  reader.readMail(root);
  const part = reader.attached[place];
  if (part === undefined || part.encodedBytes <= part.body.length) return null;
  const leaf = leavesOf(root, (candidate) => candidate.children.length === 0 || candidate.encoding !== 'identity').indexOf(part);
  return leaf < 0 ? null : { leaf, encoding: part.encoding, bytes: decodedSize(part.body, part.encoding, part.encodedBytes) };
}
