import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

/** The mails are of Tuesday, 17 March 2026, at noon. */
function days(text: string, merchant = 'stone-ai'): readonly (string | undefined)[] {
  const { values } = read(text, merchant);
  return [values.occurred_at?.value, values.paid_at?.value];
}

describe('the day on which the service went down', () => {
  it.each([
    ['The bot was down from Thursday until Sunday, 72 hours without an answer. I topped up $20 by card on 5 March. Refund what is left on the balance.', '2026-03-12', '2026-03-05'],
    ['С 10 по 14 марта бот не работал, 96 часов простоя. Пополнял баланс 5 марта картой на 20 долларов. Верните остаток.', '2026-03-10', '2026-03-05'],
    ['С пятницы бот лежит, четвёртые сутки сервис недоступен. Пополнял баланс 5 марта картой на 20 долларов. Верните деньги.', '2026-03-13', '2026-03-05'],
    ['З пятніцы сэрвіс недаступны, бот ляжыць ужо 90 гадзін. Папаўняў баланс 5 сакавіка карткай на 20 долараў. Вярніце грошы.', '2026-03-13', '2026-03-05'],
    ['Od piątku usługa jest niedostępna, cztery dni bez przerwy. Konto doładowałem 5 marca kartą za 20 dolarów. Proszę o zwrot.', '2026-03-13', '2026-03-05'],
    ['Il servizio è giù da venerdì, quattro giorni di fila. Avevo ricaricato 20 dollari il 5 marzo con la carta. Rimborsatemi.', '2026-03-13', '2026-03-05'],
    ['El servicio está caído desde el viernes, cuatro días seguidos. Recargué 20 dólares el 5 de marzo con tarjeta. Devuélvanme el dinero.', '2026-03-13', '2026-03-05'],
    ['금요일부터 서비스가 계속 먹통입니다. 90시간째 접속 불가예요. 3월 5일에 카드로 충전한 20달러를 환불해 주세요.', '2026-03-13', '2026-03-05'],
    ['خدمتكم متوقفة من صباح الجمعة، انقطاع الخدمة أكثر من ثلاثة أيام. شحنت رصيدي بعشرين دولارًا في 5 مارس بالبطاقة. أريد استرداد المبلغ.', '2026-03-13', '2026-03-05'],
  ])('is told beside that of the payment: %s', (text, occurred, paid) => {
    expect(days(text)).toEqual([occurred, paid]);
  });

  it.each([
    ['The service was down for 90 hours and came back on Sunday. I topped up $20 by card on 5 March. Refund what is left on the balance.', undefined, '2026-03-05'],
    ['Сервис лежал 90 часов и заработал только в воскресенье. Пополнял баланс 5 марта картой на 20 долларов. Верните деньги.', undefined, '2026-03-05'],
    ['El servicio está caído desde hace días. Recargué 20 dólares el 5 de marzo con tarjeta. Devuélvanme el dinero.', undefined, '2026-03-05'],
    ['The service has been down for 90 hours. On Friday I topped up $20 by card. Refund what is left on the balance.', undefined, '2026-03-13'],
  ])('is neither that on which it came back nor that of the payment: %s', (text, occurred, paid) => {
    expect(days(text)).toEqual([occurred, paid]);
  });
});

describe('the day on which one request was charged for twice', () => {
  it.each([
    ['Last night at 22:40 I sent one request and the balance was debited twice for it, $3.40 and $3.40. I topped up $25 by card on 5 March. Refund the second debit.', '2026-03-16T22:40', '2026-03-05'],
    ['Вчера в 14:20 один и тот же запрос списался с баланса два раза по 1.85$. Пополнял 5 марта картой. Верните лишнее.', '2026-03-16T14:20', '2026-03-05'],
    ['Dün gece saat 23.40\'ta bottan bir özet istedim. Aynı soru için bakiyemden iki defa 0,62 dolar düştü. 5 Mart\'ta kartla 20 dolar yüklemiştim. İkinci kesintiyi geri istiyorum.', '2026-03-16T23:40', '2026-03-05'],
    ['On Friday evening I sent one long letter to the bot, it sat there thinking for quite a while and answered once, but the history shows the same request debited twice from the balance at 20:12. I topped up $25 by card on 5 March. Refund the second debit.', '2026-03-13T20:12', '2026-03-05'],
  ])('is told beside that of the payment: %s', (text, occurred, paid) => {
    expect(days(text)).toEqual([occurred, paid]);
  });

  it('is not that on which the balance was filled', () => {
    expect(days('On Monday I topped up $25 by card. One request was debited twice from the balance. Refund the second debit.')).toEqual([undefined, '2026-03-16']);
  });
});

it('matters nowhere else where money is asked back', () => {
  expect(days('I bought the Starter plan on 5 March. On Friday I saw that I do not need it any more. Please refund it.', 'imgto3d')[0]).toBeUndefined();
});
