import { describe, expect, it } from 'vitest';
import { read } from '../some-mail.ts';

describe('one sum named twice', () => {
  it.each([
    ['ru', 'Открыла выписку: вчера в 20:17 ушло 14,90 €, в 20:18 14,90 €. Кредиты пришли как надо.'],
    ['en', 'My statement has $12.00 and, a minute on, another $12.00. I bought credits just the once.'],
    ['pl', 'Na wyciągu jest 39,00 zł i znowu 39,00 zł. Kredyty kupowałam raz.'],
    ['fr', 'Sur mon relevé il y a 12,00 € puis encore 12,00 €, pour les mêmes crédits.'],
  ])('in one sentence, with an "again" or two hours, is two charges (%s)', (_, text) => {
    expect(read(text, 'storybookly')).toMatchObject({ topic: 'refund', reason: 'duplicate_charge' });
  });

  it.each([
    'I paid $12.00 for credits yesterday, then changed my mind, so refund me the $12.00.',
    'I paid $12.00 for credits. I am not happy with the stories. The bank says $12.00.',
  ])('is one charge that is asked back, or told of again: %s', (text) => {
    expect(read(text, 'storybookly').reason).not.toBe('duplicate_charge');
  });

  it('is refunded, not cancelled, where "it" is the charge', () => {
    expect(read('Вчера в 20:17 ушло 14,90 €, в 20:18 снова 14,90 €. Кредитов пришла одна порция. Номер лишней операции 8840-2215-07. Пожалуйста, отмените её.', 'storybookly')).toMatchObject({ topic: 'refund', product: 'credits' });
  });
});
