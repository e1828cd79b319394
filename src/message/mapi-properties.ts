/** Properties of Outlook's messages and attachments as TNEF carries them: MS-OXTNEF, 2.1.3.4; types and numbers from MS-OXCDATA, 2.11.1, and MS-OXPROPS. */
export interface MapiProperty {
  readonly id: number;
  readonly type: number;
  /** The first value. */
  readonly bytes: Buffer;
}

export const mapiIds = { body: 0x1000, compressedRtf: 0x1009, html: 0x1013, attachMimeTag: 0x370e, attachLongFilename: 0x3707, attachData: 0x3701 } as const;
const unicodeString = 0x1f;

const fixedSizes: Readonly<Record<number, number>> = { 0x01: 4, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0a: 4, 0x0b: 4, 0x14: 8, 0x40: 8, 0x48: 16 };
const variableTypes = new Set([0x0d, 0x1e, 0x1f, 0x102]);
const severalValues = 0x1000;
const firstNamedId = 0x8000;
const maxProperties = 2000;

/** As many of the properties as are whole. Never throws. */
export function readMapiProperties(data: Buffer): MapiProperty[] {
  const found: MapiProperty[] = [];
  let at = 4;
  const number = (): number => {
    const value = at + 4 <= data.length ? data.readUInt32LE(at) : -1;
    at += 4;
    return value;
  };
  const count = Math.min(data.length >= 4 ? data.readUInt32LE(0) : 0, maxProperties);
  for (let i = 0; i < count && at + 4 <= data.length; i++) {
    const type = data.readUInt16LE(at) & ~severalValues;
    const isSeveral = (data.readUInt16LE(at) & severalValues) !== 0;
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= firstNamedId) {
      at += 16;
      const nameBytes = number() === 1 ? padded(number()) : 4;
      at += nameBytes;
    }
    const values = isSeveral || variableTypes.has(type) ? number() : 1;
    if (values < 0 || values > maxProperties) return found;
    for (let value = 0; value < values; value++) {
      const size = variableTypes.has(type) ? number() : (fixedSizes[type] ?? -1);
      if (size < 0 || at + size > data.length) return found;
      if (value === 0) found.push({ id, type, bytes: data.subarray(at, at + size) });
      at += padded(size);
    }
  }
  return found;
}

function padded(size: number): number {
  return size < 0 ? 0 : Math.ceil(size / 4) * 4;
}

/** The bytes of a text property with the name of their charset. */
export function mapiText({ type, bytes }: MapiProperty, codePage: string): { readonly bytes: Buffer; readonly charset: string } {
  const isUnicode = type === unicodeString;
  const end = isUnicode ? bytes.length - (bytes.length >= 2 && bytes.readUInt16LE(bytes.length - 2) === 0 ? 2 : 0) : bytes.length - (bytes.at(-1) === 0 ? 1 : 0);
  return { bytes: bytes.subarray(0, end), charset: isUnicode ? 'utf-16le' : codePage };
}
