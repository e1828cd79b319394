/**
 * A message: one mail as the reader sees it. The customer's own words are told apart from everything that was set aside;
 * nothing is thrown away. Frozen; made by `readMessage`.
 */
export interface Message {
  /** With its angle brackets, or null where the header is missing or unusable. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** Oldest first, with angle brackets. */
  readonly references: readonly string[];
  readonly from: Address | null;
  /** Where an answer goes: Reply-To, else From. */
  readonly replyTo: Address | null;
  /** Lower-case addresses of To, Cc, Delivered-To, X-Original-To, Envelope-To: which merchant was written to. */
  readonly recipients: readonly string[];
  /** Decoded, one line, without NUL and control characters. */
  readonly subject: string;
  /** The `Date` header; where it is missing or absurd, `receivedAt` in UTC. */
  readonly sentAt: Moment;
  /** When it arrived: the newest `Received` header, else `Date`, else what the mailbox says. Epoch milliseconds. */
  readonly receivedAtMs: number;
  /** The body from top to bottom, in NFC. Own words are the segments of kind `own`. */
  readonly segments: readonly Segment[];
  readonly attachments: readonly Attachment[];
  /** Why this is machine mail, or null for a person's. */
  readonly machine: MachineKind | null;
  /** Only of a bounce that says a mail will never arrive: that mail's Message-ID, with angle brackets, as the copy that came back has it. */
  readonly returned?: string;
  /** What the receiving server's own Authentication-Results say. */
  readonly authentication: 'pass' | 'fail' | 'none';
  /** The body is encrypted (PGP/MIME, inline PGP, S/MIME) and cannot be read. */
  readonly encrypted: boolean;
  /** ISO 639-1 codes from Content-Language and Accept-Language, for mails too short to tell. */
  readonly languageHints: readonly string[];
  /** Bytes of the source as it lay in the mailbox. */
  readonly bytes: number;
  /** What was cut or repaired while reading: `text_truncated`, `too_many_parts`, … */
  readonly notes: readonly string[];
}

export interface Address {
  readonly name: string;
  /** Lower case. */
  readonly address: string;
}

export interface Moment {
  readonly epochMs: number;
  /** Minutes east of UTC, as the writer's mail program gave it. */
  readonly offsetMinutes: number;
}

/**
 * `own` the customer's new words · `quote` history they answer · `forward` a mail they pass on as proof (its facts count) ·
 * `signature` · `footer` of a mail program ("Sent from my iPhone") · `disclaimer` · `hidden` text that no reader would see.
 */
export type SegmentKind = 'own' | 'quote' | 'forward' | 'signature' | 'footer' | 'disclaimer' | 'hidden';

export interface Segment {
  readonly kind: SegmentKind;
  readonly text: string;
  /** For own words written between quoted lines: the quoted text right above, which they answer. */
  readonly question: string | null;
}

export type AttachmentKind = 'screenshot' | 'photo' | 'recording' | 'document' | 'other';
export type AttachmentFlag = 'no_address_bar' | 'no_error' | 'type_mismatch' | 'dangerous';

export interface Attachment {
  readonly filename: string | null;
  /** By content where the bytes tell, else as declared. */
  readonly type: string;
  readonly bytes: number;
  readonly kind: AttachmentKind;
  readonly flags: readonly AttachmentFlag[];
  /** Of a picture whose kind is `other`, why it is neither a photo nor one of a screen: "64×64, too small to be a photo". For people; no reading has it. */
  readonly whyOther?: string;
}

export type MachineKind = 'auto_reply' | 'bounce' | 'bulk' | 'report' | 'own';

/** The customer's new words, segments joined by a blank line. */
export function ownText(message: Message): string {
  return message.segments.filter((segment) => segment.kind === 'own').map((segment) => segment.text).join('\n\n');
}
