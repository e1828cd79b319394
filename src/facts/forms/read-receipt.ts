import type { Moment } from '../../message/message.ts';
import type { DateMention } from '../dates/dates.ts';
import type { Fact, FactMap } from '../facts.ts';
import { maskCardNumbers } from '../text/card-numbers.ts';
import { findCard } from '../names/cards.ts';
import { findOrderAndTransaction } from '../names/identifiers.ts';
import { literalPattern } from '../text/literal-pattern.ts';
import type { MoneyMention } from '../sums/money.ts';
import { findPaymentMethod } from '../names/named-things.ts';
import { readLines } from './read-lines.ts';
import type { ReadLines } from './read-lines.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** A receipt, an invoice, an order confirmation: what it says of one payment. */
export type ReceiptFacts = Pick<FactMap, 'transaction_id' | 'order_number' | 'paid_at' | 'amount' | 'card_last4' | 'payment_method'>;

/** Words of papers about payments, in all languages we read: such a text is one, and the line is about the payment. */
const receiptWords =
  /receipt|invoice|payment|paid|order (?:confirm|number|no|details|summary)|billing|квитанц|чек(?!\p{L})|сч[её]т|оплат|плат[её]ж|заказ|заказу|аплат|плацеж|рахунак|квітанц|замов|recibo|factura|pago|pedido|reçu|facture|paiement|commande|ricevuta|fattura|pagamento|ordine|fatura|pagamento|recibo|comprovante|paragon|faktura|płatno|zapłac|zamówien|rachunek|makbuz|fatura|ödeme|sipariş|dekont|領収|請求書|支払|注文|영수증|청구서|결제|주문|إيصال|فاتورة|دفع|الطلب|beleg|rechnung|zahlung|quittung/iu;
const dateWords = /(?<!\p{L})(?:date|issued|дата|fecha|data|tarih\p{L}*|datum)(?!\p{L})|日付|日時|発行日|날짜|일시|일자|تاريخ|التاريخ/iu;
const paidWords = /(?<!\p{L})(?:paid|payment|charged|оплат\p{L}*|плат[её]ж\p{L}*|аплат\p{L}*|списан\p{L}*|pagad\p{L}*|pago|pagat\p{L}*|pagamento|payée?|paiement|zapłac\p{L}*|płatno\p{L}*|ödeme|ödendi|ödenen|bezahlt|zahlung)(?!\p{L})|支払|決済|결제|الدفع|المدفوع/iu;
const totalWords = /(?<!\p{L})(?:grand total|total|amount (?:paid|charged)|итого|всего|сумма|разам|усяго|сума|importe|total pagado|montant|totale|importo|razem|suma|kwota|do zapłaty|toplam|tutar|gesamt|summe)(?!\p{L})|合計|総額|金額|합계|총액|금액|결제금액|الإجمالي|المجموع|المبلغ/iu;
/** Sums and dates that are not the payment's. */
const otherSums = /(?<!\p{L})(?:sub-?total|tax|vat|gst|discount|coupon|fee|shipping|delivery|balance|refund\p{L}*|ндс|скидк\p{L}*|доставк\p{L}*|зніжк\p{L}*|iva|impuesto|descuento|env[ií]o|tva|remise|livraison|sconto|spedizione|imposto|desconto|frete|rabat|dostawa|kdv|indirim|kargo|mwst)(?!\p{L})|小計|税|割引|送料|소계|부가세|할인|배송비|ضريبة|خصم|الشحن/iu;
const otherDates = /(?<!\p{L})(?:due|period|until|valid|expir\p{L}*|next|renew\p{L}*|delivery|ship\p{L}*|birth|print\p{L}*|срок|период|действ\p{L}*|следующ\p{L}*|перыяд|наступн\p{L}*|vence|vencimiento|período|périod\p{L}*|échéance|scadenza|periodo|vencimento|termin|okres|son ödeme|dönem|fällig)(?!\p{L})|期限|次回|期間|만료|기간|다음|الاستحقاق|الفترة/iu;

/** The facts of a receipt, source `attachment`, each with its line's words; none where the text is no paper about a payment, or where its own lines contradict each other. */
export function readReceipt(text: string, context: { readonly language: string; readonly vocabulary: Vocabulary; readonly sentAt: Moment }): ReceiptFacts {
  const lines = text.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '' && line.length <= maxLineChars);
  if (!lines.some((line) => receiptWords.test(line))) return {};
  const facts: ReceiptFacts = {};
  // A receipt comes in the customer's language, or in the shop's: English, mostly.
  for (const language of new Set([context.language, 'en'])) {
    const found = factsOf(readLines(joinLabels(lines), language, context.sentAt), context);
    Object.assign(facts, { ...found, ...facts });
  }
  return facts;
}

/** What a receipt says that the customer passes on: `source` is `body`, `evidence` verbatim. */
export function readPassedOnReceipt(text: string, context: Parameters<typeof readReceipt>[1]): ReceiptFacts {
  const facts: ReceiptFacts = {};
  for (const [name, fact] of Object.entries(readReceipt(text, context))) {
    const stretch = new RegExp(fact.evidence.split(' ').map(literalPattern).join('\\s+'), 'u').exec(text)?.[0];
    if (stretch !== undefined) Object.assign(facts, { [name]: { ...fact, source: 'body', evidence: stretch } });
  }
  return facts;
}

const maxLineChars = 400;

/** A label and its value often stand in two lines: "Invoice number" above "IMG-20418". They are read as one, beside each by itself. */
function joinLabels(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    const isLabel = next !== undefined && line.length <= 40 && !/\d/.test(line) && /\d/.test(next) && next.length <= 60 && ![dateWords, paidWords, totalWords, receiptWords].some((words) => words.test(next));
    return isLabel ? [`${line} ${next}`] : [line];
  });
}

function factsOf(read: ReadLines, { vocabulary, sentAt }: { vocabulary: Vocabulary; sentAt: Moment }): ReceiptFacts {
  const { passages, sentences, hits, dates, money } = read;
  const { order, transaction } = findOrderAndTransaction(passages, hits, vocabulary);
  const card = findCard(passages, hits);
  const paid = money.length === 0 && order === null && transaction === null ? null : paidOn(dates, sentAt);
  const amount = paidSum(money);
  const method = amount === null && card === null ? null : findPaymentMethod(sentences, hits, money, card);
  return {
    ...(order === null ? {} : { order_number: seen(order) }),
    ...(transaction === null ? {} : { transaction_id: seen(transaction) }),
    ...(paid === null ? {} : { paid_at: { value: paid.value, source: 'attachment', evidence: lineOf(paid) } }),
    ...(amount === null ? {} : { amount: { value: amount.value, source: 'attachment', evidence: lineOf(amount) } }),
    ...(card === null ? {} : { card_last4: seen(card.last4) }),
    ...(method === null ? {} : { payment_method: seen(method) }),
  };
}

function seen(fact: Fact<string>): Fact<string> {
  return { value: fact.value, source: 'attachment', evidence: maskCardNumbers(fact.evidence) };
}

function lineOf({ sentence }: DateMention | MoneyMention): string {
  return maskCardNumbers(sentence.passage.text);
}

const maxAgeDays = 5 * 365;

/** The day of the payment: the date beside a word for paying, else beside "date", else the only one. */
function paidOn(dates: readonly DateMention[], sentAt: Moment): DateMention | null {
  const today = Math.floor((sentAt.epochMs + sentAt.offsetMinutes * 60_000) / 86_400_000);
  const usable = dates.filter((date) => !date.ahead && (date.precision === 'full' || date.precision === 'partial') && date.day <= today && today - date.day <= maxAgeDays && !otherDates.test(date.sentence.passage.text));
  return onlyOne(usable, ({ sentence: { passage } }) => (paidWords.test(passage.text) ? 0 : dateWords.test(passage.text) ? 1 : 2), (date) => String(date.day));
}

/** The sum paid: beside "total" or a word for paying, else the only one. */
function paidSum(money: readonly MoneyMention[]): MoneyMention | null {
  const usable = money.filter(({ sentence: { passage }, number }) => number > 0 && !otherSums.test(passage.text));
  return onlyOne(usable, ({ sentence: { passage } }) => (paidWords.test(passage.text) ? 0 : totalWords.test(passage.text) ? 1 : 2), (sum) => sum.value);
}

/** The first of the best rank; none where those of that rank differ: nothing then says which is the payment's. */
function onlyOne<Mention>(mentions: readonly Mention[], rankOf: (mention: Mention) => number, valueOf: (mention: Mention) => string): Mention | null {
  const best = Math.min(...mentions.map(rankOf));
  const first = mentions.filter((mention) => rankOf(mention) === best);
  return new Set(first.map(valueOf)).size === 1 ? (first[0] ?? null) : null;
}
