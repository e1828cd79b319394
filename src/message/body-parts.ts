import { leavesOf, type MimePart } from './parse-mime.ts';

/** What of a mail is read as its body, what is a mail passed on, and what is attached. */
export interface BodyParts {
  /** Text parts in reading order; each is an alternative between plain and HTML. */
  readonly texts: readonly TextChoice[];
  /** Mails attached as such. */
  readonly forwards: readonly MimePart[];
  readonly attachments: readonly MimePart[];
}

/** One stretch of the body in the forms that the sender offers; at least one is there. */
export interface TextChoice {
  readonly plain: MimePart | null;
  /** Apple Mail cuts its HTML at every picture: pieces in their order. */
  readonly html: readonly MimePart[];
}

const plainTypes = new Set(['text/plain', 'text', 'text/enriched']);

function isBodyText(part: MimePart): boolean {
  if (part.children.length > 0 || (!plainTypes.has(part.type) && part.type !== 'text/html')) return false;
  return part.disposition !== 'attachment' && (part.filename === null || part.disposition !== 'inline');
}

/** Sorts the leaves of a tree. A mail without any text of its own takes a named text part for its body. */
export function chooseBodyParts(root: MimePart): BodyParts {
  const texts: TextChoice[] = [];
  const forwards: MimePart[] = [];
  const attachments: MimePart[] = [];
  // The tree is as deep as the limits allow, so that recursion is bounded.
  const visit = (part: MimePart): void => {
    if (part.type === 'multipart/alternative') {
      visitAlternative(part);
    } else if (part.children.length > 0 && part.type.startsWith('multipart/')) {
      for (const child of part.children) visit(child);
    } else if (part.type === 'message/rfc822' || part.type === 'message/global') {
      forwards.push(part);
      attachments.push(part);
    } else if (isBodyText(part)) {
      texts.push(part.type === 'text/html' ? { plain: null, html: [part] } : { plain: part, html: [] });
    } else {
      attachments.push(part);
    }
  };
  const visitAlternative = (part: MimePart): void => {
    let plain: MimePart | null = null;
    const html: MimePart[] = [];
    for (const child of part.children) {
      for (const leaf of child.type.startsWith('multipart/') ? leavesOf(child) : [child]) {
        if (leaf.type === 'text/html' && isBodyText(leaf)) html.push(leaf);
        else if (plain === null && plainTypes.has(leaf.type) && isBodyText(leaf)) plain = leaf;
        else if (leaf.type !== 'text/x-amp-html' && !isBodyText(leaf)) visit(leaf);
      }
    }
    if (plain !== null || html.length > 0) texts.push({ plain, html });
  };
  visit(root);
  if (texts.length === 0) {
    const named = attachments.find((part) => plainTypes.has(part.type) && part.disposition === 'inline');
    if (named !== undefined) return { texts: [{ plain: named, html: [] }], forwards, attachments: attachments.filter((part) => part !== named) };
  }
  return { texts, forwards, attachments };
}
