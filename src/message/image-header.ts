/** What the first bytes of a picture say: its format, its size in pixels, whether it moves. */
export interface ImageHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/bmp' | 'image/heic' | 'image/avif' | 'image/tiff';
  /** Zero where the size lies beyond what was read. */
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
  /** It has an EXIF block, which may name a camera. */
  readonly hasExif: boolean;
}

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

export function readImageHeader(head: Buffer): ImageHeader | null {
  if (head.length < 12) return null;
  const magic = ascii(head, 0, 12);
  if (magic.startsWith('\x89PNG\r\n\x1a\n')) return readPng(head);
  if (magic.startsWith('\xff\xd8\xff')) return readJpeg(head);
  if (magic.startsWith('GIF87a') || magic.startsWith('GIF89a')) {
    const frames = head.toString('latin1').split('\x21\xf9\x04').length - 1;
    return { type: 'image/gif', width: head.readUInt16LE(6), height: head.readUInt16LE(8), isAnimated: frames > 1, hasExif: false };
  }
  if (magic.startsWith('RIFF') && magic.slice(8) === 'WEBP') return readWebp(head);
  if (magic.startsWith('BM') && head.length >= 26 && head.readUInt32LE(10) < 2048) {
    return { type: 'image/bmp', width: Math.abs(head.readInt32LE(18)), height: Math.abs(head.readInt32LE(22)), isAnimated: false, hasExif: false };
  }
  if (/^(?:II\*\0|MM\0\*)/.test(magic)) return { type: 'image/tiff', width: 0, height: 0, isAnimated: false, hasExif: true };
  return magic.slice(4, 8) === 'ftyp' ? readHeif(head) : null;
}

function readPng(head: Buffer): ImageHeader | null {
  if (head.length < 24 || ascii(head, 12, 16) !== 'IHDR') return null;
  const start = ascii(head, 0, 8192);
  return { type: 'image/png', width: head.readUInt32BE(16), height: head.readUInt32BE(20), isAnimated: start.includes('acTL'), hasExif: start.includes('eXIf') };
}

function readJpeg(head: Buffer): ImageHeader {
  let at = 2;
  let hasExif = false;
  while (at + 9 < head.length) {
    if (head[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = head[at + 1]!;
    // SOF0 to SOF15, but DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'image/jpeg', height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7), isAnimated: false, hasExif };
    }
    if (marker === 0xe1 && ascii(head, at + 4, at + 8) === 'Exif') hasExif = true;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd9) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    at += 2 + Math.max(2, head.readUInt16BE(at + 2));
  }
  return { type: 'image/jpeg', width: 0, height: 0, isAnimated: false, hasExif };
}

function readWebp(head: Buffer): ImageHeader {
  const chunk = ascii(head, 12, 16);
  const flags = head[20] ?? 0;
  let width = 0;
  let height = 0;
  if (chunk === 'VP8X' && head.length >= 30) {
    width = 1 + head.readUIntLE(24, 3);
    height = 1 + head.readUIntLE(27, 3);
  } else if (chunk === 'VP8L' && head.length >= 25) {
    const bits = head.readUInt32LE(21);
    width = 1 + (bits & 0x3fff);
    height = 1 + ((bits >> 14) & 0x3fff);
  } else if (chunk === 'VP8 ' && head.length >= 30) {
    width = head.readUInt16LE(26) & 0x3fff;
    height = head.readUInt16LE(28) & 0x3fff;
  }
  return { type: 'image/webp', width, height, isAnimated: chunk === 'VP8X' && (flags & 0x02) !== 0, hasExif: chunk === 'VP8X' && (flags & 0x08) !== 0 };
}

/** HEIC and AVIF: ISO boxes; the largest `ispe` is the picture's size, the others are of tiles and thumbnails. */
function readHeif(head: Buffer): ImageHeader | null {
  const brands = ascii(head, 8, Math.min(head.length, 8 + Math.max(4, Math.min(head.readUInt32BE(0), 128) - 8)));
  const isAvif = /avif|avis/.test(brands);
  if (!isAvif && !/heic|heix|heim|heis|hevc|hevx|mif1|msf1/.test(brands)) return null;
  let width = 0;
  let height = 0;
  for (let at = head.indexOf('ispe', 0, 'latin1'), boxes = 0; at >= 0 && at + 16 <= head.length && boxes < 64; at = head.indexOf('ispe', at + 4, 'latin1'), boxes++) {
    const w = head.readUInt32BE(at + 8);
    const h = head.readUInt32BE(at + 12);
    if (w * h > width * height && w < 100_000 && h < 100_000) [width, height] = [w, h];
  }
  return { type: isAvif ? 'image/avif' : 'image/heic', width, height, isAnimated: false, hasExif: head.includes('Exif', 0, 'latin1') };
}
