import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

/** The mails are of 17 March 2026. */
describe('when goods were ordered and when they came', () => {
  it.each([
    ['Kitap bugün kargodan çıktı, kapağı yırtık.', undefined, '2026-03-17'],
    ['3 Mart\'ta ısmarladığım kitap 14 Mart\'ta elimize geçti, kapağı kopuk.', '2026-03-03', '2026-03-14'],
    ['Kitabı 2 Mart\'ta sipariş geçmiştik, dün kargocu getirdi, sayfalar eksik.', '2026-03-02', '2026-03-16'],
    ['3 Mart\'ta sipariş verirken adresi yanlış yazmışım, kitap eski evime gitti.', '2026-03-03', undefined],
    ['Dün sizi aradım, kitap yırtık, 30 avromu iade edecektiniz.', undefined, undefined],
    ['Kitap hâlâ elimize geçmedi, 3 Mart\'ta sipariş vermiştik.', '2026-03-03', undefined],
  ])('is told in Turkish: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['On 10 December I ordered the book. Today I received your newsletter: the same book for 39 euros! Refund me the difference.', '2025-12-10', undefined],
    ['On 10 December I ordered the book. Today an email arrived: the same book for 39 euros! Refund me the difference.', '2025-12-10', undefined],
    ['We ordered a book about a whale and yesterday we took another one out of the box. Send us our book.', undefined, undefined],
    ['10 снежня я замовіла кнігу. А сёння атрымліваю ад вас рассылку: тое самае за 39 еўра! Вярніце розніцу.', '2025-12-10', undefined],
    ['Заказывали книжку про кита, а вчера достали из коробки не ту. Пришлите нашу книгу.', undefined, undefined],
    ['12月10日に絵本を注文しました。今日メルマガが届いて、同じ本が3900円でした。差額を返金してください。', '2025-12-10', undefined],
    ['동화책을 주문했는데 어제 상자를 열어 보니 다른 책이네요. 저희 책을 보내 주세요.', undefined, undefined],
    ['Учора атрымала кнігу, вокладка парваная. Вярніце грошы.', undefined, '2026-03-16'],
    ['Абяцалі да 1 сакавіка, бо 8-га ў нас быў выпускны. Кнігу прынеслі ўчора! Вярніце грошы.', undefined, '2026-03-16'],
    ['The book was late. On 8 March we had the party. It came on 10 March. Refund please.', undefined, '2026-03-10'],
    ['8 marca mieliśmy komunię, książka przyszła 10 marca. Proszę o zwrot pieniędzy.', undefined, '2026-03-10'],
    ['يوم 8 مارس كان عندنا حفل تخرج والكتاب وصل يوم 10 مارس. أريد استرداد المبلغ.', undefined, '2026-03-10'],
    ['On 8 March we had the book delivered for the party and it is torn. Refund please.', undefined, '2026-03-08'],
    ['8 марта была оплата юбилейного издания, 10 марта книгу привезли рваной. Верните деньги.', '2026-03-08', '2026-03-10'],
  ])('is not told by a letter that came nor by what was unpacked: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['The book did not arrive until 12 March, too late for the birthday. SB-51877. Refund me.', '2026-03-12'],
    ['Le livre n\'est arrivé que le 12 mars, trop tard pour l\'anniversaire. SB-51877. Remboursez-moi.', '2026-03-12'],
    ['Il libro non è arrivato prima del 12 marzo, troppo tardi. SB-51877. Rimborsatemi.', '2026-03-12'],
    ['El libro no llegó hasta el 12 de marzo, demasiado tarde. SB-51877. Devuélvanme el dinero.', '2026-03-12'],
    ['Le livre n\'est pas arrivé, alors que vous disiez le 12 mars. SB-51877. Remboursez-moi.', undefined],
    ['The book was promised by 12 March and did not arrive. SB-51877. Refund me.', undefined],
  ])('is told by what did not come before: %s', (text, fulfilled) => {
    expect(read(text, 'storybookly').values.fulfilled_at?.value).toBe(fulfilled);
  });

  it.each([
    ["SB-40127 was the wrong book. My son's birthday (8 February) is already past, so refund the 37.80 euros I paid.", undefined, undefined],
    ['I paid 40 euros on 3 March, the party was on 8 March, and SB-40127 came on 10 March torn. Refund please.', '2026-03-03', '2026-03-10'],
    ['SB-40127: пришла чужая книга. День рождения сына (8 февраля) уже прошёл, верните 3780 рублей.', undefined, undefined],
    ["SB-40127 : mauvais livre. L'anniversaire de mon fils (le 8 février) est déjà passé, remboursez-moi les 37 euros.", undefined, undefined],
    ['SB-40127 다른 책이 왔어요. 도윤이 생일(2월 8일)이 이미 지났으니 환불해 주세요. 37,800원 냈습니다.', undefined, undefined],
    ['3月8日の結婚式に間に合わせたかったのに、SB-40127の本が破れて届きました。返金してください。', undefined, undefined],
    ['3월 8일 생일 선물로 주문했어요. SB-40127 다른 책이 왔어요. 환불해 주세요.', '2026-03-08', undefined],
    ["I ordered it on 8 March for my son's birthday. SB-40127 was the wrong book. Refund please.", '2026-03-08', undefined],
    ["Oğlumun doğum günü için 8 Mart'ta sipariş verdim. SB-40127 yırtık geldi. Paramı iade edin.", '2026-03-08', undefined],
  ])('is not told by the day of a feast: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['Zdjęcia wysłałam wam 3 marca, portret W-4471 jest niepodobny, proszę o zwrot 90 zł.', undefined], ['Le foto ve le ho mandate il 3 marzo, il ritratto W-4471 non somiglia, rivorrei i 90 euro.', undefined],
    ['Les photos que je vous ai envoyées le 3 mars étaient nettes, le portrait W-4471 ne ressemble à rien, remboursez les 90 €.', undefined], ['Фото я отправил вам 3 марта, портрет W-4471 не похож, верните 90 долларов.', undefined],
    ['사진은 제가 3월 3일에 보냈어요. 초상화 W-4471가 안 닮았어요. 환불해 주세요.', undefined], ['3 marca zapłaciłam 90 zł, zdjęcia wysłałam 5 marca, portret W-4471 niepodobny, proszę o zwrot.', '2026-03-03'],
  ])('is not told by the pictures that were sent for the work: %s', (text, paid) => {
    expect(read(text, 'winno').values.paid_at?.value).toBe(paid);
  });

  it('is told by a letter that the work came in', () => {
    expect(read('I received your e-mail with the finished portrait on Friday. I do not like it, it is a poor likeness. Please refund me.', 'winno').values.fulfilled_at?.value).toBe('2026-03-13');
    expect(read('You emailed me the restored picture of Nan on 12 March. Her uniform is blue now. I would like some money back.', 'winno').values.fulfilled_at?.value).toBe('2026-03-12');
    for (const text of ['W-3960: you sent it on 12 March but we were on a cruise. It is not her. Refund me.', 'Заказ W-3960. Вы прислали его 12 марта, но мы были в круизе. Это не она. Верните деньги.', 'Vous me l’avez envoyé le 12 mars, portrait W-3960. Ce n’est pas elle, remboursez-moi.', 'Retrato W-3960. Me lo mandasteis el 12 de marzo. No es ella, devolvedme el dinero.', 'Ritratto W-3960. Me lo avete mandato il 12 marzo. Non è lei, rimborsatemi.', 'Retrato W-3960. Enviaram-no a 12 de março. Não é ela, devolvam o dinheiro.', 'Portre W-3960. 12 Mart’ta gönderdiniz. Bu eşim değil, paramı iade edin.', 'البورتريه W-3960 أرسلتموه يوم 12 مارس، ليست زوجتي. أعيدوا المال.', 'Партрэт W-3960, дастаўлены 12 сакавіка. Гэта не яна, вярніце грошы.']) {
      expect([text, read(text, 'winno').values.fulfilled_at?.value]).toEqual([text, '2026-03-12']);
    }
    for (const text of ['You sent me a reminder on 12 March, W-3960. I want my money back.', '12 марта вы прислали ответ, что разберётесь. W-3960, верните деньги.', 'Vous m’avez envoyé une réponse le 12 mars, commande W-3960. Remboursez-moi.', 'Os mandé las fotos el 12 de marzo, pedido W-3960. Devolvedme el dinero.', 'Мы прислали вам снимки 12 марта, W-3960. Верните деньги.']) {
      expect([text, read(text, 'winno').values.fulfilled_at]).toEqual([text, undefined]);
    }
    expect(read('Gotową pracę (zlec. W-3512) przysłaliście mi mailem w zeszły wtorek. Na lewej dłoni sześć palców. Oddajcie mi 180 zł.', 'winno').values.fulfilled_at?.value).toBe('2026-03-10');
  });

  it.each([
    ['10 grudnia zamówiłam książkę. Dzisiaj dostałam reklamę: ta sama książka za 39 euro! Zwróćcie różnicę.', '2025-12-10', undefined],
    ['Zamówiliśmy książkę o wielorybie, a wczoraj wyjęliśmy z pudełka inną. Przyślijcie naszą.', undefined, undefined],
    ['Książka przyszła 5 marca z rozdartą okładką, proszę o zwrot.', undefined, '2026-03-05'],
    ['Książki przyszły w piątek z rozdartą okładką, proszę o zwrot.', undefined, '2026-03-13'],
    ['Książkę zamówiłam 2 marca, urodziny są w przyszły piątek. Proszę o zwrot.', '2026-03-02', undefined],
  ])('is told in Polish: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['الكتاب لسه واصل امبارح بس، وأنا طالباه من ٢٤ نوفمبر، اتأخر، عايزة فلوسي', '2025-11-24', '2026-03-16'],
    ['طلبت الكتاب يوم 3 مارس وما وصل، أريد فلوسي', '2026-03-03', undefined],
    ['شارية الكتاب يوم 3 مارس وطلع مقطوع، ابغى فلوسي', '2026-03-03', undefined],
    ['عملت أوردر للكتاب يوم 3 مارس ومجاش، عايز فلوسي', '2026-03-03', undefined],
    ['إجا الكتاب مبارح مخزوق، بدي مصاري', undefined, '2026-03-16'],
    ['تسلمت الكتاب البارح مقطع، بغيت فلوسي', undefined, '2026-03-16'],
    ['سلمني المندوب الكتاب أمس وهو تالف، أريد استرداد المبلغ', undefined, '2026-03-16'],
    ['راسلتكم يوم 10 مارس وما رديتوا، الكتاب ممزق، دفعت 30 يورو ابغاها ترجع', undefined, undefined],
    ['طلبت الكتاب يوم 3 مارس بـ 20 يورو وقلت أجرب، جاني أمس ممزق، أعيدوا المبلغ', '2026-03-03', '2026-03-16'],
    ['طلبت منكم استرداد المبلغ يوم 3 مارس ولم يرد أحد، الكتاب تالف', undefined, undefined],
    ['لم يصل الكتاب إلا يوم 11 مارس، بعد العيد. دفعت 42 دولارا. أعيدوا المبلغ.', undefined, '2026-03-11'],
    ['كان المفروض أن يصل قبل العيد، فإذا به يصل يوم 11 مارس، دفعت 42 دولارا في الكتاب، أعيدوا المبلغ', undefined, '2026-03-11'],
  ])('is told in Arabic: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it.each([
    ['Le livre que j’ai commandé le 2 mars pour ma fille (SB-33518, 34,90 €) est arrivé hier dans une enveloppe éventrée.', '2026-03-02', '2026-03-16'],
    ['El pedido SB-33518 que hice el 2 de marzo para mi hija llegó ayer con la tapa rota.', '2026-03-02', '2026-03-16'],
    ['O pedido SB-33518 que fiz a 2 de março para a minha filha chegou ontem com a capa rasgada.', '2026-03-02', '2026-03-16'],
    ['Заказ SB-33518, который я сделала 2 марта для дочки, пришёл вчера с порванной обложкой.', '2026-03-02', '2026-03-16'],
    ['Zamówienie SB-33518, które złożyłam 2 marca dla córki, przyszło wczoraj z podartą okładką.', '2026-03-02', '2026-03-16'],
    ['Wczoraj odebrałam z paczkomatu książkę, zamówienie SB-61344 z 31 stycznia. Karton mokry, proszę o nowy egzemplarz.', '2026-01-31', '2026-03-16'],
    ['Забрала вчера из постамата книгу, заказ SB-61344 от 31 января. Мокрая, пришлите новую.', '2026-01-31', '2026-03-16'],
    ['Учора забрала кнігу, замова SB-61344 ад 31 студзеня. Скрыня мокрая, дашліце новую.', '2026-01-31', '2026-03-16'],
    ['Yesterday I picked up the book, order SB-61344 of 31 January. Soaked, please send a new one.', '2026-01-31', '2026-03-16'],
    ['أمس استلمت الكتاب، الطلب SB-61344 بتاريخ 31 يناير. مبلل، أرسلوا نسخة جديدة.', '2026-01-31', '2026-03-16'],
    ['Zamówienie z 3 książkami przyszło 31 stycznia mokre. Proszę o nowy egzemplarz.', undefined, '2026-01-31'],
    ['El lunes me lo dejaron en el portal, SB-51877, con la caja rota. Devuélvanme el dinero.', undefined, '2026-03-16'],
    ['Le facteur me l’a remis le 3 mars, la couverture est déchirée, SB-51877.', undefined, '2026-03-03'],
    ['Il pacco me l’ha dato ieri il corriere, copertina strappata, SB-51877.', undefined, '2026-03-16'],
    ['The postman left it in the rain on 3 March, SB-51877 is soaked.', undefined, '2026-03-03'],
    ['Паштальён учора пакінуў яе пад дзвярыма, SB-51877 мокрая.', undefined, '2026-03-16'],
    ['昨日、玄関先に置かれていました。SB-51877 濡れています。', undefined, '2026-03-16'],
    ['어제 택배 기사님이 문 앞에 두고 가셨는데 SB-51877 책이 젖어 있었어요.', undefined, '2026-03-16'],
    ['Il corriere ieri ha lasciato un avviso, ordine SB-51877 del 2 marzo introvabile, rimborsatemi.', '2026-03-02', undefined],
    ['El cartero dejó ayer un aviso, pero el libro SB-51877 pedido el 2 de marzo no está en la oficina. Devuélvanme el dinero.', '2026-03-02', undefined],
    ['buenas esto lo dicto desde el coche pedí el libro SB-44190 el 2 de marzo para que lo trajeran a los mellizos y llegó el 9 de marzo o sea tarde con los niños preguntando el libro está perfecto no tiene nada roto pero a mí ya no me vale quiero que me devolváis los 29,95 euros', '2026-03-02', '2026-03-09'],
    ['Os pedí que me devolvierais el dinero del libro SB-44190 el 3 de marzo, y nada.', undefined, undefined],
    ['Mes livres, commande SB-51877, reçus le 2 mars, sont déchirés. Remboursez-moi.', undefined, '2026-03-02'],
    ['Le facteur a laissé un avis hier, commande SB-51877 du 2 mars introuvable. Remboursez-moi.', '2026-03-02', undefined],
    ['On a reçu le livre hier, la couverture est arrachée. SB-10482', undefined, '2026-03-16'],
  ])('is told by who brought them and who ordered them: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });
});

/** The same day. */
describe('when credits were bought and when something failed', () => {
  it.each([
    ['Oggi alle 14:30 ho premuto Genera con Ultra ed è apparso "Error 500", con 40 crediti addebitati lo stesso.', undefined, '2026-03-17T14:30'],
    ['Hoy a las 14:30 el generador Ultra dio "Error 500" y aun así me cobraron 40 créditos.', undefined, '2026-03-17T14:30'],
    ['Lunedì ho comprato 300 crediti e oggi alle 14:30 il generatore Ultra si è bloccato con un errore.', '2026-03-16', '2026-03-17T14:30'],
    ['В понедельник купил 300 кредитов, а сегодня в 14:30 генератор Ultra упал с ошибкой.', '2026-03-16', '2026-03-17T14:30'],
    ['I am considering the Advanced plan. On Monday I tried the free one and liked it. And if I am not pleased, how does a refund work with you in general? I have not bought anything so far.', undefined, undefined],
    ['La banque m\'a contactée hier pour un prélèvement de 29 € du 3 mars que je n\'ai jamais autorisé.', '2026-03-03', undefined], ['Mi banco me llamó ayer por un cargo de 29 € del 3 de marzo que no reconozco.', '2026-03-03', undefined],
    ['O banco ligou-me ontem por causa de um débito de 29 € de 3 de março que não reconheço, devolvam.', '2026-03-03', undefined], ['Le reçu du 3 mars dit 29 €, je veux être remboursé.', '2026-03-03', undefined],
  ])('is told apart: %s', (text, paid, occurred) => {
    const { values } = read(text, 'imgto3d');
    expect([values.paid_at?.value, values.occurred_at?.value]).toEqual([paid, occurred]);
  });

  it.each([
    'I received the restored picture of my grandfather on 3 March 2026, and had paid 75 dollars. The face does not look like him. I want a refund.', 'Recibí la foto restaurada de mi abuelo el 3 de marzo, y había pagado 75 euros. La cara no se parece. Quiero el reembolso.',
    'J\'ai reçu la photo restaurée de mon grand-père le 3 mars, et j\'avais payé 75 euros. Le visage ne lui ressemble pas. Remboursez-moi.', 'Recebi a foto restaurada do meu avô em 3 de março, e tinha pago 75 euros. O rosto não parece. Quero reembolso.',
    'استلمت الصورة المرممة لجدي بتاريخ 3 مارس 2026، وكنت قد دفعت 75 دولارا. الوجه لا يشبهه. أريد استرداد المبلغ.', 'Büyükbabamın restore edilen fotoğrafı 3 Mart\'ta elime geçti, 75 dolar ödemiştim. Yüzü benzemiyor, iade istiyorum.',
  ])('is that of the verb in its own clause, whatever follows nearer: %s', (text) => {
    const { values } = read(text, 'winno');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([undefined, '2026-03-03']);
  });

  it.each([
    ['The book should have arrived on 11 March. It has not come. I paid 42 dollars.', undefined], ['Книга должна была прийти 11 марта, её нет. Заплатила 42 доллара.', undefined], ['Кніга мусіла прыйсці 11 сакавіка, яе няма. Заплаціла 42 долары.', undefined],
    ['El libro debía llegar el 11 de marzo y nada. Pagué 42 dólares.', undefined], ['Le livre devait arriver le 11 mars, toujours rien. J\'ai payé 42 euros.', undefined], ['Il libro doveva arrivare l\'11 marzo, niente. Ho pagato 42 euro.', undefined],
    ['O livro devia chegar a 11 de março, nada. Paguei 42 euros.', undefined], ['Książka miała przyjść 11 marca, nie ma jej. Zapłaciłam 42 euro.', undefined], ['本は3月11日に届くはずでしたが、届きません。42ドル払いました。', undefined], ['책이 3월 11일에 오기로 했는데 안 왔어요. 42달러 냈어요.', undefined],
    ['كان المفروض يصل الكتاب 11 مارس ووصل 14 مارس. دفعت 42 دولارا.', '2026-03-14'], ['Kitap 11 Mart\'ta gelmesi gerekiyordu, 14 Mart\'ta geldi. 42 euro ödedim.', '2026-03-14'],
  ])('is not that on which they were meant to come: %s', (text, fulfilled) => {
    const { values } = read(text, 'storybookly');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([undefined, fulfilled]);
  });

  it.each([
    ['بتلاتة شباط عملت اشتراك Starter وانسحب 19 دولار، رجعولي المصاري', 'paid_at', '2026-02-03'], ['اشتركت بعشرة تشرين التاني ب 19 دولار، رجعولي المصاري', 'paid_at', '2025-11-10'], ['اشتركت ب ٥ كانون تاني ب 19 دولار، رجعولي المصاري', 'paid_at', '2026-01-05'],
    ['ردولي 180 أورو على نفس الكارطة، تخلص 08/28', 'paid_at', undefined], ['Kartımın SKT 08/28, 20 dolarımı iade edin', 'paid_at', undefined], ['امبارح بالليل الساعة ١١ كده رفعت الصورة وطلع خطأ في التوربو', 'occurred_at', '2026-03-16T23:00'],
  ] as const)('and of payments and failures are told in the Arabic of every land: %s', (text, name, value) => {
    expect(read(text).values[name]?.value).toBe(value);
  });

  it.each([
    ['storybookly', 'Курьер позвонил в дверь вчера, в половине седьмого вечера. День рождения прошёл, верните деньги за книгу.', '2026-03-16T18:30'],
    ['storybookly', 'The courier rang yesterday, the party was long over. Refund the book please.', '2026-03-16'],
    ['storybookly', "Le livreur a sonné hier, la fête était passée depuis longtemps. Remboursez-moi le livre.", '2026-03-16'],
    ['storybookly', 'Kurier zadzwonił do drzwi wczoraj, już po urodzinach. Proszę o zwrot za książkę.', '2026-03-16'],
    ['storybookly', 'The courier rang yesterday, nobody was in. Refund the book please.', undefined],
  ])('is told by who brought them, at %s: %s', (merchantName, text, fulfilled) => {
    expect(read(text, merchantName).values.fulfilled_at?.value).toBe(fulfilled);
  });

  it.each([
    ['一昨日、注文番号10-9405のプリントを受け取りました。別の人の写真でした。正しいプリントを送ってください。', undefined, '2026-03-15'],
    ['昨日注文したプリントが破れて届きました。送り直してください。', '2026-03-16', undefined],
  ])('is not told by the number of an order: %s', (text, paid, fulfilled) => {
    const { values } = read(text, 'winno');
    expect([values.paid_at?.value, values.fulfilled_at?.value]).toEqual([paid, fulfilled]);
  });

  it('is told by a Polish participle', () => {
    expect(read('Zamówiona przez nas 5 marca książka została doręczona 14 marca, ale jest podarta. SB-31882. Proszę o zwrot pieniędzy.', 'storybookly').values.paid_at?.value).toBe('2026-03-05');
  });
});

describe('when something was paid', () => {
  it.each([
    ['Lunedì apro l\'estratto conto e trovo 24,99 euro a IMGto3D in data 9 marzo. Non ho comprato niente, rivoglio i miei soldi.', '2026-03-09'],
    ['On Friday I opened my bank statement and there it was: IMGto3D, 24.99 euros, 9 March. I never bought anything, refund me.', '2026-03-09'],
    ['Вчера открыл выписку, а там 24,99 евро за IMGto3D от 9 марта. Я ничего не покупал, верните деньги.', '2026-03-09'],
    ['Wczoraj otworzyłem wyciąg, a tam 24,99 euro dla IMGto3D z dnia 9 marca. Niczego nie kupowałem, proszę o zwrot.', '2026-03-09'],
    ['Ayer miré el extracto y encuentro un cargo de IMGto3D de 24,99 euros del 9 de marzo. No compré nada, devuélvanme el dinero.', '2026-03-09'],
    ['My statement of 9 March shows 24.99 euros charged by IMGto3D. I never bought anything, refund me.', '2026-03-09'],
    ['I bought the Starter plan yesterday for 24.99 euros, by mistake. Refund me.', '2026-03-16'],
  ])('is not told by the day of looking into the bank: %s', (text, paid) => {
    expect(read(text).values.paid_at?.value).toBe(paid);
  });
});

describe('when something failed', () => {
  it.each([
    ['В воскресенье вечером сел делать фигурку. Взял фотографию, которую снимал на даче 14 августа, загрузил, выбрал Турбо. Выскочило «Ошибка сервера».', '2026-03-15'],
    ['Domenica mi sono messo al lavoro. Ho preso una foto scattata il 14 agosto, scelto Turbo, ed è uscito «errore del server».', '2026-03-15'],
    ['On Saturday I sat down to make the monster. Uploaded my sketch, picked Pro, hit Generate at quarter past three in the afternoon and it crashed with an error.', '2026-03-14T15:15'],
    ['On Saturday I sat down to make the monster. It crashed with an error. My shop closes at three in the afternoon.', '2026-03-14'],
  ])('is told neither by the day of a picture nor by any other hour: %s', (text, occurred) => {
    expect(read(text).values.occurred_at?.value).toBe(occurred);
  });
});
