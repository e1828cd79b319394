import { describe, expect, it } from 'vitest';
import { read } from './some-mail.ts';

describe('money that has come back', () => {
  it.each([
    ['en', 'The money for the double charge came back to my card today, thank you.'],
    ['ru', 'Деньги за двойное списание вернулись на карту, спасибо!'],
    ['be', 'Грошы за падвойнае спісанне вярнуліся на картку, дзякуй.'],
    ['pl', 'Pieniądze za podwójne doładowanie wróciły na kartę, bardzo dziękuję.'],
  ])('is nothing that is asked for (%s)', (_, text) => {
    expect(read(text, 'stone-ai')).toMatchObject({ topic: 'other', reason: null });
  });

  it.each([
    'The money for the first order came back, but you still owe me the second one, refund it.',
    'Деньги за второе списание так и не вернулись, верните.',
    'Pieniądze za podwójne obciążenie nie wróciły, proszę o zwrot.',
  ])('is asked for where it has not, or not all of it: %s', (text) => {
    expect(read(text, 'stone-ai').topic).toBe('refund');
  });
});
