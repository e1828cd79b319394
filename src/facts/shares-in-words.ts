import type { Take } from './counts.ts';
import type { Hit, PhraseBook } from './phrases.ts';
import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';

/** Shares in words, in per cent, of what was bought: "четверть кредитов прожёг", "осталась половина пакета". Thirds are no whole per cent. */
const sharesInWords: Readonly<Record<string, { readonly pattern: RegExp; readonly behind: RegExp; readonly values: readonly number[]; readonly left: RegExp }>> = {
  ru: { behind: /(?<!\p{L})(?:из|от)\s(?:\S+\s){1,3}?(?:кредит|токен|пакет|генерац|лимит)\p{L}*,?\s(?:\p{L}+\s){0,3}?(?:(три четверти)|(половин[ау])|(четверть)|(пятую часть|пятая часть))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(три четверти)|(половин[ау])|(четверть)|(пятую часть|пятая часть))\s(?:\p{L}+\s)?(?:кредит|токен|пакет|генерац|тариф|лимит)\p{L}*/iu, values: [75, 50, 25, 20], left: /остал|остат|цел|лежит|лежат|висит|висят|не\s(?:\p{L}+\s)?(?:трог|трон|трат|использ|израсход)/iu },
  be: { behind: /(?<!\p{L})(?:з|са)\s(?:\S+\s){1,3}?(?:крэдыт|токен|пакет|генерац|ліміт)\p{L}*,?\s(?:\p{L}+\s){0,3}?(?:(тры чвэрці)|(палов[ауы])|(чвэрць)|(пятую частку|пятая частка))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(тры чвэрці)|(палов[ау])|(чвэрць)|(пятую частку|пятая частка))\s(?:\p{L}+\s)?(?:крэдыт|токен|пакет|генерац|тарыф|ліміт)\p{L}*/iu, values: [75, 50, 25, 20], left: /застал|рэшт|цэл|ляжыць|ляжаць|вісіць|вісяць|не\s(?:\p{L}+\s)?(?:кран|чап|трац|патрац|выкарыст|скарыст)/iu },
  pl: { behind: /(?<!\p{L})(?:z|ze|spośród)\s(?:\S+\s){1,3}?(?:kredyt|punkt|token|pakiet|generacj|limit)\p{L}*,?\s(?:\p{L}+\s){0,3}?(?:(trzy czwarte)|(połow[aęy])|(ćwierć|jedną czwartą|jedna czwarta)|(jedną piątą|jedna piąta))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(trzy czwarte)|(połow[aęy])|(ćwierć|jedną czwartą|jedna czwarta)|(jedną piątą|jedna piąta))\s(?:\p{L}+\s)?(?:kredyt|punkt|token|pakiet|generacj|plan|limit)\p{L}*/iu, values: [75, 50, 25, 20], left: /zosta|reszt|cał|leż|wisi|nie\s(?:\p{L}+\s)?(?:ruszy|tkn|wyda|zuży|wykorzyst)/iu },
};

/** Takes the share that a sentence names in words. */
export function readShare(sentence: Sentence, hits: readonly Hit[], take: Take, book: PhraseBook): void {
  const known = sharesInWords[book.language.code];
  const text = sentenceText(sentence);
  // "Из тысячи кредитов истратил четверть": what was bought may come first.
  const match = known?.pattern.exec(text) ?? known?.behind.exec(text);
  if (known === undefined || !match) return;
  const value = known.values[match.slice(1).findIndex((group) => group !== undefined)] ?? 0;
  // The words of this clause say which of both it is.
  const before = text.slice(0, match.index);
  const clause = known.pattern.test(text) ? before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(';')) + 1) + (/^[^,;]*/u.exec(text.slice(match.index))?.[0] ?? '') : match[0];
  const start = sentence.start + match.index;
  const left = known.left.test(clause);
  if (left || hits.some((hit) => hit.concept === 'used' && !hit.negated)) take('used_percent', left ? 100 - value : value, sentence, start, start + match[0].length);
}
