import { decodeBase64Tail, decodedSize, decodeTransfer } from './transfer-encoding.ts';
import { sniffAttachment } from './sniff-attachment.ts';
import type { Attachment } from './message.ts';
import type { MimePart } from './parse-mime.ts';
import type { ReadLimits } from './read-limits.ts';

// Longer than the directory of any zip that a customer sends.
const maxTailBytes = 256 * 1024;

/** Reads an attachment's kind from its first bytes; no attachment is ever decoded as a whole. */
export async function readAttachment(part: MimePart, limits: ReadLimits): Promise<Attachment> {
  const isMail = part.children.length > 0;
  const head = decodeTransfer(part.body, part.encoding, limits.sniffBytes);
  const bytes = decodedSize(part.body, part.encoding, part.encodedBytes);
  if (isMail) return { filename: part.filename, type: part.type, bytes, kind: 'document', flags: [] };
  return sniffAttachment({ filename: part.filename, declaredType: part.type, head, tail: archiveTail(part, head), bytes, isInline: isShownInline(part) });
}

function archiveTail(part: MimePart, head: Buffer): Buffer {
  if (head.length < 4 || head.toString('latin1', 0, 2) !== 'PK') return Buffer.alloc(0);
  return part.encoding === 'base64' ? decodeBase64Tail(part.body, maxTailBytes) : part.body.subarray(Math.max(0, part.body.length - maxTailBytes));
}

function isShownInline(part: MimePart): boolean {
  return part.disposition === 'inline' || (part.disposition === '' && part.header.has('content-id'));
}
