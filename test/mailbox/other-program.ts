import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import type { Dovecot } from '../servers/dovecot.ts';

/** A mail program beside us, over the same Drafts and Sent. */
export interface OtherProgram {
  /** As mail programs save: appended, with a draft's or a sent mail's flags. */
  save(folder: string, source: Buffer): Promise<void>;
  /** Marks mails of that Message-ID deleted, and expunges them where told so. */
  remove(folder: string, messageId: string, how: 'expunged' | 'marked'): Promise<void>;
  /** Sources of all that is there, marked or not, with CRLF. */
  sources(folder: string): Promise<string[]>;
  flags(folder: string, messageId: string): Promise<string[]>;
  end(): Promise<void>;
}

export async function otherImapProgram(server: Dovecot): Promise<OtherProgram> {
  const client = new ImapFlow({ host: server.host, port: server.port, secure: false, doSTARTTLS: false, auth: { user: server.user, pass: server.password }, logger: false });
  await client.connect();
  const uidsOf = async (messageId: string): Promise<number[]> => {
    const uids = await client.search({ header: { 'message-id': messageId } }, { uid: true });
    return Array.isArray(uids) ? uids : [];
  };
  return {
    save: async (folder, source) => {
      if (folder === 'Sent') await client.mailboxCreate(folder);
      await client.append(folder, source, folder === 'Drafts' ? ['\\Draft', '\\Seen'] : ['\\Seen']);
    },
    remove: async (folder, messageId, how) => {
      await client.mailboxOpen(folder);
      const uids = await uidsOf(messageId);
      await (how === 'expunged' ? client.messageDelete(uids, { uid: true }) : client.messageFlagsAdd(uids, ['\\Deleted'], { uid: true }));
    },
    sources: async (folder) => {
      const { exists } = await client.mailboxOpen(folder);
      const rows = exists === 0 ? [] : await client.fetchAll('1:*', { source: true });
      return rows.map((row) => row.source?.toString() ?? '');
    },
    flags: async (folder, messageId) => {
      await client.mailboxOpen(folder);
      const rows = await client.fetchAll(await uidsOf(messageId), { flags: true }, { uid: true });
      return rows.flatMap((row) => [...(row.flags ?? [])]).filter((flag) => flag !== '\\Recent').toSorted();
    },
    end: () => client.logout(),
  };
}

const flagNames: Readonly<Record<string, string>> = { S: '\\Seen', D: '\\Draft', T: '\\Deleted', R: '\\Answered' };

export function otherMaildirProgram(maildir: string): OtherProgram {
  const files = async (folder: string): Promise<{ path: string; source: string }[]> => {
    const place = folder === 'INBOX' ? maildir : join(maildir, `.${folder}`);
    const paths: string[] = [];
    for (const name of ['new', 'cur']) for (const file of await readdir(join(place, name)).catch(() => [])) paths.push(join(place, name, file));
    return Promise.all(paths.map(async (path) => ({ path, source: (await readFile(path, 'utf8')).replaceAll(/\r?\n/g, '\r\n') })));
  };
  const bearing = async (folder: string, messageId: string): Promise<string[]> =>
    (await files(folder)).filter(({ source }) => source.includes(`Message-ID: ${messageId}\r\n`)).map(({ path }) => path);
  return {
    save: async (folder, source) => {
      // As Maildir programs do, with the line ends of the system.
      await deliverToMaildir(await createMaildir(maildir, folder), Buffer.from(source.toString().replaceAll('\r\n', '\n')), folder === 'Drafts' ? 'DS' : 'S');
    },
    remove: async (folder, messageId, how) => {
      for (const path of await bearing(folder, messageId)) {
        if (how === 'expunged') await rm(path);
        else await rename(path, `${path}T`);
      }
    },
    sources: async (folder) => (await files(folder)).map(({ source }) => source),
    flags: async (folder, messageId) =>
      (await bearing(folder, messageId)).flatMap((path) => (/:2,(?<flags>\w*)$/.exec(basename(path))?.groups?.['flags'] ?? '').split('').map((flag) => flagNames[flag] ?? flag)).toSorted(),
    end: () => Promise.resolve(),
  };
}
