import { parseAddresses } from './addresses.ts';
import { buildSegments } from './build-segments.ts';
import { nameWords } from './contact-lines.ts';
import { headerBlockLength, senderInBlock } from './header-blocks.ts';
import type { Address } from './message.ts';
import { separatorKind } from './quote-introductions.ts';
import { linesOfPlain } from './text-of-plain.ts';

/** A mail that is passed on within another's text: who wrote it, and their new words. */
export interface ForwardedMail {
  readonly from: Address;
  readonly text: string;
}

const maxLinesAbove = 4;

/** Reads a segment of kind `forward` as the mail that it was; null where its text does not name its sender with an address. */
export function readForwarded(segment: string): ForwardedMail | null {
  // Apple's and other programs mark each of its lines as quoted.
  const lines = segment.split('\n').map((line) => line.replace(/^(?:>\s?)+/, ''));
  for (let start = 0; start < Math.min(lines.length, maxLinesAbove); start++) {
    const length = separatorKind(lines[start] ?? '') === null ? headerBlockLength(lines.map((text) => ({ text })), start) : 0;
    if (length === 0) continue;
    const [from] = parseAddresses(asRawHeader(senderInBlock(lines.slice(start, start + length)) ?? ''));
    if (from === undefined) return null;
    const body = lines.slice(start + length).filter((line) => separatorKind(line) !== 'end').join('\n');
    const segments = buildSegments(linesOfPlain(body, { flowed: false, deleteSpace: false }), { nameWords: nameWords(from.name, from.address), isForward: false });
    return { from, text: segments.filter(({ kind }) => kind === 'own').map(({ text }) => text).join('\n\n') };
  }
  return null;
}

/** Header fields are parsed from their bytes. */
function asRawHeader(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}
