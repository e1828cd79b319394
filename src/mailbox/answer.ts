/**
 * An answer: a mail in Drafts or in Sent, ours or a person's, as far as its header tells. How a case's draft is followed, replaced, sent, and noticed when a
 * mail program sent it.
 */
export interface FoundAnswer extends AnswerHeader {
  readonly folder: AnswerFolder;
  readonly uidValidity: string;
  readonly uid: number;
  readonly bytes: number;
  /** When it came into the folder. */
  readonly storedAt: Date;
  /** As `sourceDigest` has it; null where it was not asked for. */
  readonly digest: string | null;
}

export type AnswerFolder = 'drafts' | 'sent';

/** Ids have their angle brackets, addresses are in lower case. */
export interface AnswerHeader {
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** Oldest first. */
  readonly references: readonly string[];
  readonly from: string | null;
  /** To and Cc. */
  readonly to: readonly string[];
  /** Decoded, one line. */
  readonly subject: string;
  /** The `Date` header; null where there is none that can be read. */
  readonly sentAt: Date | null;
  /** Our own header's tag (`RT-7K2M9QXW`): mail programs leave it out of what they save of an edited draft, as often as not. */
  readonly caseTag: string | null;
}

/** Ids with their angle brackets. */
export interface AnswerQuery {
  /** Mails that answer one of these (In-Reply-To, or the last of References). */
  readonly answering: readonly string[];
  /** Mails that bear one of these Message-IDs. */
  readonly messageIds: readonly string[];
  /** Asks for the digests of drafts, too: each is read as a whole, once. */
  readonly withDigests?: boolean;
}

/** A draft as we put it there: what it takes to recognise it as untouched. */
export interface OwnDraft {
  readonly messageId: string;
  /** As `appendDrafts` gave it. */
  readonly digest: string;
}

/**
 * `removed` it was there as we had put it, and is gone now · `changed` someone edited it: it stays · `gone` no draft bears its Message-ID (sent, deleted, or edited by
 * a program that gives a new one).
 */
export type RemovedDraft = 'removed' | 'changed' | 'gone';
/** Which copies of a draft are removed where several lie there; the oldest may stay. */
export type RemovedCopies = 'all' | 'all_but_one';

/** How far Sent has been read. To begin at a time: `sentSince`. May be kept as JSON. */
export interface SentCursor {
  /** Null where Sent was not read yet. */
  readonly uidValidity: string | null;
  readonly uid: number;
  /** Epoch milliseconds. Where UIDVALIDITY is another, the mails since a day before that are read again. */
  readonly sinceMs: number;
}

export interface SentPage {
  readonly cursor: SentCursor;
  readonly mails: readonly FoundAnswer[];
  /** There are more, by the new cursor. */
  readonly more: boolean;
}

export function sentSince(time: Date): SentCursor {
  return { uidValidity: null, uid: 0, sinceMs: time.getTime() };
}
