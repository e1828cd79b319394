import type { Concept } from './language-data.ts';
import type { Sentence } from './sentences.ts';

/** Negations and conditions: which of them turn a phrase round, and which only look like it. */

/** Opens a condition. */
export const ifWord = /^(?:если|ежели|калі|якщо|коли|if|wenn|falls|si|se|caso|jesli|jezeli)$/u;

/** Beside a negation that is a word of its own: "no consigo", "non riesco", "j'arrive pas". */
export const unable = /^(?:puedo|podemos|consigo|conseguimos|logro|logramos|encuentro|encontramos|j?arrive|arrivons|peux|pouvons|parviens|reussis|trouve|riesco|riusciamo|posso|possiamo|trovo|troviamo|acho|achamos|encontro)$/u;

/** Between a demand and what takes it back: that is another one's, as in "返金していただければ交換は不要です". */
export const otherClause = /[、。,.!?！？\n]|れば|たら|なら|면\s|交換|返品|解約|返金|교환|반품|해지|환불/u;

/** Between a thing and what takes it back: that it was only spoken of or offered. */
export const offerOnly = /(?:다는|달라는|자는|겠다는|라는)\s?(?:말|말씀|얘기|이야기|제안|약속|것|거|건)|(?:という|との|って|と言う)(?:お?話|件|ご?提案|お?約束|こと|もの)/u;

/** What ends a subscription or an account: "解約のお手続きは不要です", "해지는 안 하셔도 됩니다" take it back. Not so 自動更新は不要です. */
const ending = /解約|退会|キャンセル|해지|탈퇴|취소/u;
const goesOn = /^(?:は|も|の?手続きは)?(?:せず|しないで|しないまま|しません(?!か)|する(?:つもり|気|予定)は)|^(?:를|을|는|은)?\s?(?:안\s?(?:하고|할\s?거|할게|하겠|합니다)|하지\s?(?:않고|않을|않겠))/u;

const unableBehind = /^(?:が|は|も|を)?(?:でき|出来|させ|してくれ|してもら|の?(?:お?手続き?|やり方|仕方|方法|ボタン|ページ|リンク|項目|メニュー)(?:が|も|は|すら|さえ)(?!不要|必要|い(?:ら|り)|要))/u;

/** "解約できません", "解約ボタンがない": who cannot do it wants it done. */
export function isUnableToEnd(concept: Concept, behind: string): boolean {
  return concept === 'want_cancel' && unableBehind.test(behind);
}

/** A demand of such an end may be taken back by what stands behind it. */
export function isEnd(concept: Concept, said: string): boolean {
  return concept === 'want_cancel' && ending.test(said);
}

/** "해지 안 하고 계속 쓸게요", "解約せずに使い続けます" */
export function isGoingOn(behind: string): boolean {
  return goesOn.test(behind);
}

const threats: ReadonlySet<Concept> = new Set<Concept>(['legal_threat', 'chargeback']);
/** "弁護士に相談するつもりはありません", "변호사까지 갈 생각은 없어요": behind what is threatened with. */
const notMeant = /^[^。、,.!?！？\n]{0,12}?(?:(?:つもり|気)(?:は|も)?(?:な|あり|ござ)|たく(?:は|も)?(?:な|あり|ござ)|たいわけでは|までは(?:考え|しな|しませ)|(?:생각|마음|의도)(?:은|는|도|까지는)?\s?(?:없|아니)|싶(?:지|진|지는|지도)\s?않(?!지만))/u;

/** Who threatens in Japanese or Korean does not mean it, says what stands right behind. */
export function isThreatNotMeant(concept: Concept, behind: string): boolean {
  return threats.has(concept) && notMeant.test(behind);
}

/** "Возврат денег не хочу": who wants something else than what was named, where the clause ends there. "Верните не хочу больше ваших книг" goes on. */
const notWanted = /(?<!\p{L})(?<!(?:котор|як|któr)\p{L}{1,3}\s|(?:que|che)\s)(?:н[ея]\s(?:хочу|хотим|желаю|желаем|хачу|хочам|жадаю|хочемо)|nie\s(?:chcę|chce|chcemy)|(?:no|non|n[ãa]o)\s(?:(?:l[oaie]|los|las|os|as|o|a)\s)?(?:quiero|queremos|deseo|voglio|vogliamo|quero)|(?:will|wollen)\s(?:ich|wir)\snicht)(?=\s*(?:[.,;:!?)(—–-]|$))/giu;

/** Where such words begin, and end. Tokens. */
export function notWantedBehind({ tokens, start, end, passage: { text } }: Sentence): [number, number][] {
  return [...text.slice(start, end).matchAll(notWanted)].map(({ index, 0: words }) => [tokens.findIndex((token) => token.end > start + index), tokens.findLastIndex((token) => token.start < start + index + words.length)]);
}

/** Articles and the like, that stand between a demand and its thing: "any of last month's money". */
const particles = new Set(['a', 'an', 'any', 'the', 'my', 'our', 'your', 'of', 'for', 'that', 'this', 'last', 'previous', 'months', 'weeks', 'years', 'month', 'week', 'year', 'kind', 'sort', 'form', 'type', 'full', 'partial', 'whole', 'single', 'such', 'about', 'in']);

/** The index behind the particles that begin at `from`. */
export function pastParticles(tokens: Sentence['tokens'], from: number): number {
  let index = from;
  while (tokens[index]?.afterBreak === false && particles.has(tokens[index]?.folded ?? '')) index++;
  return index;
}

/** What makes an "if" a courtesy: "if possible", "لو سمحتم", "если не трудно". */
const courtesy = /^\s(?:(?:it|is|that|this|at|c['’]est|es|[eè]|s?ia|fuera|fosse|for|ist|es|это|вам|вас|гэта|вам|це|to|jest|da|all)\s){0,3}(?:possible|posible|possibile|poss[ií]vel|m[oö]glich|geht|mo[zż]na|mo[zż]liwe|можно|возможно|магчыма|можна|можливо|не (?:трудно|сложно|затруднит|цяжка|складана|важко)|(?:not|no|n|ne|non|não|nao|nie)\s(?:too much trouble|trop demander|es molestia|es mucho pedir|[eè] un problema|for incômodo|sprawi kłopotu)|سمحت\p{L}*|تكرمت\p{L}*|تسمح\p{L}*|ممكن|[أا]مكن|بالإ?مكان|شاء|شا)(?!\p{L})/iu;

/** "إن لم", "إن كنتم": mostly the word is "that" ("قال إن"). */
const arabicIf = /^(?:لم|لن|ما|كان\p{L}*|كن[تا]\p{L}*|يكن|تكن|تم|وجد\p{L}*|صار\p{L}*|حصل\p{L}*)$/u;

/** The token there sets a condition: not by courtesy, nor where a comma follows at once: "Sí, pagué ayer". */
export function setsCondition({ tokens, passage: { text } }: Sentence, index: number): boolean {
  const end = tokens[index]?.end ?? 0;
  if (tokens[index]?.folded === 'ان' && !arabicIf.test(tokens[index + 1]?.folded ?? '')) return false;
  return !courtesy.test(text.slice(end, end + 40)) && !/^\s?,/.test(text.slice(end, end + 2));
}

/** "By Blik, a nie, sorry, by card": who corrects himself denies nothing of what follows. */
export function isInterjection(tokens: Sentence['tokens'], n: number): boolean {
  const before = tokens[n - 1];
  return tokens[n + 1]?.afterBreak === true && n > 0 && (tokens[n]?.afterBreak === true || (before?.afterBreak === true && /^(?:a|ah|oh|o|oj|ale|ma|mas|pero|mais|но|а|ой|ай)$/u.test(before.folded)));
}

const moneyBack = /^(?:para(?:m|yi|mi)?$|iade|ucret|деньг|денег|возврат|грош|вяртан|гроши|pieni|zwrot|dinero|reembols|devoluc|dinheiro|sold[io]|rimbors|argent|rembours|money|refund|cash)/u;
const anotherOne = /^(?:yeni|degisim|нов(?:ую|ый|ая|ы)$|замен|друг(?:ую|ой|і)$|іншую|now[aye]$|wymian|zamian|nuev|nuov|nouve|replac|reprint|ersatz|troca|cambio)/u;

/** "Yenisini gönderin, para istemiyorum", "пришлите новый деньги не хочу": between a demand and what takes it back stands the thing that is not wanted, and it is the other remedy. */
export function isOfOther(concept: Concept, tokens: Sentence['tokens'], last: number, n: number): boolean {
  const other = concept === 'want_replacement' ? moneyBack : concept === 'want_refund' ? anotherOne : null;
  return other !== null && tokens.slice(last + 1, n).some(({ folded }) => other.test(folded));
}
