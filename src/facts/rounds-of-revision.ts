import type { Hit } from './phrases.ts';
import type { Sentence } from './sentences.ts';

/** Rounds of revision: what is counted by rounds, and what a mail counts beside them, the fingers of a portrait and the things that are to be put right. */

/** How often, right behind a number. */
export const timesWord = /^(?:times?|раз|раза|разы|разу|разоў|рази|razy|raz|vez|veces|fois|volt[ae]|vezes|mal|male|(?:kere|kez|defa|sefer)(?:dir)?|مرات|مره)$/u;
/** How often, in one word. */
const timesInOne = /^(?:twice|thrice|дважды|трижды|двойчы|тройчы|двічі|тричі|dwukrotnie|trzykrotnie|zweimal|dreimal|مرتين|مرتان)$/u;

/** What is to be put right, not how often it was. */
const thingToCorrect = /^(?:things?|points?|details?|photos?|pictures?|images?|faces?|people|persons?|eyes?|fingers?|hands?|letters?|words?|spots?|places?|sey\p{L}*|nokta\p{L}*|detay\p{L}*|foto\p{L}*|resi?m\p{L}*|kisi\p{L}*|parma\p{L}*|yer\p{L}*|вещ\p{L}*|рэч\p{L}*|реч[іе]\p{L}*|момент\p{L}*|детал\p{L}*|дэтал\p{L}*|мест\p{L}*|месц\p{L}*|фото\p{L}*|лиц\p{L}*|твар\p{L}*|челове\p{L}*|чалавек\p{L}*|пал[ье]ц\p{L}*|cosas?|detalles?|caras?|dedos?|choses?|visages?|doigts?|cos[ae]|dettagli\p{L}*|volti|dita|coisas?|detalhes?|rostos?|rzecz\p{L}*|szczego\p{L}*|zdj\p{L}*|twarz\p{L}*|palc\p{L}*|dinge|sachen|stellen|finger|اشياء|شغلات|تفاصيل|صور|صوره|اصابع|وجوه|اشخاص)$/u;

/** Between a number and what it counts stand no more words: "three failed attempts". */
const wordsBetween = 2;

interface NumberOfSentence {
  readonly sentence: Sentence;
  /** Of its last token. */
  readonly index: number;
}

/** Whether a number of spaced writing says how often the work was done again: "twice", "three times", "two free revisions", "redone it three". */
export function countsRounds({ sentence: { tokens }, index }: NumberOfSentence, hit: Hit): boolean {
  const next = tokens[index + 1];
  if (timesInOne.test(tokens[index]?.folded ?? '') || (next !== undefined && !next.afterBreak && timesWord.test(next.folded))) return true;
  if (hit.first <= index && index <= hit.last) return hit.first === index || hit.last === index || hit.last - hit.first <= wordsBetween;
  if (hit.last < index) return next === undefined || next.afterBreak;
  const between = tokens.slice(index + 1, hit.first);
  return between.length <= wordsBetween && !tokens.slice(index + 1, hit.first + 1).some(({ afterBreak, folded }) => afterBreak || thingToCorrect.test(folded));
}
