import { sentenceText } from '../text/sentences.ts';
import type { Sentence } from '../text/sentences.ts';

/**
 * Sentences that say a matter is settled: the money has come back, the parcel was found. What they name, the double charge, the lost book, is nothing to
 * be put right any more. By language; a space stands for any blanks.
 */
const settled: Readonly<Record<string, string>> = {
  en: '(?:money|refund|payment|charge|amount|sum|it)(?: \\p{L}+){0,8} (?:has|have|is|was|came|been)(?: \\p{L}+){0,3} (?:back|returned|refunded|reimbursed|arrived in my account)|(?:got|received) (?:my|the|your|our) (?:full )?(?:refund|reimbursement)(?! \\p{L}*(?:polic|refus|reject|denia|form|mail|request|link|number|answer|repl|confirm))|(?:my|the|your) refund (?:(?:has|just|already|finally|now) ){0,2}(?:arrived|landed|cleared|came(?! to)|went through|turned up)|thank(?:s| you)(?: \\p{L}+){0,3} for (?:the|my|such a|your)(?: \\p{L}+){0,2} (?:refund|reimbursement)|(?:book|parcel|package)(?: \\p{L}+){0,4} (?:was found|turned up after all|has turned up)',
  ru: '(?:деньги|средства|сумма|оплата|платёж|платеж|возврат|всё|все)(?: \\p{L}+){0,6} (?:вернул(?:ись|ась|ось|ся)|возвращен[аыо]?|возвращён|пришёл|пришел|поступил[аи]?|дош(?:ли|ла|ёл|ел)) (?:\\p{L}+ ){0,3}(?:на|мне|обратно|сегодня|вчера|назад)|вернул(?:ись|ась|ось) (?:\\p{L}+ ){0,3}(?:деньги|сумма|средства)|спасибо(?: \\p{L}+){0,3} за (?:быстрый |оперативный |скорый )?возврат|(?:книга|книжка|посылка)(?: \\p{L}+){0,3} (?:нашлась|отыскалась)',
  be: '(?:грошы|сродкі|сума|аплата|плацёж|вяртанне|усё)(?: \\p{L}+){0,6} (?:вярнул(?:іся|ася|ося)|вярнуўся|прыйшл[іа]|паступіл[іа]|дайшл[іа]) (?:\\p{L}+ ){0,3}(?:на|мне|назад|сёння|учора)|вярнул(?:іся|ася|ося) (?:\\p{L}+ ){0,3}(?:грошы|сума|сродкі)|дзяку[йю](?: \\p{L}+){0,3} за (?:хуткае )?вяртанне|(?:кніга|кніжка|пасылка)(?: \\p{L}+){0,3} (?:знайшлася|адшукалася)',
  uk: '(?:гроші|кошти|сума)(?: \\p{L}+){0,6} (?:повернул(?:ися|ась|ася|ись)|прийшл[иа]|надійшл[иа])|дякую(?: \\p{L}+){0,3} за (?:швидке )?повернення|(?:книга|посилка)(?: \\p{L}+){0,3} знайшлася',
  pl: '(?:pieniądze|pieniadze|środki|srodki|kwota|płatność|zwrot|wszystko)(?: \\p{L}+){0,6} (?:wrócił[yao]?|wrocil[yao]?|wpłynęł[yao]|wpłynął|dotarł[yao]?|doszł[yao]|doszedł|zwrócone|zwrócona) (?:\\p{L}+ ){0,3}(?:na|do|dziś|dzisiaj|wczoraj|już)|dzięk(?:uję|ujemy|i)(?: \\p{L}+){0,3} za (?:szybki |sprawny |błyskawiczny )?zwrot|(?:książka|paczka|przesyłka)(?: \\p{L}+){0,3} (?:się znalazła|odnalazła się|znalazła się)',
  de: '(?:geld|betrag|erstattung|rückerstattung|rückzahlung|zahlung)(?: \\p{L}+){0,8} (?:zurückgekommen|zurückgebucht|erstattet|angekommen|eingegangen)|dank(?:e)?(?: \\p{L}+){0,3} für die (?:schnelle )?(?:erstattung|rückerstattung|rückzahlung)',
  fr: '(?:argent|remboursement|somme|montant)(?: \\p{L}+){0,8} (?:revenu|revenue|arrivé|arrivée|reçu|reçue|recrédité|recréditée|est là|est sur mon compte)|(?:livre|colis|paquet)(?: \\p{L}+){0,4} (?:retrouvé|a été retrouvé)|merci(?: \\p{L}+){0,3} pour (?:le|ce|votre) (?:rapide )?remboursement',
  es: '(?:dinero|reembolso|importe|devolución|abono)(?: \\p{L}+){0,6} (?:ha llegado|llegó|ha vuelto|volvió|está de vuelta|está aquí|lo tengo|me entró|está en (?:la|mi) cuenta)|(?:libro|paquete|pedido)(?: \\p{L}+){0,4} (?:ha aparecido|apareció)|gracias(?: \\p{L}+){0,3} por (?:el|la|su) (?:rápid[oa] )?(?:reembolso|devolución)',
  it: '(?:soldi|rimborso|importo|denaro)(?: \\p{L}+){0,6} (?:arrivat[oi]|tornat[oi]|rientrat[oi]|ricevut[oi]|sul conto)|(?:libro|pacco)(?: \\p{L}+){0,4} (?:saltato fuori|ritrovato|è spuntato)|grazie(?: \\p{L}+){0,3} per il (?:rapido |veloce )?rimborso',
  pt: '(?:dinheiro|reembolso|valor|estorno)(?: \\p{L}+){0,6} (?:chegou|voltou|caiu|foi devolvido|cá está|está cá|está na conta|entrou na conta)|(?:livro|pacote|encomenda)(?: \\p{L}+){0,4} (?:apareceu|foi encontrad[oa])|obrigad[oa](?: \\p{L}+){0,3} pel[oa] (?:rápid[oa] )?(?:reembolso|devolução|estorno)',
  tr: '[iİ]ade(?:m|niz|si)?(?: tutarı| ücreti| bedeli)?(?: (?:bugün|dün|hesabıma|kartıma|bana|sabah|nihayet|çoktan|sonunda)){0,3} (?:geldi|gelmiş|yattı|yatmış|geçti|ulaştı|ödendi)|para(?:m|mız)?(?: \\p{L}+){0,2} (?:hesabıma|kartıma|geri|bana)(?: \\p{L}+){0,2} (?:geldi|gelmiş|yattı|yatmış|geçti|ulaştı)|[iİ]ade(?:niz)? için(?: \\p{L}+){0,3} (?:teşekkür\\p{L}*|sağ ?ol\\p{L}*)|(?:kitap|paket|kargo) (?:\\p{L}+ ){0,2}(?:bulundu|ortaya çıktı)',
  ar: '(?:شكرا|شكراً|شكرًا|مشكور\\p{L}*|تسلم\\p{L}*|يسلم\\p{L}*)(?: \\p{L}+){0,3} (?:على|ع) (?:سرعة )?(?:استرجاع|إرجاع|ارجاع|استرداد|رد)|(?:المبلغ|الفلوس|المصاري|فلوسي|مصاريي)(?: \\p{L}+){0,2} (?:وصلني|وصلتني|رجعلي|رجعتلي|رجع لي|رجعت لي|عاد إلي)|(?:وصلني|وصلتني|رجعلي|رجعتلي|رجع لي|رجعت لي)(?: \\p{L}+){0,2} (?:المبلغ|الفلوس|المصاري|فلوسي)',
  ja: '\\p{L}*(?:返金|お金)(?:を|の|は|が|に|、|処理|手続き|対応|いただき|頂き|して|くださり|下さり|ご|早速|迅速な|本日|今日|確かに|無事|全額|口座|カード){0,8}(?:ありがと|有難うご|感謝|確認(?:し|でき|いた|致|取れ)|受け取りました|届きました|入金されました|振り込まれました|反映されました|戻ってきました|戻って来ました)\\p{L}*',
  ko: '(?:환불|환불금|입금|돈)(?:을|이|은|도|처리)?(?:해)?(?: (?:처리|처리해|해|빨리|빠르게|신속히|신속하게|잘|주셔서|해주셔서|도와주셔서|진행해|전액|오늘|어제|방금|카드로|계좌로|통장에|다시)){0,4} (?:감사(?:합|드|해)\\p{L}*|고맙\\p{L}*|고마\\p{L}*|받았\\p{L}*|확인(?:했|됐|되었|하였)\\p{L}*|들어왔\\p{L}*|완료됐\\p{L}*|돌아왔\\p{L}*)|잘 (?:들어왔|입금됐)\\p{L}*',
};

/** What leaves something to be asked for, or says that it is not so. */
const notSettled = /(?<!\p{L})(?:but|however|not|never|only(?! (?:to|want\p{L}*) )|if|when|until|yet|half|part|n[’']t|но|однако|не|ни|только(?! (?:сказать|поблагодар|написать|сообщить))|лишь|если|когда|пока|половин\p{L}*|часть|але|аднак|ня|толькі(?! (?:падзяк|сказаць|паведаміць|напісаць))|калі(?!\s+ласка)|пакуль|палов\p{L}*|тільки|якщо|коли|ale|jednak|nie|tylko(?! (?:podzięk|powiedzieć|napisać|dać znać))|jeśli|jeżeli|gdy|kiedy|dopóki|połow\p{L}*|część|aber|nicht|nur|wenn|mais|pas|seulement|si|quand|pero|no|solo|sólo|cuando|ma|non|se|quando|mas|não|só|instead|ama|fakat|ancak|değil|henüz|hâlâ|hala|eğer|yarı\p{L}*|sadece|yalnızca|لكن|ولكن|بس|لم|لا|ما|مش|إذا|اذا|لو|نص|نصف|ناقص\p{L}*|أقل|اقل|مقدما|مقدماً|سلفا|سلفاً|still|other|remaining|missing|rest[eo]?|restant[ei]s?|otr[oa]s?|altr[oaie]|outr[oa]s?|остал\p{L}*|решт\p{L}*|рэшт\p{L}*|reszt\p{L}*|kalan\p{L}*|الباقي|باقي|advance|avance|antemano|desde já|anticipo|voraus|góry|заранее|загадзя|наперад|заздалегідь|şimdiden|eksik)(?!\p{L})|[?？]|まだ|ません|ない|ですが|ますが|したが|けど|できず|されず|届かず|たい|不足|足り|残り|나머지|のに|だけ|半分|たら|なら|れば|いつ|아직|못|않|지만|는데|은데|면(?!\p{L})|부탁|모자|부족|절반|언제|(?<!\p{L})안(?!\p{L})/iu;

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
