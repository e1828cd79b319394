import type { ImapFlow } from 'imapflow';
import { readFiles } from '../message/read-files.ts';
import { fetchGroup, fetchOutlines, groupForFetching } from './imap-fetch.ts';
import type { OpenedContent } from './mailbox.ts';
import { MailboxRefusedError } from './mailbox-errors.ts';
import { readLimits } from './slim-plan.ts';

/** Runs work with the watched folder open, alone on a connection. */
export type Serve = <T>(work: (client: ImapFlow) => Promise<T>) => Promise<T>;

/** What one command brings; between two, others may use the connection. */
const chunkBytes = 512 * 1024;

export async function openImapMail(serve: Serve, uid: number): Promise<OpenedContent | null> {
  const outline = await serve((client) => client.fetchOne(String(uid), { uid: true, size: true }, { uid: true }));
  if (outline === false || outline.size === undefined) return null;
  return { bytes: outline.size, content: readChunks(serve, uid) };
}

async function* readChunks(serve: Serve, uid: number): AsyncGenerator<Buffer> {
  for (let start = 0; ; start += chunkBytes) {
    const row = await serve((client) => client.fetchOne(String(uid), { uid: true, source: { start, maxLength: chunkBytes } }, { uid: true }));
    if (row === false || row.source === undefined) throw new MailboxRefusedError('the mail was removed while it was read');
    if (row.source.length > 0) yield row.source;
    if (row.source.length < chunkBytes) return;
  }
}

export async function openImapFile(serve: Serve, uid: number, place: number): Promise<OpenedContent | null> {
  const [mail] = await serve(async (client) => {
    const [group] = groupForFetching(await fetchOutlines(client, [uid], readLimits.filesMailBytes, 'files'));
    return group === undefined ? [] : fetchGroup(client, group, readLimits.filesMailBytes);
  });
  if (mail === undefined) return null;
  const file = readFiles(mail.source, { partBytes: mail.partBytes, maxFileBytes: readLimits.fileBytes }, [place]).get(place);
  return file === undefined ? null : { bytes: file.bytes.length, content: once(file.bytes) };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
