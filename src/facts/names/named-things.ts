import { isChoice } from '../text/candidate.ts';
import type { Candidate } from '../text/candidate.ts';
import type { CardMention } from './cards.ts';
import type { Fact } from '../facts.ts';
import type { Concept } from '../text/language-data.ts';
import type { MoneyMention } from '../sums/money.ts';
import type { Hit } from '../text/phrases.ts';
import { askedFor } from './questions.ts';
import type { Passage, Sentence } from '../text/sentences.ts';
import { spacedLetter } from '../text/spaced-letter.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** Things with a proper name: the generator that was used, the way it was paid. */

const generatorNames: readonly (readonly [string, string])[] = [['ultra', 'ultra'], ['turbo', 'turbo'], ['base', 'base'], ['pro', 'pro'], ['про', 'pro'], ['free', 'free']];
/** Names that are an everyday word in some language count only when written as a name. */
const everyday = new Set(['pro', 'про', 'base', 'free']);
/** A title begins so: «Про кота». */
const opensTitle = /[«„"“']$/u;
/** What makes "Pro" part of another name: MacBook Pro, iPhone 15 Pro, Windows 11 Pro. */
const otherPro = /^(?:macbook|ipad|iphone|windows|\d+|surface|galaxy|mac|redmi|note|max|imac|air)$/;

export function findGenerator(sentences: readonly Sentence[], hits: readonly Hit[], { generators }: Pick<Vocabulary, 'generators'>, log: Candidate[] = []): Fact<string> | null {
  if (generators.length === 0) return null;
  const found: { value: string; weight: number; sentence: Sentence; start: number; end: number }[] = [];
  for (const hit of hits) {
    const name = /^generator_(free|turbo|base|pro|ultra)$/.exec(hit.concept)?.[1];
    if (name !== undefined && hit.negated) log.push({ name: 'generator', value: name, passage: hit.sentence.passage, start: hit.start, end: hit.end, refused: 'negated' });
    if (name === undefined || hit.negated || !(generators as readonly string[]).includes(name)) continue;
    found.push({ value: name, weight: hit.weight + 1, sentence: hit.sentence, start: hit.start, end: hit.end });
  }
  const nouns = hits.filter((hit) => hit.concept === 'generator_noun');
  const unused = hits.filter((hit) => hit.concept === 'unused_all' && !hit.negated && !hit.conditional);
  for (const sentence of sentences) {
    for (const [index, token] of sentence.tokens.entries()) {
      const name = generatorNames.find(([word]) => word === token.folded)?.[1];
      if (name === undefined || !(generators as readonly string[]).includes(name)) continue;
      const before = sentence.tokens[index - 1]?.folded ?? '';
      // "14 Pro" is a phone, but "7:20 Pro" is not.
      if (otherPro.test(before) && !/:\d\d\s$/.test(sentence.passage.text.slice(Math.max(0, token.start - 4), token.start))) continue;
      const raw = sentence.passage.text.slice(token.start, token.end);
      const besideNoun = nouns.some((hit) => hit.sentence === sentence && Math.abs(hit.first - index) <= 2);
      // A capital in the middle, or a name that heads its sentence: "Base, not one of the fancy ones."
      const asName = /^\p{Lu}/u.test(raw) && (index > 0 || (sentence.passage.source === 'body' && (sentence.tokens[1]?.afterBreak ?? true)));
      if (token.folded === 'про' && opensTitle.test(sentence.passage.text.slice(0, token.start)) && !/^[»“”"']/u.test(sentence.passage.text.slice(token.end))) continue;
      if (everyday.has(token.folded) && !besideNoun && (!asName || name === 'free')) continue;
      if (unused.some((hit) => isNeverUsed(hit, sentence, index))) {
        log.push({ name: 'generator', value: name, passage: sentence.passage, start: token.start, end: token.end, refused: 'negated' });
        continue;
      }
      found.push({ value: name, weight: besideNoun ? 2 : 1, sentence, start: token.start, end: token.end });
    }
  }
  const own = found.filter((one) => one.sentence.passage.kind === 'own');
  own.sort((a, b) => b.weight - a.weight || Number(a.sentence.passage.source === 'subject') - Number(b.sentence.passage.source === 'subject') || a.sentence.index - b.sentence.index || a.start - b.start);
  const [best] = own;
  for (const one of found) {
    const { passage } = one.sentence;
    const isRival = best !== undefined && passage === best.sentence.passage && isChoice(passage.text.slice(Math.min(one.end, best.end), Math.max(one.start, best.start)));
    log.push({ name: 'generator', value: one.value, passage, start: one.start, end: one.end, refused: one === best ? null : passage.kind === 'forward' ? 'forwarded' : one.value === best?.value ? 'repeated' : isRival ? 'rival' : 'weaker' });
  }
  return best ? { value: best.value, source: best.sentence.passage.source, evidence: best.sentence.passage.text.slice(best.start, best.end) } : null;
}

/** Tokens between a generator and the words that it was not used: "I never even opened the Ultra page". */
const unusedReach = 2;

/** "I never used it again after Ultra" tells that it was. */
const sinceThen = /^(?:after|since|when|apres|depuis|quand|dopo|quando|despues|desde|cuando|depois|после|пасля|когда|калі|po|odkad|kiedy)$/u;

function isNeverUsed(hit: Hit, sentence: Sentence, index: number): boolean {
  if (hit.sentence !== sentence || hit.first - index - 1 > unusedReach || index - hit.last - 1 > unusedReach) return false;
  const [from, to] = [Math.min(index, hit.first), Math.max(index, hit.last)];
  return !sentence.tokens.slice(from + 1, to + 1).some(({ afterBreak, folded }) => afterBreak || sinceThen.test(folded));
}

const methods: readonly (readonly [Concept, string, RegExp | null])[] = [
  ['pay_telegram_stars', 'telegram_stars', /telegram\s+stars|\bXTR\b/i],
  ['pay_apple_pay', 'apple_pay', /apple\s?pay|applepay/i],
  ['pay_google_pay', 'google_pay', /google\s?pay|gpay|g pay/i],
  ['pay_paypal', 'paypal', /pay\s?pal/i],
  ['pay_sbp', 'sbp', /(?<!\p{L})(?:сбп|sbp)(?!\p{L})|систем\p{L}* быстрых платежей/iu],
  ['pay_ton', 'ton', new RegExp(String.raw`ton\s?connect|tonkeeper|(?<!${spacedLetter})\d+\s?ton(?!${spacedLetter})`, 'iu')],
  ['pay_crypto', 'crypto', new RegExp(String.raw`heleket|хелекет|(?<!${spacedLetter})(?:usdt|usdc|btc|bitcoin|trc-?20|erc-?20|crypto\p{L}*)(?!${spacedLetter})`, 'iu')],
  ['pay_card', 'card', new RegExp(String.raw`(?<!${spacedLetter})(?:visa|master\s?card|maestro|amex|american express)(?!${spacedLetter})`, 'iu')],
];

/** "Card.": all that an answer to "How did you pay?" need hold. */
const cardWord = /(?<!\p{L})(?:(?:credit|debit) )?(?:card|карт\p{L}*|tarjeta|carte|carta|cart[ãa]o|kart\p{L}*|karte)(?!\p{L})|カード|카드|بطاق\p{L}*/iu;

/** "(TXN-70214, card)" */
const cardAside = /[(（](?:[^()（）\n]{1,60}[,;、，]\s?)?(?:(?:by|with|per|par|con|com|mit|credit|debit|bank|банковск\p{L}+|банкаўск\p{L}+)\s)*(?:card|карт(?:а|ой|е|ка|кай|кою|кой|очка|очкой)|tarjeta|carte(?: bancaire| bleue)?|carta(?: di credito)?|cart[ãa]o|kart[aąęy]|karte|kartla|بطاقة|カード(?:払い|決済|で)?|카드(?:\s?결제|로)?)\s?[)）]/iu;

interface ChosenMethod {
  readonly value: string;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  readonly hit?: Hit;
}

export function findPaymentMethod(sentences: readonly Sentence[], hits: readonly Hit[], money: readonly MoneyMention[], card: CardMention | null, log: Candidate[] = []): Fact<string> | null {
  const method = choosePaymentMethod(sentences, hits, money, card);
  for (const hit of hits) {
    const value = methods.find(([concept]) => concept === hit.concept)?.[1];
    if (value === undefined || hit === method?.hit) continue;
    log.push({ name: 'payment_method', value, passage: hit.sentence.passage, start: hit.start, end: hit.end, refused: hit.negated ? 'negated' : hit.sentence.passage.kind === 'forward' ? 'forwarded' : value === method?.value ? 'repeated' : 'weaker' });
  }
  if (method === null) return null;
  const { value, passage, start, end } = method;
  log.push({ name: 'payment_method', value, passage, start, end, refused: null });
  return { value, source: passage.source, evidence: passage.text.slice(start, end) };
}

/** "By purchase order rather than by card" */
const ratherThan = /(?<!\p{L})(?:rather than|instead of|not|вместо|замест|замість|statt|anstatt|en (?:vez|lugar) de|au lieu d[eu']|plut[ôo]t que|invece (?:di|che|della|del)|anzich[eé]|zamiast|em vez d[eoa]|ao inv[ée]s d[eoa])\s(?:\p{L}+\s){0,2}$/iu;

function isOutdone({ sentence, start }: Hit): boolean {
  return ratherThan.test(sentence.passage.text.slice(sentence.start, start));
}

/** "The card was declined, so PayPal" */
const failedBehind = /^(?:\s(?:\p{L}+\s){0,2}(?:(?:would|did|does|could|was|is)(?:n['’]?t| not)|won['’]?t) (?:\p{L}+ )?(?:go through|going through|work\p{L}*|accept\p{L}*|load|take\p{L}*)|\s(?:\p{L}+\s){0,2}(?:was|got|is|kept being|kept getting|had been) (?:declined|refused|rejected|expired)|\s(?:kept failing|failed|declined|refused)|\s(?:\p{L}+\s){0,2}(?:не прошл\p{L}+|не прошел|не прошёл|не сработал\p{L}*|отклон\p{L}+|не принял\p{L}*|не прайшл\p{L}+|не спрацавал\p{L}*|адхіл\p{L}+)|\s(?:\p{L}+\s){0,2}(?:nie przesz\p{L}+|nie zadziała\p{L}+|odrzuc\p{L}+)|\s(?:a été |est )?(?:refus\p{L}+|n['’]a pas (?:marché|fonctionné)|ne passait pas|n['’]est pas passée?)|\s(?:fue |me la |la )?(?:rechaz\p{L}+|no (?:pasó|pasaba|funcionó))|\s(?:è stata )?(?:rifiutat\p{L}+|non (?:passava|ha funzionato|è passat\p{L}))|\s(?:foi )?(?:recusad\p{L}+|não (?:passou|funcionou|passava))|\s(?:wurde )?(?:abgelehnt|nicht akzeptiert|ging nicht|funktionierte nicht)|\s(?:geçmedi|reddedildi|çalışmadı)|[はがで](?:通ら|使え|拒否|弾か)|[은는이가]\s?(?:안 ?돼|안 ?되|거절|거부))/iu;

interface NamedMethod {
  readonly concept: Concept;
  readonly isOut: boolean;
}

function hasFailed({ passage, end: sentenceEnd }: Sentence, end: number): boolean {
  return failedBehind.test(passage.text.slice(end, Math.min(sentenceEnd, end + 60)));
}

/** Each place where the customer names a way to pay, and whether it was denied or failed. */
function namedMethods(sentences: readonly Sentence[], hits: readonly Hit[]): NamedMethod[] {
  const told = hits.filter((hit) => hit.sentence.passage.kind === 'own' && methods.some(([concept]) => concept === hit.concept));
  return [
    ...told.map((hit) => ({ concept: hit.concept, isOut: hit.negated || hasFailed(hit.sentence, hit.end) })),
    ...methods.flatMap(([concept, , pattern]) => (pattern === null || told.some((hit) => hit.concept === concept) ? [] : sentences.flatMap((sentence) => {
      const match = sentence.passage.kind === 'own' ? pattern.exec(sentence.passage.text.slice(sentence.start, sentence.end)) : null;
      return match ? [{ concept, isOut: hasFailed(sentence, sentence.start + match.index + match[0].length) }] : [];
    }))),
  ];
}

/** The method is named behind a "not", or failed, and another one is named without that. */
function isDenied(concept: Concept, named: readonly NamedMethod[]): boolean {
  return named.some((one) => one.concept === concept && one.isOut) && named.some((one) => one.concept !== concept && !one.isOut);
}

function choosePaymentMethod(sentences: readonly Sentence[], hits: readonly Hit[], money: readonly MoneyMention[], card: CardMention | null): ChosenMethod | null {
  const named = namedMethods(sentences, hits);
  for (const kind of ['own', 'forward'] as const) {
    for (const [concept, value, pattern] of methods) {
      // "Платил НЕ звёздами, а сбп": what was said not to be it in any place is it in none.
      if (isDenied(concept, named)) continue;
      const hit = hits.find((one) => one.concept === concept && !one.negated && one.sentence.passage.kind === kind && !isOutdone(one));
      if (hit) return { value, passage: hit.sentence.passage, start: hit.start, end: hit.end, hit };
      if (pattern === null) continue;
      for (const sentence of sentences) {
        if (sentence.passage.kind !== kind) continue;
        const match = pattern.exec(sentence.passage.text.slice(sentence.start, sentence.end));
        if (match) return { value, passage: sentence.passage, start: sentence.start + match.index, end: sentence.start + match.index + match[0].length };
      }
      if (value === 'telegram_stars' || value === 'ton' || value === 'crypto') {
        const currency = value === 'telegram_stars' ? ['XTR'] : value === 'ton' ? ['TON'] : ['USDT', 'USDC', 'BTC', 'ETH'];
        const sum = money.find((mention) => mention.sentence.passage.kind === kind && currency.includes(mention.currency));
        if (sum) return { value, passage: sum.sentence.passage, start: sum.start, end: sum.end };
      }
    }
    const answer = sentences.find(({ passage }) => passage.kind === kind && askedFor(passage).includes('payment_method') && cardWord.test(passage.text));
    const word = answer === undefined ? null : cardWord.exec(answer.passage.text);
    if (answer && word) return { value: 'card', passage: answer.passage, start: word.index, end: word.index + word[0].length };
    const aside = sentences.flatMap(({ passage, start, end }) => { const found = passage.kind === kind ? cardAside.exec(passage.text.slice(start, end)) : null; return found === null ? [] : [{ passage, start: start + found.index, end: start + found.index + found[0].length }]; })[0];
    if (aside !== undefined) return { value: 'card', ...aside };
    if (card && kind === 'own') return { value: 'card', passage: card.passage, start: card.start, end: card.end };
  }
  return null;
}
