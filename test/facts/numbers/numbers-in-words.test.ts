import { describe, expect, it } from 'vitest';
import { phraseBookOf } from '../../../src/facts/languages/languages.ts';
import { numberFrom, numberInWords } from '../../../src/facts/numbers/numbers-in-words.ts';
import { read, sentencesOf } from '../some-mail.ts';

describe('a number in several words', () => {
  it.each([
    ['es', 'cincuenta y cinco', 55], ['es', 'veintitrés', 23], ['es', 'ciento veinte', 120], ['es', 'trescientas cuarenta y una', 341], ['es', 'mil quinientos', 1500], ['es', 'dos mil', 2000], ['es', 'veinte y dos', 22],
    ['fr', 'quatre-vingts', 80], ['fr', 'quatre-vingt-dix-sept', 97], ['fr', 'quatre vingt trois', 83], ['fr', 'soixante et onze', 71], ['fr', 'soixante-douze', 72], ['fr', 'vingt et un', 21], ['fr', 'dix-huit', 18], ['fr', 'nonante-cinq', 95], ['fr', 'cent vingt-neuf', 129], ['fr', 'trois cents', 300], ['fr', 'deux cent quarante', 240], ['fr', 'mille deux cents', 1200],
    ['it', 'settantadue', 72], ['it', 'ventuno', 21], ['it', 'novantotto', 98], ['it', 'centoventi', 120], ['it', 'trecento quaranta', 340],
    ['pt', 'vinte e nove', 29], ['pt', 'cento e quarenta e nove', 149], ['pt', 'mil e duzentos', 1200], ['pt', 'setecentas', 700],
    ['en', 'fifty-five', 55], ['en', 'one hundred and twenty', 120], ['en', 'two hundred', 200], ['pl', 'sto dwadzieścia', 120], ['pl', 'dwieście trzydzieści pięć', 235],
    ['ar', 'بعشرين', 20], ['ar', 'خمسة وعشرين', 25], ['ar', 'خمسا وعشرين', 25], ['ar', 'بتسعة وتسعين', 99], ['ar', 'مئة وعشرين', 120], ['ar', 'ثلاث مئة وخمسة وسبعين', 375], ['ar', 'خمسة عشر', 15], ['ar', 'اثنتا عشرة', 12], ['ar', 'تلاتمية وخمسين', 350], ['ar', 'أربعة آلاف ومئتين', 4200], ['ar', 'بألف', 1000], ['ar', 'ألف ومئتين وخمسين', 1250],
  ])('is one in %s: %s', (language, written, value) => {
    const book = phraseBookOf(language);
    const [sentence] = sentencesOf(written, book);
    if (sentence === undefined) throw new Error('no sentence');
    expect(numberFrom(sentence, 0, book)).toEqual({ value, last: sentence.tokens.length - 1 });
    expect(numberInWords(sentence, sentence.tokens.length - 1, book)).toEqual({ value, first: 0 });
  });

  it.each([
    ['es', 'veinte y treinta', 20], ['es', 'dos y tres', 2], ['es', 'dos, cinco', 2], ['fr', 'dix deux', 10], ['fr', 'vingt et trois', 20], ['pt', 'cem e cinco', 100], ['pt', 'dois e três', 2], ['en', 'two and three', 2], ['it', 'venti e tre', 20], ['ar', 'عشرين وثلاثين', 20], ['ar', 'خمسة وستة', 5], ['ar', 'خمسة، وعشرين', 5], ['ar', 'خمسة والعشرين', 5],
  ])('are two in %s: %s', (language, written, value) => {
    const book = phraseBookOf(language);
    const [sentence] = sentencesOf(written, book);
    if (sentence === undefined) throw new Error('no sentence');
    expect(numberFrom(sentence, 0, book)).toEqual({ value, last: 0 });
  });

  it.each([
    ['Quiero el reembolso, me arrepentí. Gasté cuarenta y cinco créditos de trescientos. Pagué veintinueve euros hace treinta y cinco días.', { credits_used: 45, credits_total: 300, amount: '29 EUR', paid_at: '2026-02-10' }],
    ['Je veux être remboursée, j’ai changé d’avis. J’ai payé vingt-quatre euros et quatre-vingt-dix centimes le trente et un janvier.', { amount: '24.90 EUR', paid_at: '2026-01-31' }],
    ['Quero o reembolso, mudei de ideia. Paguei oitenta e nove reais no dia vinte e oito de fevereiro.', { amount: '89 BRL', paid_at: '2026-02-28' }],
    ['أريد استرداد المبلغ. دفعت تسعة وتسعين ريالا أمس واستخدمت مئة وخمسين نقطة من 600.', { amount: '99 SAR', paid_at: '2026-03-16', credits_used: 150, credits_total: 600 }],
    ['Voglio il rimborso, ho cambiato idea. Pagato il ventotto febbraio, trentanove euro e novanta centesimi.', { amount: '39.90 EUR', paid_at: '2026-02-28' }],
  ])('is a sum, a count or a day: %s', (text, wanted) => {
    expect(read(text).values).toMatchObject(Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, { value }])));
  });

  it('is what a balance was topped up with in Arabic', () => {
    const { values } = read('شحنت رصيدي بعشرين دولار بالبطاقة يوم 3 مارس، وصرفت منها 14 دولار. أرجو إعادة الـ14 دولار اللي صرفتها.', 'stone-ai');
    expect([values.amount?.value, values.amount_claimed?.value]).toEqual(['20 USD', '14 USD']);
  });

  it('is no word that only begins like one glued to its front', () => {
    const book = phraseBookOf('ar');
    for (const written of ['بثاني', 'لست', 'باقة']) for (const sentence of sentencesOf(written, book)) expect(numberFrom(sentence, 0, book)).toBeNull();
  });

  it.each([
    ['Quiero el reembolso: la web estuvo caída setenta y dos horas.', 72], ['Remboursez-moi, le site est resté en panne quatre-vingts heures.', 80], ['Voglio il rimborso, il sito è rimasto fermo settantadue ore.', 72], ['Quero o reembolso, o site ficou fora do ar cinquenta e cinco horas.', 55],
    ['Remboursez-moi, le site est resté en panne deux jours et demi.', 60], ['Quiero el reembolso, la web estuvo caída tres días y medio.', 84], ['Voglio il rimborso, il sito è rimasto fermo tre giorni e mezzo.', 84], ['Quero o reembolso, o site ficou fora do ar três dias e meio.', 84], ['I want a refund, the site was down for three and a half days.', 84], ['Верните деньги, сайт лежал трое с половиной суток.', 84], ['أرجو رد المبلغ، توقف الموقع اثنتين وسبعين ساعة.', 72],
  ])('is how long it lasted: %s', (text, hours) => {
    expect(read(text, 'storybookly').values.outage_hours?.value).toBe(hours);
  });
});
