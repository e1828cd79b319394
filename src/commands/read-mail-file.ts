import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { TriageError } from '../errors.ts';

/** There is no such file. */
export class FileNotFoundError extends TriageError {
  readonly code = 'file_not_found';
  readonly retryable = false;
}

/** The file is there and cannot be read: a directory, or not allowed. */
export class FileUnreadableError extends TriageError {
  readonly code = 'file_unreadable';
  readonly retryable = false;
}

export interface MailFile {
  /** The first `maxBytes` of the file. */
  readonly source: Buffer;
  /** The bytes of the whole file. */
  readonly bytes: number;
  /** When the file was written last: stands in for a date in the mail. */
  readonly writtenAt: Date;
}

/** Reads at most `maxBytes` of a file. Throws `FileNotFoundError` or `FileUnreadableError`. */
export async function readMailFile(path: string, maxBytes: number): Promise<MailFile> {
  try {
    const file = await open(path, 'r');
    try {
      const { mtime } = await file.stat();
      return { ...(await readStart(file.createReadStream({ autoClose: false, highWaterMark: 1_048_576 }), maxBytes)), writtenAt: mtime };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw new FileNotFoundError('there is no such file', { cause: error });
    if (code === 'EISDIR') throw new FileUnreadableError('this is a directory', { cause: error });
    throw new FileUnreadableError(`it cannot be read (${String(code ?? error)})`, { cause: error });
  }
}

/** Reads a stream to its end and keeps at most the first `maxBytes`. */
export async function readStart(stream: Readable, maxBytes: number): Promise<Omit<MailFile, 'writtenAt'>> {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += buffer.length;
    if (keptBytes >= maxBytes) continue;
    const part = buffer.subarray(0, maxBytes - keptBytes);
    kept.push(part);
    keptBytes += part.length;
  }
  return { source: Buffer.concat(kept), bytes };
}
