import { createHash } from 'node:crypto';
import { fingerprintStart } from './draft/case-tag.ts';
import type { Facts } from './facts/facts.ts';
import { ownText, type Message } from './message/message.ts';
import { readForwarded } from './message/read-forwarded.ts';

/** A thread: the case that a mail goes on with, and what its earlier mails said. Never found by a subject alone. */
export interface Thread {
  readonly caseId: number;
  /** Of the case when it was found; it goes up with everything that happens to it. */
  readonly version: number;
  /** Of the case's first mail: its tag is made of it. */
  readonly fingerprint: string;
  readonly merchant: string | null;
  /** `follow_up` from the customer · `answer` from one of us · `bounce` a reply of ours came back. */
  readonly relation: 'follow_up' | 'answer' | 'bounce';
  /** One of us passed its request on, and its customer, who now writes, has had no draft yet. */
  readonly isPassedOn?: true;
  /** When the case's request arrived. */
  readonly requestedAtMs: number;
  /** What each of its mails said, read alone; oldest first. Mails may come in another order than they were written in. */
  readonly mails: readonly { readonly receivedAtMs: number; readonly facts: Facts }[];
}

/** By what a mail can be known to go on with a case, and who wrote it. */
export interface ThreadQuery {
  readonly fingerprint: string;
  /** Its own, which a mail of the case may answer that came before it. */
  readonly messageId: string | null;
  /** As `wordsDigest` gives it, so that a customer finds the case that one of us began by passing the same mail on. */
  readonly words?: string;
  /** Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[];
  /** The first ten hex digits of the fingerprints that `[RT-…]` tags in its subject name. */
  readonly tags: readonly string[];
  /** As `customerKey` gives it. */
  readonly customerKey: string | null;
  readonly isOurs: boolean;
  /** It gives back the mail that `answers` names. */
  readonly isBounce?: true;
  readonly authentication: Message['authentication'];
}

export type FindThread = (query: ThreadQuery) => Promise<Thread | null>;

/** Null for machine mail, which goes on with nothing, but for a bounce that gives a mail back. */
export function queryThread(message: Message, fingerprint: string, isColleagues = false): ThreadQuery | null {
  const { machine, messageId, inReplyTo, references, subject, from, authentication, returned } = message;
  if (returned !== undefined) return { fingerprint, messageId, answers: [returned], tags: [], customerKey: null, isOurs: false, isBounce: true, authentication };
  if (machine !== null && machine !== 'own') return null;
  const answers = [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()])].filter((id) => id !== messageId).slice(0, maxAnswers);
  const tags = [...subject.matchAll(/\[(RT-[0-9A-Z]{8})\]/giu)].flatMap(([, tag = '']) => fingerprintStart(tag) ?? []).slice(0, maxTags);
  const isOurs = machine === 'own' || (isColleagues && authentication === 'pass');
  const words = isColleagues ? null : wordsDigest(message);
  return { fingerprint, messageId, answers, tags, customerKey: from === null ? null : customerKey(from.address), isOurs, authentication, ...(words === null ? {} : { words }) };
}

/**
 * Whether the sender gets into a case of this customer (by their key) that names these addresses: as the customer, aliases aside, or as one whose address the case names where the mail server vouches for
 * it; one of us always; never where the server says that the sender is forged.
 */
export function mayJoin({ customerKey: sender, isOurs, authentication }: ThreadQuery, customer: string | null, named: ReadonlySet<string>): boolean {
  if (authentication === 'fail') return false;
  return isOurs || (sender !== null && (sender === customer || (authentication === 'pass' && named.has(sender))));
}

/** The mail itself says that it goes on with something. */
export function saysItGoesOn({ answers, tags }: ThreadQuery): boolean {
  return answers.length > 0 || tags.length > 0;
}

/** A long thread names its beginning and its end; what lies between says the same. */
const maxAnswers = 50;
const maxTags = 4;

/** Whose mail programs ignore dots in the name before the @, and by which names they go. */
const withoutDots: ReadonlyMap<string, string> = new Map([['gmail.com', 'gmail.com'], ['googlemail.com', 'gmail.com']]);
const yandex: ReadonlySet<string> = new Set(['yandex.ru', 'ya.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua']);

/** An address (lower case) without what its owner may vary: `j.doe+refund@googlemail.com` and `jdoe@gmail.com` are one customer. */
export function customerKey(address: string): string {
  const at = address.lastIndexOf('@');
  if (at <= 0) return address.toLowerCase();
  const host = address.slice(at + 1).toLowerCase();
  const name = address.slice(0, at).toLowerCase().replace(/(?<=.)\+.*$/u, '');
  const dotless = withoutDots.get(host);
  if (dotless !== undefined) return `${name.replaceAll('.', '')}@${dotless}`;
  if (yandex.has(host)) return `${name.replaceAll('.', '-')}@yandex.ru`;
  return `${name}@${host}`;
}

const minWords = 6;

/** Lower-case hex SHA-256 of who wrote what, whenever and under whatever Message-ID, so that a request sent again is known. Null for mails too short to tell. */
export function wordsDigest(message: Message): string | null {
  if (message.from === null || message.machine !== null) return null;
  return digestOf(message.from.address, ownText(message), message.attachments);
}

/** Who passes a mail on says hardly more than that. In words. */
const maxWordsAbove = 12;

/**
 * The digest, as `wordsDigest` gives it, of a mail that this one passes on: a customer their own, once more, or a colleague a customer's, with whatever note above it. Null where it passes on none, or says something itself.
 */
export function forwardedDigest(message: Message, isColleagues: boolean): string | null {
  if (message.from === null || message.machine !== null || message.authentication === 'fail') return null;
  const forwarded = message.segments.flatMap(({ kind, text }) => (kind === 'forward' ? (readForwarded(text) ?? []) : []));
  const [mail] = forwarded;
  if (mail === undefined || forwarded.length > 1) return null;
  const above = wordsOf(ownText(message));
  if (!isColleagues && (customerKey(mail.from.address) !== customerKey(message.from.address) || above.length > maxWordsAbove || above.some((word) => /\p{N}/u.test(word)))) return null;
  // What is attached to the mail that passes it on was attached to the one that is passed on, but for that one itself.
  return digestOf(mail.from.address, mail.text, message.attachments.filter(({ type }) => type !== 'message/rfc822'));
}

function digestOf(address: string, text: string, attachments: Message['attachments']): string | null {
  const words = wordsOf(text);
  if (words.join('').length < minWords * 4) return null;
  return createHash('sha256').update(JSON.stringify([customerKey(address), words.join(' '), attachments.map(({ filename, bytes }) => [filename, bytes])])).digest('hex');
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
