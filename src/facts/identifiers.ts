import { isPutRight, settle } from './candidate.ts';
import type { Candidate, Weighed } from './candidate.ts';
import { reasons } from './facts.ts';
import type { Fact } from './facts.ts';
import { asciiDigits } from './fold.ts';
import type { Concept } from './language-data.ts';
import type { MoneyMention } from './money.ts';
import type { Hit } from './phrases.ts';
import { askedFor } from './questions.ts';
import type { Passage } from './sentences.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Numbers and names by which a merchant finds a customer: addresses, orders, transactions, cards. */

type TextFact = Fact<string>;

// Kana, Han and Hangul stand right beside addresses and numbers: `a@example.comです`, `SB-10482の本`, a card's as well.
const addressPattern = /(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}])(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}._%+-]){0,63}@(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}-]){1,63}(?:\.(?:(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}-]){1,63}){1,8}/gu;

/** No person's mail names more. */
const maxCandidates = 60;
/** So near to a word for Telegram a name is the customer's own there, and not one that they speak of. Characters. */
export const telegramReach = 12;
/** Anything in the customer's own words goes before it. */
export const onlyPassedOn = 400;
/** So near to a word for "account" an address is the account's in so many words. Characters. */
const accountReach = 40;

/** The address of the account: of the addresses in the customer's words the one beside a word for "account", else the only or first. */
export function findAccountEmail(passages: readonly Passage[], hits: readonly Hit[], isMerchants: (address: string) => boolean, log: Candidate[] = []): TextFact | null {
  const labels = hits.filter((hit) => hit.concept === 'account_label' && !hit.negated);
  const found: Weighed[] = [];
  for (const passage of passages) {
    const isPassedOn = passage.kind === 'forward';
    if (isPassedOn && !isPassedOnByPerson(passage, isMerchants)) continue;
    for (const match of passage.text.matchAll(addressPattern)) {
      if (found.length >= maxCandidates) break;
      const value = match[0].replace(/[.-]+$/, '').toLowerCase();
      const place = { name: 'account_email', value, passage, start: match.index, end: match.index + match[0].length } as const;
      if (isMerchants(value)) log.push({ ...place, refused: 'merchants_own' });
      else if (isPutRight(passage.text, place.start, place.end)) log.push({ ...place, refused: 'negated' });
      else {
        const distance = Math.min(400, ...labels.filter((hit) => hit.sentence.passage === passage).map((hit) => Math.abs(hit.start - match.index)));
        if (!isPassedOn || distance <= telegramReach) found.push({ ...place, cost: distance + (isPassedOn ? onlyPassedOn : 0) });
      }
    }
  }
  const best = cheapest(found);
  // Two addresses are rivals where each has a word for "account" of its own: "my account is a@…", "registered with b@…".
  const labelled = (one: Weighed): number | undefined => labels.find((hit) => hit.sentence.passage === one.passage && Math.abs(hit.start - one.start) === one.cost)?.start;
  const ofItsOwn = (one: Weighed): boolean => one.cost <= accountReach && best !== undefined && (one.passage !== best.passage || labelled(one) !== labelled(best));
  settle(best, found, log, { isRival: ofItsOwn });
  return best ? textFact(best) : null;
}

/** A letter that somebody else asked to pass on, none of the merchant's own. */
export function isPassedOnByPerson({ source, text }: Passage, isMerchants: (address: string) => boolean): boolean {
  return source === 'body' && ![...text.matchAll(addressPattern)].some(([address]) => isMerchants(address.toLowerCase()));
}

/** The first of the clearest. */
export function cheapest(found: readonly Weighed[]): Weighed | undefined {
  let best: Weighed | undefined;
  for (const one of found) if (best === undefined || one.cost < best.cost) best = one;
  return best;
}

export function textFact({ value, passage, start, end }: Weighed): TextFact {
  return { value: String(value), source: passage.source, evidence: passage.text.slice(start, end).trim() };
}

/** What may stand between "order" and its number. An inflected word is taken whole: "refrefref" could be cut into words in thousands of ways. */
const labelGlue = String.raw`(?:\s*(?:n(?:[o°ºr]\.?|\.)|num(?:ber|ero|éro|eru|er)?\.?|numer\p{L}*(?!\p{L})|número|номер\p{L}*(?!\p{L})|нумар\p{L}*(?!\p{L})|ном\.|№|#|id|ref\p{L}*(?!\p{L})\.?|code|код\p{L}*(?!\p{L})|(?:under|is|was|reads|it'?s|this|за|по|пад|под|с|з|на|як|как|такой|такі|вот|вось)(?!\p{L})|의|の|は|が|은|는|이|：|番号|번호|numara\p{L}*(?!\p{L})|(?:ب|ال)?رقم(?:ها|ه|و)?(?!\p{L})|(?:بتاع|تبع|ديال|متاع)\p{L}*(?!\p{L})|(?:الخاص|بي|بنا|هو|ذات)(?!\p{L})|[:=\-–—("«'“]))*\s*`;
const identifier = String.raw`(?<id>(?:[A-Za-zА-Я]{1,5}[-_ ]?)?\d[\dA-Za-z]*(?:[-_/][\dA-Za-z]+)*)`;
const afterLabel = new RegExp(`^${labelGlue}#?${identifier}`, 'iu');
/** "20774 numaralı siparişim": the label that has its number before it. */
const numbered = /^(?:numaral|nolu|no['’ʼ]lu|say[ıi]l|kodlu)/iu;
const beforeLabel = new RegExp(String.raw`(?<![\p{L}\p{N}_/-])${identifier}\s*$`, 'iu');
/** "The transaction too many is TRX-771": a few words may stand between where letters and digits can be nothing else. */
const afterLabelAndWords = /^[^.!?;\d\n]{0,40}?[\s:«"'“(](?<id>[A-Za-z]{1,6}[-_]?\d[\dA-Za-z]{3,}(?:[-_/][\dA-Za-z]+)*)(?![\p{L}\p{N}@])/u;
const longestIdentifier = 40;
/** All that an answer to "Your order number?" need hold. */
const bareIdentifier = new RegExp(String.raw`^\s*(?:№|#|n[o°º]\.?\s)?\s*${identifier}(?=[\s.,!;)]*(?:$|\n))`, 'iu');
const transactionPattern = /(?<!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}])(?:(?:pi|ch|txn|py|in|cs|re|sub|tr|pay|ord)_[A-Za-z0-9]{5,40}|(?:T[XR]N?|TRX|TRANS?|PAY|PMT|CHG)[-_]?\d[\dA-Z-]{3,30}|GPA\.\d{4}-\d{4}-\d{4}-\d{4,8}|T[-_]\d{5,20}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}])/giu;

export interface Identifiers {
  readonly order: TextFact | null;
  readonly transaction: TextFact | null;
}

/** How much a number loses that stands apart from the request, that only a word for "order" makes one, that is only passed on. */
const apartFromRequest = 8;
/** The subject is mostly written to the request, but once, and before the mail. */
const besideSubject = 4;
/** The number of an order that was all right: "the portrait I had from you before (W-5877) was lovely". */
const ofEarlierOrder = 8;
const earlierOrder = /以前|前回|예전에|지난번|(?<!\p{L})(?:daha önce|geçen sefer|önceki sipariş|previous order|earlier order|last time|прошл(?:ый|ом|ого) заказ\p{L}*|в прошлый раз|الطلب السابق|المرة الماضية|سابقا)(?!\p{L})/iu;
const unlikeMerchants = 30;
const onlyForwarded = 40;

/** `several` where two transactions are what the mail is about: charged twice. */
export function findOrderAndTransaction(passages: readonly Passage[], hits: readonly Hit[], vocabulary: Vocabulary, log: Candidate[] = [], several = false): Identifiers {
  const patterns = orderPatternsOf(vocabulary);
  const labels = hits.filter((hit) => hit.concept === 'order_label' || hit.concept === 'transaction_label');
  const requests = hits.filter((hit) => requestConcepts.has(hit.concept) && !hit.negated);
  const orders: Weighed[] = [];
  const transactions: Weighed[] = [];
  for (const passage of passages) {
    const text = hideCardNumbers(asciiDigits(passage.text));
    const weigh = (name: 'order_number' | 'transaction_id', value: string, start: number, end: number, penalty = 0): Weighed => {
      const tied = passage.kind === 'forward' ? onlyForwarded : passage.source === 'subject' ? besideSubject : requests.some(({ sentence }) => sentence.passage === passage && sentence.start <= start && start < sentence.end) ? 0 : apartFromRequest;
      const clause = text.slice(0, start).split(/[.!?。！？\n]/u).at(-1) ?? '';
      return { name, value, passage, start, end, cost: tied + penalty + (earlierOrder.test(clause) ? ofEarlierOrder : 0) };
    };
    for (const match of text.matchAll(transactionPattern)) {
      transactions.push(weigh('transaction_id', match[0], match.index, match.index + match[0].length));
      if (transactions.length >= maxCandidates) break;
    }
    for (const hit of labels) {
      if (hit.sentence.passage !== passage) continue;
      const isBefore = numbered.test(text.slice(hit.start, hit.end));
      // "Платёж 55-90217": figures that the label's phrase holds are the number's own.
      const labelEnd = isBefore ? hit.end : hit.end - (/(?<!\p{L})\d+$/u.exec(text.slice(hit.start, hit.end))?.[0].length ?? 0);
      const match = isBefore ? beforeLabel.exec(text.slice(Math.max(0, hit.start - longestIdentifier), hit.start)) : afterLabel.exec(text.slice(labelEnd, labelEnd + 80)) ?? (hit.concept === 'transaction_label' ? afterLabelAndWords.exec(text.slice(labelEnd, labelEnd + 80)) : null);
      const id = withoutWord(match?.groups?.['id']);
      if (match === null || id === undefined || isSumOf(match[0], id) || !isIdentifier(id, isBefore ? '' : text.slice(labelEnd + match[0].length))) continue;
      const span = isBefore ? [hit.start - match[0].length, hit.end] as const : [hit.start, labelEnd + match[0].length] as const;
      if (hit.concept === 'transaction_label') transactions.push(weigh('transaction_id', id.trim(), ...span));
      else orders.push(weigh('order_number', id.trim(), ...span, patterns.length === 0 || patterns.some(({ whole }) => whole.test(id)) ? 0 : unlikeMerchants));
    }
    const wanted = askedFor(passage);
    const bare = wanted.length === 0 ? null : bareIdentifier.exec(text);
    const id = bare?.groups?.['id'];
    if (bare !== null && id !== undefined && isIdentifier(id, text.slice(bare[0].length))) {
      const name = wanted.find((one) => one === 'transaction_id' || one === 'order_number');
      const start = bare[0].length - id.length;
      if (name === 'transaction_id') transactions.push({ ...weigh(name, id, start, bare[0].length), cost: 0 });
      if (name === 'order_number') orders.push({ ...weigh(name, id, start, bare[0].length), cost: 0 });
    }
    for (const { within } of patterns) {
      for (const match of text.matchAll(within)) {
        orders.push(weigh('order_number', match[1] ?? '', match.index, match.index + match[0].length));
        if (orders.length >= maxCandidates) break;
      }
    }
  }
  const putRight = [...transactions, ...orders].filter((one) => isPutRight(one.passage.text, one.start, one.end));
  const stands = (one: Weighed): boolean => !putRight.some((other) => other.passage === one.passage && other.start <= one.start && one.end <= other.end);
  for (const { name, value, passage, start, end } of putRight) log.push({ name, value, passage, start, end, refused: 'negated' });
  const named = transactions.filter(stands);
  const transaction = cheapest(named);
  settle(transaction, named, log, { isRival: (one) => !several && one.cost < onlyForwarded, isSame: sameId });
  const numbers = orders.filter((one) => one.value !== transaction?.value && stands(one));
  const best = cheapest(numbers);
  // "Order 10482 … SB-10482": of two ways to write it the merchant's own.
  const order = best && (numbers.find((one) => one.cost < unlikeMerchants && sameId(one, best)) ?? best);
  settle(order, numbers, log, { isRival: (one) => one.cost < onlyForwarded && one.cost - (order?.cost ?? 0) < apartFromRequest, isSame: sameId });
  if (order === undefined && transaction === undefined && patterns.length > 0) return { order: orderOfSubject(passages, log), transaction: null };
  return { order: order ? textFact(order) : null, transaction: transaction ? textFact(transaction) : null };
}

/** "Anular 10-5093", and the mail says "el 10-5093" again: a number as ours are written. */
const lastWord = /\s\[?#?([A-Za-z]{1,4}[-_]?\d{4,10}|\d{1,4}-\d{4,8})\]?\s*$/u;

/** "Запыт на вяртанне - 10655": the subject's convention ends in a number. "10-5208: still waiting": one that opens a subject needs to be written as a number of ours might be. */
function orderOfSubject(passages: readonly Passage[], log: Candidate[]): TextFact | null {
  const subject = passages.find((passage) => passage.source === 'subject' && passage.kind === 'own');
  if (subject === undefined) return null;
  const closing = /(?:(?<![\p{L}\p{N}])[-–—]|:)\s*\[?#?([A-Za-z]{0,4}[-_]?\d[\dA-Za-z_-]{2,30})\]?\s*$/u.exec(subject.text)?.[1];
  // "Portrait 10-6620": no phone is written so, nor any month of a year.
  const hyphened = /(?<=\p{L}\s[#№]?)\d{1,2}-(?!(?:19|20)\d\d$)\d{4,6}$/u.exec(subject.text.trimEnd())?.[0];
  const opening = /^\s*\[?[#№]?\s?([A-Za-z]{1,4}[-_]?\d{3,10}|\d{1,4}-\d{3,8})\]?(?=$|[\s:,、.)(]|[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])/u.exec(subject.text)?.[1];
  const repeated = lastWord.exec(subject.text)?.[1];
  const isRepeated = repeated !== undefined && passages.some(({ text, kind, source }) => kind === 'own' && source === 'body' && text.includes(repeated));
  const value = closing ?? (isRepeated ? repeated : undefined) ?? hyphened ?? (opening !== undefined && isIdentifier(opening, subject.text.slice(subject.text.indexOf(opening) + opening.length)) && !/^(?:\d{1,2}-(?:19|20)\d\d|(?:19|20)\d\d-\d+)$/.test(opening) ? opening : undefined);
  if (value === undefined) return null;
  const start = closing === undefined ? subject.text.indexOf(value) : subject.text.lastIndexOf(value);
  log.push({ name: 'order_number', value, passage: subject, start, end: start + value.length, refused: null });
  return { value, source: 'subject', evidence: value };
}

const requestConcepts: ReadonlySet<Concept> = new Set<Concept>(['want_refund', 'want_replacement', 'want_cancel', 'want_revision', 'want_credits_back', ...reasons]);

interface OrderPattern {
  readonly within: RegExp;
  readonly whole: RegExp;
}

const orderPatterns = new WeakMap<Vocabulary, readonly OrderPattern[]>();

function orderPatternsOf(vocabulary: Vocabulary): readonly OrderPattern[] {
  const known = orderPatterns.get(vocabulary);
  if (known) return known;
  const compiled = vocabulary.order_numbers.map((source) => ({
    within: new RegExp(`(?<!(?![\\u3005-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af])[\\p{L}\\p{N}_-])#?(${source})(?!(?![\\u3005-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af])[\\p{L}\\p{N}_])`, 'giu'),
    whole: new RegExp(`^(?:${source})$`, 'iu'),
  }));
  orderPatterns.set(vocabulary, compiled);
  return compiled;
}

/** "10482" and "SB-10482" are one number. */
function sameId(one: Weighed, other: Weighed): boolean {
  const [a, b] = [one, other].map(({ value }) => String(value).replace(/\W/g, '').toLowerCase());
  return a !== undefined && b !== undefined && (a.endsWith(b) || b.endsWith(a));
}

/** 3000円, 120ページ, 500크레딧; not 10482番, 10482번. */
const countedInEastAsia = /^\s?(?:[,.]\d|[円원万만千천月월年년冊권枚장個개回点점人명名部時間시분]|日(?!本)|일(?![까지])|ドル|달러|ユーロ|유로|ウォン|ページ|페이지|쪽|クレジット|크레딧|ポイント|포인트|パーセント|퍼센트|トークン|토큰)/u;

/** Not a date, a sum, a year or a count of things. */
function isIdentifier(id: string, after: string): boolean {
  const digits = id.replace(/\D/g, '');
  if (digits.length < 3) return false;
  if (/^\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?$/.test(id)) return false;
  if (/^(?:19|20)\d{2}$/.test(id) && /^\s*(?:г|year|года|年|년|yıl|sene|[-/.]\d)/iu.test(after)) return false;
  if (/^[.,]\d{2}(?!\d)|^\s*(?:[€$£₽%¥]|руб|usd|eur|rub|credit|кредит|(?:tl|lira|dolar|avro|euro|kredi|sayfa)\p{L}*|:\d\d|جنيه|ريال|درهم|دينار|ليره|دولار|يورو|صفح)/iu.test(after)) return false;
  return !(/^\d+$/.test(id) && countedInEastAsia.test(after));
}

/** "Один платёж на 1000", "заказ на 500": bare figures right behind such a word are its sum. */
function isSumOf(written: string, id: string): boolean {
  return /^\d+$/.test(id) && /(?<!\p{L})(?:на|за)\s+\d+$/iu.test(written);
}

/** "Заказ мой 41022": a small word is no part of the number, "заказ мая 2026" has none. */
function withoutWord(id: string | undefined): string | undefined {
  return id === undefined || /^[а-яё]{3,5}[ _](?:19|20)\d\d$/u.test(id) ? undefined : id.replace(/^[а-яё]{3,5}[ _](?=\d)/u, '');
}

/** Long runs of digits: one may hold more than a card's number, its expiry or another number. */
const digitRuns = /(?<!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}_@./-])\d(?:[ \u00a0-]?\d){12,}(?!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}_@])/gu;
const masked = /(?<!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}])(?:[*•●·]{1,12}|[xXхХ#*]{2,12}|…|\.{2,4})[ \u00a0-]?(\d{4})(?!\d)/gu;
/** "KB국민카드 5093 승인", "三井住友カード(1234)"; no sum, no year. */
const cardWord = /(?:カード|카드)\s?[([（]?\s?[*x]{0,4}[- ]?(\d{4})(?![\d.,:/~-]|\s?(?:[円원年년月월万만個개枚장]|ポイント|포인트|クレジット|크레딧|ドル|달러))/giu;
const cardBrand = /(?:visa|master\s?card|mastercard|maestro|мир|amex|american express|виза|мастеркард|mir)\b[^\d\n]{0,12}?[-–—*•.… (#]{1,8}(\d{4})(?![\d./-]|\s?(?:г|year))/giu;

export interface CardMention {
  readonly last4: TextFact;
  /** The whole number stands in the mail. */
  readonly full: boolean;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
}

/** `sums` are those with a currency: "1190 руб., карта" names no card. */
export function findCard(passages: readonly Passage[], hits: readonly Hit[], log: Candidate[] = [], sums: readonly MoneyMention[] = []): CardMention | null {
  const card = cardIn(passages, hits, sums);
  if (card) log.push({ name: 'card_last4', value: card.last4.value, passage: card.passage, start: card.start, end: card.end, refused: null });
  return card;
}

function cardAt(passage: Passage, value: string, start: number, end: number, full = false): CardMention {
  return { last4: { value, source: passage.source, evidence: full ? value : passage.text.slice(start, end).trim() }, full, passage, start, end };
}

function cardIn(passages: readonly Passage[], hits: readonly Hit[], sums: readonly MoneyMention[]): CardMention | null {
  for (const passage of passages) {
    const text = asciiDigits(passage.text);
    const [full] = cardNumbersIn(text);
    if (full !== undefined) return cardAt(passage, full.digits.slice(-4), full.start, full.end, true);
  }
  const endings = hits.filter((hit) => hit.concept === 'card_ending');
  for (const passage of passages) {
    const text = asciiDigits(passage.text);
    for (const hit of endings) {
      if (hit.sentence.passage !== passage) continue;
      const match = /^[^\d\n]{0,14}?(\d{4})(?!\d)/u.exec(text.slice(hit.end, hit.end + 24));
      // "12 March 2026 by card": the year of a date is no ending of a card.
      const before = /(?<!\d|\p{L}[-_]?|(?:\p{L}\.?\s|\d[./-])(?=(?:19|20)\d\d))(\d{4})[^\d\n]{0,8}$/u.exec(text.slice(Math.max(0, hit.start - 24), hit.start));
      const spent = (end: number): boolean => sums.some((sum) => sum.sentence.passage === passage && sum.start < end && end <= sum.end);
      const behind = match?.[1] !== undefined && !spent(hit.end + match[0].length) ? match : null;
      const ahead = before?.[1] !== undefined && !spent(hit.start - before[0].length + 4) ? before : null;
      const last4 = behind?.[1] ?? ahead?.[1];
      if (last4 !== undefined) return cardAt(passage, last4, behind ? hit.start : hit.start - (ahead?.[0].length ?? 0), hit.end + (behind?.[0].length ?? 0));
    }
    for (const pattern of [masked, cardBrand, cardWord]) {
      for (const match of text.matchAll(pattern)) {
        if (match[1] !== undefined) return cardAt(passage, match[1], match.index, match.index + match[0].length);
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

interface CardNumber {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** So many groups of digits make a card's number. */
const groupsOfCard = 5;
/** "4539 1488 0343 6467 08/28", in so many characters. */
const expiryChars = 12;
const expiryBehind = /^[ \u00a0](?:0[1-9]|1[0-2])\s?[/-]?\s?(?:20)?\d\d(?!\d)/u;

/** "Tracking no. 3340127756812", "(takip 3340127756812)": every tenth such number has a card's sum. */
const ofParcel = /(?:(?<!\p{L})(?:track(?:ing)?|waybill|awb|consignment|parcel|shipment|трек\p{L}*|трэк\p{L}*|отслеживани\p{L}*|адсочванн\p{L}*|відстежен\p{L}*|накладн\p{L}+|отправлени\p{L}*|адпраўленн\p{L}*|відправленн\p{L}*|ттн|рпо|śledzeni\p{L}+|przesył\p{L}+|przewozow\p{L}+|nadania|sendung\p{L}*|takip|kargo|gönderi|barkod|seguimiento|rastreo|env[ií]o|gu[ií]a|suivi|colis|tracciamento|spedizione|ldv|rastreio|rastreamento|rastreo|encomenda|(?:ال|لل|وال)?(?:تتبع|شحن[هة]|بوليص[هة]|طرد))(?!\p{L})|追跡|問い?合わ?せ|伝票|送り状|운송장|송장|택배|등기|배송)[\s:：#№(（.–-]*(?:(?:numara\p{L}*|number|num\p{L}{0,5}|no|nr|n[°º]|номер\p{L}{0,2}|нумар\p{L}{0,2}|код\p{L}{0,2}|code|c[oó]digo|codice|kod\p{L}{0,3}|id|رقم\p{L}{0,2}|番号|번호|is|es|est|è|é)[\s:：.#№(（はが은는이–-]*){0,2}$/iu;
const parcelReach = 48;
/** Visa, Mastercard, Amex: one is a card's whatever stands before it. */
const commonCard = /^(?:4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13})$/;

/** The card numbers in a text, each without what else stands in its run of digits: there the Luhn sum, or an expiry behind it, must tell which groups are its. */
function cardNumbersIn(text: string): CardNumber[] {
  const found: CardNumber[] = [];
  for (const { index: start, 0: written } of text.matchAll(digitRuns)) {
    const digits = written.replace(/\D/g, '');
    if (!commonCard.test(digits) && ofParcel.test(text.slice(Math.max(0, start - parcelReach), start))) continue;
    if (isCardNumber(digits, written)) {
      found.push({ start, end: start + written.length, digits });
      continue;
    }
    const groups = Array.from(written.matchAll(/\d+/g), ({ index, 0: group }) => ({ from: start + index, to: start + index + group.length }));
    for (let i = 0; i < groups.length; i++) {
      const { from = start } = groups[i] ?? {};
      const offset = groups.slice(i, i + groupsOfCard).findIndex(({ to }) => isCardIn(text.slice(from, to), text.slice(to, to + expiryChars)));
      if (offset === -1) continue;
      i += offset;
      const { to = from } = groups[i] ?? {};
      found.push({ start: from, end: to, digits: text.slice(from, to).replace(/\D/g, '') });
    }
  }
  return found;
}

function isCardIn(written: string, behind: string): boolean {
  const digits = written.replace(/\D/g, '');
  return digits.length >= 14 && digits.length <= 16 && !/(?<!\d)\d{1,2}(?!\d)/.test(written) && (isCardNumber(digits) || (isCardNumber(digits, written) && expiryBehind.test(behind)));
}

/** The text with each of its card numbers written otherwise. */
function withoutCardNumbers(text: string, rewrite: (written: string) => string): string {
  let rest = 0;
  let made = '';
  for (const { start, end } of cardNumbersIn(text)) {
    made += text.slice(rest, start) + rewrite(text.slice(start, end));
    rest = end;
  }
  return made + text.slice(rest);
}

/** Full card numbers as their last four digits, for whatever is kept or shown. */
export function maskCardNumbers(text: string): string {
  return withoutCardNumbers(text, (written) => `•••• ${written.replace(/\D/g, '').slice(-4)}`);
}

/** The same for text whose offsets must hold: all digits but the last four as bullets. */
export function hideCardNumbers(text: string): string {
  return withoutCardNumbers(text, (written) => {
    let left = written.replace(/\D/g, '').length - 4;
    return written.replace(/\d/g, (digit) => (left-- > 0 ? '•' : digit));
  });
}
