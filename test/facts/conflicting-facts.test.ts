import { describe, expect, it } from 'vitest';
import type { FactName } from '../../src/facts/facts.ts';
import { examineMail } from '../../src/facts/read-facts.ts';
import type { Message } from '../../src/message/message.ts';
import { mail, merchant } from './some-mail.ts';

function examine(text: string, merchantName: string, name: FactName, parts: Partial<Message> = {}): { value: unknown; conflicting: boolean; refused: string[] } {
  const { facts, candidates } = examineMail(mail(text, parts), merchant(merchantName));
  return {
    value: facts.values[name]?.value,
    conflicting: facts.flags.includes('conflicting_facts'),
    refused: [...new Set(candidates.filter((one) => one.name === name && one.refused !== null && one.refused !== 'repeated').map(({ value, refused }) => `${String(value)} ${refused ?? ''}`))],
  };
}

describe('two candidates of one fact', () => {
  it.each<[string, FactName, string, unknown, string]>([
    ['storybookly', 'order_number', 'My order SB-10482 arrived torn, please refund me. Order SB-10477 was perfect.', 'SB-10482', 'SB-10477 weaker'],
    ['storybookly', 'order_number', 'I bought from you before (order SB-10001). My order SB-10483 arrived torn, please refund.', 'SB-10483', 'SB-10001 weaker'],
    ['storybookly', 'order_number', 'Раней я ўжо купляла (заказ SB-10001). Кніга з заказа SB-10483 прыйшла парваная, вярніце грошы.', 'SB-10483', 'SB-10001 weaker'],
    ['imgto3d', 'account_email', 'Refund my subscription, I do not need it any more. My account is ann@post.example. You can also write to bob@post.example.', 'ann@post.example', 'bob@post.example weaker'],
    ['imgto3d', 'os', 'The generation fails with an error on Windows 11. On my Mac it works.', 'Windows 11', 'macOS weaker'],
  ])('%s: the %s that is tied to the request wins: %s', (merchantName, name, text, value, refused) => {
    expect(examine(text, merchantName, name)).toEqual({ value, conflicting: false, refused: [refused] });
  });

  it.each<[string, FactName, string, unknown, string]>([
    ['storybookly', 'order_number', 'The book came torn, refund me. Order SB-10482.\n\nOrder number: SB-10842', 'SB-10482', 'SB-10842 rival'],
    ['storybookly', 'order_number', 'Книга пришла рваная, верните деньги. Заказ SB-10482 или SB-10483, не помню.', 'SB-10482', 'SB-10483 rival'],
    ['imgto3d', 'paid_at', 'Please refund me, I changed my mind. I paid on 3 March 2026. The payment was made on 5 March 2026.', '2026-03-03', '2026-03-05 rival'],
    ['imgto3d', 'paid_at', 'Верните деньги за подписку, передумал. Оплатил 3 марта 2026.\n\nДата оплаты: 5 марта 2026', '2026-03-03', '2026-03-05 rival'],
    ['imgto3d', 'amount', 'Please refund me, I changed my mind. I paid 29 EUR. My payment of 39 EUR was by card.', '29 EUR', '39 EUR rival'],
    ['imgto3d', 'account_email', 'Please refund me, I do not need it any more. My account is a@post.example. I have registered the account with b@post.example.', 'a@post.example', 'b@post.example rival'],
    ['imgto3d', 'generator', 'It crashed with an error on the Turbo or Ultra model, I am not sure.', 'turbo', 'ultra rival'],
    ['imgto3d', 'browser', 'The generation fails with an error in Firefox or Chrome.', 'Firefox', 'Chrome rival'],
    ['imgto3d', 'browser', 'The generation fails with an error in Chrome 126. My browser is Chrome 127.', 'Chrome 126', 'Chrome 127 rival'],
    ['imgto3d', 'credits_left', 'Please refund me, I do not need it any more. There are 300 credits left. I see 250 credits left.', 300, '250 rival'],
    ['stone-ai', 'telegram_id', 'Верните неиспользованный остаток, не нужно. Телеграм @ivan_p. Мой телеграм @petr_k.', '@ivan_p', '@petr_k rival'],
  ])('%s: where nothing decides the %s conflicts, and both are kept: %s', (merchantName, name, text, value, refused) => {
    const found = examine(text, merchantName, name);

    // Browsers are looked for in a fixed order.
    expect([found.value, ...found.refused.map((one) => one.replace(/ rival$/, ''))].map(String).toSorted()).toEqual([String(value), refused.replace(/ rival$/, '')].toSorted());
    expect(found.refused.every((one) => one.endsWith(' rival'))).toBe(true);
    expect(found.conflicting).toBe(true);
  });

  it('conflict where the subject names another order than the mail', () => {
    const found = examine('The book came torn. My order is SB-10842.', 'storybookly', 'order_number', { subject: 'Refund of order SB-10482' });

    expect(found).toMatchObject({ conflicting: true });
  });

  it('conflict where what was used and what is left do not come to the whole', () => {
    expect(examine('Refund me, I do not need it any more. Of 500 credits I used 120 credits and 300 credits are left.', 'imgto3d', 'credits_used').conflicting).toBe(true);
    expect(examine('Refund me, I do not need it any more. Of 500 credits I used 120 credits and 380 credits are left.', 'imgto3d', 'credits_used').conflicting).toBe(false);
  });

  it.each<[string, FactName, string, unknown]>([
    ['storybookly', 'order_number', 'Not order SB-10482 but SB-10483 arrived torn, please refund.', 'SB-10483'],
    ['storybookly', 'order_number', 'Кніга прыйшла парваная, вярніце грошы. Не заказ SB-10482, а SB-10483.', 'SB-10483'],
    ['imgto3d', 'account_email', 'Please refund me, I do not need it any more. My account is not a@post.example but b@post.example.', 'b@post.example'],
    ['imgto3d', 'paid_at', 'İade istiyorum, artık ihtiyacım yok. 3 Mart değil 5 Mart tarihinde ödedim.', '2026-03-05'],
    ['imgto3d', 'paid_at', '返金してください。もう必要ありません。3月3日ではなく3月5日に支払いました。', '2026-03-05'],
    ['imgto3d', 'paid_at', '환불해 주세요. 필요 없어졌어요. 3월 3일이 아니라 3월 5일에 결제했습니다.', '2026-03-05'],
  ])('%s: of which the mail puts one right are the other %s: %s', (merchantName, name, text, value) => {
    expect(examine(text, merchantName, name)).toMatchObject({ value, conflicting: false, refused: [expect.stringMatching(/ negated$/)] });
  });

  it.each([
    ['imgto3d', 'Charged twice: 29 EUR on 3 March and 29 EUR on 4 March, refund one. Transactions TXN-10001 and TXN-10002.'],
    ['imgto3d', 'I was charged 39 EUR instead of 29 EUR, please refund the difference.'],
    ['imgto3d', 'The generation fails with an error in Chrome 126. I also tried Firefox 127, the same.'],
    ['imgto3d', 'Please refund me, I changed my mind. I paid 29 EUR on 3 March 2026 and 29 EUR on 3 February 2026.'],
    ['storybookly', 'I have not received order SB-10482 but the tracking says delivered. SB-10482 was ordered on 3 March.'],
    ['stone-ai', 'Пополнил на 500 руб. 3 марта и на 700 руб. 5 марта, верните неиспользованное. Телеграм @ivan_p, id 123456789.'],
  ])('%s: that do not contradict each other raise nothing: %s', (merchantName, text) => {
    expect(examineMail(mail(text), merchant(merchantName)).facts.flags).not.toContain('conflicting_facts');
  });
});

function forward(text: string): Partial<Message> {
  return { segments: [{ kind: 'own', text: 'Please refund me, I do not need it any more. I paid 29 EUR on 3 March 2026.', question: null }, { kind: 'forward', text, question: null }] };
}

describe('words that are passed on', () => {
  it('are refused where the customer says it themselves, and contradict nothing', () => {
    expect(examine('', 'imgto3d', 'amount', forward('Receipt: you paid 39 EUR on 5 March 2026'))).toEqual({ value: '29 EUR', conflicting: false, refused: ['39 EUR forwarded'] });
    expect(examine('', 'imgto3d', 'paid_at', forward('Receipt: you paid 39 EUR on 5 March 2026'))).toEqual({ value: '2026-03-03', conflicting: false, refused: ['2026-03-05 weaker'] });
  });

  it('give what the customer does not say', () => {
    expect(examine('', 'imgto3d', 'transaction_id', forward('Receipt\nTransaction ID: TXN-884512'))).toEqual({ value: 'TXN-884512', conflicting: false, refused: [] });
  });
});

describe('what was used, left and bought', () => {
  it.each<[string, boolean]>([
    ['I bought 300 credits, used 50 and have over 200 left. Refund please.', false],
    ['I bought 300 credits, used 50 and have 200 left. Refund please.', true],
    ['200クレジットの追加パックを買いましたが、今月の分だけでまだ60以上残っています。1つも手をつけていないので返金してください。', false],
    ['300クレジットのうち100使って60残っています。返金してください。', true],
    ['300크레딧 샀고 50 썼어요. 200개 이상 남았어요. 환불해 주세요.', false],
  ])('need not come to the whole where one is only a bound: %s', (text, conflicting) => {
    expect(examine(text, 'imgto3d', 'credits_left').conflicting).toBe(conflicting);
  });
});
