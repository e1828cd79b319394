import type { PromiseKind } from '../../src/draft/check-promises.ts';

/** Sentences as an agent would type them into a reply, by what is wrong with them beside the decision named. */
export interface PlantedSentences {
  /** Beside a denial: each promises something. */
  readonly denied: readonly string[];
  /** Beside a discretionary partial refund of 12.50 EUR: each promises outright. */
  readonly discretionary: readonly string[];
  /** Beside a full refund of 41.99 EUR under clause 3.2, an answer due on 27 November 2026 and 10 business days for the payout. */
  readonly wrong: readonly (readonly [PromiseKind, string])[];
  /** Beside that same full refund: nothing is wrong. */
  readonly backed: readonly string[];
  /** Beside the denial: nothing is promised. */
  readonly refused: readonly string[];
}

export const planted: Readonly<Record<string, PlantedSentences>> = {
  en: {
    denied: ['We will refund you in full.', 'I have just issued a refund to your card.', 'Your refund has been approved.', 'You will get your money back.', 'As a gesture of goodwill we can offer you a 20% discount on your next order.', "We'll send you a new book free of charge.", 'We have added 50 credits to your account.', 'Your subscription has been cancelled.', "Don't worry, the money will be returned to your card.", 'Once you send the photos, we will refund the whole amount.'],
    discretionary: ['We will refund you €12.50.', 'Your partial refund of €12.50 has been processed.', 'You will receive €12.50 back on your card.'],
    wrong: [['sum', 'We will refund you €49.99.'], ['sum', 'We will refund you 45.00 euros.'], ['date', 'We will refund you by 20 November 2026.'], ['date', 'We will refund the money tomorrow.'], ['period', 'We will refund you within 3 business days.'], ['period', 'The money will be refunded within 24 hours.'], ['clause', 'We refund this under section 2.4 of our policy.'], ['remedy', 'We will also send you a replacement book.'], ['remedy', 'We will give you a voucher as well.']],
    backed: ['We will refund you €41.99.', 'Your refund of 41.99 EUR has been approved (§ 3.2).', 'The full amount will be refunded within 10 business days.', 'A colleague will answer you by 27 November 2026.', 'You paid €41.99 on 5 March 2026.'],
    refused: ['Unfortunately, we cannot refund this purchase.', 'We do not offer refunds for used credits.', 'We understand that you would like a refund of €41.99.', 'No refund will be issued.', 'If you have any questions, just reply to this message.', 'We will let you know our decision about the refund.'],
  },
  ru: {
    denied: ['Мы вернём вам деньги в полном объёме.', 'Я уже оформил возврат на вашу карту.', 'Ваш возврат одобрен.', 'Вы получите деньги обратно.', 'В качестве извинения дарим вам скидку 20 % на следующий заказ.', 'Мы отправим вам новую книгу бесплатно.', 'Мы начислили вам 50 кредитов.', 'Ваша подписка отменена.', 'Не переживайте, деньги вернутся на карту.', 'Как только пришлёте фото, мы вернём всю сумму.'],
    discretionary: ['Мы вернём вам 12,50 €.', 'Частичный возврат в размере 12,50 евро уже оформлен.', 'Вы получите 12,50 € на карту.'],
    wrong: [['sum', 'Мы вернём вам 49,99 €.'], ['sum', 'Мы вернём вам 45 евро.'], ['date', 'Мы вернём деньги до 20 ноября 2026 года.'], ['date', 'Завтра вернём деньги.'], ['period', 'Деньги вернём в течение 3 рабочих дней.'], ['period', 'Мы вернём деньги за 24 часа.'], ['clause', 'Возвращаем согласно п. 2.4 нашей политики.'], ['remedy', 'Также мы отправим вам новую книгу.'], ['remedy', 'И ещё подарим вам купон.']],
    backed: ['Мы вернём вам 41,99 €.', 'Возврат 41,99 евро одобрен (п. 3.2).', 'Вся сумма будет возвращена в течение 10 рабочих дней.', 'Мы ответим вам до 27 ноября 2026 года.', 'Вы оплатили 41,99 € 5 марта 2026 года.'],
    refused: ['К сожалению, вернуть деньги мы не можем.', 'Мы не возвращаем деньги за использованные кредиты.', 'Вы просите вернуть 41,99 €.', 'Возврат не будет оформлен.', 'Если у вас есть вопросы, просто ответьте на это письмо.', 'О решении по возврату мы сообщим.'],
  },
  be: {
    denied: ['Мы вернем вам грошы ў поўным аб\u2019ёме.', 'Я ўжо аформіў вяртанне на вашу картку.', 'Ваша вяртанне ўхвалена.', 'Вы атрымаеце грошы назад.', 'У якасці прабачэння дорым вам зніжку 20 % на наступную замову.', 'Мы адправім вам новую кнігу бясплатна.', 'Мы налічылі вам 50 крэдытаў.', 'Ваша падпіска скасаваная.', 'Не хвалюйцеся, грошы вернуцца на картку.', 'Як толькі дашляце фота, мы вернем усю суму.'],
    discretionary: ['Мы вернем вам 12,50 €.', 'Частковае вяртанне ў памеры 12,50 еўра ўжо аформлена.', 'Вы атрымаеце 12,50 € на картку.'],
    wrong: [['sum', 'Мы вернем вам 49,99 €.'], ['sum', 'Мы вернем вам 45 еўра.'], ['date', 'Мы вернем грошы да 20 лістапада 2026 года.'], ['date', 'Заўтра вернем грошы.'], ['period', 'Грошы вернем на працягу 3 рабочых дзён.'], ['period', 'Мы вернем грошы за 24 гадзіны.'], ['clause', 'Вяртаем паводле п. 2.4 нашай палітыкі.'], ['remedy', 'Таксама мы адправім вам новую кнігу.'], ['remedy', 'І яшчэ падорым вам купон.']],
    backed: ['Мы вернем вам 41,99 €.', 'Вяртанне 41,99 еўра ўхвалена (п. 3.2).', 'Уся сума будзе вернутая на працягу 10 рабочых дзён.', 'Мы адкажам вам да 27 лістапада 2026 года.', 'Вы заплацілі 41,99 € 5 сакавіка 2026 года.'],
    refused: ['На жаль, вярнуць грошы мы не можам.', 'Мы не вяртаем грошы за выкарыстаныя крэдыты.', 'Вы просіце вярнуць 41,99 €.', 'Вяртанне не будзе аформлена.', 'Калі ў вас ёсць пытанні, проста адкажыце на гэты ліст.', 'Пра рашэнне па вяртанні мы паведамім.'],
  },
  es: {
    denied: ['Le reembolsaremos el importe íntegro.', 'Ya he tramitado el reembolso a su tarjeta.', 'Su reembolso ha sido aprobado.', 'Recibirá su dinero de vuelta.', 'Como disculpa, le ofrecemos un descuento del 20 % en su próximo pedido.', 'Le enviaremos un nuevo libro sin coste.', 'Le hemos añadido 50 créditos a su cuenta.', 'Su suscripción ha sido cancelada.', 'No se preocupe, le devolveremos el dinero.', 'En cuanto nos envíe las fotos, le devolveremos todo el importe.'],
    discretionary: ['Le reembolsaremos 12,50 €.', 'Su reembolso parcial de 12,50 euros ya está tramitado.', 'Recibirá 12,50 € en su tarjeta.'],
    wrong: [['sum', 'Le reembolsaremos 49,99 €.'], ['sum', 'Le devolveremos 45 euros.'], ['date', 'Le reembolsaremos antes del 20 de noviembre de 2026.'], ['date', 'Mañana le devolveremos el dinero.'], ['period', 'Le reembolsaremos en 3 días hábiles.'], ['period', 'Le devolveremos el dinero en 24 horas.'], ['clause', 'Lo reembolsamos según el apartado 2.4 de nuestra política.'], ['remedy', 'También le enviaremos un nuevo libro.'], ['remedy', 'Además le daremos un cupón.']],
    backed: ['Le reembolsaremos 41,99 €.', 'Su reembolso de 41,99 euros ha sido aprobado (apartado 3.2).', 'El importe total se le devolverá en 10 días hábiles.', 'Le responderemos a más tardar el 27 de noviembre de 2026.', 'Usted pagó 41,99 € el 5 de marzo de 2026.'],
    refused: ['Lamentablemente, no podemos reembolsar esta compra.', 'No ofrecemos reembolsos por créditos utilizados.', 'Solicita el reembolso de 41,99 €.', 'No se emitirá ningún reembolso.', 'Si tiene alguna pregunta, responda a este mensaje.', 'Le comunicaremos la decisión sobre el reembolso.'],
  },
  fr: {
    denied: ['Nous vous rembourserons intégralement.', 'J’ai effectué le remboursement sur votre carte.', 'Votre remboursement a été approuvé.', 'Vous recevrez votre argent.', 'En guise de geste commercial, nous vous offrons une réduction de 20 % sur votre prochaine commande.', 'Nous vous enverrons un nouveau livre gratuitement.', 'Nous avons crédité 50 crédits sur votre compte.', 'Votre abonnement a été résilié.', 'Ne vous inquiétez pas, vous serez remboursé.', 'Dès que vous aurez envoyé les photos, nous vous rembourserons la totalité.'],
    discretionary: ['Nous vous rembourserons 12,50 €.', 'Votre remboursement partiel de 12,50 euros a été effectué.', 'Vous recevrez 12,50 € sur votre carte.'],
    wrong: [['sum', 'Nous vous rembourserons 49,99 €.'], ['sum', 'Nous vous remboursons 45 euros.'], ['date', 'Nous vous rembourserons avant le 20 novembre 2026.'], ['date', 'Nous vous rembourserons demain.'], ['period', 'Nous vous rembourserons sous 3 jours ouvrés.'], ['period', 'Vous serez remboursé sous 24 heures.'], ['clause', 'Nous remboursons conformément à la section 2.4 de notre politique.'], ['remedy', 'Nous vous enverrons aussi un nouveau livre.'], ['remedy', 'Nous vous offrons en plus un bon d’achat.']],
    backed: ['Nous vous rembourserons 41,99 €.', 'Votre remboursement de 41,99 euros a été approuvé (section 3.2).', 'Le montant total vous sera remboursé sous 10 jours ouvrés.', 'Nous vous répondrons au plus tard le 27 novembre 2026.', 'Vous avez payé 41,99 € le 5 mars 2026.'],
    refused: ['Malheureusement, nous ne pouvons pas rembourser cet achat.', 'Nous ne remboursons pas les crédits utilisés.', 'Vous demandez le remboursement de 41,99 €.', 'Aucun remboursement ne sera effectué.', 'Si vous avez des questions, répondez à ce message.', 'Nous vous communiquerons la décision concernant le remboursement.'],
  },
  it: {
    denied: ['Le rimborseremo l’intero importo.', 'Ho già disposto il rimborso sulla Sua carta.', 'Il Suo rimborso è stato approvato.', 'Riceverà indietro i soldi.', 'Per scusarci Le offriamo uno sconto del 20% sul prossimo ordine.', 'Le invieremo un nuovo libro gratuitamente.', 'Abbiamo accreditato 50 crediti sul Suo account.', 'Il Suo abbonamento è stato disdetto.', 'Non si preoccupi, il denaro sarà rimborsato.', 'Non appena invierà le foto, Le rimborseremo tutto l’importo.'],
    discretionary: ['Le rimborseremo 12,50 €.', 'Il rimborso parziale di 12,50 euro è stato emesso.', 'Riceverà 12,50 € sulla Sua carta.'],
    wrong: [['sum', 'Le rimborseremo 49,99 €.'], ['sum', 'Le restituiremo 45 euro.'], ['date', 'Le rimborseremo entro il 20 novembre 2026.'], ['date', 'Domani Le rimborseremo il denaro.'], ['period', 'Le rimborseremo entro 3 giorni lavorativi.'], ['period', 'Il denaro sarà rimborsato entro 24 ore.'], ['clause', 'Rimborsiamo in base alla sezione 2.4 della nostra politica.'], ['remedy', 'Le invieremo anche un nuovo libro.'], ['remedy', 'Inoltre Le regaleremo un buono.']],
    backed: ['Le rimborseremo 41,99 €.', 'Il rimborso di 41,99 euro è stato approvato (sezione 3.2).', 'L’intero importo Le sarà rimborsato entro 10 giorni lavorativi.', 'Le risponderemo entro il 27 novembre 2026.', 'Ha pagato 41,99 € il 5 marzo 2026.'],
    refused: ['Purtroppo non possiamo rimborsare questo acquisto.', 'Non offriamo rimborsi per i crediti utilizzati.', 'Ci chiede il rimborso di 41,99 €.', 'Non verrà emesso alcun rimborso.', 'Se ha domande, risponda a questo messaggio.', 'Le comunicheremo la decisione sul rimborso.'],
  },
  pt: {
    denied: ['Vamos reembolsar você integralmente.', 'Já processei o reembolso no seu cartão.', 'O seu reembolso foi aprovado.', 'Você receberá o seu dinheiro de volta.', 'Como pedido de desculpas, oferecemos um desconto de 20% no próximo pedido.', 'Enviaremos um novo livro sem custo.', 'Adicionaremos 50 créditos à sua conta.', 'A sua assinatura foi cancelada.', 'Não se preocupe, o dinheiro será devolvido.', 'Assim que você enviar as fotos, devolveremos todo o valor.'],
    discretionary: ['Reembolsaremos € 12,50.', 'O seu reembolso parcial de 12,50 euros foi processado.', 'Você receberá € 12,50 no cartão.'],
    wrong: [['sum', 'Reembolsaremos € 49,99.'], ['sum', 'Vamos devolver 45 euros.'], ['date', 'Reembolsaremos até 20 de novembro de 2026.'], ['date', 'Amanhã devolveremos o dinheiro.'], ['period', 'Reembolsaremos em até 3 dias úteis.'], ['period', 'O dinheiro será devolvido em 24 horas.'], ['clause', 'Reembolsamos conforme a seção 2.4 da nossa política.'], ['remedy', 'Também enviaremos um novo livro.'], ['remedy', 'Além disso, daremos um cupom.']],
    backed: ['Reembolsaremos € 41,99.', 'O seu reembolso de 41,99 euros foi aprovado (seção 3.2).', 'O valor total será reembolsado em até 10 dias úteis.', 'Responderemos até 27 de novembro de 2026.', 'Você pagou € 41,99 em 5 de março de 2026.'],
    refused: ['Infelizmente, não podemos reembolsar esta compra.', 'Não oferecemos reembolso de créditos usados.', 'Você pede o reembolso de € 41,99.', 'Nenhum reembolso será emitido.', 'Se tiver dúvidas, responda a esta mensagem.', 'Vamos informar a decisão sobre o reembolso.'],
  },
  pl: {
    denied: ['Zwrócimy Państwu całą kwotę.', 'Zleciliśmy już zwrot na Państwa kartę.', 'Zwrot został zatwierdzony.', 'Otrzymają Państwo pieniądze z powrotem.', 'W ramach przeprosin oferujemy rabat 20% na kolejne zamówienie.', 'Wyślemy Państwu nową książkę za darmo.', 'Dodaliśmy 50 kredytów do konta.', 'Państwa subskrypcja została anulowana.', 'Proszę się nie martwić, pieniądze zostaną zwrócone.', 'Gdy tylko prześlą Państwo zdjęcia, zwrócimy całą kwotę.'],
    discretionary: ['Zwrócimy Państwu 12,50 €.', 'Częściowy zwrot w wysokości 12,50 euro został zlecony.', 'Otrzymają Państwo 12,50 € na kartę.'],
    wrong: [['sum', 'Zwrócimy Państwu 49,99 €.'], ['sum', 'Zwrócimy 45 euro.'], ['date', 'Zwrócimy pieniądze do 20 listopada 2026.'], ['date', 'Jutro zwrócimy pieniądze.'], ['period', 'Zwrócimy pieniądze w ciągu 3 dni roboczych.'], ['period', 'Pieniądze zostaną zwrócone w ciągu 24 godzin.'], ['clause', 'Zwracamy zgodnie z punktem 2.4 naszej polityki.'], ['remedy', 'Wyślemy też nową książkę.'], ['remedy', 'Dodatkowo damy Państwu kupon.']],
    backed: ['Zwrócimy Państwu 41,99 €.', 'Zwrot 41,99 euro został zatwierdzony (pkt 3.2).', 'Cała kwota zostanie zwrócona w ciągu 10 dni roboczych.', 'Odpowiemy do 27 listopada 2026.', 'Zapłacili Państwo 41,99 € 5 marca 2026.'],
    refused: ['Niestety nie możemy zwrócić pieniędzy za ten zakup.', 'Nie zwracamy pieniędzy za wykorzystane kredyty.', 'Proszą Państwo o zwrot 41,99 €.', 'Zwrot nie zostanie zlecony.', 'W razie pytań prosimy odpowiedzieć na tę wiadomość.', 'O decyzji w sprawie zwrotu poinformujemy.'],
  },
  tr: {
    denied: ['Ücretin tamamını iade edeceğiz.', 'Kartınıza para iadesi yaptık.', 'Para iadeniz onaylandı.', 'Paranızı geri alacaksınız.', 'Özür olarak bir sonraki siparişinizde %20 indirim sunuyoruz.', 'Size ücretsiz yeni bir kitap göndereceğiz.', 'Hesabınıza 50 kredi ekledik.', 'Aboneliğiniz iptal edildi.', 'Merak etmeyin, paranız iade edilecek.', 'Fotoğrafları gönderirseniz tutarın tamamını iade edeceğiz.'],
    discretionary: ['Size 12,50 € iade edeceğiz.', '12,50 avro tutarındaki kısmi iadeniz onaylandı.', 'Kartınıza 12,50 € yatıracağız.'],
    wrong: [['sum', 'Size 49,99 € iade edeceğiz.'], ['sum', '45 euro iade edeceğiz.'], ['date', 'Parayı 20 Kasım 2026 tarihine kadar iade edeceğiz.'], ['date', 'Parayı yarın iade edeceğiz.'], ['period', 'Parayı 3 iş günü içinde iade edeceğiz.'], ['period', 'Paranız 24 saat içinde iade edilecek.'], ['clause', 'Politikamızın 2.4 maddesine göre iade ediyoruz.'], ['remedy', 'Ayrıca yeni bir kitap göndereceğiz.'], ['remedy', 'Bir de kupon vereceğiz.']],
    backed: ['Size 41,99 € iade edeceğiz.', '41,99 euro tutarındaki iadeniz onaylandı (madde 3.2).', 'Tutarın tamamı 10 iş günü içinde iade edilecek.', 'Size en geç 27 Kasım 2026 tarihinde yanıt vereceğiz.', '5 Mart 2026 tarihinde 41,99 € ödediniz.'],
    refused: ['Ne yazık ki bu alışveriş için iade yapamıyoruz.', 'Kullanılmış krediler için iade yapmıyoruz.', '41,99 € iade istiyorsunuz.', 'İade yapılmayacaktır.', 'Sorunuz varsa bu iletiyi yanıtlayın.', 'İade hakkındaki kararı size bildireceğiz.'],
  },
  ja: {
    denied: ['全額を返金いたします。', 'カードへの返金手続きを行いました。', '返金が承認されました。', '代金はお返しいたします。', 'お詫びとして次回のご注文に使える20%割引クーポンを差し上げます。', '新しい本を無料でお送りいたします。', 'アカウントに50クレジットを付与いたしました。', 'サブスクリプションを解約いたしました。', 'ご安心ください、料金は払い戻しいたします。', '写真をお送りいただき次第、全額を返金いたします。'],
    discretionary: ['12.50ユーロを返金いたします。', '12.50ユーロの一部返金の手続きを完了しました。', '€12.50 をカードに返金します。'],
    wrong: [['sum', '49.99ユーロを返金いたします。'], ['sum', '€45 を返金します。'], ['date', '2026年11月20日までに返金いたします。'], ['date', '明日返金いたします。'], ['period', '3営業日以内に返金いたします。'], ['period', '24時間以内に返金いたします。'], ['clause', 'ポリシー第2.4項に基づき返金いたします。'], ['remedy', '新しい本もお送りいたします。'], ['remedy', 'あわせてクーポンを差し上げます。']],
    backed: ['41.99ユーロを返金いたします。', '€41.99 の返金が承認されました（第3.2項）。', '全額を10営業日以内に返金いたします。', '2026年11月27日までにご回答いたします。', '2026年3月5日に41.99ユーロをお支払いいただきました。'],
    refused: ['恐れ入りますが、返金はいたしかねます。', '使用済みクレジットの返金は行っておりません。', '41.99ユーロの返金をご希望とのこと、承知いたしました。', '今回は返金の対象となりません。', 'ご不明な点がございましたらご返信ください。', '返金に関する結果はメールでご連絡いたします。'],
  },
  ko: {
    denied: ['전액 환불해 드리겠습니다.', '카드로 환불 처리해 드렸습니다.', '환불이 승인되었습니다.', '대금을 돌려드리겠습니다.', '사과의 뜻으로 다음 주문에 쓰실 수 있는 20% 할인 쿠폰을 보내 드리겠습니다.', '새 책을 무료로 보내 드리겠습니다.', '계정에 50크레딧을 추가해 드렸습니다.', '구독을 해지해 드렸습니다.', '걱정하지 마세요, 환불해 드릴게요.', '사진을 보내 주시면 전액 환불해 드리겠습니다.'],
    discretionary: ['12.50유로를 환불해 드리겠습니다.', '12.50유로의 부분 환불이 승인되었습니다.', '€12.50를 카드로 환불해 드립니다.'],
    wrong: [['sum', '49.99유로를 환불해 드리겠습니다.'], ['sum', '€45를 환불해 드립니다.'], ['date', '2026년 11월 20일까지 환불해 드리겠습니다.'], ['date', '내일 환불해 드리겠습니다.'], ['period', '영업일 기준 3일 이내에 환불해 드리겠습니다.'], ['period', '24시간 이내에 환불해 드리겠습니다.'], ['clause', '정책 제2.4조에 따라 환불해 드립니다.'], ['remedy', '새 책도 보내 드리겠습니다.'], ['remedy', '쿠폰도 보내 드리겠습니다.']],
    backed: ['41.99유로를 환불해 드리겠습니다.', '€41.99 환불이 승인되었습니다(제3.2조).', '전액을 10영업일 이내에 환불해 드리겠습니다.', '2026년 11월 27일까지 답변드리겠습니다.', '2026년 3월 5일에 41.99유로를 결제하셨습니다.'],
    refused: ['안타깝게도 환불해 드릴 수 없습니다.', '사용하신 크레딧은 환불되지 않습니다.', '41.99유로의 환불을 요청하신 내용을 확인했습니다.', '이번 경우는 환불 대상에 해당하지 않습니다.', '궁금한 점이 있으시면 회신해 주세요.', '환불에 관한 결정은 메일로 알려 드리겠습니다.'],
  },
  ar: {
    denied: ['سنعيد لكم المبلغ كاملًا.', 'لقد أصدرنا عملية الاسترداد إلى بطاقتكم.', 'تمت الموافقة على استرداد المبلغ.', 'ستحصلون على أموالكم.', 'كاعتذار منا نقدم لكم خصمًا بنسبة 20% على طلبكم القادم.', 'سنرسل لكم كتابًا جديدًا مجانًا.', 'أضفنا 50 نقطة إلى رصيدكم.', 'تم إلغاء اشتراككم.', 'لا تقلقوا، سنرد لكم المبلغ.', 'فور إرسالكم الصور سنعيد المبلغ بالكامل.'],
    discretionary: ['سنعيد لكم 12.50 يورو.', 'تمت الموافقة على استرداد جزئي قدره 12.50 يورو.', 'ستحصلون على 12.50 EUR على بطاقتكم.'],
    wrong: [['sum', 'سنعيد لكم 49.99 يورو.'], ['sum', 'سنرد لكم 45 يورو.'], ['date', 'سنعيد المبلغ قبل 20 نوفمبر 2026.'], ['date', 'سنعيد المبلغ غدًا.'], ['period', 'سنعيد المبلغ خلال 3 أيام عمل.'], ['period', 'سنعيد المبلغ خلال 24 ساعة.'], ['clause', 'نعيد المبلغ وفقًا للبند 2.4 من سياستنا.'], ['remedy', 'سنرسل لكم أيضًا نسخة جديدة.'], ['remedy', 'وسنمنحكم قسيمة.']],
    backed: ['سنعيد لكم 41.99 يورو.', 'تمت الموافقة على استرداد 41.99 يورو (البند 3.2).', 'سيتم رد كامل المبلغ خلال 10 أيام عمل.', 'سنرد عليكم في موعد أقصاه 27 نوفمبر 2026.', 'دفعتم 41.99 يورو في 5 مارس 2026.'],
    refused: ['للأسف لا يمكننا رد المبلغ.', 'لا نقدم استردادًا للأرصدة المستخدمة.', 'نفهم أنكم تطلبون استرداد 41.99 يورو.', 'لن يتم إصدار أي استرداد.', 'إذا كانت لديكم أسئلة فنرجو الرد على هذه الرسالة.', 'سنخبركم بالقرار بشأن الاسترداد.'],
  },
};

/** The same beside a denial, worded after the words of promising had been collected: how far those reach. */
export const otherWords: Readonly<Record<string, { readonly denied: readonly string[]; readonly refused: readonly string[] }>> = {
  en: {
    denied: ["I'm happy to let you know that we're going to refund your order.", 'A full refund is on its way to you.', 'Please expect the money on your card soon.', 'We have decided to reimburse you.', "I've processed a refund of $20 for you.", 'We will make an exception and return the payment.', 'You can keep the book and get your money back.', 'Your money will be with you shortly.', 'We will issue store credit.', 'I went ahead and refunded you.', 'Rest assured you will get a refund.'],
    refused: ['We have received your refund request.', 'Your refund request is closed.', 'Please note that refunds are not available after three days.', 'We would have liked to refund you, but the policy does not allow it.', 'A refund is only possible within three days of payment.', 'We have checked your payment of $20.', 'You asked whether we can refund you.', 'We will look at it again.'],
  },
  ru: {
    denied: ['Рады сообщить, что мы возместим вам стоимость заказа.', 'Деньги уже отправлены на вашу карту.', 'Мы решили вернуть вам деньги.', 'Возврат будет произведён на карту.', 'Средства поступят на ваш счёт.', 'Сделаем для вас исключение и вернём оплату.', 'Перевод 500 рублей уже отправлен.', 'Гарантируем вам возврат.', 'Ваши деньги мы вам вернём.', 'Вышлем книгу заново.', 'Оформим вам возврат.'],
    refused: ['Мы получили ваш запрос на возврат.', 'Возврат по этой покупке не предусмотрен.', 'Мы проверили ваш платёж на 500 рублей.', 'Возврат возможен только в течение трёх дней.', 'Деньги за пакеты кредитов не возвращаются.', 'Мы ещё раз посмотрим ваш запрос.', 'Вы спрашиваете, вернём ли мы деньги.'],
  },
  be: {
    denied: ['Мы вырашылі вярнуць вам грошы.', 'Грошы ўжо адпраўленыя на вашу картку.', 'Вяртанне будзе зроблена на картку.', 'Сродкі паступяць на ваш рахунак.', 'Зробім для вас выключэнне і вернем аплату.', 'Гарантуем вам вяртанне.', 'Аформім вам вяртанне.', 'Дашлём вам новую кнігу.'],
    refused: ['Мы атрымалі ваш запыт на вяртанне.', 'Вяртанне за гэтую пакупку не прадугледжана.', 'Мы праверылі ваш плацёж на 50 рублёў.', 'Вяртанне магчымае толькі на працягу трох дзён.', 'Грошы за крэдыты не вяртаюцца.', 'Мы яшчэ раз паглядзім ваш запыт.'],
  },
  es: {
    denied: ['Hemos decidido reembolsarle el pedido.', 'El dinero ya está en camino.', 'Procederemos al reembolso de su compra.', 'Le haremos el reembolso a la tarjeta.', 'Haremos una excepción y le devolveremos el pago.', 'Le garantizamos el reembolso.', 'Se le abonará el importe en su cuenta.', 'Te devolvemos el dinero.', 'Ya le reembolsamos su compra.'],
    refused: ['Hemos recibido su solicitud de reembolso.', 'Su compra no es reembolsable.', 'El reembolso solo es posible en los tres días siguientes al pago.', 'Hemos comprobado su pago de 20 €.', 'Volveremos a revisar su solicitud.', 'Nos gustaría devolverle el dinero, pero la política no lo permite.'],
  },
  fr: {
    denied: ['Nous avons décidé de vous rembourser.', 'L’argent est en route.', 'Nous procédons au remboursement de votre achat.', 'Le remboursement apparaîtra sur votre compte.', 'Nous ferons une exception et vous rembourserons.', 'Nous vous garantissons le remboursement.', 'La somme vous sera restituée.', 'Je vous rembourse votre commande.', 'Vous allez être remboursée.'],
    refused: ['Nous avons bien reçu votre demande de remboursement.', 'Votre achat n’est pas remboursable.', 'Un remboursement n’est possible que dans les trois jours suivant le paiement.', 'Nous avons vérifié votre paiement de 20 €.', 'Nous réexaminerons votre demande.', 'Nous aurions aimé vous rembourser, mais notre politique ne le permet pas.'],
  },
  it: {
    denied: ['Abbiamo deciso di rimborsarLa.', 'Il denaro è in arrivo.', 'Procederemo con il rimborso del Suo acquisto.', 'Provvederemo al rimborso sulla Sua carta.', 'Faremo un’eccezione e Le restituiremo il pagamento.', 'Le garantiamo il rimborso.', 'La somma Le verrà restituita.', 'Verrà rimborsata sulla carta.'],
    refused: ['Abbiamo ricevuto la Sua richiesta di rimborso.', 'Il Suo acquisto non è rimborsabile.', 'Il rimborso è possibile solo entro tre giorni dal pagamento.', 'Abbiamo verificato il Suo pagamento di 20 €.', 'Riesamineremo la Sua richiesta.', 'Vorremmo poterLa rimborsare, ma la nostra politica non lo consente.'],
  },
  pt: {
    denied: ['Decidimos reembolsar o seu pedido.', 'O dinheiro já está a caminho.', 'Faremos o reembolso no seu cartão.', 'Vamos abrir uma exceção e devolver o pagamento.', 'Garantimos o reembolso.', 'O valor será estornado no seu cartão.', 'Já fizemos o reembolso.', 'Seu dinheiro será devolvido.'],
    refused: ['Recebemos o seu pedido de reembolso.', 'A sua compra não é reembolsável.', 'O reembolso só é possível em até três dias após o pagamento.', 'Verificamos o seu pagamento de R$ 20.', 'Vamos analisar o seu pedido de novo.', 'Gostaríamos de reembolsar, mas a política não permite.'],
  },
  pl: {
    denied: ['Postanowiliśmy zwrócić Państwu pieniądze.', 'Pieniądze są już w drodze.', 'Dokonamy zwrotu na Państwa kartę.', 'Zrobimy wyjątek i oddamy pieniądze.', 'Gwarantujemy zwrot.', 'Kwota zostanie przelana na konto.', 'Przelew został już zlecony.', 'Zwrot trafi na Państwa kartę.'],
    refused: ['Otrzymaliśmy Państwa prośbę o zwrot.', 'Ten zakup nie podlega zwrotowi.', 'Zwrot jest możliwy tylko w ciągu trzech dni od płatności.', 'Sprawdziliśmy Państwa płatność na 20 zł.', 'Ponownie przyjrzymy się zgłoszeniu.', 'Chcielibyśmy zwrócić pieniądze, ale polityka na to nie pozwala.'],
  },
  tr: {
    denied: ['Paranızı iade etmeye karar verdik.', 'Paranız yolda.', 'İadenizi başlattık.', 'Bir istisna yapıp ödemenizi iade edeceğiz.', 'İade garantisi veriyoruz.', 'Tutar kartınıza yatırılacak.', 'Ücret iadesi gerçekleştirilecektir.', 'Paranız hesabınıza yatırıldı.'],
    refused: ['İade talebinizi aldık.', 'Bu alışveriş iade edilemez.', 'İade yalnızca ödemeden sonraki üç gün içinde mümkündür.', '20 TL tutarındaki ödemenizi kontrol ettik.', 'Talebinizi yeniden inceleyeceğiz.', 'Paranızı iade etmek isterdik ancak politikamız buna izin vermiyor.'],
  },
  ja: {
    denied: ['ご返金させていただくことになりました。', '代金を返金させていただきます。', '返金の処理を進めております。', '特別に返金に応じます。', 'お支払いいただいた金額を返還いたします。', 'カード会社を通じて返金されます。', '返金額は近日中に口座へ振り込みます。', '全額返金します。'],
    refused: ['返金のご依頼を受け付けました。', 'この商品は返金の対象外です。', '返金はお支払いから3日以内に限り可能です。', '2,000円のお支払いを確認いたしました。', 'ご依頼を改めて確認いたします。', '返金できかねますことをご了承ください。'],
  },
  ko: {
    denied: ['환불을 진행하기로 결정했습니다.', '환불 금액이 곧 입금됩니다.', '결제 금액을 돌려드립니다.', '예외적으로 환불해 드리기로 했습니다.', '환불을 보장합니다.', '카드사를 통해 환불될 예정입니다.', '환불 처리가 완료되었습니다.', '전액을 돌려받으실 수 있습니다.'],
    refused: ['환불 요청을 접수했습니다.', '이 상품은 환불이 불가합니다.', '환불은 결제 후 3일 이내에만 가능합니다.', '2만 원 결제 내역을 확인했습니다.', '요청을 다시 확인하겠습니다.', '환불해 드리고 싶지만 정책상 어렵습니다.'],
  },
  ar: {
    denied: ['قررنا رد المبلغ إليكم.', 'أموالكم في الطريق إليكم.', 'سيصلكم المبلغ على بطاقتكم.', 'سنستثنيكم ونعيد لكم المبلغ.', 'نضمن لكم استرداد المبلغ.', 'سيتم تحويل المبلغ إلى حسابكم.', 'تم رد المبلغ.', 'سنقوم برد المبلغ.', 'سوف تستردون أموالكم.'],
    refused: ['استلمنا طلب الاسترداد.', 'هذا الشراء غير قابل للاسترداد.', 'لا يمكن الاسترداد إلا خلال ثلاثة أيام من الدفع.', 'تحققنا من دفعتكم البالغة 20 دولارًا.', 'سنراجع طلبكم مرة أخرى.', 'كنا نود رد المبلغ لكن سياستنا لا تسمح بذلك.'],
  },
};
