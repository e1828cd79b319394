import { decodeBytes } from './charset.ts';
import { decodeQuotedPrintable } from './transfer-encoding.ts';

// RFC 2047, 2, and what is met beyond it: spaces within Q text, a missing `?=` at the very end, a language (RFC 2231, 5).
const encodedWord = /=\?([A-Za-z0-9_.:-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([BbQq])\?([^?]{0,4096}?)(?:\?=|$)/g;

interface Word {
  readonly charset: string;
  readonly bytes: Buffer;
}

/**
 * Decodes the encoded words of a header value. Adjacent words of one charset are joined before they are decoded, because
 * many programs cut a multi-byte character between two of them.
 */
export function decodeEncodedWords(value: string): string {
  if (!value.includes('=?')) return value;
  let out = '';
  let pending: Word[] = [];
  let last = 0;
  const flush = (): void => {
    let i = 0;
    while (i < pending.length) {
      const charset = pending[i]!.charset;
      const run: Buffer[] = [];
      while (i < pending.length && pending[i]!.charset === charset) run.push(pending[i++]!.bytes);
      out += decodeBytes(Buffer.concat(run), charset).text;
    }
    pending = [];
  };
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(last, match.index);
    if (pending.length === 0 || between.trim() !== '') {
      flush();
      out += between;
    }
    const text = match[3] ?? '';
    const bytes = /b/i.test(match[2] ?? '')
      ? Buffer.from(text, 'base64')
      : decodeQuotedPrintable(Buffer.from(text, 'latin1'), text.length, true);
    pending.push({ charset: (match[1] ?? '').toLowerCase(), bytes });
    last = match.index + match[0].length;
  }
  flush();
  return out + value.slice(last);
}
