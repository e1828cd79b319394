import { parseHeader, type Header } from './header.ts';
import { parseParameters } from './header-parameters.ts';
import { decodeTransfer, parseTransferEncoding, type TransferEncoding } from './transfer-encoding.ts';
import type { ReadLimits } from './read-limits.ts';

/**
 * A node of the MIME tree. Bodies are views into the source, still in their transfer encoding: a mail is never copied to be taken apart. The walk is one
 * pass over the bytes with an explicit stack, so that neither nesting nor missing boundaries cost more than their length.
 */
export interface MimePart {
  readonly header: Header;
  /** Lower case, such as `text/plain`. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly encoding: TransferEncoding;
  /** `inline`, `attachment`, another word, or empty. */
  readonly disposition: string;
  readonly filename: string | null;
  readonly body: Buffer;
  /** Bytes of the body in the mailbox, still encoded: more than `body` has where only its beginning was fetched. */
  readonly encodedBytes: number;
  /** Of a multipart its parts, of an attached mail its root. */
  readonly children: readonly MimePart[];
}

export interface MimeTree {
  readonly root: MimePart;
  readonly notes: ReadonlySet<string>;
}

interface OpenPart {
  header: Header;
  type: string;
  parameters: ReadonlyMap<string, string>;
  encoding: TransferEncoding;
  disposition: string;
  filename: string | null;
  body: Buffer;
  encodedBytes: number;
  children: OpenPart[];
  bodyStart: number;
  /** Set while a multipart's delimiters are being looked for. */
  boundary: string | null;
  isDigest: boolean;
}

const LF = 10;
const delimiterStart = Buffer.from('\n--');
// More lines that begin with two dashes and are no delimiter are met in no mail; they would only burn time.
const maxFalseDelimiters = 500_000;
// RFC 2046, 5.1.1 allows 70; some programs exceed it by far.
const maxBoundaryChars = 4000;

/** Takes the source apart. `partBytes` are the true sizes of the leaves, in their order, of a source whose attachments were cut. */
export function parseMime(source: Buffer, start: number, limits: ReadLimits, partBytes: readonly number[] | null): MimeTree {
  const walk = new MimeWalk(source, limits);
  const root = walk.run(start);
  if (partBytes !== null) setTrueSizes(root, partBytes);
  return { root, notes: walk.notes };
}

/** Leaves in the order of the source; an attached mail counts as its own parts. */
export function leavesOf<Part extends MimePart & { readonly children: readonly Part[] }>(part: Part, isLeaf = (candidate: Part): boolean => candidate.children.length === 0): Part[] {
  const leaves: Part[] = [];
  const stack = [part];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (isLeaf(next)) {
      leaves.push(next);
      continue;
    }
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i]!);
  }
  return leaves;
}

function setTrueSizes(root: OpenPart, partBytes: readonly number[]): void {
  // To a mail server an attached mail in base64 is a file like any other.
  const leaves = leavesOf(root, (part) => part.children.length === 0 || part.encoding !== 'identity');
  // A different count means that both sides see the structure differently; sizes given to the wrong parts would be worse than none.
  if (leaves.length !== partBytes.length) return;
  leaves.forEach((leaf, i) => {
    leaf.encodedBytes = Math.max(leaf.body.length, partBytes[i] ?? 0);
  });
  addMissingBytes(root);
}

/** An attached mail is as much longer as its leaves are. The tree is no deeper than the limits allow. */
function addMissingBytes(part: OpenPart): number {
  if (part.children.length === 0 || part.encoding !== 'identity') return part.encodedBytes - part.body.length;
  let missing = 0;
  for (const child of part.children) missing += addMissingBytes(child);
  part.encodedBytes = part.body.length + missing;
  return missing;
}

class MimeWalk {
  readonly notes = new Set<string>();
  readonly #source: Buffer;
  readonly #limits: ReadLimits;
  /** Every part that is open, outermost first. */
  readonly #open: OpenPart[] = [];
  readonly #boundaries = new Map<string, number[]>();
  #longestBoundary = 0;
  #parts = 0;

  constructor(source: Buffer, limits: ReadLimits) {
    this.#source = source;
    this.#limits = limits;
  }

  run(start: number): OpenPart {
    const root = this.#begin(start, 'text/plain');
    let position = this.#open.at(-1)!.bodyStart - 1;
    let falseDelimiters = 0;
    const source = this.#source;
    while (this.#boundaries.size > 0) {
      // A delimiter right behind the header has no line break of its own in front.
      const found = position >= 0 && source[position] === LF ? source.indexOf(delimiterStart, position) : source.indexOf(delimiterStart, Math.max(0, position));
      if (found < 0) break;
      const lineStart = found + 1;
      const match = this.#matchDelimiter(lineStart);
      if (match === null) {
        position = lineStart;
        if (++falseDelimiters > maxFalseDelimiters) {
          this.notes.add('mime_truncated');
          break;
        }
        continue;
      }
      const bodyEnd = found > 0 && source[found - 1] === 13 ? found - 1 : found;
      this.#closeDownTo(match.level + 1, bodyEnd);
      const parent = this.#open[match.level]!;
      if (match.closing) {
        this.#dropBoundary(parent, match.level);
        parent.boundary = null;
        position = match.next - 1;
        continue;
      }
      if (this.#parts >= this.#limits.parts) {
        this.notes.add('too_many_parts');
        break;
      }
      this.#begin(match.next, parent.isDigest ? 'message/rfc822' : 'text/plain');
      position = this.#open.at(-1)!.bodyStart - 1;
    }
    this.#closeDownTo(0, source.length);
    return root;
  }

  /** Reads the header at `start` and opens the part; an attached mail's own header follows at once. */
  #begin(start: number, defaultType: string): OpenPart {
    const block = parseHeader(this.#source, start, this.#limits.headerBytes, (from, to) => this.#matchDelimiter(from, to) !== null);
    if (block.truncated) this.notes.add('header_truncated');
    const part = describe(block.header, defaultType, block.bodyStart);
    this.#parts++;
    this.#open.at(-1)?.children.push(part);
    this.#open.push(part);
    const isMail = part.type === 'message/rfc822' || part.type === 'message/global';
    if (!part.type.startsWith('multipart/') && !isMail) return part;
    if (this.#open.length > this.#limits.depth) {
      this.notes.add('too_deep');
      part.type = 'application/octet-stream';
      return part;
    }
    if (isMail && part.encoding === 'identity') {
      if (block.bodyStart < this.#source.length && this.#parts < this.#limits.parts) this.#begin(block.bodyStart, 'text/plain');
      return part;
    }
    if (isMail) return part;
    const boundary = part.parameters.get('boundary') ?? this.#guessBoundary(block.bodyStart);
    if (boundary === null || boundary === '' || boundary.length > maxBoundaryChars) {
      this.notes.add('missing_boundary');
      return part;
    }
    part.boundary = boundary.trimEnd();
    part.isDigest = part.type === 'multipart/digest';
    const levels = this.#boundaries.get(part.boundary) ?? [];
    levels.push(this.#open.length - 1);
    this.#boundaries.set(part.boundary, levels);
    this.#longestBoundary = Math.max(this.#longestBoundary, part.boundary.length);
    return part;
  }

  #matchDelimiter(lineStart: number, knownEnd?: number): { level: number; closing: boolean; next: number } | null {
    const source = this.#source;
    let lineEnd = knownEnd ?? source.indexOf(LF, lineStart);
    if (lineEnd < 0) lineEnd = source.length;
    // Longer than any open boundary with its dashes and some trailing white space.
    if (lineEnd - lineStart > this.#longestBoundary + 80) return null;
    const next = Math.min(source.length, lineEnd + 1);
    const line = source.toString('latin1', lineStart + 2, lineEnd).trimEnd();
    let level = this.#boundaries.get(line)?.at(-1);
    if (level !== undefined) return { level, closing: false, next };
    if (!line.endsWith('--')) return null;
    level = this.#boundaries.get(line.slice(0, -2))?.at(-1);
    return level === undefined ? null : { level, closing: true, next };
  }

  #dropBoundary(part: OpenPart, level: number): void {
    if (part.boundary === null) return;
    const levels = this.#boundaries.get(part.boundary)?.filter((other) => other !== level) ?? [];
    if (levels.length === 0) this.#boundaries.delete(part.boundary);
    else this.#boundaries.set(part.boundary, levels);
  }

  /** Ends every part at `level` and deeper, where the last of them ends at `end`. */
  #closeDownTo(level: number, end: number): void {
    while (this.#open.length > level) {
      const part = this.#open.pop()!;
      this.#dropBoundary(part, this.#open.length);
      part.body = this.#source.subarray(Math.min(part.bodyStart, end), end);
      part.encodedBytes = part.body.length;
      if (part.boundary !== null && part.children.length > 0) this.notes.add('missing_end_boundary');
      if (part.type.startsWith('multipart/') && part.children.length === 0) {
        // No delimiter at all: whatever is there is text that someone can read.
        this.notes.add('missing_boundary');
        part.type = part.body.subarray(0, 2000).toString('latin1').includes('<html') ? 'text/html' : 'text/plain';
      }
      if (part.type === 'message/rfc822' && part.encoding !== 'identity') this.#unwrap(part);
    }
  }

  /** An attached mail in base64, which RFC 2046 forbids and programs make. */
  #unwrap(part: OpenPart): void {
    if (this.#open.length >= this.#limits.depth || this.#parts >= this.#limits.parts) return;
    const inner = decodeTransfer(part.body, part.encoding, 1024 * 1024);
    const walk = new MimeWalk(inner, { ...this.#limits, parts: this.#limits.parts - this.#parts, depth: this.#limits.depth - this.#open.length - 1 });
    part.children.push(walk.run(0));
    this.#parts += walk.#parts;
    for (const note of walk.notes) this.notes.add(note);
  }

  /** The first line that looks like a delimiter, where the boundary parameter is missing. */
  #guessBoundary(bodyStart: number): string | null {
    const head = this.#source.toString('latin1', bodyStart, Math.min(this.#source.length, bodyStart + 8192));
    return /(?:^|\n)--([^\s-][^\r\n]{0,200})\r?\n[A-Za-z-]+:/.exec(head)?.[1]?.trimEnd() ?? null;
  }
}

const typePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/;

function describe(header: Header, defaultType: string, bodyStart: number): OpenPart {
  // Of several Content-Type fields the first that names a type counts.
  const candidates = header.all('content-type').map((raw) => parseParameters(raw));
  const contentType = candidates.find((candidate) => typePattern.test(candidate.value.replaceAll(/\s/g, ''))) ?? candidates[0] ?? parseParameters(null);
  const value = contentType.value.replaceAll(/\s/g, '');
  const type = typePattern.test(value) ? value : value === 'text' || value === '' ? defaultType : 'text/plain';
  const disposition = parseParameters(header.raw('content-disposition'));
  const filename = disposition.parameters.get('filename') ?? contentType.parameters.get('name') ?? null;
  return {
    header,
    type,
    parameters: contentType.parameters,
    encoding: type.startsWith('multipart/') ? 'identity' : parseTransferEncoding(header.raw('content-transfer-encoding')),
    disposition: disposition.value,
    filename: filename === null ? null : safeFilename(filename),
    body: Buffer.alloc(0),
    encodedBytes: 0,
    children: [],
    bodyStart,
    boundary: null,
    isDigest: false,
  };
}

/** The name alone, without the folders that a crafted one may bring, and no longer than file systems allow. */
function safeFilename(name: string): string | null {
  const base = name.split(/[/\\]/).at(-1)?.trim() ?? '';
  if (base === '' || base === '.' || base === '..') return null;
  return base.length > 255 ? `${base.slice(0, 200)}…${base.slice(-50)}` : base;
}
