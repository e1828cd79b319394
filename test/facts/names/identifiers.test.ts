import { describe, expect, it } from 'vitest';
import { isCardNumber, maskCardNumbers } from '../../../src/facts/text/card-numbers.ts';
import type { Message } from '../../../src/message/message.ts';
import type { FactName } from '../../../src/facts/facts.ts';
import { merchant, read } from '../some-mail.ts';

function fact(name: FactName, text: string, merchantName: string, parts: Partial<Message> = {}): unknown {
  return read(text, merchantName, parts).values[name]?.value;
}

function passedOn(text: string, forwarded: string): Partial<Message> {
  return { segments: [{ kind: 'own', text, question: null }, { kind: 'forward', text: forwarded, question: null }] };
}

describe('an order number', () => {
  it.each([
    ['en', 'I want a refund for order SB-10482, the book is torn.', 'SB-10482'],
    ['en', 'I want a refund for order #SB-10482, the book is torn.', 'SB-10482'],
    ['en', 'I want a refund, order no. 55120, the book is torn.', '55120'],
    ['en', 'The book is torn. My order number is 55120. Refund me.', '55120'],
    ['ru', 'Верните деньги за заказ № SB-10482, книга порвана.', 'SB-10482'],
    ['ru', 'Верните деньги, заказ номер 55120, книга порвана.', '55120'],
    ['be', 'Вярніце грошы за заказ № SB-10482, кніга парваная.', 'SB-10482'],
    ['be', 'Кніга парваная, нумар заказа: 55120. Вярніце грошы.', '55120'],
  ])('is read in %s: %s', (_, text, number) => {
    expect(fact('order_number', text, 'storybookly')).toBe(number);
  });

  it.each([
    ['20774 numaralı siparişim gelmedi.', '20774'], ['20774 no\'lu siparişimizi iptal edin.', '20774'], ['Siparişimizin numarası 20774 idi, kitap gelmedi.', '20774'], ['Sipariş numaramız: 20774', '20774'],
    ['Siparişim 890 lira tuttu, kitap gelmedi.', undefined], ['890 liralık siparişim gelmedi.', undefined], ['Siparişimiz 2026 yılında verildi, kitap gelmedi.', undefined],
    ['أوردر رقم 21544 لسه مجاش، عايزة فلوسي', '21544'], ['رقم الاوردر بتاعي 21544 والكتاب ما وصلنيش', '21544'], ['طلبيتي رقمها 21544 والكتاب ما وصل', '21544'], ['طلب رقم 21544 تأخر كثيرا', '21544'],
    ['كلفني الطلب 890 جنيه والكتاب ما وصل', undefined],
  ])('stands before or behind what it numbers, in Turkish and Arabic: %s', (text, number) => {
    expect(fact('order_number', text, 'storybookly')).toBe(number);
  });

  it.each([
    ['注文はSBJ-20417です。返金してください。', 'SBJ-20417'], ['注文20417の本が破れていました。', '20417'], ['주문 20917 책이 찢어졌어요. 교환해 주세요.', '20917'],
    ['注文の3000円を返してください。', undefined], ['注文は2026年3月5日でした。返金してください。', undefined], ['주문 120000원 환불해 주세요.', undefined],
  ])('needs no word for "number" in Japanese and Korean: %s', (text, number) => {
    expect(fact('order_number', text, 'storybookly')).toBe(number);
  });

  it.each([['10-5208 더는 못 기다리겠습니다', '10-5208'], ['W3204 환불', 'W3204'], ['12-2025 분 환불', undefined], ['2026-03-05 결제', undefined], ['500 에러', undefined]])('may open the subject: %s', (subject, number) => {
    expect(fact('order_number', '수정을 네 번 받았는데 별로예요. 환불해 주세요.', 'winno', { subject })).toBe(number);
  });

  it('is told from phones, years, dates, sums and tracking numbers', () => {
    const text = 'I ordered on 12.03.2026 for 39.90 BYN, in 2026. Tracking RR123456789BY, call me +375 29 123-45-67. Order SB-10482 came torn, refund me.';

    expect(fact('order_number', text, 'storybookly')).toBe('SB-10482');
  });

  it.each([
    ['a year', 'Мой заказ 2026 года порван, верните деньги'],
    ['a date', 'My order 12.03 is torn. Refund'],
    ['a sum', 'My order 39.90 BYN is torn. Refund'],
    ['a count', 'I order 25 a year and one is torn. Refund'],
  ])('is not %s', (_, text) => {
    expect(fact('order_number', text, 'storybookly')).toBeUndefined();
  });

  it('is taken from the subject that the merchant asks for', () => {
    expect(fact('order_number', 'Кніга парваная.', 'storybookly', { subject: 'Запыт на вяртанне - 10655' })).toBe('10655');
  });

  it('is not taken from what was quoted', () => {
    const segments: Message['segments'] = [{ kind: 'own', text: 'The book is torn, refund me.', question: null }, { kind: 'quote', text: 'Your order SB-10482 is on its way', question: null }];

    expect(fact('order_number', '', 'storybookly', { segments })).toBeUndefined();
  });
});

describe('the digits of a card', () => {
  it('number no payment, and take none away', () => {
    expect(read('Сайт выдал «платёж не прошёл», хотя карта (оканчивается на 3306) похудела на 1290 ₽. Верните лишний платёж.', 'ai3dgen').values).toMatchObject({ card_last4: { value: '3306' } });
    expect(read('Сайт выдал «платёж не прошёл», хотя карта (оканчивается на 3306) похудела на 1290 ₽. Верните лишний платёж.', 'ai3dgen').values.transaction_id).toBeUndefined();
    expect(read('Платёж 55-90217 прошёл дважды, карта оканчивается на 3306. Верните лишний.', 'ai3dgen').values.transaction_id?.value).toBe('55-90217');
  });
});

describe('the numbers of two charges', () => {
  it('do not contradict each other', () => {
    expect(read('Se nos cobró dos veces la mensualidad: folio 9XK20417 y folio 9XK20455. Pedimos el reembolso del segundo cargo.', 'ai3dgen').flags).not.toContain('conflicting_facts');
    expect(read('Quiero devolver el libro, llegó roto. Pedido 9XK20417, pedido 9XK20455.', 'ai3dgen').flags).toContain('conflicting_facts');
  });
});

describe('identifiers amid unspaced letters', () => {
  it('are read where kana, Han and Hangul stand right beside them', () => {
    expect(fact('order_number', '届いたSB-50233の本が破れていました。返金してください。', 'storybookly')).toBe('SB-50233');
    expect(fact('order_number', 'SB-50310입니다. 책이 찢어져서 왔어요. 환불해 주세요.', 'storybookly')).toBe('SB-50310');
    expect(fact('telegram_id', 'テレグラムは@kato_apiです。残高を返金してください。', 'stone-ai')).toBe('@kato_api');
    expect(fact('telegram_id', 'テレグラムのユーザー名はhanako_devです。残高を返金してください。', 'stone-ai')).toBe('@hanako_dev');
    expect(fact('telegram_id', '텔레그램은 jinsolpark99 입니다. 잔액을 환불해 주세요.', 'stone-ai')).toBe('@jinsolpark99');
    expect(fact('telegram_id', '환불해 주세요. 어제 30 USDT 충전했습니다. 텔레그램 @jwpark_bot', 'stone-ai')).toBe('@jwpark_bot');
    expect(fact('telegram_id', '텔레그램 봇 @stone_dev_bot 에서 어제 30 USDT 충전했습니다. 환불해 주세요.', 'stone-ai')).toBeUndefined();
    expect(fact('telegram_id', 'Вчера пополнил на 20 USDT в телеграм-боте @stone_dev_bot, верните. Мой ник @petrov_bot', 'stone-ai')).toBe('@petrov_bot');
    expect(fact('transaction_id', 'Вчера купил кредиты на 18 евро, платёж 55-90217, верните деньги.', 'storybookly')).toBe('55-90217');
    expect(fact('transaction_id', '取引はpi_3T1xLm90Kd552です。返金してください。', 'storybookly')).toBe('pi_3T1xLm90Kd552');
  });
});

describe('a transaction id', () => {
  it.each([
    ['pi_3OqXyz2eZvKYlo2C', 'pi_3OqXyz2eZvKYlo2C'],
    ['TXN-884512', 'TXN-884512'],
    ['GPA.3345-1234-5678-90123', 'GPA.3345-1234-5678-90123'],
    ['1b4e28ba-2fa1-11d2-883f-0016d3cca427', '1b4e28ba-2fa1-11d2-883f-0016d3cca427'],
    ['transaction id 99120345', '99120345'],
    ['payment number: 99120345', '99120345'],
  ])('is read from %s', (written, id) => {
    expect(fact('transaction_id', `I was charged twice, please refund. ${written}`, 'storybookly')).toBe(id);
  });

  it('stands beside an order number', () => {
    const { values } = read('Charged twice, refund me. Order SB-10482, transaction TXN-884512.', 'storybookly');

    expect(values.order_number?.value).toBe('SB-10482');
    expect(values.transaction_id?.value).toBe('TXN-884512');
  });
});

describe('the account\'s address', () => {
  it('is the sender\'s where no other is named', () => {
    expect(read('Refund me please.').values.account_email).toEqual({ value: 'customer@mail.example', source: 'header', evidence: 'customer@mail.example' });
  });

  it.each([
    ['Refund me, my account is Other.Name@Post.example', 'other.name@post.example'],
    ['Refund me. Write to wife@post.example but the account is mine@post.example.', 'mine@post.example'],
    ['返金してください。アカウントはa@post.exampleです。', 'a@post.example'],
    ['환불해 주세요. 계정은 a@post.example입니다.', 'a@post.example'],
  ])('is the one beside the word for it: %s', (text, address) => {
    expect(fact('account_email', text, 'imgto3d')).toBe(address);
  });

  it('is never the merchant\'s own', () => {
    const [address = ''] = merchant('imgto3d').addresses;

    expect(fact('account_email', `I wrote to ${address}, refund my account`, 'imgto3d')).toBe('customer@mail.example');
  });
});

describe('a Telegram id', () => {
  it.each([['12 Mart\'ta 45 USDT attım, id 61220044, iade edin.', '61220044'], ['kullanıcı adım veli_tan, 12 Mart\'ta 45 USDT attım, iade', '@veli_tan'], ['حولت 50 USDT يوم 11 مارس، معرفي 5544332211، رجعوها', '5544332211']])('is told by a word for it in Turkish and Arabic: %s', (text, id) => {
    expect(fact('telegram_id', text, 'stone-ai')).toBe(id);
  });

  it.each([
    ['Мой телеграм @vasya_pupkin, верните остаток', '@vasya_pupkin'],
    ['Верните остаток. Telegram ID: 548812034', '548812034'],
    ['Верните остаток, тг: vasya_pupkin', '@vasya_pupkin'],
    ['Refund my balance, telegram @vasya_pupkin', '@vasya_pupkin'],
    ['Refund my balance, https://t.me/vasya_pupkin', '@vasya_pupkin'],
    ['Refund my balance. My tg id 548812034, phone +7 912 345-67-89', '548812034'],
  ])('is read from %s', (text, id) => {
    expect(fact('telegram_id', text, 'stone-ai')).toBe(id);
  });

  it.each([
    ['an address', 'Refund my balance, I am vasya@mail.example'],
    ['a phone', 'Верните остаток, телефон +7 912 345-67-89'],
  ])('is not seen in %s', (_, text) => {
    expect(fact('telegram_id', text, 'stone-ai')).toBeUndefined();
  });

  it('is that of the letter which somebody passes on, where no other is named, and not one of the merchant\'s own letters', () => {
    const [asked, address] = ['Пишу за коллегу, верните ему деньги за токены, подробности ниже.', merchant('stone-ai').addresses[0] ?? ''];
    expect(fact('telegram_id', '', 'stone-ai', passedOn(asked, 'Выручай. 20 мая закинул 25 баксов, всё сожрало в ноль. мой ник @pavel_kozh'))).toBe('@pavel_kozh');
    expect(fact('telegram_id', '', 'stone-ai', passedOn(`${asked} Мой телеграм @olga_t.`, 'мой ник @pavel_kozh'))).toBe('@olga_t');
    expect(fact('telegram_id', '', 'stone-ai', passedOn(asked, `From: ${address}\nTelegram: @stone_news`))).toBeUndefined();
    expect(fact('account_email', '', 'ai3dgen', passedOn('退職した者から依頼がありましたので転送します。登録情報の削除をお願いいたします。', '在職中のアカウント(nishikawa@studio.example)を全部消してください。'))).toBe('nishikawa@studio.example');
  });

  it('is of no interest to a merchant who knows none', () => {
    expect(fact('telegram_id', 'Refund me, telegram @vasya_pupkin', 'imgto3d')).toBeUndefined();
  });
});

describe('a card', () => {
  it.each([['KB국민카드 5093 승인 39,600원. 환불해 주세요.', '5093'], ['신한카드(1234)로 결제했어요. 환불해 주세요.', '1234'], ['三井住友カード(4321)で払いました。返金してください。', '4321'], ['8821で終わるカードで払いました。返金してください。', '8821'], ['8821로 끝나는 카드로 결제했어요. 환불해 주세요.', '8821'], ['체크카드 3000원 환불해 주세요.', undefined], ['カード2026年3月発行です。返金してください。', undefined]])('is told by the number behind its name in Japanese and Korean: %s', (text, last4) => {
    expect(read(text).values.card_last4?.value).toBe(last4);
  });

  it.each(['Здравствуйте, верните деньги. Я оплатил 12 марта 2026 картой.', 'Please refund me. I paid on 3.10.2024 by card.', 'Please refund me. I paid in March 2026, card payment.'])('is not told by the year of a date: %s', (text) => {
    expect(read(text).values.card_last4).toBeUndefined();
  });

  it.each(['Верните деньги. Позавчера оплатила Стартовый, 1190 руб., карта Мир.', 'Верните деньги. В пятницу положил картой 5000 рублей.', 'Refund me, my card ends up charged with 1490 USD.'])('is not told by the sum that was paid with it: %s', (text) => {
    expect(read(text).values.card_last4).toBeUndefined();
  });

  it.each([
    ['4111 1111 1111 1111', '1111'],
    ['4111-1111-1111-1111', '1111'],
    ['4111111111111111', '1111'],
    ['3782 822463 10005', '0005'],
    ['٤١١١ ١١١١ ١١١١ ١١١١', '1111'],
    ['4111 1111 1111 1111 08/28', '1111'],
    ['4111 1111 1111 1112 08/28', '1112'],
    ['4111 1111 1111 1111 0828 737', '1111'],
  ])('whose whole number is written is kept by its last four digits only: %s', (written, last4) => {
    const facts = read(`Please refund me to my card ${written}, charged twice.`);

    expect(facts.values.card_last4?.value).toBe(last4);
    expect(facts.flags).toContain('payment_card_number');
    expect(JSON.stringify(facts).replace(/\D/g, '')).not.toContain(written.replace(/\D/g, '').slice(0, 12) || '411111111111');
  });

  it.each([
    ['en', 'my card ending in 4242'],
    ['en', 'card **** 4242'],
    ['en', 'Visa •••• 4242'],
    ['en', 'Visa ...4242'],
    ['ru', 'карта заканчивается на 4242'],
    ['ru', 'карта *4242'],
    ['es', 'tarjeta terminada en 4242'],
    ['fr', 'carte se terminant par 4242'],
    ['it', 'carta che finisce con 4242'],
    ['pt', 'cartão final 4242'],
    ['pl', 'karta kończąca się na 4242'],
    ['ja', '返金お願いします。下4桁4242のカードで払いました'],
    ['ko', '환불해 주세요. 끝자리 4242 카드로 결제했습니다'],
  ])('named by its last four digits, in %s: %s', (language, text) => {
    const asked: Record<string, string> = { en: 'Please refund me. ', ru: 'Верните деньги. ', es: 'Quiero un reembolso por favor. ', fr: 'Bonjour, je voudrais un remboursement. ', it: 'Buongiorno, vorrei un rimborso. ', pt: 'Olá, quero o reembolso. ', pl: 'Dzień dobry, proszę o zwrot pieniędzy. ' };
    const facts = read(`${asked[language] ?? ''}${text}`);

    expect(facts.values.card_last4?.value).toBe('4242');
    expect(facts.values.payment_method?.value).toBe('card');
    expect(facts.flags).not.toContain('payment_card_number');
  });

  it.each([
    ['4111111111111111', true],
    ['4111111111111112', false],
    ['5555555555554444', true],
    ['378282246310005', true],
    ['123456789012345', false],
    ['411111111111', false],
    ['9111111111111111', false],
  ])('number is told by its sum: %s', (digits, isOne) => {
    expect(isCardNumber(digits)).toBe(isOne);
  });

  it.each(['Верните деньги, платёж: карта 4111 1111 1111 1111.', 'Please refund my payment, card 4111 1111 1111 1111 08/28.'])('number is neither a transaction nor a date: %s', (text) => {
    expect(Object.keys(read(text).values)).toEqual(['account_email', 'payment_method', 'card_last4']);
  });

  it.each(['Вярніце грошы (транзакцыя TXN-70214, картка).', 'Please refund order W-4250, card payment.'])('is not told by the end of another number: %s', (text) => {
    expect(fact('card_last4', text, 'storybookly')).toBeUndefined();
  });

  it('number in four groups of four is one, even mistyped', () => {
    expect(isCardNumber('4111111111111112', '4111 1111 1111 1112')).toBe(true);
  });

  it('number is masked wherever it stands', () => {
    expect(maskCardNumbers('a 4111 1111 1111 1111 b, 4111111111111111')).toBe('a •••• 1111 b, •••• 1111');
    expect(maskCardNumbers('order 1234567890123456')).toBe('order 1234567890123456');
    expect(maskCardNumbers('12345 4111 1111 1111 1111 and 4111 1111 1111 1111 12')).toBe('12345 •••• 1111 and •••• 1111 12');
    expect(maskCardNumbers('DE89 3704 0044 0532 0130 00, +380 44 123 4567 380 50 111 22 33')).toBe('DE89 3704 0044 0532 0130 00, +380 44 123 4567 380 50 111 22 33');
    expect(maskCardNumbers('カード番号は4111111111111111です')).toBe('カード番号は•••• 1111です');
    expect(maskCardNumbers('카드번호는4111 1111 1111 1111입니다')).toBe('카드번호는•••• 1111입니다');
  });

  it.each([
    'The book never came, tracking number 3340127756812 says delivered. Order SB-52911', 'Kitap gelmedi, kargo sayfası (takip 3340127756812) teslim edildi diyor, SB-52911', 'Книга не пришла, трек-номер 3340127756812, заказ SB-52911',
    'الكتاب لم يصل، رقم التتبع 3340127756812، الطلب SB-52911', '本が届きません。追跡番号は3340127756812です。注文SB-52911', '책이 안 왔어요. 송장번호 3340127756812, 주문 SB-52911',
  ])('take no number of a parcel for a card: %s', (text) => {
    const { flags, values } = read(text, 'storybookly');
    expect([flags, values.card_last4, values.payment_method, values.order_number?.value]).toEqual([[], undefined, undefined, 'SB-52911']);
  });

  it('take a card for one beside a parcel, and beside "I send"', () => {
    expect(read('Kargo parasını 4539148803436467 kartımla ödedim, SB-52911', 'storybookly').flags).toContain('payment_card_number');
    expect(read('Les envío 4539148803436467, pedido SB-52911', 'storybookly').flags).toContain('payment_card_number');
  });

  it.each([['bebek portresi 10-6620', '10-6620'], ['portrait for 05-2026', undefined], ['call me at 555-0171', undefined]])('find the order in a subject that ends in one: %s', (subject, order) => {
    expect(read('The portrait came, fix the nose please.', 'winno', { subject }).values.order_number?.value).toBe(order);
  });
});
