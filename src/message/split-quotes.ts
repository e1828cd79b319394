import { attributionStrength, isDateAndAddress, mayOpenAttribution, namesDate, opensWithDate, separatorKind } from './quote-introductions.ts';
import { headerBlockLength } from './header-blocks.ts';
import type { TextLine } from './text-lines.ts';

/** A line with what it is, as far as quoting tells; signatures are found later, among what is `own`. */
export type LineKind = 'own' | 'quote' | 'forward' | 'hidden';

/**
 * Tells a customer's new words from the history below, above or between them. What follows a separator, a header block or an introduction without quote marks
 * is history down to the end; what is marked line by line ends with its marks, and words between marked lines are own.
 */
export function splitQuotes(lines: readonly TextLine[], isForward: boolean): LineKind[] {
  const kinds: LineKind[] = Array.from({ length: lines.length }, () => 'own');
  let i = 0;
  while (i < lines.length) {
    const line = lines[i]!;
    if (line.mark === 'hidden') {
      kinds[i++] = 'hidden';
      continue;
    }
    const separator = separatorKind(line.text);
    if (separator === 'forward' || line.mark === 'forward') {
      i = markForward(lines, kinds, i);
      continue;
    }
    if (line.depth > 0) {
      const block = headerBlockLength(lines, i);
      if (block > 0 && isForward) i = markForward(lines, kinds, i);
      else kinds[i++] = 'quote';
      continue;
    }
    if (separator === 'original' || line.mark === 'header' || (separator === null && headerBlockLength(lines, i) > 0)) {
      const from = withRuleAbove(lines, kinds, i);
      fill(lines, kinds, from, lines.length, isForward ? 'forward' : 'quote');
      return kinds;
    }
    const attribution = attributionAt(lines, i);
    if (attribution !== null) {
      const next = nextVisible(lines, attribution.end);
      const quoted = next < lines.length && (lines[next]!.depth > 0 || lines[next]!.mark === 'indented');
      if (quoted) {
        fill(lines, kinds, i, next, isForward && attribution.isForward ? 'forward' : 'quote');
        i = markQuoted(lines, kinds, next);
        continue;
      }
      if (attribution.strength === 'strong') {
        // History without marks, or Gmail's introduction of a mail that is passed on.
        fill(lines, kinds, i, lines.length, attribution.isForward || isForward ? 'forward' : 'quote');
        return kinds;
      }
    }
    if (attribution === null && isDateAndAddress(line.text) && isQuoted(lines[nextVisible(lines, i + 1)])) kinds[i] = 'quote';
    i++;
  }
  keepWrappedTails(lines, kinds);
  return kinds;
}

interface Attribution {
  readonly end: number;
  readonly strength: 'strong' | 'weak';
  readonly isForward: boolean;
}

/** An introduction that begins at `start`; programs wrap it onto up to four lines. */
function attributionAt(lines: readonly TextLine[], start: number): Attribution | null {
  const first = lines[start]!;
  if (first.text === '') return null;
  if (first.mark === 'attribution') {
    let end = start;
    while (end < lines.length && lines[end]?.mark === 'attribution') end++;
    const text = lines.slice(start, end).map((line) => line.text);
    return { end, strength: 'strong', isForward: text.filter((line) => line.includes(':')).length >= 3 };
  }
  let joined = '';
  for (let end = start; end < Math.min(lines.length, start + 4); end++) {
    const line = lines[end]!;
    if (line.depth !== first.depth || line.text === '' || line.mark === 'hidden') return null;
    joined = joined === '' ? line.text : `${joined} ${line.text}`;
    const strength = attributionStrength(joined);
    if (strength !== null) {
      // A line of the customer's own right above an introduction is no part of it.
      if (end > start && beginsLater(lines, start + 1, end, opensWithDate(first.text))) return null;
      return { end: end + 1, strength, isForward: false };
    }
    if (end === start && !mayOpenAttribution(line.text)) return null;
  }
  return null;
}

/** An introduction names one date: behind a line that opens with one, only what has a date of its own begins anew ("Paid on 15 March 2026." above "16.03.2026, 10:12, …"). */
function beginsLater(lines: readonly TextLine[], from: number, end: number, isDated: boolean): boolean {
  for (let i = from; i <= end; i++) {
    const joined = lines.slice(i, end + 1).map((line) => line.text).join(' ');
    if (attributionStrength(joined) === 'strong' && (!isDated || (namesDate(joined) && namesDate(lines[from - 1]?.text ?? '')))) return true;
  }
  return false;
}

function nextVisible(lines: readonly TextLine[], from: number): number {
  let i = from;
  while (i < lines.length && (lines[i]?.text === '' || lines[i]?.mark === 'hidden')) i++;
  return i;
}

function fill(lines: readonly TextLine[], kinds: LineKind[], from: number, to: number, kind: LineKind): void {
  for (let i = from; i < to; i++) kinds[i] = lines[i]?.mark === 'hidden' ? 'hidden' : kind;
}

/** Outlook's and Mail.ru's line of underscores or dashes above the header block belongs to it. */
function withRuleAbove(lines: readonly TextLine[], kinds: readonly LineKind[], at: number): number {
  let from = at;
  while (from > 0 && kinds[from - 1] === 'own' && lines[from - 1]?.text === '') from--;
  return from > 0 && kinds[from - 1] === 'own' && /^\s*[_\-=]{4,}\s*$/.test(lines[from - 1]?.text ?? '') ? from - 1 : at;
}

/** From a separator or introduction on: to its end mark, to the end of its quoted lines where they are marked, else to the end. */
function markForward(lines: readonly TextLine[], kinds: LineKind[], start: number): number {
  const first = lines[start]!;
  const next = nextVisible(lines, start + 1);
  const markedDepth = first.depth > 0 ? first.depth : (lines[next]?.depth ?? 0);
  let i = start;
  for (; i < lines.length; i++) {
    const line = lines[i]!;
    if (i > start && separatorKind(line.text) === 'end') {
      kinds[i++] = 'forward';
      break;
    }
    if (markedDepth > 0 && i >= next && line.depth === 0 && line.text !== '') break;
    kinds[i] = line.mark === 'hidden' ? 'hidden' : 'forward';
  }
  return i;
}

function isQuoted(line: TextLine | undefined): boolean {
  return line !== undefined && (line.depth > 0 || line.mark === 'indented');
}

/** Quoted lines and the blank ones between them. */
function markQuoted(lines: readonly TextLine[], kinds: LineKind[], start: number): number {
  let i = start;
  while (i < lines.length && (isQuoted(lines[i]) || lines[i]?.mark === 'hidden')) {
    if (lines[i]?.mark !== 'hidden' && separatorKind(lines[i]!.text) === 'forward') return markForward(lines, kinds, i);
    kinds[i] = lines[i]?.mark === 'hidden' ? 'hidden' : 'quote';
    i++;
  }
  return i;
}

/** Where lines are broken that a gateway wraps: no column of a mail program is narrower, most are at least the wider. */
const narrowColumn = 58;
const usualColumn = 68;
const maxTailChars = 80;

/**
 * Gateways that wrap quoted lines leave their tails without a mark: what goes on between two quoted lines in the middle of a sentence is no answer. An item of a list is a
 * question, and what stands below it an answer.
 */
function keepWrappedTails(lines: readonly TextLine[], kinds: LineKind[]): void {
  for (let i = 1; i < lines.length - 1; i++) {
    const tail = lines[i]!;
    if (kinds[i] !== 'own' || tail.text === '' || tail.text.length > maxTailChars) continue;
    const above = lines[i - 1]!;
    const below = lines[i + 1]!;
    if (kinds[i - 1] !== 'quote' || kinds[i + 1] !== 'quote' || above.depth === 0 || below.depth === 0) continue;
    if (/[(<]https?:[^\s()<>]*$/.test(above.text)) kinds[i] = 'quote';
    if (!/^\p{Ll}/u.test(tail.text)) continue;
    const isLong = above.text.length >= (tail.text.length <= 30 ? narrowColumn : usualColumn);
    if (isLong && /[\p{L}\p{N},]$/u.test(above.text) && !/^\s*(?:[-*•–]|\d{1,2}[.)])\s/.test(above.text)) kinds[i] = 'quote';
  }
}
