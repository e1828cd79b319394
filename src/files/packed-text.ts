import { inflateRawSync } from 'node:zlib';
import { Parser } from 'htmlparser2';
import type { ReadDocument } from './pdf-text.ts';

/** The text of documents that are zip files of XML: Word's (ISO/IEC 29500) and OpenDocument's (ISO/IEC 26300). */
const textEntries = ['word/document.xml', 'content.xml'];
const paragraphs: ReadonlySet<string> = new Set(['w:p', 'w:br', 'w:tr', 'text:p', 'text:h', 'text:line-break', 'table:table-row']);
const gaps: ReadonlySet<string> = new Set(['w:tab', 'w:tc', 'text:tab', 'text:s', 'table:table-cell']);

export function readPackedText(bytes: Uint8Array, limits: { readonly unpackedBytes: number; readonly chars: number }): ReadDocument {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entry = findEntry(zip);
  if (entry === null) return { document: null, notes: ['unreadable'] };
  if (entry.isLocked) return { document: null, notes: ['locked'] };
  const unpacked = unpack(entry, limits.unpackedBytes);
  if (unpacked === 'too_large') return { document: null, notes: ['unpacks_too_large'] };
  if (unpacked === null) return { document: null, notes: ['unreadable'] };
  const text = textOfXml(unpacked.toString('utf8'), limits.chars);
  return { document: { text: text.slice(0, limits.chars), pages: null }, notes: text.length > limits.chars ? ['text_truncated'] : [] };
}

interface ZipEntry {
  readonly method: number;
  readonly isLocked: boolean;
  readonly packed: Buffer;
}

const endSignature = 'PK\x05\x06';
const endBytes = 22;
const maxCommentBytes = 65_535;
const maxEntries = 5_000;

/** Finds the first of `textEntries` by the directory at the zip's end. */
function findEntry(zip: Buffer): ZipEntry | null {
  const end = zip.lastIndexOf(endSignature, undefined, 'latin1');
  if (end < Math.max(0, zip.length - endBytes - maxCommentBytes) || end + endBytes > zip.length) return null;
  const count = Math.min(zip.readUInt16LE(end + 10), maxEntries);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count && at + 46 <= zip.length && zip.toString('latin1', at, at + 4) === 'PK\x01\x02'; index++) {
    const nameBytes = zip.readUInt16LE(at + 28);
    if (textEntries.includes(zip.toString('utf8', at + 46, Math.min(zip.length, at + 46 + nameBytes)))) return entryAt(zip, at);
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return null;
}

function entryAt(zip: Buffer, at: number): ZipEntry | null {
  const start = zip.readUInt32LE(at + 42);
  if (start + 30 > zip.length || zip.toString('latin1', start, start + 4) !== 'PK\x03\x04') return null;
  const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
  return { method: zip.readUInt16LE(at + 10), isLocked: (zip.readUInt16LE(at + 8) & 1) === 1, packed: zip.subarray(from, Math.min(zip.length, from + zip.readUInt32LE(at + 20))) };
}

/** The sizes in a zip are claims: only what is really unpacked is counted, and it ends at the limit. */
function unpack({ method, packed }: ZipEntry, maxBytes: number): Buffer | 'too_large' | null {
  if (method === 0) return packed.length > maxBytes ? 'too_large' : packed;
  if (method !== 8) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : null;
  }
}

function textOfXml(xml: string, maxChars: number): string {
  const pieces: string[] = [];
  let chars = 0;
  const add = (piece: string): void => {
    if (chars > maxChars) return;
    pieces.push(piece);
    chars += piece.length;
  };
  const parser = new Parser(
    {
      ontext: add,
      onclosetag: (name) => {
        if (paragraphs.has(name)) add('\n');
        else if (gaps.has(name)) add(' ');
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return pieces.join('').replaceAll('\0', '');
}
