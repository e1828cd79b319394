import { describe, expect, it } from 'vitest';
import type { FactName } from '../../src/facts/facts.ts';
import { read } from './some-mail.ts';

const fact = (name: FactName, text: string, merchantName: string): unknown => read(text, merchantName).values[name]?.value;

describe('Japanese and Korean mail', () => {
  it.each([
    ['스타 700개 환불해 주세요.', '700 XTR', 'telegram_stars'],
    ['3월 10일에 500 스타로 충전했어요. 환불해 주세요.', '500 XTR', 'telegram_stars'],
    ['2월 20일에 15톤 충전했습니다. 환불해 주세요.', '15 TON', 'ton'],
    ['スター500個でチャージしました。返金してください。', '500 XTR', 'telegram_stars'],
    ['2월 2일에 USDT로 충전했고 안 쓴 돈입니다. 돌려주세요.', undefined, 'crypto'],
    ['2月2日にUSDTでチャージしました。残高を返してください。', undefined, 'crypto'],
    ['스타벅스 500개 쿠폰은 필요 없어요. 환불해 주세요.', undefined, undefined],
    ['다른 툴이 저한테 더 맞아요. 환불해 주세요.', undefined, undefined],
    ['어제 텔레그램 스타로 750개 넣었어요. 환불해 주세요.', '750 XTR', 'telegram_stars'],
    ['昨日テレグラムスターで750個チャージしました。返金してください。', '750 XTR', 'telegram_stars'],
    ['Yesterday I topped up with Telegram Stars, 750 of them. Refund please.', '750 XTR', 'telegram_stars'],
    ['어제 텔레그램 스타로 20달러 충전했어요. 환불해 주세요.', '20 USD', 'telegram_stars'],
    ['スター5つの評価でした。返金してください。', undefined, undefined],
  ])('names stars and coins: %s', (text, amount, method) => {
    expect([fact('amount', text, 'stone-ai'), fact('payment_method', text, 'stone-ai')]).toEqual([amount, method]);
  });

  it.each([
    ['14日の23時40分ごろの話です。Ultraで生成を押したらエラーで停止しました。', '2026-03-14T23:40'],
    ['14日23:40頃、Ultraでエラーが出ました。', '2026-03-14T23:40'],
    ['14일 23시 40분경 울트라로 생성을 눌렀더니 오류가 났어요.', '2026-03-14T23:40'],
    ['3日10時間ずっとUltraがエラーです。', undefined],
  ])('tells a day of the month with its hour: %s', (text, at) => {
    expect(fact('occurred_at', text, 'imgto3d')).toBe(at);
  });

  it.each([
    ['火曜日に肖像画のデータをお送りいただき、ありがとうございました。ほくろを直していただけますか。', '2026-03-10'],
    ['화요일에 보내주신 시안 잘 봤습니다. 눈 색깔만 고쳐 주세요.', '2026-03-10'],
    ['昨日送っていただいたメールを見ました。返金してください。', undefined],
    ['어제 보내주신 메일 봤습니다. 환불해 주세요.', undefined],
  ])('tells when the work was sent over: %s', (text, day) => {
    expect(fact('fulfilled_at', text, 'winno')).toBe(day);
  });

  it.each([
    ['先週、承認のボタンを押したのは私です。でも全然似ていません。返金してください。', true],
    ['まだ承認ボタンを押していません。似ていないので返金してください。', undefined],
    ['지난주에 승인 버튼을 누른 건 저예요. 근데 안 닮았어요. 환불해 주세요.', true],
    ['아직 승인 버튼 안 눌렀어요. 안 닮았어요. 환불해 주세요.', undefined],
  ])('tells who approved the work: %s', (text, approved) => {
    expect(fact('approved', text, 'winno')).toBe(approved);
  });

  it.each([
    ['火曜日に届いた肖像画のほくろを直していただけますか。返金を希望しているわけではございません。', 'revision'],
    ['화요일에 받은 초상화 눈 색깔만 고쳐 주세요. 환불을 요청하는 건 아닙니다.', 'revision'],
    ['この2か所だけ直していただくことは可能でしょうか。返金を希望しているわけではございません。', 'revision'],
    ['返金していただければ交換は不要です。肖像画が似ていません。', 'refund'],
    ['返金は結構ですので、肖像画の制作を中止していただきたいのです。', 'cancellation'],
    ['초상화 작업 중단해 주세요.', 'cancellation'],
  ])('asks for no money where it says so: %s', (text, topic) => {
    expect(read(text, 'winno').topic).toBe(topic);
  });

  it.each([
    ['追跡では「お届け済み」ですが、本はうちには来ておりません。お金を返してください。', 'not_received'],
    ['絵本がまだ着いていません。お金を返してください。', 'not_received'],
    ['동화책이 아직 안 온 상태예요. 환불해 주세요.', 'not_received'],
  ])('has not received its parcel in everyday forms: %s', (text, reason) => {
    expect(read(text, 'storybookly').reason).toBe(reason);
  });

  it.each([
    ['弁護士に相談するつもりはありません。返金してください。', []],
    ['返金されなければ弁護士に相談します。', ['legal_threat']],
    ['변호사까지 갈 생각은 없어요. 환불해 주세요.', []],
    ['은행에 이의제기할 생각까지는 없어요. 환불해 주세요.', []],
    ['카드사에 이의제기하겠습니다. 환불해 주세요.', ['chargeback']],
    ['カード会社に連絡して支払いを止めてもらいます。返金してください。', ['chargeback']],
  ])('threatens only where it means to: %s', (text, flags) => {
    expect(read(text).flags).toEqual(flags);
  });

  it('has bonuses that are asked for in money', () => {
    expect(fact('promo_funds', '招待ボーナスの5ドルを出金したいです。', 'stone-ai')).toBe(true);
  });

  it('names the generator of its own accord', () => {
    expect(fact('generator', '베이스 생성기에서 저장이 안 됩니다.', 'ai3dgen')).toBe('base');
  });
});
