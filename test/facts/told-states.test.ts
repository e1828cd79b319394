import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

describe('what is told without a phrase for it', () => {
  it.each([
    ['stone-ai', 'Верните мне остаток. Мой акк заблочили якобы за мультиаккаунты.', 'account_blocked'],
    ['storybookly', 'I paid $42 with my card on 3 March for credits and you banned me. Refund them.', 'account_blocked'],
    ['winno', 'I approved the portrait of my dog because you asked me to before sending the full file. The eyes are wrong, money back for W-4102.', 'approved'],
    ['stone-ai', 'Send me the 21 dollars, please. I brought seven friends to you and each of them gave me $3.', 'promo_funds'],
  ] as const)('to %s, "%s": %s', (merchantName, text, name) => {
    expect(read(text, merchantName).values[name]?.value).toBe(true);
  });

  it.each([
    'So che ci state già lavorando da qualche giorno, annullate l’ordine 7-2218.', 'Sé que ya estáis trabajando en él desde hace días, anulad el pedido W-2218.', 'Je sais que vous y travaillez déjà depuis quelques jours, annulez la commande W-2218.',
    'Знаю, что вы уже работаете над ним несколько дней, отмените заказ W-2218.', 'Wiem, że już nad tym pracujecie od kilku dni, anulujcie zamówienie W-2218.', 'もう数日作業されているのは承知していますが、注文W-2218をキャンセルしてください。',
  ])('knows of work that goes on: %s', (text) => {
    expect(read(text, 'winno').values.work_started?.value).toBe(true);
  });

  it.each([
    ['المصممة بدأت الشغل وورتني اسكتش، بس عايز ألغي الطلب W-4102', true], ['أريد إلغاء الطلب W-4102، أعلم أنكم أرسلتم أول مسودة أمس، وإذا خصمتم شيئا فلا بأس', true],
    ['ما أدري إذا بديتوا، ابغى الغي الطلب W-4102', undefined], ['لسه ما شفت أي مسودة، بدي إلغي الطلب W-4102', undefined], ['حابب ألغي طلب البورتريه W-4102، الرسام لسا ما بلش', false],
  ])('knows of work that was begun in Arabic: %s', (text, begun) => {
    expect(read(text, 'winno').values.work_started?.value).toBe(begun);
  });

  it.each([
    ['storybookly', 'الكتاب وصل ممزق، ومابغيتش فلوسي، صيفطو ليا نسخة جديدة. SB-10482', 'preferred_resolution', 'replacement'],
    ['storybookly', 'وصلني الكتاب مبلول، فمش عايزة فلوس، أرسلوا نسخة جديدة. SB-10482', 'preferred_resolution', 'replacement'],
    ['storybookly', 'وصلني الكتاب مبلول، وما أبغى نسخة ثانية، أبغى فلوسي. SB-10482', 'preferred_resolution', 'refund'],
    ['stone-ai', 'المدير في مدينة الرياض شحن 20 دولار أمس، نريد المبلغ. تيليقرام: 704418823', 'payment_method', undefined],
    ['stone-ai', 'المدير في مدينة الرياض شحن 20 دولار أمس، نريد المبلغ. تيليقرام: 704418823', 'telegram_id', '704418823'],
    ['stone-ai', 'شحنت 20 دولار من بطاقة مدى أمس، رجعوا المبلغ', 'payment_method', 'card'],
    ['imgto3d', 'باقي عندي 40 كريدي من أصل 100، حبسو الاشتراك', 'credits_left', 40],
    ['imgto3d', 'دفعت 19 دولار بالكارط اللي كتسالي ب 8802 نهار 3 مارس، ماخدمت بيها والو، رجعو ليا فلوسي', 'card_last4', '8802'],
    ['imgto3d', 'دفعت 19 دولار بالكارط اللي كتسالي ب 8802 نهار 3 مارس، ماخدمت بيها والو، رجعو ليا فلوسي', 'credits_used', 0],
  ] as const)('to %s in the Arabic of every land: %s: %s', (merchantName, text, name, value) => {
    expect(read(text, merchantName).values[name]?.value).toBe(value);
  });

  it.each([
    ['Çizerin işe koyulduğunu biliyorum ama W-4601 siparişimi iptal etmek istiyorum.', true], ['Ressamınız geçen hafta ilk taslağı yollamıştı, W-4601 siparişimi iptal edin.', true],
    ['Daha işe başlamadan W-4601 siparişimi iptal edin.', false], ['Çizime başladınız mı bilmiyorum, W-4601 siparişimi iptal etmek istiyorum.', undefined],
  ])('knows of work that was begun in Turkish: %s', (text, begun) => {
    expect(read(text, 'winno').values.work_started?.value).toBe(begun);
  });

  it.each(['I only wanted to try the free version and was charged 19 dollars for Starter yesterday. Refund please.', 'Ücretsiz sürümü deneyecektim, yanlışlıkla Starter almışım, 649 TL iade edin.', 'Хотел попробовать бесплатную версию, а списали 1900 рублей вчера. Верните деньги.', '무료 버전을 써 보려고 했는데 어제 19달러가 결제됐어요. 환불해 주세요.'])('names no generator where one only meant to use the free one: %s', (text) => {
    expect(read(text).values.generator).toBe(undefined);
  });

  it('knows of no work where it is only supposed', () => {
    expect(read('Si no estáis trabajando en él, anulad el pedido W-2218.', 'winno').values.work_started?.value).not.toBe(true);
  });

  it('chooses another copy, where no words choose anything', () => {
    const { values } = read('The canvas arrived with a hole straight through it. Please run off a fresh one and send it, properly packed this time.', 'winno');

    expect(values.preferred_resolution?.value).toBe('replacement');
  });
});

describe('what is overheard', () => {
  it.each([
    ['stone-ai', 'I never used my balance, please return it. My teacher has since banned AI for the thesis.', 'account_blocked'],
    ['storybookly', 'I did not order any credits on January 24, $42. The card that was used is a Visa and it has been blocked.', 'account_blocked'],
    ['storybookly', 'Моя карта была использована без меня 3 марта, 42 $. Её уже заблокировали в банке.', 'account_blocked'],
    ['storybookly', 'You billed me twice for my credits. Please return one of the two $18 payments.', 'partial_bundle'],
    ['stone-ai', 'I sent one prompt yesterday and received one answer, but it was debited twice. Please put the second debit back.', 'fulfilled_at'],
    ['winno', 'The portrait looks nothing like my dog. I do not think it is going to work, so please refund me.', 'work_started'],
    ['storybookly', 'I pressed Pay once more and $18 has left our account twice although only 100 credits turned up, please refund one.', 'credits_left'],
    ['winno', 'Your mail says WN30018 has gone to print as of this morning. Can you swap the photo for the one with the lake?', 'fulfilled_at'],
  ] as const)('to %s, "%s": no %s', (merchantName, text, name) => {
    expect(read(text, merchantName).values[name]).toBeUndefined();
  });

  it('asks for nothing, where nothing was bought so far', () => {
    expect(read('I am considering the Advanced plan. And if I am not pleased, how does a refund work with you in general? I have not bought anything so far.').topic).toBe('other');
  });

  it('names no credits, where a sum is to be credited', () => {
    expect(read('I ordered "Poppy Saves the Bees" (SB-80114) for $45, and this morning it is in your sale for $29. Could you credit me the sixteen dollars?', 'storybookly')).toMatchObject({ reason: 'price_drop', product: 'physical' });
  });

  it('raises no flag', () => {
    expect(read('Your name stands on two lines of my statement for one purchase. One of them will have to come back to my Visa please, the other is fine.').flags).toEqual([]);
  });
});

describe('names and numbers', () => {
  it.each([
    ['ai3dgen', 'Every time I press the button the page turns white. Base, not one of the fancy ones.', 'generator', 'base'],
    ['storybookly', 'You charged me twice for my credits, PAY-550192 and PAY-550193, please refund one.', 'transaction_id', 'PAY-550192'],
    ['imgto3d', 'I paid EUR 39.90 for Advanced, please refund it, I do not need it. Of the 300 credits we have spent 90.', 'amount', '39.90 EUR'],
    ['imgto3d', 'I paid EUR 39.90 for Advanced, please refund it, I do not need it. Of the 300 credits we have spent 90.', 'credits_used', 90],
    ['imgto3d', 'Could we pay by purchase order rather than by card?', 'payment_method', undefined],
    ['stone-ai', 'I hit pay for the 20 dollar top up and my bank took it two times, $20 and $20, but my balance only went up once. June 8, 2025. Debit card. One needs to come back to me.', 'paid_at', '2025-06-08'],
    ['winno', 'Please cancel my portrait. I know that your artist sent me a pencil outline.', 'work_started', true],
    ['winno', '似顔絵の注文 W-7082 を取りやめにしてください。もう作業に入っておられるのは承知しています。', 'work_started', true],
    ['winno', '似顔絵の注文 W-7082 をキャンセルします。まだ作業に入っておられないと思います。', 'work_started', false],
    ['winno', 'W-8820 の写真の修復をキャンセルします。火曜のメールでは「まだ作業に入っておりません」とのことでした。', 'paid_at', undefined],
    ['winno', '초상화 주문 W-7082 취소해 주세요. 이미 작업에 들어가신 건 알고 있습니다.', 'work_started', true],
    ['winno', 'W-7082 portresini iptal edin lütfen. Daha başlamamışsınız, temsilciniz söyledi.', 'work_started', false],
    ['winno', 'Отмените заказ W-7082, портрет. Знаю, что художник уже начал.', 'work_started', true],
    ['ai3dgen', 'Wczoraj siadłam do laptopa, żeby zrobić model. Była dokładnie 21:40. Kliknęłam, kółeczko się kręciło, potem błąd.', 'occurred_at', '2026-03-16T21:40'],
    ['ai3dgen', '昨日モデルを作ろうとしました。ちょうど21時40分でした。押したらエラーで固まりました。', 'occurred_at', '2026-03-16T21:40'],
    ['imgto3d', 'I paid for Starter yesterday. Please answer by 18:00. I want a refund, I do not need it.', 'paid_at', '2026-03-16'],
    ['storybookly', 'Юбилей был девятого февраля. Книга приехала четырнадцатого. Верните 61 евро.', 'fulfilled_at', '2026-03-14'],
    ['stone-ai', '10 марта закинул 25 долларов, за два вечера всё сожрало в ноль. Верните деньги.', 'paid_at', '2026-03-10'],
    ['imgto3d', 'Вчера в половине одиннадцатого вечера загрузила в турбо фото, и всё зависло с ошибкой.', 'occurred_at', '2026-03-16T22:30'],
    ['storybookly', 'Книгу для одиннадцатого класса заказали 5 марта, пришла рваная. Верните 61 евро.', 'paid_at', '2026-03-05'],
    ['winno', 'Last year I paid 70 euros somewhere else for a picture with three tails. I paid you 50 euros. Refund me, it looks awful.', 'amount', '50 EUR'],
    ['winno', 'Рисуете ли двух собак? В прошлом году я в другом месте отдал 70 евро за картинку с тремя хвостами.', 'amount', undefined],
    ['winno', '昨年よその店で7000円払いました。こちらでは5000円払いました。似ていないので返金してください。', 'amount', '5000 JPY'],
    ['storybookly', '3 октября купила у вас 60 кредитов за 8,99 €. Кредиты за сказку, 20 штук, списались, белый экран. Снова минус 20!', 'amount', '8.99 EUR'],
    ['storybookly', '9 студзеня набыла крэдыты на 20 еўра (транзакцыя TXN-70214, картка), вярніце грошы.', 'payment_method', 'card'],
    ['ai3dgen', 'Учора абяцаў сыну зляпіць саву. Адкрыў Ultra, націснуў стварыць, і памылка.', 'occurred_at', '2026-03-16'],
    ['ai3dgen', 'Dün oğluma bir baykuş yapacağımı söyledim. Ultra\'yı açtık, hata verdi, model yok.', 'occurred_at', '2026-03-16'],
    ['ai3dgen', 'Yesterday I wrote to you and had no answer. Ultra crashes with an error every time.', 'occurred_at', undefined],
    ['ai3dgen', 'ベースのほうで犬の写真を3Dにしようとしたら画面が固まりました。', 'generator', 'base'],
    ['ai3dgen', '베이스 쪽으로 해 봤는데 화면이 멈췄어요.', 'generator', 'base'],
    ['ai3dgen', 'Postać z base nie chce się wczytać, strona pokazuje błąd.', 'generator', 'base'],
    ['imgto3d', 'Вчера выбрал Про, положил картинку, а вышла ошибка.', 'generator', 'pro'],
    ['imgto3d', 'Вчера делал модель по книжке «Про кота», а вышла ошибка.', 'generator', undefined],
    ['ai3dgen', 'The model viewer crashes with an error since this morning. Pro. Chrome on Windows 11.', 'generator', 'pro'],
    ['imgto3d', 'Ultra crashed with an error and I was back at the start with 25 credits fewer.', 'credits_total', undefined],
    ['winno', 'Please cancel my portrait, my sister has one. I am not sure if anyone has started.', 'work_started', undefined],
    ['storybookly', 'My book came on Friday the 13th, a week after the party. Please refund me.', 'fulfilled_at', '2026-03-13'],
    ['imgto3d', 'Please refund the credits I have not used.', 'credits_used', undefined],
    ['imgto3d', 'I bought 200 credits which I have not used, please refund me.', 'credits_used', 0],
    ['imgto3d', 'Proszę o zwrot pieniędzy za kredyty, których nie wykorzystałem.', 'credits_used', undefined],
    ['imgto3d', '사용하지 않은 크레딧을 환불해 주세요.', 'credits_used', undefined],
    ['imgto3d', '크레딧을 하나도 사용하지 않았어요. 환불해 주세요.', 'credits_used', 0],
    ['imgto3d', 'رجعولي فلوس النقاط التي لم أستخدمها.', 'credits_used', undefined],
    ['imgto3d', 'Адключыце падпіску. За май вяртаць нічога не прашу, усё сумленна выкарысталі.', 'credits_used', undefined],
    ['imgto3d', 'Wyłączcie subskrypcję. Nic nie chcę z powrotem, wszystko uczciwie wykorzystałam.', 'credits_used', undefined],
    ['imgto3d', 'Деньги верните, передумала. Кредиты, все 300, на месте, ни одного не использовала.', 'credits_used', 0],
    ['storybookly', 'اشتريت بتاريخ 20 فبراير رصيد 200 كريديت بقيمة 18 يورو. أرجو إعادة المبلغ.', 'credits_left', undefined],
    ['storybookly', 'متى دفعنا؟ لا أتذكر اليوم بالضبط. رجعوا 20 يورو ثمن الكتاب.', 'paid_at', undefined],
    ['stone-ai', 'شحنت 25 دولار يوم 1 مارس والرصيد زاد 20 بس. رجعوا الخمسة دولار اللي ضاعت.', 'amount_claimed', '5 USD'],
    ['ai3dgen', 'Please cancel my subscription. I am not asking for anything back, I used it well.', 'credits_used', undefined],
    ['winno', 'My framed print W-4471 came yesterday, the ink has smudged while printing. Please refund me.', 'printed', undefined],
    ['imgto3d', 'I want my money back, I have got through 93% of the credits and the models are useless.', 'used_percent', 93],
    ['storybookly', 'The book rocked up on the 5th, too late for the party. He got a card with a drawing instead. Please refund me.', 'fulfilled_at', '2026-03-05'],
    ['storybookly', 'The book rocked up on the 5th, too late for the party. He got a card with a drawing instead. Please refund me.', 'payment_method', undefined],
    ['storybookly', 'Wrong book. Visa opened a dispute for the full $42.50 this morning, but refund me yourselves if you like.', 'paid_at', undefined],
    ['winno', 'Please cancel my portrait. I know the young lady has begun.', 'work_started', true],
    ['winno', 'I paid $145 for my portrait. I find I cannot look at it just now, so please cancel it.', 'paid_at', undefined],
    ['imgto3d', 'Ekstremde 890 TL görünüyor. Ne plan aldım ne kart bilgisi girdim; az önce şifremi değiştirdim. İade edin.', 'paid_at', undefined],
    ['imgto3d', 'Az önce kartımdan 890 TL çekildi, ben almadım. İade edin.', 'paid_at', '2026-03-17'],
    ['ai3dgen', 'I would love to try your Pro generator. Is what I upload used to train your AI, and how long is it kept?', 'generator', undefined],
    ['imgto3d', 'Ekran bir an karardı, karşımıza giriş sayfası çıktı, model yok.', 'payment_method', undefined],
    ['imgto3d', 'Bonus krediyle ağzıma bal çalmayın, paramı iade edin.', 'promo_funds', undefined],
    ['stone-ai', 'Promosyon kodu falan kullanmadım. Eksik 15 doların iadesini talep ediyorum.', 'promo_funds', undefined],
    ['stone-ai', 'Модель за вечер сожрала баланс, 1500 рублей, и выдала мне реферат. Верните деньги.', 'promo_funds', undefined], ['stone-ai', 'Мне дали реферальные 1500 рублей на баланс. Верните деньги.', 'promo_funds', true],
    ['stone-ai', 'Bonus bakiyemi hiç kullanmadım, nakit olarak kartıma aktarın.', 'promo_funds', true],
    ['storybookly', 'SB-35590: bugün kargodan "Arda ve Ejderha" çıktı, biz Elif istemiştik. İade edin.', 'fulfilled_at', '2026-03-17'],
    ['storybookly', 'Siparişi 2 Mart\'ta verdim, kitap bugün yırtık geldi. İade edin.', 'paid_at', '2026-03-02'],
    ['winno', '"Onaylıyorum" butonuna bastım ama portre babama benzemiyor. İade edin.', 'approved', true],
    ['imgto3d', 'Захожу я через Оперу, генератор Про выдал ошибку timeout. И кредитов стало на 30 меньше!', 'browser', 'Opera'],
    ['imgto3d', 'Слушала оперу, а генератор Про выдал ошибку timeout. И кредитов стало на 30 меньше!', 'browser', undefined],
    ['imgto3d', 'Захожу я через Оперу, генератор Про выдал ошибку timeout. И кредитов стало на 30 меньше!', 'credits_total', undefined],
    ['imgto3d', 'El generador Pro dio timeout. ¡Y tengo 30 créditos menos! Devuélvanlos.', 'credits_total', undefined],
    ['stone-ai', 'Учора купіла 1000 зорак, а налічыла 800. Там адзін плацёж на 1000 і ўсё. Вярніце мне 200 зорак.', 'transaction_id', undefined],
    ['storybookly', 'Заказ на номер 51877, пришла чужая книга, верните деньги.', 'order_number', '51877'],
    ['storybookly', 'Заказ на 1000 и ещё один на 500, оба не пришли. Верните деньги.', 'order_number', undefined],
    ['stone-ai', 'Doładowanie: 50 USDT. Pozostało na saldzie i proszę o wypłatę: 37,20 USDT. Zwrot niewykorzystanych środków.', 'amount_claimed', '37.20 USDT'],
    ['stone-ai', 'Dernière recharge : 50 USDT. Restant et à verser : 37,20 USDT. Remboursement des fonds non utilisés.', 'amount_claimed', '37.20 USDT'],
    ['stone-ai', '最終チャージ：50 USDT。返金希望額：37.20 USDT。未使用残高の返金をお願いします。', 'amount_claimed', '37.20 USDT'],
    ['stone-ai', 'Topped up yesterday at 12:50 USD 20. Refund of the unused balance please.', 'amount', '20 USD'],
    ['imgto3d', 'Aboneliğim ayın 5\'inde yenilenecekmiş, iptal edin lütfen.', 'paid_at', undefined],
    ['winno', 'ممكن تعدلوا الصورة؟ ما بدي مصاري ولا شي، بس ألغوا الإطار.', 'work_started', undefined],
    ['stone-ai', 'درت الكود وعطيتوني بيه 5 دولار كادو، نقدر نسحبهم؟', 'promo_funds', true],
    ['stone-ai', 'عطيتوني الكود الخطأ وشحنت 5 دولار، رجعولي الفلوس', 'promo_funds', undefined],
    ['winno', 'هادي ثلاثة ديال المرات وانتوما كتعاودو البورطري. بغيت فلوسي', 'revision_count', 3],
    ['imgto3d', 'دفعت ١٢٫٣٠٠ دينار كويتي وأريد استرداد المبلغ', 'amount', '12.300 KWD'],
    ['imgto3d', 'دفعت ١٬٢٠٠٫٥٠ جنيه واستخدمت ٩٣٪ من الرصيد، أريد استرداد المبلغ', 'used_percent', 93],
    ['stone-ai', 'شحنت 350 نجمة يوم 3 مارس، رجعولي النجوم. الاي دي بتاعي 5093317742', 'telegram_id', '5093317742'],
    ['stone-ai', 'J\'ai rechargé 20 dollars le 3 mars, remboursez-moi. Mon ID : 5093317742.', 'telegram_id', '5093317742'],
    ['stone-ai', '3月3日に20ドルをチャージしました。返金してください。取引IDは5093317742です。', 'telegram_id', undefined],
  ] as const)('of mail to %s, "%s": %s is %s', (merchantName, text, name, value) => {
    expect(read(text, merchantName).values[name]?.value).toBe(value);
  });
});

describe('a parent who finds a child\'s account', () => {
  it('asks to erase what is there in whatever words', () => {
    expect(read('My son is in Year 5, he turned ten in January, and he signed himself up with you. Please wipe every last bit of it and confirm to me in writing.', 'ai3dgen').flags).toEqual(['child_data', 'privacy_request']);
  });
});

describe('who has bought nothing yet', () => {
  it.each([
    'Jeszcze nic u was nie kupowałem, ile by to kosztowało? Gdyby mi się nie spodobało, da się odzyskać pieniądze?', 'Je n\'ai encore rien commandé chez vous. Combien ça coûterait ? Et si ça ne me plaît pas, est-ce qu\'on peut être remboursé ?',
    'Non ho ancora comprato niente da voi. Quanto costerebbe? E se poi non mi piace, si possono riavere i soldi?', 'Ainda não comprei nada convosco. Quanto custaria? E se não gostar, dá para reaver o dinheiro?', 'Я у вас ещё ничего не покупал. Сколько это стоит? А если не понравится, можно вернуть деньги?',
  ])('only asks: %s', (text) => {
    expect(read(text, 'winno')).toMatchObject({ topic: 'other', reason: null });
  });

  it('asks for money that was taken all the same', () => {
    expect(read('Je n\'ai encore rien acheté chez vous, alors pourquoi ce prélèvement ? Remboursez-moi.', 'imgto3d').topic).toBe('refund');
  });
});
