import type { MailboxConfig } from '../config.ts';
import { ImapMailbox } from '../mailbox/imap-mailbox.ts';
import type { ImapLogger } from '../mailbox/imap-options.ts';
import { MaildirMailbox } from '../mailbox/maildir-mailbox.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';

/** The mailbox that the configuration describes, not yet connected. */
export function mailboxOf(config: MailboxConfig, maxMessageBytes: number, logger?: ImapLogger): Mailbox {
  const folders = {
    ...(config.draftsFolder === null ? {} : { draftsFolder: config.draftsFolder }),
    ...(config.sentFolder === null ? {} : { sentFolder: config.sentFolder }),
  };
  if (config.type === 'maildir') return new MaildirMailbox({ name: config.name, path: config.path, maxMessageBytes, ...folders });
  return new ImapMailbox({
    name: config.name,
    host: config.host,
    port: config.port,
    security: config.security,
    user: config.user,
    password: () => Promise.resolve(config.password.reveal()),
    folder: config.folder,
    maxMessageBytes,
    ...folders,
    ...(config.ca === null ? {} : { tls: { ca: config.ca } }),
    ...(logger === undefined ? {} : { logger }),
  });
}

/** Where it is, for people: `imap.example.com:993, INBOX`. */
export function placeOf(config: MailboxConfig): string {
  return config.type === 'maildir' ? config.path : `${config.host}:${config.port}, ${config.folder}`;
}
