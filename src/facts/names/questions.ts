import type { FactName } from '../facts.ts';
import type { Passage } from '../text/sentences.ts';

/**
 * What our own question asks, where a customer has answered between its lines: a bare "10482" below "Your order number" is one. By the words of our replies in all their
 * languages, and near ones of agents.
 */
const asked: readonly (readonly [FactName, RegExp])[] = [
  ['telegram_id', /telegram|телеграм|тэлеграм|テレグラム|텔레그램|تيليجرام|تلغرام|تليجرام|تيليغرام/iu],
  ['transaction_id', /transa[ckqz]|transaç|транзакц|номер (?:операц|плат[её]ж)|нумар аперацы|payment (?:id|number|reference)|işlem (?:no|num|kimli)|取引|決済番号|거래|결제 번호|المعاملة|العملية/iu],
  ['order_number', /order (?:number|no\b|id\b|#|confirmation)|(?:number|id) of (?:your|the) order|номер\p{L}* (?:ваш\p{L}* )?заказ|нумар\p{L}* (?:ваш\p{L}* )?(?:замов|заказ)|n[úu]mero (?:de|do) (?:tu |su |seu )?pedido|num[ée]ro de (?:votre )?commande|numero d[’']?\s?(?:el(?:l[’'])?)?\s?ordine|numer (?:pa[ńn]stwa )?zam[óo]wienia|sipari[şs] (?:no|num)|注文番号|주문 ?번호|رقم الطلب/iu],
  ['payment_method', /how (?:did you|you) (?:pay|paid|top|topped)|(?:way|method|means) of payment|payment method|(?:способ|метод)\p{L}* (?:оплат|плат|пополн)|как (?:вы )?(?:оплат|плат|пополн)|спосаб (?:аплат|папаўн)|як (?:вы )?(?:аплат|плац|папаўн)|(?:m[ée]todo|forma|medio|meio) de (?:pago|pagamento|recarga)|(?:moyen|mode) de (?:paiement|recharge)|metodo di pagamento|spos[óo]b (?:p[łl]atno|zap[łl]aty|do[łl]adowania)|[öo]deme (?:y[öo]ntem|[şs]ekl)|支払(?:い)?方法|決済方法|결제 ?(?:수단|방법)|طريقة الدفع|وسيلة الدفع/iu],
];

/** An answer longer than this is a sentence, and says itself what it is about. */
const maxBareAnswerChars = 60;

/** The facts that the question above a short answer asks for; empty where there is no question, or the answer speaks for itself. */
export function askedFor({ question, text }: Passage): readonly FactName[] {
  if (question === null || text.trim().length > maxBareAnswerChars) return [];
  return asked.filter(([, pattern]) => pattern.test(question)).map(([name]) => name);
}
