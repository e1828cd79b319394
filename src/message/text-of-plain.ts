import { takeOverridden } from './overridden-text.ts';
import { cleanText, maxTextLines, picturePlace, type TextLine } from './text-lines.ts';

/** RFC 3676: how a `text/plain` part was wrapped. */
export interface FlowedFormat {
  readonly flowed: boolean;
  readonly deleteSpace: boolean;
}

// `>` marks with the spaces between them. Other marks (`|`, initials) are too often the customer's own.
const quoteMarks = /^(?: {0,2}>)+ ?/;

/** The lines of a plain text part, quote marks counted and taken off, soft breaks of `format=flowed` joined. */
export function linesOfPlain(raw: string, format: FlowedFormat): TextLine[] {
  const shown = takeOverridden(raw);
  const source = cleanText(shown.text).split('\n', maxTextLines);
  const lines: TextLine[] = [];
  let open: { text: string; depth: number } | null = null;
  for (const rawLine of source) {
    const marked = takeQuoteMarks(rawLine);
    const { depth } = marked;
    const unquoted = picturePlace.test(marked.text) ? '' : marked.text;
    if (!format.flowed) {
      lines.push({ text: unquoted === '-- ' ? unquoted : unquoted.trimEnd(), depth, mark: null });
      continue;
    }
    // RFC 3676, 4.4: one space was stuffed in front.
    const text: string = unquoted.startsWith(' ') && depth === 0 ? unquoted.slice(1) : unquoted;
    const isSignature = text === '-- ';
    if (open !== null && open.depth === depth && !isSignature) open.text += text;
    else {
      if (open !== null) lines.push({ text: open.text.trimEnd(), depth: open.depth, mark: null });
      open = { text, depth };
    }
    if (text.endsWith(' ') && !isSignature) {
      if (format.deleteSpace) open.text = open.text.slice(0, -1);
      continue;
    }
    lines.push({ text: isSignature ? text : open.text.trimEnd(), depth: open.depth, mark: null });
    open = null;
  }
  if (open !== null) lines.push({ text: open.text.trimEnd(), depth: open.depth, mark: null });
  for (const taken of shown.taken) lines.push({ text: cleanText(taken).trim(), depth: 0, mark: 'hidden' });
  return lines;
}

/** Quote marks at the beginning of a line. `>From` is an mbox escape, and `>` before no space in the middle of own words no mark at all. */
export function takeQuoteMarks(line: string): { readonly depth: number; readonly text: string } {
  const marks = quoteMarks.exec(line)?.[0];
  if (marks === undefined) return { depth: 0, text: line };
  if (line.startsWith('>From ')) return { depth: 0, text: line.slice(1) };
  return { depth: marks.split('>').length - 1, text: line.slice(marks.length) };
}
