import type { Element, ElementContent, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sanitize, type Schema } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { readImageHeader } from '../message/image-header.ts';

export interface HarmlessOptions {
  /** Whether pictures of other servers may stay in. */
  readonly withRemotePictures: boolean;
  /** The mail's own picture of this Content-ID. */
  readonly pictureOf: (contentId: string) => Buffer | null;
  /** Of all the pictures that come with the mail. */
  readonly maxPictureBytes: number;
  /** Whether the mail's own look stays: only in a frame of its own, where a page's rules do not forbid it. */
  readonly withStyles?: boolean;
}

const blocks = ['address', 'article', 'aside', 'blockquote', 'center', 'dd', 'div', 'dl', 'dt', 'figcaption', 'figure', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'ol', 'p', 'pre', 'section', 'ul'];
const words = ['a', 'abbr', 'b', 'bdi', 'big', 'br', 'cite', 'code', 'del', 'em', 'font', 'i', 'img', 'ins', 'kbd', 'mark', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'wbr'];
const tables = ['caption', 'col', 'colgroup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr'];

// No names and ids: nothing in a mail may be taken for a part of the page.
const schema: Schema = {
  tagNames: [...blocks, ...words, ...tables],
  attributes: {
    '*': ['align', 'bgColor', 'color', 'dir', 'height', 'lang', 'style', 'title', 'vAlign', 'width'],
    a: ['href'],
    font: ['face', 'size'],
    img: ['alt', 'src'],
    ol: ['start', 'type'],
    table: ['border', 'cellPadding', 'cellSpacing'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['http', 'https', 'data', 'cid'] },
  // With what is in them; the words in all other unknown elements stay.
  strip: ['script', 'style', 'title', 'svg', 'math', 'iframe', 'object', 'embed', 'template', 'noscript', 'noembed', 'noframes', 'xmp', 'plaintext', 'textarea', 'select', 'button', 'audio', 'video', 'canvas', 'applet', 'frameset'],
  allowComments: false,
  allowDoctypes: false,
  clobber: [],
};

const maxPicturePixels = 40_000_000;
const maxSpan = 100;

/**
 * A mail's HTML without anything that could run, be fetched, or show what is not there. Read by a parser that reads as browsers do, so that they see what was checked. Throws `RangeError` where
 * elements lie in each other so deep that no browser would show them.
 */
export function harmlessHtml(markup: string, options: HarmlessOptions): string {
  const parsed = fromHtml(markup, { fragment: true });
  refuseDepth(parsed);
  const cleaned = sanitize(parsed, schema);
  const root: Root = cleaned.type === 'root' ? cleaned : { type: 'root', children: cleaned.type === 'doctype' ? [] : [cleaned] };
  const cleaner = new Cleaner(options);
  cleaner.clean(root.children);
  return toHtml(root, { closeEmptyElements: false });
}

const maxDepth = 400;

/** Without recursion: the functions that follow go as deep as the tree does. */
function refuseDepth(root: Root): void {
  const stack: { readonly children: readonly (RootContent | ElementContent)[]; readonly depth: number }[] = [{ children: root.children, depth: 0 }];
  for (let level = stack.pop(); level !== undefined; level = stack.pop()) {
    if (level.depth > maxDepth) throw new RangeError('The mail lies in itself too deep.');
    for (const child of level.children) if (child.type === 'element') stack.push({ children: child.children, depth: level.depth + 1 });
  }
}

class Cleaner {
  readonly #options: HarmlessOptions;
  #pictureBytesLeft: number;

  constructor(options: HarmlessOptions) {
    this.#options = options;
    this.#pictureBytesLeft = options.maxPictureBytes;
  }

  clean(children: readonly (RootContent | ElementContent)[]): void {
    for (const child of children) {
      // Letters that turn round what follows: "moc.knab" for "bank.com".
      if (child.type === 'text') child.value = child.value.replaceAll(/[\u202d\u202e]/gu, '');
      if (child.type !== 'element') continue;
      this.#cleanElement(child);
      this.clean(child.children);
    }
  }

  #cleanElement({ tagName, properties, ...element }: Element): void {
    const style = this.#options.withStyles === false ? '' : harmlessStyle(typeof properties['style'] === 'string' ? properties['style'] : '');
    if (style === '') delete properties['style'];
    else properties['style'] = style;
    for (const span of ['colSpan', 'rowSpan']) if (Number(properties[span] ?? 1) > maxSpan) delete properties[span];
    if (tagName === 'a' && typeof properties['href'] === 'string') {
      properties['target'] = '_blank';
      properties['rel'] = ['noopener', 'noreferrer', 'nofollow'];
      // What is written on a link need not be where it leads.
      properties['title'] = properties['href'].slice(0, 500);
    }
    if (tagName === 'img') this.#cleanPicture({ tagName, properties, ...element });
  }

  #cleanPicture({ properties }: Element): void {
    const source = typeof properties['src'] === 'string' ? properties['src'] : '';
    delete properties['src'];
    if (/^https?:/iu.test(source)) {
      if (this.#options.withRemotePictures) properties['src'] = source;
      else properties['className'] = ['kept-out'];
      return;
    }
    const bytes = /^cid:/iu.test(source) ? this.#options.pictureOf(decoded(source.slice(4))) : bytesOfDataUri(source);
    const header = bytes === null ? null : readImageHeader(bytes);
    const isShown = header !== null && shownTypes.has(header.type) && header.width * header.height <= maxPicturePixels;
    if (bytes === null || !isShown || bytes.length > this.#pictureBytesLeft) {
      properties['className'] = ['kept-out'];
      return;
    }
    this.#pictureBytesLeft -= bytes.length;
    properties['src'] = `data:${header.type};base64,${bytes.toString('base64')}`;
  }
}

const shownTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The declared type is not asked: what it is, its bytes say. */
function bytesOfDataUri(uri: string): Buffer | null {
  const comma = uri.indexOf(',');
  return /^data:image\/[^,]{1,100};base64$/iu.test(uri.slice(0, Math.max(0, comma))) ? Buffer.from(uri.slice(comma + 1), 'base64') : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Nothing that fetches, moves out of its place, or lies over something else.
const styleNames = /^(?:color|background-color|font|font-(?:family|size|style|weight|variant)|text-(?:align|decoration|decoration-line|indent|transform)|line-height|letter-spacing|vertical-align|white-space|list-style-type|display|(?:min-|max-)?width|height|(?:margin|padding)(?:-(?:top|right|bottom|left))?|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?|border-(?:collapse|spacing|radius))$/u;
const styleValue = /^(?:[\w #%.,'"!]|(?<![\d.])-(?=[a-z])|(?<=\w)-(?=\w)|(?:rgb|hsl)a?\([\d\s.,%/deg]*\))*$/iu;

function harmlessStyle(style: string): string {
  return style.slice(0, 5_000).split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    return styleNames.test(name) && value.length <= 200 && styleValue.test(value) ? [`${name}:${value}`] : [];
  }).join(';');
}
