import type { EmbeddedFile } from './embedded-file.ts';
import { decodeBytes } from './charset.ts';
import { charsetOfCodePage } from './code-pages.ts';
import { textOfCompressedRtf } from './compressed-rtf.ts';
import { mapiIds, mapiText, readMapiProperties, type MapiProperty } from './mapi-properties.ts';

/**
 * What lies in a `winmail.dat`: Outlook's own wrapping (TNEF, MS-OXTNEF) of a message's text and files, which it sends to people whose programs do not know it. Only the beginning
 * need be there.
 */
export interface TnefContent {
  /** The message's text where it is there as plain text or as RTF. */
  readonly text: string | null;
  readonly html: { readonly bytes: Buffer; readonly charset: string } | null;
  readonly files: readonly EmbeddedFile[];
}

const signature = 0x223e9f78;
const attributes = { codePage: 0x00069007, body: 0x0002800c, messageProperties: 0x00069003, renderData: 0x00069002, attachTitle: 0x00018010, attachData: 0x0006800f, attachProperties: 0x00069005 } as const;
const maxFiles = 100;
/** An attribute's level, id and length before its data, and its checksum behind it. */
const attributeHeadBytes = 9;
const checksumBytes = 2;

interface OpenFile {
  name: string | null;
  type: string;
  data: Buffer;
  bytes: number;
}

/** Null where the bytes are no TNEF. At most `headBytes` of each file are kept. Never throws. */
export function readTnef(source: Buffer, headBytes: number): TnefContent | null {
  if (source.length < 6 || source.readUInt32LE(0) !== signature) return null;
  let codePage = 'windows-1252';
  let text: string | null = null;
  let rtf: string | null = null;
  let html: TnefContent['html'] = null;
  const files: OpenFile[] = [];
  for (let at = 6; at + attributeHeadBytes <= source.length; ) {
    const id = source.readUInt32LE(at + 1);
    const length = source.readUInt32LE(at + 5);
    const data = source.subarray(at + attributeHeadBytes, at + attributeHeadBytes + length);
    at += attributeHeadBytes + length + checksumBytes;
    const file = files.at(-1);
    if (id === attributes.codePage && data.length >= 4) codePage = charsetOfCodePage(data.readUInt32LE(0));
    else if (id === attributes.body) text ??= decodeBytes(withoutNul(data), codePage).text;
    else if (id === attributes.messageProperties) {
      const properties = readMapiProperties(data);
      text ??= textOf(properties.find((property) => property.id === mapiIds.body), codePage);
      const markup = properties.find((property) => property.id === mapiIds.html);
      if (markup !== undefined) html ??= mapiText(markup, codePage);
      const compressed = properties.find((property) => property.id === mapiIds.compressedRtf);
      if (compressed !== undefined) rtf ??= textOfCompressedRtf(compressed.bytes, codePage);
    } else if (id === attributes.renderData && files.length < maxFiles) files.push({ name: null, type: 'application/octet-stream', data: Buffer.alloc(0), bytes: 0 });
    else if (file === undefined) continue;
    else if (id === attributes.attachTitle) file.name ??= decodeBytes(withoutNul(data), codePage).text;
    else if (id === attributes.attachData) Object.assign(file, { data: data.subarray(0, headBytes), bytes: length });
    else if (id === attributes.attachProperties) describe(file, readMapiProperties(data), codePage, headBytes);
  }
  return {
    text: text !== null && text.trim() !== '' ? text : rtf,
    html,
    files: files.map(({ name, type, data, bytes }) => ({ filename: name, declaredType: type, head: data, bytes })),
  };
}

function describe(file: OpenFile, properties: readonly MapiProperty[], codePage: string, headBytes: number): void {
  for (const property of properties) {
    if (property.id === mapiIds.attachLongFilename) file.name = textOf(property, codePage) ?? file.name;
    if (property.id === mapiIds.attachMimeTag) file.type = textOf(property, codePage)?.toLowerCase() ?? file.type;
    // An attached message is an object: the 16 bytes of its interface stand before it.
    if (property.id === mapiIds.attachData && property.type === 0x102 && file.bytes === 0) Object.assign(file, { data: property.bytes.subarray(0, headBytes), bytes: property.bytes.length });
  }
}

function textOf(property: MapiProperty | undefined, codePage: string): string | null {
  if (property === undefined) return null;
  const { bytes, charset } = mapiText(property, codePage);
  return decodeBytes(bytes, charset).text;
}

function withoutNul(data: Buffer): Buffer {
  const end = data.indexOf(0);
  return end === -1 ? data : data.subarray(0, end);
}
