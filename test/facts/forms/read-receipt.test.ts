import { describe, expect, it } from 'vitest';
import { readReceipt } from '../../../src/facts/forms/read-receipt.ts';
import { merchant, tuesday } from '../some-mail.ts';

function values(text: string, language = 'en', merchantName = 'imgto3d'): Record<string, unknown> {
  const facts = readReceipt(text, { language, vocabulary: merchant(merchantName).vocabulary, sentAt: tuesday });
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.value]));
}

describe('a receipt', () => {
  it('gives its number, date, sum and way to pay, each with the words of its line', () => {
    const facts = readReceipt('Receipt\nInvoice number IMG-20418-0007\nDate paid March 15, 2026\nPayment method Visa - 4242\nStarter plan $29.90\nTax $0.00\nTotal $29.90\nAmount paid $29.90', {
      language: 'en', vocabulary: merchant('imgto3d').vocabulary, sentAt: tuesday,
    });
    expect(facts).toEqual({
      transaction_id: { value: 'IMG-20418-0007', source: 'attachment', evidence: 'Invoice number IMG-20418-0007' },
      paid_at: { value: '2026-03-15', source: 'attachment', evidence: 'Date paid March 15, 2026' },
      amount: { value: '29.90 USD', source: 'attachment', evidence: 'Amount paid $29.90' },
      card_last4: { value: '4242', source: 'attachment', evidence: 'Visa - 4242' },
      payment_method: { value: 'card', source: 'attachment', evidence: 'Visa' },
    });
  });

  it.each([
    ['ru', 'Квитанция об оплате\nДата оплаты: 12.03.2026\nИтого: 2 000,00 ₽', '2026-03-12', '2000.00 RUB'],
    ['be', 'Квітанцыя\nДата аплаты: 12.03.2026\nРазам: 49,90 BYN', '2026-03-12', '49.90 BYN'],
    ['es', 'Factura\nFecha de pago: 12/03/2026\nSubtotal: 16,45 €\nIVA: 3,45 €\nTotal: 19,90 €', '2026-03-12', '19.90 EUR'],
    ['fr', 'Reçu de paiement\nDate : 12 mars 2026\nMontant payé : 19,90 €', '2026-03-12', '19.90 EUR'],
    ['it', 'Ricevuta\nData: 12/03/2026\nTotale: 19,90 €', '2026-03-12', '19.90 EUR'],
    ['pt', 'Comprovante de pagamento\nData: 12/03/2026\nTotal: R$ 49,90', '2026-03-12', '49.90 BRL'],
    ['pl', 'Faktura\nData: 12.03.2026\nRazem: 89,00 zł', '2026-03-12', '89.00 PLN'],
    ['tr', 'Fatura\nTarih: 12.03.2026\nToplam: 349,90 TL', '2026-03-12', '349.90 TRY'],
    ['ja', '領収書\n日付：2026年3月12日\n合計：1,980円', '2026-03-12', '1980 JPY'],
    ['ko', '영수증\n결제일: 2026년 3월 12일\n합계: 19,000원', '2026-03-12', '19000 KRW'],
    ['ar', 'إيصال\nالتاريخ: 12/03/2026\nالإجمالي: 19.90 USD', '2026-03-12', '19.90 USD'],
  ])('is read in %s', (language, text, paidAt, amount) => {
    expect(values(text, language)).toMatchObject({ paid_at: paidAt, amount });
  });

  it('is read where each value stands below its label', () => {
    expect(values('Payment receipt\nReceipt number\n2741-9983\nDate paid\n15 March 2026\nTotal paid\nUSD 14.99')).toMatchObject({ paid_at: '2026-03-15', amount: '14.99 USD', transaction_id: '2741-9983' });
  });

  it('in English is read for a customer who writes another language', () => {
    expect(values('Invoice\nDate paid: March 15, 2026\nTotal: $29.90', 'ja')).toEqual({ paid_at: '2026-03-15', amount: '29.90 USD' });
  });

  it('knows the merchant\'s order numbers', () => {
    expect(values('Order confirmation\nSB-10482\nTotal 41.99 EUR', 'en', 'storybookly')).toMatchObject({ order_number: 'SB-10482', amount: '41.99 EUR' });
  });

  it('says nothing of what its own lines contradict, nor of dates and sums that are not the payment\'s', () => {
    expect(values('Invoice\nAmount paid: $10.00\nAmount paid: $12.00')).toEqual({});
    expect(values('Invoice\nTotal: $10.00\nDue date: March 10, 2026\nNext renewal: March 1, 2026')).toEqual({ amount: '10.00 USD' });
    expect(values('Invoice\nDate: March 20, 2027\nTotal: $10.00')).toEqual({ amount: '10.00 USD' });
  });

  it('never gives a whole card number away', () => {
    const facts = readReceipt('Payment receipt\nCard 4242 4242 4242 4242 total $10.00', { language: 'en', vocabulary: merchant('imgto3d').vocabulary, sentAt: tuesday });
    expect(facts.card_last4?.value).toBe('4242');
    expect(JSON.stringify(facts)).not.toMatch(/4242 4242/);
  });

  it('is not what any other text is', () => {
    expect(values('My dear diary,\non March 15, 2026 I saw a cat that costs $29.90')).toEqual({});
    expect(values('')).toEqual({});
  });
});
