import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { findFilePart } from '../message/read-files.ts';
import { decodeTransferStream } from '../message/transfer-encoding.ts';
import { findStretches } from './encoded-ranges.ts';
import { fetchGroup, fetchOutlines, groupForFetching } from './imap-fetch.ts';
import type { FetchDepth, FetchedMail, OpenedContent } from './mailbox.ts';
import { MailboxRefusedError } from './mailbox-errors.ts';
import { openReadFile } from './opened-file.ts';
import { readLimits } from './slim-plan.ts';
import type { SlimPlan } from './slim-plan.ts';

/** Runs work with the watched folder open, alone on a connection. */
export type Serve = <T>(work: (client: ImapFlow) => Promise<T>) => Promise<T>;

/** What one command brings; between two, others may use the connection. */
const chunkBytes = 512 * 1024;

export async function openImapMail(serve: Serve, uid: number): Promise<OpenedContent | null> {
  const row = await serve((client) => fetchRow(client, uid, { size: true }));
  return row?.size === undefined ? null : { bytes: row.size, isWhole: true, content: readChunks(serve, uid, null, 0, row.size) };
}

/** A file that was cut comes in chunks, as it is consumed. */
export async function openImapFile(serve: Serve, uid: number, place: number): Promise<OpenedContent | null> {
  const found = await readOne(serve, uid, 'beginnings');
  if (found === null) return null;
  const { mail, plan } = found;
  const part = mail.partBytes === null ? null : findFilePart(mail.source, mail.partBytes, place);
  const leaf = part === null ? undefined : plan?.leaves[part.leaf];
  if (part !== null && leaf !== undefined) {
    return {
      bytes: part.bytes, isWhole: true, content: decodeTransferStream(readChunks(serve, uid, leaf.bodySection, 0, leaf.bytes), part.encoding),
      stretches: async () => await findStretches((start, end) => readChunks(serve, uid, leaf.bodySection, start, end), leaf.bytes, part.encoding),
    };
  }
  const whole = mail.partBytes === null ? found : await readOne(serve, uid, 'files');
  return whole === null ? null : openReadFile(whole.mail, place);
}

async function readOne(serve: Serve, uid: number, depth: FetchDepth): Promise<{ mail: FetchedMail; plan: SlimPlan | null } | null> {
  return serve(async (client) => {
    const [outline] = await fetchOutlines(client, [uid], readLimits.mailBytes, depth);
    const [group] = outline === undefined ? [] : groupForFetching([outline]);
    const [mail] = group === undefined ? [] : await fetchGroup(client, group, readLimits.mailBytes);
    return mail === undefined ? null : { mail, plan: outline?.plan ?? null };
  });
}

/** Of a section of a mail, or of all of it, from `from` to before `to`, or to its end. */
async function* readChunks(serve: Serve, uid: number, section: string | null, from: number, to: number): AsyncGenerator<Buffer> {
  for (let start = from; start < to; start += chunkBytes) {
    const range = { start, maxLength: Math.min(chunkBytes, to - start) };
    const row = await serve((client) => fetchRow(client, uid, section === null ? { source: range } : { bodyParts: [{ key: section, ...range }] }));
    const chunk = section === null ? row?.source : row?.bodyParts?.get(section.toLowerCase());
    // A session may still list a mail that another one has expunged, and give nothing of it.
    if (!Buffer.isBuffer(chunk) || chunk.length === 0) throw new MailboxRefusedError('the mail was removed while it was read');
    yield chunk;
    if (chunk.length < range.maxLength) return;
  }
}

async function fetchRow(client: ImapFlow, uid: number, query: FetchQueryObject): Promise<FetchMessageObject | null> {
  const rows = await client.fetchAll(String(uid), { uid: true, ...query }, { uid: true });
  return rows.find((row) => row.uid === uid) ?? null;
}
