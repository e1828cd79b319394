import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

describe('what is said not to be so', () => {
  it.each([
    ['storybookly', 'chargeback', 'Bankayla konuştum ama itiraz falan etmedim, kitap yırtık, 20 avromu iade edin.', false], ['storybookly', 'chargeback', 'Bankaya itiraz edeceğim, kitap yırtık, 20 avromu iade edin.', true],
    ...['Reklamacja: podwójne obciążenie karty. Proszę o zwrot jednej płatności.', 'Réclamation : double prélèvement sur ma carte. Merci de me rembourser.', 'Reclamación: doble cargo en mi tarjeta Visa. Pido la devolución.', 'Reclamo per doppio addebito sulla mia carta. Chiedo il rimborso.', 'Reclamação: cobrança em dobro no cartão. Peço o reembolso.', 'Devolvam o pagamento para o meu cartão do banco.'].map((text) => ['imgto3d', 'chargeback', text, false] as const),
    ...['Złożę reklamację w banku, jeśli nie zwrócicie pieniędzy.', 'Je fais une réclamation auprès de ma banque si vous ne me remboursez pas.', 'Pongo una reclamación: reclamaré al banco si no me devuelven el dinero.', 'Devolvam o meu dinheiro; se não, peço ao banco que reverta o pagamento.', 'Rendez-moi mon argent, sinon je demande à ma banque d’annuler le paiement.', 'Ridatemi i soldi, altrimenti chiedo alla banca di annullare l’addebito.', 'Верните деньги, иначе попрошу банк отменить платёж.', 'Вярніце грошы, інакш папрашу банк адмяніць плацеж.'].map((text) => ['imgto3d', 'chargeback', text, true] as const),
    ['ai3dgen', 'child_data', 'ابني عمره 9 سنين فتح حساب عندكم بدون علمي وحط صوره', true],
  ] as const)('raises no flag at %s, %s: %s', (merchantName, flag, text, isRaised) => {
    expect(read(text, merchantName).flags.includes(flag)).toBe(isRaised);
  });
});

describe('what has become of an order', () => {
  it.each([
    ['winno', 'printed', 'Заказ WN22781, друк на палатне. Калі ласка, папраўце подпіс на 75. Ці надрукавалі ўжо, я не ведаю.', undefined],
    ['winno', 'printed', 'Order WN22781, a canvas. Please change the caption to 75. Has it been printed already? I have no idea.', undefined],
    ['winno', 'printed', 'ポスター(WN-22781)について、もし印刷前でございましたら文字を「75」へ変更していただけますか。', undefined], ['winno', 'printed', 'ポスター(WN-22781)について、印刷前でしたら文字を「75」へ変更してください。', undefined], ['winno', 'printed', 'ポスター(WN-22781)はまだ印刷前だと伺いました。文字を「75」へ変更してください。', false],
    ['winno', 'work_started', 'Ayer la ilustradora me dijo que ya tenía el boceto del retrato WN-22781 y que hoy empezaba con el color. Anuladlo, por favor.', true], ['winno', 'work_started', 'Si todavía no tenéis el boceto del retrato WN-22781, anuladlo, por favor.', undefined],
    ['winno', 'work_started', 'Annulez le portrait WN-22781, s’il vous plaît. L’illustratrice a déjà une esquisse.', true], ['winno', 'work_started', 'Lunedì ho ordinato un ritratto digitale, WN-22781. L’illustratrice ha già lo schizzo. Annullate l’ordine, per favore.', true], ['winno', 'work_started', 'Anulem o retrato WN-22781, por favor. A ilustradora já tinha o esboço.', true],
    ['winno', 'printed', '주문 WN22781 캔버스 글씨를 75로 고쳐 주세요. 이미 인쇄됐는지는 모르겠습니다.', undefined],
    ['winno', 'printed', 'Отмените заказ на холст W-4102. Не знаю, кто это видел, но на сайте написано: уже напечатано.', true],
    ['winno', 'printed', '인쇄가 시작되었다는 메일을 받았어요. 액자 프린트 주문 WN-60314 취소하고 싶어요.', true],
    ['winno', 'printed', '「印刷を開始しました」というメールが昨夜届きました。キャンバスの注文W-4102をキャンセルしたいです。', true],
    ['winno', 'printed', 'Dostałem maila, że druk się rozpoczął. Proszę anulować zamówienie na płótno W-4102.', true],
    ['winno', 'printed', 'Baskının başladığına dair mail geldi. Tuval siparişimi W-4102 iptal edin.', true],
    ['winno', 'paid_at', '어젯밤에 인쇄 알림 메일을 받았어요. 액자 프린트 주문 WN-60314 취소하고 싶어요.', undefined],
    ['winno', 'work_started', 'Proszę anulować portret W-4102. Czy grafik już zaczął, nie mam pojęcia.', undefined],
    ['winno', 'work_started', 'W-4102のキャンセルをお願いします。作業が始まっているかどうかは分かりません。', undefined],
    ['winno', 'work_started', 'W-4102をキャンセルしたいです。まだ写真もお送りしていないので、作業には入られていないと存じます。', false],
    ['winno', 'work_started', 'W-4102をキャンセルしたいです。もう作業に入られているかもしれません。', undefined],
    ['winno', 'work_started', '주문 W-4102 취소하고 싶습니다. 작업은 다음 주부터 시작한다고 들었습니다.', false],
    ['winno', 'work_started', '주문 W-4102 취소하고 싶습니다. 아직 작업에 들어가지 않으셨을 것으로 압니다.', false],
    ['winno', 'work_started', '注文のキャンセルをお願いします。AIポートレートです。マイページではまだ「作業開始前」となっています。', false],
    ['winno', 'work_started', 'Отмените заказ портрета W-4102. В кабинете написано «ожидает начала работы».', false],
    ['winno', 'work_started', 'Cancelen el retrato, por favor. El ilustrador ya me mandó un boceto.', true],
    ['winno', 'work_started', 'Annulez ma commande de portrait, s\'il vous plaît. Personne n\'a encore commencé le travail.', false],
    ['winno', 'work_started', 'Vorrei annullare il ritratto, so che il lavoro è già iniziato.', true],
    ['winno', 'work_started', 'Quero cancelar o retrato. Ainda ninguém começou o trabalho.', false],
    ['winno', 'work_started', 'عايز ألغي الأوردر W-3590 ولسه مبدأتوش فيه', false],
    ['winno', 'work_started', 'حاب ألغي طلب ترميم الصورة، الشغل عليها ما بدأ للحين.', false],
    ['winno', 'work_started', 'بدي الغي الطلب W-3590 وبعرف انكن بلشتو فيه', true],
    ['winno', 'work_started', 'أريد إلغاء الطلب W-3590، لا أعرف إن كنتم قد بدأتم.', undefined],
    ['winno', 'work_started', 'If it is possible, cancel order W-3590, work has not started.', false],
    ['winno', 'work_started', 'If work has not started, cancel order W-3590.', undefined],
    ['winno', 'work_started', 'Si es posible, cancelen el pedido W-3590, aún no han empezado el trabajo.', false],
    ['winno', 'work_started', 'Si no han empezado el trabajo, cancelen el pedido W-3590.', undefined],
    ['winno', 'work_started', 'Если можно, отмените заказ W-3590, работу ещё не начали.', false],
    ['winno', 'work_started', 'ألغوا الطلب W-3590 لو سمحتم، لسه ما بديتوا فيه', false],
    ['winno', 'work_started', 'ألغوا الطلب W-3590، قال لي موظفكم إن الشغل عليه ما بدأ للحين', false],
    ['winno', 'work_started', 'ألغوا الطلب W-3590 إن لم يبدأ العمل عليه', undefined],
    ['winno', 'work_started', 'W-3590 siparişimi iptal edin, işe başladığınızı yazmıştınız.', true],
    ['winno', 'work_started', 'W-3590 siparişimi iptal edin, çalışma başlamadıysa tam iade olsun.', undefined],
    ['winno', 'approved', 'Di el visto bueno a los archivos, pero no se parece a mi madre. Devuélvanme el dinero.', true],
    ['winno', 'approved', 'J\'ai validé le portrait final, mais ce n\'est pas lui du tout. Remboursez-moi.', true],
    ['winno', 'approved', 'Портрет W-4388: в тот же день нажал «Approve», а на мониторе видно брак. Верните деньги.', true], ['winno', 'approved', 'Партрэт W-4388: націснуў «Approve» не гледзячы, якасць дрэнная. Вярніце грошы.', true],
    ['winno', 'approved', 'Portret W-4388: nacisnąłem „Approve” na telefonie. Oddajcie pieniądze, jakość jest zła.', true], ['winno', 'approved', '肖像画W-4388、スマホで「Approve」を押しました。品質が悪いので返金してください。', true],
    ['winno', 'approved', 'Портрет W-4388: я ещё не нажал «Approve». Верните деньги, качество плохое.', undefined], ['winno', 'approved', '「Approve」はまだ押していません。W-4388は似ていないので返金してください。', undefined],
    ['winno', 'approved', 'Non ho mai approvato la bozza e non mi somiglia per niente. Rivoglio i soldi.', undefined],
    ['winno', 'approved', 'Aprovei os arquivos finais na pressa, mas o rosto está errado. Quero meu dinheiro de volta.', true],
    ['winno', 'approved', 'These headshots are unusable. Nobody here has signed off on them. Refund please.', undefined],
    ['winno', 'approved', 'We signed off on the headshots in January, but now they look terrible. Refund please.', true],
    ['winno', 'approved', 'Nessuno di noi ha approvato questi ritratti, sono inguardabili. Rivoglio i soldi.', undefined],
    ['winno', 'printed', 'Framed print WN32218: can you correct the caption before it goes to print?', false],
    ['winno', 'printed', "Can you correct the caption of print WN32218 before it goes to print? I've no idea where it is in the queue.", undefined],
    ['winno', 'work_started', "Please cancel portrait W-1111. I don't know if you've started on it.", undefined],
    ['winno', 'work_started', 'Please cancel portrait W-1111. Not sure how far along you are, the page still says queued.', false],
    ['winno', 'work_started', "I've just seen the proof of the print WN32218, can you correct the name on it?", undefined],
    ['stone-ai', 'promo_funds', 'I put $20 on my balance through Telegram, thinking it was the free image bot. Refund it, please.', undefined],
    ['stone-ai', 'promo_funds', 'My balance came from free credits that you gave out in March. Refund it, please.', true],
    ['stone-ai', 'promo_funds', 'Папоўніў баланс на 20 долараў, думаў, гэта бясплатны бот суседа. Вярніце, калі ласка.', undefined],
    ['stone-ai', 'promo_funds', 'На балансе ляжаць бясплатныя 5 долараў ад вас. Вярніце іх на картку, калі ласка.', true],
    ['winno', 'printed', '¿Podéis cambiar el texto del cuadro? Sé que ya está en imprenta.', true],
    ['winno', 'printed', 'Pouvez-vous changer la légende de la toile avant de l\'imprimer ?', false],
    ['winno', 'printed', 'Kanvas baskıda çizgiler var, WN21402. Yenisini gönderir misiniz?', undefined],
    ['winno', 'printed', 'Siparişim baskıda mı bilmiyorum, WN21402 yazısını değiştirir misiniz?', undefined],
    ['winno', 'printed', 'WN21402 sitede baskıda görünüyor ama yazıyı değiştirmek istiyorum.', true],
    ['storybookly', 'partial_bundle', 'Del conjunto de tres libros quiero devolver solo uno, los otros nos los quedamos.', true],
    ['storybookly', 'partial_bundle', 'Del cofanetto vorrei il rimborso di un libro soltanto, gli altri li teniamo.', true],
    ['stone-ai', 'promo_funds', 'Me regalaron 5 dólares de saldo por invitar a un amigo. ¿Me los devuelven en dinero?', true],
    ['stone-ai', 'promo_funds', 'Les 5 dollars de bienvenue offerts sur mon solde, je voudrais les avoir en argent. Remboursez-les-moi.', true],
    ['storybookly', 'promo_funds', 'Kredileri dün aldım, paramı iade edin, bana bonus kredi teklif etmeyin.', undefined],
    ['storybookly', 'promo_funds', 'اشتريت الكريدت امبارح وعايز فلوسي، متبعتوليش كريدت هدية.', undefined],
    ['storybookly', 'promo_funds', 'Ganhei 30 créditos de boas-vindas e queria o reembolso deles.', true],
    ['winno', 'printed', 'Le poster W-4471 est encore en attente d\'impression : pouvez-vous changer la date ?', false], ['winno', 'printed', 'El póster W-4471 sigue pendiente de impresión, anulen el pedido.', false],
    ['winno', 'printed', 'O poster W-4471 ainda está aguardando impressão, podem corrigir a data na legenda?', false], ['winno', 'printed', 'Постер W-4471 ещё ожидает печати, отмените заказ.', false], ['winno', 'printed', 'ポスターW-4471は印刷待ちです。日付を直してもらえますか。', false],
    ['winno', 'printed', 'Annulez la commande W-4471, merci. Pensez à l\'environnement avant d\'imprimer ce message.', undefined], ['winno', 'printed', 'Proszę anulować zamówienie W-4471. Zanim wydrukujesz, pomyśl o środowisku.', undefined],
  ] as const)('with %s, %s in "%s" is %s', (merchantName, fact, text, value) => {
    expect(read(text, merchantName).values[fact]?.value).toBe(value);
  });
});

describe('an order of work', () => {
  it.each(['주문 W-4102 취소하고 싶어요.', '注文W-4102をキャンセルしたいです。', 'Proszę anulować zamówienie W-4102.'])('that is called off asks for no money in so many words: %s', (text) => {
    expect(read(`${text} `, 'winno').topic).toBe('cancellation');
  });
});

describe('a balance', () => {
  it('of which nothing was touched is asked back as it was topped up', () => {
    expect(read('Ricaricati 15 USD il 2 marzo, mai toccati. Rivorrei tutto.', 'stone-ai').values.amount_claimed?.value).toBe('15 USD');
    expect(read('Ricaricati 15 USD il 2 marzo. Rivorrei quello che resta.', 'stone-ai').values.amount_claimed).toBeUndefined();
  });

  it.each([
    ['stone-ai', 'Пополнил 20 долларов 3 марта. Модель нарисовала ерунду, ушло 3,50 $, верните их.', '20 USD', '3.50 USD'],
    ['stone-ai', 'Запрос списали дважды. Пополняла 5 марта на 4 TON. Верните, пожалуйста, второе списание, 1,36 $.', '4 TON', '1.36 USD'],
    ['stone-ai', 'Doładowałem 50 zł 3 marca. Jedno zapytanie pobrało 2 zł dwa razy, proszę o zwrot 2 zł.', '50 PLN', '2 PLN'],
    ['storybookly', 'Кніга каштавала 45 еўра, але па купоне я заплаціла 31,50 еўра. Прыйшла парваная, вярніце грошы.', '31.50 EUR', undefined],
    ['storybookly', 'Книга стоила 45 евро. Пришла рваная, верните деньги.', '45 EUR', undefined],
  ])('that is drawn from a balance, or is a price alone, was not the payment: %s, %s', (merchantName, text, amount, claimed) => {
    const { values } = read(text, merchantName);
    expect([values.amount?.value, values.amount_claimed?.value]).toEqual([amount, claimed]);
  });

  it('that was charged twice for one request was topped up on another day than that', () => {
    const { reason, values } = read('Même requête (12 mars, 14h05) facturée deux fois sur le solde : 0,84 $ + 0,84 $. Remboursez-moi. Dernier rechargement : 25 $ le 9 mars, par carte.', 'stone-ai');
    expect(reason).toBe('duplicate_debit');
    expect(values.paid_at?.value).toBe('2026-03-09');
    expect([values.amount?.value, values.amount_claimed?.value]).toEqual(['25 USD', '0.84 USD']);
  });
});

describe('a reason', () => {
  it('that sounds like a page which does not load is a faulty book where a book is spoken of', () => {
    const { topic, reason } = read('Il libro è bellissimo, ma da pagina 11 si salta alla 14 e poi ricomincia di nuovo dalla 11. Come si può rimediare?', 'storybookly');
    expect([topic, reason]).toEqual(['refund', 'defective_item']);
  });
});

describe('how often', () => {
  it('a charge was made is no number of revisions', () => {
    const { reason, values } = read('Hola: he mirado la tarjeta y me habéis cobrado dos veces la restauración, dos veces 49 euros. Por favor, devolvedme uno de los cargos.', 'winno');
    expect(reason).toBe('duplicate_charge');
    expect(values.revision_count).toBeUndefined();
  });

  it('credits were used is read before a colon too', () => {
    const { values } = read('Rimborsatemi la parte che resta. Su 600 crediti ne ho usati 150: le gambe delle sedie vengono tutte diverse.');
    expect([values.credits_used?.value, values.credits_total?.value]).toEqual([150, 600]);
  });

  it('money went for credits says nothing of their use', () => {
    const { values } = read('Salve, per i 25 crediti del 14 aprile mi sono partiti due volte 6,50 euro. Io ne ho comprati una volta sola.', 'storybookly');
    expect(values.credits_used).toBeUndefined();
  });

  it('a sum is named does not hide the one that is asked back', () => {
    expect(read('10 euros são 10 euros. Comprei o livro por 34,90 € e hoje está a 24,90 €. Devolvam os 10 € de diferença.', 'storybookly').values.amount_claimed?.value).toBe('10 EUR');
  });
});

describe('a request', () => {
  it('whose writer cannot find how to make it is made', () => {
    expect(read('No encuentro cómo cancelar la suscripción, ayúdenme con eso por favor.').topic).toBe('cancellation');
    expect(read('J\'arrive pas à arrêter mon abonnement, le bouton n\'y est plus.').topic).toBe('cancellation');
  });

  it('to exchange goods that came without a fault is no correction of work', () => {
    expect(read('El cuadro impreso llegó el martes sin un rasguño, pero me equivoqué de medida. ¿Puedo devolverlo y pedir uno más pequeño?', 'winno').topic).toBe('refund');
  });

  it('to erase what a child gave is heard in few words', () => {
    const { privacy, flags } = read('A minha afilhada de 9 anos andou a brincar no vosso site e meteu lá a cara dela. Tratem de apagar isso, por favor.', 'ai3dgen');
    expect([privacy, flags]).toEqual(['child', ['child_data', 'privacy_request']]);
  });
});
