import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import type MimeNode from 'nodemailer/lib/mime-node';
import * as quotedPrintable from 'nodemailer/lib/qp';
import type { Message } from '../message/message.ts';
import type { Draft } from './draft.ts';
import { sayPlainly } from './phrases.ts';
import { quoteOf } from './quote.ts';
import type { Replies } from './replies.ts';
import { replySubject } from './reply-subject.ts';

export interface DraftMailOptions {
  /** From `draftMessageId`. */
  readonly messageId: string;
  /** The merchant's own. */
  readonly from: { readonly name: string; readonly address: string };
  /** From `caseTag`. */
  readonly caseTag: string;
  readonly date: Date;
  /** For the words around the quote. */
  readonly replies: Replies;
}

/** The header by which our own mail is recognised, whichever way it comes back. */
export const ownMailHeader = 'X-Refund-Triage';

/** A header line holds 998 characters at most (RFC 5322, 2.1.1); folded between two ids, one id must fit. */
const maxIdCharacters = 250;
const maxReferences = 50;

/**
 * The draft as a mail that lies in Drafts, ready to be sent by a person: in the customer's thread, with a quote of what it answers.
 * The same input gives the same bytes, so that a retry is recognised. Lines end in CRLF.
 */
export function composeDraftMail(draft: Draft, message: Message, options: DraftMailOptions): Buffer {
  const language = options.replies.byLanguage.get(draft.language);
  const phrases = language?.phrases;
  const quote = phrases === undefined ? null : quoteOf(message, draft.language, phrases);
  const references = referencesOf(message);
  const parent = usableId(message.messageId);
  // A separate recipient for each header: a name is never parsed as a list of addresses.
  const name = nameFor(draft.to, message);
  const text = quote === null ? draft.text : `${draft.text.trimEnd()}\n\n${quote.text}`;
  const html = htmlDocument(draft, quote?.html ?? '');
  const encoding = suitableEncoding(text);
  const boundary = `refund-triage-${createHash('sha256').update(options.messageId).digest('hex').slice(0, 24)}-Part_1`;
  const subject = replySubject(draft.subject, options.caseTag, phrases === undefined ? '' : sayPlainly(phrases, 'subject_empty', {}));
  // Put together by hand, of the library's encoders: its composer takes longer for a draft than all the rest of it.
  const headers: readonly (readonly [name: string, value: string])[] = [
    [ownMailHeader, options.caseTag],
    ['From', encodeHeader('From', { name: oneLine(options.from.name), address: options.from.address })],
    ['To', encodeHeader('To', { name, address: draft.to })],
    // Ids hold nothing that would have to be encoded: `usableId` let them through, or they are ours.
    ...(parent === null ? [] : [['In-Reply-To', parent] as const]),
    ...(references.length === 0 ? [] : [['References', references.join(' ')] as const]),
    ['Subject', encodeHeader('Subject', subject)],
    ['Message-ID', options.messageId],
    ['Date', options.date.toUTCString().replace('GMT', '+0000')],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary=${boundary}`],
  ];
  const parts = [['plain', text], ['html', html]].map(([subtype = '', content = '']) =>
    `--${boundary}\r\nContent-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encode(content, encoding)}\r\n`);
  return Buffer.from(`${headers.map(([field, value]) => foldLines(`${field}: ${value}`, 76)).join('\r\n')}\r\n\r\n${parts.join('')}--${boundary}--\r\n`, 'utf8');
}

let encoder: Pick<MimeNode, 'encodeHeaderValue'> | null = null;

/** Addresses and text as a header may hold them: RFC 2047, punycode, nothing that would start another header. Loaded with the first draft: it brings an HTTP client along. */
function encodeHeader(field: 'From' | 'To' | 'Subject', value: string | { readonly name: string; readonly address: string }): string {
  if (encoder === null) {
    const Library: unknown = createRequire(import.meta.url)('nodemailer/lib/mime-node');
    if (!isMimeNode(Library)) throw new TypeError('nodemailer has no MIME node');
    encoder = new Library(undefined, { textEncoding: 'base64' });
  }
  return encoder.encodeHeaderValue(field, value);
}

function isMimeNode(loaded: unknown): loaded is typeof MimeNode {
  return typeof loaded === 'function';
}

/** RFC 5322, 3.6.4: the parent's References, else its In-Reply-To, then the parent. The first is the thread's root: the middle is dropped. */
function referencesOf(message: Message): string[] {
  const earlier = message.references.length > 0 ? message.references : [message.inReplyTo];
  const ids = [...earlier, message.messageId].flatMap((id) => usableId(id) ?? []);
  // The parent stays last, also where it was among the earlier ones.
  const unique = [...new Set(ids.toReversed())].toReversed();
  return unique.length <= maxReferences ? unique : [...unique.slice(0, 1), ...unique.slice(1 - maxReferences)];
}

function usableId(id: string | null): string | null {
  return id !== null && id.length <= maxIdCharacters && /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/u.test(id) ? id : null;
}

function nameFor(address: string, message: Message): string {
  const known = [message.replyTo, message.from].find((sender) => sender?.address === address && sender.name !== '');
  return oneLine(known?.name ?? '');
}

/** A line break in a header would start another one. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '').slice(0, 100).trim();
}

type Encoding = 'quoted-printable' | 'base64';

/** Quoted-printable stays readable, but takes three bytes for each byte outside ASCII. */
function suitableEncoding(text: string): Encoding {
  let others = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // The two halves of a pair are one.
    if (unit > 0x7f && (unit < 0xdc00 || unit > 0xdfff)) others += 1;
  }
  return others * 6 > text.length ? 'base64' : 'quoted-printable';
}

function encode(content: string, encoding: Encoding): string {
  // CRLF is the canonical form of text, inside base64 too. RFC 2046, 4.1.1.
  const bytes = Buffer.from(content.replace(/\r?\n/gu, '\r\n'), 'utf8');
  if (encoding === 'quoted-printable') return quotedPrintable.wrap(quotedPrintable.encode(bytes), 76);
  return bytes.toString('base64').replace(/.{76}(?=.)/gu, '$&\r\n');
}

function htmlDocument(draft: Draft, quote: string): string {
  return `<!DOCTYPE html>\n<html lang="${draft.language}"><head><meta charset="utf-8"></head><body>\n${draft.html}\n${quote}\n</body></html>\n`;
}
