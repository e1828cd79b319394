import type { MessageStructureObject } from 'imapflow';
import type { FetchDepth } from './mailbox.ts';

/** How much of a mail is read. All in encoded bytes. */
export const readLimits = {
  /** A mail up to this size is taken whole. */
  wholeMailBytes: 64 * 1024,
  /** Of a text part. */
  textBytes: 1024 * 1024,
  /** Of an attachment: enough for its magic bytes, dimensions and camera data. */
  attachmentBytes: 64 * 1024,
  /** Of a picture or a document that someone is to look into, and of a mail with such. */
  fileBytes: 17 * 1024 * 1024,
  filesMailBytes: 24 * 1024 * 1024,
  /** With more parts than this, or a header and boundaries larger than `frameBytes`, only the beginning is read, as it stands. */
  parts: 100,
  frameBytes: 256 * 1024,
  /** That beginning. */
  beginningBytes: 2 * 1024 * 1024,
  /** Of one mail altogether. */
  mailBytes: 4 * 1024 * 1024,
} as const;

/** How much of a leaf is read. Recordings are long, and known by their beginning. */
export function leafLimitBytes(type: string, isText: boolean, depth: FetchDepth): number {
  // HTML may have pictures pasted into it; Outlook's wrapping holds text and files.
  if (depth === 'files' && /^(?:image\/|text\/html|application\/(?:pdf|octet-stream|zip|msword|(?:vnd\.)?ms-tnef|vnd\.(?:openxmlformats|oasis))|message\/)/.test(type)) return readLimits.fileBytes;
  return isText || type.endsWith('ms-tnef') ? readLimits.textBytes : readLimits.attachmentBytes;
}

/** How much of a mail is read. */
export function mailLimitBytes(maxMailBytes: number, depth: FetchDepth): number {
  return depth === 'files' ? Math.max(maxMailBytes, readLimits.filesMailBytes) : maxMailBytes;
}

/** A leaf of the MIME tree. */
export interface SlimLeaf {
  readonly kind: 'leaf';
  readonly headerSection: string;
  readonly bodySection: string;
  readonly bytes: number;
  readonly readBytes: number;
}

/** `HEADER` is the section of the mail's own header, `2.MIME` of a part's, `2.HEADER` of the mail attached as that part. */
export type SlimNode =
  | SlimLeaf
  | { readonly kind: 'multipart'; readonly headerSection: string; readonly boundary: string; readonly children: readonly SlimNode[] }
  | { readonly kind: 'message'; readonly headerSection: string; readonly content: SlimNode };

/** What to fetch of a large mail: the same MIME tree with its leaves cut. */
export interface SlimPlan {
  readonly root: SlimNode;
  readonly leaves: readonly SlimLeaf[];
  /** Sections with the most bytes to fetch of each; mails with equal keys can be fetched by one command. */
  readonly sections: readonly { readonly key: string; readonly maxBytes: number }[];
  readonly key: string;
  readonly readBytes: number;
}

/** Null where the structure is unusable or too large: then the mail's beginning is read instead. */
export function planSlimFetch(structure: MessageStructureObject | undefined, mailBytes: number, maxMailBytes: number, depth: FetchDepth = 'beginnings'): SlimPlan | null {
  if (structure === undefined) return null;
  const bodyBudget = Math.max(mailLimitBytes(maxMailBytes, depth) - readLimits.frameBytes, 0);
  const walk: Walk = { leaves: [], headers: [], left: bodyBudget, depth };
  const root = planNode(walk, structure, 'HEADER', 'TEXT', 0);
  const { leaves, headers } = walk;
  const frame = mailBytes - leaves.reduce((sum, leaf) => sum + leaf.bytes, 0);
  if (root === null || frame < 0 || frame > readLimits.frameBytes) return null;
  const sections = [
    ...headers.map((key) => ({ key, maxBytes: readLimits.frameBytes })),
    // Rounded up, so that more mails share one command; never beyond the part's limit.
    ...leaves.filter((leaf) => leaf.readBytes > 0).map((leaf) => ({ key: leaf.bodySection, maxBytes: roundUp(leaf.readBytes) })),
  ];
  const key = sections.map((section) => `${section.key}<${section.maxBytes}`).join(' ');
  return { root, leaves, sections, key, readBytes: frame + bodyBudget - walk.left };
}

interface Walk {
  readonly leaves: SlimLeaf[];
  readonly headers: string[];
  left: number;
  readonly depth: FetchDepth;
}

function planNode(walk: Walk, node: MessageStructureObject, headerSection: string, bodySection: string, depth: number): SlimNode | null {
  if (depth > 30 || walk.leaves.length >= readLimits.parts) return null;
  walk.headers.push(headerSection);
  if (node.type.startsWith('multipart/')) {
    const boundary = node.parameters?.['boundary'] ?? '';
    const children: SlimNode[] = [];
    for (const child of node.childNodes ?? []) {
      const planned = child.part === undefined ? null : planNode(walk, child, `${child.part}.MIME`, child.part, depth + 1);
      if (planned === null) return null;
      children.push(planned);
    }
    return boundary === '' || children.length === 0 ? null : { kind: 'multipart', headerSection, boundary, children };
  }
  const inner = node.childNodes?.[0];
  if (node.type === 'message/rfc822' && inner !== undefined && /^(?:7bit|8bit|binary)?$/.test(node.encoding ?? '')) {
    if (node.part === undefined) return null;
    const content = planNode(walk, inner, `${node.part}.HEADER`, `${node.part}.TEXT`, depth + 1);
    return content === null ? null : { kind: 'message', headerSection, content };
  }
  const bytes = node.size ?? 0;
  const text = node.type.startsWith('text/') && node.disposition !== 'attachment';
  // A file too large to be looked into is not fetched for it.
  const leafDepth = bytes > readLimits.fileBytes ? 'beginnings' : walk.depth;
  const readBytes = Math.min(bytes, leafLimitBytes(node.type, text, leafDepth), walk.left);
  walk.left -= readBytes;
  const leaf: SlimLeaf = { kind: 'leaf', headerSection, bodySection, bytes, readBytes };
  walk.leaves.push(leaf);
  return leaf;
}

function roundUp(bytes: number): number {
  return bytes <= readLimits.attachmentBytes ? readLimits.attachmentBytes : bytes <= readLimits.textBytes ? readLimits.textBytes : readLimits.fileBytes;
}
