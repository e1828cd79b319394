import { parseAddresses } from './addresses.ts';
import { readAuthentication } from './authentication.ts';
import type { Sender } from './build-segments.ts';
import { nameWords } from './contact-lines.ts';
import { isEncrypted } from './encrypted-mail.ts';
import type { Header } from './header.ts';
import { machineKindOf, returnedMessageId } from './machine-mail.ts';
import { readTimes } from './mail-dates.ts';
import { parseMessageId, parseMessageIds } from './message-ids.ts';
import { NotAMessageError } from './not-a-message-error.ts';
import { parseMime, type MimeTree } from './parse-mime.ts';
import { readContent } from './read-content.ts';
import { isForwardSubject } from './quote-introductions.ts';
import { defaultReadLimits, type ReadLimits } from './read-limits.ts';
import type { Address, Message } from './message.ts';

export interface ReadOptions {
  /** When the mailbox took the mail in. */
  readonly internalDate?: Date;
  /** Bytes of the mail in the mailbox, where `source` is only a part of it. */
  readonly bytes?: number;
  /** Encoded sizes of the leaves in the mailbox, in their order, where `source` holds only their beginnings. */
  readonly partBytes?: readonly number[] | null;
  /** Names of the servers whose Authentication-Results count; without any, the topmost field does. */
  readonly authservIds?: readonly string[];
  /** Addresses that this service writes from: mail from them is its own. */
  readonly ownAddresses?: readonly string[];
  /** The time of arrival for a mail that has no date at all. The present by default. */
  readonly fallbackDate?: Date;
  readonly limits?: Partial<ReadLimits>;
}

/**
 * Reads one mail. Everything is bounded by `ReadLimits`; what was left out or repaired is named in the message's `notes`.
 *
 * @throws {NotAMessageError} for bytes that are no message at all. Nothing else, whatever the bytes.
 */
export async function readMessage(source: Buffer, options: ReadOptions = {}): Promise<Message> {
  const limits: ReadLimits = { ...defaultReadLimits, ...options.limits };
  const { root, notes: mimeNotes } = parseMail(source, limits, options.partBytes ?? null);
  const { header } = root;
  const notes = new Set(mimeNotes);
  for (const note of repeatedFields(header)) notes.add(note);

  const from = firstAddress(header, ['from', 'sender', 'x-sender']);
  if (from === null) notes.add('no_sender');
  const subject = (header.text('subject') ?? '').slice(0, maxSubjectChars);
  const messageId = parseMessageId(header.raw('message-id'));
  if (messageId === null) notes.add('no_message_id');
  const times = readTimes(header.raw('date'), header.all('received'), options.internalDate ?? null, options.fallbackDate ?? new Date());
  for (const note of times.notes) notes.add(note);
  if ((options.bytes ?? 0) > source.length && (options.partBytes ?? null) === null) notes.add('source_truncated');

  const sender: Sender = { nameWords: from === null ? [] : nameWords(from.name, from.address), isForward: isForwardSubject(subject) };
  const content = await readContent(root, sender, limits, notes);
  const ownAddresses = new Set((options.ownAddresses ?? []).map((address) => address.toLowerCase()));
  const machine = machineKindOf(header, root, from, subject, ownAddresses);
  const returned = machine === 'bounce' ? returnedMessageId(root) : null;
  const ownText = content.segments.filter((segment) => segment.kind === 'own').map((segment) => segment.text).join('\n\n');
  return deepFreeze({
    messageId,
    inReplyTo: parseMessageId(header.raw('in-reply-to')),
    references: parseMessageIds(header.raw('references')),
    from,
    replyTo: firstAddress(header, ['reply-to']) ?? from,
    recipients: recipientsOf(header),
    subject,
    sentAt: times.sentAt,
    receivedAtMs: times.receivedAtMs,
    segments: content.segments,
    attachments: content.attachments,
    machine,
    ...(returned === null ? {} : { returned }),
    authentication: readAuthentication(header.all('authentication-results'), options.authservIds ?? []),
    encrypted: isEncrypted(root, ownText),
    languageHints: languageHintsOf(header),
    bytes: options.bytes ?? source.length,
    notes: [...notes],
  });
}

/** @throws {NotAMessageError} for bytes that are no message at all */
export function parseMail(source: Buffer, limits: ReadLimits, partBytes: readonly number[] | null): MimeTree {
  const bytes = withLineFeeds(source);
  const tree = parseMime(bytes, startOfHeader(bytes), limits, partBytes);
  if (!tree.root.header.fields.some((field) => mailFields.has(field.name))) throw new NotAMessageError('The file has no header field of a mail.');
  return tree;
}

// RFC 5322, 2.1.1 allows 998 characters a line; no subject says more.
const maxSubjectChars = 998;

/** A file with at least one of these in its header block is a mail, however broken it is otherwise. */
const mailFields = new Set([
  'from', 'to', 'cc', 'subject', 'date', 'message-id', 'received', 'return-path', 'delivered-to', 'mime-version', 'content-type', 'reply-to', 'sender', 'in-reply-to', 'references', 'x-mailer',
]);

const singleFields = ['from', 'to', 'subject', 'date', 'message-id', 'reply-to', 'in-reply-to', 'references', 'content-type'];

function repeatedFields(header: Header): string[] {
  const repeated = singleFields.filter((name) => header.all(name).length > 1);
  return repeated.length === 0 ? [] : ['repeated_header'];
}

/** Mail from systems whose lines end in a bare CR. */
function withLineFeeds(source: Buffer): Buffer {
  const head = source.subarray(0, 4096);
  if (head.includes(10) || !head.includes(13)) return source;
  return Buffer.from(source.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}

/** Behind a byte order mark, blank lines and mbox's `From ` line. */
function startOfHeader(source: Buffer): number {
  let at = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0;
  const maxBlankBytes = 1024;
  while (at < source.length && at < maxBlankBytes && (source[at] === 10 || source[at] === 13)) at++;
  return at;
}

function firstAddress(header: Header, names: readonly string[]): Address | null {
  for (const name of names) {
    for (const raw of header.all(name).slice(0, 5)) {
      const address = parseAddresses(raw)[0];
      if (address !== undefined) return address;
    }
  }
  return null;
}

const maxRecipients = 200;

function recipientsOf(header: Header): string[] {
  const found = new Set<string>();
  for (const name of ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']) {
    for (const raw of header.all(name).slice(0, 20)) {
      for (const address of parseAddresses(raw)) {
        found.add(address.address);
        if (found.size >= maxRecipients) return [...found];
      }
    }
  }
  return [...found];
}

function languageHintsOf(header: Header): string[] {
  const hints = new Set<string>();
  for (const name of ['content-language', 'accept-language']) {
    for (const tag of (header.raw(name) ?? '').slice(0, 200).split(',')) {
      const code = /^\s*([a-z]{2})(?:[-_;\s]|$)/i.exec(tag)?.[1]?.toLowerCase();
      if (code !== undefined) hints.add(code);
    }
  }
  return [...hints];
}

function deepFreeze<Value extends object>(value: Value): Value {
  const inner: readonly unknown[] = Object.values(value);
  for (const item of inner) if (typeof item === 'object' && item !== null && !Object.isFrozen(item)) deepFreeze(item);
  return Object.freeze(value);
}
