import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

type Name = 'credits_used' | 'credits_left' | 'credits_total' | 'used_percent' | 'outage_hours' | 'revision_count';

function counts(text: string, merchantName = 'imgto3d'): Partial<Record<Name, number>> {
  const { values } = read(text, merchantName);
  const found: Partial<Record<Name, number>> = {};
  for (const name of ['credits_used', 'credits_left', 'credits_total', 'used_percent', 'outage_hours', 'revision_count'] as const) {
    const fact = values[name];
    if (fact !== undefined) found[name] = fact.value;
  }
  return found;
}

describe('credits', () => {
  it.each([
    ['en', 'Please refund me, I do not need it. I used 30 of my 500 credits.', { credits_used: 30, credits_total: 500 }],
    ['en', 'Refund please, changed my mind. I have 470 credits left out of 500.', { credits_left: 470, credits_total: 500 }],
    ['en', 'Refund please. 120 credits used, 180 left.', { credits_used: 120, credits_left: 180 }],
    ['en', 'Yesterday I bought 1000 credits, spent 30, and 970 I never touched. Please refund me.', { credits_used: 30, credits_left: 970, credits_total: 1000 }],
    ['be', 'Учора купіла 1000 крэдытаў, 30 патраціла, 970 нават не чапала. Вярніце грошы.', { credits_used: 30, credits_left: 970, credits_total: 1000 }],
    ['ko', '어제 1,000크레딧을 샀어요. 30크레딧만 쓰고 970크레딧은 손도 안 댔어요. 환불해 주세요.', { credits_used: 30, credits_left: 970, credits_total: 1000 }],
    ['en', 'Please refund, I spent twelve credits only.', { credits_used: 12 }],
    ['en', 'I want my money back, I still have 1,200 credits.', { credits_left: 1200 }],
    ['ru', 'Верните деньги, передумал. Потратил 30 кредитов из 500.', { credits_used: 30, credits_total: 500 }],
    ['ja', '昨日、間違えて買いました。1,000クレジットで5,400円でした。返金してください。', { credits_total: 1000 }],
    ['ko', '어제 5,400원에 크레딧 1,000개 결제했는데 실수였어요. 환불해 주세요.', { credits_total: 1000 }],
    ['en', 'Refund please, bought by accident: $54 for 1,000 credits.', { credits_total: 1000 }],
    ['ja', '昨日払いました。400クレジットのうち152クレジットまで粘りましたが諦めました。返金してください。', { credits_used: 152, credits_total: 400 }],
    ['ja', '昨日払いました。400クレジットのうち、まだ152クレジットあります。返金してください。', { credits_left: 152, credits_total: 400 }],
    ['ko', '어제 결제했어요. 100크레딧 들어온 거 하나도 안 썼어요. 환불해 주세요.', { credits_used: 0, credits_total: 100 }],
    ['ko', '어제 결제했어요. 크레딧 85% 정도 돌려봤는데 건질 게 두 개뿐이네요. 환불해 주세요.', { used_percent: 85 }],
    ['ja', '昨日Ultraで生成に失敗しました。40クレジットを戻してもらえれば十分です。', {}],
    ['pl', 'Proszę o zwrot, rozmyśliłem się. Doszedłem do 152 z 400 kredytów.', { credits_used: 152, credits_total: 400 }],
    ['en', "Refund please, I changed my mind. There's 280 of 300 left in there.", { credits_left: 280, credits_total: 300 }],
    ['en', 'Refund please, I changed my mind: the unused eleven-and-something months, or the 240 credits that are still sitting there untouched.', { credits_left: 240 }],
    ['it', 'Rivoglio i soldi, ho cambiato idea. Vorrei il rimborso dei 240 crediti che sono ancora lì intatti.', { credits_left: 240 }],
    ['ru', 'Верните деньги за одиннадцать с чем-то месяцев или за 240 кредитов, которые так и лежат.', { credits_left: 240 }],
    ['en', 'Turbo crashed in Firefox. Five times, and every time the credits were gone (75 in total).', {}],
    ['ko', '터보가 멈췄어요. 다섯 번 했는데 매번 크레딧이 사라졌습니다(총 75).', {}],
    ['pt', 'O Turbo travou no Firefox. Fiz cinco vezes e nas cinco os créditos foram embora (75 no total).', {}],
    ['en', 'Turbo crashed in Chrome yesterday. I have 300 credits in total on the plan.', { credits_total: 300 }],
    ['en', 'Refund please, I changed my mind. Nine-tenths of the credits are used.', { used_percent: 90 }],
    ['en', 'Refund please, I changed my mind. Three quarters of my credits are still there.', { used_percent: 25 }],
    ['en', 'Refund please, I changed my mind. Half the pictures are ugly and I used 40 credits.', { credits_used: 40 }],
    ['en', 'Refund please, I changed my mind. I am down to my last 12 credits of 300.', { credits_left: 12, credits_total: 300 }],
    ['de', 'Geld zurück bitte, ich habe es mir anders überlegt. Die Hälfte der Credits habe ich verbraucht.', { used_percent: 50 }],
    ['ru', 'Верните деньги, передумал. Четверть кредитов прожёг на пробы, остальное не понадобится.', { used_percent: 25 }],
    ['tr', 'Dün Starter aldım, kredilerin çeyreğini kullandım, iade istiyorum.', { used_percent: 25 }],
    ['tr', 'Dün Starter aldım, paketin yarısını kullanmadım bile, iade istiyorum.', { used_percent: 50 }],
    ['ar', 'اشتريت امبارح الباقة وصرفت نص الكريدت، عايز فلوسي', { used_percent: 50 }],
    ['ar', 'اشتريت أمس الباقة ونصف النقاط لم أستخدمها، أريد استرداد المبلغ', { used_percent: 50 }],
    ['ru', 'Верните деньги, передумал, из тысячи кредитов истратил ровно четверть.', { used_percent: 25, credits_total: 1000 }],
    ['ru', 'Верните деньги, передумала. Из двух тысяч кредитов потратила 300.', { credits_used: 300, credits_total: 2000 }],
    ['be', 'Вярніце грошы, перадумаў. З тысячы крэдытаў патраціў палову.', { used_percent: 50, credits_total: 1000 }],
    ['pl', 'Proszę o zwrot pieniędzy, rozmyśliłam się. Ze 400 kredytów zużyłam połowę.', { used_percent: 50, credits_total: 400 }],
    ['ru', 'Верните деньги, передумала. Половина кредитов так и осталась.', { used_percent: 50 }],
    ['ru', 'Верните деньги, вышел пластилин. Шестьдесят кредитов из трёхсот на него и ушло.', { credits_used: 60, credits_total: 300 }],
    ['ru', 'Верните деньги, передумал. Осталось двести пятьдесят кредитов.', { credits_left: 250 }],
    ['ru', 'Верните деньги, передумала. Осталось 470 кредитов.', { credits_left: 470 }],
    ['ru', 'Верните деньги, передумал. Из 400 кредитов осталось 30, остальное ушло на попытки.', { credits_left: 30, credits_total: 400 }],
    ['es', 'Quiero un reembolso, ya no lo necesito. He gastado 30 créditos de 500.', { credits_used: 30, credits_total: 500 }],
    ['fr', 'Je voudrais un remboursement, je n\'en ai plus besoin. J\'ai utilisé 30 crédits sur 500.', { credits_used: 30, credits_total: 500 }],
    ['it', 'Vorrei il rimborso, non mi serve più. Ho usato 30 crediti su 500.', { credits_used: 30, credits_total: 500 }],
    ['pt', 'Quero o reembolso, não preciso mais. Usei 30 créditos de 500.', { credits_used: 30, credits_total: 500 }],
    ['pl', 'Proszę o zwrot pieniędzy, już nie potrzebuję. Zużyłem 30 kredytów z 500.', { credits_used: 30, credits_total: 500 }],
    ['tr', 'Para iadesi rica ederiz, ihtiyacımız kalmadı. Geçen hafta 5.000\'lik kredi paketi aldık. Paketten 150 kredi harcandı.', { credits_used: 150, credits_total: 5000 }],
    ['tr', 'Para iadesi istiyorum, artık ihtiyacım yok. 500 krediden 30 tanesini kullandım.', { credits_used: 30, credits_total: 500 }],
    ['ja', '返金をお願いします。もう必要ありません。500クレジットのうち30クレジットを使いました。', { credits_used: 30, credits_total: 500 }],
    ['ko', '환불해 주세요. 필요 없어졌어요. 500 크레딧 중에 30 크레딧만 썼습니다.', { credits_used: 30, credits_total: 500 }],
    ['ar', 'أريد استرداد أموالي، لم أعد بحاجة إليها. استخدمت 30 رصيدا من 500.', { credits_used: 30, credits_total: 500 }],
    ['tr, tried so often', 'Para iadesi istiyorum, hiç benzemedi. Beş kez uğraştım, 50 kredi verdim, 150\'sine dokunmadım.', { credits_used: 50, credits_left: 150 }],
    ['ar, the number joined to "by"', 'أريد استرداد أموالي، لم أعد بحاجة إليها. جربت مجسم واحد بـ15 نقطة من أصل 800.', { credits_used: 15, credits_total: 800 }],
  ])('are counted in %s: %s', (_, text, found) => {
    expect(counts(text)).toEqual(found);
  });

  it.each([
    ['en', 'Please refund me, I do not need it. I have not used a single credit.'],
    ['ru', 'Верните деньги, передумал. Ни одного кредита не потратил.'],
    ['es', 'Quiero mi dinero, ya no lo necesito. No he usado ni un solo crédito.'],
    ['fr', 'Je veux un remboursement, je n\'en ai plus besoin. Je n\'ai utilisé aucun crédit.'],
    ['pl', 'Proszę o zwrot pieniędzy. Nie wykorzystałem ani jednego kredytu.'],
    ['ja', '返金してください。もう必要ありません。1クレジットも使っていません。'],
    ['ko', '환불해 주세요. 크레딧은 하나도 안 썼어요.'],
  ])('are none where none was used, in %s: %s', (_, text) => {
    expect(counts(text).credits_used).toBe(0);
  });

  it('are all where all were used', () => {
    expect(counts('Please refund me, it is ugly. I had 300 credits and used them all.')).toMatchObject({ credits_used: 300 });
  });

  it.each([
    ['it', 'Ridatemi i soldi, è un furto. Ho già finito tutto, 195 su 200.'],
    ['pt', 'Quero meu dinheiro de volta, é um assalto. Já gastei 195 de 200.'],
  ])('need no name where a part of the whole was used, in %s: %s', (_, text) => {
    expect(counts(text)).toEqual({ credits_used: 195, credits_total: 200 });
  });

  it('are used ones where no word says so', () => {
    expect(counts('È venuta un\'anguilla con le orecchie, ridatemi i soldi. In totale 60 crediti su 240.')).toEqual({ credits_used: 60, credits_total: 240 });
    expect(counts('Ridatemi i soldi, non mi serve più. Restano 60 crediti su 240.')).toEqual({ credits_left: 60, credits_total: 240 });
  });

  it('need a name where the whole is small', () => {
    expect(counts('Ridatemi i soldi, è brutto. Ho usato 3 su 5 foto.')).toEqual({});
  });

  it('are not told by "one and the same" or by ordinals', () => {
    const text = 'Купил пакет кредитов, и деньги за одну и ту же покупку списали два раза, второе списание пришло через минуту. Верните деньги.';
    expect(counts(text, 'storybookly')).toEqual({});
  });

  it.each([
    'Starter aldım 300 kredi geldi, 96 tanesini harcadım, geri kalan 204 kredinin parasını iade edin.',
    'Ayer compré Starter, me dieron 300 créditos, gasté 96, devuélvanme el dinero de los 204 créditos restantes.',
    'J\'ai acheté hier Starter, j\'ai reçu 300 crédits, j\'en ai utilisé 96, remboursez les 204 crédits restants.',
    'Вчера купил Стартовый, пришло 300 кредитов, потратил 96, верните деньги за оставшиеся 204 кредита.',
    'اشتريت امس الباقة وجاني 300 نقطة استخدمت منها 96 وباقي 204، ابغى فلوسي',
  ])('are told apart by what adds up: %s', (text) => {
    expect(counts(text)).toEqual({ credits_used: 96, credits_left: 204, credits_total: 300 });
  });

  it('are no sum where two parts of what was used are named', () => {
    expect(counts('Refund me. I used 40 credits on Monday and 60 on Tuesday, that is 100 of my 300.')).toEqual({ credits_used: 40, credits_total: 300 });
  });

  it.each([['Kalan 204 kredimin karşılığını geri istiyorum.', { credits_left: 204 }], ['500 krediden kalan 370 kredinin ücretini iade edin.', { credits_left: 370, credits_total: 500 }]])('that are left are no whole: %s', (text, expected) => {
    expect(counts(text)).toEqual(expected);
  });

  it('lost to an error are not used ones', () => {
    expect(counts('It crashed with an error, 30 credits were used up.').credits_used).toBeUndefined();
  });

  it.each([
    ['days', 'Refund please, used for 3 days only.'],
    ['money', 'Refund please, I used $30 of it.'],
    ['years and phones', 'Refund please, in 2026 my phone is +1 555 123 4567.'],
  ])('are not %s', (_, text) => {
    expect(counts(text)).toEqual({});
  });

  it('are of no interest to a merchant without them', () => {
    expect(counts('Please refund my print. I used 30 of my 500 credits.', 'winno')).toEqual({});
  });
});

describe('the share that was used', () => {
  it.each([
    ['en', 'Refund please. I used about 15% of the credits.', 15],
    ['en', 'Refund please. 85% of the credits are left.', 15],
    ['ru', 'Верните деньги. Я использовал 15 процентов кредитов.', 15],
    ['ru', 'Верните деньги. Кредитов сжёг процентов девяносто.', 90],
    ['ru', 'Верните деньги. Потратил девяносто процентов кредитов.', 90],
    ['be', 'Вярніце грошы. Выкарыстаў працэнтаў 15 крэдытаў.', 15],
    ['en', 'Refund please. I used fifteen percent of the credits.', 15],
    ['es', 'Quiero un reembolso. He usado el 15 por ciento de los créditos.', 15],
    ['tr', 'Para iadesi istiyorum. Kredilerin yüzde 15\'ini kullandım.', 15],
    ['ja', '返金してください。クレジットの15％を使いました。', 15],
    ['ko', '환불해 주세요. 크레딧의 15퍼센트를 썼어요.', 15],
  ])('is read in %s: %s', (_, text, percent) => {
    expect(counts(text).used_percent).toBe(percent);
  });

  it.each([
    ['en', 'The turbo generator crashed with an error and ate 40 credits.'],
    ['en', 'The generator got stuck, 99% and then "internal error 7", 40 creds are gone.'],
  ])('is not told, nor the whole, by what an error took (%s): %s', (_, text) => {
    expect(counts(text)).toEqual({});
  });

  it('is no progress bar', () => {
    expect(counts('The generator got stuck at 99% with an error.').used_percent).toBeUndefined();
  });
});

describe('the hours of an outage', () => {
  it.each([
    ['ru', 'Верните остаток баланса: сервис был недоступен 80 часов.', 80],
    ['ru', 'Сервис не работал 4 дня, верните деньги с баланса.', 96],
    ['tr', 'Servis iki buçuk gün çöktü, bakiyemi iade edin.', 60],
    ['tr', 'Servis 2,5 gün erişilemezdi, bakiyemi iade edin.', 60],
    ['tr', 'Sistem yetmiş altı saattir kapalı, bakiyemi iade edin.', 76],
    ['ar', 'الخدمة كانت واقفة يومين ونص، رجعوا فلوسي', 60],
    ['ar', 'الخدمة كانت مقطوعة أسبوع كامل، رجعوا فلوسي', 168],
    ['ar', 'السيرفر عندكم طافي 4 أيام وما قدرت استخدم الرصيد، رجعوا فلوسي', 96],
    ['pl', 'Serwis nie działa od 4 dni, zwróćcie saldo.', 96],
    ['es', 'El servicio está caído desde hace 4 días, devuelvan el saldo.', 96],
    ['en', 'Your service was down for 80 hours, refund my balance.', 80],
    ['en', 'The service was down for three days, refund my balance.', 72],
    ['en', 'The service was down for two days, refund my balance. For fifty hours, to be exact, there was no answer from your service, it was offline.', 50],
    ['ja', '弊社の監視では丸3日と8時間、合計80時間サービスが止まっていました。残高を返してください。', 80],
    ['ko', '서버가 3일 8시간 동안 먹통이었습니다. 잔액을 환불해 주세요.', 80],
    ['en', 'The service was down for two days and five hours. Please refund my balance.', 53],
    ['ru', 'Сервис лежал 3 дня и 8 часов. Верните остаток баланса.', 80],
    ['ja', 'サービスが2日間、毎日8時間ほど落ちていました。残高を返金してください。', 8],
    ['en', 'All models were down for 80 hours. You had said the outage would last 4 hours at most. Refund my balance.', 80],
    ['pl', 'Modele nie odpowiadały 80 godzin bez przerwy. Czat pisał o przerwie technicznej, maksymalnie 4 godziny. Zwróćcie saldo.', 80],
    ['ja', 'サービスは80時間ずっと停止していました。障害は4時間以内に直ると言われました。残高を返金してください。', 80],
    ['ko', '서비스가 80시간 내내 다운되었습니다. 장애는 최대 4시간이라고 했습니다. 잔액을 환불해 주세요.', 80],
  ])('are counted in %s: %s', (_, text, hours) => {
    expect(counts(text, 'stone-ai').outage_hours).toBe(hours);
  });
});

describe('rounds of revision', () => {
  it.each([
    ['You have revised it three times and it is still bad. Refund me.', 3],
    ['After 2 revisions it still looks nothing like him, I want my money back.', 2],
  ])('are counted: %s', (text, rounds) => {
    expect(counts(text, 'winno').revision_count).toBe(rounds);
  });

  it('go on from sentence to sentence', () => {
    expect(counts('Proszę o zwrot. Po pierwszej poprawce nos był cudzy. Po drugiej nos mój, a uszy cudze. Po trzeciej się poddałem.', 'winno')).toEqual({ revision_count: 3 });
    expect(counts('Please refund me, it is still not me. After the second revision the nose was wrong. After the third the ears were.', 'winno')).toEqual({ revision_count: 3 });
    expect(counts('Please refund me, it is still not me. After the second revision the nose was wrong. After the third week I gave up.', 'winno')).toEqual({ revision_count: 2 });
  });

  it('that are refused were not made', () => {
    expect(counts('It looks awful, refund me. I do not want a fourth revision.', 'winno').revision_count).toBeUndefined();
    for (const text of ['Je vous écris pour la troisième fois, le portrait ne lui ressemble pas. Remboursez-moi.', 'Due volte lo stesso regalo sarebbe strano, e il ritratto non gli somiglia. Rimborsatemi.']) expect([text, counts(text, 'winno').revision_count]).toEqual([text, undefined]);
    for (const text of ['Deux fois déjà je vous ai demandé de corriger le nez, ce n’est toujours pas elle. Remboursez-moi.', 'Due volte vi ho chiesto di correggere il naso, e non è lei. Rimborsatemi.', 'Dos veces os pedí corregir la nariz y no es ella. Devolvedme el dinero.']) expect([text, counts(text, 'winno').revision_count]).toEqual([text, 2]);
    expect(counts('Не похоже, верните деньги. Третьей попытки не надо.', 'winno').revision_count).toBeUndefined();
    expect(counts('Не падобна, аддайце грошы. Трэцяй спробы не хачу.', 'winno').revision_count).toBeUndefined();
    expect(counts('Две попытки не помогли, лицо чужое, верните деньги.', 'winno').revision_count).toBe(2);
    for (const text of ['수정을 벌써 세 번 받았습니다. 네 번째 수정은 바라지 않습니다. 환불해 주세요.', '修正は3回していただきました。4回目の修正は結構です。返金してください。', 'Vous avez refait le portrait trois fois. Une quatrième retouche, je n\'en veux pas. Remboursez-moi.', 'Portreyi üç kez düzelttiniz. Dördüncü düzeltmeyi istemiyorum. Paramı iade edin.', 'Poprawialiście portret trzy razy. Czwartej poprawki już nie potrzebuję. Proszę o zwrot.']) {
      expect(counts(text, 'winno').revision_count).toBe(3);
    }
    expect(counts('수정을 두 번이나 했는데 더는 원하지 않습니다. 얼굴이 달라요. 환불해 주세요.', 'winno').revision_count).toBe(2);
  });
});

describe('numbers beside a wish for revision', () => {
  it.each([
    'W-3477 portrede oğlumun elinde altı parmak var, bunu düzeltir misiniz?', 'W-3477 portresinde iki şeyi düzeltin lütfen.', 'W-3477: my son has six fingers, please fix it, a revision would do.',
    'W-3477: please correct these two things and send it again.', 'На портрете W-3477 у сына шесть пальцев, нужна правка.', 'Sur le portrait W-3477 mon fils a six doigts, une retouche s\'il vous plaît.',
    'Na portrecie W-3477 syn ma sześć palców, proszę o poprawkę.', 'في البورتريه W-3477 ابني له ستة اصابع، ممكن تعديل؟',
  ])('count what is to be put right, no rounds: %s', (text) => {
    expect(counts(text, 'winno').revision_count).toBeUndefined();
  });

  it.each([
    ['W-3477: after 2 failed attempts I want a refund.', 2], ['W-3477 portresini üç kere düzelttiniz, yüzü hâlâ bana benzemiyor, paramı geri istiyorum.', 3], ['W-3477: портрет переделывали дважды, и всё равно не похож, верните деньги.', 2],
    ['البورتريه W-3477 عدلتوه تلات مرات ولسه غلط، رجعولي فلوسي', 3], ['بعد تعديلين على البورتريه W-3477 ما زال سيئا، أريد استرداد المبلغ', 2],
  ])('count rounds right beside their words: %s', (text, rounds) => {
    expect(counts(text, 'winno').revision_count).toBe(rounds);
  });
});

describe('numbers whose words stand in different clauses', () => {
  it.each<[string, string, Partial<Record<Name, number>>]>([
    ['en', 'Refund me, I do not need it any more. Of my 320 credits 240 are left; 80 I have used up.', { credits_total: 320, credits_left: 240, credits_used: 80 }],
    ['it', 'Voglio il rimborso, non mi serve più. Ho preso 90 crediti dei 300 e basta.', { credits_total: 300 }],
  ])('go each to its own in %s: %s', (_, text, expected) => {
    expect(counts(text)).toEqual(expected);
  });
});

describe('numbers that Japanese and Korean write out', () => {
  it.each([
    ['サービスが丸二日落ちていました。残高を返金してください。', 'outage_hours', 48],
    ['一週間サービスが止まったままでした。残高を返金してください。', 'outage_hours', 168],
    ['나흘 동안 서비스가 안 됐어요. 잔액을 환불해 주세요.', 'outage_hours', 96],
    ['일주일 동안 서비스가 먹통이었어요. 잔액을 환불해 주세요.', 'outage_hours', 168],
  ] as const)('are the length of an outage: %s', (text, name, value) => {
    expect(counts(text, 'stone-ai')[name]).toBe(value);
  });

  it.each([
    ['もう三回も直してもらいましたが、まだ似ていません。返金してください。', 3],
    ['네번이나 수정했는데 안 닮았어요. 환불해 주세요.', 4],
    ['もう一度修正してもらえますか。指が6本あります。', undefined],
    ['一度も修正してもらっていません。似ていないので返金してください。', undefined],
    ['한 번 더 수정해 주세요. 손가락이 여섯 개예요.', undefined],
  ])('are rounds of revision: %s', (text, rounds) => {
    expect(counts(text, 'winno').revision_count).toBe(rounds);
  });

  it.each([
    ['クレジットは8割使いました。返金してください。', { used_percent: 80 }],
    ['クレジットは九割残っています。返金してください。', { used_percent: 10 }],
    ['クレジットの半分が残っています。返金してください。', { used_percent: 50 }],
    ['절반쯤 쓰고 남은 건 환불해 주세요.', { used_percent: 50 }],
    ['300크레딧에서 3분의 1 썼어요. 환불해 주세요.', { credits_total: 300 }],
    ['300クレジットのうち12だけ試しています。返金をお願いします。', { credits_used: 12, credits_total: 300 }],
    ['500크레딧에서 20개만 테스트해봤어요. 환불해 주세요.', { credits_used: 20, credits_total: 500 }],
    ['2割引で買いました。クレジットは使っていません。返金してください。', { credits_used: 0 }],
    ['顔の半分が溶けています。クレジットは120使いました。返金してください。', { credits_used: 120 }],
    ['使用済み150、未使用850クレジットです。返金をお願いします。', { credits_used: 150, credits_left: 850 }],
    ['사용 150 / 미사용 850 크레딧. 환불 부탁합니다.', { credits_used: 150, credits_left: 850 }],
    ['500あったクレジットが残り480です。返金してください。', { credits_total: 500, credits_left: 480 }],
  ])('are shares and counts of credits: %s', (text, expected) => {
    expect(counts(text, 'imgto3d')).toEqual(expected);
  });
});

describe('rough numbers behind their unit', () => {
  it.each([
    ['Верните деньги за кредиты: сайт не открывался, часов шестьдесят подряд лежал.', 'storybookly', 60],
    ['Верните деньги за баланс: сервис не работал часов этак 80.', 'stone-ai', 80],
    ['Вярніце грошы за крэдыты: сайт не адкрываўся, гадзін шэсцьдзесят запар ляжаў.', 'storybookly', 60],
    ['Верните деньги за кредиты: сайт лежал дня четыре.', 'storybookly', 96],
  ])('are the length of an outage: %s', (text, merchantName, hours) => {
    expect(counts(text, merchantName).outage_hours).toBe(hours);
  });

  it.each([
    ['Случайно купил вчера пакет на 500 кредитов, минут 20 сидел над ним, передумал. Верните деньги.', { credits_total: 500 }],
    ['Выпадкова купіў учора пакет на 500 крэдытаў, хвілін 20 сядзеў над ім, перадумаў. Вярніце грошы.', { credits_total: 500 }],
  ])('count no credits: %s', (text, expected) => {
    expect(counts(text)).toEqual(expected);
  });

  it('but a unit that is counted already leaves the next number alone', () => {
    expect(counts('Верните деньги, передумал. За пять часов 20 кредитов потратил из 300.')).toEqual({ credits_used: 20, credits_total: 300 });
    expect(counts('Верните деньги, передумал. За несколько часов 20 кредитов потратил из 300.')).toEqual({ credits_used: 20, credits_total: 300 });
  });
});

describe('credits told as a point in time', () => {
  it.each([
    ['en', 'I bought 600 credits for 20 euros on 15 March. After 150 credits I have a fine collection of Picassos. Refund me please.'],
    ['ru', 'Купила вчера 600 кредитов. После 150 кредитов у меня только коллекция уродцев. Верните деньги.'],
    ['be', 'Учора купіў 600 крэдытаў. Пасля 150 крэдытаў у мяне адны пачвары. Вярніце грошы.'],
    ['pl', 'Kupiłem wczoraj 600 kredytów. Po 150 kredytach mam same maszkary. Proszę o zwrot pieniędzy.'],
    ['es', 'Ayer compré 600 créditos. Tras los primeros 150 créditos solo tengo monstruos. Quiero mi dinero de vuelta.'],
    ['fr', 'Hier j’ai acheté 600 crédits. Au bout de 150 crédits je n’ai que des monstres. Remboursez-moi.'],
    ['it', 'Ieri ho comprato 600 crediti. Dopo 150 crediti ho solo mostri. Voglio il rimborso.'],
    ['pt', 'Ontem comprei 600 créditos. Depois de 150 créditos só tenho monstros. Quero o reembolso.'],
    ['tr', 'Dün 600 kredi aldım. 150 krediden sonra elimde sadece canavarlar var. İade istiyorum.'],
    ['ja', '昨日600クレジットを買いました。150クレジット後もひどい顔ばかりです。返金してください。'],
    ['ko', '어제 600크레딧을 샀어요. 150크레딧 만에 괴물만 나왔어요. 환불해 주세요.'],
    ['ar', 'اشتريت أمس 600 نقطة. بعد 150 نقطة ما طلع إلا وحوش. أريد استرداد المبلغ'],
  ])('were spent by then, in %s: %s', (_, text) => {
    expect(counts(text)).toEqual({ credits_used: 150, credits_total: 600 });
  });

  it('also where the time stands behind', () => {
    expect(counts('150 credits later the nose is still on the cheek. Refund me, I am not happy with it.')).toEqual({ credits_used: 150 });
    expect(counts('600 кредитов купил вчера. 150 кредитов спустя лицо всё ещё кривое. Верните деньги.')).toMatchObject({ credits_used: 150 });
  });

  it('but neither the free ones nor a pack of so many each', () => {
    expect(counts('After 30 free credits I bought Starter yesterday. Refund me please, I changed my mind.')).toEqual({});
    expect(counts('Proszę o zwrot, rozmyśliłem się. Kupiłem dwa pakiety po 150 kredytów.').credits_used).toBeUndefined();
  });
});

describe('credits that vanished', () => {
  it.each([
    ['en', 'Yesterday Turbo crashed with error 504. 20 credits vanished and I now have 160 left.'],
    ['en', 'Yesterday Turbo crashed with error 504. 20 credits evaporated and my balance now reads 160.'],
    ['ru', 'Вчера Turbo завис с ошибкой 504. Пропало 20 кредитов, на балансе теперь 160.'],
    ['be', 'Учора Turbo завіс з памылкай 504. Знікла 20 крэдытаў, цяпер засталося 160.'],
    ['be', 'Учора Turbo завіс з памылкай 504. Знікла 20 крэдытаў, на балансе цяпер 160.'],
    ['es', 'Ayer Turbo dio error 504. Desaparecieron 20 créditos y ahora me quedan 160.'],
    ['es', 'Ayer Turbo dio error 504. Desaparecieron 20 créditos y el saldo marca 160.'],
    ['fr', 'Hier Turbo a planté avec erreur 504. 20 crédits ont disparu et il m’en reste 160.'],
    ['fr', 'Hier Turbo a planté avec erreur 504. 20 crédits ont disparu et mon solde affiche 160.'],
    ['it', 'Ieri Turbo si è bloccato con errore 504. 20 crediti sono spariti e adesso me ne restano 160.'],
    ['pt', 'Ontem o Turbo travou com erro 504. Sumiram 20 créditos e agora me restam 160.'],
    ['pl', 'Wczoraj Turbo zawiesił się z błędem 504. Zniknęło 20 kredytów i zostało mi 160.'],
    ['tr', 'Dün Turbo 504 hatası verdi. 20 kredi kayboldu, bakiyem şimdi 160.'],
    ['ko', '어제 터보가 504 오류로 멈췄어요. 20크레딧이 사라지고 잔액은 160이에요.'],
    ['ar', 'أمس توربو علّق بخطأ 504. اختفت 20 نقطة ورصيدي الآن 160.'],
  ])('are neither a whole nor what is left of it, in %s: %s', (_, text) => {
    expect(counts(text)).toEqual({ credits_left: 160 });
  });

  it('say nothing against what else was counted', () => {
    expect(counts('Refund please, I am not happy. 120 credits vanished into ugly models, so 180 are left of 300.')).toEqual({ credits_left: 180, credits_total: 300 });
    expect(counts('Refund please, I changed my mind. I used 120 credits and the fun has vanished.')).toEqual({ credits_used: 120 });
    expect(counts('Купила вчера пакет на 300 кредитов, на балансе сейчас 280 кредитов. Верните деньги, передумала.')).toEqual({ credits_total: 300, credits_left: 280 });
  });

  it('went as they were: what goes so is not what stays so', () => {
    expect(counts('오늘 울트라로 돌렸는데 오류만 떴습니다. 그런데 40크레딧은 그대로 빠져나갔네요. 크레딧을 되살려 주세요.')).toEqual({});
    expect(counts('어제 샀는데 필요 없어졌어요. 300크레딧은 그대로 남아 있어요. 환불해 주세요.')).toMatchObject({ credits_left: 300 });
  });
});

describe('the part that was not used', () => {
  it.each([
    ['es', 'Hola, me sobran 320 créditos. ¿Se puede recuperar la parte no usada?'],
    ['es', 'Hola, me sobran 320 créditos. ¿Me devolvéis la parte que no he utilizado?'],
    ['it', 'Salve, mi avanzano 320 crediti. Si può riavere la parte non usata?'],
    ['it', 'Salve, mi avanzano 320 crediti. Mi rimborsate la quota che non ho utilizzato?'],
  ])('does not say that nothing was, in %s: %s', (_, text) => {
    expect(counts(text)).toEqual({ credits_left: 320 });
  });

  it('while none of them says so', () => {
    expect(counts('Ayer compré créditos y no he usado ninguno. Quiero mi dinero de vuelta.')).toEqual({ credits_used: 0 });
    expect(counts('Ieri ho comprato i crediti e non ne ho usato nessuno. Vorrei il rimborso.')).toEqual({ credits_used: 0 });
  });

  it('nor does Arabic "when", which begins like "not": a birth is no generation', () => {
    expect(counts('اشتريت أمس الباقة لما كنت في جدة وبعدها سافرت عند بنتي لأنها ولدت. أريد استرداد المبلغ')).toEqual({});
    expect(counts('اشتريت أمس الباقة وما استخدمت ولا نقطة. أريد استرداد المبلغ')).toEqual({ credits_used: 0 });
  });
});

describe('credits bought and used up in Korean', () => {
  it.each([
    ['100크레딧을 샀습니다. 하루 만에 100개를 몽땅 써 버렸어요. 환불해 주세요.', { credits_used: 100, credits_total: 100 }],
    ['어제 600크레딧을 사서 몽땅 써 버렸는데 마음에 안 들어요. 환불해 주세요.', { credits_used: 600, credits_total: 600 }],
    ['우리 반 애들 줄 선물로 60크레딧을 썼어요. 환불해 주세요.', { credits_used: 60 }],
  ])('%s', (text, expected) => {
    expect(counts(text)).toEqual(expected);
  });
});
