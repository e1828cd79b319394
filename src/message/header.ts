import { decodeBytes } from './charset.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import { longMarks } from './text-lines.ts';

/** A header block: its fields in order, unfolded, each byte one character until `decodeHeaderText`. */
export class Header {
  readonly #fields: readonly HeaderField[];
  readonly #first: ReadonlyMap<string, string>;

  constructor(fields: readonly HeaderField[]) {
    this.#fields = fields;
    const first = new Map<string, string>();
    for (const field of fields) if (!first.has(field.name)) first.set(field.name, field.value);
    this.#first = first;
  }

  get fields(): readonly HeaderField[] {
    return this.#fields;
  }

  /** The topmost field of that name (lower case), as it was sent. */
  raw(name: string): string | null {
    return this.#first.get(name) ?? null;
  }

  has(name: string): boolean {
    return this.#first.has(name);
  }

  all(name: string): string[] {
    return this.#fields.filter((field) => field.name === name).map((field) => field.value);
  }

  /** The topmost field, decoded to one line of text. */
  text(name: string): string | null {
    const raw = this.raw(name);
    return raw === null ? null : decodeHeaderText(raw);
  }
}

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

const LF = 10;
// No legitimate field is longer; regular expressions and address parsing only ever see this much of one.
const maxFieldChars = 32 * 1024;
const maxFields = 2000;
const maxLineBytes = 64 * 1024;

const fieldName = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,79})[ \t]*:/;

const maxScannedBytes = 4 * 1024 * 1024;

/** Behind the first blank line after `from`, or -1. */
function nextBlankLine(source: Buffer, from: number): number {
  const bare = source.indexOf('\n\n', from, 'latin1');
  const full = source.indexOf('\n\r\n', from, 'latin1');
  if (bare < 0 && full < 0) return -1;
  return full >= 0 && (bare < 0 || full < bare) ? full + 3 : bare + 2;
}

export interface HeaderBlock {
  readonly header: Header;
  /** Where the body begins. */
  readonly bodyStart: number;
  readonly truncated: boolean;
}

/**
 * Reads the header block that begins at `start`. `isBoundary` tells the delimiter lines of the multiparts around it, at which a block that lacks its
 * blank line ends too.
 */
export function parseHeader(source: Buffer, start: number, maxBytes: number, isBoundary: (lineStart: number, lineEnd: number) => boolean): HeaderBlock {
  const fields: { name: string; value: string }[] = [];
  let current: { name: string; value: string } | null = null;
  let truncated = false;
  let stored = 0;
  let position = start;
  let malformed = 0;
  let malformedStart = start;
  while (position < source.length) {
    let lineEnd = source.indexOf(LF, position);
    const next = lineEnd < 0 ? source.length : lineEnd + 1;
    if (lineEnd < 0) lineEnd = source.length;
    if (lineEnd > position && source[lineEnd - 1] === 13) lineEnd--;
    const first = source[position];
    if (lineEnd === position) return { header: new Header(fields), bodyStart: next, truncated };
    if (first === 0x2d && source[position + 1] === 0x2d && isBoundary(position, lineEnd)) break;
    if (stored > maxBytes || fields.length >= maxFields || position - start > maxScannedBytes) {
      truncated = true;
      // Nothing of it is kept any more: only its end is looked for.
      const blank = nextBlankLine(source, position);
      if (blank < 0) return { header: new Header(fields), bodyStart: source.length, truncated };
      return { header: new Header(fields), bodyStart: blank, truncated };
    } else {
      const line = source.toString('latin1', position, Math.min(lineEnd, position + maxLineBytes));
      stored += Math.min(line.length, maxFieldChars);
      const match = fieldName.exec(line);
      if ((first === 0x20 || first === 0x09) && (current !== null || position === start || line.trim() === '')) {
        if (current !== null && current.value.length < maxFieldChars) {
          current.value += line.trim() === '' ? '' : line;
        } else {
          stored -= line.length;
          truncated = true;
        }
      } else if (match !== null) {
        current = { name: match[1]!.toLowerCase(), value: line.slice(match[0].length, match[0].length + maxFieldChars) };
        if (line.length - match[0].length > maxFieldChars) truncated = true;
        fields.push(current);
        malformed = 0;
      } else if (!/^>?From /.test(line)) {
        // One stray line among the fields is skipped. A second one means that the blank line is missing and the body has begun.
        if (malformed === 0) malformedStart = position;
        malformed++;
        if (malformed > 1) return { header: new Header(fields), bodyStart: malformedStart, truncated };
        // A wrapped field whose continuation lost its white space.
        if (current !== null && current.value.length < maxFieldChars && /^[A-Za-z0-9=<"(]/.test(line) && /[,;]\s*$/.test(current.value)) {
          current.value += ` ${line}`;
          malformed = 0;
        }
      }
    }
    position = next;
  }
  if (malformed > 0 && position >= source.length) return { header: new Header(fields), bodyStart: malformedStart, truncated };
  return { header: new Header(fields), bodyStart: position, truncated };
}

/** One line of text: 8-bit bytes by their likely charset, encoded words decoded, comments left, control characters gone. */
export function decodeHeaderText(raw: string): string {
  return cleanHeaderText(decodeEncodedWords(decodeRaw(raw)));
}

/** 8-bit bytes of a header by their likely charset; encoded words are left alone. */
export function decodeRaw(raw: string): string {
  for (let i = 0; i < raw.length; i++) {
    if (raw.charCodeAt(i) > 0x7f) return decodeBytes(Buffer.from(raw, 'latin1'), null).text;
  }
  return raw.includes('\x1b') ? decodeBytes(Buffer.from(raw, 'latin1'), 'iso-2022-jp').text : raw;
}

/** Bidirectional overrides, invisible and control characters, which can make text look like other text. */
export function cleanHeaderText(text: string): string {
  return text
    .replace(/[\s\u00a0\u0085]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(longMarks, '$1')
    .trim()
    .normalize('NFC');
}
