import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { readFiles } from '../message/read-files.ts';
import type { OpenedContent } from './mailbox.ts';
import { readSlimFile } from './slim-file.ts';
import { readLimits } from './slim-plan.ts';

/** The file as it stands, read as it is consumed. */
export async function openMaildirMail(path: string, file: FileHandle): Promise<OpenedContent> {
  const { size } = await file.stat();
  return { bytes: size, content: createReadStream(path, { highWaterMark: 256 * 1024 }) };
}

export async function openMaildirFile(file: FileHandle, place: number): Promise<OpenedContent | null> {
  const { source, partBytes } = await readSlimFile(file, readLimits.filesMailBytes, 'files');
  const found = readFiles(source, { partBytes, maxFileBytes: readLimits.fileBytes }, [place]).get(place);
  return found === undefined ? null : { bytes: found.bytes.length, content: once(found.bytes) };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
