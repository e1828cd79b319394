import { describe, expect, it } from 'vitest';
import { findWithdrawals } from '../../../src/facts/requests/withdrawals.ts';
import { read } from '../some-mail.ts';

describe('a request that is taken back', () => {
  it.each([
    ['en', 'Never mind, it works now.'], ['en', 'Please disregard my previous email.'], ['en', 'The problem has been solved, thank you!'], ['en', 'I would like to withdraw my request.'], ['en', 'I no longer need a refund.'],
    ['ru', 'Всё заработало, спасибо.'], ['ru', 'Вопрос решён, заявку можно закрыть.'], ['ru', 'Возврат уже не нужен.'], ['ru', 'Отзываю своё обращение.'],
    ['be', 'Пытанне вырашана, дзякуй.'], ['be', 'Мой запыт больш не актуальны.'], ['be', 'Усё ўжо працуе.'], ['uk', 'Питання вирішено, дякую.'],
    ['fr', 'Ça remarche, merci.'], ['fr', 'Le problème est résolu.'], ['fr', 'Je retire ma demande.'], ['fr', 'Veuillez ignorer mon message.'],
    ['fr', 'Finalement, oubliez mon message : je retire ma demande de remboursement.'], ['fr', 'Fausse alerte, inutile de me rembourser.'], ['fr', 'Vous pouvez classer mon dossier.'], ['es', 'Falsa alarma, no hace falta que me devuelvan nada.'], ['es', 'Me retracto de la solicitud de reembolso.'], ['es', 'Olvídense del reembolso, ya pueden cerrar el caso.'],
    ['es', 'El dinero ya está en mi cuenta, gracias.'], ['pt', 'O dinheiro já cá está! Se um dia precisar de mais, sei onde é.'], ['fr', 'L\'argent est bien arrivé, merci.'], ['it', 'I soldi sono arrivati.'],
    ['es', 'Ya funciona, gracias.'], ['es', 'El problema ya está solucionado.'], ['es', 'Por favor, ignoren mi mensaje.'], ['es', 'Ya no quiero el reembolso.'],
    ['it', 'Ora funziona, grazie.'], ['it', 'Ho risolto da solo.'], ['it', 'Ignorate pure la mia richiesta.'], ['pt', 'Já está a funcionar, obrigado.'], ['pt', 'Podem ignorar o meu pedido.'], ['pt', 'O problema foi resolvido.'],
    ['pl', 'Sprawa nieaktualna.'], ['pl', 'Już działa, dziękuję.'], ['pl', 'Wycofuję moją prośbę.'], ['tr', 'Sorun çözüldü, teşekkürler.'], ['tr', 'Talebimi geri çekiyorum.'], ['tr', 'Artık çalışıyor.'],
    ['ja', '解決しました。ありがとうございます。'], ['ja', '先ほどのメールは無視してください。'], ['ja', '返金は不要になりました。'], ['ko', '해결됐습니다. 감사합니다.'], ['ko', '환불 요청 취소해 주세요.'], ['ko', '안 온 줄 알았는데 스팸함에 있었네요. 환불 요청은 없던 걸로 해 주세요.'], ['ja', '届いていないと思っていましたが、ありました。返金の依頼は取り下げます。'], ['ar', 'تم حل المشكلة، شكرا.'], ['ar', 'تجاهلوا رسالتي السابقة.'], ['de', 'Hat sich erledigt, danke.'], ['de', 'Es funktioniert jetzt wieder.'],
    ['pl', 'Proszę nie brać pod uwagę mojego wczorajszego maila.'], ['pl', 'Żadnego zwrotu już nie potrzebuję.'], ['ru', 'Прошу не принимать во внимание моё письмо.'], ['be', 'Вяртання мне больш не трэба.'], ['en', 'Please do not take my email of yesterday into account.'], ['tr', 'Artık iadeye ihtiyacım yok.'], ['ar', 'لم أعد أحتاج أي استرداد.'],
    ['es', 'Al final no hace falta que tramitéis nada.'], ['es', 'El busto quedó bien, así que retiro lo que os pedí.'], ['fr', 'Je n’ai plus besoin d’être remboursé.'], ['it', 'Non serve più che facciate nulla, ritiro quanto chiesto ieri.'], ['pt', 'Já não é preciso fazerem nada, retiro o que pedi.'], ['en', 'I take back what I asked for.'],
    ['en', 'Do nothing, please: the files were in my spam folder.'], ['es', 'No hagan nada, estaban en la carpeta de spam.'], ['it', 'Non fate nulla, i file erano nello spam.'], ['pt', 'Não façam nada, estavam no spam.'], ['fr', 'Ne faites rien, tout était dans les spams.'],
    ['ru', 'Ничего не делайте, файлы нашлись.'], ['be', 'Нічога не рабіце, файлы знайшліся.'], ['pl', 'Proszę nic nie robić, pliki były w spamie.'], ['tr', 'Bir şey yapmanıza gerek kalmadı.'], ['ja', '何もしなくて結構です。'], ['ko', '아무것도 안 하셔도 됩니다.'], ['ar', 'لا تفعلوا شيئا من فضلكم.'],
    ['ja', 'キャンセルのお願いですが、なかったことにしてください。'], ['ko', '취소 요청을 드렸는데요, 없던 일로 해 주세요.'],
    ['ru', 'Возврат, о котором я просила, не нужен.'], ['pl', 'Zwrot, o który prosiłam, nie jest już potrzebny.'], ['ru', 'Отбой, посылка нашлась у соседки.'], ['ru', 'Ничего возвращать уже не надо.'], ['be', 'Нічога вяртаць не трэба.'], ['be', 'Забудзьце, калі ласка, усё знайшлося.'], ['be', 'Калі ласка, нічога рабіць ужо не трэба.'], ['ru', 'Возврат не нужен, хочу сказать вам спасибо.'], ['es', 'Ya no quiero el reembolso, quiero darles las gracias.'], ['pl', 'Zwrot nie jest potrzebny, chciałabym podziękować.'], ['pl', 'Fałszywy alarm, nic nie musicie zwracać.'],
    ['en', 'Please pretend I never wrote yesterday, I was using the old key.'], ['ru', 'Считайте, что я вам не писал: ключ был старый.'], ['be', 'Лічыце, што я вам не пісала: ключ быў стары.'], ['es', 'Haced como si no hubiera escrito lo del reembolso.'], ['fr', 'Faites comme si je n\'avais rien écrit.'], ['it', 'Fate come se non avessi scritto per il rimborso.'], ['pt', 'Façam de conta que não escrevi sobre o reembolso.'], ['pl', 'Proszę uznać, że nie pisałam o zwrocie.'], ['tr', 'Onu hiç yazmamışım sayın, bakiye kalsın.'], ['tr', 'Dünkü iade talebim geçersiz, hallettim.'], ['ar', 'اعتبروا أني ما كتبت لكم أمس.'], ['ar', 'لا تتعبوا حالكم، طلع الغلط مني.'],
  ])('is known in %s: %s', (language, text) => {
    expect(findWithdrawals(text, language)).not.toEqual([]);
  });

  it.each([
    ['en', 'It works now, but I still want my money back.'], ['en', 'The problem has not been solved.'], ['en', 'If it works now, tell me.'], ['en', 'Is the problem solved?'], ['en', 'It never works.'], ['en', 'I do not need the subscription any more, please refund it.'], ['en', 'The order arrived damaged.'],
    ['ru', 'Проблема не решена.'], ['ru', 'Всё работает, но деньги верните.'], ['ru', 'Подписка больше не нужна, верните деньги.'], ['be', 'Праблема не вырашана.'], ['be', 'Забудзьце, калі кніга знойдзецца.'], ['en', 'I no longer need a refund, I just need it to work.'], ['ru', 'Возврат не нужен, нужна работающая кнопка.'], ['ru', 'Деньги не нужны, просто почините.'], ['be', 'Грошы вяртаць не трэба, патрэбны працоўны генератар.'], ['pl', 'Zwrot nie jest potrzebny, potrzebuję działającego narzędzia.'], ['fr', 'Je n’ai plus besoin de remboursement, il me faut un outil qui marche.'], ['es', 'Ya no quiero el reembolso, quiero que funcione.'], ['it', 'Non voglio più il rimborso, voglio che funzioni.'], ['fr', 'Le problème n’est pas résolu.'], ['fr', 'Je n’ai plus besoin de l’abonnement.'],
    ['es', 'No hace falta que me devuelvan todo, con la mitad me conformo.'], ['fr', 'N’oubliez pas ma demande de remboursement.'], ['fr', 'Pas besoin de me répondre, mais rendez-moi mon argent.'], ['es', 'El dinero no ha llegado.'], ['pt', 'O dinheiro chegou, mas falta metade.'], ['fr', 'L\'argent n\'est pas arrivé.'], ['it', 'I soldi non sono arrivati.'],
    ['it', 'Non occorre che restituiate quelle già prese, ma interrompetela.'], ['fr', 'Pas besoin de faire une photo, tout se voit.'],
    ['en', 'I have written three times and you do nothing.'], ['it', 'Vi scrivo da un mese e non fate niente.'], ['fr', 'Vous ne faites rien.'], ['es', 'Es indignante que no hagan nada.'], ['ru', 'Ничего не делайте с моими фото.'], ['pl', 'Nic nie robicie od miesiąca.'], ['ja', '何もしてくれません。'],
    ['es', 'El problema no se ha solucionado.'], ['es', 'Ya no necesito la suscripción.'], ['it', 'Il problema non è risolto.'], ['it', 'Non funziona.'], ['pt', 'O problema não foi resolvido.'], ['pl', 'Nadal nie działa.'], ['pl', 'Problem nie został rozwiązany.'], ['tr', 'Sorun çözülmedi.'], ['tr', 'Hâlâ çalışmıyor.'],
    ['pl', 'Proszę nie brać pod uwagę 20 kredytów gratis.'], ['ru', 'Прошу не брать в расчёт бесплатные кредиты.'], ['ja', '返金の依頼は取り消しますが、修正はお願いします。'],
    ['ja', 'まだ解決していません。'], ['ja', '正常に動きません。'], ['ja', '解決しましたが、減った分は返してください。'], ['ko', '해결됐는데 그래도 환불은 해 주세요.'], ['ko', '아직 해결되지 않았습니다.'], ['ko', '안 됩니다.'], ['ar', 'لم يتم حل المشكلة.'], ['de', 'Das Problem ist noch nicht behoben.'],
    ['ru', 'Считайте, что я не писал про возврат, но деньги за март верните.'], ['en', 'You act as if I never wrote to you. Refund my 20 dollars.'], ['en', 'Pretend I never asked for a refund, but send me the 20 dollars.'], ['tr', 'Sanki hiç yazmamışım gibi davranıyorsunuz, paramı iade edin.'],
  ])('is not found in %s: %s', (language, text) => {
    expect(findWithdrawals(text, language)).toEqual([]);
  });

  it('is not looked for in a long mail, nor in a language without words', () => {
    expect(findWithdrawals(`It works now. ${'And another thing happened. '.repeat(20)}`, 'en')).toEqual([]);
    expect(findWithdrawals('Het werkt nu.', 'nl')).toEqual([]);
  });

  it('takes back what was asked for in an earlier letter', () => {
    expect(read('Yesterday I wrote that I wanted my money back for SB-23102. Please ignore my message, the neighbour had the book.', 'storybookly')).toMatchObject({ topic: 'other', withdrawn: true });
    expect(read('Вчера я писала, чтобы вы вернули деньги за книгу. Отбой, посылка нашлась.', 'storybookly')).toMatchObject({ topic: 'other', withdrawn: true });
    expect(read('Finalement, oubliez mon message d’hier : je retire ma demande de remboursement. Je garde l’abonnement, inutile de faire quoi que ce soit.')).toMatchObject({ topic: 'other', withdrawn: true });
    expect(read('Lasciate perdere la mail di ieri sul rimborso, il modello è venuto benissimo.')).toMatchObject({ topic: 'other', withdrawn: true });
    expect(read('Please don\'t forget the refund of $29 that I asked for.').withdrawn).toBeUndefined();
    expect(read('Ya funciona. Olviden mi correo de ayer en el que pedía la devolución.')).toMatchObject({ topic: 'other', withdrawn: true });
    expect(read('Moją prośbę o anulowanie proszę uznać za niebyłą, renowację róbcie dalej. Zwrot nie jest potrzebny.', 'winno')).toMatchObject({ topic: 'other', withdrawn: true });
    expect(read('Oubliez mon mail où je demandais un autre exemplaire, remboursez-moi plutôt.', 'storybookly').topic).toBe('refund');
    expect(read('Please ignore my message of yesterday. I wrote it in anger. Refund me the book instead.', 'storybookly').topic).toBe('refund');
  });
});
