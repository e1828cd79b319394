import type { PhraseBook } from './phrases.ts';
import type { Passage, Sentence, Token } from './sentences.ts';

/**
 * Russian written in Latin letters ("vernite dengi", "ne rabotaet"): the words are compared in Cyrillic, while every offset stays where the customer
 * wrote it. A word that no phrase knows in Cyrillic keeps its Latin form: `Firefox`, `error`.
 */
export function readInCyrillic(sentences: readonly Sentence[], book: PhraseBook): readonly Sentence[] {
  const latin = new Map<Passage, boolean>();
  return sentences.map((sentence) => {
    const { passage } = sentence;
    const isLatin = latin.get(passage) ?? isMostlyLatin(passage.text);
    latin.set(passage, isLatin);
    return isLatin ? { ...sentence, tokens: sentence.tokens.map((token) => inCyrillic(token, passage, book)) } : sentence;
  });
}

function isMostlyLatin(text: string): boolean {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin > 4 * cyrillic;
}

function inCyrillic(token: Token, passage: Passage, book: PhraseBook): Token {
  if (token.kind !== 'word' || !/^[a-z]+$/.test(token.folded)) return token;
  const known = spellings(passage.text.slice(token.start, token.end)).find((folded) => book.words.lookup({ kind: 'word', folded }).length > 0);
  return known === undefined ? token : { ...token, folded: known };
}

const letters: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'щ'], [/sh/g, 'ш'], [/ch/g, 'ч'], [/zh/g, 'ж'], [/kh/g, 'х'], [/ts|tz/g, 'ц'], [/yo|jo/g, 'е'], [/yu|ju/g, 'ю'], [/ya|ja/g, 'я'], [/ye|je/g, 'е'],
  [/(?<=[aeiouаеиоуюя])y|j/g, 'й'], [/x|h/g, 'х'], [/w/g, 'в'], [/q/g, 'к'],
];
const single: Readonly<Record<string, string>> = {
  a: 'а', b: 'б', c: 'ц', d: 'д', e: 'е', f: 'ф', g: 'г', i: 'и', k: 'к', l: 'л', m: 'м', n: 'н', o: 'о', p: 'п', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', y: 'ы', z: 'з',
};

/** How a word may be spelt: soft signs are mostly left out ("dengi", "tolko", "den"), `э` is written `e`. */
function spellings(written: string): string[] {
  let word = written.toLowerCase().replace(/(?<=\p{L})['’ʼ`]/gu, 'ь');
  for (const [latin, cyrillic] of letters) word = word.replace(latin, cyrillic);
  const plain = word.replace(/[a-z]/g, (letter) => single[letter] ?? letter);
  const soft = plain.replace(/л(?=[бвгджзкмнпрстфхцчшщ])|н(?=[гчк])/g, '$&ь');
  return [...new Set([plain, soft, `${plain}ь`, `${soft}ь`, plain.replace(/^е/, 'э'), plain.replace(/ц/g, 'к')])];
}
