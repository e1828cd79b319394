import { scoreConcepts } from './concept-scores.ts';
import type { Concept } from './language-data.ts';
import type { Hit } from './phrases.ts';
import { sentenceText } from './sentences.ts';

/**
 * What is to be done about a faulty thing, chosen in so many words: money or another one. A subject that only names the request ("Запыт на
 * вяртанне - SB-10482" is how the merchant wants to be written to) chooses nothing.
 */
export function findResolution(hits: readonly Hit[], language: string): Hit | null {
  const of = (concept: Concept, source: 'body' | 'subject'): Hit[] => hits.filter((hit) => hit.concept === concept && !hit.negated && hit.sentence.passage.kind === 'own' && hit.sentence.passage.source === source);
  const refund = of('want_refund', 'body');
  const replacement = [...of('want_replacement', 'body'), ...of('want_replacement', 'subject')];
  const chosen = weight(replacement) > 0 && weight(replacement) >= weight(refund) ? replacement : refund;
  if (replacement.some((hit) => isEither.test(sentenceText(hit.sentence)) || isAlternative(hit, refund, language))) return null;
  return chosen.toSorted((a, b) => b.weight - a.weight)[0] ?? null;
}

/** "A new one or my money, I do not mind": nothing is chosen. */
const isEither = /(?<!\p{L})(?:i do(?:n['’]t| not) mind which|either (?:one |way )?(?:is|would be|will be) (?:fine|ok(?:ay)?|good)|either (?:one )?(?:works|will do)|whichever (?:is|you|works|suits)|(?:it['’]?s |it is )?(?:entirely )?up to you|your (?:choice|call)|(?:мне )?(?:вс[её] равно|без разницы|не важно),? (?:что|как)|(?:мне|нам) (?:вс[её] равно|без разницы|не важно)(?=[.!]|$)|хоть [^.!?]{2,40}, хоть|(?:мне|нам) (?:ўсё|усё) (?:адно|роўна)|хоць [^.!?]{2,40}, хоць|wszystko (?:mi |nam )?jedno|(?:mi|nam) to obojętne|jest (?:mi|nam) obojętne|(?:ist )?(?:mir|uns) egal|me da (?:igual|lo mismo)|lo que (?:(?:os|les|te|le) )?(?:sea (?:más|mas)|resulte|conven?ga|prefieran?|prefir[áa]is)|como (?:prefieran?|prefir[áa]is)|cualquiera de (?:las|los) dos|peu m[’']importe|(?:ça|cela) m[’']est égal|comme vous (?:voulez|voudrez|préférez|préférerez)|à vous de (?:voir|choisir)|au choix|(?:ce qui|selon ce qui) (?:vous arrange|est le plus (?:simple|rapide))|l[’']un ou l[’']autre|tanto faz|(?:como|o que) (?:preferirem|for mais (?:rápido|fácil|simples))|vocês (?:decidem|que sabem)|(?:para|pra) mim é igual|fate voi|come (?:preferite|vi viene (?:meglio|più comodo))|quello che (?:preferite|è più (?:rapido|veloce|semplice|comodo))|l[’']uno o l[’']altro|(?:per me |mi )è indifferente|(?:bana )?fark etmez|سواء عندي|لا فرق عندي|ما يفرق معي|أي منهما)(?!\p{L})|どちらでも(?:構い|かまい|いい|良い|結構)|상관\s?없|아무거나\s?괜찮|둘\s?다\s?괜찮/iu;

/** What stands before each of two things of which one is wanted: "o me mandan otro o me devuelven el dinero". */
const correlatives: Readonly<Record<string, RegExp>> = {
  en: /(?<!\p{L})either(?!\p{L})[^.!?]{2,120}?[\s,]or\s(?<second>.*)/isu, es: pair('o|u|ya_sea'), fr: pair('ou_bien|ou|soit'), it: pair('o|oppure'), pt: pair('ou'), ru: pair('либо|или|хоть'), be: pair('або|альбо|ці|хоць'), uk: pair('або|чи'),
  pl: pair('albo|lub'), de: /(?<!\p{L})entweder(?!\p{L})[^.!?]{2,120}?[\s,]oder\s(?<second>.*)/isu, tr: /(?<!\p{L})ya\s[^.!?]{2,120}?[\s,]ya\s?da\s(?<second>.*)/isu,
};

function pair(words: string): RegExp {
  const one = words.replaceAll('_', '\\s');
  return new RegExp(`(?<!\\p{L})(?:${one})\\s[^.!?]{2,120}?[\\s,;](?:${one})\\s(?<second>.*)`, 'isu');
}

/** The sentence asks for one of two: of another copy and the money one stands behind each of its conjunctions. */
function isAlternative(replacement: Hit, refunds: readonly Hit[], language: string): boolean {
  const { sentence } = replacement;
  const match = correlatives[language]?.exec(sentenceText(sentence));
  if (!match) return false;
  const begins = sentence.start + match.index;
  const turns = begins + match[0].length - (match.groups?.['second'] ?? '').length;
  const inFirst = ({ end }: Hit): boolean => begins < end && end <= turns;
  const inSecond = ({ start }: Hit): boolean => turns <= start;
  return refunds.some((refund) => refund.sentence === sentence && ((inFirst(replacement) && inSecond(refund)) || (inSecond(replacement) && inFirst(refund))));
}

function weight(found: readonly Hit[]): number {
  return scoreConcepts(found).get(found[0]?.concept ?? 'want_refund') ?? 0;
}
