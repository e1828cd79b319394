import type { FileHandle } from 'node:fs/promises';
import { findFilePart } from '../message/read-files.ts';
import { decodeTransferStream } from '../message/transfer-encoding.ts';
import { findStretches } from './encoded-ranges.ts';
import type { OpenedContent } from './mailbox.ts';
import { MailboxRefusedError } from './mailbox-errors.ts';
import { openReadFile } from './opened-file.ts';
import { readSlimFile } from './slim-file.ts';
import { readLimits } from './slim-plan.ts';

/** Opens the mail's file under the name that it has now; null where the mail is gone. */
export type OpenFile = () => Promise<FileHandle | null>;

const chunkBytes = 256 * 1024;

export async function openMaildirMail(openFile: OpenFile): Promise<OpenedContent | null> {
  return withFile(openFile, async (file) => {
    const { size } = await file.stat();
    return { bytes: size, isWhole: true, content: readRange(openFile, 0, size) };
  });
}

export async function openMaildirFile(openFile: OpenFile, place: number): Promise<OpenedContent | null> {
  return withFile(openFile, async (file) => {
    const mail = await readSlimFile(file);
    if (mail.partBytes === null) return openReadFile(mail, place);
    const part = findFilePart(mail.source, mail.partBytes, place);
    if (part === null) return openReadFile(await readSlimFile(file, readLimits.mailBytes, 'files'), place);
    const start = mail.partStarts[part.leaf] ?? 0;
    const encodedBytes = mail.partBytes[part.leaf] ?? 0;
    return {
      bytes: part.bytes, isWhole: true, content: decodeTransferStream(readRange(openFile, start, start + encodedBytes), part.encoding),
      stretches: async () => await findStretches((from, to) => readRange(openFile, start + from, start + Math.min(to, encodedBytes)), encodedBytes, part.encoding),
    };
  });
}

async function withFile<T>(openFile: OpenFile, work: (file: FileHandle) => Promise<T>): Promise<T | null> {
  const file = await openFile();
  if (file === null) return null;
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Opened only when someone consumes it. */
async function* readRange(openFile: OpenFile, start: number, end: number): AsyncGenerator<Buffer> {
  const file = await openFile();
  if (file === null) throw new MailboxRefusedError('the mail was removed while it was read');
  try {
    for (let position = start; position < end; ) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, end - position));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
