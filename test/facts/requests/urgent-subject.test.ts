import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formLabels } from '../../../src/draft/form.ts';
import { saysUrgent } from '../../../src/facts/requests/urgent-subject.ts';
import { loadPacks } from '../../../src/packs/load-packs.ts';

const packs = await loadPacks(fileURLToPath(new URL('../../../templates', import.meta.url)));
const forms = packs.map(({ replies }) => formLabels(replies));

describe('a subject line', () => {
  it.each([
    'Chargeback filed with my bank', 'I will dispute this charge with Visa', 'Чарджбэк по заказу 22174', 'Оспорю платёж через банк', 'Оспариваю платёж', 'Аспрэчваю спісанне', 'Kwestionuję transakcję w banku', 'チャージバックします', 'Litige ouvert auprès de ma banque',
    'My 9 year old daughter made an account', 'Menor de idade cadastrada', 'Досудебная претензия', 'Please delete my personal data',
  ])('is urgent where it says so: %s', (subject) => { expect(saysUrgent(subject, forms)).toBe(true); });

  it.each(['Personal data - ben@customer.example', 'Re: Personal data', 'Персональные данные - anna@customer.example'])("is urgent where it follows the merchant's convention for personal data: %s", (subject) => {
    expect(saysUrgent(subject, forms)).toBe(true);
  });

  it.each(['Refund please', 'Refund request - SB-20617', 'Generator error', 'Возврат за кредиты', 'Double charge on my card', '返金のお願い', '', '   ', '👍'])('is not urgent otherwise: %s', (subject) => {
    expect(saysUrgent(subject, forms)).toBe(false);
  });
});
