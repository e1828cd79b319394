import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { createMaildir, deliverToMaildir } from '../../src/mailbox/maildir-delivery.ts';
import { MaildirMailbox } from '../../src/mailbox/maildir-mailbox.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { startDovecot } from '../servers/dovecot.ts';

/** A place that a mailbox looks at, and what another program would see and do there. */
export interface MailboxPlace {
  connect(): Mailbox;
  deliver(source: Buffer): Promise<void>;
  /** How many mails in the watched folder bear `\Seen`. */
  seen(): Promise<number>;
  /** Names of the keywords on each mail, as another program sees them, in the order of delivery. */
  keywords(): Promise<string[][]>;
  /** Flags of each draft, and its source. */
  drafts(): Promise<{ flags: string; source: string }[]>;
  /** Another program reads a mail and so marks it seen, moving its file. */
  readByAnother(index: number): Promise<void>;
  removeDraftsFolder(): Promise<void>;
  /** Gives the folder a new UIDVALIDITY; the mails stay. */
  makeAnew(): Promise<void>;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** The watched folder over IMAP is not INBOX, which never vanishes. */
const watched = 'Refunds';

export async function imapPlace(): Promise<MailboxPlace> {
  const server = await startDovecot({ mailboxes: `mailbox Drafts {\n auto = create\n special_use = \\Drafts\n }\n mailbox ${watched} {\n auto = create\n }` });
  const folder = join(server.maildir, `.${watched}`);
  const fetch = async (mailbox: string, field: string): Promise<string[]> => {
    const text = await server.doveadm(['fetch', '-u', server.user, field, 'mailbox', mailbox, 'all']);
    return text.split('\f').map((entry) => entry.trim()).filter((entry) => entry !== '');
  };
  const flags = async (mailbox: string): Promise<string[]> => (await fetch(mailbox, 'flags')).map((entry) => entry.replace(/^flags: ?/, ''));
  return {
    connect: () =>
      new ImapMailbox({
        name: 'imap', host: server.host, port: server.port, security: 'none', user: server.user, password: server.password, folder: watched,
        timing: { retryMinMs: 20, retryMaxMs: 200, idleRefreshMs: 400 },
      }),
    deliver: (source) => server.deliver(source, watched),
    seen: async () => (await flags(watched)).filter((entry) => entry.includes('\\Seen')).length,
    keywords: async () => (await flags(watched)).map((entry) => entry.split(' ').filter((flag) => flag.startsWith('$'))),
    drafts: async () => {
      const sources = await fetch('Drafts', 'text');
      return (await flags('Drafts')).map((entry, index) => ({ flags: entry, source: sources[index] ?? '' }));
    },
    readByAnother: async (index) => {
      await server.doveadm(['flags', 'add', '-u', server.user, '\\Seen', 'mailbox', watched, String(index + 1)]);
    },
    removeDraftsFolder: async () => {
      await server.doveadm(['mailbox', 'delete', '-u', server.user, 'Drafts']);
    },
    makeAnew: async () => {
      await server.kill9();
      for (const name of await readdir(folder)) if (name.startsWith('dovecot')) await rm(join(folder, name));
      // UIDVALIDITY counts seconds.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await server.restart();
    },
    vanish: async () => {
      await server.kill9();
      await rename(folder, join(server.maildir, '..', 'aside'));
      // Without `auto`, as nothing makes the folder again.
      await server.restart('namespace inbox {\n mailbox Refunds {\n auto = no\n }\n }');
    },
    comeBack: () => rename(join(server.maildir, '..', 'aside'), folder),
    stop: () => server.stop(),
  };
}

async function names(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const place of ['new', 'cur']) for (const name of await readdir(join(folder, place))) paths.push(join(folder, place, name));
  return paths.toSorted((a, b) => basename(a).localeCompare(basename(b), 'en', { numeric: true }));
}

function flagsOf(name: string): string {
  return /:2,(?<flags>\w*)$/.exec(name)?.groups?.['flags'] ?? '';
}

export async function maildirPlace(): Promise<MailboxPlace> {
  const parent = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'refund-triage-maildir-'));
  const path = await createMaildir(join(parent, 'mail'));
  return {
    connect: () => new MaildirMailbox({ name: 'maildir', path, rescanIntervalMs: 400, retryMinMs: 20, retryMaxMs: 200 }),
    deliver: async (source) => {
      await deliverToMaildir(path, source);
    },
    seen: async () => (await names(path)).filter((name) => flagsOf(name).includes('S')).length,
    keywords: async () => {
      const lines = (await readFile(join(path, 'dovecot-keywords'), 'utf8').catch(() => '')).trim().split('\n');
      const known = new Map(lines.map((line) => [String.fromCharCode(97 + Number(line.split(' ')[0])), line.split(' ')[1] ?? '']));
      return (await names(path)).map((name) => flagsOf(name).split('').flatMap((letter) => known.get(letter) ?? []));
    },
    drafts: async () => {
      const found = await names(join(path, '.Drafts'));
      return Promise.all(found.map(async (name) => ({ flags: flagsOf(name).includes('D') ? '\\Draft' : '', source: await readFile(name, 'utf8') })));
    },
    readByAnother: async (index) => {
      const name = (await names(path))[index] ?? '';
      const base = basename(name).replace(/:2,.*$/, '');
      await rename(name, join(path, 'cur', `${base}:2,S${flagsOf(name)}`));
    },
    removeDraftsFolder: () => rm(join(path, '.Drafts'), { recursive: true }),
    makeAnew: () => rm(join(path, 'refund-triage-uids')),
    vanish: () => rename(path, join(parent, 'aside')),
    comeBack: () => rename(join(parent, 'aside'), path),
    stop: () => rm(parent, { recursive: true, force: true }),
  };
}
