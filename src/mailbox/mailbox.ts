import type { AnswerQuery, FoundAnswer, OwnDraft, RemovedCopies, RemovedDraft, SentCursor, SentPage } from './answer.ts';
import type { Stretches } from './encoded-ranges.ts';

/**
 * A mailbox as the worker and the desk need it: the same contract over IMAP and over a Maildir. Nothing here ever sets `\Seen` on a customer's mail, moves or
 * deletes it. Every method may throw a `MailboxError` that says whether it is retryable.
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
  /** The Subject fields of the mails that still exist, as they stand in their headers; a little more of the header may be there as well. */
  readSubjects(uids: readonly number[]): Promise<ReadonlyMap<number, Buffer>>;
  /** The mails that still exist, in no promised order, read without setting `\Seen`. */
  fetch(uids: readonly number[], depth?: FetchDepth): AsyncIterable<FetchedMail>;
  /** Which of these Message-IDs (with angle brackets) already lie in Drafts. */
  findDrafts(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Puts drafts into the Drafts folder with `\Draft`, and gives their digests in the same order. All or nothing is not promised: after an error ask `findDrafts`. */
  appendDrafts(drafts: readonly NewDraft[]): Promise<readonly OwnDraft[]>;
  /** Adds one keyword to each of these mails; resolves without doing anything where the server allows no keywords. */
  addKeyword(uids: readonly number[], keyword: string): Promise<void>;
  /** Takes away a keyword of ours that no longer holds, from those of these mails that have it. */
  removeKeyword(uids: readonly number[], keyword: TriageKeyword | typeof dueKeyword): Promise<void>;
  /** Sets `\Answered`, and nothing else, on these customers' mails. */
  markAnswered(uids: readonly number[]): Promise<void>;
  /** What lies in Drafts and in Sent now, among the newest 50,000 drafts and 10,000 sent mails. */
  findAnswers(query: AnswerQuery): Promise<readonly FoundAnswer[]>;
  /** The whole source of a mail in Drafts or Sent; null where it is gone. */
  readAnswer(answer: Pick<FoundAnswer, 'folder' | 'uidValidity' | 'uid'>): Promise<Buffer | null>;
  /** Removes a draft of ours that nobody has touched, and nothing else, ever; or all of its copies but the oldest. May be called again after any failure. */
  removeDraft(draft: OwnDraft, which?: RemovedCopies): Promise<RemovedDraft>;
  /** The UIDVALIDITY of Drafts as it is now: another one once the folder was made anew, or changed places with another. */
  identifyDrafts(): Promise<string>;
  /** Mails that came into Sent since the cursor, `limit` at the most. A mail may come twice, never not at all. */
  listSent(after: SentCursor, limit: number): Promise<SentPage>;
  /** Puts a copy of what was sent into Sent, as read; nothing where the mail server has done so. Sent is made where there is none. */
  saveSent(mail: NewDraft): Promise<'saved' | 'already_there'>;
  /** The whole source of a mail in the watched folder, as a stream that is read from the mailbox as it is consumed; null where the mail is gone. */
  openMail(uid: number): Promise<OpenedContent | null>;
  /** A file of that mail, decoded, by its place in `Message.attachments`; null where mail or file is gone. */
  openFile(uid: number, place: number): Promise<OpenedContent | null>;
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
  /** Null where there is none (yet). */
  readonly sentFolder: string | null;
}

/** A mail or a file that someone looks at. */
export interface OpenedContent {
  /** Exact for a mail; for a file as near as its encoding tells. */
  readonly bytes: number;
  /** False where only a beginning is there: of a very large mail attached to the mail, or of a file within such or within a text. */
  readonly isWhole: boolean;
  /** May be consumed once; a `MailboxError` in between ends it. */
  readonly content: AsyncIterable<Buffer>;
  /** Of a file: any stretch of it alone; null where it can only be read from its beginning. Throws `MailboxError`. */
  stretches?(): Promise<Stretches | null>;
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
/** On the newest mail of a case whose answer is due soon, or overdue. */
export const dueKeyword = '$RefundTriage-Due';
