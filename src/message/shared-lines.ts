import { attributionStrength, opensWithDate } from './quote-introductions.ts';
import type { TextLine } from './text-lines.ts';

/** Where an introduction may begin within a line. */
const beginnings = /(?:\s|-{2,8}\s?)(?=(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia)\s)/g;
const maxSharedLineChars = 1000;
const maxBeginnings = 8;

/**
 * Puts introductions on lines of their own where a program has glued them to the last words above: "Yes please. On Wed, 4 Mar 2026 at 15:59, Support wrote:". Only where
 * quoted lines follow.
 */
export function partSharedLines(lines: readonly TextLine[]): readonly TextLine[] {
  let parted: TextLine[] | null = null;
  for (const [i, line] of lines.entries()) {
    const at = line.depth === 0 && line.mark === null && /[:：]\s*$/.test(line.text) && isQuotedBelow(lines, i + 1) ? introductionAt(line.text) : -1;
    if (at > 0) {
      parted ??= lines.slice(0, i);
      parted.push({ ...line, text: withoutDash(line.text.slice(0, at)) }, { ...line, text: line.text.slice(at).trim() });
    } else parted?.push(line);
  }
  return parted ?? lines;
}

/** Without the dashes it ends in. Step by step: runs of white space and dashes within it would be tried from each of their characters. */
function withoutDash(text: string): string {
  const trimmed = text.trimEnd();
  let end = trimmed.length;
  while (trimmed[end - 1] === '-') end--;
  return trimmed.slice(0, end).trimEnd();
}

function isQuotedBelow(lines: readonly TextLine[], from: number): boolean {
  let i = from;
  while (i < lines.length && lines[i]?.text === '' && lines[i]?.depth === 0) i++;
  return (lines[i]?.depth ?? 0) > 0 || lines[i]?.mark === 'indented';
}

function introductionAt(text: string): number {
  if (text.length > maxSharedLineChars || opensWithDate(text)) return -1;
  for (const match of [...text.matchAll(beginnings)].slice(0, maxBeginnings)) {
    const at = match.index + match[0].length;
    if (attributionStrength(text.slice(at)) === 'strong') return at;
  }
  return -1;
}
