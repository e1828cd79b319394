import { closingName, isClosing } from './closing-phrases.ts';
import { holdsCaseFact, isContactLine, isShortNote, isSignatureLine, namesIn, signsAs } from './contact-lines.ts';
import { isDisclaimer, isMailProgramFooter } from './mail-program-footers.ts';
import type { TextLine } from './text-lines.ts';

export type OwnKind = 'own' | 'signature' | 'footer' | 'disclaimer';

const maxSignatureLines = 10;

/**
 * Sets apart what stands at the end of a stretch of own lines: signature, footers of the mail program, confidentiality notices. `words` are those the sender may sign
 * by. In doubt a line stays the customer's.
 */
export function findSignature(lines: readonly TextLine[], words: readonly string[]): OwnKind[] {
  const kinds: OwnKind[] = lines.map(() => 'own');
  let end = markDisclaimer(lines, kinds);
  end = markDelimited(lines, kinds, end, words);
  for (const [i, line] of lines.entries()) {
    if (i < end && line.mark === 'signature' && line.text !== '' && !holdsCaseFact(line.text) && line.text.length <= 120) kinds[i] = 'signature';
    if (kinds[i] !== 'disclaimer' && isMailProgramFooter(line.text) && isEdge(lines, kinds, i)) kinds[i] = 'footer';
  }
  end = lastOwn(lines, kinds, end) + 1;
  if (end > 0) markTrailing(lines, kinds, end, words);
  return kinds;
}

function lastOwn(lines: readonly TextLine[], kinds: readonly OwnKind[], end: number): number {
  let i = end - 1;
  while (i >= 0 && (lines[i]?.text.trim() === '' || kinds[i] !== 'own')) i--;
  return i;
}

/** A footer stands at the beginning or the end of what its writer wrote, or alone between blank lines. */
function isEdge(lines: readonly TextLine[], kinds: readonly OwnKind[], at: number): boolean {
  const below = lines[at + 1];
  const above = lines[at - 1];
  if (below === undefined || above === undefined || below.text === '') return true;
  return kinds[at + 1] !== 'own' || isMailProgramFooter(below.text) || /^[-_=]{2,}\s*$/.test(above.text);
}

/** From the first line of a notice to the end; only below some words of the customer's. */
function markDisclaimer(lines: readonly TextLine[], kinds: OwnKind[]): number {
  let hasWords = false;
  for (const [i, line] of lines.entries()) {
    const startsParagraph = i === 0 || lines[i - 1]?.text === '' || /^[-_=*]{3,}$/.test(lines[i - 1]?.text ?? '');
    if (hasWords && startsParagraph && isDisclaimer(line.text)) {
      for (let j = i; j < lines.length; j++) {
        // A notice in several languages goes on; a paragraph about the case is the customer's again.
        if (lines[j]?.text !== '' && j > i && lines[j - 1]?.text === '' && holdsCaseFact(lines[j]?.text ?? '') && !isDisclaimer(lines[j]?.text ?? '')) return i;
        kinds[j] = 'disclaimer';
      }
      if (/^[-_=*]{3,}$/.test(lines[i - 1]?.text ?? '')) kinds[i - 1] = 'disclaimer';
      return i;
    }
    if (line.text !== '') hasWords = true;
  }
  return lines.length;
}

/** RFC 3676, 4.3: "-- " alone on its line. Without its space it is only believed above a short block. */
function markDelimited(lines: readonly TextLine[], kinds: OwnKind[], end: number, words: readonly string[]): number {
  for (let i = end - 1; i >= 0; i--) {
    const text = lines[i]?.text ?? '';
    if (text !== '-- ' && !/^\s*(?:--|—|––|__)\s*$/.test(text)) continue;
    const below = lines.slice(i + 1, end).filter((line) => line.text !== '');
    const isStandard = text === '-- ';
    const isShort = below.length <= maxSignatureLines && below.every((line) => line.text.length <= 120);
    const looksSigned = below.every((line) => isSignatureLine(line.text) || isShortNote(line.text) || signsAs(line.text, words) || isClosing(line.text) || isMailProgramFooter(line.text) || closingName(line.text) !== null);
    if (!(isStandard ? isShort || below.length <= 20 : isShort && looksSigned)) continue;
    for (let j = i; j < end; j++) {
      const line = lines[j]?.text ?? '';
      // A handle or an order number below the dashes is still something the customer tells.
      kinds[j] = j > i && !isStandard && holdsCaseFact(line) && !isContactLine(line) ? 'own' : 'signature';
    }
    return i;
  }
  return end;
}

/** Name, job, telephone and the like at the end, below a closing phrase or by themselves. */
function markTrailing(lines: readonly TextLine[], kinds: OwnKind[], end: number, words: readonly string[]): void {
  let seen = 0;
  for (let i = end - 1; i >= 0 && seen <= maxSignatureLines; i--) {
    const text = lines[i]?.text.trim() ?? '';
    if (text === '') continue;
    seen++;
    const name = closingName(text);
    if (name !== null && (signsAs(name, words) || isSignatureLine(name)) && i > 0) {
      if (markBelow(lines, kinds, i + 1, end, words)) kinds[i] = 'signature';
      return;
    }
    if (isClosing(text)) {
      markBelow(lines, kinds, i + 1, end, words);
      break;
    }
  }
  markBlock(lines, kinds, end, words);
}

/** Marks the lines below a closing as far as they look like a signature. True where nothing else stands there. */
function markBelow(lines: readonly TextLine[], kinds: OwnKind[], start: number, end: number, words: readonly string[]): boolean {
  let named = false;
  let hasContact = false;
  for (let i = start; i < end; i++) {
    const text = lines[i]?.text.trim() ?? '';
    if (text === '' || kinds[i] !== 'own') continue;
    const isName = signsAs(text, words);
    const namesSender = namesIn(text, words) > 0 && text.length <= 60 && !holdsCaseFact(text);
    const fits = isName || isClosing(text) || isSignatureLine(text) || namesSender || (named && isShortNote(text, hasContact));
    hasContact ||= isContactLine(text);
    // Below a blank line only what is contact data for sure: a postscript also begins with a capital.
    const afterBlank = lines[i - 1]?.text === '' && i > start + 1 && named;
    if (!fits || (afterBlank && !isName && !isContactLine(text) && !isClosing(text))) return false;
    if (!isClosing(text)) {
      kinds[i] = 'signature';
      named = true;
    }
  }
  return true;
}

const maxFactLines = 3;

/**
 * A trailing block without a closing phrase: it must begin with the sender's own name, and hold nothing but contact lines and short notes. Facts below the name, such as
 * a Telegram handle, stay the customer's.
 */
function markBlock(lines: readonly TextLine[], kinds: OwnKind[], end: number, words: readonly string[]): void {
  let nameAt = -1;
  let count = 0;
  let facts = 0;
  let hasContact = false;
  for (let i = end - 1; i >= 0 && count < maxSignatureLines; i--) {
    const text = lines[i]?.text.trim() ?? '';
    if (text === '') {
      if (nameAt >= 0 || count > 0) break;
      continue;
    }
    if (kinds[i] !== 'own') break;
    count++;
    if (signsAs(text, words) || startsWithName(text, words)) {
      nameAt = i;
    } else if (hasContact && namesIn(text, words) > 0 && text.length <= 60 && !holdsCaseFact(text) && (i === 0 || lines[i - 1]?.text.trim() === '')) {
      // "Murakami Gardens, G. Murakami" above a telephone.
      nameAt = i;
    } else if (nameAt < 0 && holdsCaseFact(text) && text.length <= 80 && facts < maxFactLines) {
      facts++;
    } else if (!isSignatureLine(text) && !isShortNote(text, hasContact)) {
      break;
    }
    hasContact ||= isContactLine(text);
  }
  if (nameAt < 0) return;
  // A name alone is all that was said.
  if (!lines.slice(0, nameAt).some((line, i) => line.text !== '' && kinds[i] === 'own')) return;
  for (let i = nameAt; i < end; i++) {
    const text = lines[i]?.text.trim() ?? '';
    if (text !== '' && (i === nameAt || !holdsCaseFact(text))) kinds[i] = 'signature';
  }
}

/** "Наталья, 8 029 340 17 55", "Jason Pruitt | Pruitt Roofing | (512) 555-0193", "G. Pike (retired)". */
function startsWithName(text: string, words: readonly string[]): boolean {
  const match = /^(.{1,40}?)\s*(?:[,،|•·(]|\s[-–—]\s)\s*(.{1,90})$/u.exec(text);
  if (match === null || !signsAs(match[1]!, words) || holdsCaseFact(text)) return false;
  return !/[.!?…]$/.test(text) || match[2]!.length <= 20;
}
