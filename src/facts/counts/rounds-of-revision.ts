import { gap, isRefused, isUnitOfTime } from './counted-numbers.ts';
import type { Counts, NumberMention, Take } from './counted-numbers.ts';
import type { Hit, PhraseBook } from '../text/phrases.ts';
import type { Sentence } from '../text/sentences.ts';

/** Rounds of revision: what is counted by rounds, and what a mail counts beside them, the fingers of a portrait and the things that are to be put right. */

/** How often, right behind a number. */
export const timesWord = /^(?:times?|раз|раза|разы|разу|разоў|рази|razy|raz|vez|veces|fois|volt[ae]|vezes|mal|male|(?:kere|kez|defa|sefer)(?:dir)?|(?:ال)?مرات|مره)$/u;
/** "ثلاثة ديال المرات" */
const ofTimes = /^(?:ديال|تاع|نتاع|متاع)$/u;
/** How often, in one word. */
const timesInOne = /^(?:twice|thrice|дважды|трижды|двойчы|тройчы|двічі|тричі|dwukrotnie|trzykrotnie|zweimal|dreimal|مرتين|مرتان)$/u;

/** What is to be put right, not how often it was. */
const thingToCorrect = /^(?:things?|points?|details?|photos?|pictures?|images?|faces?|people|persons?|eyes?|fingers?|hands?|letters?|words?|spots?|places?|sey\p{L}*|nokta\p{L}*|detay\p{L}*|foto\p{L}*|resi?m\p{L}*|kisi\p{L}*|parma\p{L}*|yer\p{L}*|вещ\p{L}*|рэч\p{L}*|реч[іе]\p{L}*|момент\p{L}*|детал\p{L}*|дэтал\p{L}*|мест\p{L}*|месц\p{L}*|фото\p{L}*|лиц\p{L}*|твар\p{L}*|челове\p{L}*|чалавек\p{L}*|пал[ье]ц\p{L}*|cosas?|detalles?|caras?|dedos?|choses?|visages?|doigts?|cos[ae]|dettagli\p{L}*|volti|dita|coisas?|detalhes?|rostos?|rzecz\p{L}*|szczego\p{L}*|zdj\p{L}*|twarz\p{L}*|palc\p{L}*|dinge|sachen|stellen|finger|اشياء|شغلات|تفاصيل|صور|صوره|اصابع|وجوه|اشخاص)$/u;

/** Between a number and what it counts stand no more words: "three failed attempts". */
const wordsBetween = 2;

/** Whether a number of spaced writing says how often the work was done again: "twice", "three times", "two free revisions", "redone it three". */
function countsRounds({ sentence: { tokens }, index }: NumberMention, hit: Hit): boolean {
  const next = tokens[index + 1];
  if (timesInOne.test(tokens[index]?.folded ?? '') || (next !== undefined && !next.afterBreak && (timesWord.test(next.folded) || (ofTimes.test(next.folded) && timesWord.test(tokens[index + 2]?.folded ?? ''))))) return true;
  if (hit.first <= index && index <= hit.last) return hit.first === index || hit.last === index || hit.last - hit.first <= wordsBetween;
  if (hit.last < index) return next === undefined || next.afterBreak;
  const between = tokens.slice(index + 1, hit.first);
  return between.length <= wordsBetween && !tokens.slice(index + 1, hit.first + 1).some(({ afterBreak, folded }) => afterBreak || thingToCorrect.test(folded));
}

/** What rounds are counted by in Japanese and Korean; nothing else that stands beside a number there is one. */
const timesCounter = /^\s?(?:回|度|번|회|차례)/u;

/** もう一度直して, 다시 한 번, 한 번 더: asked for, not made. */
function isOnceMore({ value, sentence: { passage: { text } }, start, end }: NumberMention): boolean {
  return value <= 2 && (/^\s?(?:回|度|번|회|차례)\s?(?:만\s?)?더/u.test(text.slice(end, end + 8)) || /(?:もう|あと|今|いま|다시|딱)\s?$/u.test(text.slice(Math.max(0, start - 4), start)));
}

const afterWord = /^(?:after|nach|после|пасля|після|po|apr[eè]s|despu[eé]s|tras|dopo|depois|ap[oó]s)$/u;

/** "After the first correction it was worse. After the second … After the third …": each round goes on from the one before. */
export function readNextRound(sentence: Sentence, numbers: readonly NumberMention[], before: number, take: Take, book: PhraseBook): void {
  const [first, second] = sentence.tokens;
  const round = numbers.find(({ index }) => index === (second !== undefined && /^(?:the|der|la|le|el|il|o|a)$/u.test(second.folded) ? 2 : 1));
  if (first === undefined || !afterWord.test(first.folded) || round === undefined || round.percent || round.value !== before + 1 || /\d/.test(sentence.passage.text.slice(round.start, round.end)) || isUnitOfTime(round, book)) return;
  take('revision_count', round.value, sentence, first.start, round.end, true);
}

/** How often the work was done again. */
export function readRevisions(numbers: readonly NumberMention[], hits: readonly Hit[], counts: Counts, take: Take, book: PhraseBook): void {
  const isAskedFor = ({ sentence, start, end }: Hit): boolean => sentence.characters === null && hits.some((hit) => hit.concept === 'want_revision' && !hit.negated && hit.sentence === sentence && hit.start < start && hit.end === end);
  // "Please redo those two"
  const done = hits.filter((hit) => hit.concept === 'revision_done' && !hit.conditional && !isAskedFor(hit));
  for (const hit of done) {
    const { sentence } = hit;
    const near = numbers.filter((number) => !isRefused(number, book) && !number.percent && number.value > 0 && number.value < 30 && Number.isInteger(number.value) && gap(number, hit) <= 60 && (sentence.characters === null ? !isUnitOfTime(number, book) && countsRounds(number, hit) : timesCounter.test(sentence.passage.text.slice(number.end, number.end + 4)) && !isOnceMore(number)));
    near.sort((a, b) => gap(a, hit) - gap(b, hit));
    const [number] = near;
    if (number) take('revision_count', number.value, hit.sentence, Math.min(hit.start, number.start), Math.max(hit.end, number.end), number.value > (counts.revision_count?.value ?? Number.POSITIVE_INFINITY));
  }
}
