import { namedCurrencies, parseAmount } from './money.ts';
import type { MoneyMention } from './money.ts';
import { numberBefore, ofWholeHundreds, restInWords, thousandsBefore, thousandWord } from '../numbers/numbers-in-words.ts';
import { numeralValue } from '../text/numerals.ts';
import { findRestOfSum } from './rest-of-a-sum.ts';
import { hitsBySentence, tokenAt } from '../text/phrases.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/** How far from "charged" or "give back" a number without a currency may stand to be a sum. Characters. */
const bareReach = 32;

/** "Me sobran 410": what is left over may be credits. */
function isOfRest({ sentence, start, end }: Hit, hits: readonly Hit[]): boolean {
  return hits.some((hit) => hit.concept === 'left' && hit.sentence === sentence && hit.start < end && start < hit.end);
}

/** "Poszło 41": a phrase may hold its number. Characters. */
const longestVerb = 16;

const beforeTimes = /(?:^|[^\p{L}])(?:alle|ore|le|o|ok|około|koło|po|od|do|godz\.?|godzinie|às|as|das|pelas|version\p{L}*|versione|versão|wersj\p{L}*|v)\s*$/iu;

/** Where people pay in one money alone, a price needs no name: Italy and Poland, and whoever pays by the banks' own network of Brazil or Portugal. */
function localCurrency(sentences: readonly Sentence[], { language: { code } }: PhraseBook): string | undefined {
  if (code === 'it') return 'EUR';
  if (code === 'pl') return 'PLN';
  if (code !== 'pt') return undefined;
  const says = (pattern: RegExp): boolean => sentences.some((sentence) => pattern.test(sentenceText(sentence)));
  if (says(/(?<!\p{L})(?:pix|nubank|boleto|ita[úu]|bradesco)(?!\p{L})/iu)) return 'BRL';
  return says(/(?<!\p{L})(?:mb ?way|multibanco|montepio|cgd|millennium)(?!\p{L})/iu) ? 'EUR' : undefined;
}

/** "They took 48." is a sum, "they took 48 hours" is none. */
const sumEnds = /^\s*(?:[.;!?)]|,(?!\d)|$|(?:y|e|et|and|pero|mais|ma|mas|but|и|а|но|і|але)\s(?!\d))/u;

const bareSum = /(?<![\p{L}\d.,:/#№*+-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,6}[.,]\d{2}|\d{2,6})(?![\d%/:]|[.,-]\d|\s?%)/gu;

/**
 * Sums written without their currency, "it said 590 roubles and you took 5 900": numbers that look like a price beside a verb of paying, in a
 * mail that names just one currency. `short` where a wrong sum is spoken of: its parts are sums.
 */
export function findBareMoney(sentences: readonly Sentence[], hits: readonly Hit[], money: readonly MoneyMention[], taken: readonly { sentence: Sentence; start: number; end: number }[], book: PhraseBook, short = false): MoneyMention[] {
  const named = namedCurrencies(sentences, money, book);
  // Of two currencies the one that a sum was named in: "платил не звёздами".
  const stated = new Set(money.map((mention) => mention.currency));
  const local = named.size === 0 ? localCurrency(sentences, book) : undefined;
  // Nobody counts another money in Russian by the bare thousand.
  const [currency = book.language.code === 'ru' && named.size === 0 ? 'RUB' : local] = named.size > 1 ? stated : named;
  if (currency === undefined || (named.size > 1 && stated.size > 1)) return [];
  const found: MoneyMention[] = [];
  const grouped = hitsBySentence(hits);
  for (const sentence of sentences) {
    const verbs = (grouped.get(sentence) ?? []).filter((hit) => hit.concept === 'paid' || hit.concept === 'claimed' || hit.concept.startsWith('pay_'));
    if (verbs.length === 0) continue;
    // "The credits went, 20 of them. Once more: minus 20!"
    const counts = hits.some((hit) => hit.concept === 'credit_unit' && (hit.sentence === sentence || (hit.sentence.passage === sentence.passage && hit.sentence.index === sentence.index - 1 && !money.some((mention) => mention.sentence === hit.sentence))));
    const text = sentenceText(sentence);
    for (const match of named.size === 0 && local === undefined ? [] : text.matchAll(bareSum)) {
      const span = { start: sentence.start + match.index, end: sentence.start + match.index + match[0].length };
      const written = match[1] ?? '';
      // "Верните все 3000": a plain number is a sum where it was named as one before. "Of the 300 credits we have spent 90" is none.
      const saidOutright = /^\d+$/.test(written) && !counts && named.size === 1 && money.length > 0 && verbs.some((hit) => (hit.concept === 'paid' ? span.start >= hit.end || (hit.end === span.end && hit.start < span.start && span.start - hit.start <= longestVerb) : hit.concept === 'claimed' && hit.start < span.start && !isOfRest(hit, hits)) && span.start - hit.end <= 2) && sumEnds.test(text.slice(span.end - sentence.start));
      // "Return what is missing, the 45"
      const saidAsKnown = /^\d+$/.test(written) && named.size === 1 && /\bthe $/iu.test(text.slice(0, match.index)) && verbs.some((hit) => hit.concept === 'claimed' && hit.start < span.start) && /^(?:\s*[.;!?)]|\s+(?:back|please|that|which|you|i|we|too much|to my|to me|onto|over|extra)\b|\s*$)/iu.test(text.slice(span.end - sentence.start));
      // Where no currency is named at all, only what is written like a price: "paguei 39,90 no pix", not "alle 18.30".
      if (named.size === 0 && (!/^\d{1,4}[.,]\d{2}$/.test(written) || beforeTimes.test(text.slice(0, match.index)))) continue;
      if ((/^\d+$/.test(written) || named.size > 1) && !saidOutright && !saidAsKnown && !(money.some((mention) => mention.number === Number(written.replace(/[ \u00a0\u202f]/g, '').replace(',', '.'))) && verbs.some((hit) => hit.concept === 'claimed' && hit.start < span.start))) continue;
      if ([...money, ...taken].some((other) => other.sentence === sentence && other.start < span.end && span.start < other.end)) continue;
      if (!verbs.some((hit) => Math.max(hit.start - span.end, span.start - hit.end, 0) <= bareReach)) continue;
      const next = sentence.tokens[tokenAt(sentence, span.end - 1) + 1];
      if (hits.some((hit) => hit.concept === 'credit_unit' && hit.sentence === sentence && hit.start === next?.start)) continue;
      const amount = parseAmount(written, currency);
      if (amount === null) continue;
      found.push({ sentence, ...span, first: tokenAt(sentence, span.start), last: tokenAt(sentence, span.end - 1), value: `${amount} ${currency}`, number: Number(amount), currency });
    }
    for (const [index, token] of sentence.tokens.entries()) {
      // "Верните лишние триста"
      const hundreds = named.size === 1 && ofWholeHundreds.has(book.language.code) && token.kind === 'word' && !token.afterBreak ? surplusInWords(sentence, index, hits, book) : null;
      if (hundreds !== null) {
        const span = { start: token.start, end: token.end };
        if (![...money, ...taken, ...found].some((other) => other.sentence === sentence && other.start < span.end && span.start < other.end)) found.push({ sentence, ...span, first: index, last: index, value: `${hundreds} ${currency}`, number: hundreds, currency });
        continue;
      }
      // "Не хватает двух тысяч"
      const thousands = named.size <= 1 && token.kind === 'word' && thousandWord.test(token.folded) && !token.afterBreak ? (ofWholeHundreds.has(book.language.code) ? thousandsBefore(sentence, index, book) : numberBefore(sentence, index, book)) : null;
      if (thousands === null) continue;
      const span = { start: sentence.tokens[thousands.first]?.start ?? token.start, end: token.end };
      if ([...money, ...taken, ...found].some((other) => other.sentence === sentence && other.start < span.end && span.start < other.end)) continue;
      const next = sentence.tokens[index + 1];
      if (!verbs.some((hit) => Math.max(hit.start - span.end, span.start - hit.end, 0) <= bareReach) || hits.some((hit) => hit.concept === 'credit_unit' && hit.sentence === sentence && hit.start === next?.start)) continue;
      const rest = ofWholeHundreds.has(book.language.code) ? restInWords(sentence, index, book) : null;
      span.end = rest?.end ?? span.end;
      const sum = thousands.value * 1000 + (rest?.value ?? 0);
      found.push({ sentence, ...span, first: thousands.first, last: rest?.last ?? index, value: `${sum} ${currency}`, number: sum, currency });
    }
  }
  // "Where are the other 8?"
  const parts = !short ? [] : findRestOfSum(sentences, hits, money, taken).filter((part) => !found.some((other) => other.sentence === part.sentence && other.start < part.end && part.start < other.end));
  return [...found, ...parts];
}

/** A round number of hundreds in words right behind a word of what is asked back: the sum that was too much. */
function surplusInWords(sentence: Sentence, index: number, hits: readonly Hit[], book: PhraseBook): number | null {
  const { tokens } = sentence;
  const [token, before, next] = [tokens[index], tokens[index - 1], tokens[index + 1]];
  const value = token === undefined ? null : numeralValue(token.folded, book.language);
  if (value === null || value < 100 || value % 100 !== 0 || !/^(?:лишн|переплач|недостающ|зайв|лішн)/u.test(before?.folded ?? '')) return null;
  return next !== undefined && !next.afterBreak && (thousandWord.test(next.folded) || numeralValue(next.folded, book.language) !== null || hits.some((hit) => hit.concept === 'credit_unit' && hit.sentence === sentence && hit.start === next.start)) ? null : value;
}
