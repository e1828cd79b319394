import { fold, foldUnspaced } from '../text/fold.ts';

/**
 * What a sentence is compared by: its words, their stems, pairs of neighbours and the pieces of words that inflected forms share; in unspaced writing
 * its stretches of characters. Each is a number, a hash of its letters: two that fall on the same number count as one, which is rare and harms little.
 */

/** Nobody writes more into one sentence. Characters. */
const maxSpaced = 600;
const maxUnspaced = 400;
const maxFeatures = 1200;

/** True for a piece of a word, which alone tells nothing that the word itself does not. */
export function isPiece(feature: number): boolean {
  return (feature & 1) === 1;
}

const collected = new Int32Array(maxFeatures);
/** An open-addressed set, emptied by counting up the turn. */
const slots = new Int32Array(4096);
const turns = new Int32Array(4096);
let turn = 0;
let size = 0;

function collect(hash: number, piece: 0 | 1): void {
  const feature = (mixed(hash) & ~1) | piece;
  for (let slot = (feature >>> 1) & 4095; ; slot = (slot + 1) & 4095) {
    if (turns[slot] !== turn) {
      if (size === maxFeatures) return;
      turns[slot] = turn;
      slots[slot] = feature;
      collected[size++] = feature;
      return;
    }
    if (slots[slot] === feature) return;
  }
}

const prime = 0x01000193;

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
}

/** The features of a sentence, each once. */
export function featuresOf(sentence: string, unspaced: boolean): Int32Array {
  turn += 1;
  size = 0;
  if (unspaced) collectStretches(foldUnspaced(sentence.slice(0, maxUnspaced)).folded.replace(/\d+/g, '0').replace(/[^\p{L}\p{N}]+/gu, ' '));
  else collectWords(fold(sentence.slice(0, maxSpaced)));
  return collected.slice(0, size);
}

function collectStretches(text: string): void {
  for (let start = 0; start < text.length; start++) {
    let hash = 0x51;
    for (let at = start; at < Math.min(start + 4, text.length); at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), prime);
      if (at > start) collect(hash, 0);
    }
  }
}

const other = 1;
const letter = 2;
const digit = 3;
const kinds = new Uint8Array(0x10000);

function kindOf(unit: number): number {
  const known = kinds[unit] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCharCode(unit);
  const kind = /[\p{L}\p{M}]/u.test(character) ? letter : /\d/.test(character) ? digit : other;
  kinds[unit] = kind;
  return kind;
}

function collectWords(text: string): void {
  let before = 0x5e;
  for (let start = 0; start < text.length;) {
    const kind = kindOf(text.charCodeAt(start));
    if (kind === other) {
      start++;
      continue;
    }
    let end = start + 1;
    while (end < text.length && kindOf(text.charCodeAt(end)) === kind) end++;
    // Any number is as good as another.
    before = kind === digit ? collectWord('0', 0, 1, before) : collectWord(text, start, end, before);
    start = end;
  }
}

const mark = 0x24;

const firstArabic = 0x0621;
const lastArabic = 0x064a;

/** Where an Arabic word begins behind what is written together with it: "and", "so", "by", "as", "for", "the". */
function afterParticles(text: string, start: number, end: number): number {
  const from = end - start >= 4 && (text.startsWith('\u0648', start) || text.startsWith('\u0641', start)) ? start + 1 : start;
  const length = end - from;
  if (length >= 6 && (text.startsWith('\u0628\u0627\u0644', from) || text.startsWith('\u0643\u0627\u0644', from))) return from + 3;
  if (length >= 5 && (text.startsWith('\u0627\u0644', from) || text.startsWith('\u0644\u0644', from))) return from + 2;
  if (length >= 5 && (text.startsWith('\u0628', from) || text.startsWith('\u0644', from))) return from + 1;
  return from;
}

/** The hash of its stem. An Arabic word counts both with and without its particles. */
function collectWord(text: string, written: number, end: number, before: number): number {
  const unit = text.charCodeAt(written);
  const start = unit >= firstArabic && unit <= lastArabic ? afterParticles(text, written, end) : written;
  if (start > written) {
    let whole = 0x12;
    for (let at = written; at < end; at++) whole = Math.imul(whole ^ text.charCodeAt(at), prime);
    collect(whole, 0);
  }
  let hash = 0x11;
  let stem = 0;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), prime);
    if (at - start === 4) stem = hash;
    else if (at - start === 6 && end - start > 7) collect(hash ^ 0x3300, 0);
  }
  if (end - start < 5) stem = hash;
  collect(hash, 0);
  collect(stem ^ 0x2200, 0);
  collect(Math.imul(before ^ 0x4400, prime) ^ stem, 0);
  // Three and four letters, the word's ends among them.
  for (let from = start - 1; from + 3 <= end + 1; from++) {
    let piece = 0x77;
    for (let at = from; at < Math.min(from + 4, end + 1); at++) {
      piece = Math.imul(piece ^ (at < start || at === end ? mark : text.charCodeAt(at)), prime);
      if (at - from >= 2) collect(piece, 1);
    }
  }
  return stem;
}
