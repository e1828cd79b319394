import { Parser } from 'htmlparser2';
import { landmarkOf } from './html-landmarks.ts';
import { StyleRules } from './html-style-rules.ts';
import { isHidden, pageVisibility, parseStyle, within, type Style, type Visibility } from './html-visibility.ts';
import { cleanText, maxTextLines, picturePlace, type LineMark, type TextLine } from './text-lines.ts';
import { takeOverridden } from './overridden-text.ts';
import { takeQuoteMarks } from './text-of-plain.ts';

export interface HtmlText {
  readonly lines: readonly TextLine[];
  /** Something was left out: too deep or too long. */
  readonly truncated: boolean;
}

interface Frame {
  readonly visibility: Visibility;
  readonly depth: number;
  readonly mark: LineMark | null;
  readonly row: Row | null;
}

/** A table row: where its last cell began, so that short cells are put on one line. */
interface Row {
  cells: number;
  cellStart: number;
}

const blocks = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'details', 'dir', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'html', 'legend', 'li', 'main', 'menu', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'table', 'tbody',
  'tfoot', 'thead', 'tr', 'ul',
]);
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'dl', 'hr', 'pre', 'table']);
const unread = new Set(['script', 'template', 'title', 'xml', 'o:shapedefaults', 'noframes', 'object', 'applet', 'iframe', 'svg', 'math', 'audio', 'video', 'canvas']);

// htmlparser2 keeps its open elements at the front of an array: deep nesting is quadratic there, so the walk ends where no real mail gets.
const maxDepth = 500;
const chunkChars = 8192;
const maxCellChars = 100;

/** The lines a reader would see, from top to bottom, with those that are hidden between them. Never throws, whatever the markup. */
export function linesOfHtml(html: string, maxChars: number): HtmlText {
  const walk = new HtmlWalk(maxChars);
  // Parsing costs little beside the marks and styles, but all of it can be made to cost more than it should: it is fed in pieces and watched.
  for (let i = 0; i < html.length && !walk.isFull; i += chunkChars) walk.write(html.slice(i, i + chunkChars));
  return walk.end();
}

class HtmlWalk {
  readonly #lines: TextLine[] = [];
  readonly #frames: Frame[] = [{ visibility: pageVisibility, depth: 0, mark: null, row: null }];
  readonly #rules = new StyleRules();
  readonly #parser: Parser;
  readonly #maxChars: number;
  #chars = 0;
  // A long buffer is never looked through again: pieces come by the thousand.
  #buffer = '';
  #bufferHasWords = false;
  #endsInSpace = true;
  /** A cell has just begun on the line of the one before it: a paragraph within it begins no line of its own. */
  #isAtCell = false;
  #hidden = '';
  #lineFrame: Frame | null = null;
  #blankDue = false;
  #isTight = false;
  #prefix = '';
  #unreadDepth = 0;
  #sheet: string | null = null;
  #truncated = false;

  constructor(maxChars: number) {
    this.#maxChars = maxChars;
    this.#parser = new Parser({
      onopentag: (name, attributes) => this.#openTag(name, attributes),
      ontext: (text) => this.#text(text),
      onclosetag: (name) => this.#closeTag(name),
    });
  }

  get isFull(): boolean {
    if (this.#frames.length <= maxDepth && this.#chars <= this.#maxChars && this.#lines.length <= maxTextLines) return false;
    this.#truncated = true;
    return true;
  }

  write(chunk: string): void {
    this.#parser.write(chunk);
  }

  end(): HtmlText {
    if (!this.#truncated) this.#parser.end();
    this.#flush();
    return { lines: this.#lines, truncated: this.#truncated };
  }

  get #frame(): Frame {
    return this.#frames.at(-1)!;
  }

  #openTag(tag: string, attributes: Record<string, string>): void {
    if (unread.has(tag)) this.#unreadDepth++;
    if (tag === 'style') this.#sheet = '';
    const outer = this.#frame;
    if (tag === 'br') this.#breakLine();
    if (tag === 'td' || tag === 'th') this.#beginCell(outer.row);
    else if (blocks.has(tag) && !this.#isAtCell) this.#flush();
    const inline: Style = attributes['style'] === undefined ? noStyle : parseStyle(attributes['style']);
    const style = this.#rules.isEmpty ? inline : this.#rules.styleOf(tag, attributes['class'], attributes['id'], inline);
    // Word's and Outlook's paragraphs have no margins: their users make empty ones instead.
    if (tag === 'p') this.#isTight = /\bmso|\bplaintext/i.test(attributes['class'] ?? '') || style.get('margin')?.startsWith('0') === true;
    if (spaced.has(tag) && !(tag === 'p' && this.#isTight) && !this.#isAtCell && this.#prefix === '') this.#blankDue = true;
    const visibility = within(outer.visibility, style, attributes, tag);
    const { quotes, mark } = landmarkOf(tag, attributes, style);
    const row: Row | null = tag === 'tr' ? { cells: 0, cellStart: this.#lines.length } : tag === 'table' ? null : outer.row;
    this.#frames.push(
      visibility === outer.visibility && !quotes && mark === null && row === outer.row
        ? outer
        : { visibility, depth: outer.depth + (quotes ? 1 : 0), mark: mark ?? outer.mark, row },
    );
    if (tag === 'li') this.#prefix = '- ';
  }

  #closeTag(tag: string): void {
    if (unread.has(tag)) this.#unreadDepth = Math.max(0, this.#unreadDepth - 1);
    if (tag === 'style' && this.#sheet !== null) {
      this.#rules.add(this.#sheet);
      this.#sheet = null;
    }
    if (blocks.has(tag)) this.#flush();
    // The margins of a cell's paragraphs do not part the rows of a table.
    if (tag === 'td' || tag === 'th') this.#blankDue = false;
    else if (spaced.has(tag) && !(tag === 'p' && this.#isTight)) this.#blankDue = true;
    if (this.#frames.length > 1) this.#frames.pop();
  }

  #text(text: string): void {
    if (this.#sheet !== null) {
      this.#sheet += text;
      return;
    }
    if (this.#unreadDepth > 0 || this.#chars > this.#maxChars) return;
    const frame = this.#frame;
    if (isHidden(frame.visibility)) {
      if (this.#hidden.length < this.#maxChars) this.#hidden += text;
      return;
    }
    if (frame.visibility.preformatted) {
      const pieces = text.replaceAll('\r\n', '\n').split('\n');
      for (const [i, piece] of pieces.entries()) {
        if (i > 0) this.#breakLine();
        this.#append(piece);
      }
      return;
    }
    const collapsed = text.replaceAll(/[ \t\r\n\f]+/g, ' ');
    this.#append(this.#endsInSpace ? collapsed.replace(/^ /, '') : collapsed);
  }

  #append(text: string): void {
    if (text === '') return;
    // A line takes the frame of its first words: white space before a link or a bold word says nothing.
    if (!this.#bufferHasWords) {
      this.#lineFrame = this.#frame;
      this.#bufferHasWords = /\S/.test(text);
      if (this.#bufferHasWords && this.#prefix !== '') {
        this.#buffer += this.#prefix;
        this.#prefix = '';
      }
    }
    if (/\S/.test(text)) this.#isAtCell = false;
    this.#buffer += text;
    this.#endsInSpace = /[ \t]$/.test(text.slice(-1));
    this.#chars += text.length;
  }

  #beginCell(row: Row | null): void {
    if (row === null) {
      this.#flush();
      return;
    }
    if (row.cells > 0) {
      const last = this.#lines.at(-1);
      if (!this.#bufferHasWords && last !== undefined && this.#lines.slice(row.cellStart).filter((line) => line.text !== '').length === 1) {
        if (last.mark !== 'hidden' && last.text !== '' && last.text.length <= maxCellChars && last.depth === this.#frame.depth) {
          this.#lines.pop();
          this.#buffer = last.text;
          this.#bufferHasWords = true;
          this.#lineFrame = this.#frame;
          this.#blankDue = false;
        }
      }
      if (this.#bufferHasWords) {
        this.#buffer += '\t';
        this.#endsInSpace = true;
        this.#isAtCell = true;
        this.#chars++;
      }
    }
    row.cells++;
    row.cellStart = this.#lines.length;
  }

  #breakLine(): void {
    if (!this.#bufferHasWords && this.#hidden === '') this.#push('', this.#frame);
    else this.#flush();
  }

  #flush(): void {
    const text = this.#buffer;
    const hidden = this.#hidden;
    this.#buffer = '';
    this.#bufferHasWords = false;
    this.#endsInSpace = true;
    this.#isAtCell = false;
    this.#hidden = '';
    const { text: shown, taken } = takeOverridden(text);
    if (text !== '') this.#push(shown, this.#lineFrame ?? this.#frame);
    for (const piece of taken) this.#lines.push({ text: cleanText(piece).trim(), depth: 0, mark: 'hidden' });
    this.#lineFrame = null;
    if (hidden.trim() !== '') {
      const collapsed = cleanText(hidden).replaceAll(/\s+/g, ' ').trim();
      if (collapsed !== '') this.#lines.push({ text: collapsed, depth: 0, mark: 'hidden' });
    }
  }

  #push(raw: string, frame: Frame): void {
    for (const line of cleanText(raw).split('\n')) {
      const isBlank = line.trim() === '';
      if (this.#blankDue && this.#lines.length > 0 && this.#lines.at(-1)?.text !== '') this.#lines.push({ text: '', depth: this.#lines.at(-1)?.depth ?? 0, mark: frame.mark });
      this.#blankDue = false;
      if (isBlank) {
        this.#lines.push({ text: '', depth: frame.depth, mark: frame.mark });
        continue;
      }
      // Quote marks typed or left by a plain text program.
      const { depth, text } = takeQuoteMarks(line.trimEnd());
      this.#lines.push({ text: picturePlace.test(text) ? '' : text.trim(), depth: frame.depth + depth, mark: frame.mark });
    }
  }
}

const noStyle: Style = new Map();
