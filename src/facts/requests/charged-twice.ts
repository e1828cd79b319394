import type { Scores } from './concept-scores.ts';
import type { MoneyMention } from '../sums/money.ts';
import type { Hit } from '../text/phrases.ts';

/** Two charges of one sum, told by their sums alone: "at 20:17 they took 14.90, at 20:18 14.90 again". */

/** "Again", "and once more", between the two. */
const again = /(?<!\p{L})(?:again|another|once more|then|снова|опять|заново|ещ[её]|повторно|затем|потом|зноў|ізноў|яшчэ|паўторна|потым|знову|ще|потім|znowu|znów|jeszcze|ponownie|potem|kolejne|otra|otros?|nuevamente|encore|nouveau|puis|ancora|nuovo|poi|novo|novamente|outra|mais|tekrar|yine|sonra|nochmals?|wieder|dann)(?!\p{L})|また|もう|再び|다시|또|مرة|ثم|مجدد/iu;

const timeOfDay = /(?<![\d.,:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.,:])/g;

/** Characters. What stands farther apart is told of two things. */
const reach = 60;

/** What the sums say, in the weight of phrases. */
const weight = 2.5;

/** The mail tells of two charges of the same sum in one sentence, which asks nothing back. */
export function isChargedTwice(money: readonly MoneyMention[], hits: readonly Hit[]): boolean {
  return money.some((first, i) => {
    const { sentence, value } = first;
    if (sentence.passage.kind !== 'own' || sentence.passage.source !== 'body') return false;
    const second = money.slice(i + 1).find((other) => other.sentence === sentence && other.value === value && other.start >= first.end && other.start - first.end <= reach);
    if (second === undefined || hits.some((hit) => hit.sentence === sentence && !hit.negated && (hit.concept === 'want_refund' || hit.concept === 'not_paid'))) return false;
    const text = sentence.passage.text.slice(sentence.start, sentence.end);
    return again.test(sentence.passage.text.slice(first.end, second.start)) || new Set(text.match(timeOfDay)).size >= 2;
  });
}

/** For a balance that may be charged for each request it is left open which of both was. */
export function addChargedTwice(scores: Scores): Scores {
  if ((scores.get('duplicate_debit') ?? 0) > 0) return scores;
  return new Map(scores).set('duplicate_charge', (scores.get('duplicate_charge') ?? 0) + weight);
}
