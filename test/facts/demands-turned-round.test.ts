import { describe, expect, it } from 'vitest';
import { hearCancelledOrders } from '../../src/facts/requests/cancelled-orders.ts';
import { phraseBookOf } from '../../src/facts/languages/languages.ts';
import { findHits } from '../../src/facts/text/phrases.ts';
import { merchant, moment, read, sentencesOf } from './some-mail.ts';

const reading = (merchantName: string, text: string, subject = ''): ReturnType<typeof read> => read(text, merchantName, { subject, sentAt: moment('2026-05-12T12:00', 0) });

describe('what is not wanted', () => {
  it.each([
    ['ja', '返金は求めていません。壊れた本を新しいものに取り替えていただきたいです。'],
    ['ko', '환불을 원하지 않습니다. 찢어진 책을 새 책으로 교환해 주세요.'],
    ['ar', 'ما أبغى الفلوس، أبغى نسخة جديدة بدل الكتاب الممزق.'],
  ])('is no demand in %s: %s', (_language, text) => {
    expect(reading('storybookly', text, 'SB-10482').values.preferred_resolution?.value).toBe('replacement');
  });

  it.each([
    "Please stop the renewal of my Starter plan. I'm not after any of last month's money back.",
    'Cancel my Starter plan. I am not asking for any sort of refund.',
    "End the Starter plan. I wouldn't dream of asking for my money back.",
    'Finalement oubliez le remboursement, résiliez juste l\'abonnement.', 'Olviden lo del reembolso, solo cancelen la suscripción.', 'Lasciate perdere il rimborso, disdite solo l\'abbonamento.', 'Забудьте про возврат, просто отмените подписку.', 'Zapomnijcie o zwrocie, anulujcie tylko subskrypcję.', 'İadeyi boş verin, sadece aboneliği iptal edin.', '返金は忘れてください。サブスクの解約だけお願いします。', 'انسوا موضوع الاسترداد، فقط ألغوا الاشتراك.',
  ])('is no demand with small words between: %s', (text) => {
    expect(reading('imgto3d', text)).toMatchObject({ topic: 'cancellation', flags: [] });
  });

  it.each([
    "I'm not happy and want a refund of the $20 that I paid for Starter on Monday.",
    "I'm not asking for much, just my money back for the Starter plan that I paid on Monday.",
    'I have not received any of my money back for the Starter plan that I cancelled on Monday.',
    'Pls dont forget the refund, I paid $29 on 3 March.', 'N\'oubliez pas le remboursement de 29 €.', 'No olviden el reembolso de 29 € del 3 de marzo.',
  ])('is told apart from what is: %s', (text) => {
    expect(reading('imgto3d', text).topic).toBe('refund');
  });

  it.each([
    '余分に引かれた1,700円を返金してください。サービスは使い続けますので、解約のお手続きは不要です。',
    '더 빠져나간 1,700원을 환불해 주세요. 구독 해지는 안 하셔도 됩니다.',
    '더 빠져나간 1,700원을 환불해 주세요. 구독은 해지하지 말아 주세요.',
    "Remboursez-moi les 17 euros prélevés en trop. Inutile de résilier l'abonnement.",
  ])('is no second request where only the end of it is not wanted: %s', (text) => {
    expect(reading('imgto3d', text)).toMatchObject({ topic: 'refund', flags: [] });
  });

  it.each(['解約できません。ボタンがありません。', '自動更新は不要です。解約してください。', '자동결제는 필요 없으니 해지해 주세요.'])('is an end all the same where it cannot be reached: %s', (text) => {
    expect(reading('imgto3d', text).topic).toBe('cancellation');
  });

  it('is told apart from what is wanted behind an Arabic comma', () => {
    expect(reading('imgto3d', 'لا أريد الاستمرار، أعيدوا المبلغ من فضلكم.').topic).toBe('refund');
  });

  it('leaves both ways open where either will do', () => {
    expect(reading('storybookly', 'Order SB-10482 came with torn pages. Send me a new copy or refund me, either is fine.').values.preferred_resolution).toBeUndefined();
    expect(reading('storybookly', 'SB-10482が破れて届きました。もう一度送ってもらうのでも、お金を戻してもらうのでも、どちらでもかまいません。').values.preferred_resolution).toBeUndefined();
    expect(reading('storybookly', 'SB-10482 never came whole. Sending it again or giving me the money back, I do not mind which.').values.preferred_resolution).toBeUndefined();
    expect(reading('storybookly', 'SB-10482の本が破れて届きました。返金してください。返金方法はどちらでも結構です。').values.preferred_resolution?.value).toBe('refund');
    expect(reading('storybookly', 'SB-10482 siparişimin sayfaları yırtık geldi. Yenisini gönderin ya da paramı iade edin, fark etmez.').values.preferred_resolution).toBeUndefined();
  });

  it('is not what was merely feared', () => {
    const book = phraseBookOf('tr');
    const told = (text: string): boolean[] => findHits(sentencesOf(text, book), book).filter(({ concept }) => concept === 'defective_item').map(({ negated }) => negated);
    expect(new Set(told('Hatalı kitap çıktı diye korktum.'))).toEqual(new Set([true]));
    expect(new Set(told('Hatalı kitap çıktı.'))).toEqual(new Set([false]));
  });
});

function heard(merchantName: string, language: string, text: string): readonly string[] {
  const book = phraseBookOf(language);
  return hearCancelledOrders(findHits(sentencesOf(text, book), book), merchant(merchantName).vocabulary).map(({ concept }) => concept);
}

describe('an order that is cancelled', () => {
  it.each([['tr', 'W-4471 numaralı siparişimi iptal eder misiniz?'], ['ar', 'ألغوا طلبي W-4471 من فضلكم.'], ['ja', 'W-4471の注文をキャンセルしてください。'], ['ko', 'W-4471 주문 취소해 주세요.']])('ends work where work is sold, in %s: %s', (language, text) => {
    expect(heard('winno', language, text)).toContain('want_cancel');
  });

  it('is money that is asked back elsewhere', () => {
    expect(heard('storybookly', 'ko', 'SB-10482 주문 취소해 주세요.')).toContain('want_refund');
    expect(heard('storybookly', 'ko', 'SB-10482 주문 취소해 주세요.')).toContain('want_cancel_order');
  });
});

describe('what a number or a day belongs to', () => {
  it.each([['ja', '肖像画を2回も修正していただきましたが、まだ似ていません。返金をお願いします。'], ['ko', '초상화를 두 번이나 수정해 주셨는데 그래도 안 닮았어요. 환불해 주세요.']])('counts rounds of revision in %s', (_language, text) => {
    expect(reading('winno', text, 'W-4471').values.revision_count?.value).toBe(2);
  });

  it('takes no day of this month that is yet to come for a past one', () => {
    expect(reading('imgto3d', 'اشتراكي يتجدد يوم 25 من هذا الشهر، أوقفوه من فضلكم.').values.paid_at).toBeUndefined();
  });

  it('leaves the number of an earlier order alone', () => {
    const { values, flags } = reading('winno', '修復していただいた父の写真は似ていません。返金してください。以前の注文(W-5877)は満足しています。', 'W-6032');
    expect(values.order_number?.value).toBe('W-6032');
    expect(flags).not.toContain('conflicting_facts');
  });

  it('has nothing arrive that was not received', () => {
    expect(reading('storybookly', 'SB-10482: tracking says delivered on 3 May, but the book never arrived. Where is it?').values.fulfilled_at).toBeUndefined();
  });

  it('does not count the one credit that was not used', () => {
    expect(reading('imgto3d', 'اشتريت حزمة 1000 كريدت ولم أستعمل ولا كريدت واحد، أريد استرداد المبلغ.').values.credits_left).toBeUndefined();
  });

  it.each([
    ['ai3dgen', 'Yüklediğimiz görseller ne kadar saklanıyor? Cevabınızı hukuk birimimize ileteceğiz.'], ['ai3dgen', 'How long do you keep our images? Our lawyers need to know before we sign.'], ['ai3dgen', 'Combien de temps gardez-vous nos images ? Je transmettrai votre réponse à notre service juridique.'],
    ['ai3dgen', '画像はどのくらい保存されますか。回答は法務部に渡します。'], ['stone-ai', 'محامي أنا بالمهنة، شحنت 20 دولار أمس بالغلط، رجعوها'], ['stone-ai', 'I am a lawyer and topped up 20 dollars yesterday by mistake. Please refund.'], ['stone-ai', '友人の弁護士によると20ドル返金してもらえるそうです。'],
  ] as const)('to %s threatens with no lawyer who only works as one or waits for the answer: %s', (merchantName, text) => {
    expect(read(text, merchantName).flags).toEqual([]);
  });

  it.each(['Avukatıma verdim, dün yüklediğim 20 doları iade etmezseniz mahkemeye gideceğim.', 'سأوكل محامي وأرفع عليكم قضية إذا ما رجعتوا الـ 20 دولار', 'Mi abogado dice que tengo derecho al reembolso de 20 dólares.', 'Если не вернёте 20 долларов, я адвокату напишу.'])('threatens with one who is to act: %s', (text) => {
    expect(read(text, 'stone-ai').flags).toContain('legal_threat');
  });

  it('are not made by telling that it was done, nor by an anniversary', () => {
    for (const text of ['Zamówiłam portret na rocznicę ślubu (W-4418). Poprawialiście go już dwa razy, tylko że tata ma czyjeś usta. Trzeciej próby nie chcę. Proszę o zwrot pieniędzy.', 'Портрет на годовщину W-4418: вы исправляли уже два раза, и можно было лучше. Третьей попытки не хочу, верните деньги.']) {
      const { topic, product } = reading('winno', text);
      expect([topic, product]).toEqual(['refund', 'digital_service']);
    }
    expect(reading('winno', 'Portret W-4418: poprawiliście oczy, ale poprawcie jeszcze usta, proszę.').topic).toBe('revision');
  });
});
