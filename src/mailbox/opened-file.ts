import { readFiles } from '../message/read-files.ts';
import type { FetchedMail, OpenedContent } from './mailbox.ts';
import { readLimits } from './slim-plan.ts';

/** A file that lies in what was read of its mail. */
export function openReadFile(mail: Pick<FetchedMail, 'source' | 'partBytes'>, place: number): OpenedContent | null {
  const file = readFiles(mail.source, { partBytes: mail.partBytes, maxFileBytes: readLimits.fileBytes }, [place]).get(place);
  return file === undefined ? null : {
    bytes: file.bytes.length, isWhole: file.isWhole, content: once(file.bytes),
    stretches: async () => await Promise.resolve({ bytes: file.bytes.length, read: (start, end) => once(file.bytes.subarray(start, end)) }),
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
