import { scoreConcepts } from './concept-scores.ts';
import type { Concept } from '../text/language-data.ts';
import type { Hit } from '../text/phrases.ts';
import { sentenceText } from '../text/sentences.ts';

/**
 * What is to be done about a faulty thing, chosen in so many words: money or another one. A subject that only names the request ("Запыт на
 * вяртанне - SB-10482" is how the merchant wants to be written to) chooses nothing.
 */
export function findResolution(hits: readonly Hit[], language: string): Hit | null {
  const of = (concept: Concept, source: 'body' | 'subject'): Hit[] => hits.filter((hit) => hit.concept === concept && !hit.negated && hit.sentence.passage.kind === 'own' && hit.sentence.passage.source === source);
  const refund = of('want_refund', 'body');
  const replacement = [...of('want_replacement', 'body'), ...of('want_replacement', 'subject')];
  const chosen = weight(replacement) > 0 && weight(replacement) >= weight(refund) ? replacement : refund;
  const ranked = replacement.map((hit) => better(hit, refund)).find((hit) => hit !== null);
  if (ranked) return ranked;
  const preferred = [...replacement, ...refund].filter(isPreferred);
  if (preferred.length > 0 && preferred.every(({ concept }) => concept === preferred[0]?.concept)) return preferred.toSorted((a, b) => b.weight - a.weight)[0] ?? null;
  if (leavesOpen([...replacement, ...refund])) return null;
  const open = replacement.filter((hit) => isEither.test(sentenceText(hit.sentence)) || isOffered(hit, refund, language)).at(-1);
  if (open !== undefined) return chosenBehind(open, [...refund, ...replacement]);
  return chosen.toSorted((a, b) => b.weight - a.weight)[0] ?? null;
}

/** Its writer says outright that either of the two will do: then no likeness chooses, either. */
export function leavesOpen(hits: readonly Hit[]): boolean {
  const remedies = hits.filter(({ concept, negated, sentence }) => (concept === 'want_refund' || concept === 'want_replacement') && !negated && sentence.passage.kind === 'own');
  return remedies.some(({ sentence }) => isEitherInEastAsia.test(sentenceText(sentence)) || (isEither.test(sentenceText(sentence)) && sendsAnother.test(sentenceText(sentence))));
}

/** "Will you refund or reprint it? We would like our book": a choice left open is made behind it, where only one of the two is asked for outright. */
function chosenBehind(open: Hit, remedies: readonly Hit[]): Hit | null {
  const later = remedies.filter((hit) => hit.sentence.index > open.sentence.index && hit.sentence.passage === open.sentence.passage && hit.weight >= outright);
  return later.every(({ concept }) => concept === later[0]?.concept) ? (later[0] ?? null) : null;
}

/** The weight of a strong phrase. */
const outright = 3;

/** What its writer would rather have: words before the remedy. "Лучше" may be "better made", so it opens its clause. */
const ratherThis = /(?<!\p{L})(?:(?:i|we)['’]?d (?:much |far )?(?:sooner|rather|prefer)|(?:i|we) (?:would )?(?:much |far )?(?:sooner|rather|prefer)|предпоч(?:ту|[её]м|[её]л\p{L}{0,2} бы|ла бы|ли бы)|предпочита(?:ю|ем)|(?<=^\s{0,3}|[,;:—–-]\s?|(?:тогда|уж|а|но)\s)лучше|(?<=^\s{0,3}|[,;:—–-]\s?|(?:тады|ужо|а|але)\s)лепш|wol(?:ę|imy|ał\p{L}{1,4})|prefiero|preferimos|prefer[ií]r[ií]a(?:mos)?|je préfère|je préférerais|nous préf[éè]r\p{L}+|j[’']aimerais mieux|preferisco|preferiamo|preferirei|preferiremmo|prefiro|preferia|preferíamos|(?:أ|ن)ف[ضّ]{1,2}ل (?:استر|أن|نسخة|استبدال))(?!\p{L})/iu;
/** In Turkish, Japanese and Korean they stand behind it. */
const ratherThat = /^[^.!?。！？\n、,]{0,14}?(?:tercih ed|のほうが|の方が|を希望する方|(?:쪽|편)이 (?:더 )?(?:낫|좋)|(?:이|가) (?:더 )?(?:낫|좋겠))/u;
const orThan = /(?<!\p{L})(?:than|instead|rather than|чем|вместо|чым|замест|niż|zamiast|(?:antes )?que|plut[oô]t|au lieu|anzich[eé]|invece|do que|em vez|على|بدل)(?!\p{L})/iu;

/** Characters. */
const preferenceReach = 60;

function isPreferred({ sentence, start, end }: Hit): boolean {
  const { text } = sentence.passage;
  const said = text.slice(Math.max(sentence.start, start - preferenceReach), end);
  const word = ratherThis.exec(said);
  // What stands before the preference is what it is preferred to, and what stands behind "than".
  if (word !== null) return said.length > word.index + word[0].length && !orThan.test(said.slice(word.index + word[0].length));
  return ratherThat.test(text.slice(end, end + preferenceReach));
}

/** "A new one or my money, I do not mind": nothing is chosen. */
const isEither = /(?<!\p{L})(?:i do(?:n['’]t| not) mind which|either (?:one |way )?(?:is|would be|will be) (?:fine|ok(?:ay)?|good)|either (?:one )?(?:works|will do)|whichever (?:is|you|works|suits)|(?:it['’]?s |it is )?(?:entirely )?up to you|your (?:choice|call)|(?:мне )?(?:вс[её] равно|без разницы|не важно),? (?:что|как|верн[её]те|пришл[её]те|напечатаете|замените|возврат|деньги|вы)|(?:мне|нам) (?:вс[её] равно|без разницы|не важно)(?=[.!]|$)|хоть [^.!?]{2,40}, хоть|(?:мне|нам)(?:, [^,.!?]{2,30},)? (?:ўсё|усё) (?:адно|роўна)|(?:мне|нам), [^,.!?]{2,30}, (?:вс[её] равно|без разницы|не важно)|(?:как|что) вам (?:удобн\p{L}+|проще|легче)|(?:як|што) вам (?:зручн\p{L}+|прасцей|лягчэй)|(?:jak|co) (?:wam|państwu) (?:wygodni\p{L}+|łatwiej|pasuje)|jak wolicie|хоць [^.!?]{2,40}, хоць|wszystko (?:mi |nam )?jedno|(?:mi|nam) to obojętne|jest (?:mi|nam) obojętne|(?:ist )?(?:mir|uns) egal|(?:me |nos )?da (?:igual|lo mismo)|lo que (?:(?:os|les|te|le) )?(?:sea (?:más|mas)|resulte|conven?ga|prefieran?|prefir[áa]is)|como (?:prefieran?|prefir[áa]is)|cualquiera de (?:las|los) dos|peu (?:m[’'])?importe(?! (?:que|si|le|la|les))|(?:ça|cela) m[’']est égal|comme vous (?:voulez|voudrez|préférez|préférerez)|à vous de (?:voir|choisir)|au choix|(?:ce qui|selon ce qui) (?:vous arrange|est le plus (?:simple|rapide))|l[’']un ou l[’']autre|comme (?:ça |cela )?vous (?:arrange|convient)|tanto (?:me )?faz|(?:como|o que) (?:preferirem|for mais (?:rápido|fácil|simples))|vocês (?:decidem|que sabem)|(?:para|pra) mim é igual|fate voi|come (?:preferite|vi viene (?:meglio|più comodo))|quello che (?:preferite|è più (?:rapido|veloce|semplice|comodo))|l[’']uno o l[’']altro|(?:per me |mi )è (?:indifferente|uguale)|(?:per me )?fa lo stesso|(?:bana )?fark etmez|(?:hangisi|nasıl) (?:size )?(?:kolay|uygun)\p{L}*|hangisi (?:olursa|isterseniz)|nasıl isterseniz|ikisi de olur|سواء عندي|لا فرق عندي|ما يفرق معي|أي منهما|[وف]?أ[يّ]{1,2}هما|كما (?:يناسبكم|تفضلون|ترون)|(?:اللي|ما) (?:يناسبكم|أسهل لكم)|الأسهل (?:لكم|عليكم))(?!\p{L})|(?:どちら|どっち)でも(?:構い|かまい|いい|良い|結構)|상관\s?없|편하신\s?(?:대로|쪽|방법)|어느\s?쪽이든|아무거나\s?괜찮|둘\s?다\s?괜찮/iu;

/** "もう一度送ってもらうのでも、お金を戻してもらうのでも、どちらでもかまいません": the other remedy, in whatever words. */
const sendsAnother = /(?<!\p{L})(?:again|another|replac\p{L}+|(?:right|correct|proper) (?:one|book|copy|print)|le bon|la bonne|(?:libro|el|lo) correcto|quello giusto|(?:libro|quadro) giusto|(?:livro|o) certo|właściw\p{L}+|правильн\p{L}+|doğru\p{L}*|بديل\p{L}*|الصحيح\p{L}*|reprint\p{L}*|new (?:one|copy|book)|снова|ещ[её] раз|повторно|заново|нов(?:ую|ый)|наноў|яшчэ раз|новы|otra vez|de nuevo|nuev[oa]|réexpéd\p{L}+|renvoy\p{L}+|nouve(?:au|l|lle)|rispedi\p{L}*|di nuovo|nuov[oa]|outr[oa]|nov[oa]|ponown\p{L}+|jeszcze raz|now[yąea]|tekrar|yeni\p{L}*|مرة أخرى|جديد\p{L}*)(?!\p{L})|もう一度|もう1度|送り直|再送|再発送|改めて|다시\s?(?:보내|찍|인쇄|발송)|재발송|새\s?책/iu;

/** 返金でも交換でも構いません, 환불이든 교환이든: not 返金でもいいですが、できれば交換. */
const isEitherInEastAsia = /(?:返金|返品|払い?戻し|환불|반품)(?:を|は|も|을|은)?(?:するか|か|または|もしくは|あるいは|でも|なり|이든지?|든지|이나|이거나|\s?또는|\s?아니면|\s?혹은)[、,\s]*(?:交換|取り替え|取替え|再送|新しい|代わり|교환|새\s?책|새것|재발송)|(?:交換|取り替え|取替え|再送|교환|재발송)(?:を|は|も|을|은)?(?:するか|か|または|もしくは|あるいは|でも|なり|이든지?|든지|이나|이거나|\s?또는|\s?아니면|\s?혹은)[、,\s]*(?:返金|返品|払い?戻し|환불|반품)/u;

/** Between two remedies where either is asked for: "another copy or our £26 back?". Who threatens with the second leaves nothing open. */
const plainOr = /(?<!\p{L})(?:or|ou|soit|oppure|или|либо|хоть|або|альбо|хоць|ці|чи|lub|albo|bądź|oder|veya|ya da|أو)\s(?!(?:at least|then|i|we|i['’]ll|alors|sinon|sino|хотя бы|хаця б)(?!\p{L}))/iu;
/** In Portuguese it is an article. */
const shortOr = /(?<!\p{L})(?:o|u|oppure)\s(?!(?:si|sino|yo|al menos|se|altrimenti)(?!\p{L}))/iu;
/** Before the one that is the second best: "or, if that is not possible, a refund". */
const secondBest = /(?<!\p{L})(?:or,? (?:if|failing|otherwise|else)|otherwise|if (?:not|that|you (?:can['’]?t|cannot))|failing (?:that|which)|иначе|если (?:не|нет)|інакш|калі (?:не|няма)|jeśli nie|w przeciwnym razie|falls nicht|sonst|wenn nicht|sinon|à défaut|si (?:no|ce n['’]est pas|n[aã]o)|de lo contrario|en su defecto|altrimenti|se non|senão|se não|caso contr[aá]rio|olmazsa|yoksa|وإلا|إذا لم)(?!\p{L})|(?:無理|だめ|ダメ|難しい|できない)(?:なら|ようなら|のなら|場合)|できなければ|難しければ|안\s?되(?:면|신다면)|안\s?된다면|어려우(?:면|시면)|힘드(?:시면|면)|불가(?:하면|능하면)/iu;

function between(one: Hit, others: readonly Hit[], joined: (text: string) => boolean): Hit | undefined {
  const { text } = one.sentence.passage;
  return others.find((other) => other.sentence === one.sentence && ((one.end <= other.start && joined(text.slice(one.end, other.start))) || (other.end <= one.start && joined(text.slice(other.end, one.start)))));
}

function isOffered(replacement: Hit, refunds: readonly Hit[], language: string): boolean {
  const or = language === 'es' || language === 'it' ? shortOr : plainOr;
  return between(replacement, refunds, (text) => or.test(text)) !== undefined;
}

/** The better of two remedies of which the other is only the second best. */
function better(replacement: Hit, refunds: readonly Hit[]): Hit | null {
  const refund = between(replacement, refunds, (text) => secondBest.test(text));
  return refund === undefined ? null : refund.start < replacement.start ? refund : replacement;
}

function weight(found: readonly Hit[]): number {
  return scoreConcepts(found).get(found[0]?.concept ?? 'want_refund') ?? 0;
}
