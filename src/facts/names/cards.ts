import { cardNumbersIn } from '../text/card-numbers.ts';
import type { Candidate } from '../text/candidate.ts';
import type { Fact } from '../facts.ts';
import { asciiDigits } from '../text/fold.ts';
import type { MoneyMention } from '../sums/money.ts';
import type { Hit } from '../text/phrases.ts';
import type { Passage } from '../text/sentences.ts';

/** The card that was paid with, by its last four digits. */

const masked = /(?<!(?![\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}])(?:[*•●·]{1,12}|[xXхХ#*]{2,12}|…|\.{2,4})[ \u00a0-]?(\d{4})(?!\d)/gu;
/** "KB국민카드 5093 승인", "三井住友カード(1234)"; no sum, no year. */
const cardWord = /(?:カード|카드)\s?[([（]?\s?[*x]{0,4}[- ]?(\d{4})(?![\d.,:/~-]|\s?(?:[円원年년月월万만個개枚장]|ポイント|포인트|クレジット|크레딧|ドル|달러))/giu;
const cardBrand = /(?:visa|master\s?card|mastercard|maestro|мир|amex|american express|виза|мастеркард|mir)\b[^\d\n]{0,12}?[-–—*•.… (#]{1,8}(\d{4})(?![\d./-]|\s?(?:г|year))/giu;

export interface CardMention {
  readonly last4: Fact<string>;
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
