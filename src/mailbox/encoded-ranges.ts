import { decodeTransferStream, type TransferEncoding } from '../message/transfer-encoding.ts';
import { MailboxRefusedError } from './mailbox-errors.ts';

/** A file of which any stretch can be had without what stands before it, as a video player asks for when somebody seeks. */
export interface Stretches {
  /** Exact. */
  readonly bytes: number;
  /** From `start` to before `end`, both within the file. Throws `MailboxError` while it is consumed. */
  read(start: number, end: number): AsyncIterable<Buffer>;
}

/** Of a part as it stands in the mail, from `start` to before `end`; less where it is shorter. */
export type ReadEncoded = (start: number, end: number) => AsyncIterable<Buffer>;

/** Enough for the first lines, and for the last ones. */
const lookBytes = 4_096;

/** How base64 lies in its lines: all as long as the first, the last one as long or shorter. */
interface Grid {
  readonly digitsPerLine: number;
  readonly stride: number;
  readonly digits: number;
  readonly padding: number;
}

/** Null where nothing but reading it from its beginning tells where a stretch lies: lines that are not even, quoted-printable, a size that the server does not know exactly. */
export async function findStretches(readEncoded: ReadEncoded, encodedBytes: number, encoding: TransferEncoding): Promise<Stretches | null> {
  if (encoding === 'quoted-printable' || encodedBytes <= 0) return null;
  const tailStart = Math.max(0, encodedBytes - lookBytes);
  // More than there ought to be is asked for: a server that gives it does not know the size.
  const tail = await gather(readEncoded(tailStart, encodedBytes + 1));
  if (tail.length !== encodedBytes - tailStart) return null;
  if (encoding === 'identity') return { bytes: encodedBytes, read: readEncoded };
  const grid = gridOf(tailStart === 0 ? tail : await gather(readEncoded(0, Math.min(lookBytes, encodedBytes))), tail, tailStart);
  if (grid === null) return null;
  return { bytes: (grid.digits / 4) * 3 - grid.padding, read: (start, end) => readDigits(readEncoded, grid, start, end) };
}

function gridOf(head: Buffer, tail: Buffer, tailStart: number): Grid | null {
  const [first, last] = [head.toString('latin1'), tail.toString('latin1')];
  const firstBreak = first.search(/[\r\n]/u);
  const digitsPerLine = firstBreak === -1 ? Infinity : firstBreak;
  const breakBytes = firstBreak !== -1 && first.startsWith('\r\n', firstBreak) ? 2 : 1;
  const stride = digitsPerLine + breakBytes;
  const end = tailStart + last.trimEnd().length;
  if (firstBreak === 0 || (Number.isFinite(digitsPerLine) && digitsPerLine % 4 !== 0) || (firstBreak === -1 && end > head.length)) return null;
  const lines = Number.isFinite(stride) ? Math.floor(end / stride) : 0;
  const rest = end - (lines === 0 ? 0 : lines * stride);
  const digits = (lines === 0 ? 0 : lines * digitsPerLine) + rest;
  if (rest > digitsPerLine || digits === 0 || digits % 4 !== 0) return null;
  const isEven = (text: string, from: number): boolean => [...text.matchAll(/\r\n|[\r\n]/gu)].every(({ index, 0: found }) => from + index >= end || (found.length === breakBytes && (from + index) % stride === digitsPerLine));
  if (!isEven(first, 0) || !isEven(last, tailStart) || /[^A-Za-z0-9+/\r\n]/u.test(first.slice(0, Math.max(0, end - 2)))) return null;
  return { digitsPerLine, stride, digits, padding: /={0,2}$/u.exec(last.trimEnd())?.[0].length ?? 0 };
}

async function* readDigits(readEncoded: ReadEncoded, { digitsPerLine, stride }: Grid, start: number, end: number): AsyncGenerator<Buffer> {
  const placeOf = (digit: number): number => (Number.isFinite(stride) ? Math.floor(digit / digitsPerLine) * stride + (digit % digitsPerLine) : digit);
  const [firstGroup, lastGroup] = [Math.floor(start / 3), Math.ceil(end / 3)];
  let skip = start - firstGroup * 3;
  let left = end - start;
  for await (const piece of decodeTransferStream(readEncoded(placeOf(firstGroup * 4), placeOf(lastGroup * 4 - 1) + 1), 'base64')) {
    const wanted = piece.subarray(skip, skip + left);
    skip = Math.max(0, skip - piece.length);
    left -= wanted.length;
    if (wanted.length > 0) yield wanted;
  }
  // What is told is what is given: lines that are uneven only in the middle of the file end the answer.
  if (left > 0) throw new MailboxRefusedError('the file is not encoded in even lines');
}

async function gather(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
