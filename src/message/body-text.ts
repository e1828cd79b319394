import { decodeBytes } from './charset.ts';
import { decodeTransfer, looksLikeBase64, type TransferEncoding } from './transfer-encoding.ts';
import { linesOfHtml } from './text-of-html.ts';
import { linesOfPlain } from './text-of-plain.ts';
import { splitQuotes } from './split-quotes.ts';
import { takeInlinePictures } from './inline-pictures.ts';
import { takeUuencoded } from './uuencoded-files.ts';
import type { EmbeddedFile } from './embedded-file.ts';
import type { MimePart } from './parse-mime.ts';
import type { ReadLimits } from './read-limits.ts';
import type { TextChoice } from './body-parts.ts';
import type { TextLine } from './text-lines.ts';

/** The lines of one stretch of the body, with the files that lay in its text. */
export interface BodyText {
  readonly lines: readonly TextLine[];
  readonly files: readonly EmbeddedFile[];
  readonly notes: readonly string[];
}

/** Markup that tells history from new words; a plain form in which no history is to be found is then the poorer one. */
const quotingMarkup = /<blockquote|gmail_quote|yahoo_quoted|protonmail_quote|divRplyFwdMsg|moz-cite-prefix|border-top:\s*solid #(?:e1e1e1|b5c4df)/i;

/** Reads a stretch of the body in its better form: the plain one, unless it is empty, a stub, or knows less of what is quoted. */
export function readBodyText(choice: TextChoice, limits: ReadLimits, maxChars: number): BodyText {
  const plain = choice.plain === null ? null : readPlain(choice.plain, maxChars);
  if (choice.html.length === 0) return plain ?? { lines: [], files: [], notes: [] };
  if (plain === null) return joinHtml(choice.html, limits, maxChars);
  const plainText = plain.lines.map((line) => line.text).join('\n');
  const sources = choice.html.map((part) => htmlSource(part, limits));
  const isPoorer = quotingMarkup.test(sources[0]?.html.slice(0, 300_000) ?? '') && !splitQuotes(plain.lines, false).some((kind) => kind === 'quote' || kind === 'forward');
  if (!isStub(plainText, sources) && !isPoorer) return plain;
  const html = joinHtml(choice.html, limits, maxChars);
  return visibleLength(html.lines) > 0 || visibleLength(plain.lines) === 0 ? html : plain;
}

function visibleLength(lines: readonly TextLine[]): number {
  return lines.reduce((sum, line) => sum + (line.mark === 'hidden' ? 0 : line.text.length), 0);
}

/** Nothing, or far less than the HTML says ("Your mail program shows no HTML"). */
function isStub(plain: string, sources: readonly HtmlSource[]): boolean {
  const length = plain.trim().length;
  if (length === 0) return true;
  if (length > 400) return false;
  // Tags gone by a rough cut: this is only a measure.
  const rough = sources.map((source) => source.html.slice(0, 100_000).replaceAll(/<style[^]*?<\/style>|<[^<>]*>|&\w+;|\s+/gi, ' ')).join(' ').replaceAll(/\s+/g, ' ').trim();
  return (length < 200 && /\bhtml\b|текстов\p{L}+ верси/iu.test(plain) && rough.length > length) || length * 4 < rough.length;
}

/** Some programs declare base64 and send the text as it is. */
function textEncoding(part: MimePart): TransferEncoding {
  return part.encoding === 'base64' && !looksLikeBase64(part.body) ? 'identity' : part.encoding;
}

function readPlain(part: MimePart, maxChars: number): BodyText {
  const notes: string[] = [];
  // Cyrillic and Chinese take 2 to 3 bytes a character; what is cut here would be cut below.
  const maxBytes = maxChars * 4;
  const decoded = decodeBytes(decodeTransfer(part.body, textEncoding(part), maxBytes), part.parameters.get('charset') ?? null);
  if (decoded.guessed) notes.push('charset_guessed');
  const { text, files } = takeUuencoded(decoded.text);
  if (text.length > maxChars || (part.encoding === 'identity' && part.body.length > maxBytes)) notes.push('text_truncated');
  const flowed = part.parameters.get('format')?.toLowerCase() === 'flowed';
  const lines = linesOfPlain(text.slice(0, maxChars), { flowed, deleteSpace: part.parameters.get('delsp')?.toLowerCase() === 'yes' });
  return { lines, files, notes };
}

interface HtmlSource {
  readonly html: string;
  readonly files: readonly EmbeddedFile[];
  readonly notes: readonly string[];
}

function htmlSource(part: MimePart, limits: ReadLimits): HtmlSource {
  const notes: string[] = [];
  // Pictures in data URIs make some HTML parts huge; they are taken out before the text is measured.
  const bytes = decodeTransfer(part.body, textEncoding(part), limits.htmlBytes * 8);
  const declared = part.parameters.get('charset') ?? /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? null;
  const pictures = takeInlinePictures(bytes, limits.sniffBytes);
  if (pictures.bytes.length > limits.htmlBytes) notes.push('text_truncated');
  const decoded = decodeBytes(pictures.bytes.subarray(0, limits.htmlBytes), declared);
  if (decoded.guessed) notes.push('charset_guessed');
  return { html: decoded.text, files: pictures.files, notes };
}

function joinHtml(parts: readonly MimePart[], limits: ReadLimits, maxChars: number): BodyText {
  const lines: TextLine[] = [];
  const files: EmbeddedFile[] = [];
  const notes: string[] = [];
  for (const part of parts) {
    const source = htmlSource(part, limits);
    const text = linesOfHtml(source.html, maxChars);
    if (text.truncated) notes.push('text_truncated');
    lines.push(...text.lines);
    files.push(...source.files);
    notes.push(...source.notes);
  }
  return { lines, files, notes };
}
