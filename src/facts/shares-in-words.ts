import type { Take } from './counts.ts';
import type { Hit, PhraseBook } from './phrases.ts';
import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';

/** Shares in words, in per cent, of what was bought: "четверть кредитов прожёг", "осталась половина пакета". Thirds are no whole per cent. */
const sharesInWords: Readonly<Record<string, { readonly pattern: RegExp; readonly behind: RegExp; readonly values: readonly number[]; readonly left: RegExp }>> = {
  ru: { behind: /(?<!\p{L})(?:из|от)\s(?:\S+\s){1,3}?(?:кредит|токен|пакет|генерац|лимит)\p{L}*,?\s(?:\p{L}+\s){0,3}?(?:(три четверти)|(половин[ау])|(четверть)|(пятую часть|пятая часть))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(три четверти)|(половин[ау])|(четверть)|(пятую часть|пятая часть))\s(?:\p{L}+\s)?(?:кредит|токен|пакет|генерац|тариф|лимит)\p{L}*/iu, values: [75, 50, 25, 20], left: /остал|остат|цел|лежит|лежат|висит|висят|не\s(?:\p{L}+\s)?(?:трог|трон|трат|использ|израсход)/iu },
  be: { behind: /(?<!\p{L})(?:з|са)\s(?:\S+\s){1,3}?(?:крэдыт|токен|пакет|генерац|ліміт)\p{L}*,?\s(?:\p{L}+\s){0,3}?(?:(тры чвэрці)|(палов[ауы])|(чвэрць)|(пятую частку|пятая частка))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(тры чвэрці)|(палов[ау])|(чвэрць)|(пятую частку|пятая частка))\s(?:\p{L}+\s)?(?:крэдыт|токен|пакет|генерац|тарыф|ліміт)\p{L}*/iu, values: [75, 50, 25, 20], left: /застал|рэшт|цэл|ляжыць|ляжаць|вісіць|вісяць|не\s(?:\p{L}+\s)?(?:кран|чап|трац|патрац|выкарыст|скарыст)/iu },
  pl: { behind: /(?<!\p{L})(?:z|ze|spośród)\s(?:\S+\s){1,3}?(?:kredyt|punkt|token|pakiet|generacj|limit)\p{L}*,?\s(?:\p{L}+\s){0,3}?(?:(trzy czwarte)|(połow[aęy])|(ćwierć|jedną czwartą|jedna czwarta)|(jedną piątą|jedna piąta))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(trzy czwarte)|(połow[aęy])|(ćwierć|jedną czwartą|jedna czwarta)|(jedną piątą|jedna piąta))\s(?:\p{L}+\s)?(?:kredyt|punkt|token|pakiet|generacj|plan|limit)\p{L}*/iu, values: [75, 50, 25, 20], left: /zosta|reszt|cał|leż|wisi|nie\s(?:\p{L}+\s)?(?:ruszy|tkn|wyda|zuży|wykorzyst)/iu },
  it: { behind: /(?<!\p{L})(?:dei|degli|di|su|sui)\s(?:\S+\s){1,3}?(?:credit|gettoni|token|pacchett|generazion)\p{L}*,?\s(?:\p{L}+\s){0,4}?(?:(tre quarti)|(met[àa])|(un quarto)|(un quinto))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(tre quarti)|(met[àa])|(un quarto)|(un quinto))\s(?:dei|degli|del|delle|di)\s(?:\p{L}+\s)?(?:credit|gettoni|token|pacchett|generazion|piano)\p{L}*/iu, values: [75, 50, 25, 20], left: /rest[aoi]|riman|rimast|avanz|intatt|non\s(?:\p{L}+\s){0,2}(?:usat|toccat|consumat|spes|utilizzat)/iu },
  pt: { behind: /(?<!\p{L})(?:dos|das|de)\s(?:\S+\s){1,3}?(?:cr[ée]dito|token|pacote|gera[çc])\p{L}*,?\s(?:\p{L}+\s){0,4}?(?:(tr[êe]s quartos)|(metade)|(um quarto)|(um quinto|a quinta parte))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(tr[êe]s quartos)|(metade)|(um quarto)|(um quinto|a quinta parte))\s(?:dos|das|do|da|de)\s(?:\p{L}+\s)?(?:cr[ée]dito|token|pacote|gera[çc]|plano)\p{L}*/iu, values: [75, 50, 25, 20], left: /rest[aoe]|sobr[aoe]|intact|por usar|sem usar|n[ãa]o\s(?:\p{L}+\s){0,2}(?:us|gast|toqu|mex|utiliz|consum)/iu },
  es: { behind: /(?<!\p{L})(?:de)\s(?:\S+\s){1,3}?(?:cr[ée]dito|token|paquete|generaci)\p{L}*,?\s(?:\p{L}+\s){0,4}?(?:(tres cuartas partes|tres cuartos)|(mitad)|(una cuarta parte|un cuarto)|(una quinta parte|un quinto))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(tres cuartas partes|tres cuartos)|(mitad)|(una cuarta parte|un cuarto)|(una quinta parte|un quinto))\s(?:del|de)\s(?:\p{L}+\s)?(?:cr[ée]dito|token|paquete|generaci|plan)\p{L}*/iu, values: [75, 50, 25, 20], left: /qued|sobr[aoe]|rest[aoe]|intact|sin (?:usar|gastar|tocar)|no\s(?:\p{L}+\s){0,2}(?:us|gast|toc|utiliz|consum)/iu },
  fr: { behind: /(?<!\p{L})(?:sur|de|des)\s(?:\S+\s){1,3}?(?:cr[ée]dit|jeton|token|pack|g[ée]n[ée]ration)\p{L}*,?\s(?:\S+\s){0,4}?(?:(trois quarts)|(moiti[ée])|(un quart|le quart)|(un cinqui[èe]me))(?!\p{L})/iu, pattern: /(?<!\p{L})(?:(trois quarts)|(moiti[ée])|(un quart|le quart)|(un cinqui[èe]me))\s(?:des|du|de)\s(?:\p{L}+\s)?(?:cr[ée]dit|jeton|token|pack|forfait|g[ée]n[ée]ration)\p{L}*/iu, values: [75, 50, 25, 20], left: /reste|restant|intact|pas\s(?:\p{L}+\s){0,2}(?:utilis|touch|consomm|d[ée]pens)/iu },
  ja: { behind: /(?!)/u, pattern: /(?:([4四]分の[3三])|(半分|[2二]分の[1一])|([4四]分の[1一])|([5五]分の[1一]))/u, values: [75, 50, 25, 20], left: /残|余|未使用|手つかず|手付かず|(?:使って|使用して|消費して)(?:い|お)?(?:ない|ません|らず|りません)/u },
  ko: { behind: /(?!)/u, pattern: /(?:([4사]\s?분의\s?[3삼])|(절반|반절|(?<![가-힣])반(?=\s?(?:정도|쯤|만|이나|밖에|은|을|도)?\s?(?:썼|쓰|써|사용|소진|남)))|([4사]\s?분의\s?[1일])|([5오]\s?분의\s?[1일]))/u, values: [75, 50, 25, 20], left: /남|미사용|안\s?(?:썼|쓴|쓰)|그대로/u },
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
  const clause = known.pattern.test(text) ? before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(';'), before.lastIndexOf('、')) + 1) + (/^[^,;、]*?(?:$|(?=[,;、])|(?<=썼|쓰|使い|使った|使って)(?:는데|고|지만|たが|ましたが|て)(?=.))/u.exec(text.slice(match.index))?.[0] ?? '') : match[0];
  const start = sentence.start + match.index;
  const left = known.left.test(clause);
  if (left || hits.some((hit) => hit.concept === 'used' && !hit.negated)) take('used_percent', left ? 100 - value : value, sentence, start, start + match[0].length);
}
