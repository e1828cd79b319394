import type { ImapFlow } from 'imapflow';
import { askForNews, fromUidSet, runImapCommand } from './imap-command.ts';
import type { ImapArgument } from './imap-command.ts';
import { ensureOpen } from './imap-connection.ts';
import type { NewDraft } from './mailbox.ts';
import { MailboxRefusedError } from './mailbox-errors.ts';
import type { SpecialFolder } from './special-folders.ts';

/** Message-IDs asked for by one SEARCH: more make a command line that some servers refuse. */
const idsPerSearch = 30;
/** One MULTIAPPEND (RFC 3502) takes no more than this. */
const appendBatch = { drafts: 50, bytes: 8 * 1024 * 1024 } as const;

/** Whether several drafts go in one command. */
export function hasMultiAppend(client: ImapFlow): boolean {
  return client.capabilities.has('MULTIAPPEND');
}

/** Where a mail was put, as far as the server tells (APPENDUID, RFC 4315). */
export interface AppendedAt {
  readonly uidValidity: string;
  readonly uid: number;
}

/** In the order of the drafts. */
export async function appendToFolder(client: ImapFlow, folder: SpecialFolder, drafts: readonly NewDraft[], flags: readonly string[] = ['\\Draft', '\\Seen']): Promise<(AppendedAt | null)[]> {
  const batches = hasMultiAppend(client) ? toBatches(drafts) : drafts.map((draft) => [draft]);
  const places: (AppendedAt | null)[] = [];
  for (const batch of batches) {
    const messages = batch.flatMap((draft): ImapArgument[] => [flags.map((flag): ImapArgument => ({ type: 'ATOM', value: flag })), { type: 'LITERAL', value: draft.source }]);
    const [code, uidValidity = '', set = ''] = await runImapCommand(client, 'APPEND', [{ type: 'STRING', value: folder.wirePath }, ...messages]);
    const uids = code?.toUpperCase() === 'APPENDUID' ? fromUidSet(set, batch.length) : [];
    places.push(...batch.map((_, index) => (uids.length === batch.length ? { uidValidity, uid: uids[index] ?? 0 } : null)));
  }
  return places;
}

function toBatches(drafts: readonly NewDraft[]): NewDraft[][] {
  const batches: NewDraft[][] = [];
  let bytes = 0;
  for (const draft of drafts) {
    const current = batches.at(-1);
    if (current === undefined || current.length >= appendBatch.drafts || bytes + draft.source.length > appendBatch.bytes) {
      batches.push([draft]);
      bytes = draft.source.length;
    } else {
      current.push(draft);
      bytes += draft.source.length;
    }
  }
  return batches;
}

/** Which of these Message-IDs lie in the folder. What SEARCH finds (it matches parts of words) is compared with the header itself. */
export async function findInFolder(client: ImapFlow, folder: SpecialFolder, messageIds: readonly string[]): Promise<Set<string>> {
  const wanted = new Set(messageIds);
  const found = new Set<string>();
  await ensureOpen(client, folder.path, true);
  // Drafts appended since the folder was opened are only sure to be seen after this.
  await askForNews(client);
  for (let start = 0; start < messageIds.length; start += idsPerSearch) {
    const terms = messageIds.slice(start, start + idsPerSearch).map((id) => ({ header: { 'message-id': id } }));
    const query = terms.length === 1 ? terms[0] : { or: terms };
    const uids = await client.search(query ?? {}, { uid: true });
    if (!Array.isArray(uids)) throw new MailboxRefusedError(`the server refused to search ${folder.path}`);
    if (uids.length === 0) continue;
    for (const row of await client.fetchAll(uids, { uid: true, headers: ['message-id'] }, { uid: true })) {
      const id = /^message-id:\s*(?<id><[^>]*>)/im.exec(row.headers?.toString('utf8').replaceAll(/\r?\n[ \t]+/g, ' ') ?? '')?.groups?.['id'];
      if (id !== undefined && wanted.has(id)) found.add(id);
    }
  }
  return found;
}
