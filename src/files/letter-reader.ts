import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import loadCore from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import type { TesseractModule } from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import { cutAndScale, toGraymap, type GrayPicture, type Rectangle } from './gray-picture.ts';
import type { ScreenLine, ScreenText } from './seen-file.ts';

/** A reader of letters: Tesseract with its English data, which knows Latin letters and digits: addresses, error codes and clocks are written in them on every screen. */
export interface LetterReader {
  /** The lines of text in a PNG, JPEG, WebP or BMP; null where it cannot be decoded. Keeps the thread busy until it is done. */
  read(picture: Uint8Array): ScreenText | null;
}

/** `OEM_LSTM_ONLY`: what the integer data of the neural reader works with. */
const lstmOnly = 1;
/** Page segmentation: columns and paragraphs of a page, or scattered words in no order. */
const layouts = { page: '3', scattered: '11' } as const;

/** The whole picture is shrunk to so many pixels: larger ones are screens whose letters are larger, too. */
const maxPagePixels = 2_200_000;

export async function openLetterReader(): Promise<LetterReader> {
  const dataDir = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
  const core = await loadCore({ print: silent, printErr: silent, TesseractProgress: silent });
  core.FS.writeFile('./eng.traineddata', gunzipSync(readFileSync(join(dataDir, '4.0.0_best_int', 'eng.traineddata.gz'))));
  const tesseract = new core.TessBaseAPI();
  if (tesseract.Init(null, 'eng', lstmOnly) !== 0) throw new Error('the data of the reader of letters cannot be used');
  const readPart = (picture: GrayPicture, part: Rectangle, scale: number, layout: string): ScreenLine[] => {
    const scaled = cutAndScale(picture, part, scale);
    core.FS.writeFile('/input', toGraymap(scaled));
    if (tesseract.SetImageFile(1, 0) !== 0) return [];
    tesseract.SetVariable('tessedit_pageseg_mode', layout);
    tesseract.Recognize(null);
    return linesOf(tesseract.GetTSVText(0)).map(({ text, confidence, x, y }) => ({
      text, confidence, x: (part.left + x / scale) / picture.width, y: (part.top + y / scale) / picture.height,
    }));
  };
  return {
    read: (bytes) => {
      core.FS.writeFile('/input', bytes);
      if (tesseract.SetImageFile(1, 0) !== 0) return null;
      const picture = toGray(core, tesseract.GetInputImage());
      tesseract.Clear();
      if (picture === null) return null;
      const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
      const pageScale = Math.min(1, Math.sqrt(maxPagePixels / (picture.width * picture.height)));
      const lines = [
        ...readPart(picture, whole, pageScale, layouts.page),
        // The address bar and the clock are small: read again in strips, and enlarged.
        ...stripsOf(picture).flatMap(({ part, scale }) => readPart(picture, part, scale, layouts.scattered)),
      ];
      return { widthPixels: picture.width, heightPixels: picture.height, lines: lines.toSorted((one, other) => one.y - other.y) };
    },
  };
}

function silent(): void {
  // What the libraries say of damaged pictures is told by the result.
}

/** Where the letters of a bar are about so many pixels high, they are read best. */
const wideScreenPixels = 2_200;
const tallScreenPixels = 900;

function stripsOf({ width, height }: GrayPicture): { part: Rectangle; scale: number }[] {
  const isTall = height > width;
  const isDense = isTall ? width > tallScreenPixels : width > wideScreenPixels;
  const scale = isDense ? 1 : 2;
  const topHeight = Math.round(isTall ? Math.min(height * 0.14, width * 0.4) : Math.min(height * 0.2, width * 0.12));
  const bottomHeight = Math.round(isTall ? Math.min(height * 0.14, width * 0.4) : Math.min(height * 0.08, width * 0.05));
  if (topHeight + bottomHeight < 32 || topHeight + bottomHeight > height) return [];
  return [
    { part: { left: 0, top: 0, width, height: topHeight }, scale },
    { part: { left: 0, top: height - bottomHeight, width, height: bottomHeight }, scale },
  ];
}

type DecodedPicture = ReturnType<InstanceType<TesseractModule['TessBaseAPI']>['GetInputImage']>;

/** Leptonica keeps pixels in words of 32 bits, the leftmost in the highest bits. */
function toGray(core: TesseractModule, decoded: DecodedPicture): GrayPicture | null {
  const [width, height, depth, wordsPerRow, data] = [decoded.get_w(), decoded.get_h(), decoded.get_d(), decoded.get_wpl(), decoded.get_data()];
  if (width < 1 || height < 1 || ![1, 2, 4, 8, 16, 32].includes(depth) || wordsPerRow !== Math.ceil((width * depth) / 32)) return null;
  const shades = depth <= 8 ? shadesOf(core, decoded, depth) : null;
  const pixels = new Uint8Array(width * height);
  const perWord = 32 / depth;
  const mask = depth === 32 ? 0 : 2 ** depth - 1;
  for (let y = 0; y < height; y++) {
    const row = data + y * wordsPerRow * 4;
    for (let x = 0; x < width; ) {
      const word = core.getValue(row + Math.floor(x / perWord) * 4, 'i32');
      if (depth === 32) {
        pixels[y * width + x++] = lightness(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255);
        continue;
      }
      for (let shift = 32 - depth; shift >= 0 && x < width; shift -= depth) {
        const value = (word >>> shift) & mask;
        pixels[y * width + x++] = shades === null ? value >>> 8 : (shades[value] ?? 0);
      }
    }
  }
  return { width, height, pixels };
}

/** The shade of each value of a picture with a palette or few bits. In pictures of one bit 1 is black. */
function shadesOf(core: TesseractModule, decoded: DecodedPicture, depth: number): readonly number[] {
  const palette = decoded.get_colormap();
  if (core.getPointer(palette) === 0) {
    const most = 2 ** depth - 1;
    return Array.from({ length: most + 1 }, (_, value) => (depth === 1 ? 255 * (1 - value) : Math.round((255 * value) / most)));
  }
  const at = palette.get_array();
  const byte = (offset: number): number => core.getValue(at + offset, 'i8') & 255;
  // RGBA_QUAD: blue, green, red, alpha.
  return Array.from({ length: Math.min(256, palette.get_n()) }, (_, value) => lightness(byte(value * 4 + 2), byte(value * 4 + 1), byte(value * 4)));
}

/** ITU-R BT.601, whole numbers. */
function lightness(red: number, green: number, blue: number): number {
  return (red * 77 + green * 150 + blue * 29) >> 8;
}

/** A row of Tesseract's table is a word where its level is 5: page, block, paragraph, line, word; left, top, width, height; confidence, text. */
const wordLevel = '5';
const maxLines = 400;
const maxLineChars = 500;

/** The words of each line, with their middle in the pixels of what was read. */
function linesOf(table: string): ScreenLine[] {
  const lines = new Map<string, { words: string[]; confidence: number; left: number; right: number; top: number; bottom: number }>();
  for (const row of table.split('\n')) {
    const [level, page, block, paragraph, line, , left = '', top = '', width = '', height = '', confidence = '', text = ''] = row.split('\t');
    if (level !== wordLevel || text.trim() === '') continue;
    const key = [page, block, paragraph, line].join('.');
    const [x, y] = [Number(left), Number(top)];
    const known = lines.get(key) ?? { words: [], confidence: 0, left: x, right: x, top: y, bottom: y };
    known.words.push(text.trim());
    known.confidence += Number(confidence);
    known.left = Math.min(known.left, x);
    known.right = Math.max(known.right, x + Number(width));
    known.top = Math.min(known.top, y);
    known.bottom = Math.max(known.bottom, y + Number(height));
    if (lines.size <= maxLines) lines.set(key, known);
  }
  return [...lines.values()].map(({ words, confidence, left, right, top, bottom }) => ({
    text: words.join(' ').slice(0, maxLineChars), confidence: Math.round(confidence / words.length), x: (left + right) / 2, y: (top + bottom) / 2,
  }));
}
