import { isIP } from 'node:net';

/** How to reach an IMAP mailbox. */
export interface ImapMailboxOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `none` is refused for other machines unless `allowPlaintext` is set. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly allowPlaintext?: boolean;
  readonly user: string;
  /** Asked for again at each connection where it is a function. */
  readonly password: string | (() => Promise<string>);
  /** `INBOX` by default. */
  readonly folder?: string;
  /** Found by SPECIAL-USE, then by name, where it is not given. */
  readonly draftsFolder?: string;
  /** Found like Drafts. */
  readonly sentFolder?: string;
  /** No more than this much of one mail is ever fetched (4 MiB). */
  readonly maxMessageBytes?: number;
  readonly tls?: { readonly ca?: string; readonly rejectUnauthorized?: boolean };
  readonly logger?: ImapLogger;
  readonly timing?: Partial<ImapTiming>;
}

/** A pino logger fits. */
export interface ImapLogger {
  debug(entry: object): void;
  info(entry: object): void;
  warn(entry: object): void;
  error(entry: object): void;
}

export interface ImapTiming {
  /** For name look-up, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** A server that says nothing for so long is taken for dead; under IDLE it is asked (NOOP) first. */
  readonly silenceTimeoutMs: number;
  /** The longest that one piece of work (a batch's FETCH, an APPEND) may take. */
  readonly commandTimeoutMs: number;
  /** How often the folder is looked at afresh under IDLE. Servers hang up after 30 minutes (RFC 9051, 5.4), routers much earlier. */
  readonly idleRefreshMs: number;
  /** How often a server without IDLE is asked. */
  readonly pollIntervalMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
}

export const defaultImapTiming: ImapTiming = {
  connectTimeoutMs: 20_000,
  silenceTimeoutMs: 60_000,
  commandTimeoutMs: 180_000,
  idleRefreshMs: 5 * 60_000,
  pollIntervalMs: 20_000,
  retryMinMs: 1_000,
  retryMaxMs: 60_000,
};

/** Whether traffic to this host stays on this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}
