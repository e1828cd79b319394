import { sentenceText } from './sentences.ts';
import type { Sentence } from './sentences.ts';

/**
 * Sentences that say a matter is settled: the money has come back, the parcel was found. What they name, the double charge, the lost book, is nothing to
 * be put right any more. By language; a space stands for any blanks.
 */
const settled: Readonly<Record<string, string>> = {
  en: '(?:money|refund|payment|charge|amount|sum|it)(?: \\p{L}+){0,8} (?:has|have|is|was|came|been)(?: \\p{L}+){0,3} (?:back|returned|refunded|reimbursed|arrived in my account)|thank(?:s| you)(?: \\p{L}+){0,3} for (?:the|my|such a|your)(?: \\p{L}+){0,2} (?:refund|reimbursement)|(?:book|parcel|package)(?: \\p{L}+){0,4} (?:was found|turned up after all|has turned up)',
  ru: '(?:деньги|средства|сумма|оплата|платёж|платеж|возврат|всё|все)(?: \\p{L}+){0,6} (?:вернул(?:ись|ась|ось|ся)|возвращен[аыо]?|возвращён|пришёл|пришел|поступил[аи]?|дош(?:ли|ла|ёл|ел)) (?:\\p{L}+ ){0,3}(?:на|мне|обратно|сегодня|вчера|назад)|вернул(?:ись|ась|ось) (?:\\p{L}+ ){0,3}(?:деньги|сумма|средства)|спасибо(?: \\p{L}+){0,3} за (?:быстрый |оперативный |скорый )?возврат|(?:книга|книжка|посылка)(?: \\p{L}+){0,3} (?:нашлась|отыскалась)',
  be: '(?:грошы|сродкі|сума|аплата|плацёж|вяртанне|усё)(?: \\p{L}+){0,6} (?:вярнул(?:іся|ася|ося)|вярнуўся|прыйшл[іа]|паступіл[іа]|дайшл[іа]) (?:\\p{L}+ ){0,3}(?:на|мне|назад|сёння|учора)|вярнул(?:іся|ася|ося) (?:\\p{L}+ ){0,3}(?:грошы|сума|сродкі)|дзяку[йю](?: \\p{L}+){0,3} за (?:хуткае )?вяртанне|(?:кніга|кніжка|пасылка)(?: \\p{L}+){0,3} (?:знайшлася|адшукалася)',
  uk: '(?:гроші|кошти|сума)(?: \\p{L}+){0,6} (?:повернул(?:ися|ась|ася|ись)|прийшл[иа]|надійшл[иа])|дякую(?: \\p{L}+){0,3} за (?:швидке )?повернення|(?:книга|посилка)(?: \\p{L}+){0,3} знайшлася',
  pl: '(?:pieniądze|pieniadze|środki|srodki|kwota|płatność|zwrot|wszystko)(?: \\p{L}+){0,6} (?:wrócił[yao]?|wrocil[yao]?|wpłynęł[yao]|wpłynął|dotarł[yao]?|doszł[yao]|doszedł|zwrócone|zwrócona) (?:\\p{L}+ ){0,3}(?:na|do|dziś|dzisiaj|wczoraj|już)|dzięk(?:uję|ujemy|i)(?: \\p{L}+){0,3} za (?:szybki |sprawny |błyskawiczny )?zwrot|(?:książka|paczka|przesyłka)(?: \\p{L}+){0,3} (?:się znalazła|odnalazła się|znalazła się)',
  de: '(?:geld|betrag|erstattung|zahlung)(?: \\p{L}+){0,8} (?:zurückgekommen|zurückgebucht|erstattet|angekommen|eingegangen)|dank(?:e)?(?: \\p{L}+){0,3} für die (?:schnelle )?(?:erstattung|rückzahlung)',
  fr: '(?:argent|remboursement|somme|montant)(?: \\p{L}+){0,8} (?:revenu|revenue|arrivé|arrivée|reçu|reçue|recrédité|recréditée|est là|est sur mon compte)|(?:livre|colis|paquet)(?: \\p{L}+){0,4} (?:retrouvé|a été retrouvé)|merci(?: \\p{L}+){0,3} pour (?:le|ce|votre) (?:rapide )?remboursement',
  es: '(?:dinero|reembolso|importe|devolución|abono)(?: \\p{L}+){0,6} (?:ha llegado|llegó|ha vuelto|volvió|está de vuelta|está aquí|lo tengo|me entró|está en (?:la|mi) cuenta)|(?:libro|paquete|pedido)(?: \\p{L}+){0,4} (?:ha aparecido|apareció)|gracias(?: \\p{L}+){0,3} por (?:el|la|su) (?:rápid[oa] )?(?:reembolso|devolución)',
  it: '(?:soldi|rimborso|importo|denaro)(?: \\p{L}+){0,6} (?:arrivat[oi]|tornat[oi]|rientrat[oi]|ricevut[oi]|sul conto)|(?:libro|pacco)(?: \\p{L}+){0,4} (?:saltato fuori|ritrovato|è spuntato)|grazie(?: \\p{L}+){0,3} per il (?:rapido |veloce )?rimborso',
  pt: '(?:dinheiro|reembolso|valor|estorno)(?: \\p{L}+){0,6} (?:chegou|voltou|caiu|foi devolvido|cá está|está cá|está na conta|entrou na conta)|(?:livro|pacote|encomenda)(?: \\p{L}+){0,4} (?:apareceu|foi encontrad[oa])|obrigad[oa](?: \\p{L}+){0,3} pel[oa] (?:rápid[oa] )?(?:reembolso|devolução|estorno)',
};

/** What leaves something to be asked for, or says that it is not so. */
const notSettled = /(?<!\p{L})(?:but|however|not|never|only(?! (?:to|want\p{L}*) )|if|when|until|yet|half|part|n[’']t|но|однако|не|ни|только(?! (?:сказать|поблагодар|написать|сообщить))|лишь|если|когда|пока|половин\p{L}*|часть|але|аднак|ня|толькі(?! (?:падзяк|сказаць|паведаміць|напісаць))|калі(?!\s+ласка)|пакуль|палов\p{L}*|тільки|якщо|коли|ale|jednak|nie|tylko(?! (?:podzięk|powiedzieć|napisać|dać znać))|jeśli|jeżeli|gdy|kiedy|dopóki|połow\p{L}*|część|aber|nicht|nur|wenn|mais|pas|seulement|si|quand|pero|no|solo|sólo|cuando|ma|non|se|quando|mas|não|só)(?!\p{L})|[?？]/iu;

const compiled = new Map<string, RegExp | null>();

function patternOf(language: string): RegExp | null {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  const stretches = settled[language];
  const made = stretches === undefined ? null : new RegExp(`(?<!\\p{L})(?:${stretches})(?!\\p{L})`.replaceAll(' ', '\\s+'), 'iu');
  compiled.set(language, made);
  return made;
}

/** Nobody says it in more. Characters. */
const maxChars = 300;

/** The sentence says that something is settled, and leaves nothing open. */
export function isSettled(sentence: Sentence, language: string): boolean {
  const pattern = patternOf(language);
  if (pattern === null || sentence.end - sentence.start > maxChars) return false;
  const text = sentenceText(sentence);
  return pattern.test(text) && !notSettled.test(text);
}
