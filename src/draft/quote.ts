import { maskCardNumbers } from '../facts/text/card-numbers.ts';
import type { Message } from '../message/message.ts';
import { localeFormat } from './locale-format.ts';
import { sayPlainly, type Phrases } from './phrases.ts';

const maxQuoteCharacters = 20_000;
const maxQuoteLines = 400;

export interface Quote {
  readonly text: string;
  readonly html: string;
}

/**
 * What a reply answers, below it: the customer's own words (a mail that only forwards: what it forwards), card numbers masked, cut to
 * a length at which a hostile mail costs nothing. Null where the mail has no words.
 */
export function quoteOf(message: Message, language: string, phrases: Phrases): Quote | null {
  const lines = quotedLines(message);
  if (lines.length === 0) return null;
  const intro = introOf(message, language, phrases);
  return {
    text: `${intro}\n${lines.map((line) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n')}\n`,
    html: `<p>${escapeHtml(intro)}</p>\n<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${lines.map(escapeHtml).join('<br>\n')}</blockquote>`,
  };
}

function quotedLines(message: Message): string[] {
  const own = message.segments.filter(({ kind }) => kind === 'own');
  const answered = own.length > 0 ? own : message.segments.filter(({ kind }) => kind === 'forward');
  let left = maxQuoteCharacters;
  let text = '';
  for (const segment of answered) {
    if (left <= 0) break;
    const piece = segment.text.slice(0, left);
    text += `${text === '' ? '' : '\n\n'}${piece}`;
    left -= piece.length;
    if (piece.length < segment.text.length) text += '…';
  }
  // Control characters break mail programs, bidi overrides make a line read otherwise than it was decided on.
  const clean = maskCardNumbers(text).replace(/\r\n?/gu, '\n').replace(/[\u200B\u202A-\u202E\u2066-\u2069\uFEFF\p{Zl}\p{Zp}\p{Cs}]|(?![\n\t])\p{Cc}/gu, '').trim();
  if (clean === '') return [];
  const lines = clean.split('\n').map((line) => line.trimEnd());
  return lines.length > maxQuoteLines ? [...lines.slice(0, maxQuoteLines), '…'] : lines;
}

function introOf(message: Message, language: string, phrases: Phrases): string {
  const { sentAt, from } = message;
  const name = oneLine(from?.name ?? '');
  return oneLine(sayPlainly(phrases, 'quote_intro', {
    date: localeFormat(language).dateTime(sentAt.epochMs, sentAt.offsetMinutes),
    sender: name === '' ? (from?.address ?? '') : name,
    merchant: {},
  }));
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '').slice(0, 200).trim();
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}
