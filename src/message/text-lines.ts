/**
 * A line of a body, whether it came from plain text or from HTML: its text, how deep it is quoted, and what the markup around it says.
 */
export interface TextLine {
  readonly text: string;
  /** How many `>` or quoting elements it stands in. */
  readonly depth: number;
  readonly mark: LineMark | null;
}

/**
 * `hidden` no reader sees it · `signature` the mail program says so · `attribution` an introduction of quoted text · `header` the beginning of a
 * quoted or forwarded mail's header block · `indented` in a bare blockquote: a quote if something introduces it · `forward` in a forwarded mail.
 */
export type LineMark = 'hidden' | 'signature' | 'attribution' | 'header' | 'indented' | 'forward';

/** Where Outlook and Gmail leave out a picture: a line that no reader of the HTML sees. */
export const picturePlace = /^\s*\[(?:cid:|image:|изображение:|inline image)[^\]]{0,120}\]\s*$/i;

/** No mail that a person wrote has more lines, its history included. */
export const maxTextLines = 20_000;

/**
 * NFC, ordinary spaces and line feeds; no control characters and nothing that is invisible or reorders text: such characters can hide words from people
 * (tags U+E0000, variation selectors U+E0100) or make them read other than they are stored (bidirectional overrides).
 */
export function cleanText(text: string): string {
  const source = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  // Most text is plain Latin or Cyrillic and needs none of it.
  if (!/[^\n\t\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u3001-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3]/.test(source)) return source.normalize('NFC');
  return source
    .replaceAll(/[\u0085\u2028\u2029\v\f]/g, '\n')
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f]/g, ' ')
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}]|[\u{e0100}-\u{e01ef}]|[\u115f\u1160\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180d]/gu, '')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replaceAll(longMarks, '$1')
    .normalize('NFC');
}

/**
 * Runs of combining marks that no script writes (UAX 15, 13: 30 at most): normalising them takes time by the square of their length.
 */
export const longMarks = /(\p{M}{30})\p{M}+/gu;
