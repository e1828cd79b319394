import { isPutRight, settle } from '../text/candidate.ts';
import type { Candidate, Weighed } from '../text/candidate.ts';
import { reasons } from '../facts.ts';
import type { CardMention } from './cards.ts';
import type { Fact } from '../facts.ts';
import { hideCardNumbers } from '../text/card-numbers.ts';
import { asciiDigits } from '../text/fold.ts';
import type { Concept } from '../text/language-data.ts';
import type { Hit } from '../text/phrases.ts';
import { askedFor } from './questions.ts';
import type { Passage } from '../text/sentences.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** Numbers and names by which a merchant finds a customer: addresses, orders, transactions. */

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

/** `several` where two transactions are what the mail is about: charged twice. The last digits of a card number nothing else: "платёж не прошёл, хотя карта (оканчивается на 3306)". */
export function findOrderAndTransaction(passages: readonly Passage[], hits: readonly Hit[], vocabulary: Vocabulary, log: Candidate[] = [], several = false, card: CardMention | null = null): Identifiers {
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
  const named = transactions.filter((one) => stands(one) && !isOfCard(one, card));
  const transaction = cheapest(named);
  settle(transaction, named, log, { isRival: (one) => !several && one.cost < onlyForwarded, isSame: sameId });
  const numbers = orders.filter((one) => one.value !== transaction?.value && stands(one) && !isOfCard(one, card));
  const best = cheapest(numbers);
  // "Order 10482 … SB-10482": of two ways to write it the merchant's own.
  const order = best && (numbers.find((one) => one.cost < unlikeMerchants && sameId(one, best)) ?? best);
  settle(order, numbers, log, { isRival: (one) => !several && one.cost < onlyForwarded && one.cost - (order?.cost ?? 0) < apartFromRequest, isSame: sameId });
  if (order === undefined && transaction === undefined && patterns.length > 0) return { order: orderOfSubject(passages, log), transaction: null };
  return { order: order ? textFact(order) : null, transaction: transaction ? textFact(transaction) : null };
}

function isOfCard({ passage, start, end, value }: Weighed, card: CardMention | null): boolean {
  return card !== null && card.passage === passage && start < card.end && card.start < end && card.last4.value === value;
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
