import type { PhraseBook } from './phrases.ts';
import type { Passage, Sentence, Token } from './sentences.ts';

/**
 * Russian written in Latin letters ("vernite dengi", "ne rabotaet"), Belarusian in its own Latin alphabet ("viarnicie hrošy"): the words are compared in Cyrillic, while every offset stays where the customer
 * wrote it. A word that no phrase knows in Cyrillic keeps its Latin form: `Firefox`, `error`.
 */
export function readInCyrillic(sentences: readonly Sentence[], book: PhraseBook): readonly Sentence[] {
  const latin = new Map<Passage, boolean>();
  return sentences.map((sentence) => {
    const { passage } = sentence;
    const isLatin = latin.get(passage) ?? isMostlyLatin(passage.text);
    latin.set(passage, isLatin);
    return isLatin ? { ...sentence, tokens: sentence.tokens.map((token) => inCyrillic(token, passage, book)), respelt: respelt(sentence, book) } : sentence;
  });
}

/** The whole sentence, also the words that no phrase knows: what it resembles is told by all of them. Names that a phrase knows in Latin stay. */
function respelt({ passage, start, end, tokens }: Sentence, book: PhraseBook): string {
  let text = '';
  let at = start;
  for (const token of tokens) {
    const written = passage.text.slice(token.start, token.end);
    const folded = isRussian(token, passage) ? (knownSpelling(written, book) ?? (book.words.lookup(token).length > 0 ? written : spellingsIn(book, written)[0])) : written;
    text += `${passage.text.slice(at, token.start)}${folded ?? written}`;
    at = token.end;
  }
  return text + passage.text.slice(at, end);
}

function isMostlyLatin(text: string): boolean {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin > 4 * cyrillic;
}

function inCyrillic(token: Token, passage: Passage, book: PhraseBook): Token {
  if (!isRussian(token, passage)) return token;
  const known = knownSpelling(passage.text.slice(token.start, token.end), book);
  return known === undefined ? token : { ...token, folded: known };
}

/** "SB" of "SB-10482" is no Saturday. */
function isRussian({ kind, folded, end }: Token, { text }: Passage): boolean {
  return kind === 'word' && /^[a-z]+$/.test(folded) && !/^[-_]?\d/.test(text.slice(end, end + 2));
}

function knownSpelling(written: string, book: PhraseBook): string | undefined {
  return spellingsIn(book, written).find((folded) => book.words.lookup({ kind: 'word', folded }).length > 0);
}

const letters: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'щ'], [/sh/g, 'ш'], [/ch/g, 'ч'], [/zh/g, 'ж'], [/kh/g, 'х'], [/ts|tz/g, 'ц'], [/yo|jo/g, 'е'], [/yu|ju/g, 'ю'], [/ya|ja/g, 'я'], [/ye|je/g, 'е'],
  [/(?<=[aeiouаеиоуюя])y|j/g, 'й'], [/x|h/g, 'х'], [/w/g, 'в'], [/q/g, 'к'],
];
const single: Readonly<Record<string, string>> = {
  a: 'а', b: 'б', c: 'ц', d: 'д', e: 'е', f: 'ф', g: 'г', i: 'и', k: 'к', l: 'л', m: 'м', n: 'н', o: 'о', p: 'п', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', y: 'ы', z: 'з',
};

function spellingsIn({ language }: PhraseBook, written: string): string[] {
  return language.code === 'be' ? belarusianSpellings(written) : spellings(written);
}

const belarusianLetters: readonly (readonly [RegExp, string])[] = [
  [/ch/g, 'х'], [/(?<=[bcdfhklłmnprsvzčšžśźćń])i(?=[aeou])|j(?=[aeou])/g, '_'], [/_a/g, 'я'], [/_e/g, 'е'], [/_o/g, 'е'], [/_u/g, 'ю'], [/j/g, 'й'],
  [/š/g, 'ш'], [/č/g, 'ч'], [/ž/g, 'ж'], [/ŭ/g, 'ў'], [/ł/g, 'л'], [/l(?![iяею])/g, 'ль'], [/ć/g, 'ць'], [/ś/g, 'сь'], [/ź/g, 'зь'], [/ń/g, 'нь'], [/h/g, 'г'], [/i/g, 'і'], [/e/g, 'э'],
];

/** With the soft sign that the old spelling has between consonants, and without: "źniali" is "знялі". */
function belarusianSpellings(written: string): string[] {
  let word = written.normalize('NFC').toLowerCase();
  for (const [latin, cyrillic] of belarusianLetters) word = word.replace(latin, cyrillic);
  const soft = word.replace(/[a-z]/g, (letter) => single[letter] ?? letter);
  return [...new Set([soft.replace(/(?<!л)ь(?=[бвгджзкмнпрстфхцчшщ])/g, ''), soft])];
}

/** How a word may be spelt: soft signs are mostly left out ("dengi", "tolko", "den"), `э` is written `e`. */
function spellings(written: string): string[] {
  let word = written.toLowerCase().replace(/(?<=\p{L})['’ʼ`]/gu, 'ь');
  for (const [latin, cyrillic] of letters) word = word.replace(latin, cyrillic);
  const plain = word.replace(/[a-z]/g, (letter) => single[letter] ?? letter);
  const soft = plain.replace(/л(?=[бвгджзкмнпрстфхцчшщ])|н(?=[гчк])/g, '$&ь');
  // "kartoi", "otdaite", but "moi dengi"
  const short = plain.length < 5 ? plain : plain.replace(/(?<=[аеоуыюя])и(?![аеиоуыэюя])/g, 'й');
  return [...new Set([short, plain, soft, `${plain}ь`, `${soft}ь`, plain.replace(/^е/, 'э'), plain.replace(/ц/g, 'к')])];
}
