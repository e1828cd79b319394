import MarkdownIt from 'markdown-it';

/**
 * Markdown that the templates wrote, apart from text that came from a customer: the first is rendered, the second is escaped
 * character by character, so that no value can become a link, an image, a list or HTML.
 */
export class TrustedMarkdown {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toString(): string {
    return this.source;
  }
}

const maxValueCharacters = 200;

/**
 * A value as literal text within one line of Markdown. Control and format characters (line breaks, bidi overrides, zero-width) are
 * taken out: a line break would open a new block. CommonMark 0.31, 2.4: any ASCII punctuation may be escaped by a backslash.
 */
export function escapeMarkdown(value: string): string {
  const line = value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '').slice(0, maxValueCharacters).trim();
  return line.replace(/[!-/:-@[-`{-~]/gu, '\\$&');
}

/** html: false, no linkify: what looks like an address stays text. */
const markdown = new MarkdownIt('commonmark', { html: false, linkify: false, breaks: false });
type Token = ReturnType<typeof markdown.parse>[number];

export interface Rendered {
  readonly text: string;
  readonly html: string;
}

/** The same Markdown as HTML and as plain text. */
export function renderMarkdown(source: string): Rendered {
  const environment = {};
  const tokens = markdown.parse(source, environment);
  return { html: markdown.renderer.render(tokens, markdown.options, environment).trimEnd(), text: plainText(tokens) };
}

/** Blocks parted by a blank line, list items by `- ` or their number, emphasis dropped, a link's address behind its text. */
function plainText(tokens: readonly Token[]): string {
  const lines: string[] = [];
  const lists: { ordered: boolean; next: number }[] = [];
  let marker = '';
  let blankBefore = false;
  for (const token of tokens) {
    switch (token.type) {
      case 'bullet_list_open':
        if (lists.length === 0) blankBefore = lines.length > 0;
        lists.push({ ordered: false, next: 1 });
        break;
      case 'ordered_list_open':
        if (lists.length === 0) blankBefore = lines.length > 0;
        lists.push({ ordered: true, next: Number(token.attrGet('start') ?? 1) });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        blankBefore = true;
        break;
      case 'list_item_open': {
        const list = lists.at(-1);
        marker = list?.ordered ? `${list.next++}. ` : '- ';
        break;
      }
      case 'paragraph_open':
      case 'heading_open':
        if (lists.length === 0) blankBefore = lines.length > 0;
        break;
      case 'inline': {
        // As plain text a ready-made mail is a screen of percent signs; its lines stand above it.
        if (isReadyMailLink(token)) break;
        if (blankBefore) lines.push('');
        blankBefore = false;
        const indent = '  '.repeat(Math.max(0, lists.length - 1));
        const hanging = indent + ' '.repeat(marker.length);
        inlineText(token.children ?? []).split('\n').forEach((line, index) => lines.push((index === 0 ? indent + marker : hanging) + line));
        marker = '';
        break;
      }
      case 'fence':
      case 'code_block':
        lines.push('', ...token.content.trimEnd().split('\n').map((line) => `    ${line}`));
        break;
      case 'hr':
        lines.push('', '---');
        break;
    }
  }
  return `${lines.join('\n').trim()}\n`;
}

function isReadyMailLink({ children }: Token): boolean {
  const [link, ...rest] = children ?? [];
  return link?.type === 'link_open' && /^mailto:[^?]*\?/u.test(String(link.attrGet('href') ?? '')) && rest.at(-1)?.type === 'link_close';
}

function inlineText(tokens: readonly Token[]): string {
  let text = '';
  let href: string | null = null;
  let linkStart = 0;
  for (const token of tokens) {
    switch (token.type) {
      case 'softbreak':
        text += ' ';
        break;
      case 'hardbreak':
        text += '\n';
        break;
      case 'link_open':
        href = String(token.attrGet('href') ?? '');
        linkStart = text.length;
        break;
      case 'link_close': {
        const label = text.slice(linkStart);
        if (href !== null && href !== label && href !== `mailto:${label}`) text += ` (${href})`;
        href = null;
        break;
      }
      default:
        text += token.content;
    }
  }
  return text;
}
