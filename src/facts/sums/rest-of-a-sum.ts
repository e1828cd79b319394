import type { MoneyMention } from './money.ts';
import { tokenAt } from '../text/phrases.ts';
import type { Hit } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/** "I paid 20 dollars and only 12 arrived. Where are the other 8?": two plain numbers that come to a sum are parts of it, where one is called what is missing of it. */

const calledRest = /(?<!\p{L})(?:(?:the |my )?(?:other|missing|remaining)|the rest,|(?:los|las) (?:otros|otras)|os outros|as outras|os restantes|los restantes|les|les autres|gli altri|altri|le altre|остальные|остальных|недостающие|оставшиеся|астатнія|астатніх|рэшту|решта|інші|pozostałe|pozostałych|brakujące|brakujących|reszta|die anderen|die restlichen|diğer|kalan|geri kalan|الباقي|باقي|الـ?)\s?$|(?:残り|あと|残額|나머지|남은)(?:の|는|은)?\s?$/iu;
const frenchRest = /^\s(?:autres|restants|manquants)(?!\p{L})/iu;

/** The number between `start` and `end` is called what is missing. */
export function isCalledRest({ passage: { text } }: Sentence, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  return calledRest.test(before) && (!/(?<!\p{L})les\s$/iu.test(before) || frenchRest.test(text.slice(end, end + 12)));
}

const plainNumber = /(?<![\p{L}\d.,:/#№*+-](?<![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]))\d{1,6}(?:[.,]\d{1,2})?(?![\d%/:]|[.,-]\d|\s?%)/gu;

interface Bare { readonly sentence: Sentence; readonly start: number; readonly end: number; readonly number: number }

function bareNumbers(sentence: Sentence, taken: readonly { sentence: Sentence; start: number; end: number }[]): Bare[] {
  return [...sentenceText(sentence).matchAll(plainNumber)].flatMap(({ 0: written, index }) => {
    const one = { sentence, start: sentence.start + index, end: sentence.start + index + written.length, number: Number(written.replace(',', '.')) };
    return taken.some((other) => other.sentence === sentence && other.start < one.end && one.start < other.end) ? [] : [one];
  });
}

/** The two parts of a sum that a mail names without its currency. */
export function findRestOfSum(sentences: readonly Sentence[], hits: readonly Hit[], money: readonly MoneyMention[], taken: readonly { sentence: Sentence; start: number; end: number }[]): MoneyMention[] {
  const wholes = new Set(money.map(({ value }) => value));
  const [whole] = money;
  if (whole === undefined || wholes.size > 1) return [];
  const near = sentences.filter(({ passage, index }) => passage === whole.sentence.passage && Math.abs(index - whole.sentence.index) <= 2);
  // Arabic calls a balance by a word for credits.
  if (hits.some(({ concept, sentence, start, end }) => concept === 'credit_unit' && near.includes(sentence) && !/رصيد/u.test(sentence.passage.text.slice(start, end)))) return [];
  const numbers = near.flatMap((sentence) => bareNumbers(sentence, [...money, ...taken]));
  const rest = numbers.find(({ sentence, start, end }) => isCalledRest(sentence, start, end));
  const part = rest && numbers.find((one) => one !== rest && Math.round((one.number + rest.number) * 100) === Math.round(whole.number * 100));
  return rest === undefined || part === undefined ? [] : [part, rest].map(({ sentence, start, end, number }) => ({ sentence, start, end, first: tokenAt(sentence, start), last: tokenAt(sentence, end - 1), value: `${number} ${whole.currency}`, number, currency: whole.currency }));
}
