import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

describe('the generator', () => {
  it.each([
    ['en', 'The Ultra generator crashes with an error.', 'ultra'],
    ['en', 'Turbo mode crashes with an error.', 'turbo'],
    ['en', 'I used the pro generator and it crashed with an error.', 'pro'],
    ['en', 'The free generator shows an error.', 'free'],
    ['ru', 'Генератор Турбо выдаёт ошибку.', 'turbo'],
    ['ru', 'На ультре генерация зависла, ошибка.', 'ultra'],
    ['ja', 'Turboで生成するとエラーになります。', 'turbo'],
    ['ko', '울트라 생성기에서 오류가 납니다.', 'ultra'],
    ['es', 'El generador Turbo da un error.', 'turbo'],
    ['pl', 'Generator Turbo wyświetla błąd.', 'turbo'],
    ['ar', 'مولد توربو يظهر خطأ.', 'turbo'],
    ['tr', 'Dün pro\'da hata aldım, sayfa dondu.', 'pro'], ['tr', 'Ücretsizle denedim dün, dondu kaldı.', 'free'], ['tr', 'Ultradan model alamadım, hata verdi.', 'ultra'],
  ])('is read in %s: %s', (_, text, generator) => {
    expect(read(text).values.generator?.value).toBe(generator);
  });

  it.each([
    ['another product\'s name', 'It crashes with an error on my MacBook Pro.'],
    ['a system\'s edition', 'It crashes with an error on Windows 11 Pro.'],
    ['an everyday word', 'Please feel free to call me, it crashes with an error.'],
  ])('is not seen in %s', (_, text) => {
    expect(read(text).values.generator).toBeUndefined();
  });

  it.each([
    ['Ho un abbonamento da 27 €. Non ho generato nulla, non ho neppure aperto la pagina Ultra. Rimborsatemi.', undefined], ['J’ai un abonnement à 27 €. Je n’ai rien généré, je n’ai même jamais ouvert la page Ultra. Remboursez-moi.', undefined],
    ['Tengo un plan de 27 €. No generé nada, ni siquiera abrí Ultra. Devuélvanme el dinero.', undefined], ['I paid 20 euros yesterday. I never used it again after Ultra gave me garbage. Refund me.', 'ultra'], ['Non riesco ad aprire la pagina Ultra, errore 500.', 'ultra'],
  ])('is none that was never used: %s', (text, generator) => {
    expect(read(text).values.generator?.value).toBe(generator);
  });

  it('is one that the merchant has', () => {
    expect(read('The Turbo generator crashes with an error.', 'ai3dgen').values.generator).toBeUndefined();
    expect(read('The Base generator crashes with an error.', 'ai3dgen').values.generator?.value).toBe('base');
    for (const text of ['昨日、ベースのジェネレーターで作ったモデルでエラーになりました。', 'ベースのモデルで作ったらエラーになりました。', 'Bugün base\'e resmi attım, hata verdi.', 'Basede denedim hata verdi.']) expect(read(text, 'ai3dgen').values.generator?.value).toBe('base');
    expect(read('"base64 decode error" diye hata verdi.', 'ai3dgen').values.generator).toBeUndefined();
  });
});

describe('the way it was paid', () => {
  it.each([
    ['en', 'Refund me, I paid by credit card.', 'card'],
    ['en', 'Refund me, I paid with my Visa.', 'card'],
    ['en', 'Refund me, paid via PayPal.', 'paypal'],
    ['en', 'Refund me, I used Apple Pay.', 'apple_pay'],
    ['en', 'Refund me, paid with Google Pay.', 'google_pay'],
    ['en', 'Refund my balance, I paid in USDT.', 'crypto'],
    ['en', 'Refund my balance, I paid 12 TON.', 'ton'],
    ['en', 'Refund my balance, I paid with Telegram Stars.', 'telegram_stars'],
    ['en', 'Refund my balance, I paid 500 stars.', 'telegram_stars'],
    ['ru', 'Верните остаток, платил через СБП.', 'sbp'],
    ['ru', 'Верните остаток, оплатил картой.', 'card'],
    ['ru', 'Верните остаток, платил криптой.', 'crypto'],
    ['ru', 'Верните остаток, оплачивал звёздами телеграма.', 'telegram_stars'],
    ['ru', 'Верните остаток, платил через TON Connect.', 'ton'],
    ['ja', '返金してください。クレジットカードで払いました。', 'card'],
    ['ko', '환불해 주세요. 페이팔로 결제했습니다.', 'paypal'],
    ['ar', 'أريد استرداد أموالي، دفعت ببطاقة ائتمان.', 'card'],
  ])('is read in %s: %s', (language, text, method) => {
    expect(read(text, language === 'en' || language === 'ru' ? 'stone-ai' : 'imgto3d').values.payment_method?.value).toBe(method);
  });

  it('that is denied once does not count where it is named again', () => {
    expect(read('Верните остаток, передумал. Читал про звёзды, но платил НЕ звёздами, а через СБП.', 'stone-ai').values.payment_method?.value).toBe('sbp');
  });

  it.each([
    ["Topped up $20 (Telegram Stars wouldn't go through so crypto), refund it.", 'crypto'],
    ['Refund me: my card was declined so I used PayPal.', 'paypal'],
    ['Refund me: Google Pay did not work, so it ended up on my Visa.', 'card'],
    ['Google Pay worked after my Visa got rejected. Refund me.', 'google_pay'],
    ['Карта не прошла, оплатил через PayPal. Верните деньги.', 'paypal'],
    ['I paid by card, but your refund to the card was refused.', 'card'],
  ])('is the one that worked: %s', (text, method) => {
    expect(read(text, 'stone-ai').values.payment_method?.value).toBe(method);
  });

  it.each([
    ['No dia 10 carreguei 15 dólares via TON. Devolvam o saldo.', 'ton'], ['El día 10 recargué 15 dólares con TON. Devuélvanme el saldo.', 'ton'], ['Il 10 ho ricaricato 15 dollari tramite TON. Ridatemi il saldo.', 'ton'], ['Le 10 j’ai rechargé 15 dollars via TON. Rendez-moi le solde.', 'ton'],
    ['Le 10 j’ai payé 15 dollars via ton site. Rends-moi le solde.', undefined], ['Закинул 2 тона десятого, верните остаток.', 'ton'],
  ])('is TON where it is named so, and not where it is a word: %s', (text, method) => {
    expect(read(text, 'stone-ai').values.payment_method?.value).toBe(method);
  });

  it('that was not used does not count', () => {
    expect(read('Refund me, I paid by PayPal, not by card.', 'stone-ai').values.payment_method?.value).toBe('paypal');
  });
});
