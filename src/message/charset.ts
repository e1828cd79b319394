import { TextDecoder } from 'node:util';
import { isAscii, isUtf8 } from 'node:buffer';
import { guessCharset, looksCyrillic } from './guess-charset.ts';

/** Names that mail programs use and the Encoding Standard's table of labels lacks. */
const aliases: Readonly<Record<string, string>> = {
  cp932: 'shift_jis', ms932: 'shift_jis', 'shift-jis-2004': 'shift_jis', 'x-sjis-jp': 'shift_jis', sjis: 'shift_jis',
  cp936: 'gbk', ms936: 'gbk', 'hz-gb-2312': 'gb18030', cp949: 'euc-kr', ms949: 'euc-kr', uhc: 'euc-kr', cp950: 'big5', eucjp: 'euc-jp', euckr: 'euc-kr',
  cp51932: 'euc-jp', 'iso-2022-jp-ms': 'iso-2022-jp', 'iso-2022-jp-1': 'iso-2022-jp', 'iso-2022-jp-2': 'iso-2022-jp', cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp', 'win-1251': 'windows-1251', win1251: 'windows-1251', windows1251: 'windows-1251', 'ansi-1251': 'windows-1251',
  'microsoft-cp1251': 'windows-1251', 'win-1252': 'windows-1252', koi8r: 'koi8-r', koi8u: 'koi8-u', utf8mb4: 'utf-8', 'utf-8-sig': 'utf-8', 'x-utf-8': 'utf-8',
  cp866: 'ibm866', 'tis-620': 'windows-874', 'iso-8859-11': 'windows-874', 'x-mac-roman': 'macintosh',
};

const latinNames = new Set(['windows-1252', 'iso-8859-1', 'us-ascii']);

// 0x80–0x9f of windows-1252: Node releases differ in whether their `latin1` decoder maps them, so the table is spelled out.
const windows1252High = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const decoders = new Map<string, TextDecoder | null>();

function decoderFor(charset: string): TextDecoder | null {
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    // A sender can name any charset: only those that exist are kept, so the map stays small.
    try {
      decoder = new TextDecoder(charset);
    } catch {
      return null;
    }
    decoders.set(charset, decoder);
  }
  return decoder;
}

/** The Encoding Standard's name of a declared charset; null for one that is unknown, refused (UTF-7) or says nothing (`unknown-8bit`). */
function knownCharset(declared: string | null): string | null {
  if (declared === null) return null;
  const label = declared.trim().toLowerCase().replace(/^["']|["']$/g, '').replace(/[_ ]/g, '-').slice(0, 40);
  const name = aliases[label] ?? aliases[label.replace(/-/g, '')] ?? declared.trim().toLowerCase().replace(/^["']|["']$/g, '').slice(0, 40);
  return decoderFor(name)?.encoding ?? decoderFor(label)?.encoding ?? null;
}

function decodeWith(charset: string, bytes: Buffer): string {
  if (charset === 'windows-1252') {
    return bytes.toString('latin1', 0, bytes.length).replace(/[\u0080-\u009f]/g, (char) => windows1252High[char.charCodeAt(0) - 0x80] ?? char);
  }
  // Node's decoder throws on some malformed input of stateful charsets even though it was not made `fatal`.
  try {
    return decoderFor(charset)?.decode(bytes) ?? bytes.toString('latin1', 0, bytes.length);
  } catch {
    return bytes.toString('latin1', 0, bytes.length);
  }
}

export interface DecodedText {
  readonly text: string;
  /** The charset was missing or wrong, and was found by looking at the bytes. */
  readonly guessed: boolean;
}

/**
 * Text of bytes. The declared charset counts unless the bytes contradict it: 8-bit text that is valid UTF-8 is UTF-8 whatever it says,
 * and Cyrillic that calls itself Latin is Cyrillic.
 */
export function decodeBytes(bytes: Buffer, declared: string | null): DecodedText {
  const charset = knownCharset(declared);
  if (charset === 'utf-16le' || charset === 'utf-16be') return { text: decodeWith(charset, bytes), guessed: false };
  if (isAscii(bytes)) {
    if (bytes.includes('\x1b$') || bytes.includes('\x1b(J')) return { text: decodeWith('iso-2022-jp', bytes), guessed: charset !== 'iso-2022-jp' };
    return { text: bytes.toString('latin1', 0, bytes.length), guessed: false };
  }
  if (isUtf8(bytes)) {
    // A few bytes of a double-byte charset can be valid UTF-8 by chance; a sentence cannot.
    if (charset !== null && /^(?:gbk|gb18030|big5|shift_jis|euc-jp|euc-kr)$/.test(charset) && bytes.length < 12) {
      return { text: decodeWith(charset, bytes), guessed: false };
    }
    return { text: decodeWith('utf-8', bytes), guessed: charset !== null && charset !== 'utf-8' };
  }
  // A single stray byte, such as a character cut at a fold, is no reason to give up a declared UTF-8.
  if (charset === 'utf-8' && isMostlyUtf8(bytes)) return { text: decodeWith('utf-8', bytes), guessed: false };
  if (charset === null || charset === 'utf-8') return { text: decodeWith(guessCharset(bytes), bytes), guessed: true };
  if (latinNames.has(charset) && looksCyrillic(bytes)) return { text: decodeWith(guessCharset(bytes), bytes), guessed: true };
  if (charset === 'koi8-r' || charset === 'windows-1251') {
    const guess = guessCharset(bytes);
    if ((guess === 'koi8-r' || guess === 'windows-1251') && guess !== charset && looksCyrillic(bytes)) return { text: decodeWith(guess, bytes), guessed: true };
  }
  return { text: decodeWith(charset, bytes), guessed: false };
}

function isMostlyUtf8(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 8192);
  const text = decodeWith('utf-8', sample);
  const broken = text.split('\ufffd').length - 1;
  let multibyte = 0;
  for (const byte of sample) if (byte >= 0xc2 && byte <= 0xf4) multibyte++;
  return broken * 10 <= multibyte;
}
