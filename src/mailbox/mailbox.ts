/**
 * A mailbox as the worker needs it: the same contract over IMAP and over a Maildir. Nothing here ever sets `\Seen`, moves or
 * deletes a customer's mail. Every method may throw a `MailboxError` that says whether it is retryable.
 */
export interface Mailbox {
  /** The configured name, unique in the process. */
  readonly name: string;
  /** Connects, selects the folder, finds Drafts. Safe to call again after a failure. */
  open(): Promise<MailboxState>;
  /** UIDs above `afterUid` that lie in the folder now, ascending. */
  listUidsAfter(afterUid: number): Promise<number[]>;
  /** UIDs whose INTERNALDATE is on or after the day of `since`, ascending. */
  listUidsSince(since: Date): Promise<number[]>;
  /** The mails that still exist, in no promised order, read without setting `\Seen`. */
  fetch(uids: readonly number[], depth?: FetchDepth): AsyncIterable<FetchedMail>;
  /** Which of these Message-IDs (with angle brackets) already lie in Drafts. */
  findDrafts(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Puts drafts into the Drafts folder with `\Draft`. All or nothing is not promised: after an error ask `findDrafts`. */
  appendDrafts(drafts: readonly NewDraft[]): Promise<void>;
  /** Adds one keyword to each of these mails; resolves without doing anything where the server allows no keywords. */
  addKeyword(uids: readonly number[], keyword: string): Promise<void>;
  /**
   * Calls `onChange` when something may have arrived (at once after each (re)connection, then by IDLE or file events), and reconnects with capped
   * back-off by itself, until `signal` aborts. `onState` hears of each connection made or lost.
   */
  watch(onChange: (state: MailboxState) => void, signal: AbortSignal, onState?: (event: ConnectionEvent) => void): Promise<void>;
  close(): Promise<void>;
}

export interface MailboxState {
  /** As a decimal string: IMAP's is a 32-bit number, a Maildir's is made up once and kept. */
  readonly uidValidity: string;
  /** The UID that the next mail gets, or a higher one. After a notification it may lag: the listing tells. */
  readonly uidNext: number;
  readonly keywordsAllowed: boolean;
  readonly draftsFolder: string;
}

/** Of attachments only their beginnings (the default), or pictures and documents as a whole, where someone is to look into them. */
export type FetchDepth = 'beginnings' | 'files';

export interface FetchedMail {
  readonly uid: number;
  readonly internalDate: Date;
  readonly keywords: readonly string[];
  /** Bytes of the whole mail in the mailbox. */
  readonly bytes: number;
  /**
   * The RFC 5322 source. Of a large mail only what is read: headers, text parts and the beginning of each attachment, in the same MIME structure;
   * `partBytes` then has each leaf's true encoded size, in the order of the leaves (those of an attached mail count one by one). Null where the mail is whole, or where only its beginning is read, as it stands (then `source` is shorter than `bytes`).
   */
  readonly source: Buffer;
  readonly partBytes: readonly number[] | null;
}

export interface NewDraft {
  /** With angle brackets, as in the source. */
  readonly messageId: string;
  readonly source: Buffer;
}

export type ConnectionEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost'; readonly reason: string; readonly retryInMs: number };

/** `$RefundTriage-…`: how a mail was triaged, on the original. */
export const triageKeywords = {
  needsInfo: '$RefundTriage-NeedsInfo',
  ready: '$RefundTriage-Ready',
  review: '$RefundTriage-Review',
  ignored: '$RefundTriage-Ignored',
} as const;
export type TriageKeyword = (typeof triageKeywords)[keyof typeof triageKeywords];
