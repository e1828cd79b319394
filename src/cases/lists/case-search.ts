import { fingerprintStart } from '../../draft/case-tag.ts';

/** What a person typed to find cases, taken apart as the database takes apart what it keeps (`words_of` in migrations/08-case-lines.ts). */
export interface CaseSearch {
  /** For `tsquery`; null where nothing can be looked for by words. */
  readonly words: string | null;
  /** The case's own number. */
  readonly caseId: number | null;
  /** Of the tag that stands in a draft's subject. */
  readonly fingerprintStart: string | null;
}

const maxSearchChars = 200;
const maxWords = 12;
const separators = /[\p{Cc}\u0020-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u060c\u061b\u061f\u2000-\u206f\u3000-\u3004\u3008-\u3020\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/gu;
const unspaced = /[\u3005-\u3007\u3021-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]/gu;

/** Every word must be there, as the beginning of one; scripts without spaces as they were typed, at any place. Null for a text without any word. */
export function parseSearch(text: string): CaseSearch | null {
  const typed = text.normalize('NFC').slice(0, maxSearchChars).trim();
  const number = /^#?(\d{1,15})$/u.exec(typed)?.[1];
  const words = typed.replaceAll(separators, ' ').split(' ').filter((word) => word !== '').slice(0, maxWords).map(queryOf);
  if (words.length === 0) return null;
  return {
    words: words.join(' & '),
    caseId: number === undefined ? null : Number(number),
    fingerprintStart: fingerprintStart(typed.replace(/^\[(.*)\]$/u, '$1')),
  };
}

function queryOf(word: string): string {
  const pieces = word.replaceAll(unspaced, ' $& ').trim().split(/ +/u);
  return pieces.length === 1 ? formsOf(word, ':*') : `(${pieces.map((piece, index) => formsOf(piece, index === pieces.length - 1 ? ':*' : '')).join(' <-> ')})`;
}

/** A database in the locale C folds the case of ASCII alone: the other letters are looked for in each way that people write them. */
function formsOf(word: string, suffix: string): string {
  const lower = word.toLowerCase();
  const capital = lower.replace(/^./u, (first) => first.toUpperCase());
  const forms = new Set([lower, asciiLower(word), asciiLower(capital), asciiLower(lower.toUpperCase())]);
  const alternatives = Array.from(forms, (form) => `'${form}'${suffix}`);
  return alternatives.length === 1 ? alternatives.join('') : `(${alternatives.join(' | ')})`;
}

function asciiLower(word: string): string {
  return word.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}
