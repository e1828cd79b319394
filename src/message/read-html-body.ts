import { chooseBodyParts } from './body-parts.ts';
import { decodeBytes } from './charset.ts';
import { leavesOf, type MimePart } from './parse-mime.ts';
import { defaultReadLimits } from './read-limits.ts';
import { parseMail } from './read-message.ts';
import { decodeTransfer, looksLikeBase64 } from './transfer-encoding.ts';

/** A mail's body as HTML, just as it was written: hostile until somebody has made it harmless. */
export interface HtmlBody {
  /** From top to bottom; between HTML there can be text alone. */
  readonly pieces: readonly { readonly kind: 'html' | 'text'; readonly text: string }[];
  /** The picture that `cid:ID` shows; null where the mail has none of that name, or only its beginning is there. */
  readonly pictureOf: (contentId: string) => Buffer | null;
  /** Something was too long, and cut. */
  readonly isCut: boolean;
}

export interface HtmlBodyLimits {
  /** Of the HTML with the pictures that lie in it. */
  readonly maxHtmlBytes: number;
  readonly maxPictureBytes: number;
}

/** Null where the mail has no HTML. Throws `NotAMessageError`. */
export function readHtmlBody(source: Buffer, partBytes: readonly number[] | null, { maxHtmlBytes, maxPictureBytes }: HtmlBodyLimits): HtmlBody | null {
  const { root } = parseMail(source, defaultReadLimits, partBytes);
  const choices = chooseBodyParts(root).texts;
  if (!choices.some(({ html }) => html.length > 0)) return null;
  let bytesLeft = maxHtmlBytes;
  let isCut = false;
  const pieceOf = (kind: 'html' | 'text', part: MimePart): HtmlBody['pieces'][number] => {
    const bytes = decodeTransfer(part.body, part.encoding === 'base64' && !looksLikeBase64(part.body) ? 'identity' : part.encoding, bytesLeft);
    if (bytes.length >= bytesLeft || part.encodedBytes > part.body.length) isCut = true;
    bytesLeft -= bytes.length;
    const inMeta = kind === 'html' ? (/<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? null) : null;
    return { kind, text: decodeBytes(bytes, part.parameters.get('charset') ?? inMeta).text };
  };
  const pieces = choices.flatMap(({ plain, html }) => {
    if (html.length > 0) return html.map((part) => pieceOf('html', part));
    return plain === null ? [] : [pieceOf('text', plain)];
  });
  const leaves = leavesOf(root);
  return {
    pieces,
    isCut,
    pictureOf: (contentId) => {
      const part = leaves.find((leaf) => leaf.header.raw('content-id')?.trim().replace(/^<(.*)>$/, '$1') === contentId);
      if (part === undefined || part.encodedBytes > part.body.length) return null;
      const bytes = decodeTransfer(part.body, part.encoding, maxPictureBytes + 1);
      return bytes.length > maxPictureBytes ? null : bytes;
    },
  };
}
