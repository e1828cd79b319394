import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

describe('money that has come back', () => {
  it.each([
    ['en', 'The money for the double charge came back to my card today, thank you.'],
    ['ru', 'Деньги за двойное списание вернулись на карту, спасибо!'],
    ['be', 'Грошы за падвойнае спісанне вярнуліся на картку, дзякуй.'],
    ['pl', 'Pieniądze za podwójne doładowanie wróciły na kartę, bardzo dziękuję.'],
    ['en', 'Got my refund, thank you so much!'],
    ['de', 'Danke für die Rückerstattung.'],
    ['tr', 'İade için teşekkürler, para geldi.'],
    ['ar', 'شكرا على استرجاع المبلغ وصلني اليوم'],
    ['ja', '返金ありがとうございました。確認しました。'],
    ['ko', '환불 감사합니다. 잘 들어왔어요.'],
  ])('is nothing that is asked for (%s)', (_, text) => {
    expect(read(text, 'stone-ai')).toMatchObject({ topic: 'other', reason: null });
  });

  it.each([
    'The money for the first order came back, but you still owe me the second one, refund it.',
    'Деньги за второе списание так и не вернулись, верните.',
    'Pieniądze za podwójne obciążenie nie wróciły, proszę o zwrot.',
    'I want a refund the model arrived broken',
    'Thanks in advance for the refund of my top-up.',
    'I received your refund rejection and I want my money.',
    'İade için şimdiden teşekkürler',
    'المبلغ اللي رجع لي ناقص رجعوا الباقي',
    '返金ありがとうございますが、金額が足りません。残りも返金してください',
    '환불 부탁드립니다 감사합니다',
    '환불해 주시면 감사하겠습니다',
  ])('is asked for where it has not, or not all of it: %s', (text) => {
    expect(read(text, 'stone-ai').topic).toBe('refund');
  });
});
