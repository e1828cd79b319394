import type { Fact } from './facts.ts';
import { asciiDigits } from './fold.ts';
import type { Hit } from './phrases.ts';
import type { Passage } from './sentences.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Numbers and names by which a merchant finds a customer: addresses, orders, transactions, cards, Telegram ids. */

type TextFact = Fact<string>;

// Kana, Han and Hangul stand right beside addresses: `a@example.comです`.
const addressPattern = /(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}])(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}._%+-]){0,63}@(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}-]){1,63}(?:\.(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}-]){1,63}){1,8}/gu;

/** The address of the account: of the addresses in the customer's words the one beside a word for "account", else the only or first. */
export function findAccountEmail(passages: readonly Passage[], hits: readonly Hit[], isMerchants: (address: string) => boolean): TextFact | null {
  const labels = hits.filter((hit) => hit.concept === 'account_label' && !hit.negated);
  let best: { fact: TextFact; distance: number } | null = null;
  for (const passage of passages) {
    if (passage.kind !== 'own') continue;
    for (const match of passage.text.matchAll(addressPattern)) {
      const value = match[0].replace(/[.-]+$/, '').toLowerCase();
      if (isMerchants(value)) continue;
      const distance = Math.min(400, ...labels.filter((hit) => hit.sentence.passage === passage).map((hit) => Math.abs(hit.start - match.index)));
      if (best === null || distance < best.distance) best = { fact: { value, source: passage.source, evidence: match[0] }, distance };
    }
  }
  return best?.fact ?? null;
}

/** What may stand between "order" and its number. An inflected word is taken whole: "refrefref" could be cut into words in thousands of ways. */
const labelGlue = String.raw`(?:\s*(?:n[o°º]\.?|nr\.?|num(?:ber|ero|éro|eru|er)?\.?|numer\p{L}*(?!\p{L})|número|номер\p{L}*(?!\p{L})|нумар\p{L}*(?!\p{L})|ном\.|№|#|id|ref\p{L}*(?!\p{L})\.?|code|код\p{L}*(?!\p{L})|under|is|was|it'?s|this|за|по|пад|под|с|з|на|як|как|의|の|は|が|은|는|이|：|番号|번호|numarası|numaram|رقم|[:=\-–—("«'“]))*\s*`;
const identifier = String.raw`(?<id>(?:[A-Za-zА-Я]{1,5}[-_ ]?)?\d[\dA-Za-z]*(?:[-_/][\dA-Za-z]+)*)`;
const afterLabel = new RegExp(`^${labelGlue}#?${identifier}`, 'iu');
const transactionPattern = /(?<![\p{L}\p{N}])(?:(?:pi|ch|txn|py|in|cs|re|sub|tr|pay|ord)_[A-Za-z0-9]{5,40}|TXN?[-_]?\d[\dA-Z-]{3,30}|GPA\.\d{4}-\d{4}-\d{4}-\d{4,8}|T[-_]\d{5,20}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\p{L}\p{N}])/giu;

export interface Identifiers {
  readonly order: TextFact | null;
  readonly transaction: TextFact | null;
}

export function findOrderAndTransaction(passages: readonly Passage[], hits: readonly Hit[], vocabulary: Vocabulary): Identifiers {
  const patterns = vocabulary.order_numbers.map((source) => new RegExp(`(?<![\\p{L}\\p{N}_-])#?(${source})(?![\\p{L}\\p{N}_])`, 'giu'));
  const labels = hits.filter((hit) => hit.concept === 'order_label' || hit.concept === 'transaction_label');
  let order: TextFact | null = null;
  let transaction: TextFact | null = null;
  for (const passage of passages) {
    const text = asciiDigits(passage.text);
    const factOf = (value: string, start: number, end: number): TextFact => ({ value, source: passage.source, evidence: passage.text.slice(start, end).trim() });
    for (const match of text.matchAll(transactionPattern)) transaction ??= factOf(match[0], match.index, match.index + match[0].length);
    for (const hit of labels) {
      if (hit.sentence.passage !== passage) continue;
      const match = afterLabel.exec(text.slice(hit.end, hit.end + 80));
      const id = match?.groups?.['id'];
      const found = match !== null && id !== undefined && isIdentifier(id, text.slice(hit.end + match[0].length)) ? factOf(id.trim(), hit.start, hit.end + match[0].length) : null;
      if (found === null) continue;
      if (hit.concept === 'transaction_label') transaction ??= found;
      else if (found.value !== transaction?.value) order ??= found;
    }
    for (const pattern of patterns) {
      for (const match of text.matchAll(pattern)) {
        const value = match[1] ?? '';
        if (value !== transaction?.value) order = order !== null && !sameId(order.value, value) && matchesAny(order.value, patterns) ? order : factOf(value, match.index, match.index + match[0].length);
        break;
      }
    }
  }
  // "Запыт на вяртанне - 10655": the subject's convention ends in a number.
  const subject = passages.find((passage) => passage.source === 'subject');
  if (order === null && transaction === null && subject && patterns.length > 0) {
    const match = /[-–—:]\s*\[?#?([A-Za-z]{0,4}[-_]?\d[\dA-Za-z_-]{2,30})\]?\s*$/u.exec(subject.text);
    if (match?.[1] !== undefined) order = { value: match[1], source: 'subject', evidence: match[1] };
  }
  return { order, transaction };
}

function matchesAny(value: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => new RegExp(`^#?${pattern.source.replace(/^\(\?<!.*?\)#\?/, '')}`, 'iu').test(value));
}

function sameId(a: string, b: string): boolean {
  return a.replace(/\W/g, '').endsWith(b.replace(/\W/g, '')) || b.replace(/\W/g, '').endsWith(a.replace(/\W/g, ''));
}

/** Not a date, a sum, a year or a count of things. */
function isIdentifier(id: string, after: string): boolean {
  const digits = id.replace(/\D/g, '');
  if (digits.length < 3) return false;
  if (/^\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?$/.test(id)) return false;
  if (/^(?:19|20)\d{2}$/.test(id) && /^\s*(?:г|year|года|年|년|[-/.]\d)/iu.test(after)) return false;
  if (/^[.,]\d{2}(?!\d)|^\s*(?:[€$£₽%¥]|руб|usd|eur|rub|credit|кредит|:\d\d)/iu.test(after)) return false;
  return true;
}

const cardDigits = /(?<![\p{L}\p{N}_@./-])\d(?:[ \u00a0-]?\d){12,18}(?![\p{L}\p{N}_@])/gu;
const masked = /(?<![\p{L}\p{N}])(?:[*•●·]{1,12}|[xXхХ#*]{2,12}|…|\.{2,4})[ \u00a0-]?(\d{4})(?!\d)/gu;
const cardBrand = /(?:visa|master\s?card|mastercard|maestro|мир|amex|american express|виза|мастеркард|mir)\b[^\d\n]{0,12}?[-–—*•.… (#]{1,8}(\d{4})(?![\d./-]|\s?(?:г|year))/giu;

export interface CardMention {
  readonly last4: TextFact;
  /** The whole number stands in the mail. */
  readonly full: boolean;
}

export function findCard(passages: readonly Passage[], hits: readonly Hit[]): CardMention | null {
  for (const passage of passages) {
    const text = asciiDigits(passage.text);
    for (const match of text.matchAll(cardDigits)) {
      const digits = match[0].replace(/\D/g, '');
      if (isCardNumber(digits, match[0])) return { last4: { value: digits.slice(-4), source: passage.source, evidence: digits.slice(-4) }, full: true };
    }
  }
  const endings = hits.filter((hit) => hit.concept === 'card_ending');
  for (const passage of passages) {
    const text = asciiDigits(passage.text);
    for (const hit of endings) {
      if (hit.sentence.passage !== passage) continue;
      const match = /^[^\d\n]{0,14}?(\d{4})(?!\d)/u.exec(text.slice(hit.end, hit.end + 24)) ;
      const before = /(\d{4})[^\d\n]{0,8}$/u.exec(text.slice(Math.max(0, hit.start - 14), hit.start));
      const last4 = match?.[1] ?? before?.[1];
      if (last4 !== undefined) return { last4: { value: last4, source: passage.source, evidence: passage.text.slice(match ? hit.start : hit.start - (before?.[0].length ?? 0), hit.end + (match?.[0].length ?? 0)).trim() }, full: false };
    }
    for (const pattern of [masked, cardBrand]) {
      for (const match of text.matchAll(pattern)) {
        if (match[1] !== undefined) return { last4: { value: match[1], source: passage.source, evidence: passage.text.slice(match.index, match.index + match[0].length) }, full: false };
      }
    }
  }
  return null;
}

/** ISO/IEC 7812: 13 to 19 digits, an issuer's first digit, the Luhn sum; four groups of four pass without the sum (a mistyped card is still one). */
export function isCardNumber(digits: string, written = digits): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]/.test(digits)) return false;
  if (/^\d{4}([ -])\d{4}\1\d{4}\1\d{4}$/.test(written)) return true;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** Full card numbers as their last four digits, for whatever is kept or shown. */
export function maskCardNumbers(text: string): string {
  return text.replace(cardDigits, (written) => {
    const digits = written.replace(/\D/g, '');
    return isCardNumber(digits, written) ? `•••• ${digits.slice(-4)}` : written;
  });
}

const handle = /(?<![\p{L}\p{N}._%+@/-])@([A-Za-z][A-Za-z0-9_]{3,31})(?![\w@.]*@|\.[a-z]{2})/gu;
const telegramLink = /(?:t\.me|telegram\.me)\/(?:@)?([A-Za-z][A-Za-z0-9_]{3,31})/giu;

export function findTelegramId(passages: readonly Passage[], hits: readonly Hit[]): TextFact | null {
  const labels = hits.filter((hit) => hit.concept === 'telegram_label');
  const found: { fact: TextFact; distance: number }[] = [];
  for (const passage of passages) {
    if (passage.kind !== 'own') continue;
    const text = asciiDigits(passage.text);
    const beside = labels.filter((hit) => hit.sentence.passage === passage);
    const push = (value: string, start: number, end: number, base: number): void => {
      const distance = Math.min(300, ...beside.map((hit) => Math.max(start - hit.end, hit.start - end, 0)));
      found.push({ fact: { value, source: passage.source, evidence: passage.text.slice(start, end) }, distance: distance + base });
    };
    for (const match of text.matchAll(telegramLink)) push(`@${match[1] ?? ''}`, match.index, match.index + match[0].length, 0);
    for (const match of text.matchAll(handle)) if (!/support|stoneai/i.test(match[1] ?? '')) push(`@${match[1] ?? ''}`, match.index, match.index + match[0].length, 0);
    for (const hit of beside) {
      const tail = text.slice(hit.end, hit.end + 60);
      const digits = /^[^\d\n@]{0,24}?(?<![+\d(])(\d{5,12})(?![\d(-])/u.exec(tail);
      if (digits?.[1] !== undefined && !/\+|тел(?!ег)|phone|моб/iu.test(digits[0])) push(digits[1], hit.end + digits[0].length - digits[1].length, hit.end + digits[0].length, 1);
      const name = /^(?:\s*(?:id|(?:ник|нік|nick|юзер)\p{L}*(?!\p{L})|username|user|логин|имя|is|это|мой|my|handle|account|аккаунт|[:=\-–—]))*\s*:?\s*([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Za-z]+\d[A-Za-z0-9_]{2,})(?![\w@.-]*@)/iu.exec(tail);
      if (name?.[1] !== undefined && name[1].length >= 5) push(`@${name[1]}`, hit.end + name[0].length - name[1].length, hit.end + name[0].length, 2);
    }
  }
  found.sort((a, b) => a.distance - b.distance);
  return found[0]?.fact ?? null;
}
