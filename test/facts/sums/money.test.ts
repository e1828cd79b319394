import { describe, expect, it } from 'vitest';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { findMoney, parseAmount } from '../../../src/facts/sums/money.ts';
import { read, sentencesOf } from '../some-mail.ts';

function sums(language: string, text: string): string[] {
  const book = phraseBookOf(language);
  return findMoney(sentencesOf(text, book), book).map((mention) => mention.value);
}

describe('a sum', () => {
  it.each([['en', 'Your bot is not worth 5 stars.'], ['tr', 'Mağazada size 1 yıldız verdim.'], ['ar', 'أعطيكم خمس نجوم لا أكثر.']])('is no mark of up to five stars: %s, %s', (language, text) => {
    expect(sums(language, text)).toEqual([]);
  });

  it.each([
    ['en', '$19.90', '19.90 USD'],
    ['en', '19.90$', '19.90 USD'],
    ['en', 'USD 19.90', '19.90 USD'],
    ['en', '19.90 usd', '19.90 USD'],
    ['en', '$29 USD', '29 USD'],
    ['en', '$1,299.00', '1299.00 USD'],
    ['en', '29 dollars', '29 USD'],
    ['en', '500 Telegram Stars', '500 XTR'],
    ['en', 'twelve bucks', '12 USD'],
    ['en', 'twenty five dollars', '25 USD'],
    ['en', 'nine dollars and ninety-nine cents', '9.99 USD'],
    ['en', 'nine dollars and she left', '9 USD'],
    ['ru', 'девять рублей пятьдесят копеек', '9.50 RUB'],
    ['es', 'nueve euros y noventa céntimos', '9.90 EUR'],
    ['es', 'pagué S/ 75.00', '75.00 PEN'],
    ['es', 'S/.1,250.50', '1250.50 PEN'],
    ['es', 'RD$ 1,450', '1450 DOP'],
    ['es', '₡12.500', '12500 CRC'],
    ['fr', 'vingt-quatre euros et quatre-vingt-dix centimes', '24.90 EUR'],
    ['ru', 'два косаря', '2000 RUB'],
    ['ru', 'отдал косарь', '1000 RUB'],
    ['ru', 'тысяча двести девяносто рублей', '1290 RUB'],
    ['ru', 'полторы тысячи рублей', '1500 RUB'],
    ['ru', 'две с половиной тысячи рублей', '2500 RUB'],
    ['ru', 'четыреста пятьдесят рублей', '450 RUB'],
    ['pl', 'wydałam stówkę', '100 PLN'],
    ['it', 'ho pagato euro 18,00 con la carta', '18.00 EUR'],
    ['en', '£12', '12 GBP'],
    ['en', 'for Rs. 2,499/- by card', '2499 INR'],
    ['en', '2499 rs got deducted', '2499 INR'],
    ['en', 'I was charged 2,499/- for it', '2499 INR'],
    ['en', 'INR 1,29,999.50 for the year', '129999.50 INR'],
    ['en', 'KES 500/-', '500 KES'],
    ['en', 'Dhs 92 from my account', '92 AED'],
    ['fr', 'payé 200 dh', '200 MAD'],
    ['pt', 'paguei RS 29,90', '29.90 BRL'],
    ['en', 'A$30', '30 AUD'],
    ['en', '1.5k USD', '1500 USD'],
    ['ru', '1 490 руб.', '1490 RUB'],
    ['ru', '1490 рублей', '1490 RUB'],
    ['ru', '1490₽', '1490 RUB'],
    ['ru', '1490 р', '1490 RUB'],
    ['ru', '2 тыс. рублей', '2000 RUB'],
    ['ru', '20 долларов', '20 USD'],
    ['ru', '1 490 рублей 50 копеек', '1490.50 RUB'],
    ['be', '74 беларускія рублі 90 капеек', '74.90 BYN'],
    ['pl', '49 zł 90 gr', '49.90 PLN'],
    ['fr', '16,99 $ canadiens', '16.99 CAD'],
    ['fr', '32,99 $ CA pour le mois', '32.99 CAD'],
    ['fr', '32,99 $ ca fait cher', '32.99 USD'],
    ['es', 'U$S 34,99', '34.99 USD'],
    ['es', '24 dólares con 99 en su web', '24.99 USD'],
    ['it', 'diciannove euro e novanta, con la carta', '19.90 EUR'],
    ['fr', 'réglé 19 euros 90 par carte', '19.90 EUR'],
    ['pt', 'paguei 19 euros e 90 créditos vieram', '19 EUR'],
    ['es', '24 dólares con 50 créditos', '24 USD'],
    ['en', '29 Canadian dollars', '29 CAD'],
    ['ar', '7.500 د.ك', '7.500 KWD'],
    ['ru', 'двадцать долларов', '20 USD'],
    ['ru', '500 звёзд', '500 XTR'],
    ['tr', '750 yıldız yükledim', '750 XTR'],
    ['ar', 'شحنت ٧٥٠ نجمة', '750 XTR'],
    ['ru', '12,5 TON', '12.5 TON'],
    ['ru', '25 USDT', '25 USDT'],
    ['be', '45 рублёў', '45 BYN'],
    ['be', '45,50 BYN', '45.50 BYN'],
    ['be', '45 Br', '45 BYN'],
    ['es', '19,90 €', '19.90 EUR'],
    ['es', '1.299,00 €', '1299.00 EUR'],
    ['es', '20 euros', '20 EUR'],
    ['fr', '1 299,00 €', '1299.00 EUR'],
    ['fr', '19€90', '19.90 EUR'],
    ['it', '19,90 euro', '19.90 EUR'],
    ['pt', 'R$ 99,90', '99.90 BRL'],
    ['pt', '99,90 reais', '99.90 BRL'],
    ['pl', '89,99 zł', '89.99 PLN'],
    ['pl', '89 złotych', '89 PLN'],
    ['tr', '499 TL', '499 TRY'],
    ['tr', '₺499,90', '499.90 TRY'],
    ['tr', '499 lira', '499 TRY'],
    ['ja', '2,980円', '2980 JPY'],
    ['ja', 'Heleket経由で50 USDTを入金', '50 USDT'],
    ['ja', '残高はTON 8です', '8 TON'],
    ['ko', '50 USDT를 충전', '50 USDT'],
    ['ja', '￥2,980', '2980 JPY'],
    ['ja', '二千五百円', '2500 JPY'],
    ['ja', '一万円をチャージ', '10000 JPY'],
    ['ja', '1万2千円', '12000 JPY'],
    ['ko', '만원 충전', '10000 KRW'],
    ['ko', '이만 오천 원', '25000 KRW'],
    ['ko', '3만9천원', '39000 KRW'],
    ['ko', '총 12만 3천4백원', '123400 KRW'],
    ['ko', '이십 달러', '20 USD'],
    ['ja', '１万２千円', '12000 JPY'],
    ['ja', '1万5,000円', '15000 JPY'],
    ['ja', '20ドル', '20 USD'],
    ['ko', '29,000원', '29000 KRW'],
    ['ko', '3만9천원', '39000 KRW'],
    ['ko', '₩29,000', '29000 KRW'],
    ['ko', '20달러', '20 USD'],
    ['ar', '٢٠ دولار', '20 USD'],
    ['ar', '20 دولاراً', '20 USD'],
    ['ar', '75 ريال', '75 SAR'],
    ['en', '⭐ 500', '500 XTR'],
    ['en', '500 ⭐', '500 XTR'],
    ['en', '⭐\ufe0f500', '500 XTR'],
    ['ko', '￦29,000', '29000 KRW'],
    ['en', '0.005 BTC', '0.005 BTC'],
  ])('is read in %s: %s', (language, text, value) => {
    expect(sums(language, `x ${text} x`)).toEqual([value]);
  });

  it.each([
    ['nothing at all', 'en', 'charged $0.00'],
    ['a number without a currency', 'en', 'order 19.90'],
    ['a time', 'en', 'at 12:30 EUR'],
    ['a count behind a currency', 'it', 'in euro 12 giorni fa'],
    ['a verb that is a code in capitals', 'en', 'I did try 20 times'],
    ['an adjective that is a code in capitals', 'en', 'it made me mad 3 times'],
    ['a range', 'en', 'pages 20/-21'],
  ])('is not seen in %s', (_, language, text) => {
    expect(sums(language, text)).toEqual([]);
  });

  it('is in the currency that the mail calls its plain sign, where it calls it one', () => {
    expect(sums('es', 'Salía $ 12.000 y me bajaron $ 24.000. Son pesos chilenos.')).toEqual(['12000 CLP', '24000 CLP']);
    expect(sums('es', 'Pagué US$ 20 y no $ 24.000, que son pesos chilenos.')).toEqual(['20 USD', '24000 CLP']);
    expect(sums('es', 'Pagué $ 24. En pesos chilenos o en pesos argentinos, no sé.')).toEqual(['24 USD']);
  });

  it.each(['I was debited twice for one request, 1.27 dollars each.', 'За один запрос списали дважды по 1.27 доллара.', 'За адзін запыт двойчы знялі па 1.27 долара.', 'Za jedno zapytanie pobraliście dwa razy po 1.27 dolara.', '同じリクエストで1.27ドルが二回引かれました。', '요청 하나에 1.27달러씩 두 번 빠졌습니다.'])('is no date: %s', (text) => {
    const { values } = read(text, 'stone-ai');

    expect([values.amount?.value, values.paid_at]).toEqual(['1.27 USD', undefined]);
  });

  it('is found at each of its places, in their order', () => {
    expect(sums('en', 'I paid $39.90, the site said 29.90 EUR, so 10 dollars back')).toEqual(['39.90 USD', '29.90 EUR', '10 USD']);
  });
});

describe('the digits of a sum', () => {
  it.each([
    ['1.299', 'EUR', '1299'],
    ['1,299', 'USD', '1299'],
    ['1.299,5', 'EUR', '1299.5'],
    ['1,299.50', 'USD', '1299.50'],
    ['1\'299.50', 'CHF', '1299.50'],
    ['1 299 000', 'KRW', '1299000'],
    ['1.234.567', 'EUR', '1234567'],
    ['1.299', 'TON', '1.299'],
    ['0.125', 'EUR', '0.125'],
    ['007.50', 'EUR', '7.50'],
    ['0', 'EUR', null],
    ['0.00', 'EUR', null],
  ])('%s in %s are %s', (digits, currency, value) => {
    expect(parseAmount(digits, currency)).toBe(value);
  });
});

describe('a sum without its currency', () => {
  it.each([
    ['The checkout said 14 euros and 40 euros left my card yesterday. Please return the 26 that I never agreed to.', '26 EUR'],
    ['Quoted $20, billed $35 on Monday for Starter. Please refund the 15 you overcharged.', '15 USD'],
    ['I paid $20 for Starter on Monday. Please refund the 20 stories that failed.', undefined],
  ])('is asked back where it is known which: %s', (text, claimed) => {
    expect(read(text).values.amount_claimed?.value).toBe(claimed);
  });
});

describe('a sum that was sent, of which only a part came', () => {
  it.each([
    '20 USDT manquants. Lundi j\'ai envoyé 100 USDT via Heleket pour recharger mon solde, mais chez vous seulement 80 sont apparus. Renvoyez-moi les 20 USDT qui manquent.',
    'Lunedì ho inviato 100 USDT via Heleket per ricaricare il saldo, ma ne sono comparsi solo 80. Rimandatemi i 20 USDT che mancano.',
    'El lunes envié 100 USDT por Heleket para recargar el saldo y solo aparecieron 80. Devuélvanme los 20 USDT que faltan.',
    'Na segunda enviei 100 USDT pela Heleket para carregar o saldo e só apareceram 80. Devolvam os 20 USDT que faltam.',
  ])('is what was paid: %s', (text) => {
    const { reason, values } = read(text, 'stone-ai');
    expect([reason, values.amount?.value, values.amount_claimed?.value]).toEqual(['wrong_amount', '100 USDT', '20 USDT']);
  });
});

describe('what is left of a balance', () => {
  it('is not what was charged twice', () => {
    const { values } = read('I was charged twice for one request yesterday, 0.40 USD each. My balance now reads 12 USD. I topped up 20 USD on 1 March by card.', 'stone-ai');
    expect([values.amount?.value, values.amount_claimed?.value]).toEqual(['20 USD', undefined]);
  });

  it('is asked back by who is done with it', () => {
    const { values } = read('I topped up 20 USD on 1 March by card. My balance now reads 12 USD, please refund the unused rest, I am done with it.', 'stone-ai');
    expect([values.amount?.value, values.amount_claimed?.value]).toEqual(['20 USD', '12 USD']);
  });
});

describe('shades of a colour', () => {
  it.each([
    ['be', 'Друк на пару тонаў цямнейшы за экран. Вярніце 70 еўра, калі ласка.'], ['ru', 'Печать на два тона темнее, чем на экране. Верните 70 евро, пожалуйста.'], ['ko', '인쇄가 2톤 정도 어둡습니다. 70유로 환불해 주세요.'],
    ['tr', 'Baskı 2 ton daha koyu. 70 euromu iade edin.'], ['fr', 'L’impression est 1 ton plus foncée. Remboursez-moi les 70 euros.'],
  ])('are no coins in %s: %s', (language, text) => {
    expect(sums(language, text)).toEqual(['70 EUR']);
  });

  it.each([['ru', 'Пополнил на 2 тона вчера, верните, передумал.'], ['ko', '2톤을 어제 충전했는데 마음이 바뀌었어요.'], ['tr', 'Dün 2 ton yükledim, vazgeçtim.']])('but coins are, in %s: %s', (language, text) => {
    expect(sums(language, text)).toEqual(['2 TON']);
  });
});

describe('what is missing of a sum', () => {
  it.each([
    ['en', 'I paid 20 dollars yesterday by card and only 12 arrived on the balance. Where are the other 8? Please give them back.'],
    ['en', 'Where are the other 8? I paid 20 dollars yesterday by card and only 12 arrived on the balance.'],
    ['ru', 'Вчера картой заплатил 20 долларов, а на баланс пришло только 12. Где остальные 8? Верните.'],
    ['be', 'Учора карткай заплаціў 20 долараў, а на баланс прыйшло толькі 12. Дзе астатнія 8? Вярніце.'],
    ['es', 'Ayer pagué 20 dólares con tarjeta y solo llegaron 12 al saldo. ¿Dónde están los otros 8? Devuélvanmelos.'],
    ['fr', 'Hier j’ai payé 20 dollars par carte et seulement 12 sont arrivés sur le solde. Où sont les 8 autres ? Rendez-les-moi.'],
    ['it', 'Ieri ho pagato 20 dollari con la carta e sul saldo ne sono arrivati solo 12. Dove sono gli altri 8? Ridatemeli.'],
    ['pt', 'Ontem paguei 20 dólares no cartão e só caiu 12 no saldo. Cadê os outros 8? Devolvam.'],
    ['pl', 'Wczoraj zapłaciłem kartą 20 dolarów, a na saldo wpłynęło tylko 12. Gdzie pozostałe 8? Proszę o zwrot.'],
    ['tr', 'Dün kartla 20 dolar ödedim, bakiyeye sadece 12 geldi. Diğer 8 nerede? İade edin.'],
    ['ja', '昨日カードで20ドル払いましたが、残高には12しか入っていません。金額が違います。残りの8はどこですか。返金してください。'],
    ['ko', '어제 카드로 20달러를 냈는데 잔액에 12만 들어왔어요. 금액이 틀려요. 나머지 8은 어디 있나요? 환불해 주세요.'],
    ['ar', 'دفعت أمس 20 دولار بالبطاقة ووصل للرصيد 12 فقط. وين الـ 8 الباقية؟ رجعوها'],
  ])('needs no currency, in %s: %s', (_, text) => {
    const { values } = read(text, 'stone-ai');
    expect([values.amount?.value, values.amount_claimed?.value]).toEqual(['20 USD', '8 USD']);
  });

  it.each([
    ['imgto3d', 'I bought 20 credits for 20 dollars yesterday. I used 12, the other 8 are untouched. Refund me.'],
    ['stone-ai', 'I paid 20 dollars yesterday by card. Of the 12 prompts the other 8 were fine. I changed my mind, refund me.'],
    ['stone-ai', 'I paid 20 dollars yesterday by card and only 12 arrived on the balance. The other 9 prompts failed.'],
  ])('is no part of what else is counted, at %s: %s', (merchantName, text) => {
    expect(read(text, merchantName).values.amount_claimed).toBeUndefined();
  });
});
