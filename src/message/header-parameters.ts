import { decodeBytes } from './charset.ts';
import { cleanHeaderText, decodeHeaderText, decodeRaw } from './header.ts';
import { decodeEncodedWords } from './encoded-words.ts';

export interface StructuredValue {
  /** What stands before the first semicolon, lower case. */
  readonly value: string;
  /** By lower-case name, decoded (RFC 2231, and the encoded words that many programs use instead). */
  readonly parameters: ReadonlyMap<string, string>;
}

const maxParameters = 100;

/** Splits at semicolons outside quoted strings and drops comments (RFC 2045, 5.1; RFC 5322, 3.2.2). */
function splitParameters(raw: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let comment = 0;
  for (let i = 0; i < raw.length; i++) {
    const char = raw.charAt(i);
    if (char === '\\' && (quoted || comment > 0)) {
      // Windows paths in file names come with bare backslashes: only quotes and backslashes are taken as escaped.
      const next = raw.charAt(i + 1);
      if (comment === 0) piece += next === '"' || next === '\\' ? next : char + next;
      i++;
    } else if (char === '"' && comment === 0) {
      quoted = !quoted;
    } else if (char === '(' && !quoted && /(?:^|[\s;])$/.test(raw.slice(Math.max(0, i - 1), i))) {
      comment++;
    } else if (char === ')' && comment > 0) {
      comment--;
    } else if (char === ';' && !quoted && comment === 0) {
      pieces.push(piece);
      piece = '';
      if (pieces.length > maxParameters) return pieces;
    } else if (comment === 0) {
      piece += char;
    }
  }
  pieces.push(piece);
  return pieces;
}

interface Section {
  readonly index: number;
  readonly encoded: boolean;
  readonly text: string;
}

function decodePercent(text: string): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const hex = text.charAt(i) === '%' ? text.slice(i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else {
      bytes.push(text.charCodeAt(i) & 0xff);
    }
  }
  return Buffer.from(bytes);
}

function joinSections(sections: readonly Section[]): string {
  const ordered = sections.toSorted((a, b) => a.index - b.index);
  const firstText = ordered[0]?.text ?? '';
  let charset: string | null = null;
  if (ordered[0]?.encoded === true) {
    const match = /^([^']{0,40})'[^']{0,40}'/.exec(firstText);
    charset = match === null ? null : match[1]! || null;
  }
  const bytes = ordered.map((section, i) => {
    const text = section.encoded && i === 0 ? section.text.replace(/^[^']{0,40}'[^']{0,40}'/, '') : section.text;
    return section.encoded ? decodePercent(text) : Buffer.from(text, 'latin1');
  });
  return decodeBytes(Buffer.concat(bytes), charset).text;
}

/** Reads a structured field such as Content-Type or Content-Disposition. */
export function parseParameters(raw: string | null): StructuredValue {
  if (raw === null) return { value: '', parameters: new Map() };
  const [first = '', ...rest] = splitParameters(raw);
  const plain = new Map<string, string>();
  const sectioned = new Map<string, Section[]>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals < 0) continue;
    const key = piece.slice(0, equals).trim().toLowerCase();
    const text = piece.slice(equals + 1).trim();
    const section = /^([^*]{1,60})(?:\*(\d{1,3}))?(\*)?$/.exec(key);
    if (section === null) continue;
    const name = section[1]!;
    if (section[2] === undefined && section[3] === undefined) {
      if (!plain.has(name)) plain.set(name, cleanHeaderText(decodeEncodedWords(decodeRaw(text))));
      continue;
    }
    const list = sectioned.get(name) ?? [];
    list.push({ index: Number(section[2] ?? 0), encoded: section[3] !== undefined, text });
    sectioned.set(name, list);
  }
  const parameters = new Map(plain);
  for (const [name, sections] of sectioned) {
    const joined = joinSections(sections);
    parameters.set(name, joined.includes('=?') ? decodeHeaderText(Buffer.from(joined, 'utf8').toString('latin1')) : cleanHeaderText(joined));
  }
  return { value: first.trim().toLowerCase(), parameters };
}
