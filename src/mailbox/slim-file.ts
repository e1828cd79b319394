import type { FileHandle } from 'node:fs/promises';
import type { FetchDepth } from './mailbox.ts';
import { leafLimitBytes, mailLimitBytes, readLimits } from './slim-plan.ts';

/** A mail read from a file: whole when it is small, else with its leaves cut, in the same MIME structure. */
export interface SlimFile {
  readonly source: Buffer;
  readonly bytes: number;
  /** Each leaf's size in the file where leaves may have been cut; null where the source is the file, or only its beginning. */
  readonly partBytes: readonly number[] | null;
  /** Where in the file each leaf begins; empty where `partBytes` is null. */
  readonly partStarts: readonly number[];
}

const chunkBytes = 256 * 1024;
/** A line longer than this is no header and no boundary: it is passed on in pieces. */
const longLineBytes = 1024 * 1024;

/**
 * Reads a mail of any size in bounded memory, and never keeps more of it than `maxMailBytes`: headers, text up to a limit and the beginning of each attachment.
 * Of a mail with too many parts or too large a header it keeps the beginning, as it stands.
 */
export async function readSlimFile(file: FileHandle, maxMailBytes: number = readLimits.mailBytes, depth: FetchDepth = 'beginnings'): Promise<SlimFile> {
  const { size } = await file.stat();
  if (size <= Math.min(readLimits.wholeMailBytes, maxMailBytes)) {
    const source = await readBeginning(file, size);
    return { source, bytes: size, partBytes: null, partStarts: [] };
  }
  const scan = new SlimScan(mailLimitBytes(maxMailBytes, depth), depth);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let carry: Buffer = Buffer.alloc(0);
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, position);
    position += bytesRead;
    const data = Buffer.concat([carry, chunk.subarray(0, bytesRead)]);
    const lastLine = data.lastIndexOf(0x0a) + 1;
    const complete = bytesRead === 0 || (lastLine === 0 && data.length > longLineBytes) ? data.length : lastLine;
    scan.feed(data.subarray(0, complete));
    carry = data.subarray(complete);
    if (bytesRead === 0 || scan.unusable) break;
  }
  const result = scan.finish();
  if (result !== null) return { ...result, bytes: size };
  return { source: await readBeginning(file, Math.min(readLimits.beginningBytes, maxMailBytes, size)), bytes: size, partBytes: null, partStarts: [] };
}

async function readBeginning(file: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

interface OpenLeaf {
  bytes: number;
  kept: number;
  readonly limit: number;
  /** Length of the line end that the content so far ends with: it belongs to the delimiter that may follow. */
  lineEnd: number;
}

/** Walks the lines of a mail from delimiter to delimiter. What it is fed ends at a line's end, or within a line too long to matter. */
class SlimScan {
  unusable = false;
  readonly #pieces: Buffer[] = [];
  readonly #partBytes: number[] = [];
  readonly #partStarts: number[] = [];
  /** How much of the file came before the lines that are being fed. */
  #fedBytes = 0;
  readonly #boundaries: Buffer[] = [];
  #header: Buffer[] | null = [];
  #frameLeft: number = readLimits.frameBytes;
  readonly #depth: FetchDepth;
  #left: number;
  /** Null between parts: before the first delimiter of a multipart and after its last. */
  #leaf: OpenLeaf | null = null;
  #withinLine = false;

  constructor(maxMailBytes: number, depth: FetchDepth) {
    this.#depth = depth;
    this.#left = Math.max(maxMailBytes - readLimits.frameBytes, 0);
  }

  feed(lines: Buffer): void {
    let position = 0;
    while (position < lines.length && !this.unusable) {
      position = this.#header === null ? this.#feedBody(lines, position) : this.#feedHeaderLine(lines, position);
    }
    if (lines.length > 0) this.#withinLine = lines.at(-1) !== 0x0a;
    this.#fedBytes += lines.length;
  }

  finish(): { source: Buffer; partBytes: readonly number[]; partStarts: readonly number[] } | null {
    if (this.#header !== null) this.#endHeader(this.#fedBytes);
    this.#closeLeaf(false);
    return this.unusable ? null : { source: Buffer.concat(this.#pieces), partBytes: this.#partBytes, partStarts: this.#partStarts };
  }

  #feedHeaderLine(lines: Buffer, position: number): number {
    const newline = lines.indexOf(0x0a, position);
    const end = newline < 0 ? lines.length : newline + 1;
    const line = lines.subarray(position, end);
    if (!this.#withinLine && this.#delimiter(line, position)) return end;
    this.#withinLine = newline < 0;
    this.#keepFrame(line);
    this.#header?.push(Buffer.from(line));
    const blank = line.length <= 2 && (line[0] === 0x0a || (line[0] === 0x0d && line[1] === 0x0a));
    if (blank) this.#endHeader(this.#fedBytes + end);
    return end;
  }

  #feedBody(lines: Buffer, position: number): number {
    const atDelimiter = !this.#withinLine && lines[position] === 0x2d && lines[position + 1] === 0x2d;
    const candidate = atDelimiter ? position : lines.indexOf('\n--', position) + 1;
    const contentEnd = candidate === 0 && !atDelimiter ? lines.length : candidate;
    if (contentEnd > position) {
      this.#content(lines.subarray(position, contentEnd));
      this.#withinLine = false;
      return contentEnd;
    }
    const newline = lines.indexOf(0x0a, position);
    const end = newline < 0 ? lines.length : newline + 1;
    const line = lines.subarray(position, end);
    if (!this.#delimiter(line, position)) this.#content(line);
    return end;
  }

  /** Ends the part when the line is a delimiter of any open multipart (an inner one may have lost its own end). */
  #delimiter(line: Buffer, position: number): boolean {
    for (let level = this.#boundaries.length - 1; level >= 0; level -= 1) {
      const boundary = this.#boundaries[level];
      if (boundary === undefined || line.length < boundary.length || !line.subarray(0, boundary.length).equals(boundary)) continue;
      const rest = line.subarray(boundary.length).toString('latin1').trimEnd();
      if (rest !== '' && rest !== '--') continue;
      if (this.#header !== null) this.#endHeader(this.#fedBytes + position);
      this.#closeLeaf(true);
      this.#keepFrame(line);
      this.#boundaries.length = rest === '' ? level + 1 : level;
      this.#header = rest === '' ? [] : null;
      return true;
    }
    return false;
  }

  /** What follows begins there in the file. */
  #endHeader(bodyStart: number): void {
    const header = Buffer.concat(this.#header ?? []).toString('latin1');
    this.#header = null;
    const unfolded = header.replaceAll(/\r?\n[ \t]+/g, ' ');
    const contentType = field(unfolded, 'content-type') ?? '';
    const type = /^[^;\s]+/.exec(contentType)?.[0].toLowerCase() ?? '';
    const encoding = field(unfolded, 'content-transfer-encoding') ?? '';
    if (type.startsWith('multipart/')) {
      const quoted = /;\s*boundary\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^;\s]+))/i.exec(contentType)?.groups;
      const boundary = (quoted?.['quoted']?.replaceAll(/\\(.)/g, '$1') ?? quoted?.['plain'] ?? '').trimEnd();
      if (boundary !== '') {
        this.#boundaries.push(Buffer.from(`--${boundary}`, 'latin1'));
        if (this.#boundaries.length > 30) this.unusable = true;
        return;
      }
    }
    if (type === 'message/rfc822' && /^(?:7bit|8bit|binary)?$/i.test(encoding)) {
      this.#header = [];
      return;
    }
    const disposition = field(unfolded, 'content-disposition') ?? '';
    const text = (type === '' || type.startsWith('text/') || type.startsWith('multipart/')) && !/^attachment\b/i.test(disposition);
    this.#partStarts.push(bodyStart);
    this.#leaf = { bytes: 0, kept: 0, limit: leafLimitBytes(type, text, this.#depth), lineEnd: 0 };
  }

  #content(content: Buffer): void {
    const leaf = this.#leaf;
    // Kept, too: where the delimiters are broken the text is in here, and a reader may find it.
    if (leaf === null) return this.#keepFrame(content);
    leaf.bytes += content.length;
    leaf.lineEnd = content.at(-1) !== 0x0a ? 0 : content.at(-2) === 0x0d ? 2 : 1;
    const keep = Math.min(content.length, leaf.limit - leaf.kept, this.#left);
    if (keep <= 0) return;
    leaf.kept += keep;
    this.#left -= keep;
    // Copied: the content is a view into a chunk that is read into again.
    this.#pieces.push(Buffer.from(content.subarray(0, keep)));
  }

  #closeLeaf(byDelimiter: boolean): void {
    const leaf = this.#leaf;
    if (leaf === null) return;
    this.#leaf = null;
    if (byDelimiter && leaf.kept < leaf.bytes) this.#pieces.push(Buffer.from('\r\n'));
    this.#partBytes.push(leaf.bytes - (byDelimiter ? leaf.lineEnd : 0));
    if (this.#partBytes.length > readLimits.parts) this.unusable = true;
  }

  #keepFrame(line: Buffer): void {
    this.#frameLeft -= line.length;
    if (this.#frameLeft < 0) this.unusable = true;
    else this.#pieces.push(Buffer.from(line));
  }
}

function field(unfolded: string, name: string): string | undefined {
  return new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(unfolded)?.[1]?.trim();
}
