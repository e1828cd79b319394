import { numberOfUnits, numberOfUnitsValue } from '../numbers/east-asian-numbers.ts';
import { longNumberInWords, numberInWords } from '../numbers/numbers-in-words.ts';
import { countsShades } from './shades-of-colour.ts';
import { tokenAt } from '../text/phrases.ts';
import type { PhraseBook } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import { spacedLetter } from '../text/spaced-letter.ts';

/** A sum of money the mail names. */
export interface MoneyMention {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
  /** `19.90 EUR`, the decimals as written */
  readonly value: string;
  readonly number: number;
  readonly currency: string;
}

/** Signs and codes that mean the same in every language; the longest first. Source: ISO 4217, CLDR. */
const signs: readonly (readonly [string, string])[] = [
  ['US$', 'USD'], ['U$S', 'USD'], ['R$', 'BRL'], ['A$', 'AUD'], ['C$', 'CAD'], ['CA$', 'CAD'], ['MX$', 'MXN'], ['NT$', 'TWD'], ['HK$', 'HKD'], ['S$', 'SGD'],
  ['RD$', 'DOP'], ['COL$', 'COP'], ['COP$', 'COP'], ['CLP$', 'CLP'], ['AR$', 'ARS'], ['U$D', 'USD'], ['CAD$', 'CAD'], ['S/.', 'PEN'], ['S/', 'PEN'], ['₡', 'CRC'], ['₲', 'PYG'],
  ['$', 'USD'], ['€', 'EUR'], ['£', 'GBP'], ['¥', 'JPY'], ['\uffe5', 'JPY'], ['₽', 'RUB'], ['₩', 'KRW'], ['\uffe6', 'KRW'], ['₺', 'TRY'], ['₴', 'UAH'], ['₸', 'KZT'], ['₹', 'INR'], ['₪', 'ILS'], ['₫', 'VND'], ['₾', 'GEL'], ['₦', 'NGN'], ['₱', 'PHP'], ['/-', 'INR'],
  ['zł', 'PLN'], ['zl', 'PLN'], ['Br', 'BYN'], ['円', 'JPY'], ['원', 'KRW'], ['元', 'CNY'], ['⭐', 'XTR'],
  ['د.ك', 'KWD'], ['د.إ', 'AED'], ['ر.س', 'SAR'], ['ر.ق', 'QAR'], ['د.ب', 'BHD'], ['ر.ع', 'OMR'], ['ج.م', 'EGP'], ['د.أ', 'JOD'], ['د.ت', 'TND'], ['د.م', 'MAD'], ['د.ج', 'DZD'],
];
const codes = ['USD', 'EUR', 'GBP', 'RUB', 'BYN', 'UAH', 'PLN', 'TRY', 'BRL', 'JPY', 'KRW', 'CNY', 'INR', 'CAD', 'AUD', 'NZD', 'CHF', 'MXN', 'ARS', 'CLP', 'COP', 'PEN', 'AED', 'SAR', 'QAR', 'KWD', 'BHD', 'EGP', 'MAD', 'OMR', 'JOD', 'TND', 'DZD', 'KZT', 'ILS', 'SEK', 'NOK', 'DKK', 'CZK', 'HUF', 'RON', 'BGN', 'TON', 'USDT', 'USDC', 'BTC', 'ETH', 'XTR', 'SGD', 'HKD', 'TWD', 'ZAR', 'THB', 'GEL', 'AMD', 'UZS', 'NGN', 'KES', 'GHS', 'PKR', 'LKR', 'BDT', 'NPR', 'MYR', 'IDR', 'RSD', 'ISK', 'AZN', 'KGS', 'MDL'];
const aliases: Readonly<Record<string, string>> = { RUR: 'RUB', TL: 'TRY', YTL: 'TRY', STARS: 'XTR', ТОН: 'TON', BYR: 'BYN', RS: 'INR', KSH: 'KES', DHS: 'AED', DH: 'AED' };

/** Codes that in small letters, before a number, are everyday words: "I did try 20 times". */
const alsoWords: ReadonlySet<string> = new Set(['try', 'mad', 'pen', 'cop', 'ars', 'ton']);

/** 스타 700개, スター500個; fewer are a review. */
const starsBefore = /(?:스타|スター|텔레그램\s?별|telegram\s?stars?)(?:(?:를|을|は|を)?\s?(\d{2,6}|\d{1,3},\d{3})(?![\d.,])\s?(?:개|個|枚)?|(?:으?로|で|が|[이가])\s?(\d{2,6}|\d{1,3},\d{3})\s?(?:개|個|枚))/giu;
/** "Telegram Stars, 750 of them", "звёздами, 750 штук" */
const starsAhead = /(?<!\p{L})(?:telegram[ -]stars|stars|звёзд\p{L}*|звезд\p{L}*|зор(?:к|ак)\p{L}*|estrell\p{L}+|étoiles|stelle|estrelas|gwiazd\p{L}*|yıldız\p{L}*)[ ,:(–—-]{1,3}(\d{2,6}|\d{1,3},\d{3})\s(?:of them|pieces|штук\p{L}?|шт|sztuk\p{L}?|szt|unidades|unités|pezzi|peças|adet|tane)(?!\p{L})/giu;

/** Pesos by whose they are; Mexico's where it is not said. */
const pesoCodes: Readonly<Record<string, string>> = { colombian: 'COP', mexican: 'MXN', argentin: 'ARS', chilen: 'CLP', uruguay: 'UYU', filipin: 'PHP' };

/** "16,99 $ canadiens" */
const whoseDollars = /^\s?(?:dollars?\s)?(canad|austral|nzd|neo-?z|new zeal)\p{L}*/iu;
/** "16,99 $ CA"; in small letters it may be a word. */
const canadianCode = /^\s?(CA)[ND]?(?![\p{L}$])/u;
const dollarCodes: Readonly<Record<string, string>> = { canad: 'CAD', ca: 'CAD', austral: 'AUD', nzd: 'NZD', neoz: 'NZD', 'neo-z': 'NZD', 'new zeal': 'NZD' };

/** Hundredths in words: "74 рубля 90 копеек". */
const hundredths = /^(?:\s\p{L}+)?\s?(?:и|і|i|y|e|et|and|und|ve|و)?\s?(\d{1,2})\s?(?:коп|кап|цент|cent|ct|grosz|gr(?!\p{L})|kuruş|kr(?!\p{L})|cénti|centi|سنت|قرش|هلل)\p{L}*/iu;
/** "24 dólares con 99" */
const hundredthsSpoken = /^\scon\s(\d\d)(?![\d%]|[.,]\d|\s+(?:cr[eé]d|gener|token|d[ií]a|minut))/iu;
/** "19 euro e 90", "19 euros 90": a clause ends behind it, or goes on with what was paid for or how. */
const hundredthsJoined = /^\s(?:(?:e|y|et|com|virgola|vírgula|virgule)\s)?(\d\d)(?=\s*(?:$|[,;:!?)]|\.(?!\d))|\s(?:al|per|con|par|pour|por|em|no|na|sur|sul|dal|il|le|de|pelo|pela)\s)/iu;
/** "19e90": how French chats write euros. */
const chattedEuros = /(?<![\p{L}\d.,])(?<whole>\d{1,4})\s?e\s?(?<cents>\d{2})(?![\p{L}\d.,])/giu;
const joinsHundredths: ReadonlySet<string> = new Set(['es', 'fr', 'it', 'pt']);
/** What may stand between a number and its currency: "74 беларускія рублі". */
const adjectiveAtEnd = /\s(?:белорусск|беларуск|российск|расейск|расійск|американск|амерыканск|канадск|австралийск|польск|canadian|american|australian|us|turkish|telegram|tg|белар?|рос)\p{L}{0,4}\.?\s?$/iu;

// The last two digits before a group of three are Indian: 1,29,999.
const number = String.raw`\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d{1,2})?(?![\d,])|\d{1,3}(?:[ \u00a0\u202f\u2009'’.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,8})?`;
const signBefore = String.raw`US\$|RD\$|CO[LP]\$|CLP\$|AR\$|U\$D|CAD\$|(?<!\p{L})S/\.?|U\$S|R\$|CA\$|A\$|C\$|MX\$|NT\$|HK\$|S\$|[$€£¥\uffe5₽₩\uffe6₺₴₸₹₪₫₾₦₱₡₲⭐]\ufe0f?`;
const signAfter = String.raw`US\$|U\$S|[$€£¥\uffe5₽₩\uffe6₺₴₸₹₪₫₾₦₱⭐]\ufe0f?|/-(?!\d)|zł(?!\p{L})|zl\b|Br\b|円|원|元|(?:د\.ك|د\.إ|ر\.س|ر\.ق|د\.ب|ر\.ع|ج\.م|د\.أ|د\.ت|د\.م|د\.ج)(?!\p{L})`;
const codeList = [...codes, ...Object.keys(aliases)].toSorted((a, b) => b.length - a.length).join('|');
const prefixed = new RegExp(String.raw`(?:(?<sign>${signBefore})|(?<!${spacedLetter})(?<code>${codeList})(?!${spacedLetter})(?:(?<=rs)\.)?)\s?(?<number>${number})`, 'giu');
const codeAtEnd = new RegExp(String.raw`(?<!${spacedLetter})(?:${codeList})\.?\s?$`, 'iu');
const suffixed = new RegExp(String.raw`(?<![\d.,/]|\d:)(?<number>${number})\s?(?<thousand>k|К|тыс\.?|тыщ\S{0,2}|mil|bin|tys\.?|만|万|천|千)?[\s\u00a0]?(?:(?<sign>${signAfter})|(?<code>${codeList})(?!${spacedLetter}))`, 'giu');

const numberAtEnd = new RegExp(String.raw`(?<![\d.,/]|\d:)(${number})(?:['’]ş?[ae]r)?\s?(?<thousand>k|к|тыс\.?|тыщ\S{0,2}|tys\.?|bin|mil|[أا]لفا?ً?|[آا]لاف)?\s?$`, 'iu');

/** The currencies' words, compiled once for each phrase book. */
interface CurrencyWords {
  readonly ids: readonly (readonly [id: number, currency: string])[];
  /** Names of two words, as `first_second`. */
  readonly pairs: readonly (readonly [names: readonly string[], currency: string])[];
  readonly unspaced: readonly (readonly [pattern: RegExp, currency: string])[];
  /** 1万2千円, 3만9천원, 二千五百円, 이십 달러: with units. */
  readonly units: readonly (readonly [pattern: RegExp, currency: string])[];
}

const currencyWords = new WeakMap<PhraseBook, CurrencyWords>();

function currencyWordsOf(book: PhraseBook): CurrencyWords {
  const known = currencyWords.get(book);
  if (known) return known;
  const entries = Object.entries(book.language.money);
  const compiled: CurrencyWords = {
    ids: entries.map(([currency, words]) => [book.words.add(words), currency]),
    pairs: entries.map(([currency, words]) => [words.split('|').filter((one) => one.includes('_')), currency] as const).filter(([names]) => names.length > 0),
    unspaced: book.language.writing === 'unspaced' ? entries.map(([currency, words]) => [new RegExp(String.raw`(?<![\d.,])(${number})\s?(만|万|천|千)?\s?(?:${words})`, 'gu'), currency]) : [],
    units: book.language.writing === 'unspaced' ? entries.map(([currency, words]) => [new RegExp(String.raw`(${numberOfUnits})\s?(?:${words}${currency === 'JPY' ? '|円' : currency === 'KRW' ? '|원' : ''})`, 'gu'), currency]) : [],
  };
  currencyWords.set(book, compiled);
  return compiled;
}

export function findMoney(sentences: readonly Sentence[], book: PhraseBook): MoneyMention[] {
  const found = sentences.flatMap((sentence) => moneyIn(sentence, book));
  const isPlain = ({ sentence: { passage }, start, end, currency }: MoneyMention): boolean => currency === 'USD' && /(?<![\p{L}])\$(?!\p{L})/u.test(passage.text.slice(start, end));
  const whose = found.some(isPlain) ? namedDollar(sentences, book) : null;
  return whose === null ? found : found.map((mention) => (isPlain(mention) ? { ...mention, value: mention.value.replace('USD', whose), currency: whose } : mention));
}

/** The currencies of the sums, and those that are only spoken of: "I paid in roubles". */
export function namedCurrencies(sentences: readonly Sentence[], money: readonly MoneyMention[], book: PhraseBook): ReadonlySet<string> {
  const { ids } = currencyWordsOf(book);
  const named = new Set(money.map((mention) => mention.currency));
  for (const sentence of sentences) {
    for (const token of sentence.tokens) {
      const matched = token.kind === 'word' ? book.words.lookup(token) : [];
      if (matched.length > 0) for (const [id, currency] of ids) if (matched.includes(id)) named.add(currency);
    }
  }
  return named;
}

/** Currencies that are written with a plain dollar sign where they are spent. */
const ofPlainSign: ReadonlySet<string> = new Set(['ARS', 'CAD', 'CLP', 'COP', 'DOP', 'MXN', 'UYU']);

/** Whose the plain sign is, where the text says so in one way: "pagué $ 24.000 (son pesos chilenos)". */
function namedDollar(sentences: readonly Sentence[], book: PhraseBook): string | null {
  const { pairs } = currencyWordsOf(book);
  const named = new Set<string>();
  for (const { tokens } of pairs.length === 0 ? [] : sentences) for (const [index, { folded }] of tokens.entries()) {
    const pair = `${folded}_${tokens[index + 1]?.folded ?? ''}`;
    for (const [names, currency] of pairs) if (names.includes(pair)) named.add(currency);
  }
  const [only] = named;
  return named.size === 1 && only !== undefined && ofPlainSign.has(only) ? only : null;
}

/** "Not worth five stars": so few are a mark. */
const mostStarsOfMark = 5;

function moneyIn(sentence: Sentence, book: PhraseBook): MoneyMention[] {
  const found: MoneyMention[] = [];
  const text = sentenceText(sentence);
  const add = (start: number, end: number, digits: string, currency: string, factor = 1): void => {
    const span = { start: sentence.start + start, end: sentence.start + end };
    if (found.some((other) => other.start < span.end && span.start < other.end) || (currency === 'TON' && countsShades(text, end))) return;
    const amount = parseAmount(digits, currency);
    if (amount === null) return;
    const value = factor === 1 ? amount : String(Number(amount) * factor);
    if (currency === 'XTR' && Number(value) <= mostStarsOfMark) return;
    found.push({ sentence, ...span, first: tokenAt(sentence, span.start), last: tokenAt(sentence, span.end - 1), value: `${value} ${currency}`, number: Number(value), currency });
  };
  const hasDigits = /\d/.test(text);
  for (const [pattern, currency] of sentence.characters === null || !/[十百千万십백천만]/u.test(text) ? [] : currencyWordsOf(book).units) {
    for (const match of text.matchAll(pattern)) add(match.index, match.index + match[0].length, String(numberOfUnitsValue(match[1] ?? '')), currency);
  }
  for (const match of sentence.characters === null || !hasDigits ? [] : text.matchAll(starsBefore)) add(match.index, match.index + match[0].length, match[1] ?? match[2] ?? '', 'XTR');
  for (const match of sentence.characters !== null || !hasDigits ? [] : text.matchAll(starsAhead)) add(match.index, match.index + match[0].length, match[1] ?? '', 'XTR');
  for (const match of hasDigits ? text.matchAll(suffixed) : []) {
    const { number: digits = '', sign, code, thousand } = match.groups ?? {};
    // "KES 500/-": the stroke ends any sum, and is the rupee's where nothing else is named.
    if (sign === '/-' && codeAtEnd.test(text.slice(0, match.index))) continue;
    if (code === 'try' && book.language.code === 'en') continue;
    const end = match.index + match[0].length;
    // "19€90"
    const cents = (sign === '€' || sign === '£') && /^\d+$/.test(digits) ? /^\d\d(?![\d.,:%€£])/.exec(text.slice(end, end + 3))?.[0] : undefined;
    const whose = sign === '$' ? (whoseDollars.exec(text.slice(end)) ?? canadianCode.exec(text.slice(end))) : null;
    // "49 zł 90 gr"
    const minor = /[.,]\d{1,2}$/.test(digits) ? null : hundredths.exec(text.slice(end, end + 20));
    if (minor?.[1] !== undefined) {
      add(match.index, end + minor[0].length, `${digits}.${minor[1].padStart(2, '0')}`, currencyOf(sign, code, book));
      continue;
    }
    add(match.index, end + (cents ?? whose?.[0] ?? '').length, cents === undefined ? digits : `${digits}.${cents}`, dollarCodes[whose?.[1]?.toLowerCase() ?? ''] ?? currencyOf(sign, code, book), factorOf(thousand));
  }
  for (const match of hasDigits ? text.matchAll(prefixed) : []) {
    const { number: digits = '', sign, code } = match.groups ?? {};
    // "S/ 75" are soles, "s/ 75" is no sum.
    if ((code !== undefined && alsoWords.has(code)) || sign?.startsWith('s/') === true) continue;
    // "$29 USD": the code after it is part of it.
    const tail = /^\s?(?:USD|EUR|GBP|CAD|AUD)\b/i.exec(text.slice(match.index + match[0].length));
    const pesos = /^\s?pesos?(?:\s(colombian|mexican|argentin|chilen|uruguay|filipin))?/i.exec(text.slice(match.index + match[0].length));
    const tailCode = pesos ? (pesoCodes[pesos[1]?.toLowerCase() ?? ''] ?? 'MXN') : tail?.[0].trim().toUpperCase();
    add(match.index, match.index + match[0].length + (tail?.[0].length ?? 0), digits, tailCode ?? currencyOf(sign, code, book));
  }
  for (const match of hasDigits && book.language.code === 'fr' ? text.matchAll(chattedEuros) : []) add(match.index, match.index + match[0].length, `${match.groups?.['whole'] ?? ''}.${match.groups?.['cents'] ?? ''}`, 'EUR');
  wordedMoney(sentence, text, book, add);
  if (sentence.characters === null) moneyInTalk(sentence, book, add);
  return found.toSorted((a, b) => a.start - b.start);
}

type Add = (start: number, end: number, digits: string, currency: string, factor?: number) => void;

/** "29 dollars", "twelve bucks", "1 490 руб.", "20 evro": a currency's word after the number. */
function wordedMoney(sentence: Sentence, text: string, book: PhraseBook, add: Add): void {
  const { ids, pairs, unspaced } = currencyWordsOf(book);
  if (sentence.characters !== null) {
    if (/\d/.test(text)) for (const [pattern, currency] of unspaced) {
      for (const match of text.matchAll(pattern)) add(match.index, match.index + match[0].length, match[1] ?? '', currency, factorOf(match[2]));
    }
    return;
  }
  for (const [index, token] of sentence.tokens.entries()) {
    if (token.kind !== 'word') continue;
    // "85.000 pesos colombianos": the word after it says whose.
    const pair = pairs.length === 0 ? '' : `${token.folded}_${sentence.tokens[index + 1]?.folded ?? ''}`;
    const matched = book.words.lookup(token);
    const currency = pairs.find(([words]) => words.includes(pair))?.[1] ?? (matched.length === 0 ? undefined : ids.find(([id]) => matched.includes(id))?.[1]);
    if (currency === undefined) continue;
    const before = text.slice(0, token.start - sentence.start);
    const whose = adjectiveAtEnd.exec(before.slice(-24));
    const adjective = whose?.[0].length ?? 0;
    const digits = numberAtEnd.exec(before.slice(0, before.length - adjective).slice(-28));
    // "Euro 18,00", "euro 18,00"
    const behind = digits === null ? /^\s(\d{1,6}[.,]\d{2})(?![\d%]|[.,:/]\d)/.exec(text.slice(token.end - sentence.start)) : null;
    if (behind?.[1] !== undefined) {
      add(token.start - sentence.start, token.end - sentence.start + behind[0].length, behind[1], currency);
      continue;
    }
    if (digits) {
      const start = before.length - adjective - digits[0].length;
      const end = token.end - sentence.start;
      const minor = /[.,]\d{1,2}$/.test(digits[1] ?? '') ? null : (hundredths.exec(text.slice(end, end + 20)) ?? (book.language.code === 'es' ? hundredthsSpoken.exec(text.slice(end, end + 20)) : null) ?? (joinsHundredths.has(book.language.code) ? hundredthsJoined.exec(text.slice(end, end + 20)) : null));
      add(start, end + (minor?.[0].length ?? 0), `${digits[1] ?? ''}${minor?.[1] === undefined ? '' : `.${minor[1].padStart(2, '0')}`}`, (currency === 'USD' ? dollarCodes[/^\s(canad|austral)/i.exec(whose?.[0] ?? '')?.[1]?.toLowerCase() ?? ''] : undefined) ?? currency, factorOf(digits.groups?.['thousand']));
      continue;
    }
    const worded = token.afterBreak ? null : longNumberInWords(sentence, index - 1, book);
    if (worded !== null) {
      const cents = centsInWords(sentence, index + 1, book);
      add((sentence.tokens[worded.first]?.start ?? 0) - sentence.start, (cents === null ? token : (sentence.tokens[cents.last] ?? token)).end - sentence.start, `${worded.value}${cents === null ? '' : `.${String(cents.value).padStart(2, '0')}`}`, currency);
    }
  }
}

/** Behind the currency: "… and ninety-nine cents". */
function centsInWords(sentence: Sentence, from: number, book: PhraseBook): { value: number; last: number } | null {
  const { tokens } = sentence;
  const last = tokens.findIndex((token, index) => index > from && index <= from + 6 && hundredth.test(token.folded));
  if (last === -1) return joinsHundredths.has(book.language.code) ? centsJoined(sentence, from, book) : null;
  const cents = numberInWords(sentence, last - 1, book);
  const isJoined = cents !== null && (cents.first === from || (cents.first === from + 1 && joining.test(tokens[from]?.folded ?? '')));
  return isJoined && cents.value > 0 && cents.value < 100 ? { value: cents.value, last } : null;
}

/** "Diciannove euro e novanta", where nothing that is counted follows. */
function centsJoined(sentence: Sentence, from: number, book: PhraseBook): { value: number; last: number } | null {
  const { tokens } = sentence;
  for (const last of [from + 5, from + 4, from + 3, from + 2, from + 1]) {
    const end = tokens[last];
    const next = tokens[last + 1];
    if (end === undefined || tokens.slice(from, last + 1).some((token) => token.afterBreak) || !(next === undefined || next.afterBreak || goesOn.test(next.folded))) continue;
    const cents = numberInWords(sentence, last, book);
    if (cents !== null && cents.first === from + 1 && cents.value >= 5 && cents.value < 100 && joining.test(tokens[from]?.folded ?? '')) return { value: cents.value, last };
  }
  return null;
}

/** Behind a whole sum: what it was for, or how it was paid. Nothing that is counted. */
const goesOn = /^(?:per|con|su|sul|sulla|dal|dalla|alla|lo|il|ieri|oggi|che|pelo|pela|no|na|por|pour|avec|sur|par|hier|ayer)$/u;

const hundredth = /^(?:cents?|centimes?|c[eé]ntimos?|centavos?|centesimi|centesimo|копе\p{L}+|капе\p{L}+|копій\p{L}+|цент\p{L}*|grosz\p{L}*|kurus\p{L}*)$/u;
const joining = /^(?:and|и|і|y|e|et|und|i|ve|с|з|con|com)$/u;

function factorOf(word: string | undefined): number {
  if (word === undefined) return 1;
  return /^(?:만|万)$/.test(word) ? 10_000 : 1000;
}

function currencyOf(sign: string | undefined, code: string | undefined, book: PhraseBook): string {
  if (code !== undefined) {
    const upper = code.toUpperCase();
    // "RS 29,90" is R$ where the sign is not at hand; "200 dh" in French are Morocco's.
    if (upper === 'RS' && book.language.code === 'pt') return 'BRL';
    if ((upper === 'DH' || upper === 'DHS') && book.language.code === 'fr') return 'MAD';
    return aliases[upper] ?? upper;
  }
  const plain = sign?.replace('\ufe0f', '').toLowerCase();
  if ((plain === '¥' || plain === '\uffe5') && book.language.code === 'zh') return 'CNY';
  return signs.find(([known]) => known.toLowerCase() === plain)?.[1] ?? 'USD';
}

/** Currencies of three decimals, ISO 4217. */
const ofThousandths: ReadonlySet<string> = new Set(['KWD', 'BHD', 'OMR', 'JOD', 'TND', 'IQD', 'LYD']);

/**
 * The number as a plain decimal. Where both separators occur the last one is the decimal's; a single separator before exactly three digits groups
 * thousands, but not after a leading zero, for coins and for currencies of three decimals.
 */
export function parseAmount(digits: string, currency: string): string | null {
  const compact = digits.replace(/[\s\u00a0\u202f\u2009'’]/g, '');
  const comma = compact.lastIndexOf(',');
  const stop = compact.lastIndexOf('.');
  let whole = compact;
  let fraction = '';
  const mark = Math.max(comma, stop);
  if (mark !== -1) {
    const tail = compact.slice(mark + 1);
    const isCoin = currency === 'TON' || currency === 'BTC' || currency === 'ETH' || currency === 'USDT';
    const single = (comma === -1 || stop === -1) && compact.indexOf(compact[mark] ?? '') === mark;
    if (tail.length === 3 && (!single || (!compact.startsWith('0') && !isCoin && !ofThousandths.has(currency)))) whole = compact.replace(/[.,]/g, '');
    else {
      whole = compact.slice(0, mark).replace(/[.,]/g, '');
      fraction = tail;
    }
  }
  if (!/^\d{1,15}$/.test(whole) || Number(whole) + Number(`0.${fraction || '0'}`) === 0) return null;
  return `${whole.replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`;
}

/** What money is called in talk: a noun that is the sum. Source: everyday use; "штука" and "пятёрка" name other things too often. */
const nouns: Readonly<Record<string, readonly (readonly [pattern: RegExp, sum: number, currency: string])[]>> = {
  ru: [[/^косар(?:ь|я|ей|и|ик|ика|иков)$/u, 1000, 'RUB'], [/^пятихат(?:ка|ку|ки)$/u, 500, 'RUB']],
  be: [[/^касар(?:|а|оў|ы)$/u, 1000, 'RUB']],
  pl: [[/^(?:stowa|stowe|stowka|stowke|stowki|stowek)$/u, 100, 'PLN'], [/^(?:tysiak|tysiaka|tysiaki)$/u, 1000, 'PLN']],
};

/** "Два косаря", "stówka". */
function moneyInTalk(sentence: Sentence, book: PhraseBook, add: Add): void {
  const known = nouns[book.language.code];
  if (known === undefined) return;
  for (const [index, token] of sentence.tokens.entries()) {
    const noun = token.kind === 'word' ? known.find(([pattern]) => pattern.test(token.folded)) : undefined;
    if (noun === undefined) continue;
    const before = sentence.tokens[index - 1];
    const count = before?.kind === 'number' ? { value: Number(before.folded), first: index - 1 } : numberInWords(sentence, index - 1, book);
    const isCount = count !== null && !token.afterBreak && count.value > 0 && count.value <= 100;
    add((isCount ? (sentence.tokens[count.first]?.start ?? token.start) : token.start) - sentence.start, token.end - sentence.start, String((isCount ? count.value : 1) * noun[1]), noun[2]);
  }
}
