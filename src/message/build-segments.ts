import { findSignature, type OwnKind } from './find-signature.ts';
import { partSharedLines } from './shared-lines.ts';
import { splitQuotes, type LineKind } from './split-quotes.ts';
import type { Segment, SegmentKind } from './message.ts';
import type { TextLine } from './text-lines.ts';

/** What about the mail helps to tell its parts apart. */
export interface Sender {
  /** Words by which the sender may sign; see `nameWords`. */
  readonly nameWords: readonly string[];
  /** The subject says that a mail is passed on. */
  readonly isForward: boolean;
}

/** Turns the lines of a body into its segments, from top to bottom. */
export function buildSegments(written: readonly TextLine[], sender: Sender): Segment[] {
  const lines = partSharedLines(written);
  const quoting = splitQuotes(lines, sender.isForward);
  const kinds = labelSignatures(lines, quoting, sender.nameWords);
  const segments: Segment[] = [];
  let start = 0;
  while (start < lines.length) {
    const kind = kinds[start]!;
    let end = start + 1;
    while (end < lines.length && (kinds[end] === kind || (lines[end]?.text === '' && kindAfterBlanks(lines, kinds, end) === kind))) end++;
    const text = joinLines(lines.slice(start, end));
    if (text !== '') {
      const question = kind === 'own' ? questionAbove(lines, kinds, start, end) : null;
      segments.push({ kind, text, question });
    }
    start = end;
  }
  return segments;
}

function kindAfterBlanks(lines: readonly TextLine[], kinds: readonly SegmentKind[], from: number): SegmentKind | null {
  let i = from;
  while (i < lines.length && lines[i]?.text === '') i++;
  return kinds[i] ?? null;
}

function joinLines(lines: readonly TextLine[]): string {
  const text = lines.map((line) => line.text).join('\n');
  // Not /\s+$/: a run of spaces within the text would be tried from each of them.
  return text.replaceAll(/\n{3,}/g, '\n\n').replace(/^\n+/, '').trimEnd();
}

/** Looks for signatures in every stretch of own lines: above the history and below it. */
function labelSignatures(lines: readonly TextLine[], quoting: readonly LineKind[], nameWords: readonly string[]): SegmentKind[] {
  const kinds: SegmentKind[] = [...quoting];
  let start = 0;
  while (start < lines.length) {
    if (quoting[start] !== 'own') {
      start++;
      continue;
    }
    let end = start;
    // Hidden text does not end a stretch: the name below it is still the signature of what stands above it.
    while (end < lines.length && (quoting[end] === 'own' || quoting[end] === 'hidden')) end++;
    const own: number[] = [];
    for (let i = start; i < end; i++) if (quoting[i] === 'own') own.push(i);
    const found: OwnKind[] = findSignature(own.map((i) => lines[i]!), nameWords);
    own.forEach((lineAt, i) => {
      kinds[lineAt] = found[i] ?? 'own';
    });
    start = end;
  }
  return kinds;
}

const maxQuestionChars = 1000;

/**
 * The quoted text right above own words that answer it: where more history follows below them, or where it asks something. An answer written below the whole of a mail
 * has no question.
 */
function questionAbove(lines: readonly TextLine[], kinds: readonly SegmentKind[], start: number, end: number): string | null {
  let last = start - 1;
  while (last >= 0 && (lines[last]?.text === '' || kinds[last] === 'hidden')) last--;
  if (last < 0 || kinds[last] !== 'quote' || (lines[last]?.depth === 0 && lines[last]?.mark !== 'indented')) return null;
  const depth = lines[last]?.depth ?? 0;
  const above: string[] = [];
  for (let i = last; i >= 0 && kinds[i] === 'quote' && lines[i]?.text !== '' && (lines[i]?.depth ?? 0) >= Math.min(depth, 1); i--) {
    const text = lines[i]?.text ?? '';
    above.unshift(text);
    // One item of a list is one question.
    if (/^\s*(?:[-*•–]|\d{1,2}[.)])\s/.test(text)) break;
  }
  const question = above.join('\n').trim().slice(-maxQuestionChars);
  if (question === '') return null;
  const goesOn = kinds.slice(end).includes('quote');
  return goesOn || /[?？:：؟]\s*$/.test(question) || /^\s*(?:[-*•–]|\d{1,2}[.)])\s/.test(question) ? question : null;
}
