/** How long a recording lasts, by its header: ISO base media (MP4, MOV, 3GP), Matroska (MKV, WebM), AVI. Reads boxes only, never a picture. */

const maxBoxes = 2_000;
const maxSeconds = 7 * 24 * 3_600;

/** Seconds; null where the bytes that are there do not say it. */
export function videoDurationSeconds(bytes: Buffer): number | null {
  if (bytes.length < 32) return null;
  const magic = bytes.toString('latin1', 0, 12);
  const seconds = magic.startsWith('\x1aE\xdf\xa3') ? matroskaSeconds(bytes) : magic.startsWith('RIFF') && magic.endsWith('AVI ') ? aviSeconds(bytes) : isoSeconds(bytes);
  const rounded = Math.round((seconds ?? 0) * 10) / 10;
  return rounded > 0 && rounded <= maxSeconds ? rounded : null;
}

/** ISO/IEC 14496-12, 8.2.2: `moov` holds `mvhd`, which has a time scale and a duration in it. */
function isoSeconds(bytes: Buffer): number | null {
  const movie = findBox(bytes, 0, bytes.length, 'moov');
  if (movie === null) return null;
  const header = findBox(bytes, movie.from, movie.to, 'mvhd');
  if (header === null || header.from + 32 > bytes.length) return null;
  const isLong = bytes[header.from] === 1;
  const scale = bytes.readUInt32BE(header.from + (isLong ? 20 : 12));
  const duration = isLong ? Number(bytes.readBigUInt64BE(header.from + 24)) : bytes.readUInt32BE(header.from + 16);
  // All ones: not known.
  return scale === 0 || duration >= 0xffff_ffff ? null : duration / scale;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function findBox(bytes: Buffer, from: number, to: number, name: string): Span | null {
  let at = from;
  for (let boxes = 0; boxes < maxBoxes && at + 8 <= Math.min(to, bytes.length); boxes++) {
    let size = bytes.readUInt32BE(at);
    let headerBytes = 8;
    if (size === 1 && at + 16 <= bytes.length) {
      size = Number(bytes.readBigUInt64BE(at + 8));
      headerBytes = 16;
    } else if (size === 0) {
      size = to - at;
    }
    if (bytes.toString('latin1', at + 4, at + 8) === name) return { from: at + headerBytes, to: Math.min(to, at + size) };
    if (size < headerBytes) return null;
    at += size;
  }
  return null;
}

/** RFC 9559: Segment (18538067), Info (1549A966), TimestampScale (2AD7B1), Duration (4489). */
function matroskaSeconds(bytes: Buffer): number | null {
  const segment = findElement(bytes, 0, bytes.length, 0x1853_8067);
  const info = segment === null ? null : findElement(bytes, segment.from, segment.to, 0x1549_a966);
  if (info === null) return null;
  const duration = findElement(bytes, info.from, info.to, 0x4489);
  if (duration === null || duration.to > bytes.length) return null;
  const scale = findElement(bytes, info.from, info.to, 0x2a_d7b1);
  const scaleBytes = scale === null ? 0 : scale.to - scale.from;
  const nanoseconds = scale === null || scaleBytes < 1 || scaleBytes > 6 || scale.to > bytes.length ? 1_000_000 : bytes.readUIntBE(scale.from, scaleBytes);
  const value = duration.to - duration.from === 8 ? bytes.readDoubleBE(duration.from) : duration.to - duration.from === 4 ? bytes.readFloatBE(duration.from) : Number.NaN;
  return (value * nanoseconds) / 1e9;
}

function findElement(bytes: Buffer, from: number, to: number, id: number): Span | null {
  let at = from;
  for (let elements = 0; elements < maxBoxes && at < Math.min(to, bytes.length); elements++) {
    const name = readVarint(bytes, at, true);
    const size = name === null ? null : readVarint(bytes, at + name.length, false);
    if (name === null || size === null) return null;
    const content = at + name.length + size.length;
    const end = size.value === null ? to : Math.min(to, content + size.value);
    if (name.value === id) return { from: content, to: end };
    if (end <= at) return null;
    at = end;
  }
  return null;
}

/** RFC 8794, 4: the leading zeros of the first byte tell the length. All ones as a size: not known. */
function readVarint(bytes: Buffer, at: number, keepsMarker: boolean): { readonly value: number | null; readonly length: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = keepsMarker ? first : first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let offset = 1; offset < length; offset++) {
    const byte = bytes[at + offset] ?? 0;
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value: isUnknown && !keepsMarker ? null : value, length };
}

/** The `avih` header: microseconds a frame, and frames in all. */
function aviSeconds(bytes: Buffer): number | null {
  const at = bytes.indexOf('avih', 0, 'latin1');
  if (at < 0 || at > 4_096 || at + 28 > bytes.length) return null;
  return (bytes.readUInt32LE(at + 8) * bytes.readUInt32LE(at + 8 + 16)) / 1e6;
}
