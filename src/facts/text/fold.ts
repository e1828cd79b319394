import { RecentWords } from './recent-words.ts';

/**
 * Folding makes words comparable: lower case, NFKC, no Latin accents, `ё` as `е`, one form for each Arabic letter, no apostrophes.
 * It works code point by code point, so that a folded character still knows where it came from.
 */
const cache = new Map<string, string>();

const special: Readonly<Record<string, string>> = {
  'ё': 'е', 'ı': 'i', 'İ': 'i', 'ł': 'l', 'Ł': 'l', 'ø': 'o', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'đ': 'd', 'ð': 'd',
  'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ة': 'ه', 'ؤ': 'و', 'ئ': 'ي', 'ـ': '', 'ک': 'ك', 'ی': 'ي',
  '\'': '', '’': '', 'ʼ': '', '‘': '', '`': '', '´': '', '\u00ad': '',
};

function foldCodePoint(character: string): string {
  const known = cache.get(character);
  if (known !== undefined) return known;
  let folded = special[character];
  if (folded === undefined) {
    folded = character.normalize('NFKC').toLowerCase();
    folded = special[folded] ?? folded;
    // Latin letters lose their accents; й, ў, voiced kana and Hangul keep theirs.
    if (/^\p{Script=Latin}/u.test(folded)) folded = folded.normalize('NFD').replace(/\p{M}/gu, '');
    else if (/^\p{M}$/u.test(folded) && !/[\u3099\u309a]/.test(folded)) folded = '';
    // Arabic-Indic and other decimal digits
    else if (/^\p{Nd}$/u.test(folded)) folded = String(digitValue(folded));
  }
  if (cache.size < 50_000) cache.set(character, folded);
  return folded;
}

/** ASCII, Arabic-Indic, Extended Arabic-Indic, Devanagari, Bengali, Thai. */
const zeros = [0x30, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0x30;
  return point - (zeros.find((zero) => point >= zero && point < zero + 10) ?? point);
}

/** Folded characters by their code unit, but for the halves of a pair. */
const byUnit: (string | undefined)[] = [];

export function fold(text: string): string {
  // Plain letters, digits and most marks: nothing but their case changes.
  if (/^[ -&(-_a-~\n]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) folded += byUnit[unit] ??= foldCodePoint(text.charAt(at));
    else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? unit);
      folded += foldCodePoint(character);
      at += character.length - 1;
    }
  }
  return folded;
}

const lookalikes: Readonly<Record<string, string>> = { a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', i: 'і', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у' };

/** A word, folded; Latin letters within a Cyrillic word (`вярнiце`, typed on a Russian keyboard, or to slip past a filter) become the Cyrillic ones they look like. */
export function foldWord(word: string): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  const plain = fold(word);
  const folded = /[a-z]/.test(plain) && /[\u0400-\u04ff]/.test(plain) ? plain.replace(/[a-z]/g, (letter) => lookalikes[letter] ?? letter) : plain;
  // A long one comes once.
  if (word.length > 40) return folded;
  const kept = ownString(folded);
  words.set(ownString(word), kept);
  return kept;
}

/** Most words of a mail have come in another before; the same string again is also found faster in whatever is keyed by it. */
const words = new RecentWords<string>();

/** A piece of a longer string keeps all of that in memory, the whole mail: a copy does not. V8 copies pieces of up to 12 characters by itself. */
function ownString(piece: string): string {
  return piece.length <= 12 ? piece : Buffer.from(piece, 'utf16le').toString('utf16le');
}

/** The folded text without white space and, for each of its characters, the index in `text` it came from. */
export function foldUnspaced(text: string): { readonly folded: string; readonly origin: readonly number[] } {
  let folded = '';
  const origin: number[] = [];
  let index = 0;
  for (const character of text) {
    const piece = /\s/.test(character) ? '' : foldCodePoint(character);
    // A voicing mark of its own (half-width kana, decomposed text) joins the kana before it.
    if (piece === '\u3099' || piece === '\u309a') {
      const joined = (folded.slice(-1) + piece).normalize('NFC');
      if (joined.length === 1) folded = folded.slice(0, -1) + joined;
    } else {
      folded += piece;
      for (let i = 0; i < piece.length; i++) origin.push(index);
    }
    index += character.length;
  }
  origin.push(index);
  return { folded, origin };
}

/** Digits of every script, full-width signs (`，．：／％`) and the separators and the per cent of Arabic digits as ASCII, each still where it was. */
export function asciiDigits(text: string): string {
  // Before U+0660 there are none but ASCII's own.
  if (!/[\u0660-\uffff]/.test(text)) return text;
  return text.replace(/[\uff01-\uff5e\u066a-\u066c]|(?![0-9])\p{Nd}/gu, (character) => (character.length > 1 ? character : '%.,'['٪٫٬'.indexOf(character)] ?? (character >= '\uff01' ? String.fromCharCode(character.charCodeAt(0) - 0xfee0) : fold(character))));
}
