import { fold } from '../facts/text/fold.ts';
import type { FoldedText } from './folded-text.ts';
import { promisePatternsOf } from './promises/words-by-language.ts';

/** A clause of the policy that a text names: by its number, or by its title in quotes. */
export interface ClauseMention {
  /** `2.1`, `1a`, or a title, folded. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const number = String.raw`\d{1,2}(?:\.\d{1,2}){0,3}(?:[a-zа-я](?![\p{L}])|\s?\([a-zа-я]\))?`;
const glue = String.raw`\s*(?:[,;–—-]|、|및|and|и|і|y|e|et|i|ve|و|&)\s*(?:第)?\s*(?:(?:item|point|п\.|§)\s*)?`;
const numbers = String.raw`${number}(?:項|条|章|조|항|장)?(?:${glue}${number}(?:項|条|章|조|항|장)?(?![\p{L}\p{N}%]))*`;
const quoted = String.raw`[«“”„"「『]\s*([^«»“”„"「」『』]{2,90}?)\s*[»”“"」』]`;

export function findClauses({ folded }: FoldedText, language: string): ClauseMention[] {
  const { lists, unspaced } = promisePatternsOf(language);
  const sign = lists.clause.source;
  const found: ClauseMention[] = [];
  for (const match of folded.matchAll(new RegExp(`(?:${sign})[\\s:№]*(?:n[.o°º]\\s*)?(${numbers})${unspaced ? '(?=項|条|章|조|항|장|[^\\p{N}]|$)' : ''}`, 'gu'))) {
    const list = match[1] ?? '';
    const from = match.index + match[0].length - list.length;
    for (const one of list.matchAll(new RegExp(number, 'gu'))) found.push({ name: clauseName(one[0]), start: from + one.index, end: from + one.index + one[0].length });
  }
  // Turkish says the number before: "3.2 maddesi".
  if (language === 'tr') for (const match of folded.matchAll(new RegExp(`(?<![\\p{N}.])(${number})\\.?\\s+(?:${sign})`, 'gu'))) found.push({ name: clauseName(match[1] ?? ''), start: match.index, end: match.index + match[0].length });
  const before = new RegExp(`(?:${sign})\\s*${quoted}`, 'gu');
  const after = new RegExp(`${quoted}\\s*(?:の?項|항목|조항|${sign})`, 'gu');
  for (const match of [...folded.matchAll(before), ...folded.matchAll(after)]) {
    const name = match[1] ?? '';
    if (/\p{L}/u.test(name) && !found.some((other) => other.start === match.index)) found.push({ name: titleName(name), start: match.index, end: match.index + match[0].length });
  }
  return found.filter((mention, index) => found.findIndex((other) => other.name === mention.name && other.start <= mention.end && mention.start <= other.end) === index);
}

function clauseName(written: string): string {
  return written.replace(/[\s()]/gu, '').replace(/[а-я]/gu, (letter) => ({ а: 'a', б: 'b', в: 'c', г: 'd' })[letter] ?? letter);
}

function titleName(title: string): string {
  return fold(title).replace(/\s+/gu, ' ').trim();
}

/**
 * What a decision's clause lets a reply name: each of its numbers with those above it (`3.2` lies in `3`), a range's in between, and titles by
 * whatever name a language gives them.
 */
export function clausesBackedBy(clause: string | null, titles: readonly string[]): ReadonlySet<string> {
  const backed = new Set<string>();
  if (clause === null) return backed;
  for (const title of [clause, ...titles]) backed.add(titleName(title));
  for (const match of clause.matchAll(/(\d+(?:\.\d+)*[a-z]?)(?:\s*[–-]\s*(\d+))?/giu)) {
    const first = clauseName((match[1] ?? '').toLowerCase());
    backed.add(first);
    for (let above = first; /[.a-z]/u.test(above); ) {
      above = above.replace(/(?:\.\d+|[a-z])$/u, '');
      backed.add(above);
    }
    const [from, to] = [Number(match[1]), Number(match[2])];
    if (Number.isInteger(from) && Number.isInteger(to) && to - from < 50) for (let between = from; between <= to; between++) backed.add(String(between));
  }
  return backed;
}
