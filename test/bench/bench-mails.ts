import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom, type Random } from './seeded-random.ts';

/** Mails for the benchmarks: variations of the corpus, a share of them with pictures, the same ones for the same seed. */
export interface BenchMails {
  /** One file a mail, in the order they arrive. */
  readonly files: readonly string[];
  readonly bytes: number;
  readonly withPictures: number;
}

const corpus = fileURLToPath(new URL('../corpus', import.meta.url));
const pictureShare = 0.4;
const longThreadShare = 0.3;
/** Of all pictures of a mail as they lie in it, encoded. */
const pictureBytes = { least: 30 * 1024, most: 3.9 * 1024 * 1024 } as const;
const maxCorpusMailBytes = 64 * 1024;
const encodedLineBytes = 78;
const decodedLineBytes = 57;

export async function writeBenchMails(folder: string, count: number, seed: number): Promise<BenchMails> {
  await mkdir(folder, { recursive: true });
  const makeMail = mailMaker(seed, pictureBytes.most);
  const files: string[] = [];
  let bytes = 0;
  let withPictures = 0;
  for (let number = 0; number < count; number += 1) {
    const { source, hasPictures } = makeMail(number);
    const file = join(folder, `${String(number).padStart(6, '0')}.eml`);
    await writeFile(file, source);
    files.push(file);
    bytes += source.length;
    if (hasPictures) withPictures += 1;
  }
  return { files, bytes, withPictures };
}

/** One after the other without end, for runs that keep none. */
export function mailSource(seed: number, { mostPictureBytes }: { readonly mostPictureBytes: number }): (number: number) => Buffer {
  const makeMail = mailMaker(seed, mostPictureBytes);
  return (number) => makeMail(number).source;
}

function mailMaker(seed: number, mostPictureBytes: number): (number: number) => { readonly source: Buffer; readonly hasPictures: boolean } {
  const random = seededRandom(seed);
  const originals = readOriginals();
  const noise = base64Noise(random);
  return (number) => {
    const original = originals[random.below(originals.length)];
    if (original === undefined) throw new Error(`${corpus} holds no mails`);
    const hasPictures = random.next() < pictureShare;
    return { source: vary(original, number, hasPictures ? pictures(random, noise, mostPictureBytes) : [], random), hasPictures };
  };
}

/** Latin-1 strings hold the bytes as they are. */
function readOriginals(): string[] {
  const names = readdirSync(corpus).filter((name) => name.endsWith('.eml')).toSorted();
  const sources = names.map((name) => readFileSync(join(corpus, name), 'latin1'));
  return sources.filter((source) => source.length <= maxCorpusMailBytes).map((source) => source.replaceAll(/\r?\n/g, '\r\n'));
}

/** Another customer's mail with the same words: its own sender and Message-ID, perhaps a long thread below, perhaps pictures. */
function vary(original: string, number: number, attached: readonly Buffer[], random: Random): Buffer {
  const end = original.indexOf('\r\n\r\n');
  const body = original.slice(end + 4);
  const fields = original.slice(0, end).split(/\r\n(?![ \t])/).filter((field) => !/^message-id:/i.test(field));
  const headers = [
    `Message-ID: <bench-${String(number)}@mail.example>`,
    ...fields.map((field) => (/^from:/i.test(field) ? field.replace(/(?<local>[A-Za-z0-9._+-]+)@/, `$<local>.${String(number)}@`) : field)),
  ];
  const isPlain = fields.some((field) => /^content-type:\s*text\/plain/i.test(field)) && !fields.some((field) => /^content-transfer-encoding:\s*(?:base64|quoted)/i.test(field));
  const text = isPlain && random.next() < longThreadShare ? body + quotedThread(random) : body;
  if (attached.length === 0) return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${text}`, 'latin1');
  const boundary = `bench-${String(number)}`;
  const outer = [...headers.filter((field) => !ofContent(field) && !/^mime-version:/i.test(field)), 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`];
  const pieces: Buffer[] = [Buffer.from(`${outer.join('\r\n')}\r\n\r\n--${boundary}\r\n${headers.filter(ofContent).map((field) => `${field}\r\n`).join('')}\r\n${text}\r\n`, 'latin1')];
  for (const part of attached) pieces.push(Buffer.from(`--${boundary}\r\n`), part);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

function ofContent(field: string): boolean {
  return /^content-/i.test(field);
}

function quotedThread(random: Random): string {
  const lines = ['', '', 'On Mon, 2 Feb 2026 at 10:14, Support <support@mail.example> wrote:'];
  for (let left = 20 + random.below(380); left > 0; left -= 1) lines.push(`> ${'your request was passed on to the team that looks into it '.slice(random.below(20))}`);
  return `${lines.join('\r\n')}\r\n`;
}

/** One to three pictures, together of any size from a thumbnail's to a full photo's; the small ones are as frequent as the large. */
function pictures(random: Random, noise: Buffer, mostBytes: number): Buffer[] {
  const total = pictureBytes.least * (mostBytes / pictureBytes.least) ** random.next();
  const count = 1 + random.below(3);
  return Array.from({ length: count }, (_, index) => {
    const isPhoto = random.next() < 0.6;
    const name = isPhoto ? `IMG_${String(1000 + random.below(9000))}.jpg` : `Screenshot ${String(index + 1)}.png`;
    const width = 600 + random.below(3400);
    const beginning = isPhoto ? jpegBeginning(width, Math.round(width * 0.75)) : pngBeginning(width, Math.round(width * 0.6));
    const lines = Math.max(1, Math.floor(total / count / encodedLineBytes));
    const from = random.below(Math.floor(noise.length / encodedLineBytes) - lines) * encodedLineBytes;
    return Buffer.concat([
      Buffer.from(`Content-Type: image/${isPhoto ? 'jpeg' : 'png'}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n`),
      encodeLines(beginning),
      noise.subarray(from, from + lines * encodedLineBytes),
    ]);
  });
}

/** A JFIF header and a frame header: what tells type and size. */
function jpegBeginning(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(decodedLineBytes);
  bytes.write('ffd8ffe000104a46494600010100000100010000ffc0001108', 'hex');
  bytes.writeUInt16BE(height, 25);
  bytes.writeUInt16BE(width, 27);
  bytes.write('03012200021101031101ffda', 29, 'hex');
  return bytes;
}

function pngBeginning(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(decodedLineBytes);
  bytes.write('89504e470d0a1a0a0000000d49484452', 'hex');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.write('0802000000', 24, 'hex');
  return bytes;
}

function base64Noise(random: Random): Buffer {
  const bytes = Buffer.alloc(decodedLineBytes * 80_000);
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE(random.below(2 ** 32), at);
  return encodeLines(bytes);
}

/** In lines of 76 characters (RFC 2045); the bytes fill whole lines. */
function encodeLines(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n'));
}
