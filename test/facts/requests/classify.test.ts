import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

describe('the topic', () => {
  it.each([
    ['imgto3d', 'Please refund my subscription, I do not need it any more.', 'refund'],
    ['imgto3d', 'Refund. Order number 77-1234567, I used Firefox 127.', 'refund'],
    ['imgto3d', 'The generator crashes with an error.', 'technical_problem'],
    ['imgto3d', 'The generator crashes with an error, give me my money back.', 'technical_problem'],
    ['imgto3d', 'Please cancel my subscription.', 'cancellation'],
    ['imgto3d', 'How much is the commercial licence?', 'other'],
    ['imgto3d', '¿Nos pueden remitir la factura de marzo? La que se descarga sale a nombre de mi hermano y la gestoría no la quiere.', 'other'],
    ['imgto3d', 'Quand j\'exporte mon phare en STL, à quelle échelle sort-il ? Je voudrais du 1/87 pour mon réseau de trains.', 'other'],
    ['ai3dgen', 'Please delete my account and all my data.', 'privacy'],
    ['ai3dgen', 'Do you train your models on our uploads?', 'privacy'],
    ['storybookly', 'The book arrived torn, please send me another one.', 'refund'],
    ['winno', 'Could you please change the background to blue and fix the left hand?', 'revision'],
    ['winno', 'Dzień dobry, czy da się jeszcze podmienić zdjęcie na moim portrecie? To wysłałam przez pomyłkę.', 'revision'],
    ['stone-ai', 'Pieniądze za podwójne doładowanie wróciły na kartę, bardzo dziękuję.', 'other'],
    ['winno', 'Dzień dobry, karykatura wujka wyszła świetnie, tylko zgubił się kapelusz. Da się go dorysować?', 'revision'],
    ['winno', 'Не пачынайце, калі ласка, жонка ўжо зрабіла такі падарунак сама. Вярніце грошы.', 'cancellation'],
    ['winno', 'Please cancel my order, I no longer want the portrait.', 'cancellation'],
    ['winno', 'Ho ordinato una tela, ho scritto male il nome nella didascalia. Si può mettere Álvaro?', 'revision'], ['winno', 'Заказала холст, в подписи опечаталась. Можно ли поставить «Альваро»?', 'revision'],
    ['imgto3d', 'Ultra se bloqueó ayer en Chrome.', 'technical_problem'], ['imgto3d', 'Вчера Ultra вылетел в Safari.', 'technical_problem'], ['imgto3d', '昨日SafariでUltraを使ったら止まりました。', 'technical_problem'],
    ['storybookly', 'The book is still nowhere to be seen, and I have filed a chargeback with my bank over it.', 'refund'],
    ['winno', 'Do your artists do animals as well as people? And roughly what would two mares set me back?', 'other'],
    ['storybookly', 'You locked me out and say my profile is suspended. Refund me the credits I cannot get to.', 'refund'],
    ['imgto3d', 'Верните деньги за подписку, мне больше не нужно.', 'refund'],
    ['imgto3d', 'Отмените подписку, пожалуйста.', 'cancellation'],
    ['imgto3d', '解約をお願いします。', 'cancellation'],
    ['imgto3d', '구독 해지해 주세요.', 'cancellation'],
    ['imgto3d', '緑の輪がいつまでも回っています。お茶を飲んで戻っても回っています。朝になっても終わっていません。', 'technical_problem'],
    ['imgto3d', 'أريد إلغاء الاشتراك من فضلك.', 'cancellation'],
    ['imgto3d', 'Quiero cancelar mi suscripción.', 'cancellation'],
  ])('of mail to %s, "%s", is %s', (merchantName, text, topic) => {
    expect(read(text, merchantName).topic).toBe(topic);
  });
});

describe('the reason', () => {
  it.each([
    ['imgto3d', 'Refund me, I was charged twice for one subscription.', 'duplicate_charge'],
    ['imgto3d', 'Refund me, I was charged 39 dollars instead of 29.', 'wrong_amount'],
    ['imgto3d', 'I never made this purchase, somebody used my card, refund me.', 'unauthorized_payment'],
    ['imgto3d', 'Refund me, I bought it by mistake.', 'changed_mind'],
    ['imgto3d', 'Refund me, the models look awful.', 'dissatisfied_result'],
    ['storybookly', 'The book came with pages glued together, refund please.', 'defective_item'],
    ['storybookly', 'The parcel was crushed on its way, the book is bent, refund please.', 'damaged_in_transit'],
    ['storybookly', 'You sent me somebody else\'s book, refund please.', 'wrong_item'],
    ['storybookly', 'The book never arrived, refund please.', 'not_received'],
    ['storybookly', 'The price fell a day after I bought it, refund the difference.', 'price_drop'],
    ['storybookly', '雨の中、玄関の外に置かれていて、箱も絵本もぐっしょり濡れています。返金してください。', 'damaged_in_transit'],
    ['storybookly', '注文した本ではなく、別の子の名前の本が届きました。返金をお願いします。', 'wrong_item'],
    ['storybookly', '三週間たっても絵本が届きません。返金をお願いします。', 'not_received'],
    ['storybookly', '택배 상자가 찌그러져서 책이 찢어진 채로 왔어요. 환불해 주세요.', 'damaged_in_transit'],
    ['storybookly', '책이 아직 안 왔어요. 배송 조회도 안 됩니다. 환불해 주세요.', 'not_received'],
    ['storybookly', '책 제본이 떨어져서 페이지가 빠져요. 환불해 주세요.', 'defective_item'],
    ['storybookly', 'I typed my own address wrong, flat 16 instead of 61, and the book went to strangers who say they saw nothing. Can I get my money back?', 'wrong_address'],
    ['storybookly', 'The book came a week after her birthday party, nobody needs it now. I would like my money back.', 'late_delivery'],
    ['stone-ai', 'For some days now nothing works: a 502, then silence, then "try again later". Give me back what is left on the account.', 'service_outage'],
    ['stone-ai', 'Serwis leży od wczoraj, nic nie działa. Oddajcie to, co zostało na koncie.', 'service_outage'],
    ['storybookly', 'Kartki od 9 do 16 są wszyte do góry nogami. Poproszę o nowy egzemplarz.', 'defective_item'],
    ['storybookly', 'Książki nie ma do dziś, a kurier twierdzi, że zostawił ją pod drzwiami.', 'not_received'],
    ['stone-ai', 'Верните неиспользованный остаток баланса.', 'unused_balance'],
    ['ai3dgen', 'Браво! Вместо собора получился сарай, вместо кота чемодан с ушами. Сараи мне больше ни к чему, верните деньги.', 'dissatisfied_result'],
    ['imgto3d', 'На странице тарифа стоит 990 рублей, а с карты ушло 1490. Верните разницу.', 'wrong_amount'],
    ['winno', 'Не начинайте, пожалуйста: тётя прислала целый снимок без единой царапины, заказ W-1234 больше не нужен. Верните деньги.', 'changed_mind'],
    ['stone-ai', 'Забыл выключить бота, за ночь он спустил весь баланс на одинаковые запросы. Может, вернёте хоть часть?', 'used_balance'],
    ['storybookly', 'Otworzyliśmy paczkę: na okładce Hania, a u nas jest Antek. Proszę przysłać tę właściwą książkę.', 'wrong_item'],
    ['storybookly', 'W zamówieniu zostawiłem stary adres, kurier oddał książkę nowym lokatorom. Da się odzyskać pieniądze?', 'wrong_address'],
    ['stone-ai', 'Пополнил по СБП, и с тех пор ни одного ответа: то 504, то пустота. Верните остаток.', 'service_outage'],
    ['imgto3d', 'На кнопке горело 590, смс из банка: 890. Верните разницу.', 'wrong_amount'],
    ['stone-ai', 'За один запрос с баланса списали дважды, верните.', 'duplicate_debit'],
    ['stone-ai', 'Верните деньги за потраченные токены.', 'used_balance'],
    ['stone-ai', 'I want a refund for my tokens, please. I have not used any of them.', 'unused_balance'],
  ])('of mail to %s, "%s", is %s', (merchantName, text, reason) => {
    expect(read(text, merchantName).reason).toBe(reason);
  });

  it('of a charge after they had left is that it was made without leave', () => {
    const mail = 'J\'avais résilié, résiliation confirmée le 11 juin. Le 6 juillet vous avez pris 29,90 €. Je ne conteste rien d\'autre et n\'ai rien à reprocher au logiciel : je n\'étais plus abonné, et ce prélèvement, je ne l\'ai jamais autorisé. Merci de me rendre cette mensualité.';
    expect(read(mail)).toMatchObject({ topic: 'refund', reason: 'unauthorized_payment' });
  });

  it('is none in a bare demand', () => {
    expect(read('Refund me.')).toMatchObject({ topic: 'refund', reason: null, described: false });
  });

  it('is never one that cannot occur with the merchant', () => {
    expect(read('The book came with pages glued together, refund please.', 'imgto3d').reason).not.toBe('defective_item');
  });

  it('is that it cannot be kept rather than what was used of it', () => {
    expect(read('Giovedì ho preso Advanced. Il giorno dopo la mia ditta mi ha messa in cassa integrazione e non posso permettermi spese che non siano indispensabili. Dei 600 crediti ne ho usati 60. Vi sarei grata se poteste rimborsarmi.').reason).toBe('changed_mind');
  });

  it('is what went wrong rather than what is left over', () => {
    expect(read('I topped up once and my card was charged twice, please return the rest of my balance.', 'stone-ai').reason).toBe('duplicate_charge');
  });

  it.each([
    ['The models look awful, nothing like my photo. Please refund the credits I have not used.', 'imgto3d', 'dissatisfied_result'],
    ['モデルの出来がひどく、写真と全然似ていません。使っていないクレジットの分だけ返金してください。', 'imgto3d', 'dissatisfied_result'],
    ['안 쓴 크레딧 값이라도 돌려주세요. 결과물이 사진이랑 하나도 안 닮았어요.', 'imgto3d', 'dissatisfied_result'],
  ])('is that it is no good rather than what is left over: %s', (text, merchantName, reason) => {
    expect(read(text, merchantName).reason).toBe(reason);
  });

  it.each([
    ['退会したはずです。九月末に退会の手続きをして、完了の画面も残してあります。それなのに11月1日付で990円がカードから引かれていました。返してください。'],
    ['해지는 이미 했어요. 9월에 해지 완료 메일도 받았습니다. 그런데 11월 1일에 카드에서 9,900원이 또 나갔어요. 돌려주세요.'],
  ])('is a charge without leave where somebody has left: %s', (text) => {
    expect(read(text)).toMatchObject({ topic: 'refund', reason: 'unauthorized_payment', flags: [] });
  });

  it.each([
    'Please cancel my subscription. When I press the cancel button I only get an error.',
    '来月分から課金されないようにしてもらえますか。スターターです。解約ボタン押してもエラー画面に飛ばされるだけで進めません。解約をお願いします。',
  ])('is not that the button for cancelling fails: %s', (text) => {
    expect(read(text)).toMatchObject({ topic: 'cancellation', reason: null, product: 'subscription' });
  });
});

describe('what is denied', () => {
  it.each([
    ['I do not want a refund, please just cancel my subscription.', 'cancellation'],
    ['I do not want to cancel, please refund the second charge, I was charged twice.', 'refund'],
    ['Мне не нужен возврат, просто отмените подписку.', 'cancellation'],
    ['返金は不要です。解約だけお願いします。', 'cancellation'],
    ['환불은 필요 없고 구독만 해지해 주세요.', 'cancellation'],
    ['구독 그만할게요. 담번 결제 12일이니까 그 전에 멈춰줘요. 돈은 안 돌려줘도 됨', 'cancellation'],
    ['바쁘신데 죄송합니다. 이 사이트 요금이 궁금해요. 환불은 안 해주셔도 돼요.', 'other'],
  ])('is not asked for: %s', (text, topic) => {
    expect(read(text)).toMatchObject({ topic, flags: [] });
  });

  it('is taken back: money is not needed, another copy is', () => {
    expect(read('Кніга прыйшла парваная. Вяртаць грошы не трэба, прышліце новую.', 'storybookly').values.preferred_resolution?.value).toBe('replacement');
  });

  it('is no failure', () => {
    expect(read('There was no error and no crash, I just do not need it any more. Refund me.').reason).toBe('changed_mind');
  });
});

describe('what is heard', () => {
  it.each([
    ['발바닥이 없어지고 발바닥 대신 구멍이 났어요. 환불해 주세요.'],
    ['사용 방법 원래 이런가요? 결과물이 별로예요. 환불해 주세요.'],
    ['안내하신 방법대로 했는데 결과물이 엉망이에요. 환불해 주세요.'],
    ['카드 사용 내역을 보니 아이의 결제였어요. 결과물이 별로라 환불해 주세요.'],
    ['정말 소중한 사진인데 결과물이 엉망이에요. 환불해 주세요.'],
    ['정전이라도 난 건가요? 결과물이 별로예요. 환불해 주세요.'],
    ['早くそちらで返金してください。出来がひどいです。'],
  ])('is not made up of the end of one word and the beginning of another: %s', (text) => {
    expect(read(text)).toMatchObject({ topic: 'refund', flags: [] });
  });
});

describe('several requests', () => {
  it.each([
    ['Please refund my last payment, I do not need it, and cancel my subscription.'],
    ['Верните деньги, мне не нужно, и отмените подписку.'],
    ['返金をお願いします。不要になりました。サブスクリプションも解約してください。'],
  ])('are one about money, and flagged: %s', (text) => {
    expect(read(text)).toMatchObject({ topic: 'refund', flags: ['several_requests'] });
  });

  it.each([
    ['I have already cancelled my subscription, now refund me, I do not need it.'],
    ['Я уже отменил подписку, верните деньги, она мне не нужна.'],
  ])('are not made by what has been cancelled already: %s', (text) => {
    expect(read(text)).toMatchObject({ topic: 'refund', flags: [] });
  });

  it('about data and money are flagged as both', () => {
    expect(read('Refund my payment, I was charged twice, and delete my account and all my data.', 'imgto3d').flags).toEqual(expect.arrayContaining(['privacy_request', 'several_requests']));
  });
});

describe('the product', () => {
  it.each([
    ['storybookly', 'The book arrived torn, refund please.', 'physical'],
    ['storybookly', 'I bought credits by mistake, refund please.', 'credits'],
    ['imgto3d', 'I bought a credit pack by mistake, refund please.', 'credit_pack'],
    ['imgto3d', 'Refund my subscription, I do not need it.', 'subscription'],
    ['imgto3d', 'Refund my Starter, I do not need it.', 'subscription'],
    ['stone-ai', 'Верните остаток.', 'balance'],
    ['winno', 'The canvas print is torn, refund me.', 'physical'],
    ['winno', 'The portrait looks nothing like me, refund me.', 'digital_service'],
    ['winno', 'On the 9th I got the print of the portrait of my wife. Our daughter gave us another one, so I would like to return it for a refund.', 'physical'], ['winno', 'Otrzymałem wydruk portretu żony, córka podarowała mi podobny, chciałbym go odesłać i proszę o zwrot.', 'physical'],
    ['winno', 'Не спампоўваецца гатовы здымак: пасля націску на кнопку адкрываецца пустая старонка з памылкай.', 'digital_service'], ['winno', 'Не могу скачать готовый снимок: после нажатия на кнопку открывается пустая страница с ошибкой.', 'digital_service'], ['winno', 'В книге с портретами две страницы порваны, верните деньги.', 'physical'],
    ['winno', 'J’ai commandé un portrait IA, le site affiche « livré » et je n’ai rien reçu, ni mail ni lien. Remboursez-moi.', 'digital_service'], ['winno', 'L’affiche est arrivée déchirée, remboursez-moi.', 'physical'],
    ['winno', 'Encomendei-vos ontem o restauro de uma fotografia dos meus pais (encomenda W-7719), paguei 60 dólares. Ninguém começou o trabalho. Peço que anulem a encomenda, pois a minha irmã encontrou outro exemplar.', 'digital_service'],
    ['storybookly', 'اشتريت باقة كريدت لكتابة القصص بـ 9.99 دولار وخصمتم المبلغ مرتين، أعيدوا لي الخصم الثاني.', 'credits'], ['storybookly', 'اشتريت كتاب بـ 30 دولار ووصل ممزقا، أريد استرداد المبلغ.', 'physical'],
    ['storybookly', 'Solicitamos el abono de la diferencia: compramos dos cuentos impresos, pedido SB-40066, y hoy están rebajados.', 'physical'], ['storybookly', 'Quiero cancelar mi abono mensual.', 'subscription'],
    ['ai3dgen', '8월 1일에 19,900원을 내고 100크레딧을 샀어요. 안 썼으니 환불해 주세요.', 'credits'], ['ai3dgen', '8月1日に3000円で100クレジットを購入しました。使っていないので返金してください。', 'credits'], ['ai3dgen', '구독 요금제로 100크레딧을 받았어요. 안 썼으니 환불해 주세요.', 'subscription'],
  ])('of mail to %s, "%s", is %s', (merchantName, text, product) => {
    expect(read(text, merchantName).product).toBe(product);
  });
});

describe('privacy', () => {
  it.each([
    ['Please delete my account and all my photos.', 'request'],
    ['Please send me a copy of all data you hold on me.', 'request'],
    ['How long do you store our pictures?', 'question'],
    ['Are my uploads used for training your AI?', 'question'],
    ['My daughter is 9 and made an account without my consent, with her photos.', 'child'],
    ['Удалите мой аккаунт и все мои данные.', 'request'],
    ['Вы храните наши изображения? Как долго?', 'question'],
  ])('"%s" is a %s', (text, privacy) => {
    expect(read(text, 'ai3dgen')).toMatchObject({ topic: 'privacy', privacy });
  });
});
