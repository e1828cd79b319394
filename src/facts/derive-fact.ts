import type { Moment } from '../message/message.ts';
import { findCounts } from './counts/counts.ts';
import { findDates } from './dates/dates.ts';
import type { FactName, FactValues } from './facts.ts';
import { asciiDigits, fold } from './text/fold.ts';
import { findCard } from './names/cards.ts';
import { findAccountEmail, findOrderAndTransaction } from './names/identifiers.ts';
import { phraseBookOf } from './languages/languages.ts';
import { findMoney } from './sums/money.ts';
import { findGenerator, findPaymentMethod } from './names/named-things.ts';
import { numeralValue } from './text/numerals.ts';
import { findHits } from './text/phrases.ts';
import type { Hit, PhraseBook } from './text/phrases.ts';
import { splitSentences } from './text/sentences.ts';
import type { Passage, Sentence } from './text/sentences.ts';
import { findSystems } from './names/systems.ts';
import { findTelegramId } from './names/telegram-ids.ts';
import type { Vocabulary } from './merchant/vocabulary.ts';

/** Facts whose value can be read from a few words alone, once somebody has pointed at the words and said which fact they give. */
export const derivableFacts = [
  'account_email', 'order_number', 'transaction_id', 'generator', 'browser', 'os', 'occurred_at', 'paid_at', 'fulfilled_at', 'amount', 'amount_claimed',
  'payment_method', 'card_last4', 'credits_used', 'credits_total', 'credits_left', 'revision_count', 'used_percent', 'outage_hours', 'telegram_id',
] as const satisfies readonly FactName[];
export type DerivableFact = (typeof derivableFacts)[number];

export interface QuoteContext {
  /** ISO 639-1, of the mail the quote is from. */
  readonly language: string;
  readonly sentAt: Moment;
  readonly vocabulary: Vocabulary;
  readonly isMerchants: (address: string) => boolean;
}

interface Quote extends QuoteContext {
  readonly passages: readonly Passage[];
  readonly sentences: readonly Sentence[];
  readonly hits: readonly Hit[];
  readonly book: PhraseBook;
}

/**
 * The value of a fact, read afresh from a verbatim quote: what somebody claims it to be only chooses between the values that stand there. Null where the quote
 * does not give the claimed value.
 */
export function deriveFact<Name extends DerivableFact>(name: Name, claimed: string, text: string, context: QuoteContext): FactValues[Name] | null;
export function deriveFact(name: DerivableFact, claimed: string, text: string, context: QuoteContext): string | number | null {
  const book = phraseBookOf(context.language);
  const passages: Passage[] = [{ text, source: 'body', kind: 'own', question: null }];
  const sentences = splitSentences(passages, { unspaced: book.language.writing === 'unspaced', elision: book.language.elision === true });
  const quote: Quote = { ...context, passages, sentences, hits: findHits(sentences, book), book };
  const wanted = claimed.trim();
  switch (name) {
    case 'account_email':
      return same(wanted, findAccountEmail(passages, quote.hits, context.isMerchants)?.value);
    case 'order_number':
    case 'transaction_id':
      return identifier(wanted, quote);
    case 'generator':
      return same(wanted, findGenerator(sentences, quote.hits, context.vocabulary)?.value);
    case 'browser':
    case 'os':
      return system(name, wanted, quote);
    case 'occurred_at':
    case 'paid_at':
    case 'fulfilled_at':
      return date(wanted, quote);
    case 'amount':
    case 'amount_claimed':
      return sum(wanted, quote);
    case 'payment_method':
      return same(wanted, findPaymentMethod(sentences, quote.hits, findMoney(sentences, book), findCard(passages, quote.hits))?.value);
    case 'card_last4':
      return same(wanted, findCard(passages, quote.hits)?.last4.value);
    case 'telegram_id':
      return telegramId(wanted, quote);
    case 'credits_used':
    case 'credits_total':
    case 'credits_left':
    case 'revision_count':
    case 'used_percent':
    case 'outage_hours':
      return count(name, wanted, quote);
    default:
      return name satisfies never;
  }
}

function same(wanted: string, found: string | undefined): string | null {
  return found !== undefined && fold(found) === fold(wanted) ? found : null;
}

/** By its day; the time of day is ours to read. */
function date(wanted: string, { sentences, book, sentAt }: Quote): string | null {
  const dates = findDates(sentences, book, sentAt).filter(({ ahead, value }) => !ahead && value.slice(0, 10) === wanted.slice(0, 10));
  return (dates.find(({ value }) => value === wanted.slice(0, 16)) ?? dates[0])?.value ?? null;
}

function sum(wanted: string, { sentences, book }: Quote): string | null {
  const [number = '', currency = ''] = wanted.split(/\s+/);
  return findMoney(sentences, book).find((mention) => mention.currency === currency.toUpperCase() && mention.number === Number(number))?.value ?? null;
}

/** `Chrome 126` as `chrome`. */
function nameOf(written: string): string {
  return fold(written.replace(/\s+[\d.]+.*$/, ''));
}

function system(kind: 'browser' | 'os', wanted: string, { sentences, book }: Quote): string | null {
  return findSystems(sentences, book).find((mention) => mention.kind === kind && !mention.negated && nameOf(mention.value) === nameOf(wanted))?.value ?? null;
}

const identifierPattern = /(?<![\p{L}\p{N}_])(?:[A-Za-zА-Яа-я]{1,6}[-_]?)?\d[\dA-Za-z]*(?:[-_/][\dA-Za-z]+)*(?![\p{L}\p{N}_])/gu;
const minIdentifierDigits = 4;

/** As many digits alone are a card's number, perhaps a mistyped one. ISO/IEC 7812. */
const cardLike = /^\d{13,19}$/;

/** Not a date, not a sum, not a card's number. */
function identifier(claimed: string, { passages, hits, vocabulary, sentences, book, sentAt }: Quote): string | null {
  const wanted = claimed.replace(/^[#№\s]+/u, '');
  const { order, transaction } = findOrderAndTransaction(passages, hits, vocabulary);
  const named = [order, transaction].find((fact) => fact !== null && fold(fact.value) === fold(wanted));
  if (named) return named.value;
  const taken = [...findDates(sentences, book, sentAt), ...findMoney(sentences, book)];
  for (const { text } of passages) {
    for (const match of asciiDigits(text).matchAll(identifierPattern)) {
      const digits = match[0].replace(/\D/g, '');
      const end = match.index + match[0].length;
      if (digits.length < minIdentifierDigits || cardLike.test(match[0]) || taken.some((other) => other.start < end && match.index < other.end)) continue;
      if (fold(match[0]) === fold(wanted)) return match[0];
    }
  }
  return null;
}

function telegramId(wanted: string, { passages, hits }: Quote): string | null {
  const named = findTelegramId(passages, hits)?.value;
  if (named !== undefined && fold(named) === fold(wanted)) return named;
  if (!/^\d{5,12}$/.test(wanted)) return null;
  return passages.some(({ text }) => new RegExp(`(?<![\\d+])${wanted}(?!\\d)`).test(asciiDigits(text))) ? wanted : null;
}

const numberPattern = /(?<![\p{L}\d.,:/#№*+-])(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d{1,9}(?:[.,]\d{1,2})?)(?![\d:/\p{L}]|[.,]\d|-\d)(\s?[%٪])?/gu;

function count(name: 'credits_used' | 'credits_total' | 'credits_left' | 'revision_count' | 'used_percent' | 'outage_hours', claimed: string, quote: Quote): number | null {
  const wanted = Number(claimed);
  if (claimed === '' || !Number.isFinite(wanted) || wanted < 0) return null;
  const { sentences, hits, book, sentAt } = quote;
  const taken = [...findDates(sentences, book, sentAt), ...findMoney(sentences, book)];
  if (findCounts(sentences, hits, taken, name === 'outage_hours', book)[name]?.value === wanted) return wanted;
  // How long an outage was takes its unit as well.
  if (name === 'outage_hours' || (name !== 'used_percent' && !Number.isInteger(wanted)) || (name === 'used_percent' && wanted > 100)) return null;
  for (const sentence of sentences) {
    const spans = taken.filter((mention) => mention.sentence === sentence);
    const isFree = (start: number, end: number): boolean => !spans.some((span) => span.start < end && start < span.end);
    for (const match of asciiDigits(sentence.passage.text.slice(sentence.start, sentence.end)).matchAll(numberPattern)) {
      const start = sentence.start + match.index;
      const written = (match[1] ?? '').replace(/[ \u00a0\u202f]/g, '');
      const value = Number(/^\d{1,3}(?:[.,]\d{3})+$/.test(written) ? written.replace(/[.,]/g, '') : written.replace(',', '.'));
      if (value === wanted && (match[2] !== undefined) === (name === 'used_percent') && isFree(start, start + match[0].length)) return wanted;
    }
    if (name === 'used_percent') continue;
    if (sentence.tokens.some((token) => token.kind === 'word' && numeralValue(token.folded, book.language) === wanted && isFree(token.start, token.end))) return wanted;
  }
  return null;
}
