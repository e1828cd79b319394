import { decodeBytes } from './charset.ts';
import { charsetOfCodePage } from './code-pages.ts';

/** The text of Outlook's compressed RTF: MS-OXRTFCP (the compression), MS-OXRTFEX (HTML within RTF), RTF 1.9.1. */

const preset = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);
const dictionaryBytes = 4096;
const compressedMark = 0x75465a4c;
const plainMark = 0x414c454d;
const maxRtfBytes = 2 * 1024 * 1024;

/** Null where the bytes are none, or hold no words. Never throws. */
export function textOfCompressedRtf(source: Buffer, codePage: string): string | null {
  const rtf = decompress(source);
  if (rtf === null || !rtf.subarray(0, 5).equals(Buffer.from('{\\rtf'))) return null;
  const text = textOfRtf(rtf.toString('latin1'), codePage).replaceAll(/\n{3,}/g, '\n\n').trim();
  return text === '' ? null : text;
}

/** MS-OXRTFCP, 3.1.3. The size that the header promises is not believed. */
function decompress(source: Buffer): Buffer | null {
  if (source.length < 16) return null;
  const mark = source.readUInt32LE(8);
  if (mark === plainMark) return source.subarray(16);
  if (mark !== compressedMark) return null;
  const dictionary = Buffer.alloc(dictionaryBytes, 0x20);
  preset.copy(dictionary);
  let end = preset.length;
  const out: number[] = [];
  const put = (byte: number): void => {
    out.push(byte);
    dictionary[end] = byte;
    end = (end + 1) % dictionaryBytes;
  };
  for (let at = 16; at < source.length && out.length < maxRtfBytes; ) {
    const control = source[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < source.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(source[at++] ?? 0);
        continue;
      }
      if (at + 1 >= source.length) return Buffer.from(out);
      const reference = source.readUInt16BE(at);
      at += 2;
      const from = reference >> 4;
      if (from === end) return Buffer.from(out);
      const length = (reference & 15) + 2;
      for (let i = 0; i < length; i++) put(dictionary[(from + i) % dictionaryBytes] ?? 0x20);
    }
  }
  return Buffer.from(out);
}

/** Groups that hold no text of the message. */
const silent = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer', 'listtable', 'listoverridetable', 'generator', 'htmltag', 'mhtmltag', 'themedata', 'xmlnstbl', 'rsidtbl']);
const breaks: Readonly<Record<string, string>> = { par: '\n', line: '\n', row: '\n', sect: '\n', page: '\n', tab: '\t', cell: '\t', emdash: '—', endash: '–', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•' };
const token = /\\(?:'([0-9a-fA-F]{2})|\*|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))|([{}])|([^\\{}\r\n]{1,4096})|[\r\n]/g;

interface Group {
  readonly isSilent: boolean;
  readonly skipAfterUnicode: number;
}

function textOfRtf(rtf: string, codePage: string): string {
  let charset = codePage;
  let text = '';
  let bytes: number[] = [];
  let group: Group = { isSilent: false, skipAfterUnicode: 1 };
  const outer: Group[] = [];
  let toSkip = 0;
  const flush = (): void => {
    if (bytes.length > 0) text += decodeBytes(Buffer.from(bytes), charset).text;
    bytes = [];
  };
  for (const [written, hex, word, parameter, symbol, brace, plain] of rtf.matchAll(token)) {
    if (brace === '{') outer.push(group);
    else if (brace === '}') group = outer.pop() ?? group;
    // "\*" marks a destination that who does not know it shall pass over.
    else if (written === '\\*') group = { ...group, isSilent: true };
    else if (word !== undefined && silent.has(word)) group = { ...group, isSilent: true };
    else if (word === 'ansicpg' && parameter !== undefined) charset = charsetOfCodePage(Number(parameter));
    else if (word === 'uc') group = { ...group, skipAfterUnicode: Number(parameter ?? 1) };
    else if (group.isSilent) continue;
    else if (word === 'u' && parameter !== undefined) {
      flush();
      text += String.fromCharCode(Number(parameter) & 0xffff);
      toSkip = group.skipAfterUnicode;
    } else if (hex !== undefined) {
      if (toSkip > 0) toSkip--;
      else bytes.push(Number.parseInt(hex, 16));
    } else if (word !== undefined) {
      const mark = breaks[word];
      if (mark === undefined) continue;
      flush();
      text += mark;
    } else if (symbol !== undefined || plain !== undefined) {
      const said = symbol === undefined ? (plain ?? '') : symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : '';
      const kept = said.slice(toSkip);
      toSkip = Math.max(0, toSkip - said.length);
      for (const char of kept) bytes.push(char.charCodeAt(0));
    }
  }
  flush();
  return text;
}
