import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { MailboxObject } from 'imapflow';
import { askForNews } from './imap-command.ts';
import { toMailboxError } from './imap-errors.ts';
import type { ErrorContext } from './imap-errors.ts';
import { isLoopback } from './imap-options.ts';
import type { ImapMailboxOptions, ImapTiming } from './imap-options.ts';
import { MailboxClosedError, MailboxConnectionError, MailboxPlaintextError } from './mailbox-errors.ts';
import type { MailboxError } from './mailbox-errors.ts';
import { readLimits } from './slim-plan.ts';

/** How a connection spends its quiet moments: IDLE by itself after a while (kept alive for the next command), or only when told. */
export type QuietMode = 'keep-alive' | 'watch';

/** One IMAP connection that is made when first needed, again after it was lost, and used for one thing at a time. */
export class ImapConnection {
  readonly #options: ImapMailboxOptions;
  readonly #timing: ImapTiming;
  readonly #quiet: QuietMode;
  #client: ImapFlow | null = null;
  #secret: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: ImapMailboxOptions, timing: ImapTiming, quiet: QuietMode) {
    this.#options = options;
    this.#timing = timing;
    this.#quiet = quiet;
  }

  /** Runs `work` alone on the connection. Throws a `MailboxError`; after a failure of the connection itself the next call connects anew. */
  use<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => this.#run(work));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Whether the next `use` needs no new connection. */
  get connected(): boolean {
    return this.#client?.usable === true;
  }

  /** Hangs up at once; `use` connects again. */
  drop(): void {
    this.#client?.close();
    this.#client = null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    if (client.usable && !client.idling) await Promise.race([client.logout().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
    client.close();
  }

  toError(thrown: unknown): MailboxError {
    return toMailboxError(thrown, this.#context());
  }

  async #run<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const client = await this.#connect();
      const limitMs = this.#timing.commandTimeoutMs;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new MailboxConnectionError(`${this.#options.name} (${this.#options.host}) did not finish a command within ${limitMs / 1000} s`));
          this.drop();
        }, limitMs);
      });
      return await Promise.race([work(client), late]);
    } catch (thrown) {
      throw this.toError(thrown);
    } finally {
      clearTimeout(timer);
    }
  }

  async #connect(): Promise<ImapFlow> {
    const options = this.#options;
    if (this.#closed) throw new MailboxClosedError(`${options.name} was closed`);
    if (this.#client?.usable === true) return this.#client;
    this.drop();
    if (options.security === 'none' && options.allowPlaintext !== true && !isLoopback(options.host)) {
      throw new MailboxPlaintextError(`${options.name}: the password would cross the network to ${options.host} in the clear. Set security to tls or starttls.`);
    }
    this.#secret = typeof options.password === 'string' ? options.password : await options.password();
    const maxMessageBytes = options.maxMessageBytes ?? 0;
    const client = new ImapFlow({
      host: options.host,
      port: options.port,
      secure: options.security === 'tls',
      doSTARTTLS: options.security === 'starttls',
      auth: { user: options.user, pass: this.#secret },
      clientInfo: { name: 'refund-triage' },
      logger: false,
      tls: { ...options.tls },
      connectionTimeout: this.#timing.connectTimeoutMs,
      greetingTimeout: this.#timing.connectTimeoutMs,
      socketTimeout: this.#timing.silenceTimeoutMs,
      disableAutoIdle: this.#quiet === 'watch',
      maxIdleTime: this.#timing.idleRefreshMs,
      // A broken or hostile server must not make us hold more than this.
      maxLiteralSize: Math.max(2 * readLimits.filesMailBytes, 2 * maxMessageBytes),
      maxLineLength: 32 * 1024 * 1024,
      maxResponseSize: Math.max(64 * 1024 * 1024, 4 * maxMessageBytes),
    });
    // Without a listener the event would end the process; the pending command, or the next one, reports the failure.
    client.on('error', (error: unknown) => {
      options.logger?.debug({ msg: 'IMAP connection failed', mailbox: options.name, reason: this.toError(error).message });
    });
    // Set before it is up, so that close() and drop() end an attempt, too.
    this.#client = client;
    await client.connect();
    return client;
  }

  #context(): ErrorContext {
    const { name, host, port, user, folder } = this.#options;
    return { mailbox: name, host, port, user, folder: folder ?? 'INBOX', secret: this.#secret };
  }
}

/** What was asked for when a client's folder was opened: the server may spell its path otherwise. */
const opened = new WeakMap<ImapFlow, { readonly path: string; readonly readOnly: boolean; readonly box: MailboxObject; readonly uidNext: number }>();

/** Opens the folder unless it is open that way already, and gives what the server said of it then. */
export async function ensureOpen(client: ImapFlow, path: string, readOnly: boolean): Promise<MailboxObject> {
  const last = opened.get(client);
  if (last !== undefined && last.path === path && last.readOnly === readOnly && client.mailbox === last.box) return last.box;
  return openAfresh(client, path, readOnly);
}

/** SELECT or EXAMINE, whatever is open. */
export async function openAfresh(client: ImapFlow, path: string, readOnly: boolean): Promise<MailboxObject> {
  const box = await client.mailboxOpen(path, { readOnly });
  // ImapFlow moves `uidNext` on as it sees UIDs.
  opened.set(client, { path, readOnly, box, uidNext: box.uidNext });
  return box;
}

/** Leaves the folder. CLOSE expunges what is marked deleted in a folder that was opened for writing (RFC 9051, 6.4.1): such a one is opened for reading first. */
export async function closeFolder(client: ImapFlow): Promise<void> {
  const last = opened.get(client);
  if (client.mailbox === false) return;
  if (last?.readOnly !== true || client.mailbox !== last.box) await openAfresh(client, client.mailbox.path, true);
  await client.mailboxClose();
}

const visibleUpTo = new WeakMap<MailboxObject, number>();

/**
 * A session does not know UIDs that came after its last command and that another one listed: it would pass over them without a word. `highestSeen` is the highest
 * UID that is known to exist, for a session that is asked for more must be told to look again each time.
 */
export async function ensureVisible(client: ImapFlow, uids: readonly number[], highestSeen: number): Promise<void> {
  const box = client.mailbox;
  if (box === false) return;
  const highest = Math.max(...uids);
  if (highest < (opened.get(client)?.uidNext ?? 0) || highest <= (visibleUpTo.get(box) ?? 0)) return;
  await askForNews(client);
  markVisible(client, Math.min(highest, highestSeen));
}

/** This session has just seen the UID. */
export function markVisible(client: ImapFlow, uid: number): void {
  if (client.mailbox !== false) visibleUpTo.set(client.mailbox, Math.max(uid, visibleUpTo.get(client.mailbox) ?? 0));
}
