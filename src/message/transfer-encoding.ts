export type TransferEncoding = 'base64' | 'quoted-printable' | 'identity';

/** Lenient: `7-bit`, `text/html`, `quoted-printable;` and other wreckage are met in real mail. */
export function parseTransferEncoding(value: string | null): TransferEncoding {
  const name = (value ?? '').trim().toLowerCase();
  if (/^["']?base-?64/.test(name)) return 'base64';
  if (/^["']?quoted[ -]?printable/.test(name)) return 'quoted-printable';
  return 'identity';
}

const LF = 10;
const CR = 13;

/** At most `maxBytes` decoded bytes from the beginning of an encoded body. Never throws: what is no valid encoding is left as it is. */
export function decodeTransfer(body: Buffer, encoding: TransferEncoding, maxBytes: number): Buffer {
  switch (encoding) {
    case 'identity':
      return body.subarray(0, maxBytes);
    case 'base64':
      return decodeBase64(body, maxBytes);
    case 'quoted-printable':
      return decodeQuotedPrintable(body, maxBytes);
    default:
      return encoding satisfies never;
  }
}

/** False for a body with words in it: base64 has no spaces within its lines, nor signs but four. */
export function looksLikeBase64(body: Buffer): boolean {
  const sample = body.toString('latin1', 0, 2048);
  return (sample.match(/\S[ \t]+\S|[^A-Za-z0-9+/=\s_-]/g)?.length ?? 0) * 20 <= sample.length;
}

/** The same for a body that comes in pieces, however they are cut. */
export async function* decodeTransferStream(pieces: AsyncIterable<Buffer>, encoding: TransferEncoding): AsyncGenerator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const body = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
    const end = encoding === 'identity' ? body.length : encoding === 'base64' ? endOfDigits(body) : endOfLines(body);
    carry = body.subarray(end);
    if (end > 0) yield decodeTransfer(body.subarray(0, end), encoding, end);
  }
  if (carry.length > 0) yield decodeTransfer(carry, encoding, carry.length);
}

/** Behind the last four digits that make a group, counted from the beginning. */
function endOfDigits(body: Buffer): number {
  let digits = 0;
  let end = 0;
  for (let i = 0; i < body.length; i++) {
    // Padding fills up its group; what is no digit is passed over, as when all is decoded at once.
    if (isBase64Digit(body[i]!) && ++digits % 4 === 0) end = i + 1;
  }
  return end;
}

function isBase64Digit(byte: number): boolean {
  if (byte >= 0x30 && byte <= 0x39) return true;
  if (byte >= 0x41 && byte <= 0x5a) return true;
  if (byte >= 0x61 && byte <= 0x7a) return true;
  return byte === 0x2b || byte === 0x2f || byte === 0x3d || byte === 0x2d || byte === 0x5f;
}

/** Behind the last line break, or where no escape can be cut in a line without end. */
function endOfLines(body: Buffer): number {
  const end = body.lastIndexOf(LF) + 1;
  if (end > 0 || body.length < 64 * 1024) return end;
  const escape = body.lastIndexOf(0x3d);
  return escape > body.length - 1024 ? escape : body.length;
}

function decodeBase64(body: Buffer, maxBytes: number): Buffer {
  // Line breaks take 2 of 78 bytes at most in ordinary mail; one that is all blank lines just yields less.
  const encoded = body.subarray(0, Math.ceil((maxBytes / 3) * 4 * 1.1) + 128);
  return Buffer.from(encoded.toString('latin1', 0, encoded.length), 'base64').subarray(0, maxBytes);
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
}

/** RFC 2045, 6.7; also RFC 2047's Q encoding, where `underscoreIsSpace`. */
export function decodeQuotedPrintable(body: Buffer, maxBytes: number, underscoreIsSpace = false): Buffer {
  const length = Math.min(body.length, maxBytes * 3 + 1024);
  const out = Buffer.allocUnsafe(Math.min(length, maxBytes));
  let written = 0;
  let read = 0;
  while (read < length && written < out.length) {
    const byte = body[read]!;
    if (byte === 0x5f && underscoreIsSpace) {
      out[written++] = 0x20;
      read++;
      continue;
    }
    if (byte !== 0x3d) {
      out[written++] = byte;
      read++;
      continue;
    }
    const high = hexDigit(body[read + 1] ?? 0);
    const low = hexDigit(body[read + 2] ?? 0);
    if (high >= 0 && low >= 0) {
      out[written++] = high * 16 + low;
      read += 3;
      continue;
    }
    // A soft line break, with the white space that some gateways add before its end.
    let end = read + 1;
    while (end < length && (body[end] === 0x20 || body[end] === 0x09)) end++;
    if (body[end] === CR && body[end + 1] === LF) {
      read = end + 2;
    } else if (body[end] === LF || end >= body.length) {
      read = end + 1;
    } else {
      out[written++] = byte;
      read++;
    }
  }
  return out.subarray(0, written);
}

/**
 * Bytes that a body of `encodedBytes` holds once decoded, judged by what is there of it: exact for base64 in even lines and for identity, near for the rest.
 */
export function decodedSize(body: Buffer, encoding: TransferEncoding, encodedBytes: number): number {
  if (encoding === 'identity') return encodedBytes;
  if (encoding === 'quoted-printable') {
    if (encodedBytes > body.length || body.length > 1024 * 1024) {
      const sample = body.subarray(0, 64 * 1024);
      const ratio = sample.length === 0 ? 1 : decodeQuotedPrintable(sample, sample.length).length / sample.length;
      return Math.round(encodedBytes * ratio);
    }
    return decodeQuotedPrintable(body, body.length).length;
  }
  const firstBreak = body.indexOf(LF);
  const lineBytes = firstBreak < 0 ? 0 : firstBreak + 1;
  const breakBytes = firstBreak > 0 && body[firstBreak - 1] === CR ? 2 : 1;
  let end = body.length;
  let padding = 0;
  while (end > 0 && (body[end - 1] === LF || body[end - 1] === CR || body[end - 1] === 0x20 || body[end - 1] === 0x3d)) {
    if (body[end - 1] === 0x3d) padding++;
    end--;
  }
  let digits = end + padding;
  if (lineBytes > breakBytes) digits -= Math.floor((end - 1) / lineBytes) * breakBytes;
  // The tail of a body of which only the beginning is there.
  const missing = encodedBytes - body.length;
  if (missing > 0) digits += Math.round(lineBytes > 0 ? (missing * (lineBytes - breakBytes)) / lineBytes : missing);
  return Math.max(0, Math.floor((digits * 3) / 4) - Math.min(padding, 2));
}

/** The last decoded bytes of a base64 body: where a zip keeps its directory. */
export function decodeBase64Tail(body: Buffer, maxBytes: number): Buffer {
  const tail = body.subarray(Math.max(0, body.length - Math.ceil(maxBytes * 1.4)));
  const digits = tail.toString('latin1', 0, tail.length).replace(/[^A-Za-z0-9+/]/g, '');
  const padding = /=?=?\s*(?:--\s*)?$/.exec(tail.toString('latin1', Math.max(0, tail.length - 8), tail.length))?.[0].replace(/[^=]/g, '').length ?? 0;
  // Four digits make a group counted from the end, padding included.
  const surplus = (digits.length + padding) % 4;
  return Buffer.from(digits.slice(surplus), 'base64');
}
